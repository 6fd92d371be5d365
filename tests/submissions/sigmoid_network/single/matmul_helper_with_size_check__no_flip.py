import numpy as np


def matMul(left, right):
    rows = len(left)
    inner = len(left[0])
    cols = len(right[0])
    if inner != len(right):
        raise ValueError("matMul: sizes do not fit")
    product = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            cell = 0.0
            for i in range(inner):
                cell = cell + left[r][i] * right[i][c]
            product[r][c] = cell
    return product


def flip(matrix):
    flipped = np.zeros((len(matrix[0]), len(matrix)))
    for r in range(len(matrix)):
        for c in range(len(matrix[0])):
            flipped[c][r] = matrix[r][c]
    return flipped


def addRow(matrix, row):
    added = np.zeros((len(matrix), len(matrix[0])))
    for r in range(len(matrix)):
        for c in range(len(matrix[0])):
            added[r][c] = matrix[r][c] + row[0][c]
    return added


def sigmoid(x):
    x = np.array(x, dtype=float)
    big = np.exp(-np.abs(x))
    return np.where(x < 0, big, 1.0) / (1.0 + big)


def sigmoid_derivative(x):
    big = np.exp(-np.abs(np.array(x, dtype=float)))
    return big / ((1.0 + big) * (1.0 + big))


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return np.sign(np.clip(x, 0, None)).astype(float)


def mse_loss(y_pred, y_true):
    err = y_pred - y_true
    return (err * err).sum() / (err.shape[0] * err.shape[1])


def mse_loss_derivative(y_pred, y_true):
    err = y_pred - y_true
    return (err + err) / (err.shape[0] * err.shape[1])


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(scale=0.1, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(scale=0.1, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = addRow(matMul(X, self.W1), self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = addRow(matMul(self.a1, self.W2), self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        delta = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dW2 = matMul(flip(self.a1), delta)
        ones = np.ones((1, len(X)))
        db2 = matMul(ones, delta)

        delta = matMul(delta, self.W2) * sigmoid_derivative(self.z1)
        dW1 = matMul(flip(X), delta)
        db1 = matMul(ones, delta)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for param, grad in zip((self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2)):
            param -= self.learning_rate * grad

    def train(self, X, y, epochs=1000):
        lossPerEpoch = []
        for _ in range(epochs):
            prediction = self.forward(X)
            lossPerEpoch += [mse_loss(prediction, y)]
            gradients = self.backward(X, y, prediction)
            self.update_weights(*gradients)
        return lossPerEpoch


def numerical_gradient(f, x, h=1e-05):
    start = np.array(x, dtype=np.float64)
    n = start.size
    slopes = np.zeros(n)
    for i in range(n):
        right = start.flatten()
        left = start.flatten()
        right[i] += h
        left[i] -= h
        slopes[i] = (f(right.reshape(start.shape)) - f(left.reshape(start.shape))) / (2 * h)
    return slopes.reshape(start.shape)
