"""What the outcome `wrong_value` looks like."""
import numpy as np


def relu(x):
    return np.maximum(0.5, x)
