# I come from C, so I spell out the loops. Slow but I can follow what happens.
import math

import numpy as np
import torch

TINY = 1e-15


def sigmoid1(z):
    # one number only
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    e = math.exp(z)
    return e / (1.0 + e)


def foreach(func, arr):
    arr = np.asarray(arr)
    out = np.zeros(arr.shape, dtype=float)
    for idx in np.ndindex(arr.shape):
        out[idx] = func(float(arr[idx]))
    return out


def matmul(A, B):
    rows = A.shape[0]
    inner = A.shape[1]
    cols = B.shape[1]
    C = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            acc = 0.0
            for t in range(inner):
                acc += A[r, t] * B[t, c]
            C[r, c] = acc
    return C


def add_bias(Z, b):
    out = np.zeros(Z.shape)
    for r in range(Z.shape[0]):
        for c in range(Z.shape[1]):
            out[r, c] = Z[r, c] + b[r, 0]
    return out


def clamp(p):
    if p < TINY:
        return TINY
    if p > 1.0 - TINY:
        return 1.0 - TINY
    return p


def chain_rule(x):
    u = 2 * x + 1
    out = {}
    out['u'] = u
    out['f'] = u * u * u
    out['du_dx'] = 2
    out['df_du'] = 3 * u * u
    out['df_dx'] = 3 * u * u * 2
    return out


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z * z
    gz = 2 * z
    ga = gz
    gb = gz
    gw = ga * x
    gx = ga * w
    return {'a': a, 'z': z, 'L': L, 'dL_dz': gz, 'dL_da': ga, 'dL_dw': gw, 'dL_dx': gx, 'dL_db': gb}


def single_neuron(x, w, b, y):
    n = len(x)
    z = b
    for i in range(n):
        z += w[i] * x[i]
    a = sigmoid1(z)
    L = 0.5 * (y - a) * (y - a)
    ga = a - y
    slope = a * (1 - a)
    gz = ga * slope
    gw = np.zeros(n)
    for i in range(n):
        gw[i] = gz * x[i]
    return {'z': z, 'a': a, 'L': L, 'dL_da': ga, 'da_dz': slope, 'dL_dz': gz, 'dL_dw': gw, 'dL_db': gz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = 0.1 * np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1 * np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return foreach(lambda z: z if z > 0 else 0.0, Z)

    def relu_derivative(self, Z):
        return foreach(lambda z: 1.0 if z > 0 else 0.0, Z)

    def sigmoid(self, Z):
        return foreach(sigmoid1, Z)

    def sigmoid_derivative(self, Z):
        return foreach(lambda z: sigmoid1(z) * (1.0 - sigmoid1(z)), Z)

    def forward(self, X):
        Z1 = add_bias(matmul(self.W1, X), self.b1)
        A1 = self.relu(Z1)
        Z2 = add_bias(matmul(self.W2, A1), self.b2)
        A2 = self.sigmoid(Z2)
        return A2, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

    def compute_loss(self, Y, A2):
        k, m = Y.shape
        loss = 0.0
        for s in range(m):
            for o in range(k):
                p = clamp(A2[o, s])
                loss -= Y[o, s] * math.log(p)
                loss += (1 - Y[o, s]) * math.log(1 - p)
        return loss / m

    def backward(self, Y, cache):
        X = cache['X']
        Z1 = cache['Z1']
        A1 = cache['A1']
        A2 = cache['A2']
        n, m = X.shape
        h = Z1.shape[0]
        k = A2.shape[0]
        dW1 = np.zeros((h, n))
        db1 = np.zeros((h, 1))
        dW2 = np.zeros((k, h))
        db2 = np.zeros((k, 1))
        for s in range(m):
            err = np.zeros(k)
            for o in range(k):
                err[o] = (A2[o, s] - Y[o, s]) / m
                db2[o, 0] += err[o]
                for j in range(h):
                    dW2[o, j] += err[o] * A1[j, s]
            for j in range(h):
                if Z1[j, s] <= 0:
                    continue          # unit is off, nothing flows back
                back = 0.0
                for o in range(k):
                    back += self.W2[o, j] * err[o]
                db1[j, 0] += back
                for i in range(n):
                    dW1[j, i] += back * X[i, s]
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients['dW1']
        self.b1 = self.b1 - self.learning_rate * gradients['db1']
        self.W2 = self.W2 - self.learning_rate * gradients['dW2']
        self.b2 = self.b2 - self.learning_rate * gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = [0.0] * num_iterations
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            losses[it] = self.compute_loss(Y, A2)
            g = self.backward(Y, cache)
            self.update_parameters(g)
            if it % print_every == 0:
                print("iter %d loss %f" % (it, losses[it]))
        return losses

    def predict(self, X):
        A2, cache = self.forward(X)
        out = np.zeros(A2.shape, dtype=int)
        for o in range(A2.shape[0]):
            for s in range(A2.shape[1]):
                if A2[o, s] > 0.5:
                    out[o, s] = 1
        return out


def loss_of(nn, X, Y):
    out, cache = nn.forward(X)
    return nn.compute_loss(Y, out)


def gradient_check(nn, X, Y, epsilon=1e-05):
    return check(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return check(nn, X, Y, epsilon, -1)


def check(nn, X, Y, epsilon, maxcount):
    out, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    result = {}
    names = ['W1', 'b1', 'W2', 'b2']
    for name in names:
        par = getattr(nn, name)
        grad = grads['d' + name]
        places = []
        for r in range(par.shape[0]):
            for c in range(par.shape[1]):
                places.append((r, c))
        if maxcount > 0 and len(places) > maxcount:
            stride = len(places) / maxcount
            places = [places[int(q * stride)] for q in range(maxcount)]
        diff2 = 0.0
        ana2 = 0.0
        num2 = 0.0
        for r, c in places:
            keep = par[r, c]
            par[r, c] = keep + epsilon
            up = loss_of(nn, X, Y)
            par[r, c] = keep - epsilon
            down = loss_of(nn, X, Y)
            par[r, c] = keep
            num = (up - down) / (2 * epsilon)
            ana = grad[r, c]
            diff2 += (num - ana) ** 2
            ana2 += ana ** 2
            num2 += num ** 2
        size = math.sqrt(ana2) + math.sqrt(num2)
        if size > 0:
            result[name] = math.sqrt(diff2) / size
        else:
            result[name] = 0.0
    return result


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = 0.1 * np.random.randn(hidden1_size, input_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = 0.1 * np.random.randn(hidden2_size, hidden1_size)
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = 0.1 * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = foreach(sigmoid1, Z3)
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(self, Y, A3):
        total = 0.0
        for target, output in zip(Y.flatten(), A3.flatten()):
            output = clamp(output)
            total += target * math.log(output) + (1 - target) * math.log(1 - output)
        return -total / Y.shape[1]

    def backward(self, Y, cache):
        # numpy this time, six nested loops were too much
        m = Y.shape[1]
        e3 = (cache['A3'] - Y) / m
        e2 = self.W3.T.dot(e3)
        e2[cache['Z2'] <= 0] = 0
        e1 = self.W2.T.dot(e2)
        e1[cache['Z1'] <= 0] = 0
        g = {}
        g['dW3'] = e3.dot(cache['A2'].T)
        g['dW2'] = e2.dot(cache['A1'].T)
        g['dW1'] = e1.dot(cache['X'].T)
        g['db3'] = np.sum(e3, axis=1, keepdims=True)
        g['db2'] = np.sum(e2, axis=1, keepdims=True)
        g['db1'] = np.sum(e1, axis=1, keepdims=True)
        return g

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * gradients['dW1']
        self.W2 = self.W2 - lr * gradients['dW2']
        self.W3 = self.W3 - lr * gradients['dW3']
        self.b1 = self.b1 - lr * gradients['db1']
        self.b2 = self.b2 - lr * gradients['db2']
        self.b3 = self.b3 - lr * gradients['db3']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = [0.0] * num_iterations
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            losses[it] = self.compute_loss(Y, A3)
            g = self.backward(Y, cache)
            self.update_parameters(g)
            if it % print_every == 0:
                print("iter %d loss %f" % (it, losses[it]))
        return losses

    def predict(self, X):
        A3, cache = self.forward(X)
        return np.array([[1 if p > 0.5 else 0 for p in row] for row in A3])


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    g1 = 2 * s * x1 + 2 * d * x1
    g2 = 2 * s * x2 - 2 * d * x2
    return g1, g2


def two_squares_autograd(w1, w2, x1, x2):
    tw1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    tw2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    s = tw1 * x1 + tw2 * x2
    d = tw1 * x1 - tw2 * x2
    L = s * s + d * d
    L.backward()
    return tw1.grad.item(), tw2.grad.item()


def autograd_linear(x, w, b):
    tx = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    tw = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    tb = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = tw * tx + tb
    y.backward()
    return tx.grad.item(), tw.grad.item(), tb.grad.item()


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t = t * scale
    t.requires_grad = True
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    losses = []
    for it in range(num_iterations):
        A1 = torch.relu(torch.mm(W1, X) + b1)
        A2 = torch.sigmoid(torch.mm(W2, A1) + b2)
        diff = A2 - Y
        loss = (diff * diff).sum() / (Y.shape[0] * Y.shape[1])
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        W1.grad = None
        b1.grad = None
        W2.grad = None
        b2.grad = None
    return losses


def gradient_flow(model, X, Y):
    for par in model.parameters():
        par.grad = None
    p = model(X)
    loss = torch.nn.BCELoss(reduction='mean')(p, Y)
    loss.backward()
    sizes = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            sizes.append(float(layer.weight.grad.abs().mean()))
    return sizes
