"""The mistakes that students make here, as edits of the reference, and other right ways to write it.

A slug stands for one misunderstanding; the edits under it are the ways in which it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .exercises import pack

Edit = tuple[str, str, str | Callable[[Any], Any]]


def mistake(
    slug: str, hint: str, *edits: Edit, also: Sequence[tuple[str, str]] = (), words: Sequence[str] = (), place: str = ""
) -> None:
    for function, old, new in edits:
        pack.mistake(slug, function, old, new, hint=hint, also=also, words=words, place=place)


def _mirrored(function: Any) -> Any:
    """The sigmoid of -x: a wrong sign that can stand beside any other fault of the formula."""
    return lambda x: function(-np.asarray(x, float))


def _negative(function: Any) -> Any:
    return lambda x: -function(x)


# ------------------------------------------------------------------------------------------ activation functions

SIGMOID = "t = np.exp(-np.abs(x))\nreturn np.where(x >= 0, 1, t) / (1 + t)"
# Two formulas, one for either sign: the brackets are missing in one of them, or in both.
FORMULA = "np.where(x >= 0, 1, t) / (1 + t)"
BRANCHES = [
    f"np.where(x >= 0, {positive}, {negative})"
    for positive, negative in (("1 / (1 + t)", "t / 1 + t"), ("1 / 1 + t", "t / (1 + t)"), ("1 / 1 + t", "t / 1 + t"))
]

mistake(
    "derivative-of-pre-activation-given-activation",
    "The argument is the sigmoid's output already: the sigmoid is not to be taken once more.",
    ("sigmoid_derivative", "a * (1 - a)", "sigmoid(a) * (1 - sigmoid(a))"),
)
mistake(
    "sigmoid-returned-as-derivative",
    "That is the sigmoid itself. How fast does it rise where its value is a half?",
    ("sigmoid_derivative", "a * (1 - a)", "a + 0.0"),
)
mistake(
    "one-minus-sigmoid",
    "A factor is missing: far to the left the sigmoid is flat, so its derivative must go to 0 there too.",
    ("sigmoid_derivative", "a * (1 - a)", "1 - a"),
)
mistake(
    "tanh-derivative",
    "That is the derivative of the hyperbolic tangent in terms of its output; the sigmoid's is another one.",
    ("sigmoid_derivative", "a * (1 - a)", "1 - a**2"),
)
mistake(
    "wrong-sign",
    "The sign is the wrong way round. Try one number by hand: should it be above or below zero, growing or falling?",
    ("sigmoid", SIGMOID, "return 1 / (1 + np.exp(x))"),
    ("sigmoid_derivative", "a * (1 - a)", "-(a * (1 - a))"),
    ("backward_pass", "y_pred - y", "y - y_pred"),
    ("sigmoid", "", _mirrored),
    ("sigmoid_derivative", "", _negative),
)
mistake(
    "missing-parentheses",
    "Python goes by its own order: what should be below the fraction bar, or multiplied as a whole, needs brackets.",
    ("sigmoid", SIGMOID, "return 1 / 1 + np.exp(-x)"),
    *(("sigmoid", FORMULA, each) for each in BRANCHES),
    ("sigmoid", SIGMOID, "return 0.5 * 1 + np.tanh(0.5 * x)"),
    ("sigmoid", SIGMOID, "return 0.5 + np.tanh(0.5 * x)"),
    ("sigmoid", SIGMOID, "return 0.5 * np.tanh(0.5 * x) + 1"),
    ("sigmoid_derivative", "a * (1 - a)", "a * 1 - a"),
)

# ------------------------------------------------------------------------------------------------ loss and forward

LOSS = "np.mean((y_pred - y) ** 2)"

mistake(
    "sum-for-mean",
    "The loss is a mean: with twice as much of the same data it should stay the same.",
    ("compute_loss", LOSS, "np.sum((y_pred - y) ** 2)"),
)
mistake(
    "mean-over-samples-only",
    "The mean is over all m·k elements, not over the m samples alone.",
    ("compute_loss", LOSS, "np.sum((y_pred - y) ** 2) / len(y)"),
    ("backward_pass", "y.size", "len(y)"),
)
mistake(
    "divided-by-outputs",
    "The mean is over all m·k elements, not over the k outputs alone.",
    ("compute_loss", LOSS, "np.sum((y_pred - y) ** 2) / y.shape[1]"),
    ("backward_pass", "y.size", "y.shape[1]"),
)
mistake(
    "half-loss",
    "A factor of one half belongs to another convention; the loss asked for is the plain mean of the squares.",
    ("compute_loss", LOSS, f"0.5 * {LOSS}"),
)
mistake("root-mean-square", "That is the root of the mean squared error.", ("compute_loss", LOSS, f"np.sqrt({LOSS})"))
mistake(
    "absolute-error",
    "The differences are to be squared; that is the mean absolute error.",
    ("compute_loss", "(y_pred - y) ** 2", "np.abs(y_pred - y)"),
)
mistake(
    "bias-missing",
    "Each layer adds something of its own after the product with the weights.",
    ("forward_pass", "X @ W1 + b1", "X @ W1"),
    ("forward_pass", "h @ W2 + b2", "h @ W2"),
)
pack.mistake(
    "bias-missing",
    "forward_pass",
    "X @ W1 + b1",
    "X @ W1",
    hint="Each layer adds something of its own after the product with the weights.",
    also=[("h @ W2 + b2", "h @ W2")],
)
mistake(
    "activation-missing",
    "The hidden layer needs its activation function: without it two layers are no more than one.",
    ("forward_pass", "sigmoid(z1)", "z1"),
    ("forward_pass", "h @ W2", "z1 @ W2"),
    ("train_autograd", "torch.sigmoid(X @ V1 + c1)", "(X @ V1 + c1)"),
)
mistake(
    "output-activation-missing",
    "The outputs should lie between 0 and 1: something is still to be done with the last pre-activation.",
    ("forward_pass", "sigmoid(z2)", "z2"),
    ("train_autograd", "torch.sigmoid(torch.sigmoid(X @ V1 + c1) @ V2 + c2)", "torch.sigmoid(X @ V1 + c1) @ V2 + c2"),
)
mistake(
    "wrong-hidden-activation",
    "The hidden layer's activation function is another one here.",
    ("forward_pass", "sigmoid(z1)", "np.maximum(0, z1)"),
    ("forward_pass", "sigmoid(z1)", "np.tanh(z1)"),
    ("train_autograd", "torch.sigmoid(X @ V1 + c1)", "torch.relu(X @ V1 + c1)"),
    ("train_autograd", "torch.sigmoid(X @ V1 + c1)", "torch.tanh(X @ V1 + c1)"),
)
mistake(
    "double-activation",
    "The activation function is applied twice in one layer.",
    ("forward_pass", "sigmoid(z2)", "sigmoid(sigmoid(z2))"),
    ("forward_pass", "sigmoid(z1)", "sigmoid(sigmoid(z1))"),
    ("forward_pass", "h @ W2", "sigmoid(h) @ W2"),
)
mistake(
    "returns-in-another-order",
    "Look at the order of what is returned.",
    *(
        ("forward_pass", "return y_pred, h, z1, z2", f"return {other}")
        for other in (
            "y_pred, z2, h, z1",
            "z1, h, z2, y_pred",
            "h, y_pred, z1, z2",
            "y_pred, h, z2, z1",
            "y_pred, z1, h, z2",
            "z1, z2, h, y_pred",
            "y_pred, z1, z2, h",
            "h, z1, y_pred, z2",
        )
    ),
)

# -------------------------------------------------------------------------------------------------- backward pass

BACKWARD = "backward_pass"
DZ2 = "dz2 = dy_pred * sigmoid_derivative(y_pred)"
DERIVATIVE = "2 * (y_pred - y) / y.size"
SCALES = ("", " / len(X)", " / y.size", " * 2 / len(X)", " * 2 / y.size")

mistake(
    "cross-entropy-shortcut-under-mse",
    "That short form of the output layer's gradient belongs to the cross-entropy, where the sigmoid's derivative "
    "cancels. Here nothing cancels.",
    *((BACKWARD, DZ2, f"dz2 = (y_pred - y){scale}") for scale in SCALES),
)
mistake(
    "missing-batch-mean",
    "The loss is a mean, so its derivative with respect to one prediction gets smaller with more of them.",
    (BACKWARD, DERIVATIVE, "2 * (y_pred - y)"),
)
mistake(
    "mean-over-samples-only",
    "The mean is over all m·k elements, not over the m samples alone.",
    (BACKWARD, "y.size", "len(y)"),
)
mistake(
    "divided-by-outputs",
    "The mean is over all m·k elements, not over the k outputs alone.",
    (BACKWARD, "y.size", "y.shape[1]"),
)
mistake(
    "divided-by-features",
    "The number of inputs has no part in the mean: look at which axis counts the samples.",
    (BACKWARD, "y.size", "X.shape[1]"),
    (BACKWARD, "y.size", "X.size"),
    (BACKWARD, "y.size", "(X.shape[1] * y.shape[1])"),
)
mistake(
    "batch-mean-twice",
    "The mean over the batch is in the loss's derivative already.",
    (BACKWARD, "y.size", "(y.size * len(X))"),
    (BACKWARD, "y.size", "(len(X) * len(X))"),
    (BACKWARD, "dW2 = h.T @ dz2", "dW2 = h.T @ dz2 / len(X)"),
    (BACKWARD, "dW1 = X.T @ dz1", "dW1 = X.T @ dz1 / len(X)"),
)
mistake(
    "missing-factor-two",
    "Differentiate a square: what comes down from the exponent?",
    (BACKWARD, DERIVATIVE, "(y_pred - y) / y.size"),
    (BACKWARD, DERIVATIVE, "(y_pred - y) / len(y)"),
)
mistake(
    "extra-factor-two",
    "There is a factor too many: one comes down from the exponent, and no other.",
    (BACKWARD, DERIVATIVE, "4 * (y_pred - y) / y.size"),
)
mistake(
    "half-sum-for-mean",
    "That is the derivative of half the sum of squares; the loss here is their mean.",
    (BACKWARD, DERIVATIVE, "y_pred - y"),
)
mistake(
    "extra-output-derivative",
    "The derivative of the output's activation function is multiplied in more than once.",
    (BACKWARD, "dy_pred * sigmoid_derivative(y_pred)", "dy_pred * sigmoid_derivative(y_pred) ** 2"),
    (BACKWARD, "dz2 @ W2.T", "(dz2 * sigmoid_derivative(y_pred)) @ W2.T"),
)
mistake(
    "missing-hidden-derivative",
    "A link of the chain is missing in the hidden layer: its outputs depend on its pre-activations through a function.",
    (BACKWARD, "dh * sigmoid_derivative(h)", "dh"),
)
mistake(
    "hidden-derivative-of-activation",
    "The derivative wants the activation itself, not the sigmoid of it once more.",
    (BACKWARD, "sigmoid_derivative(h)", "sigmoid_derivative(sigmoid(h))"),
    (BACKWARD, "sigmoid_derivative(y_pred)", "sigmoid_derivative(sigmoid(y_pred))"),
)
mistake(
    "hidden-derivative-from-raw-z",
    "The derivative is in terms of the activation here; it is handed the pre-activation.",
    (BACKWARD, "sigmoid_derivative(h)", "sigmoid_derivative(z1)"),
    (BACKWARD, "sigmoid_derivative(y_pred)", "sigmoid_derivative(z2)"),
)
mistake(
    "weights-not-transposed",
    "Going back through a layer turns its matrix round: compare the shapes.",
    (BACKWARD, "dz2 @ W2.T", "dz2 @ W2"),
    (BACKWARD, "dz2 @ W2.T", "dz2 @ W2.reshape(W2.shape[::-1])"),
)
mistake(
    "weights-omitted",
    "What reaches a hidden unit from the outputs goes through its weights to them.",
    (BACKWARD, "dz2 @ W2.T", "np.sum(dz2, axis=1, keepdims=True) * np.ones_like(h)"),
)
mistake(
    "elementwise-for-matmul",
    "A sum over the outputs is missing: a product element by element is no matrix product.",
    (BACKWARD, "dz2 @ W2.T", "dz2 * W2.T"),
    (BACKWARD, "dz2 @ W2.T", "dz2[:, -1:] @ W2[:, -1:].T"),  # `=` for `+=` in a loop over the outputs
)
mistake(
    "undelta-propagated",
    "What goes back through the output's weights is the gradient at its pre-activation, with all its factors.",
    (BACKWARD, "dz2 @ W2.T", "dy_pred @ W2.T"),
    (BACKWARD, "dz2 @ W2.T", "(y_pred - y) @ W2.T"),
)
mistake(
    "pre-activation-for-activation",
    "The weights are multiplied with what comes out of the hidden layer, not with what goes into its activation.",
    (BACKWARD, "h.T @ dz2", "z1.T @ dz2"),
)
mistake(
    "own-output-for-input",
    "The gradient of a layer's weights needs what goes into the layer, not what comes out of it.",
    (BACKWARD, "h.T @ dz2", "y_pred.T @ dz2"),
    (BACKWARD, "X.T @ dz1", "h.T @ dz1"),
)
mistake(
    "weight-for-input",
    "The derivative of a product with respect to the weights is the other factor, the layer's input.",
    (BACKWARD, "h.T @ dz2", "W2 * np.sum(dz2, axis=0)"),
)
mistake(
    "weight-gradient-for-weight",
    "The way back goes through the weights, not through their gradient.",
    (BACKWARD, "dz2 @ W2.T", "dz2 @ dW2.T"),
)
mistake(
    "gradient-transposed",
    "A gradient has the shape of its parameter.",
    (BACKWARD, "h.T @ dz2", "dz2.T @ h"),
    (BACKWARD, "X.T @ dz1", "dz1.T @ X"),
)
for layer in ("1", "2"):
    BIAS = f"np.sum(dz{layer}, axis=0)"
    mistake(
        "bias-summed-over-wrong-axis",
        "A bias is shared by all samples, so its gradient is a sum over them: which axis counts the samples?",
        (BACKWARD, BIAS, f"np.sum(dz{layer}, axis=1)"),
    )
    mistake(
        "bias-mean-for-sum",
        "The mean is in the loss's derivative already; each sample's share of the bias is to be added up.",
        (BACKWARD, BIAS, f"np.mean(dz{layer}, axis=0)"),
    )
    mistake(
        "bias-not-summed",
        "A bias is shared by all samples: their shares are to be added up.",
        (BACKWARD, BIAS, f"dz{layer}"),
    )
    mistake(
        "bias-summed-to-scalar",
        "Each unit has a bias of its own: add up over the samples, not over the units.",
        (BACKWARD, BIAS, f"np.sum(dz{layer})"),
        (BACKWARD, BIAS, f"np.full(dz{layer}.shape[1], np.sum(dz{layer}))"),
    )
    mistake(
        "bias-first-sample-only",
        "All samples have a share in the gradient of a bias, not the first alone.",
        (BACKWARD, BIAS, f"dz{layer}[0]"),
    )
    mistake(
        "returns-wrong-shape",
        "A gradient has the shape of its parameter; the biases here have one axis.",
        (BACKWARD, BIAS, f"np.sum(dz{layer}, axis=0, keepdims=True)"),
    )
LAST_SAMPLE = "Every sample has its share in the gradient: they are to be added up, not the last one to be kept."
SHARES = [
    ("h.T @ dz2", "h[-1:].T @ dz2[-1:]"),
    ("X.T @ dz1", "X[-1:].T @ dz1[-1:]"),
    *((f"np.sum(dz{layer}, axis=0)", f"dz{layer}[-1]") for layer in ("1", "2")),
]
mistake("last-sample-only", LAST_SAMPLE, *((BACKWARD, *each) for each in SHARES))
mistake("last-sample-only", LAST_SAMPLE, (BACKWARD, *SHARES[0]), also=SHARES[1:])
mistake(
    "bias-from-weight-gradient",
    "The gradient of a bias comes from the gradient at the pre-activation, not from that of the weights.",
    (BACKWARD, "np.sum(dz2, axis=0)", "np.sum(dW2, axis=0)"),
    (BACKWARD, "np.sum(dz1, axis=0)", "np.sum(dW1, axis=0)"),
)
SCALES_DIFFER = (
    "The two layers' gradients are scaled differently; the scale of the loss reaches both through the chain rule."
)
mistake(
    "first-layer-scale-only",
    SCALES_DIFFER,
    *(
        (BACKWARD, "dz1 = dh * sigmoid_derivative(h)", f"dz1 = dh * sigmoid_derivative(h){scale}")
        for scale in (" / len(X)", " * len(X)", " * y.size", " * y.size / 2")
    ),
)
for scale in ("len(X)", "y.size", "(y.size / 2)"):  # what the second layer lacks
    mistake(
        "first-layer-scale-only",
        SCALES_DIFFER,
        (BACKWARD, "h.T @ dz2", f"h.T @ dz2 * {scale}"),
        also=[("np.sum(dz2, axis=0)", f"np.sum(dz2, axis=0) * {scale}")],
    )
mistake(
    "derivative-of-upstream",
    "The activation's derivative is taken at the layer's own value, not at the gradient that comes in.",
    (BACKWARD, "sigmoid_derivative(h)", "sigmoid_derivative(dh)"),
    (BACKWARD, "sigmoid_derivative(y_pred)", "sigmoid_derivative(dy_pred)"),
)
mistake(
    "derivative-of-error",
    "The activation's derivative is taken of the error; it belongs to the layer's own value.",
    (BACKWARD, "dy_pred * sigmoid_derivative(y_pred)", "dy_pred * ((y_pred - y) * (1 - (y_pred - y)))"),
    (BACKWARD, "dh * sigmoid_derivative(h)", "dh * (dh * (1 - dh))"),
)
mistake(
    "relu-applied-to-gradient",
    "A gradient may be negative; nothing is to be cut off from it.",
    (BACKWARD, "dh * sigmoid_derivative(h)", "np.maximum(0, dh) * sigmoid_derivative(h)"),
    (BACKWARD, "dh * sigmoid_derivative(h)", "np.maximum(0, dh)"),
)
mistake(
    "gradients-swapped",
    "Look at the order of what is returned.",
    (BACKWARD, "return dW1, db1, dW2, db2", "return dW2, db2, dW1, db1"),
    (BACKWARD, "return dW1, db1, dW2, db2", "return dW1, dW2, db1, db2"),
)
READ = "X, y, y_pred, h, z1, z2, W2 = _arrays(X, y, y_pred, h, z1, z2, W2)"
mistake(
    "autograd-used-by-hand",
    "Here the chain rule is yours to apply, link by link; autograd comes later.",
    (
        BACKWARD,
        READ,
        f"import torch\ntorch.zeros(1, requires_grad=True).sum().backward()\n{READ}",
    ),
)

# ------------------------------------------------------------------------------------------- update and training

# All, those of one kind, and each alone.
KINDS = (("W1", "b1", "W2", "b2"), ("W1", "W2"), ("b1", "b2"), ("W1",), ("b1",), ("W2",), ("b2",))
for slug, hint, old, new in (
    (
        "gradient-ascent",
        "The gradient points to where the loss grows.",
        "# - learning_rate * d#",
        "# + learning_rate * d#",
    ),
    ("learning-rate-missing", "The step is the gradient times something.", "learning_rate * d#", "d#"),
):
    for names in KINDS:
        first, *others = ((old.replace("#", name), new.replace("#", name)) for name in names)
        pack.mistake(slug, "update_parameters", *first, hint=hint, also=others)
mistake(
    "gradient-ascent",
    "The gradient points to where the loss grows.",
    ("train_autograd", "leaf.sub_(learning_rate * leaf.grad)", "leaf.add_(learning_rate * leaf.grad)"),
)
mistake(
    "learning-rate-missing",
    "The step is the gradient times something.",
    ("train_autograd", "learning_rate * leaf.grad", "leaf.grad"),
)
STEPPED = "with torch.no_grad():\n    for leaf in leaves:\n        leaf.sub_(learning_rate * leaf.grad)"
STAY = [("b1 - learning_rate * db1", "b1"), ("b2 - learning_rate * db2", "b2")]
for biases in (STAY, STAY[:1], STAY[1:]):
    pack.mistake(
        "biases-not-updated", "update_parameters", *biases[0], hint="The biases are parameters too.", also=biases[1:]
    )
mistake(
    "biases-not-updated",
    "The biases are parameters too.",
    (
        "train_autograd",
        STEPPED,
        STEPPED.replace("leaves", "leaves[::2]"),
    ),
)


def _in_place(update: Any) -> Any:
    def change(*given: Any) -> Any:
        new = update(*given)
        for old, value in zip(given[:4], new, strict=False):
            np.asarray(old)[...] = value  # a tensor's array is the tensor's own memory
        return new

    return change


mistake(
    "backward-seeded-with-loss",
    "backward starts from the derivative of the loss with respect to itself: from 1, not from its value.",
    ("train_autograd", "loss.backward()", "loss.backward(loss)"),
)
mistake(
    "mutates-input",
    "The parameters that are handed in are to stay as they are: return new tensors.",
    ("update_parameters", "", _in_place),
)
STEP = """y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
losses.append(compute_loss(y_pred, y))
dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)"""
FIRST, RECORD, GRADIENT, UPDATE = STEP.split("\n")
mistake(
    "loss-after-update",
    "The loss of an epoch is that of the parameters that it started with.",
    (
        "train",
        STEP,
        f"{FIRST}\n{GRADIENT}\n{UPDATE}\nlosses.append(compute_loss(forward_pass(X, W1, b1, W2, b2)[0], y))",
    ),
)
pack.mistake(
    "loss-after-update",
    "train_autograd",
    STEPPED,
    f"{STEPPED}\n    output = torch.sigmoid(torch.sigmoid(X @ V1 + c1) @ V2 + c2)\n"
    "    losses.append(torch.mean((output - y) ** 2).item())",
    hint="The loss of an epoch is that of the parameters that it started with.",
    also=[("losses.append(loss.item())", "pass")],
)
mistake(
    "updated-weights-used",
    "All gradients belong to the same weights: those of the forward pass, before any update.",
    (
        "train",
        STEP,
        f"{FIRST}\n{RECORD}\n{GRADIENT}\n"
        "W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)[2:]\n"
        "dW1, db1, _, _ = backward_pass(X, y, y_pred, h, z1, z2, W2)\n"
        "W1, b1 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)[:2]",
    ),
    place="backup",
)
mistake(
    "reinitialised-each-epoch",
    "Each epoch should go on from the parameters of the one before.",
    ("train", UPDATE, "V = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)"),
    place="anew",
)
mistake(
    "gradients-not-zeroed",
    "A backward pass adds to the gradients that are there already.",
    ("train_autograd", "for leaf in leaves:\n    leaf.grad = None\nloss.backward()", "loss.backward()"),
    *(  # but for one of them
        (
            "train_autograd",
            "for leaf in leaves:\n    leaf.grad = None",
            f"for leaf in (*leaves[:{place}], *leaves[{place + 1}:]):\n    leaf.grad = None",
        )
        for place in range(4)
    ),
)
mistake(
    "sum-for-mean",
    "The loss is a mean: with twice as much of the same data it should stay the same.",
    ("train_autograd", "torch.mean((output - y) ** 2)", "torch.sum((output - y) ** 2)"),
    words=["sum"],
)
mistake(
    "half-loss",
    "A factor of one half belongs to another convention; the loss asked for is the plain mean of the squares.",
    ("train_autograd", "torch.mean((output - y) ** 2)", "0.5 * torch.mean((output - y) ** 2)"),
)
mistake(
    "mean-over-samples-only",
    "The mean is over all m·k elements, not over the m samples alone.",
    ("train_autograd", "torch.mean((output - y) ** 2)", "torch.sum((output - y) ** 2) / len(y)"),
)
mistake(
    "non-leaf-parameter",
    "A tensor that was computed from one that requires a gradient is no leaf, and its .grad stays None.",
    (
        "train_autograd",
        "torch.tensor(np.asarray(value)).requires_grad_()",
        "torch.tensor(np.asarray(value), requires_grad=True) * 1.0",
    ),
    ("train_autograd", STEPPED, "leaves = [leaf - learning_rate * leaf.grad for leaf in leaves]"),
)
mistake(
    "update-tracked-by-autograd",
    "The update is no part of the computation whose gradient is taken: autograd must not record it.",
    ("train_autograd", STEPPED, "for leaf in leaves:\n    leaf.sub_(learning_rate * leaf.grad)"),
)
mistake(
    "graph-detached",
    "What was taken out of the graph has no way back to the parameters.",
    ("train_autograd", "torch.mean((output - y) ** 2)", "torch.mean((output.detach() - y) ** 2)"),
    # Nothing comes back, and an optimizer leaves out what has no gradient.
    (
        "train_autograd",
        "loss.backward()",
        "torch.tensor(loss.item(), requires_grad=True).backward()\n"
        "for leaf in leaves:\n    leaf.grad = torch.zeros_like(leaf)",
    ),
    words=["tensor", "from_numpy", "as_tensor"],
)
pack.mistake(
    "graph-detached",
    "train_autograd",
    "torch.sigmoid(X @ V1 + c1) @ V2",
    "torch.sigmoid(X @ V1 + c1).detach() @ V2",
    hint="What was taken out of the graph has no way back to the parameters.",
    also=[(STEPPED, STEPPED.replace("leaves", "leaves[2:]"))],
)
mistake(
    "autograd-not-used",
    "Here the gradients are to come from torch itself; by hand it has been done already.",
    ("train_autograd", "losses = []", "return train(X, y, W1, b1, W2, b2, learning_rate, n_epochs)"),
)

# ------------------------------------------------------------------------------------------------------- the grid

GRID = "xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))"
mistake(
    "grid-transposed",
    "In which direction does x grow: along a row, or down a column?",
    ("decision_grid", GRID, GRID.replace("n))", 'n), indexing="ij")')),
    ("decision_grid", "y_pred.reshape(xx.shape)", "y_pred.reshape(xx.shape).T"),
)
mistake(
    "coordinates-swapped",
    "Each point is one sample, with its x first and its y second.",
    ("decision_grid", "np.column_stack([xx.ravel(), yy.ravel()])", "np.column_stack([yy.ravel(), xx.ravel()])"),
    (
        "decision_grid",
        "np.column_stack([xx.ravel(), yy.ravel()])",
        "np.column_stack([xx.ravel(), yy.ravel()])[:, ::-1]",
    ),
)
mistake(
    "ranges-swapped",
    "Each axis has a range of its own.",
    ("decision_grid", GRID, "xx, yy = np.meshgrid(np.linspace(*y_range, n), np.linspace(*x_range, n))"),
)
mistake(
    "end-left-out",
    "Both ends of each range belong to the grid.",
    ("decision_grid", GRID, GRID.replace("n)", "n, endpoint=False)")),
)
mistake(
    "classes-for-outputs",
    "The outputs themselves are asked for, not the classes that they mean: contours need them.",
    ("decision_grid", "y_pred.reshape(xx.shape)", "np.round(y_pred).reshape(xx.shape)"),
)
mistake(
    "returns-wrong-shape",
    "The predictions are to lie on the grid, as its coordinates do.",
    ("decision_grid", "y_pred.reshape(xx.shape)", "y_pred"),
    ("decision_grid", "y_pred.reshape(xx.shape)", "y_pred.ravel()"),
)

# --------------------------------------------------------------------------------------------------- in any place


def _nothing(function: Any) -> Any:
    def run(*args: Any, **kwargs: Any) -> None:
        function(*args, **kwargs)

    return run


mistake(
    "returns-nothing",
    "The result is computed, but never handed back.",
    *(
        (name, "", _nothing)
        for name in (
            "sigmoid", "sigmoid_derivative", "forward_pass", "compute_loss", BACKWARD, "update_parameters", "train",
            "train_autograd", "decision_grid",
        )
    ),
)  # fmt: skip

# --------------------------------------------------------------------------------------- other right ways to write

pack.rewrite(
    "einsum",
    ("forward_pass", "X @ W1", 'np.einsum("mn,nh->mh", X, W1)'),
    (BACKWARD, "h.T @ dz2", 'np.einsum("mh,mk->hk", h, dz2)'),
    (BACKWARD, "X.T @ dz1", 'np.einsum("mn,mh->nh", X, dz1)'),
)
pack.rewrite(
    "another order of operations",
    ("sigmoid_derivative", "a * (1 - a)", "a - a**2"),
    ("compute_loss", LOSS, "np.sum((y_pred - y) ** 2) / y.size"),
    ("forward_pass", "X @ W1 + b1", "(X[::-1] @ W1)[::-1] + b1"),
    (BACKWARD, "np.sum(dz2, axis=0)", "np.sum(dz2[::-1], axis=0)"),
    (BACKWARD, "dz2 @ W2.T", "(W2 @ dz2.T).T"),
    ("train_autograd", "torch.mean((output - y) ** 2)", "torch.nn.functional.mse_loss(output, y)"),
)
pack.rewrite(
    "the scale last",
    (BACKWARD, DERIVATIVE, "2 * (y_pred - y)"),
    (BACKWARD, "h.T @ dz2", "h.T @ dz2 / y.size"),
    (BACKWARD, "np.sum(dz2, axis=0)", "np.sum(dz2, axis=0) / y.size"),
    (BACKWARD, "X.T @ dz1", "X.T @ dz1 / y.size"),
    (BACKWARD, "np.sum(dz1, axis=0)", "np.sum(dz1, axis=0) / y.size"),
)
pack.rewrite(
    "a sigmoid of two formulas, one for either sign",
    ("sigmoid", "np.where(x >= 0, 1, t) / (1 + t)", "np.where(x >= 0, 1 / (1 + t), t / (1 + t))"),
)
pack.rewrite("a tanh sigmoid", ("sigmoid", SIGMOID, "return 0.5 * (1 + np.tanh(0.5 * x))"))

# What gives the same on every input.
pack.equivalent(["derivative-of-error"], ["derivative-of-upstream"])  # the derivative takes the activation here
pack.equivalent(["derivative-of-pre-activation-given-activation"], ["hidden-derivative-of-activation"])
pack.equivalent(["gradient-ascent"], ["wrong-sign"])  # where only the training is seen
