"""Tarea de retropropagacion."""

import numpy as np
import torch


def chain_rule(x):
    """Regla de la cadena."""
    u = 1 + 2 * x
    keys = ("f", "u", "du_dx", "df_du", "df_dx")
    vals = (u ** 3, u, 2, 3 * u ** 2, 3 * u ** 2 * 2)
    return dict(zip(keys, vals))


def computational_graph(w, x, b):
    """Grafo de calculo."""
    a = w * x
    z = a + b
    L = z ** 2
    dL_dz = 2 * z
    dz_da, dz_db = 1, 1
    da_dw, da_dx = x, w
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
    dL_dw = dL_da * da_dw
    dL_dx = dL_da * da_dx
    return {k: v for k, v in locals().items() if k in ("a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db")}


def single_neuron(x, w, b, y):
    z = float(w @ x + b)
    a = 0.5 * (1.0 + np.tanh(0.5 * z))
    err = y - a
    r = dict(z=z, a=a, L=err ** 2 / 2)
    r["dL_da"] = -err
    r["da_dz"] = a - a * a
    r["dL_dz"] = r["dL_da"] * r["da_dz"]
    r["dL_db"] = r["dL_dz"]
    r["dL_dw"] = np.array([r["dL_dz"] * xi for xi in x])
    return r


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        def small(rows, cols):
            return 0.01 * np.random.standard_normal((rows, cols))
        n, h, k = input_size, hidden_size, output_size
        self.W1, self.b1 = small(h, n), np.zeros((h, 1))
        self.W2, self.b2 = small(k, h), np.zeros((k, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        """Parte positiva."""
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return 1.0 * (Z > 0)

    def sigmoid(self, Z):
        e = np.exp(-np.abs(Z))
        return np.where(np.asarray(Z) < 0, e, 1.0) / (1.0 + e)

    def sigmoid_derivative(self, Z):
        """Pendiente de la sigmoide."""
        return (lambda p: p * (1.0 - p))(self.sigmoid(Z))

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
        """Entropia cruzada."""
        prob = np.clip(A2, 1e-12, 1 - 1e-12)
        terms = np.zeros(np.shape(prob))
        terms -= Y * np.log(prob)
        terms -= (1 - Y) * np.log(1 - prob)
        costo = terms.sum()
        costo /= Y.shape[1]
        return costo

    def backward(self, Y, cache):
        """Paso hacia atras."""
        def layer(delta, inp):
            return delta @ inp.T, delta.sum(axis=1).reshape(-1, 1)
        d_salida = (cache["A2"] - Y) / Y.shape[1]
        dW2, db2 = layer(d_salida, cache["A1"])
        d_oculta = self.relu_derivative(cache["Z1"]) * (self.W2.T @ d_salida)
        dW1, db1 = layer(d_oculta, cache["X"])
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        for key, value in gradients.items():
            old = getattr(self, key[1:])
            setattr(self, key[1:], old - self.learning_rate * np.asarray(value))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Entrenamiento."""
        historial = []
        k = 0
        while k < num_iterations:
            salida, cache = self.forward(X)
            start = self.compute_loss(Y, salida)
            self.update_parameters(self.backward(Y, cache))
            costo = self.compute_loss(Y, self.forward(X)[0])
            historial.append(costo)
            if k % print_every == 0:
                print(k, costo)
            k += 1
        return historial

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    import copy
    clone_ = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    f = lambda: clone_.compute_loss(Y, clone_.forward(X)[0])
    result = {}
    for key in "W1 b1 W2 b2".split():
        arr = getattr(clone_, key)
        diff2 = a2 = n2 = 0.0
        for flat in np.random.permutation(arr.size)[:10]:
            where = np.unravel_index(flat, arr.shape)
            old = arr[where]
            arr[where] = old + epsilon; up = f()
            arr[where] = old - epsilon; down = f()
            arr[where] = old
            finite = (up - down) / (2.0 * epsilon)
            exact_g = g["d" + key][where]
            diff2 += (finite - exact_g) ** 2
            a2 += exact_g ** 2
            n2 += finite ** 2
        scale = np.sqrt(a2) + np.sqrt(n2)
        result[key] = np.sqrt(diff2) / scale if scale else 0.0
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    import copy
    clone_ = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    result = {}
    for key in "W1 b1 W2 b2".split():
        arr = getattr(clone_, key)
        finite = np.empty(arr.shape)
        it = np.nditer(arr, flags=["multi_index"])
        for _ in it:
            where = it.multi_index
            old = float(arr[where])
            arr[where] = old + epsilon
            up = clone_.compute_loss(Y, clone_.forward(X)[0])
            arr[where] = old - epsilon
            down = clone_.compute_loss(Y, clone_.forward(X)[0])
            arr[where] = old
            finite[where] = (up - down) / (2.0 * epsilon)
        exact_g = g["d" + key]
        scale = np.abs(exact_g).max() + np.abs(finite).max()
        result[key] = np.abs(exact_g - finite).max() / scale if scale else 0.0
    return result


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = {1: (hidden1_size, input_size), 2: (hidden2_size, hidden1_size), 3: (output_size, hidden2_size)}
        for i, s in sizes.items():
            self.__dict__["W%d" % i] = np.random.normal(0, 0.08, s)
            self.__dict__["b%d" % i] = np.zeros((s[0], 1))

    def forward(self, X):
        acts = {1: self.relu, 2: self.relu, 3: self.sigmoid}
        c = {"X": X, "A0": X}
        for i in acts:
            c["Z%d" % i] = np.dot(self.__dict__["W%d" % i], c["A%d" % (i - 1)]) + self.__dict__["b%d" % i]
            c["A%d" % i] = acts[i](c["Z%d" % i])
        del c["A0"]
        return c["A3"], c

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-12, 1 - 1e-12)
        return -(np.sum(Y * np.log(P)) + np.sum((1 - Y) * np.log(1 - P))) / P.shape[1]

    def backward(self, Y, cache):
        muestras = Y.shape[1]
        ins = [cache["X"], cache["A1"], cache["A2"]]
        d_capa = [None, None, (cache["A3"] - Y) / muestras]
        d_capa[1] = self.relu_derivative(cache["Z2"]) * (self.W3.T @ d_capa[2])
        d_capa[0] = self.relu_derivative(cache["Z1"]) * (self.W2.T @ d_capa[1])
        ret = {}
        for i in range(3):
            ret["dW%d" % (i + 1)] = d_capa[i] @ ins[i].T
            ret["db%d" % (i + 1)] = d_capa[i] @ np.ones((muestras, 1))
        return ret

    def update_parameters(self, gradients):
        tasa = self.learning_rate
        self.W1 = self.W1 - tasa * gradients["dW1"]
        self.b1 = self.b1 - tasa * gradients["db1"]
        self.W2 = self.W2 - tasa * gradients["dW2"]
        self.b2 = self.b2 - tasa * gradients["db2"]
        self.W3 = self.W3 - tasa * gradients["dW3"]
        self.b3 = self.b3 - tasa * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        historial = []
        for i in range(num_iterations):
            salida, cache = self.forward(X)
            costo = self.compute_loss(Y, salida)
            historial.append(costo)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"{i}: {costo:.5f}")
        return historial

    def predict(self, X):
        salida, _ = self.forward(X)
        return np.where(salida > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.double, requires_grad=True)
    s = w * torch.tensor([x1, x2], dtype=torch.double)
    ((s[0] + s[1]) ** 2 + (s[0] - s[1]) ** 2).backward()
    return tuple(w.grad.tolist())


def autograd_linear(x, w, b):
    xt = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    wt = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    bt = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    out = torch.add(torch.mul(wt, xt), bt)
    out.backward()
    return xt.grad.item(), wt.grad.item(), bt.grad.item()


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        values = scale * torch.randn(*shape, generator=generator)
    return values.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
    opt = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
    historial = []
    for _ in range(num_iterations):
        opt.zero_grad()
        A1 = torch.relu(torch.matmul(W1, X) + b1)
        A2 = torch.sigmoid(torch.matmul(W2, A1) + b2)
        costo = torch.mean((A2 - Y).pow(2))
        costo.backward()
        opt.step()
        historial.append(costo.detach().item())
    return historial


def gradient_flow(model, X, Y):
    """Gradiente medio por capa."""
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
