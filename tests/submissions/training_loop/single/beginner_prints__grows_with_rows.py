# Exercise: Backpropagation
# Answers to the questions:
# 1) most important concept: a gradient says in which direction the loss grows, so we go the other way
# 2) what surprised me: that XOR really works now!! with only the forward pass I was guessing weights for an hour
# 3) question I still have: how do people find the learning rate?

import numpy as np


# sigmoid squashes every number between 0 and 1
def sigmoid(x):
    x = np.array(x, dtype=float)
    # print("x in sigmoid", x)
    x = np.clip(x, -600, 600)  # otherwise overflow warning
    bottom = 1 + np.exp(-x)
    result = 1 / bottom
    return result


# derivative = s * (1 - s) and s is sigmoid(x)
def sigmoid_derivative(x):
    s = sigmoid(x)
    result = s * (1 - s)
    return result


# forward with single numbers
def manual_forward(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)
    # print("z1", z1, "a1", a1, "z2", z2, "a2", a2)
    result = {}
    result["z1"] = z1
    result["a1"] = a1
    result["z2"] = z2
    result["a2"] = a2
    return result


# backward with single numbers
def manual_gradients(x, y, w1, b1, w2, b2):
    # first do the forward again
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)

    result = {}
    # L = (y - a2)^2 / 2  ->  the 2 goes away, inner derivative is -1
    result["dL_da2"] = -1 * (y - a2)
    result["da2_dz2"] = sigmoid_derivative(z2)
    result["dL_dz2"] = result["dL_da2"] * result["da2_dz2"]
    result["dL_dw2"] = result["dL_dz2"] * a1
    result["dL_db2"] = result["dL_dz2"] * 1
    # now the hidden one
    result["dL_da1"] = result["dL_dz2"] * w2
    result["da1_dz1"] = sigmoid_derivative(z1)
    result["dL_dz1"] = result["dL_da1"] * result["da1_dz1"]
    result["dL_dw1"] = result["dL_dz1"] * x
    result["dL_db1"] = result["dL_dz1"] * 1
    return result


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    new_w1 = w1 - learning_rate * g["dL_dw1"]
    new_b1 = b1 - learning_rate * g["dL_db1"]
    new_w2 = w2 - learning_rate * g["dL_dw2"]
    new_b2 = b2 - learning_rate * g["dL_db2"]
    return new_w1, new_b1, new_w2, new_b2


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.learning_rate = learning_rate
        # random weights (between -2 and 2), zero biases
        self.W1 = np.random.uniform(-2, 2, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-2, 2, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        # print("W1", self.W1.shape, "W2", self.W2.shape)

    def forward(self, X):
        # layer 1
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        # layer 2
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        # how many numbers are in the mean
        rows = y.shape[0]
        columns = y.shape[1]
        N = rows * columns
        # output layer
        error = self.a2 - y
        delta2 = (2 / N) * error * sigmoid_derivative(self.z2)
        # print("delta2", delta2.shape)
        dW2 = np.dot(self.a1.T, delta2)
        db2 = np.sum(delta2, axis=0, keepdims=True)
        # hidden layer
        delta1 = np.dot(delta2, self.W2.T) * sigmoid_derivative(self.z1)
        # print("delta1", delta1.shape)
        dW1 = np.dot(X.T, delta1)
        db1 = np.sum(delta1, axis=0, keepdims=True)
        # save them
        self.gradients = {}
        self.gradients["dW1"] = dW1
        self.gradients["db1"] = db1
        self.gradients["dW2"] = dW2
        self.gradients["db2"] = db2
        return self.gradients

    def update_weights(self):
        # minus because we want to go down
        self.W1 = self.W1 - self.learning_rate * self.gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * self.gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * self.gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        # difference
        difference = y_true - y_pred
        # square it
        squared = difference ** 2
        # add everything up
        total = np.sum(squared)
        # and divide by how many there are
        how_many = y_true.shape[1]
        # print("total", total, "how_many", how_many)
        loss = total / how_many
        return loss

    def train_step(self, X, y):
        # 1. forward
        y_pred = self.forward(X)
        # 2. loss
        loss = self.compute_loss(y, y_pred)
        # 3. backward
        self.backward(X, y)
        # 4. update
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, 3.0)
    losses = []
    for epoch in range(6000):
        loss = net.train_step(X, y)
        losses.append(loss)
        # if epoch % 1000 == 0:
        #     print("epoch", epoch, "loss", loss)
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    n = n_samples // 2
    t = np.linspace(0, 4 * np.pi, n)
    r = t / (2 * np.pi)
    # first arm
    x_a = r * np.cos(t)
    y_a = r * np.sin(t)
    # second arm is the first arm turned by half a turn, so both coordinates change the sign
    x_b = -r * np.cos(t)
    y_b = -r * np.sin(t)
    X = np.zeros((2 * n, 2))
    X[:n, 0] = x_a
    X[:n, 1] = y_a
    X[n:, 0] = x_b
    X[n:, 1] = y_b
    X = X + np.random.normal(0, noise, (2 * n, 2))
    y = np.zeros((2 * n, 1))
    y[n:] = 1
    # print(X[:5], y[:5])
    return X, y


def train_spiral(X, y):
    # I tried many settings, this one works (most of the time above 97 %)
    net = NeuralNetwork(2, 90, 1, 3.0)
    net.W1 = np.random.randn(2, 90) * 4
    net.b1 = np.random.randn(1, 90) * 4
    net.W2 = np.random.randn(90, 1) * 0.3
    for epoch in range(2200):
        # shuffle and take 6 small groups
        order = np.random.permutation(len(X))
        groups = np.array_split(order, 6)
        for group in groups:
            net.train_step(X[group], y[group])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            loss = 0
            for epoch in range(epochs):
                loss = net.train_step(X, y)
            result = {}
            result["hidden_size"] = hidden_size
            result["learning_rate"] = learning_rate
            result["final_loss"] = loss
            results.append(result)
    return results


if __name__ == "__main__":
    print("sigmoid(0) =", sigmoid(0))
    print("gradients:", manual_gradients(0.5, 1.0, 0.3, 0.1, -0.4, 0.2))
    net, losses = train_xor(0)
    print("first loss", losses[0], "last loss", losses[-1])
    print(net.forward(np.array([[0, 0], [0, 1], [1, 0], [1, 1]])))
