import numpy as np, torch
import torch.nn.functional as F

sig = lambda z: np.exp(-np.logaddexp(0., -np.asarray(z, float)))   # log-space, never overflows
bce = lambda y, p: float(-(y*np.log(q := np.clip(p, 1e-14, 1-1e-14)) + (1-y)*np.log(1-q)).sum() / y.shape[1])

def chain_rule(x):
    u = 2*x + 1; du = 2; df = 3*u**2
    return dict(u=u, f=u**3, du_dx=du, df_du=df, df_dx=df*du)

def computational_graph(w, x, b):
    a = w*x; z = a + b; L = z*z
    dz = 2*z; da = dz; db = dz; dw = x*da; dx = w*da
    return dict(a=a, z=z, L=L, dL_dz=dz, dL_da=da, dL_dw=dw, dL_dx=dx, dL_db=db)

def single_neuron(x, w, b, y):
    z = w @ x + b; a = sig(z); L = .5*(y-a)**2
    da = a - y; g = a*(1-a); dz = da*g
    return dict(z=z, a=a, L=L, dL_da=da, da_dz=g, dL_dz=dz, dL_dw=dz*x, dL_db=dz)

class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        n, h, k = input_size, hidden_size, output_size
        self.W1, self.b1 = np.random.randn(h, n)*.1, np.zeros((h, 1))
        self.W2, self.b2 = np.random.randn(k, h)*.1, np.zeros((k, 1))
        self.learning_rate = learning_rate

    def relu(self, Z): return np.asarray(Z) * (np.asarray(Z) > 0)
    def relu_derivative(self, Z): return 1.0 * (np.asarray(Z) > 0)
    def sigmoid(self, Z): return sig(Z)
    def sigmoid_derivative(self, Z): return sig(Z) * sig(-np.asarray(Z))

    def forward(self, X):
        A1 = self.relu(Z1 := self.W1 @ X + self.b1)
        A2 = self.sigmoid(Z2 := self.W2 @ A1 + self.b2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2): return bce(Y, A2)

    def backward(self, Y, cache):
        x, z1, a1, p = (cache[c] for c in ('X', 'Z1', 'A1', 'A2'))
        dz2 = (p - Y) / Y.shape[1]                    # dL/dlogits
        dW2 = dz2 @ a1.T; db2 = dz2.sum(1, keepdims=True)
        dz1 = self.W2.T @ dz2; dz1[z1 <= 0] = 0       # backprop thru relu
        dW1 = dz1 @ x.T; db1 = dz1.sum(1, keepdims=True)
        return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)

    def update_parameters(self, gradients):
        for k, g in gradients.items(): self.__dict__[k[1:]] = self.__dict__[k[1:]] - self.learning_rate * g

    def train(self, X, Y, num_iterations=1000, print_every=100):
        lossi = []
        for i in range(num_iterations):
            p, c = self.forward(X)
            lossi.append(self.compute_loss(Y, p))
            self.update_parameters(self.backward(Y, c))
            if i % print_every == 0: print(f'{i:7d}/{num_iterations:7d}: {lossi[-1]:.4f}')
        return lossi

    def predict(self, X): return (self.forward(X)[0] > .5) * 1

def cmp(net, X, Y, eps, cap):
    f = lambda: net.compute_loss(Y, net.forward(X)[0])
    G = net.backward(Y, net.forward(X)[1]); out = {}
    for s in ('W1', 'b1', 'W2', 'b2'):
        p = getattr(net, s); ix = np.random.permutation(p.size)[:cap]; num = np.empty(len(ix))
        for j, i in enumerate(ix):
            i = np.unravel_index(i, p.shape); v = p[i]
            p[i] = v + eps; hi = f()
            p[i] = v - eps; lo = f()
            p[i] = v; num[j] = (hi - lo) / 2 / eps
        ana = G['d'+s].ravel()[ix]
        out[s] = abs(ana - num).max() / (max(abs(ana).max(), abs(num).max()) or 1.)
    return out

def gradient_check(nn, X, Y, epsilon=1e-05): return cmp(nn, X, Y, epsilon, 10)
def gradient_check_all(nn, X, Y, epsilon=1e-05): return cmp(nn, X, Y, epsilon, None)

class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        sz = [input_size, hidden1_size, hidden2_size, output_size]
        self.W1, self.W2, self.W3 = [np.random.randn(o, i)*.1 for i, o in zip(sz, sz[1:])]
        self.b1, self.b2, self.b3 = [np.zeros((o, 1)) for o in sz[1:]]
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1;  A1 = Z1 * (Z1 > 0)
        Z2 = self.W2 @ A1 + self.b2; A2 = Z2 * (Z2 > 0)
        Z3 = self.W3 @ A2 + self.b3; A3 = sig(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3): return bce(Y, A3)

    def backward(self, Y, cache):
        c = cache; s = lambda d: d.sum(1, keepdims=True)
        d3 = (c['A3'] - Y) / Y.shape[1]
        d2 = self.W3.T @ d3 * (c['Z2'] > 0)
        d1 = self.W2.T @ d2 * (c['Z1'] > 0)
        return dict(dW3=d3 @ c['A2'].T, db3=s(d3), dW2=d2 @ c['A1'].T, db2=s(d2), dW1=d1 @ c['X'].T, db1=s(d1))

    def update_parameters(self, gradients):
        for k, g in gradients.items(): self.__dict__[k[1:]] = self.__dict__[k[1:]] - self.learning_rate * g

    def train(self, X, Y, num_iterations=1000, print_every=100):
        lossi = []
        for i in range(num_iterations):
            p, c = self.forward(X); lossi += [self.compute_loss(Y, p)]
            self.update_parameters(self.backward(Y, c))
            if i % print_every == 0: print(f'{i:7d}/{num_iterations:7d}: {lossi[-1]:.4f}')
        return lossi

    def predict(self, X): return (self.forward(X)[0] > .5) * 1

def two_squares(w1, w2, x1, x2):
    return 4*w1*x1**2, 4*w2*x2**2   # cross terms cancel, L = 2(w1x1)^2 + 2(w2x2)^2

T = lambda v: torch.tensor(v, dtype=torch.double, requires_grad=True)

def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = T(w1), T(w2)
    ((w1*x1 + w2*x2)**2 + (w1*x1 - w2*x2)**2).backward()
    return w1.grad.item(), w2.grad.item()

def autograd_linear(x, w, b):
    ps = x, w, b = T(x), T(w), T(b)
    (w*x + b).backward()
    return tuple(p.grad.item() for p in ps)

def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_()

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    ps = [p.clone() for p in (W1, b1, W2, b2)]
    for p in ps: p.requires_grad = True
    W1, b1, W2, b2 = ps; lossi = []
    for _ in range(num_iterations):
        out = torch.sigmoid(W2 @ F.relu(W1 @ X + b1) + b2)
        loss = ((out - Y)**2).mean()
        loss.backward()
        for p in ps: p.data += -learning_rate * p.grad
        lossi.append(loss.item())
    return lossi

def gradient_flow(model, X, Y):
    for p in model.parameters(): p.grad = None
    F.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
