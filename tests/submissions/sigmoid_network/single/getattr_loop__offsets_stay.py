"""Exercise 3, backpropagation.

I tested with XOR, the loss goes down (slowly).
"""

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, 1 / (1 + np.exp(-np.abs(x))), 1 - 1 / (1 + np.exp(-np.abs(x))))


def sigmoid_derivative(x):
    a = sigmoid(x)
    b = 1.0 - a
    return a * b


def relu(x):
    y = np.copy(x)
    mask = y < 0
    y[mask] = 0
    return y


def relu_derivative(x):
    return np.sign(np.maximum(x, 0)).astype(float)


def mse_loss(y_pred, y_true):
    squared = np.square(np.subtract(y_true, y_pred))
    return squared.sum() / (squared.shape[0] * squared.shape[1])


def mse_loss_derivative(y_pred, y_true):
    rows, cols = y_true.shape
    return (2 / (rows * cols)) * (y_pred - y_true)


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * np.sqrt(1 / input_size)
        self.W2 = np.random.randn(hidden_size, output_size) * np.sqrt(1 / hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # how wrong are we
        loss_gradient = mse_loss_derivative(y_pred, y)
        # layer 2
        delta2 = loss_gradient * sigmoid_derivative(self.z2)
        dW2 = np.dot(self.a1.T, delta2)
        db2 = np.sum(delta2, axis=0, keepdims=True)
        # layer 1
        delta1 = np.dot(delta2, self.W2.T) * sigmoid_derivative(self.z1)
        dW1 = np.dot(X.T, delta1)
        db1 = np.sum(delta1, axis=0, keepdims=True)
        # print(dW1.shape, db1.shape, dW2.shape, db2.shape)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        gradient = dict(W1=dW1, b1=db1, W2=dW2, b2=db2)
        for name in ("W1", "W2"):
            parameter = getattr(self, name)
            parameter = parameter - self.learning_rate * gradient[name]
            setattr(self, name, parameter)

    def train(self, X, y, epochs=1000):
        all_losses = []
        for epoch in range(1, epochs + 1):
            prediction = self.forward(X)
            all_losses.append(mse_loss(prediction, y))
            gradients = self.backward(X, y, prediction)
            self.update_weights(*gradients)
            # if epoch % 100 == 0:
            #     print("epoch", epoch, "loss", all_losses[-1])
        return all_losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype="float64")
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x_plus = x.copy()
        x_plus[index] = x_plus[index] + h
        x_minus = x.copy()
        x_minus[index] = x_minus[index] - h
        grad[index] = (f(x_plus) - f(x_minus)) / (2 * h)
    return grad


def plot(losses):
    import matplotlib.pyplot as plt

    plt.plot(losses)
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.show()


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    nn = SimpleNeuralNetwork(2, 4, 1, learning_rate=0.5)
    losses = nn.train(X, y, epochs=20)
    print(losses[0], losses[-1])
    # plot(losses)
