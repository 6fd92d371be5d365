"""From one weight worked out by hand to networks that learn exclusive or and two spirals.

NumPy, sigmoids in both layers, one sample a row. Sizes: m samples, n inputs, h hidden units, k outputs.

Reflection:
What was the most important concept you learned?
    The chain rule, and that the order of the factors decides the shapes.
What challenges did you face in implementing backpropagation?
    The mean over m·k elements: I forgot k at first and my numerical check was off by exactly that factor.
"""

import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    x = np.asarray(x, dtype=float)
    return 1 / (1 + np.exp(-np.clip(x, -700, 700)))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    return sigmoid(x) * (1 - sigmoid(x))


def manual_forward(x, w1, b1, w2, b2):
    """The forward pass of the smallest network: one input, one hidden unit, one output, all of them numbers.

    Args:
      x: the input.
      w1, b1: weight and bias of the hidden unit.
      w2, b2: weight and bias of the output.

    Returns:
      A dict with the hidden unit's pre-activation and activation and the output's: keys z1, a1, z2, a2.
    """
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
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
    out = manual_forward(x, w1, b1, w2, b2)

    dL_da2 = out["a2"] - y
    da2_dz2 = sigmoid_derivative(out["z2"])
    dL_dz2 = dL_da2 * da2_dz2
    dL_dw2 = dL_dz2 * out["a1"]
    dL_db2 = dL_dz2
    dL_da1 = dL_dz2 * w2
    da1_dz1 = sigmoid_derivative(out["z1"])
    dL_dz1 = dL_da1 * da1_dz1
    dL_dw1 = dL_dz1 * x
    dL_db1 = dL_dz1

    return {"dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2, "dL_dw2": dL_dw2, "dL_db2": dL_db2,
            "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1, "dL_dw1": dL_dw1, "dL_db1": dL_db1}


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
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    w1 -= learning_rate * grads["dL_dw1"]
    b1 -= learning_rate * grads["dL_db1"]
    w2 -= learning_rate * grads["dL_dw2"]
    b2 -= learning_rate * grads["dL_db2"]
    return w1, b1, w2, b2


class NeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2).

    Attributes:
      W1 (n, h), b1 (1, h), W2 (h, k), b2 (1, k): the parameters.
      learning_rate: the step size of gradient descent.
      gradients: after backward, a dict dW1, db1, dW2, db2.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        """Sets learning_rate and the parameters: random weights, zero biases.

        Args:
          input_size: n.
          hidden_size: h.
          output_size: k.
          learning_rate: the step size of gradient descent.

        The weights come from NumPy's global generator, so that seeding it beforehand makes a run repeatable; it must
        not be seeded in here. How large the weights are decides whether the network ever learns.
        """
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 1, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, 1, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        """The forward pass. Keeps what the backward pass needs.

        Args:
          X: (m, n) inputs.

        Returns:
          a2, (m, k): the network's outputs.
        """
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        """The gradient of compute_loss (the mean squared error) with respect to the parameters, after forward(X).

        Args:
          X: (m, n) inputs, those of the forward pass.
          y: (m, k) targets.

        Returns:
          A dict with the keys dW1, db1, dW2, db2, each of the shape of its parameter; the same dict is kept as
          self.gradients. The loss is the mean of the squared differences over all m·k elements.
        """
        m, k = y.shape
        dz2 = 2 / (m * k) * (self.a2 - y) * sigmoid_derivative(self.z2)
        dz1 = dz2 @ self.W2.T * sigmoid_derivative(self.z1)

        self.gradients = {
            "dW1": X.T @ dz1,
            "db1": np.sum(dz1, axis=0, keepdims=True),
            "dW2": self.a1.T @ dz2,
            "db2": np.sum(dz2, axis=0, keepdims=True),
        }
        return self.gradients

    def update_weights(self):
        """One step of gradient descent: changes W1, b1, W2 and b2 by the gradient that self.gradients holds.

        self.gradients itself must not be changed.
        """
        self.W1 -= self.learning_rate * self.gradients["dW1"]
        self.b1 -= self.learning_rate * self.gradients["db1"]
        self.W2 -= self.learning_rate * self.gradients["dW2"]
        self.b2 -= self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        """The mean squared error: the mean of (y_true - y_pred)^2 over all m·k elements.

        Args:
          y_true: (m, k) targets.
          y_pred: (m, k) predictions.

        Returns:
          A single number.
        """
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        """One step of training on all samples: forward pass, loss, backward pass, update.

        Args:
          X: (m, n) inputs.
          y: (m, k) targets.

        Returns:
          The loss before the update.
        """
        y_pred = self.forward(X)
        loss = self.compute_loss(y, y_pred)
        self.backward(X, y)
        self.update_weights
        return loss


def train_xor(seed):
    """Trains a NeuralNetwork on exclusive or, from the start that a seed gives (np.random.seed).

    Hidden units, learning rate, epochs and the size of the initial weights are yours to choose. It has to work for
    each of the seeds 0 to 4 (a fifth of the points each); all five together may take 60 seconds of computing time.

    Args:
      seed: seeds NumPy's global generator.

    Returns:
      (net, losses): the trained network, whose net.forward of [[0, 0], [0, 1], [1, 0], [1, 1]] has to be within 0.1 of
      [[0], [1], [1], [0]], and the list of the losses of all epochs.
    """
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 16, 1, learning_rate=2)
    losses = []
    for epoch in range(4000):
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    """Points on two arms of a spiral, one class each, from NumPy's global generator.

    The arm of class 0 has radius t / 2π at the angle t, for t from 0 to 4π: two turns. The arm of class 1 is the same
    arm turned by half a turn. Check in a plot with noise=0 that they do not lie on one curve.

    Args:
      n_samples: m, an even number: half of them for each arm.
      noise: the standard deviation of what is added to each coordinate.

    Returns:
      (X, y): X (m, 2) the points, y (m, 1) their classes as 0.0 and 1.0.
    """
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    r = t / (2 * np.pi)
    arm_0 = np.column_stack((r * np.cos(t), r * np.sin(t)))
    arm_1 = np.column_stack((r * np.cos(t + np.pi), r * np.sin(t + np.pi)))
    X = np.vstack((arm_0, arm_1)) + np.random.normal(0, noise, (n_samples, 2))
    y = np.vstack((np.zeros((n_samples // 2, 1)), np.ones((n_samples // 2, 1))))
    return X, y


def train_spiral(X, y):
    """Trains a NeuralNetwork to tell two spirals apart.

    Hidden units, learning rate, epochs and the initial weights are yours to choose. It is called with data like those
    of make_spiral_data(300, 0.1), up to three times, and the best network counts: net.forward(X) > 0.5 has to be right
    for at least 95 % of the points. All calls together may take 60 seconds of computing time.

    Args:
      X: (m, 2) points.
      y: (m, 1) classes, 0.0 or 1.0.

    Returns:
      The trained network.
    """
    hidden = 72
    net = NeuralNetwork(2, hidden, 1, learning_rate=3)
    net.W1 = np.random.normal(0, 5, (2, hidden))
    net.b1 = np.random.normal(0, 5, (1, hidden))
    net.W2 = np.random.normal(0, 0.5, (hidden, 1))
    m = X.shape[0]
    for epoch in range(1000):
        shuffled = np.random.permutation(m)
        for i in range(0, m, 20):
            rows = shuffled[i:i + 20]
            net.train_step(X[rows], y[rows])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    """Trains a network for each pair of a hidden size and a learning rate.

    Each network is made right after NumPy's global generator is seeded (np.random.seed), so that all start alike, as
    NeuralNetwork(n, hidden_size, k, learning_rate), and trained by `epochs` calls of train_step(X, y).

    Args:
      X: (m, n) inputs.
      y: (m, k) targets.
      hidden_sizes: a list of numbers of hidden units.
      learning_rates: a list of learning rates.
      epochs: how many steps each network is trained.
      seed: seeds NumPy's global generator before each network.

    Returns:
      A list of dicts, one for each pair, in any order, with the keys hidden_size, learning_rate and final_loss (the
      loss of the last step, or that after it).
    """
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            for _ in range(epochs):
                net.train_step(X, y)
            final_loss = net.compute_loss(y, net.forward(X))
            results.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": final_loss})
    return results
