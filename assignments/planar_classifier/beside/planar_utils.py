"""What the exercises use: the sigmoid, data of two classes in the plane, and a picture of what a model predicts."""

import numpy as np


def sigmoid(x):
    """The logistic function, element by element."""
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(x))


def load_planar_dataset(samples=400, petals=4):
    """Points on a flower, X (2, samples), whose petals are of class 0 and 1 by turns, Y (1, samples)."""
    rng = np.random.default_rng(1)
    angle = np.linspace(0, 2 * np.pi, samples, endpoint=False)
    radius = 4 * np.sin(petals * angle) + 0.2 * rng.standard_normal(samples)
    labels = (np.sin(petals * angle) > 0).astype(int)
    return np.vstack([radius * np.cos(angle), radius * np.sin(angle)]), labels[np.newaxis]


def plot_decision_boundary(model, X, y):
    """Draws the labels that model gives to points (samples, 2), and the data."""
    import matplotlib.pyplot as plt

    edges = [np.linspace(row.min() - 1, row.max() + 1, 80) for row in X]
    xx, yy = np.meshgrid(*edges)
    Z = np.asarray(model(np.column_stack([xx.ravel(), yy.ravel()])), float)
    plt.contourf(xx, yy, Z.reshape(xx.shape))
    plt.scatter(*X, c=np.ravel(y))
