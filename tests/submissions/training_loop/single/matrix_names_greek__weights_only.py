"""Reflection: δ is all you need. Two spirals: sin and cos made me think more than the network."""
import numpy as np

π = np.pi


def sigmoid(x):
    ξ = np.asarray(x, float)
    return np.exp(-np.logaddexp(0.0, -ξ))


def sigmoid_derivative(x):
    σ = sigmoid(x)
    return σ * (1 - σ)


def manual_forward(x, w1, b1, w2, b2):
    ζ1 = w1 * x + b1
    α1 = sigmoid(ζ1)
    ζ2 = w2 * α1 + b2
    return {"z1": ζ1, "a1": α1, "z2": ζ2, "a2": sigmoid(ζ2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    ζ1, α1, ζ2, α2 = manual_forward(x, w1, b1, w2, b2).values()
    ε = α2 - y
    σ2 = sigmoid_derivative(ζ2)
    σ1 = sigmoid_derivative(ζ1)
    δ2 = ε * σ2
    δ1 = δ2 * w2 * σ1
    return {"dL_da2": ε, "da2_dz2": σ2, "dL_dz2": δ2, "dL_dw2": δ2 * α1, "dL_db2": δ2,
            "dL_da1": δ2 * w2, "da1_dz1": σ1, "dL_dz1": δ1, "dL_dw1": δ1 * x, "dL_db1": δ1}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    η = learning_rate
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return w1 - η * g["dL_dw1"], b1 - η * g["dL_db1"], w2 - η * g["dL_dw2"], b2 - η * g["dL_db2"]


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.ζ1 = X @ self.W1 + self.b1
        self.α1 = sigmoid(self.ζ1)
        self.ζ2 = self.α1 @ self.W2 + self.b2
        self.α2 = sigmoid(self.ζ2)
        return self.α2

    def backward(self, X, y):
        ν = self.α2.size
        δ2 = 2 / ν * (self.α2 - y) * sigmoid_derivative(self.ζ2)
        δ1 = δ2 @ self.W2.T * sigmoid_derivative(self.ζ1)
        self.gradients = {
            "dW1": X.T @ δ1, "db1": δ1.sum(0).reshape(1, -1),
            "dW2": self.α1.T @ δ2, "db2": δ2.sum(0).reshape(1, -1),
        }
        return self.gradients

    def update_weights(self):
        η = self.learning_rate
        for θ in ("W1", "W2"):
            setattr(self, θ, getattr(self, θ) - η * self.gradients["d" + θ])

    def compute_loss(self, y_true, y_pred):
        ε = y_true - y_pred
        return np.mean(ε * ε)

    def train_step(self, X, y):
        λ = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return λ


def train_xor(seed):
    np.random.seed(seed)
    Ξ = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    ψ = np.array([[0], [1], [1], [0]])
    ν = NeuralNetwork(2, 8, 1, 5)
    return ν, [ν.train_step(Ξ, ψ) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    μ = n_samples // 2
    τ = np.linspace(0, 4 * π, μ)
    ρ = τ / (2 * π)
    X = np.empty((n_samples, 2))
    X[:μ] = np.stack([ρ * np.cos(τ), ρ * np.sin(τ)], 1)
    X[μ:] = np.stack([ρ * np.cos(τ + π), ρ * np.sin(τ + π)], 1)
    X += np.random.normal(0, noise, X.shape)
    y = np.zeros((n_samples, 1))
    y[μ:] = 1
    return X, y


def train_spiral(X, y):
    ν = NeuralNetwork(2, 64, 1, 5)
    ν.W1 *= 3
    for κ in range(8000):
        ν.train_step(X, y)
        if κ % 200 == 0 and np.mean((ν.α2 > 0.5) == y) > 0.957:
            break
    return ν


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    Λ = []
    for h in hidden_sizes:
        for η in learning_rates:
            np.random.seed(seed)
            ν = NeuralNetwork(X.shape[1], h, y.shape[1], η)
            for _ in range(epochs):
                λ = ν.train_step(X, y)
            Λ.append({"hidden_size": h, "learning_rate": η, "final_loss": λ})
    return Λ
