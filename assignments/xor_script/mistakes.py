"""The mistakes that students make here, as edits of the reference, and other right ways to write it.

A slug stands for one misunderstanding; the edits under it are the ways in which it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .exercises import pack

Edit = tuple[str, str, str | Callable[[Any], Any]]


def mistake(slug: str, hint: str, *edits: Edit, also: Sequence[tuple[str, str]] = ()) -> None:
    for function, old, new in edits:
        pack.mistake(slug, function, old, new, hint=hint, also=also)


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
    ("sigmoid_derivative", "a * (1 - a)", "a * (1 + a)"),
    ("sigmoid", "", _mirrored),
    ("sigmoid_derivative", "", _negative),
)
mistake(
    "missing-parentheses",
    "Python goes by its own order: what should be below the fraction bar, or multiplied as a whole, needs brackets.",
    ("sigmoid", SIGMOID, "return 1 / 1 + np.exp(-np.asarray(x, float))"),
    *(("sigmoid", FORMULA, each) for each in BRANCHES),
    ("sigmoid", SIGMOID, "return 0.5 * 1 + np.tanh(0.5 * np.asarray(x, float))"),
    ("sigmoid", SIGMOID, "return 0.5 + np.tanh(0.5 * np.asarray(x, float))"),
    ("sigmoid", SIGMOID, "return 0.5 * np.tanh(0.5 * np.asarray(x, float)) + 1"),
    ("sigmoid_derivative", "a * (1 - a)", "a * 1 - a"),
)

# ------------------------------------------------------------------------------------------------- the two passes

DA2, DZ2 = "da2 = a2 - y", "dz2 = da2 * sigmoid_derivative(a2)"
Z1, Z2 = "X @ W1 + b1", "a1 @ W2 + b2"
A1, A2 = f"a1 = sigmoid({Z1})", f"a2 = sigmoid({Z2})"

mistake(
    "hidden-derivative-from-raw-z",
    "The derivative is in terms of the activation here; it is handed the pre-activation.",
    ("train", "sigmoid_derivative(a1)", f"sigmoid_derivative({Z1})"),
    ("train", "sigmoid_derivative(a2)", f"sigmoid_derivative({Z2})"),
)
mistake(
    "bias-missing",
    "Each layer adds something of its own after the product with the weights.",
    ("train", Z1, "X @ W1"),
    ("train", Z2, "a1 @ W2"),
)
pack.mistake(
    "bias-missing",
    "train",
    Z1,
    "X @ W1",
    hint="Each layer adds something of its own after the product with the weights.",
    also=[(Z2, "a1 @ W2")],
)
mistake(
    "activation-missing",
    "The hidden layer needs its activation function: without it two layers are no more than one.",
    ("train", A1, f"a1 = {Z1}"),
)
mistake(
    "output-activation-missing",
    "The outputs should lie between 0 and 1: something is still to be done with the last pre-activation.",
    ("train", A2, f"a2 = {Z2}"),
)
mistake(
    "wrong-hidden-activation",
    "The hidden layer's activation function is another one here.",
    ("train", A1, f"a1 = np.tanh({Z1})"),
    ("train", A1, f"a1 = np.maximum(0, {Z1})"),
)
mistake(
    "double-activation",
    "The activation function is applied twice in one layer.",
    ("train", A2, f"a2 = sigmoid(sigmoid({Z2}))"),
    ("train", A1, f"a1 = sigmoid(sigmoid({Z1}))"),
)
mistake(
    "cross-entropy-shortcut-under-mse",
    "That short form of the output layer's gradient belongs to the cross-entropy, where the sigmoid's derivative "
    "cancels. Here nothing cancels.",
    ("train", DZ2, "dz2 = da2"),
)
mistake(
    "mean-for-sum",
    "The gradient is that of half the sum of squares: there is no mean in it, though the loss that is recorded is one.",
    ("train", DA2, "da2 = (a2 - y) / len(X)"),
    ("train", DA2, "da2 = (a2 - y) / y.size"),
    ("train", DA2, "da2 = 2 * (a2 - y) / y.size"),
    ("train", DA2, "da2 = 2 * (a2 - y) / len(X)"),
)
mistake(
    "extra-factor-two",
    "The half in the loss takes away the two that comes down from the exponent.",
    ("train", DA2, "da2 = 2 * (a2 - y)"),
)
mistake(
    "extra-output-derivative",
    "The derivative of the output's activation function is multiplied in more than once.",
    ("train", DZ2, "dz2 = da2 * sigmoid_derivative(a2) ** 2"),
    ("train", "dz2 @ W2.T", "(dz2 * sigmoid_derivative(a2)) @ W2.T"),
)
mistake(
    "missing-hidden-derivative",
    "A link of the chain is missing in the hidden layer: its outputs depend on its pre-activations through a function.",
    ("train", "da1 * sigmoid_derivative(a1)", "da1"),
)
mistake(
    "hidden-derivative-of-activation",
    "The derivative wants the activation itself, not the sigmoid of it once more.",
    ("train", "sigmoid_derivative(a1)", "sigmoid_derivative(sigmoid(a1))"),
    ("train", "sigmoid_derivative(a2)", "sigmoid_derivative(sigmoid(a2))"),
)
mistake(
    "weights-not-transposed",
    "Going back through a layer turns its matrix round: compare the shapes.",
    ("train", "dz2 @ W2.T", "dz2 @ W2"),
    ("train", "dz2 @ W2.T", "dz2 @ W2.reshape(W2.shape[::-1])"),
)
mistake(
    "weights-omitted",
    "What reaches a hidden unit from the outputs goes through its weights to them.",
    ("train", "dz2 @ W2.T", "np.sum(dz2, axis=1, keepdims=True) * np.ones_like(a1)"),
)
mistake(
    "elementwise-for-matmul",
    "A sum over the outputs is missing: a product element by element is no matrix product.",
    ("train", "dz2 @ W2.T", "dz2 * W2.T"),
    ("train", "dz2 @ W2.T", "dz2[:, -1:] @ W2[:, -1:].T"),  # `=` for `+=` in a loop over the outputs
)
mistake(
    "undelta-propagated",
    "What goes back through the output's weights is the gradient at its pre-activation, with all its factors.",
    ("train", "dz2 @ W2.T", "da2 @ W2.T"),
)
UPDATE_2 = """W2 = W2 - learning_rate * (a1.T @ dz2)
b2 = b2 - learning_rate * np.sum(dz2, axis=0, keepdims=True)"""
UPDATE_1 = """W1 = W1 - learning_rate * (X.T @ dz1)
b1 = b1 - learning_rate * np.sum(dz1, axis=0, keepdims=True)"""
BACK = "da1 = dz2 @ W2.T\ndz1 = da1 * sigmoid_derivative(a1)"
mistake(
    "updated-weights-used",
    "All gradients belong to the same weights: those of the forward pass, before any update.",
    ("train", f"{BACK}\n{UPDATE_2}", f"{UPDATE_2}\n{BACK}"),
)
mistake(
    "pre-activation-for-activation",
    "The weights are multiplied with what comes out of the hidden layer, not with what goes into its activation.",
    ("train", "a1.T @ dz2", f"({Z1}).T @ dz2"),
)
mistake(
    "own-output-for-input",
    "The gradient of a layer's weights needs what goes into the layer, not what comes out of it.",
    ("train", "a1.T @ dz2", "a2.T @ dz2"),
    ("train", "X.T @ dz1", "a1.T @ dz1"),
)
mistake(
    "weight-for-input",
    "The derivative of a product with respect to the weights is the other factor, the layer's input.",
    ("train", "a1.T @ dz2", "W2 * np.sum(dz2, axis=0)"),
    ("train", "X.T @ dz1", "W1 * np.sum(dz1, axis=0)"),
)
mistake(
    "gradient-transposed",
    "A gradient has the shape of its parameter.",
    ("train", "a1.T @ dz2", "dz2.T @ a1"),
    ("train", "X.T @ dz1", "dz1.T @ X"),
)
BIAS_1, BIAS_2 = (f"np.sum(dz{layer}, axis=0, keepdims=True)" for layer in "12")
for slug, hint, new in (
    (
        "bias-summed-over-wrong-axis",
        "A bias is shared by all samples, so its gradient is a sum over them: which axis counts the samples?",
        "np.sum({}, axis=1, keepdims=True)",
    ),
    (
        "bias-mean-for-sum",
        "The gradient is that of a sum: each sample's share of the bias is to be added up.",
        "np.mean({}, axis=0, keepdims=True)",
    ),
    (
        "bias-summed-to-scalar",
        "Each unit has a bias of its own: add up over the samples, not over the units.",
        "np.sum({})",
    ),
    (
        "bias-first-sample-only",
        "All samples have a share in the gradient of a bias, not the first alone.",
        "{}[:1]",
    ),
):
    both = ("train", BIAS_1, new.format("dz1")), ("train", BIAS_2, new.format("dz2"))
    mistake(slug, hint, *both)
    mistake(slug, hint, both[0], also=[both[1][1:]])
SHARES = [
    ("a1.T @ dz2", "a1[-1:].T @ dz2[-1:]"),
    ("X.T @ dz1", "X[-1:].T @ dz1[-1:]"),
    (BIAS_2, "dz2[-1:]"),
    (BIAS_1, "dz1[-1:]"),
]
LAST_SAMPLE = "Every sample has its share in the gradient: they are to be added up, not the last one to be kept."
mistake("last-sample-only", LAST_SAMPLE, *(("train", *each) for each in SHARES))
mistake("last-sample-only", LAST_SAMPLE, ("train", *SHARES[0]), also=SHARES[1:])
mistake(
    "weight-gradient-for-weight",
    "The way back goes through the weights, not through their gradient.",
    ("train", "dz2 @ W2.T", "dz2 @ (a1.T @ dz2).T"),
)
mistake(
    "derivative-of-error",
    "The activation's derivative is taken of the error; it belongs to the layer's own value.",
    ("train", DZ2, "dz2 = da2 * sigmoid_derivative(a2 - y)"),
    ("train", "da1 * sigmoid_derivative(a1)", "da1 * sigmoid_derivative(da1)"),
)
mistake(
    "relu-applied-to-gradient",
    "A gradient may be negative; nothing is to be cut off from it.",
    ("train", "da1 * sigmoid_derivative(a1)", "np.maximum(0, da1) * sigmoid_derivative(a1)"),
)

# --------------------------------------------------------------------------------------------- update and losses

STEPS = [line.partition(" = ")[2] for line in f"{UPDATE_2}\n{UPDATE_1}".splitlines()]
for slug, hint, edits in (
    (
        "gradient-ascent",
        "The gradient points to where the loss grows.",
        [(step, step.replace(" - ", " + ", 1)) for step in STEPS],
    ),
    (
        "learning-rate-missing",
        "The step is the gradient times something.",
        [(step.partition(" - ")[2], step.partition(" * ")[2]) for step in STEPS],
    ),
):
    for some in (edits, edits[::2], edits[1::2]):  # all, the weights', the biases'
        pack.mistake(slug, "train", *some[0], hint=hint, also=some[1:])
mistake("gradient-ascent", "The gradient points to where the loss grows.", ("train", DA2, "da2 = y - a2"))
mistake(
    "biases-not-updated",
    "The biases are parameters too.",
    ("train", f"{UPDATE_2}\n{UPDATE_1}", f"{UPDATE_2.splitlines()[0]}\n{UPDATE_1.splitlines()[0]}"),
    ("train", "b2 - learning_rate * np.sum(dz2, axis=0, keepdims=True)", "b2"),
    ("train", "b1 - learning_rate * np.sum(dz1, axis=0, keepdims=True)", "b1"),
)
mistake(
    "first-layer-not-updated",
    "The weights of the first layer are parameters too.",
    ("train", UPDATE_1, "pass"),
)
RECORD = "if i % 1000 == 0:\n    losses.append(np.mean((a2 - y) ** 2))"
LOSS = "np.mean((a2 - y) ** 2)"
LAST_STEP = UPDATE_1.splitlines()[-1]
pack.mistake(
    "loss-after-update",
    "train",
    LAST_STEP,
    f"{LAST_STEP}\nif i % 1000 == 0:\n    losses.append(np.mean((sigmoid(sigmoid({Z1}) @ W2 + b2) - y) ** 2))",
    hint="The loss of an iteration is that of the parameters that it started with.",
    also=[(RECORD, "pass")],
)
mistake(
    "half-loss",
    "The loss that is recorded is the plain mean of the squares; the half belongs to the one that is descended.",
    ("train", LOSS, f"0.5 * {LOSS}"),
)
mistake(
    "sum-for-mean",
    "The loss that is recorded is a mean, though the one that is descended is not.",
    ("train", LOSS, "np.sum((a2 - y) ** 2)"),
    ("train", LOSS, "0.5 * np.sum((a2 - y) ** 2)"),
)
mistake(
    "mean-over-samples-only",
    "The mean is over all m·k elements, not over the m samples alone.",
    ("train", LOSS, "np.sum((a2 - y) ** 2) / len(y)"),
)
mistake(
    "absolute-error",
    "The differences are to be squared; that is the mean absolute error.",
    ("train", "(a2 - y) ** 2", "np.abs(a2 - y)"),
)
mistake(
    "root-mean-square",
    "That is the root of the mean squared error.",
    ("train", LOSS, f"np.sqrt({LOSS})"),
)
mistake(
    "every-loss-recorded",
    "A loss is asked for at every thousandth iteration, starting with the first.",
    ("train", "i % 1000 == 0", "True"),
)

# ------------------------------------------------------------------------------------------------------ the script

DRAWN = """W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)"""

mistake(
    "wrong-generator",
    "Which function draws the numbers, and from which distribution?",
    ("_script", DRAWN, DRAWN.replace("rand(", "randn(")),
    ("_script", DRAWN, "\n".join(f"{line} * 2 - 1" for line in DRAWN.split("\n"))),
    (
        "_script",
        DRAWN,
        DRAWN.replace("rand(", "randn(")
        .replace("np.random.randn(1, 4)", "np.zeros((1, 4))")
        .replace("np.random.randn(1, 1)", "np.zeros((1, 1))"),
    ),
)
mistake(
    "drawn-in-another-order",
    "The numbers come from one stream: who draws first gets its first numbers.",
    ("_script", DRAWN, "\n".join(DRAWN.split("\n")[place] for place in (0, 2, 1, 3))),
    ("_script", DRAWN, "\n".join(DRAWN.split("\n")[place] for place in (2, 3, 0, 1))),
)
mistake(
    "zero-biases",
    "The biases are drawn too, after the weights of their layer.",
    (
        "_script",
        DRAWN,
        DRAWN.replace("np.random.rand(1, 4)", "np.zeros((1, 4))").replace("np.random.rand(1, 1)", "np.zeros((1, 1))"),
    ),
)
mistake(
    "wrong-seed",
    "The generator is seeded with a number of its own in this exercise.",
    ("_script", "np.random.seed(1)", "np.random.seed(0)"),
    ("_script", "np.random.seed(1)", "np.random.seed(42)"),
)
mistake(
    "wrong-learning-rate",
    "Look at the learning rate once more.",
    ("_script", "learning_rate = 0.1", "learning_rate = 0.5"),
    ("_script", "learning_rate = 0.1", "learning_rate = 1.0"),
    ("_script", "learning_rate = 0.1", "learning_rate = 0.01"),
)
mistake(
    "too-few-iterations",
    "Look at the number of iterations once more.",
    ("_script", "iterations = 10000", "iterations = 1000"),
    ("_script", "iterations = 10000", "iterations = 5000"),
    ("_script", "iterations = 10000", "iterations = 9000"),
    ("_script", "iterations = 10000", "iterations = 9001"),
)
# The outputs after the run, where they are worked out once more.
HIDDEN = "sigmoid(X @ W1 + b1)"
for slug, hint, *edits in (
    (
        "output-activation-missing",
        "The outputs should lie between 0 and 1: something is still to be done with the last pre-activation.",
        (f"sigmoid({HIDDEN} @ W2 + b2)", f"{HIDDEN} @ W2 + b2"),
    ),
    (
        "activation-missing",
        "The hidden layer needs its activation function: without it two layers are no more than one.",
        (HIDDEN, "(X @ W1 + b1)"),
    ),
    (
        "double-activation",
        "The activation function is applied twice in one layer.",
        (f"sigmoid({HIDDEN} @ W2 + b2)", f"sigmoid(sigmoid({HIDDEN} @ W2 + b2))"),
        (HIDDEN, f"sigmoid({HIDDEN})"),
    ),
    (
        "bias-missing",
        "Each layer adds something of its own after the product.",
        ("X @ W1 + b1", "X @ W1"),
        (f"{HIDDEN} @ W2 + b2", f"{HIDDEN} @ W2"),
    ),
):
    mistake(slug, hint, *(("_outputs", *edit) for edit in edits))

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
    *((name, "", _nothing) for name in ("sigmoid", "sigmoid_derivative", "train")),
)
mistake(
    "returns-wrong-dtype",
    "What is made of whole numbers are none here: an array like the one that is handed in can't hold them.",
    ("sigmoid", "", _typed_as_given),
)
mistake(
    "mutates-input",
    "The array that is handed in still belongs to the caller: work on a copy.",
    *((name, "", _overwriting) for name in ("sigmoid", "sigmoid_derivative")),
)

# --------------------------------------------------------------------------------------- other right ways to write

pack.rewrite(
    "einsum",
    ("train", "X @ W1", 'np.einsum("mn,nh->mh", X, W1)'),
    ("train", "a1.T @ dz2", 'np.einsum("mh,mk->hk", a1, dz2)'),
    ("train", "X.T @ dz1", 'np.einsum("mn,mh->nh", X, dz1)'),
)
pack.rewrite(
    "another order of operations",
    ("sigmoid_derivative", "a * (1 - a)", "a - a**2"),
    ("train", "X @ W1 + b1", "(X[::-1] @ W1)[::-1] + b1"),
    ("train", "np.sum(dz2, axis=0, keepdims=True)", "np.sum(dz2[::-1], axis=0, keepdims=True)"),
    ("train", "dz2 @ W2.T", "(W2 @ dz2.T).T"),
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
pack.rewrite("the sigmoid as it is written", ("sigmoid", SIGMOID, "return 1 / (1 + np.exp(-np.asarray(x, float)))"))
pack.rewrite(
    "in place",
    ("train", UPDATE_1, "W1 -= learning_rate * (X.T @ dz1)\nb1 -= learning_rate * np.sum(dz1, axis=0, keepdims=True)"),
)

# What gives the same on every input.
pack.equivalent(["wrong-learning-rate"], ["learning-rate-missing"])  # a rate of 1, where only the run is seen
pack.equivalent(["derivative-of-error"], ["derivative-of-upstream"])  # the same here on every input
