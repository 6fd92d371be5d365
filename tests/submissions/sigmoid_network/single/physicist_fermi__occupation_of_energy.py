import numpy as np
from numpy import exp, float64, ndindex, zeros

# The logistic function is the Fermi-Dirac occupation at energy -x with kT = 1.
# d n / d x = n (1 - n)


def sigmoid(x):
    x = np.asarray(x, dtype=float64)
    return 0.5 * (1.0 + np.tanh(0.5 * x))   # same thing, never overflows


def sigmoid_derivative(x):
    n = np.asarray(x, dtype=float64)      # occupation
    hole = 1.0 - n
    return n * hole


def relu(x):
    x = np.asarray(x)
    return x * (x > 0)


def relu_derivative(x):
    # Heaviside step with H(0) = 0
    return np.heaviside(np.asarray(x, dtype=float64), 0.0)


def mse_loss(y_pred, y_true):
    r = np.subtract(y_pred, y_true)
    return (r * r).sum() / r.size


def mse_loss_derivative(y_pred, y_true):
    r = np.subtract(y_pred, y_true)
    return r * (2.0 / r.size)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rng = np.random.default_rng()
        sigma = 0.3
        self.learning_rate = learning_rate
        self.W1 = rng.normal(0.0, sigma, (input_size, hidden_size))
        self.W2 = rng.normal(0.0, sigma, (hidden_size, output_size))
        self.b1, self.b2 = zeros((1, hidden_size)), zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.einsum('ai,ij->aj', X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.einsum('aj,jk->ak', self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # a = sample, i = input, j = hidden, k = output
        g2 = mse_loss_derivative(y_pred, y) * self.a2 * (1 - self.a2)      # dE/dz2_ak
        g1 = np.einsum('ak,jk->aj', g2, self.W2) * self.a1 * (1 - self.a1)  # dE/dz1_aj
        dW2 = np.einsum('aj,ak->jk', self.a1, g2)
        dW1 = np.einsum('ai,aj->ij', X, g1)
        db2 = np.einsum('ak->k', g2)[None, :]
        db1 = np.einsum('aj->j', g1)[None, :]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        dt = self.learning_rate     # overdamped relaxation: dW/dt = -dE/dW
        self.W1 += -dt * dW1
        self.b1 += -dt * db1
        self.W2 += -dt * dW2
        self.b2 += -dt * db2

    def train(self, X, y, epochs=1000):
        E = []
        for t in range(epochs):
            out = self.forward(X)
            E.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return E


def numerical_gradient(f, x, h=1e-05):
    x0 = np.array(x, dtype=float64)
    grad = zeros(x0.shape)
    for idx in ndindex(x0.shape):
        e = zeros(x0.shape)
        e[idx] = h
        grad[idx] = (f(x0 + e) - f(x0 - e)) / (2.0 * h)
    return grad
