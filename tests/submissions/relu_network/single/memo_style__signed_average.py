import numpy as np
import torch
from torch import nn as tnn


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}


def computational_graph(w, x, b):
    # forward
    a = w * x
    z = a + b
    L = z ** 2
    # backward
    dL_dz = 2 * z
    dL_da = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    dL_db = dL_dz * 1
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = -(y - a)
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * x
    dL_db = dL_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_db}


class NeuralNetworkWithBackprop:
    """memo: dZ = gradient at the pre-activation, everything already averaged over m"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * np.sqrt(2 / input_size) * 0.5
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * np.sqrt(2 / hidden_size) * 0.5
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return (Z + np.abs(Z)) / 2

    def relu_derivative(self, Z):
        return 1.0 - (Z <= 0)

    def sigmoid(self, Z):
        return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(Z))

    def sigmoid_derivative(self, Z):
        return 0.25 * (1 - np.tanh(0.5 * np.asarray(Z)) ** 2)

    def forward(self, X):
        memo = {"X": X}
        memo["Z1"] = self.W1 @ X + self.b1
        memo["A1"] = self.relu(memo["Z1"])
        memo["Z2"] = self.W2 @ memo["A1"] + self.b2
        memo["A2"] = self.sigmoid(memo["Z2"])
        return memo["A2"], memo

    def compute_loss(self, Y, A2):
        A2 = np.clip(A2, 1e-15, 1 - 1e-15)
        return -np.average(np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2), axis=0))

    def backward(self, Y, cache):
        memo = cache
        memo_dZ2 = (memo["A2"] - Y) / Y.shape[1]
        memo_dZ1 = (self.W2.T @ memo_dZ2) * self.relu_derivative(memo["Z1"])
        return {
            "dW2": memo_dZ2 @ memo["A1"].T,
            "db2": np.add.reduce(memo_dZ2, axis=1, keepdims=True),
            "dW1": memo_dZ1 @ memo["X"].T,
            "db1": np.add.reduce(memo_dZ1, axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        self.W1, self.b1, self.W2, self.b2 = (
            p - self.learning_rate * gradients[g]
            for p, g in zip((self.W1, self.b1, self.W2, self.b2), ("dW1", "db1", "dW2", "db2"))
        )

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        while len(losses) < num_iterations:
            A2, memo = self.forward(X)
            if len(losses) % print_every == 0:
                print("step", len(losses), "loss", self.compute_loss(Y, A2))
            losses.append(self.compute_loss(Y, A2))
            self.update_parameters(self.backward(Y, memo))
        return losses

    def predict(self, X):
        return np.array(self.forward(X)[0] > 0.5, dtype=int)


def difference_quotient(nn, X, Y, name, index, epsilon):
    saved = getattr(nn, name)
    losses = []
    for sign in (+1, -1):
        shifted = saved.copy()
        shifted[index] += sign * epsilon
        setattr(nn, name, shifted)
        losses.append(nn.compute_loss(Y, nn.forward(X)[0]))
    setattr(nn, name, saved)
    return (losses[0] - losses[1]) / (2 * epsilon)


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    memo = {}
    for name in ("W1", "b1", "W2", "b2"):
        shape = getattr(nn, name).shape
        spots = [np.unravel_index(i, shape) for i in range(min(10, np.prod(shape)))]
        numeric = np.array([difference_quotient(nn, X, Y, name, s, epsilon) for s in spots])
        backprop = np.array([grads["d" + name][s] for s in spots])
        memo[name] = np.linalg.norm(numeric - backprop) / (np.linalg.norm(numeric) + np.linalg.norm(backprop) + 1e-30)
    return memo


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    memo = {}
    for name in ("W1", "b1", "W2", "b2"):
        numeric = np.zeros(getattr(nn, name).shape)
        for s in np.ndindex(numeric.shape):
            numeric[s] = difference_quotient(nn, X, Y, name, s, epsilon)
        backprop = grads["d" + name]
        memo[name] = np.linalg.norm(numeric - backprop) / (np.linalg.norm(numeric) + np.linalg.norm(backprop) + 1e-30)
    return memo


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * np.sqrt(2 / input_size) * 0.5
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * np.sqrt(2 / hidden1_size) * 0.5
        self.W3 = np.random.randn(output_size, hidden2_size) * np.sqrt(2 / hidden2_size) * 0.5
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        memo = {"X": X}
        memo["Z1"] = self.W1 @ X + self.b1
        memo["A1"] = np.maximum(memo["Z1"], 0)
        memo["Z2"] = self.W2 @ memo["A1"] + self.b2
        memo["A2"] = np.maximum(memo["Z2"], 0)
        memo["Z3"] = self.W3 @ memo["A2"] + self.b3
        memo["A3"] = 0.5 + 0.5 * np.tanh(0.5 * memo["Z3"])
        return memo["A3"], memo

    def compute_loss(self, Y, A3):
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        return -np.average(np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3), axis=0))

    def backward(self, Y, cache):
        grads = {}
        dZ = (cache["A3"] - Y) / Y.shape[1]
        grads["dW3"], grads["db3"] = dZ @ cache["A2"].T, np.add.reduce(dZ, axis=1, keepdims=True)
        dZ = (self.W3.T @ dZ) * (cache["A2"] > 0)
        grads["dW2"], grads["db2"] = dZ @ cache["A1"].T, np.add.reduce(dZ, axis=1, keepdims=True)
        dZ = (self.W2.T @ dZ) * (cache["A1"] > 0)
        grads["dW1"], grads["db1"] = dZ @ cache["X"].T, np.add.reduce(dZ, axis=1, keepdims=True)
        return grads

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        while len(losses) < num_iterations:
            A3, memo = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, memo))
            if len(losses) % print_every == 1:
                print("step", len(losses) - 1, "loss", losses[-1])
        return losses

    def predict(self, X):
        return np.array(self.forward(X)[0] > 0.5, dtype=int)


def gradient_flow(model, X, Y):
    model.zero_grad()
    probabilities = model(X)
    loss = tnn.BCELoss()(probabilities, Y)
    loss.backward()
    flow = []
    for layer in model.modules():
        if isinstance(layer, tnn.Linear):
            g = layer.weight.grad
            flow.append(g.mean().item())
    return flow


def two_squares(w1, w2, x1, x2):
    p = w1 * x1 + w2 * x2
    q = w1 * x1 - w2 * x2
    dL_dw1 = 2 * p * x1 + 2 * q * x1
    dL_dw2 = 2 * p * x2 - 2 * q * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(float(w1), dtype=torch.float64, requires_grad=True)
    b = torch.tensor(float(w2), dtype=torch.float64, requires_grad=True)
    loss = (a * x1 + b * x2).pow(2) + (a * x1 - b * x2).pow(2)
    return torch.autograd.grad(loss, (a, b))


def autograd_linear(x, w, b):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in (x, w, b)]
    out = leaves[1] * leaves[0] + leaves[2]
    return torch.autograd.grad(out, leaves)


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
    history = []
    for _ in range(num_iterations):
        hidden = (params[0] @ X + params[1]).clamp(min=0)
        output = (params[2] @ hidden + params[3]).sigmoid()
        loss = (output - Y).square().mean()
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p.sub_(learning_rate * g)
        history.append(loss.item())
    return history
