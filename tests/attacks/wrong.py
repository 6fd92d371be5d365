"""A hand-in with next to nothing in it; what wants points has it as its base."""

import numpy as np


def relu(x):
    return x * 0.1
