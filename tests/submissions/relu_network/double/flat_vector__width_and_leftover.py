"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch


NAMES = ("W1", "b1", "W2", "b2")


def flatten(arrays):
    """One long vector from several arrays."""
    return np.concatenate([np.ravel(a) for a in arrays])


def unflatten(vector, shapes):
    """The arrays of these shapes, in order, from one long vector."""
    ends = np.cumsum([int(np.prod(s)) for s in shapes])
    return [part.reshape(s).copy() for part, s in zip(np.split(vector, ends[:-1]), shapes)]


def get_vector(net, names=NAMES):
    return flatten([getattr(net, name) for name in names])


def set_vector(net, vector, names=NAMES):
    shapes = [getattr(net, name).shape for name in names]
    for name, array in zip(names, unflatten(vector, shapes)):
        setattr(net, name, array)


def spans(net, names=NAMES):
    """name -> the slice of the long vector that belongs to it."""
    sizes = [getattr(net, name).size for name in names]
    ends = np.cumsum(sizes)
    return {name: slice(end - size, end) for name, size, end in zip(names, sizes, ends)}


def relative(p, q):
    size = np.linalg.norm(p) + np.linalg.norm(q)
    return np.linalg.norm(p - q) / size if size > 0 else 0.0


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3."""
    u = np.polyval([2, 1], x)
    f = np.polyval([1, 0, 0, 0], u)
    du_dx = np.polyval(np.polyder([2, 1]), x)
    df_du = np.polyval(np.polyder([1, 0, 0, 0]), u)
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward."""
    a = w * x
    z = a + b
    up = 2 * z
    dw, dx = up * np.array([x, w])
    return {"a": a, "z": z, "L": z ** 2, "dL_dz": up, "dL_da": up, "dL_dw": dw, "dL_dx": dx, "dL_db": up}


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients: z = w·x + b, a = sigmoid(z), L = ½ (y - a)^2."""
    # the bias is the weight of an input that is always 1
    theta, inputs = np.append(w, b), np.append(x, 1.0)
    z = theta @ inputs
    a = 1 / (1 + np.exp(-z))
    da_dz = a * (1 - a)
    dL_dz = (a - y) * da_dz
    dtheta = dL_dz * inputs
    return {"z": z, "a": a, "L": (a - y) ** 2 / 2, "dL_da": a - y, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": dtheta[:-1], "dL_db": dtheta[-1]}


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.learning_rate = learning_rate
        shapes = [(hidden_size, input_size), (hidden_size, 1), (output_size, hidden_size), (output_size, 1)]
        for name, shape in zip(NAMES, shapes):
            setattr(self, name, np.zeros(shape) if name[0] == "b" else 0.1 * np.random.randn(*shape))

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element."""
        return Z * (Z > 0)

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z."""
        return (np.sign(Z) > 0).astype(float)

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element."""
        return 0.5 + 0.5 * np.tanh(np.asarray(Z) / 2)

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z."""
        return 0.25 * (1 - np.tanh(np.asarray(Z) / 2) ** 2)

    def forward(self, X):
        """The forward pass."""
        W1, b1, W2, b2 = (getattr(self, name) for name in NAMES)
        Z1 = W1 @ X + b1
        A1 = self.relu(Z1)
        Z2 = W2 @ A1 + b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        y, p = np.ravel(Y), np.clip(np.ravel(A2), 1e-12, 1 - 1e-12)
        return -(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        D2 = (cache["A2"] - Y) / Y.shape[1]
        D1 = (self.W2.T @ D2) * self.relu_derivative(cache["Z1"])
        ones = np.ones((Y.shape[1], 1))
        return {"dW1": D1 @ cache["X"].T, "db1": D1 @ ones, "dW2": D2 @ cache["A1"].T, "db2": D2 @ ones}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network."""
        step = self.learning_rate * flatten([gradients["d" + name] for name in NAMES])
        set_vector(self, get_vector(self) - step)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(i, losses[-1])
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        return np.array(self.forward(X)[0] > 0.5, dtype=int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on up to ten elements of each parameter."""
    theta = get_vector(nn)
    gradients = nn.backward(Y, nn.forward(X)[1])
    analytic = flatten([gradients["d" + name] for name in NAMES])

    def J(vector):
        set_vector(nn, vector)
        return nn.compute_loss(Y, nn.forward(X)[0])

    result = {}
    for name, span in spans(nn).items():
        chosen = np.arange(span.start, span.stop)[:10]
        numeric = []
        for i in chosen:
            e = np.zeros_like(theta)
            e[i] = epsilon
            numeric.append((J(theta + e) - J(theta - e)) / epsilon)
        result[name] = relative(analytic[chosen], np.array(numeric))
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on every element of each parameter."""
    theta = get_vector(nn)
    gradients = nn.backward(Y, nn.forward(X)[1])
    analytic = flatten([gradients["d" + name] for name in NAMES])
    numeric = np.zeros_like(theta)
    for i, row in enumerate(epsilon * np.eye(theta.size)):
        set_vector(nn, theta + row)
        numeric[i] = nn.compute_loss(Y, nn.forward(X)[0])
        set_vector(nn, theta - row)
        numeric[i] -= nn.compute_loss(Y, nn.forward(X)[0])
    numeric /= 2 * epsilon
    set_vector(nn, theta)
    return {name: relative(analytic[span], numeric[span]) for name, span in spans(nn).items()}


NAMES3 = NAMES + ("W3", "b3")


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        for i in (1, 2, 3):
            setattr(self, "W%d" % i, 0.1 * np.random.randn(sizes[i], sizes[i - 1]))
            setattr(self, "b%d" % i, np.zeros((sizes[i], 1)))

    def forward(self, X):
        """The forward pass."""
        Z1 = self.W1 @ X + self.b1
        A1 = Z1 * (Z1 > 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = Z2 * (Z2 > 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 0.5 + 0.5 * np.tanh(Z3 / 2)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        y, p = np.ravel(Y), np.clip(np.ravel(A3), 1e-12, 1 - 1e-12)
        return -(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        D3 = (cache["A3"] - Y) / Y.shape[1]
        D2 = (self.W3.T @ D3) * (cache["Z2"] > 0)
        D1 = (self.W2.T @ D2) * (cache["Z1"] > 0)
        ones = np.ones((Y.shape[1], 1))
        return {"dW1": D1 @ cache["X"].T, "db1": D1 @ ones,
                "dW2": D2 @ cache["A1"].T, "db2": D2 @ ones,
                "dW3": D3 @ cache["A2"].T, "db3": D3 @ ones}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters."""
        step = self.learning_rate * flatten([gradients["d" + name] for name in NAMES3])
        set_vector(self, get_vector(self, NAMES3) - step, NAMES3)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(i, losses[-1])
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        return np.array(self.forward(X)[0] > 0.5, dtype=int)


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand."""
    M = np.array([[x1, x2], [x1, -x2]])
    gradient = 2 * M.T @ (M @ [w1, w2])
    return gradient[0], gradient[1]


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd."""
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    M = torch.tensor([[x1, x2], [x1, -x2]], dtype=torch.float64)
    (M @ w).square().sum().backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd."""
    theta = torch.tensor([x, w, b], requires_grad=True)
    (theta[1] * theta[0] + theta[2]).backward()
    return tuple(theta.grad)


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch."""
    return (torch.randn(*shape, generator=generator) * scale).detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains the network of NeuralNetworkWithBackprop on the mean squared error, through PyTorch's autograd."""
    shapes = [p.shape for p in (W1, b1, W2, b2)]
    sizes = [p.numel() for p in (W1, b1, W2, b2)]
    theta = torch.cat([p.reshape(-1) for p in (W1, b1, W2, b2)]).requires_grad_(True)
    losses = []
    for _ in range(num_iterations):
        V1, c1, V2, c2 = [part.reshape(s) for part, s in zip(theta.split(sizes), shapes)]
        A2 = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)
        loss = ((A2 - Y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            theta -= learning_rate * theta.grad
        theta.grad = None
    return losses


def gradient_flow(model, X, Y):
    """How large the gradients are that reach each layer of a PyTorch model."""
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    linear = [part for part in model.modules() if isinstance(part, torch.nn.Linear)]
    return [part.weight.grad.flatten().abs().mean().item() for part in linear]
