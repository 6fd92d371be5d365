import numpy as np
import torch


def chain_rule(x):
    u = 2.0 * x + 1.0
    links = {"du_dx": 2.0, "df_du": 3.0 * u * u}
    total = 1.0
    for v in links.values():
        total = total * v
    return {"f": u * u * u, "u": u, **links, "df_dx": total}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    def mul_back(up, left, right):
        return up * right, up * left
    def add_back(up):
        return up, up
    gz = 2 * z
    ga, gb = add_back(gz)
    gw, gx = mul_back(ga, w, x)
    return {"a": a, "z": z, "L": z * z, "dL_dz": gz, "dL_da": ga, "dL_dw": gw, "dL_dx": gx, "dL_db": gb}


def single_neuron(x, w, b, y):
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
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return (Z > 0).astype(float)

    def sigmoid(self, Z):
        return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(Z, dtype=float)))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return 1.0 - np.square(s)

    def forward(self, X):
        cache = dict(X=X)
        signal = X
        for i, act in enumerate((self.relu, self.sigmoid), start=1):
            net_in = getattr(self, f"W{i}").dot(signal) + getattr(self, f"b{i}")
            signal = act(net_in)
            cache[f"Z{i}"], cache[f"A{i}"] = net_in, signal
        return signal, cache

    def compute_loss(self, Y, A2):
        safe = np.clip(A2, 1e-13, 1.0 - 1e-13)
        total = 0.0
        for j in range(Y.shape[1]):
            for i in range(Y.shape[0]):
                total -= Y[i, j] * np.log(safe[i, j]) + (1 - Y[i, j]) * np.log(1 - safe[i, j])
        return total / Y.shape[1]

    def backward(self, Y, cache):
        grad_out = cache["A2"] - Y
        grad_hidden = np.tensordot(self.W2, grad_out, axes=(0, 0)) * self.relu_derivative(cache["Z1"])
        n_samples = grad_out.shape[1]
        weight = lambda d, a: np.tensordot(d, a, axes=(1, 1)) / n_samples
        bias = lambda d: np.mean(d, axis=1)[:, np.newaxis]
        return {"dW1": weight(grad_hidden, cache["X"]), "db1": bias(grad_hidden), "dW2": weight(grad_out, cache["A1"]), "db2": bias(grad_out)}

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_log = [None] * num_iterations
        for t, _ in enumerate(loss_log):
            pred, cache = self.forward(X)
            gradient = self.backward(Y, cache)
            loss_log[t] = self.compute_loss(Y, pred)
            if not t % print_every:
                print(t, round(float(loss_log[t]), 6))
            self.update_parameters(gradient)
        return loss_log

    def predict(self, X):
        prediction, cache = self.forward(X)
        return np.array([[1 if v > 0.5 else 0 for v in row] for row in prediction])


def gradient_check(nn, X, Y, epsilon=1e-05):
    G = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    deviation = dict.fromkeys(["W1", "b1", "W2", "b2"], 0.0)
    for p in deviation:
        tensor_ = getattr(nn, p)
        initial = tensor_.copy()
        take = min(10, tensor_.size)
        subset = np.random.default_rng(7).permutation(tensor_.size)[:take]
        numeric = np.zeros(take)
        for t, i in enumerate(subset):
            tensor_.flat[i] = initial.flat[i] + epsilon
            plus = J()
            tensor_.flat[i] = initial.flat[i] - epsilon
            minus = J()
            tensor_.flat[i] = initial.flat[i]
            numeric[t] = (plus - minus) / (2 * epsilon)
        analytic_part = G["d" + p].flat[subset]
        den = np.sum(np.abs(analytic_part)) + np.sum(np.abs(numeric))
        if den > 0:
            deviation[p] = np.sum(np.abs(analytic_part - numeric)) / den
    return deviation


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    G = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    deviation = {}
    for p in ["W1", "b1", "W2", "b2"]:
        tensor_ = getattr(nn, p)
        numeric = []
        for i in range(tensor_.size):
            v = tensor_.flat[i]
            tensor_.flat[i] = v + epsilon
            plus = J()
            tensor_.flat[i] = v - epsilon
            numeric.append((plus - J()) / (2 * epsilon))
            tensor_.flat[i] = v
        numeric = np.array(numeric)
        analytic_part = G["d" + p].ravel()
        den = np.linalg.norm(analytic_part) + np.linalg.norm(numeric)
        deviation[p] = 0.0 if den == 0 else np.linalg.norm(analytic_part - numeric) / den
    return deviation


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for i in range(1, len(dims)):
            setattr(self, f"W{i}", np.random.randn(dims[i], dims[i - 1]) * 0.05)
            setattr(self, f"b{i}", np.zeros((dims[i], 1)))

    def forward(self, X):
        cache, signal = {"X": X}, X
        for i in (1, 2, 3):
            net_in = getattr(self, f"W{i}") @ signal + getattr(self, f"b{i}")
            signal = net_in * (net_in > 0) if i < 3 else 0.5 * (1 + np.tanh(net_in / 2))
            cache[f"Z{i}"], cache[f"A{i}"] = net_in, signal
        return signal, cache

    def compute_loss(self, Y, A3):
        q = np.clip(A3, 1e-14, 1 - 1e-14)
        return -(Y * np.log(q) + (1 - Y) * np.log(1 - q)).sum(axis=0).mean()

    def backward(self, Y, cache):
        G = {}
        upstream = (cache["A3"] - Y) / Y.shape[1]
        for i in (3, 2, 1):
            below = cache["X"] if i == 1 else cache[f"A{i - 1}"]
            G[f"dW{i}"] = upstream @ below.T
            G[f"db{i}"] = upstream.sum(axis=1, keepdims=True)
            if i > 1:
                upstream = getattr(self, f"W{i}").T @ upstream * (cache[f"Z{i - 1}"] > 0)
        return G

    def update_parameters(self, gradients):
        step = self.learning_rate
        self.W1 = self.W1 - step * gradients["dW1"]
        self.b1 = self.b1 - step * gradients["db1"]
        self.W2 = self.W2 - step * gradients["dW2"]
        self.b2 = self.b2 - step * gradients["db2"]
        self.W3 = self.W3 - step * gradients["dW3"]
        self.b3 = self.b3 - step * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_log = [None] * num_iterations
        for t, _ in enumerate(loss_log):
            pred, cache = self.forward(X)
            gradient = self.backward(Y, cache)
            loss_log[t] = self.compute_loss(Y, pred)
            if not t % print_every:
                print(t, round(float(loss_log[t]), 6))
            self.update_parameters(gradient)
        return loss_log

    def predict(self, X):
        p, *_ = self.forward(X)
        return 1 * (p > 0.5)


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2


def two_squares_autograd(w1, w2, x1, x2):
    t1, t2 = (torch.tensor(float(v), dtype=torch.float64).requires_grad_() for v in (w1, w2))
    loss = torch.square(t1 * x1 + t2 * x2) + torch.square(t1 * x1 - t2 * x2)
    return torch.autograd.grad(loss, (t1, t2))


def autograd_linear(x, w, b):
    xt = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    wt = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    bt = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    out = torch.add(torch.mul(wt, xt), bt)
    out.backward()
    return xt.grad.item(), wt.grad.item(), bt.grad.item()


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(["W1", "b1", "W2", "b2"], [W1, b1, W2, b2])}
    loss_log = []
    for it in range(num_iterations):
        layer1 = torch.clamp(P["W1"] @ X + P["b1"], min=0)
        P2 = torch.sigmoid(P["W2"] @ layer1 + P["b2"])
        mse = torch.nn.functional.mse_loss(P2, Y)
        G = torch.autograd.grad(mse, list(P.values()))
        loss_log.append(float(mse.detach()))
        P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), G)}
    return loss_log


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]


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
