"""The mistakes that students make here, as edits of the reference, and other right ways to write it.

A slug stands for one misunderstanding; the edits under it are the ways in which it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np

from .exercises import pack

Edit = tuple[str, str, str | Callable[[Any], Any]]
NET = "SimpleNeuralNetwork"


def mistake(slug: str, hint: str, *edits: Edit, unless: str = "", words: Sequence[str] = (), place: str = "") -> None:
    for function, old, new in edits:
        pack.mistake(slug, function, old, new, hint=hint, unless=unless, words=words, place=place)


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
)
mistake(
    "derivative-of-pre-activation-given-activation",
    "The derivative expects what went into the sigmoid; it is handed what came out, so the sigmoid is taken twice.",
    ("sigmoid_derivative", "sigmoid(x)", "sigmoid(sigmoid(x))"),
    (f"{NET}.backward", "self.z2", "self.a2"),
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
    ("mse_loss_derivative", "y_pred - y_true", "y_true - y_pred"),
    (f"{NET}.backward", "mse_loss_derivative(y_pred, y)", "-mse_loss_derivative(y_pred, y)"),
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
mistake(
    "relu-derivative-one-at-zero",
    "At exactly 0 the derivative is a convention; this course takes the one that PyTorch takes.",
    ("relu_derivative", "np.asarray(x) > 0", "np.asarray(x) >= 0"),
)
mistake(
    "relu-derivative-half-at-zero",
    "A half is what central differences give at the kink; by this course's convention it is another number.",
    ("relu_derivative", "(np.asarray(x) > 0).astype(float)", "np.heaviside(np.asarray(x, float), 0.5)"),
)
mistake(
    "relu-value-as-derivative",
    "That is the function's value. How steep is it, to the right of 0?",
    ("relu_derivative", "(np.asarray(x) > 0).astype(float)", "np.maximum(0.0, x)"),
)
mistake(
    "mask-inverted",
    "It is the other way round: on which side of 0 does the function rise?",
    ("relu_derivative", "np.asarray(x) > 0", "np.asarray(x) < 0"),
    ("relu_derivative", "np.asarray(x) > 0", "np.asarray(x) <= 0"),
)
mistake(
    "leaky-mask",
    "A small slope below 0 belongs to the leaky variant; the plain one is flat there.",
    ("relu_derivative", "(np.asarray(x) > 0).astype(float)", "np.where(np.asarray(x) > 0, 1.0, 0.01)"),
    ("relu", "np.maximum(0, x)", "np.where(np.asarray(x) > 0, x, 0.01 * np.asarray(x))"),
)
mistake(
    "returns-wrong-dtype",
    "Numbers to be multiplied with are asked for: floating-point ones.",
    ("relu_derivative", "(np.asarray(x) > 0).astype(float)", "np.asarray(x) > 0"),
    ("relu_derivative", "(np.asarray(x) > 0).astype(float)", "(np.asarray(x) > 0).astype(int)"),
)

# ------------------------------------------------------------------------------------------------------- the loss

mistake(
    "sum-for-mean",
    "The loss is a mean: with twice as much of the same data it should stay the same.",
    ("mse_loss", "np.sum(squares) / squares.size", "np.sum(squares)"),
)
mistake(
    "mean-over-samples-only",
    "The mean is over all m·k elements, not over the m samples alone.",
    ("mse_loss", "squares.size", "len(y_pred)"),
    ("mse_loss_derivative", "y_pred.size", "len(y_pred)"),
)
mistake(
    "divided-by-outputs",
    "The mean is over all m·k elements, not over the k outputs alone.",
    ("mse_loss", "squares.size", "y_pred.shape[1]"),
    ("mse_loss_derivative", "y_pred.size", "y_pred.shape[1]"),
)
mistake(
    "half-loss",
    "A factor of one half belongs to another convention; the loss asked for is the plain mean of the squares.",
    ("mse_loss", "np.sum(squares)", "(0.5 * np.sum(squares))"),
)
mistake(
    "root-mean-square",
    "That is the root of the mean squared error.",
    ("mse_loss", "return np.sum(squares) / squares.size", "return np.sqrt(np.sum(squares) / squares.size)"),
)
mistake(
    "absolute-error",
    "The differences are to be squared; that is the mean absolute error.",
    ("mse_loss", "(y_pred - y_true) ** 2", "np.abs(y_pred - y_true)"),
)
mistake(
    "missing-batch-mean",
    "The loss is a mean, so its derivative with respect to one prediction gets smaller with more of them.",
    ("mse_loss_derivative", "y_pred.size", "1"),
)
mistake(
    "missing-factor-two",
    "Differentiate a square: what comes down from the exponent?",
    ("mse_loss_derivative", "2", "1"),
)
mistake(
    "extra-factor-two",
    "There is a factor too many: one comes down from the exponent, and no other.",
    ("mse_loss_derivative", "2", "4"),
    (f"{NET}.backward", "mse_loss_derivative(y_pred, y)", "2 * mse_loss_derivative(y_pred, y)"),
)
mistake(
    "half-sum-for-mean",
    "That is the derivative of half the sum of squares; the loss here is their mean.",
    ("mse_loss_derivative", "2 * (y_pred - y_true) / y_pred.size", "y_pred - y_true"),
    (f"{NET}.backward", "mse_loss_derivative(y_pred, y)", "y_pred - y"),
)
mistake(
    "divided-by-features",
    "The number of inputs has no part in the mean: look at which axis counts the samples.",
    (f"{NET}.backward", "mse_loss_derivative(y_pred, y)", "mse_loss_derivative(y_pred, y) * len(X) / X.shape[1]"),
    (f"{NET}.backward", "mse_loss_derivative(y_pred, y)", "mse_loss_derivative(y_pred, y) / X.shape[1]"),
    (f"{NET}.backward", "dW2 = self.a1.T @ dz2", "dW2 = self.a1.T @ dz2 / X.shape[1]"),
    (f"{NET}.backward", "dW1 = X.T @ dz1", "dW1 = X.T @ dz1 / X.shape[1]"),
)

# --------------------------------------------------------------------------------------------------- forward pass

mistake(
    "bias-missing",
    "Each layer adds something of its own after the product with the weights.",
    (f"{NET}.forward", "X @ self.W1 + self.b1", "X @ self.W1"),
    (f"{NET}.forward", "self.a1 @ self.W2 + self.b2", "self.a1 @ self.W2"),
)
pack.mistake(
    "bias-missing",
    f"{NET}.forward",
    "X @ self.W1 + self.b1",
    "X @ self.W1",
    hint="Each layer adds something of its own after the product with the weights.",
    also=[("self.a1 @ self.W2 + self.b2", "self.a1 @ self.W2")],
)
mistake(
    "activation-missing",
    "The hidden layer needs its activation function: without it two layers are no more than one.",
    (f"{NET}.forward", "sigmoid(self.z1)", "self.z1"),
    (f"{NET}.forward", "self.a1 @ self.W2", "self.z1 @ self.W2"),
)
mistake(
    "output-activation-missing",
    "The outputs should lie between 0 and 1: something is still to be done with the last pre-activation.",
    (f"{NET}.forward", "sigmoid(self.z2)", "self.z2"),
    (f"{NET}.forward", "return self.a2", "return self.z2"),
)
mistake(
    "wrong-hidden-activation",
    "The hidden layer's activation function is another one here; see the class's docstring.",
    (f"{NET}.forward", "sigmoid(self.z1)", "np.maximum(0, self.z1)"),
    (f"{NET}.forward", "sigmoid(self.z1)", "np.tanh(self.z1)"),
)
mistake(
    "double-activation",
    "The activation function is applied twice in one layer.",
    (f"{NET}.forward", "sigmoid(self.z2)", "sigmoid(sigmoid(self.z2))"),
    (f"{NET}.forward", "sigmoid(self.z1)", "sigmoid(sigmoid(self.z1))"),
    (f"{NET}.forward", "return self.a2", "return sigmoid(self.a2)"),
    (f"{NET}.forward", "self.a1 @ self.W2", "sigmoid(self.a1) @ self.W2"),
)

# -------------------------------------------------------------------------------------------------- backward pass

BACKWARD = f"{NET}.backward"
SCALES = ("", " / len(X)", " / y.size", " * 2 / len(X)", " * 2 / y.size")

mistake(
    "batch-mean-twice",
    "The mean over the batch is in the loss's derivative already.",
    (BACKWARD, "mse_loss_derivative(y_pred, y)", "mse_loss_derivative(y_pred, y) / len(X)"),
    (BACKWARD, "dW2 = self.a1.T @ dz2", "dW2 = self.a1.T @ dz2 / len(X)"),
    (BACKWARD, "dW1 = X.T @ dz1", "dW1 = X.T @ dz1 / len(X)"),
)
mistake(
    "cross-entropy-shortcut-under-mse",
    "That short form of the output layer's gradient belongs to the cross-entropy, where the sigmoid's derivative "
    "cancels. Here nothing cancels.",
    *((BACKWARD, "dz2 = da2 * sigmoid_derivative(self.z2)", f"dz2 = (y_pred - y){scale}") for scale in SCALES),
    unless="mse_loss_derivative",
)
mistake(
    "extra-output-derivative",
    "The derivative of the output's activation function is multiplied in more than once.",
    (BACKWARD, "da2 * sigmoid_derivative(self.z2)", "da2 * sigmoid_derivative(self.z2) ** 2"),
    (BACKWARD, "dz2 @ self.W2.T", "(dz2 * sigmoid_derivative(self.z2)) @ self.W2.T"),
)
mistake(
    "missing-output-derivative",
    "A link of the chain is missing: the loss depends on the output's pre-activation through a function.",
    (BACKWARD, "da2 * sigmoid_derivative(self.z2)", "da2"),
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
    "matmul-for-elementwise",
    "The activation's derivative belongs to each unit and sample by itself: multiply element by element.",
    (BACKWARD, "da2 * sigmoid_derivative(self.z2)", "da2 @ sigmoid_derivative(self.z2)"),
    (BACKWARD, "da1 * sigmoid_derivative(self.z1)", "da1 @ sigmoid_derivative(self.z1)"),
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
    (BACKWARD, "dz2 @ self.W2.T", "(y_pred - y) @ self.W2.T"),
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
    # In loops over the elements of the weights only the gradient's columns are gone through.
    (BACKWARD, "X.T @ dz1", "np.ones((X.shape[1], 1)) * np.sum(self.a1 * dz1, axis=0)"),
    (BACKWARD, "self.a1.T @ dz2", "np.ones((self.a1.shape[1], 1)) * np.sum(y_pred * dz2, axis=0)"),
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
BIASES = {layer: f"np.sum(dz{layer}, axis=0, keepdims=True)" for layer in ("1", "2")}


def bias_mistake(slug: str, hint: str, *texts: str) -> None:
    """In either layer, and in both; `#` in a text is the layer's number."""
    for text in texts:
        one, two = ((BIASES[layer], text.replace("#", layer)) for layer in ("1", "2"))
        pack.mistake(slug, BACKWARD, *one, hint=hint, also=[two])
        pack.mistake(slug, BACKWARD, *one, hint=hint)
        pack.mistake(slug, BACKWARD, *two, hint=hint)


bias_mistake(
    "bias-summed-over-wrong-axis",
    "A bias is shared by all samples, so its gradient is a sum over them: which axis counts the samples?",
    "np.sum(dz#, axis=1, keepdims=True)",
    "np.sum(dz#, axis=1)",
    "np.sum(dz#, axis=1).reshape(1, -1)",
)
bias_mistake(
    "bias-mean-for-sum",
    "The mean is in the loss's derivative already; each sample's share of the bias is to be added up.",
    "np.mean(dz#, axis=0, keepdims=True)",
)
bias_mistake("bias-not-summed", "A bias is shared by all samples: their shares are to be added up.", "dz#")
bias_mistake(
    "bias-summed-to-scalar",
    "Each unit has a bias of its own: add up over the samples, not over the units.",
    "np.sum(dz#)",
    "np.full((1, dz#.shape[1]), np.sum(dz#))",
    "np.sum(dz#, keepdims=True)",
)
bias_mistake(
    "bias-first-sample-only",
    "All samples have a share in the gradient of a bias, not the first alone.",
    "dz#[:1]",
    "dz#[0]",
)
LAST_SAMPLE = "Every sample has its share in the gradient: they are to be added up, not the last one to be kept."
SHARES = [
    ("self.a1.T @ dz2", "self.a1[-1:].T @ dz2[-1:]"),
    ("X.T @ dz1", "X[-1:].T @ dz1[-1:]"),
    (BIASES["2"], "dz2[-1:]"),
    (BIASES["1"], "dz1[-1:]"),
]
for share, *others in [*([each] for each in SHARES), SHARES]:  # in one place, and in all of them
    pack.mistake("last-sample-only", BACKWARD, *share, hint=LAST_SAMPLE, also=others)
bias_mistake(
    "returns-wrong-shape",
    "A gradient has the shape of its parameter; the biases here are rows.",
    "np.sum(dz#, axis=0)",
)
mistake(
    "bias-from-weight-gradient",
    "The gradient of a bias comes from the gradient at the pre-activation, not from that of the weights.",
    (BACKWARD, "np.sum(dz2, axis=0, keepdims=True)", "np.sum(dW2, axis=0, keepdims=True)"),
    (BACKWARD, "np.sum(dz1, axis=0, keepdims=True)", "np.sum(dW1, axis=0, keepdims=True)"),
)
mistake(
    "first-layer-scale-only",
    "The two layers' gradients are scaled differently; the scale of the loss reaches both through the chain rule.",
    (BACKWARD, "dz1 = da1 * sigmoid_derivative(self.z1)", "dz1 = da1 * sigmoid_derivative(self.z1) / len(X)"),
    (BACKWARD, "dz1 = da1 * sigmoid_derivative(self.z1)", "dz1 = da1 * sigmoid_derivative(self.z1) * len(X)"),
)
pack.mistake(  # the loss's scale comes in for the first layer alone
    "first-layer-scale-only",
    BACKWARD,
    "self.a1.T @ dz2",
    "self.a1.T @ dz2 * (y.size / 2)",
    hint="The two layers' gradients are scaled differently; the scale of the loss reaches both through the chain rule.",
    also=[("np.sum(dz2, axis=0, keepdims=True)", "np.sum(dz2, axis=0, keepdims=True) * (y.size / 2)")],
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
    (BACKWARD, "da2 * sigmoid_derivative(self.z2)", "da2 * ((y_pred - y) * (1 - (y_pred - y)))"),
    (BACKWARD, "da1 * sigmoid_derivative(self.z1)", "da1 * (da1 * (1 - da1))"),
)
mistake(
    "relu-applied-to-gradient",
    "A gradient may be negative; nothing is to be cut off from it.",
    (BACKWARD, "da1 * sigmoid_derivative(self.z1)", "np.maximum(0, da1) * sigmoid_derivative(self.z1)"),
    (BACKWARD, "da1 * sigmoid_derivative(self.z1)", "np.maximum(0, da1)"),
)


def _accumulating(places: Collection[int]) -> Callable[[Any], Any]:
    def wrapper(backward: Any) -> Any:
        def accumulate(self: Any, X: Any, y: Any, y_pred: Any) -> Any:
            new = backward(self, X, y, y_pred)
            old = getattr(self, "kept", (0.0,) * 4)
            sums = [(a if place in places else 0.0) + b for place, (a, b) in enumerate(zip(old, new, strict=True))]
            self.kept = tuple(sums)
            return self.kept

        return accumulate

    return wrapper


def _swapping(order: tuple[int, ...]) -> Callable[[Any], Any]:
    def wrapper(backward: Any) -> Any:
        def swap(self: Any, X: Any, y: Any, y_pred: Any) -> Any:
            gradients = backward(self, X, y, y_pred)
            return tuple(gradients[place] for place in order)

        return swap

    return wrapper


mistake(
    "gradients-accumulate-over-calls",
    "A second call should not remember the first: start from zero.",
    (BACKWARD, "", _accumulating(range(4))),
    (BACKWARD, "", _accumulating((0, 2))),
    (BACKWARD, "", _accumulating((1, 3))),
    place="kept",
)
mistake(
    "gradients-swapped",
    "Look at the order of what is returned.",
    (BACKWARD, "", _swapping((2, 3, 0, 1))),
    (BACKWARD, "", _swapping((0, 2, 1, 3))),
)

# ------------------------------------------------------------------------------------------- update and training

# All, those of one kind, and each alone.
KINDS = (("W1", "b1", "W2", "b2"), ("W1", "W2"), ("b1", "b2"), ("W1",), ("b1",), ("W2",), ("b2",))
UPDATES = "\n".join(f"self.{name} = self.{name} - self.learning_rate * d{name}" for name in ("W1", "b1", "W2", "b2"))

for slug, hint, old, new in (
    (
        "gradient-ascent",
        "The gradient points to where the loss grows.",
        "self.# - self.learning_rate * d#",
        "self.# + self.learning_rate * d#",
    ),
    ("learning-rate-missing", "The step is the gradient times something.", "self.learning_rate * d#", "d#"),
):
    for names in KINDS:
        first, *others = ((old.replace("#", name), new.replace("#", name)) for name in names)
        pack.mistake(slug, f"{NET}.update_weights", *first, hint=hint, also=others)
mistake(
    "biases-not-updated",
    "The biases are parameters too.",
    *(
        (f"{NET}.update_weights", UPDATES, "\n".join(line for line in UPDATES.split("\n") if line[5:7] not in names))
        for names in (("b1", "b2"), ("b1",), ("b2",))
    ),
)
RECORD = "losses.append(mse_loss(y_pred, y))"
STEP = "dW1, db1, dW2, db2 = self.backward(X, y, y_pred)\nself.update_weights(dW1, db1, dW2, db2)"
mistake(
    "loss-after-update",
    "The loss of an epoch is that of the weights that it started with.",
    (f"{NET}.train", f"{RECORD}\n{STEP}", f"{STEP}\nlosses.append(mse_loss(self.forward(X), y))"),
)
mistake(
    "updated-weights-used",
    "All gradients belong to the same weights: those of the forward pass, before any update.",
    (
        f"{NET}.train",
        "self.update_weights(dW1, db1, dW2, db2)",
        "self.update_weights(0 * dW1, 0 * db1, dW2, db2)\n"
        "dW1, db1, _, _ = self.backward(X, y, y_pred)\n"
        "self.update_weights(dW1, db1, 0 * dW2, 0 * db2)",
    ),
    place="backup",
)
mistake(
    "reinitialised-each-epoch",
    "Each epoch should go on from the weights of the one before.",
    (
        f"{NET}.train",
        "y_pred = self.forward(X)",
        "self.__init__(X.shape[1], self.W1.shape[1], self.W2.shape[1], self.learning_rate)\ny_pred = self.forward(X)",
    ),
)

# --------------------------------------------------------------------------------------------- numerical gradient

DIFFERENCE = "(f(plus) - f(minus)) / (2 * h)"
mistake(
    "forward-difference",
    "A difference to one side is off by the order of h, one to both sides by the order of its square.",
    ("numerical_gradient", DIFFERENCE, "(f(plus) - f(x)) / h"),
)
mistake(
    "missing-two-in-denominator",
    "How far apart are the two points at which f is evaluated?",
    ("numerical_gradient", "2 * h", "h"),
)
mistake(
    "not-divided",
    "A difference is no slope yet.",
    ("numerical_gradient", DIFFERENCE, "(f(plus) - f(minus))"),
    ("numerical_gradient", DIFFERENCE, "(f(plus) - f(minus)) / 2 * h"),
)
SLOPE = f"gradient[index] = {DIFFERENCE}"
for also in ((), [("np.array(x, dtype=np.float64)", "np.asarray(x, dtype=np.float64)")]):  # of the caller's array, too
    pack.mistake(
        "step-not-restored",
        "numerical_gradient",
        SLOPE,
        f"{SLOPE}\nx[index] = minus[index]",
        hint="Each element should be moved alone: put it back before the next one.",
        also=also,
        place="put back",
    )
pack.mistake(  # of a direction that is added to x
    "step-not-restored",
    "numerical_gradient",
    "plus, minus = x.copy(), x.copy()",
    "if not any(index):\n    plus, minus = x.copy(), x.copy()",
    hint="Each element should be moved alone: put it back before the next one.",
    place="put back",
)
mistake(
    "step-too-small",
    "With so small a step the difference is all rounding.",
    ("numerical_gradient", "x = np.array(x, dtype=np.float64)", "x, h = np.array(x, dtype=np.float64), 1e-13"),
)
mistake(
    "step-too-large",
    "With so large a step the difference is no longer the slope at the point.",
    ("numerical_gradient", "x = np.array(x, dtype=np.float64)", "x, h = np.array(x, dtype=np.float64), 1e-1"),
)
mistake(
    "integer-truncation",
    "A small step added to a whole number stays a whole number in an integer array.",
    ("numerical_gradient", "np.array(x, dtype=np.float64)", "np.array(x)"),
    (
        "numerical_gradient",
        "x = np.array(x, dtype=np.float64)\ngradient = np.zeros_like(x)",
        "x = np.array(x)\ngradient = np.zeros(x.shape)",
    ),
    words=["array", "asarray", "clone", "copy", "copyto", "deepcopy", "full_like"],
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


FUNCTIONS = ("sigmoid", "sigmoid_derivative", "relu", "relu_derivative")
mistake(
    "returns-nothing",
    "The result is computed, but never handed back.",
    *(
        (name, "", _nothing)
        for name in (
            *FUNCTIONS, "mse_loss", "mse_loss_derivative", f"{NET}.forward", BACKWARD, f"{NET}.train",
            "numerical_gradient",
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
    *((name, "", _overwriting) for name in FUNCTIONS),
)

# ------------------------------------------------------------------------------- what gives the same on every input

SHORTCUT = "cross-entropy-shortcut-under-mse"
for scale in (("missing-output-derivative",), *(
    ("missing-output-derivative", other)
    for other in ("half-sum-for-mean", "mean-over-samples-only", "missing-factor-two")
)):  # fmt: skip
    pack.equivalent(scale, [SHORTCUT])  # the plain error times one of the usual scales
pack.equivalent(["derivative-of-activation-given-pre-activation"], ["hidden-derivative-from-raw-z"])
pack.equivalent(["derivative-of-pre-activation-given-activation"], ["hidden-derivative-of-activation"])
pack.equivalent(["sigmoid-returned-as-derivative", "wrong-sign"], ["one-minus-sigmoid"])
pack.equivalent(["one-minus-sigmoid", "wrong-sign"], ["sigmoid-returned-as-derivative"])
pack.equivalent(["missing-batch-mean", "missing-factor-two"], ["half-sum-for-mean"])
pack.equivalent(["extra-factor-two", "half-sum-for-mean"], ["missing-batch-mean"])
pack.equivalent(["batch-mean-twice", "missing-batch-mean"], ["mean-over-samples-only"])
# The first layer's share divided by m once more is its weights' and its biases'.
pack.equivalent(["batch-mean-twice", "bias-mean-for-sum"], ["first-layer-scale-only"])
for beside in ("bias-mean-for-sum", "bias-from-weight-gradient"):
    pack.equivalent(["batch-mean-twice", beside], ["first-layer-scale-only", beside])
pack.equivalent(["batch-mean-twice", "bias-mean-for-sum"], ["batch-mean-twice", "first-layer-scale-only"])
for other in ("half-sum-for-mean", "divided-by-outputs"):
    pack.equivalent([other, "undelta-propagated"], ["first-layer-scale-only", "undelta-propagated"])
pack.equivalent(["divided-by-features", "missing-batch-mean"], ["divided-by-features", "mean-over-samples-only"])
# Where that product gives an answer at all, there are as many samples as outputs.
pack.equivalent(["elementwise-for-matmul", "divided-by-outputs"], ["elementwise-for-matmul", "mean-over-samples-only"])
pack.equivalent([SHORTCUT, "first-layer-scale-only"], [SHORTCUT, "undelta-propagated"])
pack.equivalent(["gradient-ascent"], ["wrong-sign"])  # where only the training is seen
pack.equivalent(
    ["derivative-of-activation-given-pre-activation", "derivative-of-upstream"],
    ["derivative-of-error", "hidden-derivative-from-raw-z"],
)

# --------------------------------------------------------------------------------------- other right ways to write

pack.rewrite(
    "einsum",
    (f"{NET}.forward", "X @ self.W1", 'np.einsum("mn,nh->mh", X, self.W1)'),
    (BACKWARD, "self.a1.T @ dz2", 'np.einsum("mh,mk->hk", self.a1, dz2)'),
    (BACKWARD, "X.T @ dz1", 'np.einsum("mn,mh->nh", X, dz1)'),
)
pack.rewrite(
    "another order of operations",
    ("sigmoid_derivative", "s * (1 - s)", "s - s**2"),
    ("mse_loss_derivative", "2 * (y_pred - y_true) / y_pred.size", "(y_pred - y_true) * (2 / y_pred.size)"),
    (f"{NET}.forward", "X @ self.W1 + self.b1", "(X[::-1] @ self.W1)[::-1] + self.b1"),
    (BACKWARD, "np.sum(dz2, axis=0, keepdims=True)", "np.sum(dz2[::-1], axis=0, keepdims=True)"),
    (BACKWARD, "dz2 @ self.W2.T", "(self.W2 @ dz2.T).T"),
)
pack.rewrite(
    "the scale last",
    (BACKWARD, "mse_loss_derivative(y_pred, y)", "2 * (y_pred - y)"),
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
        "mse_loss",
        "squares = (y_pred - y_true) ** 2\nreturn np.sum(squares) / squares.size",
        "return sum(np.sum((p - t) ** 2) for p, t in zip(y_pred, y_true)) / y_pred.size",
    ),
)
pack.rewrite(
    "the mean as one function, a value that is not used",
    ("mse_loss", "np.sum(squares) / squares.size", "np.mean(squares)"),
    ("numerical_gradient", "gradient = np.zeros_like(x)", "gradient, centre = np.zeros_like(x), f(x)"),
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
pack.rewrite(
    "five-point stencil",
    (
        "numerical_gradient",
        DIFFERENCE,
        "(8 * (f(plus) - f(minus)) - f(2 * plus - x) + f(2 * minus - x)) / (12 * h)",
    ),
)
