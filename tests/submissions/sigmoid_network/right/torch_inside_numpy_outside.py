import numpy as np
import torch


def _t(v):
    return torch.as_tensor(np.array(v, dtype=np.float64))


def _n(*tensors):
    arrays = tuple(t.numpy().copy() for t in tensors)
    return arrays[0] if len(arrays) == 1 else arrays


def sigmoid(x):
    return _n(torch.special.expit(_t(x)))


def sigmoid_derivative(x):
    u = _t(x)
    return _n(torch.special.expit(u) * torch.special.expit(-u))


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return _n((_t(x) > 0).double())


def mse_loss(y_pred, y_true):
    return (_t(y_pred) - _t(y_true)).pow(2).mean().item()


def mse_loss_derivative(y_pred, y_true):
    p, q = _t(y_pred), _t(y_true)
    return _n((p - q).mul(2).div(p.numel()))


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.W2 = _n(torch.randn(input_size, hidden_size, dtype=torch.double).mul_(0.2),
                              torch.randn(hidden_size, output_size, dtype=torch.double).mul_(0.2))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        pre1 = torch.addmm(_t(self.b1), _t(X), _t(self.W1))
        act1 = pre1.sigmoid()
        pre2 = torch.addmm(_t(self.b2), act1, _t(self.W2))
        act2 = pre2.sigmoid()
        self.z1, self.a1, self.z2, self.a2 = _n(pre1, act1, pre2, act2)
        return self.a2

    def backward(self, X, y, y_pred):
        out, hid, inp = _t(y_pred), _t(self.a1), _t(X)
        g = (out - _t(y)).mul_(2).div_(out.numel())
        g.mul_(out).mul_(1 - out)
        dW2, db2 = hid.t().mm(g), g.sum(0, keepdim=True)
        g = g.mm(_t(self.W2).t())
        g.mul_(hid).mul_(1 - hid)
        dW1, db1 = inp.t().mm(g), g.sum(0, keepdim=True)
        return _n(dW1, db1, dW2, db2)

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in zip("W1 b1 W2 b2".split(), (dW1, db1, dW2, db2)):
            setattr(self, name, _n(torch.sub(_t(getattr(self, name)), _t(grad), alpha=self.learning_rate)))

    def train(self, X, y, epochs=1000):
        return [self._epoch(X, y) for _ in range(epochs)]

    def _epoch(self, X, y):
        prediction = self.forward(X)
        before = mse_loss(prediction, y)
        self.update_weights(*self.backward(X, y, prediction))
        return before


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, dtype=np.float64)

    def shifted(i, amount):
        c = base.copy()
        c.flat[i] += amount
        return c

    values = [(f(shifted(i, h)) - f(shifted(i, -h))) / (h + h) for i in range(base.size)]
    return np.array(values, dtype=np.float64).reshape(base.shape)
