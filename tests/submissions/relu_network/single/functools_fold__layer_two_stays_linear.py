from functools import partial, reduce

import numpy as np
import torch


def chain_rule(x):
    u, du_dx = 2 * x + 1, 2
    f, df_du = u ** 3, 3 * u ** 2
    df_dx = df_du * du_dx
    return dict(f=f, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_dx)


def computational_graph(w, x, b):
    a = w * x; z = a + b; L = z ** 2
    dL_dz = 2 * z
    dL_da = dL_db = dL_dz
    dL_dw, dL_dx = dL_da * x, dL_da * w
    return dict(a=a, z=z, L=L, dL_dz=dL_dz, dL_da=dL_da, dL_dw=dL_dw, dL_dx=dL_dx, dL_db=dL_db)


def single_neuron(x, w, b, y):
    z = float(np.dot(x, w)) + b
    a = 1 / (1 + np.exp(-z))
    dL_da, da_dz = -(y - a), a * (1 - a)
    dL_dz = dL_db = dL_da * da_dz
    return dict(z=z, a=a, L=(y - a) ** 2 / 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dz * x, dL_db=dL_db)


clip01 = partial(np.clip, a_min=1e-15, a_max=1 - 1e-15)
rect = partial(np.maximum, 0)
colsum = partial(np.sum, axis=1, keepdims=True)


def squash(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def cross_entropy(y, p):
    p = clip01(p)
    return -(y * np.log(p) + (1 - y) * np.log1p(-p)).sum() / y.shape[1]


def step(net, grads):
    for key, g in grads.items():
        setattr(net, key[1:], getattr(net, key[1:]) - net.learning_rate * g)


def descend(net, X, Y, n, every):
    def once(losses, i):
        out, cache = net.forward(X)
        loss = net.compute_loss(Y, out)
        if i % every == 0:
            print(i, loss)
        net.update_parameters(net.backward(Y, cache))
        return losses + [loss]
    return reduce(once, range(n), [])


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        draw = lambda *shape: np.random.standard_normal(shape) / 10
        self.W1, self.b1 = draw(hidden_size, input_size), np.zeros((hidden_size, 1))
        self.W2, self.b2 = draw(output_size, hidden_size), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return rect(Z)

    def relu_derivative(self, Z):
        return np.sign(rect(Z)).astype(float)

    def sigmoid(self, Z):
        return squash(Z)

    def sigmoid_derivative(self, Z):
        return squash(Z) * squash(-np.asarray(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = rect(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = squash(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        return cross_entropy(Y, A2)

    def backward(self, Y, cache):
        e2 = (cache["A2"] - Y) / Y.shape[1]
        e1 = self.W2.T @ e2 * self.relu_derivative(cache["Z1"])
        return dict(dW1=e1 @ cache["X"].T, db1=colsum(e1), dW2=e2 @ cache["A1"].T, db2=colsum(e2))

    def update_parameters(self, gradients):
        step(self, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return descend(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5) * 1


def nudge(nn, X, Y, theta, eps, idx):
    kept = theta[idx]

    def at(value):
        theta[idx] = value
        return nn.compute_loss(Y, nn.forward(X)[0])

    diff = at(kept + eps) - at(kept - eps)
    theta[idx] = kept
    return diff / (2 * eps)


def check(nn, X, Y, epsilon, pick):
    grads = nn.backward(Y, nn.forward(X)[1])

    def one(name):
        theta = getattr(nn, name)
        spots = pick(list(np.ndindex(theta.shape)))
        num = np.array(list(map(partial(nudge, nn, X, Y, theta, epsilon), spots)))
        ana = np.array([grads["d" + name][s] for s in spots])
        return np.linalg.norm(ana - num) / max(np.linalg.norm(ana), np.linalg.norm(num), 1e-100)

    return {name: one(name) for name in ("W1", "b1", "W2", "b2")}


def gradient_check(nn, X, Y, epsilon=1e-05):
    return check(nn, X, Y, epsilon, lambda spots: spots[:10])


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return check(nn, X, Y, epsilon, lambda spots: spots)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        draw = lambda *shape: np.random.standard_normal(shape) / 10
        self.W1, self.b1 = draw(hidden1_size, input_size), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = draw(hidden2_size, hidden1_size), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = draw(output_size, hidden2_size), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        layers = [(self.W1, self.b1, rect), (self.W2, self.b2, lambda z: z), (self.W3, self.b3, squash)]

        def apply(trail, layer):
            W, b, f = layer
            z = W @ trail[-1] + b
            return trail + [z, f(z)]

        trail = reduce(apply, layers, [X])
        return trail[-1], dict(zip(("X", "Z1", "A1", "Z2", "A2", "Z3", "A3"), trail))

    def compute_loss(self, Y, A3):
        return cross_entropy(Y, A3)

    def backward(self, Y, cache):
        e3 = (cache["A3"] - Y) / Y.shape[1]
        e2 = self.W3.T @ e3 * (cache["Z2"] > 0)
        e1 = self.W2.T @ e2 * (cache["Z1"] > 0)
        grads = {}
        for i, (e, a) in enumerate(((e1, cache["X"]), (e2, cache["A1"]), (e3, cache["A2"])), 1):
            grads[f"dW{i}"], grads[f"db{i}"] = e @ a.T, colsum(e)
        return grads

    def update_parameters(self, gradients):
        step(self, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return descend(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5) * 1


def two_squares(w1, w2, x1, x2):
    u, v = w1 * x1, w2 * x2
    dL_du = 2 * (u + v) + 2 * (u - v)
    dL_dv = 2 * (u + v) - 2 * (u - v)
    return dL_du * x1, dL_dv * x2


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(float(w1), dtype=torch.float64, requires_grad=True)
    b = torch.tensor(float(w2), dtype=torch.float64, requires_grad=True)
    loss = (a * x1 + b * x2).pow(2) + (a * x1 - b * x2).pow(2)
    return torch.autograd.grad(loss, (a, b))


def autograd_linear(x, w, b):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in (x, w, b)]
    out = leaves[1] * leaves[0] + leaves[2]
    return torch.autograd.grad(out, leaves)


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
    history = []
    for _ in range(num_iterations):
        hidden = (params[0] @ X + params[1]).clamp(min=0)
        output = (params[2] @ hidden + params[3]).sigmoid()
        loss = (output - Y).square().mean()
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p.sub_(learning_rate * g)
        history.append(loss.item())
    return history


def gradient_flow(model, X, Y):
    linears = [m for m in model.modules() if isinstance(m, torch.nn.Linear)]
    loss = torch.nn.BCELoss()(model(X), Y)
    grads = torch.autograd.grad(loss, [m.weight for m in linears])
    return [g.abs().mean().item() for g in grads]
