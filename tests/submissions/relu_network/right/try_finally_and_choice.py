"""My solutions for the backprop sheet."""

import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    # forward
    a = w * x
    z = a + b
    L = z ** 2
    # backward
    dL_dz = 2 * z
    dL_da = dL_dz * 1
    dL_db = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da,
            "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": dL_dz * x, "dL_db": dL_dz}


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


def _slope(nn, X, Y, array, where, step):
    kept = array[where]
    try:
        array[where] = kept + step
        above = nn.compute_loss(Y, nn.forward(X)[0])
        array[where] = kept - step
        below = nn.compute_loss(Y, nn.forward(X)[0])
    finally:
        array[where] = kept
    return (above - below) / (2 * step)


def _distance(analytic, numeric):
    size = np.linalg.norm(analytic) + np.linalg.norm(numeric)
    return np.linalg.norm(analytic - numeric) / size if size > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    rng = np.random.default_rng(0)
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        array = getattr(nn, name)
        chosen = rng.choice(array.size, size=min(10, array.size), replace=False)
        places = [np.unravel_index(c, array.shape) for c in chosen]
        analytic = np.array([grads["d" + name][p] for p in places])
        numeric = np.array([_slope(nn, X, Y, array, p, epsilon) for p in places])
        result[name] = _distance(analytic, numeric)
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        array = getattr(nn, name)
        numeric = np.zeros(array.shape)
        for where, _ in np.ndenumerate(array):
            numeric[where] = _slope(nn, X, Y, array, where, epsilon)
        result[name] = _distance(grads["d" + name], numeric)
    return result


def _logistic(z):
    return np.where(z < 0, np.exp(np.minimum(z, 0)), 1.0)/(1 + np.exp(-np.abs(z)))


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = 0.1*np.random.randn(hidden1_size, input_size)
        self.W2 = 0.1*np.random.randn(hidden2_size, hidden1_size)
        self.W3 = 0.1*np.random.randn(output_size, hidden2_size)
        self.b1, self.b2, self.b3 = [np.zeros((w.shape[0], 1)) for w in (self.W1, self.W2, self.W3)]
        self.learning_rate = learning_rate

    def forward(self, X):
        c = {'X': X}
        c['Z1'] = np.dot(self.W1, X) + self.b1
        c['A1'] = c['Z1']*(c['Z1'] > 0)
        c['Z2'] = np.dot(self.W2, c['A1']) + self.b2
        c['A2'] = c['Z2']*(c['Z2'] > 0)
        c['Z3'] = np.dot(self.W3, c['A2']) + self.b3
        c['A3'] = _logistic(c['Z3'])
        return c['A3'], c

    def compute_loss(self, Y, A3):
        m = A3.shape[1]
        A = np.clip(A3, 1e-15, 1 - 1e-15)
        ce = Y*np.log(A) + (1 - Y)*np.log(1 - A)
        return -1/m*np.sum(ce)

    def backward(self, Y, cache):
        m = Y.shape[1]
        out = {}
        d3 = cache['A3'] - Y
        out['dW3'] = 1/m*np.dot(d3, cache['A2'].T)
        out['db3'] = 1/m*np.sum(d3, axis=1, keepdims=True)
        d2 = np.dot(self.W3.T, d3)
        d2[cache['Z2'] <= 0] = 0
        out['dW2'] = 1/m*np.dot(d2, cache['A1'].T)
        out['db2'] = 1/m*np.sum(d2, axis=1, keepdims=True)
        d1 = np.dot(self.W2.T, d2)
        d1[cache['Z1'] <= 0] = 0
        out['dW1'] = 1/m*np.dot(d1, cache['X'].T)
        out['db1'] = 1/m*np.sum(d1, axis=1, keepdims=True)
        return out

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr*gradients['dW1']; self.b1 = self.b1 - lr*gradients['db1']
        self.W2 = self.W2 - lr*gradients['dW2']; self.b2 = self.b2 - lr*gradients['db2']
        self.W3 = self.W3 - lr*gradients['dW3']; self.b3 = self.b3 - lr*gradients['db3']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            costs.append(self.compute_loss(Y, A3))
            if print_every and it % print_every == 0:
                print('cost after %d iterations: %f' % (it, costs[-1]))
            self.update_parameters(self.backward(Y, cache))
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5)*1


def two_squares(w1, w2, x1, x2):
    # (p + q)^2 + (p - q)^2 = 2 p^2 + 2 q^2
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.double, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.double)
    p, q = w * x
    (grad,) = torch.autograd.grad((p + q).square() + (p - q).square(), w)
    return grad[0], grad[1]


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=torch.double, requires_grad=True) for v in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    return torch.autograd.grad(y, leaves)


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]

    def objective():
        pre = theta[0] @ X + theta[1]
        hidden = pre * (pre > 0)
        return (torch.sigmoid(theta[2] @ hidden + theta[3]) - Y).square().mean()

    history = []
    for _ in range(num_iterations):
        value = objective()
        history.append(float(value))
        grads = torch.autograd.grad(value, theta)
        theta = [(t - learning_rate * g).detach().requires_grad_() for t, g in zip(theta, grads)]
    return history


def gradient_flow(model, X, Y):
    weights = [layer.weight for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    loss = torch.nn.BCELoss()(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(loss, weights)]
