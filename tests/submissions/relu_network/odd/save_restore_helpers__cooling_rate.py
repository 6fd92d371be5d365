import numpy as np
import torch


def chain_rule(x):
    """forward, then the local slopes, then their product"""
    u = x + x + 1
    f = u * u ** 2
    local_inner = 2
    local_outer = 3 * (u ** 2)
    total = 1
    for local in (local_outer, local_inner):
        total = total * local
    return dict(u=u, f=f, du_dx=local_inner, df_du=local_outer, df_dx=total)


def computational_graph(w, x, b):
    """node after node"""
    class Node: pass
    n = Node()
    n.a = w * x
    n.z = n.a + b
    n.L = pow(n.z, 2)
    n.dL_dz = n.z + n.z
    n.dL_da = n.dL_db = n.dL_dz
    n.dL_dw, n.dL_dx = n.dL_da * x, n.dL_da * w
    return vars(n)


def single_neuron(x, w, b, y):
    z = b + w.dot(x)
    e = np.exp(-abs(z))
    a = 1 / (1 + e) if z >= 0 else e / (1 + e)
    dparams = {"dL_da": a - y, "da_dz": e / (1 + e) ** 2}
    dparams["dL_dz"] = dparams["dL_da"] * dparams["da_dz"]
    dparams["dL_dw"] = dparams["dL_dz"] * x
    dparams["dL_db"] = dparams["dL_dz"]
    return {"z": z, "a": a, "L": (y - a) ** 2 * 0.5, **dparams}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        sizes = [input_size, hidden_size, output_size]
        for i, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), start=1):
            setattr(self, f"W{i}", np.random.normal(scale=0.05, size=(fan_out, fan_in)))
            setattr(self, f"b{i}", np.zeros((fan_out, 1)))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return np.float64(1) * np.greater(Z, 0)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        out = np.empty_like(Z)
        pos = Z >= 0
        out[pos] = 1 / (1 + np.exp(-Z[pos]))
        ez = np.exp(Z[~pos])
        out[~pos] = ez / (1 + ez)
        return out

    def sigmoid_derivative(self, Z):
        e = np.exp(-np.abs(Z))
        return e / np.square(1 + e)

    @staticmethod
    def _affine(W, A, b):
        return np.einsum("ij,jm->im", W, A) + b

    def forward(self, X):
        Z1 = self._affine(self.W1, X, self.b1)
        A1 = self.relu(Z1)
        Z2 = self._affine(self.W2, A1, self.b2)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        tiny = np.finfo(float).eps
        A = np.clip(A2, tiny, 1 - tiny)
        return -(np.vdot(Y, np.log(A)) + np.vdot(1 - Y, np.log1p(-A))) / np.shape(Y)[-1]

    def _layer_gradient(self, sensitivity, inputs):
        batch = inputs.shape[1]
        return np.einsum("im,jm->ij", sensitivity, inputs) / batch, np.einsum("im->i", sensitivity)[:, None] / batch

    def backward(self, Y, cache):
        signal2 = cache["A2"] - Y
        signal1 = np.einsum("kh,km->hm", self.W2, signal2) * (cache["Z1"] > 0)
        dW2, db2 = self._layer_gradient(signal2, cache["A1"])
        dW1, db1 = self._layer_gradient(signal1, cache["X"])
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        for key, grad in gradients.items():
            attribute = key[1:]
            setattr(self, attribute, getattr(self, attribute) - self.learning_rate * grad)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_curve = []
        for epoch in range(1, num_iterations + 1):
            prediction, cache = self.forward(X)
            loss_curve.append(self.compute_loss(Y, prediction))
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            self.learning_rate *= 0.95
            if print_every and epoch % print_every == 0:
                print(f"[{epoch}/{num_iterations}] {loss_curve[-1]:.5f}")
        return loss_curve

    def predict(self, X):
        probabilities, _ = self.forward(X)
        return np.int64(1) * (probabilities > 0.5)


def _save(nn):
    return {n: getattr(nn, n).copy() for n in ("W1", "b1", "W2", "b2")}


def _restore(nn, saved):
    for n, v in saved.items():
        getattr(nn, n)[...] = v


def _differences(nn, X, Y, epsilon, at_most):
    saved = _save(nn)
    analytic = nn.backward(Y, nn.forward(X)[1])
    answer = {}
    for n in saved:
        elements = np.arange(saved[n].size)
        if saved[n].size > at_most:
            elements = np.sort(np.random.choice(elements, int(at_most), replace=False))
        quotients = []
        for e in elements:
            spot = np.unravel_index(e, saved[n].shape)
            getattr(nn, n)[spot] += epsilon
            plus = nn.compute_loss(Y, nn.forward(X)[0])
            _restore(nn, saved)
            getattr(nn, n)[spot] -= epsilon
            minus = nn.compute_loss(Y, nn.forward(X)[0])
            _restore(nn, saved)
            quotients.append((plus - minus) / (2 * epsilon))
        difference = analytic["d" + n].ravel()[elements] - quotients
        size = np.abs(quotients).sum() + np.abs(analytic["d" + n].ravel()[elements]).sum()
        answer[n] = np.abs(difference).sum() / size if size > 0 else 0.0
    return answer


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _differences(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _differences(nn, X, Y, epsilon, np.inf)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.01
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.01
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.01
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        return -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / Y.shape[1]

    def backward(self, Y, cache):
        batch = Y.shape[1]
        delta_last = cache["A3"] - Y
        dW3 = delta_last @ cache["A2"].T / batch
        db3 = np.sum(delta_last, axis=1, keepdims=True) / batch
        delta_out = (self.W3.T @ delta_last) * (cache["Z2"] > 0)
        dW2 = delta_out @ cache["A1"].T / batch
        db2 = np.sum(delta_out, axis=1, keepdims=True) / batch
        delta_hid = (self.W2.T @ delta_out) * (cache["Z1"] > 0)
        dW1 = delta_hid @ cache["X"].T / batch
        db1 = np.sum(delta_hid, axis=1, keepdims=True) / batch
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]
        self.W3 -= self.learning_rate * gradients["dW3"]
        self.b3 -= self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_curve = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            loss_curve.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if print_every and i % print_every == 0:
                print(f"iteration {i}: loss {loss:.6f}")
        return loss_curve

    def predict(self, X):
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    # erstes Quadrat
    e = w1 * x1 + w2 * x2
    de_dw1, de_dw2 = x1, x2
    # zweites Quadrat
    f = w1 * x1 - w2 * x2
    df_dw1, df_dw2 = x1, -x2
    return 2 * e * de_dw1 + 2 * f * df_dw1, 2 * e * de_dw2 + 2 * f * df_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2, x1, x2 = map(lambda v: torch.tensor(v, dtype=torch.float64), (w1, w2, x1, x2))
    w1.requires_grad_()
    w2.requires_grad_()
    e = w1 * x1 + w2 * x2
    f = w1 * x1 - w2 * x2
    L = e * e + f * f
    return torch.autograd.grad(L, (w1, w2))


def autograd_linear(x, w, b):
    tx = torch.tensor(x, requires_grad=True, dtype=torch.double)
    tw = torch.tensor(w, requires_grad=True, dtype=torch.double)
    tb = torch.tensor(b, requires_grad=True, dtype=torch.double)
    gerade = tw * tx + tb
    gerade.backward(torch.ones_like(gerade))
    return tx.grad, tw.grad, tb.grad


def leaf_parameters(shape, scale, generator):
    zufall = torch.randn(*shape, generator=generator)
    return torch.mul(zufall, scale).detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    V = W1.detach().clone().requires_grad_()
    v0 = b1.detach().clone().requires_grad_()
    U = W2.detach().clone().requires_grad_()
    u0 = b2.detach().clone().requires_grad_()
    fehler = []
    for _ in range(num_iterations):
        versteckt = torch.relu(V @ X + v0)
        ausgabe = 1 / (1 + torch.exp(-(U @ versteckt + u0)))
        E = torch.mean((ausgabe - Y) ** 2)
        fehler.append(E.item())
        E.backward()
        for blatt in (V, v0, U, u0):
            blatt.data = blatt.data - learning_rate * blatt.grad
            blatt.grad.zero_()
    return fehler


def gradient_flow(model, X, Y):
    model.zero_grad()
    wahrsch = model(X)
    torch.nn.functional.binary_cross_entropy(wahrsch, Y, reduction="mean").backward()
    staerken = []
    for schicht in model.modules():
        if not isinstance(schicht, torch.nn.Linear):
            continue
        betrag = torch.abs(schicht.weight.grad)
        staerken.append(betrag.mean().item())
    return staerken
