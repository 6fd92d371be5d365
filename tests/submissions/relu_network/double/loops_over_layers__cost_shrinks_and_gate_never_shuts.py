import numpy as np
import torch

NAMES2 = [p + str(l) for l in (1, 2) for p in "Wb"]
NAMES3 = [p + str(l) for l in (1, 2, 3) for p in "Wb"]


def chain_rule(x):
    u = 2 * x + 1
    out = {"u": u, "f": u ** 3, "du_dx": 2, "df_du": 3 * u ** 2}
    out["df_dx"] = out["df_du"] * out["du_dx"]
    return out


def computational_graph(w, x, b):
    g = {}
    g["a"] = w * x
    g["z"] = g["a"] + b
    g["L"] = g["z"] ** 2
    g["dL_dz"] = 2 * g["z"]
    g["dL_da"] = g["dL_db"] = g["dL_dz"]
    g["dL_dw"] = g["dL_da"] * x
    g["dL_dx"] = g["dL_da"] * w
    return g


def single_neuron(x, w, b, y):
    g = {}
    g["z"] = w @ x + b
    g["a"] = 1 / (1 + np.exp(-g["z"]))
    g["L"] = (y - g["a"]) ** 2 / 2
    g["dL_da"] = g["a"] - y
    g["da_dz"] = g["a"] * (1 - g["a"])
    g["dL_dz"] = g["dL_da"] * g["da_dz"]
    g["dL_dw"] = g["dL_dz"] * x
    g["dL_db"] = g["dL_dz"]
    return g


def stable_sigmoid(Z):
    Z = np.asarray(Z, dtype=float)
    e = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + e), e / (1 + e))


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.5, 0.5, size=(hidden_size, input_size))
        self.b1 = np.zeros([hidden_size, 1])
        self.W2 = np.random.uniform(-0.5, 0.5, size=(output_size, hidden_size))
        self.b2 = np.zeros([output_size, 1])

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return np.greater(Z, 0).astype(np.float64)

    def sigmoid(self, Z):
        return stable_sigmoid(Z)

    def sigmoid_derivative(self, Z):
        A = stable_sigmoid(Z)
        return A - A ** 2

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        P = np.clip(A2, 1e-10, 1 - 1e-10)
        per_sample = -(Y * np.log(P) + (1 - Y) * np.log(1 - P)).sum(axis=0)
        return per_sample.mean()

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ2 = (cache["A2"] - Y) / m
        dZ1 = self.W2.T @ dZ2 * self.relu_derivative(cache["Z1"])
        return {
            "dW1": dZ1 @ cache["X"].T,
            "db1": dZ1.sum(1, keepdims=True),
            "dW2": dZ2 @ cache["A1"].T,
            "db2": dZ2.sum(1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for p in NAMES2:
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            self.update_parameters(self.backward(Y, cache))
            if it % print_every == 0:
                print(f"{it}: {losses[it]}")
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5) * 1


def _one_parameter(nn, p, analytic, X, Y, epsilon, count):
    values = getattr(nn, p)
    flat = values.reshape(-1).copy()
    numeric = np.empty(count)
    for i in range(count):
        sides = []
        for step in (epsilon, -epsilon):
            moved = flat.copy()
            moved[i] += step
            setattr(nn, p, moved.reshape(values.shape))
            sides.append(nn.compute_loss(Y, nn.forward(X)[0]))
        numeric[i] = (sides[0] - sides[1]) / (2 * epsilon)
    setattr(nn, p, values)
    analytic = analytic.reshape(-1)[:count]
    size = np.abs(analytic).max() + np.abs(numeric).max()
    return np.abs(analytic - numeric).max() / size if size > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    return {p: _one_parameter(nn, p, grads["d" + p], X, Y, epsilon, min(10, getattr(nn, p).size)) for p in NAMES2}


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    return {p: _one_parameter(nn, p, grads["d" + p], X, Y, epsilon, getattr(nn, p).size) for p in NAMES2}


class ThreeLayerNetwork:
    """Everything here runs in loops over the layers, so a fourth one would cost nothing."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.sizes = [input_size, hidden1_size, hidden2_size, output_size]
        self.depth = len(self.sizes) - 1
        for l in range(1, self.depth + 1):
            setattr(self, f"W{l}", np.random.uniform(-0.5, 0.5, size=(self.sizes[l], self.sizes[l - 1])))
            setattr(self, f"b{l}", np.zeros([self.sizes[l], 1]))

    def forward(self, X):
        cache = {"X": X}
        A = X
        for l in range(1, self.depth + 1):
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = stable_sigmoid(Z) if l == self.depth else np.maximum(Z, 0)
            cache[f"Z{l}"] = Z
            cache[f"A{l}"] = A
        return A, cache

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-10, 1 - 1e-10)
        return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))

    def backward(self, Y, cache):
        grads = {}
        delta = (cache[f"A{self.depth}"] - Y) / Y.shape[1]
        for l in range(self.depth, 0, -1):
            below = cache[f"A{l - 1}"] if l > 1 else cache["X"]
            grads[f"dW{l}"] = delta @ below.T
            grads[f"db{l}"] = delta.sum(axis=1, keepdims=True)
            if l > 1:
                delta = getattr(self, f"W{l}").T @ delta
                delta = delta * (below >= 0)
        return grads

    def update_parameters(self, gradients):
        for p in NAMES3:
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if it % print_every == 0:
                print(f"{it}: {losses[it]}")
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5) * 1


def two_squares(w1, w2, x1, x2):
    # L = 2 (w1 x1)^2 + 2 (w2 x2)^2, the mixed terms cancel
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = torch.tensor(w1, requires_grad=True), torch.tensor(w2, requires_grad=True)
    L = sum((w1 * x1 + sign * w2 * x2) ** 2 for sign in (1, -1))
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    leaves = {k: torch.tensor(v, requires_grad=True) for k, v in dict(x=x, w=w, b=b).items()}
    (leaves["w"] * leaves["x"] + leaves["b"]).backward()
    return tuple(leaves[k].grad for k in "xwb")


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t.mul_(scale)
    t.requires_grad_()
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        A = X
        for l, activation in enumerate((torch.relu, torch.sigmoid)):
            A = activation(leaves[2 * l] @ A + leaves[2 * l + 1])
        loss = (A - Y).pow(2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for t in leaves:
                t.sub_(learning_rate * t.grad)
                t.grad = None
    return losses


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if type(m) is torch.nn.Linear]
