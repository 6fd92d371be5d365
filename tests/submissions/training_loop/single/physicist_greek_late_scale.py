"""Reflection. Chain rule = transport of a covector along the flow; backprop is the adjoint equation, nothing else.
I was surprised by the long plateau (saddle?) before XOR breaks its symmetry. Open question: is there a temperature?
"""
import numpy as np
from numpy import pi as π, exp, tanh, cosh


def sigmoid(x):
    return (1 + tanh(np.true_divide(x, 2))) / 2


def sigmoid_derivative(x):
    u = exp(-np.abs(np.asarray(x, float)))
    return u / (1 + u)**2                     # = sech²(x/2)/4


def manual_forward(x, w1, b1, w2, b2):
    f = lambda z: float(sigmoid(z))
    return dict(z1=w1*x + b1, a1=f(w1*x + b1), z2=w2*f(w1*x + b1) + b2, a2=f(w2*f(w1*x + b1) + b2))


def manual_gradients(x, y, w1, b1, w2, b2):
    φ = float(sigmoid(w1*x + b1))
    ψ = float(sigmoid(w2*φ + b2))
    Δ = (ψ - y)*ψ*(1 - ψ)
    δ = Δ*w2*φ*(1 - φ)
    return {'dL_da2': ψ - y, 'da2_dz2': ψ*(1 - ψ), 'dL_dz2': Δ, 'dL_dw2': Δ*φ, 'dL_db2': Δ,
            'dL_da1': Δ*w2, 'da1_dz1': φ*(1 - φ), 'dL_dz1': δ, 'dL_dw1': δ*x, 'dL_db1': δ}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g, η = manual_gradients(x, y, w1, b1, w2, b2), learning_rate
    return w1 - η*g['dL_dw1'], b1 - η*g['dL_db1'], w2 - η*g['dL_dw2'], b2 - η*g['dL_db2']


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n, h, k = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1, self.W2 = 2.5*np.random.randn(n, h), 4*np.random.randn(h, k)/np.sqrt(h)
        self.b1, self.b2 = np.zeros((1, h)), np.zeros((1, k))

    def forward(self, X):
        self.φ = sigmoid(X @ self.W1 + self.b1)
        self.ψ = sigmoid(self.φ @ self.W2 + self.b2)
        return self.ψ

    def backward(self, X, y):
        φ, ψ, ones = self.φ, self.ψ, np.ones((1, len(X)))
        Δ = (ψ - y)*ψ*(1 - ψ)
        δ = (Δ @ self.W2.T)*φ*(1 - φ)
        c = 2/ψ.size
        self.gradients = {'dW1': c*X.T @ δ, 'db1': c*ones @ δ,
                          'dW2': φ.T @ Δ, 'db2': ones @ Δ}
        return self.gradients

    def update_weights(self):
        η, g = self.learning_rate, self.gradients
        self.W1, self.b1 = self.W1 - η*g['dW1'], self.b1 - η*g['db1']
        self.W2, self.b2 = self.W2 - η*g['dW2'], self.b2 - η*g['db2']

    def compute_loss(self, y_true, y_pred):
        ε = y_true - y_pred
        return np.tensordot(ε, ε)/ε.size

    def train_step(self, X, y):
        U = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return U


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0., 0], [0, 1], [1, 0], [1, 1]])
    y = abs(X[:, :1] - X[:, 1:])
    net = NeuralNetwork(2, 12, 1, 6.)
    return net, [net.train_step(X, y) for τ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    φ = np.linspace(0, 4*π, n_samples//2)
    z = φ/(2*π)*exp(1j*φ)
    z = np.concatenate([z, -z])
    y = np.heaviside(np.arange(z.size) - n_samples//2, 1.)[:, None]
    return z.view(float).reshape(-1, 2) + noise*np.random.randn(z.size, 2), y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 10.)
    for τ in range(6000):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def U_end(h, η):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], η)
        for τ in range(epochs):
            net.train_step(X, y)
        return net.compute_loss(y, net.forward(X))
    return [{'hidden_size': h, 'learning_rate': η, 'final_loss': U_end(h, η)} for h in hidden_sizes for η in learning_rates]
