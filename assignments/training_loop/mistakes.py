"""The mistakes that students make here, as edits of the reference, and other right ways to write it.

A slug stands for one misunderstanding; the edits under it are the ways in which it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .exercises import pack

Edit = tuple[str, str, str | Callable[[Any], Any]]
NET = "NeuralNetwork"


def mistake(slug: str, hint: str, *edits: Edit, also: Sequence[tuple[str, str]] = (), place: str = "") -> None:
    for function, old, new in edits:
        pack.mistake(slug, function, old, new, hint=hint, also=also, place=place)


def _mirrored(function: Any) -> Any:
    """The sigmoid of -x: a wrong sign that can stand beside any other fault of the formula."""
    return lambda x: function(-np.asarray(x, float))


def _negative(function: Any) -> Any:
    return lambda x: -function(x)


# ------------------------------------------------------------------------------------------ activation functions

SIGMOID = "t = np.exp(-np.abs(x))\nreturn np.where(np.asarray(x) >= 0, 1, t) / (1 + t)"
# Two formulas, one for either sign: the brackets are missing in one of them, or in both.
FORMULA = "np.where(np.asarray(x) >= 0, 1, t) / (1 + t)"
BRANCHES = [
    f"np.where(np.asarray(x) >= 0, {positive}, {negative})"
    for positive, negative in (("1 / (1 + t)", "t / 1 + t"), ("1 / 1 + t", "t / (1 + t)"), ("1 / 1 + t", "t / 1 + t"))
]

mistake(
    "derivative-of-activation-given-pre-activation",
    "That formula holds when the argument is the sigmoid's output already. Here it is what goes into the sigmoid.",
    ("sigmoid_derivative", "sigmoid(x)", "x"),
    ("manual_gradients", "sigmoid_derivative(z2)", "z2 * (1 - z2)"),
    ("manual_gradients", "sigmoid_derivative(z1)", "z1 * (1 - z1)"),
)
mistake(
    "derivative-of-pre-activation-given-activation",
    "The derivative expects what went into the sigmoid; it is handed what came out, so the sigmoid is taken twice.",
    ("sigmoid_derivative", "sigmoid(x)", "sigmoid(sigmoid(x))"),
    ("manual_gradients", "sigmoid_derivative(z2)", "sigmoid_derivative(a2)"),
    ("manual_gradients", "sigmoid_derivative(z1)", "sigmoid_derivative(a1)"),
    (f"{NET}.backward", "sigmoid_derivative(self.z2)", "sigmoid_derivative(self.a2)"),
)
mistake(
    "sigmoid-returned-as-derivative",
    "That is the sigmoid itself. How fast does it rise at 0, where its value is a half?",
    ("sigmoid_derivative", "s * (1 - s)", "s"),
)
mistake(
    "one-minus-sigmoid",
    "A factor is missing: far to the left the sigmoid is flat, so its derivative must go to 0 there too.",
    ("sigmoid_derivative", "s * (1 - s)", "1 - s"),
)
mistake(
    "tanh-derivative",
    "That is the derivative of the hyperbolic tangent in terms of its output; the sigmoid's is another one.",
    ("sigmoid_derivative", "s * (1 - s)", "1 - s**2"),
)
mistake(
    "wrong-sign",
    "The sign is the wrong way round. Try one number by hand: should it be above or below zero, growing or falling?",
    ("sigmoid", SIGMOID, "return 1 / (1 + np.exp(x))"),
    ("sigmoid_derivative", "s * (1 - s)", "-(s * (1 - s))"),
    ("manual_gradients", "a2 - y", "y - a2"),
    (f"{NET}.backward", "self.a2 - y", "y - self.a2"),
    ("sigmoid", "", _mirrored),
    ("sigmoid_derivative", "", _negative),
)
mistake(
    "missing-parentheses",
    "Python divides before it adds: what should be below the fraction bar needs brackets.",
    ("sigmoid", SIGMOID, "return 1 / 1 + np.exp(-np.asarray(x, float))"),
    *(("sigmoid", FORMULA, each) for each in BRANCHES),
    ("sigmoid", SIGMOID, "return 0.5 * 1 + np.tanh(0.5 * np.asarray(x, float))"),
    ("sigmoid", SIGMOID, "return 0.5 + np.tanh(0.5 * np.asarray(x, float))"),
    ("sigmoid", SIGMOID, "return 0.5 * np.tanh(0.5 * np.asarray(x, float)) + 1"),
)

# ------------------------------------------------------------------------------------------- the smallest network

for function in ("manual_forward", "manual_gradients"):
    mistake(
        "bias-missing",
        "Each layer adds something of its own after the product with the weight.",
        (function, "w1 * x + b1", "w1 * x"),
        (function, "w2 * a1 + b2", "w2 * a1"),
    )
    mistake(
        "activation-missing",
        "The hidden unit needs its activation function.",
        (function, "a1 = sigmoid(z1)", "a1 = z1"),
    )
    mistake(
        "output-activation-missing",
        "The output should lie between 0 and 1: something is still to be done with the last pre-activation.",
        (function, "a2 = sigmoid(z2)", "a2 = z2"),
    )
    mistake(
        "pre-activation-for-activation",
        "What the second layer gets is what comes out of the hidden unit, not what goes into its activation.",
        (function, "w2 * a1 + b2", "w2 * z1 + b2"),
    )
    mistake(
        "own-output-for-input",
        "The second layer gets the hidden unit's activation, not the input.",
        (function, "w2 * a1 + b2", "w2 * x + b2"),
    )
mistake(
    "extra-factor-two",
    "The loss has a factor of one half: what is left of the two that comes down from the exponent?",
    ("manual_gradients", "dL_da2 = a2 - y", "dL_da2 = 2 * (a2 - y)"),
)
mistake(
    "cross-entropy-shortcut-under-mse",
    "That short form of the gradient at the output's pre-activation belongs to the cross-entropy, where the sigmoid's "
    "derivative cancels. Here nothing cancels.",
    ("manual_gradients", "dL_dz2 = dL_da2 * da2_dz2", "dL_dz2 = dL_da2"),
)
mistake(
    "pre-activation-for-activation",
    "The weight is multiplied with what comes out of the hidden unit, not with what goes into its activation.",
    ("manual_gradients", "dL_dz2 * a1", "dL_dz2 * z1"),
)
mistake(
    "own-output-for-input",
    "The gradient of a weight needs what goes into the layer, not what comes out of it.",
    ("manual_gradients", "dL_dz2 * a1", "dL_dz2 * a2"),
    ("manual_gradients", "dL_dz1 * x", "dL_dz1 * a1"),
)
mistake(
    "weight-for-input",
    "The derivative of a product with respect to the weight is the other factor, the layer's input.",
    ("manual_gradients", "dL_dz2 * a1", "dL_dz2 * w2"),
    ("manual_gradients", "dL_dz1 * x", "dL_dz1 * w1"),
)
mistake(
    "input-forgotten",
    "The weight stands before something in the pre-activation: its derivative has that factor.",
    ("manual_gradients", "dL_dw2 = dL_dz2 * a1", "dL_dw2 = dL_dz2"),
    ("manual_gradients", "dL_dw1 = dL_dz1 * x", "dL_dw1 = dL_dz1"),
)
mistake(
    "weights-omitted",
    "What reaches the hidden unit from the output goes through the weight between them.",
    ("manual_gradients", "dL_da1 = dL_dz2 * w2", "dL_da1 = dL_dz2"),
)
mistake(
    "weight-gradient-for-weight",
    "The way back goes through the weight, not through its gradient.",
    ("manual_gradients", "dL_dz2 * w2", "dL_dz2 * dL_dw2"),
)
mistake(
    "undelta-propagated",
    "What goes back through the output's weight is the gradient at its pre-activation, with all its factors.",
    ("manual_gradients", "dL_dz2 * w2", "dL_da2 * w2"),
)
mistake(
    "missing-hidden-derivative",
    "A link of the chain is missing in the hidden unit: its output depends on its pre-activation through a function.",
    ("manual_gradients", "dL_dz1 = dL_da1 * da1_dz1", "dL_dz1 = dL_da1"),
)
# All, those of one kind, and each alone.
KINDS = (("W1", "b1", "W2", "b2"), ("W1", "W2"), ("b1", "b2"), ("W1",), ("b1",), ("W2",), ("b2",))
MANUAL_UPDATES = "\n".join(
    f'new_{name} = {name} - learning_rate * d["dL_d{name}"]' for name in ("w1", "b1", "w2", "b2")
)
for slug, hint, old, new in (
    (
        "gradient-ascent",
        "The gradient points to where the loss grows.",
        '# - learning_rate * d["dL_d#"]',
        '# + learning_rate * d["dL_d#"]',
    ),
    ("learning-rate-missing", "The step is the gradient times something.", 'learning_rate * d["dL_d#"]', 'd["dL_d#"]'),
):
    for names in KINDS:
        first, *others = ((old.replace("#", name.lower()), new.replace("#", name.lower())) for name in names)
        pack.mistake(slug, "manual_update", *first, hint=hint, also=others)
STAY = [('b1 - learning_rate * d["dL_db1"]', "b1"), ('b2 - learning_rate * d["dL_db2"]', "b2")]
for biases in (STAY[:1], STAY[1:], STAY):
    pack.mistake(
        "biases-not-updated", "manual_update", *biases[0], hint="The biases are parameters too.", also=biases[1:]
    )
mistake(
    "updated-weights-used",
    "All derivatives belong to the same values: those of the forward pass, before any update.",
    (
        "manual_update",
        'new_w1 = w1 - learning_rate * d["dL_dw1"]\nnew_b1 = b1 - learning_rate * d["dL_db1"]',
        'changed = d["dL_dz2"] * (w2 - learning_rate * d["dL_dw2"]) * d["da1_dz1"]\n'
        "new_w1 = w1 - learning_rate * changed * x\nnew_b1 = b1 - learning_rate * changed",
    ),
    (
        "manual_update",
        MANUAL_UPDATES,
        'new_w2, new_b2 = w2 - learning_rate * d["dL_dw2"], b2 - learning_rate * d["dL_db2"]\n'
        "d = manual_gradients(x, y, w1, b1, new_w2, new_b2)\n"
        'new_w1, new_b1 = w1 - learning_rate * d["dL_dw1"], b1 - learning_rate * d["dL_db1"]',
    ),
    place="backup",
)
mistake(
    "update-alone-returned",
    "What is asked for is the new value, not the step that leads there.",
    (
        "manual_update",
        MANUAL_UPDATES,
        "\n".join(line.replace(line[4:6] + " - ", "-") for line in MANUAL_UPDATES.split("\n")),
    ),
)

# ------------------------------------------------------------------------------------------------ loss and forward

LOSS = f"{NET}.compute_loss"

mistake(
    "sum-for-mean",
    "The loss is a mean: with twice as much of the same data it should stay the same.",
    (LOSS, "np.mean((y_true - y_pred) ** 2)", "np.sum((y_true - y_pred) ** 2)"),
)
mistake(
    "mean-over-samples-only",
    "The mean is over all m·k elements, not over the m samples alone.",
    (LOSS, "np.mean((y_true - y_pred) ** 2)", "np.sum((y_true - y_pred) ** 2) / len(y_true)"),
)
mistake(
    "divided-by-outputs",
    "The mean is over all m·k elements, not over the k outputs alone.",
    (LOSS, "np.mean((y_true - y_pred) ** 2)", "np.sum((y_true - y_pred) ** 2) / y_true.shape[1]"),
)
mistake(
    "half-loss",
    "A factor of one half belongs to another convention; the loss asked for is the plain mean of the squares.",
    (LOSS, "np.mean((y_true - y_pred) ** 2)", "0.5 * np.mean((y_true - y_pred) ** 2)"),
)
mistake(
    "root-mean-square",
    "That is the root of the mean squared error.",
    (LOSS, "np.mean((y_true - y_pred) ** 2)", "np.sqrt(np.mean((y_true - y_pred) ** 2))"),
)
mistake(
    "absolute-error",
    "The differences are to be squared; that is the mean absolute error.",
    (LOSS, "(y_true - y_pred) ** 2", "np.abs(y_true - y_pred)"),
)
mistake(
    "square-missing",
    "Without the square, errors of both signs cancel.",
    (LOSS, "(y_true - y_pred) ** 2", "(y_true - y_pred)"),
)
FORWARD = f"{NET}.forward"
mistake(
    "bias-missing",
    "Each layer adds something of its own after the product with the weights.",
    (FORWARD, "X @ self.W1 + self.b1", "X @ self.W1"),
    (FORWARD, "self.a1 @ self.W2 + self.b2", "self.a1 @ self.W2"),
)
pack.mistake(
    "bias-missing",
    FORWARD,
    "X @ self.W1 + self.b1",
    "X @ self.W1",
    hint="Each layer adds something of its own after the product with the weights.",
    also=[("self.a1 @ self.W2 + self.b2", "self.a1 @ self.W2")],
)
mistake(
    "activation-missing",
    "The hidden layer needs its activation function: without it two layers are no more than one.",
    (FORWARD, "sigmoid(self.z1)", "self.z1"),
    (FORWARD, "self.a1 @ self.W2", "self.z1 @ self.W2"),
)
mistake(
    "output-activation-missing",
    "The outputs should lie between 0 and 1: something is still to be done with the last pre-activation.",
    (FORWARD, "sigmoid(self.z2)", "self.z2"),
    (FORWARD, "return self.a2", "return self.z2"),
)
mistake(
    "wrong-hidden-activation",
    "The hidden layer's activation function is another one here; see the class's docstring.",
    (FORWARD, "sigmoid(self.z1)", "np.maximum(0, self.z1)"),
    (FORWARD, "sigmoid(self.z1)", "np.tanh(self.z1)"),
)
mistake(
    "double-activation",
    "The activation function is applied twice in one layer.",
    (FORWARD, "sigmoid(self.z2)", "sigmoid(sigmoid(self.z2))"),
    (FORWARD, "sigmoid(self.z1)", "sigmoid(sigmoid(self.z1))"),
    (FORWARD, "return self.a2", "return sigmoid(self.a2)"),
    (FORWARD, "self.a1 @ self.W2", "sigmoid(self.a1) @ self.W2"),
)

# -------------------------------------------------------------------------------------------------- backward pass

BACKWARD = f"{NET}.backward"
DA2 = "da2 = 2 * (self.a2 - y) / y.size"
DZ2 = "dz2 = da2 * sigmoid_derivative(self.z2)"
SCALES = ("", " / len(X)", " / y.size", " * 2 / len(X)", " * 2 / y.size")

mistake(
    "cross-entropy-shortcut-under-mse",
    "That short form of the output layer's gradient belongs to the cross-entropy, where the sigmoid's derivative "
    "cancels. Here nothing cancels.",
    *((BACKWARD, DZ2, f"dz2 = (self.a2 - y){scale}") for scale in SCALES),
)
mistake(
    "missing-batch-mean",
    "The loss is a mean, so its derivative with respect to one prediction gets smaller with more of them.",
    (BACKWARD, "2 * (self.a2 - y) / y.size", "2 * (self.a2 - y)"),
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
    (BACKWARD, "dW2 = self.a1.T @ dz2", "dW2 = self.a1.T @ dz2 / len(X)"),
    (BACKWARD, "dW1 = X.T @ dz1", "dW1 = X.T @ dz1 / len(X)"),
)
mistake(
    "missing-factor-two",
    "Differentiate a square: what comes down from the exponent?",
    (BACKWARD, "2 * (self.a2 - y) / y.size", "(self.a2 - y) / y.size"),
    (BACKWARD, "2 * (self.a2 - y) / y.size", "(self.a2 - y) / len(y)"),
)
mistake(
    "extra-factor-two",
    "There is a factor too many: one comes down from the exponent, and no other.",
    (BACKWARD, "2 * (self.a2 - y) / y.size", "4 * (self.a2 - y) / y.size"),
)
mistake(
    "half-sum-for-mean",
    "That is the derivative of half the sum of squares; the loss here is their mean.",
    (BACKWARD, "2 * (self.a2 - y) / y.size", "self.a2 - y"),
)
mistake(
    "extra-output-derivative",
    "The derivative of the output's activation function is multiplied in more than once.",
    (BACKWARD, "da2 * sigmoid_derivative(self.z2)", "da2 * sigmoid_derivative(self.z2) ** 2"),
    (BACKWARD, "dz2 @ self.W2.T", "(dz2 * sigmoid_derivative(self.z2)) @ self.W2.T"),
)
mistake(
    "missing-hidden-derivative",
    "A link of the chain is missing in the hidden layer: its outputs depend on its pre-activations through a function.",
    (BACKWARD, "da1 * sigmoid_derivative(self.z1)", "da1"),
)
mistake(
    "hidden-derivative-of-activation",
    "The derivative expects what went into the hidden activation function; it is handed what came out.",
    (BACKWARD, "sigmoid_derivative(self.z1)", "sigmoid_derivative(self.a1)"),
)
mistake(
    "hidden-derivative-from-raw-z",
    "That formula holds for the activation, and it is given the pre-activation.",
    (BACKWARD, "sigmoid_derivative(self.z1)", "(self.z1 * (1 - self.z1))"),
    (BACKWARD, "sigmoid_derivative(self.z2)", "(self.z2 * (1 - self.z2))"),
)
mistake(
    "weights-not-transposed",
    "Going back through a layer turns its matrix round: compare the shapes.",
    (BACKWARD, "dz2 @ self.W2.T", "dz2 @ self.W2"),
    (BACKWARD, "dz2 @ self.W2.T", "dz2 @ self.W2.reshape(self.W2.shape[::-1])"),
)
mistake(
    "weights-omitted",
    "What reaches a hidden unit from the outputs goes through its weights to them.",
    (BACKWARD, "dz2 @ self.W2.T", "np.sum(dz2, axis=1, keepdims=True) * np.ones_like(self.a1)"),
)
mistake(
    "elementwise-for-matmul",
    "A sum over the outputs is missing: a product element by element is no matrix product.",
    (BACKWARD, "dz2 @ self.W2.T", "dz2 * self.W2.T"),
    (BACKWARD, "dz2 @ self.W2.T", "dz2[:, -1:] @ self.W2[:, -1:].T"),  # `=` for `+=` in a loop over the outputs
)
mistake(
    "updated-weights-used",
    "All gradients belong to the same weights: those of the forward pass, before any update.",
    (BACKWARD, "dz2 @ self.W2.T", "dz2 @ (self.W2 - self.learning_rate * dW2).T"),
    place="backup",
)
mistake(
    "undelta-propagated",
    "What goes back through the output's weights is the gradient at its pre-activation, with all its factors.",
    (BACKWARD, "dz2 @ self.W2.T", "da2 @ self.W2.T"),
    (BACKWARD, "dz2 @ self.W2.T", "(self.a2 - y) @ self.W2.T"),
)
mistake(
    "pre-activation-for-activation",
    "The weights are multiplied with what comes out of the hidden layer, not with what goes into its activation.",
    (BACKWARD, "self.a1.T @ dz2", "self.z1.T @ dz2"),
)
mistake(
    "own-output-for-input",
    "The gradient of a layer's weights needs what goes into the layer, not what comes out of it.",
    (BACKWARD, "self.a1.T @ dz2", "self.a2.T @ dz2"),
    (BACKWARD, "X.T @ dz1", "self.a1.T @ dz1"),
)
mistake(
    "weight-for-input",
    "The derivative of a product with respect to the weights is the other factor, the layer's input.",
    (BACKWARD, "self.a1.T @ dz2", "self.W2 * np.sum(dz2, axis=0)"),
    (BACKWARD, "X.T @ dz1", "self.W1 * np.sum(dz1, axis=0)"),
)
mistake(
    "weight-gradient-for-weight",
    "The way back goes through the weights, not through their gradient.",
    (BACKWARD, "dz2 @ self.W2.T", "dz2 @ dW2.T"),
)
mistake(
    "gradient-transposed",
    "A gradient has the shape of its parameter.",
    (BACKWARD, "self.a1.T @ dz2", "dz2.T @ self.a1"),
    (BACKWARD, "X.T @ dz1", "dz1.T @ X"),
)
for layer in ("1", "2"):
    BIAS = f"np.sum(dz{layer}, axis=0, keepdims=True)"
    mistake(
        "bias-summed-over-wrong-axis",
        "A bias is shared by all samples, so its gradient is a sum over them: which axis counts the samples?",
        (BACKWARD, BIAS, f"np.sum(dz{layer}, axis=1, keepdims=True)"),
        (BACKWARD, BIAS, f"np.sum(dz{layer}, axis=1).reshape(1, -1)"),
    )
    mistake(
        "bias-mean-for-sum",
        "The mean is in the loss's derivative already; each sample's share of the bias is to be added up.",
        (BACKWARD, BIAS, f"np.mean(dz{layer}, axis=0, keepdims=True)"),
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
        (BACKWARD, BIAS, f"np.full((1, dz{layer}.shape[1]), np.sum(dz{layer}))"),
    )
    mistake(
        "bias-first-sample-only",
        "All samples have a share in the gradient of a bias, not the first alone.",
        (BACKWARD, BIAS, f"dz{layer}[:1]"),
    )
    mistake(
        "returns-wrong-shape",
        "A gradient has the shape of its parameter; the biases here are rows.",
        (BACKWARD, BIAS, f"np.sum(dz{layer}, axis=0)"),
    )
LAST_SAMPLE = "Every sample has its share in the gradient: they are to be added up, not the last one to be kept."
SHARES = [
    ("self.a1.T @ dz2", "self.a1[-1:].T @ dz2[-1:]"),
    ("X.T @ dz1", "X[-1:].T @ dz1[-1:]"),
    *((f"np.sum(dz{layer}, axis=0, keepdims=True)", f"dz{layer}[-1:]") for layer in ("1", "2")),
]
mistake("last-sample-only", LAST_SAMPLE, *((BACKWARD, *each) for each in SHARES))
mistake("last-sample-only", LAST_SAMPLE, (BACKWARD, *SHARES[0]), also=SHARES[1:])
mistake(
    "bias-from-weight-gradient",
    "The gradient of a bias comes from the gradient at the pre-activation, not from that of the weights.",
    (BACKWARD, "np.sum(dz2, axis=0, keepdims=True)", "np.sum(dW2, axis=0, keepdims=True)"),
    (BACKWARD, "np.sum(dz1, axis=0, keepdims=True)", "np.sum(dW1, axis=0, keepdims=True)"),
)
SCALES_DIFFER = (
    "The two layers' gradients are scaled differently; the scale of the loss reaches both through the chain rule."
)
mistake(
    "first-layer-scale-only",
    SCALES_DIFFER,
    *(
        (BACKWARD, "dz1 = da1 * sigmoid_derivative(self.z1)", f"dz1 = da1 * sigmoid_derivative(self.z1){scale}")
        for scale in (" / len(X)", " * len(X)", " * y.size", " * y.size / 2")
    ),
)
for scale in ("len(X)", "y.size", "(y.size / 2)"):  # what the second layer lacks
    mistake(
        "first-layer-scale-only",
        SCALES_DIFFER,
        (BACKWARD, "self.a1.T @ dz2", f"self.a1.T @ dz2 * {scale}"),
        also=[("np.sum(dz2, axis=0, keepdims=True)", f"np.sum(dz2, axis=0, keepdims=True) * {scale}")],
    )
mistake(
    "derivative-of-upstream",
    "The activation's derivative is taken at the layer's pre-activation, not at the gradient that comes in.",
    (BACKWARD, "sigmoid_derivative(self.z1)", "sigmoid_derivative(da1)"),
    (BACKWARD, "sigmoid_derivative(self.z2)", "sigmoid_derivative(da2)"),
)
mistake(
    "derivative-of-error",
    "The activation's derivative is taken of the error; it belongs to the layer's own value.",
    (BACKWARD, "da2 * sigmoid_derivative(self.z2)", "da2 * ((self.a2 - y) * (1 - (self.a2 - y)))"),
    (BACKWARD, "da1 * sigmoid_derivative(self.z1)", "da1 * (da1 * (1 - da1))"),
)
mistake(
    "relu-applied-to-gradient",
    "A gradient may be negative; nothing is to be cut off from it.",
    (BACKWARD, "da1 * sigmoid_derivative(self.z1)", "np.maximum(0, da1) * sigmoid_derivative(self.z1)"),
    (BACKWARD, "da1 * sigmoid_derivative(self.z1)", "np.maximum(0, da1)"),
)
KEPT = 'self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}'
mistake(
    "gradients-not-kept",
    "update_weights has nothing to go by: the dict is to be kept as an attribute too.",
    (
        BACKWARD,
        f"{KEPT}\nreturn self.gradients",
        'return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}',
    ),
)
mistake(
    "gradients-swapped",
    "Look at which gradient stands under which name.",
    (BACKWARD, KEPT, 'self.gradients = {"dW1": dW2, "db1": db2, "dW2": dW1, "db2": db1}'),
    (BACKWARD, KEPT, 'self.gradients = {"dW1": db1, "db1": dW1, "dW2": db2, "db2": dW2}'),
)
mistake(
    "returns-nothing",
    "The gradients are kept, but never handed back.",
    (BACKWARD, f"{KEPT}\nreturn self.gradients", KEPT),
)


def _accumulating(backward: Any) -> Any:
    def accumulate(self: Any, X: Any, y: Any) -> Any:
        new, old = backward(self, X, y), getattr(self, "kept", {})
        self.kept = self.gradients = {name: value + old.get(name, 0.0) for name, value in new.items()}
        return self.gradients

    return accumulate


mistake(
    "gradients-accumulate-over-calls",
    "A second call should not remember the first: start from zero.",
    (BACKWARD, "", _accumulating),
    place="kept",
)

# ------------------------------------------------------------------------------------------- update and training

UPDATE = f"{NET}.update_weights"
UPDATES = "\n".join(
    f'self.{name} = self.{name} - self.learning_rate * self.gradients["d{name}"]' for name in ("W1", "b1", "W2", "b2")
)
for slug, hint, old, new in (
    (
        "gradient-ascent",
        "The gradient points to where the loss grows.",
        'self.# - self.learning_rate * self.gradients["d#"]',
        'self.# + self.learning_rate * self.gradients["d#"]',
    ),
    (
        "learning-rate-missing",
        "The step is the gradient times something.",
        'self.learning_rate * self.gradients["d#"]',
        'self.gradients["d#"]',
    ),
):
    for names in KINDS:
        first, *others = ((old.replace("#", name), new.replace("#", name)) for name in names)
        pack.mistake(slug, UPDATE, *first, hint=hint, also=others)
mistake(
    "biases-not-updated",
    "The biases are parameters too.",
    *(
        (UPDATE, UPDATES, "\n".join(line for line in UPDATES.split("\n") if line[5:7] not in names))
        for names in (("b1", "b2"), ("b1",), ("b2",))
    ),
)
mistake(
    "update-alone-returned",
    "The step is taken from where the weights are; it does not replace them.",
    (
        UPDATE,
        UPDATES,
        "\n".join(line.partition(" = ")[0] + " = -" + line.partition(" - ")[2] for line in UPDATES.split("\n")),
    ),
)
LOSS_OF_STEP = "loss = self.compute_loss(y, y_pred)"
STEP = "self.backward(X, y)\nself.update_weights()"
mistake(
    "loss-after-update",
    "The loss of a step is that of the weights that it started with.",
    (f"{NET}.train_step", f"{LOSS_OF_STEP}\n{STEP}", f"{STEP}\nloss = self.compute_loss(y, self.forward(X))"),
)
mistake(
    "update-missing",
    "The gradients are there, but nothing is done with them.",
    (f"{NET}.train_step", STEP, "self.backward(X, y)"),
)
mistake(
    "updated-weights-used",
    "All gradients belong to the same weights: those of the forward pass, before any update.",
    (
        f"{NET}.train_step",
        STEP,
        "first = (self.W1, self.b1)\nself.backward(X, y)\nself.update_weights()\nself.W1, self.b1 = first\n"
        'second = dict(self.backward(X, y))\nself.gradients = {**second, "dW2": 0 * self.W2, "db2": 0 * self.b2}\n'
        "self.update_weights()",
    ),
    place="backup",
)
mistake(
    "reinitialised-each-epoch",
    "Each step should go on from the weights of the one before.",
    (
        f"{NET}.train_step",
        "y_pred = self.forward(X)",
        "self.__init__(X.shape[1], self.W1.shape[1], self.W2.shape[1], self.learning_rate)\ny_pred = self.forward(X)",
    ),
)

# ------------------------------------------------------------------------------------ learning, data and exploring

W1, W2 = "np.random.randn(input_size, hidden_size)", "np.random.randn(hidden_size, output_size)"
INITIAL = f"self.W1 = {W1}\nself.b1 = np.zeros((1, hidden_size))\nself.W2 = {W2}"

mistake(
    "initial-weights-too-small",
    "From such small weights the hidden units are all alike, and the output hardly depends on the input: start larger.",
    (f"{NET}.__init__", INITIAL, INITIAL.replace(W1, f"{W1} * 0.01").replace(W2, f"{W2} * 0.01")),
    (
        f"{NET}.__init__",
        INITIAL,
        INITIAL.replace(W1, "np.zeros((input_size, hidden_size))").replace(W2, "np.zeros((hidden_size, output_size))"),
    ),
)
mistake(
    "arms-on-one-curve",
    "Print the radius of both arms at one and the same angle: on one curve they are the same.",
    (
        "make_spiral_data",
        "arm1 = np.column_stack([r * np.cos(t + np.pi), r * np.sin(t + np.pi)])",
        "t = t + np.pi\nr = t / (2 * np.pi)\narm1 = np.column_stack([r * np.cos(t), r * np.sin(t)])",
    ),
)
mistake(
    "noise-ignored",
    "Without noise the points lie on the arms exactly: add what the argument asks for.",
    ("make_spiral_data", "X + noise * np.random.randn(2 * half, 2)", "X + 0"),
)
mistake(
    "seeded-once",
    "Networks that start from different weights can't be compared: seed the generator before each of them.",
    (
        "explore",
        """for hidden_size in hidden_sizes:
    for learning_rate in learning_rates:
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
        for _ in range(epochs):
            loss = net.train_step(X, y)
        rows.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": loss})""",
        """np.random.seed(seed)
for hidden_size in hidden_sizes:
    for learning_rate in learning_rates:
        net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
        for _ in range(epochs):
            loss = net.train_step(X, y)
        rows.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": loss})""",
    ),
)


# --------------------------------------------------------------------------------------------------- in any place


def _nothing(function: Any) -> Any:
    def run(*args: Any, **kwargs: Any) -> None:
        function(*args, **kwargs)

    return run


def _typed_as_given(function: Any) -> Any:
    """Puts the result into an array like the one that is handed in (`np.zeros_like(x)`), which may hold whole numbers."""

    def run(x: Any) -> Any:
        result = function(x)
        return result.astype(x.dtype) if isinstance(x, np.ndarray) and x.dtype.kind in "iu" else result

    return run


def _overwriting(function: Any) -> Any:
    def run(x: Any) -> Any:
        result = function(x)
        if isinstance(x, np.ndarray) and x.dtype == result.dtype:
            x[...] = result
        return result

    return run


mistake(
    "returns-nothing",
    "The result is computed, but never handed back.",
    *(
        (name, "", _nothing)
        for name in (
            "sigmoid", "sigmoid_derivative", "manual_forward", "manual_gradients", "manual_update", FORWARD, LOSS,
            f"{NET}.train_step",
        )
    ),
)  # fmt: skip
mistake(
    "returns-wrong-dtype",
    "What is made of whole numbers are none here: an array like the one that is handed in can't hold them.",
    *((name, "", _typed_as_given) for name in ("sigmoid", "sigmoid_derivative")),
)
mistake(
    "mutates-input",
    "The array that is handed in still belongs to the caller: work on a copy.",
    *((name, "", _overwriting) for name in ("sigmoid", "sigmoid_derivative")),
)

# --------------------------------------------------------------------------------------- other right ways to write

pack.rewrite(
    "einsum",
    (FORWARD, "X @ self.W1", 'np.einsum("mn,nh->mh", X, self.W1)'),
    (BACKWARD, "self.a1.T @ dz2", 'np.einsum("mh,mk->hk", self.a1, dz2)'),
    (BACKWARD, "X.T @ dz1", 'np.einsum("mn,mh->nh", X, dz1)'),
)
pack.rewrite(
    "another order of operations",
    ("sigmoid_derivative", "s * (1 - s)", "s - s**2"),
    ("manual_gradients", "dL_dz2 * w2", "dL_da2 * (w2 * da2_dz2)"),
    (FORWARD, "X @ self.W1 + self.b1", "(X[::-1] @ self.W1)[::-1] + self.b1"),
    (BACKWARD, "2 * (self.a2 - y) / y.size", "(self.a2 - y) * (2 / y.size)"),
    (BACKWARD, "np.sum(dz2, axis=0, keepdims=True)", "np.sum(dz2[::-1], axis=0, keepdims=True)"),
    (BACKWARD, "dz2 @ self.W2.T", "(self.W2 @ dz2.T).T"),
)
pack.rewrite(
    "the scale last",
    (BACKWARD, "2 * (self.a2 - y) / y.size", "2 * (self.a2 - y)"),
    (BACKWARD, "self.a1.T @ dz2", "self.a1.T @ dz2 / y.size"),
    (BACKWARD, "np.sum(dz2, axis=0, keepdims=True)", "np.sum(dz2, axis=0, keepdims=True) / y.size"),
    (BACKWARD, "X.T @ dz1", "X.T @ dz1 / y.size"),
    (BACKWARD, "np.sum(dz1, axis=0, keepdims=True)", "np.sum(dz1, axis=0, keepdims=True) / y.size"),
)
pack.rewrite(
    "sample by sample",
    (BACKWARD, "self.a1.T @ dz2", "sum(np.outer(a, d) for a, d in zip(self.a1, dz2))"),
    (BACKWARD, "X.T @ dz1", "sum(np.outer(x, d) for x, d in zip(X, dz1))"),
    (BACKWARD, "np.sum(dz1, axis=0, keepdims=True)", "sum(d for d in dz1).reshape(1, -1)"),
    (
        LOSS,
        "np.mean((y_true - y_pred) ** 2)",
        "sum(np.sum((p - t) ** 2) for p, t in zip(y_pred, y_true)) / y_pred.size",
    ),
)
pack.rewrite(
    "a sigmoid of two formulas, one for either sign",
    (
        "sigmoid",
        "np.where(np.asarray(x) >= 0, 1, t) / (1 + t)",
        "np.where(np.asarray(x) >= 0, 1 / (1 + t), t / (1 + t))",
    ),
)
pack.rewrite("a tanh sigmoid", ("sigmoid", SIGMOID, "return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))"))
pack.rewrite("exclusive or by smaller steps", ("train_xor", "3000", "9000"), ("train_xor", "2.0", "0.7"))
pack.rewrite(
    "random angles",
    ("make_spiral_data", "np.linspace(0, 4 * np.pi, half)", "4 * np.pi * np.sqrt(np.random.rand(half))"),
    ("make_spiral_data", "np.repeat([0.0, 1.0], half)", "np.array([0] * half + [1] * half)"),
)
pack.rewrite(
    "the loss after the last step, other types",
    (
        "explore",
        'rows.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": loss})',
        "loss = float(net.compute_loss(y, net.forward(X)))\n"
        'rows.insert(0, {"final_loss": loss, "learning_rate": np.float64(learning_rate), "hidden_size": hidden_size})',
    ),
)

# What gives the same on every input.
pack.equivalent(["derivative-of-activation-given-pre-activation"], ["hidden-derivative-from-raw-z"])
pack.equivalent(["derivative-of-pre-activation-given-activation"], ["hidden-derivative-of-activation"])
pack.equivalent(["gradient-ascent"], ["wrong-sign"])  # where only the update is seen
pack.equivalent(["sigmoid-returned-as-derivative", "wrong-sign"], ["one-minus-sigmoid"])
pack.equivalent(["one-minus-sigmoid", "wrong-sign"], ["sigmoid-returned-as-derivative"])
