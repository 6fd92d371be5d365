import numpy as np
from numpy import exp, sum as Σ, newaxis as ν

# Units: everything dimensionless.  f(z) is a Fermi function, f' = f (1-f).

def sigmoid(x):
    x = np.asarray(x, float)
    s = np.sign(x)
    # f(|z|) = ½ + (½ - q/(1+q)),  odd around ½
    q = exp(-abs(x))
    return .5 + s * (.5 - q / (1 + q))

def sigmoid_derivative(a):
    return np.asarray(a) * (1. - np.asarray(a))

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    η, ω, Ω, β, B = learning_rate, W1, W2, b1, b2
    U = []
    for τ in range(iterations):
        φ = sigmoid(X @ ω + β)
        ψ = sigmoid(φ @ Ω + B)
        ε = ψ - y
        if not τ % 1000: U += [Σ(ε*ε) / ε.size]
        Δ = ε * ψ * (1 - ψ)
        δ = (Δ @ Ω.T) * φ * (1 - φ)
        ω, β, Ω, B = ω - η * X.T @ δ, β - η * Σ(δ), Ω - η * φ.T @ Δ, B - η * Σ(Δ, 0)[ν]
    return ω, β, Ω, B, U

np.random.seed(1)
R = np.random.rand
W1 = R(3, 4); b1 = R(1, 4); W2 = R(4, 1); b2 = R(1, 1)
X = np.array([[i & 1, i >> 1, 1] for i in range(4)])
y = np.array([[(i & 1) ^ (i >> 1)] for i in range(4)])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, .1, 10**4)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
