# backprop.py -- ported from my little JS library (factories + closures, few real classes)
from collections import deque
from types import SimpleNamespace

import numpy as np
import torch

log = lambda *msg: print('[backprop]', *msg)

PARAMS = ['W1', 'b1', 'W2', 'b2']


def chain_rule(x):
    inner = lambda x: 2 * x + 1
    outer = lambda u: u ** 3
    inner.d = lambda x: 2
    outer.d = lambda u: 3 * u ** 2
    u = inner(x)
    return {'f': outer(u), 'u': u, 'du_dx': inner.d(x), 'df_du': outer.d(u), 'df_dx': outer.d(u) * inner.d(x)}


def computational_graph(w, x, b):
    undo = []                                   # callbacks, run last in first out
    out = {}

    def mul():
        out['a'] = w * x
        undo.append(lambda: out.update(dL_dw=out['dL_da'] * x, dL_dx=out['dL_da'] * w))

    def add():
        out['z'] = out['a'] + b
        undo.append(lambda: out.update(dL_da=out['dL_dz'], dL_db=out['dL_dz']))

    def square():
        out['L'] = out['z'] ** 2
        undo.append(lambda: out.update(dL_dz=2 * out['z']))

    for run in (mul, add, square):
        run()
    while undo:
        undo.pop()()
    return out


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return 0.5 * np.tanh(0.5 * z) + 0.5


def single_neuron(x, w, b, y):
    n = SimpleNamespace()
    n.z = w.dot(x) + b
    n.a = sigmoid(n.z)
    n.L = (y - n.a) ** 2 / 2
    n.dL_da = n.a - y
    n.da_dz = n.a * (1 - n.a)
    n.dL_dz = n.dL_da * n.da_dz
    n.dL_dw = n.dL_dz * x
    n.dL_db = n.dL_dz
    return vars(n)


def make_layer(W, b, activation, keep):
    """returns a function A_in -> A_out; what happened is told to keep(Z, A)"""
    def run(A_in):
        Z = W @ A_in + b
        A = activation(Z)
        keep(Z, A)
        return A
    return run


def pipe(x, *fns):
    for fn in fns:
        x = fn(x)
    return x


def unwind(stack, delta):
    """pops (W, A_in, mask) off the deque and yields the gradients, the last layer's first"""
    while stack:
        W, A_in, mask = stack.pop()
        delta = delta * mask
        yield delta @ A_in.T, delta.sum(axis=1, keepdims=True)
        delta = W.T @ delta


def bce(Y, A):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    samples = Y.shape[1]
    return float(np.where(Y == 1, -np.log(A), -np.log(1 - A)).sum() / samples)


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rand = lambda *s: np.random.randn(*s) * 0.1
        self.__dict__.update(
            learning_rate=learning_rate,
            W1=rand(hidden_size, input_size),
            b1=np.zeros((hidden_size, 1)),
            W2=rand(output_size, hidden_size),
            b2=np.zeros((output_size, 1)),
        )

    def relu(self, Z):
        return np.where(np.asarray(Z) < 0, 0, Z)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) <= 0, 0.0, 1.0)

    def sigmoid(self, Z):
        return sigmoid(Z)

    def sigmoid_derivative(self, Z):
        return 0.25 * (1 - np.tanh(0.5 * np.asarray(Z, dtype=float)) ** 2)

    def forward(self, X):
        cache = {'X': X}
        A2 = pipe(
            X,
            make_layer(self.W1, self.b1, self.relu, lambda Z, A: cache.update(Z1=Z, A1=A)),
            make_layer(self.W2, self.b2, self.sigmoid, lambda Z, A: cache.update(Z2=Z, A2=A)),
        )
        return A2, cache

    def compute_loss(self, Y, A2):
        return bce(Y, A2)

    def backward(self, Y, cache):
        stack = deque([
            (self.W1, cache['X'], self.relu_derivative(cache['Z1'])),
            (self.W2, cache['A1'], 1.0),
        ])
        walk = unwind(stack, (cache['A2'] - Y) / Y.shape[1])
        dW2, db2 = next(walk)
        dW1, db1 = next(walk)
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.__dict__.update({p: getattr(self, p) - lr * gradients['d' + p] for p in PARAMS})

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        on_loss = losses.append
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            if i % print_every == 0:
                on_loss(loss)
                log('iteration', i, 'loss', loss)
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        out, _ = self.forward(X)
        return np.array([[1 if p > 0.5 else 0 for p in row] for row in out])


def differ(nn, X, Y, epsilon):
    """closure: (name, index) -> numeric derivative. Works on a copy that takes the parameter's place."""
    loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])

    def at(name, index):
        original = getattr(nn, name)
        losses = {}
        for sign in (1, -1):
            moved = original.copy()
            moved[index] += sign * epsilon
            setattr(nn, name, moved)
            losses[sign] = loss()
        setattr(nn, name, original)
        return (losses[1] - losses[-1]) / (2 * epsilon)

    return at


def off_by(a, n):
    a, n = np.array(a), np.array(n)
    top, bottom = np.abs(a - n).max(), max(np.abs(a).max(), np.abs(n).max())
    return float(top / bottom) if bottom > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    numeric = differ(nn, X, Y, epsilon)
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in PARAMS:
        queue = deque(np.ndindex(getattr(nn, name).shape))
        picked = []
        while queue and len(picked) < 10:
            queue.rotate(-3)
            picked.append(queue.popleft())
        report[name] = off_by([grads['d' + name][i] for i in picked], [numeric(name, i) for i in picked])
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    numeric = differ(nn, X, Y, epsilon)
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in PARAMS:
        pairs = [(grads['d' + name][i], numeric(name, i)) for i in np.ndindex(getattr(nn, name).shape)]
        report[name] = off_by(*zip(*pairs))
    return report


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        dims = deque([input_size, hidden1_size, hidden2_size, output_size])
        cols = dims.popleft()
        for l in (1, 2, 3):
            rows = dims.popleft()
            setattr(self, f'W{l}', np.random.randn(rows, cols) * 0.1)
            setattr(self, f'b{l}', np.zeros((rows, 1)))
            cols = rows

    def forward(self, X):
        cache = {'X': X}
        relu = lambda Z: np.maximum(0, Z)
        A3 = pipe(
            X,
            make_layer(self.W1, self.b1, relu, lambda Z, A: cache.update(Z1=Z, A1=A)),
            make_layer(self.W2, self.b2, relu, lambda Z, A: cache.update(Z2=Z, A2=A)),
            make_layer(self.W3, self.b3, sigmoid, lambda Z, A: cache.update(Z3=Z, A3=A)),
        )
        return A3, cache

    def compute_loss(self, Y, A3):
        return bce(Y, A3)

    def backward(self, Y, cache):
        stack = deque([
            (self.W1, cache['X'], cache['Z1'] > 0),
            (self.W2, cache['A1'], cache['Z2'] > 0),
            (self.W3, cache['A2'], 1.0),
        ])
        grads = {}
        for l, (dW, db) in zip((3, 2, 1), unwind(stack, (cache['A3'] - Y) / Y.shape[1])):
            grads[f'dW{l}'] = dW
            grads[f'db{l}'] = db
        return grads

    def update_parameters(self, gradients):
        for key, grad in gradients.items():
            name = key.lstrip('d')
            self.__dict__[name] = self.__dict__[name] - self.learning_rate * grad

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            i % print_every or log('iteration', i, 'loss', losses[i])
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        out, _ = self.forward(X)
        return (out > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    return (2 * (plus + minus) * x1, 2 * (plus - minus) * x2)


def leaf(value):
    return torch.tensor(value, dtype=torch.float64).requires_grad_()


def two_squares_autograd(w1, w2, x1, x2):
    p = SimpleNamespace(w1=leaf(w1), w2=leaf(w2))
    square = lambda t: t * t
    (square(p.w1 * x1 + p.w2 * x2) + square(p.w1 * x1 - p.w2 * x2)).backward()
    return p.w1.grad, p.w2.grad


def autograd_linear(x, w, b):
    args = {'x': leaf(x), 'w': leaf(w), 'b': leaf(b)}
    (lambda x, w, b: w * x + b)(**args).backward()
    return tuple(t.grad for t in args.values())


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).detach().requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    state = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
    state = {key: t.clone().requires_grad_() for key, t in state.items()}
    losses = []

    def forward():
        hidden = torch.relu(state['W1'] @ X + state['b1'])
        return torch.sigmoid(state['W2'] @ hidden + state['b2'])

    def loss_fn(A2):
        return (A2 - Y).pow(2).mean()

    def step(key):
        state[key].data.sub_(state[key].grad, alpha=learning_rate)

    for _ in range(num_iterations):
        loss = loss_fn(forward())
        losses.append(loss.item())
        for t in state.values():
            t.grad = None
        loss.backward()
        for key in state:
            step(key)
    return losses


def gradient_flow(model, X, Y):
    seen = []
    for p in model.parameters():
        p.grad = None
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            seen.append(float(module.weight.grad.abs().mean()))
    return seen
