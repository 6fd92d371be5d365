import numpy as np
import torch

torch.set_num_threads(1)
T = lambda v: torch.as_tensor(np.array(v, dtype=np.float64))   # numpy -> torch (copy)
N = lambda t: t.detach().numpy()                               # torch -> numpy


def sigmoid(x):
    return N(torch.sigmoid(T(x)))


def sigmoid_derivative(x):
    s = torch.sigmoid(T(x))
    return N(s.sub(s.square()))


def relu(x):
    return N(T(x).clamp_min(0.0))


def relu_derivative(x):
    return N((T(x) > 0).double())


def mse_loss(y_pred, y_true):
    return float((T(y_pred) - T(y_true)).square().mean())


def mse_loss_derivative(y_pred, y_true):
    d = T(y_pred) - T(y_true)
    return N(d.mul(2).div(d.numel()))


class SimpleNeuralNetwork:
    PARAMS = "W1", "b1", "W2", "b2"

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        sizes = [(input_size, hidden_size), (1, hidden_size), (hidden_size, output_size), (1, output_size)]
        for name, shape in zip(self.PARAMS, sizes):
            value = np.random.uniform(-0.5, 0.5, shape) if name[0] == "W" else np.zeros(shape)
            setattr(self, name, value)

    def forward(self, X):
        z1 = torch.addmm(T(self.b1), T(X), T(self.W1))
        a1 = z1.sigmoid()
        z2 = torch.addmm(T(self.b2), a1, T(self.W2))
        a2 = z2.sigmoid()
        self.z1, self.a1, self.z2, self.a2 = map(N, (z1, a1, z2, a2))
        return self.a2

    def backward(self, X, y, y_pred):
        A, P = T(self.a1), T(y_pred)
        g = (P - T(y)) * (2.0 / P.numel())
        g = g * P * (1 - P)
        dW2 = A.t().mm(g)
        db2 = g.sum(dim=0, keepdim=True)
        g = g.mm(T(self.W2).t()) * A * (1 - A)
        dW1 = T(X).t().mm(g)
        db1 = g.sum(dim=0, keepdim=True)
        return tuple(N(t) for t in (dW1, db1, dW2, db2))

    def update_weights(self, *grads):
        for name, g in zip(self.PARAMS, grads):
            setattr(self, name, N(torch.add(T(getattr(self, name)), T(g), alpha=-self.learning_rate)))

    def train(self, X, y, epochs=1000):
        history = []
        while len(history) < epochs:
            out = self.forward(X)
            history += [mse_loss(out, y)]
            self.update_weights(*self.backward(X, y, out))
        return history


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, dtype=np.float64)
    flat = base.ravel()
    out = []
    for i in range(flat.size):
        vals = []
        for s in (+1, -1):
            q = flat.copy()
            q[i] += s * h
            vals.append(f(q.reshape(base.shape)))
        out.append((vals[0] - vals[1]) / (2 * h))
    return np.array(out, dtype=np.float64).reshape(base.shape)
