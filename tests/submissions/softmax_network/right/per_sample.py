import numpy as np


class Grads:
    """The gradient as an object."""

    def __init__(self, W1, b1, W2, b2):
        self.W1, self.b1, self.W2, self.b2 = W1, b1, W2, b2


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": np.random.randn(input_size, hidden_size) * std,
            "b1": np.zeros(hidden_size),
            "W2": np.random.randn(hidden_size, output_size) * std,
            "b2": np.zeros(output_size),
        }

    def one(self, x):
        z = [sum(x[i] * self.params["W1"][i, j] for i in range(len(x))) + self.params["b1"][j] for j in range(len(self.params["b1"]))]
        h = np.array([v if v > 0 else 0.0 for v in z])
        return h, self.params["W2"].T @ h + self.params["b2"]

    def loss(self, X, y=None, reg=0.0):
        if y is None:
            return np.array([self.one(x)[1] for x in X])
        W1, b1, W2, b2 = (np.zeros_like(self.params[k]) for k in ("W1", "b1", "W2", "b2"))
        losses = []
        for x, label in zip(X, y):
            h, s = self.one(x)
            s = s - s.max()
            losses.append(np.log(np.exp(s).sum()) - s[label])
            e = np.exp(s) / np.exp(s).sum()
            e[label] -= 1.0
            W2 += np.outer(h, e)
            b2 += e
            dz = (self.params["W2"] @ e) * np.sign(h)
            W1 += np.outer(x, dz)
            b1 += dz
        m = X.shape[0]
        loss = np.mean(losses) + reg * ((self.params["W1"] ** 2).sum() + (self.params["W2"] ** 2).sum())
        return loss, Grads(W1 / m + 2 * reg * self.params["W1"], b1 / m, W2 / m + 2 * reg * self.params["W2"], b2 / m)

    def step(self, grads, learning_rate):
        for key in list(self.params):
            self.params.update({key: self.params[key] - learning_rate * grads[key]})

    def predict(self, X):
        return np.array([np.argmax(self.one(x)[1]) for x in X])
