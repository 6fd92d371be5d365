"""Exercise sheet backprop.  I compute everything for one sample at a time and add up, that's how I understand it."""
import math

import numpy as np
import torch
from torch import nn as tnn


def chain_rule(x):
    inner = 2*x + 1
    outer = inner*inner*inner
    return dict(f=outer, u=inner, du_dx=2, df_du=3*inner*inner, df_dx=6*inner*inner)


def computational_graph(w, x, b):
    a = w*x
    z = a + b
    up = 2*z
    return dict(a=a, z=z, L=z*z, dL_dz=up, dL_da=up, dL_dw=up*x, dL_dx=up*w, dL_db=up)


def single_neuron(x, w, b, y):
    z = b
    for xi, wi in zip(x, w):
        z = z + xi*wi
    a = 1/(1 + math.exp(-z))
    loss = (y - a)**2 / 2
    dL_da = a - y
    da_dz = a*(1 - a)
    dL_dz = dL_da*da_dz
    dL_dw = np.zeros(len(w))
    for i in range(len(w)):
        dL_dw[i] = dL_dz*x[i]
    return dict(z=z, a=a, L=loss, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dw, dL_db=dL_dz)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1 = 0.1*rng.standard_normal((hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1*rng.standard_normal((output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate
        self.reset_gradients()

    def reset_gradients(self):
        self.sum_dW1 = np.zeros_like(self.W1)
        self.sum_db1 = np.zeros_like(self.b1)
        self.sum_dW2 = np.zeros_like(self.W2)
        self.sum_db2 = np.zeros_like(self.b2)

    def relu(self, Z):
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        e = np.exp(-np.abs(Z))           # never overflows
        return np.where(Z >= 0, 1/(1 + e), e/(1 + e))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z)*self.sigmoid(-np.asarray(Z, dtype=float))

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

    def compute_loss(self, Y, A2):
        k, m = Y.shape
        total = 0.0
        for j in range(m):
            for i in range(k):
                p = min(max(A2[i, j], 1e-12), 1 - 1e-12)
                total -= Y[i, j]*math.log(p) + (1 - Y[i, j])*math.log(1 - p)
        return total/m

    def backward(self, Y, cache):
        m = Y.shape[1]
        for j in range(m):
            x = cache['X'][:, [j]]
            z1 = cache['Z1'][:, [j]]
            a1 = cache['A1'][:, [j]]
            a2 = cache['A2'][:, [j]]
            delta2 = a2 - Y[:, [j]]
            delta1 = np.dot(self.W2.T, delta2)*self.relu_derivative(z1)
            self.sum_dW2 += np.dot(delta2, a1.T)
            self.sum_db2 += delta2
            self.sum_dW1 += np.dot(delta1, x.T)
            self.sum_db1 += delta1
        return {'dW1': self.sum_dW1/m, 'db1': self.sum_db1/m, 'dW2': self.sum_dW2/m, 'db2': self.sum_db2/m}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        for name in ['W1', 'b1', 'W2', 'b2']:
            setattr(self, name, getattr(self, name) - lr*gradients['d' + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for step in range(num_iterations):
            A2, cache = self.forward(X)
            history.append(self.compute_loss(Y, A2))
            if step % print_every == 0:
                print('step', step, 'loss', history[-1])
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        A2, _ = self.forward(X)
        return np.where(A2 > 0.5, 1, 0)


def slope(nn, X, Y, name, i, j, epsilon):
    P = getattr(nn, name)
    before = P[i, j]
    P[i, j] = before + epsilon
    up = nn.compute_loss(Y, nn.forward(X)[0])
    P[i, j] = before - epsilon
    down = nn.compute_loss(Y, nn.forward(X)[0])
    P[i, j] = before
    return (up - down)/(2*epsilon)


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    out = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        rows, cols = getattr(nn, name).shape
        diff2 = ana2 = num2 = 0.0
        count = 0
        for i in range(rows):
            for j in range(cols):
                if count == 10:
                    break
                num = slope(nn, X, Y, name, i, j, epsilon)
                ana = g['d' + name][i, j]
                diff2 += (ana - num)**2
                ana2 += ana**2
                num2 += num**2
                count += 1
        size = math.sqrt(ana2) + math.sqrt(num2)
        out[name] = math.sqrt(diff2)/size if size > 0 else 0.0
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    out = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        rows, cols = getattr(nn, name).shape
        diff2 = ana2 = num2 = 0.0
        for i in range(rows):
            for j in range(cols):
                num = slope(nn, X, Y, name, i, j, epsilon)
                ana = g['d' + name][i, j]
                diff2 += (ana - num)**2
                ana2 += ana**2
                num2 += num**2
        size = math.sqrt(ana2) + math.sqrt(num2)
        out[name] = math.sqrt(diff2)/size if size > 0 else 0.0
    return out


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1 = 0.1*rng.standard_normal((hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = 0.1*rng.standard_normal((hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = 0.1*rng.standard_normal((output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.where(Z1 > 0, Z1, 0)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.where(Z2 > 0, Z2, 0)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = 0.5*(1 + np.tanh(Z3/2))
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(self, Y, A3):
        k, m = Y.shape
        total = 0.0
        for j in range(m):
            for i in range(k):
                p = min(max(A3[i, j], 1e-12), 1 - 1e-12)
                total -= Y[i, j]*math.log(p) + (1 - Y[i, j])*math.log(1 - p)
        return total/m

    def backward(self, Y, cache):
        m = Y.shape[1]
        g = {'d' + name: np.zeros_like(getattr(self, name)) for name in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']}
        for j in range(m):
            x, z1, a1, z2, a2, a3 = (cache[key][:, [j]] for key in ['X', 'Z1', 'A1', 'Z2', 'A2', 'A3'])
            delta3 = (a3 - Y[:, [j]])/m
            delta2 = np.dot(self.W3.T, delta3)*(z2 > 0)
            delta1 = np.dot(self.W2.T, delta2)*(z1 > 0)
            g['dW3'] += np.dot(delta3, a2.T)
            g['db3'] += delta3
            g['dW2'] += np.dot(delta2, a1.T)
            g['db2'] += delta2
            g['dW1'] += np.dot(delta1, x.T)
            g['db1'] += delta1
        return g

    def update_parameters(self, gradients):
        for name in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            setattr(self, name, getattr(self, name) - self.learning_rate*gradients['d' + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for step in range(num_iterations):
            A3, cache = self.forward(X)
            history.append(self.compute_loss(Y, A3))
            if step % print_every == 0:
                print('step', step, 'loss', history[-1])
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        A3, _ = self.forward(X)
        return np.where(A3 > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    plus = w1*x1 + w2*x2
    minus = w1*x1 - w2*x2
    return 2*x1*(plus + minus), 2*x2*(plus - minus)


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    ((a*x1 + b*x2)**2 + (a*x1 - b*x2)**2).backward()
    return a.grad.item(), b.grad.item()


def autograd_linear(x, w, b):
    values = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b)]
    (values[1]*values[0] + values[2]).backward()
    return tuple(v.grad.item() for v in values)


def leaf_parameters(shape, scale, generator):
    t = scale*torch.randn(*shape, generator=generator)
    return t.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]
    history = []
    for step in range(num_iterations):
        A2 = torch.sigmoid(W2 @ torch.clamp(W1 @ X + b1, min=0) + b2)
        loss = ((A2 - Y)**2).mean()
        history.append(loss.item())
        grads = torch.autograd.grad(loss, [W1, b1, W2, b2])
        with torch.no_grad():
            for t, g in zip([W1, b1, W2, b2], grads):
                t -= learning_rate*g
    return history


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    tnn.functional.binary_cross_entropy(model(X), Y).backward()
    sizes = []
    for layer in model.modules():
        if isinstance(layer, tnn.Linear):
            sizes.append(float(layer.weight.grad.abs().mean()))
    return sizes


if __name__ == '__main__':
    net = NeuralNetworkWithBackprop(2, 3, 1, 0.5)
    net.train(np.array([[0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0, 1, 1, 0]]), 10, 5)
