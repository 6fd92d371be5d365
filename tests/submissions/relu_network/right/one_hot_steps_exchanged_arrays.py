import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    return {
        "u": u,
        "f": u ** 3,
        "du_dx": 2,
        "df_du": 3 * u ** 2,
        "df_dx": 6 * u ** 2,
    }


def computational_graph(w, x, b):
    z = w * x + b
    return {
        "a": w * x,
        "z": z,
        "L": z ** 2,
        "dL_dz": 2 * z,
        "dL_da": 2 * z,
        "dL_dw": 2 * z * x,
        "dL_dx": 2 * z * w,
        "dL_db": 2 * z,
    }


def single_neuron(x, w, b, y):
    z = (w * x).sum() + b
    a = (1 + np.exp(-z)) ** -1
    return {
        "z": z,
        "a": a,
        "L": 0.5 * (a - y) ** 2,
        "dL_da": a - y,
        "da_dz": a * (1 - a),
        "dL_dz": (a - y) * a * (1 - a),
        "dL_db": (a - y) * a * (1 - a),
        "dL_dw": (a - y) * a * (1 - a) * x,
    }


class NeuralNetworkWithBackprop:
    """One hidden ReLU layer, sigmoid outputs, samples in columns."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.1, 0.1, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.uniform(-0.1, 0.1, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return (np.abs(Z) + Z) / 2

    def relu_derivative(self, Z):
        return (np.sign(Z) > 0) * 1.0

    def sigmoid(self, Z):
        return torch.sigmoid(torch.as_tensor(np.asarray(Z, dtype=np.float64))).numpy()

    def sigmoid_derivative(self, Z):
        a = self.sigmoid(Z)
        return np.multiply(a, np.subtract(1, a))

    def forward(self, X):
        Z1 = self.b1 + self.W1 @ X
        A1 = self.relu(Z1)
        Z2 = self.b2 + self.W2 @ A1
        A2 = self.sigmoid(Z2)
        cache = {name: value for name, value in zip(("X", "Z1", "A1", "Z2", "A2"), (X, Z1, A1, Z2, A2))}
        return A2, cache

    def compute_loss(self, Y, A2):
        low = 1e-13
        safe = np.clip(A2, low, 1 - low)
        positives = Y * np.log(safe)
        negatives = (1 - Y) * np.log(1 - safe)
        return -(positives + negatives).sum() / Y.shape[1]

    def backward(self, Y, cache):
        n_samples = float(Y.shape[1])
        ones = np.ones((Y.shape[1], 1))
        d_out = cache["A2"] - Y
        d_hidden = (self.W2.T @ d_out) * self.relu_derivative(cache["Z1"])
        backprop_grads = {
            "dW1": d_hidden @ cache["X"].T,
            "db1": d_hidden @ ones,
            "dW2": d_out @ cache["A1"].T,
            "db2": d_out @ ones,
        }
        for g in backprop_grads.values():
            g /= n_samples
        return backprop_grads

    def update_parameters(self, gradients):
        for p, g in zip((self.W1, self.b1, self.W2, self.b2),
                        (gradients["dW1"], gradients["db1"], gradients["dW2"], gradients["db2"])):
            p -= self.learning_rate * g

    def _one_step(self, X, Y):
        A2, cache = self.forward(X)
        loss = self.compute_loss(Y, A2)
        self.update_parameters(self.backward(Y, cache))
        return loss

    def train(self, X, Y, num_iterations=1000, print_every=100):
        trace = []
        for i in range(num_iterations):
            trace.append(self._one_step(X, Y))
            if print_every and i % print_every == 0:
                print("step", i, "loss", trace[-1])
        return trace

    def predict(self, X):
        return np.asarray(self.forward(X)[0] > 0.5).astype(np.int32)


def _loss_with(nn, X, Y, name, value):
    """The loss when one parameter is exchanged; the old array itself is put back."""
    old = getattr(nn, name)
    setattr(nn, name, value)
    try:
        return nn.compute_loss(Y, nn.forward(X)[0])
    finally:
        setattr(nn, name, old)


def gradient_check(nn, X, Y, epsilon=1e-05):
    generator = np.random.default_rng()
    backprop = nn.backward(Y, nn.forward(X)[1])
    answer = {}
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        order = generator.permutation(P.size)[:10]
        diffs = np.empty(order.size)
        for slot, k in enumerate(order):
            E = np.zeros(P.size)
            E[k] = epsilon
            E = E.reshape(P.shape)
            diffs[slot] = _loss_with(nn, X, Y, name, P + E) - _loss_with(nn, X, Y, name, P - E)
        diffs /= 2 * epsilon
        own = backprop["d" + name].flat[order]
        length = np.hypot(np.linalg.norm(own), np.linalg.norm(diffs))
        answer[name] = 0.0 if length == 0 else np.linalg.norm(own - diffs) / length
    return answer


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    backprop = nn.backward(Y, nn.forward(X)[1])
    answer = {}
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        diffs = []
        for E in np.eye(P.size) * epsilon:
            E = E.reshape(P.shape)
            diffs.append(_loss_with(nn, X, Y, name, P + E) - _loss_with(nn, X, Y, name, P - E))
        diffs = np.array(diffs) / (2 * epsilon)
        own = backprop["d" + name].ravel()
        length = np.hypot(np.linalg.norm(own), np.linalg.norm(diffs))
        answer[name] = 0.0 if length == 0 else np.linalg.norm(own - diffs) / length
    return answer


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        init = lambda rows, cols: (np.random.randn(rows, cols) * np.sqrt(0.1 / cols), np.zeros((rows, 1)))
        self.W1, self.b1 = init(hidden1_size, input_size)
        self.W2, self.b2 = init(hidden2_size, hidden1_size)
        self.W3, self.b3 = init(output_size, hidden2_size)

    def forward(self, X):
        cache = dict(X=X)
        cache.update(Z1=self.W1 @ X + self.b1)
        cache.update(A1=np.maximum(cache["Z1"], 0))
        cache.update(Z2=self.W2 @ cache["A1"] + self.b2)
        cache.update(A2=np.maximum(cache["Z2"], 0))
        cache.update(Z3=self.W3 @ cache["A2"] + self.b3)
        cache.update(A3=torch.sigmoid(torch.from_numpy(cache["Z3"])).numpy())
        return cache["A3"], cache

    def compute_loss(self, Y, A3):
        prob = np.clip(A3, 1e-15, 1 - 1e-15)
        return float(np.einsum("km->", -Y * np.log(prob) - (1 - Y) * np.log(1 - prob))) / prob.shape[1]

    def backward(self, Y, cache):
        gW1, gW2, gW3 = np.zeros_like(self.W1), np.zeros_like(self.W2), np.zeros_like(self.W3)
        gb1, gb2, gb3 = np.zeros_like(self.b1), np.zeros_like(self.b2), np.zeros_like(self.b3)
        count = Y.shape[1]
        for s in range(count):
            col = slice(s, s + 1)          # keeps the columns two-dimensional
            err3 = cache["A3"][:, col] - Y[:, col]
            err2 = (self.W3.T @ err3) * (cache["Z2"][:, col] > 0)
            err1 = (self.W2.T @ err2) * (cache["Z1"][:, col] > 0)
            gW3 += err3 @ cache["A2"][:, col].T
            gW2 += err2 @ cache["A1"][:, col].T
            gW1 += err1 @ cache["X"][:, col].T
            gb3 += err3
            gb2 += err2
            gb1 += err1
        sums = {"dW1": gW1, "db1": gb1, "dW2": gW2, "db2": gb2, "dW3": gW3, "db3": gb3}
        return {key: value / count for key, value in sums.items()}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1, self.b1 = self.W1 - lr * gradients["dW1"], self.b1 - lr * gradients["db1"]
        self.W2, self.b2 = self.W2 - lr * gradients["dW2"], self.b2 - lr * gradients["db2"]
        self.W3, self.b3 = self.W3 - lr * gradients["dW3"], self.b3 - lr * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        track = []
        for n in range(num_iterations):
            A3, cache = self.forward(X)
            current = self.compute_loss(Y, A3)
            track.append(current)
            if print_every and n % print_every == 0:
                print(f"{n}: {current:.4f}")
            self.update_parameters(self.backward(Y, cache))
        return track

    def predict(self, X):
        A3, _ = self.forward(X)
        return np.array([[1 if a > 0.5 else 0 for a in row] for row in A3])


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
    return [float(torch.mean(torch.abs(layer.weight.grad))) for layer in linears]
