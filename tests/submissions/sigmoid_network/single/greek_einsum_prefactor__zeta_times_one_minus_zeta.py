"""Notation (Skript Kap. 4):  ζ = Vorstufe, α = Aktivierung, λ = 2/(mk)."""
import numpy as np


def sigmoid(x):
    ζ = np.asarray(x, dtype=float)
    ε = np.exp(-np.abs(ζ))
    return np.where(ζ >= 0, 1.0, ε) / (1.0 + ε)


def sigmoid_derivative(x):
    α = sigmoid(x)
    return α * (1 - α)


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    Δ = y_pred - y_true
    return np.einsum("ik,ik", Δ, Δ) / Δ.size


def mse_loss_derivative(y_pred, y_true):
    λ = 2.0 / y_pred.size
    return λ * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        γ = np.random.default_rng(0)
        self.W1 = γ.normal(0, 0.2, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = γ.normal(0, 0.2, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.einsum("ia,aj->ij", X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.einsum("ij,jk->ik", self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        ζ1, α1, α2 = self.z1, self.a1, y_pred
        λ = 2.0 / y.size
        # λ comes in at the very end
        δ2 = (α2 - y) * α2 * (1 - α2)
        δ1 = np.einsum("ik,jk,ij,ij->ij", δ2, self.W2, ζ1, 1 - ζ1)
        dW1 = λ * np.einsum("ia,ij->aj", X, δ1)
        dW2 = λ * np.einsum("ij,ik->jk", α1, δ2)
        db1 = λ * np.einsum("ij->j", δ1)[None, :]
        db2 = λ * np.einsum("ik->k", δ2)[None, :]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        η = self.learning_rate
        self.W1 = self.W1 - η * dW1
        self.b1 = self.b1 - η * db1
        self.W2 = self.W2 - η * dW2
        self.b2 = self.b2 - η * db2

    def train(self, X, y, epochs=1000):
        Λ = []
        for τ in range(epochs):
            α2 = self.forward(X)
            Λ.append(float(mse_loss(α2, y)))
            self.update_weights(*self.backward(X, y, α2))
        return Λ


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for μ in np.ndindex(x.shape):
        ε = np.zeros_like(x)
        ε[μ] = h
        g[μ] = (f(x + ε) - f(x - ε)) / (2 * h)
    return g
