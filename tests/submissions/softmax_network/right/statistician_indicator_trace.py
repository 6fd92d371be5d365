"""Multinomial logit with a rectified linear basis, ridge-penalised.  Rows are observations."""
import numpy as np
from numpy import asmatrix as M


class TwoLayerNet:

    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        gen = np.random
        self.params = {"W1": gen.randn(input_size, hidden_size) * std, "W2": gen.randn(hidden_size, output_size) * std}
        self.params.update(b1=np.zeros((hidden_size,)), b2=np.zeros((output_size,)))

    # -- pieces ---------------------------------------------------------------
    def _theta(self):
        return [M(self.params[k]) for k in ("W1", "b1", "W2", "b2")]

    def _fit(self, X):
        B, beta0, G, gamma0 = self._theta()
        X = M(X)
        one = M(np.ones((X.shape[0], 1)))
        basis = X * B + one * beta0
        H = np.fmax(basis, 0.0)
        return one, X, basis, H, H * G + one * gamma0

    @staticmethod
    def _probabilities(eta):
        # centring at the row maximum leaves the model unchanged
        odds = np.exp(eta - eta.max(axis=1))
        return odds / odds.sum(axis=1)

    # -- estimation -----------------------------------------------------------
    def loss(self, X, y=None, reg=0.0):
        one, X, basis, H, eta = self._fit(X)
        if y is None:
            return np.asarray(eta)
        B, _, G, _ = self._theta()
        n_obs, n_cat = eta.shape
        indicator = M(np.eye(n_cat)[np.asarray(y)])

        centred = eta - eta.max(axis=1)
        log_normaliser = np.log(np.exp(centred).sum(axis=1))
        log_lik = np.trace(indicator.T * centred) - log_normaliser.sum()
        ridge = np.trace(B.T * B) + np.trace(G.T * G)
        objective = float(-log_lik / n_obs + reg * ridge)

        R = (indicator - self._probabilities(eta)) / n_obs        # residuals
        S = np.multiply(R * G.T, np.sign(H))
        score = dict(W2=H.T * R - 2 * reg * G, b2=one.T * R, W1=X.T * S - 2 * reg * B, b1=one.T * S)
        gradient = {k: -np.asarray(v) for k, v in score.items()}
        gradient["b1"], gradient["b2"] = gradient["b1"].ravel(), gradient["b2"].ravel()
        return objective, gradient

    def step(self, grads, learning_rate):
        self.params.update({k: self.params[k] - learning_rate * grads[k] for k in self.params})

    def predict(self, X):
        eta = self._fit(X)[-1]
        return np.asarray(eta.argmax(axis=1)).reshape(-1)
