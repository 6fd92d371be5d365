# Week 4 programming exercise - my notation is the one from the lecture videos (dZ, dA, dW, db)
import numpy as np
import torch
import torch.nn as nn


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
    dL_da = dL_dz
    dL_db = dL_dz
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da,
            "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def sigmoid_fn(Z):
    Z = np.clip(np.asarray(Z, dtype=float), -500, 500)   # so exp does not overflow
    return 1 / (1 + np.exp(-Z))


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = sigmoid_fn(z)
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * np.asarray(x)
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden_size, input_size) * 0.01
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.01
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return (np.asarray(Z) > 0).astype(float)

    def sigmoid(self, Z):
        return sigmoid_fn(Z)

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        A2 = np.clip(A2, 1e-15, 1 - 1e-15)
        logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
        cost = -np.sum(logprobs) / m
        return float(np.squeeze(cost))

    def backward(self, Y, cache):
        X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
        m = X.shape[1]
        dZ2 = A2 - Y
        dW2 = np.dot(dZ2, A1.T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = np.dot(self.W2.T, dZ2) * self.relu_derivative(Z1)
        dW1 = np.dot(dZ1, X.T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            cost = self.compute_loss(Y, A2)
            costs.append(cost)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            if i % print_every == 0:
                print("Cost after iteration %i: %f" % (i, cost))
        return costs

    def predict(self, X):
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, None)


def _check(net, X, Y, epsilon, how_many):
    _, cache = net.forward(X)
    grads = net.backward(Y, cache)
    difference = {}
    for name in ["W1", "b1", "W2", "b2"]:
        theta = getattr(net, name)
        indices = list(np.ndindex(*theta.shape))
        if how_many is not None and len(indices) > how_many:
            chosen = np.linspace(0, len(indices) - 1, how_many).astype(int)
            indices = [indices[c] for c in chosen]
        gradapprox, grad = [], []
        for idx in indices:
            saved = theta[idx]
            theta[idx] = saved + epsilon
            J_plus = net.compute_loss(Y, net.forward(X)[0])
            theta[idx] = saved - epsilon
            J_minus = net.compute_loss(Y, net.forward(X)[0])
            theta[idx] = saved
            gradapprox.append((J_plus - J_minus) / (2 * epsilon))
            grad.append(grads["d" + name][idx])
        grad, gradapprox = np.array(grad), np.array(gradapprox)
        numerator = np.linalg.norm(grad - gradapprox)
        denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
        difference[name] = numerator / denominator if denominator > 0 else 0.0
    return difference


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        # LINEAR -> RELU -> LINEAR -> RELU -> LINEAR -> SIGMOID
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = sigmoid_fn(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        return float(-np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m)

    def backward(self, Y, cache):
        X = cache["X"]
        m = X.shape[1]
        grads = {}

        # output layer: sigmoid + cross entropy
        dZ3 = cache["A3"] - Y
        grads["dW3"] = 1 / m * np.dot(dZ3, cache["A2"].T)
        grads["db3"] = 1 / m * np.sum(dZ3, axis=1, keepdims=True)

        # second hidden layer
        dA2 = np.dot(self.W3.T, dZ3)
        dZ2 = np.multiply(dA2, np.int64(cache["Z2"] > 0))
        grads["dW2"] = 1 / m * np.dot(dZ2, cache["A1"].T)
        grads["db2"] = 1 / m * np.sum(dZ2, axis=1, keepdims=True)

        # first hidden layer
        dA1 = np.dot(self.W2.T, dA2)
        dZ1 = np.multiply(dA1, np.int64(cache["Z1"] > 0))
        grads["dW1"] = 1 / m * np.dot(dZ1, X.T)
        grads["db1"] = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
        return grads

    def update_parameters(self, gradients):
        for l in range(1, 4):
            W, b = "W" + str(l), "b" + str(l)
            setattr(self, W, getattr(self, W) - self.learning_rate * gradients["d" + W])
            setattr(self, b, getattr(self, b) - self.learning_rate * gradients["d" + b])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            costs.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print("Cost after iteration %i: %f" % (i, costs[-1]))
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    # L = p^2 + q^2
    p = w1 * x1 + w2 * x2
    q = w1 * x1 - w2 * x2
    dL_dw1 = 2 * p * x1 + 2 * q * x1
    dL_dw2 = 2 * p * x2 - 2 * q * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b)]
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    W = torch.randn(*shape, generator=generator) * scale
    W.requires_grad = True
    return W


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    W1, b1, W2, b2 = params
    costs = []
    for i in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        cost = torch.mean((A2 - Y) ** 2)
        costs.append(cost.item())
        cost.backward()
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
                p.grad.zero_()
    return costs


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = nn.BCELoss()(model(X), Y)
    loss.backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, nn.Linear)]
