"""The mistakes that students make here, as edits of the reference, and other right ways to write it."""

from __future__ import annotations

from .exercises import pack


def mistake(slug: str, hint: str, *edits: tuple[str, str, str]) -> None:
    for function, old, new in edits:
        pack.mistake(slug, function, old, new, hint=hint)


BACKPROP, STEP, SGD = "Network.backprop", "Network.update_mini_batch", "Network.SGD"
DELTA = "self.cost_derivative(activation, y) * sigmoid_prime(zs[-1])"
BACK = "(self.weights[layer].T @ delta) * sigmoid_prime(zs[layer - 1])"
INSIDE = "sigmoid_prime(zs[layer - 1])"
NABLA_W = "delta @ activations[layer].T"

mistake(
    "wrong-sign",
    "The sign is the wrong way round. Try one number by hand: should it grow or fall?",
    (
        "sigmoid",
        "t = np.exp(-np.abs(z))\nreturn np.where(np.asarray(z) >= 0, 1, t) / (1 + t)",
        "return 1 / (1 + np.exp(z))",
    ),
    ("sigmoid_prime", "s * (1 - s)", "s * (s - 1)"),
    ("Network.cost_derivative", "output_activations - y", "y - output_activations"),
)
mistake(
    "sigmoid-returned-as-derivative",
    "That is the sigmoid itself. How fast does it rise where its value is a half?",
    ("sigmoid_prime", "s * (1 - s)", "s"),
)
mistake(
    "derivative-of-activation-given-pre-activation",
    "The argument is the weighted input, before the sigmoid: it does not lie between 0 and 1.",
    ("sigmoid_prime", "sigmoid(z)", "z"),
)
mistake(
    "one-minus-sigmoid",
    "A factor is missing: far to the left the sigmoid is flat, so its derivative must go to 0 there too.",
    ("sigmoid_prime", "s * (1 - s)", "1 - s"),
)
mistake(
    "extra-factor-two",
    "The cost has a factor of one half: what is left of it once the square is differentiated?",
    ("Network.cost_derivative", "output_activations - y", "2 * (output_activations - y)"),
)
mistake(
    "bias-missing",
    "Each layer adds something of its own after the product with the weights.",
    ("Network.feedforward", "w @ a + b", "w @ a"),
    (BACKPROP, "w @ activation + b", "w @ activation"),
)
pack.mistake(
    "output-activation-missing",
    "Network.feedforward",
    "for b, w in zip(self.biases, self.weights, strict=True):\n    a = sigmoid(w @ a + b)",
    "for b, w in zip(self.biases[:-1], self.weights[:-1], strict=True):\n    a = sigmoid(w @ a + b)\n"
    "a = self.weights[-1] @ a + self.biases[-1]",
    hint="In every layer something is still to be done with the weighted input; in the last one too.",
)
mistake(
    "missing-output-derivative",
    "A link of the chain is missing in the last layer: the output depends on its weighted input through a function.",
    (BACKPROP, DELTA, "self.cost_derivative(activation, y)"),
)
mistake(
    "missing-hidden-derivative",
    "A link of the chain is missing before the last layer: activations depend on weighted inputs through a function.",
    (BACKPROP, BACK, "self.weights[layer].T @ delta"),
)
mistake(
    "hidden-derivative-of-activation",
    "This derivative wants the weighted input, not what came out of the layer.",
    (BACKPROP, INSIDE, "sigmoid_prime(activations[layer])"),
    (BACKPROP, "sigmoid_prime(zs[-1])", "sigmoid_prime(activation)"),
)
mistake(
    "derivative-of-the-wrong-layer",
    "Which layer's weighted input belongs to the error that you have just carried back?",
    (BACKPROP, INSIDE, "sigmoid_prime(zs[layer])"),
)
mistake(
    "weights-not-transposed",
    "An error goes back through the same weights, from the outputs to the inputs: look at the shapes.",
    (BACKPROP, BACK, "(self.weights[layer] @ delta) * sigmoid_prime(zs[layer - 1])"),
)
mistake(
    "weights-of-the-wrong-layer",
    "Which weights lead from the layer that you go back to, to the one that you come from?",
    (BACKPROP, BACK, "(self.weights[layer - 1].T @ delta) * sigmoid_prime(zs[layer - 1])"),
)
mistake(
    "pre-activation-for-activation",
    "A weight is multiplied by what came out of the layer before, after its function.",
    (BACKPROP, NABLA_W, "delta @ (zs[layer - 1] if layer else x).T"),
)
mistake(
    "own-output-for-input",
    "A layer's weights are multiplied by what comes into the layer, not by what it puts out.",
    (BACKPROP, NABLA_W, "delta @ activations[layer + 1].T"),
)
mistake(
    "gradient-transposed",
    "A gradient has the shape of its parameter.",
    (BACKPROP, NABLA_W, "activations[layer] @ delta.T"),
)
mistake(
    "elementwise-for-matmul",
    "Each weight has an error and an input of its own: every one of these with every one of those.",
    (BACKPROP, NABLA_W, "delta * activations[layer]"),
)
mistake(
    "gradients-swapped",
    "Look at the order of what is returned.",
    (BACKPROP, "return nabla_b, nabla_w", "return nabla_w, nabla_b"),
)
mistake(
    "layers-in-reverse-order",
    "The lists begin with the layer that comes first; you meet it last.",
    (BACKPROP, "return nabla_b, nabla_w", "return nabla_b[::-1], nabla_w[::-1]"),
)
B_STEP, W_STEP = "b - rate * each", "w - rate * each"
ASCENT = "After a step the cost should be smaller: which way does the gradient point?"
pack.mistake("gradient-ascent", STEP, B_STEP, "b + rate * each", hint=ASCENT, also=[(W_STEP, "w + rate * each")])
mistake("gradient-ascent", ASCENT, (STEP, B_STEP, "b + rate * each"), (STEP, W_STEP, "w + rate * each"))
mistake(
    "missing-batch-mean",
    "The step goes along the mean of the samples' gradients, not along their sum.",
    (STEP, "eta / count", "eta"),
    (STEP, B_STEP, "b - eta * each"),
    (STEP, W_STEP, "w - eta * each"),
)
mistake(
    "learning-rate-missing",
    "How long is the step to be? Something that was handed in is not used.",
    (STEP, "eta / count", "1 / count"),
    (STEP, B_STEP, "b - each / count"),
    (STEP, W_STEP, "w - each / count"),
)
pack.mistake(
    "last-sample-only",
    STEP,
    "[total + each for total, each in zip(sum_b, nabla_b, strict=True)]",
    "nabla_b",
    hint="Every sample of the mini-batch should have its part in the step.",
    also=[("[total + each for total, each in zip(sum_w, nabla_w, strict=True)]", "nabla_w")],
)
mistake(
    "biases-not-updated",
    "There are two lists of parameters; one of them stays as it was.",
    (STEP, "self.biases = [b - rate * each for b, each in zip(self.biases, sum_b, strict=True)]", "pass"),
)
mistake(
    "incomplete-batch-left-out",
    "The last samples of an epoch count too, where they are fewer than a mini-batch.",
    (SGD, "range(0, len(order), mini_batch_size)", "range(0, len(order) - mini_batch_size + 1, mini_batch_size)"),
)
mistake(
    "one-epoch-only",
    "How often should all samples be gone through?",
    (SGD, "range(epochs)", "range(1)"),
)

# s(-z) = 1 - s(z), so the sign in the sigmoid and either of these make the other.
pack.equivalent(["sigmoid-returned-as-derivative", "wrong-sign"], ["one-minus-sigmoid"])
pack.equivalent(["one-minus-sigmoid", "wrong-sign"], ["sigmoid-returned-as-derivative"])

# ------------------------------------------------------------------------------------------ other right ways
pack.rewrite("sigmoid by tanh", ("sigmoid", "t = np.exp(-np.abs(z))\nreturn np.where(np.asarray(z) >= 0, 1, t) / (1 + t)", "return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))"))  # fmt: skip
pack.rewrite("outer product", (BACKPROP, NABLA_W, "np.outer(delta, activations[layer])"))
pack.rewrite("dot", (BACKPROP, BACK, "np.dot(delta.T, self.weights[layer]).T * sigmoid_prime(zs[layer - 1])"))
pack.rewrite("step in two parts", (STEP, W_STEP, "w - each * eta / count"))
