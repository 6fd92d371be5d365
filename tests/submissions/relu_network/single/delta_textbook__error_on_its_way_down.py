"""Backpropagation in the notation of the textbook: the error delta^l, four equations."""
import numpy as np
import torch

PARAMS = ("W1", "b1", "W2", "b2")


def _logistic(z):
    """Stable on both sides."""
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def _cross_entropy(y, a):
    a = np.clip(a, 1e-13, 1.0 - 1e-13)
    return -(y * np.log(a) + (1 - y) * np.log1p(-a)).sum() / y.shape[1]


def chain_rule(x):
    u = 2 * x + 1
    du_dx, df_du = 2, 3 * u ** 2
    return dict(f=u ** 3, u=u, du_dx=du_dx, df_du=df_du, df_dx=du_dx * df_du)


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    delta = 2 * z
    return dict(a=a, z=z, L=z ** 2, dL_dz=delta, dL_da=delta, dL_dw=delta * x, dL_dx=delta * w, dL_db=delta)


def single_neuron(x, w, b, y):
    z = w @ x + b
    a = _logistic(z)
    slope = a * (1 - a)
    delta = (a - y) * slope
    return dict(z=z, a=a, L=(y - a) ** 2 / 2, dL_da=a - y, da_dz=slope, dL_dz=delta, dL_dw=delta * x, dL_db=delta)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1 = rng.normal(0, 0.1, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = rng.normal(0, 0.1, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return (np.abs(Z) + Z) / 2

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        return _logistic(Z)

    def sigmoid_derivative(self, Z):
        return _logistic(Z) * _logistic(-np.asarray(Z, dtype=float))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        return _cross_entropy(Y, A2)

    def backward(self, Y, cache):
        m = Y.shape[1]
        delta2 = (cache["A2"] - Y) / m                                        # BP1
        delta1 = self.relu_derivative(cache["Z1"]) * (self.W2.T @ delta2)     # BP2
        return dict(
            db1=delta1.sum(axis=1, keepdims=True),                            # BP3
            db2=delta2.sum(axis=1, keepdims=True),
            dW1=delta1 @ cache["X"].T,                                        # BP4
            dW2=delta2 @ cache["A1"].T,
        )

    def update_parameters(self, gradients):
        eta = self.learning_rate
        for p in PARAMS:
            setattr(self, p, getattr(self, p) - eta * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        cost = np.empty(num_iterations)
        for t in range(num_iterations):
            a, cache = self.forward(X)
            cost[t] = self.compute_loss(Y, a)
            if t % print_every == 0:
                print(t, cost[t])
            self.update_parameters(self.backward(Y, cache))
        return cost.tolist()

    def predict(self, X):
        a, _ = self.forward(X)
        return np.greater(a, 0.5).astype(int)


def _check(nn, X, Y, epsilon, limit):
    nabla = nn.backward(Y, nn.forward(X)[1])
    cost = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    result = {}
    for p in PARAMS:
        theta = getattr(nn, p)
        a, n = [], []
        for i in list(np.ndindex(theta.shape))[:limit]:
            kept = theta[i]
            theta[i] = kept + epsilon
            c_plus = cost()
            theta[i] = kept - epsilon
            c_minus = cost()
            theta[i] = kept
            n.append((c_plus - c_minus) / (2 * epsilon))
            a.append(nabla["d" + p][i])
        a, n = np.array(a), np.array(n)
        scale = max(np.abs(a).max(), np.abs(n).max())
        result[p] = np.abs(a - n).max() / scale if scale else 0.0
    return result


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1 = rng.normal(0, 0.1, (hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = rng.normal(0, 0.1, (hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = rng.normal(0, 0.1, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = _logistic(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return _cross_entropy(Y, A3)

    def backward(self, Y, cache):
        m = Y.shape[1]
        delta3 = (cache["A3"] - Y) / m
        back2 = self.W3.T @ delta3
        delta2 = np.heaviside(cache["Z2"], 0.0) * back2
        back1 = self.W2.T @ back2
        delta1 = np.heaviside(cache["Z1"], 0.0) * back1
        return dict(
            dW1=delta1 @ cache["X"].T, db1=delta1.sum(axis=1, keepdims=True),
            dW2=delta2 @ cache["A1"].T, db2=delta2.sum(axis=1, keepdims=True),
            dW3=delta3 @ cache["A2"].T, db3=delta3.sum(axis=1, keepdims=True),
        )

    def update_parameters(self, gradients):
        eta = self.learning_rate
        for p in PARAMS + ("W3", "b3"):
            setattr(self, p, getattr(self, p) - eta * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        cost = np.empty(num_iterations)
        for t in range(num_iterations):
            a, cache = self.forward(X)
            cost[t] = self.compute_loss(Y, a)
            if t % print_every == 0:
                print(t, cost[t])
            self.update_parameters(self.backward(Y, cache))
        return cost.tolist()

    def predict(self, X):
        a, _ = self.forward(X)
        return np.greater(a, 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * p * x1 + 2 * q * x1, 2 * p * x2 - 2 * q * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = [torch.tensor(float(v), dtype=torch.double, requires_grad=True) for v in (w1, w2)]
    L = (w[0] * x1 + w[1] * x2).square() + (w[0] * x1 - w[1] * x2).square()
    return torch.autograd.grad(L, w)


def autograd_linear(x, w, b):
    leaves = [torch.tensor(float(v), dtype=torch.double, requires_grad=True) for v in (x, w, b)]
    return torch.autograd.grad(leaves[1] * leaves[0] + leaves[2], leaves)


def leaf_parameters(shape, scale, generator):
    theta = torch.randn(*shape, generator=generator)
    theta.mul_(scale)
    return theta.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]
    cost = []
    for _ in range(num_iterations):
        a = torch.sigmoid(theta[2] @ (theta[0] @ X + theta[1]).clamp(min=0) + theta[3])
        C = (a - Y).square().mean()
        cost.append(C.item())
        nabla = torch.autograd.grad(C, theta)
        with torch.no_grad():
            for t, g in zip(theta, nabla):
                t.sub_(learning_rate * g)
    return cost


def gradient_flow(model, X, Y):
    weights = [l.weight for l in model.modules() if isinstance(l, torch.nn.Linear)]
    C = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(C, weights)]
