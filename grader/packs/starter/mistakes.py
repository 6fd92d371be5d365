"""The mistakes that students make, as edits of the reference, and other right ways to write it.

A slug stands for one misunderstanding. Each edit names a function, an expression that stands in it exactly once, and
what students write there; the hint helps without giving that line away.
"""

from .exercises import pack

pack.mistake(
    "missing-half",
    "squared_error",
    "np.mean(difference**2) / 2",
    "np.mean(difference**2)",
    hint="A factor of the definition is missing: compute the loss of one sample by hand.",
)
pack.mistake(
    "missing-batch-mean",
    "squared_error_gradient",
    "inputs.T @ difference / len(targets)",
    "inputs.T @ difference",
    hint="The loss is a mean: with twice as much of the same data, its gradient should stay the same.",
)
pack.mistake(
    "wrong-sign",
    "squared_error_gradient",
    "inputs @ weights - targets",
    "targets - inputs @ weights",
    hint="The gradient points to where the loss grows. Try one sample by hand.",
)

# No answer may change by these: they show that the tolerance has room for other right ways.
pack.rewrite("a sum", ("squared_error", "np.mean(difference**2)", "np.sum(difference**2) / len(difference)"))
pack.rewrite(
    "by einsum",
    ("squared_error_gradient", "inputs.T @ difference", 'np.einsum("mn,m->n", inputs, difference)'),
)
