# Canonical ensemble with k levels.   F = ln Z = ln sum_j exp(s_j),   <loss> = < F - s_y > + lambda (|W1|^2 + |W2|^2)
# d<loss>/ds_j = (p_j - delta_{j,y}) / N     (p_j: Boltzmann weights)
import numpy as np
from numpy import einsum, exp, log, arange


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        sigma = std
        self.params = dict(
            W1=np.random.normal(0.0, sigma, (input_size, hidden_size)), b1=np.zeros(hidden_size),
            W2=np.random.normal(0.0, sigma, (hidden_size, output_size)), b2=np.zeros(output_size))

    def _levels(self, X):
        P = self.params
        u = einsum("an,nh->ah", X, P["W1"]) + P["b1"]
        theta = (u > 0) * 1.0                       # Heaviside
        return theta, theta * u, einsum("ah,hk->ak", theta * u, P["W2"]) + P["b2"]

    @staticmethod
    def _ln_Z(s):
        s0 = s.max(axis=1)                          # gauge: lowest level at zero
        return s0 + log(exp(s - s0[:, None]).sum(axis=1))

    def loss(self, X, y=None, reg=0.0):
        theta, r, s = self._levels(X)
        if y is None:
            return s
        N, lam = len(y), reg
        W1, W2 = self.params["W1"], self.params["W2"]
        lnZ = self._ln_Z(s)
        L = (lnZ - s[arange(N), y]).mean() + lam * (einsum("ij,ij", W1, W1) + einsum("ij,ij", W2, W2))

        p = exp(s - lnZ[:, None])
        delta = (y[:, None] == arange(s.shape[1])[None, :])
        J = (p - delta) / N
        K = einsum("ak,hk,ah->ah", J, W2, theta)
        return L, {
            "W2": einsum("ah,ak->hk", r, J) + 2 * lam * W2,
            "b2": einsum("ak->k", J),
            "W1": einsum("an,ah->nh", X, K) + 2 * lam * W1,
            "b1": einsum("ah->h", K),
        }

    def step(self, grads, learning_rate):
        dt = learning_rate
        for q in grads:
            self.params[q] = self.params[q] - dt * grads[q]

    def predict(self, X):
        *_, s = self._levels(X)
        return s.argmax(axis=-1)
