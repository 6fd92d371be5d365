"""Homework: backprop."""
import numpy as np
import torch


def chain_rule(x):
    """Derivative of a composed function."""
    g = lambda t: 2 * t + 1
    h = lambda s: s ** 3
    dh = lambda s: 3 * s ** 2
    u = g(x)
    out = {}
    out["u"], out["f"] = u, h(u)
    out["du_dx"], out["df_du"] = 2, dh(u)
    out["df_dx"] = dh(u) * 2
    return out


def computational_graph(w, x, b):
    """Small graph, forwards then back."""
    a = w * x; z = a + b; L = z * z
    back = {"dL_dz": 2 * z}
    back["dL_da"] = back["dL_dz"]
    back["dL_db"] = back["dL_dz"]
    back.update(dL_dw=x * back["dL_da"], dL_dx=w * back["dL_da"])
    return {"a": a, "z": z, "L": L, **back}


def single_neuron(x, w, b, y):
    """Sigmoid unit with squared error."""
    def squash(t):
        return 1.0 / (1.0 + np.exp(-t))

    def squash_slope(t):
        return squash(t) * (1.0 - squash(t))

    x = np.asarray(x, dtype=float)
    z = x.dot(w) + b
    a = squash(z)
    L = (y - a) ** 2
    dL_da = a - y
    da_dz = squash_slope(a)
    dL_dz = da_dz * dL_da
    return dict(z=z, a=a, L=L, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=x * dL_dz, dL_db=dL_dz)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        sizes = [input_size, hidden_size, output_size]
        for i in (1, 2):
            setattr(self, "W%d" % i, 0.1 * np.random.randn(sizes[i], sizes[i - 1]))
            setattr(self, "b%d" % i, np.zeros((sizes[i], 1)))
        self.learning_rate = learning_rate

    def forward(self, X):
        A1 = self.relu(Z1 := (X.T @ self.W1.T + self.b1.T).T)
        A2 = self.sigmoid(Z2 := (A1.T @ self.W2.T + self.b2.T).T)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        """Log loss of the batch."""
        m = A2.shape[-1]
        o = A2.clip(1e-15, 1 - 1e-15)
        first = np.einsum("ij,ij->", Y * 1.0, np.log(o))
        second = np.einsum("ij,ij->", 1.0 - Y, np.log(1.0 - o))
        return -(first + second) / m

    def backward(self, Y, cache):
        m = float(np.shape(Y)[1])
        dZ2 = np.subtract(cache["A2"], Y)
        np.divide(dZ2, m, out=dZ2)
        dZ1 = np.matmul(np.transpose(self.W2), dZ2)
        np.multiply(dZ1, np.where(cache["Z1"] > 0, 1.0, 0.0), out=dZ1)
        dW2 = np.matmul(dZ2, np.transpose(cache["A1"]))
        dW1 = np.matmul(dZ1, np.transpose(cache["X"]))
        return {"dW1": dW1, "db1": np.add.reduce(dZ1, axis=1, keepdims=True), "dW2": dW2, "db2": np.add.reduce(dZ2, axis=1, keepdims=True)}

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Plain full batch descent."""
        losses = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            loss = self.compute_loss(Y, A)
            losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"{i}: {loss:.5f}")
        return losses

    def predict(self, X):
        """Hard labels."""
        p, *_ = self.forward(X)
        return 1 * (p > 0.5)

    def relu(self, Z):
        """Cut off below zero."""
        copy = np.copy(Z)
        return np.multiply(copy, copy > 0, out=copy)

    def relu_derivative(self, Z):
        return np.array(np.greater(Z, 0), dtype=float)

    def sigmoid(self, Z):
        """Logistic curve, safe for big inputs."""
        Z = np.asarray(Z, dtype=float)
        e = np.exp(-np.abs(Z))
        return np.where(Z >= 0, 1 / (1 + e), e / (1 + e))

    def sigmoid_derivative(self, Z):
        return (lambda p: p * (1.0 - p))(self.sigmoid(Z))


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Spot check by finite differences."""
    import copy
    twin = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    f = lambda: twin.compute_loss(Y, twin.forward(X)[0])
    result = {}
    for key in "W1 b1 W2 b2".split():
        arr = getattr(twin, key)
        diff2 = a2 = n2 = 0.0
        for flat in np.random.permutation(arr.size)[:10]:
            where = np.unravel_index(flat, arr.shape)
            saved = arr[where]
            arr[where] = saved + epsilon; up = f()
            arr[where] = saved - epsilon; down = f()
            arr[where] = saved
            num = (up - down) / (2.0 * epsilon)
            ana = g["d" + key][where]
            diff2 += (num - ana) ** 2
            a2 += ana ** 2
            n2 += num ** 2
        scale = np.sqrt(a2) + np.sqrt(n2)
        result[key] = np.sqrt(diff2) / scale if scale else 0.0
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Full check by finite differences."""
    import copy
    twin = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    result = {}
    for key in "W1 b1 W2 b2".split():
        arr = getattr(twin, key)
        num = np.empty(arr.shape)
        it = np.nditer(arr, flags=["multi_index"])
        for _ in it:
            where = it.multi_index
            saved = float(arr[where])
            arr[where] = saved + epsilon
            up = twin.compute_loss(Y, twin.forward(X)[0])
            arr[where] = saved - epsilon
            down = twin.compute_loss(Y, twin.forward(X)[0])
            arr[where] = saved
            num[where] = (up - down) / (2.0 * epsilon)
        ana = g["d" + key]
        scale = np.abs(ana).max() + np.abs(num).max()
        result[key] = np.abs(ana - num).max() / scale if scale else 0.0
    return result


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
        m = Y.shape[1]
        for s in range(m):
            col = lambda name: cache[name][:, s:s + 1]
            dZ3 = (col("A3") - Y[:, s:s + 1]) / m
            dZ2 = (self.W3.T @ dZ3) * (col("Z2") > 0)
            dZ1 = (self.W2.T @ dZ2) * (col("Z1") > 0)
            for i, d, a in ((1, dZ1, col("X")), (2, dZ2, col("A1")), (3, dZ3, col("A2"))):
                g[f"dW{i}"] = g[f"dW{i}"] + d @ a.T
                g[f"db{i}"] = g[f"db{i}"] + d
        return g

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]
        self.W3 -= self.learning_rate * gradients["dW3"]
        self.b3 -= self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for epoch in range(1, num_iterations + 1):
            A, memo = self.forward(X)
            losses += [self.compute_loss(Y, A)]
            g = self.backward(Y, memo)
            self.update_parameters(g)
            if epoch % print_every == 0:
                print("Epoch {}/{} - {:.4f}".format(epoch, num_iterations, losses[-1]))
        return losses

    def predict(self, X):
        A, cache = self.forward(X)
        return np.array([[1 if v > 0.5 else 0 for v in row] for row in A])


def two_squares(w1, w2, x1, x2):
    s, d = w1*x1 + w2*x2, w1*x1 - w2*x2
    dL_ds, dL_dd = 2*s, 2*d
    ds = (x1, x2)
    dd = (x1, -x2)
    return tuple(dL_ds*p + dL_dd*q for p, q in zip(ds, dd))


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.double, requires_grad=True)
    s = w * torch.tensor([x1, x2], dtype=torch.double)
    ((s[0] + s[1]) ** 2 + (s[0] - s[1]) ** 2).backward()
    return tuple(w.grad.tolist())


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    (t[1] * t[0] + t[2]).backward()
    return tuple(float(v) for v in t.grad)


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
    V1, c1, V2, c2 = params
    losses = []
    for _ in range(num_iterations):
        A = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)
        loss = ((A - Y) ** 2).mean()
        losses.append(loss.item())
        for p in params:
            p.grad = None
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
