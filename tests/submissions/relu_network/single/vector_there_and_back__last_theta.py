import numpy as np
import torch


def chain_rule(x):
    # link 1
    u, du_dx = 2 * x + 1, 2
    # link 2
    f, df_du = np.power(u, 3), 3 * np.power(u, 2)
    names = ("f", "u", "du_dx", "df_du", "df_dx")
    return dict(zip(names, (f, u, du_dx, df_du, du_dx * df_du)))


def computational_graph(w, x, b):
    a = np.multiply(w, x)
    z = np.add(a, b)
    L = np.square(z)
    up = 2 * z
    names = ("a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db")
    return dict(zip(names, (a, z, L, up, up, np.multiply(up, x), np.multiply(up, w), up)))


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = np.reciprocal(1 + np.exp(-z))
    diff = a - y
    slope = np.exp(-z) * a ** 2
    names = ("z", "a", "L", "dL_da", "da_dz", "dL_dz", "dL_db", "dL_dw")
    return dict(zip(names, (z, a, np.square(diff) / 2, diff, slope, diff * slope, diff * slope, diff * slope * x)))


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
        dL_dZ2 = np.subtract(cache["A2"], Y)
        dL_dZ2 /= m
        dL_dZ1 = self.W2.T @ dL_dZ2
        np.multiply(dL_dZ1, self.relu_derivative(cache["Z1"]), out=dL_dZ1)
        return dict(dW1=dL_dZ1 @ cache["X"].T, db1=np.add.reduce(dL_dZ1, axis=1, keepdims=True),
                    dW2=dL_dZ2 @ cache["A1"].T, db2=np.add.reduce(dL_dZ2, axis=1, keepdims=True))

    def update_parameters(self, gradients):
        for n in "W1 b1 W2 b2".split():
            self.__dict__[n] = self.__dict__[n] - self.learning_rate * gradients[f"d{n}"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        protokoll = []
        i = 0
        while i < num_iterations:
            A2, cache = self.forward(X)
            protokoll.append(self.compute_loss(Y, A2))
            if print_every and i % print_every == 0:
                print("{:>6d} {:.4f}".format(i, protokoll[-1]))
            self.update_parameters(self.backward(Y, cache))
            i += 1
        return protokoll

    def predict(self, X):
        return (self.forward(X)[0] > 0.5) * 1


def _to_vector(nn):
    return np.concatenate([nn.W1.ravel(), nn.b1.ravel(), nn.W2.ravel(), nn.b2.ravel()])


def _from_vector(nn, v):
    start = 0
    for name in ("W1", "b1", "W2", "b2"):
        shape = getattr(nn, name).shape
        stop = start + shape[0] * shape[1]
        setattr(nn, name, v[start:stop].reshape(shape).copy())
        start = stop


def _loss_at(nn, X, Y, v):
    _from_vector(nn, v)
    return nn.compute_loss(Y, nn.forward(X)[0])


def _compare_vectors(nn, X, Y, epsilon, count):
    theta = _to_vector(nn)
    grads = nn.backward(Y, nn.forward(X)[1])
    errors, offset = {}, 0
    for name in ("W1", "b1", "W2", "b2"):
        analytic = grads["d" + name].ravel()
        where = np.arange(analytic.size)
        if count and analytic.size > count:
            where = np.random.choice(where, count, replace=False)
        numeric = np.zeros(where.size)
        for i, j in enumerate(where):
            plus, minus = theta.copy(), theta.copy()
            plus[offset + j] += epsilon
            minus[offset + j] -= epsilon
            numeric[i] = (_loss_at(nn, X, Y, plus) - _loss_at(nn, X, Y, minus)) / (2 * epsilon)
        offset += analytic.size
        total = np.linalg.norm(analytic[where]) + np.linalg.norm(numeric)
        errors[name] = np.linalg.norm(analytic[where] - numeric) / total if total else 0.0
    return errors


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _compare_vectors(nn, X, Y, epsilon, count=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _compare_vectors(nn, X, Y, epsilon, count=None)


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
        back3 = (cache["A3"] - Y) / len(Y.T)
        back2 = active2 * (self.W3.T @ back3)
        back1 = active1 * (self.W2.T @ back2)
        return {
            "dW3": back3 @ cache["A2"].T, "db3": back3.sum(axis=-1, keepdims=True),
            "dW2": back2 @ cache["A1"].T, "db2": back2.sum(axis=-1, keepdims=True),
            "dW1": back1 @ cache["X"].T, "db1": back1.sum(axis=-1, keepdims=True),
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
    # erstes Quadrat
    e = w1 * x1 + w2 * x2
    de_dw1, de_dw2 = x1, x2
    # zweites Quadrat
    f = w1 * x1 - w2 * x2
    df_dw1, df_dw2 = x1, -x2
    return 2 * e * de_dw1 + 2 * f * df_dw1, 2 * e * de_dw2 + 2 * f * df_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2, x1, x2 = map(lambda v: torch.tensor(v, dtype=torch.float64), (w1, w2, x1, x2))
    w1.requires_grad_()
    w2.requires_grad_()
    e = w1 * x1 + w2 * x2
    f = w1 * x1 - w2 * x2
    L = e * e + f * f
    return torch.autograd.grad(L, (w1, w2))


def autograd_linear(x, w, b):
    tx = torch.tensor(x, requires_grad=True, dtype=torch.double)
    tw = torch.tensor(w, requires_grad=True, dtype=torch.double)
    tb = torch.tensor(b, requires_grad=True, dtype=torch.double)
    gerade = tw * tx + tb
    gerade.backward(torch.ones_like(gerade))
    return tx.grad, tw.grad, tb.grad


def leaf_parameters(shape, scale, generator):
    zufall = torch.randn(*shape, generator=generator)
    return torch.mul(zufall, scale).detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    V = W1.detach().clone().requires_grad_()
    v0 = b1.detach().clone().requires_grad_()
    U = W2.detach().clone().requires_grad_()
    u0 = b2.detach().clone().requires_grad_()
    fehler = []
    for _ in range(num_iterations):
        versteckt = torch.relu(V @ X + v0)
        ausgabe = 1 / (1 + torch.exp(-(U @ versteckt + u0)))
        E = torch.mean((ausgabe - Y) ** 2)
        fehler.append(E.item())
        E.backward()
        for blatt in (V, v0, U, u0):
            blatt.data = blatt.data - learning_rate * blatt.grad
            blatt.grad.zero_()
    return fehler


def gradient_flow(model, X, Y):
    model.zero_grad()
    wahrsch = model(X)
    torch.nn.functional.binary_cross_entropy(wahrsch, Y, reduction="mean").backward()
    staerken = []
    for schicht in model.modules():
        if not isinstance(schicht, torch.nn.Linear):
            continue
        betrag = torch.abs(schicht.weight.grad)
        staerken.append(betrag.mean().item())
    return staerken
