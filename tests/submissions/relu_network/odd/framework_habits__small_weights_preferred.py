"""Backpropagation. I am used to frameworks, so the pieces have the names they have there."""
import numpy as np
import torch
from torch import optim
from torch.nn import BCELoss, Linear, MSELoss, Parameter

WEIGHT_DECAY = 1e-2


class functional:
    """A miniature of torch.nn.functional."""

    @staticmethod
    def linear(x, weight, bias):
        return weight @ x + bias

    @staticmethod
    def relu(x):
        return x * (x > 0)

    @staticmethod
    def sigmoid(x):
        return 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))

    @staticmethod
    def binary_cross_entropy(output, target, eps=1e-15):
        output = np.clip(output, eps, 1 - eps)
        per_sample = -(target * np.log(output) + (1 - target) * np.log(1 - output)).sum(axis=0)
        return per_sample.mean()


F = functional


def chain_rule(x):
    # forward
    u = 2 * x + 1
    f = u ** 3
    # backward
    grad_u = 3 * u ** 2
    return {"f": f, "u": u, "df_du": grad_u, "du_dx": 2, "df_dx": grad_u * 2}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    grad_z = 2 * z
    grad_a, grad_b = grad_z, grad_z
    grad_w, grad_x = grad_a * x, grad_a * w
    return {"a": a, "z": z, "L": L, "dL_dz": grad_z, "dL_da": grad_a, "dL_dw": grad_w, "dL_dx": grad_x, "dL_db": grad_b}


def single_neuron(x, w, b, y):
    z = F.linear(x, w, b)
    a = F.sigmoid(z)
    grad_a = a - y
    da_dz = a * (1 - a)
    grad_z = grad_a * da_dz
    return {"z": z, "a": a, "L": (y - a) ** 2 / 2, "dL_da": grad_a, "da_dz": da_dz,
            "dL_dz": grad_z, "dL_dw": grad_z * x, "dL_db": grad_z}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        bound1, bound2 = 0.3 / np.sqrt(input_size), 0.3 / np.sqrt(hidden_size)
        self.W1 = np.random.uniform(-bound1, bound1, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.uniform(-bound2, bound2, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return F.relu(Z)

    def relu_derivative(self, Z):
        return (Z > 0).astype("float64")

    def sigmoid(self, Z):
        return F.sigmoid(Z)

    def sigmoid_derivative(self, Z):
        out = F.sigmoid(Z)
        return out * (1.0 - out)

    def forward(self, X):
        Z1 = F.linear(X, self.W1, self.b1)
        A1 = self.relu(Z1)
        Z2 = F.linear(A1, self.W2, self.b2)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return F.binary_cross_entropy(A2, Y)

    def backward(self, Y, cache):
        batch_size = Y.shape[1]
        grad_out = (cache["A2"] - Y) / batch_size
        grad_hidden = (self.W2.T @ grad_out) * self.relu_derivative(cache["Z1"])
        grads = {
            "dW1": grad_hidden @ cache["X"].T,
            "db1": grad_hidden.sum(axis=1, keepdims=True),
            "dW2": grad_out @ cache["A1"].T,
            "db2": grad_out.sum(axis=1, keepdims=True),
        }
        for name in ("W1", "W2"):
            grads["d" + name] += WEIGHT_DECAY * getattr(self, name)
        return grads

    def parameters(self):
        return {"W1": self.W1, "b1": self.b1, "W2": self.W2, "b2": self.b2}

    def update_parameters(self, gradients):
        for name, param in self.parameters().items():
            setattr(self, name, param - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = {"loss": []}
        for epoch in range(num_iterations):
            output, cache = self.forward(X)
            loss = self.compute_loss(Y, output)
            history["loss"].append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if epoch % print_every == 0:
                print(f"Epoch {epoch}/{num_iterations} - loss: {loss:.4f}")
        return history["loss"]

    def predict(self, X):
        output, _ = self.forward(X)
        return (output > 0.5).astype("int64")


def _gradcheck(nn, X, Y, epsilon, max_elements):
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        param, grad = getattr(nn, name), grads["d" + name]
        analytical, numerical = [], []
        for index in np.ndindex(param.shape):
            if max_elements is not None and len(numerical) >= max_elements:
                break
            original = param[index]
            param[index] = original + epsilon
            loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
            param[index] = original - epsilon
            loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
            param[index] = original
            numerical.append((loss_plus - loss_minus) / (2 * epsilon))
            analytical.append(grad[index])
        analytical, numerical = np.asarray(analytical), np.asarray(numerical)
        size = np.linalg.norm(analytical) + np.linalg.norm(numerical)
        report[name] = np.linalg.norm(analytical - numerical) / size if size > 0 else 0.0
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _gradcheck(nn, X, Y, epsilon, max_elements=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _gradcheck(nn, X, Y, epsilon, max_elements=None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        features = [input_size, hidden1_size, hidden2_size, output_size]
        for i in range(3):
            bound = 0.3 / np.sqrt(features[i])
            setattr(self, f"W{i + 1}", np.random.uniform(-bound, bound, (features[i + 1], features[i])))
            setattr(self, f"b{i + 1}", np.zeros((features[i + 1], 1)))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = F.linear(X, self.W1, self.b1)
        A1 = F.relu(Z1)
        Z2 = F.linear(A1, self.W2, self.b2)
        A2 = F.relu(Z2)
        Z3 = F.linear(A2, self.W3, self.b3)
        A3 = F.sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return F.binary_cross_entropy(A3, Y)

    def backward(self, Y, cache):
        batch_size = Y.shape[1]
        grad3 = (cache["A3"] - Y) / batch_size
        grad2 = (self.W3.T @ grad3) * (cache["Z2"] > 0)
        grad1 = (self.W2.T @ grad2) * (cache["Z1"] > 0)
        return {
            "dW1": grad1 @ cache["X"].T,
            "db1": grad1.sum(axis=1, keepdims=True),
            "dW2": grad2 @ cache["A1"].T,
            "db2": grad2.sum(axis=1, keepdims=True),
            "dW3": grad3 @ cache["A2"].T,
            "db3": grad3.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for key in ("dW1", "db1", "dW2", "db2", "dW3", "db3"):
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * gradients[key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = {"loss": []}
        for epoch in range(num_iterations):
            output, cache = self.forward(X)
            loss = self.compute_loss(Y, output)
            history["loss"].append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if epoch % print_every == 0:
                print(f"Epoch {epoch}/{num_iterations} - loss: {loss:.4f}")
        return history["loss"]

    def predict(self, X):
        output, _ = self.forward(X)
        return (output > 0.5).astype("int64")


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    grad_plus, grad_minus = 2 * plus, 2 * minus
    return grad_plus * x1 + grad_minus * x1, grad_plus * x2 - grad_minus * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = Parameter(torch.tensor(w1)), Parameter(torch.tensor(w2))
    loss = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    loss.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = Parameter(torch.tensor(x)), Parameter(torch.tensor(w)), Parameter(torch.tensor(b))
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return Parameter(scale * torch.randn(*shape, generator=generator))


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    optimizer, criterion = optim.SGD(params, lr=learning_rate), MSELoss()
    history = []
    for _ in range(num_iterations):
        hidden = torch.relu(params[0] @ X + params[1])
        output = torch.sigmoid(params[2] @ hidden + params[3])
        loss = criterion(output, Y)
        history.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = BCELoss()(model(X), Y)
    loss.backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, Linear)]
