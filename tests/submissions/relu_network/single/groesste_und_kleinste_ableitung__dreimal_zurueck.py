# Abgabe von Gruppe 12

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


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = 0.1*np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1*np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return Z*(Z > 0)

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        Z = np.clip(Z, -500, 500)
        return 1.0/(1.0 + np.exp(-Z))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z)*(1.0 - self.sigmoid(Z))

    def forward(self, X):
        cache = {}
        cache['X'] = X
        cache['Z1'] = self.W1.dot(X) + self.b1
        cache['A1'] = self.relu(cache['Z1'])
        cache['Z2'] = self.W2.dot(cache['A1']) + self.b2
        cache['A2'] = self.sigmoid(cache['Z2'])
        return cache['A2'], cache

    def compute_loss(self, Y, A2):
        k, N_s = Y.shape
        total = 0.0
        A = np.clip(A2, 1e-15, 1 - 1e-15)
        for j in range(k):
            total -= np.dot(Y[j], np.log(A[j])) + np.dot(1 - Y[j], np.log(1 - A[j]))
        return total/N_s

    def backward(self, Y, cache):
        k, N_s = Y.shape
        h = self.W1.shape[0]
        dW1 = np.zeros(self.W1.shape)
        db1 = np.zeros((h, 1))
        dW2 = np.zeros(self.W2.shape)
        db2 = np.zeros((k, 1))
        for i in range(N_s):
            # one sample after the other
            delta2 = cache['A2'][:, i] - Y[:, i]
            dW2 += np.outer(delta2, cache['A1'][:, i])
            db2[:, 0] += delta2
            delta1 = self.W2.T.dot(delta2)*self.relu_derivative(cache['Z1'][:, i])
            dW1 += np.outer(delta1, cache['X'][:, i])
            db1[:, 0] += delta1
        return {'dW1': dW1/N_s, 'db1': db1/N_s, 'dW2': dW2/N_s, 'db2': db2/N_s}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 -= lr*gradients['dW1']; self.b1 -= lr*gradients['db1']
        self.W2 -= lr*gradients['dW2']; self.b2 -= lr*gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            cost = self.compute_loss(Y, A2)
            costs += [cost]
            if print_every and it % print_every == 0:
                print('cost after %d iterations: %f' % (it, cost))
            self.update_parameters(self.backward(Y, cache))
        return costs

    def predict(self, X):
        A2 = self.forward(X)[0]
        out = np.zeros(A2.shape, dtype=int)
        out[A2 > 0.5] = 1
        return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Schaut die zehn Stellen mit der größten und kleinsten Ableitung an."""
    ableitungen = nn.backward(Y, nn.forward(X)[1])
    ergebnis = {}
    for name in ["W1", "b1", "W2", "b2"]:
        feld = getattr(nn, name)
        rueck = ableitungen["d" + name].reshape(-1)
        ordnung = np.argsort(rueck)
        stellen = ordnung if feld.size <= 10 else np.r_[ordnung[:5], ordnung[-5:]]
        versuch = []
        for s in stellen:
            zeile, spalte = s // feld.shape[1], s % feld.shape[1]
            merken = feld[zeile, spalte]
            feld[zeile, spalte] = merken + epsilon
            plus = nn.compute_loss(Y, nn.forward(X)[0])
            feld[zeile, spalte] = merken - epsilon
            minus = nn.compute_loss(Y, nn.forward(X)[0])
            feld[zeile, spalte] = merken
            versuch.append((plus - minus) / 2 / epsilon)
        versuch = np.array(versuch)
        laenge = np.linalg.norm(rueck[stellen]) + np.linalg.norm(versuch)
        ergebnis[name] = np.linalg.norm(rueck[stellen] - versuch) / laenge if laenge else 0.0
    return ergebnis


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    ableitungen = nn.backward(Y, nn.forward(X)[1])
    ergebnis = {}
    for name in ["W1", "b1", "W2", "b2"]:
        feld = getattr(nn, name)
        versuch = np.zeros(feld.shape)
        for zeile in range(feld.shape[0]):
            for spalte in range(feld.shape[1]):
                merken = feld[zeile, spalte]
                feld[zeile, spalte] = merken + epsilon
                plus = nn.compute_loss(Y, nn.forward(X)[0])
                feld[zeile, spalte] = merken - epsilon
                minus = nn.compute_loss(Y, nn.forward(X)[0])
                feld[zeile, spalte] = merken
                versuch[zeile, spalte] = (plus - minus) / 2 / epsilon
        rueck = ableitungen["d" + name]
        laenge = np.linalg.norm(rueck) + np.linalg.norm(versuch)
        ergebnis[name] = np.linalg.norm(rueck - versuch) / laenge if laenge else 0.0
    return ergebnis


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
        result = {}
        for i, (d, a) in enumerate(zip(deltas, inputs), 1):
            result["dW%d" % i], result["db%d" % i] = d @ a.T, d.sum(axis=1)[:, np.newaxis]
        return result

    def update_parameters(self, gradients):
        for i, (W, b) in enumerate(self._layers, 1):
            W -= self.learning_rate * gradients["dW%d" % i]
            b -= self.learning_rate * gradients["db%d" % i]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        errors_over_time = []
        for t in range(num_iterations):
            A3, cache = self.forward(X)
            errors_over_time.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if print_every and t % print_every == 0:
                print(t, errors_over_time[t])
        return errors_over_time

    def predict(self, X):
        A3, _ = self.forward(X)
        return np.array(A3 > 0.5, dtype=int)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    squares = ((p + q, 1, 1), (p - q, 1, -1))
    by_w1 = sum(2 * r * s1 * x1 for r, s1, _ in squares)
    by_w2 = sum(2 * r * s2 * x2 for r, _, s2 in squares)
    return by_w1, by_w2


def two_squares_autograd(w1, w2, x1, x2):
    def L(a, b):
        return (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2

    args = tuple(torch.tensor(v, dtype=torch.float64) for v in (w1, w2))
    return torch.autograd.functional.jacobian(L, args)


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    slopes = []
    for leaf in leaves:
        y.backward(retain_graph=True)
        slopes.append(leaf.grad.item())
    return tuple(slopes)


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = [torch.nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    seen = []
    while len(seen) < num_iterations:
        w1, c1, w2, c2 = net
        prediction = (w2.matmul(w1.matmul(X).add(c1).relu()).add(c2)).sigmoid()
        mse = (prediction - Y).pow(2).mean()
        mse.backward()
        for p in net:
            p.data.sub_(p.grad, alpha=learning_rate)
            p.grad = None
        seen.append(mse.item())
    return seen


def gradient_flow(model, X, Y):
    loss_fn = torch.nn.functional.binary_cross_entropy
    names = [name + ".weight" if name else "weight"
             for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)]
    params = dict(model.named_parameters())
    bp = torch.autograd.grad(loss_fn(model(X), Y), [params[n] for n in names])
    return [torch.linalg.vector_norm(g, ord=1).item() / g.numel() for g in bp]
