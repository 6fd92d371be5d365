"""Tarea de retropropagacion."""

import numpy as np
import torch


def chain_rule(x):
    g = lambda t: 2 * t + 1
    h = lambda s: s ** 3
    dh = lambda s: 3 * s ** 2
    out = {"u": g(x), "f": h(g(x))}
    slope = dh(x)
    out.update(du_dx=2, df_du=slope, df_dx=2 * slope)
    return out


def computational_graph(w, x, b):
    """Grafo de calculo."""
    z = w * x + b
    up = z + z
    names = "a z L dL_dz dL_da dL_dw dL_dx dL_db".split()
    return dict(zip(names, [w * x, z, z * z, up, up, up * x, up * w, up]))


def single_neuron(x, w, b, y):
    ext_x = np.append(x, 1.0)
    ext_w = np.append(w, b)
    z = ext_w.dot(ext_x)
    a = (1 + np.exp(-z)) ** -1
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    grad = dL_dz * ext_x
    return {"z": z, "a": a, "L": 0.5 * np.square(y - a), "dL_da": dL_da, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_dw": grad[:-1], "dL_db": grad[-1]}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))

    def forward(self, X):
        """Paso hacia adelante."""
        cache = {"X": X}
        cache["Z1"] = np.dot(self.W1, X) + self.b1
        cache["A1"] = self.relu(cache["Z1"])
        cache["Z2"] = np.dot(self.W2, cache["A1"]) + self.b2
        cache["A2"] = self.sigmoid(cache["Z2"])
        return cache["A2"], cache

    def compute_loss(self, Y, A2):
        muestras = A2.shape[-1]
        o = A2.clip(1e-15, 1 - 1e-15)
        first = np.einsum("ij,ij->", Y * 1.0, np.log(o))
        second = np.einsum("ij,ij->", 1.0 - Y, np.log(1.0 - o))
        return -(first + second) / muestras

    def backward(self, Y, cache):
        d_salida = cache["A2"] - Y
        d_oculta = np.dot(self.W2.T, d_salida)
        d_oculta *= cache["Z1"] > 0
        g = dict(
            dW1=np.dot(d_oculta, cache["X"].T),
            db1=np.sum(d_oculta, axis=1, keepdims=True),
            dW2=np.dot(d_salida, cache["A1"].T),
            db2=np.sum(d_salida, axis=1, keepdims=True),
        )
        for name in g:
            g[name] = g[name] / Y.shape[1]
        return g

    def update_parameters(self, gradients):
        for p in ("W1", "b1", "W2", "b2"):
            self.__dict__[p] = self.__dict__[p] - self.learning_rate * gradients[f"d{p}"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Entrenamiento."""
        def one_step():
            salida, cache = self.forward(X)
            costo = self.compute_loss(Y, salida)
            self.update_parameters(self.backward(Y, cache))
            return costo
        historial = []
        while len(historial) < num_iterations:
            historial.append(one_step())
            if print_every and (len(historial) - 1) % print_every == 0:
                print("%6d %.6f" % (len(historial) - 1, historial[-1]))
        return historial

    def predict(self, X):
        salida, cache = self.forward(X)
        return np.greater(salida, 0.5).astype(np.int64)

    def relu(self, Z):
        """Parte positiva."""
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return 1.0 * (Z > 0)

    def sigmoid(self, Z):
        return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(Z, dtype=float)))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * self.sigmoid(-np.asarray(Z))


def gradient_check(nn, X, Y, epsilon=1e-05):
    import copy
    twin = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    f = lambda: twin.compute_loss(Y, twin.forward(X)[0])
    result = {}
    for key in "W1 b1 W2 b2".split():
        arr = getattr(twin, key)
        diff2 = a2 = n2 = 0.0
        for flat in np.random.permutation(arr.size)[:10]:
            where = np.unravel_index(flat, arr.shape)
            orig = arr[where]
            arr[where] = orig + epsilon; up = f()
            arr[where] = orig - epsilon; down = f()
            arr[where] = orig
            approx = (up - down) / (2.0 * epsilon)
            backprop_g = g["d" + key][where]
            diff2 += (approx - backprop_g) ** 2
            a2 += backprop_g ** 2
            n2 += approx ** 2
        scale = np.sqrt(a2) + np.sqrt(n2)
        result[key] = np.sqrt(diff2) / scale if scale else 0.0
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    import copy
    twin = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    result = {}
    for key in "W1 b1 W2 b2".split():
        arr = getattr(twin, key)
        approx = np.empty(arr.shape)
        it = np.nditer(arr, flags=["multi_index"])
        for _ in it:
            where = it.multi_index
            orig = float(arr[where])
            arr[where] = orig + epsilon
            up = twin.compute_loss(Y, twin.forward(X)[0])
            arr[where] = orig - epsilon
            down = twin.compute_loss(Y, twin.forward(X)[0])
            arr[where] = orig
            approx[where] = (up - down) / (2.0 * epsilon)
        backprop_g = g["d" + key]
        scale = np.abs(backprop_g).max() + np.abs(approx).max()
        result[key] = np.abs(backprop_g - approx).max() / scale if scale else 0.0
    return result


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
        muestras = Y.shape[1]
        d_final = (cache["A3"] - Y) / muestras
        d_salida = (self.W3.T @ d_final) * (cache["Z2"] > 0)
        d_oculta = (self.W2.T @ d_salida) * (cache["Z1"] > 0)
        return {
            "dW3": d_final @ cache["A2"].T, "db3": d_final.sum(axis=1, keepdims=True),
            "dW2": d_salida @ cache["A1"].T, "db2": d_salida.sum(axis=1, keepdims=True),
            "dW1": d_oculta @ cache["X"].T, "db1": d_oculta.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        current = vars(self)
        new = {n: current[n] - self.learning_rate * gradients["d" + n] for n in ("W1", "b1", "W2", "b2", "W3", "b3")}
        current.update(new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        historial = list()
        it = 0
        while it < num_iterations:
            salida, cache = self.forward(X)
            costo = self.compute_loss(Y, salida)
            if it % print_every == 0: print("loss at", it, "=", costo)
            historial.append(costo)
            self.update_parameters(gradients=self.backward(Y, cache))
            it += 1
        return historial

    def predict(self, X):
        probs = self.forward(X)[0]
        labels = np.zeros(probs.shape, dtype=int)
        labels[probs > 0.5] = 1
        return labels


def two_squares(w1, w2, x1, x2):
    # L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    g = lambda w, x: 2 * 2 * (w * x) * x
    return g(w1, x1), g(w2, x2)


def two_squares_autograd(w1, w2, x1, x2):
    leaf = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    p, q = leaf[0] * x1, leaf[1] * x2
    L = (p + q).pow(2) + (p - q).pow(2)
    L.backward()
    return leaf[0].grad.item(), leaf[1].grad.item()


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(["W1", "b1", "W2", "b2"], [W1, b1, W2, b2])}
    historial = []
    for it in range(num_iterations):
        hidden = torch.clamp(P["W1"] @ X + P["b1"], min=0)
        guess = torch.sigmoid(P["W2"] @ hidden + P["b2"])
        mse = torch.nn.functional.mse_loss(guess, Y)
        G = torch.autograd.grad(mse, list(P.values()))
        historial.append(float(mse.detach()))
        P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), G)}
    return historial


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    salida = model(X)
    costo = torch.nn.functional.binary_cross_entropy(salida, Y)
    costo.backward()
    linear = filter(lambda mod: isinstance(mod, torch.nn.Linear), model.modules())
    return list(map(lambda l: np.abs(l.weight.grad.numpy()).mean(), linear))
