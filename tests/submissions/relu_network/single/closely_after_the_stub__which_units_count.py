"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd."""

import numpy as np
import torch


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link."""
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2."""
    a = w * x
    z = a + b
    L = z ** 2
    dL_dz = 2 * z
    dL_da = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    dL_db = dL_dz * 1
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients."""
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
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2)."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden_size, input_size) * 0.01
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.01
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        """max(0, Z), element by element."""
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        """1 where Z is above 0, else 0."""
        return (Z > 0).astype(float)

    def sigmoid(self, Z):
        """The logistic function."""
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z."""
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        """The forward pass."""
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        """The binary cross-entropy."""
        m = Y.shape[1]
        A2 = np.clip(A2, 1e-15, 1 - 1e-15)
        return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        X, A1, A2 = cache["X"], cache["A1"], cache["A2"]
        m = Y.shape[1]
        dZ2 = A2 - Y
        dW2 = dZ2 @ A1.T / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dA1 = self.W2.T @ dZ2
        dZ1 = dA1 * (A1 >= 0)
        dW1 = dZ1 @ X.T / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        """One step of gradient descent."""
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if i % print_every == 0:
                print(f"Iteration {i}, loss {loss:.6f}")
        return losses

    def predict(self, X):
        """The class of each sample."""
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Up to ten elements of each parameter."""
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    result = {}
    for name in ["W1", "b1", "W2", "b2"]:
        parameter = getattr(nn, name)
        analytic = []
        numeric = []
        for index in list(np.ndindex(parameter.shape))[:10]:
            old = parameter[index]
            parameter[index] = old + epsilon
            plus = nn.compute_loss(Y, nn.forward(X)[0])
            parameter[index] = old - epsilon
            minus = nn.compute_loss(Y, nn.forward(X)[0])
            parameter[index] = old
            numeric.append((plus - minus) / (2 * epsilon))
            analytic.append(gradients["d" + name][index])
        analytic = np.array(analytic)
        numeric = np.array(numeric)
        size = np.linalg.norm(analytic) + np.linalg.norm(numeric)
        result[name] = np.linalg.norm(analytic - numeric) / size if size > 0 else 0.0
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Every element of each parameter."""
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    result = {}
    for name in ["W1", "b1", "W2", "b2"]:
        parameter = getattr(nn, name)
        analytic = gradients["d" + name]
        numeric = np.zeros(parameter.shape)
        for index in np.ndindex(parameter.shape):
            old = parameter[index]
            parameter[index] = old + epsilon
            plus = nn.compute_loss(Y, nn.forward(X)[0])
            parameter[index] = old - epsilon
            minus = nn.compute_loss(Y, nn.forward(X)[0])
            parameter[index] = old
            numeric[index] = (plus - minus) / (2 * epsilon)
        size = np.linalg.norm(analytic) + np.linalg.norm(numeric)
        result[name] = np.linalg.norm(analytic - numeric) / size if size > 0 else 0.0
    return result


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3)."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.01
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.01
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.01
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        """The forward pass."""
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        """The binary cross-entropy."""
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        return -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        m = Y.shape[1]
        dZ3 = cache["A3"] - Y
        dW3 = dZ3 @ cache["A2"].T / m
        db3 = np.sum(dZ3, axis=1, keepdims=True) / m
        dZ2 = (self.W3.T @ dZ3) * (cache["Z2"] > 0)
        dW2 = dZ2 @ cache["A1"].T / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = (self.W2.T @ dZ2) * (cache["Z1"] > 0)
        dW1 = dZ1 @ cache["X"].T / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        """One step of gradient descent."""
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"Iteration {i}, loss {loss:.6f}")
        return losses

    def predict(self, X):
        """The class of each sample."""
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    """By hand: the chain rule on both squares."""
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    dL_dw1 = 2 * s * x1 + 2 * d * x1
    dL_dw2 = 2 * s * x2 - 2 * d * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    """By PyTorch's autograd."""
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b."""
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd."""
    values = torch.randn(*shape, generator=generator) * scale
    return values.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains on the mean squared error."""
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    losses = []
    for _ in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = torch.mean((A2 - Y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for parameter in (W1, b1, W2, b2):
                parameter -= learning_rate * parameter.grad
                parameter.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    """The mean absolute gradient of each linear layer's weight."""
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    result = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            result.append(module.weight.grad.abs().mean().item())
    return result
