import numpy as np


def log_softmax(scores):
    m = scores.max(1, keepdims=True)
    return scores - (m + np.log(np.exp(scores - m).sum(1, keepdims=True)))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        shapes = dict(W2=(hidden_size, output_size), W1=(input_size, hidden_size))
        self.params = {k: np.random.normal(0, std, s) for k, s in shapes.items()}
        self.params.update(b2=np.zeros(output_size), b1=np.zeros(hidden_size))

    def loss(self, X, labels=None, strength=0.0):  # other names
        p = self.params
        a = X @ p["W1"] + p["b1"]
        active = a > 0
        h = a * active
        scores = h @ p["W2"] + p["b2"]
        if labels is None:
            return scores
        Y = np.eye(len(p["b2"]))[labels]
        logp = log_softmax(scores)
        value = -(Y * logp).sum() / len(X) + strength * sum((p[k] ** 2).sum() for k in ("W1", "W2"))
        delta = (np.exp(logp) - Y) / len(X)
        back = (delta @ p["W2"].T) * active
        ones = np.ones(len(X))
        return value, {
            "b2": ones @ delta,
            "b1": ones @ back,
            "W2": h.T @ delta + 2 * strength * p["W2"],
            "W1": X.T @ back + 2 * strength * p["W1"],
        }

    def step(self, grads, learning_rate):
        self.params = {k: v - learning_rate * grads[k] for k, v in self.params.items()}

    def predict(self, X):
        return [int(np.argmax(row)) for row in self.loss(X)]
