import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    # forward
    a = w * x
    z = a + b
    L = z ** 2
    # backward
    dL_dz = 2 * z
    dL_da = dL_dz * 1
    dL_db = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da,
            "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": dL_dz * x, "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01):
        self.learning_rate = learning_rate
        zufall = np.random.RandomState(0)
        self.W1 = zufall.standard_normal((hidden_size, input_size)) * np.sqrt(2 / input_size) * 0.1
        self.b1 = np.zeros([hidden_size, 1])
        self.W2 = zufall.standard_normal((output_size, hidden_size)) * np.sqrt(1 / hidden_size) * 0.1
        self.b2 = np.zeros([output_size, 1])

    def relu(self, Z: np.ndarray) -> np.ndarray:
        ergebnis = np.array(Z)
        ergebnis[ergebnis < 0] = 0
        return ergebnis

    def relu_derivative(self, Z: np.ndarray) -> np.ndarray:
        ableitung = np.zeros(np.shape(Z))
        ableitung[np.asarray(Z) > 0] = 1.0
        return ableitung

    def sigmoid(self, Z):
        # log(1 + e^-z) läuft nicht über
        return np.exp(-np.logaddexp(0, -np.asarray(Z, dtype=np.float64)))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s - s ** 2

    def forward(self, X):
        Z1 = np.matmul(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.matmul(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        rand = 1e-12
        P = np.clip(A2, rand, 1 - rand)
        je_beispiel = np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P), axis=0)
        return -np.mean(je_beispiel)

    def backward(self, Y, cache):
        X, Z1, A1, A2 = (cache[k] for k in ("X", "Z1", "A1", "A2"))
        anzahl = X.shape[1]
        # Ausgabeschicht: Sigmoid und Kreuzentropie heben sich auf
        d_ausgabe = (A2 - Y) / anzahl
        # verborgene Schicht
        d_verborgen = np.matmul(self.W2.T, d_ausgabe)
        d_verborgen[Z1 <= 0] = 0
        return {"dW1": np.matmul(d_verborgen, X.T),
                "db1": d_verborgen.sum(axis=1).reshape(-1, 1),
                "dW2": np.matmul(d_ausgabe, A1.T),
                "db2": d_ausgabe.sum(axis=1).reshape(-1, 1)}

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * gradients["dW1"]
        self.b1 = self.b1 - eta * gradients["db1"]
        self.W2 = self.W2 - eta * gradients["dW2"]
        self.b2 = self.b2 - eta * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        kurve = np.empty(num_iterations)
        for t in range(num_iterations):
            ausgabe, cache = self.forward(X)
            kurve[t] = self.compute_loss(Y, ausgabe)
            self.update_parameters(self.backward(Y, cache))
            if print_every and t % print_every == 0:
                print("Schritt", t, "Verlust", kurve[t])
        return kurve.tolist()

    def predict(self, X):
        return np.array(self.forward(X)[0] > 0.5, dtype=int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, c = nn.forward(X)
    bp = nn.backward(Y, c)
    res = {}
    for name in ("W1", "b1", "W2", "b2"):
        arr = getattr(nn, name)
        mask = np.zeros(arr.size, dtype=bool)
        mask[np.random.permutation(arr.size)[:10]] = True
        mask = mask.reshape(arr.shape)
        fd = np.zeros(arr.shape)
        for ij in zip(*np.nonzero(mask)):
            x0 = arr[ij]
            arr[ij] = x0 + epsilon
            f1 = nn.compute_loss(Y, nn.forward(X)[0])
            arr[ij] = x0 - epsilon
            f0 = nn.compute_loss(Y, nn.forward(X)[0])
            arr[ij] = x0
            fd[ij] = (f1 - f0) / (2 * epsilon)
        an = np.where(mask, bp["d" + name], 0)
        s = np.linalg.norm(an) + np.linalg.norm(fd)
        res[name] = np.linalg.norm(an - fd) / s if s else 0.0
    return res


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, c = nn.forward(X)
    bp = nn.backward(Y, c)
    res = {}
    for name in ("W1", "b1", "W2", "b2"):
        arr = getattr(nn, name)
        fd = np.zeros(arr.shape)
        with np.nditer([arr, fd], flags=["refs_ok"], op_flags=[["readwrite"], ["writeonly"]]) as it:
            for p, d in it:
                x0 = p.copy()
                p[...] = x0 + epsilon
                f1 = nn.compute_loss(Y, nn.forward(X)[0])
                p[...] = x0 - epsilon
                f0 = nn.compute_loss(Y, nn.forward(X)[0])
                p[...] = x0
                d[...] = (f1 - f0) / (2 * epsilon)
        s = np.linalg.norm(bp["d" + name]) + np.linalg.norm(fd)
        res[name] = np.linalg.norm(bp["d" + name] - fd) / s if s else 0.0
    return res


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.depth = 3
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for l in range(1, self.depth + 1):
            setattr(self, f"W{l}", np.random.randn(dims[l], dims[l - 1]) * 0.1)
            setattr(self, f"b{l}", np.zeros((dims[l], 1)))

    def forward(self, X):
        cache, A = {"X": X}, X
        for l in range(1, self.depth + 1):
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = np.where(Z > 0, Z, 0) if l < self.depth else 0.5 + 0.5 * np.tanh(Z / 2)
            cache[f"Z{l}"], cache[f"A{l}"] = Z, A
        return A, cache

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-14, 1 - 1e-14)
        return float(-(Y * np.log(P) + (1 - Y) * np.log1p(-P)).sum(axis=0).mean())

    def backward(self, Y, cache):
        backprop_grads = {}
        sensitivity = (cache["A3"] - Y) / Y.shape[1]
        for l in range(self.depth, 0, -1):
            below = cache[f"A{l - 1}"] if l > 1 else cache["X"]
            backprop_grads[f"dW{l}"] = sensitivity @ below.T
            backprop_grads[f"db{l}"] = sensitivity.sum(axis=1, keepdims=True)
            if l > 1:
                sensitivity = (getattr(self, f"W{l}").T @ sensitivity) * np.heaviside(cache[f"Z{l - 1}"], 0)
        return backprop_grads

    def update_parameters(self, gradients):
        for key, g in gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        tracked = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            tracked.append(self.compute_loss(Y, out))
            if print_every and step % print_every == 0:
                print(step, tracked[-1])
            self.update_parameters(self.backward(Y, cache))
        return tracked

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    d_plus, d_minus = 2 * plus, 2 * minus
    return (d_plus + d_minus) * x1, (d_plus - d_minus) * x2


def _leaf(value):
    return torch.tensor(float(value), dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    a, b = _leaf(w1), _leaf(w2)
    u = a * x1 + b * x2
    v = a * x1 - b * x2
    total = u.pow(2) + v.pow(2)
    total.backward()
    return a.grad.item(), b.grad.item()


def autograd_linear(x, w, b):
    x, w, b = _leaf(x), _leaf(w), _leaf(b)
    torch.add(torch.mul(w, x), b).backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator)
    values *= scale
    values.requires_grad = True
    return values


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    params = {name: value.clone().detach().requires_grad_(True) for name, value in params.items()}
    optimizer = torch.optim.SGD(params.values(), lr=learning_rate)
    curve = []
    for step in range(num_iterations):
        optimizer.zero_grad()
        hidden = torch.nn.functional.relu(params["W1"] @ X + params["b1"])
        output = torch.sigmoid(params["W2"] @ hidden + params["b2"])
        loss = torch.nn.functional.mse_loss(output, Y)
        loss.backward()
        curve.append(loss.item())
        optimizer.step()
    return curve


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    criterion = torch.nn.BCELoss(reduction="mean")
    criterion(model(X), Y).backward()
    linears = filter(lambda layer: isinstance(layer, torch.nn.Linear), model.modules())
    sizes = []
    for layer in linears:
        sizes.append(layer.weight.grad.norm().item())
    return sizes
