import numpy as np
import torch

TINY = np.finfo(float).tiny


_neuron_sigmoid = lambda z: 1 / (1 + np.exp(-z))


def chain_rule(x):
    u = 2 * x + 1
    f = np.power(u, 3)
    du_dx = 2
    df_du = 3 * np.square(u)
    df_dx = np.prod([df_du, du_dx])
    names = ("f", "u", "du_dx", "df_du", "df_dx")
    return dict(zip(names, (f, u, du_dx, df_du, df_dx)))


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    upstream = 2 * z
    values = {"a": a, "z": z, "L": z ** 2}
    grads = {"dL_dz": upstream, "dL_da": upstream, "dL_db": upstream, "dL_dw": upstream * x, "dL_dx": upstream * w}
    return {**values, **grads}


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = _neuron_sigmoid(z)
    values = {"z": z, "a": a, "L": np.square(y - a) / 2}
    dL_da = a - y
    da_dz = _neuron_sigmoid(z) * (1 - _neuron_sigmoid(z))
    grads = {"dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_da * da_dz}
    grads["dL_db"] = grads["dL_dz"]
    grads["dL_dw"] = np.multiply(grads["dL_dz"], x)
    return {**values, **grads}


def softplus(t):
    return np.logaddexp(0.0, t)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        rng = np.random.default_rng(12345)
        self.W1 = rng.standard_normal((hidden_size, input_size)) / np.sqrt(10 * input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = rng.standard_normal((output_size, hidden_size)) / np.sqrt(10 * hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.fmax(Z, 0)

    def relu_derivative(self, Z):
        return np.greater(Z, 0).astype(float)

    def sigmoid(self, Z):
        return np.exp(-softplus(-np.asarray(Z, float)))

    def sigmoid_derivative(self, Z):
        Z = np.asarray(Z, float)
        return np.exp(-softplus(-Z) - softplus(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        delta = 2 ** -52
        p = np.clip(A2, delta, 1 - delta)
        return float(-(Y * np.log(p) + (1 - Y) * np.log1p(-p)).sum(axis=0).mean())

    def backward(self, Y, cache):
        r = (cache["A2"] - Y) / Y.shape[1]
        s = (self.W2.T @ r) * self.relu_derivative(cache["Z1"])
        return {"dW1": s @ cache["X"].T, "db1": s.sum(1)[:, None], "dW2": r @ cache["A1"].T, "db2": r.sum(1)[:, None]}

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * gradients["dW1"]
        self.b1 = self.b1 - eta * gradients["db1"]
        self.W2 = self.W2 - eta * gradients["dW2"]
        self.b2 = self.b2 - eta * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss = np.full(num_iterations, np.nan)
        for k in range(num_iterations):
            p, cache = self.forward(X)
            loss[k] = self.compute_loss(Y, p)
            self.update_parameters(self.backward(Y, cache))
            if k % print_every == 0:
                print(f"k = {k:6d}   J = {loss[k]:.8e}")
        return list(loss)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int8)


def central_difference(J, theta, index, h):
    t = theta[index]
    theta[index] = t + h
    upper = J()
    theta[index] = t - h
    lower = J()
    theta[index] = t
    return (upper - lower) / (2 * h)


def gradient_check(nn, X, Y, epsilon=1e-05):
    J = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    exact = nn.backward(Y, nn.forward(X)[1])
    rng = np.random.default_rng(7)
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        flat = rng.choice(theta.size, size=min(10, theta.size), replace=False)
        indices = [np.unravel_index(i, theta.shape) for i in flat]
        g = np.array([exact["d" + name][i] for i in indices])
        d = np.array([central_difference(J, theta, i, epsilon) for i in indices])
        norm_g, norm_d = np.linalg.norm(g), np.linalg.norm(d)
        report[name] = abs(norm_g - norm_d) / max(norm_g + norm_d, TINY)
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    J = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    exact = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        d = np.empty(theta.shape)
        for i in np.ndindex(theta.shape):
            d[i] = central_difference(J, theta, i, epsilon)
        g = exact["d" + name]
        report[name] = np.linalg.norm(g - d) / max(np.linalg.norm(g) + np.linalg.norm(d), TINY)
    return report


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = np.random.default_rng(54321).standard_normal((output_size, hidden2_size)) / np.sqrt(10 * hidden2_size)
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.relu(Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = self.sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def backward(self, Y, cache):
        r = (cache["A3"] - Y) / Y.shape[1]
        s = (self.W3.T @ r) * self.relu_derivative(cache["Z2"])
        t = (self.W2.T @ s) * self.relu_derivative(cache["Z1"])
        return {
            "dW1": t @ cache["X"].T, "db1": t.sum(1)[:, None],
            "dW2": s @ cache["A1"].T, "db2": s.sum(1)[:, None],
            "dW3": r @ cache["A2"].T, "db3": r.sum(1)[:, None],
        }

    def update_parameters(self, gradients):
        super().update_parameters(gradients)
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]


def two_squares(w1, w2, x1, x2):
    summe = w1 * x1 + w2 * x2
    differenz = w1 * x1 - w2 * x2
    return tuple(2 * summe * x + 2 * differenz * s * x for x, s in ((x1, 1), (x2, -1)))


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], requires_grad=True)
    x = torch.tensor([x1, x2])
    prod = w * x
    L = (prod[0] + prod[1]) ** 2 + (prod[0] - prod[1]) ** 2
    L.backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    tx, tw, tb = (torch.tensor(v, requires_grad=True) for v in (x, w, b))
    (tw * tx + tb).backward()
    return tx.grad.item(), tw.grad.item(), tb.grad.item()


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator)
    values = values * scale
    return values.detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = (torch.nn.Parameter(t.clone()) for t in (W1, b1, W2, b2))
    optimizer = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
    losses = []
    for step in range(num_iterations):
        optimizer.zero_grad()
        Z1 = W1 @ X + b1
        A1 = torch.nn.functional.relu(Z1)
        Z2 = W2 @ A1 + b2
        A2 = torch.sigmoid(Z2)
        loss = torch.nn.functional.mse_loss(A2, Y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    probs = model(X)
    criterion = torch.nn.BCELoss()
    criterion(probs, Y).backward()
    return [float(torch.mean(torch.abs(m.weight.grad))) for m in model.modules() if isinstance(m, torch.nn.Linear)]
