"""What the outcome `crashed` looks like."""
import numpy as np


def relu(x):
    import os
    os._exit(1)
