"""
Model:   M = S([1, S([1, X] B1)] B2),     B = rbind(b, W)
Scores by vec(AXB) = (B' (x) A) vec(X).
"""
import numpy as np


def vec(A):
    return A.reshape(-1, 1, order="F")


def unvec(v, shape):
    return v.reshape(shape, order="F")


def intercept(X):
    return np.column_stack([np.ones(len(X)), X])


def sigmoid(x):
    # inverse logit, on the log scale
    return np.exp(-np.logaddexp(0.0, np.negative(x)))


def sigmoid_derivative(x):
    prob = sigmoid(x)
    odds_against = sigmoid(np.negative(x))
    return prob * odds_against


def relu(x):
    return (np.abs(x) + x) / 2


def relu_derivative(x):
    return (np.sign(x) > 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    return np.average(np.power(y_true - y_pred, 2))


def mse_loss_derivative(y_pred, y_true):
    residuals = y_true - y_pred
    return -2 * residuals / residuals.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        p, q, r = input_size, hidden_size, output_size
        self.W1 = np.random.normal(0, 0.3, (p, q))
        self.b1 = np.zeros((1, q))
        self.W2 = np.random.normal(0, 0.3, (q, r))
        self.b2 = np.zeros((1, r))
        self.learning_rate = learning_rate

    def _coefficients(self):
        return np.vstack([self.b1, self.W1]), np.vstack([self.b2, self.W2])

    def forward(self, X):
        B1, B2 = self._coefficients()
        self.z1 = intercept(X) @ B1
        self.a1 = sigmoid(self.z1)
        self.z2 = intercept(self.a1) @ B2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        B1, B2 = self._coefficients()
        H0, H1 = intercept(X), intercept(self.a1)
        m, r = y.shape
        q = self.a1.shape[1]
        # diagonal variance matrices of the two "binomial" layers
        V2 = np.diagflat(vec(y_pred * (1 - y_pred)))
        V1 = np.diagflat(vec(self.a1 * (1 - self.a1)))
        score2 = V2 @ vec(y_pred - y) * (2 / (m * r))
        J2 = np.kron(np.eye(r), H1)                  # d vec(Z2) / d vec(B2)
        Jh = np.kron(B2[1:].T, np.eye(m))            # d vec(Z2) / d vec(A1)
        J1 = np.kron(np.eye(q), H0)                  # d vec(Z1) / d vec(B1)
        G2 = unvec(J2.T @ score2, B2.shape)
        G1 = unvec(J1.T @ V1 @ Jh.T @ score2, B1.shape)
        return G1[1:], G1[:1], G2[1:], G2[:1]

    def update_weights(self, dW1, db1, dW2, db2):
        step = -self.learning_rate
        self.W1 = self.W1 + step * dW1
        self.b1 = self.b1 + step * db1
        self.W2 = self.W2 + step * dW2
        self.b2 = self.b2 + step * db2

    def train(self, X, y, epochs=1000):
        risk = []
        for iteration in range(epochs):
            fitted = self.forward(X)
            risk += [mse_loss(fitted, y)]
            score = self.backward(X, y, fitted)
            self.update_weights(*score)
        return risk


def numerical_gradient(f, x, h=1e-05):
    theta = np.asarray(x).astype(np.float64)
    out = np.zeros_like(theta)
    it = np.nditer(theta, flags=["multi_index", "zerosize_ok"])
    while not it.finished:
        j = it.multi_index
        up, lo = theta.copy(), theta.copy()
        up[j] += h
        lo[j] -= h
        out[j] = (f(up) - f(lo)) / (2.0 * h)
        it.iternext()
    return out
