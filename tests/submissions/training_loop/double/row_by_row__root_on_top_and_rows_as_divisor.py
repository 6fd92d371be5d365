"""From one weight worked out by hand to networks that learn exclusive or and two spirals.

NumPy, sigmoids in both layers, one sample a row. Sizes: m samples, n inputs, h hidden units, k outputs.

Reflection:
How does backpropagation enable neural networks to learn?
- It tells for every weight in which direction the loss falls, and all of that for the price of about two forward passes.
What challenges did you face in implementing backpropagation?
- np.outer and the shapes (1, h) of the biases.
"""

import math

import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    return 1 / (1 + np.exp(-np.asarray(x, dtype=np.float64)))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x."""
    e = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
    return e / (1 + e) ** 2


def manual_forward(x, w1, b1, w2, b2):
    """The forward pass of the smallest network."""
    z1 = w1 * x + b1
    a1 = 1 / (1 + math.exp(-z1))
    z2 = w2 * a1 + b2
    a2 = 1 / (1 + math.exp(-z2))
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    """Every derivative on the way back through the smallest network."""
    forward = manual_forward(x, w1, b1, w2, b2)
    a1 = forward["a1"]
    a2 = forward["a2"]
    gradients = {"dL_da2": a2 - y, "da2_dz2": a2 * (1 - a2)}
    gradients["dL_dz2"] = gradients["dL_da2"] * gradients["da2_dz2"]
    gradients["dL_dw2"] = gradients["dL_dz2"] * a1
    gradients["dL_db2"] = gradients["dL_dz2"]
    gradients["dL_da1"] = gradients["dL_dz2"] * w2
    gradients["da1_dz1"] = a1 * (1 - a1)
    gradients["dL_dz1"] = gradients["dL_da1"] * gradients["da1_dz1"]
    gradients["dL_dw1"] = gradients["dL_dz1"] * x
    gradients["dL_db1"] = gradients["dL_dz1"]
    return gradients


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    """One step of gradient descent of the smallest network."""
    gradients = manual_gradients(x, y, w1, b1, w2, b2)
    new_w1 = w1 - learning_rate * gradients["dL_dw1"]
    new_b1 = b1 - learning_rate * gradients["dL_db1"]
    new_w2 = w2 - learning_rate * gradients["dL_dw2"]
    new_b2 = b2 - learning_rate * gradients["dL_db2"]
    return new_w1, new_b1, new_w2, new_b2


class NeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2)."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 2.0
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        # both deltas for all samples
        count = y.shape[0] * y.shape[1]
        delta2 = 2 * (self.a2 - y) * sigmoid_derivative(self.z2) / count
        delta1 = delta2.dot(self.W2.T) * sigmoid_derivative(self.z1)

        # the gradient, unit by unit
        dW1 = np.zeros_like(self.W1)
        db1 = np.zeros_like(self.b1)
        for j in range(self.W1.shape[1]):
            dW1[:, j] = X.T.dot(delta1[:, j])
            db1[0, j] = delta1[:, j].sum()

        dW2 = np.zeros_like(self.W2)
        db2 = np.zeros_like(self.b2)
        for j in range(self.W2.shape[1]):
            dW2[:, j] = self.a1.T.dot(delta2[:, j])
            db2[0, j] = delta2[:, j].sum()

        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.learning_rate * self.gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * self.gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * self.gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        total = 0.0
        for target, prediction in zip(y_true, y_pred):
            # one row each
            total += np.sum((target - prediction) ** 2)
        loss = total / len(y_true)
        return math.sqrt(loss)

    def train_step(self, X, y):
        prediction = self.forward(X)
        loss = self.compute_loss(y, prediction)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    """Trains a NeuralNetwork on exclusive or."""
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    net = NeuralNetwork(2, 8, 1, 7.0)
    losses = []
    while len(losses) < 3000:
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    """Points on two arms of a spiral."""
    X = np.zeros((n_samples, 2))
    y = np.zeros((n_samples, 1))
    half = n_samples // 2
    for i in range(half):
        t = 4 * math.pi * i / (half - 1)
        r = t / (2 * math.pi)
        X[i] = r * math.cos(t), r * math.sin(t)
        X[half + i] = r * math.cos(t + math.pi), r * math.sin(t + math.pi)
        y[half + i] = 1.0
    X = X + np.random.randn(n_samples, 2) * noise
    return X, y


def train_spiral(X, y):
    """Trains a NeuralNetwork to tell two spirals apart."""
    net = NeuralNetwork(2, 40, 1, 10.0)
    epochs = 15000
    for epoch in range(epochs):
        # the loss is not needed here, so no train_step
        net.forward(X)
        net.backward(X, y)
        net.update_weights()
        if epoch % 500 == 499:
            right = np.mean((net.forward(X) > 0.5) == (y > 0.5))
            if right > 0.97:
                break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    """Trains a network for each pair of a hidden size and a learning rate."""
    results = []
    for learning_rate in learning_rates:
        for hidden_size in hidden_sizes:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            for epoch in range(epochs):
                final_loss = net.train_step(X, y)
            results.append({
                "hidden_size": hidden_size,
                "learning_rate": learning_rate,
                "final_loss": final_loss,
            })
    return results
