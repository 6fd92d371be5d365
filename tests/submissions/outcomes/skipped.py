"""What the outcome `skipped` looks like."""
import numpy as np


def relu(x):
    while True:
        pass
