"""Backpropagation exercise, solved with a shared base class for both networks."""
import numpy as np
import torch
import torch.nn as tnn
import torch.nn.functional as F


def chain_rule(x):
    # Step 1: inner function
    u = 2 * x + 1
    # Step 2: outer function
    f = u ** 3
    # Step 3: multiply the local derivatives
    du_dx = 2
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx
    return {'f': f, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_dx}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    grads = {'dL_dz': 2 * z}
    grads['dL_da'] = grads['dL_dz']
    grads['dL_db'] = grads['dL_dz']
    grads['dL_dw'] = grads['dL_da'] * x
    grads['dL_dx'] = grads['dL_da'] * w
    return {'a': a, 'z': z, 'L': L, **grads}


def single_neuron(x, w, b, y):
    z = np.dot(x, w) + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * np.square(y - a)
    dL_da = -(y - a)
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {'z': z, 'a': a, 'L': L, 'dL_da': dL_da, 'da_dz': da_dz, 'dL_dz': dL_dz,
            'dL_dw': dL_dz * x, 'dL_db': dL_dz}


class BaseNetwork:
    """Everything that does not depend on the number of layers."""

    num_layers = 0

    def _init_parameters(self, sizes, learning_rate):
        self.learning_rate = learning_rate
        for layer, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
            setattr(self, f'W{layer}', np.random.randn(fan_out, fan_in) * 0.1)
            setattr(self, f'b{layer}', np.zeros((fan_out, 1)))

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return (np.asarray(Z) > 0).astype(np.float64)

    def sigmoid(self, Z):
        return 1.0 / (1.0 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        cache = {'X': X}
        A = X
        for layer in range(1, self.num_layers + 1):
            Z = getattr(self, f'W{layer}') @ A + getattr(self, f'b{layer}')
            A = self.sigmoid(Z) if layer == self.num_layers else self.relu(Z)
            cache[f'Z{layer}'], cache[f'A{layer}'] = Z, A
        return A, cache

    def compute_loss(self, Y, A):
        m = Y.shape[1]
        A = np.clip(A, 1e-15, 1 - 1e-15)
        return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m)

    def backward(self, Y, cache):
        m = Y.shape[1]
        gradients = {}
        dZ = cache[f'A{self.num_layers}'] - Y
        for layer in range(self.num_layers, 0, -1):
            A_prev = cache['X'] if layer == 1 else cache[f'A{layer - 1}']
            gradients[f'dW{layer}'] = dZ @ A_prev.T / m
            gradients[f'db{layer}'] = dZ.sum(axis=1, keepdims=True) / m
            if layer > 1:
                dA_prev = getattr(self, f'W{layer}').T @ dZ
                dZ = dA_prev * self.relu_derivative(cache[f'Z{layer - 1}'])
        return gradients

    def update_parameters(self, gradients):
        for layer in range(1, self.num_layers + 1):
            for kind in ('W', 'b'):
                value = getattr(self, f'{kind}{layer}')
                setattr(self, f'{kind}{layer}', value - self.learning_rate * gradients[f'd{kind}{layer}'])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            output, cache = self.forward(X)
            loss = self.compute_loss(Y, output)
            losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f'Step {i:>5}: loss = {loss:.6f}')
        return losses

    def predict(self, X):
        output, _ = self.forward(X)
        return (output > 0.5).astype(int)


class NeuralNetworkWithBackprop(BaseNetwork):
    num_layers = 2

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._init_parameters([input_size, hidden_size, output_size], learning_rate)


class ThreeLayerNetwork(BaseNetwork):
    num_layers = 3

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._init_parameters([input_size, hidden1_size, hidden2_size, output_size], learning_rate)


def numerical_gradient(nn, X, Y, name, indices, epsilon):
    """Central differences for the chosen elements of one parameter."""
    parameter = getattr(nn, name)
    values = []
    for index in indices:
        original = parameter[index]
        losses = []
        for shift in (epsilon, -epsilon):
            parameter[index] = original + shift
            output, _ = nn.forward(X)
            losses.append(nn.compute_loss(Y, output))
        parameter[index] = original
        values.append((losses[0] - losses[1]) / (2 * epsilon))
    return np.array(values)


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    differences = {}
    for name in ('W1', 'b1', 'W2', 'b2'):
        shape = getattr(nn, name).shape
        number = min(10, int(np.prod(shape)))
        flat = np.linspace(0, np.prod(shape) - 1, number).astype(int)
        indices = [np.unravel_index(i, shape) for i in flat]
        numeric = numerical_gradient(nn, X, Y, name, indices, epsilon)
        analytic = np.array([gradients[f'd{name}'][index] for index in indices])
        total = np.linalg.norm(numeric) + np.linalg.norm(analytic)
        differences[name] = abs(np.linalg.norm(numeric) - np.linalg.norm(analytic)) / total if total else 0.0
    return differences


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    differences = {}
    for name in ('W1', 'b1', 'W2', 'b2'):
        indices = list(np.ndindex(getattr(nn, name).shape))
        numeric = numerical_gradient(nn, X, Y, name, indices, epsilon)
        analytic = gradients[f'd{name}'].ravel()
        total = np.linalg.norm(numeric) + np.linalg.norm(analytic)
        differences[name] = np.linalg.norm(numeric - analytic) / total if total else 0.0
    return differences


def two_squares(w1, w2, x1, x2):
    first = w1 * x1 + w2 * x2
    second = w1 * x1 - w2 * x2
    dL_dw1 = 2 * first * x1 + 2 * second * x1
    dL_dw2 = 2 * first * x2 - 2 * second * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    x1, x2 = torch.tensor(x1), torch.tensor(x2)
    first = torch.pow(w1 * x1 + w2 * x2, 2)
    second = torch.pow(w1 * x1 - w2 * x2, 2)
    torch.add(first, second).backward()
    return w1.grad.item(), w2.grad.item()


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = torch.add(torch.mul(w, x), b)
    y.backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    data = torch.randn(*shape, generator=generator)
    return (data * scale).clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = (p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2))
    losses = []
    for _ in range(num_iterations):
        # Forward
        A1 = F.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = ((A2 - Y) ** 2).mean()
        losses.append(loss.item())
        # Backward
        loss.backward()
        # Update
        with torch.no_grad():
            for p in (W1, b1, W2, b2):
                p -= learning_rate * p.grad
        for p in (W1, b1, W2, b2):
            p.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    output = model(X)
    loss = tnn.BCELoss()(output, Y)
    loss.backward()
    return [module.weight.grad.abs().mean().item()
            for module in model.modules() if isinstance(module, tnn.Linear)]
