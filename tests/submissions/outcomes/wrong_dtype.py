"""What the outcome `wrong_dtype` looks like."""
import numpy as np


def relu(x):
    return np.maximum(0, x).astype(complex)
