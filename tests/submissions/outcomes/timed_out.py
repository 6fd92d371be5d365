"""What the outcome `timed_out` looks like."""
import numpy as np


def relu(x):
    while True:
        pass
