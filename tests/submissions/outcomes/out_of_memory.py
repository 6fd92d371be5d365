"""What the outcome `out_of_memory` looks like."""
import numpy as np


def relu(x):
    return np.zeros(1 << 40) + x
