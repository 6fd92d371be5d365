import numpy as np
import torch
from torch import Tensor

D = torch.float64


def T(v) -> Tensor:
    """to a double tensor, sharing nothing"""
    return torch.tensor(np.asarray(v, dtype=np.float64))


def A(t: Tensor) -> np.ndarray:
    return t.detach().numpy()


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    return {n: v for n, v in zip('f u du_dx df_du df_dx'.split(), (f, u, du_dx, df_du, du_dx * df_du))}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    gz = 2 * z
    return {n: v for n, v in zip('a z L dL_dz dL_da dL_dw dL_dx dL_db'.split(), (a, z, L, gz, gz, gz * x, gz * w, gz))}


def single_neuron(x, w, b, y):
    xt, wt = T(x), T(w)
    z = torch.dot(xt, wt) + b
    a = torch.sigmoid(z)
    ga = a - y
    slope = a * (1 - a)
    gz = ga * slope
    res = {n: v.item() for n, v in zip('z a L dL_da da_dz dL_dz dL_db'.split(), (z, a, ga ** 2 / 2, ga, slope, gz, gz))}
    res['dL_dw'] = A(gz * xt)
    return res


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = A(torch.randn(hidden_size, input_size, dtype=D) * 0.1)
        self.b1 = A(torch.zeros(hidden_size, 1, dtype=D))
        self.W2 = A(torch.randn(output_size, hidden_size, dtype=D) * 0.1)
        self.b2 = A(torch.zeros(output_size, 1, dtype=D))

    def relu(self, Z):
        return A(torch.relu(T(Z)))

    def relu_derivative(self, Z):
        return A((T(Z) > 0).to(D))

    def sigmoid(self, Z):
        return A(torch.sigmoid(T(Z)))

    def sigmoid_derivative(self, Z):
        s = torch.sigmoid(T(Z))
        return A(s * (1 - s))

    def forward(self, X):
        x, w1, c1, w2, c2 = map(T, (X, self.W1, self.b1, self.W2, self.b2))
        z1 = torch.addmm(c1, w1, x)
        a1 = z1.relu()
        z2 = torch.addmm(c2, w2, a1)
        a2 = z2.sigmoid()
        cache = {'X': X, 'Z1': A(z1), 'A1': A(a1), 'Z2': A(z2), 'A2': A(a2)}
        return cache['A2'], cache

    def compute_loss(self, Y, A2):
        p = T(A2).clamp(1e-15, 1 - 1e-15)
        y = T(Y)
        return torch.nn.functional.binary_cross_entropy(p, y, reduction='sum').item() / y.size(1)

    def backward(self, Y, cache):
        x, z1, a1, a2 = (T(cache[k]) for k in ('X', 'Z1', 'A1', 'A2'))
        g2 = (a2 - T(Y)) / a2.size(1)
        g1 = (T(self.W2).t() @ g2).masked_fill(z1 <= 0, 0.0)
        return {'dW1': A(g1 @ x.t()), 'db1': A(g1.sum(1, keepdim=True)), 'dW2': A(g2 @ a1.t()), 'db2': A(g2.sum(1, keepdim=True))}

    def update_parameters(self, gradients):
        for n in ('W1', 'b1', 'W2', 'b2'):
            new = T(getattr(self, n)).sub_(T(gradients['d' + n]), alpha=self.learning_rate)
            setattr(self, n, A(new))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        running = []
        for it in range(num_iterations):
            out, cache = self.forward(X)
            running.append(self.compute_loss(Y, out))
            if it % print_every == 0:
                print(f'[{it:5d}/{num_iterations}] loss: {running[-1]:.3f}')
            self.update_parameters(self.backward(Y, cache))
        return running

    def predict(self, X):
        return A((T(self.forward(X)[0]) > 0.5).long())


def _finite_diff(nn, X, Y, n, flat_ids, eps):
    p = getattr(nn, n)
    out = torch.empty(len(flat_ids), dtype=D)
    for k, i in enumerate(flat_ids):
        i = np.unravel_index(i, p.shape)
        v = p[i]
        p[i] = v + eps
        hi = nn.compute_loss(Y, nn.forward(X)[0])
        p[i] = v - eps
        lo = nn.compute_loss(Y, nn.forward(X)[0])
        p[i] = v
        out[k] = float((hi - lo) / (2 * eps))
    return out


def _discrepancy(nn, X, Y, eps, how_many):
    grads = nn.backward(Y, nn.forward(X)[1])
    res = {}
    for n in ('W1', 'b1', 'W2', 'b2'):
        ids = torch.randperm(getattr(nn, n).size, generator=torch.Generator().manual_seed(0)).tolist()[:how_many]
        num = _finite_diff(nn, X, Y, n, ids, eps)
        ana = T(grads['d' + n]).flatten()[ids]
        size = num.norm() + ana.norm()
        res[n] = ((num - ana).norm() / size).item() if size > 0 else 0.0
    return res


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _discrepancy(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _discrepancy(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        s = [input_size, hidden1_size, hidden2_size, output_size]
        for l in (1, 2, 3):
            setattr(self, f'W{l}', A(torch.randn(s[l], s[l - 1], dtype=D) * 0.1))
            setattr(self, f'b{l}', A(torch.zeros(s[l], 1, dtype=D)))

    def forward(self, X):
        cache, h = {'X': X}, T(X)
        for l, act in ((1, torch.relu), (2, torch.relu), (3, torch.sigmoid)):
            z = T(getattr(self, f'W{l}')) @ h + T(getattr(self, f'b{l}'))
            h = act(z)
            cache[f'Z{l}'], cache[f'A{l}'] = A(z), A(h)
        return cache['A3'], cache

    compute_loss = NeuralNetworkWithBackprop.compute_loss

    def backward(self, Y, cache):
        c = {k: T(v) for k, v in cache.items()}
        g3 = (c['A3'] - T(Y)) / c['A3'].size(1)
        g2 = (T(self.W3).t() @ g3).masked_fill(c['Z2'] <= 0, 0.0)
        g1 = (T(self.W2).t() @ g2).masked_fill(c['Z1'] <= 0, 0.0)
        res = {}
        for l, g, inp in ((1, g1, c['X']), (2, g2, c['A1']), (3, g3, c['A2'])):
            res[f'dW{l}'], res[f'db{l}'] = A(g @ inp.t()), A(g.sum(1, keepdim=True))
        return res

    def update_parameters(self, gradients):
        for k, g in gradients.items():
            setattr(self, k[1:], A(T(getattr(self, k[1:])).sub_(T(g), alpha=self.learning_rate)))

    train = NeuralNetworkWithBackprop.train
    predict = NeuralNetworkWithBackprop.predict


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * d * x1, 2 * s * x2 - 2 * d * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = [torch.tensor(v, dtype=D, requires_grad=True) for v in (w1, w2)]
    s = w[0] * x1 + w[1] * x2
    d = w[0] * x1 - w[1] * x2
    L = s.square() + d.square()
    L.backward(gradient=L.detach())
    return w[0].grad, w[1].grad


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=D, requires_grad=True) for v in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    y.backward()
    return tuple(l.grad for l in leaves)


def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator)
    with torch.no_grad():
        p = p * scale
    p.requires_grad_(True)
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = {n: torch.nn.Parameter(p.clone()) for n, p in zip(('W1', 'b1', 'W2', 'b2'), (W1, b1, W2, b2))}
    running = []
    for it in range(num_iterations):
        h = torch.relu(params['W1'] @ X + params['b1'])
        out = torch.sigmoid(params['W2'] @ h + params['b2'])
        loss = torch.nn.functional.mse_loss(out, Y, reduction='mean')
        running.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in params.values():
                p.add_(p.grad, alpha=-learning_rate)
                p.grad.zero_()
    return running


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
