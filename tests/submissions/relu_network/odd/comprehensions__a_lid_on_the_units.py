import numpy as np
import torch

KEYS2 = [kind + layer for layer in "12" for kind in "Wb"]
KEYS3 = [kind + layer for layer in "123" for kind in "Wb"]


def chain_rule(x):
    u = 2 * x + 1
    outer = [3 * u ** 2, u ** 3]
    return {"f": outer[1], "u": u, "du_dx": 2, "df_du": outer[0], "df_dx": 2 * outer[0]}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    up = 2 * z
    local = {"dL_dz": 1, "dL_da": 1, "dL_db": 1, "dL_dw": x, "dL_dx": w}
    return {"a": a, "z": z, "L": z ** 2, **{key: up * value for key, value in local.items()}}


def single_neuron(x, w, b, y):
    z = sum(wi * xi for wi, xi in zip(w, x)) + b
    a = 1 / (1 + np.exp(-z))
    dL_da, da_dz = a - y, a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": 0.5 * (y - a) ** 2, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": np.array([dL_dz * xi for xi in x]), "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.W2 = [0.1 * np.random.randn(r, c) for r, c in [(hidden_size, input_size), (output_size, hidden_size)]]
        self.b1, self.b2 = [np.zeros((r, 1)) for r in (hidden_size, output_size)]

    def relu(self, Z):
        # keeps the activations in a sensible range
        return np.clip(Z, 0, 1)

    def relu_derivative(self, Z):
        return np.array(np.asarray(Z) > 0, dtype=float)

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * (1 - self.sigmoid(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(zip(["X", "Z1", "A1", "Z2", "A2"], [X, Z1, A1, Z2, A2]))

    def compute_loss(self, Y, A2):
        A2 = A2.clip(1e-15, 1 - 1e-15)
        return sum(-(y @ np.log(a) + (1 - y) @ np.log(1 - a)) for y, a in zip(Y, A2)) / Y.shape[1]

    def backward(self, Y, cache):
        X, Z1, A1, A2 = [cache[key] for key in ("X", "Z1", "A1", "A2")]
        E2 = (A2 - Y) / Y.shape[1]
        E1 = (self.W2.T @ E2) * self.relu_derivative(Z1)
        return {f"d{kind}{l}": E @ A.T if kind == "W" else E.sum(axis=1, keepdims=True)
                for l, E, A in ((1, E1, X), (2, E2, A1)) for kind in "Wb"}

    def update_parameters(self, gradients):
        new = {key: getattr(self, key) - self.learning_rate * gradients["d" + key] for key in KEYS2}
        self.__dict__.update(new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def step(i):
            A, cache = self.forward(X)
            loss = self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(i, loss)
            return loss
        return [step(i) for i in range(num_iterations)]

    def predict(self, X):
        return np.array([[int(a > 0.5) for a in row] for row in self.forward(X)[0]])


def losses_around(nn, X, Y, P, i, epsilon):
    kept = P[i]
    values = []
    for moved in (kept + epsilon, kept - epsilon):
        P[i] = moved
        values.append(nn.compute_loss(Y, nn.forward(X)[0]))
    P[i] = kept
    return values


def compare(nn, X, Y, epsilon, choose):
    grads = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for key in KEYS2:
        P = getattr(nn, key)
        spots = choose([i for i in np.ndindex(P.shape)])
        around = [losses_around(nn, X, Y, P, i, epsilon) for i in spots]
        n = np.array([(up - down) / (2 * epsilon) for up, down in around])
        a = np.array([grads["d" + key][i] for i in spots])
        scale = sum(np.linalg.norm(v) for v in (a, n))
        result[key] = np.linalg.norm(a - n) / scale if scale else 0.0
    return result


def gradient_check(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, lambda spots: spots[:10])


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, lambda spots: spots)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        self.W1, self.W2, self.W3 = [0.1 * np.random.randn(r, c) for c, r in zip(sizes, sizes[1:])]
        self.b1, self.b2, self.b3 = [np.zeros((r, 1)) for r in sizes[1:]]

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, dict(zip(["X", "Z1", "A1", "Z2", "A2", "Z3", "A3"], [X, Z1, A1, Z2, A2, Z3, A3]))

    def compute_loss(self, Y, A3):
        A3 = A3.clip(1e-15, 1 - 1e-15)
        return sum(-(y @ np.log(a) + (1 - y) @ np.log(1 - a)) for y, a in zip(Y, A3)) / Y.shape[1]

    def backward(self, Y, cache):
        E3 = (cache["A3"] - Y) / Y.shape[1]
        E2 = (self.W3.T @ E3) * (cache["Z2"] > 0)
        E1 = (self.W2.T @ E2) * (cache["Z1"] > 0)
        return {f"d{kind}{l}": E @ cache[A].T if kind == "W" else E.sum(axis=1, keepdims=True)
                for l, E, A in ((1, E1, "X"), (2, E2, "A1"), (3, E3, "A2")) for kind in "Wb"}

    def update_parameters(self, gradients):
        new = {key: getattr(self, key) - self.learning_rate * gradients["d" + key] for key in KEYS3}
        self.__dict__.update(new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def step(i):
            A, cache = self.forward(X)
            loss = self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(i, loss)
            return loss
        return [step(i) for i in range(num_iterations)]

    def predict(self, X):
        return np.array([[int(a > 0.5) for a in row] for row in self.forward(X)[0]])


def two_squares(w1, w2, x1, x2):
    brackets = [(w1 * x1 + s * w2 * x2, s) for s in (1, -1)]
    return sum(2 * v * x1 for v, s in brackets), sum(2 * v * s * x2 for v, s in brackets)


def two_squares_autograd(w1, w2, x1, x2):
    leaves = [torch.tensor(w, requires_grad=True) for w in (w1, w2)]
    L = sum((leaves[0] * x1 + s * leaves[1] * x2) ** 2 for s in (1, -1))
    L.backward()
    return tuple(t.grad for t in leaves)


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    y.backward()
    return tuple(t.grad for t in leaves)


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves = [t.clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        V1, c1, V2, c2 = leaves
        loss = ((torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2) - Y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        leaves = [(t.detach() - learning_rate * t.grad).requires_grad_(True) for t in leaves]
    return losses


def gradient_flow(model, X, Y):
    [setattr(p, "grad", None) for p in model.parameters()]
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
