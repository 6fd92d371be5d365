# Homework 4 - backpropagation

import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    # forward
    a = w * x
    z = a + b
    L = z ** 2
    # backward
    dL_dz = 2 * z
    dL_da = dL_dz * 1
    dL_db = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da,
            "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": dL_dz * x, "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.01
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.01
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return (np.asarray(Z) > 0).astype(float)

    def sigmoid(self, Z):
        e = np.exp(-np.abs(Z))
        return np.where(np.asarray(Z) >= 0, 1 / (1 + e), e / (1 + e))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        batch = Y.shape[1]
        A2 = np.clip(A2, 1e-15, 1 - 1e-15)
        return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / batch

    def backward(self, Y, cache):
        batch = Y.shape[1]
        dZ2 = cache["A2"] - Y
        dW2 = dZ2 @ cache["A1"].T / batch
        db2 = np.sum(dZ2, axis=1, keepdims=True) / batch
        dA1 = self.W2.T @ dZ2
        dZ1 = dA1 * self.relu_derivative(cache["Z1"])
        dW1 = dZ1 @ cache["X"].T / batch
        db1 = np.sum(dZ1, axis=1, keepdims=True) / batch
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        all_losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            all_losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if print_every and i % print_every == 0:
                print(f"iteration {i}: loss {loss:.6f}")
        return all_losses

    def predict(self, X):
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors = {}
    for p in ["W1", "b1", "W2", "b2"]:
        param = getattr(nn, p)
        grad = gradients["d" + p]
        n_checks = min(10, param.size)
        num_grads = []
        ana_grads = []
        for k in np.random.choice(param.size, n_checks, replace=False):
            idx = np.unravel_index(k, param.shape)
            original = param[idx]
            param[idx] = original + epsilon
            loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
            param[idx] = original - epsilon
            loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
            param[idx] = original
            num_grads.append((loss_plus - loss_minus) / (2 * epsilon))
            ana_grads.append(grad[idx])
        num_grads = np.array(num_grads)
        ana_grads = np.array(num_grads)
        scale = np.linalg.norm(num_grads) + np.linalg.norm(ana_grads)
        errors[p] = np.linalg.norm(num_grads - ana_grads) / (scale + 1e-30)
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors = {}
    for p in ["W1", "b1", "W2", "b2"]:
        param = getattr(nn, p)
        num_grad = np.zeros_like(param)
        for idx in np.ndindex(param.shape):
            original = param[idx]
            param[idx] = original + epsilon
            loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
            param[idx] = original - epsilon
            loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
            param[idx] = original
            num_grad[idx] = (loss_plus - loss_minus) / (2 * epsilon)
        ana_grad = gradients["d" + p]
        scale = np.linalg.norm(num_grad) + np.linalg.norm(ana_grad)
        errors[p] = np.linalg.norm(num_grad - ana_grad) / (scale + 1e-30)
    return errors


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.01
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.01
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.01
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        return -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / Y.shape[1]

    def backward(self, Y, cache):
        batch = Y.shape[1]
        delta_last = cache["A3"] - Y
        dW3 = delta_last @ cache["A2"].T / batch
        db3 = np.sum(delta_last, axis=1, keepdims=True) / batch
        dZ2 = (self.W3.T @ delta_last) * (cache["Z2"] > 0)
        dW2 = dZ2 @ cache["A1"].T / batch
        db2 = np.sum(dZ2, axis=1, keepdims=True) / batch
        dZ1 = (self.W2.T @ dZ2) * (cache["Z1"] > 0)
        dW1 = dZ1 @ cache["X"].T / batch
        db1 = np.sum(dZ1, axis=1, keepdims=True) / batch
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]
        self.W3 -= self.learning_rate * gradients["dW3"]
        self.b3 -= self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        all_losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            all_losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if print_every and i % print_every == 0:
                print(f"iteration {i}: loss {loss:.6f}")
        return all_losses

    def predict(self, X):
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    dL_dw1 = 2 * s * x1 + 2 * d * x1
    dL_dw2 = 2 * s * x2 - 2 * d * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    loss = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    loss.backward()
    return w1.grad, w2.grad


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
