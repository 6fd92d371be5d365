# -*- coding: utf-8 -*-
# solutions, week 5

import numpy as np
import torch


def chain_rule(x):
    """forward, then the local slopes, then their product"""
    u = x + x + 1
    f = u * u ** 2
    local_inner = 2
    local_outer = 3 * (u ** 2)
    total = 1
    for local in (local_outer, local_inner):
        total = total * local
    return dict(u=u, f=f, du_dx=local_inner, df_du=local_outer, df_dx=total)


def computational_graph(w, x, b):
    """node after node"""
    class Node: pass
    n = Node()
    n.a = w * x
    n.z = n.a + b
    n.L = pow(n.z, 2)
    n.dL_dz = n.z + n.z
    n.dL_da = n.dL_db = n.dL_dz
    n.dL_dw, n.dL_dx = n.dL_da * x, n.dL_da * w
    return vars(n)


def single_neuron(x, w, b, y):
    z = b + w.dot(x)
    e = np.exp(-abs(z))
    a = 1 / (1 + e) if z >= 0 else e / (1 + e)
    dparams = {'dL_da': a - y, 'da_dz': e / (1 + e) ** 2}
    dparams['dL_dz'] = dparams['dL_da'] * dparams['da_dz']
    dparams['dL_dw'] = dparams['dL_dz'] * x
    dparams['dL_db'] = dparams['dL_dz']
    return {'z': z, 'a': a, 'L': (y - a) ** 2 * 0.5, **dparams}


def _positive_part(Z):
    return np.where(np.asarray(Z) > 0, Z, np.zeros_like(Z))


def _squash(Z):
    Z = np.asarray(Z, dtype=float)
    return np.exp(np.minimum(Z, 0)) / (1 + np.exp(-np.abs(Z)))


class NeuralNetworkWithBackprop:
    """The activation functions are plain functions above; the methods only call them."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.02, (hidden_size, input_size))
        self.W2 = np.random.normal(0, 0.02, (output_size, hidden_size))
        self.b1 = np.full((hidden_size, 1), 0.0)
        self.b2 = np.full((output_size, 1), 0.0)

    def relu(self, Z):
        return _positive_part(Z)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) <= 0, 0.0, 1.0)

    def sigmoid(self, Z):
        return _squash(Z)

    def sigmoid_derivative(self, Z):
        return _squash(Z) * _squash(-np.asarray(Z))

    def forward(self, X):
        pre = []
        post = [X]
        for W, b, act in ((self.W1, self.b1, self.relu), (self.W2, self.b2, self.sigmoid)):
            pre.append(W @ post[-1] + b)
            post.append(act(pre[-1]))
        return post[2], {'X': X, 'Z1': pre[0], 'A1': post[1], 'Z2': pre[1], 'A2': post[2]}

    def compute_loss(self, Y, A2):
        eps = 1e-15
        per_element = Y * np.log(np.maximum(A2, eps)) + (1 - Y) * np.log(np.maximum(1 - A2, eps))
        return -per_element.sum() / A2.shape[1]

    def backward(self, Y, cache):
        out = cache['A2']
        grad_z2 = (out - Y) / out.shape[1]
        grad_W2 = grad_z2 @ cache['A1'].T
        grad_b2 = grad_z2.sum(axis=1, keepdims=True)
        grad_a1 = self.W2.T @ grad_z2
        grad_z1 = np.where(cache['Z1'] > 0, grad_a1, 0)
        grad_W1 = grad_z1 @ cache['X'].T
        grad_b1 = grad_z1.sum(axis=1, keepdims=True)
        return dict(dW1=grad_W1, db1=grad_b1, dW2=grad_W2, db2=grad_b2)

    def update_parameters(self, gradients):
        a = -self.learning_rate
        self.W1 = self.W1 + a * gradients['dW1']
        self.W2 = self.W2 + a * gradients['dW2']
        self.b1 = self.b1 + a * gradients['db1']
        self.b2 = self.b2 + a * gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_list = [0.0] * num_iterations
        for epoch in range(num_iterations):
            collected, cache = self.forward(X)
            loss_list[epoch] = self.compute_loss(Y, collected)
            if print_every and epoch % print_every == 0:
                print('epoch', epoch, loss_list[epoch])
            self.update_parameters(self.backward(Y, cache))
        return loss_list

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    out, cache = nn.forward(X)
    d = nn.backward(Y, cache)
    diffs = {}
    for name in 'W1 b1 W2 b2'.split():
        p = getattr(nn, name)
        worst = 0.0
        largest = 0.0
        for t in np.random.permutation(p.size)[:10]:
            r, c = np.unravel_index(t, p.shape)
            start = p[r, c]
            p[r, c] = start + epsilon
            a = nn.compute_loss(Y, nn.forward(X)[0])
            p[r, c] = start - epsilon
            b = nn.compute_loss(Y, nn.forward(X)[0])
            p[r, c] = start
            g = (a - b) / (epsilon + epsilon)
            worst = max(worst, abs(g - d['d' + name][r, c]))
            largest = max(largest, abs(g), abs(d['d' + name][r, c]))
        diffs[name] = worst / largest if largest > 0 else worst
    return diffs


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    out, cache = nn.forward(X)
    d = nn.backward(Y, cache)
    diffs = {}
    for name in 'W1 b1 W2 b2'.split():
        p = getattr(nn, name)
        g = np.zeros(p.shape)
        for r in range(p.shape[0]):
            for c in range(p.shape[1]):
                start = p[r, c]
                p[r, c] = start + epsilon
                a = nn.compute_loss(Y, nn.forward(X)[0])
                p[r, c] = start - epsilon
                b = nn.compute_loss(Y, nn.forward(X)[0])
                p[r, c] = start
                g[r, c] = (a - b) / (epsilon + epsilon)
        gap = np.abs(g - d['d' + name]).max()
        diffs[name] = gap
    return diffs


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    """Takes the activation functions, the loss and the training loop from the smaller network."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.relu(Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = self.sigmoid(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return super().compute_loss(Y, A3)

    def backward(self, Y, cache):
        batch = cache['X'].shape[1]
        d3 = (cache['A3'] - Y) / batch
        d2 = self.W3.T @ d3 * self.relu_derivative(cache['Z2'])
        d1 = self.W2.T @ d2 * self.relu_derivative(cache['Z1'])
        gradients = {}
        for i, d, a in ((1, d1, cache['X']), (2, d2, cache['A1']), (3, d3, cache['A2'])):
            gradients[f'dW{i}'] = d @ a.T
            gradients[f'db{i}'] = d.sum(axis=1, keepdims=True)
        return gradients

    def update_parameters(self, gradients):
        for name in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3'):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients['d' + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_list = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss_list.append(self.compute_loss(Y, A3))
            if print_every and i % print_every == 0:
                print('loss', i, loss_list[i])
            self.update_parameters(self.backward(Y, cache))
        return loss_list

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    squares = ((p + q, 1, 1), (p - q, 1, -1))
    by_w1 = sum(2 * r * s1 * x1 for r, s1, _ in squares)
    by_w2 = sum(2 * r * s2 * x2 for r, _, s2 in squares)
    return by_w1, by_w2


def two_squares_autograd(w1, w2, x1, x2):
    def L(a, b):
        return (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2

    args = tuple(torch.tensor(v, dtype=torch.float64) for v in (w1, w2))
    return torch.autograd.functional.jacobian(L, args)


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64).requires_grad_() for v in (x, w, b))
    y = torch.addcmul(b, w, x)
    y.backward()
    return tuple(leaf.grad for leaf in (x, w, b))


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = [torch.nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    seen = []
    while len(seen) < num_iterations:
        w1, c1, w2, c2 = net
        prediction = (w2.matmul(w1.matmul(X).add(c1).relu()).add(c2)).sigmoid()
        mse = (prediction - Y).pow(2).mean()
        mse.backward()
        for p in net:
            p.data.sub_(p.grad, alpha=learning_rate)
            p.grad = None
        seen.append(mse.item())
    return seen


def gradient_flow(model, X, Y):
    loss_fn = torch.nn.functional.binary_cross_entropy
    names = [name + '.weight' if name else 'weight'
             for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)]
    params = dict(model.named_parameters())
    dparams = torch.autograd.grad(loss_fn(model(X), Y), [params[n] for n in names])
    return [torch.linalg.vector_norm(g, ord=1).item() / g.numel() for g in dparams]
