import numpy as np, torch

np.set_printoptions(precision=4)


def chain_rule(x):
    """Derivative of a composed function."""
    inner = 2*x + 1
    table = dict(u=inner, f=inner**3)
    table["du_dx"] = 2.0
    table["df_du"] = 3.0 * inner**2
    table["df_dx"] = table["df_du"] * table["du_dx"]
    return table


def computational_graph(w, x, b):
    """Small graph, forwards then back."""
    # forward
    prod = w * x
    summ = prod + b
    # backward
    top = 2.0 * summ
    da = top * 1.0
    db = top * 1.0
    return dict(a=prod, z=summ, L=summ * summ, dL_dz=top, dL_da=da, dL_db=db, dL_dw=da * x, dL_dx=da * w)


def single_neuron(x, w, b, y):
    """Sigmoid unit with squared error."""
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
        self.learning_rate = learning_rate
        shapes = {"W1": (hidden_size, input_size), "b1": (hidden_size, 1), "W2": (output_size, hidden_size), "b2": (output_size, 1)}
        for name, shape in shapes.items():
            value = np.random.uniform(-0.1, 0.1, shape) if name[0] == "W" else np.zeros(shape)
            setattr(self, name, value)

    def relu(self, Z):
        """Cut off below zero."""
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        """Logistic curve, safe for big inputs."""
        e = np.exp(-np.abs(Z))
        return np.where(np.asarray(Z) < 0, e, 1.0) / (1.0 + e)

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        """Run both layers and remember everything."""
        n_samples = X.shape[1]
        Z1 = np.empty((self.W1.shape[0], n_samples))
        Z2 = np.empty((self.W2.shape[0], n_samples))
        for j in range(n_samples):
            Z1[:, j] = self.W1 @ X[:, j] + self.b1[:, 0]
        A1 = self.relu(Z1)
        for j in range(n_samples):
            Z2[:, j] = self.W2 @ A1[:, j] + self.b2[:, 0]
        A2 = self.sigmoid(Z2)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        """Log loss of the batch."""
        p = np.clip(A2, 1e-14, 1 - 1e-14)
        per_sample = [-(y @ np.log(q) + (1 - y) @ np.log(1 - q)) for y, q in zip(Y.T, p.T)]
        return sum(per_sample) / len(per_sample)

    def backward(self, Y, cache):
        """Gradients for all parameters."""
        inv = 1.0 / Y.shape[1]
        grad_out = inv * (cache["A2"] - Y) * self.sigmoid_derivative(cache["Z2"])
        grad_hidden = np.multiply(self.W2.T.dot(grad_out), self.relu_derivative(cache["Z1"]))
        G = {}
        G["dW2"] = grad_out.dot(cache["A1"].T)
        G["db2"] = np.mean(grad_out, axis=1, keepdims=True)
        G["dW1"] = grad_hidden.dot(cache["X"].T)
        G["db1"] = np.mean(grad_hidden, axis=1, keepdims=True)
        return G

    def update_parameters(self, gradients):
        current = vars(self)
        new = {n: current[n] - self.learning_rate * gradients["d" + n] for n in ("W1", "b1", "W2", "b2")}
        current.update(new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Plain full batch descent."""
        loss_log = []
        for i in range(num_iterations):
            prediction, cache = self.forward(X)
            current = self.compute_loss(Y, prediction)
            loss_log.append(current)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"{i}: {current:.5f}")
        return loss_log

    def predict(self, X):
        """Hard labels."""
        probs = self.forward(X)[0]
        labels = np.zeros(probs.shape, dtype=int)
        labels[probs > 0.5] = 1
        return labels


def gradient_check(nn, X, Y, epsilon=1e-05):
    all_g = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    report = dict.fromkeys(["W1", "b1", "W2", "b2"], 0.0)
    for p in report:
        weights_ = getattr(nn, p)
        backup = weights_.copy()
        take = min(10, weights_.size)
        sample_idx = np.random.default_rng(7).permutation(weights_.size)[:take]
        numeric = np.zeros(take)
        for t, i in enumerate(sample_idx):
            weights_.flat[i] = backup.flat[i] + epsilon
            plus = J()
            weights_.flat[i] = backup.flat[i] - epsilon
            minus = J()
            weights_.flat[i] = backup.flat[i]
            numeric[t] = (plus - minus) / (2 * epsilon)
        bp = all_g["d" + p].flat[sample_idx]
        den = np.sum(np.abs(bp)) + np.sum(np.abs(numeric))
        if den > 0:
            report[p] = np.sum(np.abs(bp - numeric)) / den
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Full check by finite differences."""
    all_g = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    report = {}
    for p in ["W1", "b1", "W2", "b2"]:
        weights_ = getattr(nn, p)
        numeric = []
        for i in range(weights_.size):
            v = weights_.flat[i]
            weights_.flat[i] = v + epsilon
            plus = J()
            weights_.flat[i] = v - epsilon
            numeric.append((plus - J()) / (2 * epsilon))
            weights_.flat[i] = v
        numeric = np.array(numeric)
        bp = all_g["d" + p].ravel()
        den = np.linalg.norm(bp) + np.linalg.norm(numeric)
        report[p] = 0.0 if den == 0 else np.linalg.norm(bp - numeric) / den
    return report


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1, self.W2, self.W3 = [
            rng.normal(scale=0.1, size=s)
            for s in ((hidden1_size, input_size), (hidden2_size, hidden1_size), (output_size, hidden2_size))
        ]
        self.b1, self.b2, self.b3 = [np.zeros((s, 1)) for s in (hidden1_size, hidden2_size, output_size)]
        self.learning_rate = learning_rate

    def forward(self, X):
        cache = {"X": X}
        cache["Z1"] = np.einsum("ij,jm->im", self.W1, X) + self.b1
        cache["A1"] = np.where(cache["Z1"] > 0, cache["Z1"], 0.0)
        cache["Z2"] = np.einsum("ij,jm->im", self.W2, cache["A1"]) + self.b2
        cache["A2"] = np.where(cache["Z2"] > 0, cache["Z2"], 0.0)
        cache["Z3"] = np.einsum("ij,jm->im", self.W3, cache["A2"]) + self.b3
        cache["A3"] = np.exp(-np.logaddexp(0, -cache["Z3"]))
        return cache["A3"], cache

    def compute_loss(self, Y, A3):
        lo = 1e-13
        pos = np.log(np.maximum(A3, lo))
        neg = np.log(np.maximum(1 - A3, lo))
        return -np.mean(np.sum(np.where(np.asarray(Y) == 1, pos, neg), axis=0))

    def backward(self, Y, cache):
        grad_last = cache["A3"] - Y
        grad_out = np.einsum("kh,km->hm", self.W3, grad_last)
        grad_out[cache["Z2"] <= 0] = 0
        grad_hidden = np.einsum("kh,km->hm", self.W2, grad_out)
        grad_hidden[cache["Z1"] <= 0] = 0
        r = 1 / Y.shape[1]
        return dict(
            dW1=r * np.einsum("im,jm->ij", grad_hidden, cache["X"]), db1=r * grad_hidden.sum(1)[:, None],
            dW2=r * np.einsum("im,jm->ij", grad_out, cache["A1"]), db2=r * grad_out.sum(1)[:, None],
            dW3=r * np.einsum("im,jm->ij", grad_last, cache["A2"]), db3=r * grad_last.sum(1)[:, None])

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]
        self.W3 -= self.learning_rate * gradients["dW3"]
        self.b3 -= self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Plain full batch descent."""
        loss_log = np.zeros(num_iterations)
        for step in range(num_iterations):
            prediction, orig = self.forward(X)
            loss_log[step] = self.compute_loss(Y, prediction)
            all_g = self.backward(Y, orig)
            self.update_parameters(all_g)
            if step % print_every == 0:
                print("step", step, "loss", loss_log[step])
        return loss_log.tolist()

    def predict(self, X):
        """Hard labels."""
        prediction, cache = self.forward(X)
        return np.greater(prediction, 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    L = (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2
    L.backward()
    return a.grad, b.grad


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
    leaves = []
    for t in (W1, b1, W2, b2):
        c = t.clone()
        c.requires_grad_(True)
        leaves.append(c)

    def net(inp):
        h = (leaves[0].mm(inp) + leaves[1]).relu()
        return (leaves[2].mm(h) + leaves[3]).sigmoid()

    loss_log = []
    for k in range(num_iterations):
        gap = net(X) - Y
        current = (gap * gap).sum() / gap.numel()
        current.backward()
        for t in leaves:
            t.data.sub_(learning_rate * t.grad)
            t.grad.zero_()
        loss_log.append(current.item())
    return loss_log


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    prediction = model(X)
    current = torch.nn.functional.binary_cross_entropy(prediction, Y)
    current.backward()
    linear = filter(lambda mod: isinstance(mod, torch.nn.Linear), model.modules())
    return list(map(lambda l: np.abs(l.weight.grad.numpy()).mean(), linear))
