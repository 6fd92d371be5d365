"""Two-stage logistic regression fitted by steepest descent.

Notation as in our lecture on GLMs: a design matrix carries a leading column of ones, and the
coefficients B (hidden stage) and G (output stage) have their intercepts in row 0.
"""
import numpy as np
from numpy import c_, r_, ones


def sigmoid(x):
    eta = np.asarray(x, dtype=float)
    # log-odds -> probability, by way of logaddexp: p = exp(-log(1 + exp(-eta)))
    return np.exp(-np.logaddexp(0.0, -eta))


def sigmoid_derivative(a):
    """Variance of a Bernoulli variable with mean a."""
    p = np.asarray(a, dtype=float)
    return .25 - (p - .5) ** 2


def design(M):
    return c_[ones(len(M)), M]


def stack(W, b):
    return r_[b, W]


def unstack(T):
    return T[1:], T[:1]


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    D, B, G = design(X), stack(W1, b1), stack(W2, b2)
    mse = {}
    for t in range(iterations):
        H = design(sigmoid(D @ B))
        P = sigmoid(H @ G)
        R = y - P                                   # residuals
        mse[t] = np.var(R) + np.mean(R) ** 2        # = E[R²]
        score_out = R * P * (1 - P)
        # column of ones: its "derivative" 1·(1-1) is zero, so the intercept drops out by itself
        score_hid = (score_out @ G.T * H * (1 - H))[:, 1:]
        B, G = B + learning_rate * (D.T @ score_hid), G + learning_rate * (H.T @ score_out)
    losses = [float(mse[t]) for t in sorted(mse)[::1000]]
    return (*unstack(B), *unstack(G), losses)


np.random.seed(1)
W1, b1, W2, b2 = [np.random.rand(r, c) for r, c in [(3, 4), (1, 4), (4, 1), (1, 1)]]

X = np.column_stack([[0, 1, 0, 1], [0, 0, 1, 1], ones(4)])
y = (X[:, [0]] != X[:, [1]]).astype(float)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=.1, iterations=10_000)
output_layer_output = sigmoid(design(sigmoid(design(X) @ stack(W1, b1))) @ stack(W2, b2))

print("iteration      MSE")
for t, l in enumerate(losses):
    print(f"{1000 * t:9d} {l:.6f}")
