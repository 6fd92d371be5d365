"""The mistakes that students make here, as edits of the reference, and other right ways to write it."""

from __future__ import annotations

from .exercises import pack

FORWARD, COST, BACKWARD = "forward_propagation", "compute_cost", "backward_propagation"


def mistake(slug: str, hint: str, *edits: tuple[str, str, str]) -> None:
    for function, old, new in edits:
        pack.mistake(slug, function, old, new, hint=hint)


DW1, DW2 = "dZ1 @ X.T / m", 'dZ2 @ cache["A1"].T / m'
DB1, DB2 = "np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ2, axis=1, keepdims=True) / m"
DZ1, TANH = 'dA1 * (1 - cache["A1"] ** 2)', '1 - cache["A1"] ** 2'

mistake(
    "initial-weights-all-zero",
    "If all hidden units start alike, they stay alike.",
    ("initialize_parameters", "np.random.randn(n_h, n_x) * 0.01", "np.zeros((n_h, n_x))"),
)
mistake(
    "initial-weights-too-large",
    "The weights should start small, where the hidden units are not flat.",
    ("initialize_parameters", "np.random.randn(n_h, n_x) * 0.01", "np.random.randn(n_h, n_x)"),
)
# ------------------------------------------------------------------------------------------------ forward and cost
mistake(
    "bias-missing",
    "Each layer adds something of its own after the product with the weights.",
    (FORWARD, 'parameters["W1"] @ X + parameters["b1"]', 'parameters["W1"] @ X'),
    (FORWARD, 'parameters["W2"] @ A1 + parameters["b2"]', 'parameters["W2"] @ A1'),
)
mistake(
    "wrong-hidden-activation",
    "The hidden layer's activation function is another one here.",
    (FORWARD, "np.tanh(Z1)", "_sigmoid(Z1)"),
    (FORWARD, "np.tanh(Z1)", "np.maximum(0, Z1)"),
)
mistake(
    "output-activation-missing",
    "The outputs should lie between 0 and 1: something is still to be done with the last pre-activation.",
    (FORWARD, "_sigmoid(Z2)", "Z2"),
)
mistake(
    "sum-for-mean",
    "The cost is a mean over the samples: with twice as much of the same data it should stay the same.",
    (COST, "-np.mean(logprobs)", "-np.sum(logprobs)"),
)
mistake(
    "wrong-sign",
    "A logarithm of a probability is below zero, a cost above; and a gradient points to where the cost grows.",
    (COST, "-np.mean(logprobs)", "np.mean(logprobs)"),
    (BACKWARD, 'cache["A2"] - Y', 'Y - cache["A2"]'),
)
mistake(
    "cross-entropy-one-term",
    "Samples of the other label have their part in the cost too.",
    (COST, "Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "Y * np.log(A2)"),
)
mistake(
    "wrong-log-base",
    "Which logarithm is asked for?",
    (COST, "-np.mean(logprobs)", "-np.mean(logprobs) / np.log(2)"),
    (COST, "-np.mean(logprobs)", "-np.mean(logprobs) / np.log(10)"),
)
# -------------------------------------------------------------------------------------------------- backward pass
mistake(
    "extra-output-derivative",
    "With the cross-entropy the derivative of the output's sigmoid cancels.",
    (BACKWARD, 'cache["A2"] - Y', '(cache["A2"] - Y) * cache["A2"] * (1 - cache["A2"])'),
)
mistake(
    "missing-hidden-derivative",
    "A link of the chain is missing in the hidden layer: its outputs depend on its pre-activations through a function.",
    (BACKWARD, DZ1, "dA1"),
)
mistake(
    "sigmoid-derivative-for-tanh",
    "That is the derivative of the sigmoid in terms of its output; the hidden layer has another function here.",
    (BACKWARD, TANH, 'cache["A1"] * (1 - cache["A1"])'),
)
mistake(
    "hidden-derivative-from-raw-z",
    "This form of the derivative wants what came out of the hidden layer, not what went into its function.",
    (BACKWARD, TANH, '1 - cache["Z1"] ** 2'),
)
mistake(
    "hidden-derivative-of-activation",
    "The activation is there already: its function is not to be taken once more.",
    (BACKWARD, TANH, '1 - np.tanh(cache["A1"]) ** 2'),
)
mistake(
    "square-missing",
    "What is the derivative of the hyperbolic tangent, in terms of its own value?",
    (BACKWARD, TANH, '1 - cache["A1"]'),
)
mistake(
    "weights-omitted",
    "The gradient goes back through the same weights that the hidden units went through.",
    (BACKWARD, 'parameters["W2"].T @ dZ2', 'np.ones_like(parameters["W2"]).T @ dZ2'),
)
mistake(
    "pre-activation-for-activation",
    "A weight is multiplied by what came out of the layer before, after its function.",
    (BACKWARD, DW2, 'dZ2 @ cache["Z1"].T / m'),
)
mistake(
    "missing-batch-mean",
    "The cost is a mean over the samples, so each sample's part in its gradient gets smaller with more of them.",
    (BACKWARD, DW1, "dZ1 @ X.T"),
    (BACKWARD, DW2, 'dZ2 @ cache["A1"].T'),
    (BACKWARD, DB1, "np.sum(dZ1, axis=1, keepdims=True)"),
    (BACKWARD, DB2, "np.sum(dZ2, axis=1, keepdims=True)"),
)
pack.mistake(
    "missing-batch-mean", BACKWARD, "m = X.shape[1]", "m = 1",
    hint="The cost is a mean over the samples, so each sample's part in its gradient gets smaller with more of them.",
)  # fmt: skip
mistake(
    "divided-by-features",
    "The number of inputs has no part in the mean: look at which axis counts the samples.",
    (BACKWARD, "m = X.shape[1]", "m = X.shape[0]"),
)
mistake(
    "batch-mean-twice",
    "The mean over the batch is to be taken once.",
    (BACKWARD, 'cache["A2"] - Y', '(cache["A2"] - Y) / m'),
)
mistake(
    "bias-not-summed",
    "A bias has one number for a unit, whatever the number of samples.",
    (BACKWARD, DB1, "dZ1 / m"),
    (BACKWARD, DB2, "dZ2 / m"),
)
mistake(
    "bias-summed-to-scalar",
    "Each unit has a bias of its own: along which axis are the samples?",
    (BACKWARD, DB1, "np.sum(dZ1) / m"),
)
mistake(
    "bias-summed-over-wrong-axis",
    "A bias belongs to a unit: what is to be summed over?",
    (BACKWARD, DB1, "np.sum(dZ1, axis=0, keepdims=True) / m"),
)
# --------------------------------------------------------------------------------------------- update and predict
mistake(
    "gradient-ascent",
    "After a step the cost should be smaller: which way does the gradient point?",
    ("update_parameters", 'value - learning_rate * grads[f"d{name}"]', 'value + learning_rate * grads[f"d{name}"]'),
)
mistake(
    "learning-rate-missing",
    "How long is the step to be? Something that was handed in is not used.",
    ("update_parameters", 'value - learning_rate * grads[f"d{name}"]', 'value - grads[f"d{name}"]'),
)
mistake(
    "outputs-for-labels",
    "A prediction is a label: on which side of one half is the output?",
    ("predict", "return A2 > 0.5", "return A2"),
)

# ------------------------------------------------------------------------------------------------ other right ways
pack.rewrite("einsum", (BACKWARD, "dZ1 @ X.T", 'np.einsum("hm,nm->hn", dZ1, X)'))
pack.rewrite("cosh", (BACKWARD, TANH, '1 / np.cosh(cache["Z1"]) ** 2'))
pack.rewrite("mean", (BACKWARD, DB1, "np.mean(dZ1, axis=1, keepdims=True)"))
pack.rewrite("dot", (COST, "-np.mean(logprobs)", "-np.sum(logprobs) / Y.shape[1]"))
