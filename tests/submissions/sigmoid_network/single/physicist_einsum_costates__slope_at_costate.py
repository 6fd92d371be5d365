"""Backprop read as an adjoint method: lam = dC/d(state), mu = dC/d(field).

Index convention throughout:
    s  sample      i  input      j  hidden spin      k  output spin
"""
import numpy as np

contract = np.einsum


def sigmoid(x):
    # Fermi function, written with tanh so nothing can overflow
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, float)))


def sigmoid_derivative(x):
    return 0.25 * (1.0 - np.tanh(0.5 * np.asarray(x, float)) ** 2)


def relu(x):
    x = np.asarray(x)
    return x * (x > 0)


def relu_derivative(x):
    return np.heaviside(np.asarray(x, float), 0.0)


def mse_loss(y_pred, y_true):
    eps = np.asarray(y_pred) - np.asarray(y_true)
    return contract("sk,sk->", eps, eps) / eps.size


def mse_loss_derivative(y_pred, y_true):
    eps = np.asarray(y_pred) - np.asarray(y_true)
    return (2.0 / eps.size) * eps


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = rng.normal(0.0, 0.3, (input_size, hidden_size))
        self.W2 = rng.normal(0.0, 0.3, (hidden_size, output_size))
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = contract("si,ij->sj", X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = contract("sj,jk->sk", self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # terminal condition of the adjoint equation
        lam2 = mse_loss_derivative(y_pred, y)
        # susceptibility of every spin at its working point
        chi2 = sigmoid_derivative(self.z2)
        mu2 = chi2 * lam2

        # integrate the costate one step backwards
        lam1 = contract("jk,sk->sj", self.W2, mu2)
        chi1 = sigmoid_derivative(lam1)
        mu1 = chi1 * lam1

        return (
            contract("si,sj->ij", X, mu1),
            contract("sj->j", mu1)[None, :],
            contract("sj,sk->jk", self.a1, mu2),
            contract("sk->k", mu2)[None, :],
        )

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * dW1
        self.b1 = self.b1 - eta * db1
        self.W2 = self.W2 - eta * dW2
        self.b2 = self.b2 - eta * db2

    def train(self, X, y, epochs=1000):
        energy = np.empty(epochs)
        for t in range(epochs):
            out = self.forward(X)
            energy[t] = mse_loss(out, y)
            self.update_weights(*self.backward(X, y, out))
        return energy.tolist()


def numerical_gradient(f, x, h=1e-05):
    x0 = np.array(x, dtype=np.float64)
    basis = np.eye(x0.size).reshape((x0.size,) + x0.shape)
    slopes = [(f(x0 + h * e) - f(x0 - h * e)) / (2.0 * h) for e in basis]
    return np.array(slopes, dtype=np.float64).reshape(x0.shape)
