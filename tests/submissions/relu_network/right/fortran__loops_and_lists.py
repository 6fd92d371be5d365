"""BACKPROPAGATION WITHOUT A MATRIX PRODUCT. Each loop is written out, inside all are Python lists."""
import math

import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    f = u * u * u
    du_dx = 2
    df_du = 3 * u * u
    df_dx = 24 * x * x + 24 * x + 6          # expanded: 6 (2x+1)^2
    return {'f': f, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_dx}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    r = {}
    r['a'] = a
    r['z'] = z
    r['L'] = z * z
    r['dL_dz'] = z + z
    r['dL_da'] = r['dL_dz']
    r['dL_db'] = r['dL_dz']
    r['dL_dw'] = r['dL_da'] * x
    r['dL_dx'] = r['dL_da'] * w
    return r


def _sig(t):
    if t < 0.0:
        e = math.exp(t)
        return e / (1.0 + e)
    return 1.0 / (1.0 + math.exp(-t))


def single_neuron(x, w, b, y):
    z = float(b)
    for i in range(len(x)):
        z = z + float(w[i]) * float(x[i])
    a = _sig(z)
    dL_da = a - y
    da_dz = _sig(z) * _sig(-z)
    dL_dz = dL_da * da_dz
    dL_dw = np.zeros(len(x))
    for i in range(len(x)):
        dL_dw[i] = dL_dz * x[i]
    return {'z': z, 'a': a, 'L': 0.5 * (y - a) ** 2, 'dL_da': dL_da, 'da_dz': da_dz,
            'dL_dz': dL_dz, 'dL_db': dL_dz, 'dL_dw': dL_dw}


def _map(fn, Z, dtype):
    Z = np.asarray(Z)
    out = np.zeros(Z.shape, dtype=dtype)
    for ij in np.ndindex(*Z.shape):
        out[ij] = fn(Z[ij])
    return out


def _affine(W, A, b):
    """Z = W A + b, columns outermost (column major)."""
    r, c, m = len(W), len(A), len(A[0])
    Z = [[0.0] * m for _ in range(r)]
    for s in range(m):
        for i in range(r):
            t = b[i][0]
            for j in range(c):
                t = t + W[i][j] * A[j][s]
            Z[i][s] = t
    return Z


def _bce(Y, A):
    tiny = 1.0e-15
    s = []
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            p = float(A[i, j])
            p = min(max(p, tiny), 1.0 - tiny)
            t = float(Y[i, j])
            s.append(-t * math.log(p) - (1.0 - t) * math.log(1.0 - p))
    return math.fsum(s) / Y.shape[1]


def _layer_grads(dZ, A):
    """dW = dZ A^T and db = row sums"""
    r, m, c = len(dZ), len(dZ[0]), len(A)
    dW = [[0.0] * c for _ in range(r)]
    db = [[0.0] for _ in range(r)]
    for s in range(m):
        for i in range(r):
            db[i][0] = db[i][0] + dZ[i][s]
            for j in range(c):
                dW[i][j] = dW[i][j] + dZ[i][s] * A[j][s]
    return np.array(dW, dtype=float), np.array(db, dtype=float)


def _down(W, dZ, Z):
    """dZ of the layer below: W^T dZ where Z is positive"""
    r, c, m = len(W), len(W[0]), len(dZ[0])
    D = [[0.0] * m for _ in range(c)]
    for j in range(c):
        for s in range(m):
            if Z[j][s] > 0.0:
                for i in range(r):
                    D[j][s] = D[j][s] + W[i][j] * dZ[i][s]
    return D


class NeuralNetworkWithBackprop:
    NAMES = ('W1', 'b1', 'W2', 'b2')

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 0.01, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(0.0, 0.01, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        Z = np.asarray(Z)
        return _map(lambda t: t if t > 0 else 0, Z, Z.dtype)

    def relu_derivative(self, Z):
        return _map(lambda t: 1.0 if t > 0 else 0.0, Z, float)

    def sigmoid(self, Z):
        return _map(lambda t: _sig(float(t)), Z, float)

    def sigmoid_derivative(self, Z):
        return _map(lambda t: _sig(float(t)) * _sig(-float(t)), Z, float)

    def forward(self, X):
        Z1 = np.array(_affine(self.W1.tolist(), X.tolist(), self.b1.tolist()))
        A1 = self.relu(Z1)
        Z2 = np.array(_affine(self.W2.tolist(), A1.tolist(), self.b2.tolist()))
        A2 = self.sigmoid(Z2)
        return A2, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

    def compute_loss(self, Y, A2):
        return _bce(Y, A2)

    def backward(self, Y, cache):
        k, m = Y.shape
        dZ2 = [[(float(cache['A2'][i, s]) - float(Y[i, s])) / m for s in range(m)] for i in range(k)]
        dW2, db2 = _layer_grads(dZ2, cache['A1'].tolist())
        dZ1 = _down(self.W2.tolist(), dZ2, cache['Z1'].tolist())
        dW1, db1 = _layer_grads(dZ1, cache['X'].tolist())
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(self, gradients):
        for name in self.NAMES:
            p = getattr(self, name)
            g = gradients['d' + name]
            for ij in np.ndindex(*p.shape):
                p[ij] = p[ij] - self.learning_rate * g[ij]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        it = 0
        while it < num_iterations:
            A, cache = self.forward(X)
            loss = self.compute_loss(Y, A)
            losses.append(loss)
            if it % print_every == 0:
                print(' ITERATION', '%8d' % it, '  LOSS', '%14.6E' % loss)
            self.update_parameters(self.backward(Y, cache))
            it = it + 1
        return losses

    def predict(self, X):
        A = self.forward(X)[0]
        P = np.zeros(A.shape, dtype=int)
        for ij in np.ndindex(*A.shape):
            if A[ij] > 0.5:
                P[ij] = 1
        return P


def _central(nn, X, Y, name, ij, epsilon):
    """one element, by a fresh array put in place of the parameter and taken out again"""
    kept = getattr(nn, name)
    two = []
    try:
        for sign in (1.0, -1.0):
            moved = np.array(kept, dtype=float)
            moved[ij] = moved[ij] + sign * epsilon
            setattr(nn, name, moved)
            A2, _ = nn.forward(X)
            two.append(float(nn.compute_loss(Y, A2)))
    finally:
        setattr(nn, name, kept)
    return (two[0] - two[1]) / (2.0 * epsilon)


def _check(nn, X, Y, epsilon, most):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    result = {}
    for name in ('W1', 'b1', 'W2', 'b2'):
        shape = getattr(nn, name).shape
        g = np.array(grads['d' + name], dtype=float).reshape(shape)
        places = list(np.ndindex(*shape))
        if most is not None:
            stride = -(-len(places) // most)      # every stride-th, at most `most` of them
            places = places[::stride]
        top = 0.0
        size = 0.0
        for ij in places:
            num = _central(nn, X, Y, name, ij, epsilon)
            top = max(top, abs(num - g[ij]))
            size = max(size, abs(num), abs(g[ij]))
        result[name] = 0.0 if size == 0.0 else top / size
    return result


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    NAMES = ('W1', 'b1', 'W2', 'b2', 'W3', 'b3')
    # the procedures of the smaller network serve here too
    relu = NeuralNetworkWithBackprop.relu
    sigmoid = NeuralNetworkWithBackprop.sigmoid
    update_parameters = NeuralNetworkWithBackprop.update_parameters
    train = NeuralNetworkWithBackprop.train
    predict = NeuralNetworkWithBackprop.predict

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = (input_size, hidden1_size, hidden2_size, output_size)
        for l in (1, 2, 3):
            setattr(self, 'W%d' % l, np.random.normal(0.0, 0.05, (sizes[l], sizes[l - 1])))
            setattr(self, 'b%d' % l, np.zeros((sizes[l], 1)))

    def forward(self, X):
        Z1 = np.array(_affine(self.W1.tolist(), X.tolist(), self.b1.tolist()))
        A1 = self.relu(Z1)
        Z2 = np.array(_affine(self.W2.tolist(), A1.tolist(), self.b2.tolist()))
        A2 = self.relu(Z2)
        Z3 = np.array(_affine(self.W3.tolist(), A2.tolist(), self.b3.tolist()))
        A3 = self.sigmoid(Z3)
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(self, Y, A3):
        return _bce(Y, A3)

    def backward(self, Y, cache):
        k, m = Y.shape
        D = [[(float(cache['A3'][i, s]) - float(Y[i, s])) / m for s in range(m)] for i in range(k)]
        g = {}
        g['dW3'], g['db3'] = _layer_grads(D, cache['A2'].tolist())
        D = _down(self.W3.tolist(), D, cache['Z2'].tolist())
        g['dW2'], g['db2'] = _layer_grads(D, cache['A1'].tolist())
        D = _down(self.W2.tolist(), D, cache['Z1'].tolist())
        g['dW1'], g['db1'] = _layer_grads(D, cache['X'].tolist())
        return g


def two_squares(w1, w2, x1, x2):
    # the mixed terms cancel: L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return 4 * w1 * x1 * x1, 4 * w2 * x2 * x2


def two_squares_autograd(w1, w2, x1, x2):
    p = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    q = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    L = (p * x1 + q * x2) ** 2 + (p * x1 - q * x2) ** 2
    L.backward()
    return p.grad, q.grad


def autograd_linear(x, w, b):
    v = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    (v[1] * v[0] + v[2]).backward()
    return v.grad[0].item(), v.grad[1].item(), v.grad[2].item()


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t = t.mul_(scale)
    return t.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = [t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    losses = [0.0] * num_iterations
    for it in range(num_iterations):
        A = torch.sigmoid(P[2] @ torch.relu(P[0] @ X + P[1]) + P[3])
        loss = torch.sum((A - Y) ** 2) / A.numel()
        losses[it] = float(loss)
        loss.backward()
        for p in P:
            p.data -= learning_rate * p.grad
            p.grad = None
    return losses


def gradient_flow(model, X, Y):
    # note who is called, and when
    called = []
    tags = []
    for mod in model.modules():
        if isinstance(mod, torch.nn.Linear):
            tags.append(mod.register_forward_hook(lambda me, inp, out: called.append(me)))
    try:
        p = model(X)
    finally:
        for t in tags:
            t.remove()
    layers = []
    for mod in called:
        if not any(mod is other for other in layers):
            layers.append(mod)
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(p, Y)
    loss.backward()
    res = []
    for mod in layers:
        total = 0.0
        for v in mod.weight.grad.flatten().tolist():
            total = total + abs(v)
        res.append(total / mod.weight.numel())
    return res
