import numpy as np
import torch


def chain_rule(x):
    inner = 2*x + 1
    res = dict(u=inner, f=inner**3)
    res["du_dx"] = 2.0
    res["df_du"] = 3.0 * inner**2
    res["df_dx"] = res["df_du"] * res["du_dx"]
    return res


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dL_dz = 2 * z
    return {"a": a, "z": z, "L": z ** 2, "dL_dz": dL_dz, "dL_da": dL_dz, "dL_dw": dL_dz * x,
            "dL_dx": dL_dz * w, "dL_db": dL_dz}


def single_neuron(x, w, b, y):
    z = float(w @ x + b)
    a = 0.5 * (1.0 + np.tanh(0.5 * z))
    err = y - a
    r = dict(z=z, a=a, L=err ** 2 / 2)
    r["dL_da"] = -err
    r["da_dz"] = a - a * a
    r["dL_dz"] = r["dL_da"] * r["da_dz"]
    r["dL_db"] = r["dL_dz"]
    r["dL_dw"] = np.array([r["dL_dz"] * xi for xi in x])
    return r


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        sizes = [input_size, hidden_size, output_size]
        for i in (1, 2):
            setattr(self, "W%d" % i, 0.1 * np.random.randn(sizes[i], sizes[i - 1]))
            setattr(self, "b%d" % i, np.zeros((sizes[i], 1)))
        self.learning_rate = learning_rate

    def forward(self, X: np.ndarray):
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

    def compute_loss(self, Y: np.ndarray, A2: np.ndarray):
        p = np.clip(A2, 1e-12, 1 - 1e-12)
        log_lik = np.where(np.asarray(Y) > 0.5, np.log(p), np.log(1 - p))
        J = -log_lik.sum()
        return J / len(Y)

    def backward(self, Y, cache):
        batch = Y.shape[1]
        rows = cache["X"].T, cache["A1"].T
        e2 = (cache["A2"] - Y).T
        e1 = (e2 @ self.W2) * self.relu_derivative(cache["Z1"]).T
        dW1, dW2 = e1.T @ rows[0] / batch, e2.T @ rows[1] / batch
        db1, db2 = (e1.sum(0) / batch).reshape(self.b1.shape), (e2.sum(0) / batch).reshape(self.b2.shape)
        return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)

    def update_parameters(self, gradients):
        current = vars(self)
        new = {n: current[n] - self.learning_rate * gradients["d" + n] for n in ("W1", "b1", "W2", "b2")}
        current.update(new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def one_step():
            out_, cache = self.forward(X)
            J = self.compute_loss(Y, out_)
            self.update_parameters(self.backward(Y, cache))
            return J
        hist = []
        while len(hist) < num_iterations:
            hist.append(one_step())
            if print_every and (len(hist) - 1) % print_every == 0:
                print("%6d %.6f" % (len(hist) - 1, hist[-1]))
        return hist

    def predict(self, X: np.ndarray):
        out_, cache = self.forward(X)
        return np.greater(out_, 0.5).astype(np.int64)

    def relu(self, Z: np.ndarray):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z: np.ndarray):
        grad = np.ones_like(Z, dtype=float)
        grad[np.less_equal(Z, 0)] = 0.0
        return grad

    def sigmoid(self, Z: np.ndarray):
        return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(Z, dtype=float)))

    def sigmoid_derivative(self, Z: np.ndarray):
        s = self.sigmoid(Z)
        return s * (1 - s)


def gradient_check(nn, X, Y, epsilon=1e-05):
    all_g = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    deviation = dict.fromkeys(["W1", "b1", "W2", "b2"], 0.0)
    for p in deviation:
        theta = getattr(nn, p)
        initial = theta.copy()
        take = min(10, theta.size)
        subset = np.random.default_rng(7).permutation(theta.size)[:take]
        numeric = np.zeros(take)
        for t, i in enumerate(subset):
            theta.flat[i] = initial.flat[i] + epsilon
            plus = J()
            theta.flat[i] = initial.flat[i] - epsilon
            minus = J()
            theta.flat[i] = initial.flat[i]
            numeric[t] = (plus - minus) / (2 * epsilon)
        analytic_part = all_g["d" + p].flat[subset]
        den = np.sum(np.abs(analytic_part)) + np.sum(np.abs(numeric))
        if den > 0:
            deviation[p] = np.sum(np.abs(analytic_part - numeric)) / den
    return deviation


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    all_g = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    deviation = {}
    for p in ["W1", "b1", "W2", "b2"]:
        theta = getattr(nn, p)
        numeric = []
        for i in range(theta.size):
            v = theta.flat[i]
            theta.flat[i] = v + epsilon
            plus = J()
            theta.flat[i] = v - epsilon
            numeric.append((plus - J()) / (2 * epsilon))
            theta.flat[i] = v
        numeric = np.array(numeric)
        analytic_part = all_g["d" + p].ravel()
        den = np.linalg.norm(analytic_part) + np.linalg.norm(numeric)
        deviation[p] = 0.0 if den == 0 else np.linalg.norm(analytic_part - numeric) / den
    return deviation


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        p = np.clip(A3, 1e-12, 1 - 1e-12)
        return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / Y.shape[1]

    def backward(self, Y, cache):
        batch = Y.shape[1]
        e3 = (cache["A3"] - Y) / batch
        e2 = (self.W3.T @ e3) * (cache["Z2"] > 0)
        e1 = (self.W2.T @ e2) * (cache["Z1"] > 0)
        return {
            "dW3": e3 @ cache["A2"].T, "db3": e3.sum(axis=1, keepdims=True),
            "dW2": e2 @ cache["A1"].T, "db2": e2.sum(axis=1, keepdims=True),
            "dW1": e1 @ cache["X"].T, "db1": e1.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for p in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        hist = list()
        it = 0
        while it < num_iterations:
            out_, cache = self.forward(X)
            J = self.compute_loss(Y, out_)
            if it % print_every == 0: print("loss at", it, "=", J)
            hist.append(J)
            self.update_parameters(gradients=self.backward(Y, cache))
            it += 1
        return hist

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    u = p + q
    v = p - q
    dL_dp = 2 * u + 2 * v
    dL_dq = 2 * u - 2 * v
    return dL_dp * x1, dL_dq * x2


def two_squares_autograd(w1, w2, x1, x2):
    t1, t2 = (torch.tensor(float(v), dtype=torch.float64).requires_grad_() for v in (w1, w2))
    loss = torch.square(t1 * x1 + t2 * x2) + torch.square(t1 * x1 - t2 * x2)
    return torch.autograd.grad(loss, (t1, t2))


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


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
        delta_y = net(X) - Y
        J = (delta_y * delta_y).sum() / delta_y.numel()
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
    sizes_ = []
    for _, layer in model.named_modules():
        if isinstance(layer, torch.nn.Linear):
            g = layer.weight.grad
            sizes_.append((g.abs().sum() / g.numel()).item())
    return sizes_
