import numpy as np
import torch

EPS = 1e-12
PARAMS2 = ("W1", "b1", "W2", "b2")
PARAMS3 = PARAMS2 + ("W3", "b3")


def logistic(t):
    return 1.0 / (1.0 + np.exp(-t))


def chain_rule(x):
    u = 2 * x + 1
    return {
        "u": u,
        "f": u ** 3,
        "du_dx": 2,
        "df_du": 3 * u ** 2,
        "df_dx": 3 * u ** 2 * 2,
    }


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    g = 2 * z
    return {
        "a": a,
        "z": z,
        "L": z * z,
        "dL_dz": g,
        "dL_da": g,
        "dL_dw": g * x,
        "dL_dx": g * w,
        "dL_db": g,
    }


def single_neuron(x, w, b, y):
    z = w @ x + b
    a = logistic(z)
    err = a - y
    slope = a * (1 - a)
    delta = err * slope
    return {
        "z": z,
        "a": a,
        "L": 0.5 * err ** 2,
        "dL_da": err,
        "da_dz": slope,
        "dL_dz": delta,
        "dL_dw": delta * x,
        "dL_db": delta,
    }


def relu(z):
    return np.maximum(z, 0)


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def bce(y, p):
    p = np.clip(p, EPS, 1 - EPS)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / y.shape[1]


def init(rows, cols):
    return np.random.randn(rows, cols) * 0.1


def outer_mean(delta, a):
    return delta @ a.T / delta.shape[1]


def row_mean(delta):
    return delta.mean(axis=1, keepdims=True)


def descend(net, names, grads):
    for p in names:
        setattr(net, p, getattr(net, p) - net.learning_rate * grads["d" + p])


def fit(net, X, Y, steps, every):
    losses = []
    for t in range(steps):
        out, cache = net.forward(X)
        losses.append(net.compute_loss(Y, out))
        net.update_parameters(net.backward(Y, cache))
        if t % every == 0:
            print(t, losses[-1])
    return losses


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = init(hidden_size, input_size), np.zeros((hidden_size, 1))
        self.W2, self.b2 = init(output_size, hidden_size), np.zeros((output_size, 1))

    def relu(self, Z):
        return relu(Z)

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        return sigmoid(np.asarray(Z, dtype=float))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * self.sigmoid(-np.asarray(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        return bce(Y, A2)

    def backward(self, Y, cache):
        d2 = cache["A2"] - Y
        alive = cache["A1"] >= 0
        d1 = (self.W2.T @ d2) * alive
        return {
            "dW1": outer_mean(d1, cache["X"]),
            "db1": row_mean(d1),
            "dW2": outer_mean(d2, cache["A1"]),
            "db2": row_mean(d2),
        }

    def update_parameters(self, gradients):
        descend(self, PARAMS2, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def loss_of(nn, X, Y):
    return nn.compute_loss(Y, nn.forward(X)[0])


def slope(nn, X, Y, p, i, eps):
    keep = p.flat[i]
    p.flat[i] = keep + eps
    up = loss_of(nn, X, Y)
    p.flat[i] = keep - eps
    down = loss_of(nn, X, Y)
    p.flat[i] = keep
    return (up - down) / (2 * eps)


def rel(a, b):
    scale = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / scale if scale > 0 else 0.0


def compare(nn, X, Y, eps, limit):
    grads = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in PARAMS2:
        p = getattr(nn, name)
        where = range(p.size if limit is None else min(limit, p.size))
        num = np.array([slope(nn, X, Y, p, i, eps) for i in where])
        ana = np.array([grads["d" + name].flat[i] for i in where])
        result[name] = rel(ana, num)
    return result


def gradient_check(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = init(hidden1_size, input_size), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = init(hidden2_size, hidden1_size), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = init(output_size, hidden2_size), np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = relu(Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = sigmoid(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return bce(Y, A3)

    def backward(self, Y, cache):
        d3 = cache["A3"] - Y
        d2 = (self.W3.T @ d3) * (cache["Z2"] > 0)
        d1 = (self.W2.T @ d2) * (cache["Z1"] > 0)
        return {
            "dW1": outer_mean(d1, cache["X"]), "db1": row_mean(d1),
            "dW2": outer_mean(d2, cache["A1"]), "db2": row_mean(d2),
            "dW3": outer_mean(d3, cache["A2"]), "db3": row_mean(d3),
        }

    def update_parameters(self, gradients):
        descend(self, PARAMS3, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * x1 * (plus + minus), 2 * x2 * (plus - minus)


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
