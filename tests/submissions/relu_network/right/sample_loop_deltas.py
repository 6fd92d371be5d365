from __future__ import annotations

import numpy as np
import torch


def chain_rule(x):
    u = 2.0 * x + 1.0
    links = {'du_dx': 2.0, 'df_du': 3.0 * u * u}
    total = 1.0
    for v in links.values():
        total = total * v
    return {'f': u * u * u, 'u': u, **links, 'df_dx': total}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dL_dz = 2 * z
    return {'a': a, 'z': z, 'L': z ** 2, 'dL_dz': dL_dz, 'dL_da': dL_dz, 'dL_dw': dL_dz * x,
            'dL_dx': dL_dz * w, 'dL_db': dL_dz}


def single_neuron(x, w, b, y):
    sig = lambda t: 1 / (1 + np.exp(-t))
    z = (np.asarray(w) * np.asarray(x)).sum() + b
    a = sig(z)
    slope = sig(z) * sig(-z)
    g = (a - y) * slope
    return {'z': z, 'a': a, 'L': (a - y) ** 2 / 2, 'dL_da': a - y, 'da_dz': slope, 'dL_dz': g, 'dL_dw': g * np.asarray(x), 'dL_db': g}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1 = rng.normal(0.0, 0.05, size=(hidden_size, input_size))
        self.W2 = rng.normal(0.0, 0.05, size=(output_size, hidden_size))
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.array(np.greater(Z, 0), dtype=float)

    def sigmoid(self, Z):
        with np.errstate(over='ignore'):
            return 1.0 / (1.0 + np.exp(-np.asarray(Z, dtype=float)))

    def sigmoid_derivative(self, Z):
        return (lambda p: p * (1.0 - p))(self.sigmoid(Z))

    def forward(self, X):
        z1 = np.einsum('hn,nm->hm', self.W1, X) + self.b1
        a1 = self.relu(z1)
        z2 = np.einsum('kh,hm->km', self.W2, a1) + self.b2
        a2 = self.sigmoid(z2)
        return a2, dict(zip(('X', 'Z1', 'A1', 'Z2', 'A2'), (X, z1, a1, z2, a2)))

    def compute_loss(self, Y, A2):
        p = np.clip(A2, 1e-14, 1 - 1e-14)
        per_sample = [-(y @ np.log(q) + (1 - y) @ np.log(1 - q)) for y, q in zip(Y.T, p.T)]
        return sum(per_sample) / len(per_sample)

    def backward(self, Y, cache):
        N = Y.shape[1]
        dW1, db1 = np.zeros_like(self.W1), np.zeros_like(self.b1)
        dW2, db2 = np.zeros_like(self.W2), np.zeros_like(self.b2)
        for j in range(N):
            x, z, a, p = (cache[k][:, j] for k in ('X', 'Z1', 'A1', 'A2'))
            delta2 = p - Y[:, j]
            delta1 = (self.W2.T @ delta2) * (z > 0)
            dW2 += np.outer(delta2, a)
            db2[:, 0] += delta2
            dW1 += np.outer(delta1, x)
            db1[:, 0] += delta1
        return {'dW1': dW1 / N, 'db1': db1 / N, 'dW2': dW2 / N, 'db2': db2 / N}

    def update_parameters(self, gradients):
        steps = {n: -self.learning_rate * gradients['d' + n] for n in ('W1', 'b1', 'W2', 'b2')}
        for n, s in steps.items():
            setattr(self, n, np.add(getattr(self, n), s))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = np.zeros(num_iterations)
        for step in range(num_iterations):
            yhat, kept = self.forward(X)
            history[step] = self.compute_loss(Y, yhat)
            nabla = self.backward(Y, kept)
            self.update_parameters(nabla)
            if step % print_every == 0:
                print('step', step, 'loss', history[step])
        return history.tolist()

    def predict(self, X):
        probs = self.forward(X)[0]
        labels = np.zeros(probs.shape, dtype=int)
        labels[probs > 0.5] = 1
        return labels


class _Nudge:
    # puts an entry back when the block ends
    def __init__(self, array, flat, by):
        self.array, self.flat, self.by = array, flat, by

    def __enter__(self):
        self.before = self.array.flat[self.flat]
        self.array.flat[self.flat] = self.before + self.by

    def __exit__(self, *exc):
        self.array.flat[self.flat] = self.before


def central_slopes(nn, X, Y, array, entries, h):
    slopes = []
    for e in entries:
        sides = {}
        for by in (h, -h):
            with _Nudge(array, e, by):
                sides[by] = nn.compute_loss(Y, nn.forward(X)[0])
        slopes.append((sides[h] - sides[-h]) / (2 * h))
    return np.asarray(slopes)


def gradient_check(nn, X, Y, epsilon=1e-05):
    d = nn.backward(Y, nn.forward(X)[1])
    answers = {}
    for p in ['W1', 'b1', 'W2', 'b2']:
        arr = getattr(nn, p)
        entries = np.unique(np.linspace(0, arr.size - 1, 10).round().astype(int))
        by_hand = central_slopes(nn, X, Y, arr, entries, epsilon)
        by_net = np.asarray(d['d' + p]).reshape(-1)[entries]
        length = np.linalg.norm(by_hand) + np.linalg.norm(by_net)
        answers[p] = np.linalg.norm(by_hand - by_net) / max(length, 1e-200)
    return answers


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    d = nn.backward(Y, nn.forward(X)[1])
    answers = {}
    for p in ['W1', 'b1', 'W2', 'b2']:
        arr = getattr(nn, p)
        by_hand = central_slopes(nn, X, Y, arr, range(arr.size), epsilon)
        by_net = np.asarray(d['d' + p]).reshape(-1)
        length = np.linalg.norm(by_hand) + np.linalg.norm(by_net)
        answers[p] = np.linalg.norm(by_hand - by_net) / max(length, 1e-200)
    return answers


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        small = 0.1
        self.W1 = small * np.random.randn(hidden1_size, input_size)
        self.W2 = small * np.random.randn(hidden2_size, hidden1_size)
        self.W3 = small * np.random.randn(output_size, hidden2_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        relu = lambda z: np.maximum(0.0, z)
        A1 = relu(Z1 := self.W1 @ X + self.b1)
        A2 = relu(Z2 := self.W2 @ A1 + self.b2)
        Z3 = self.W3 @ A2 + self.b3
        with np.errstate(over='ignore'):
            A3 = 1.0 / (1.0 + np.exp(-Z3))
        return A3, {'X': X, 'Z1': Z1, 'Z2': Z2, 'Z3': Z3, 'A1': A1, 'A2': A2, 'A3': A3}

    def compute_loss(self, Y, A3):
        p = np.minimum(np.maximum(A3, 1e-12), 1 - 1e-12)
        cost = np.log(p) * Y
        cost += np.log(1 - p) * (1 - Y)
        return -cost.sum() / cost.shape[1]

    def backward(self, Y, cache):
        g = {'dW1': 0.0, 'dW2': 0.0, 'dW3': 0.0, 'db1': 0.0, 'db2': 0.0, 'db3': 0.0}
        N = Y.shape[1]
        for s in range(N):
            col = lambda name: cache[name][:, s:s + 1]
            delta3 = (col('A3') - Y[:, s:s + 1]) / N
            delta2 = (self.W3.T @ delta3) * (col('Z2') > 0)
            delta1 = (self.W2.T @ delta2) * (col('Z1') > 0)
            for i, d, a in ((1, delta1, col('X')), (2, delta2, col('A1')), (3, delta3, col('A2'))):
                g[f'dW{i}'] = g[f'dW{i}'] + d @ a.T
                g[f'db{i}'] = g[f'db{i}'] + d
        return g

    def update_parameters(self, gradients):
        for p in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3'):
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients['d' + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for i in range(num_iterations):
            yhat, cache = self.forward(X)
            cost = self.compute_loss(Y, yhat)
            history.append(cost)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f'{i}: {cost:.5f}')
        return history

    def predict(self, X):
        probs = self.forward(X)[0]
        labels = np.zeros(probs.shape, dtype=int)
        labels[probs > 0.5] = 1
        return labels


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    u = p + q
    v = p - q
    dL_dp = 2 * u + 2 * v
    dL_dq = 2 * u - 2 * v
    return dL_dp * x1, dL_dq * x2


def two_squares_autograd(w1, w2, x1, x2):
    leaf = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    p, q = leaf[0] * x1, leaf[1] * x2
    L = (p + q).pow(2) + (p - q).pow(2)
    L.backward()
    return leaf[0].grad.item(), leaf[1].grad.item()


def autograd_linear(x, w, b):
    xt = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    wt = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    bt = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    out = torch.add(torch.mul(wt, xt), bt)
    out.backward()
    return xt.grad.item(), wt.grad.item(), bt.grad.item()


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves = []
    for t in (W1, b1, W2, b2):
        c = t.clone()
        c.requires_grad_(True)
        leaves.append(c)

    def net(inp):
        h = (leaves[0].mm(inp) + leaves[1]).relu()
        return (leaves[2].mm(h) + leaves[3]).sigmoid()

    history = []
    for k in range(num_iterations):
        delta_y = net(X) - Y
        cost = (delta_y * delta_y).sum() / delta_y.numel()
        cost.backward()
        for t in leaves:
            t.data.sub_(learning_rate * t.grad)
            t.grad.zero_()
        history.append(cost.item())
    return history


def gradient_flow(model, X, Y):
    layers = [mod for mod in model.modules() if isinstance(mod, torch.nn.Linear)]
    cost = torch.nn.BCELoss()(model(X), Y)
    nabla = torch.autograd.grad(cost, [l.weight for l in layers])
    return [float(torch.mean(torch.abs(g))) for g in nabla]


if __name__ == '__main__':
    net = NeuralNetworkWithBackprop(2, 4, 1, learning_rate=0.5)
    data = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    net.train(data, np.array([[0, 1, 1, 0]]), num_iterations=20, print_every=10)
    print(net.predict(data))
