import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy as bce_torch


def chain_rule(x):
    u = 2 * x + 1
    res = {}
    res.update(u=u, f=u ** 3)
    res.update(du_dx=2, df_du=3 * u ** 2)
    res.update(df_dx=res['du_dx'] * res['df_du'])
    return res


def computational_graph(w, x, b):
    class Node: pass
    a, z, L = Node(), Node(), Node()
    a.value = w * x
    z.value = a.value + b
    L.value = z.value ** 2
    L.grad = 1
    z.grad = L.grad * 2 * z.value
    a.grad = z.grad
    return {'a': a.value, 'z': z.value, 'L': L.value, 'dL_dz': z.grad, 'dL_da': a.grad,
            'dL_dw': a.grad * x, 'dL_dx': a.grad * w, 'dL_db': z.grad}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = (y - a) ** 2 * 0.5
    dL_da = -1 * (y - a)
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw, dL_db = dL_dz * x, dL_dz
    return {k: v for k, v in locals().items() if k in ('z', 'a', 'L') or k.startswith('d')}


class Parametrised:
    """keeps parameters and, torch-like, a buffer .grad for each"""
    names = ()

    def setup(self, dims, learning_rate):
        self.learning_rate = learning_rate
        self.names = []
        for l in range(1, len(dims)):
            setattr(self, 'W%d' % l, np.random.randn(dims[l], dims[l - 1]) * 0.1)
            setattr(self, 'b%d' % l, np.zeros((dims[l], 1)))
            self.names += ['W%d' % l, 'b%d' % l]
        self.grad = {'d' + n: np.zeros(getattr(self, n).shape) for n in self.names}

    def clear(self):
        self.grad = {k: np.zeros(g.shape) for k, g in self.grad.items()}

    def update_parameters(self, gradients):
        for n in self.names:
            setattr(self, n, getattr(self, n) - self.learning_rate * gradients['d' + n])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        out = []
        for it in range(num_iterations):
            yhat, cache = self.forward(X)
            out.append(self.compute_loss(Y, yhat))
            if it % print_every == 0:
                print('loss @', it, out[-1])
            g = self.backward(Y, cache)
            self.update_parameters(g)
        return out

    def predict(self, X):
        yhat, _ = self.forward(X)
        return 1 * (yhat > 0.5)

    def compute_loss(self, Y, A2):
        q = np.clip(A2, 1e-14, 1 - 1e-14)
        return -np.einsum('ij->', Y * np.log(q) + (1 - Y) * np.log(1 - q)) / Y.shape[1]


class NeuralNetworkWithBackprop(Parametrised):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.setup([input_size, hidden_size, output_size], learning_rate)

    def relu(self, Z):
        return np.fmax(Z, 0)

    def relu_derivative(self, Z):
        return np.asarray(Z > 0, dtype=float)

    def sigmoid(self, Z):
        return np.reciprocal(1 + np.exp(np.multiply(Z, -1.0)))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        cache = dict(X=X)
        cache['Z1'] = self.W1.dot(X) + self.b1
        cache['A1'] = self.relu(cache['Z1'])
        cache['Z2'] = self.W2.dot(cache['A1']) + self.b2
        cache['A2'] = self.sigmoid(cache['Z2'])
        return cache['A2'], cache

    def backward(self, Y, cache):
        g = self.grad
        d2 = (cache['A2'] - Y) / Y.shape[1]
        g['dW2'] += d2.dot(cache['A1'].T)
        g['db2'] += d2.sum(axis=1).reshape(-1, 1)
        d1 = self.W2.T.dot(d2)
        d1[~(cache['Z1'] > 0)] = 0
        g['dW1'] += d1.dot(cache['X'].T)
        g['db1'] += d1.sum(axis=1).reshape(-1, 1)
        return {k: v.copy() for k, v in g.items()}


def gradient_check(nn, X, Y, epsilon=1e-05):
    yhat, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    result = dict.fromkeys(['W1', 'b1', 'W2', 'b2'])
    for n in result:
        result[n] = _rel(nn, X, Y, n, g['d' + n], epsilon, range(0, getattr(nn, n).size)[:10])
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    yhat, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    result = dict.fromkeys(['W1', 'b1', 'W2', 'b2'])
    for n in result:
        result[n] = _rel(nn, X, Y, n, g['d' + n], epsilon, range(0, getattr(nn, n).size))
    return result


def _rel(nn, X, Y, n, exact, eps, ids):
    before = getattr(nn, n)
    approx = []
    for i in ids:
        losses = {}
        for s in (+1, -1):
            P = before.copy()
            P.ravel()[i] += s * eps
            setattr(nn, n, P)
            losses[s] = nn.compute_loss(Y, nn.forward(X)[0])
        approx.append((losses[1] - losses[-1]) / (2 * eps))
    setattr(nn, n, before)
    approx, exact = np.array(approx), exact.ravel()[list(ids)]
    total = np.linalg.norm(approx) + np.linalg.norm(exact)
    return np.linalg.norm(approx - exact) / total if total > 0 else 0.0


class ThreeLayerNetwork(Parametrised):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.setup([input_size, hidden1_size, hidden2_size, output_size], learning_rate)

    def forward(self, X):
        c = dict(X=X)
        c['Z1'] = self.W1.dot(X) + self.b1
        c['A1'] = np.fmax(c['Z1'], 0)
        c['Z2'] = self.W2.dot(c['A1']) + self.b2
        c['A2'] = np.fmax(c['Z2'], 0)
        c['Z3'] = self.W3.dot(c['A2']) + self.b3
        c['A3'] = np.reciprocal(1 + np.exp(-c['Z3']))
        return c['A3'], c

    def backward(self, Y, cache):
        self.clear()
        d = (cache['A3'] - Y) / Y.shape[1]
        for l, a in ((3, 'A2'), (2, 'A1'), (1, 'X')):
            self.grad['dW%d' % l] += d.dot(cache[a].T)
            self.grad['db%d' % l] += d.sum(axis=1).reshape(-1, 1)
            if l > 1:
                d = getattr(self, 'W%d' % l).T.dot(d) * (cache['Z%d' % (l - 1)] > 0)
        return dict(self.grad)


def two_squares(w1, w2, x1, x2):
    dw1 = dw2 = 0
    for sign in (1, -1):
        inner = w1 * x1 + sign * w2 * x2
        dw1 += 2 * inner * x1
        dw2 += 2 * inner * sign * x2
    return dw1, dw2


def two_squares_autograd(w1, w2, x1, x2):
    v1 = torch.tensor(w1, requires_grad=True)
    v2 = torch.tensor(w2, requires_grad=True)
    loss = 0
    for sign in (1, -1):
        loss = loss + (v1 * x1 + sign * v2 * x2) ** 2
    loss.backward()
    return v1.grad, v2.grad


def autograd_linear(x, w, b):
    tx, tw, tb = torch.tensor(x, requires_grad=True), torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    out = tw * tx + tb
    out.backward()
    return tx.grad, tw.grad, tb.grad


def leaf_parameters(shape, scale, generator):
    raw = torch.randn(*shape, generator=generator)
    raw = raw * scale
    return raw.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    p = dict(W1=W1.clone(), b1=b1.clone(), W2=W2.clone(), b2=b2.clone())
    for t in p.values():
        t.requires_grad_()
    out = []
    for it in range(num_iterations):
        yhat = torch.sigmoid(p['W2'].matmul(torch.relu(p['W1'].matmul(X) + p['b1'])) + p['b2'])
        loss = (yhat - Y).pow(2).mean()
        out.append(loss.item())
        for t in p.values():
            t.grad = None
        loss.backward()
        for t in p.values():
            t.data -= learning_rate * t.grad
    return out


def gradient_flow(model, X, Y):
    model.zero_grad()
    bce_torch(model(X), Y).backward()
    sizes = []
    for mod in model.modules():
        if isinstance(mod, torch.nn.Linear):
            sizes.append(mod.weight.grad.abs().mean().item())
    return sizes
