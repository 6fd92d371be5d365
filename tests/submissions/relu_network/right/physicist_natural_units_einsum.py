"""Homework 7 -- back-propagation as an adjoint calculation.  (c) me, 2am, too much coffee.

Notation:  q = Heaviside field, lambda = adjoint (co-state).  Einstein convention everywhere.
"""
from math import tanh as th
import numpy as np, torch
from numpy import einsum as E

σ = lambda ζ: .5 + .5*np.tanh(.5*np.asarray(ζ, float))          # Fermi function, T = -1
ε0 = 2.**-50                                                    # UV cutoff


def chain_rule(x):
    return dict(u=1 + 2*x, f=(1 + 2*x)*(1 + 4*x*(1 + x)), du_dx=2, df_du=3 + 12*x*(1 + x), df_dx=6 + 24*x*(1 + x))


def computational_graph(w, x, b):
    φ = w*x + b
    λ = φ + φ
    return {'a': φ - b if False else w*x, 'z': φ, 'L': φ**2,
            **dict.fromkeys(('dL_dz', 'dL_da', 'dL_db'), λ), 'dL_dw': λ*x, 'dL_dx': λ*w}


def single_neuron(x, w, b, y):
    H = E('i,i', w, x) + b
    t = th(H/2)
    a, χ = (1 + t)/2, (1 - t*t)/4            # occupation and susceptibility
    return {'z': H, 'a': a, 'L': (a - y)**2/2, 'dL_da': a - y, 'da_dz': χ,
            'dL_dz': χ*(a - y), 'dL_db': χ*(a - y), 'dL_dw': χ*(a - y)*np.asarray(x)}


class NeuralNetworkWithBackprop:
    def __init__(s, input_size, hidden_size, output_size, learning_rate=.01):
        n, h, k = input_size, hidden_size, output_size
        s.W1, s.W2 = .01*np.random.randn(h, n), .01*np.random.randn(k, h)
        s.b1, s.b2 = np.zeros((h, 1)), np.zeros((k, 1))
        s.learning_rate = learning_rate

    relu = lambda s, Z: (Z + abs(Z))/2
    relu_derivative = lambda s, Z: np.heaviside(Z, 0.)
    sigmoid = lambda s, Z: σ(Z)
    sigmoid_derivative = lambda s, Z: .25*(1 - np.tanh(np.asarray(Z, float)/2)**2)      # = sech^2 / 4

    def forward(s, X):
        Z1 = E('hn,nm->hm', s.W1, X) + s.b1
        Z2 = E('kh,hm->km', s.W2, (A1 := s.relu(Z1))) + s.b2
        return (A2 := σ(Z2)), dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(s, Y, A2):
        p = np.clip(A2, ε0, 1 - ε0)
        return -(np.log(p)*Y + np.log1p(-p)*(1 - Y)).sum()/A2.shape[-1]

    def backward(s, Y, cache):
        β = 1/Y.shape[-1]
        λ2 = cache['A2'] - Y
        q = np.heaviside(cache['Z1'], 0)
        # the hidden co-state is never formed: contract everything at once
        return dict(dW2=β*E('km,hm->kh', λ2, cache['A1']),
                    db2=β*E('km->k', λ2)[:, None],
                    dW1=β*E('kh,km,hm,nm->hn', s.W2, λ2, q, cache['X']),
                    db1=β*E('kh,km,hm->h', s.W2, λ2, q)[:, None])

    def update_parameters(s, gradients):
        for p in ('W1', 'b1', 'W2', 'b2'):
            setattr(s, p, getattr(s, p) - s.learning_rate*gradients['d' + p])

    def train(s, X, Y, num_iterations=1000, print_every=100):
        S = []
        for t in range(num_iterations):
            p, c = s.forward(X)
            S += [s.compute_loss(Y, p)]
            if not t % print_every: print(f't={t:6d}   F={S[-1]:.8f}')
            s.update_parameters(s.backward(Y, c))
        return S

    predict = lambda s, X: np.heaviside(s.forward(X)[0] - .5, 0).astype(int)


def _fd(nn, X, Y, ε, sites):
    """Kubo-style response: wiggle each site, compare with the adjoint result."""
    g = nn.backward(Y, nn.forward(X)[1])
    F = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    out = {}
    for p in ('W1', 'b1', 'W2', 'b2'):
        θ = getattr(nn, p)
        idx = sites(θ.size)
        Δ = []
        for i in idx:
            θ0 = θ.flat[i]
            θ.flat[i] = θ0 + ε; up = F()
            θ.flat[i] = θ0 - ε; dn = F()
            θ.flat[i] = θ0
            Δ.append((up - dn)/2/ε)
        a, Δ = np.ravel(g['d' + p])[idx], np.array(Δ)
        s = np.hypot(np.linalg.norm(a), np.linalg.norm(Δ))
        out[p] = np.linalg.norm(a - Δ)/s if s else 0.
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _fd(nn, X, Y, epsilon, lambda N: np.unique(np.linspace(0, N - 1, min(10, N)).round().astype(int)))


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _fd(nn, X, Y, epsilon, np.arange)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(s, input_size, hidden1_size, hidden2_size, output_size, learning_rate=.01):
        d = (input_size, hidden1_size, hidden2_size, output_size)
        s.learning_rate = learning_rate
        s.W1, s.W2, s.W3 = (.05*np.random.randn(j, i) for i, j in zip(d, d[1:]))
        s.b1, s.b2, s.b3 = (np.zeros((j, 1)) for j in d[1:])

    def forward(s, X):
        Z1 = s.W1 @ X + s.b1;   A1 = s.relu(Z1)
        Z2 = s.W2 @ A1 + s.b2;  A2 = s.relu(Z2)
        Z3 = s.W3 @ A2 + s.b3;  A3 = σ(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def backward(s, Y, cache):
        c = cache
        λ3 = (c['A3'] - Y)/Y.shape[1]
        λ2 = E('kj,km,jm->jm', s.W3, λ3, np.heaviside(c['Z2'], 0))
        λ1 = E('ji,jm,im->im', s.W2, λ2, np.heaviside(c['Z1'], 0))
        return {f'd{t}{l}': (E('am,bm->ab', λ, c[src]) if t == 'W' else E('am->a', λ)[:, None])
                for l, λ, src in ((1, λ1, 'X'), (2, λ2, 'A1'), (3, λ3, 'A2')) for t in 'Wb'}

    def update_parameters(s, gradients):
        for l in '123':
            for t in 'Wb':
                setattr(s, t + l, getattr(s, t + l) - s.learning_rate*gradients['d' + t + l])


def two_squares(w1, w2, x1, x2):
    # cross terms cancel: L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return 4*w1*x1**2, 4*w2*x2**2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.float64)
    s = torch.tensor([[1., 1.], [1., -1.]], dtype=torch.float64)
    return tuple(torch.autograd.grad((s @ (w*x)).square().sum(), w)[0])


def autograd_linear(x, w, b):
    v = [torch.tensor(q, dtype=torch.float64, requires_grad=True) for q in (x, w, b)]
    return torch.autograd.grad(v[0]*v[1] + v[2], v)


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    θ = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
    F = []
    for _ in range(num_iterations):
        a, b, c, d = θ
        S = ((c @ (a @ X + b).relu() + d).sigmoid() - Y).pow(2).mean()
        F.append(S.item())
        dS = torch.autograd.grad(S, θ)
        θ = [(p - learning_rate*g).detach().requires_grad_() for p, g in zip(θ, dS)]
    return F


def gradient_flow(model, X, Y):
    L = [l for l in model.modules() if isinstance(l, torch.nn.Linear)]
    J = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(J, [l.weight for l in L])]


if __name__ == '__main__':
    net = NeuralNetworkWithBackprop(2, 8, 1, 1.)
    net.W1 *= 100; net.W2 *= 100
    X = np.array([[0, 0, 1, 1], [0, 1, 0, 1.]]); Y = np.array([[0, 1, 1, 0.]])
    print(gradient_check_all(net, X + .1, Y))
