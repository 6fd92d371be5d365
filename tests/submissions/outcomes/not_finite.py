"""What the outcome `not_finite` looks like."""
import numpy as np


def relu(x):
    return np.maximum(0, x) + np.nan
