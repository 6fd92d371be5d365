"""
REFLECTION

What challenges did you face?
    Keeping apart z and a. I print everything now.
What surprised you?
    The loss sits still for hundreds of epochs and then falls off a cliff.
"""
import logging
import sys
import numpy as np

logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(message)s")
LOG = logging.getLogger("lab5")


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    exponential = np.exp(-np.clip(x, -500.0, 500.0))
    return 1.0 / (1.0 + exponential)


def sigmoid_derivative(x):
    value_of_sigmoid = sigmoid(x)
    slope = value_of_sigmoid * (1.0 - value_of_sigmoid)
    return slope


def manual_forward(x, w1, b1, w2, b2):
    pre_hidden = w1 * x + b1
    hidden = sigmoid(pre_hidden)
    pre_output = w2 * hidden + b2
    output = sigmoid(pre_output)
    LOG.debug("x=%s -> hidden=%s -> output=%s", x, hidden, output)
    return {"z1": pre_hidden, "a1": hidden, "z2": pre_output, "a2": output}


def manual_gradients(x, y, w1, b1, w2, b2):
    result = manual_forward(x, w1, b1, w2, b2)
    gradient = {}
    gradient["dL_da2"] = result["a2"] - y
    gradient["da2_dz2"] = sigmoid_derivative(result["z2"])
    gradient["dL_dz2"] = gradient["dL_da2"] * gradient["da2_dz2"]
    gradient["dL_dw2"] = gradient["dL_dz2"] * result["a1"]
    gradient["dL_db2"] = gradient["dL_dz2"] * 1.0
    gradient["dL_da1"] = gradient["dL_dz2"] * w2
    gradient["da1_dz1"] = sigmoid_derivative(result["z1"])
    gradient["dL_dz1"] = gradient["dL_da1"] * gradient["da1_dz1"]
    gradient["dL_dw1"] = gradient["dL_dz1"] * x
    gradient["dL_db1"] = gradient["dL_dz1"] * 1.0
    for name, value in gradient.items():
        LOG.debug("%10s = %s", name, value)
    return gradient


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    gradient = manual_gradients(x, y, w1, b1, w2, b2)
    new_w1 = w1 - learning_rate * gradient["dL_dw1"]
    new_b1 = b1 - learning_rate * gradient["dL_db1"]
    new_w2 = w2 - learning_rate * gradient["dL_dw2"]
    new_b2 = b2 - learning_rate * gradient["dL_db2"]
    return new_w1, new_b1, new_w2, new_b2


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.normal(loc=0.0, scale=1.0, size=(input_size, hidden_size))
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.W2 = np.random.normal(loc=0.0, scale=1.0, size=(hidden_size, output_size))
        self.b2 = np.zeros(shape=(1, output_size))
        self.learning_rate = learning_rate
        self.gradients = {}
        self.calls = 0

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        LOG.debug("forward: %s -> %s", X.shape, self.a2.shape)
        return self.a2

    def _output_delta(self, y):
        number_of_elements = y.shape[0] * y.shape[1]
        gradient_of_loss = 2.0 / number_of_elements * (self.a2 - y)
        return gradient_of_loss * sigmoid_derivative(self.z2)

    def backward(self, X, y):
        self.calls += 1
        output_delta = self._output_delta(y)
        output_delta = output_delta * sigmoid_derivative(self.z2)
        LOG.debug("call %d: output delta %s", self.calls, output_delta.shape)
        hidden_delta = np.dot(output_delta, self.W2.T)
        hidden_delta = hidden_delta * sigmoid_derivative(self.a1)
        LOG.debug("call %d: hidden delta %s", self.calls, hidden_delta.shape)
        self.gradients = {}
        self.gradients["dW1"] = np.dot(X.T, hidden_delta)
        self.gradients["db1"] = np.sum(hidden_delta, axis=0, keepdims=True)
        self.gradients["dW2"] = np.dot(self.a1.T, output_delta)
        self.gradients["db2"] = np.sum(output_delta, axis=0, keepdims=True)
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.learning_rate * self.gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * self.gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * self.gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        difference = y_true - y_pred
        return np.mean(difference * difference)

    def train_step(self, X, y):
        prediction = self.forward(X)
        loss = self.compute_loss(y, prediction)
        self.backward(X, y)
        self.update_weights()
        LOG.debug("loss %.6f", loss)
        return loss


def train_xor(seed):
    np.random.seed(seed)
    inputs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    targets = np.array([[0.0], [1.0], [1.0], [0.0]])
    network = NeuralNetwork(input_size=2, hidden_size=8, output_size=1, learning_rate=5.0)
    losses = []
    for epoch in range(4000):
        loss = network.train_step(inputs, targets)
        losses.append(loss)
        if epoch % 1000 == 0:
            LOG.info("xor seed %d epoch %d loss %.4f", seed, epoch, loss)
    return network, losses


def make_spiral_data(n_samples=300, noise=0.1):
    samples_per_arm = n_samples // 2
    angle = np.linspace(0.0, 4.0 * np.pi, samples_per_arm)
    radius = angle / (2.0 * np.pi)
    first_arm = np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))
    second_arm = np.column_stack((radius * np.cos(angle + np.pi), radius * np.sin(angle + np.pi)))
    X = np.vstack((first_arm, second_arm))
    X = X + np.random.normal(loc=0.0, scale=noise, size=X.shape)
    y = np.vstack((np.zeros((samples_per_arm, 1)), np.ones((samples_per_arm, 1))))
    return X, y


def train_spiral(X, y):
    network = NeuralNetwork(input_size=2, hidden_size=64, output_size=1, learning_rate=5.0)
    network.W1 = np.random.normal(loc=0.0, scale=4.0, size=(2, 64))
    network.b1 = np.random.normal(loc=0.0, scale=4.0, size=(1, 64))
    for epoch in range(5000):
        network.train_step(X, y)
    LOG.info("spiral: %.3f", np.mean((network.forward(X) > 0.5) == y))
    return network


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            network = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            final_loss = None
            for epoch in range(epochs):
                final_loss = network.train_step(X, y)
            results.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": final_loss})
    return results
