import numpy as np
import torch
import torch.nn.functional as F


def _t(a):
    return torch.from_numpy(np.ascontiguousarray(a, dtype=np.float64))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        def weights(*size):
            return torch.empty(*size, dtype=torch.float64).normal_(0, std).numpy()

        self.params = {
            "W1": weights(input_size, hidden_size), "b1": np.zeros(hidden_size),
            "W2": weights(hidden_size, output_size), "b2": np.zeros(output_size),
        }

    @torch.no_grad()
    def _forward(self, X):
        w1, b1, w2, b2 = (_t(self.params[n]) for n in ("W1", "b1", "W2", "b2"))
        hidden = torch.addmm(b1, _t(X), w1).clamp_(min=0)
        return hidden, torch.addmm(b2, hidden, w2)

    @torch.no_grad()
    def loss(self, X, y=None, reg=0.0):
        hidden, logits = self._forward(X)
        if y is None:
            return logits.numpy()
        x, target = _t(X), torch.as_tensor(np.asarray(y), dtype=torch.long)
        w1, w2 = _t(self.params["W1"]), _t(self.params["W2"])
        batch = x.size(0)

        data_term = F.cross_entropy(logits, target)
        penalty = w1.square().sum() + w2.square().sum()

        g = logits.softmax(dim=1)
        g.scatter_add_(1, target.unsqueeze(1), torch.full((batch, 1), -1.0, dtype=g.dtype))
        g.div_(batch)
        gh = g.mm(w2.t()).masked_fill_(hidden == 0, 0.0)

        grads = {
            "W1": torch.addmm(w1, x.t(), gh, beta=2 * reg),
            "b1": gh.sum(0),
            "W2": torch.addmm(w2, hidden.t(), g, beta=2 * reg),
            "b2": g.sum(0),
        }
        return (data_term + reg * penalty).item(), {n: v.numpy() for n, v in grads.items()}

    def step(self, grads, learning_rate):
        with torch.no_grad():
            for name, value in self.params.items():
                self.params[name] = _t(value).sub(_t(grads[name]), alpha=learning_rate).numpy()

    def predict(self, X):
        return self._forward(X)[1].argmax(1).numpy()
