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


class Node:
    def __init__(self, data, parents=(), rule=None):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.rule = rule        # rule(node) -> list of local derivatives, same order as parents

    def push(self):
        if self.rule is None:
            return
        for parent, local in zip(self.parents, self.rule(self)):
            parent.grad += local * self.grad


def node_mul(p, q):
    return Node(p.data * q.data, (p, q), lambda me: [p.data, q.data])


def node_add(p, q):
    return Node(p.data + q.data, (p, q), lambda me: [1.0, 1.0])


def node_square(p):
    return Node(p.data ** 2, (p,), lambda me: [2.0 * p.data])


def computational_graph(w, x, b):
    nw, nx, nb = Node(w), Node(x), Node(b)
    na = node_mul(nw, nx)
    nz = node_add(na, nb)
    nL = node_square(nz)
    nL.grad = 1.0
    for node in (nL, nz, na):
        node.push()
    return {"a": na.data, "z": nz.data, "L": nL.data, "dL_dz": nz.grad, "dL_da": na.grad,
            "dL_dw": nw.grad, "dL_dx": nx.grad, "dL_db": nb.grad}


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
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.standard_normal((hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = 0.1 * np.random.standard_normal((hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = 0.1 * np.random.standard_normal((output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = Z1 * (Z1 > 0)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = Z2 * (Z2 > 0)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = np.empty(Z3.shape)
        for idx in np.ndindex(*Z3.shape):
            A3[idx] = sig(float(Z3[idx]))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        k, m = Y.shape
        total = 0.0
        for s in range(m):
            for o in range(k):
                p = min(max(float(A3[o, s]), 1e-14), 1.0 - 1e-14)
                total -= Y[o, s] * math.log(p) + (1 - Y[o, s]) * math.log(1 - p)
        return total / m

    def backward(self, Y, cache):
        m = Y.shape[1]
        g = {}
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            g["d" + name] = np.zeros(getattr(self, name).shape)
        for s in range(m):
            d3 = (cache["A3"][:, s] - Y[:, s]) / m
            d2 = self.W3.T.dot(d3)
            d2[cache["Z2"][:, s] <= 0] = 0.0
            d1 = self.W2.T.dot(d2)
            d1[cache["Z1"][:, s] <= 0] = 0.0
            g["dW3"] += np.outer(d3, cache["A2"][:, s])
            g["db3"][:, 0] += d3
            g["dW2"] += np.outer(d2, cache["A1"][:, s])
            g["db2"][:, 0] += d2
            g["dW1"] += np.outer(d1, cache["X"][:, s])
            g["db1"][:, 0] += d1
        return g

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * gradients["dW1"]
        self.b1 = self.b1 - lr * gradients["db1"]
        self.W2 = self.W2 - lr * gradients["dW2"]
        self.b2 = self.b2 - lr * gradients["db2"]
        self.W3 = self.W3 - lr * gradients["dW3"]
        self.b3 = self.b3 - lr * gradients["db3"]

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
