# ============================================
# Homework: from one weight to two spirals
# ============================================
#
# Reflection:
# What surprised you about training neural networks?
#   That the network for xor did not learn anything with learning rate 0.1 in 1000 epochs. With 5 it did.
# What questions do you still have about gradient descent?
#   Why does it work at all if there are many minima?

import numpy as np


# --- sigmoid ---
def sigmoid(x):
    x = np.array(x, dtype=float)
    result = 1 / (1 + np.exp(-x))
    return result


# --- derivative of sigmoid ---
# here x is BEFORE the sigmoid
def sigmoid_derivative(x):
    s = sigmoid(x)
    result = s * (1 - s)
    return result


# --- forward pass by hand ---
def manual_forward(x, w1, b1, w2, b2):
    # hidden unit
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    # output
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)
    # put it in a dict
    result = {}
    result["z1"] = z1
    result["a1"] = a1
    result["z2"] = z2
    result["a2"] = a2
    return result


# --- gradients by hand ---
def manual_gradients(x, y, w1, b1, w2, b2):
    # first the forward pass
    values = manual_forward(x, w1, b1, w2, b2)
    z1 = values["z1"]
    a1 = values["a1"]
    z2 = values["z2"]
    a2 = values["a2"]

    # L = (y - a2)^2 / 2
    dL_da2 = y - a2
    # a2 = sigmoid(z2)
    da2_dz2 = a2 * (1 - a2)
    # chain rule
    dL_dz2 = dL_da2 * da2_dz2
    # z2 = a1 * w2 + b2
    dL_dw2 = dL_dz2 * a1
    dL_db2 = dL_dz2 * 1
    dL_da1 = dL_dz2 * w2
    # a1 = sigmoid(z1)
    da1_dz1 = z1 * (1 - z1)
    # chain rule
    dL_dz1 = dL_da1 * da1_dz1
    # z1 = x * w1 + b1
    dL_dw1 = dL_dz1 * x
    dL_db1 = dL_dz1 * 1

    # put it in a dict
    result = {}
    result["dL_da2"] = dL_da2
    result["da2_dz2"] = da2_dz2
    result["dL_dz2"] = dL_dz2
    result["dL_dw2"] = dL_dw2
    result["dL_db2"] = dL_db2
    result["dL_da1"] = dL_da1
    result["da1_dz1"] = da1_dz1
    result["dL_dz1"] = dL_dz1
    result["dL_dw1"] = dL_dw1
    result["dL_db1"] = dL_db1
    return result


# --- update by hand ---
def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    # I write it again so that I practise
    z1 = x * w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2 + b2
    a2 = sigmoid(z2)

    delta2 = (a2 - y) * sigmoid_derivative(z2)
    delta1 = delta2 * w2 * sigmoid_derivative(z1)

    new_w1 = w1 - learning_rate * delta1 * x
    new_b1 = b1 - learning_rate * delta1
    new_w2 = w2 - learning_rate * delta2 * a1
    new_b2 = b2 - learning_rate * delta2
    return new_w1, new_b1, new_w2, new_b2


# --- the network ---
class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # weights between -2 and 2
        self.W1 = np.random.uniform(-2, 2, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-2, 2, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = None

    def forward(self, X):
        self.hidden_input = np.dot(X, self.W1) + self.b1
        self.hidden_output = sigmoid(self.hidden_input)
        self.final_input = np.dot(self.hidden_output, self.W2) + self.b2
        self.final_output = sigmoid(self.final_input)
        return self.final_output

    def backward(self, X, y):
        number = y.shape[0] * y.shape[1]
        # output layer
        error = self.final_output - y
        delta_output = 2 * error / number * sigmoid_derivative(self.final_input)
        dW2 = np.dot(self.hidden_output.T, delta_output)
        db2 = np.sum(delta_output, axis=0, keepdims=True)
        # hidden layer
        error_hidden = np.dot(delta_output, self.W2.T)
        delta_hidden = error_hidden * sigmoid_derivative(self.hidden_input)
        dW1 = np.dot(X.T, delta_hidden)
        db1 = np.sum(delta_hidden, axis=0, keepdims=True)
        # print(dW1.shape, db1.shape, dW2.shape, db2.shape)
        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.learning_rate * self.gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * self.gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * self.gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        error = y_true - y_pred
        loss = np.mean(error * error)
        return loss

    def train_step(self, X, y):
        prediction = self.forward(X)
        loss = self.compute_loss(y, prediction)
        self.backward(X, y)
        self.update_weights()
        return loss


# --- xor ---
def train_xor(seed):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    np.random.seed(seed)
    net = NeuralNetwork(2, 10, 1, 5)
    losses = []
    for epoch in range(5000):
        loss = net.train_step(X, y)
        losses.append(loss)
        if epoch % 1000 == 0:
            print("epoch", epoch, "loss", loss)
    return net, losses


# --- spiral data ---
def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    X = []
    y = []
    # class 0
    for t in np.linspace(0, 4 * np.pi, half):
        r = t / (2 * np.pi)
        X.append([r * np.cos(t), r * np.sin(t)])
        y.append([0.0])
    # class 1
    for t in np.linspace(0, 4 * np.pi, half):
        r = t / (2 * np.pi)
        X.append([r * np.cos(t + np.pi), r * np.sin(t + np.pi)])
        y.append([1.0])
    X = np.array(X)
    y = np.array(y)
    X = X + noise * np.random.randn(n_samples, 2)
    return X, y


# --- spiral ---
def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, 10)
    for epoch in range(14000):
        loss = net.train_step(X, y)
        if epoch % 2000 == 0:
            print("epoch", epoch, "loss", loss)
    return net


# --- explore ---
def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for epoch in range(epochs):
                loss = net.train_step(X, y)
            result = {}
            result["hidden_size"] = h
            result["learning_rate"] = lr
            result["final_loss"] = loss
            results.append(result)
    return results


# small test
print(manual_forward(1.0, 0.5, 0.0, 0.5, 0.0))
print(sigmoid_derivative(0))   # 0.25
