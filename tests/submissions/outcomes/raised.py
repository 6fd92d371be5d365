"""What the outcome `raised` looks like."""
import numpy as np


def relu(x):
    y = x / 2
    return x[100000]
