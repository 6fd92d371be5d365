from typing import NamedTuple, Optional

import numpy as np


class Pass(NamedTuple):
    inputs: np.ndarray
    pre: np.ndarray
    hidden: np.ndarray
    scores: np.ndarray


class TwoLayerNet:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, std: float = 0.0001) -> None:
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    @property
    def first(self):
        return self.params["W1"], self.params["b1"]

    @property
    def second(self):
        return self.params["W2"], self.params["b2"]

    def _run(self, X: np.ndarray) -> Pass:
        w, b = self.first
        pre = X @ w + b
        hidden = pre
        v, c = self.second
        return Pass(X, pre, hidden, hidden @ v + c)

    def loss(self, X: np.ndarray, y: Optional[np.ndarray] = None, reg: float = 0.0):
        run = self._run(X)
        if y is None:
            return run.scores
        n = X.shape[0]
        shifted = run.scores - run.scores.max(axis=1, keepdims=True)
        exps = np.exp(shifted)
        sums = exps.sum(axis=1, keepdims=True)
        log_probs = shifted - np.log(sums)
        (w, _), (v, _) = self.first, self.second
        value = -log_probs[range(n), y].mean() + reg * (np.sum(w * w) + np.sum(v * v))

        d_scores = exps / sums
        d_scores[range(n), y] -= 1
        d_scores /= n
        d_pre = (d_scores @ v.T) * (run.pre > 0)
        return value, {
            "W1": run.inputs.T @ d_pre + 2 * reg * w,
            "b1": d_pre.sum(axis=0),
            "W2": run.hidden.T @ d_scores + 2 * reg * v,
            "b2": d_scores.sum(axis=0),
        }

    def step(self, grads, learning_rate: float) -> None:
        for name, g in grads.items():
            self.params[name] -= learning_rate * g

    def predict(self, X: np.ndarray) -> np.ndarray:
        return self._run(X).scores.argmax(axis=1)
