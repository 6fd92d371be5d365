"""
BACKPROPAGATION

What was the most important concept I learned?
    Backprop is bookkeeping. Every derivative has a name that says what it is of and with respect to what, and if I write
    the names down honestly then the formulas write themselves.

How did solving exclusive or feel compared to the forward pass alone?
    Last week I had to choose the weights by hand. Now the net finds its own, and they look nothing like mine.
"""

import numpy as np

# ---------------------------------------------------------------------------
# Part 1. The activation function
# ---------------------------------------------------------------------------


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    # np.float64 in any case, since exp of an integer array would be fine but -x of unsigned integers would not
    x = np.asarray(x, dtype=np.float64)
    # beyond 40 the result is 1 to machine precision; below -700 exp would overflow
    x = np.maximum(x, -700.0)
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    # d/dx 1/(1+e^-x) = e^-x/(1+e^-x)^2, and that is s(1-s)
    s = sigmoid(x)
    return s * (1.0 - s)


# ---------------------------------------------------------------------------
# Part 2. One weight at a time
# ---------------------------------------------------------------------------


def manual_forward(x, w1, b1, w2, b2):
    """The forward pass of the smallest network: one input, one hidden unit, one output, all of them numbers.

    Args:
      x: the input.
      w1, b1: weight and bias of the hidden unit.
      w2, b2: weight and bias of the output.

    Returns:
      A dict with the hidden unit's pre-activation and activation and the output's: keys z1, a1, z2, a2.
    """
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    """Every derivative on the way back through the smallest network, one link of the chain at a time.

    Args:
      x: the input.
      y: the target. The loss is L = (y - a2)^2 / 2.
      w1, b1: weight and bias of the hidden unit.
      w2, b2: weight and bias of the output.

    Returns:
      A dict of numbers with the keys dL_da2, da2_dz2, dL_dz2, dL_dw2, dL_db2, dL_da1, da1_dz1, dL_dz1, dL_dw1 and
      dL_db1; dL_da2 is the derivative of the loss with respect to a2, da2_dz2 that of a2 with respect to z2, and so on.
    """
    forward = manual_forward(x, w1, b1, w2, b2)
    z1, a1 = forward["z1"], forward["a1"]
    z2, a2 = forward["z2"], forward["a2"]

    # Start: L = (y - a2)^2 / 2. The 2 cancels, the inner derivative of y - a2 is -1.
    dL_da2 = -(y - a2)

    # a2 = sigmoid(z2)
    da2_dz2 = sigmoid_derivative(z2)
    dL_dz2 = dL_da2 * da2_dz2

    # z2 = w2 * a1 + b2 depends on three things
    dz2_dw2 = a1
    dz2_db2 = 1.0
    dz2_da1 = w2
    dL_dw2 = dL_dz2 * dz2_dw2
    dL_db2 = dL_dz2 * dz2_db2
    dL_da1 = dL_da2 * dz2_da1

    # a1 = sigmoid(z1)
    da1_dz1 = sigmoid_derivative(z1)
    dL_dz1 = dL_da1 * da1_dz1

    # z1 = w1 * x + b1
    dz1_dw1 = x
    dz1_db1 = 1.0
    dL_dw1 = dL_dz1 * dz1_dw1
    dL_db1 = dL_dz1 * dz1_db1

    return {
        "dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2,
        "dL_dw2": dL_dw2, "dL_db2": dL_db2,
        "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1,
        "dL_dw1": dL_dw1, "dL_db1": dL_db1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    """One step of gradient descent of the smallest network, on the loss L = (y - a2)^2 / 2.

    Args:
      x: the input.
      y: the target.
      w1, b1: weight and bias of the hidden unit.
      w2, b2: weight and bias of the output.
      learning_rate: the step size.

    Returns:
      (w1, b1, w2, b2) after the step. All four derivatives are those at the old values.
    """
    gradients = manual_gradients(x, y, w1, b1, w2, b2)
    w1_new = w1 - learning_rate * gradients["dL_dw1"]
    b1_new = b1 - learning_rate * gradients["dL_db1"]
    w2_new = w2 - learning_rate * gradients["dL_dw2"]
    b2_new = b2 - learning_rate * gradients["dL_db2"]
    return w1_new, b1_new, w2_new, b2_new


# ---------------------------------------------------------------------------
# Part 3. The same with matrices
# ---------------------------------------------------------------------------


class NeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2).

    Attributes:
      W1 (n, h), b1 (1, h), W2 (h, k), b2 (1, k): the parameters.
      learning_rate: the step size of gradient descent.
      gradients: after backward, a dict dW1, db1, dW2, db2.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # standard normal: Xavier would be smaller, but for two inputs this works better
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.z1 = self.a1 = self.z2 = self.a2 = None
        self.gradients = None

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1          # (m, h)
        self.a1 = sigmoid(self.z1)               # (m, h)
        self.z2 = self.a1 @ self.W2 + self.b2    # (m, k)
        self.a2 = sigmoid(self.z2)               # (m, k)
        return self.a2

    def backward(self, X, y):
        m, k = self.a2.shape
        dL_da2 = -2.0 * (y - self.a2) / (m * k)             # (m, k)
        dL_dz2 = dL_da2 * sigmoid_derivative(self.z2)       # (m, k)
        dL_dW2 = self.a1.T @ dL_dz2                         # (h, m) @ (m, k) = (h, k)
        dL_db2 = dL_dz2.sum(axis=0, keepdims=True)          # (1, k)
        dL_da1 = dL_dz2 @ self.W2.T                         # (m, k) @ (k, h) = (m, h)
        dL_dz1 = dL_da1 * sigmoid_derivative(self.z1)       # (m, h)
        dL_dW1 = X.T @ dL_dz1                               # (n, m) @ (m, h) = (n, h)
        dL_db1 = dL_dz1.sum(axis=0, keepdims=True)          # (1, h)
        self.gradients = {"dW1": dL_dW1, "db1": dL_db1, "dW2": dL_dW2, "db2": dL_db2}
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.learning_rate * self.gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * self.gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * self.gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


# ---------------------------------------------------------------------------
# Part 4. Exclusive or
# ---------------------------------------------------------------------------


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    net = NeuralNetwork(2, 8, 1, learning_rate=1.5)
    losses = []
    for _ in range(5000):
        losses.append(net.train_step(X, y))
    return net, losses


# ---------------------------------------------------------------------------
# Part 5. Two spirals
# ---------------------------------------------------------------------------


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    t = np.linspace(0.0, 4.0 * np.pi, half)
    r = t / (2.0 * np.pi)
    first = np.column_stack((r * np.cos(t), r * np.sin(t)))
    second = -first      # half a turn takes (x, y) to (-x, -y)
    X = np.vstack((first, second)) + noise * np.random.randn(n_samples, 2)
    y = np.vstack((np.zeros((half, 1)), np.ones((half, 1))))
    return X, y


def train_spiral(X, y):
    # Each hidden unit is a steep step along some line. The lines have to be spread over the whole picture, so the
    # biases must not all be zero.
    net = NeuralNetwork(2, 70, 1, learning_rate=2.5)
    net.W1 = 5.0 * np.random.randn(2, 70)
    net.b1 = 5.0 * np.random.randn(1, 70)
    net.W2 = 0.5 * np.random.randn(70, 1)
    for epoch in range(1000):
        # batches of 20 are about ten times as fast as all 300 at once
        order = np.random.permutation(len(X))
        for start in range(0, len(X), 20):
            batch = order[start:start + 20]
            net.train_step(X[batch], y[batch])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            for _ in range(epochs):
                final_loss = net.train_step(X, y)
            results.append(dict(hidden_size=hidden_size, learning_rate=learning_rate, final_loss=final_loss))
    return results
