import numpy as np
import torch


def chain_rule(x):
    inner, outer = (lambda t: 2 * t + 1), (lambda s: s * s * s)
    d_inner, d_outer = (lambda t: 2), (lambda s: 3 * s * s)
    s = inner(x)
    return dict(f=outer(s), u=s, du_dx=d_inner(x), df_du=d_outer(s), df_dx=d_outer(s) * d_inner(x))


def computational_graph(w, x, b):
    res = dict(a=w * x)
    res['z'] = res['a'] + b
    res['L'] = res['z'] * res['z']
    g = 2 * res['z']
    res.update(dL_dz=g, dL_da=g, dL_db=g, dL_dw=x * g, dL_dx=w * g)
    return res


def single_neuron(x, w, b, y):
    z = float(np.sum(np.asarray(w) * np.asarray(x)) + b)
    a = 0.5 * (1.0 + np.tanh(0.5 * z))
    err = y - a
    out = dict(z=z, a=a, L=err * err / 2, dL_da=-err, da_dz=a - a * a)
    out['dL_dz'] = out['dL_da'] * out['da_dz']
    out['dL_db'] = out['dL_dz']
    out['dL_dw'] = np.asarray(x) * out['dL_dz']
    return out


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
        k, m = Y.shape
        total = 0.0
        A = np.clip(A2, 1e-15, 1 - 1e-15)
        for j in range(k):
            total -= np.dot(Y[j], np.log(A[j])) + np.dot(1 - Y[j], np.log(1 - A[j]))
        return total/m

    def backward(self, Y, cache):
        k, m = Y.shape
        h = self.W1.shape[0]
        dW1 = np.zeros(self.W1.shape)
        db1 = np.zeros((h, 1))
        dW2 = np.zeros(self.W2.shape)
        db2 = np.zeros((k, 1))
        for i in range(m):
            # one sample after the other
            dz_2 = cache['A2'][:, i] - Y[:, i]
            dW2 += np.outer(dz_2, cache['A1'][:, i])
            db2[:, 0] += dz_2
            dz_1 = self.W2.T.dot(dz_2)*self.relu_derivative(cache['Z1'][:, i])
            dW1 += np.outer(dz_1, cache['X'][:, i])
            db1[:, 0] += dz_1
        return {'dW1': dW1/m, 'db1': db1/m, 'dW2': dW2/m, 'db2': db2/m}

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


def _elementwise(a, n):
    """The worst element; elements far below the largest one are measured against a hundredth of it."""
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    both = np.maximum(np.abs(a), np.abs(n))
    top = both.max()
    if top == 0:
        return 0.0
    return float(np.max(np.abs(a - n) / np.maximum(both, top / 100)))


def gradient_check(nn, X, Y, epsilon=1e-05):
    loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    analytic = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for key in ('W1', 'b1', 'W2', 'b2'):
        P, G = getattr(nn, key), analytic['d' + key]
        spots = [divmod(s, P.shape[1]) for s in range(P.size)]
        np.random.shuffle(spots)
        a, n = [], []
        for r, c in spots[:10]:
            saved = P[r, c]
            P[r, c] = saved + epsilon
            hi = loss()
            P[r, c] = saved - epsilon
            lo = loss()
            P[r, c] = saved
            a.append(G[r, c])
            n.append((hi - lo) / epsilon / 2)
        errors[key] = _elementwise(a, n)
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    analytic = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for key in ('W1', 'b1', 'W2', 'b2'):
        P = getattr(nn, key)
        n = []
        with np.nditer(P, flags=['multi_index']) as it:
            for _ in it:
                at = it.multi_index
                saved = float(P[at])
                P[at] = saved + epsilon
                hi = loss()
                P[at] = saved - epsilon
                lo = loss()
                P[at] = saved
                n.append((hi - lo) / epsilon / 2)
        errors[key] = _elementwise(analytic['d' + key].ravel(), n)
    return errors


def _logistic(z):
    return np.where(z < 0, np.exp(np.minimum(z, 0)), 1.0)/(1 + np.exp(-np.abs(z)))


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = 0.1*np.random.randn(hidden1_size, input_size)
        self.W2 = 0.1*np.random.randn(hidden2_size, hidden1_size)
        self.W3 = 0.1*np.random.randn(output_size, hidden2_size)
        self.b1, self.b2, self.b3 = [np.zeros((w.shape[0], 1)) for w in (self.W1, self.W2, self.W3)]
        self.learning_rate = learning_rate

    def forward(self, X):
        c = {'X': X}
        c['Z1'] = np.dot(self.W1, X) + self.b1
        c['A1'] = c['Z1']*(c['Z1'] > 0)
        c['Z2'] = np.dot(self.W2, c['A1']) + self.b2
        c['A2'] = c['Z2']*(c['Z2'] > 0)
        c['Z3'] = np.dot(self.W3, c['A2']) + self.b3
        c['A3'] = _logistic(c['Z3'])
        return c['A3'], c

    def compute_loss(self, Y, A3):
        m = A3.shape[1]
        A = np.clip(A3, 1e-15, 1 - 1e-15)
        ce = Y*np.log(A) + (1 - Y)*np.log(1 - A)
        return -1/m*np.sum(ce)

    def backward(self, Y, cache):
        m = Y.shape[1]
        out = {}
        dz_3 = cache['A3'] - Y
        out['dW3'] = 1/m*np.dot(dz_3, cache['A2'].T)
        out['db3'] = 1/m*np.sum(dz_3, axis=1, keepdims=True)
        dz_2 = np.dot(self.W3.T, dz_3)
        dz_2[cache['Z2'] <= 0] = 0
        out['dW2'] = 1/m*np.dot(dz_2, cache['A1'].T)
        out['db2'] = 1/m*np.sum(dz_2, axis=1, keepdims=True)
        dz_1 = np.dot(self.W2.T, dz_2)
        dz_1[cache['Z1'] <= 0] = 0
        out['dW1'] = 1/m*np.dot(dz_1, cache['X'].T)
        out['db1'] = 1/m*np.sum(dz_1, axis=1, keepdims=True)
        return out

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr*gradients['dW1']; self.b1 = self.b1 - lr*gradients['db1']
        self.W2 = self.W2 - lr*gradients['dW2']; self.b2 = self.b2 - lr*gradients['db2']
        self.W3 = self.W3 - lr*gradients['dW3']; self.b3 = self.b3 - lr*gradients['db3']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            costs.append(self.compute_loss(Y, A3))
            if print_every and it % print_every == 0:
                print('cost after %d iterations: %f' % (it, costs[-1]))
            self.update_parameters(self.backward(Y, cache))
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5)*1


def two_squares(w1, w2, x1, x2):
    A = w1*x1 + w2*x2
    B = w1*x1 - w2*x2
    dL_dA = 2*A
    dL_dB = 2*B
    g1 = dL_dA*x1 + dL_dB*x1
    g2 = dL_dA*x2 + dL_dB*(-x2)
    return g1, g2


def two_squares_autograd(w1, w2, x1, x2):
    t = {}
    for name, val in (('w1', w1), ('w2', w2)):
        t[name] = torch.tensor(val, dtype=torch.float64)
        t[name].requires_grad_()
    A = t['w1']*x1 + t['w2']*x2
    B = t['w1']*x1 - t['w2']*x2
    L = A**2 + B**2
    L.backward()
    return t['w1'].grad, t['w2'].grad


def autograd_linear(x, w, b):
    v = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    y = v[1]*v[0] + v[2]
    y.backward()
    dx, dw, db = v.grad
    return dx, dw, db


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t.mul_(scale)
    return t.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone(); b1 = b1.clone(); W2 = W2.clone(); b2 = b2.clone()
    for p in [W1, b1, W2, b2]:
        p.requires_grad = True
    L_hist = []
    n_el = Y.numel()
    for it in range(num_iterations):
        Z1 = torch.mm(W1, X) + b1
        A1 = torch.relu(Z1)
        Z2 = torch.mm(W2, A1) + b2
        A2 = torch.sigmoid(Z2)
        loss = torch.sum((A2 - Y)**2)/n_el
        L_hist.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate*W1.grad
            b1 -= learning_rate*b1.grad
            W2 -= learning_rate*W2.grad
            b2 -= learning_rate*b2.grad
        W1.grad = None
        b1.grad = None
        W2.grad = None
        b2.grad = None
    return L_hist


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    P = model(X)
    loss = -(Y*torch.log(P) + (1 - Y)*torch.log(1 - P)).mean()
    loss.backward()
    flow = []
    for m in model.modules():
        if type(m) == torch.nn.Linear:
            g = m.weight.grad
            flow.append((g.abs().sum()/g.numel()).item())
    return flow
