import numpy as np
import torch

LEAK = 0.01


def chain_rule(x):
    u = 2 * x + 1
    du_dx = 2
    df_du = 3 * u ** 2
    return {"f": u ** 3, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    dL_dz = 2 * z
    dz_da, dz_db = 1, 1
    da_dw, da_dx = x, w
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
    dL_dw = dL_da * da_dw
    dL_dx = dL_da * da_dx
    return {k: v for k, v in locals().items() if k in ("a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db")}


def single_neuron(x, w, b, y):
    ext_x = np.append(x, 1.0)
    ext_w = np.append(w, b)
    z = ext_w.dot(ext_x)
    a = (1 + np.exp(-z)) ** -1
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    grad = dL_dz * ext_x
    return {"z": z, "a": a, "L": 0.5 * np.square(y - a), "dL_da": dL_da, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_dw": grad[:-1], "dL_db": grad[-1]}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        he = np.sqrt(2.0 / input_size)
        xavier = np.sqrt(1.0 / hidden_size)
        self.W1 = np.random.randn(hidden_size, input_size) * he * 0.3
        self.W2 = np.random.randn(output_size, hidden_size) * xavier * 0.3
        self.b1 = np.zeros(shape=(hidden_size, 1))
        self.b2 = np.zeros(shape=(output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.fmax(Z, np.zeros_like(Z))

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        bounded = np.minimum(np.maximum(Z, -700.0), 700.0)
        return np.reciprocal(1.0 + np.exp(-bounded))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        A1 = self.relu(Z1 := (X.T @ self.W1.T + self.b1.T).T)
        A2 = self.sigmoid(Z2 := (A1.T @ self.W2.T + self.b2.T).T)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        safe = np.clip(A2, 1e-13, 1.0 - 1e-13)
        total = 0.0
        for j in range(Y.shape[1]):
            for i in range(Y.shape[0]):
                total -= Y[i, j] * np.log(safe[i, j]) + (1 - Y[i, j]) * np.log(1 - safe[i, j])
        return total / Y.shape[1]

    def backward(self, Y, cache):
        batch = cache["X"].shape[0]
        diff = cache["A2"] - Y
        slope = np.where(cache["Z1"] > 0, 1.0, LEAK)
        inner = (self.W2.T @ diff) * slope
        weights = [e @ a.T for e, a in zip((inner, diff), (cache["X"], cache["A1"]))]
        biases = [e.sum(axis=1, keepdims=True) for e in (inner, diff)]
        named = zip(["dW1", "dW2", "db1", "db2"], weights + biases)
        return {k: v / batch for k, v in named}

    def update_parameters(self, gradients):
        current = vars(self)
        new = {n: current[n] - self.learning_rate * gradients["d" + n] for n in ("W1", "b1", "W2", "b2")}
        current.update(new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        hist = np.zeros(num_iterations)
        for step in range(num_iterations):
            out_, old = self.forward(X)
            hist[step] = self.compute_loss(Y, out_)
            grads = self.backward(Y, old)
            self.update_parameters(grads)
            if step % print_every == 0:
                print("step", step, "loss", hist[step])
        return hist.tolist()

    def predict(self, X):
        probability, _ = self.forward(X)
        above = probability > 0.5
        return above.view(np.int8)


PARAMS = ("W1", "b1", "W2", "b2")


def probe(nn, X, Y, name, r, c, step):
    # loss with one entry shifted
    M = getattr(nn, name)
    before = M[r, c]
    M[r, c] = before + step
    out_, _ = nn.forward(X)
    value = nn.compute_loss(Y, out_)
    M[r, c] = before
    return value


def difference(list_a, list_n):
    a, n = np.asarray(list_a, float), np.asarray(list_n, float)
    size = max(np.linalg.norm(a), np.linalg.norm(n))
    if size == 0:
        return 0.0
    return float(np.linalg.norm(a - n) / size)


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    out = {}
    for name in PARAMS:
        rows, cols = getattr(nn, name).shape
        a, n = [], []
        for idx in np.random.permutation(rows * cols)[:10]:
            r, c = divmod(int(idx), cols)
            a.append(grads["d" + name][r, c])
            n.append((probe(nn, X, Y, name, r, c, epsilon) - probe(nn, X, Y, name, r, c, -epsilon)) / (2 * epsilon))
        out[name] = difference(a, n)
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    out = {}
    for name in PARAMS:
        rows, cols = getattr(nn, name).shape
        a, n = [], []
        for r in range(rows):
            for c in range(cols):
                a.append(grads["d" + name][r, c])
                n.append((probe(nn, X, Y, name, r, c, epsilon) - probe(nn, X, Y, name, r, c, -epsilon)) / (2 * epsilon))
        out[name] = difference(a, n)
    return out


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        small = 0.1
        self.W1 = small * np.random.randn(hidden1_size, input_size)
        self.W2 = small * np.random.randn(hidden2_size, hidden1_size)
        self.W3 = small * np.random.randn(output_size, hidden2_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        relu = lambda z: np.maximum(0.0, z)
        A1 = relu(Z1 := self.W1 @ X + self.b1)
        A2 = relu(Z2 := self.W2 @ A1 + self.b2)
        Z3 = self.W3 @ A2 + self.b3
        with np.errstate(over="ignore"):
            A3 = 1.0 / (1.0 + np.exp(-Z3))
        return A3, {"X": X, "Z1": Z1, "Z2": Z2, "Z3": Z3, "A1": A1, "A2": A2, "A3": A3}

    def compute_loss(self, Y, A3):
        p = np.minimum(np.maximum(A3, 1e-12), 1 - 1e-12)
        cost = np.log(p) * Y
        cost += np.log(1 - p) * (1 - Y)
        return -cost.sum() / cost.shape[1]

    def backward(self, Y, cache):
        g = {"dW1": 0.0, "dW2": 0.0, "dW3": 0.0, "db1": 0.0, "db2": 0.0, "db3": 0.0}
        batch = Y.shape[1]
        for s in range(batch):
            col = lambda name: cache[name][:, s:s + 1]
            e3 = (col("A3") - Y[:, s:s + 1]) / batch
            e2 = (self.W3.T @ e3) * (col("Z2") > 0)
            e1 = (self.W2.T @ e2) * (col("Z1") > 0)
            for i, d, a in ((1, e1, col("X")), (2, e2, col("A1")), (3, e3, col("A2"))):
                g[f"dW{i}"] = g[f"dW{i}"] + d @ a.T
                g[f"db{i}"] = g[f"db{i}"] + d
        return g

    def update_parameters(self, gradients):
        for p in ("W1", "b1", "W2", "b2", "W3", "b3"):
            self.__dict__[p] = self.__dict__[p] - self.learning_rate * gradients[f"d{p}"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        hist = np.zeros(num_iterations)
        for step in range(num_iterations):
            out_, old = self.forward(X)
            hist[step] = self.compute_loss(Y, out_)
            grads = self.backward(Y, old)
            self.update_parameters(grads)
            if step % print_every == 0:
                print("step", step, "loss", hist[step])
        return hist.tolist()

    def predict(self, X):
        probability, _ = self.forward(X)
        above = probability > 0.5
        return above.view(np.int8)


def two_squares(w1, w2, x1, x2):
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    L = (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2
    L.backward()
    return a.grad, b.grad


def autograd_linear(x, w, b):
    def leaf(v):
        return torch.tensor(v, dtype=torch.double, requires_grad=True)
    tx, tw, tb = leaf(x), leaf(w), leaf(b)
    return torch.autograd.grad(tw * tx + tb, [tx, tw, tb])


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        values = scale * torch.randn(*shape, generator=generator)
    return values.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves = []
    for t in (W1, b1, W2, b2):
        c = t.clone()
        c.requires_grad_(True)
        leaves.append(c)

    def net(inp):
        h = (leaves[0].mm(inp) + leaves[1]).relu()
        return (leaves[2].mm(h) + leaves[3]).sigmoid()

    hist = []
    for k in range(num_iterations):
        residual = net(X) - Y
        J = (residual * residual).sum() / residual.numel()
        J.backward()
        for t in leaves:
            t.data.sub_(learning_rate * t.grad)
            t.grad.zero_()
        hist.append(J.item())
    return hist


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    criterion = torch.nn.BCELoss(reduction="mean")
    criterion(model(X), Y).backward()
    flow = []
    for _, layer in model.named_modules():
        if isinstance(layer, torch.nn.Linear):
            g = layer.weight.grad
            flow.append((g.abs().sum() / g.numel()).item())
    return flow


def _demo():
    X = np.random.randn(3, 6)
    Y = (X[:1] > 0).astype(float)
    net = NeuralNetworkWithBackprop(3, 5, 1, 0.1)
    print(gradient_check(net, X, Y))
    try:
        import matplotlib.pyplot as plt
        plt.plot(net.train(X, Y, 30, 10))
        plt.show()
    except ImportError:
        pass


if __name__ == "__main__":
    _demo()
