"""The twin of softmax_network: the same names, the gradient by PyTorch's autograd, in float64."""

import numpy as np
import torch


def _tensor(x):
    return torch.tensor(np.asarray(x, dtype=np.float64))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        sizes = {
            "W1": (input_size, hidden_size),
            "b1": (hidden_size,),
            "W2": (hidden_size, output_size),
            "b2": (output_size,),
        }
        self.params = {name: std * np.random.randn(*size) * (len(size) - 1) for name, size in sizes.items()}

    def loss(self, X, y=None, reg=0.0):
        leaves = {name: _tensor(value).requires_grad_() for name, value in self.params.items()}
        hidden = torch.relu(torch.addmm(leaves["b1"], _tensor(X), leaves["W1"]))
        scores = torch.addmm(leaves["b2"], hidden, leaves["W2"])
        if y is None:
            return scores.detach().numpy()
        loss = torch.nn.functional.cross_entropy(scores, torch.tensor(np.asarray(y, dtype=np.int64)))
        for name in ("W1", "W2"):
            loss = loss + float(reg) * leaves[name].square().sum()
        loss.backward()
        return loss.item(), {name: leaf.grad.numpy() for name, leaf in leaves.items()}

    def step(self, grads, learning_rate):
        leaves = {name: _tensor(value).requires_grad_() for name, value in self.params.items()}
        for name, leaf in leaves.items():
            leaf.grad = _tensor(grads[name])
        torch.optim.SGD(leaves.values(), lr=float(learning_rate)).step()
        self.params = {name: leaf.detach().numpy() for name, leaf in leaves.items()}

    def predict(self, X):
        return torch.argmax(_tensor(self.loss(X)), dim=1).numpy()
