from dataclasses import dataclass, field

import numpy as np
import torch


@dataclass
class Gradients:
    dW: np.ndarray
    db: np.ndarray


def small(rows, columns):
    return 0.1 * np.random.randn(rows, columns)


def mean_bce(Y, A):
    A = np.clip(A, 1e-15, 1 - 1e-15)
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / Y.shape[1]


def layer_gradients(dZ, A_prev):
    return Gradients(dW=dZ @ A_prev.T, db=dZ.sum(axis=1, keepdims=True))


def chain_rule(x):
    u, du_dx = 2 * x + 1, 2
    f, df_du = u ** 3, 3 * u ** 2
    df_dx = df_du * du_dx
    return dict(f=f, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_dx)


def computational_graph(w, x, b):
    a = w * x; z = a + b; L = z ** 2
    dL_dz = 2 * z
    dL_da = dL_db = dL_dz
    dL_dw, dL_dx = dL_da * x, dL_da * w
    return dict(a=a, z=z, L=L, dL_dz=dL_dz, dL_da=dL_da, dL_dw=dL_dw, dL_dx=dL_dx, dL_db=dL_db)


def single_neuron(x, w, b, y):
    z = float(np.dot(x, w)) + b
    a = 1 / (1 + np.exp(-z))
    dL_da, da_dz = -(y - a), a * (1 - a)
    dL_dz = dL_db = dL_da * da_dz
    return dict(z=z, a=a, L=(y - a) ** 2 / 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dz * x, dL_db=dL_db)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = small(hidden_size, input_size), np.zeros((hidden_size, 1))
        self.W2, self.b2 = small(output_size, hidden_size), np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return (Z > 0).astype(float)

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * (1 - self.sigmoid(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return mean_bce(Y, A2)

    def backward(self, Y, cache):
        dZ2 = (cache["A2"] - Y) / Y.shape[1]
        top = layer_gradients(dZ2, cache["A1"])
        bottom = layer_gradients(self.W2.T @ dZ2 * self.relu_derivative(cache["Z1"]), cache["X"])
        return {"dW1": bottom.dW, "db1": bottom.db, "dW2": top.dW, "db2": top.db}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            self.update_parameters(self.backward(Y, cache))
            if (i + 1) % print_every == 0:
                print(i + 1, losses[-1])
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


@dataclass
class Comparison:
    analytic: list = field(default_factory=list)
    numeric: list = field(default_factory=list)

    def add(self, a, n):
        self.analytic.append(a)
        self.numeric.append(n)

    @property
    def error(self):
        a, n = np.array(self.analytic), np.array(self.numeric)
        size = np.linalg.norm(a) + np.linalg.norm(n)
        return float(np.linalg.norm(a - n) / size) if size else 0.0


def run_check(nn, X, Y, epsilon, stop=None):
    gradients = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta, comparison = getattr(nn, name), Comparison()
        for index in list(np.ndindex(theta.shape))[:stop]:
            original = theta[index]
            theta[index] = original + epsilon
            plus = nn.compute_loss(Y, nn.forward(X)[0])
            theta[index] = original - epsilon
            minus = nn.compute_loss(Y, nn.forward(X)[0])
            theta[index] = original
            comparison.add(gradients["d" + name][index], (plus - minus) / (2 * epsilon))
        errors[name] = comparison.error
    return errors


def gradient_check(nn, X, Y, epsilon=1e-05):
    return run_check(nn, X, Y, epsilon, stop=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return run_check(nn, X, Y, epsilon)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = small(hidden1_size, input_size), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = small(hidden2_size, hidden1_size), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = small(output_size, hidden2_size), np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return mean_bce(Y, A3)

    def backward(self, Y, cache):
        dZ3 = (cache["A3"] - Y) / Y.shape[1]
        dZ2 = self.W3.T @ dZ3 * (cache["Z2"] > 0)
        dZ1 = self.W2.T @ dZ2 * (cache["Z1"] > 0)
        grads = {}
        for i, dZ, A in ((1, dZ1, "X"), (2, dZ2, "A1"), (3, dZ3, "A2")):
            layer = layer_gradients(dZ, cache[A])
            grads[f"dW{i}"], grads[f"db{i}"] = layer.dW, layer.db
        return grads

    def update_parameters(self, gradients):
        for i in (1, 2, 3):
            for p in (f"W{i}", f"b{i}"):
                setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if (i + 1) % print_every == 0:
                print(i + 1, losses[-1])
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def leaf_parameters(shape, scale, generator):
    parameter = torch.randn(*shape, generator=generator, requires_grad=True) * scale
    return parameter


def two_squares(w1, w2, x1, x2):
    u, v = w1 * x1, w2 * x2
    dL_du = 2 * (u + v) + 2 * (u - v)
    dL_dv = 2 * (u + v) - 2 * (u - v)
    return dL_du * x1, dL_dv * x2


def two_squares_autograd(w1, w2, x1, x2):
    # make tensors
    w1_t = torch.tensor(w1, requires_grad=True)
    w2_t = torch.tensor(w2, requires_grad=True)
    x1_t = torch.tensor(x1)
    x2_t = torch.tensor(x2)
    # the loss in two pieces
    first = torch.square(w1_t * x1_t + w2_t * x2_t)
    second = torch.square(w1_t * x1_t - w2_t * x2_t)
    loss = first + second
    # pytorch does the rest
    loss.backward()
    return w1_t.grad.item(), w2_t.grad.item()


def autograd_linear(x, w, b):
    x_t = torch.tensor(x, requires_grad=True)
    w_t = torch.tensor(w, requires_grad=True)
    b_t = torch.tensor(b, requires_grad=True)
    y_t = torch.add(torch.mul(w_t, x_t), b_t)
    y_t.backward()
    dy_dx = x_t.grad
    dy_dw = w_t.grad
    dy_db = b_t.grad
    return dy_dx, dy_dw, dy_db


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # own copies
    my_W1 = W1.detach().clone()
    my_W1.requires_grad = True
    my_b1 = b1.detach().clone()
    my_b1.requires_grad = True
    my_W2 = W2.detach().clone()
    my_W2.requires_grad = True
    my_b2 = b2.detach().clone()
    my_b2.requires_grad = True
    losses = []
    for it in range(num_iterations):
        # forward
        hidden = torch.relu(torch.matmul(my_W1, X) + my_b1)
        out = torch.sigmoid(torch.matmul(my_W2, hidden) + my_b2)
        # loss
        loss = ((out - Y) ** 2).mean()
        losses.append(float(loss))
        # backward
        loss.backward()
        # update
        for p in [my_W1, my_b1, my_W2, my_b2]:
            p.data = p.data - learning_rate * p.grad
            p.grad = None
    return losses


def gradient_flow(model, X, Y):
    # forget old gradients
    model.zero_grad()
    output = model(X)
    loss_function = torch.nn.BCELoss(reduction="mean")
    loss = loss_function(output, Y)
    loss.backward()
    result = []
    for name, module in model.named_modules():
        if type(module) == torch.nn.Linear:
            grad = module.weight.grad
            size = torch.mean(torch.abs(grad))
            result.append(size.item())
    return result
