"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch

# I check the shapes everywhere, because that is where my mistakes usually are.
MAX_ELEMENTS = 10


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3.

    Args:
      x: a number.

    Returns:
      A dict of numbers: f, u, du_dx, df_du, df_dx.
    """
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx
    assert np.isclose(df_dx, 6 * (2 * x + 1) ** 2)
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward.

    Args:
      w, x, b: numbers.

    Returns:
      A dict of numbers: a, z, L, dL_dz, dL_da, dL_dw, dL_dx, dL_db.
    """
    a = w * x
    z = a + b
    L = z ** 2

    dL_dz = 2 * z
    dL_da = dL_dz
    dL_db = dL_dz
    dL_dw = x * dL_da
    dL_dx = w * dL_da
    return {
        "a": a, "z": z, "L": L,
        "dL_dz": dL_dz, "dL_da": dL_da, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db,
    }


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients: z = w·x + b, a = sigmoid(z), L = ½ (y - a)^2.

    Args:
      x: (n,) inputs.
      w: (n,) weights.
      b: the bias, a number.
      y: the target, a number.

    Returns:
      A dict: z, a, L, dL_da, da_dz, dL_dz, dL_db (numbers) and dL_dw, (n,).
    """
    assert np.shape(x) == np.shape(w)
    z = np.inner(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = (y - a) ** 2 / 2

    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * x
    assert dL_dw.shape == np.shape(w)
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column.

    Attributes:
      W1 (h, n), b1 (h, 1), W2 (k, h), b2 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases.

        Args:
          input_size: n.
          hidden_size: h.
          output_size: k.
          learning_rate: the step size of gradient descent.
        """
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.standard_normal((hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1 * np.random.standard_normal((output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element.

        Args:
          Z: an array of any shape, integers too. It must not be changed.

        Returns:
          An array of the same shape.
        """
        A = np.where(Z < 0, 0, Z)
        assert A.shape == np.shape(Z)
        return A

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z.

        Args:
          Z: the pre-activation, an array of any shape, integers too.

        Returns:
          Floats (not booleans) of the same shape. At 0, where there is no derivative, 0 by this course's convention.
        """
        slope = 1.0 * (np.asarray(Z) > 0)
        assert slope.shape == np.shape(Z)
        return slope

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element.

        Args:
          Z: a number or an array of any shape, integers too.

        Returns:
          Floats of the same shape, from 0 to 1. Very large and very small Z must give 1 and 0 and not NaN.
        """
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-np.asarray(Z, dtype=float)))

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z.

        Args:
          Z: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

        Returns:
          Floats of the same shape.
        """
        S = self.sigmoid(Z)
        return S * (1 - S)

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A2, cache): the outputs (k, m), and a dict with the keys X, Z1 (h, m), A1 (h, m), Z2 (k, m), A2 (k, m),
          where Z is what goes into an activation function and A what comes out.
        """
        n, m = X.shape
        assert n == self.W1.shape[1], "one sample a column!"
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        assert A2.shape == (self.W2.shape[0], m)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples.

        That is -(1/m) times the sum over all elements of Y log(A2) + (1 - Y) log(1 - A2).

        Args:
          Y: (k, m) targets, 0 or 1.
          A2: (k, m) outputs, from 0 to 1.

        Returns:
          A single number, finite even where an output is exactly 0 or 1: there the outputs are to be kept a little
          away from 0 and 1.
        """
        assert Y.shape == A2.shape
        m = Y.shape[1]
        safe = np.clip(A2, 1e-12, 1 - 1e-12)
        loss = -(Y * np.log(safe) + (1 - Y) * np.log(1 - safe)).sum() / m
        assert np.ndim(loss) == 0
        return loss

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, each of the shape of its parameter. The loss is summed over the outputs and
          averaged over the m samples. The derivative of the ReLU at 0 is 0.
        """
        X, Z1, A1, A2 = (cache[key] for key in ("X", "Z1", "A1", "A2"))
        m = Y.shape[1]
        dZ2 = (A2 - Y) / m
        dZ1 = self.relu_derivative(Z1) * (self.W2.T @ dZ2)
        gradients = {
            "dW1": dZ1 @ X.T,
            "db1": dZ1.sum(axis=1, keepdims=True),
            "dW2": dZ2 @ A1.T,
            "db2": dZ2.sum(axis=1, keepdims=True),
        }
        for key, value in gradients.items():
            assert value.shape == getattr(self, key[1:]).shape, key
        return gradients

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          gradients: a dict dW1, db1, dW2, db2, as backward returns it. It must not be changed.
        """
        for key in ("W1", "b1", "W2", "b2"):
            before = getattr(self, key)
            after = before - self.learning_rate * gradients["d" + key]
            assert after.shape == before.shape
            setattr(self, key, after)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once.

        Args:
          X: (n, m) inputs.
          Y: (k, m) targets.
          num_iterations: how many steps.
          print_every: the loss is printed at every so many steps.

        Returns:
          A list of num_iterations losses, each recorded before its update.
        """
        losses = []
        for iteration in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            if iteration % print_every == 0:
                print(f"{iteration:>5}: {losses[-1]:.5f}")
            self.update_parameters(self.backward(Y, cache))
        assert len(losses) == num_iterations
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        A2, _ = self.forward(X)
        classes = (A2 > 0.5).astype(int)
        assert set(np.unique(classes)) <= {0, 1}
        return classes


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on up to ten elements of each parameter.

    Args:
      nn: a network with W1, b1, W2, b2 and the methods forward, compute_loss and backward of
        NeuralNetworkWithBackprop. It may be a wrong one. It must be left as it was.
      X: (n, m) inputs.
      Y: (k, m) targets.
      epsilon: the step. In float64 about 1e-5 is best for central differences: their own error grows with its square,
        the error of rounding with its inverse; at 1e-7 a right gradient can differ by more than 1e-6.

    Returns:
      A dict W1, b1, W2, b2: how far the analytic and the numeric gradient differ, relative to their size, so that
      neither the scale of the loss nor that of the parameter matters. About 1e-7 or less where backward is right.
    """
    rng = np.random.default_rng(0)
    gradients = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for key in ("W1", "b1", "W2", "b2"):
        theta, analytic = getattr(nn, key), gradients["d" + key]
        assert theta.shape == analytic.shape
        chosen = rng.choice(theta.size, size=min(MAX_ELEMENTS, theta.size), replace=False)
        slopes = []
        for i in chosen:
            kept = theta.flat[i]
            theta.flat[i] = kept + epsilon
            above = nn.compute_loss(Y, nn.forward(X)[0])
            theta.flat[i] = kept - epsilon
            below = nn.compute_loss(Y, nn.forward(X)[0])
            theta.flat[i] = kept
            slopes.append((above - below) / (2 * epsilon))
        slopes, wanted = np.array(slopes), analytic.flat[chosen]
        size = np.linalg.norm(slopes) + np.linalg.norm(wanted)
        report[key] = np.linalg.norm(slopes - wanted) / size if size > 0 else 0.0
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on every element of each parameter.

    Args:
      nn: a network as gradient_check takes it. It must be left as it was.
      X: (n, m) inputs.
      Y: (k, m) targets.
      epsilon: the step.

    Returns:
      A dict W1, b1, W2, b2 as gradient_check returns it. A single wrong element shows.
    """
    gradients = nn.backward(Y, nn.forward(X)[1])
    here = nn.compute_loss(Y, nn.forward(X)[0])
    report = {}
    for key in ("W1", "b1", "W2", "b2"):
        theta, analytic = getattr(nn, key), gradients["d" + key]
        assert theta.shape == analytic.shape
        total = min(MAX_ELEMENTS, theta.size)
        slopes = np.zeros(total)
        for i in range(total):
            kept = theta.flat[i]
            theta.flat[i] = kept + epsilon
            ahead = nn.compute_loss(Y, nn.forward(X)[0])
            theta.flat[i] = kept
            slopes[i] = (ahead - here) / epsilon
        wanted = analytic.ravel()[:total]
        size = np.linalg.norm(slopes) + np.linalg.norm(wanted)
        report[key] = np.linalg.norm(slopes - wanted) / size if size > 0 else 0.0
    return report


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column.

    Attributes:
      W1 (h1, n), b1 (h1, 1), W2 (h2, h1), b2 (h2, 1), W3 (k, h2), b3 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases.

        Args:
          input_size: n.
          hidden1_size: h1.
          hidden2_size: h2.
          output_size: k.
          learning_rate: the step size of gradient descent.
        """
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.standard_normal((hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = 0.1 * np.random.standard_normal((hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = 0.1 * np.random.standard_normal((output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A3, cache): the outputs (k, m), and a dict with the keys X, Z1, A1, Z2, A2, Z3, A3.
        """
        n, m = X.shape
        assert n == self.W1.shape[1], "one sample a column!"
        Z1 = self.W1 @ X + self.b1
        A1 = np.where(Z1 < 0, 0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.where(Z2 < 0, 0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        with np.errstate(over="ignore"):
            A3 = 1 / (1 + np.exp(-Z3))
        assert A3.shape == (self.W3.shape[0], m)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples.

        Args:
          Y: (k, m) targets, 0 or 1.
          A3: (k, m) outputs, from 0 to 1.

        Returns:
          A single number, finite even where an output is exactly 0 or 1.
        """
        assert Y.shape == A3.shape
        safe = np.clip(A3, 1e-12, 1 - 1e-12)
        return -(Y * np.log(safe) + (1 - Y) * np.log(1 - safe)).sum() / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, dW3, db3, each of the shape of its parameter.
        """
        m = Y.shape[1]
        dZ3 = (cache["A3"] - Y) / m
        dZ2 = (cache["Z2"] > 0) * (self.W3.T @ dZ3)
        dZ1 = (cache["Z1"] > 0) * (self.W2.T @ dZ2)
        gradients = {
            "dW1": dZ1 @ cache["X"].T, "db1": dZ1.sum(axis=1, keepdims=True),
            "dW2": dZ2 @ cache["A1"].T, "db2": dZ2.sum(axis=1, keepdims=True),
            "dW3": dZ3 @ cache["A2"].T, "db3": dZ3.sum(axis=1, keepdims=True),
        }
        for key, value in gradients.items():
            assert value.shape == getattr(self, key[1:]).shape, key
        return gradients

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters.

        Args:
          gradients: a dict dW1 … db3, as backward returns it. It must not be changed.
        """
        for key in ("W1", "b1", "W2", "b2", "W3", "b3"):
            before = getattr(self, key)
            after = before - self.learning_rate * gradients["d" + key]
            assert after.shape == before.shape
            setattr(self, key, after)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once.

        Args:
          X: (n, m) inputs.
          Y: (k, m) targets.
          num_iterations: how many steps.
          print_every: the loss is printed at every so many steps.

        Returns:
          A list of num_iterations losses, each recorded before its update.
        """
        losses = []
        for iteration in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            if iteration % print_every == 0:
                print(f"{iteration:>5}: {losses[-1]:.5f}")
            self.update_parameters(self.backward(Y, cache))
        assert len(losses) == num_iterations
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand.

    Args:
      w1, w2, x1, x2: numbers.

    Returns:
      (dL_dw1, dL_dw2), two numbers.
    """
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    dL_dw1 = 2 * plus * x1 + 2 * minus * x1
    dL_dw2 = 2 * plus * x2 - 2 * minus * x2
    assert np.isclose(dL_dw1, 4 * w1 * x1 ** 2)
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd.

    Args:
      w1, w2, x1, x2: Python floats.

    Returns:
      (dL_dw1, dL_dw2), two numbers or tensors of no axis.
    """
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    assert L.dim() == 0
    L.backward()
    return w1.grad.item(), w2.grad.item()


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd.

    Args:
      x, w, b: Python floats.

    Returns:
      (dy_dx, dy_dw, dy_db), three numbers or tensors of no axis.
    """
    leaves = [torch.tensor(number, requires_grad=True) for number in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    y.backward()
    assert all(leaf.grad is not None for leaf in leaves)
    return tuple(leaf.grad.item() for leaf in leaves)


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch.

    Args:
      shape: a tuple.
      scale: a number.
      generator: a torch.Generator to draw from, by torch.randn(*shape, generator=generator).

    Returns:
      A tensor of that shape that is a leaf of the graph (backward fills its .grad) and requires a gradient.
    """
    values = torch.randn(*shape, generator=generator) * scale
    values.requires_grad_()
    assert values.is_leaf
    return values


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains the network of NeuralNetworkWithBackprop on the mean squared error, through PyTorch's autograd.

    Args:
      X: (n, m) inputs.
      Y: (k, m) targets.
      W1, b1, W2, b2: (h, n), (h, 1), (k, h), (k, 1), where to start. All of these are float64 tensors that don't require
        a gradient: make leaves of your own from them.
      learning_rate: the step size of gradient descent.
      num_iterations: how many steps.

    Returns:
      A list of num_iterations losses, the mean of (A2 - Y)^2 over all m·k elements, each recorded before its update.
    """
    params = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    assert all(p.is_leaf for p in params)
    losses = []
    for _ in range(num_iterations):
        A1 = torch.relu(params[0] @ X + params[1])
        A2 = torch.sigmoid(params[2] @ A1 + params[3])
        assert A2.shape == Y.shape
        loss = ((A2 - Y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
                p.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    """How large the gradients are that reach each layer of a PyTorch model.

    Args:
      model: a torch.nn.Module with torch.nn.Linear layers; it returns probabilities. Gradients may be left in it from
        before: they must not count.
      X: (m, n) inputs, one sample a row; a tensor.
      Y: (m, k) targets; a tensor.

    Returns:
      A list of numbers, one for each torch.nn.Linear from the input on: the mean of the absolute values of the gradient
      of its weight (not of its bias), for the binary cross-entropy averaged over all elements.
    """
    model.zero_grad()
    output = model(X)
    assert output.shape == Y.shape
    torch.nn.functional.binary_cross_entropy(output, Y).backward()
    report = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            report.append(module.weight.grad.abs().mean().item())
    return report
