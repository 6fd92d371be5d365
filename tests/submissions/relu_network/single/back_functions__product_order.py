from __future__ import annotations

import numpy as np
import torch


def chain_rule(x):
    u = x + x + 1
    sq = u * u
    return dict(f=sq * u, u=u, du_dx=2, df_du=3 * sq, df_dx=6 * sq)


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    def mul_back(up, left, right):
        # one gradient per factor
        return up * left, up * right
    gz = 2 * z
    ga = gb = gz
    gw, gx = mul_back(ga, w, x)
    return {"L": z ** 2, "a": a, "z": z, "dL_dw": gw, "dL_dx": gx, "dL_db": gb, "dL_da": ga, "dL_dz": gz}


def single_neuron(x, w, b, y):
    x = np.asarray(x, dtype=float)
    z = np.inner(x, w) + b
    a = np.exp(-np.logaddexp(0.0, -z))
    diff = a - y
    L = 0.5 * diff ** 2
    da_dz = a * (1.0 - a)
    delta = diff * da_dz
    return dict(z=z, a=a, L=L, dL_da=diff, da_dz=da_dz, dL_dz=delta, dL_dw=delta * x, dL_db=delta)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        he = np.sqrt(2.0 / input_size)
        xavier = np.sqrt(1.0 / hidden_size)
        self.W1 = np.random.randn(hidden_size, input_size) * he * 0.3
        self.W2 = np.random.randn(output_size, hidden_size) * xavier * 0.3
        self.b1 = np.zeros(shape=(hidden_size, 1))
        self.b2 = np.zeros(shape=(output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z: np.ndarray):
        copy = np.copy(Z)
        return np.multiply(copy, copy > 0, out=copy)

    def relu_derivative(self, Z: np.ndarray):
        grad = np.ones_like(Z, dtype=float)
        grad[np.less_equal(Z, 0)] = 0.0
        return grad

    def sigmoid(self, Z: np.ndarray):
        e = np.exp(-np.abs(Z))
        return np.where(np.asarray(Z) < 0, e, 1.0) / (1.0 + e)

    def sigmoid_derivative(self, Z: np.ndarray):
        act = np.array(self.sigmoid(Z))
        return np.multiply(act, np.subtract(1.0, act))

    def forward(self, X: np.ndarray):
        cols = X.shape[1]
        Z1 = np.empty((self.W1.shape[0], cols))
        Z2 = np.empty((self.W2.shape[0], cols))
        for j in range(cols):
            Z1[:, j] = self.W1 @ X[:, j] + self.b1[:, 0]
        A1 = self.relu(Z1)
        for j in range(cols):
            Z2[:, j] = self.W2 @ A1[:, j] + self.b2[:, 0]
        A2 = self.sigmoid(Z2)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y: np.ndarray, A2: np.ndarray):
        cols = A2.shape[-1]
        o = A2.clip(1e-15, 1 - 1e-15)
        first = np.einsum("ij,ij->", Y * 1.0, np.log(o))
        second = np.einsum("ij,ij->", 1.0 - Y, np.log(1.0 - o))
        return -(first + second) / cols

    def backward(self, Y, cache):
        X, Z1, A1, Z2, A2 = (cache[name] for name in ("X", "Z1", "A1", "Z2", "A2"))
        cols = X.shape[1]
        # output layer
        dL_dz2 = A2 - Y
        dW2 = dL_dz2 @ A1.T / cols
        db2 = dL_dz2.mean(axis=1, keepdims=True)
        # H1 layer
        dA1 = self.W2.T @ dL_dz2
        dL_dz1 = dA1.copy()
        dL_dz1[Z1 <= 0] = 0.0
        dW1 = dL_dz1 @ X.T / cols
        db1 = dL_dz1.mean(axis=1, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        lr_ = self.learning_rate
        self.W1 = self.W1 - lr_ * gradients["dW1"]
        self.b1 = self.b1 - lr_ * gradients["db1"]
        self.W2 = self.W2 - lr_ * gradients["dW2"]
        self.b2 = self.b2 - lr_ * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        curve = []
        for epoch in range(1, num_iterations + 1):
            probs_, memo = self.forward(X)
            curve += [self.compute_loss(Y, probs_)]
            g = self.backward(Y, memo)
            self.update_parameters(g)
            if epoch % print_every == 0:
                print("Epoch {}/{} - {:.4f}".format(epoch, num_iterations, curve[-1]))
        return curve

    def predict(self, X: np.ndarray):
        probs_, cache = self.forward(X)
        return np.array([[1 if v > 0.5 else 0 for v in row] for row in probs_])


def gradient_check(nn, X, Y, epsilon=1e-05):
    all_g = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    report = dict.fromkeys(["W1", "b1", "W2", "b2"], 0.0)
    for p in report:
        param = getattr(nn, p)
        backup = param.copy()
        take = min(10, param.size)
        sample_idx = np.random.default_rng(7).permutation(param.size)[:take]
        numeric = np.zeros(take)
        for t, i in enumerate(sample_idx):
            param.flat[i] = backup.flat[i] + epsilon
            plus = J()
            param.flat[i] = backup.flat[i] - epsilon
            minus = J()
            param.flat[i] = backup.flat[i]
            numeric[t] = (plus - minus) / (2 * epsilon)
        bp = all_g["d" + p].flat[sample_idx]
        den = np.sum(np.abs(bp)) + np.sum(np.abs(numeric))
        if den > 0:
            report[p] = np.sum(np.abs(bp - numeric)) / den
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    all_g = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    report = {}
    for p in ["W1", "b1", "W2", "b2"]:
        param = getattr(nn, p)
        numeric = []
        for i in range(param.size):
            v = param.flat[i]
            param.flat[i] = v + epsilon
            plus = J()
            param.flat[i] = v - epsilon
            numeric.append((plus - J()) / (2 * epsilon))
            param.flat[i] = v
        numeric = np.array(numeric)
        bp = all_g["d" + p].ravel()
        den = np.linalg.norm(bp) + np.linalg.norm(numeric)
        report[p] = 0.0 if den == 0 else np.linalg.norm(bp - numeric) / den
    return report


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for i in range(1, len(dims)):
            setattr(self, f"W{i}", np.random.randn(dims[i], dims[i - 1]) * 0.05)
            setattr(self, f"b{i}", np.zeros((dims[i], 1)))

    def forward(self, X):
        cache, x_l = {"X": X}, X
        for i in (1, 2, 3):
            z_l = getattr(self, f"W{i}") @ x_l + getattr(self, f"b{i}")
            x_l = z_l * (z_l > 0) if i < 3 else 0.5 * (1 + np.tanh(z_l / 2))
            cache[f"Z{i}"], cache[f"A{i}"] = z_l, x_l
        return x_l, cache

    def compute_loss(self, Y, A3):
        q = np.clip(A3, 1e-14, 1 - 1e-14)
        return -(Y * np.log(q) + (1 - Y) * np.log(1 - q)).sum(axis=0).mean()

    def backward(self, Y, cache):
        all_g = {}
        dL_dz = (cache["A3"] - Y) / Y.shape[1]
        for i in (3, 2, 1):
            below = cache["X"] if i == 1 else cache[f"A{i - 1}"]
            all_g[f"dW{i}"] = dL_dz @ below.T
            all_g[f"db{i}"] = dL_dz.sum(axis=1, keepdims=True)
            if i > 1:
                dL_dz = getattr(self, f"W{i}").T @ dL_dz * (cache[f"Z{i - 1}"] > 0)
        return all_g

    def update_parameters(self, gradients):
        steps = {n: -self.learning_rate * gradients["d" + n] for n in ("W1", "b1", "W2", "b2", "W3", "b3")}
        for n, s in steps.items():
            setattr(self, n, np.add(getattr(self, n), s))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        curve = np.zeros(num_iterations)
        for step in range(num_iterations):
            probs_, old = self.forward(X)
            curve[step] = self.compute_loss(Y, probs_)
            all_g = self.backward(Y, old)
            self.update_parameters(all_g)
            if step % print_every == 0:
                print("step", step, "loss", curve[step])
        return curve.tolist()

    def predict(self, X):
        probs_, cache = self.forward(X)
        return np.array([[1 if v > 0.5 else 0 for v in row] for row in probs_])


def two_squares(w1, w2, x1, x2):
    s, d = w1*x1 + w2*x2, w1*x1 - w2*x2
    dL_ds, dL_dd = 2*s, 2*d
    ds = (x1, x2)
    dd = (x1, -x2)
    return tuple(dL_ds*p + dL_dd*q for p, q in zip(ds, dd))


def two_squares_autograd(w1, w2, x1, x2):
    t1, t2 = (torch.tensor(float(v), dtype=torch.float64).requires_grad_() for v in (w1, w2))
    loss = torch.square(t1 * x1 + t2 * x2) + torch.square(t1 * x1 - t2 * x2)
    return torch.autograd.grad(loss, (t1, t2))


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
    P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(["W1", "b1", "W2", "b2"], [W1, b1, W2, b2])}
    curve = []
    for it in range(num_iterations):
        H1 = torch.clamp(P["W1"] @ X + P["b1"], min=0)
        yh = torch.sigmoid(P["W2"] @ H1 + P["b2"])
        mse = torch.nn.functional.mse_loss(yh, Y)
        all_g = torch.autograd.grad(mse, list(P.values()))
        curve.append(float(mse.detach()))
        P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), all_g)}
    return curve


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    probs_ = model(X)
    val = torch.nn.functional.binary_cross_entropy(probs_, Y)
    val.backward()
    linear = filter(lambda mod: isinstance(mod, torch.nn.Linear), model.modules())
    return list(map(lambda l: np.abs(l.weight.grad.numpy()).mean(), linear))


if __name__ == "__main__":
    net = NeuralNetworkWithBackprop(2, 4, 1, learning_rate=0.5)
    data = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    net.train(data, np.array([[0, 1, 1, 0]]), num_iterations=20, print_every=10)
    print(net.predict(data))
