# 2. házi feladat -- neurális háló
import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, 1 / (1 + np.exp(-abs(z))), 1 - 1 / (1 + np.exp(-abs(z))))


def sigmoid_prime(z):
    # e^z / (1 + e^z)^2, szimmetrikus z-ben
    t = np.exp(-np.abs(np.asarray(z, dtype=float)))
    return t / (1 + t) / (1 + t)


class Network:
    def __init__(self, sizes):
        self.num_layers = len(sizes)
        self.sizes = sizes
        self.biases = [np.random.randn(s, 1) for s in sizes[1:]]
        self.weights = [np.random.randn(s, r) for r, s in zip(sizes, sizes[1:])]

    def feedforward(self, a):
        for suly, eltolas in zip(self.weights, self.biases):
            a = sigmoid(np.matmul(suly, a) + eltolas)
        return a

    def cost_derivative(self, output_activations, y):
        return np.add(output_activations, np.multiply(-1, y))

    def backprop(self, x, y):
        # előre
        be = x
        aktivaciok, nettok = [x], [x]      # a bemenetnek nincs nettója, önmagát tesszük be
        for suly, eltolas in zip(self.weights, self.biases):
            netto = np.matmul(suly, be) + eltolas
            nettok.append(netto)
            be = sigmoid(netto)
            aktivaciok.append(be)
        # vissza
        hiba = self.cost_derivative(aktivaciok[-1], y) * sigmoid_prime(nettok[-1])
        db, dw = [], []
        for r in range(self.num_layers - 1, 0, -1):
            db = [hiba] + db
            dw = [np.matmul(hiba, nettok[r - 1].T)] + dw
            if r == 1:
                break
            vissza = np.matmul(self.weights[r - 1].T, hiba)
            hiba = vissza * sigmoid_prime(aktivaciok[r - 1])
        return db, dw

    def update_mini_batch(self, mini_batch, eta):
        hossz = len(mini_batch)
        db = [np.zeros(b.shape) for b in self.biases]
        dw = [np.zeros(w.shape) for w in self.weights]
        for x, y in mini_batch:
            egyb, egyw = self.backprop(x, y)
            db = [p + q for p, q in zip(db, egyb)]
            dw = [p + q for p, q in zip(dw, egyw)]
        self.biases = [b - eta * g / hossz for b, g in zip(self.biases, db)]
        self.weights = [w - eta * g / hossz for w, g in zip(self.weights, dw)]

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        adatok = list(training_data)
        for kor in range(epochs):
            sorrend = sorted(range(len(adatok)), key=lambda _: np.random.rand())
            for k in range(0, len(sorrend), mini_batch_size):
                self.update_mini_batch([adatok[i] for i in sorrend[k:k + mini_batch_size]], eta)
