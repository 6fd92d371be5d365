"""Parameters as one long vector wherever it helps."""
import numpy as np
import torch
from torch.nn.utils import parameters_to_vector

ORDER = ("W1", "b1", "W2", "b2")


def pack(arrays):
    return np.concatenate([np.ravel(a) for a in arrays])


def unpack(vector, shapes):
    sizes = [int(np.prod(s)) for s in shapes]
    pieces = np.split(vector, np.cumsum(sizes)[:-1])
    return [piece.reshape(s) for piece, s in zip(pieces, shapes)]


def get_theta(net, names):
    return pack(getattr(net, p) for p in names)


def set_theta(net, names, theta):
    for p, value in zip(names, unpack(theta, [getattr(net, q).shape for q in names])):
        getattr(net, p)[...] = value


def chain_rule(x):
    u = 2 * x + 1
    f, df_du, du_dx = u ** 3, 3 * u ** 2, 2
    return dict(f=f, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_du * du_dx)


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dz = 2 * z
    keys = ("a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db")
    return dict(zip(keys, (a, z, z ** 2, dz, dz, dz * x, dz * w, dz)))


def single_neuron(x, w, b, y):
    # weights and bias in one vector, the input gets a 1 behind it
    theta, inputs = np.append(w, b), np.append(x, 1.0)
    z = theta @ inputs
    a = 1 / (1 + np.exp(-z))
    dL_da, da_dz = a - y, a * (1 - a)
    grad = dL_da * da_dz * inputs
    return dict(z=z, a=a, L=0.5 * (y - a) ** 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_da * da_dz,
                dL_dw=grad[:-1], dL_db=grad[-1])


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.randn(hidden_size * input_size).reshape(hidden_size, input_size)
        self.b1 = np.zeros(hidden_size).reshape(-1, 1)
        self.W2 = 0.1 * np.random.randn(output_size * hidden_size).reshape(output_size, hidden_size)
        self.b2 = np.zeros(output_size).reshape(-1, 1)

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return (np.asarray(Z) > 0).astype(float)

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        p = self.sigmoid(Z)
        return p * (1 - p)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        y, p = Y.ravel(), A2.ravel().clip(1e-15, 1 - 1e-15)
        return -(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ2 = (cache["A2"] - Y) / m
        dZ1 = (self.W2.T @ dZ2) * self.relu_derivative(cache["Z1"])
        return dict(dW1=dZ1 @ cache["X"].T, db1=dZ1.sum(axis=1, keepdims=True),
                    dW2=dZ2 @ cache["A1"].T, db2=dZ2.sum(axis=1, keepdims=True))

    def update_parameters(self, gradients):
        theta = get_theta(self, ORDER)
        grad = pack(gradients["d" + p] for p in ORDER)
        set_theta(self, ORDER, theta - self.learning_rate * grad)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print("%5d  %.6f" % (i, loss))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def relative(a, n):
    size = np.linalg.norm(a) + np.linalg.norm(n)
    return np.linalg.norm(a - n) / size if size else 0.0


def loss_at(nn, X, Y, theta):
    set_theta(nn, ORDER, theta)
    return nn.compute_loss(Y, nn.forward(X)[0])


def offsets(nn):
    """Where each parameter begins in the long vector, and how many elements it has."""
    begin = 0
    for p in ORDER:
        size = getattr(nn, p).size
        yield p, begin, size
        begin += size


def gradient_check(nn, X, Y, epsilon=1e-05):
    theta = get_theta(nn, ORDER)
    grads = nn.backward(Y, nn.forward(X)[1])
    exact = pack(grads["d" + p] for p in ORDER)
    result = {}
    for p, begin, size in offsets(nn):
        where = begin + np.random.default_rng(1).permutation(size)[:10]
        numeric = np.empty(len(where))
        for j, i in enumerate(where):
            e = np.zeros_like(theta)
            e[i] = epsilon
            numeric[j] = (loss_at(nn, X, Y, theta + e) - loss_at(nn, X, Y, theta - e)) / (2 * epsilon)
        result[p] = relative(exact[where], numeric)
    set_theta(nn, ORDER, theta)
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    theta = get_theta(nn, ORDER)
    grads = nn.backward(Y, nn.forward(X)[1])
    exact = pack(grads["d" + p] for p in ORDER)
    result = {}
    for p, begin, size in offsets(nn):
        where = np.arange(begin, begin + min(size, 10))
        numeric = np.empty(len(where))
        for j, i in enumerate(where):
            plus, minus = theta.copy(), theta.copy()
            plus[i] += epsilon
            minus[i] -= epsilon
            numeric[j] = (loss_at(nn, X, Y, plus) - loss_at(nn, X, Y, minus)) / (2 * epsilon)
        result[p] = relative(exact[where], numeric)
    # all four are done
    return result


class ThreeLayerNetwork:
    NAMES = ORDER + ("W3", "b3")

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        n, h1, h2, k = input_size, hidden1_size, hidden2_size, output_size
        shapes = [(h1, n), (h1, 1), (h2, h1), (h2, 1), (k, h2), (k, 1)]
        for p, s in zip(self.NAMES, shapes):
            setattr(self, p, 0.1 * np.random.randn(*s) if p[0] == "W" else np.zeros(s))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        y, p = Y.ravel(), A3.ravel().clip(1e-15, 1 - 1e-15)
        return -(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ3 = (cache["A3"] - Y) / m
        dZ2 = (self.W3.T @ dZ3) * (cache["Z2"] > 0)
        dZ1 = (self.W2.T @ dZ2) * (cache["Z1"] > 0)
        return dict(dW1=dZ1 @ cache["X"].T, db1=dZ1.sum(axis=1, keepdims=True),
                    dW2=dZ2 @ cache["A1"].T, db2=dZ2.sum(axis=1, keepdims=True),
                    dW3=dZ3 @ cache["A2"].T, db3=dZ3.sum(axis=1, keepdims=True))

    def update_parameters(self, gradients):
        grad = pack(gradients["d" + p] for p in self.NAMES)
        set_theta(self, self.NAMES, get_theta(self, self.NAMES) - self.learning_rate * grad)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print("%5d  %.6f" % (i, loss))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    grad = 2 * (p + q) * np.array([x1, x2]) + 2 * (p - q) * np.array([x1, -x2])
    return grad[0], grad[1]


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    p, q = w[0] * x1, w[1] * x2
    ((p + q) ** 2 + (p - q) ** 2).backward()
    return w.grad[0].item(), w.grad[1].item()


def autograd_linear(x, w, b):
    v = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    y = v[1] * v[0] + v[2]
    y.backward()
    return v.grad[0], v.grad[1], v.grad[2]


def leaf_parameters(shape, scale, generator):
    values = scale * torch.randn(*shape, generator=generator)
    return values.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    starts = (W1, b1, W2, b2)
    theta = parameters_to_vector(starts).clone().requires_grad_(True)
    losses = []
    for _ in range(num_iterations):
        V1, c1, V2, c2 = [t.view(s.shape) for t, s in zip(theta.split([s.numel() for s in starts]), starts)]
        A2 = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)
        loss = ((A2 - Y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            theta -= learning_rate * theta.grad
        theta.grad = None
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.flatten().abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
