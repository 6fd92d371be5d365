"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3.

    Args:
      x: a number.

    Returns:
      A dict of numbers: f, u, du_dx, df_du, df_dx.
    """
    # Forward: evaluate the inner and the outer function
    u = 2 * x + 1
    f = u ** 3

    # Backward: local derivatives, then the chain rule
    du_dx = 2
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx

    return {
        "f": f,
        "u": u,
        "du_dx": du_dx,
        "df_du": df_du,
        "df_dx": df_dx,
    }


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward.

    Args:
      w, x, b: numbers.

    Returns:
      A dict of numbers: a, z, L, dL_dz, dL_da, dL_dw, dL_dx, dL_db.
    """
    # Forward pass
    a = w * x
    z = a + b
    L = z ** 2

    # Backward pass
    dL_dz = 2 * z
    dL_da = dL_dz      # dz/da = 1
    dL_db = dL_dz      # dz/db = 1
    dL_dw = dL_da * x  # da/dw = x
    dL_dx = dL_da * w  # da/dx = w

    return {
        "a": a,
        "z": z,
        "L": L,
        "dL_dz": dL_dz,
        "dL_da": dL_da,
        "dL_dw": dL_dw,
        "dL_dx": dL_dx,
        "dL_db": dL_db,
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
    # Forward pass
    z = float(np.dot(w, x) + b)
    a = 1.0 / (1.0 + np.exp(-z))
    L = 0.5 * (y - a) ** 2

    # Backward pass
    dL_da = a - y
    da_dz = a * (1.0 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * np.asarray(x)
    dL_db = dL_dz

    return {
        "z": z,
        "a": a,
        "L": L,
        "dL_da": dL_da,
        "da_dz": da_dz,
        "dL_dz": dL_dz,
        "dL_dw": dL_dw,
        "dL_db": dL_db,
    }


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
        # He initialization is well suited for ReLU layers
        self.W1 = np.random.randn(hidden_size, input_size) * np.sqrt(2.0 / input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * np.sqrt(1.0 / hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

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
        return (np.asarray(Z) > 0).astype(np.float64)

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element.

        Args:
          Z: a number or an array of any shape, integers too.

        Returns:
          Floats of the same shape, from 0 to 1. Very large and very small Z must give 1 and 0 and not NaN.
        """
        Z = np.asarray(Z, dtype=np.float64)
        # Numerically stable: never exponentiate a large positive number
        e = np.exp(-np.abs(Z))
        return np.where(Z >= 0, 1.0 / (1.0 + e), e / (1.0 + e))

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z.

        Args:
          Z: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

        Returns:
          Floats of the same shape.
        """
        s = self.sigmoid(Z)
        return s * (1.0 - s)

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A2, cache): the outputs (k, m), and a dict with the keys X, Z1 (h, m), A1 (h, m), Z2 (k, m), A2 (k, m),
          where Z is what goes into an activation function and A what comes out.
        """
        # Hidden layer
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)

        # Output layer
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)

        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

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
        m = Y.shape[1]
        eps = 1e-15
        A2 = np.clip(A2, eps, 1.0 - eps)
        loss = -np.sum(Y * np.log(A2) + (1.0 - Y) * np.log(1.0 - A2)) / m
        return float(loss)

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

        # Output layer: for sigmoid + cross-entropy the gradient simplifies
        dZ2 = cache["A2"] - Y                                   # (k, m)
        dW2 = np.dot(dZ2, cache["A1"].T) / m                    # (k, h)
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m            # (k, 1)

        # Hidden layer
        dA1 = np.dot(self.W2.T, dZ2)                            # (h, m)
        dZ1 = dA1 * self.relu_derivative(cache["Z1"])           # (h, m)
        dW1 = np.dot(dZ1, cache["X"].T) / m                     # (h, n)
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m            # (h, 1)

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          gradients: a dict dW1, db1, dW2, db2, as backward returns it. It must not be changed.
        """
        for name in ("W1", "b1", "W2", "b2"):
            updated = getattr(self, name) - self.learning_rate * gradients[f"d{name}"]
            setattr(self, name, updated)

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
            loss = self.compute_loss(Y, A2)
            losses.append(loss)

            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)

            if iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | Loss: {loss:.6f}")
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


def _relative_error(analytic, numeric):
    """Relative distance between two gradient vectors."""
    denominator = max(np.linalg.norm(analytic), np.linalg.norm(numeric))
    if denominator == 0.0:
        return 0.0
    return float(np.linalg.norm(analytic - numeric) / denominator)


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
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    rng = np.random.default_rng(42)
    errors = {}

    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        n_checks = min(10, param.size)
        flat_indices = rng.permutation(param.size)[:n_checks]
        analytic = np.empty(n_checks)
        numeric = np.empty(n_checks)

        for i, flat_index in enumerate(flat_indices):
            index = np.unravel_index(flat_index, param.shape)
            original = param[index]
            try:
                param[index] = original + epsilon
                loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
                param[index] = original - epsilon
                loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
            finally:
                param[index] = original
            analytic[i] = gradients[f"d{name}"][index]
            numeric[i] = (loss_plus - loss_minus) / (2.0 * epsilon)

        errors[name] = _relative_error(analytic, numeric)

    return errors


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
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors = {}

    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        numeric = np.zeros_like(param, dtype=np.float64)
        iterator = np.nditer(param, flags=["multi_index"])
        while not iterator.finished:
            index = iterator.multi_index
            original = param[index]
            param[index] = original + epsilon
            loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
            param[index] = original - epsilon
            loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
            param[index] = original
            numeric[index] = (loss_plus - loss_minus) / (2.0 * epsilon)
            iterator.iternext()
        errors[name] = _relative_error(gradients[f"d{name}"], numeric)

    return errors


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
        self.W1 = np.random.randn(hidden1_size, input_size) * np.sqrt(2.0 / input_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * np.sqrt(2.0 / hidden1_size)
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * np.sqrt(1.0 / hidden2_size)
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    @staticmethod
    def _sigmoid(Z):
        e = np.exp(-np.abs(Z))
        return np.where(Z >= 0, 1.0 / (1.0 + e), e / (1.0 + e))

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A3, cache): the outputs (k, m), and a dict with the keys X, Z1, A1, Z2, A2, Z3, A3.
        """
        # First hidden layer
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.maximum(Z1, 0)

        # Second hidden layer
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.maximum(Z2, 0)

        # Output layer
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = self._sigmoid(Z3)

        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
        return A3, cache

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples.

        Args:
          Y: (k, m) targets, 0 or 1.
          A3: (k, m) outputs, from 0 to 1.

        Returns:
          A single number, finite even where an output is exactly 0 or 1.
        """
        m = Y.shape[1]
        eps = 1e-15
        A3 = np.clip(A3, eps, 1.0 - eps)
        return float(-np.sum(Y * np.log(A3) + (1.0 - Y) * np.log(1.0 - A3)) / m)

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, dW3, db3, each of the shape of its parameter.
        """
        m = Y.shape[1]

        # Output layer
        dZ3 = cache["A3"] - Y
        dW3 = np.dot(dZ3, cache["A2"].T) / m
        db3 = np.sum(dZ3, axis=1, keepdims=True) / m

        # Second hidden layer
        dA2 = np.dot(self.W3.T, dZ3)
        dZ2 = dA2 * (cache["Z2"] > 0)
        dW2 = np.dot(dZ2, cache["A1"].T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m

        # First hidden layer
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = np.where(cache["Z2"] > 0, dA1, 0.0)
        dW1 = np.dot(dZ1, cache["X"].T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters.

        Args:
          gradients: a dict dW1 … db3, as backward returns it. It must not be changed.
        """
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            updated = getattr(self, name) - self.learning_rate * gradients[f"d{name}"]
            setattr(self, name, updated)

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
            loss = self.compute_loss(Y, A3)
            losses.append(loss)

            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)

            if iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | Loss: {loss:.6f}")
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
    sum_term = w1 * x1 + w2 * x2
    diff_term = w1 * x1 - w2 * x2
    dL_dw1 = 2 * sum_term * x1 + 2 * diff_term * x1
    dL_dw2 = 2 * sum_term * x2 - 2 * diff_term * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd.

    Args:
      w1, w2, x1, x2: Python floats.

    Returns:
      (dL_dw1, dL_dw2), two numbers or tensors of no axis.
    """
    w1_t = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2_t = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    loss = (w1_t * x1 + w2_t * x2) ** 2 + (w1_t * x1 - w2_t * x2) ** 2
    loss.backward()
    return w1_t.grad.item(), w2_t.grad.item()


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd.

    Args:
      x, w, b: Python floats.

    Returns:
      (dy_dx, dy_dw, dy_db), three numbers or tensors of no axis.
    """
    x_t = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w_t = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b_t = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = w_t * x_t + b_t
    y.backward()
    return x_t.grad.item(), w_t.grad.item(), b_t.grad.item()


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch.

    Args:
      shape: a tuple.
      scale: a number.
      generator: a torch.Generator to draw from, by torch.randn(*shape, generator=generator).

    Returns:
      A tensor of that shape that is a leaf of the graph (backward fills its .grad) and requires a gradient.
    """
    # Scale first, then mark as requiring a gradient, so that the result is a leaf
    values = torch.randn(*shape, generator=generator) * scale
    return values.requires_grad_(True)


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
    params = [p.detach().clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD(params, lr=learning_rate)
    losses = []
    for _ in range(num_iterations):
        optimizer.zero_grad()
        hidden = torch.relu(params[0] @ X + params[1])
        output = torch.sigmoid(params[2] @ hidden + params[3])
        loss = torch.nn.functional.mse_loss(output, Y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
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
    criterion = torch.nn.BCELoss()
    loss = criterion(model(X), Y)
    loss.backward()

    magnitudes = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            magnitudes.append(module.weight.grad.abs().mean().item())
    return magnitudes



if __name__ == "__main__":
    np.random.seed(0)
    X = np.random.randn(3, 8)
    Y = (np.random.rand(1, 8) > 0.5).astype(float)

    network = NeuralNetworkWithBackprop(3, 4, 1)
    print("Gradient check:", gradient_check(network, X, Y))
    deep = ThreeLayerNetwork(3, 4, 4, 1)
    deep.train(X, Y, num_iterations=3, print_every=1)
