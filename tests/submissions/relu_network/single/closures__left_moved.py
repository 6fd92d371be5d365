import copy

import numpy as np
import torch


def logistic(t):
    return 1.0 / (1.0 + np.exp(-t))


def chain_rule(x):
    u = 2 * x + 1
    return {
        "u": u,
        "f": u ** 3,
        "du_dx": 2,
        "df_du": 3 * u ** 2,
        "df_dx": 3 * u ** 2 * 2,
    }


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    g = 2 * z
    return {
        "a": a,
        "z": z,
        "L": z * z,
        "dL_dz": g,
        "dL_da": g,
        "dL_dw": g * x,
        "dL_dx": g * w,
        "dL_db": g,
    }


def single_neuron(x, w, b, y):
    z = w @ x + b
    a = logistic(z)
    err = a - y
    slope = a * (1 - a)
    delta = err * slope
    return {
        "z": z,
        "a": a,
        "L": 0.5 * err ** 2,
        "dL_da": err,
        "da_dz": slope,
        "dL_dz": delta,
        "dL_dw": delta * x,
        "dL_db": delta,
    }


def make_layer(W, b, activation, slope):
    def go(x):
        z = W @ x + b
        a = activation(z)

        def back(da):
            dz = da * slope(z)
            return W.T @ dz, dz @ x.T, dz.sum(axis=1, keepdims=True)

        return z, a, back
    return go


def _relu(z):
    return np.where(z > 0, z, 0)


def _step(z):
    return np.where(z > 0, 1.0, 0.0)


def _sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def _bce(Y, A):
    A = np.clip(A, 1e-15, 1 - 1e-15)
    return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]


class NeuralNetworkWithBackprop:
    names = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self._draw((input_size, hidden_size, output_size))

    def _draw(self, sizes):
        for i in range(1, len(sizes)):
            setattr(self, f"W{i}", np.random.uniform(-0.3, 0.3, (sizes[i], sizes[i - 1])))
            setattr(self, f"b{i}", np.zeros((sizes[i], 1)))

    def relu(self, Z):
        return _relu(Z)

    def relu_derivative(self, Z):
        return _step(Z)

    def sigmoid(self, Z):
        return _sigmoid(Z)

    def sigmoid_derivative(self, Z):
        return _sigmoid(Z) * (1 - _sigmoid(Z))

    def _layers(self):
        n = len(self.names) // 2
        hidden = [make_layer(getattr(self, f"W{i}"), getattr(self, f"b{i}"), _relu, _step) for i in range(1, n)]
        # the last slope is 1: the loss hands over the gradient at Z
        return hidden + [make_layer(getattr(self, f"W{n}"), getattr(self, f"b{n}"), _sigmoid, np.ones_like)]

    def forward(self, X):
        cache, a = {"X": X}, X
        cache["backs"] = []
        for i, layer in enumerate(self._layers(), 1):
            cache[f"Z{i}"], a, back = layer(a)
            cache[f"A{i}"] = a
            cache["backs"].append(back)
        return a, cache

    def compute_loss(self, Y, A2):
        return _bce(Y, A2)

    def backward(self, Y, cache):
        n = len(self.names) // 2
        d, grads = (cache[f"A{n}"] - Y) / Y.shape[1], {}
        for i in range(n, 0, -1):
            d, grads[f"dW{i}"], grads[f"db{i}"] = cache["backs"][i - 1](d)
        return grads

    def update_parameters(self, gradients):
        for p in self.names:
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A))
            if i % print_every == 0:
                print(f"{i:>6} {losses[-1]:.4f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def _relative(a, b):
    a, b = np.asarray(a), np.asarray(b)
    return np.abs(a - b).sum() / max(np.abs(a).sum() + np.abs(b).sum(), 1e-200)


def gradient_check(nn, X, Y, epsilon=1e-05):
    net = copy.deepcopy(nn)
    loss = lambda: net.compute_loss(Y, net.forward(X)[0])
    grads = net.backward(Y, net.forward(X)[1])
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(net, name)
        approx, exact = [], []
        for index in list(np.ndindex(P.shape))[-10:]:
            start = P[index]
            P[index] = start + epsilon
            up = loss()
            P[index] = start - epsilon
            down = loss()
            P[index] = start
            approx.append((up - down) / (2 * epsilon))
            exact.append(grads["d" + name][index])
        result[name] = _relative(approx, exact)
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    net = copy.deepcopy(nn)
    loss = lambda: net.compute_loss(Y, net.forward(X)[0])
    grads = net.backward(Y, net.forward(X)[1])
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(net, name)
        approx = np.zeros_like(P)
        for index, start in np.ndenumerate(P.copy()):
            P[index] = start + epsilon
            up = loss()
            P[index] = start - epsilon
            down = loss()
            approx[index] = (up - down) / (2 * epsilon)
        result[name] = _relative(approx, grads["d" + name])
    return result


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    names = ("W1", "b1", "W2", "b2", "W3", "b3")

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self._draw((input_size, hidden1_size, hidden2_size, output_size))


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * x1 * (plus + minus), 2 * x2 * (plus - minus)


def two_squares_autograd(w1, w2, x1, x2):
    w = [torch.tensor(v, requires_grad=True) for v in (w1, w2)]
    s, d = w[0] * x1 + w[1] * x2, w[0] * x1 - w[1] * x2
    (s * s + d * d).backward()
    return tuple(v.grad for v in w)


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], requires_grad=True)
    y = t[1] * t[0] + t[2]
    y.backward()
    return tuple(t.grad)


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    theta = {k: v.clone().requires_grad_(True) for k, v in theta.items()}
    out = []
    while len(out) < num_iterations:
        a = torch.sigmoid(theta["W2"] @ torch.relu(theta["W1"] @ X + theta["b1"]) + theta["b2"])
        mse = torch.sum((a - Y) ** 2) / Y.numel()
        mse.backward()
        out.append(mse.item())
        theta = {k: (v - learning_rate * v.grad).detach().requires_grad_(True) for k, v in theta.items()}
    return out


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    p = model(X)
    bce = -(Y * torch.log(p) + (1 - Y) * torch.log(1 - p)).mean()
    bce.backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
