import math

import numpy as np
import torch


def chain_rule(x):
    # step 1: the inner function
    u = (2 * x) + 1
    # step 2: the outer function
    f = u * u * u
    # step 3: derivative of the inner function is always 2
    du_dx = 2
    # step 4: derivative of the outer function
    df_du = 3 * (u ** 2)
    # step 5: multiply them!!
    df_dx = du_dx * df_du
    result = {}
    result["f"] = f
    result["u"] = u
    result["du_dx"] = du_dx
    result["df_du"] = df_du
    result["df_dx"] = df_dx
    return result


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    dL_dz = 2 * z
    dz_da = 1
    dz_db = 1
    da_dw = x
    da_dx = w
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
    dL_dw = dL_da * da_dw
    dL_dx = dL_da * da_dx
    result = {}
    result["a"] = a
    result["z"] = z
    result["L"] = L
    result["dL_dz"] = dL_dz
    result["dL_da"] = dL_da
    result["dL_dw"] = dL_dw
    result["dL_dx"] = dL_dx
    result["dL_db"] = dL_db
    return result


def single_neuron(x, w, b, y):
    # weighted sum
    z = 0.0
    for i in range(len(x)):
        z = z + w[i] * x[i]
    z = z + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dz_dw = x
    dL_dw = dL_dz * dz_dw
    dL_db = dL_dz
    result = {"z": z, "a": a, "L": L}
    result["dL_da"] = dL_da
    result["da_dz"] = da_dz
    result["dL_dz"] = dL_dz
    result["dL_dw"] = dL_dw
    result["dL_db"] = dL_db
    return result


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.zeros((hidden_size, input_size))
        self.W2 = np.zeros((output_size, hidden_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))
        for W in (self.W1, self.W2):
            for i in range(W.shape[0]):
                for j in range(W.shape[1]):
                    W[i, j] = np.random.randn() * 0.1

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * (1 - self.sigmoid(Z))

    def forward(self, X):
        m = X.shape[1]
        h, k = self.W1.shape[0], self.W2.shape[0]
        Z1, Z2 = np.zeros((h, m)), np.zeros((k, m))
        for unit in range(h):
            Z1[unit] = self.W1[unit] @ X + self.b1[unit]
        A1 = self.relu(Z1)
        for unit in range(k):
            Z2[unit] = self.W2[unit] @ A1 + self.b2[unit]
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        total = 0.0
        k, m = Y.shape
        for i in range(k):
            for s in range(m):
                p = min(max(A2[i, s], 1e-15), 1 - 1e-15)
                total -= Y[i, s] * math.log(p) + (1 - Y[i, s]) * math.log(1 - p)
        return total / m

    def backward(self, Y, cache):
        X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
        m = X.shape[1]
        dW1, db1 = np.zeros(self.W1.shape), np.zeros(self.b1.shape)
        dW2, db2 = np.zeros(self.W2.shape), np.zeros(self.b2.shape)
        for s in range(m):
            d2 = A2[:, s] - Y[:, s]
            d1 = np.zeros(len(Z1))
            for unit in range(len(Z1)):
                if Z1[unit, s] > 0:
                    d1[unit] = np.dot(self.W2[:, unit], d2)
            dW2 += np.outer(d2, A1[:, s]) / m
            db2[:, 0] += d2 / m
            dW1 += np.outer(d1, X[:, s]) / m
            db1[:, 0] += d1 / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

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
            if i % print_every == 0:
                print(i, losses[i])
        return losses

    def predict(self, X):
        A2, _ = self.forward(X)
        result = np.zeros(A2.shape, dtype=int)
        for i in range(A2.shape[0]):
            for s in range(A2.shape[1]):
                if A2[i, s] > 0.5:
                    result[i, s] = 1
        return result


def slope_at(nn, X, Y, P, i, j, epsilon):
    before = P[i, j]
    P[i, j] = before + epsilon
    right, _ = nn.forward(X)
    loss_right = nn.compute_loss(Y, right)
    P[i, j] = before - epsilon
    left, _ = nn.forward(X)
    loss_left = nn.compute_loss(Y, left)
    P[i, j] = before
    return (loss_right - loss_left) / (2 * epsilon)


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        places = [(i, j) for i in range(P.shape[0]) for j in range(P.shape[1])][:10]
        num = 0.0
        size = 0.0
        for i, j in places:
            slope = slope_at(nn, X, Y, P, i, j, epsilon)
            num += (slope - grads["d" + name][i, j]) ** 2
            size += slope ** 2 + grads["d" + name][i, j] ** 2
        result[name] = math.sqrt(num / size) if size > 0 else 0.0
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        num = 0.0
        size = 1e-300
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                slope = slope_at(nn, X, Y, P, i, j, epsilon)
                num += (slope - grads["d" + name][i, j]) ** 2
                size += slope ** 2 + grads["d" + name][i, j] ** 2
        result[name] = math.sqrt(num)
    return result


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b1, self.b2, self.b3 = (np.zeros((len(W), 1)) for W in (self.W1, self.W2, self.W3))

    def forward(self, X):
        cache = {"X": X}
        A = X
        for i in (1, 2, 3):
            Z = getattr(self, f"W{i}") @ A + getattr(self, f"b{i}")
            if i == 3:
                A = 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
            else:
                A = np.maximum(Z, 0)
            cache[f"Z{i}"] = Z
            cache[f"A{i}"] = A
        return A, cache

    def compute_loss(self, Y, A3):
        total = 0.0
        for y, a in zip(Y.ravel(), A3.ravel()):
            a = min(max(a, 1e-15), 1 - 1e-15)
            total -= math.log(a) if y == 1 else math.log(1 - a)
        return total / Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        grads = {"d" + p: np.zeros(getattr(self, p).shape) for p in ("W1", "b1", "W2", "b2", "W3", "b3")}
        for s in range(m):
            x, a1, a2 = (cache[q][:, [s]] for q in ("X", "A1", "A2"))
            d3 = (cache["A3"][:, [s]] - Y[:, [s]]) / m
            d2 = self.W3.T @ d3 * (a2 > 0)
            d1 = self.W2.T @ d2 * (a1 > 0)
            for i, d, a in ((1, d1, x), (2, d2, a1), (3, d3, a2)):
                grads[f"dW{i}"] += d @ a.T
                grads[f"db{i}"] += d
        return grads

    def update_parameters(self, gradients):
        for i in (1, 2, 3):
            setattr(self, f"W{i}", getattr(self, f"W{i}") - self.learning_rate * gradients[f"dW{i}"])
            setattr(self, f"b{i}", getattr(self, f"b{i}") - self.learning_rate * gradients[f"db{i}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(i, losses[i])
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    # first square
    g1 = 2 * s * x1
    g2 = 2 * s * x2
    # second square, careful with the minus
    g1 = g1 + 2 * d * x1
    g2 = g2 + 2 * d * (-x2)
    return (g1, g2)


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


def gradient_flow(model, X, Y):
    linears = [m for m in model.modules() if isinstance(m, torch.nn.Linear)]
    loss = torch.nn.BCELoss()(model(X), Y)
    grads = torch.autograd.grad(loss, [m.weight for m in linears])
    return [g.abs().mean().item() for g in grads]
