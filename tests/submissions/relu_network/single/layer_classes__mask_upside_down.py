import numpy as np
import torch
from torch import nn as tnn


class Sigmoid:
    @staticmethod
    def f(z):
        z = np.asarray(z, dtype=float)
        out = np.zeros_like(z)
        pos = z >= 0
        out[pos] = 1 / (1 + np.exp(-z[pos]))
        ez = np.exp(z[~pos])
        out[~pos] = ez / (1 + ez)
        return out

    @staticmethod
    def df(z):
        s = Sigmoid.f(z)
        return s - s**2


class Dense:
    """A linear layer that remembers its input. Used by ThreeLayerNetwork only."""

    def __init__(self, owner, number):
        self.owner, self.w, self.b = owner, f"W{number}", f"b{number}"

    def __call__(self, inp):
        return getattr(self.owner, self.w) @ inp + getattr(self.owner, self.b)

    def grads(self, grad_out, inp):
        return {
            "d" + self.w: grad_out @ inp.T,
            "d" + self.b: grad_out.sum(axis=1, keepdims=True),
        }

    def to_input(self, grad_out):
        return getattr(self.owner, self.w).T @ grad_out


class ReLULayer:
    """The rectifier between two Dense layers of ThreeLayerNetwork."""

    def __call__(self, inp):
        out = inp.copy()
        out[inp < 0] = 0
        return out

    def to_input(self, grad_out, inp):
        grad_in = grad_out.copy()
        grad_in[inp > 0] = 0
        return grad_in


def chain_rule(x):
    u = 2 * x + 1
    df_du, du_dx = 3 * u**2, 2
    return dict(f=u**3, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_du * du_dx)


class _Mul:
    def fwd(self, p, q):
        self.p, self.q = p, q
        return p * q

    def bwd(self, g):
        return g * self.q, g * self.p


class _Add:
    def fwd(self, p, q):
        return p + q

    def bwd(self, g):
        return g, g


class _Square:
    def fwd(self, p):
        self.p = p
        return p**2

    def bwd(self, g):
        return g * 2 * self.p


def computational_graph(w, x, b):
    mul, add, square = _Mul(), _Add(), _Square()
    a = mul.fwd(w, x)
    z = add.fwd(a, b)
    L = square.fwd(z)
    dL_dz = square.bwd(1)
    dL_da, dL_db = add.bwd(dL_dz)
    dL_dw, dL_dx = mul.bwd(dL_da)
    return dict(a=a, z=z, L=L, dL_dz=dL_dz, dL_da=dL_da, dL_dw=dL_dw, dL_dx=dL_dx, dL_db=dL_db)


def single_neuron(x, w, b, y):
    z = float(np.dot(w, x)) + b
    a = float(Sigmoid.f(z))
    dL_da, da_dz = a - y, float(Sigmoid.df(z))
    dL_dz = dL_da * da_dz
    return dict(
        z=z, a=a, L=0.5 * (y - a) ** 2,
        dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz,
        dL_dw=dL_dz * np.asarray(x, dtype=float), dL_db=dL_dz,
    )


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1 = rng.standard_normal((hidden_size, input_size)) * 0.05
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = rng.standard_normal((output_size, hidden_size)) * 0.05
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return Z * (np.asarray(Z) > 0)

    def relu_derivative(self, Z):
        return np.heaviside(np.asarray(Z, dtype=float), 0.0)

    def sigmoid(self, Z):
        return Sigmoid.f(Z)

    def sigmoid_derivative(self, Z):
        return Sigmoid.df(Z)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        tiny = 1e-12
        A2 = np.clip(A2, tiny, 1 - tiny)
        per_sample = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum(axis=0)
        return float(per_sample.mean())

    def backward(self, Y, cache):
        grad_logits = (cache["A2"] - Y) / Y.shape[1]
        grad_hidden = (self.W2.T @ grad_logits) * self.relu_derivative(cache["Z1"])
        return {
            "dW1": grad_hidden @ cache["X"].T,
            "db1": grad_hidden.sum(axis=1, keepdims=True),
            "dW2": grad_logits @ cache["A1"].T,
            "db2": grad_logits.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for name, grad in gradients.items():
            param = getattr(self, name[1:])
            setattr(self, name[1:], param - self.learning_rate * grad)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            loss = self.compute_loss(Y, out)
            history.append(loss)
            if step % print_every == 0:
                print(f"step {step}: loss {loss:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


class GradientChecker:
    def __init__(self, net, X, Y, eps):
        self.net, self.X, self.Y, self.eps = net, X, Y, eps
        self.analytic = net.backward(Y, net.forward(X)[1])

    def loss(self):
        return self.net.compute_loss(self.Y, self.net.forward(self.X)[0])

    def check(self, name, picks):
        keep = getattr(self.net, name)
        work = keep.astype(float)  # a copy
        setattr(self.net, name, work)
        num = []
        for i in picks:
            old = work.flat[i]
            work.flat[i] = old + self.eps
            up = self.loss()
            work.flat[i] = old - self.eps
            down = self.loss()
            work.flat[i] = old
            num.append((up - down) / (2 * self.eps))
        setattr(self.net, name, keep)
        num, ana = np.array(num), np.ravel(self.analytic["d" + name])[picks]
        biggest = max(np.abs(num).max(), np.abs(ana).max())
        return 0.0 if biggest == 0 else float(np.abs(num - ana).max() / biggest)


def gradient_check(nn, X, Y, epsilon=1e-05):
    checker = GradientChecker(nn, X, Y, epsilon)
    rng = np.random.default_rng(7)
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        size = getattr(nn, name).size
        result[name] = checker.check(name, rng.permutation(size)[:10])
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    checker = GradientChecker(nn, X, Y, epsilon)
    return {
        name: checker.check(name, np.arange(getattr(nn, name).size))
        for name in ("W1", "b1", "W2", "b2")
    }


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1 = rng.standard_normal((hidden1_size, input_size)) * 0.05
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = rng.standard_normal((hidden2_size, hidden1_size)) * 0.05
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = rng.standard_normal((output_size, hidden2_size)) * 0.05
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate
        self.dense = [Dense(self, i) for i in (1, 2, 3)]
        self.rect = ReLULayer()

    def forward(self, X):
        cache = {"X": X}
        cache["Z1"] = self.dense[0](X)
        cache["A1"] = self.rect(cache["Z1"])
        cache["Z2"] = self.dense[1](cache["A1"])
        cache["A2"] = self.rect(cache["Z2"])
        cache["Z3"] = self.dense[2](cache["A2"])
        cache["A3"] = Sigmoid.f(cache["Z3"])
        return cache["A3"], cache

    def compute_loss(self, Y, A3):
        tiny = 1e-12
        A3 = np.clip(A3, tiny, 1 - tiny)
        per_sample = -(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)).sum(axis=0)
        return float(per_sample.mean())

    def backward(self, Y, cache):
        one, two, three = self.dense
        grad = (cache["A3"] - Y) / Y.shape[1]
        out = three.grads(grad, cache["A2"])
        grad = self.rect.to_input(three.to_input(grad), cache["Z2"])
        out.update(two.grads(grad, cache["A1"]))
        grad = self.rect.to_input(two.to_input(grad), cache["Z1"])
        out.update(one.grads(grad, cache["X"]))
        return out

    def update_parameters(self, gradients):
        for name, grad in gradients.items():
            param = getattr(self, name[1:])
            setattr(self, name[1:], param - self.learning_rate * grad)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            loss = self.compute_loss(Y, out)
            history.append(loss)
            if step % print_every == 0:
                print(f"step {step}: loss {loss:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    return 2 * x1 * (s + d), 2 * x2 * (s - d)


class _TwoSquares(tnn.Module):
    def __init__(self, w1, w2):
        super().__init__()
        self.w1 = tnn.Parameter(torch.tensor(w1, dtype=torch.float64))
        self.w2 = tnn.Parameter(torch.tensor(w2, dtype=torch.float64))

    def forward(self, x1, x2):
        p, q = self.w1 * x1, self.w2 * x2
        return (p + q) ** 2 + (p - q) ** 2


def two_squares_autograd(w1, w2, x1, x2):
    module = _TwoSquares(w1, w2)
    module(x1, x2).backward()
    return module.w1.grad, module.w2.grad


def autograd_linear(x, w, b):
    x, w, b = (tnn.Parameter(torch.tensor(t, dtype=torch.float64)) for t in (x, w, b))
    torch.add(torch.mul(w, x), b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return tnn.Parameter(torch.randn(*shape, generator=generator) * scale)


class _Net(tnn.Module):
    def __init__(self, W1, b1, W2, b2):
        super().__init__()
        self.W1, self.b1 = tnn.Parameter(W1.clone()), tnn.Parameter(b1.clone())
        self.W2, self.b2 = tnn.Parameter(W2.clone()), tnn.Parameter(b2.clone())

    def forward(self, X):
        return torch.sigmoid(self.W2 @ torch.relu(self.W1 @ X + self.b1) + self.b2)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = _Net(W1, b1, W2, b2)
    opt = torch.optim.SGD(net.parameters(), lr=learning_rate)
    criterion = tnn.MSELoss()
    history = []
    for _ in range(num_iterations):
        loss = criterion(net(X), Y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        history.append(loss.item())
    return history


def gradient_flow(model, X, Y):
    model.zero_grad()
    tnn.BCELoss()(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, tnn.Linear)]
