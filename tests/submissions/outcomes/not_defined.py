"""What the outcome `not_defined` looks like."""
import numpy as np


def rectify(x):
    return np.maximum(0, x)
