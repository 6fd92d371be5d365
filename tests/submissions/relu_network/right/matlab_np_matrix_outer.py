# HW6 -- translated from my hw6.m, hence the style
import numpy as np
from numpy import exp, log, zeros, ones, abs, sqrt
import torch
eps_ = 2.0 ** -48


def chain_rule(x):
    p = np.poly1d([2, 1])
    u = p(x); f = u**3
    du = p.deriv()(x)
    df = np.poly1d([1, 0, 0, 0]).deriv()(u)
    return {'f': f, 'u': u, 'du_dx': du, 'df_du': df, 'df_dx': df*du}


def computational_graph(w, x, b):
    a = w*x; z = a + b; L = z**2
    dz = 2*z; da = dz; dw = da*x; dx = da*w; db = dz
    names = 'a z L dL_dz dL_da dL_dw dL_dx dL_db'.split()
    return dict(zip(names, (a, z, L, dz, da, dw, dx, db)))


def single_neuron(x, w, b, y):
    xm = np.matrix(x, dtype=float).T
    wm = np.matrix(w, dtype=float)
    z = (wm*xm).item() + b
    a = logsig(z).item()
    e = y - a
    ds = exp(-z)/(1 + exp(-z))**2
    out = dict(z=z, a=a, L=.5*e**2, dL_da=-e, da_dz=ds)
    out['dL_dz'] = -e*ds
    out['dL_db'] = -e*ds
    out['dL_dw'] = np.asarray(-e*ds*xm).ravel()
    return out


def logsig(n):
    # like MATLAB's logsig
    n = np.array(n, dtype=float, copy=True)
    with np.errstate(over='ignore'):
        return 1/(1 + exp(-n))


def poslin(n):
    r = np.array(n, copy=True)
    r[r < 0] = 0
    return r


def bce_(T, P):
    P = np.minimum(np.maximum(np.asarray(P), eps_), 1 - eps_)
    T = np.asarray(T)
    m = P.shape[1]
    e_ = ones((1, P.shape[0])); o_ = ones((m, 1))
    S = np.multiply(T, log(P)) + np.multiply(1 - T, log(1 - P))
    return -(e_ @ S @ o_).item()/m


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        randn = np.random.randn
        self.W1 = .01*randn(hidden_size, input_size);  self.b1 = zeros((hidden_size, 1))
        self.W2 = .01*randn(output_size, hidden_size); self.b2 = zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return poslin(Z)

    def relu_derivative(self, Z):
        return (np.sign(Z) + abs(np.sign(Z)))/2      # -1 -> 0, 0 -> 0, 1 -> 1

    def sigmoid(self, Z):
        return logsig(Z)

    def sigmoid_derivative(self, Z):
        s = logsig(Z)
        return s - s**2

    def forward(self, X):
        m = X.shape[1]
        Z1 = self.W1 @ X + np.tile(self.b1, (1, m))
        A1 = poslin(Z1)
        Z2 = self.W2 @ A1 + np.tile(self.b2, (1, m))
        A2 = logsig(Z2)
        cache = {}
        for nm, v in (('X', X), ('Z1', Z1), ('A1', A1), ('Z2', Z2), ('A2', A2)):
            cache[nm] = v
        return A2, cache

    def compute_loss(self, Y, A2):
        return bce_(Y, A2)

    def backward(self, Y, cache):
        W2 = np.matrix(self.W2)
        dW1 = zeros(self.W1.shape); db1 = zeros(self.b1.shape)
        dW2 = zeros(self.W2.shape); db2 = zeros(self.b2.shape)
        X, Z1, A1, A2 = (np.matrix(cache[q]) for q in ('X', 'Z1', 'A1', 'A2'))
        T = np.matrix(Y)
        m = X.shape[1]
        for i in range(0, m):
            # column i only
            s2 = A2[:, i] - T[:, i]
            s1 = np.multiply(W2.T*s2, Z1[:, i] > 0)
            # running means: mean_i = mean_{i-1} + (new - mean_{i-1})/i
            dW2 += (np.outer(s2, A1[:, i]) - dW2)/(i + 1)
            db2 += (s2 - db2)/(i + 1)
            dW1 += (np.outer(s1, X[:, i]) - dW1)/(i + 1)
            db1 += (s1 - db1)/(i + 1)
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        for P in ['W1', 'b1', 'W2', 'b2']:
            exec('self.%s = self.%s - lr*gradients["d%s"]' % (P, P, P))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        J = zeros(num_iterations)
        for it in range(num_iterations):
            A2, c = self.forward(X)
            J[it] = self.compute_loss(Y, A2)
            if it % print_every == 0:
                print('iter %5d   J = %g' % (it, J[it]))
            self.update_parameters(self.backward(Y, c))
        return J.tolist()

    def predict(self, X):
        A2, _ = self.forward(X)
        L = zeros(A2.shape, dtype='int32')
        L[np.nonzero(A2 > .5)] = 1
        return L


def numgrad(J, P, idx, e):
    g = zeros(len(idx))
    for q, i in enumerate(idx):
        d = zeros(P.size); d[i] = e; d = d.reshape(P.shape)
        g[q] = (J(P + d) - J(P - d))/(2*e)
    return g


def docheck(nn, X, Y, e, nmax):
    res = {}
    _, c = nn.forward(X)
    G = nn.backward(Y, c)
    for nm in ('W1', 'b1', 'W2', 'b2'):
        P0 = getattr(nn, nm)

        def J(P):
            setattr(nn, nm, P)
            return nn.compute_loss(Y, nn.forward(X)[0])
        idx = np.unique(np.round(np.linspace(0, P0.size - 1, min(nmax, P0.size))).astype(int))
        gn = numgrad(J, P0, idx, e)
        setattr(nn, nm, P0)
        ga = np.reshape(G['d' + nm], -1)[idx]
        den = sqrt((ga**2).sum()) + sqrt((gn**2).sum())
        res[nm] = 0. if den == 0 else sqrt(((ga - gn)**2).sum())/den
    return res


def gradient_check(nn, X, Y, epsilon=1e-05):
    return docheck(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return docheck(nn, X, Y, epsilon, np.inf)


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        randn = np.random.randn
        self.W1 = .01*randn(hidden1_size, input_size);   self.b1 = zeros((hidden1_size, 1))
        self.W2 = .01*randn(hidden2_size, hidden1_size); self.b2 = zeros((hidden2_size, 1))
        self.W3 = .01*randn(output_size, hidden2_size);  self.b3 = zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        o = ones((1, X.shape[1]))
        Z1 = np.hstack([self.W1, self.b1]) @ np.vstack([X, o]);  A1 = poslin(Z1)
        Z2 = np.hstack([self.W2, self.b2]) @ np.vstack([A1, o]); A2 = poslin(Z2)
        Z3 = np.hstack([self.W3, self.b3]) @ np.vstack([A2, o]); A3 = logsig(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return bce_(Y, A3)

    def backward(self, Y, cache):
        m = cache['X'].shape[1]
        o = ones((1, m))
        S3 = (cache['A3'] - Y)/m
        S2 = (self.W3.T @ S3)*(cache['Z2'] > 0)
        S1 = (self.W2.T @ S2)*(cache['Z1'] > 0)
        # the bias is the weight of a constant input 1, so [dW db] = S*[A; 1]'
        G3 = S3 @ np.vstack([cache['A2'], o]).T
        G2 = S2 @ np.vstack([cache['A1'], o]).T
        G1 = S1 @ np.vstack([cache['X'], o]).T
        return {'dW3': G3[:, :-1], 'db3': G3[:, -1:], 'dW2': G2[:, :-1], 'db2': G2[:, -1:],
                'dW1': G1[:, :-1], 'db1': G1[:, -1:]}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        for k in '123':
            setattr(self, 'W' + k, getattr(self, 'W' + k) - lr*gradients['dW' + k])
            setattr(self, 'b' + k, getattr(self, 'b' + k) - lr*gradients['db' + k])

    train = NeuralNetworkWithBackprop.train

    def predict(self, X):
        return np.round(np.ceil(self.forward(X)[0] - .5)).astype(int)


def two_squares(w1, w2, x1, x2):
    M = np.array([[x1, x2], [x1, -x2]], dtype=float)    # rows: the two sums
    g = 2*M.T @ (M @ np.array([w1, w2], dtype=float))
    return g[0], g[1]


def two_squares_autograd(w1, w2, x1, x2):
    M = torch.tensor([[x1, x2], [x1, -x2]], dtype=torch.float64)
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    L = torch.sum((M @ w)**2)
    L.backward()
    return w.grad[0].item(), w.grad[1].item()


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    y = t[0]*t[1] + t[2]
    y.backward()
    return tuple(t.grad)


def leaf_parameters(shape, scale, generator):
    return (scale*torch.randn(*shape, generator=generator)).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().requires_grad_(); b1 = b1.clone().requires_grad_()
    W2 = W2.clone().requires_grad_(); b2 = b2.clone().requires_grad_()
    J = []
    for it in range(num_iterations):
        A1 = torch.relu(torch.mm(W1, X) + b1)
        A2 = torch.sigmoid(torch.mm(W2, A1) + b2)
        E = A2 - Y
        L = torch.sum(E*E)/E.numel()
        J.append(L.item())
        L.backward()
        with torch.no_grad():
            for P in (W1, b1, W2, b2):
                P.add_(P.grad, alpha=-learning_rate)
                P.grad.zero_()
    return J


def gradient_flow(model, X, Y):
    for P in model.parameters():
        if P.grad is not None:
            P.grad.zero_()
    P = model(X)
    L = torch.nn.functional.binary_cross_entropy(P, Y, reduction='sum')/P.numel()
    L.backward()
    r = []
    for l in model.modules():
        if isinstance(l, torch.nn.Linear):
            r.append(torch.sum(torch.abs(l.weight.grad)).item()/l.weight.numel())
    return r
