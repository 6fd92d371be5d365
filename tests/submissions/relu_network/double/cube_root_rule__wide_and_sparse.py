"""Backpropagation and its verification.

Finite differences: the truncation error of the central formula is h^2 |f'''| / 6, its rounding error about u |f| / h;
their sum is least near h = u^(1/3) (u: unit roundoff).
"""
import numpy as np
import torch

CLIP = 1e-14


# Part I: scalar exercises --------------------------------------------------------------------------------------------

def chain_rule(x):
    u = 2.0 * x + 1.0
    f = u ** 3
    du_dx, df_du = 2.0, 3.0 * u ** 2
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": du_dx * df_du}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    z_bar = 2.0 * z
    a_bar = b_bar = z_bar
    w_bar, x_bar = a_bar * x, a_bar * w
    return {"a": a, "z": z, "L": L, "dL_dz": z_bar, "dL_da": a_bar, "dL_dw": w_bar, "dL_dx": x_bar, "dL_db": b_bar}


def logistic(t):
    """1 / (1 + exp(-t)) = exp(-log(1 + exp(-t))), with logaddexp against overflow."""
    return np.exp(-np.logaddexp(0.0, -np.asarray(t, dtype=float)))


def single_neuron(x, w, b, y):
    z = np.vdot(w, x) + b
    a = logistic(z)
    residual = a - y
    sensitivity = a * (1.0 - a)
    z_bar = residual * sensitivity
    return {"z": z, "a": a, "L": 0.5 * residual ** 2, "dL_da": residual, "da_dz": sensitivity,
            "dL_dz": z_bar, "dL_dw": z_bar * x, "dL_db": z_bar}


# Part II: networks ---------------------------------------------------------------------------------------------------

def negative_log_likelihood(Y, P):
    P = np.clip(P, CLIP, 1.0 - CLIP)
    pointwise = Y * np.log(P) + (1.0 - Y) * np.log1p(-P)
    return -pointwise.sum() / pointwise.shape[1]


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.1, 0.1, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.uniform(-0.1, 0.1, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.fmax(Z, 0)

    def relu_derivative(self, Z):
        return np.asarray(np.sign(np.fmax(Z, 0)), dtype=float)

    def sigmoid(self, Z):
        return logistic(Z)

    def sigmoid_derivative(self, Z):
        s = logistic(Z)
        return s * (1.0 - s)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = logistic(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return negative_log_likelihood(Y, A2)

    def backward(self, Y, cache):
        m = Y.shape[1]
        R2 = (cache["A2"] - Y) / m
        R1 = self.relu_derivative(cache["Z1"]) * (self.W2.T @ R2)
        ones = np.ones((m, 1))
        return {"dW1": R1 @ cache["X"].T, "db1": R1 @ ones, "dW2": R2 @ cache["A1"].T, "db2": R2 @ ones}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for t in range(num_iterations):
            P, cache = self.forward(X)
            history.append(self.compute_loss(Y, P))
            if t % print_every == 0:
                print(f"t = {t}, L = {history[-1]:.10f}")
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        P, _ = self.forward(X)
        return (P > 0.5).astype(int)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.1, 0.1, (hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.uniform(-0.1, 0.1, (hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.uniform(-0.1, 0.1, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.fmax(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.fmax(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = logistic(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return negative_log_likelihood(Y, A3)

    def backward(self, Y, cache):
        m = Y.shape[1]
        R3 = (cache["A3"] - Y) / m
        R2 = np.where(cache["Z2"] > 0, self.W3.T @ R3, 0.0)
        R1 = np.where(cache["Z1"] > 0, self.W2.T @ R2, 0.0)
        ones = np.ones((m, 1))
        return {"dW1": R1 @ cache["X"].T, "db1": R1 @ ones,
                "dW2": R2 @ cache["A1"].T, "db2": R2 @ ones,
                "dW3": R3 @ cache["A2"].T, "db3": R3 @ ones}

    def update_parameters(self, gradients):
        for key, slope in gradients.items():
            theta = key.removeprefix("d")
            setattr(self, theta, getattr(self, theta) - self.learning_rate * slope)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for t in range(num_iterations):
            P, cache = self.forward(X)
            history.append(self.compute_loss(Y, P))
            if t % print_every == 0:
                print(f"t = {t}, L = {history[-1]:.10f}")
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        P, _ = self.forward(X)
        return (P > 0.5).astype(int)


# Part III: verification ----------------------------------------------------------------------------------------------

def loss_with(nn, X, Y, theta, index, value):
    before = theta[index]
    theta[index] = value
    P, _ = nn.forward(X)
    loss = nn.compute_loss(Y, P)
    theta[index] = before
    return loss


def relative_error(exact, approximate):
    exact, approximate = np.ravel(exact), np.ravel(approximate)
    size = np.sqrt(exact @ exact) + np.sqrt(approximate @ approximate)
    gap = exact - approximate
    return np.sqrt(gap @ gap) / size if size > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    exact = nn.backward(Y, cache)
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        picks = [np.unravel_index(k, theta.shape) for k in np.random.permutation(theta.size)[:10]]
        approximate = [
            (loss_with(nn, X, Y, theta, i, theta[i] + epsilon) - loss_with(nn, X, Y, theta, i, theta[i] - epsilon))
            / (2 * epsilon)
            for i in picks
        ]
        errors[name] = relative_error([exact["d" + name][i] for i in picks], approximate)
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    h = epsilon ** (1 / 3)                    # balances truncation and rounding
    _, cache = nn.forward(X)
    exact = nn.backward(Y, cache)
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        picks = [np.unravel_index(k, theta.shape) for k in range(min(theta.size, 10))]
        approximate = [
            (loss_with(nn, X, Y, theta, i, theta[i] + h) - loss_with(nn, X, Y, theta, i, theta[i] - h)) / (2 * h)
            for i in picks
        ]
        errors[name] = relative_error([exact["d" + name][i] for i in picks], approximate)
    return errors


# Part IV: automatic differentiation ----------------------------------------------------------------------------------

def two_squares(w1, w2, x1, x2):
    s, t = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2.0 * x1 * (s + t), 2.0 * x2 * (s - t)


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.float64)
    L = (w * x).sum().pow(2) + (w[0] * x[0] - w[1] * x[1]).pow(2)
    L.backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=torch.float64).requires_grad_() for v in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    y.backward()
    return tuple(leaf.grad for leaf in leaves)


def leaf_parameters(shape, scale, generator):
    theta = torch.randn(*shape, generator=generator)
    theta *= scale
    return theta.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]
    history = []
    for _ in range(num_iterations):
        A1 = (theta[0] @ X + theta[1]).clamp(min=0)
        A2 = (theta[2] @ A1 + theta[3]).sigmoid()
        loss = ((A2 - Y) ** 2).sum() / Y.numel()
        history.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for t in theta:
                t -= learning_rate * t.grad
                t.grad.zero_()
    return history


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y, reduction="mean")
    loss.backward()
    linear = filter(lambda layer: isinstance(layer, torch.nn.Linear), model.modules())
    return [layer.weight.grad.abs().mean().item() for layer in linear]
