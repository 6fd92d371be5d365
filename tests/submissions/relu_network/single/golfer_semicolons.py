import numpy as np, torch
from torch.nn.functional import binary_cross_entropy as B
N, E, D = np.newaxis, 1e-14, torch.float64
S = lambda z: .5 + .5 * np.tanh(.5 * np.asarray(z))
R = lambda z: z * (z > 0)
H = lambda y, p: -np.where(y == 1, np.log(p.clip(E)), np.log((1 - p).clip(E))).sum() / p.shape[1]
Q = 'W1', 'b1', 'W2', 'b2'


def chain_rule(x): u = 2*x + 1; return dict(u=u, f=u**3, du_dx=2, df_du=3*u*u, df_dx=6*u*u)
def computational_graph(w, x, b): a = w*x; z = a + b; g = 2*z; return dict(a=a, z=z, L=z*z, dL_dz=g, dL_da=g, dL_db=g, dL_dw=g*x, dL_dx=g*w)


def single_neuron(x, w, b, y):
    z = w @ x + b; a = S(z); e = a - y; s = a - a*a; d = e*s
    return dict(z=z, a=a, L=e*e/2, dL_da=e, da_dz=s, dL_dz=d, dL_db=d, dL_dw=d*x)


class G:
    def G(s, *n, lr):
        s.learning_rate = lr; s.k = len(n) - 1
        for i in range(s.k): s.__dict__ |= {f'W{i+1}': np.random.randn(n[i+1], n[i])/9, f'b{i+1}': np.zeros((n[i+1], 1))}

    def P(s): return [(getattr(s, f'W{i}'), getattr(s, f'b{i}')) for i in range(1, s.k + 1)]

    def forward(s, X):
        c = dict(X=X); a = X
        for i, (W, b) in enumerate(s.P(), 1): z = W @ a + b; a = [R, S][i == s.k](z); c[f'Z{i}'] = z; c[f'A{i}'] = a
        return a, c

    def compute_loss(s, Y, A): return H(Y, A)

    def update_parameters(s, gradients):
        for q, g in gradients.items(): setattr(s, q[1:], getattr(s, q[1:]) - s.learning_rate*g)

    def train(s, X, Y, num_iterations=1000, print_every=100):
        l = []
        for i in range(num_iterations): a, c = s.forward(X); l += [H(Y, a)]; i % print_every or print(i, l[-1]); s.update_parameters(s.backward(Y, c))
        return l

    def predict(s, X): return np.int_(s.forward(X)[0] > .5)


class NeuralNetworkWithBackprop(G):
    def __init__(s, input_size, hidden_size, output_size, learning_rate=0.01): s.G(input_size, hidden_size, output_size, lr=learning_rate)
    def relu(s, Z): return R(Z)
    def relu_derivative(s, Z): return 1. * (Z > 0)
    def sigmoid(s, Z): return np.exp(-np.logaddexp(0, -np.asarray(Z)))
    def sigmoid_derivative(s, Z): return s.sigmoid(Z) * (1 - s.sigmoid(Z))

    def backward(s, Y, cache):
        d = (cache['A2'] - Y)/Y.shape[1]; e = s.W2.T @ d * (cache['Z1'] > 0)
        return dict(dW1=e @ cache['X'].T, db1=e.sum(1)[:, N], dW2=d @ cache['A1'].T, db2=d.sum(1)[:, N])


class ThreeLayerNetwork(G):
    def __init__(s, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01): s.G(input_size, hidden1_size, hidden2_size, output_size, lr=learning_rate)

    def backward(s, Y, cache):
        d = (cache['A3'] - Y)/Y.shape[1]; g = {}
        for i in 3, 2, 1:
            g[f'dW{i}'] = d @ cache[f'A{i-1}' if i > 1 else 'X'].T; g[f'db{i}'] = d.sum(1)[:, N]
            if i > 1: m = cache[f'Z{3-i+1}'] > 0; d = getattr(s, f'W{i}').T @ d * m
        return g


def V(nn, X, Y, e, k):
    r = {}; g = nn.backward(Y, nn.forward(X)[1]); J = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    for q in Q:
        p = getattr(nn, q); o = p.copy(); a = []; n = []
        for i in [*np.ndindex(p.shape)][:k]:
            p[i] += e; u = J(); p[i] = o[i] - e; n += [(u - J())/2/e]; p[i] = o[i]; a += [g['d' + q][i]]
        a, n = np.array([a, n]); t = np.sqrt(a @ a + n @ n); r[q] = np.sqrt(sum((a - n)**2))/t if t else 0.
    return r


def gradient_check(nn, X, Y, epsilon=1e-05): return V(nn, X, Y, epsilon, 10)
def gradient_check_all(nn, X, Y, epsilon=1e-05): return V(nn, X, Y, epsilon, None)
def two_squares(w1, w2, x1, x2): return 4*w1*x1*x1, 4*w2*x2*x2
def two_squares_autograd(w1, w2, x1, x2): t = torch.tensor([w1, w2], dtype=D, requires_grad=True); a, b = t[0]*x1, t[1]*x2; ((a + b)**2 + (a - b)**2).backward(); return *t.grad,
def autograd_linear(x, w, b): t = [torch.tensor(v, dtype=D, requires_grad=True) for v in (x, w, b)]; (t[0]*t[1] + t[2]).backward(); return *(v.grad for v in t),
def leaf_parameters(shape, scale, generator): return (scale*torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    p = [q.clone() for q in (W1, b1, W2, b2)]; l = []
    for _ in range(num_iterations):
        [q.requires_grad_() for q in p]; e = ((p[2] @ (p[0] @ X + p[1]).relu() + p[3]).sigmoid() - Y).pow(2).mean(); l += [e.item()]
        p = [(q - learning_rate*g).detach() for q, g in zip(p, torch.autograd.grad(e, p))]
    return l


def gradient_flow(model, X, Y): model.zero_grad(); B(model(X), Y).backward(); return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
