from collections import deque
from itertools import count, islice, product, takewhile
import numpy as np
import torch


def chain_rule(x):
    stack = deque()
    u = 2 * x + 1
    stack.append(2)
    f = u ** 3
    stack.append(3 * u ** 2)
    df_du = stack.pop()
    du_dx = stack.pop()
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    values = {}
    values["a"] = w * x
    values["z"] = values["a"] + b
    values["L"] = values["z"] ** 2
    todo = deque([("dL_dz", 2 * values["z"])])
    rules = {"dL_dz": [("dL_da", 1), ("dL_db", 1)], "dL_da": [("dL_dw", x), ("dL_dx", w)]}
    while todo:
        name, g = todo.popleft()
        values[name] = g
        todo.extend((child, g * factor) for child, factor in rules.get(name, []))
    return values


def single_neuron(x, w, b, y):
    z = float(np.sum(np.multiply(w, x))) + b
    a = float(np.reciprocal(1.0 + np.exp(-z)))
    g = a - y
    res = {"z": z, "a": a, "L": 0.5 * g * g, "dL_da": g}
    res["da_dz"] = a * (1.0 - a)
    res["dL_dz"] = g * res["da_dz"]
    res["dL_db"] = g * res["da_dz"]
    res["dL_dw"] = np.multiply(res["dL_dz"], x)
    return res


def numbers(prefix, upto):
    return [prefix + str(i) for i in range(1, upto + 1)]


class StackMachine:
    def allocate(self, widths, learning_rate):
        self.learning_rate = learning_rate
        self.depth = len(widths) - 1
        for i in range(self.depth):
            self.__dict__["W" + str(i + 1)] = 0.1 * np.random.randn(widths[i + 1], widths[i])
            self.__dict__["b" + str(i + 1)] = np.zeros((widths[i + 1], 1))

    def layers(self):
        for W, b in zip(numbers("W", self.depth), numbers("b", self.depth)):
            yield self.__dict__[W], self.__dict__[b]

    def _activations(self):
        yield from [lambda z: np.maximum(z, 0.0)] * (self.depth - 1)
        yield lambda z: np.exp(-np.logaddexp(0.0, -z))

    def forward(self, X):
        cache = {"X": X}
        top = X
        for i, (W, b), act in zip(count(1), self.layers(), self._activations()):
            z = W @ top + b
            top = act(z)
            cache["Z%s" % i], cache["A%s" % i] = z, top
        return top, cache

    def compute_loss(self, Y, A2):
        p = np.clip(A2, 1e-16, 1 - 1.2e-16)
        return float(-np.where(np.asarray(Y) > 0.5, np.log(p), np.log1p(-p)).sum() / Y.shape[1])

    def backward(self, Y, cache):
        inputs = deque([cache["X"]] + [cache[k] for k in numbers("A", self.depth - 1)])
        gates = deque(cache[k] > 0 for k in numbers("Z", self.depth - 1))
        weights = deque(W for W, _ in self.layers())
        grads = {}
        err = (cache["A%d" % self.depth] - Y) / Y.shape[1]
        for i in range(self.depth, 0, -1):
            grads["dW%d" % i] = err @ inputs.pop().T
            grads["db%d" % i] = err @ np.ones((err.shape[1], 1))
            err = weights.pop().T @ err
            if gates:
                err = err * gates.pop()
        return grads

    def update_parameters(self, gradients):
        for name in numbers("W", self.depth) + numbers("b", self.depth):
            self.__dict__[name] = self.__dict__[name] - self.learning_rate * gradients["d" + name]

    def _endless(self, X, Y):
        while True:
            out, cache = self.forward(X)
            yield self.compute_loss(Y, out)
            self.update_parameters(self.backward(Y, cache))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        steps = self._endless(X, Y)
        for i in range(num_iterations):
            losses.append(next(steps))
            if i % print_every == 0:
                print(i, losses[-1])
        for _ in islice(steps, min(1, num_iterations)):     # the generator still owes the last update
            pass
        return losses

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(int)


class NeuralNetworkWithBackprop(StackMachine):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.allocate([input_size, hidden_size, output_size], learning_rate)

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return np.heaviside(np.asarray(Z, float), 0.0)

    def sigmoid(self, Z):
        return np.exp(-np.logaddexp(0.0, -np.asarray(Z, float)))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1.0 - s)


def walk(nn, X, Y, name, epsilon):
    """yields (index, numeric slope), one element after the other"""
    P = getattr(nn, name)
    for ij in product(*map(range, P.shape)):
        keep = P[ij]
        P[ij] = keep + epsilon
        plus = nn.compute_loss(Y, nn.forward(X)[0])
        P[ij] = keep - epsilon
        minus = nn.compute_loss(Y, nn.forward(X)[0])
        P[ij] = keep
        yield ij, (plus - minus) / (2 * epsilon)


def summarise(pairs):
    pairs = list(pairs)
    diff = sum((a - b) ** 2 for a, b in pairs) ** 0.5
    size = sum(a * a for a, _ in pairs) ** 0.5 + sum(b * b for _, b in pairs) ** 0.5
    return diff / size if size else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    return {name: summarise((grads["d" + name][ij], s) for ij, s in islice(walk(nn, X, Y, name, epsilon), 10))
            for name in ("W1", "b1", "W2", "b2")}


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    return {name: summarise((grads["d" + name][ij], s) for ij, s in walk(nn, X, Y, name, epsilon))
            for name in ("W1", "b1", "W2", "b2")}


class ThreeLayerNetwork(StackMachine):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.allocate([input_size, hidden1_size, hidden2_size, output_size], learning_rate)


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return sum(2 * q * x1 for q in (plus, minus)), 2 * plus * x2 - 2 * minus * x2


def two_squares_autograd(w1, w2, x1, x2):
    leaves = deque(torch.tensor(v, requires_grad=True) for v in (w1, w2))
    L = sum((leaves[0] * x1 + s * leaves[1] * x2) ** 2 for s in (1.0, -1.0))
    L.backward()
    return leaves.popleft().grad, leaves.popleft().grad


def autograd_linear(x, w, b):
    leaves = deque(torch.tensor(v, requires_grad=True) for v in (x, w, b))
    torch.add(leaves[0] * leaves[1], leaves[2]).backward()
    return tuple(leaf.grad for leaf in leaves)


def leaf_parameters(shape, scale, generator):
    leaf = torch.empty(*shape)
    leaf.copy_(torch.randn(*shape, generator=generator) * scale)
    return leaf.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    def endless():
        P = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
        while True:
            L = (torch.sigmoid(P[2] @ torch.relu(P[0] @ X + P[1]) + P[3]) - Y).pow(2).mean()
            yield L.item()
            for p, g in zip(P, torch.autograd.grad(L, P)):
                p.data -= learning_rate * g
    return list(islice(endless(), num_iterations))


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    layers = deque(m for m in model.modules() if isinstance(m, torch.nn.Linear))
    sizes = []
    while layers:
        layer = layers.pop()
        sizes.append(layer.weight.grad.abs().mean().item())
    return sizes
