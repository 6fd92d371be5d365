import numpy as np, torch
from torch import nn as N
r, s = (lambda z: np.maximum(z, 0)), (lambda z: 1 / (1 + np.exp(-np.asarray(z, float))))
c = lambda p: np.clip(p, 1e-15, 1 - 1e-15)
K = ["W1", "b1", "W2", "b2"]

def chain_rule(x): u = 2*x + 1; return dict(f=u**3, u=u, du_dx=2, df_du=3*u**2, df_dx=6*u**2)

def computational_graph(w, x, b): z = w*x + b; return dict(a=w*x, z=z, L=z*z, dL_dz=2*z, dL_da=2*z, dL_dw=2*z*x, dL_dx=2*z*w, dL_db=2*z)

def single_neuron(x, w, b, y):
    z = w @ x + b; a = s(z); e = a - y; q = a*(1 - a)
    return dict(z=z, a=a, L=e*e/2, dL_da=e, da_dz=q, dL_dz=e*q, dL_db=e*q, dL_dw=e*q*x)

class NeuralNetworkWithBackprop:
    def __init__(o, input_size, hidden_size, output_size, learning_rate=0.01):
        o.W1, o.b1, o.W2, o.b2 = .1*np.random.randn(hidden_size, input_size), np.zeros((hidden_size, 1)), .1*np.random.randn(output_size, hidden_size), np.zeros((output_size, 1))
        o.learning_rate = learning_rate
    def relu(o, Z): return r(Z)
    def relu_derivative(o, Z): return 1.*(Z > 0)
    def sigmoid(o, Z): return s(Z)
    def sigmoid_derivative(o, Z): return s(Z)*(1 - s(Z))
    def forward(o, X): Z1 = o.W1@X + o.b1; A1 = r(Z1); Z2 = o.W2@A1 + o.b2; A2 = s(Z2); return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)
    def compute_loss(o, Y, A2): return -(Y*np.log(c(A2)) + (1 - Y)*np.log(1 - c(A2))).sum()/len(Y)
    def backward(o, Y, cache):
        d = (cache["A2"] - Y)/len(Y.T); e = o.W2.T@d*(cache["Z1"] > 0)
        return dict(dW1=e@cache["X"].T, db1=e.sum(1)[:, None], dW2=d@cache["A1"].T, db2=d.sum(1)[:, None])
    def update_parameters(o, gradients): [setattr(o, k, getattr(o, k) - o.learning_rate*gradients["d"+k]) for k in K]
    def train(o, X, Y, num_iterations=1000, print_every=100):
        L = []
        for i in range(num_iterations):
            p, q = o.forward(X); L.append(o.compute_loss(Y, p)); o.update_parameters(o.backward(Y, q))
            if i % print_every == 0: print(i, L[-1])
        return L
    def predict(o, X): return (o.forward(X)[0] > .5)+0

def _g(n, X, Y, k, i, h):
    P = getattr(n, k); v = P.flat[i]; t = []
    for w in (v + h, v - h): P.flat[i] = w; t.append(n.compute_loss(Y, n.forward(X)[0]))
    P.flat[i] = v
    return (t[0] - t[1])/(2*h)

def _e(a, b): n = np.linalg.norm; return n(a - b)/(n(a) + n(b)) if n(a) + n(b) else 0.

def gradient_check(nn, X, Y, epsilon=1e-05, most=10):
    G = nn.backward(Y, nn.forward(X)[1]); I = {k: np.random.permutation(getattr(nn, k).size)[:most] for k in K}
    return {k: _e(G["d"+k].flat[I[k]], np.array([_g(nn, X, Y, k, i, epsilon) for i in I[k]])) for k in K}

def gradient_check_all(nn, X, Y, epsilon=1e-05): return gradient_check(nn, X, Y, epsilon, most=None)

class ThreeLayerNetwork:
    def __init__(o, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        S = [input_size, hidden1_size, hidden2_size, output_size]; o.learning_rate = learning_rate
        for i in (1, 2, 3): o.__dict__.update({f"W{i}": .1*np.random.randn(S[i], S[i-1]), f"b{i}": np.zeros((S[i], 1))})
    def forward(o, X):
        Z1 = o.W1@X + o.b1; A1 = r(Z1); Z2 = o.W2@A1 + o.b2; A2 = r(Z2); Z3 = o.W3@A2 + o.b3; A3 = s(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)
    def compute_loss(o, Y, A3): return np.mean(-(Y*np.log(c(A3)) + (1 - Y)*np.log(1 - c(A3))).sum(0))
    def backward(o, Y, cache):
        d = (cache["A3"] - Y)/len(Y.T); e = o.W3.T@d*(cache["Z2"] > 0); f = o.W2.T@e*(cache["Z1"] > 0)
        return {f"d{p}{i}": q for i, t, u in ((1, f, "X"), (2, e, "A1"), (3, d, "A2")) for p, q in (("W", t@cache[u].T), ("b", t.sum(1)[:, None]))}
    def update_parameters(o, gradients): [setattr(o, k[1:], getattr(o, k[1:]) - o.learning_rate*gradients[k]) for k in gradients]
    train, predict = NeuralNetworkWithBackprop.train, NeuralNetworkWithBackprop.predict

def two_squares(w1, w2, x1, x2): p, m = w1*x1 + w2*x2, w1*x1 - w2*x2; return 2*p*x1 + 2*m*x1, 2*p*x2 - 2*m*x2

def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], requires_grad=True); p, q = w[0]*x1, w[1]*x2
    return tuple(torch.autograd.grad((p + q)**2 + (p - q)**2, w)[0])

def autograd_linear(x, w, b): t = torch.tensor([x, w, b], requires_grad=True); (t[0]*t[1] + t[2]).backward(); return tuple(t.grad)

def leaf_parameters(shape, scale, generator): return (torch.randn(*shape, generator=generator)*scale).requires_grad_()

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    T, L = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)], []
    for _ in range(num_iterations):
        l = (torch.sigmoid(T[2]@torch.relu(T[0]@X + T[1]) + T[3]) - Y).pow(2).mean(); L.append(l.item()); g = torch.autograd.grad(l, T)
        T = [(t - learning_rate*u).detach().requires_grad_() for t, u in zip(T, g)]
    return L

def gradient_flow(model, X, Y): model.zero_grad(); N.BCELoss()(model(X), Y).backward(); return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, N.Linear)]
