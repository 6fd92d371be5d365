"""Exercise: backpropagation.

The activations are plain functions at the top (I need them in single_neuron, too); the class only forwards to them.
"""
import numpy as np
import torch
from torch import nn as torch_nn


def _relu(z):
    return np.maximum(0, z)


def _relu_slope(z):
    return np.where(z > 0, 1.0, 0.0)


def _sigmoid(z):
    # tanh does not overflow
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z, dtype=float)))


def _sigmoid_slope(z):
    """Derivative of the sigmoid, z is the pre-activation."""
    s = _sigmoid(z)
    return s * (1.0 - s)


def chain_rule(x):
    u = 2 * x + 1
    du_dx = 2
    f = u ** 3
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2

    dL_dz = 2 * z
    dL_da = dL_dz
    dL_db = dL_dz
    dL_dx = dL_da * w
    dL_dw = dL_da * x

    return {
        "a": a, "z": z, "L": L,
        "dL_dz": dL_dz, "dL_da": dL_da,
        "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db,
    }


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = _sigmoid(z)
    L = 0.5 * (y - a) ** 2

    dL_da = a - y
    da_dz = _sigmoid_slope(a)
    dL_dz = dL_da * da_dz

    return {
        "z": z, "a": a, "L": L,
        "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
        "dL_dw": dL_dz * x, "dL_db": dL_dz,
    }


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        scale = 0.1
        self.W1 = scale * np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros(shape=(hidden_size, 1))
        self.W2 = scale * np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros(shape=(output_size, 1))

    def relu(self, Z):
        return _relu(Z)

    def relu_derivative(self, Z):
        return _relu_slope(Z)

    def sigmoid(self, Z):
        return _sigmoid(Z)

    def sigmoid_derivative(self, Z):
        return _sigmoid_slope(Z)

    def forward(self, X):
        pre_hidden = self.W1 @ X + self.b1
        hidden = self.relu(pre_hidden)
        pre_output = self.W2 @ hidden + self.b2
        output = self.sigmoid(pre_output)
        cache = {"X": X, "Z1": pre_hidden, "A1": hidden, "Z2": pre_output, "A2": output}
        return output, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        tiny = 1e-12
        log_p = np.log(np.clip(A2, tiny, 1))
        log_q = np.log(np.clip(1 - A2, tiny, 1))
        return -np.sum(Y * log_p + (1 - Y) * log_q) / m

    def backward(self, Y, cache):
        m = Y.shape[1]
        grad_output = cache["A2"] - Y
        grad_hidden = self.W2.T @ grad_output
        grad_hidden = grad_hidden * self.relu_derivative(cache["Z1"])
        return {
            "dW1": grad_hidden @ cache["X"].T / m,
            "db1": grad_hidden.sum(axis=1, keepdims=True) / m,
            "dW2": grad_output @ cache["A1"].T / m,
            "db2": grad_output.sum(axis=1, keepdims=True) / m,
        }

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for epoch in range(num_iterations):
            output, cache = self.forward(X)
            loss = self.compute_loss(Y, output)
            history.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if epoch % print_every == 0:
                print(f"epoch {epoch}, loss {loss:.4f}")
        return history

    def predict(self, X):
        output, _ = self.forward(X)
        return (output > 0.5).astype(int)


def _check_parameter(nn, X, Y, name, gradient, positions, epsilon):
    parameter = getattr(nn, name)
    numeric = []
    for position in positions:
        value = parameter[position]
        parameter[position] = value + epsilon
        loss_above = nn.compute_loss(Y, nn.forward(X)[0])
        parameter[position] = value - epsilon
        loss_below = nn.compute_loss(Y, nn.forward(X)[0])
        parameter[position] = value
        numeric.append((loss_above - loss_below) / (2 * epsilon))
    numeric = np.array(numeric)
    analytic = np.array([gradient[position] for position in positions])
    biggest = max(np.abs(numeric).max(), np.abs(analytic).max())
    if biggest == 0:
        return 0.0
    return np.abs(numeric - analytic).max() / biggest


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        positions = list(np.ndindex(gradients["d" + name].shape))
        errors[name] = _check_parameter(nn, X, Y, name, gradients["d" + name], positions[-10:], epsilon)
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        positions = list(np.ndindex(gradients["d" + name].shape))
        errors[name] = _check_parameter(nn, X, Y, name, gradients["d" + name], positions, epsilon)
    return errors


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        scale = 0.1
        self.W1 = scale * np.random.randn(hidden1_size, input_size)
        self.b1 = np.zeros(shape=(hidden1_size, 1))
        self.W2 = scale * np.random.randn(hidden2_size, hidden1_size)
        self.b2 = np.zeros(shape=(hidden2_size, 1))
        self.W3 = scale * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros(shape=(output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = _relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = _relu(Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = _sigmoid(Z3)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
        return A3, cache

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        tiny = 1e-12
        log_p = np.log(np.clip(A3, tiny, 1))
        log_q = np.log(np.clip(1 - A3, tiny, 1))
        return -np.sum(Y * log_p + (1 - Y) * log_q) / m

    def backward(self, Y, cache):
        m = Y.shape[1]
        grad3 = cache["A3"] - Y
        grad2 = (self.W3.T @ grad3) * _relu_slope(cache["Z2"])
        grad1 = (self.W2.T @ grad2) * _relu_slope(cache["Z1"])
        return {
            "dW1": grad1 @ cache["X"].T / m,
            "db1": grad1.sum(axis=1, keepdims=True) / m,
            "dW2": grad2 @ cache["A1"].T / m,
            "db2": grad2.sum(axis=1, keepdims=True) / m,
            "dW3": grad3 @ cache["A2"].T / m,
            "db3": grad3.sum(axis=1, keepdims=True) / m,
        }

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for epoch in range(num_iterations):
            output, cache = self.forward(X)
            loss = self.compute_loss(Y, output)
            history.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if epoch % print_every == 0:
                print(f"epoch {epoch}, loss {loss:.4f}")
        return history

    def predict(self, X):
        output, _ = self.forward(X)
        return (output > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    t = w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * t * x1, 2 * s * x2 - 2 * t * x2


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(w1, requires_grad=True)
    b = torch.tensor(w2, requires_grad=True)
    s = a * x1 + b * x2
    t = a * x1 - b * x2
    (s ** 2 + t ** 2).backward()
    return a.grad, b.grad


def autograd_linear(x, w, b):
    tensors = {}
    for key, value in {"x": x, "w": w, "b": b}.items():
        tensors[key] = torch.tensor(value, requires_grad=True)
    y = tensors["w"] * tensors["x"] + tensors["b"]
    y.backward()
    return tensors["x"].grad, tensors["w"].grad, tensors["b"].grad


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator) * scale
    values.requires_grad_()
    return values


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parameters = [start.clone().requires_grad_() for start in (W1, b1, W2, b2)]
    history = []
    for epoch in range(num_iterations):
        hidden = torch.relu(parameters[0] @ X + parameters[1])
        output = torch.sigmoid(parameters[2] @ hidden + parameters[3])
        loss = torch.mean((output - Y) ** 2)
        history.append(loss.item())
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.grad.zero_()
        loss.backward()
        with torch.no_grad():
            for parameter in parameters:
                parameter -= learning_rate * parameter.grad
    return history


def gradient_flow(model, X, Y):
    model.zero_grad()
    criterion = torch_nn.BCELoss()
    criterion(model(X), Y).backward()
    result = []
    for module in model.modules():
        if isinstance(module, torch_nn.Linear):
            result.append(float(module.weight.grad.abs().mean()))
    return result
