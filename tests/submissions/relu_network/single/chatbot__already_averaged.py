"""Complete solution with numerically stable implementations and type hints."""

from typing import Dict, List, Tuple

import numpy as np
import torch


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3.

    Args:
      x: a number.

    Returns:
      A dict of numbers: f, u, du_dx, df_du, df_dx.
    """
    inner = 2 * x + 1
    outer = inner ** 3
    d_inner = 2.0
    d_outer = 3.0 * inner * inner
    return dict(f=outer, u=inner, du_dx=d_inner, df_du=d_outer, df_dx=d_outer * d_inner)


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward.

    Args:
      w, x, b: numbers.

    Returns:
      A dict of numbers: a, z, L, dL_dz, dL_da, dL_dw, dL_dx, dL_db.
    """
    res = {}
    res["a"] = w * x
    res["z"] = res["a"] + b
    res["L"] = res["z"] ** 2
    res["dL_dz"] = 2 * res["z"]
    res["dL_da"] = res["dL_dz"]          # addition passes the gradient on
    res["dL_db"] = res["dL_dz"]
    res["dL_dw"] = res["dL_da"] * x      # multiplication swaps the factors
    res["dL_dx"] = res["dL_da"] * w
    return res


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
    res = {}
    res["z"] = np.sum(w * x) + b
    res["a"] = 1.0 / (1.0 + np.exp(-res["z"]))
    res["L"] = (y - res["a"]) ** 2 / 2
    res["dL_da"] = res["a"] - y
    res["da_dz"] = res["a"] * (1 - res["a"])
    res["dL_dz"] = res["dL_da"] * res["da_dz"]
    res["dL_dw"] = res["dL_dz"] * x
    res["dL_db"] = res["dL_dz"]
    return res


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
        # He initialization for the ReLU layer, Xavier for the sigmoid layer
        self.W1 = np.random.randn(hidden_size, input_size) * np.sqrt(2.0 / input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * np.sqrt(1.0 / hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z: np.ndarray) -> np.ndarray:
        return np.maximum(0, Z)

    def relu_derivative(self, Z: np.ndarray) -> np.ndarray:
        return (np.asarray(Z) > 0).astype(np.float64)

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element.

        Args:
          Z: a number or an array of any shape, integers too.

        Returns:
          Floats of the same shape, from 0 to 1. Very large and very small Z must give 1 and 0 and not NaN.
        """
        Z = np.asarray(Z, dtype=np.float64)
        # Numerically stable: never exponentiate a positive number
        e = np.exp(-np.abs(Z))
        return np.where(Z >= 0, 1.0 / (1.0 + e), e / (1.0 + e))

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z.

        Args:
          Z: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

        Returns:
          Floats of the same shape.
        """
        sig = self.sigmoid(Z)
        return sig * (1.0 - sig)

    def forward(self, X: np.ndarray) -> Tuple[np.ndarray, Dict[str, np.ndarray]]:
        # Hidden layer
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        # Output layer
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        cache = {
            "X": X,
            "Z1": Z1,
            "A1": A1,
            "Z2": Z2,
            "A2": A2,
        }
        return A2, cache

    def compute_loss(self, Y: np.ndarray, A2: np.ndarray) -> float:
        m = Y.shape[1]
        eps = 1e-12  # avoid log(0)
        A2 = np.clip(A2, eps, 1.0 - eps)
        return float(-np.sum(Y * np.log(A2) + (1.0 - Y) * np.log(1.0 - A2)) / m)

    def backward(self, Y: np.ndarray, cache: Dict[str, np.ndarray]) -> Dict[str, np.ndarray]:
        X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
        m = X.shape[1]

        # Output layer: for sigmoid + BCE, dL/dZ2 simplifies to (A2 - Y) / m
        dZ2 = (A2 - Y) / m
        dW2 = dZ2 @ A1.T
        db2 = np.sum(dZ2, axis=1, keepdims=True)

        # Hidden layer: backpropagate through W2 and the ReLU
        dA1 = self.W2.T @ dZ2
        dZ1 = dA1 * self.relu_derivative(Z1)
        dW1 = dZ1 @ X.T
        db1 = np.mean(dZ1, axis=1, keepdims=True)

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients: Dict[str, np.ndarray]) -> None:
        for name in ("W1", "b1", "W2", "b2"):
            updated = getattr(self, name) - self.learning_rate * gradients[f"d{name}"]
            setattr(self, name, updated)

    def train(self, X, Y, num_iterations=1000, print_every=100) -> List[float]:
        losses: List[float] = []
        for iteration in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | loss = {loss:.6f}")
        return losses

    def predict(self, X: np.ndarray) -> np.ndarray:
        probabilities, _ = self.forward(X)
        return (probabilities > 0.5).astype(np.int64)


def _relative_error(analytic: np.ndarray, numeric: np.ndarray) -> float:
    """||a - n|| / (||a|| + ||n||), with 0/0 treated as 0."""
    scale = np.linalg.norm(analytic) + np.linalg.norm(numeric)
    if scale == 0.0:
        return 0.0
    return float(np.linalg.norm(analytic - numeric) / scale)


def _numeric_derivative(nn, X, Y, param: np.ndarray, index: Tuple[int, ...], epsilon: float) -> float:
    """Central difference for one element; the element is restored exactly."""
    original = param[index]
    try:
        param[index] = original + epsilon
        loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
        param[index] = original - epsilon
        loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
    finally:
        param[index] = original
    return (loss_plus - loss_minus) / (2.0 * epsilon)


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
    rng = np.random.default_rng(0)
    errors: Dict[str, float] = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        picks = rng.permutation(param.size)[:10]
        indices = [np.unravel_index(p, param.shape) for p in picks]
        numeric = np.array([_numeric_derivative(nn, X, Y, param, i, epsilon) for i in indices])
        analytic = np.array([gradients["d" + name][i] for i in indices])
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
    errors: Dict[str, float] = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        numeric = np.empty_like(param)
        for index in np.ndindex(*param.shape):
            numeric[index] = _numeric_derivative(nn, X, Y, param, index, epsilon)
        errors[name] = _relative_error(gradients["d" + name], numeric)
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
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        for layer in range(1, 4):
            fan_in, fan_out = sizes[layer - 1], sizes[layer]
            setattr(self, f"W{layer}", np.random.randn(fan_out, fan_in) * np.sqrt(2.0 / fan_in))
            setattr(self, f"b{layer}", np.zeros((fan_out, 1)))

    @staticmethod
    def _sigmoid(Z: np.ndarray) -> np.ndarray:
        e = np.exp(-np.abs(Z))
        return np.where(Z >= 0, 1.0 / (1.0 + e), e / (1.0 + e))

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
        A3 = self._sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3) -> float:
        eps = 1e-12
        A3 = np.clip(A3, eps, 1.0 - eps)
        return float(-np.sum(Y * np.log(A3) + (1.0 - Y) * np.log(1.0 - A3)) / Y.shape[1])

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, dW3, db3, each of the shape of its parameter.
        """
        m = Y.shape[1]
        gradients = {}
        dZ = (cache["A3"] - Y) / m
        for layer in (3, 2, 1):
            A_prev = cache[f"A{layer - 1}"] if layer > 1 else cache["X"]
            gradients[f"dW{layer}"] = dZ @ A_prev.T
            gradients[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True)
            if layer > 1:
                dZ = (getattr(self, f"W{layer}").T @ dZ) * (cache[f"Z{layer - 1}"] > 0)
        return gradients

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters.

        Args:
          gradients: a dict dW1 … db3, as backward returns it. It must not be changed.
        """
        for layer in (1, 2, 3):
            for kind in "Wb":
                name = f"{kind}{layer}"
                setattr(self, name, getattr(self, name) - self.learning_rate * gradients[f"d{name}"])

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
            self.update_parameters(self.backward(Y, cache))
            if iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | loss = {losses[-1]:.6f}")
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        return (self.forward(X)[0] > 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand.

    Args:
      w1, w2, x1, x2: numbers.

    Returns:
      (dL_dw1, dL_dw2), two numbers.
    """
    # L = 2 (w1 x1)^2 + 2 (w2 x2)^2 after multiplying out
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd.

    Args:
      w1, w2, x1, x2: Python floats.

    Returns:
      (dL_dw1, dL_dw2), two numbers or tensors of no axis.
    """
    w = torch.tensor([w1, w2], requires_grad=True)
    x = torch.tensor([x1, x2])
    prod = w * x
    L = (prod[0] + prod[1]) ** 2 + (prod[0] - prod[1]) ** 2
    L.backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd.

    Args:
      x, w, b: Python floats.

    Returns:
      (dy_dx, dy_dw, dy_db), three numbers or tensors of no axis.
    """
    tx, tw, tb = (torch.tensor(v, requires_grad=True) for v in (x, w, b))
    (tw * tx + tb).backward()
    return tx.grad.item(), tw.grad.item(), tb.grad.item()


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch.

    Args:
      shape: a tuple.
      scale: a number.
      generator: a torch.Generator to draw from, by torch.randn(*shape, generator=generator).

    Returns:
      A tensor of that shape that is a leaf of the graph (backward fills its .grad) and requires a gradient.
    """
    values = torch.randn(*shape, generator=generator)
    values = values * scale
    return values.detach().requires_grad_(True)


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
    W1, b1, W2, b2 = (torch.nn.Parameter(t.clone()) for t in (W1, b1, W2, b2))
    optimizer = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
    losses = []
    for step in range(num_iterations):
        optimizer.zero_grad()
        Z1 = W1 @ X + b1
        A1 = torch.nn.functional.relu(Z1)
        Z2 = W2 @ A1 + b2
        A2 = torch.sigmoid(Z2)
        loss = torch.nn.functional.mse_loss(A2, Y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
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
    for p in model.parameters():
        p.grad = None
    probs = model(X)
    criterion = torch.nn.BCELoss()
    criterion(probs, Y).backward()
    return [float(torch.mean(torch.abs(m.weight.grad))) for m in model.modules() if isinstance(m, torch.nn.Linear)]
