import numpy as np
import torch


def chain_rule(x):
    """forward, then the local slopes, then their product"""
    u = x + x + 1
    f = u * u ** 2
    local_inner = 2
    local_outer = 3 * (u ** 2)
    total = 1
    for local in (local_outer, local_inner):
        total = total * local
    return dict(u=u, f=f, du_dx=local_inner, df_du=local_outer, df_dx=total)


def computational_graph(w, x, b):
    """node after node"""
    class Node: pass
    n = Node()
    n.a = w * x
    n.z = n.a + b
    n.L = pow(n.z, 2)
    n.dL_dz = n.z + n.z
    n.dL_da = n.dL_db = n.dL_dz
    n.dL_dw, n.dL_dx = n.dL_da * x, n.dL_da * w
    return vars(n)


def single_neuron(x, w, b, y):
    z = b + w.dot(x)
    e = np.exp(-abs(z))
    a = 1 / (1 + e) if z >= 0 else e / (1 + e)
    grads = {"dL_da": a - y, "da_dz": e / (1 + e) ** 2}
    grads["dL_dz"] = grads["dL_da"] * grads["da_dz"]
    grads["dL_dw"] = grads["dL_dz"] * x
    grads["dL_db"] = grads["dL_dz"]
    return {"z": z, "a": a, "L": (y - a) ** 2 * 0.5, **grads}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        (self.W1, self.b1), (self.W2, self.b2) = (
            (np.random.randn(o, i) / 10, np.zeros((o, 1)))
            for i, o in ((input_size, hidden_size), (hidden_size, output_size)))
        self.learning_rate = learning_rate

    def relu(self, Z):
        Z = np.asarray(Z)
        return np.fmax(Z, np.zeros_like(Z))

    def relu_derivative(self, Z):
        return np.asarray(np.asarray(Z) > 0, dtype=np.float64)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=np.float64)
        small = np.exp(np.minimum(Z, 0))
        return small / (small + np.exp(np.minimum(-Z, 0)))

    def sigmoid_derivative(self, Z):
        return (lambda a: a * (1.0 - a))(self.sigmoid(Z))

    def forward(self, X):
        A1 = self.relu(Z1 := self.W1 @ X + self.b1)
        A2 = self.sigmoid(Z2 := self.W2 @ A1 + self.b2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        A2 = np.clip(A2, 1e-15, 1.0 - 1e-15)
        return np.sum(-Y * np.log(A2) - (1.0 - Y) * np.log(1.0 - A2)) / A2.shape[1]

    def backward(self, Y, cache):
        m = cache["X"].shape[1]
        # dL/dA2, and then through the sigmoid; where A2 is 0 or 1 the product is A2 - Y
        dZ2 = np.subtract(cache["A2"], Y)
        dZ2 /= m
        dZ1 = self.W2.T @ dZ2
        np.multiply(dZ1, self.relu_derivative(cache["Z1"]), out=dZ1)
        return dict(dW1=dZ1 @ cache["X"].T, db1=np.add.reduce(dZ1, axis=1, keepdims=True),
                    dW2=dZ2 @ cache["A1"].T, db2=np.add.reduce(dZ2, axis=1, keepdims=True))

    def update_parameters(self, gradients):
        for n in "W1 b1 W2 b2".split():
            self.__dict__[n] = self.__dict__[n] - self.learning_rate * gradients[f"d{n}"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        record = []
        i = 0
        while i < num_iterations:
            A2, cache = self.forward(X)
            record.append(self.compute_loss(Y, A2))
            if print_every and i % print_every == 0:
                print("{:>6d} {:.4f}".format(i, record[-1]))
            self.update_parameters(self.backward(Y, cache))
            i += 1
        return record

    def predict(self, X):
        return (self.forward(X)[0] > 0.5) * 1


class _Probe:
    """Moves single elements of one parameter and looks at the loss."""

    def __init__(self, nn, X, Y, name):
        self.nn, self.X, self.Y, self.p = nn, X, Y, getattr(nn, name)

    def loss(self):
        return self.nn.compute_loss(self.Y, self.nn.forward(self.X)[0])

    def derivative(self, index, h):
        centre = self.p[index]
        self.p[index] = centre + h
        right = self.loss()
        self.p[index] = centre - h
        left = self.loss()
        self.p[index] = centre
        return right - left


def _rel(a, b):
    s = np.linalg.norm(a + b) + np.linalg.norm(a - b)
    return np.linalg.norm(a - b) / s if s > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        probe = _Probe(nn, X, Y, name)
        rows = np.arange(probe.p.size)
        np.random.shuffle(rows)
        idx = [np.unravel_index(r, probe.p.shape) for r in rows[:10]]
        errors[name] = _rel(np.array([grads["d" + name][i] for i in idx]),
                            np.array([probe.derivative(i, epsilon) for i in idx]))
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        probe = _Probe(nn, X, Y, name)
        numeric = [probe.derivative(i, epsilon) for i in np.ndindex(probe.p.shape)]
        errors[name] = _rel(grads["d" + name], np.reshape(numeric, probe.p.shape))
    return errors


def _dense(W, b, A):
    return np.tensordot(W, A, axes=1) + b


class ThreeLayerNetwork:
    """input -> ReLU -> ReLU -> sigmoid"""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        widths = [input_size, hidden1_size, hidden2_size, output_size]
        self.W1, self.W2, self.W3 = (np.random.standard_normal((b, a)) * 0.05 for a, b in zip(widths, widths[1:]))
        self.b1, self.b2, self.b3 = (np.zeros((w, 1)) for w in widths[1:])

    def forward(self, X):
        Z1 = _dense(self.W1, self.b1, X)
        A1 = np.clip(Z1, 0, np.inf)
        Z2 = _dense(self.W2, self.b2, A1)
        A2 = np.clip(Z2, 0, np.inf)
        Z3 = _dense(self.W3, self.b3, A2)
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -700, 700)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        tiny = 1e-14
        total = np.sum(Y * np.log(np.maximum(A3, tiny))) + np.sum((1 - Y) * np.log(np.maximum(1 - A3, tiny)))
        return -total / Y.shape[1]

    def backward(self, Y, cache):
        active1 = np.sign(cache["A1"])
        active2 = np.sign(cache["A2"])
        r3 = (cache["A3"] - Y) / len(Y.T)
        r2 = active2 * (self.W3.T @ r3)
        r1 = active1 * (self.W2.T @ r2)
        return {
            "dW3": r3 @ cache["A2"].T, "db3": r3.sum(axis=-1, keepdims=True),
            "dW2": r2 @ cache["A1"].T, "db2": r2.sum(axis=-1, keepdims=True),
            "dW1": r1 @ cache["X"].T, "db1": r1.sum(axis=-1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for i in "123":
            for kind in "Wb":
                step = self.learning_rate * gradients["d" + kind + i]
                setattr(self, kind + i, getattr(self, kind + i) - step)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def report(i, value):
            if print_every and i % print_every == 0:
                print("iteration", i, "->", round(float(value), 6))

        values = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            values.append(self.compute_loss(Y, A3))
            report(i, values[-1])
            self.update_parameters(self.backward(Y, cache))
        return values

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(int)


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
    values = []
    for _ in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = ((A2 - Y) ** 2).mean()
        values.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (W1, b1, W2, b2):
                p -= learning_rate * p.grad
                p.grad.zero_()
    return values


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    collected = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            collected.append(layer.weight.grad.abs().mean().item())
    return collected
