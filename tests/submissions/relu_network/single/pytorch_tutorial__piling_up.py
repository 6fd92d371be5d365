"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3."""
    u = 2 * x + 1
    f = u**3

    du_dx = 2
    df_du = 3 * u**2
    df_dx = df_du * du_dx

    out = {"f": f, "u": u}
    out.update(du_dx=du_dx, df_du=df_du, df_dx=df_dx)
    return out


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward."""
    a = w * x
    z = a + b
    L = z**2

    grad_z = 2.0 * z
    grad_a = 1.0 * grad_z
    grad_b = 1.0 * grad_z
    grad_w = x * grad_a
    grad_x = w * grad_a

    return {
        "a": a, "z": z, "L": L,
        "dL_dz": grad_z, "dL_da": grad_a, "dL_dw": grad_w, "dL_dx": grad_x, "dL_db": grad_b,
    }


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients: z = w·x + b, a = sigmoid(z), L = ½ (y - a)^2."""
    z = np.dot(x, w) + b
    a = 1.0 / (1.0 + np.exp(-z))
    L = 0.5 * np.square(y - a)

    grad_a = a - y
    local = a * (1.0 - a)
    grad_z = grad_a * local
    grad_w = grad_z * x
    grad_b = grad_z

    return {
        "z": z, "a": a, "L": L,
        "dL_da": grad_a, "da_dz": local, "dL_dz": grad_z, "dL_db": grad_b, "dL_dw": grad_w,
    }


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        # as torch.nn.Linear does it, but with zero biases
        k1, k2 = 1 / np.sqrt(input_size), 1 / np.sqrt(hidden_size)
        self.W1 = np.random.uniform(-k1, k1, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.uniform(-k2, k2, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    @property
    def params(self):
        return {"W1": self.W1, "b1": self.b1, "W2": self.W2, "b2": self.b2}

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element."""
        return Z.clip(min=0)

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z."""
        grad = np.ones_like(Z, dtype=np.float64)
        grad[Z <= 0] = 0.0
        return grad

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element."""
        return torch.sigmoid(torch.as_tensor(Z, dtype=torch.float64)).numpy()

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z."""
        s = self.sigmoid(Z)
        return s * (1.0 - s)

    def forward(self, X):
        """The forward pass."""
        z1 = self.W1 @ X + self.b1
        a1 = self.relu(z1)
        z2 = self.W2 @ a1 + self.b2
        a2 = self.sigmoid(z2)
        ctx = {"X": X, "Z1": z1, "A1": a1, "Z2": z2, "A2": a2}
        return a2, ctx

    def compute_loss(self, Y, A2):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        eps = 1e-12
        pred = A2.clip(eps, 1 - eps)
        return -(Y * np.log(pred) + (1 - Y) * np.log(1 - pred)).sum(axis=0).mean()

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        ctx = cache
        batch_size = Y.shape[1]
        grad_z2 = (ctx["A2"] - Y) / batch_size
        grad_w2 = grad_z2 @ ctx["A1"].T
        grad_b2 = grad_z2.sum(1, keepdims=True)
        grad_a1 = self.W2.T @ grad_z2
        grad_z1 = grad_a1.copy()
        grad_z1[ctx["Z1"] <= 0] = 0
        grad_w1 = grad_z1 @ ctx["X"].T
        grad_b1 = grad_z1.sum(1, keepdims=True)
        return {"dW1": grad_w1, "db1": grad_b1, "dW2": grad_w2, "db2": grad_b2}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network."""
        for name, value in self.params.items():
            setattr(self, name, value - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses = []
        for t in range(num_iterations):
            # Forward pass
            y_pred, ctx = self.forward(X)
            # Compute and print loss
            loss = self.compute_loss(Y, y_pred)
            losses.append(loss)
            if t % print_every == 0:
                print(t, loss.item())
            # Backprop
            grads = self.backward(Y, ctx)
            # Update weights
            self.update_parameters(grads)
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        y_pred, _ = self.forward(X)
        return (y_pred > 0.5).astype(np.int64)


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on up to ten elements of each parameter."""
    y_pred, ctx = nn.forward(X)
    grads = nn.backward(Y, ctx)
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        backup = param.copy()
        idx = np.random.default_rng(3).permutation(param.size)[:10]
        num = np.zeros(len(idx))
        for n, i in enumerate(idx):
            loss = {}
            for sign in (+1, -1):
                param.flat[i] = backup.flat[i] + sign * epsilon
                loss[sign] = nn.compute_loss(Y, nn.forward(X)[0])
            param.flat[i] = backup.flat[i]
            num[n] = (loss[+1] - loss[-1]) / (2 * epsilon)
        ana = grads["d" + name].flatten()[idx]
        scale = max(np.abs(num).max(), np.abs(ana).max())
        report[name] = np.abs(num - ana).max() / scale if scale > 0 else 0.0
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on every element of each parameter."""
    y_pred, ctx = nn.forward(X)
    grads = nn.backward(Y, ctx)
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        backup = param.copy()
        num = np.zeros(param.size)
        for i in range(param.size):
            loss = {}
            for sign in (+1, -1):
                param.flat[i] = backup.flat[i] + sign * epsilon
                loss[sign] = nn.compute_loss(Y, nn.forward(X)[0])
            param.flat[i] = backup.flat[i]
            num[i] = (loss[+1] - loss[-1]) / (2 * epsilon)
        ana = grads["d" + name].flatten()
        scale = max(np.abs(num).max(), np.abs(ana).max())
        report[name] = np.abs(num - ana).max() / scale if scale > 0 else 0.0
    return report


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        dims = [input_size, hidden1_size, hidden2_size, output_size]
        for n, (fan_in, fan_out) in enumerate(zip(dims[:-1], dims[1:]), start=1):
            k = 1 / np.sqrt(fan_in)
            setattr(self, f"W{n}", np.random.uniform(-k, k, (fan_out, fan_in)))
            setattr(self, f"b{n}", np.zeros((fan_out, 1)))
        self.learning_rate = learning_rate

    def forward(self, X):
        """The forward pass."""
        z1 = self.W1 @ X + self.b1
        a1 = z1.clip(min=0)
        z2 = self.W2 @ a1 + self.b2
        a2 = z2.clip(min=0)
        z3 = self.W3 @ a2 + self.b3
        a3 = torch.sigmoid(torch.from_numpy(z3)).numpy()
        ctx = {"X": X, "Z1": z1, "A1": a1, "Z2": z2, "A2": a2, "Z3": z3, "A3": a3}
        return a3, ctx

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        eps = 1e-12
        pred = A3.clip(eps, 1 - eps)
        return -(Y * np.log(pred) + (1 - Y) * np.log(1 - pred)).sum(axis=0).mean()

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        ctx = cache
        grad_z3 = (ctx["A3"] - Y) / Y.shape[1]
        grad_z2 = self.W3.T @ grad_z3
        grad_z2[ctx["Z2"] <= 0] = 0
        grad_z1 = self.W2.T @ grad_z2
        grad_z1[ctx["Z1"] <= 0] = 0
        return {
            "dW1": grad_z1 @ ctx["X"].T, "db1": grad_z1.sum(1, keepdims=True),
            "dW2": grad_z2 @ ctx["A1"].T, "db2": grad_z2.sum(1, keepdims=True),
            "dW3": grad_z3 @ ctx["A2"].T, "db3": grad_z3.sum(1, keepdims=True),
        }

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters."""
        for n in (1, 2, 3):
            for kind in ("W", "b"):
                name = f"{kind}{n}"
                setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        losses = []
        for t in range(num_iterations):
            y_pred, ctx = self.forward(X)
            loss = self.compute_loss(Y, y_pred)
            losses.append(loss)
            if t % print_every == 0:
                print(t, loss.item())
            grads = self.backward(Y, ctx)
            self.update_parameters(grads)
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        y_pred, _ = self.forward(X)
        return (y_pred > 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand."""
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    grad_w1 = 2 * plus * x1 + 2 * minus * x1
    grad_w2 = 2 * plus * x2 - 2 * minus * x2
    return grad_w1, grad_w2


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd."""
    a = torch.tensor(w1, requires_grad=True)
    b = torch.tensor(w2, requires_grad=True)
    Q = (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2
    external_grad = torch.tensor(1.0)
    Q.backward(gradient=external_grad)
    return a.grad, b.grad


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd."""
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = torch.mul(w, x) + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch."""
    with torch.no_grad():
        data = torch.randn(*shape, generator=generator) * scale
    data.requires_grad = True
    return data


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains the network of NeuralNetworkWithBackprop on the mean squared error, through PyTorch's autograd."""
    w1 = W1.clone().requires_grad_()
    c1 = b1.clone().requires_grad_()
    w2 = W2.clone().requires_grad_()
    c2 = b2.clone().requires_grad_()
    losses = []
    for t in range(num_iterations):
        # Forward pass: compute predicted y
        h = w1.mm(X) + c1
        h_relu = h.clamp(min=0)
        y_pred = torch.sigmoid(w2.mm(h_relu) + c2)

        # Compute loss
        loss = (y_pred - Y).pow(2).mean()
        losses.append(loss.item())

        # Use autograd to compute the backward pass
        loss.backward()

        # Update weights using gradient descent
        with torch.no_grad():
            w1 -= learning_rate * w1.grad
            c1 -= learning_rate * c1.grad
            w2 -= learning_rate * w2.grad
            c2 -= learning_rate * c2.grad

    return losses


def gradient_flow(model, X, Y):
    """How large the gradients are that reach each layer of a PyTorch model."""
    model.zero_grad()
    loss_fn = torch.nn.BCELoss(reduction="mean")
    loss = loss_fn(model(X), Y)
    loss.backward()
    flow = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            flow.append(module.weight.grad.abs().mean().item())
    return flow



if __name__ == "__main__":
    g = torch.Generator().manual_seed(0)
    X = torch.randn(3, 6, generator=g, dtype=torch.float64)
    Y = (X[:1] > 0).double()
    start = [torch.randn(*s, generator=g, dtype=torch.float64) for s in ((4, 3), (4, 1), (1, 4), (1, 1))]
    print(train_autograd(X, Y, *start, learning_rate=0.1, num_iterations=5))
