"""Both networks are the same code: a stack of L layers whose parameters are W1, b1 ... WL, bL."""

import numpy as np
import torch


# ------------------------------------------------------------------ scalars
def chain_rule(x):
    u = 2 * x + 1
    f = pow(u, 3)
    du_dx = 2
    df_du = 3 * pow(u, 2)
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": du_dx * df_du}


def computational_graph(w, x, b):
    values = {}
    values["a"] = w * x
    values["z"] = values["a"] + b
    values["L"] = values["z"] ** 2
    values["dL_dz"] = 2 * values["z"]
    values["dL_da"] = values["dL_db"] = values["dL_dz"]
    values["dL_dw"] = values["dL_da"] * x
    values["dL_dx"] = values["dL_da"] * w
    return values


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = 1 / (1 + np.exp(-z))
    out = {"z": z, "a": a, "L": 0.5 * (a - y) ** 2}
    out["dL_da"] = a - y
    out["da_dz"] = a * (1 - a)
    out["dL_dz"] = out["dL_db"] = out["dL_da"] * out["da_dz"]
    out["dL_dw"] = out["dL_dz"] * x
    return out


# ------------------------------------------------------------------ networks
class NeuralNetworkWithBackprop:
    L = 2

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self._init_layers([input_size, hidden_size, output_size])

    def _init_layers(self, sizes):
        for l, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
            setattr(self, f"W{l}", np.random.randn(n_out, n_in) * 0.1)
            setattr(self, f"b{l}", np.zeros((n_out, 1)))

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.greater(Z, 0).astype(float)

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z, -300, 300)))

    def sigmoid_derivative(self, Z):
        S = self.sigmoid(Z)
        return S * (1 - S)

    def forward(self, X):
        cache = {"X": X}
        A = X
        for l in range(1, self.L + 1):
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = self.sigmoid(Z) if l == self.L else self.relu(Z)
            cache[f"Z{l}"], cache[f"A{l}"] = Z, A
        return A, cache

    def compute_loss(self, Y, A2):
        P = np.clip(A2, 1e-12, 1 - 1e-12)
        return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / Y.shape[1]

    def backward(self, Y, cache):
        grads = {}
        delta = (cache["A2"] - Y) / Y.shape[1]
        grads["dW2"] = delta @ cache["A1"].T
        grads["db2"] = delta.sum(axis=1, keepdims=True)
        delta = (self.W2.T @ delta) * self.relu_derivative(cache["Z1"])
        grads["dW1"] = delta @ cache["X"].T
        grads["db1"] = delta.sum(axis=1, keepdims=True)
        return grads

    def update_parameters(self, gradients):
        for l in range(1, self.L + 1):
            for p in "Wb":
                new = getattr(self, f"{p}{l}") - self.learning_rate * gradients[f"d{p}{l}"]
                setattr(self, f"{p}{l}", new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for it in range(num_iterations):
            A, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A))
            if it % print_every == 0:
                print(f"{it}: {losses[-1]:.5f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        A, _ = self.forward(X)
        return (A > 0.5).astype(int)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    L = 3

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self._init_layers([input_size, hidden1_size, hidden2_size, output_size])

    def backward(self, Y, cache):
        A = [cache["X"]] + [cache[f"A{l}"] for l in range(1, self.L + 1)]
        grads = {}
        delta = (A[self.L] - Y) / Y.shape[1]
        for l in range(self.L, 0, -1):
            grads[f"dW{l}"] = delta @ A[l].T
            grads[f"db{l}"] = delta.sum(axis=1, keepdims=True)
            if l > 1:
                delta = getattr(self, f"W{l}").T @ delta
                delta = delta * self.relu_derivative(cache[f"Z{l - 1}"])
        return grads


# ------------------------------------------------------------------ gradient checks
def _numeric(nn, X, Y, name, index, epsilon):
    P = getattr(nn, name)
    value = P[index]
    losses = []
    for shifted in (value + epsilon, value - epsilon):
        P[index] = shifted
        losses.append(nn.compute_loss(Y, nn.forward(X)[0]))
    P[index] = value
    return (losses[0] - losses[1]) / (2 * epsilon)


def _distance(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / size if size else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        places = list(np.ndindex(getattr(nn, name).shape))
        places = places[:: max(1, len(places) // 10)][:10]
        a = np.array([grads["d" + name][p] for p in places])
        b = np.array([_numeric(nn, X, Y, name, p, epsilon) for p in places])
        out[name] = _distance(a, b)
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        b = np.zeros(getattr(nn, name).shape)
        for p in np.ndindex(b.shape):
            b[p] = _numeric(nn, X, Y, name, p, epsilon)
        out[name] = _distance(grads["d" + name], b)
    return out


# ------------------------------------------------------------------ autograd
def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * (s + d) * x1, 2 * (s - d) * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = torch.tensor(w1, requires_grad=True), torch.tensor(w2, requires_grad=True)
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    (s ** 2 + d ** 2).backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], requires_grad=True)
    (t[1] * t[0] + t[2]).backward()
    return tuple(t.grad)


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        P = torch.randn(*shape, generator=generator) * scale
    return P.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = {}
    for name, value in (("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2)):
        P[name] = value.clone().requires_grad_()
    losses = []
    for it in range(num_iterations):
        A = X
        for l, activation in ((1, torch.relu), (2, torch.sigmoid)):
            A = activation(P[f"W{l}"] @ A + P[f"b{l}"])
        loss = (A - Y).pow(2).mean()
        losses.append(loss.item())
        loss.backward()
        for value in P.values():
            value.data -= learning_rate * value.grad
            value.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    out = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            out.append(torch.abs(layer.weight.grad).mean().item())
    return out
