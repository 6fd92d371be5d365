"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch


LAYERS2 = ("W1", "b1", "W2", "b2")


def affine(W, A, b):
    return W @ A + b


def ramp(Z):
    return np.maximum(Z, 0)


def step(Z):
    return (np.asarray(Z) > 0) * 1.0


def squash(Z):
    return np.exp(-np.logaddexp(0, -np.asarray(Z, dtype=float)))


def bce(Y, A):
    A = np.clip(A, 1e-13, 1 - 1e-13)
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / Y.shape[1]


def over_samples(D):
    return D.sum(axis=1, keepdims=True)


def gaussian(rows, cols):
    return 0.1 * np.random.randn(rows, cols)


def zeros(rows):
    return np.zeros((rows, 1))


def descend(net, names, gradients):
    for name in names:
        setattr(net, name, getattr(net, name) - net.learning_rate * gradients["d" + name])


def fit(net, X, Y, num_iterations, print_every):
    losses = []
    for i in range(num_iterations):
        A, cache = net.forward(X)
        losses.append(net.compute_loss(Y, A))
        net.update_parameters(net.backward(Y, cache))
        if i % print_every == 0:
            print(i, losses[-1])
    return losses


def chain_rule(x):
    u = 2 * x + 1
    return {"u": u, "f": u ** 3, "du_dx": 2, "df_du": 3 * u ** 2, "df_dx": 6 * u ** 2}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    d = 2 * z
    return {"a": a, "z": z, "L": z * z, "dL_dz": d, "dL_da": d, "dL_dw": d * x, "dL_dx": d * w, "dL_db": d}


def single_neuron(x, w, b, y):
    z = w @ x + b
    a = float(squash(z))
    da_dz = a * (1 - a)
    delta = (a - y) * da_dz
    return {"z": z, "a": a, "L": (y - a) ** 2 / 2, "dL_da": a - y, "da_dz": da_dz, "dL_dz": delta, "dL_db": delta, "dL_dw": delta * x}


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column.

    Attributes:
      W1 (h, n), b1 (h, 1), W2 (k, h), b2 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1, self.b1 = gaussian(hidden_size, input_size), zeros(hidden_size)
        self.W2, self.b2 = gaussian(output_size, hidden_size), zeros(output_size)
        self.learning_rate = learning_rate

    def relu(self, Z):
        return ramp(Z)

    def relu_derivative(self, Z):
        return step(Z)

    def sigmoid(self, Z):
        return squash(Z)

    def sigmoid_derivative(self, Z):
        return squash(Z) * squash(-np.asarray(Z))

    def forward(self, X):
        Z1 = affine(self.W1, X, self.b1)
        A1 = ramp(Z1)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = squash(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return bce(Y, A2)

    def backward(self, Y, cache):
        D2 = (cache["A2"] - Y) / Y.shape[1]
        D1 = self.W2.T @ D2 * step(cache["Z1"])
        return {
            "dW1": D1 @ cache["X"].T,
            "db1": over_samples(D1),
            "dW2": D2 @ cache["A1"].T,
            "db2": over_samples(D2),
        }

    def update_parameters(self, gradients):
        descend(self, LAYERS2, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def loss_of(nn, X, Y):
    return nn.compute_loss(Y, nn.forward(X)[0])


def slope(nn, theta, idx, X, Y, epsilon):
    keep = theta[idx]
    theta[idx] = keep + epsilon
    high = loss_of(nn, X, Y)
    theta[idx] = keep - epsilon
    low = loss_of(nn, X, Y)
    theta[idx] = keep
    return (high - low) / (2 * epsilon)


def apart(a, n):
    a, n = np.asarray(a), np.asarray(n)
    size = np.linalg.norm(a + n) + np.linalg.norm(a - n)
    return float(np.linalg.norm(a - n) / size) if size else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in LAYERS2:
        theta = getattr(nn, name)
        places = list(np.ndindex(theta.shape))
        places = places[:: max(1, -(-len(places) // 10))]
        result[name] = apart([grads["d" + name][p] for p in places],
                             [slope(nn, theta, p, X, Y, epsilon) for p in places])
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in LAYERS2:
        theta = getattr(nn, name)
        places = list(np.ndindex(theta.shape))
        result[name] = apart([grads["d" + name][p] for p in places],
                             [slope(nn, theta, p, X, Y, epsilon) for p in places])
    return result


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column.

    Attributes:
      W1 (h1, n), b1 (h1, 1), W2 (h2, h1), b2 (h2, 1), W3 (k, h2), b3 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1, self.b1 = gaussian(hidden1_size, input_size), zeros(hidden1_size)
        self.W2, self.b2 = gaussian(hidden2_size, hidden1_size), zeros(hidden2_size)
        self.W3, self.b3 = gaussian(output_size, hidden2_size), zeros(output_size)
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = affine(self.W1, X, self.b1)
        A1 = ramp(Z1)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = ramp(Z2)
        Z3 = affine(self.W3, A2, self.b3)
        A3 = squash(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return bce(Y, A3)

    def backward(self, Y, cache):
        D3 = (cache["A3"] - Y) / Y.shape[1]
        D2 = self.W3.T @ D3 * step(cache["Z2"])
        D1 = self.W2.T @ D2 * step(cache["Z1"])
        return {
            "dW1": D1 @ cache["X"].T,
            "db1": over_samples(D1),
            "dW2": D2 @ cache["A1"].T,
            "db2": over_samples(D2),
            "dW3": D3 @ cache["A2"].T,
            "db3": over_samples(D3),
        }

    def update_parameters(self, gradients):
        descend(self, ("W1", "W2", "W3"), gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * p * x1 + 2 * q * x1, 2 * p * x2 - 2 * q * x2


def leaf(value):
    return torch.tensor(value, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    u, v = leaf(w1), leaf(w2)
    L = (u * x1 + v * x2) ** 2 + (u * x1 - v * x2) ** 2
    L.backward()
    return u.grad, v.grad


def autograd_linear(x, w, b):
    x, w, b = leaf(x), leaf(w), leaf(b)
    (w * x + b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        V, c, W, d = params
        loss = (torch.sigmoid(W @ torch.relu(V @ X + c) + d) - Y).pow(2).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for p in params:
                p.sub_(learning_rate * p.grad)
                p.grad.zero_()
    return losses


def linears(model):
    return [m for m in model.modules() if isinstance(m, torch.nn.Linear)]


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in linears(model)]
