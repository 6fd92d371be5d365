import numpy as np


def toFixed(value, digits):
    return np.array([[float(f"{v:.{digits}f}") for v in row] for row in value])


def sigmoid(x):
    number = np.asarray(x, dtype=float)
    return np.where(number >= 0, 1 / (1 + np.exp(-abs(number))), 1 - 1 / (1 + np.exp(-abs(number))))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.array([v if v > 0 else 0 for v in np.ravel(x)]).reshape(np.shape(x))


def relu_derivative(x):
    return np.array([1. if v > 0 else 0. for v in np.ravel(x)]).reshape(np.shape(x))


def mse_loss(y_pred, y_true):
    sumSq = 0
    for row in (y_pred - y_true):
        for v in row:
            sumSq += v ** 2
    return sumSq / (y_pred.shape[0] * y_pred.shape[1])


def mse_loss_derivative(y_pred, y_true):
    grads = []
    for row in (y_pred - y_true):
        grads.append([2 * v / (y_pred.shape[0] * y_pred.shape[1]) for v in row])
    return np.array(grads)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.random((input_size, hidden_size)) * 0.6 - 0.3
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.random((hidden_size, output_size)) * 0.6 - 0.3
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        outDelta = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        outDelta = toFixed(outDelta, 3)
        hidDelta = np.array([[np.dot(d, w) for w in self.W2] for d in outDelta])
        hidDelta = hidDelta * sigmoid_derivative(self.z1)
        hidDelta = toFixed(hidDelta, 3)
        gradients = {"W1": 0, "b1": 0, "W2": 0, "b2": 0}
        for i in range(len(X)):
            gradients["W1"] = gradients["W1"] + np.outer(X[i], hidDelta[i])
            gradients["b1"] = gradients["b1"] + hidDelta[i : i + 1]
            gradients["W2"] = gradients["W2"] + np.outer(self.a1[i], outDelta[i])
            gradients["b2"] = gradients["b2"] + outDelta[i : i + 1]
        return gradients["W1"], gradients["b1"], gradients["W2"], gradients["b2"]

    def update_weights(self, dW1, db1, dW2, db2):
        for key, g in {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}.items():
            vars(self)[key] = vars(self)[key] - self.learning_rate * g

    def train(self, X, y, epochs=1000):
        losses = []
        for i in range(epochs):
            guess = self.forward(X)
            losses.append(mse_loss(guess, y))
            self.update_weights(*self.backward(X, y, guess))
        return losses


def numerical_gradient(f, x, h=1e-05):
    arr = np.array(x, dtype=np.float64)
    def shifted(i, amount):
        c = arr.copy()
        c[i] += amount
        return f(c)
    g = np.zeros(arr.shape)
    for i in np.ndindex(arr.shape):
        g[i] = (shifted(i, h) - shifted(i, -h)) / (2 * h)
    return g
