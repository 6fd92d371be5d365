"""Two-layer σ-network, index notation:  â_iκ = σ( Σ_j σ( Σ_a X_ia W1_aj + b1_j ) W2_jκ + b2_κ )."""
import numpy as np
from numpy import einsum, exp, logaddexp


def sigmoid(x):
    ξ = np.asarray(x, dtype=float)
    return exp(-logaddexp(0.0, -ξ))


def sigmoid_derivative(x):
    # σ'(ξ) = σ(ξ) σ(-ξ)
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def relu(x):
    return np.where(np.greater(x, 0), x, 0)


def relu_derivative(x):
    θ = np.heaviside(np.asarray(x, float), 0.0)   # Heaviside step, θ(0) = 0
    return θ


def mse_loss(y_pred, y_true):
    ε = y_pred - y_true
    return einsum('ik,ik->', ε, ε) / ε.size


def mse_loss_derivative(y_pred, y_true):
    ε = y_pred - y_true
    return (2.0 / ε.size) * ε


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        ρ = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = 0.1 * ρ.standard_normal((input_size, hidden_size))
        self.W2 = 0.1 * ρ.standard_normal((hidden_size, output_size))
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = einsum('ia,aj->ij', X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = einsum('ij,jk->ik', self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        α1 = self.a1
        δ2 = einsum('ik,ik,ik->ik', mse_loss_derivative(y_pred, y), y_pred, 1.0 - y_pred)
        δ1 = einsum('ik,jk,ij,ij->ij', δ2, self.W2, α1, 1.0 - α1)
        return (einsum('ia,ij->aj', X, δ1), einsum('ij->j', δ1)[np.newaxis],
                einsum('ij,ik->jk', α1, δ2), einsum('ik->k', δ2)[np.newaxis])

    def update_weights(self, dW1, db1, dW2, db2):
        η = self.learning_rate
        for θ, g in (('W1', dW1), ('b1', db1), ('W2', dW2), ('b2', db2)):
            setattr(self, θ, getattr(self, θ) - η * g)

    def train(self, X, y, epochs=1000):
        L = []
        for _ in range(epochs):
            ŷ = self.forward(X)
            L.append(mse_loss(ŷ, y))
            self.update_weights(*self.backward(X, y, ŷ))
        return L


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    ng = np.empty_like(x)
    for μ in np.ndindex(*x.shape):
        e_μ = np.zeros_like(x)
        e_μ[μ] = h
        ng[μ] = (f(x + e_μ) - f(x - e_μ)) / (2 * h)
    return ng
