""" nn.c -> nn.py  (flat buffers, manual offsets) """
import numpy as np

DOUBLE = np.float64


def sigmoid(z):
    src = np.array(z, dtype=DOUBLE, copy=True)
    buf = src.reshape(-1)
    n = buf.size
    for k in range(n):
        buf[k] = 1.0 / (1.0 + np.exp(buf[k]))
    return src


def sigmoid_prime(z):
    src = sigmoid(z)
    buf = src.reshape(-1)
    for k in range(buf.size):
        buf[k] *= 1.0 - buf[k]
    return src


class Network:
    def __init__(self, sizes):
        self.num_layers = len(sizes)
        self.sizes = sizes
        self.biases = []
        self.weights = []
        l = 1
        while l < self.num_layers:
            self.biases += [np.random.randn(sizes[l], 1)]
            self.weights += [np.random.randn(sizes[l], sizes[l-1])]
            l += 1

    def _gemv(self, l, vin):
        # y := W*x + b
        W = self.weights[l].ravel()
        rows, cols = self.weights[l].shape
        vout = self.biases[l].astype(DOUBLE).ravel()
        for r in range(rows):
            off = r * cols
            for c in range(cols):
                vout[r] += W[off + c] * vin[c]
        return vout

    def feedforward(self, a):
        v = np.asarray(a).ravel()
        for l in range(self.num_layers - 1):
            v = sigmoid(self._gemv(l, v))
        return v.reshape(-1, 1)

    def cost_derivative(self, output_activations, y):
        return output_activations - y

    def backprop(self, x, y):
        L = self.num_layers - 1
        act = [np.asarray(x).ravel()]
        zs = []
        for l in range(L):
            zs.append(self._gemv(l, act[l]))
            act.append(sigmoid(zs[l]))
        nb = [np.zeros_like(b) for b in self.biases]
        nw = [np.zeros_like(w) for w in self.weights]
        err = self.cost_derivative(act[L].reshape(-1, 1), y).ravel()
        for l in range(L - 1, -1, -1):
            rows, cols = nw[l].shape
            sp = sigmoid_prime(zs[l])
            back = np.zeros(cols)
            for r in range(rows):
                d = err[r] * sp[r]
                nb[l][r, 0] = d
                for c in range(cols):
                    nw[l][r, c] = d * act[l][c]
                    back[c] += d * self.weights[l][r, c]
            err = back
        return nb, nw

    def update_mini_batch(self, mini_batch, eta):
        m = len(mini_batch)
        acc_b = [np.zeros_like(b) for b in self.biases]
        acc_w = [np.zeros_like(w) for w in self.weights]
        for x, y in mini_batch:
            nb, nw = self.backprop(x, y)
            for l in range(len(nb)):
                acc_b[l] += nb[l]
                acc_w[l] += nw[l]
        for l in range(len(acc_b)):
            self.biases[l] = self.biases[l] - eta / m * acc_b[l]
            self.weights[l] = self.weights[l] - eta / m * acc_w[l]

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        n = len(training_data)
        e = 0
        while e < epochs:
            idx = np.random.permutation(n)
            p = 0
            while p < n:
                q = p + mini_batch_size
                self.update_mini_batch([training_data[i] for i in idx[p:q]], eta)
                p = q
            e += 1
