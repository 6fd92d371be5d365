import numpy as np
import torch


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward.

    Args:
      w, x, b: numbers.

    Returns:
      A dict of numbers: a, z, L, dL_dz, dL_da, dL_dw, dL_dx, dL_db.
    """
    # forward
    a = w * x
    z = a + b
    L = z ** 2
    # backward
    dL_dz = 2 * z
    dL_da = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    dL_db = dL_dz * 1
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


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
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = -(y - a)
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * x
    dL_db = dL_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_db}


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3.

    Args:
      x: a number.

    Returns:
      A dict of numbers: f, u, du_dx, df_du, df_dx.
    """
    inner = lambda t: 2 * t + 1
    outer = lambda t: t ** 3
    inner_prime = lambda t: 2
    outer_prime = lambda t: 3 * t ** 2
    u = inner(x)
    du_dx = inner_prime(x)
    df_du = outer_prime(x)
    return {"f": outer(u), "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


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
        self.params = {
            "W1": np.random.randn(hidden_size, input_size) / 10,
            "b1": np.zeros((hidden_size, 1)),
            "W2": np.random.randn(output_size, hidden_size) / 10,
            "b2": np.zeros((output_size, 1)),
        }

    W1 = property(lambda self: self.params["W1"], lambda self, v: self.params.update(W1=v))
    b1 = property(lambda self: self.params["b1"], lambda self, v: self.params.update(b1=v))
    W2 = property(lambda self: self.params["W2"], lambda self, v: self.params.update(W2=v))
    b2 = property(lambda self: self.params["b2"], lambda self, v: self.params.update(b2=v))

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element.

        Args:
          Z: an array of any shape, integers too. It must not be changed.

        Returns:
          An array of the same shape.
        """
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z.

        Args:
          Z: the pre-activation, an array of any shape, integers too.

        Returns:
          Floats (not booleans) of the same shape. At 0, where there is no derivative, 0 by this course's convention.
        """
        return (Z > 0) + 0.0

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element.

        Args:
          Z: a number or an array of any shape, integers too.

        Returns:
          Floats of the same shape, from 0 to 1. Very large and very small Z must give 1 and 0 and not NaN.
        """
        Z = np.clip(Z, -500, 500)
        return np.exp(Z) / (1 + np.exp(Z))

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z.

        Args:
          Z: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

        Returns:
          Floats of the same shape.
        """
        sZ = self.sigmoid(Z)
        return sZ - sZ ** 2

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A2, cache): the outputs (k, m), and a dict with the keys X, Z1 (h, m), A1 (h, m), Z2 (k, m), A2 (k, m),
          where Z is what goes into an activation function and A what comes out.
        """
        p = self.params
        Z1 = p["W1"] @ X + p["b1"]
        A1 = self.relu(Z1)
        Z2 = p["W2"] @ A1 + p["b2"]
        A2 = self.sigmoid(Z2)
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
        A = np.maximum(np.minimum(A2, 1 - 1e-15), 1e-15)
        return np.sum(-Y * np.log(A) - (1 - Y) * np.log(1 - A)) / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, each of the shape of its parameter. The loss is summed over the outputs and
          averaged over the m samples. The derivative of the ReLU at 0 is 0.
        """
        m = Y.shape[1]
        g = {}
        dZ2 = (cache["A2"] - Y) / m
        g["dW2"] = dZ2 @ cache["A1"].T
        g["db2"] = dZ2.sum(axis=1, keepdims=True)
        dZ1 = self.params["W2"].T @ dZ2
        dZ1 = dZ1 * self.relu_derivative(cache["Z1"])
        g["dW1"] = dZ1 @ cache["X"].T
        g["db1"] = dZ1.sum(axis=1, keepdims=True)
        return g

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          gradients: a dict dW1, db1, dW2, db2, as backward returns it. It must not be changed.
        """
        for name in self.params:
            self.params[name] = self.params[name] - self.learning_rate * gradients["d" + name]

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
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"{i}\t{losses[-1]}")
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        return 1 * (self.forward(X)[0] > 0.5)


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
    grads = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        M = getattr(nn, name)
        rows, cols = M.shape
        pairs = [(r, c) for r in range(rows) for c in range(cols)][:10]
        sq_diff = sq_a = sq_n = 0.0
        for pair in pairs:
            keep = M[pair]
            M[pair] = keep + epsilon
            f_plus = nn.compute_loss(Y, nn.forward(X)[0])
            M[pair] = keep - epsilon
            f_minus = nn.compute_loss(Y, nn.forward(X)[0])
            M[pair] = keep
            n, a = (f_plus - f_minus) / (2 * epsilon), grads["d" + name][pair]
            sq_diff, sq_a, sq_n = sq_diff + (a - n) ** 2, sq_a + a * a, sq_n + n * n
        result[name] = np.sqrt(sq_diff) / (np.sqrt(sq_a) + np.sqrt(sq_n) + 1e-100)
    return result


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
    grads = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        M = getattr(nn, name)
        N = np.zeros_like(M)
        for pair in np.ndindex(M.shape):
            keep = M[pair]
            M[pair] = keep + epsilon
            f_plus = nn.compute_loss(Y, nn.forward(X)[0])
            M[pair] = keep - epsilon
            f_minus = nn.compute_loss(Y, nn.forward(X)[0])
            M[pair] = keep
            N[pair] = (f_plus - f_minus) / (2 * epsilon)
        G = grads["d" + name]
        result[name] = np.linalg.norm(G - N) / (np.linalg.norm(G) + np.linalg.norm(N) + 1e-100)
    return result


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
        self.W1 = np.random.randn(hidden1_size, input_size) / 10
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) / 10
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) / 10
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A3, cache): the outputs (k, m), and a dict with the keys X, Z1, A1, Z2, A2, Z3, A3.
        """
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples.

        Args:
          Y: (k, m) targets, 0 or 1.
          A3: (k, m) outputs, from 0 to 1.

        Returns:
          A single number, finite even where an output is exactly 0 or 1.
        """
        A = np.maximum(np.minimum(A3, 1 - 1e-15), 1e-15)
        return np.sum(-Y * np.log(A) - (1 - Y) * np.log(1 - A)) / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, dW3, db3, each of the shape of its parameter.
        """
        m = Y.shape[1]
        g = {}
        dZ3 = (cache["A3"] - Y) / m
        g["dW3"] = dZ3 @ cache["A2"].T
        g["db3"] = dZ3.sum(axis=1, keepdims=True)
        dZ2 = self.W3.T @ dZ3
        dZ2 = dZ2 * (cache["Z2"] > 0)
        g["dW2"] = dZ2 @ cache["A1"].T
        g["db2"] = dZ2.sum(axis=1, keepdims=True)
        dZ1 = self.W2.T @ dZ2
        dZ1 = dZ1 * (cache["Z1"] > 0)
        g["dW1"] = dZ1 @ cache["X"].T
        g["db1"] = dZ1.sum(axis=1, keepdims=True)
        return g

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters.

        Args:
          gradients: a dict dW1 … db3, as backward returns it. It must not be changed.
        """
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]

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
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"{i}\t{losses[-1]}")
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        return 1 * (self.forward(X)[0] > 0.5)


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand.

    Args:
      w1, w2, x1, x2: numbers.

    Returns:
      (dL_dw1, dL_dw2), two numbers.
    """
    p = w1 * x1 + w2 * x2
    q = w1 * x1 - w2 * x2
    dL_dw1 = 2 * p * x1 + 2 * q * x1
    dL_dw2 = 2 * p * x2 - 2 * q * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd.

    Args:
      w1, w2, x1, x2: Python floats.

    Returns:
      (dL_dw1, dL_dw2), two numbers or tensors of no axis.
    """
    w = [torch.tensor(v, requires_grad=True) for v in (w1, w2)]
    s, d = w[0] * x1 + w[1] * x2, w[0] * x1 - w[1] * x2
    (s * s + d * d).backward()
    return tuple(v.grad for v in w)


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd.

    Args:
      x, w, b: Python floats.

    Returns:
      (dy_dx, dy_dw, dy_db), three numbers or tensors of no axis.
    """
    t = torch.tensor([x, w, b], requires_grad=True)
    y = t[1] * t[0] + t[2]
    y.backward()
    return tuple(t.grad)


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch.

    Args:
      shape: a tuple.
      scale: a number.
      generator: a torch.Generator to draw from, by torch.randn(*shape, generator=generator).

    Returns:
      A tensor of that shape that is a leaf of the graph (backward fills its .grad) and requires a gradient.
    """
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


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
    theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    theta = {k: v.clone().requires_grad_(True) for k, v in theta.items()}
    out = []
    while len(out) < num_iterations:
        a = torch.sigmoid(theta["W2"] @ torch.relu(theta["W1"] @ X + theta["b1"]) + theta["b2"])
        mse = torch.sum((a - Y) ** 2) / Y.numel()
        mse.backward()
        out.append(mse.item())
        theta = {k: (v - learning_rate * v.grad).detach().requires_grad_(True) for k, v in theta.items()}
    return out


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
    model.zero_grad(set_to_none=True)
    p = model(X)
    bce = -(Y * torch.log(p) + (1 - Y) * torch.log(1 - p)).mean()
    bce.backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
