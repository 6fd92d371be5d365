"""The mistakes that students make here, as edits of the reference, and other right ways to write it.

A slug stands for one misunderstanding; the edits under it are the ways in which it shows.  Under the cross-entropy some
of them are the same numbers: a mask taken from A1 >= 0 is no mask; a bias's mean divided by m is a batch mean taken twice;
and dZ2 sent back without its 1/m is a scale that only the first layer has.  The one declared first is named.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np

from .exercises import pack

Edit = tuple[str, str, str | Callable[[Any], Any]]
NET, DEEP = "NeuralNetworkWithBackprop", "ThreeLayerNetwork"


def mistake(slug: str, hint: str, *edits: Edit, words: Sequence[str] = (), place: str = "") -> None:
    for function, old, new in edits:
        pack.mistake(slug, function, old, new, hint=hint, words=words, place=place)


# ---------------------------------------------------------------------------------------------- chain rule, by hand

mistake(
    "inner-derivative-missing",
    "The outer function's derivative is not all: how fast does the inner one change with x?",
    ("chain_rule", "df_du * du_dx", "df_du"),
)
mistake(
    "derivative-at-the-wrong-point",
    "The outer derivative is taken where the outer function is: at the inner function's value, not at x.",
    ("chain_rule", "3 * u**2", "3 * x**2"),
)
mistake(
    "power-not-lowered",
    "Differentiating a power lowers its exponent by one, and by one only.",
    ("chain_rule", "3 * u**2", "3 * u"),
    ("chain_rule", "3 * u**2", "3 * u**3"),
)
mistake(
    "links-added",
    "Along a chain the derivatives are multiplied.",
    ("chain_rule", "df_du * du_dx", "df_du + du_dx"),
)
mistake(
    "missing-factor-two",
    "Differentiate a square: what comes down from the exponent?",
    ("computational_graph", "dL_dz = 2 * z", "dL_dz = z"),
    ("two_squares", "(4 * w1 * x1**2, 4 * w2 * x2**2)", "(2 * w1 * x1**2, 2 * w2 * x2**2)"),
)
mistake(
    "input-missing",
    "A product hands the gradient on times its other factor; the other factor is missing.",
    ("computational_graph", "dL_da * x", "dL_da"),
    ("computational_graph", "dL_da * w", "dL_da"),
    ("single_neuron", "dL_dz * np.asarray(x)", "dL_dz * np.ones(np.shape(x))"),
)
mistake(
    "gradients-swapped",
    "Two of the gradients are exchanged: which factor's derivative has which other factor?",
    (
        "computational_graph",
        "dL_dw = dL_da * x\ndL_dx = dL_da * w",
        "dL_dw = dL_da * w\ndL_dx = dL_da * x",
    ),
)
mistake(
    "local-derivative-for-gradient",
    "That is the derivative of the sum alone; the loss's derivative has what comes from above in it too.",
    ("computational_graph", "dL_db = dL_dz", "dL_db = 1.0"),
    ("computational_graph", "dL_da = dL_dz", "dL_da = 1.0"),
)
mistake(
    "wrong-sign",
    "The sign is the wrong way round. Try one number by hand: should it be above or below zero, growing or falling?",
    ("single_neuron", "a - y", "y - a"),
    (f"{NET}.sigmoid", "np.where(np.asarray(Z) >= 0, 1, t)", "np.where(np.asarray(Z) <= 0, 1, t)"),
    (f"{NET}.sigmoid_derivative", "s * (1 - s)", "-(s * (1 - s))"),
    (f"{NET}.compute_loss", "-total", "total"),
    (f"{NET}.backward", 'cache["A2"] - Y', 'Y - cache["A2"]'),
    (f"{DEEP}.compute_loss", "-total", "total"),
    (f"{DEEP}.backward", 'cache["A3"] - Y', 'Y - cache["A3"]'),
)
mistake(
    "missing-half",
    "The loss has a factor of one half.",
    ("single_neuron", "0.5 * (y - a) ** 2", "(y - a) ** 2"),
)
mistake(
    "extra-factor-two",
    "There is a factor of two too many.",
    ("single_neuron", "a - y", "2 * (a - y)"),
    (f"{NET}.backward", 'cache["A2"] - Y', '2 * (cache["A2"] - Y)'),
    (f"{DEEP}.backward", 'cache["A3"] - Y', '2 * (cache["A3"] - Y)'),
)
mistake(
    "missing-output-derivative",
    "A link of the chain is missing: the loss depends on the output's pre-activation through a function.",
    ("single_neuron", "dL_da * da_dz", "dL_da"),
    (
        f"{NET}.backward",
        'cache["A2"] - Y',
        '(cache["A2"] - Y) / (cache["A2"] * (1 - cache["A2"]))',
    ),
    (
        f"{DEEP}.backward",
        'cache["A3"] - Y',
        '(cache["A3"] - Y) / (cache["A3"] * (1 - cache["A3"]))',
    ),
)
mistake(
    "weight-for-input",
    "The derivative of a product with respect to the weights is the other factor, the layer's input.",
    ("single_neuron", "dL_dz * np.asarray(x)", "dL_dz * np.asarray(w)"),
    (f"{NET}.backward", 'dZ2 @ cache["A1"].T', "np.sum(dZ2, axis=1, keepdims=True) * self.W2"),
    (f"{NET}.backward", 'dZ1 @ cache["X"].T', "np.sum(dZ1, axis=1, keepdims=True) * self.W1"),
)
mistake(
    "bias-missing",
    "Each layer adds something of its own after the product with the weights.",
    ("single_neuron", "np.dot(w, x) + b", "np.dot(w, x)"),
    (f"{NET}.forward", "self.W1 @ X + self.b1", "self.W1 @ X"),
    (f"{NET}.forward", "self.W2 @ A1 + self.b2", "self.W2 @ A1"),
    (f"{DEEP}.forward", "self.W1 @ X + self.b1", "self.W1 @ X"),
    (f"{DEEP}.forward", "self.W2 @ A1 + self.b2", "self.W2 @ A1"),
    (f"{DEEP}.forward", "self.W3 @ A2 + self.b3", "self.W3 @ A2"),
)

# ------------------------------------------------------------------------------------------ activation functions

mistake(
    "derivative-of-activation-given-pre-activation",
    "That formula holds when the argument is the sigmoid's output already. Here it is what goes into the sigmoid.",
    (f"{NET}.sigmoid_derivative", "self.sigmoid(Z)", "np.asarray(Z)"),
    ("single_neuron", "a * (1 - a)", "z * (1 - z)"),
)
mistake(
    "derivative-of-pre-activation-given-activation",
    "The derivative expects what went into the sigmoid; it is handed what came out, so the sigmoid is taken twice.",
    (f"{NET}.sigmoid_derivative", "self.sigmoid(Z)", "self.sigmoid(self.sigmoid(Z))"),
    ("single_neuron", "a * (1 - a)", "np.exp(-a) / (1 + np.exp(-a)) ** 2"),
)
mistake(
    "sigmoid-returned-as-derivative",
    "That is the sigmoid itself. How fast does it rise at 0, where its value is a half?",
    (f"{NET}.sigmoid_derivative", "s * (1 - s)", "s"),
    ("single_neuron", "a * (1 - a)", "a"),
)
mistake(
    "one-minus-sigmoid",
    "A factor is missing: far to the left the sigmoid is flat, so its derivative must go to 0 there too.",
    (f"{NET}.sigmoid_derivative", "s * (1 - s)", "1 - s"),
    ("single_neuron", "a * (1 - a)", "1 - a"),
)
mistake(
    "tanh-derivative",
    "That is the derivative of the hyperbolic tangent in terms of its output; it belongs to none of the layers here.",
    (f"{NET}.sigmoid_derivative", "s * (1 - s)", "1 - s**2"),
    ("single_neuron", "a * (1 - a)", "1 - a**2"),
    (f"{NET}.backward", 'dA1 * self.relu_derivative(cache["Z1"])', 'dA1 * (1 - cache["A1"] ** 2)'),
)
mistake(
    "missing-parentheses",
    "Python divides before it adds: what should be below the fraction bar needs brackets.",
    (
        f"{NET}.sigmoid",
        "t = np.exp(-np.abs(Z))\nreturn np.where(np.asarray(Z) >= 0, 1, t) / (1 + t)",
        "return 1 / 1 + np.exp(-np.asarray(Z, float))",
    ),
    *(
        (
            f"{NET}.sigmoid",
            "t = np.exp(-np.abs(Z))\nreturn np.where(np.asarray(Z) >= 0, 1, t) / (1 + t)",
            f"return {formula}",
        )
        for formula in (
            "0.5 * 1 + np.tanh(0.5 * np.asarray(Z, float))",
            "0.5 + np.tanh(0.5 * np.asarray(Z, float))",
            "0.5 * np.tanh(0.5 * np.asarray(Z, float)) + 1",
        )
    ),
    *(  # two formulas, one for either sign: the brackets are missing in one of them, or in both
        (
            f"{NET}.sigmoid",
            "np.where(np.asarray(Z) >= 0, 1, t) / (1 + t)",
            f"np.where(np.asarray(Z) >= 0, {positive}, {negative})",
        )
        for positive, negative in (
            ("1 / (1 + t)", "t / 1 + t"),
            ("1 / 1 + t", "t / (1 + t)"),
            ("1 / 1 + t", "t / 1 + t"),
        )
    ),
    ("single_neuron", "1 / (1 + np.exp(-z))", "1 / 1 + np.exp(-z)"),
)
MASK = "(np.asarray(Z) > 0).astype(float)"
HIDDEN = 'dA1 * self.relu_derivative(cache["Z1"])'
mistake(
    "relu-derivative-one-at-zero",
    "At exactly 0 the derivative is a convention; this course takes the one that PyTorch takes.",
    (f"{NET}.relu_derivative", "np.asarray(Z) > 0", "np.asarray(Z) >= 0"),
    (f"{NET}.backward", HIDDEN, 'dA1 * (cache["Z1"] >= 0)'),
)
mistake(
    "relu-derivative-half-at-zero",
    "A half is what central differences give at the kink; by this course's convention it is another number.",
    (f"{NET}.relu_derivative", MASK, "np.heaviside(np.asarray(Z, float), 0.5)"),
    (f"{NET}.backward", HIDDEN, 'dA1 * np.heaviside(cache["Z1"], 0.5)'),
)
mistake(
    "relu-value-as-derivative",
    "That is the function's value. How steep is it, to the right of 0?",
    (f"{NET}.relu_derivative", MASK, "np.maximum(0.0, Z)"),
    (f"{NET}.backward", HIDDEN, 'dA1 * cache["A1"]'),
    (f"{DEEP}.backward", 'cache["Z1"] > 0', 'cache["A1"]'),
    (f"{DEEP}.backward", 'cache["Z2"] > 0', 'cache["A2"]'),
)
mistake(
    "mask-inverted",
    "It is the other way round: on which side of 0 does the function rise?",
    (f"{NET}.relu_derivative", "np.asarray(Z) > 0", "np.asarray(Z) < 0"),
    (f"{NET}.backward", HIDDEN, 'dA1 * (cache["Z1"] < 0)'),
    *((f"{DEEP}.backward", f'cache["Z{n}"] > 0', f'cache["Z{n}"] < 0') for n in (1, 2)),
)
mistake(
    "leaky-mask",
    "A small slope below 0 belongs to the leaky variant; the plain one is flat there.",
    (f"{NET}.relu_derivative", MASK, "np.where(np.asarray(Z) > 0, 1.0, 0.01)"),
    (f"{NET}.relu", "np.maximum(0, Z)", "np.where(np.asarray(Z) > 0, Z, 0.01 * np.asarray(Z))"),
    (f"{NET}.backward", HIDDEN, 'dA1 * np.where(cache["Z1"] > 0, 1.0, 0.01)'),
)
mistake(
    "absolute-value",
    "Numbers below 0 are to become 0, not to change their sign.",
    (f"{NET}.relu", "np.maximum(0, Z)", "np.abs(Z)"),
)
mistake(
    "minimum-for-maximum",
    "Of 0 and the number the larger one is wanted.",
    (f"{NET}.relu", "np.maximum(0, Z)", "np.minimum(0, Z)"),
)
mistake(
    "returns-wrong-dtype",
    "Numbers to be multiplied with are asked for: floating-point ones.",
    (f"{NET}.relu_derivative", MASK, "np.asarray(Z) > 0"),
    (f"{NET}.relu_derivative", MASK, "(np.asarray(Z) > 0).astype(int)"),
)

# ------------------------------------------------------------------------------------------------------- the loss

for net in (NET, DEEP):
    LOSS, LAST = f"{net}.compute_loss", "A2" if net == NET else "A3"
    LIKELIHOOD = "np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))"
    CLIPPED = f"np.clip(np.asarray({LAST}, dtype=np.float64), 1e-15, 1 - 1e-15)"
    mistake(
        "sum-for-mean",
        "The loss is averaged over the samples: with twice as much of the same data it should stay the same.",
        (LOSS, "-total / Y.shape[1]", "-total"),
    )
    mistake(
        "mean-for-sum",
        "The loss is averaged over the samples, but summed over the outputs.",
        (LOSS, "Y.shape[1]", "Y.size"),
    )
    mistake(
        "divided-by-outputs",
        "One sample is a column here: which axis counts the samples?",
        (LOSS, "Y.shape[1]", "Y.shape[0]"),
    )
    mistake(
        "half-loss",
        "A factor of one half belongs to another loss.",
        (LOSS, "-total / Y.shape[1]", "0.5 * (-total / Y.shape[1])"),
    )
    mistake(
        "cross-entropy-one-term",
        "Targets of 0 have a share in the loss too.",
        (LOSS, "Y * np.log(A) + (1 - Y) * np.log(1 - A)", "Y * np.log(A)"),
        (LOSS, "Y * np.log(A) + (1 - Y) * np.log(1 - A)", "(1 - Y) * np.log(1 - A)"),
    )
    mistake(
        "cross-entropy-second-term-sign",
        "Both terms of the cross-entropy have the same sign.",
        (LOSS, "Y * np.log(A) + (1 - Y) * np.log(1 - A)", "Y * np.log(A) - (1 - Y) * np.log(1 - A)"),
    )
    for base in (2, 10):
        pack.mistake(
            "wrong-log-base",
            LOSS,
            "np.log(A)",
            f"np.log{base}(A)",
            hint="The logarithm is the natural one.",
            also=[("np.log(1 - A)", f"np.log{base}(1 - A)")],
        )
    mistake(
        "squared-error",
        "That is the squared error; the loss asked for is the cross-entropy.",
        (LOSS, "-total / Y.shape[1]", "np.mean((A - Y) ** 2)"),
        (LOSS, "-total / Y.shape[1]", "np.sum((A - Y) ** 2) / Y.shape[1]"),
    )
mistake(
    "arguments-swapped",
    "Look at the order of the arguments: targets first, then the outputs.",
    (f"{NET}.compute_loss", "", lambda loss: lambda self, Y, A2: loss(self, A2, Y)),
)
mistake(
    "unclipped-log",
    "What is the logarithm of 0? Outputs can be exactly 0 or 1 in floating point.",
    (
        f"{NET}.compute_loss",
        "np.clip(np.asarray(A2, dtype=np.float64), 1e-15, 1 - 1e-15)",
        "np.asarray(A2, dtype=np.float64)",
    ),
)

# --------------------------------------------------------------------------------------------------- forward pass

CACHE = '{"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}'
mistake(
    "activation-missing",
    "The hidden layer needs its activation function: without it two layers are no more than one.",
    (f"{NET}.forward", "self.relu(Z1)", "Z1"),
    (f"{DEEP}.forward", "np.maximum(0, Z1)", "Z1"),
    (f"{DEEP}.forward", "np.maximum(0, Z2)", "Z2"),
    (f"{NET}.forward", "self.W2 @ A1", "self.W2 @ Z1"),
    (f"{DEEP}.forward", "self.W2 @ A1", "self.W2 @ Z1"),
    (f"{DEEP}.forward", "self.W3 @ A2", "self.W3 @ Z2"),
)
mistake(
    "output-activation-missing",
    "The outputs should lie between 0 and 1: something is still to be done with the last pre-activation.",
    (f"{NET}.forward", "self.sigmoid(Z2)", "Z2"),
    (f"{DEEP}.forward", "np.exp(-np.logaddexp(0, -Z3))", "Z3"),
)
mistake(
    "wrong-hidden-activation",
    "The hidden layer's activation function is another one here; see the class's docstring.",
    (f"{NET}.forward", "self.relu(Z1)", "self.sigmoid(Z1)"),
    (f"{NET}.forward", "self.relu(Z1)", "np.tanh(Z1)"),
    (f"{DEEP}.forward", "np.maximum(0, Z1)", "1 / (1 + np.exp(-Z1))"),
    (f"{DEEP}.forward", "np.maximum(0, Z2)", "1 / (1 + np.exp(-Z2))"),
)
mistake(
    "wrong-output-activation",
    "The output layer's activation function is another one; its values are to lie between 0 and 1.",
    (f"{NET}.forward", "self.sigmoid(Z2)", "self.relu(Z2)"),
    (f"{NET}.forward", "self.sigmoid(Z2)", "np.tanh(Z2)"),
)
mistake(
    "double-activation",
    "The activation function is applied twice in one layer.",
    (f"{NET}.forward", "self.sigmoid(Z2)", "self.sigmoid(self.sigmoid(Z2))"),
    (f"{NET}.forward", f"return A2, {CACHE}", f"return self.sigmoid(A2), {CACHE}"),
    (f"{DEEP}.forward", "np.exp(-np.logaddexp(0, -Z3))", "1 / (1 + np.exp(-np.exp(-np.logaddexp(0, -Z3))))"),
)
mistake(
    "activation-kept-as-pre-activation",
    "What goes into an activation function and what comes out are both needed later: keep them apart.",
    (f"{NET}.forward", CACHE, CACHE.replace('"Z1": Z1', '"Z1": A1')),
    (f"{NET}.forward", CACHE, CACHE.replace('"Z2": Z2', '"Z2": A2')),
)

# -------------------------------------------------------------------------------------------------- backward pass

BACKWARD = f"{NET}.backward"

mistake(
    "missing-batch-mean",
    "The loss is a mean over the samples, so its gradient gets no larger with more of the same data.",
    (BACKWARD, "m = Y.shape[1]", "m = 1"),
    (BACKWARD, "np.sum(dZ2, axis=1, keepdims=True) / m", "np.sum(dZ2, axis=1, keepdims=True)"),
    (BACKWARD, "np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1, keepdims=True)"),
    (BACKWARD, 'dZ2 @ cache["A1"].T / m', 'dZ2 @ cache["A1"].T'),
    (BACKWARD, 'dZ1 @ cache["X"].T / m', 'dZ1 @ cache["X"].T'),
    (f"{DEEP}.backward", "m = Y.shape[1]", "m = 1"),
)
mistake(
    "batch-mean-twice",
    "The mean over the samples is taken twice.",
    (BACKWARD, 'cache["A2"] - Y', '(cache["A2"] - Y) / m'),
    (BACKWARD, 'dZ2 @ cache["A1"].T', 'dZ2 @ cache["A1"].T / m'),
    (BACKWARD, 'dZ1 @ cache["X"].T', 'dZ1 @ cache["X"].T / m'),
    (f"{DEEP}.backward", 'cache["A3"] - Y', '(cache["A3"] - Y) / m'),
)
mistake(
    "divided-by-features",
    "One sample is a column here: which axis counts the samples?",
    (BACKWARD, "m = Y.shape[1]", 'm = cache["X"].shape[0]'),
    (f"{DEEP}.backward", "m = Y.shape[1]", 'm = cache["X"].shape[0]'),
)
mistake(
    "divided-by-outputs",
    "One sample is a column here: which axis counts the samples?",
    (BACKWARD, "m = Y.shape[1]", "m = Y.shape[0]"),
    (f"{DEEP}.backward", "m = Y.shape[1]", "m = Y.shape[0]"),
)
mistake(
    "mean-for-sum",
    "The loss is averaged over the samples, but summed over the outputs: so is its gradient.",
    (BACKWARD, "m = Y.shape[1]", "m = Y.size"),
    (f"{DEEP}.backward", "m = Y.shape[1]", "m = Y.size"),
)
mistake(
    "extra-output-derivative",
    "Under the cross-entropy the sigmoid's derivative cancels at the output; it is multiplied in once more.",
    (BACKWARD, 'cache["A2"] - Y', '(cache["A2"] - Y) * cache["A2"] * (1 - cache["A2"])'),
    (BACKWARD, "self.W2.T @ dZ2", 'self.W2.T @ (dZ2 * cache["A2"] * (1 - cache["A2"]))'),
    (f"{DEEP}.backward", 'cache["A3"] - Y', '(cache["A3"] - Y) * cache["A3"] * (1 - cache["A3"])'),
)
mistake(
    "derivative-of-error",
    "The activation's derivative is taken of the error; it belongs to the layer's own value.",
    (BACKWARD, 'cache["A2"] - Y', '(cache["A2"] - Y) * (1 - (cache["A2"] - Y))'),
    (BACKWARD, HIDDEN, "dA1 * dA1 * (1 - dA1)"),
)
mistake(
    "mask-missing",
    "A link of the chain is missing in the hidden layer: where its pre-activation is negative, nothing gets through.",
    (BACKWARD, HIDDEN, "dA1"),
    (f"{DEEP}.backward", 'dA2 * (cache["Z2"] > 0)', "dA2"),
    (f"{DEEP}.backward", 'dA1 * (cache["Z1"] > 0)', "dA1"),
)
mistake(
    "wrong-hidden-derivative",
    "The hidden layer's derivative must be that of the hidden layer's activation function.",
    (BACKWARD, HIDDEN, 'dA1 * self.sigmoid_derivative(cache["Z1"])'),
    (BACKWARD, HIDDEN, 'dA1 * cache["A1"] * (1 - cache["A1"])'),
    *((f"{DEEP}.backward", f'cache["Z{n}"] > 0', f'cache["A{n}"] * (1 - cache["A{n}"])') for n in (1, 2)),
)
mistake(
    "hidden-derivative-from-raw-z",
    "That formula holds for a sigmoid's output, and it is given a pre-activation.",
    (BACKWARD, HIDDEN, 'dA1 * cache["Z1"] * (1 - cache["Z1"])'),
)
mistake(
    "hidden-derivative-from-raw-z",
    "That is what goes into the relu, not how steep the relu is there.",
    (BACKWARD, HIDDEN, 'dA1 * cache["Z1"]'),
    *((f"{DEEP}.backward", f'cache["Z{n}"] > 0', f'cache["Z{n}"]') for n in (1, 2)),
)
mistake(
    "weights-not-transposed",
    "Going back through a layer turns its matrix round: compare the shapes.",
    *(
        (function, f"self.W{n}.T @ dZ{n}", f"self.W{n}{back} @ dZ{n}")
        for function, n in ((BACKWARD, 2), (f"{DEEP}.backward", 2), (f"{DEEP}.backward", 3))
        for back in ("", f".reshape(self.W{n}.shape[::-1])")
    ),
)
mistake(
    "weights-omitted",
    "What reaches a hidden unit from the outputs goes through its weights to them.",
    (BACKWARD, "self.W2.T @ dZ2", 'np.sum(dZ2, axis=0, keepdims=True) * np.ones_like(cache["A1"])'),
    (f"{DEEP}.backward", "self.W2.T @ dZ2", 'np.sum(dZ2, axis=0, keepdims=True) * np.ones_like(cache["A1"])'),
    (f"{DEEP}.backward", "self.W3.T @ dZ3", 'np.sum(dZ3, axis=0, keepdims=True) * np.ones_like(cache["A2"])'),
)
mistake(
    "elementwise-for-matmul",
    "A sum over the outputs is missing: a product element by element is no matrix product.",
    (BACKWARD, "self.W2.T @ dZ2", "self.W2.T * dZ2"),
    (BACKWARD, "self.W2.T @ dZ2", "self.W2[-1:].T @ dZ2[-1:]"),  # `=` for `+=` in a loop over the outputs
    (f"{DEEP}.backward", "self.W3.T @ dZ3", "self.W3[-1:].T @ dZ3[-1:]"),
    (f"{DEEP}.backward", "self.W2.T @ dZ2", "self.W2[-1:].T @ dZ2[-1:]"),
)
mistake(
    "updated-weights-used",
    "All gradients belong to the same weights: those of the forward pass, before any update.",
    (BACKWARD, "self.W2.T @ dZ2", "(self.W2 - self.learning_rate * dW2).T @ dZ2"),
    place="backup",
)
mistake(
    "weight-gradient-for-weight",
    "The way back goes through the weights, not through their gradient.",
    (BACKWARD, "self.W2.T @ dZ2", "dW2.T @ dZ2"),
    (f"{DEEP}.backward", "self.W2.T @ dZ2", "dW2.T @ dZ2"),
    (f"{DEEP}.backward", "self.W3.T @ dZ3", "dW3.T @ dZ3"),
)
mistake(
    "first-layer-scale-only",
    "The two layers' gradients are scaled differently; the scale of the loss reaches both through the chain rule.",
    (BACKWARD, "self.W2.T @ dZ2", "self.W2.T @ dZ2 * m"),
    (BACKWARD, "self.W2.T @ dZ2", "self.W2.T @ dZ2 / m"),
    (f"{DEEP}.backward", "self.W3.T @ dZ3", "self.W3.T @ dZ3 * m"),
    (f"{DEEP}.backward", "self.W3.T @ dZ3", "self.W3.T @ dZ3 / m"),
    (f"{DEEP}.backward", "self.W2.T @ dZ2", "self.W2.T @ dZ2 / m"),
    (f"{DEEP}.backward", "self.W2.T @ dZ2", "self.W2.T @ dZ2 * m"),
)
pack.mistake(
    "first-layer-scale-only",
    BACKWARD,
    'dZ2 @ cache["A1"].T / m',
    'dZ2 @ cache["A1"].T',
    hint="The two layers' gradients are scaled differently; all of them belong to one loss, which is a mean.",
    also=[("np.sum(dZ2, axis=1, keepdims=True) / m", "np.sum(dZ2, axis=1, keepdims=True)")],
)
mistake(
    "undelta-propagated",
    "What goes back through a layer's weights is the gradient at its pre-activation, with all its factors.",
    (f"{DEEP}.backward", "self.W2.T @ dZ2", "self.W2.T @ dA2"),
)
mistake(
    "mask-of-another-layer",
    "Each layer is masked by its own pre-activations.",
    (f"{DEEP}.backward", 'dA1 * (cache["Z1"] > 0)', 'dA1 * (cache["Z2"] > 0)'),
    (f"{DEEP}.backward", 'dA2 * (cache["Z2"] > 0)', 'dA2 * (cache["Z1"] > 0)'),
)
mistake(
    "weights-of-another-layer",
    "The way back goes through the weights of the layer that comes after.",
    (f"{DEEP}.backward", "self.W2.T @ dZ2", "self.W3.T @ dZ3"),
    (f"{DEEP}.backward", "self.W2.T @ dZ2", "self.W2.T @ dZ3"),
)
mistake(
    "pre-activation-for-activation",
    "The weights are multiplied with what comes out of the hidden layer, not with what goes into its activation.",
    (BACKWARD, 'dZ2 @ cache["A1"].T', 'dZ2 @ cache["Z1"].T'),
    (f"{DEEP}.backward", 'dZ2 @ cache["A1"].T', 'dZ2 @ cache["Z1"].T'),
    (f"{DEEP}.backward", 'dZ3 @ cache["A2"].T', 'dZ3 @ cache["Z2"].T'),
)
pack.mistake(
    "pre-activation-for-activation",
    f"{DEEP}.backward",
    'dZ2 @ cache["A1"].T',
    'dZ2 @ cache["Z1"].T',
    hint="The weights are multiplied with what comes out of the hidden layer, not with what goes into its activation.",
    also=[('dZ3 @ cache["A2"].T', 'dZ3 @ cache["Z2"].T')],
)
mistake(
    "own-output-for-input",
    "The gradient of a layer's weights needs what goes into the layer, not what comes out of it.",
    (BACKWARD, 'dZ2 @ cache["A1"].T', 'dZ2 @ cache["A2"].T'),
    (BACKWARD, 'dZ1 @ cache["X"].T', 'dZ1 @ cache["A1"].T'),
    (f"{DEEP}.backward", 'dZ3 @ cache["A2"].T', 'dZ3 @ cache["A3"].T'),
    (f"{DEEP}.backward", 'dZ2 @ cache["A1"].T', 'dZ2 @ cache["A2"].T'),
)
mistake(
    "gradient-transposed",
    "A gradient has the shape of its parameter.",
    (BACKWARD, 'dZ2 @ cache["A1"].T / m', 'cache["A1"] @ dZ2.T / m'),
    (BACKWARD, 'dZ1 @ cache["X"].T / m', 'cache["X"] @ dZ1.T / m'),
    (f"{DEEP}.backward", 'dZ2 @ cache["A1"].T / m', 'cache["A1"] @ dZ2.T / m'),
)
# In every layer, as a loop over the layers has it (two layers are a pair of mistakes).
OWN_OUTPUT = [
    ('dZ3 @ cache["A2"].T', 'dZ3 @ cache["A3"].T'),
    ('dZ2 @ cache["A1"].T', 'dZ2 @ cache["A2"].T'),
    ('dZ1 @ cache["X"].T', 'dZ1 @ cache["A1"].T'),
]
TRANSPOSED = [
    ('dZ3 @ cache["A2"].T', 'cache["A2"] @ dZ3.T'),
    ('dZ2 @ cache["A1"].T', 'cache["A1"] @ dZ2.T'),
    ('dZ1 @ cache["X"].T', 'cache["X"] @ dZ1.T'),
]
for slug, edits, hint in (
    (
        "own-output-for-input",
        OWN_OUTPUT,
        "The gradient of a layer's weights needs what goes into the layer, not what comes out of it.",
    ),
    ("gradient-transposed", TRANSPOSED, "A gradient has the shape of its parameter."),
):
    pack.mistake(slug, f"{DEEP}.backward", *edits[0], hint=hint, also=edits[1:])


def deep_bias_mistake(slug: str, hint: str, text: str, *, alone: bool = False) -> None:
    """In the deeper network: in all layers, and in each alone; `#` is the layer's number."""
    first, *others = (
        (f"np.sum(dZ{layer}, axis=1, keepdims=True)", text.replace("#", layer)) for layer in ("1", "2", "3")
    )
    pack.mistake(slug, f"{DEEP}.backward", *first, hint=hint, also=others)
    if alone:
        for each in (first, *others):
            pack.mistake(slug, f"{DEEP}.backward", *each, hint=hint)


deep_bias_mistake(
    "bias-mean-for-sum",
    "The mean over the samples is taken twice: each sample's share of the bias is added up, then divided once.",
    "np.mean(dZ#, axis=1, keepdims=True)",
    alone=True,
)
deep_bias_mistake(
    "bias-summed-over-wrong-axis",
    "A bias is shared by all samples, so its gradient is a sum over them: which axis counts the samples?",
    "np.sum(dZ#, axis=0, keepdims=True)",
)
deep_bias_mistake("bias-not-summed", "A bias is shared by all samples: their shares are to be added up.", "dZ#")
deep_bias_mistake(
    "bias-summed-to-scalar",
    "Each unit has a bias of its own: add up over the samples, not over the units.",
    "np.sum(dZ#)",
)
deep_bias_mistake(
    "bias-summed-to-scalar",
    "Each unit has a bias of its own: add up over the samples, not over the units.",
    "np.full((len(dZ#), 1), np.sum(dZ#))",
    alone=True,
)
for layer in ("1", "2"):
    BIAS = f"np.sum(dZ{layer}, axis=1, keepdims=True)"
    mistake(
        "bias-summed-over-wrong-axis",
        "A bias is shared by all samples, so its gradient is a sum over them: which axis counts the samples?",
        (BACKWARD, BIAS, f"np.sum(dZ{layer}, axis=0, keepdims=True)"),
        (BACKWARD, BIAS, f"np.sum(dZ{layer}, axis=0).reshape(-1, 1)"),
    )
    mistake(
        "bias-mean-for-sum",
        "The mean over the samples is taken twice: each sample's share of the bias is added up, then divided once.",
        (BACKWARD, BIAS, f"np.mean(dZ{layer}, axis=1, keepdims=True)"),
    )
    mistake(
        "bias-not-summed",
        "A bias is shared by all samples: their shares are to be added up.",
        (BACKWARD, BIAS, f"dZ{layer}"),
    )
    mistake(
        "bias-summed-to-scalar",
        "Each unit has a bias of its own: add up over the samples, not over the units.",
        (BACKWARD, BIAS, f"np.sum(dZ{layer})"),
        (BACKWARD, BIAS, f"np.full((len(dZ{layer}), 1), np.sum(dZ{layer}))"),
    )
    mistake(
        "bias-first-sample-only",
        "All samples have a share in the gradient of a bias, not the first alone.",
        (BACKWARD, BIAS, f"dZ{layer}[:, :1]"),
    )
    mistake(
        "returns-wrong-shape",
        "A gradient has the shape of its parameter; the biases here are columns.",
        (BACKWARD, BIAS, f"np.sum(dZ{layer}, axis=1)"),
    )
LAST_SAMPLE = "Every sample has its share in the gradient: they are to be added up, not the last one to be kept."
SHARES = [
    ('dZ2 @ cache["A1"].T', 'dZ2[:, -1:] @ cache["A1"][:, -1:].T'),
    ('dZ1 @ cache["X"].T', 'dZ1[:, -1:] @ cache["X"][:, -1:].T'),
    *((f"np.sum(dZ{layer}, axis=1, keepdims=True)", f"dZ{layer}[:, -1:]") for layer in ("1", "2")),
]
for share, *others in [*([each] for each in SHARES), SHARES]:  # in one place, and in all of them
    pack.mistake("last-sample-only", BACKWARD, *share, hint=LAST_SAMPLE, also=others)
mistake(
    "bias-from-weight-gradient",
    "The gradient of a bias comes from the gradient at the pre-activation, not from that of the weights.",
    (BACKWARD, "np.sum(dZ2, axis=1, keepdims=True) / m", "np.sum(dW2, axis=1, keepdims=True)"),
    (BACKWARD, "np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dW1, axis=1, keepdims=True)"),
)
mistake(
    "derivative-of-upstream",
    "The activation's derivative is taken at the layer's pre-activation, not at the gradient that comes in.",
    (BACKWARD, HIDDEN, "dA1 * self.relu_derivative(dA1)"),
    *((f"{DEEP}.backward", f'dA{n} * (cache["Z{n}"] > 0)', f"dA{n} * (dA{n} > 0)") for n in (1, 2)),
)
mistake(
    "relu-applied-to-gradient",
    "A gradient may be negative; nothing is to be cut off from it.",
    (BACKWARD, HIDDEN, 'np.maximum(0, dA1) * (cache["Z1"] > 0)'),
    (BACKWARD, HIDDEN, "np.maximum(0, dA1)"),
    *(
        (f"{DEEP}.backward", f'dA{n} * (cache["Z{n}"] > 0)', f'np.maximum(0, dA{n}) * (cache["Z{n}"] > 0)')
        for n in (1, 2)
    ),
)
mistake(
    "mask-from-activation",
    "Of a ReLU's output all elements are at least 0: a mask of those that are is none.",
    (BACKWARD, HIDDEN, 'dA1 * (cache["A1"] >= 0)'),
    *((f"{DEEP}.backward", f'cache["Z{n}"] > 0', f'cache["A{n}"] >= 0') for n in (1, 2)),
)


def _accumulating(kinds: Collection[str]) -> Any:
    """Of the gradients whose names begin so."""

    def wrapper(backward: Any) -> Any:
        def accumulate(self: Any, Y: Any, cache: Any) -> Any:
            old = getattr(self, "kept", {})
            self.kept = {
                name: value + (old.get(name, 0.0) if name[:2] in kinds else 0.0)
                for name, value in backward(self, Y, cache).items()
            }
            return self.kept

        return accumulate

    return wrapper


def _swapping(one: str, other: str) -> Callable[[Any], Any]:
    def wrapper(backward: Any) -> Any:
        def swap(self: Any, Y: Any, cache: Any) -> Any:
            gradients = backward(self, Y, cache)
            return {**gradients, one: gradients[other], other: gradients[one]}

        return swap

    return wrapper


mistake(
    "gradients-accumulate-over-calls",
    "A second call should not remember the first: start from zero.",
    (BACKWARD, "", _accumulating(("dW", "db"))),
    (BACKWARD, "", _accumulating(("dW",))),
    (BACKWARD, "", _accumulating(("db",))),
    place="kept",
)
mistake(
    "gradients-swapped",
    "Look at the names under which the gradients are returned.",
    (BACKWARD, "", _swapping("dW1", "dW2")),
    (BACKWARD, "", _swapping("db1", "db2")),
)

# ------------------------------------------------------------------------------- update, training and prediction

for net, names in ((NET, ("W1", "b1", "W2", "b2")), (DEEP, ("W1", "b1", "W2", "b2", "W3", "b3"))):
    UPDATES = "\n".join(f'self.{name} = self.{name} - self.learning_rate * gradients["d{name}"]' for name in names)
    LAST = "A2" if net == NET else "A3"
    RECORD = f"losses.append(self.compute_loss(Y, {LAST}))"
    STEP = "gradients = self.backward(Y, cache)\nself.update_parameters(gradients)"
    kinds = [names, [name for name in names if "W" in name], [name for name in names if "b" in name]]
    for slug, hint, old, new in (
        (
            "gradient-ascent",
            "The gradient points to where the loss grows.",
            'self.# - self.learning_rate * gradients["d#"]',
            'self.# + self.learning_rate * gradients["d#"]',
        ),
        (
            "learning-rate-missing",
            "The step is the gradient times something.",
            'self.learning_rate * gradients["d#"]',
            'gradients["d#"]',
        ),
    ):
        for some in [*kinds, *([name] for name in names if net == NET)]:
            first, *others = ((old.replace("#", name), new.replace("#", name)) for name in some)
            pack.mistake(slug, f"{net}.update_parameters", *first, hint=hint, also=others)
    mistake(
        "biases-not-updated",
        "The biases are parameters too.",
        *(
            (
                f"{net}.update_parameters",
                UPDATES,
                "\n".join(line for line in UPDATES.splitlines() if line[5:7] not in biases),
            )
            for biases in [kinds[2], *([name] for name in kinds[2])]
        ),
    )
    mistake(
        "loss-after-update",
        "The loss of a step is that of the parameters that it started with.",
        (
            f"{net}.train",
            f"{RECORD}\n{STEP}",
            f"{STEP}\nlosses.append(self.compute_loss(Y, self.forward(X)[0]))",
        ),
    )
    mistake(
        "threshold-missing",
        "Between 0 and 1 all numbers become 0 when they are cut to whole ones: compare with a half.",
        (f"{net}.predict", f"({LAST} > 0.5).astype(int)", f"{LAST}.astype(int)"),
        (f"{net}.predict", f"({LAST} > 0.5).astype(int)", LAST),
    )
    mistake(
        "threshold-inverted",
        "It is the other way round: a large output stands for class 1.",
        (f"{net}.predict", f"{LAST} > 0.5", f"{LAST} < 0.5"),
    )
mistake(
    "updated-weights-used",
    "All gradients belong to the same weights: those of the forward pass, before any update.",
    (
        f"{NET}.train",
        "self.update_parameters(gradients)",
        "self.update_parameters({**gradients, 'dW1': 0, 'db1': 0})\n"
        "gradients = self.backward(Y, cache)\n"
        "self.update_parameters({**gradients, 'dW2': 0, 'db2': 0})",
    ),
    place="backup",
)
mistake(
    "reinitialised-each-epoch",
    "Each step should go on from the parameters of the one before.",
    (
        f"{NET}.train",
        "A2, cache = self.forward(X)",
        "self.__init__(X.shape[0], self.W1.shape[0], self.W2.shape[0], self.learning_rate)\n"
        "A2, cache = self.forward(X)",
    ),
)

# ------------------------------------------------------------------------------------------------ gradient checks

BEGIN = "gradients = nn.backward(Y, nn.forward(X)[1])"
CENTRAL = "(above - below) / (2 * epsilon)"
APART = "np.linalg.norm(analytic - numeric) / scale if scale else 0.0"
ALL = '("W1", "b1", "W2", "b2")'
for check in ("gradient_check", "gradient_check_all"):
    mistake(
        "check-always-passes",
        "What does it say of a network whose backward pass is wrong? The analytic gradient must meet another one.",
        (check, APART, "0.0"),
        (check, APART, "np.linalg.norm(analytic - analytic)"),
        (check, BEGIN, f"return dict.fromkeys({ALL}, 0.0)\n{BEGIN}"),
        (check, BEGIN, f"{BEGIN}\nreturn dict.fromkeys({ALL}, 0.0)"),
    )
    mistake(
        "check-always-fails",
        "What does it say of a network whose backward pass is right? It should be next to nothing.",
        (check, APART, "1.0"),
    )
    mistake(
        "check-ignores-some-parameters",
        "A backward pass can be wrong in any of the parameters: look at them all.",
        *(
            (check, ALL, repr(some))
            for some in (
                ("W1", "W2"), ("W2", "b2"), ("W1",), ("W2",), ("W1", "b1"), ("b1", "b2"),
                ("b1", "W2", "b2"), ("W1", "W2", "b2"), ("W1", "b1", "b2"), ("W1", "b1", "W2"),
            )
        ),
    )  # fmt: skip
    mistake(
        "check-compares-norms",
        "Two gradients can have the same length and point in different directions.",
        (check, APART, "abs(np.linalg.norm(analytic) - np.linalg.norm(numeric)) / scale"),
    )
    mistake(
        "check-unscaled-error",
        "Is a difference of a millionth large or small? That depends on the size of the gradient.",
        (check, APART, "np.linalg.norm(analytic - numeric)"),
        (check, APART, "np.max(np.abs(analytic - numeric))"),
    )
    mistake(
        "check-changes-network",
        "A check should leave the network as it found it.",
        *(
            (check, "return result", f"nn.{name} = nn.{name} + 1e-3\nreturn result")
            for name in ("W1", "b1", "W2", "b2")
        ),
        (check, "return result", "nn.update_parameters(gradients)\nreturn result"),
        place="end",
    )
    mistake(
        "step-not-restored",
        "Each element should be moved alone: put it back before the next one.",
        (check, "parameter[index] = old", "pass"),
        (check, "parameter[index] = old", "parameter[index] += epsilon / 2"),
        place="put back",
    )
    pack.mistake(
        "step-not-restored",
        check,
        "parameter = getattr(nn, name)",
        "parameter = getattr(nn, name)\nkept = parameter.copy()",
        hint="Each element should be moved alone: put it back before the next one.",
        also=[
            ("parameter[index] = old", "pass"),
            ("result[name] = " + APART, "parameter[:] = kept\nresult[name] = " + APART),
        ],
        place="put back",
    )
    pack.mistake(  # the last one alone, after the loop
        "step-not-restored",
        check,
        "parameter[index] = old",
        "pass",
        hint="Each element should be moved alone: put it back before the next one.",
        also=[("result[name] = " + APART, "parameter[index] = old\nresult[name] = " + APART)],
        place="put back",
    )
    pack.mistake(  # in a copy, so that the network itself is left as it was
        "step-not-restored",
        check,
        BEGIN,
        f"import copy\nnn = copy.deepcopy(nn)\n{BEGIN}",
        hint="Each element should be moved alone: put it back before the next one.",
        also=[("parameter[index] = old", "pass")],
        place="put back",
    )
    pack.mistake(
        "forward-difference",
        check,
        "parameter[index] = old - epsilon",
        "parameter[index] = old",
        hint="A difference to one side is off by the order of the step, one to both sides by the order of its square.",
        also=[(CENTRAL, "(above - below) / epsilon")],
    )
    mistake(
        "missing-two-in-denominator",
        "How far apart are the two points at which the loss is evaluated?",
        (check, "2 * epsilon", "epsilon"),
    )
    mistake(
        "not-divided",
        "A difference is no slope yet.",
        (check, CENTRAL, "above - below"),
    )
    mistake(
        "step-too-small",
        "With so small a step the difference is all rounding.",
        *((check, BEGIN, f"{BEGIN}\nepsilon = {step}") for step in (1e-13, 1e-12, 1e-15, 1e-10)),
    )
    mistake(
        "step-too-large",
        "With so large a step the difference is no longer the slope at the point.",
        *((check, BEGIN, f"{BEGIN}\nepsilon = {step}") for step in (0.5, 0.1, 1.0)),
    )
EVERY = """analytic, numeric = gradients["d" + name], np.zeros(parameter.shape)
for index in np.ndindex(parameter.shape):
    old = parameter[index]
    parameter[index] = old + epsilon
    above = nn.compute_loss(Y, nn.forward(X)[0])
    parameter[index] = old - epsilon
    below = nn.compute_loss(Y, nn.forward(X)[0])
    parameter[index] = old
    numeric[index] = (above - below) / (2 * epsilon)"""
SAMPLED = (
    EVERY.replace("np.ndindex(parameter.shape)", "sampled").replace(
        'gradients["d" + name], np.zeros', "np.zeros(parameter.shape), np.zeros"
    )
    + "\n    analytic[index] = gradients['d' + name][index]"
)
mistake(
    "check-samples-only",
    "A wrong element is found only if it is looked at, and here all are to be.",
    ("gradient_check_all", EVERY, f"sampled = list(np.ndindex(parameter.shape))[:1]\n{SAMPLED}"),
    ("gradient_check_all", EVERY, f"sampled = list(np.ndindex(parameter.shape))[-1:]\n{SAMPLED}"),
    *(
        ("gradient_check_all", EVERY, f"sampled = list(np.ndindex(parameter.shape))[:{count}]\n{SAMPLED}")
        for count in (10, 5, 2)
    ),
    (
        "gradient_check_all",
        EVERY,
        f"sampled = [index for index in np.ndindex(parameter.shape) if index[0] < 2]\n{SAMPLED}",
    ),
    (
        "gradient_check_all",
        EVERY,
        "sampled = [np.unravel_index(place, parameter.shape) for place in\n"
        "    np.random.default_rng(0).permutation(parameter.size)[:10]]\n" + SAMPLED,
    ),
    words=["choice", "integers", "islice", "linspace", "min", "permutation", "randint", "sample", ":"],
)

# ------------------------------------------------------------------------------------------- two squares, autograd

mistake(
    "input-missing",
    "The inner derivative of w x with respect to w is x: it comes in once more.",
    ("two_squares", "(4 * w1 * x1**2, 4 * w2 * x2**2)", "(4 * w1 * x1, 4 * w2 * x2)"),
)
mistake(
    "one-square-only",
    "The loss is a sum of two squares: both have a share in each derivative.",
    (
        "two_squares",
        "(4 * w1 * x1**2, 4 * w2 * x2**2)",
        "(2 * (w1 * x1 + w2 * x2) * x1, 2 * (w1 * x1 + w2 * x2) * x2)",
    ),
)
mistake(
    "derivative-of-the-input",
    "That is the derivative with respect to x; asked for is the one with respect to w.",
    ("two_squares", "(4 * w1 * x1**2, 4 * w2 * x2**2)", "(4 * w1**2 * x1, 4 * w2**2 * x2)"),
)
mistake(
    "sign-of-the-second-square",
    "In the second square one term has a minus, and its derivative has it too.",
    (
        "two_squares",
        "(4 * w1 * x1**2, 4 * w2 * x2**2)",
        "(4 * w1 * x1**2, 2 * (w1 * x1 + w2 * x2) * x2 + 2 * (w1 * x1 - w2 * x2) * x2)",
    ),
)
mistake(
    "gradients-swapped",
    "Look at the order of what is returned.",
    ("two_squares", "(4 * w1 * x1**2, 4 * w2 * x2**2)", "(4 * w2 * x2**2, 4 * w1 * x1**2)"),
    ("two_squares_autograd", "(v1.grad.item(), v2.grad.item())", "(v2.grad.item(), v1.grad.item())"),
    (
        "autograd_linear",
        "(x.grad.item(), w.grad.item(), b.grad.item())",
        "(w.grad.item(), x.grad.item(), b.grad.item())",
    ),
)
mistake(
    "autograd-not-used",
    "The numbers may be right, but PyTorch is to find them: let it take the derivative.",
    (
        "two_squares_autograd",
        "L.backward()\nreturn v1.grad.item(), v2.grad.item()",
        "return 4.0 * w1 * x1**2, 4.0 * w2 * x2**2",
    ),
    (
        "autograd_linear",
        "y.backward()\nreturn x.grad.item(), w.grad.item(), b.grad.item()",
        "return w.item(), x.item(), 1.0",
    ),
)
mistake(
    "backward-seeded-with-loss",
    "backward starts from the derivative of the loss with respect to itself: from 1, not from its value.",
    ("two_squares_autograd", "L.backward()", "L.backward(L)"),
    ("autograd_linear", "y.backward()", "y.backward(y)"),
    ("train_autograd", "loss.backward()", "loss.backward(loss)"),
)
mistake(
    "graph-detached",
    "What was taken out of the graph has no way back to the parameters.",
    ("two_squares_autograd", "L.backward()", "torch.tensor(L.item()).backward()"),
    ("autograd_linear", "y.backward()", "y.detach().backward()"),
    ("train_autograd", "torch.mean((A2 - Y) ** 2)", "torch.mean((A2.detach() - Y) ** 2)"),
)
mistake(
    "gradients-not-zeroed",
    "backward adds to what is in .grad already.",
    ("autograd_linear", "y.backward()", "y.backward(retain_graph=True)\ny.backward()"),
    *(  # one pass for each of the three, in any order
        (
            "autograd_linear",
            "y.backward()\nreturn x.grad.item(), w.grad.item(), b.grad.item()",
            "found = {}\n"
            + "\n".join(f"y.backward(retain_graph=True)\nfound['{name}'] = {name}.grad.item()" for name in order)
            + "\nreturn found['x'], found['w'], found['b']",
        )
        for order in itertools.permutations("xwb")
    ),
    (
        "two_squares_autograd",
        "L.backward()\nreturn v1.grad.item(), v2.grad.item()",
        "L.backward(retain_graph=True)\nfirst = v1.grad.item()\nL.backward()\nreturn first, v2.grad.item()",
    ),
    ("two_squares_autograd", "L.backward()", "L.backward(retain_graph=True)\nL.backward()"),
    ("train_autograd", "for parameter in parameters:\n    parameter.grad = None", "pass"),
    *(  # but for one of them
        (
            "train_autograd",
            "for parameter in parameters:\n    parameter.grad = None",
            f"for parameter in (*parameters[:{place}], *parameters[{place + 1}:]):\n    parameter.grad = None",
        )
        for place in range(4)
    ),
    ("gradient_flow", "model.zero_grad()", "pass"),
    words=["backward"],
)
mistake(
    "non-leaf-parameter",
    "A tensor that was computed from one that requires a gradient is no leaf, and its .grad stays None. Scale first.",
    (
        "leaf_parameters",
        "values = torch.randn(*shape, generator=generator) * scale\nreturn values.requires_grad_()",
        "return torch.randn(*shape, generator=generator, requires_grad=True) * scale",
    ),
    ("train_autograd", "value.clone().requires_grad_()", "value.requires_grad_() * 1.0"),
)
mistake(
    "gradient-not-required",
    "Nothing tells autograd that a gradient will be wanted.",
    ("leaf_parameters", "values.requires_grad_()", "values"),
    ("train_autograd", "value.clone().requires_grad_()", "value.clone()"),
)
mistake(
    "scale-missing",
    "The random numbers are to be scaled.",
    ("leaf_parameters", "torch.randn(*shape, generator=generator) * scale", "torch.randn(*shape, generator=generator)"),
)
mistake(
    "uniform-for-normal",
    "The numbers are to be normally distributed; these are uniform.",
    ("leaf_parameters", "torch.randn(*shape, generator=generator)", "torch.rand(*shape, generator=generator)"),
)
STEPPED = (
    "with torch.no_grad():\n    for parameter in parameters:\n        parameter.sub_(learning_rate * parameter.grad)"
)
pack.mistake(
    "loss-after-update",
    "train_autograd",
    STEPPED,
    f"{STEPPED}\n    A2 = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)\n"
    "    losses.append(torch.mean((A2 - Y) ** 2).item())",
    hint="The loss of a step is that of the parameters that it started with.",
    also=[("losses.append(loss.item())", "pass")],
)
mistake(
    "update-tracked-by-autograd",
    "The update is no part of the computation whose gradient is taken: autograd must not record it.",
    (
        "train_autograd",
        STEPPED,
        "for parameter in parameters:\n    parameter.sub_(learning_rate * parameter.grad)",
    ),
    (
        "train_autograd",
        STEPPED,
        "parameters = [parameter - learning_rate * parameter.grad for parameter in parameters]",
    ),
)
mistake(
    "update-not-kept",
    "The loss never changes: the new values are computed, but not kept in the parameters.",
    (
        "train_autograd",
        "parameter.sub_(learning_rate * parameter.grad)",
        "parameter = parameter - learning_rate * parameter.grad",
    ),
)
mistake(
    "gradient-ascent",
    "The gradient points to where the loss grows.",
    (
        "train_autograd",
        "parameter.sub_(learning_rate * parameter.grad)",
        "parameter.add_(learning_rate * parameter.grad)",
    ),
)
mistake(
    "learning-rate-missing",
    "The step is the gradient times something.",
    ("train_autograd", "learning_rate * parameter.grad", "parameter.grad"),
)
mistake(
    "biases-not-updated",
    "The biases are parameters too.",
    (
        "train_autograd",
        "for parameter in parameters:\n    parameter.sub_(learning_rate * parameter.grad)",
        "for parameter in parameters[::2]:\n    parameter.sub_(learning_rate * parameter.grad)",
    ),
)
mistake(
    "sum-for-mean",
    "The loss is a mean: with twice as much of the same data it should stay the same.",
    ("train_autograd", "torch.mean((A2 - Y) ** 2)", "torch.sum((A2 - Y) ** 2)"),
)
mistake(
    "half-loss",
    "A factor of one half belongs to another convention; the loss asked for is the plain mean of the squares.",
    ("train_autograd", "torch.mean((A2 - Y) ** 2)", "0.5 * torch.mean((A2 - Y) ** 2)"),
)
mistake(
    "mean-over-samples-only",
    "The mean is over all m·k elements, not over the m samples alone.",
    ("train_autograd", "torch.mean((A2 - Y) ** 2)", "torch.sum((A2 - Y) ** 2) / Y.shape[1]"),
)
mistake(
    "cross-entropy-for-squared-error",
    "The loss asked for here is the mean squared error.",
    ("train_autograd", "torch.mean((A2 - Y) ** 2)", "torch.nn.functional.binary_cross_entropy(A2, Y)"),
)
mistake(
    "wrong-hidden-activation",
    "The hidden layer's activation function is another one here; see the docstring.",
    ("train_autograd", "torch.relu(V1 @ X + c1)", "torch.sigmoid(V1 @ X + c1)"),
    ("train_autograd", "torch.relu(V1 @ X + c1)", "torch.tanh(V1 @ X + c1)"),
)
mistake(
    "activation-missing",
    "The hidden layer needs its activation function: without it two layers are no more than one.",
    ("train_autograd", "torch.relu(V1 @ X + c1)", "(V1 @ X + c1)"),
)
mistake(
    "output-activation-missing",
    "The outputs should lie between 0 and 1: something is still to be done with the last pre-activation.",
    ("train_autograd", "torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)", "V2 @ torch.relu(V1 @ X + c1) + c2"),
)
FLOW = "layer.weight.grad.abs().mean().item()"
mistake(
    "absolute-value-missing",
    "Positive and negative gradients cancel in the mean; their sizes are asked for.",
    ("gradient_flow", FLOW, "layer.weight.grad.mean().item()"),
    ("gradient_flow", FLOW, "abs(layer.weight.grad.mean().item())"),
)
mistake(
    "norm-for-mean",
    "A norm grows with the number of weights; the mean of the absolute values is asked for.",
    ("gradient_flow", FLOW, "layer.weight.grad.norm().item()"),
)
mistake(
    "sum-for-mean",
    "A sum grows with the number of weights; the mean is asked for.",
    ("gradient_flow", FLOW, "layer.weight.grad.abs().sum().item()"),
    (
        "gradient_flow",
        "torch.nn.functional.binary_cross_entropy(model(X), Y)",
        'torch.nn.functional.binary_cross_entropy(model(X), Y, reduction="sum")',
    ),
)
mistake(
    "mean-over-samples-only",
    "A mean is over all elements, samples and outputs.",
    (
        "gradient_flow",
        "torch.nn.functional.binary_cross_entropy(model(X), Y)",
        'torch.nn.functional.binary_cross_entropy(model(X), Y, reduction="sum") / len(Y)',
    ),
)
mistake(
    "weights-for-gradients",
    "That is the size of the weights; asked for is that of their gradients.",
    ("gradient_flow", FLOW, "layer.weight.abs().mean().item()"),
)
mistake(
    "biases-counted",
    "The weights' gradients alone are asked for, without those of the biases.",
    (
        "gradient_flow",
        f"[{FLOW} for layer in layers]",
        "[parameter.grad.abs().mean().item() for parameter in model.parameters()]",
    ),
    (  # both in one mean
        "gradient_flow",
        FLOW,
        "torch.cat([each.grad.flatten() for each in layer.parameters()]).abs().mean().item()",
    ),
    (
        "gradient_flow",
        FLOW,
        "((layer.weight.grad.abs().sum() + layer.bias.grad.abs().sum()) / sum(each.numel() for each in layer.parameters())).item()",
    ),
    ("gradient_flow", FLOW, "((layer.weight.grad.abs().mean() + layer.bias.grad.abs().mean()) / 2).item()"),
    ("gradient_flow", FLOW, "(layer.weight.grad.abs().mean() + layer.bias.grad.abs().mean()).item()"),
)
mistake(
    "layers-in-reverse",
    "The layer at the input comes first.",
    ("gradient_flow", f"[{FLOW} for layer in layers]", f"[{FLOW} for layer in layers[::-1]]"),
    words=["pop", "reversed"],
)
mistake(
    "squared-error",
    "That is the squared error; the loss asked for is the cross-entropy.",
    (
        "gradient_flow",
        "torch.nn.functional.binary_cross_entropy(model(X), Y)",
        "torch.nn.functional.mse_loss(model(X), Y)",
    ),
)

# --------------------------------------------------------------------------------------------------- in any place


def _nothing(function: Any) -> Any:
    def run(*args: Any, **kwargs: Any) -> None:
        function(*args, **kwargs)

    return run


def _typed_as_given(function: Any) -> Any:
    """Puts the result into an array like the one that is handed in (`np.zeros_like(x)`), which may hold whole numbers."""

    def run(self: Any, x: Any) -> Any:
        result = function(self, x)
        return result.astype(x.dtype) if isinstance(x, np.ndarray) and x.dtype.kind in "iu" else result

    return run


def _overwriting(function: Any) -> Any:
    def run(self: Any, Z: Any) -> Any:
        result = function(self, Z)
        if isinstance(Z, np.ndarray) and Z.dtype == result.dtype:
            Z[...] = result
        return result

    return run


METHODS = ("relu", "relu_derivative", "sigmoid", "sigmoid_derivative")
mistake(
    "returns-nothing",
    "The result is computed, but never handed back.",
    *(
        (name, "", _nothing)
        for name in (
            "chain_rule", "computational_graph", "single_neuron", "gradient_check", "gradient_check_all",
            "two_squares", "two_squares_autograd", "autograd_linear", "leaf_parameters", "train_autograd", "gradient_flow",
            *(f"{NET}.{name}" for name in METHODS), f"{NET}.forward", f"{NET}.compute_loss", BACKWARD, f"{NET}.train",
            f"{NET}.predict",
        )
    ),
)  # fmt: skip
mistake(
    "returns-wrong-dtype",
    "What is made of whole numbers are none here: an array like the one that is handed in can't hold them.",
    *((f"{NET}.{name}", "", _typed_as_given) for name in ("sigmoid", "sigmoid_derivative")),
)
mistake(
    "mutates-input",
    "The array that is handed in still belongs to the caller: work on a copy.",
    *((f"{NET}.{name}", "", _overwriting) for name in METHODS),
)


# In all layers of the deeper network at once, where a loop goes through them: one mistake, so that it is told beside another.
def in_all(slug: str, function: str, *edits: tuple[str, str]) -> None:
    """The same slip in several layers; if they are not given, in those that it is known of alone."""
    alone = [each for each in pack.mistakes if (each.slug, each.function) == (slug, function)]
    first, *others = edits or [(old, new) for each in alone for _, old, new in each.edits if isinstance(new, str)]
    pack.mistake(slug, function, *first, hint=alone[0].hint, also=others)


for slug in (
    "relu-value-as-derivative", "mask-inverted", "mask-from-activation", "mask-missing", "derivative-of-upstream",
    "relu-applied-to-gradient", "wrong-hidden-derivative", "weight-gradient-for-weight",
):  # fmt: skip
    in_all(slug, f"{DEEP}.backward")
in_all("activation-missing", f"{DEEP}.forward", *((f"np.maximum(0, Z{n})", f"Z{n}") for n in (1, 2)))
for other in ("1 / (1 + np.exp(-Z#))", "np.tanh(Z#)"):
    in_all(
        "wrong-hidden-activation",
        f"{DEEP}.forward",
        *((f"np.maximum(0, Z{n})", other.replace("#", n)) for n in ("1", "2")),
    )
in_all(
    "bias-missing",
    f"{NET}.forward",
    *((f"self.W{n} @ {given} + self.b{n}", f"self.W{n} @ {given}") for n, given in ((1, "X"), (2, "A1"))),
)
in_all(
    "bias-missing",
    f"{DEEP}.forward",
    *((f"self.W{n} @ {given} + self.b{n}", f"self.W{n} @ {given}") for n, given in ((1, "X"), (2, "A1"), (3, "A2"))),
)

# --------------------------------------------------------------------------------------- other right ways to write

pack.rewrite(
    "einsum",
    (f"{NET}.forward", "self.W1 @ X", 'np.einsum("hn,nm->hm", self.W1, X)'),
    (BACKWARD, 'dZ2 @ cache["A1"].T', 'np.einsum("km,hm->kh", dZ2, cache["A1"])'),
    (BACKWARD, 'dZ1 @ cache["X"].T', 'np.einsum("hm,nm->hn", dZ1, cache["X"])'),
)
pack.rewrite(
    "another order of operations",
    (f"{NET}.sigmoid_derivative", "s * (1 - s)", "s - s**2"),
    (f"{NET}.forward", "self.W1 @ X + self.b1", "(self.W1[:, ::-1] @ X[::-1]) + self.b1"),
    (BACKWARD, "np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2[:, ::-1], axis=1, keepdims=True)"),
    (BACKWARD, "self.W2.T @ dZ2", "(dZ2.T @ self.W2).T"),
    ("chain_rule", "u**3", "u * u * u"),
    ("computational_graph", "z**2", "z * z"),
)
pack.rewrite(
    "the scale first",
    (BACKWARD, 'cache["A2"] - Y', '(cache["A2"] - Y) / m'),
    (BACKWARD, 'dZ2 @ cache["A1"].T / m', 'dZ2 @ cache["A1"].T'),
    (BACKWARD, "np.sum(dZ2, axis=1, keepdims=True) / m", "np.sum(dZ2, axis=1, keepdims=True)"),
    (BACKWARD, 'dZ1 @ cache["X"].T / m', 'dZ1 @ cache["X"].T'),
    (BACKWARD, "np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1, keepdims=True)"),
)
pack.rewrite(
    "sample by sample",
    (BACKWARD, 'dZ2 @ cache["A1"].T', 'sum(np.outer(d, a) for d, a in zip(dZ2.T, cache["A1"].T))'),
    (BACKWARD, 'dZ1 @ cache["X"].T', 'sum(np.outer(d, x) for d, x in zip(dZ1.T, cache["X"].T))'),
    (BACKWARD, "np.sum(dZ1, axis=1, keepdims=True) / m", "np.mean(dZ1, axis=1, keepdims=True)"),
    (
        f"{NET}.compute_loss",
        "np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))",
        "sum(np.sum(np.log(np.where(y == 1, a, 1 - a))) for y, a in zip(Y.T, A.T))",
    ),
)
pack.rewrite(
    "each square by itself",
    (
        "two_squares",
        "(4 * w1 * x1**2, 4 * w2 * x2**2)",
        "(2 * (w1 * x1 + w2 * x2) * x1 + 2 * (w1 * x1 - w2 * x2) * x1, "
        "2 * (w1 * x1 + w2 * x2) * x2 + 2 * (w1 * x1 - w2 * x2) * -x2)",
    ),
)
pack.rewrite(
    "a sigmoid of two formulas, one for either sign",
    (
        f"{NET}.sigmoid",
        "np.where(np.asarray(Z) >= 0, 1, t) / (1 + t)",
        "np.where(np.asarray(Z) >= 0, 1 / (1 + t), t / (1 + t))",
    ),
)
pack.rewrite(
    "a tanh sigmoid",
    (
        f"{NET}.sigmoid",
        "t = np.exp(-np.abs(Z))\nreturn np.where(np.asarray(Z) >= 0, 1, t) / (1 + t)",
        "return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))",
    ),
    (f"{DEEP}.forward", "np.exp(-np.logaddexp(0, -Z3))", "0.5 * (1 + np.tanh(0.5 * Z3))"),
)
pack.rewrite(
    "another clip",
    (
        f"{NET}.compute_loss",
        "np.clip(np.asarray(A2, dtype=np.float64), 1e-15, 1 - 1e-15)",
        "np.clip(np.asarray(A2, dtype=np.float64), 1e-12, 1 - 1e-12)",
    ),
)
pack.rewrite(
    "multiplied by a mask",
    (f"{NET}.relu", "np.maximum(0, Z)", "Z * (np.asarray(Z) > 0)"),
    (BACKWARD, HIDDEN, 'np.where(cache["Z1"] > 0, dA1, 0.0)'),
)
for check in ("gradient_check", "gradient_check_all"):
    pack.rewrite(
        f"{check}: the largest relative difference of an element",
        (check, APART, "np.max(np.abs(analytic - numeric) / np.maximum(np.abs(analytic), np.abs(numeric)))"),
    )
    # A loss that is not moved to a side is no mistake by itself.
    pack.rewrite(
        f"{check}: the loss is looked at first", (check, BEGIN, f"loss = nn.compute_loss(Y, nn.forward(X)[0])\n{BEGIN}")
    )
    pack.rewrite(
        f"{check}: the seed's small number in the denominator",
        (check, APART, "np.linalg.norm(analytic - numeric) / (scale + 1e-8)"),
    )
    pack.rewrite(
        f"{check}: a relative mean",
        (check, APART, "np.mean(np.abs(analytic - numeric)) / np.mean(np.abs(analytic) + np.abs(numeric))"),
    )
pack.rewrite(
    "an optimiser",
    (
        "train_autograd",
        "with torch.no_grad():\n    for parameter in parameters:\n        parameter.sub_(learning_rate * parameter.grad)",
        "torch.optim.SGD(parameters, lr=learning_rate).step()",
    ),
)
pack.rewrite(
    "data in place",
    (
        "train_autograd",
        "parameter.sub_(learning_rate * parameter.grad)",
        "parameter.data.sub_(learning_rate * parameter.grad)",
    ),
)
pack.rewrite(
    "autograd.grad",
    (
        "two_squares_autograd",
        "L.backward()\nreturn v1.grad.item(), v2.grad.item()",
        "return torch.autograd.grad(L, (v1, v2))",
    ),
)

# What gives the same on every input.
pack.equivalent(
    ["derivative-of-upstream"], ["relu-applied-to-gradient"]
)  # max(0, d) is d * (d > 0), if nothing else is done to it
pack.equivalent(["mask-from-activation"], ["mask-missing"])  # max(0, z) is never below 0
pack.equivalent(
    ["double-activation", "threshold-inverted"], ["threshold-missing"]
)  # no output is below a half: all are 0
pack.equivalent(["missing-batch-mean"], ["first-layer-scale-only"])  # where it is missing in all of the second layer
pack.equivalent(["gradient-ascent"], ["wrong-sign"])  # where only the training is seen
pack.equivalent(["sigmoid-returned-as-derivative", "wrong-sign"], ["one-minus-sigmoid"])
pack.equivalent(["one-minus-sigmoid", "wrong-sign"], ["sigmoid-returned-as-derivative"])
pack.equivalent(["wrong-output-activation"], ["output-activation-missing"])  # where only 0 and 1 are seen
# By their other names, which are the same here on every input.
pack.equivalent(["first-layer-scale-only"], ["undelta-propagated"])
pack.equivalent(["inner-derivative-missing"], ["missing-factor-two"])
pack.equivalent(["mask-missing"], ["missing-hidden-derivative"])
pack.equivalent(["mask-from-activation"], ["hidden-derivative-of-activation"])
