# Numerics lover's version

import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    return {
        "u": u,
        "f": u ** 3,
        "du_dx": 2,
        "df_du": 3 * u ** 2,
        "df_dx": 6 * u ** 2,
    }


def computational_graph(w, x, b):
    z = w * x + b
    return {
        "a": w * x,
        "z": z,
        "L": z ** 2,
        "dL_dz": 2 * z,
        "dL_da": 2 * z,
        "dL_dw": 2 * z * x,
        "dL_dx": 2 * z * w,
        "dL_db": 2 * z,
    }


def single_neuron(x, w, b, y):
    z = (w * x).sum() + b
    a = (1 + np.exp(-z)) ** -1
    return {
        "z": z,
        "a": a,
        "L": 0.5 * (a - y) ** 2,
        "dL_da": a - y,
        "da_dz": a * (1 - a),
        "dL_dz": (a - y) * a * (1 - a),
        "dL_db": (a - y) * a * (1 - a),
        "dL_dw": (a - y) * a * (1 - a) * x,
    }


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        (self.W1, self.b1), (self.W2, self.b2) = (
            (np.random.randn(o, i) / 10, np.zeros((o, 1)))
            for i, o in ((input_size, hidden_size), (hidden_size, output_size)))
        self.learning_rate = learning_rate

    def relu(self, Z):
        Z = np.asarray(Z)
        return np.fmax(Z, np.zeros_like(Z))

    def relu_derivative(self, Z):
        return np.asarray(np.asarray(Z) > 0, dtype=np.float64)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=np.float64)
        small = np.exp(np.minimum(Z, 0))
        return small / (small + np.exp(np.minimum(-Z, 0)))

    def sigmoid_derivative(self, Z):
        return (lambda a: a * (1.0 - a))(self.sigmoid(Z))

    def forward(self, X):
        A1 = self.relu(Z1 := self.W1 @ X + self.b1)
        A2 = self.sigmoid(Z2 := self.W2 @ A1 + self.b2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        A2 = np.clip(A2, 1e-15, 1.0 - 1e-15)
        return np.sum(-Y * np.log(A2) - (1.0 - Y) * np.log(1.0 - A2)) / A2.shape[1]

    def backward(self, Y, cache):
        m = cache["X"].shape[1]
        # dL/dA2, and then through the sigmoid; where A2 is 0 or 1 the product is A2 - Y
        dZ2 = np.subtract(cache["A2"], Y)
        dZ2 /= m
        dZ1 = self.W2.T @ dZ2
        np.multiply(dZ1, self.relu_derivative(cache["Z1"]), out=dZ1)
        return dict(dW1=dZ1 @ cache["X"].T, db1=np.add.reduce(dZ1, axis=1, keepdims=True),
                    dW2=dZ2 @ cache["A1"].T, db2=np.add.reduce(dZ2, axis=1, keepdims=True))

    def update_parameters(self, gradients):
        for n in "W1 b1 W2 b2".split():
            self.__dict__[n] = self.__dict__[n] - self.learning_rate * gradients[f"d{n}"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        log = []
        i = 0
        while i < num_iterations:
            A2, cache = self.forward(X)
            log.append(self.compute_loss(Y, A2))
            if print_every and i % print_every == 0:
                print("{:>6d} {:.4f}".format(i, log[-1]))
            self.update_parameters(self.backward(Y, cache))
            i += 1
        return log

    def predict(self, X):
        return (self.forward(X)[0] > 0.5) * 1


def gradient_check(nn, X, Y, epsilon=1e-05):
    # Richardson: two central differences, the second with half the step
    grads = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        p = getattr(nn, name)
        numbers = np.random.permutation(p.size)[:10]
        estimates = np.zeros(len(numbers))
        for pos, number in enumerate(numbers):
            spot = np.unravel_index(number, p.shape)
            value = p[spot]
            quotient = []
            for h in (4 * epsilon, 2 * epsilon):
                p[spot] = value + h
                up = nn.compute_loss(Y, nn.forward(X)[0])
                p[spot] = value - h
                down = nn.compute_loss(Y, nn.forward(X)[0])
                quotient.append((up - down) / (2 * h))
            p[spot] = value
            estimates[pos] = (4 * quotient[1] - quotient[0]) / 3
        exact = grads["d" + name].ravel()[numbers]
        total = np.linalg.norm(exact) + np.linalg.norm(estimates)
        errors[name] = np.linalg.norm(exact - estimates) / total if total > 0 else 0.0
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        p = getattr(nn, name)
        estimates = np.zeros_like(p)
        for spot in np.ndindex(p.shape):
            value = p[spot]
            p[spot] = value + epsilon
            up = nn.compute_loss(Y, nn.forward(X)[0])
            p[spot] = value - epsilon
            down = nn.compute_loss(Y, nn.forward(X)[0])
            p[spot] = value
            estimates[spot] = (up - down) / (2 * epsilon)
        exact = grads["d" + name]
        total = np.linalg.norm(exact) + np.linalg.norm(estimates)
        errors[name] = np.linalg.norm(exact - estimates) / total if total > 0 else 0.0
    return errors


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.depth = 3
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for l in range(1, self.depth + 1):
            setattr(self, f"W{l}", np.random.randn(dims[l], dims[l - 1]) * 0.1)
            setattr(self, f"b{l}", np.zeros((dims[l], 1)))

    def forward(self, X):
        cache, A = {"X": X}, X
        for l in range(1, self.depth + 1):
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = np.where(Z > 0, Z, 0) if l < self.depth else 0.5 + 0.5 * np.tanh(Z / 2)
            cache[f"Z{l}"], cache[f"A{l}"] = Z, A
        return A, cache

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-14, 1 - 1e-14)
        return float(-(Y * np.log(P) + (1 - Y) * np.log1p(-P)).sum(axis=0).mean())

    def backward(self, Y, cache):
        grads = {}
        sensitivity = (cache["A3"] - Y) / Y.shape[1]
        for l in range(self.depth, 0, -1):
            below = cache[f"A{l - 1}"] if l > 1 else cache["X"]
            grads[f"dW{l}"] = sensitivity @ below.T
            grads[f"db{l}"] = sensitivity.sum(axis=1, keepdims=True)
            if l > 1:
                sensitivity = (getattr(self, f"W{l}").T @ sensitivity) * np.heaviside(cache[f"Z{l - 1}"], 0)
        return grads

    def update_parameters(self, gradients):
        for key, g in gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        tracked = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            tracked.append(self.compute_loss(Y, out))
            if print_every and step % print_every == 0:
                print(step, tracked[-1])
            self.update_parameters(self.backward(Y, cache))
        return tracked

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    A = w1*x1 + w2*x2
    B = w1*x1 - w2*x2
    dL_dA = 2*A
    dL_dB = 2*B
    g1 = dL_dA*x1 + dL_dB*x1
    g2 = dL_dA*x2 + dL_dB*x2
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
    loss_list = []
    n_el = Y.numel()
    for it in range(num_iterations):
        Z1 = torch.mm(W1, X) + b1
        A1 = torch.relu(Z1)
        Z2 = torch.mm(W2, A1) + b2
        A2 = torch.sigmoid(Z2)
        loss = torch.sum((A2 - Y)**2)/n_el
        loss_list.append(loss.item())
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
    return loss_list


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
