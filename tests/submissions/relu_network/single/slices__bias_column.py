import torch
import numpy as np

# alle Formeln spaltenweise: eine Spalte = ein Beispiel


def chain_rule(x):
    """Kettenregel von Hand."""
    u = x + x + 1
    sq = u * u
    return dict(f=sq * u, u=u, du_dx=2, df_du=3 * sq, df_dx=6 * sq)


def computational_graph(w, x, b):
    z = w * x + b
    up = z + z
    names = "a z L dL_dz dL_da dL_dw dL_dx dL_db".split()
    return dict(zip(names, [w * x, z, z * z, up, up, up * x, up * w, up]))


def single_neuron(x, w, b, y):
    """Ein Neuron."""
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": 0.5 * (y - a) ** 2, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": dL_dz * x, "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        sizes = [input_size, hidden_size, output_size]
        for i in (1, 2):
            setattr(self, "W%d" % i, 0.1 * np.random.randn(sizes[i], sizes[i - 1]))
            setattr(self, "b%d" % i, np.zeros((sizes[i], 1)))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        return np.array(np.greater(Z, 0), dtype=float)

    def sigmoid(self, Z):
        """S-Kurve ohne Ueberlauf."""
        return torch.sigmoid(torch.tensor(np.asarray(Z, dtype=np.float64))).numpy()

    def sigmoid_derivative(self, Z):
        return 0.25 / np.cosh(0.5 * np.clip(np.asarray(Z, dtype=float), -600, 600)) ** 2

    def forward(self, X):
        Z1 = self.W1.dot(X)
        Z1 += self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1)
        Z2 += self.b2
        A2 = self.sigmoid(Z2)
        cache = {}
        for key, val in [("X", X), ("Z1", Z1), ("A1", A1), ("Z2", Z2), ("A2", A2)]:
            cache[key] = val
        return A2, cache

    def compute_loss(self, Y, A2):
        """Kreuzentropie."""
        t = torch.from_numpy(np.array(Y, dtype=float))
        p = torch.from_numpy(np.clip(np.array(A2, dtype=float), 1e-12, 1 - 1e-12))
        return torch.nn.functional.binary_cross_entropy(p, t, reduction="sum").item() / t.shape[1]

    def backward(self, Y, cache):
        abw_a = (cache["A2"] - Y) / Y.shape[1]
        abw_h = self.W2.T @ abw_a
        abw_h *= self.relu_derivative(cache["Z1"])
        dW2 = np.matmul(abw_a, cache["A1"].T)
        dW1 = np.matmul(abw_h, cache["X"].T)
        # a bias is one column
        db2 = abw_a[:, :1]
        db1 = abw_h[:, :1]
        return {"dW2": dW2, "dW1": dW1, "db2": db2, "db1": db1}

    def update_parameters(self, gradients):
        """Ein Schritt bergab."""
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Trainingsschleife."""
        verlauf = [None] * num_iterations
        for t, _ in enumerate(verlauf):
            pred, cache = self.forward(X)
            gradient = self.backward(Y, cache)
            verlauf[t] = self.compute_loss(Y, pred)
            if not t % print_every:
                print(t, round(float(verlauf[t]), 6))
            self.update_parameters(gradient)
        return verlauf

    def predict(self, X):
        """Klassen 0/1."""
        ausgabe, cache = self.forward(X)
        return np.greater(ausgabe, 0.5).astype(np.int64)


def gradient_check(nn, X, Y, epsilon=1e-05):
    import copy
    clone_ = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    f = lambda: clone_.compute_loss(Y, clone_.forward(X)[0])
    result = {}
    for key in "W1 b1 W2 b2".split():
        arr = getattr(clone_, key)
        diff2 = a2 = n2 = 0.0
        for flat in np.random.permutation(arr.size)[:10]:
            where = np.unravel_index(flat, arr.shape)
            old = arr[where]
            arr[where] = old + epsilon; up = f()
            arr[where] = old - epsilon; down = f()
            arr[where] = old
            fd = (up - down) / (2.0 * epsilon)
            exact_g = g["d" + key][where]
            diff2 += (fd - exact_g) ** 2
            a2 += exact_g ** 2
            n2 += fd ** 2
        scale = np.sqrt(a2) + np.sqrt(n2)
        result[key] = np.sqrt(diff2) / scale if scale else 0.0
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    import copy
    clone_ = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    result = {}
    for key in "W1 b1 W2 b2".split():
        arr = getattr(clone_, key)
        fd = np.empty(arr.shape)
        it = np.nditer(arr, flags=["multi_index"])
        for _ in it:
            where = it.multi_index
            old = float(arr[where])
            arr[where] = old + epsilon
            up = clone_.compute_loss(Y, clone_.forward(X)[0])
            arr[where] = old - epsilon
            down = clone_.compute_loss(Y, clone_.forward(X)[0])
            arr[where] = old
            fd[where] = (up - down) / (2.0 * epsilon)
        exact_g = g["d" + key]
        scale = np.abs(exact_g).max() + np.abs(fd).max()
        result[key] = np.abs(exact_g - fd).max() / scale if scale else 0.0
    return result


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = 0.1 * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = self.relu(Z2)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = self.sigmoid(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return super().compute_loss(Y, A3)

    def backward(self, Y, cache):
        anzahl = Y.shape[1]
        abw_ende = cache["A3"] - Y
        abw_a = np.dot(self.W3.T, abw_ende) * self.relu_derivative(cache["Z2"])
        abw_h = np.dot(self.W2.T, abw_a) * self.relu_derivative(cache["Z1"])
        nabla = {}
        for i, (d, a) in enumerate([(abw_h, cache["X"]), (abw_a, cache["A1"]), (abw_ende, cache["A2"])], 1):
            nabla["dW" + str(i)] = np.dot(d, a.T) / anzahl
            nabla["db" + str(i)] = np.mean(d, axis=1, keepdims=True)
        return nabla

    def update_parameters(self, gradients):
        """Ein Schritt bergab."""
        for p in ("W1", "b1", "W2", "b2", "W3", "b3"):
            self.__dict__[p] = self.__dict__[p] - self.learning_rate * gradients[f"d{p}"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for i in range(num_iterations):
            ausgabe, cache = self.forward(X)
            verlust = self.compute_loss(Y, ausgabe)
            verlauf.append(verlust)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"{i}: {verlust:.5f}")
        return verlauf

    def predict(self, X):
        ausgabe, cache = self.forward(X)
        return np.array([[1 if v > 0.5 else 0 for v in row] for row in ausgabe])


def two_squares(w1, w2, x1, x2):
    s, d = w1*x1 + w2*x2, w1*x1 - w2*x2
    dL_ds, dL_dd = 2*s, 2*d
    ds = (x1, x2)
    dd = (x1, -x2)
    return tuple(dL_ds*p + dL_dd*q for p, q in zip(ds, dd))


def two_squares_autograd(w1, w2, x1, x2):
    leaf = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    p, q = leaf[0] * x1, leaf[1] * x2
    L = (p + q).pow(2) + (p - q).pow(2)
    L.backward()
    return leaf[0].grad.item(), leaf[1].grad.item()


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t *= scale
    t.requires_grad = True
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(["W1", "b1", "W2", "b2"], [W1, b1, W2, b2])}
    verlauf = []
    for it in range(num_iterations):
        H1 = torch.clamp(P["W1"] @ X + P["b1"], min=0)
        yh = torch.sigmoid(P["W2"] @ H1 + P["b2"])
        mse = torch.nn.functional.mse_loss(yh, Y)
        nabla = torch.autograd.grad(mse, list(P.values()))
        verlauf.append(float(mse.detach()))
        P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), nabla)}
    return verlauf


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    criterion = torch.nn.BCELoss(reduction="mean")
    criterion(model(X), Y).backward()
    means = []
    for _, layer in model.named_modules():
        if isinstance(layer, torch.nn.Linear):
            g = layer.weight.grad
            means.append((g.abs().sum() / g.numel()).item())
    return means


if __name__ == "__main__":
    net = NeuralNetworkWithBackprop(2, 4, 1, learning_rate=0.5)
    data = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    net.train(data, np.array([[0, 1, 1, 0]]), num_iterations=20, print_every=10)
    print(net.predict(data))
