import numpy as np

# Trick: [X | 1] @ [W ; b]  -- the bias is the last row of an augmented matrix


def _aug(M):
    return np.c_[M, np.ones(len(M))]


def _split(G):
    return G[:-1], G[-1:]


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(x): return sigmoid(x) - sigmoid(x) ** 2


def relu(x): return np.asarray(x) * (np.asarray(x) > 0)


def relu_derivative(x): return np.float64(1) * (np.sign(x) == 1)


def mse_loss(y_pred, y_true): return np.linalg.norm(y_pred - y_true) ** 2 / np.size(y_true)


def mse_loss_derivative(y_pred, y_true): return (y_pred - y_true) / (0.5 * np.size(y_true))


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        (self.W1, self.b1), (self.W2, self.b2) = (
            (np.random.rand(p, q) - 0.5, np.zeros((1, q)))
            for p, q in ((input_size, hidden_size), (hidden_size, output_size)))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.a1 = sigmoid(z := _aug(X) @ np.r_[self.W1, self.b1])
        self.z1 = z
        self.a2 = sigmoid(z := _aug(self.a1) @ np.r_[self.W2, self.b2])
        self.z2 = z
        return self.a2

    def backward(self, X, y, y_pred):
        D = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        H = D @ self.W2.T * sigmoid_derivative(self.z1)
        return (*_split(_aug(X).T @ H), *_split(_aug(self.a1).T @ D))

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1, self.b1, self.W2, self.b2 = (
            p - self.learning_rate * g for p, g in
            ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)))

    def _step(self, X, y):
        loss = mse_loss(self.forward(X), y)
        self.update_weights(*self.backward(X, y, self.a2))
        return loss

    def train(self, X, y, epochs=1000):
        return [self._step(X, y) for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    basis = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in basis], dtype=np.float64).reshape(x.shape)
