import random

import numpy as np
import torch


def chain_rule(x):
    # link 1
    u, du_dx = 2 * x + 1, 2
    # link 2
    f, df_du = np.power(u, 3), 3 * np.power(u, 2)
    names = ('f', 'u', 'du_dx', 'df_du', 'df_dx')
    return dict(zip(names, (f, u, du_dx, df_du, du_dx * df_du)))


def computational_graph(w, x, b):
    a = np.multiply(w, x)
    z = np.add(a, b)
    L = np.square(z)
    up = 2 * z
    names = ('a', 'z', 'L', 'dL_dz', 'dL_da', 'dL_dw', 'dL_dx', 'dL_db')
    return dict(zip(names, (a, z, L, up, up, np.multiply(up, x), np.multiply(up, w), up)))


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = np.reciprocal(1 + np.exp(-z))
    diff = a - y
    slope = np.exp(-z) * a ** 2
    names = ('z', 'a', 'L', 'dL_da', 'da_dz', 'dL_dz', 'dL_db', 'dL_dw')
    return dict(zip(names, (z, a, np.square(diff) / 2, diff, slope, diff * slope, diff * slope, diff * slope * x)))


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
        all_losses = [0.0] * num_iterations
        for epoch in range(num_iterations):
            collected, cache = self.forward(X)
            all_losses[epoch] = self.compute_loss(Y, collected)
            if print_every and epoch % print_every == 0:
                print('epoch', epoch, all_losses[epoch])
            self.update_parameters(self.backward(Y, cache))
        return all_losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def _pairs(nn, X, Y, name, eps, most=None):
    """Yields (from backward, from the loss) for the elements of one parameter."""
    grad = nn.backward(Y, nn.forward(X)[1])['d' + name]
    p = getattr(nn, name)
    numbers = range(p.size) if most is None else random.sample(range(p.size), min(most, p.size))
    for k in numbers:
        old = p.flat[k]
        sides = []
        for sign in (1, -1):
            p.flat[k] = old + sign * eps
            sides.append(nn.compute_loss(Y, nn.forward(X)[0]))
        p.flat[k] = old
        yield grad.flat[k], (sides[0] - sides[1]) / (2 * eps)


def _score(pairs):
    a, n = np.array(list(pairs)).T
    return float(np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n) or 1.0))


def gradient_check(nn, X, Y, epsilon=1e-05):
    return {name: _score(_pairs(nn, X, Y, name, epsilon, most=10)) for name in ('W1', 'b1', 'W2', 'b2')}


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return {name: _score(_pairs(nn, X, Y, name, epsilon)) for name in ('W1', 'b1', 'W2', 'b2')}


def _logistic(z):
    return np.where(z < 0, np.exp(np.minimum(z, 0)), 1.0)/(1 + np.exp(-np.abs(z)))


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = 0.1*np.random.randn(hidden1_size, input_size)
        self.W2 = 0.1*np.random.randn(hidden2_size, hidden1_size)
        self.W3 = 0.1*np.random.randn(output_size, hidden2_size)
        self.b1, self.b2, self.b3 = [np.zeros((w.shape[0], 1)) for w in (self.W1, self.W2, self.W3)]
        self.learning_rate = learning_rate

    def forward(self, X):
        c = {'X': X}
        c['Z1'] = np.dot(self.W1, X) + self.b1
        c['A1'] = c['Z1']*(c['Z1'] > 0)
        c['Z2'] = np.dot(self.W2, c['A1']) + self.b2
        c['A2'] = c['Z2']*(c['Z2'] > 0)
        c['Z3'] = np.dot(self.W3, c['A2']) + self.b3
        c['A3'] = _logistic(c['Z3'])
        return c['A3'], c

    def compute_loss(self, Y, A3):
        m = A3.shape[1]
        A = np.clip(A3, 1e-15, 1 - 1e-15)
        ce = Y*np.log(A) + (1 - Y)*np.log(1 - A)
        return -1/m*np.sum(ce)

    def backward(self, Y, cache):
        m = Y.shape[1]
        out = {}
        g_3 = cache['A3'] - Y
        out['dW3'] = 1/m*np.dot(g_3, cache['A2'].T)
        out['db3'] = 1/m*np.sum(g_3, axis=1, keepdims=True)
        g_2 = np.dot(self.W3.T, g_3)
        g_2[cache['Z2'] <= 0] = 0
        out['dW2'] = 1/m*np.dot(g_2, cache['A1'].T)
        out['db2'] = 1/m*np.sum(g_2, axis=1, keepdims=True)
        g_1 = np.dot(self.W2.T, g_2)
        g_1[cache['Z1'] <= 0] = 0
        out['dW1'] = 1/m*np.dot(g_1, cache['X'].T)
        out['db1'] = 1/m*np.sum(g_1, axis=1, keepdims=True)
        return out

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr*gradients['dW1']; self.b1 = self.b1 - lr*gradients['db1']
        self.W2 = self.W2 - lr*gradients['dW2']; self.b2 = self.b2 - lr*gradients['db2']
        self.W3 = self.W3 - lr*gradients['dW3']; self.b3 = self.b3 - lr*gradients['db3']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        J_values = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            J_values.append(self.compute_loss(Y, A3))
            if print_every and it % print_every == 0:
                print('cost after %d iterations: %f' % (it, J_values[-1]))
            self.update_parameters(self.backward(Y, cache))
        return J_values

    def predict(self, X):
        return (self.forward(X)[0] > 0.5)*1


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    dL_dw1 = 2 * s * x1 + 2 * d * x1
    dL_dw2 = 2 * s * x2 - 2 * d * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    L = plus ** 2 + minus ** 2
    g1 = 2 * plus * x1 + 2 * minus * x1
    g2 = 2 * plus * x2 - 2 * minus * x2
    return g1, g2


def autograd_linear(x, w, b):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator) * scale
    p.requires_grad_(True)
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [p.clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    all_losses = []
    for _ in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = ((A2 - Y) ** 2).mean()
        all_losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (W1, b1, W2, b2):
                p -= learning_rate * p.grad
                p.grad.zero_()
    return all_losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    collected = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            collected.append(layer.weight.grad.abs().mean().item())
    return collected
