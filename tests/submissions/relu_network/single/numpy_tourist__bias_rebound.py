import numpy as np, torch
from types import SimpleNamespace as NS

"""
self-taught; I keep the numbers of one pass in a namespace called 'p'
"""

def chain_rule(x):
    p = NS(u=2*x + 1)
    p.f = p.u ** 3
    p.du_dx = 2
    p.df_du = 3 * p.u ** 2
    p.df_dx = p.du_dx * p.df_du
    return vars(p)

def computational_graph(w, x, b):
    p = NS(a=w*x)
    p.z = p.a + b
    p.L = p.z ** 2
    p.dL_dz = 2 * p.z
    p.dL_da = p.dL_dz
    p.dL_dw = p.dL_da * x
    p.dL_dx = p.dL_da * w
    p.dL_db = p.dL_dz
    return vars(p)

def single_neuron(x, w, b, y):
    p = NS(z=np.vdot(w, x) + b)
    p.a = 1 / (1 + np.exp(-p.z))
    p.L = (p.a - y) ** 2 / 2
    p.dL_da = p.a - y
    p.da_dz = p.a * (1 - p.a)
    p.dL_dz = p.dL_da * p.da_dz
    p.dL_dw = p.dL_dz * np.asarray(x)
    p.dL_db = p.dL_dz
    return vars(p)

class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b1 = np.zeros(hidden_size).reshape(-1, 1)
        self.b2 = np.zeros(output_size).reshape(-1, 1)

    def relu(self, Z):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return np.maximum(np.sign(Z), 0).astype(float)

    def sigmoid(self, Z):
        return np.tanh(np.divide(Z, 2)) / 2 + 0.5

    def sigmoid_derivative(self, Z):
        return (1 - np.tanh(np.divide(Z, 2)) ** 2) / 4

    def forward(self, X):
        p = NS(X=X)
        p.Z1 = self.W1 @ p.X + self.b1
        p.A1 = self.relu(p.Z1)
        p.Z2 = self.W2 @ p.A1 + self.b2
        p.A2 = self.sigmoid(p.Z2)
        return p.A2, vars(p)

    def compute_loss(self, Y, A2):
        lo = 1e-15
        A = np.clip(A2, lo, 1 - lo)
        each = np.abs(Y * np.log(A) + (1 - Y) * np.log(1 - A))   # the logs are all negative
        return each.sum() / each.shape[1]

    def backward(self, Y, cache):
        p = NS(**cache)
        m = np.shape(Y)[1]
        e2 = (p.A2 - Y) / m
        e1 = self.W2.T @ e2 * self.relu_derivative(p.Z1)
        return dict(dW1=e1 @ p.X.T, db1=e1.sum(axis=1)[:, np.newaxis],
                    dW2=e2 @ p.A1.T, db2=e2.sum(axis=1)[:, np.newaxis])

    def update_parameters(self, gradients):
        g = NS(**gradients)
        for W, b, dW, db in [(self.W1, self.b1, g.dW1, g.db1), (self.W2, self.b2, g.dW2, g.db2)]:
            W -= self.learning_rate * dW
            b = b - self.learning_rate * db

    def train(self, X, Y, num_iterations=1000, print_every=100):
        curve = np.zeros(num_iterations)
        for t in range(num_iterations):
            out, cache = self.forward(X)
            curve[t] = self.compute_loss(Y, out)
            if t % print_every == 0:
                print(t, curve[t])
            self.update_parameters(self.backward(Y, cache))
        return list(curve)

    def predict(self, X):
        return np.where(self.forward(X)[0] > .5, 1, 0)

def _numeric(nn, X, Y, name, where, eps):
    keep = getattr(nn, name)
    def at(delta):
        moved = keep + np.zeros(keep.shape)
        moved[where] += delta
        setattr(nn, name, moved)
        value = nn.compute_loss(Y, nn.forward(X)[0])
        setattr(nn, name, keep)
        return value
    return (at(eps) - at(-eps)) / (2 * eps)

def _relative(a, n):
    a, n = np.array(a), np.array(n)
    top, bottom = np.linalg.norm(a - n), np.linalg.norm(a) + np.linalg.norm(n)
    return top / bottom if bottom > 0 else 0.

def gradient_check(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        shape = np.shape(getattr(nn, name))
        n = int(np.prod(shape))
        spots = [np.unravel_index(i, shape) for i in np.random.default_rng(n).permutation(n)[:10]]
        out[name] = _relative([g['d' + name][s] for s in spots], [_numeric(nn, X, Y, name, s, epsilon) for s in spots])
    return out

def gradient_check_all(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        spots = list(np.ndindex(getattr(nn, name).shape))
        out[name] = _relative([g['d' + name][s] for s in spots], [_numeric(nn, X, Y, name, s, epsilon) for s in spots])
    return out

class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b1 = np.zeros(hidden1_size).reshape(-1, 1)
        self.b2 = np.zeros(hidden2_size).reshape(-1, 1)
        self.b3 = np.zeros(output_size).reshape(-1, 1)

    def forward(self, X):
        p = NS(X=X)
        p.Z1 = self.W1 @ p.X + self.b1
        p.A1 = np.clip(p.Z1, 0, None)
        p.Z2 = self.W2 @ p.A1 + self.b2
        p.A2 = np.clip(p.Z2, 0, None)
        p.Z3 = self.W3 @ p.A2 + self.b3
        p.A3 = np.tanh(p.Z3 / 2) / 2 + 0.5
        return p.A3, vars(p)

    def compute_loss(self, Y, A3):
        lo = 1e-15
        A = np.clip(A3, lo, 1 - lo)
        each = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
        return each.sum() / each.shape[1]

    def backward(self, Y, cache):
        p = NS(**cache)
        m = np.shape(Y)[1]
        e3 = (p.A3 - Y) / m
        e2 = self.W3.T @ e3 * (p.Z2 > 0)
        e1 = self.W2.T @ e2 * (p.Z1 > 0)
        return dict(dW1=e1 @ p.X.T, db1=e1.sum(axis=1)[:, np.newaxis],
                    dW2=e2 @ p.A1.T, db2=e2.sum(axis=1)[:, np.newaxis],
                    dW3=e3 @ p.A2.T, db3=e3.sum(axis=1)[:, np.newaxis])

    def update_parameters(self, gradients):
        g = NS(**gradients)
        eta = self.learning_rate
        self.W1 -= eta * g.dW1; self.b1 -= eta * g.db1
        self.W2 -= eta * g.dW2; self.b2 -= eta * g.db2
        self.W3 -= eta * g.dW3; self.b3 -= eta * g.db3

    def train(self, X, Y, num_iterations=1000, print_every=100):
        curve = np.zeros(num_iterations)
        for t in range(num_iterations):
            out, cache = self.forward(X)
            curve[t] = self.compute_loss(Y, out)
            if t % print_every == 0:
                print(t, curve[t])
            self.update_parameters(self.backward(Y, cache))
        return list(curve)

    def predict(self, X):
        return np.where(self.forward(X)[0] > .5, 1, 0)

def two_squares(w1, w2, x1, x2):
    return 4 * w1 * x1**2, 4 * w2 * x2**2   # the mixed terms cancel

def two_squares_autograd(w1, w2, x1, x2):
    t = NS(w1=torch.tensor(w1, dtype=torch.float64, requires_grad=True),
           w2=torch.tensor(w2, dtype=torch.float64, requires_grad=True))
    L = (t.w1 * x1 + t.w2 * x2) ** 2 + (t.w1 * x1 - t.w2 * x2) ** 2
    L.backward()
    return t.w1.grad.item(), t.w2.grad.item()

def autograd_linear(x, w, b):
    t = NS(**{k: torch.tensor(v, dtype=torch.float64, requires_grad=True) for k, v in dict(x=x, w=w, b=b).items()})
    (t.w * t.x + t.b).backward()
    return t.x.grad.item(), t.w.grad.item(), t.b.grad.item()

def leaf_parameters(shape, scale, generator):
    start = torch.randn(*shape, generator=generator)
    start *= scale
    start.requires_grad_()
    return start

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    mine = [q.clone() for q in (W1, b1, W2, b2)]
    curve = []
    for t in range(num_iterations):
        for q in mine:
            q.requires_grad_(); q.grad = None
        A2 = torch.sigmoid(mine[2] @ torch.clamp(mine[0] @ X + mine[1], min=0) + mine[3])
        loss = torch.square(A2 - Y).mean()
        loss.backward()
        curve.append(loss.item())
        with torch.no_grad():
            for q in mine:
                q -= learning_rate * q.grad
    return curve

def gradient_flow(model, X, Y):
    linear = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    for q in model.parameters():
        q.grad = None
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item() for layer in linear]
