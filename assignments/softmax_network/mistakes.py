"""The mistakes that students make here, as edits of the reference, and other right ways to write it."""

from __future__ import annotations

from .exercises import pack

LOSS = "TwoLayerNet.loss"


def mistake(slug: str, hint: str, *edits: tuple[str, str, str]) -> None:
    for function, old, new in edits:
        pack.mistake(slug, function, old, new, hint=hint)


def in_loss(slug: str, hint: str, *edits: tuple[str, str]) -> None:
    mistake(slug, hint, *((LOSS, old, new) for old, new in edits))


DSCORES, MASK = "dscores / count", "dhidden * (hidden > 0)"

# ------------------------------------------------------------------------------------------------ scores and loss
in_loss(
    "bias-missing",
    "Each layer adds something of its own after the product with the weights.",
    ("X @ W1 + b1", "X @ W1"),
    ("hidden @ W2 + b2", "hidden @ W2"),
)
in_loss(
    "activation-missing",
    "The hidden layer needs its activation function: without it two layers are no more than one.",
    ("np.maximum(0, X @ W1 + b1)", "X @ W1 + b1"),
)
in_loss(
    "double-activation",
    "Scores may be below zero: the last layer has no activation function of this kind.",
    ("hidden @ W2 + b2", "np.maximum(0, hidden @ W2 + b2)"),
)
in_loss(
    "sum-for-mean",
    "The loss is a mean over the samples: with twice as much of the same data it should stay the same.",
    ("-np.mean(log_p[rows, y])", "-np.sum(log_p[rows, y])"),
)
in_loss(
    "wrong-sign",
    "A logarithm of a probability is below zero, a loss above.",
    ("-np.mean(log_p[rows, y])", "np.mean(log_p[rows, y])"),
    ("dscores[rows, y] -= 1", "dscores[rows, y] += 1"),
)
in_loss(
    "softmax-over-batch",
    "Each sample has probabilities of its own that add up to one: along which axis?",
    (
        "shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))",
        "shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))",
    ),
)
in_loss(
    "unclipped-log",
    "The exponential of a large score is too large for any number. What may be taken from all scores of a sample?",
    ("scores - np.max(scores, axis=1, keepdims=True)", "scores"),
)
in_loss(
    "regularization-halved",
    "A factor of one half belongs to another convention; here the squares are added without it.",
    ("reg * (np.sum(W1 * W1) + np.sum(W2 * W2))", "0.5 * reg * (np.sum(W1 * W1) + np.sum(W2 * W2))"),
    ("2 * reg * W1", "reg * W1"),
    ("2 * reg * W2", "reg * W2"),
)
in_loss(
    "regularization-missing",
    "Something that was handed in to keep the weights small is not used everywhere.",
    ("data_loss + penalty", "data_loss"),
    ("X.T @ dhidden + 2 * reg * W1", "X.T @ dhidden"),
    ("hidden.T @ dscores + 2 * reg * W2", "hidden.T @ dscores"),
)
in_loss(
    "first-layer-not-regularized",
    "The weights of both layers are to be kept small.",
    ("np.sum(W1 * W1) + np.sum(W2 * W2)", "np.sum(W2 * W2)"),
)
in_loss(
    "biases-regularized",
    "Biases have no part in the regularization.",
    ("np.sum(W1 * W1) + np.sum(W2 * W2)", "np.sum(W1 * W1) + np.sum(W2 * W2) + np.sum(b1 * b1) + np.sum(b2 * b2)"),
    ("np.sum(dhidden, axis=0)", "np.sum(dhidden, axis=0) + 2 * reg * b1"),
    ("np.sum(dscores, axis=0)", "np.sum(dscores, axis=0) + 2 * reg * b2"),
)

# -------------------------------------------------------------------------------------------------------- gradients
in_loss(
    "missing-batch-mean",
    "The loss is a mean over the samples, so each sample's part in its gradient gets smaller with more of them.",
    (DSCORES, "dscores"),
)
in_loss(
    "divided-by-outputs",
    "The mean is over the samples, not over the classes.",
    (DSCORES, "dscores / dscores.shape[1]"),
    (DSCORES, "dscores / dscores.size"),
)
in_loss(
    "right-class-not-subtracted",
    "The derivative by the score of a sample's own class is another than by the rest.",
    ("dscores[rows, y] -= 1", "pass"),
)
in_loss(
    "mask-missing",
    "A hidden unit that gives zero lets no gradient through.",
    (MASK, "dhidden"),
)
in_loss(
    "mask-inverted",
    "Which hidden units let a gradient through: those that gave something, or those that gave zero?",
    (MASK, "dhidden * (hidden <= 0)"),
)
in_loss(
    "relu-applied-to-gradient",
    "What lets a gradient through is whether the hidden unit was above zero, not whether the gradient is.",
    (MASK, "np.maximum(0, dhidden)"),
)
in_loss(
    "weights-omitted",
    "The gradient goes back through the same weights that the hidden units went through.",
    ("dscores @ W2.T", "dscores @ np.ones_like(W2.T)"),
)
in_loss(
    "bias-mean-for-sum",
    "The mean over the samples is in there already: each sample adds its part to a bias.",
    ("np.sum(dhidden, axis=0)", "np.mean(dhidden, axis=0)"),
    ("np.sum(dscores, axis=0)", "np.mean(dscores, axis=0)"),
)
in_loss(
    "bias-summed-over-wrong-axis",
    "A bias belongs to a unit: what is to be summed over?",
    ("np.sum(dhidden, axis=0)", "np.sum(dhidden, axis=1)"),
    ("np.sum(dscores, axis=0)", "np.sum(dscores, axis=1)"),
)
in_loss(
    "bias-not-summed",
    "A bias has one number for a unit, whatever the number of samples.",
    ("np.sum(dhidden, axis=0)", "dhidden"),
    ("np.sum(dscores, axis=0)", "dscores"),
)

# ------------------------------------------------------------------------------------------------- step and predict
STEP = "self.params[name] - learning_rate * grads[name]"
mistake(
    "gradient-ascent",
    "After a step the loss should be smaller: which way does the gradient point?",
    ("TwoLayerNet.step", STEP, "self.params[name] + learning_rate * grads[name]"),
)
mistake(
    "learning-rate-missing",
    "How long is the step to be? Something that was handed in is not used.",
    ("TwoLayerNet.step", STEP, "self.params[name] - grads[name]"),
)
mistake(
    "largest-over-samples",
    "Each sample gets the class of its largest score: along which axis?",
    ("TwoLayerNet.predict", "np.argmax(self.loss(X), axis=1)", "np.argmax(self.loss(X), axis=0)"),
)

# Where scores are in the thousands, each of these makes the loss infinite.
pack.equivalent(["softmax-over-batch", "wrong-sign"], ["unclipped-log"])
pack.equivalent(["unclipped-log", "wrong-sign"], ["softmax-over-batch"])

# ------------------------------------------------------------------------------------------------- other right ways
pack.rewrite("einsum", (LOSS, "X.T @ dhidden", 'np.einsum("mn,mh->nh", X, dhidden)'))
pack.rewrite("norms", (LOSS, "np.sum(W1 * W1) + np.sum(W2 * W2)", "np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2"))
pack.rewrite("sum over count", (LOSS, "-np.mean(log_p[rows, y])", "np.sum(-log_p[rows, y]) / count"))
pack.rewrite("where", (LOSS, MASK, "np.where(hidden > 0, dhidden, 0.0)"))
