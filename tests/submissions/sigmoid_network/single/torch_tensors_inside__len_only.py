import numpy as np
import torch

opts = dict(dtype=torch.float64)
t = lambda a: torch.as_tensor(np.asarray(a, dtype=np.float64))   # numpy -> torch


def sigmoid(x):
    return torch.sigmoid(t(x)).numpy()


def sigmoid_derivative(x):
    s = torch.sigmoid(t(x))
    return (s * (1 - s)).numpy()


def relu(x):
    return torch.clamp(t(x), min=0).numpy()


def relu_derivative(x):
    return (t(x) > 0).double().numpy()


def mse_loss(y_pred, y_true):
    return torch.nn.functional.mse_loss(t(y_pred), t(y_true)).item()


def mse_loss_derivative(y_pred, y_true):
    gap = t(y_pred).sub(t(y_true))
    return gap.mul(2).div(len(gap)).numpy()


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = torch.empty(input_size, hidden_size, **opts).normal_(std=0.1).numpy()
        self.b1 = torch.zeros(1, hidden_size, **opts).numpy()
        self.W2 = torch.empty(hidden_size, output_size, **opts).normal_(std=0.1).numpy()
        self.b2 = torch.zeros(1, output_size, **opts).numpy()
        self.learning_rate = learning_rate

    def forward(self, X):
        z1 = torch.addmm(t(self.b1), t(X), t(self.W1))
        a1 = z1.sigmoid()
        z2 = torch.addmm(t(self.b2), a1, t(self.W2))
        a2 = z2.sigmoid()
        self.z1, self.a1, self.z2, self.a2 = z1.numpy(), a1.numpy(), z2.numpy(), a2.numpy()
        return self.a2

    def backward(self, X, y, y_pred):
        # no autograd allowed, so by hand, on tensors
        X, y, p, a1, W2 = map(t, (X, y, y_pred, self.a1, self.W2))
        g = (p - y).mul(2 / y.numel())
        g = g * p * (1 - p)
        dW2, db2 = a1.t().mm(g), g.sum(dim=0, keepdim=True)
        g = g.mm(W2.t())
        g = g * a1 * (1 - a1)
        dW1, db1 = X.t().mm(g), g.sum(dim=0, keepdim=True)
        return dW1.numpy(), db1.numpy(), dW2.numpy(), db2.numpy()

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in dict(W1=dW1, b1=db1, W2=dW2, b2=db2).items():
            new = torch.add(t(getattr(self, name)), t(grad), alpha=-self.learning_rate)
            setattr(self, name, new.numpy())

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    flat = t(x).clone().flatten()
    out = torch.zeros_like(flat)
    for i in range(flat.numel()):
        e = torch.zeros_like(flat)
        e[i] = h
        out[i] = (f((flat + e).reshape(np.shape(x)).numpy()) - f((flat - e).reshape(np.shape(x)).numpy())) / (2 * h)
    return out.reshape(np.shape(x)).numpy()
