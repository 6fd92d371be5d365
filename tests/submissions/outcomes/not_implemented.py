"""What the outcome `not_implemented` looks like."""
import numpy as np


def relu(x):
    raise NotImplementedError
