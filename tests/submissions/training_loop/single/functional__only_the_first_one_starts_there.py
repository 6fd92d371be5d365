"""Backpropagation, as little state as the class allows.

What is the role of the chain rule? The backward pass is a fold over the layers.
What questions do you still have? Whether a second hidden layer would make the spirals easier.
"""
import functools
import itertools

import numpy as np


def sigmoid(x):
    return np.divide(
        1.0,
        1.0 + np.exp(
            np.clip(
                np.negative(np.asarray(x, dtype=float)),
                None,
                700.0,
            )
        ),
    )


def sigmoid_derivative(x):
    return (lambda s: s * (1.0 - s))(sigmoid(x))


def affine(w, b, a):
    return a @ w + b if np.ndim(w) else w * a + b


def manual_forward(x, w1, b1, w2, b2):
    z1 = affine(w1, b1, x)
    z2 = affine(w2, b2, sigmoid(z1))
    return {
        "z1": z1,
        "a1": sigmoid(z1),
        "z2": z2,
        "a2": sigmoid(z2),
    }


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    local = (
        f["a2"] - y,
        sigmoid_derivative(f["z2"]),
        w2,
        sigmoid_derivative(f["z1"]),
    )
    dL_da2, dL_dz2, dL_da1, dL_dz1 = itertools.accumulate(
        local,
        lambda upstream, link: upstream * link,
    )
    return {
        "dL_da2": dL_da2,
        "da2_dz2": local[1],
        "dL_dz2": dL_dz2,
        "dL_dw2": dL_dz2 * f["a1"],
        "dL_db2": dL_dz2,
        "dL_da1": dL_da1,
        "da1_dz1": local[3],
        "dL_dz1": dL_dz1,
        "dL_dw1": dL_dz1 * x,
        "dL_db1": dL_dz1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    step = functools.partial(
        lambda grads, name, value: value - learning_rate * grads["dL_d" + name],
        manual_gradients(x, y, w1, b1, w2, b2),
    )
    return (
        step("w1", w1),
        step("b1", b1),
        step("w2", w2),
        step("b2", b2),
    )


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-3.0, 3.0, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-1.0, 1.0, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.activations = list(
            itertools.accumulate(
                (
                    (self.W1, self.b1),
                    (self.W2, self.b2),
                ),
                lambda a, layer: sigmoid(affine(*layer, a)),
                initial=X,
            )
        )
        return self.activations[-1]

    def backward(self, X, y):
        _, a1, a2 = self.activations
        delta2 = (
            2.0
            * (a2 - y)
            / y.size
            * a2
            * (1.0 - a2)
        )
        delta1 = (
            (delta2 @ self.W2.T)
            * a1
            * (1.0 - a1)
        )
        column_sum = functools.partial(np.sum, axis=0, keepdims=True)
        self.gradients = {
            "dW1": X.T @ delta1,
            "db1": column_sum(delta1),
            "dW2": a1.T @ delta2,
            "db2": column_sum(delta2),
        }
        return self.gradients

    def update_weights(self):
        vars(self).update(
            {
                name: vars(self)[name] - self.learning_rate * self.gradients["d" + name]
                for name in ("W1", "b1", "W2", "b2")
            }
        )

    def compute_loss(self, y_true, y_pred):
        return np.mean(
            (
                y_true
                - y_pred
            )
            ** 2
        )

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def last_loss(net, X, y, epochs):
    return functools.reduce(
        lambda _, epoch: net.train_step(X, y),
        range(epochs),
        None,
    )


def train_xor(seed):
    np.random.seed(seed)
    X = np.array(
        list(
            itertools.product(
                (0.0, 1.0),
                repeat=2,
            )
        )
    )
    y = X.sum(axis=1, keepdims=True) % 2
    net = NeuralNetwork(2, 8, 1, learning_rate=3.0)
    return net, [
        net.train_step(X, y)
        for _ in range(4000)
    ]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0.0, 4.0 * np.pi, n_samples // 2)
    arm0, arm1 = (
        np.transpose(
            [
                t / (2.0 * np.pi) * np.cos(t + turn),
                t / (2.0 * np.pi) * np.sin(t + turn),
            ]
        )
        for turn in (0.0, np.pi)
    )
    return (
        np.vstack([arm0, arm1]) + np.random.normal(0.0, noise, (n_samples, 2)),
        np.vstack([np.zeros((len(t), 1)), np.ones((len(t), 1))]),
    )


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=2.5)
    net.W1 = np.random.normal(0.0, 5.0, (2, 64))
    net.b1 = np.random.normal(0.0, 5.0, (1, 64))
    for _ in range(1000):
        for rows in np.array_split(np.random.permutation(len(X)), 18):
            net.train_step(X[rows], y[rows])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    np.random.seed(seed)
    return [
        {
            "hidden_size": hidden_size,
            "learning_rate": learning_rate,
            "final_loss": last_loss(
                NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate),
                X,
                y,
                epochs,
            ),
        }
        for hidden_size, learning_rate in itertools.product(hidden_sizes, learning_rates)
    ]
