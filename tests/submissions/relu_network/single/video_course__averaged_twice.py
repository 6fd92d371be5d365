"""Programming assignment: backpropagation with a ReLU layer (one sample per column)."""

import copy

import numpy as np
import torch


# ---------- part 1: chain rule ----------

def chain_rule(x):
    u = 2 * x + 1
    du_dx = 2
    df_du = 3 * np.power(u, 2)
    return {"u": u, "f": np.power(u, 3), "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2

    dz = 2 * z          # dL/dz
    da = dz * 1
    db = dz * 1
    dw = da * x
    dx = da * w
    return {"a": a, "z": z, "L": L, "dL_dz": dz, "dL_da": da, "dL_db": db, "dL_dw": dw, "dL_dx": dx}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1.0 / (1.0 + np.exp(-z))
    L = (y - a) ** 2 / 2

    da = -(y - a)
    g_prime = a * (1 - a)
    dz = da * g_prime
    return {"z": z, "a": a, "L": L, "dL_da": da, "da_dz": g_prime, "dL_dz": dz, "dL_dw": dz * x, "dL_db": dz}


# ---------- part 2: building blocks ----------

def linear_forward(A_prev, W, b):
    Z = np.dot(W, A_prev) + b
    return Z


def linear_backward(dZ, A_prev, W):
    """
    dZ -- gradient of the cost with respect to the linear output of this layer
    A_prev -- activations of the previous layer
    W -- weights of this layer

    Returns dA_prev, dW, db
    """
    dW = np.dot(dZ, A_prev.T)
    db = np.mean(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        n_x, n_h, n_y = input_size, hidden_size, output_size
        self.W1 = np.random.randn(n_h, n_x) * 0.01
        self.b1 = np.zeros((n_h, 1))
        self.W2 = np.random.randn(n_y, n_h) * 0.01
        self.b2 = np.zeros((n_y, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        A = np.maximum(0, Z)
        return A

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        A = 1 / (1 + np.exp(-np.clip(Z, -700, 700)))
        return A

    def sigmoid_derivative(self, Z):
        A = self.sigmoid(Z)
        return A * (1 - A)

    def forward(self, X):
        Z1 = linear_forward(X, self.W1, self.b1)
        A1 = self.relu(Z1)
        Z2 = linear_forward(A1, self.W2, self.b2)
        A2 = self.sigmoid(Z2)
        assert A2.shape == (self.W2.shape[0], X.shape[1])
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        A2 = np.clip(A2, 1e-15, 1 - 1e-15)
        logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
        cost = -np.sum(logprobs) / m
        cost = float(np.squeeze(cost))
        return cost

    def backward(self, Y, cache):
        m = Y.shape[1]
        A2 = cache["A2"]
        A1 = cache["A1"]

        dZ2 = (A2 - Y) / m
        dA1, dW2, db2 = linear_backward(dZ2, A1, self.W2)
        dZ1 = relu_backward(dA1, cache["Z1"])
        _, dW1, db1 = linear_backward(dZ1, cache["X"], self.W1)

        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return grads

    def update_parameters(self, gradients):
        grads = copy.deepcopy(gradients)
        alpha = self.learning_rate
        self.W1 = self.W1 - alpha * grads["dW1"]
        self.b1 = self.b1 - alpha * grads["db1"]
        self.W2 = self.W2 - alpha * grads["dW2"]
        self.b2 = self.b2 - alpha * grads["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(0, num_iterations):
            A2, cache = self.forward(X)
            cost = self.compute_loss(Y, A2)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            costs.append(cost)
            if print_every and i % print_every == 0:
                print("Cost after iteration %i: %f" % (i, cost))
        return costs

    def predict(self, X):
        A2, cache = self.forward(X)
        predictions = (A2 > 0.5).astype(int)
        return predictions


# ---------- part 3: gradient checking ----------

def _gradapprox(nn, X, Y, name, idx, epsilon):
    theta = getattr(nn, name)
    keep = theta[idx]
    theta[idx] = keep + epsilon
    J_plus = nn.compute_loss(Y, nn.forward(X)[0])
    theta[idx] = keep - epsilon
    J_minus = nn.compute_loss(Y, nn.forward(X)[0])
    theta[idx] = keep
    return (J_plus - J_minus) / (2 * epsilon)


def _difference(grad, gradapprox):
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator if denominator > 0 else 0.0


def _check(nn, X, Y, epsilon, limit):
    nn = copy.deepcopy(nn)
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    differences = {}
    for name in ("W1", "b1", "W2", "b2"):
        indices = list(np.ndindex(*getattr(nn, name).shape))
        if limit is not None and len(indices) > limit:
            picks = np.random.default_rng(1).choice(len(indices), limit, replace=False)
            indices = [indices[p] for p in picks]
        gradapprox = np.array([_gradapprox(nn, X, Y, name, i, epsilon) for i in indices])
        grad = np.array([grads["d" + name][i] for i in indices])
        differences[name] = _difference(grad, gradapprox)
    return differences


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, limit=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, limit=None)


# ---------- part 4: one more layer ----------

class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.01
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.01
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.01
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = linear_forward(X, self.W1, self.b1)
        A1 = np.maximum(0, Z1)
        Z2 = linear_forward(A1, self.W2, self.b2)
        A2 = np.maximum(0, Z2)
        Z3 = linear_forward(A2, self.W3, self.b3)
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -700, 700)))
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
        return A3, cache

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        logprobs = np.multiply(np.log(A3), Y) + np.multiply(np.log(1 - A3), 1 - Y)
        return float(-np.sum(logprobs) / m)

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ3 = (cache["A3"] - Y) / m
        dA2, dW3, db3 = linear_backward(dZ3, cache["A2"], self.W3)
        dZ2 = relu_backward(dA2, cache["Z2"])
        dA1, dW2, db2 = linear_backward(dZ2, cache["A1"], self.W2)
        dZ1 = relu_backward(dA1, cache["Z1"])
        dA0, dW1, db1 = linear_backward(dZ1, cache["X"], self.W1)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        for l in range(1, 4):
            setattr(self, "W" + str(l), getattr(self, "W" + str(l)) - self.learning_rate * gradients["dW" + str(l)])
            setattr(self, "b" + str(l), getattr(self, "b" + str(l)) - self.learning_rate * gradients["db" + str(l)])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(0, num_iterations):
            A3, cache = self.forward(X)
            costs.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if print_every and i % print_every == 0:
                print("Cost after iteration %i: %f" % (i, costs[-1]))
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


# ---------- part 5: autograd ----------

def two_squares(w1, w2, x1, x2):
    # the mixed terms cancel: L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], requires_grad=True)
    L = (w[0] * x1 + w[1] * x2) ** 2 + (w[0] * x1 - w[1] * x2) ** 2
    L.backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(float(v), requires_grad=True) for v in (x, w, b))
    y = w * x + b
    y.backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    W = torch.randn(*shape, generator=generator) * scale
    W.requires_grad = True
    return W


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parameters = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD(parameters, lr=learning_rate)
    costs = []
    for i in range(num_iterations):
        V1, c1, V2, c2 = parameters
        A2 = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)
        cost = torch.nn.functional.mse_loss(A2, Y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return costs


def gradient_flow(model, X, Y):
    model.zero_grad()
    cost = torch.nn.BCELoss()(model(X), Y)
    cost.backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
