import numpy as np
from dataclasses import dataclass, field


@dataclass
class History:
    values: list = field(default_factory=list)

    def __call__(self, prediction, target):
        self.values.append(float(np.mean((prediction - target) ** 2)))


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    t = np.exp(-abs(x))
    return (1 * (x >= 0) + t * (x < 0)) / (1 + t)


def sigmoid_derivative(a):
    return np.asarray(a) * (1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    history = History()
    for _ in range(iterations):
        hidden = sigmoid(np.einsum("ij,jk", X, W1) + b1)
        prediction = sigmoid(np.einsum("ij,jk", hidden, W2) + b2)
        history(prediction, y)
        local2 = (prediction - y) * sigmoid_derivative(prediction)
        local1 = np.einsum("ik,jk,ij->ij", local2, W2, sigmoid_derivative(hidden))
        W1 = W1 - learning_rate * np.einsum("si,sj->ij", X, local1)
        b1 = b1 - learning_rate * np.einsum("sj->j", local1)
        W2 = W2 - learning_rate * np.einsum("si,sj->ij", hidden, local2)
        b2 = b2 - learning_rate * np.einsum("sj->j", local2)
    return W1, b1, W2, b2, history.values


np.random.seed(1)
W1, b1 = np.random.rand(3, 4), np.random.rand(1, 4)
W2, b2 = np.random.rand(4, 1), np.random.rand(1, 1)
X = np.array([(0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1)])
y = np.array([(0,), (1,), (1,), (0,)])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
