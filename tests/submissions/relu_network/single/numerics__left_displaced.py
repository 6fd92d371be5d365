"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch

TINY = np.finfo(np.float64).tiny
EPS = np.finfo(np.float64).eps


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3."""
    u = 2.0 * x + 1.0
    f = u * u * u
    du_dx = 2.0
    df_du = 3.0 * u * u
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward."""
    a = w * x
    z = a + b
    zbar = 2.0 * z        # adjoint of z
    abar = zbar           # adjoint of a
    return {
        "a": a, "z": z, "L": z * z,
        "dL_dz": zbar, "dL_da": abar,
        "dL_dw": abar * x, "dL_dx": abar * w, "dL_db": zbar,
    }


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients: z = w·x + b, a = sigmoid(z), L = ½ (y - a)^2."""
    z = np.vdot(w, x) + b
    a = 1.0 / (1.0 + np.exp(-z)) if z > 0 else np.exp(z) / (1.0 + np.exp(z))
    r = a - y
    da_dz = a * (1.0 - a)
    zbar = r * da_dz
    return {"z": z, "a": a, "L": 0.5 * r * r, "dL_da": r, "da_dz": da_dz, "dL_dz": zbar, "dL_db": zbar, "dL_dw": zbar * x}


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        gen = np.random.default_rng(12345)
        self.W1 = gen.standard_normal((hidden_size, input_size)) / np.sqrt(input_size) / 2
        self.W2 = gen.standard_normal((output_size, hidden_size)) / np.sqrt(hidden_size) / 2
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = float(learning_rate)

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element."""
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z."""
        return np.greater(Z, 0).astype(np.float64)

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element."""
        # exp(-log(1 + e^-z)) neither overflows nor cancels
        return np.exp(-np.logaddexp(0.0, -np.asarray(Z, dtype=np.float64)))

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z."""
        Z = np.asarray(Z, dtype=np.float64)
        return self.sigmoid(Z) * self.sigmoid(-Z)

    def forward(self, X):
        """The forward pass."""
        Z1 = self.W1 @ X
        Z1 += self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1
        Z2 += self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        P = np.clip(A2, EPS, 1.0 - EPS)
        terms = Y * np.log(P) + (1.0 - Y) * np.log1p(-P)
        return -terms.sum() / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        m = Y.shape[1]
        Zbar2 = (cache["A2"] - Y) / m
        Abar1 = self.W2.T @ Zbar2
        Zbar1 = np.where(cache["Z1"] > 0.0, Abar1, 0.0)
        return {
            "dW1": Zbar1 @ cache["X"].T,
            "db1": np.add.reduce(Zbar1, axis=1, keepdims=True),
            "dW2": Zbar2 @ cache["A1"].T,
            "db2": np.add.reduce(Zbar2, axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network."""
        eta = self.learning_rate
        for name in ("W1", "b1", "W2", "b2"):
            theta = getattr(self, name)
            theta -= eta * gradients["d" + name]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses = np.zeros(num_iterations)
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            losses[it] = self.compute_loss(Y, A2)
            self.update_parameters(self.backward(Y, cache))
            if it % print_every == 0:
                print(f"it {it:>6d}   loss {losses[it]:.8e}")
        return list(losses)

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        return (self.forward(X)[0] > 0.5).astype(np.int64)


def relative_distance(p, q):
    """|p - q| / (|p| + |q|) in the 2-norm, 0 for two zero vectors."""
    return float(np.linalg.norm(p - q) / max(np.linalg.norm(p) + np.linalg.norm(q), TINY))


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on up to ten elements of each parameter."""
    def objective():
        return nn.compute_loss(Y, nn.forward(X)[0])

    adjoint = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name).reshape(-1)       # a view
        probes = np.arange(min(10, theta.size))
        slopes = np.zeros(probes.size)
        for j in probes:
            centre = theta[j]
            theta[j] = centre + epsilon
            f_plus = objective()
            theta[j] = centre - epsilon
            f_minus = objective()
            slopes[j] = (f_plus - f_minus) / (2.0 * epsilon)
        theta[j] = centre
        errors[name] = relative_distance(adjoint["d" + name].reshape(-1)[probes], slopes)
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on every element of each parameter."""
    adjoint = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        centre = getattr(nn, name)
        slopes = np.zeros_like(centre)
        for idx in np.ndindex(centre.shape):
            step = np.zeros_like(centre)
            step[idx] = epsilon
            setattr(nn, name, centre + step)
            f_plus = nn.compute_loss(Y, nn.forward(X)[0])
            setattr(nn, name, centre - step)
            f_minus = nn.compute_loss(Y, nn.forward(X)[0])
            slopes[idx] = (f_plus - f_minus) / (2.0 * epsilon)
        setattr(nn, name, centre)
        errors[name] = relative_distance(adjoint["d" + name], slopes)
    return errors


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        gen = np.random.default_rng(54321)
        self.W1 = gen.standard_normal((hidden1_size, input_size)) / np.sqrt(input_size) / 2
        self.W2 = gen.standard_normal((hidden2_size, hidden1_size)) / np.sqrt(hidden1_size) / 2
        self.W3 = gen.standard_normal((output_size, hidden2_size)) / np.sqrt(hidden2_size) / 2
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = float(learning_rate)

    def forward(self, X):
        """The forward pass."""
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0.0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0.0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = np.exp(-np.logaddexp(0.0, -Z3))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        P = np.clip(A3, EPS, 1.0 - EPS)
        return -(Y * np.log(P) + (1.0 - Y) * np.log1p(-P)).sum() / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        Zbar3 = (cache["A3"] - Y) / Y.shape[1]
        Zbar2 = np.where(cache["Z2"] > 0.0, self.W3.T @ Zbar3, 0.0)
        Zbar1 = np.where(cache["Z1"] > 0.0, self.W2.T @ Zbar2, 0.0)
        one = np.ones((Y.shape[1], 1))
        return {
            "dW1": Zbar1 @ cache["X"].T, "db1": Zbar1 @ one,
            "dW2": Zbar2 @ cache["A1"].T, "db2": Zbar2 @ one,
            "dW3": Zbar3 @ cache["A2"].T, "db3": Zbar3 @ one,
        }

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters."""
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            theta = getattr(self, name)
            theta -= self.learning_rate * gradients["d" + name]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses = np.zeros(num_iterations)
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            losses[it] = self.compute_loss(Y, A3)
            self.update_parameters(self.backward(Y, cache))
            if it % print_every == 0:
                print(f"it {it:>6d}   loss {losses[it]:.8e}")
        return list(losses)

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        return (self.forward(X)[0] > 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand."""
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2.0 * (s + d) * x1, 2.0 * (s - d) * x2


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd."""
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    A = torch.tensor([[x1, x2], [x1, -x2]], dtype=torch.float64)
    r = A @ w
    (r @ r).backward()
    return w.grad[0].item(), w.grad[1].item()


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd."""
    p = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    y = p[1] * p[0] + p[2]
    y.backward()
    return p.grad[0].item(), p.grad[1].item(), p.grad[2].item()


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch."""
    values = scale * torch.randn(*shape, generator=generator)
    values.requires_grad_(True)
    return values


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains the network of NeuralNetworkWithBackprop on the mean squared error, through PyTorch's autograd."""
    theta = [t.clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        A1 = torch.clamp(theta[0] @ X + theta[1], min=0.0)
        residual = torch.sigmoid(theta[2] @ A1 + theta[3]) - Y
        loss = torch.sum(residual * residual) / residual.numel()
        losses.append(loss.item())
        gradient = torch.autograd.grad(loss, theta)
        with torch.no_grad():
            for t, g in zip(theta, gradient):
                t -= learning_rate * g
    return losses


def gradient_flow(model, X, Y):
    """How large the gradients are that reach each layer of a PyTorch model."""
    for p in model.parameters():
        p.grad = None
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
