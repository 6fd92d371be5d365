# Homework: backprop by hand.  (I come from C, so there are many loops. Sorry.)
import math

import numpy as np
import torch


def sig(t):
    # two branches so that exp() never overflows
    if t >= 0:
        return 1.0 / (1.0 + math.exp(-t))
    e = math.exp(t)
    return e / (1.0 + e)


def chain_rule(x):
    out = {}
    out["u"] = 2*x + 1
    out["f"] = out["u"] * out["u"] * out["u"]
    out["du_dx"] = 2
    out["df_du"] = 3 * out["u"] * out["u"]
    out["df_dx"] = out["df_du"] * out["du_dx"]
    return out


def computational_graph(w, x, b):
    out = {}
    out["a"] = w * x
    out["z"] = out["a"] + b
    out["L"] = out["z"] * out["z"]
    out["dL_dz"] = 2 * out["z"]
    out["dL_da"] = out["dL_dz"] * 1
    out["dL_db"] = out["dL_dz"] * 1
    out["dL_dw"] = out["dL_da"] * x
    out["dL_dx"] = out["dL_da"] * w
    return out


def single_neuron(x, w, b, y):
    n = len(x)
    z = b
    for i in range(n):
        z += w[i] * x[i]
    a = sig(z)
    diff = a - y
    slope = a * (1 - a)
    dz = diff * slope
    dw = np.zeros(n)
    for i in range(n):
        dw[i] = dz * x[i]
    return {"z": z, "a": a, "L": 0.5*diff*diff, "dL_da": diff, "da_dz": slope,
            "dL_dz": dz, "dL_dw": dw, "dL_db": dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.standard_normal((hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1 * np.random.standard_normal((output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        res = np.array(Z)          # np.array copies
        res[res < 0] = 0
        return res

    def relu_derivative(self, Z):
        res = np.zeros(np.shape(Z))
        res[np.asarray(Z) > 0] = 1.0
        return res

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        res = np.empty(Z.shape)
        for idx in np.ndindex(*Z.shape):
            res[idx] = sig(float(Z[idx]))
        return res

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s - s * s

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = self.sigmoid(Z2)
        cache = {}
        cache["X"] = X
        cache["Z1"] = Z1
        cache["A1"] = A1
        cache["Z2"] = Z2
        cache["A2"] = A2
        return A2, cache

    def compute_loss(self, Y, A2):
        k, m = Y.shape
        total = 0.0
        for s in range(m):
            for o in range(k):
                p = min(max(float(A2[o, s]), 1e-14), 1.0 - 1e-14)
                total -= Y[o, s] * math.log(p) + (1 - Y[o, s]) * math.log(1 - p)
        return total / m

    def backward(self, Y, cache):
        X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
        m = Y.shape[1]
        dW1 = np.zeros(self.W1.shape)
        db1 = np.zeros(self.b1.shape)
        dW2 = np.zeros(self.W2.shape)
        db2 = np.zeros(self.b2.shape)
        for s in range(m):
            d2 = (A2[:, s] - Y[:, s]) / m
            d1 = self.W2.T.dot(d2)
            for j in range(d1.shape[0]):
                if Z1[j, s] <= 0:
                    d1[j] = 0.0
            dW2 += np.outer(d2, A1[:, s])
            db2[:, 0] += d2
            dW1 += np.outer(d1, X[:, s])
            db1[:, 0] += d1
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * gradients["dW1"]
        self.b1 = self.b1 - lr * gradients["db1"]
        self.W2 = self.W2 - lr * gradients["dW2"]
        self.b2 = self.b2 - lr * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        log = []
        it = 0
        while it < num_iterations:
            out, cache = self.forward(X)
            log.append(self.compute_loss(Y, out))
            if print_every > 0 and it % print_every == 0:
                print("iteration %d  loss %f" % (it, log[it]))
            self.update_parameters(self.backward(Y, cache))
            it += 1
        return log

    def predict(self, X):
        out, _ = self.forward(X)
        classes = np.zeros(out.shape, dtype=int)
        classes[out > 0.5] = 1
        return classes


def loss_of(nn, X, Y):
    out, _ = nn.forward(X)
    return nn.compute_loss(Y, out)


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    g = {key: np.array(g[key], dtype=float) for key in g}
    res = {}
    for name in ("W1", "b1", "W2", "b2"):
        saved = getattr(nn, name)
        work = np.array(saved, dtype=float)
        setattr(nn, name, work)
        count = min(10, work.size)
        stride = max(1, work.size // count)
        sq_diff = sq_a = sq_n = 0.0
        for c in range(count):
            idx = np.unravel_index(c * stride, work.shape)
            old = work[idx]
            work[idx] = old + epsilon
            up = loss_of(nn, X, Y)
            work[idx] = old - epsilon
            down = loss_of(nn, X, Y)
            work[idx] = old
            num = (up - down) / (2 * epsilon)
            ana = g["d" + name][idx]
            sq_diff += (num - ana) ** 2
            sq_a += ana ** 2
            sq_n += num ** 2
        setattr(nn, name, saved)
        bottom = math.sqrt(sq_a) + math.sqrt(sq_n)
        res[name] = math.sqrt(sq_diff) / bottom if bottom > 0 else 0.0
    return res


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    g = {key: np.array(g[key], dtype=float) for key in g}
    res = {}
    for name in ("W1", "b1", "W2", "b2"):
        saved = getattr(nn, name)
        work = np.array(saved, dtype=float)
        setattr(nn, name, work)
        sq_diff = sq_a = sq_n = 0.0
        for r in range(work.shape[0]):
            for c in range(work.shape[1]):
                old = work[r, c]
                work[r, c] = old + epsilon
                up = loss_of(nn, X, Y)
                work[r, c] = old - epsilon
                down = loss_of(nn, X, Y)
                work[r, c] = old
                num = (up - down) / (2 * epsilon)
                ana = g["d" + name][r, c]
                sq_diff += (num - ana) ** 2
                sq_a += ana ** 2
                sq_n += num ** 2
        setattr(nn, name, saved)
        bottom = math.sqrt(sq_a) + math.sqrt(sq_n)
        res[name] = math.sqrt(sq_diff) / bottom if bottom > 0 else 0.0
    return res


class ThreeLayerNetwork:
    """Same loop as in Nielsen's network.py, but with whole batches as columns."""

    num_layers = 4

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        for l in range(1, self.num_layers):
            setattr(self, "W%d" % l, np.random.randn(sizes[l], sizes[l - 1]) * 0.1)
            setattr(self, "b%d" % l, np.zeros((sizes[l], 1)))

    def weights(self, l):
        return getattr(self, "W%d" % l)

    def biases(self, l):
        return getattr(self, "b%d" % l)

    def forward(self, X):
        cache = {"X": X}
        activation = X
        for l in range(1, self.num_layers):
            z = np.dot(self.weights(l), activation) + self.biases(l)
            if l < self.num_layers - 1:
                activation = np.maximum(z, 0.0)
            else:
                activation = np.vectorize(sig, otypes=[float])(z)
            cache["Z%d" % l] = z
            cache["A%d" % l] = activation
        return activation, cache

    def compute_loss(self, Y, A3):
        a = np.clip(A3, 1e-12, 1 - 1e-12)
        cost = np.sum(-Y * np.log(a) - (1 - Y) * np.log(1 - a))
        return float(cost) / Y.shape[1]

    def backward(self, Y, cache):
        activations = [cache["X"], cache["A1"], cache["A2"], cache["A3"]]
        zs = [None, cache["Z1"], cache["Z2"], cache["Z3"]]
        nabla = {}
        delta = (activations[-1] - Y) / Y.shape[1]
        for l in range(self.num_layers - 1, 0, -1):
            if l < self.num_layers - 1:
                delta = np.dot(self.weights(l + 1).T, delta)
                if l > 1:
                    delta = delta * (zs[l] > 0)
            nabla["dW%d" % l] = np.dot(delta, activations[l - 1].T)
            nabla["db%d" % l] = delta.sum(axis=1, keepdims=True)
        return nabla

    def update_parameters(self, gradients):
        eta = self.learning_rate
        for l in range(1, self.num_layers):
            setattr(self, "W%d" % l, self.weights(l) - eta * gradients["dW%d" % l])
            setattr(self, "b%d" % l, self.biases(l) - eta * gradients["db%d" % l])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for epoch in range(num_iterations):
            a, cache = self.forward(X)
            costs.append(self.compute_loss(Y, a))
            if print_every and epoch % print_every == 0:
                print("Epoch {0}: cost {1}".format(epoch, costs[-1]))
            self.update_parameters(self.backward(Y, cache))
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    plus = w1*x1 + w2*x2
    minus = w1*x1 - w2*x2
    d1 = 2*plus*x1 + 2*minus*x1
    d2 = 2*plus*x2 + 2*minus*(-x2)
    return (d1, d2)


def two_squares_autograd(w1, w2, x1, x2):
    t1 = torch.tensor(float(w1), dtype=torch.double, requires_grad=True)
    t2 = torch.tensor(float(w2), dtype=torch.double, requires_grad=True)
    plus = t1*x1 + t2*x2
    minus = t1*x1 - t2*x2
    (plus*plus + minus*minus).backward()
    return (t1.grad.item(), t2.grad.item())


def autograd_linear(x, w, b):
    tx = torch.tensor(float(x), dtype=torch.double, requires_grad=True)
    tw = torch.tensor(float(w), dtype=torch.double, requires_grad=True)
    tb = torch.tensor(float(b), dtype=torch.double, requires_grad=True)
    (tw*tx + tb).backward()
    return (tx.grad.item(), tw.grad.item(), tb.grad.item())


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t = t * scale
    t.requires_grad = True      # only now, so t is a leaf
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = []
    for t in (W1, b1, W2, b2):
        p = t.clone()
        p.requires_grad = True
        params.append(p)
    log = []
    for it in range(num_iterations):
        hid = torch.clamp(params[0].mm(X) + params[1], min=0)
        out = torch.sigmoid(params[2].mm(hid) + params[3])
        err = out - Y
        loss = (err * err).sum() / err.numel()
        log.append(loss.item())
        for p in params:
            p.grad = None
        loss.backward()
        with torch.no_grad():
            for p in params:
                p.sub_(learning_rate * p.grad)
    return log


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    criterion = torch.nn.BCELoss()
    criterion(model(X), Y).backward()
    res = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            res.append(layer.weight.grad.abs().mean().item())
    return res
