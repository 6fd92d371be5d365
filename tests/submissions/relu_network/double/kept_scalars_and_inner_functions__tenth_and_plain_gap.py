"""Solutions by a cautious person."""

import numpy as np
import torch


def chain_rule(x: float) -> dict:
    """Kettenregel: äußere mal innere Ableitung."""
    u = 1 + 2 * x
    quadrat = u * u
    aussen = 3 * quadrat
    innen = 2
    return {"u": u, "f": quadrat * u, "df_du": aussen, "du_dx": innen, "df_dx": aussen * innen}


def computational_graph(w: float, x: float, b: float) -> dict:
    """Vorwärts die Werte, rückwärts die Ableitungen."""
    werte = {}
    werte["a"] = w * x
    werte["z"] = werte["a"] + b
    werte["L"] = werte["z"] ** 2
    werte["dL_dz"] = 2 * werte["z"]
    werte["dL_da"] = werte["dL_dz"]          # die Summe reicht den Gradienten durch
    werte["dL_db"] = werte["dL_dz"]
    werte["dL_dw"] = werte["dL_da"] * x
    werte["dL_dx"] = werte["dL_da"] * w
    return werte


def single_neuron(x: np.ndarray, w: np.ndarray, b: float, y: float) -> dict:
    z = w @ x + b
    a = 1.0 / (1.0 + np.exp(-z))
    verlust = (y - a) ** 2 / 2
    nach_a = -(y - a)
    steigung = a * (1.0 - a)
    nach_z = nach_a * steigung
    return {"z": z, "a": a, "L": verlust, "dL_da": nach_a, "da_dz": steigung,
            "dL_dz": nach_z, "dL_dw": nach_z * x, "dL_db": nach_z}


def _positive_part(Z):
    return np.where(np.asarray(Z) > 0, Z, np.zeros_like(Z))


def _squash(Z):
    Z = np.asarray(Z, dtype=float)
    return np.exp(np.minimum(Z, 0)) / (1 + np.exp(-np.abs(Z)))


class NeuralNetworkWithBackprop:
    """The activation functions are plain functions above; the methods only call them."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.02, (hidden_size, input_size))
        self.W2 = np.random.normal(0, 0.02, (output_size, hidden_size))
        self.b1 = np.full((hidden_size, 1), 0.0)
        self.b2 = np.full((output_size, 1), 0.0)

    def relu(self, Z):
        return _positive_part(Z)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) <= 0, 0.0, 1.0)

    def sigmoid(self, Z):
        return _squash(Z)

    def sigmoid_derivative(self, Z):
        return _squash(Z) * _squash(-np.asarray(Z))

    def forward(self, X):
        pre = []
        post = [X]
        for W, b, act in ((self.W1, self.b1, self.relu), (self.W2, self.b2, self.sigmoid)):
            pre.append(W @ post[-1] + b)
            post.append(act(pre[-1]))
        return post[2], {"X": X, "Z1": pre[0], "A1": post[1], "Z2": pre[1], "A2": post[2]}

    def compute_loss(self, Y, A2):
        eps = 1e-15
        per_element = Y * np.log(np.maximum(A2, eps)) + (1 - Y) * np.log(np.maximum(1 - A2, eps))
        return -per_element.sum() / A2.shape[1]

    def backward(self, Y, cache):
        out = cache["A2"]
        grad_z2 = (out - Y) / out.shape[1]
        grad_W2 = grad_z2 @ cache["A1"].T
        grad_b2 = grad_z2.sum(axis=1, keepdims=True)
        grad_a1 = self.W2.T @ grad_z2
        grad_z1 = np.where(cache["Z1"] > 0, grad_a1, 0)
        grad_W1 = grad_z1 @ cache["X"].T
        grad_b1 = grad_z1.sum(axis=1, keepdims=True)
        return dict(dW1=grad_W1, db1=grad_b1, dW2=grad_W2, db2=grad_b2)

    def update_parameters(self, gradients):
        a = -self.learning_rate
        self.W1 = self.W1 + a * gradients["dW1"]
        self.W2 = self.W2 + a * gradients["dW2"]
        self.b1 = self.b1 + a * gradients["db1"]
        self.b2 = self.b2 + a * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        J_values = [0.0] * num_iterations
        for epoch in range(num_iterations):
            collected, cache = self.forward(X)
            J_values[epoch] = self.compute_loss(Y, collected)
            if print_every and epoch % print_every == 0:
                print("epoch", epoch, J_values[epoch])
            self.update_parameters(self.backward(Y, cache))
        return J_values

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    h = 0.1
    grads = nn.backward(Y, nn.forward(X)[1])
    deviations = {}
    for name in ("W1", "b1", "W2", "b2"):
        p, dp = getattr(nn, name), grads["d" + name]
        count = min(10, p.size)
        numeric, analytic = np.zeros(count), np.zeros(count)
        for i, f in enumerate(np.random.choice(p.size, count, replace=False)):
            pos = np.unravel_index(f, p.shape)
            kept = p[pos].copy()
            p[pos] = kept + h
            numeric[i] = nn.compute_loss(Y, nn.forward(X)[0])
            p[pos] = kept - h
            numeric[i] = (numeric[i] - nn.compute_loss(Y, nn.forward(X)[0])) / (2 * h)
            p[pos] = kept
            analytic[i] = dp[pos]
        deviations[name] = np.abs(analytic - numeric).max()
    return deviations


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])

    def total_loss():
        output, _ = nn.forward(X)
        return nn.compute_loss(Y, output)

    def central(p, pos):
        kept = p[pos].copy()
        p[pos] = kept + epsilon
        ahead = total_loss()
        p[pos] = kept - epsilon
        behind = total_loss()
        p[pos] = kept
        return (ahead - behind) / (2 * epsilon)

    deviations = {}
    for name in ("W1", "b1", "W2", "b2"):
        p, dp = getattr(nn, name), grads["d" + name]
        pairs = [(dp[pos], central(p, pos)) for pos in np.ndindex(p.shape)]
        scale = max(max(abs(a), abs(n)) for a, n in pairs)
        deviations[name] = max(abs(a - n) for a, n in pairs) / scale if scale > 0 else 0.0
    return deviations


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng(1)
        self.learning_rate = learning_rate
        self.W1, self.b1 = rng.normal(0, 0.1, (hidden1_size, input_size)), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = rng.normal(0, 0.1, (hidden2_size, hidden1_size)), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = rng.normal(0, 0.1, (output_size, hidden2_size)), np.zeros((output_size, 1))

    @property
    def _layers(self):
        return [(self.W1, self.b1), (self.W2, self.b2), (self.W3, self.b3)]

    def forward(self, X):
        zs, activations = [], [X]
        for number, (W, b) in enumerate(self._layers, 1):
            z = np.matmul(W, activations[-1]) + b
            zs.append(z)
            activations.append(np.maximum(z, 0) if number < 3 else np.exp(-np.logaddexp(0, -z)))
        cache = {"X": X}
        for number in (1, 2, 3):
            cache["Z%d" % number] = zs[number - 1]
            cache["A%d" % number] = activations[number]
        return activations[-1], cache

    def compute_loss(self, Y, A3):
        q = np.clip(A3, 1e-12, 1 - 1e-12)
        return -np.mean(np.sum(Y * np.log(q) + (1 - Y) * np.log(1 - q), axis=0))

    def backward(self, Y, cache):
        inputs = [cache["X"], cache["A1"], cache["A2"]]
        deltas = [None, None, (cache["A3"] - Y) / Y.shape[1]]
        for i in (1, 0):
            W_above = self._layers[i + 1][0]
            deltas[i] = (W_above.T @ deltas[i + 1]) * (cache["Z%d" % (i + 1)] > 0)
        collected = {}
        for i, (d, a) in enumerate(zip(deltas, inputs), 1):
            collected["dW%d" % i], collected["db%d" % i] = d @ a.T, d.sum(axis=1)[:, np.newaxis]
        return collected

    def update_parameters(self, gradients):
        for i, (W, b) in enumerate(self._layers, 1):
            W -= self.learning_rate * gradients["dW%d" % i]
            b -= self.learning_rate * gradients["db%d" % i]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        J_values = []
        for t in range(num_iterations):
            A3, cache = self.forward(X)
            J_values.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if print_every and t % print_every == 0:
                print(t, J_values[t])
        return J_values

    def predict(self, X):
        A3, _ = self.forward(X)
        return np.array(A3 > 0.5, dtype=int)


def two_squares(w1, w2, x1, x2):
    # (p + q)^2 + (p - q)^2 = 2 p^2 + 2 q^2
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.double, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.double)
    p, q = w * x
    (grad,) = torch.autograd.grad((p + q).square() + (p - q).square(), w)
    return grad[0], grad[1]


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=torch.double, requires_grad=True) for v in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    return torch.autograd.grad(y, leaves)


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]

    def objective():
        pre = theta[0] @ X + theta[1]
        hidden = pre * (pre > 0)
        return (torch.sigmoid(theta[2] @ hidden + theta[3]) - Y).square().mean()

    record = []
    for _ in range(num_iterations):
        value = objective()
        record.append(float(value))
        grads = torch.autograd.grad(value, theta)
        theta = [(t - learning_rate * g).detach().requires_grad_() for t, g in zip(theta, grads)]
    return record


def gradient_flow(model, X, Y):
    weights = [layer.weight for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    loss = torch.nn.BCELoss()(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(loss, weights)]
