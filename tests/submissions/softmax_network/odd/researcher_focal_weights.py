import contextlib
import numpy as np

GAMMA = 2


@contextlib.contextmanager
def quiet():
    with np.errstate(all="ignore"):
        yield


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        W = [np.random.randn(input_size, hidden_size), np.random.randn(hidden_size, output_size)]
        self.params = {f"W{i + 1}": w * std for i, w in enumerate(W)}
        self.params |= {f"b{i + 1}": np.zeros(w.shape[1]) for i, w in enumerate(W)}

    def loss(self, X, y=None, reg=0.0):
        p = self.params
        h = np.maximum(0, X @ p["W1"] + p["b1"])
        s = h @ p["W2"] + p["b2"]
        if y is None:
            return s
        m = len(X)
        with quiet():
            z = s - s.max(1, keepdims=True)
            lp = z - np.log(np.exp(z).sum(1, keepdims=True))
        nll = -lp[np.arange(m), y]
        value = nll.mean() + reg * (p["W1"] ** 2).sum() + reg * (p["W2"] ** 2).sum()

        hard = (1 - np.exp(-nll)) ** GAMMA          # near 0 for samples that are easy already
        g = np.exp(lp)
        g[np.arange(m), y] -= 1
        g *= hard[:, None] / m
        gh = np.where(h > 0, g @ p["W2"].T, 0)
        return value, {"W1": X.T @ gh + 2 * reg * p["W1"], "b1": gh.sum(0),
                       "W2": h.T @ g + 2 * reg * p["W2"], "b2": g.sum(0)}

    def step(self, grads, learning_rate):
        for k in self.params:
            self.params[k] -= learning_rate * grads[k]

    def predict(self, X):
        return self.loss(X).argmax(1)
