import numpy as np, torch
from torch import tensor as T, sigmoid as sg

F64 = dict(dtype=torch.float64, requires_grad=True)
_s = lambda Z: .5 * (1 + np.tanh(.5 * np.asarray(Z, float)))    # = 1/(1+exp(-Z)), never overflows
_bce = lambda Y, P, t=1e-12: -float(np.sum(np.log(np.clip(P, t, 1)) * Y - np.log(np.clip(1 - P, t, 1)) * (1 - Y))) / Y.shape[-1]

def chain_rule(x): u = 2*x + 1; return dict(f=u**3, u=u, du_dx=2, df_du=3*u*u, df_dx=6*u*u)

def computational_graph(w, x, b): a = w*x; z = a + b; g = 2*z; return dict(a=a, z=z, L=z*z, dL_dz=g, dL_da=g, dL_dw=g*x, dL_dx=g*w, dL_db=g)

def single_neuron(x, w, b, y):
    z = w @ x + b; a = _s(z); e = a - y; s = a*(1 - a); d = e*s
    return dict(z=z, a=a, L=e*e/2, dL_da=e, da_dz=s, dL_dz=d, dL_dw=d*x, dL_db=d)

class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        n, h, k, N = input_size, hidden_size, output_size, np.random.randn
        self.W1, self.b1, self.W2, self.b2, self.learning_rate = N(h, n)*.01, np.zeros((h, 1)), N(k, h)*.01, np.zeros((k, 1)), learning_rate

    relu = lambda self, Z: np.maximum(Z, 0)
    relu_derivative = lambda self, Z: (np.asarray(Z) > 0) * 1.
    sigmoid = lambda self, Z: _s(Z)
    sigmoid_derivative = lambda self, Z: (s := _s(Z)) * (1 - s)

    def forward(self, X):
        A2 = self.sigmoid(Z2 := self.W2 @ (A1 := self.relu(Z1 := self.W1 @ X + self.b1)) + self.b2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2): return _bce(Y, A2)

    def backward(self, Y, cache):
        X, A1, A2 = (cache[q] for q in ('X', 'A1', 'A2')); m = Y.shape[1]
        d2 = (A2 - Y)/m; d1 = self.W2.T @ d2; d1 *= A1 > 0
        return dict(dW1=d1 @ X.T, db1=d1.sum(1)[:, None], dW2=d2 @ A1.T, db2=d2.sum(1)[:, None])

    def update_parameters(self, gradients):
        for q, g in gradients.items(): setattr(self, q[1:], getattr(self, q[1:]) - self.learning_rate*g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        J = []
        for i in range(num_iterations):
            A, c = self.forward(X); J += [self.compute_loss(Y, A)]; self.update_parameters(self.backward(Y, c))
            if not i % print_every: print(i, J[-1])
        return J

    def predict(self, X): return 1*(self.forward(X)[0] > .5)

def _num(nn, X, Y, P, i, e):
    o = P[i]; P[i] = o + e; u = nn.compute_loss(Y, nn.forward(X)[0]); P[i] = o - e; d = nn.compute_loss(Y, nn.forward(X)[0]); P[i] = o
    return (u - d)/(2*e)

def _chk(nn, X, Y, e, pick):
    G = nn.backward(Y, nn.forward(X)[1]); R = {}; l2 = np.linalg.norm
    for p in 'W1 b1 W2 b2'.split():
        P = getattr(nn, p); I = pick([*np.ndindex(P.shape)]); a, n = np.array([(G['d' + p][i], _num(nn, X, Y, P, i, e)) for i in I]).T
        R[p] = l2(a - n)/s if (s := l2(a) + l2(n)) else 0.
    return R

def gradient_check(nn, X, Y, epsilon=1e-05): return _chk(nn, X, Y, epsilon, lambda I: I[::-(-len(I)//10)])
def gradient_check_all(nn, X, Y, epsilon=1e-05): return _chk(nn, X, Y, epsilon, lambda I: I)

class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        s = input_size, hidden1_size, hidden2_size, output_size; self.learning_rate = learning_rate
        for i, (p, q) in enumerate(zip(s, s[1:]), 1): vars(self).update({f'W{i}': np.random.randn(q, p)*.1, f'b{i}': np.zeros((q, 1))})

    def forward(self, X):
        A1 = np.maximum(Z1 := self.W1 @ X + self.b1, 0); A2 = np.maximum(Z2 := self.W2 @ A1 + self.b2, 0); A3 = _s(Z3 := self.W3 @ A2 + self.b3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3): return _bce(Y, A3)

    def backward(self, Y, cache):
        d3 = (cache['A3'] - Y)/Y.shape[1]; d2 = self.W3.T @ d3 * (cache['Z2'] > 0); d1 = self.W2.T @ d2 * (cache['Z1'] > 0)
        G = {}
        for i, d, A in (1, d1, 'X'), (2, d2, 'A1'), (3, d3, 'A2'): G[f'dW{i}'], G[f'db{i}'] = d @ cache[A].T, d.sum(1, keepdims=True)
        return G

    update_parameters, train, predict = (getattr(NeuralNetworkWithBackprop, q) for q in ('update_parameters', 'train', 'predict'))

def two_squares(w1, w2, x1, x2): return 4*w1*x1*x1, 4*w2*x2*x2

def two_squares_autograd(w1, w2, x1, x2):
    w = T([w1, w2], **F64); p, q = w * T([x1, x2], dtype=torch.float64); ((p + q)**2 + (p - q)**2).backward(); return tuple(w.grad)

def autograd_linear(x, w, b): v = [T(float(q), **F64) for q in (x, w, b)]; return torch.autograd.grad(v[0]*v[1] + v[2], v)

def leaf_parameters(shape, scale, generator): return (scale*torch.randn(*shape, generator=generator)).requires_grad_()

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = [q.clone().requires_grad_() for q in (W1, b1, W2, b2)]; J = []
    for _ in range(num_iterations):
        W1, b1, W2, b2 = P; L = ((sg(W2 @ (W1 @ X + b1).relu() + b2) - Y)**2).mean(); J += [L.item()]
        with torch.no_grad(): [q.sub_(learning_rate*g) for q, g in zip(P, torch.autograd.grad(L, P))]
    return J

def gradient_flow(model, X, Y):
    w = [q.weight for q in model.modules() if isinstance(q, torch.nn.Linear)]
    return [g.abs().mean().item() for g in torch.autograd.grad(torch.nn.functional.binary_cross_entropy(model(X), Y), w)]
