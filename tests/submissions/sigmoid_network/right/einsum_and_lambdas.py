import numpy as np

_as_f = lambda v: np.asarray(v, dtype=float)


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -_as_f(x)))


def sigmoid_derivative(x):
    z = _as_f(x)
    # sigma(z) * sigma(-z)
    return sigmoid(z) * sigmoid(-z)


relu = lambda x: np.maximum(x, 0)
relu_derivative = lambda x: np.heaviside(_as_f(x), 0.0)


def mse_loss(y_pred, y_true):
    r = y_pred - y_true
    return np.einsum("ij,ij->", r, r) / r.size


def mse_loss_derivative(y_pred, y_true):
    r = y_pred - y_true
    return r * (2 / r.size)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        g = np.random.default_rng()
        self.W1 = g.normal(0, .1, (input_size, hidden_size))
        self.W2 = g.normal(0, .1, (hidden_size, output_size))
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.einsum("mn,nh->mh", X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.einsum("mh,hk->mk", self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g2 = np.einsum("mk,mk->mk", mse_loss_derivative(y_pred, y), sigmoid_derivative(self.z2))
        g1 = np.einsum("mk,hk,mh->mh", g2, self.W2, sigmoid_derivative(self.z1))
        return (np.einsum("mn,mh->nh", X, g1),
                np.einsum("mh->h", g1)[None],
                np.einsum("mh,mk->hk", self.a1, g2),
                np.einsum("mk->k", g2)[None])

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1, self.b1 = self.W1 - eta * dW1, self.b1 - eta * db1
        self.W2, self.b2 = self.W2 - eta * dW2, self.b2 - eta * db2

    def train(self, X, y, epochs=1000):
        hist = []
        for _ in range(epochs):
            out = self.forward(X)
            hist.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return hist


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    E = h * np.eye(x.size).reshape((x.size,) + x.shape)
    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in E]).reshape(x.shape)
