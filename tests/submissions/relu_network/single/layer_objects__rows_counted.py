"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch


class Dense:
    """An affine layer that borrows its parameters and remembers its input."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, A):
        self.A = A
        return self.W @ A + self.b

    def backward(self, dZ):
        self.dW = dZ @ self.A.T
        self.db = dZ.sum(axis=1, keepdims=True)
        return self.W.T @ dZ


class ReLU:
    def forward(self, Z):
        self.on = Z > 0
        return Z * self.on

    def backward(self, dA):
        return dA * self.on


class Sigmoid:
    def forward(self, Z):
        t = np.exp(-abs(Z))
        self.A = np.where(Z < 0, t, 1) / (1 + t)
        return self.A

    def backward(self, dA):
        return dA * self.A * (1 - self.A)


class Square:
    def forward(self, v):
        self.v = v
        return v * v

    def backward(self, up=1):
        return up * 2 * self.v


class Product:
    def forward(self, p, q):
        self.p, self.q = p, q
        return p * q

    def backward(self, up):
        return up * self.q, up * self.p


def chain_rule(x):
    u = 2 * x + 1
    square, product = Square(), Product()
    f = product.forward(square.forward(u), u)
    via_square, direct = product.backward(1)
    df_du = square.backward(via_square) + direct
    return {"f": f, "u": u, "du_dx": 2, "df_du": df_du, "df_dx": df_du * 2}


def computational_graph(w, x, b):
    product, square = Product(), Square()
    a = product.forward(w, x)
    z = a + b
    L = square.forward(z)
    dz = square.backward()
    dw, dx = product.backward(dz)
    return {"a": a, "z": z, "L": L, "dL_dz": dz, "dL_da": dz, "dL_dw": dw, "dL_dx": dx, "dL_db": dz}


def single_neuron(x, w, b, y):
    act = Sigmoid()
    z = float(np.dot(w, x)) + b
    a = float(act.forward(z))
    dL_da = a - y
    da_dz = float(act.backward(1.0))
    dL_dz = float(act.backward(dL_da))
    return {"z": z, "a": a, "L": (y - a) ** 2 / 2, "dL_da": dL_da, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_db": dL_dz, "dL_dw": dL_dz * x}


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column.

    Attributes:
      W1 (h, n), b1 (h, 1), W2 (k, h), b2 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.3, 0.3, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.uniform(-0.3, 0.3, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return ReLU().forward(Z)

    def relu_derivative(self, Z):
        layer = ReLU()
        layer.forward(Z)
        return layer.backward(np.ones(Z.shape))

    def sigmoid(self, Z):
        return Sigmoid().forward(np.asarray(Z, dtype=float))

    def sigmoid_derivative(self, Z):
        layer = Sigmoid()
        layer.forward(np.asarray(Z, dtype=float))
        return layer.backward(1.0)

    def forward(self, X):
        Z1 = Dense(self.W1, self.b1).forward(X)
        A1 = ReLU().forward(Z1)
        Z2 = Dense(self.W2, self.b2).forward(A1)
        A2 = Sigmoid().forward(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        P = np.clip(A2, 1e-12, 1 - 1e-12)
        return -np.where(Y == 1, np.log(P), np.log(1 - P)).sum() / Y.shape[1]

    def backward(self, Y, cache):
        first, gate, second = Dense(self.W1, self.b1), ReLU(), Dense(self.W2, self.b2)
        first.forward(cache["X"])
        second.forward(gate.forward(cache["Z1"]))
        dZ2 = (cache["A2"] - Y) / Y.shape[1]
        first.backward(gate.backward(second.backward(dZ2)))
        return {"dW1": first.dW, "db1": first.db, "dW2": second.dW, "db2": second.db}

    def update_parameters(self, gradients):
        for key in ("W1", "b1", "W2", "b2"):
            setattr(self, key, getattr(self, key) - self.learning_rate * gradients["d" + key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            history += [self.compute_loss(Y, A2)]
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"[{i}] {history[-1]:.4f}")
        return history

    def predict(self, X):
        return np.rint(np.ceil(self.forward(X)[0] - 0.5)).astype(int)


class Probe:
    """Moves one element of one parameter, and puts it back when done."""

    def __init__(self, nn, X, Y):
        self.nn, self.X, self.Y = nn, X, Y

    def loss(self):
        return self.nn.compute_loss(self.Y, self.nn.forward(self.X)[0])

    def slope(self, theta, i, epsilon):
        kept = theta.flat[i]
        theta.flat[i] = kept + epsilon
        right = self.loss()
        theta.flat[i] = kept - epsilon
        left = self.loss()
        theta.flat[i] = kept
        return (right - left) / (2 * epsilon)

    def report(self, epsilon, most):
        grads = self.nn.backward(self.Y, self.nn.forward(self.X)[1])
        out = {}
        for key in ("W1", "b1", "W2", "b2"):
            theta = getattr(self.nn, key)
            number = min(most, theta.size)
            numeric = np.array([self.slope(theta, i, epsilon) for i in range(number)])
            analytic = grads["d" + key].ravel()[:number]
            scale = max(abs(numeric).max(), abs(analytic).max())
            out[key] = abs(numeric - analytic).max() / scale if scale > 0 else 0.0
        return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return Probe(nn, X, Y).report(epsilon, most=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return Probe(nn, X, Y).report(epsilon, most=10**9)


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column.

    Attributes:
      W1 (h1, n), b1 (h1, 1), W2 (h2, h1), b2 (h2, 1), W3 (k, h2), b3 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.3, 0.3, (hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.uniform(-0.3, 0.3, (hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.uniform(-0.3, 0.3, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def layers(self):
        return [Dense(self.W1, self.b1), ReLU(), Dense(self.W2, self.b2), ReLU(), Dense(self.W3, self.b3), Sigmoid()]

    def forward(self, X):
        cache, A = {"X": X}, X
        for layer, key in zip(self.layers(), ("Z1", "A1", "Z2", "A2", "Z3", "A3")):
            A = cache[key] = layer.forward(A)
        return A, cache

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-12, 1 - 1e-12)
        return -np.where(Y == 1, np.log(P), np.log(1 - P)).sum() / Y.shape[1]

    def backward(self, Y, cache):
        layers = self.layers()
        for layer, key in zip(layers, ("X", "Z1", "A1", "Z2", "A2", "Z3")):
            layer.forward(cache[key])
        samples = cache["X"].shape[0]
        up = (cache["A3"] - Y) / samples
        for layer in reversed(layers[:-1]):
            up = layer.backward(up)
        grads = {}
        for i, layer in enumerate(layers[::2], start=1):
            grads[f"dW{i}"], grads[f"db{i}"] = layer.dW, layer.db
        return grads

    def update_parameters(self, gradients):
        for key in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, key, getattr(self, key) - self.learning_rate * gradients["d" + key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            history += [self.compute_loss(Y, A3)]
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"[{i}] {history[-1]:.4f}")
        return history

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    plus, minus = Square(), Square()
    plus.forward(w1 * x1 + w2 * x2)
    minus.forward(w1 * x1 - w2 * x2)
    d_plus, d_minus = plus.backward(), minus.backward()
    return (d_plus + d_minus) * x1, (d_plus - d_minus) * x2


def two_squares_autograd(w1, w2, x1, x2):
    W = [torch.tensor(v, dtype=torch.double, requires_grad=True) for v in (w1, w2)]
    L = Square().forward(W[0] * x1 + W[1] * x2) + Square().forward(W[0] * x1 - W[1] * x2)
    L.backward()
    return W[0].grad, W[1].grad


def autograd_linear(x, w, b):
    t = {k: torch.tensor(v, dtype=torch.double, requires_grad=True) for k, v in (("x", x), ("w", w), ("b", b))}
    (t["w"] * t["x"] + t["b"]).backward()
    return tuple(v.grad for v in t.values())


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t *= scale
    return t.requires_grad_()


class Net(torch.nn.Module):
    def __init__(self, *start):
        super().__init__()
        self.theta = torch.nn.ParameterList([torch.nn.Parameter(p.clone()) for p in start])

    def forward(self, X):
        W1, b1, W2, b2 = self.theta
        return torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = Net(W1, b1, W2, b2)
    sgd = torch.optim.SGD(net.parameters(), lr=learning_rate)
    history = []
    for _ in range(num_iterations):
        loss = torch.nn.MSELoss()(net(X), Y)
        sgd.zero_grad()
        loss.backward()
        sgd.step()
        history.append(loss.item())
    return history


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.BCELoss()(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if type(layer) is torch.nn.Linear]
