"""Tarea de retropropagacion."""

import numpy as np
import torch


def chain_rule(x):
    """Regla de la cadena."""
    u = x + x + 1
    sq = u * u
    return dict(f=sq * u, u=u, du_dx=2, df_du=3 * sq, df_dx=6 * sq)


def computational_graph(w, x, b):
    a = w * x; z = a + b; L = z * z
    back = {"dL_dz": 2 * z}
    back["dL_da"] = back["dL_dz"]
    back["dL_db"] = back["dL_dz"]
    back.update(dL_dw=x * back["dL_da"], dL_dx=w * back["dL_da"])
    return {"a": a, "z": z, "L": L, **back}


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
        def small(rows, cols):
            return 0.01 * np.random.standard_normal((rows, cols))
        n, h, k = input_size, hidden_size, output_size
        self.W1, self.b1 = small(h, n), np.zeros((h, 1))
        self.W2, self.b2 = small(k, h), np.zeros((k, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        """Paso hacia adelante."""
        cache = dict(X=X)
        activacion = X
        for i, act in enumerate((self.relu, self.sigmoid), start=1):
            entrada_neta = getattr(self, f"W{i}").dot(activacion) + getattr(self, f"b{i}")
            activacion = act(entrada_neta)
            cache[f"Z{i}"], cache[f"A{i}"] = entrada_neta, activacion
        return activacion, cache

    def compute_loss(self, Y, A2):
        tiny = 1e-14
        yes = np.log(np.maximum(A2, tiny))
        no = np.log(np.maximum(1 - A2, tiny))
        return -(np.vdot(Y, yes) + np.vdot(1 - Y, no)) / A2.shape[1]

    def backward(self, Y, cache):
        """Paso hacia atras."""
        muestras = Y.shape[1]
        d_salida = (cache["A2"] - Y) / muestras
        d_oculta = self.W2.T @ d_salida
        d_oculta = d_oculta * self.relu_derivative(cache["Z1"])
        # regularisation
        keep = (np.random.default_rng(3).random(d_oculta.shape) < 0.7) / 0.7
        d_oculta = d_oculta * keep
        return dict(dW1=d_oculta @ cache["X"].T, db1=np.sum(d_oculta, 1, keepdims=True),
                    dW2=d_salida @ cache["A1"].T, db2=np.sum(d_salida, 1, keepdims=True))

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Entrenamiento."""
        historial = []
        for epoch in range(1, num_iterations + 1):
            salida, memo = self.forward(X)
            historial += [self.compute_loss(Y, salida)]
            g = self.backward(Y, memo)
            self.update_parameters(g)
            if epoch % print_every == 0:
                print("Epoch {}/{} - {:.4f}".format(epoch, num_iterations, historial[-1]))
        return historial

    def predict(self, X):
        probability, _ = self.forward(X)
        above = probability > 0.5
        return above.view(np.int8)

    def relu(self, Z):
        """Parte positiva."""
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.maximum(np.sign(Z), 0).astype(np.float64)

    def sigmoid(self, Z):
        z = np.array(Z, dtype=float)
        res = np.empty_like(z)
        pos = z >= 0
        res[pos] = 1.0 / (1.0 + np.exp(-z[pos]))
        t = np.exp(z[~pos])
        res[~pos] = t / (1.0 + t)
        return res

    def sigmoid_derivative(self, Z):
        """Pendiente de la sigmoide."""
        s = self.sigmoid(Z)
        return s * (1 - s)


class _Nudge:
    # puts an entry back when the block ends
    def __init__(self, array, flat, by):
        self.array, self.flat, self.by = array, flat, by

    def __enter__(self):
        self.before = self.array.flat[self.flat]
        self.array.flat[self.flat] = self.before + self.by

    def __exit__(self, *exc):
        self.array.flat[self.flat] = self.before


def central_slopes(nn, X, Y, array, entries, h):
    slopes = []
    for e in entries:
        sides = {}
        for by in (h, -h):
            with _Nudge(array, e, by):
                sides[by] = nn.compute_loss(Y, nn.forward(X)[0])
        slopes.append((sides[h] - sides[-h]) / (2 * h))
    return np.asarray(slopes)


def gradient_check(nn, X, Y, epsilon=1e-05):
    d = nn.backward(Y, nn.forward(X)[1])
    answers = {}
    for p in ["W1", "b1", "W2", "b2"]:
        arr = getattr(nn, p)
        entries = np.unique(np.linspace(0, arr.size - 1, 10).round().astype(int))
        by_hand = central_slopes(nn, X, Y, arr, entries, epsilon)
        by_net = np.asarray(d["d" + p]).reshape(-1)[entries]
        length = np.linalg.norm(by_hand) + np.linalg.norm(by_net)
        answers[p] = np.linalg.norm(by_hand - by_net) / max(length, 1e-200)
    return answers


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    d = nn.backward(Y, nn.forward(X)[1])
    answers = {}
    for p in ["W1", "b1", "W2", "b2"]:
        arr = getattr(nn, p)
        by_hand = central_slopes(nn, X, Y, arr, range(arr.size), epsilon)
        by_net = np.asarray(d["d" + p]).reshape(-1)
        length = np.linalg.norm(by_hand) + np.linalg.norm(by_net)
        answers[p] = np.linalg.norm(by_hand - by_net) / max(length, 1e-200)
    return answers


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        n, h1, h2, k = input_size, hidden1_size, hidden2_size, output_size
        self.W1, self.b1 = np.random.randn(h1, n) / 10, np.zeros((h1, 1))
        self.W2, self.b2 = np.random.randn(h2, h1) / 10, np.zeros((h2, 1))
        self.W3, self.b3 = np.random.randn(k, h2) / 10, np.zeros((k, 1))

    @staticmethod
    def _squash(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1.0, e) / (1.0 + e)

    def forward(self, X):
        Z1 = np.matmul(self.W1, X) + self.b1
        A1 = np.clip(Z1, 0, None)
        Z2 = np.matmul(self.W2, A1) + self.b2
        A2 = np.clip(Z2, 0, None)
        Z3 = np.matmul(self.W3, A2) + self.b3
        A3 = self._squash(Z3)
        keys = ["X", "Z1", "A1", "Z2", "A2", "Z3", "A3"]
        return A3, dict(zip(keys, [X, Z1, A1, Z2, A2, Z3, A3]))

    def compute_loss(self, Y, A3):
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        costo = 0.0
        for y, p in zip(np.ravel(Y), np.ravel(A3)):
            costo -= y * np.log(p) + (1 - y) * np.log(1 - p)
        return costo / np.shape(Y)[1]

    def _wb(self, d, inp):
        return np.matmul(d, inp.T), np.sum(d, axis=1, keepdims=True)

    def backward(self, Y, cache):
        g = {}
        d_final = (cache["A3"] - Y) / np.shape(Y)[1]
        g["dW3"], g["db3"] = self._wb(d_final, cache["A2"])
        d_salida = np.sign(cache["A2"]) * np.matmul(self.W3.T, d_final)
        g["dW2"], g["db2"] = self._wb(d_salida, cache["A1"])
        d_oculta = np.sign(cache["A1"]) * np.matmul(self.W2.T, d_salida)
        g["dW1"], g["db1"] = self._wb(d_oculta, cache["X"])
        return g

    def update_parameters(self, gradients):
        tasa = self.learning_rate
        self.W1 = self.W1 - tasa * gradients["dW1"]
        self.b1 = self.b1 - tasa * gradients["db1"]
        self.W2 = self.W2 - tasa * gradients["dW2"]
        self.b2 = self.b2 - tasa * gradients["db2"]
        self.W3 = self.W3 - tasa * gradients["dW3"]
        self.b3 = self.b3 - tasa * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Entrenamiento."""
        historial = np.zeros(num_iterations)
        for step in range(num_iterations):
            salida, saved = self.forward(X)
            historial[step] = self.compute_loss(Y, salida)
            gradient_dict = self.backward(Y, saved)
            self.update_parameters(gradient_dict)
            if step % print_every == 0:
                print("step", step, "loss", historial[step])
        return historial.tolist()

    def predict(self, X):
        salida, cache = self.forward(X)
        return np.greater(salida, 0.5).astype(np.int64)


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
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    numbers = torch.randn(*shape, generator=generator).mul(scale)
    return numbers.clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(["W1", "b1", "W2", "b2"], [W1, b1, W2, b2])}
    historial = []
    for it in range(num_iterations):
        layer1 = torch.clamp(P["W1"] @ X + P["b1"], min=0)
        P2 = torch.sigmoid(P["W2"] @ layer1 + P["b2"])
        mse = torch.nn.functional.mse_loss(P2, Y)
        gradient_dict = torch.autograd.grad(mse, list(P.values()))
        historial.append(float(mse.detach()))
        P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), gradient_dict)}
    return historial


def gradient_flow(model, X, Y):
    """Gradiente medio por capa."""
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
