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
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}


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
    dL_db = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
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
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element.

        Args:
          Z: an array of any shape, integers too. It must not be changed.

        Returns:
          An array of the same shape.
        """
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z.

        Args:
          Z: the pre-activation, an array of any shape, integers too.

        Returns:
          Floats (not booleans) of the same shape. At 0, where there is no derivative, 0 by this course's convention.
        """
        return (Z > 0).astype(float)

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element.

        Args:
          Z: a number or an array of any shape, integers too.

        Returns:
          Floats of the same shape, from 0 to 1. Very large and very small Z must give 1 and 0 and not NaN.
        """
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z.

        Args:
          Z: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

        Returns:
          Floats of the same shape.
        """
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A2, cache): the outputs (k, m), and a dict with the keys X, Z1 (h, m), A1 (h, m), Z2 (k, m), A2 (k, m),
          where Z is what goes into an activation function and A what comes out.
        """
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
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
        A2 = np.clip(A2, 1e-15, 1 - 1e-15)
        return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m

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
        X, A1, A2 = cache["X"], cache["A1"], cache["A2"]

        # output layer
        dZ2 = (A2 - Y) / m
        dW2 = dZ2 @ A1.T
        db2 = np.mean(dZ2, axis=1, keepdims=True)

        # hidden layer
        dZ1 = self.W2.T @ dZ2
        dW1 = dZ1 @ X.T
        db1 = np.sum(dZ1, axis=1, keepdims=True)

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          gradients: a dict dW1, db1, dW2, db2, as backward returns it. It must not be changed.
        """
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

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
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if i % print_every == 0:
                print(f"iteration {i}: loss {loss:.4f}")
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
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    result = {}
    for name in ["W1", "b1", "W2", "b2"]:
        param = getattr(nn, name)
        analytic = gradients["d" + name]
        indices = list(np.ndindex(param.shape))[:10]
        a = np.array([analytic[i] for i in indices])
        n = np.zeros(len(indices))
        for j, i in enumerate(indices):
            old = param[i]
            param[i] = old + epsilon
            loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
            param[i] = old - epsilon
            loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
            param[i] = old
            n[j] = (loss_plus - loss_minus) / (2 * epsilon)
        size = np.linalg.norm(a) + np.linalg.norm(n)
        result[name] = np.linalg.norm(a - n) / size if size > 0 else 0.0
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
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    result = {}
    for name in ["W1", "b1", "W2", "b2"]:
        param = getattr(nn, name)
        analytic = gradients["d" + name]
        numeric = np.zeros(param.shape)
        for i in np.ndindex(param.shape):
            old = param[i]
            param[i] = old + epsilon
            loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
            param[i] = old - epsilon
            loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
            param[i] = old
            numeric[i] = (loss_plus - loss_minus) / (2 * epsilon)
        size = np.linalg.norm(analytic) + np.linalg.norm(numeric)
        result[name] = np.linalg.norm(analytic - numeric) / size if size > 0 else 0.0
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
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A3, cache): the outputs (k, m), and a dict with the keys X, Z1, A1, Z2, A2, Z3, A3.
        """
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
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
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        return -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m

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
        dW3 = dZ3 @ cache["A2"].T
        db3 = np.sum(dZ3, axis=1, keepdims=True)
        dZ2 = (self.W3.T @ dZ3) * (cache["Z2"] > 0)
        dW2 = dZ2 @ cache["A1"].T
        db2 = np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = (self.W2.T @ dZ2) * (cache["Z1"] > 0)
        dW1 = dZ1 @ cache["X"].T
        db1 = np.sum(dZ1, axis=1, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters.

        Args:
          gradients: a dict dW1 … db3, as backward returns it. It must not be changed.
        """
        for name in ["W1", "b1", "W2", "b2", "W3", "b3"]:
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

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
            loss = self.compute_loss(Y, A3)
            losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"iteration {i}: loss {loss:.4f}")
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
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd.

    Args:
      x, w, b: Python floats.

    Returns:
      (dy_dx, dy_dw, dy_db), three numbers or tensors of no axis.
    """
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch.

    Args:
      shape: a tuple.
      scale: a number.
      generator: a torch.Generator to draw from, by torch.randn(*shape, generator=generator).

    Returns:
      A tensor of that shape that is a leaf of the graph (backward fills its .grad) and requires a gradient.
    """
    t = torch.randn(*shape, generator=generator) * scale
    t.requires_grad_(True)
    return t


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
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    losses = []
    for i in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = torch.mean((A2 - Y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in [W1, b1, W2, b2]:
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
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    result = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            result.append(layer.weight.grad.abs().mean().item())
    return result
