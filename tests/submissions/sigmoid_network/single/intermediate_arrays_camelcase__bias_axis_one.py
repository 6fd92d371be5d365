import numpy as np
# Backpropagation homework, group 7
NUM_LAYERS = 2


def sigmoid(x):
    inputArray = np.asarray(x, dtype=float)
    outputArray = np.ones(inputArray.shape)
    expOfMinusAbs = np.exp(-np.absolute(inputArray))
    outputArray = outputArray / (1 + expOfMinusAbs)
    return np.where(inputArray < 0, 1 - outputArray, outputArray)


def sigmoid_derivative(x):
    activated = sigmoid(x)
    oneMinus = 1 - activated
    product = activated * oneMinus
    return product


def relu(x):
    inputArray = np.asarray(x)
    isPositive = inputArray > 0
    return np.where(isPositive, inputArray, 0)


def relu_derivative(x):
    isPositive = np.asarray(x) > 0
    return isPositive.astype(float)


def mse_loss(y_pred, y_true):
    differences = y_pred - y_true
    squares = np.power(differences, 2)
    return np.sum(squares) / np.prod(squares.shape)


def mse_loss_derivative(y_pred, y_true):
    differences = y_pred - y_true
    return 2 * differences / np.prod(differences.shape)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * np.sqrt(1 / input_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * np.sqrt(1 / hidden_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        weighted1 = np.dot(X, self.W1)
        self.z1 = weighted1 + self.b1
        self.a1 = sigmoid(self.z1)
        weighted2 = np.dot(self.a1, self.W2)
        self.z2 = weighted2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        sampleCount = y.shape[0]
        outputCount = y.shape[1]
        differences = y_pred - y
        outputSlopes = y_pred * (1 - y_pred)
        outputDeltas = differences * outputSlopes
        hiddenSlopes = self.a1 * (1 - self.a1)
        hiddenErrors = np.dot(outputDeltas, self.W2.T)
        hiddenDeltas = hiddenErrors * hiddenSlopes
        normalizer = 2 / (sampleCount * outputCount)
        gradW2 = normalizer * np.dot(self.a1.T, outputDeltas)
        gradB2 = normalizer * np.sum(outputDeltas, axis=1, keepdims=True)
        gradW1 = normalizer * np.dot(X.T, hiddenDeltas)
        gradB1 = normalizer * np.sum(hiddenDeltas, axis=1, keepdims=True)
        return gradW1, gradB1, gradW2, gradB2

    def update_weights(self, dW1, db1, dW2, db2):
        newW1 = self.W1 - dW1 * self.learning_rate
        newB1 = self.b1 - db1 * self.learning_rate
        newW2 = self.W2 - dW2 * self.learning_rate
        newB2 = self.b2 - db2 * self.learning_rate
        self.W1, self.b1, self.W2, self.b2 = newW1, newB1, newW2, newB2

    def train(self, X, y, epochs=1000):
        lossHistory = []
        for epochIndex in range(epochs):
            predictions = self.forward(X)
            currentLoss = mse_loss(predictions, y)
            lossHistory.append(currentLoss)
            gradW1, gradB1, gradW2, gradB2 = self.backward(X, y, predictions)
            self.update_weights(gradW1, gradB1, gradW2, gradB2)
        return lossHistory


def numerical_gradient(f, x, h=1e-05):
    work = np.array(x, dtype=np.float64)
    gradientArray = np.zeros(work.shape, dtype=np.float64)
    for index, oldValue in np.ndenumerate(work.copy()):
        work[index] = oldValue + h
        upper = f(work)
        work[index] = oldValue - h
        lower = f(work)
        work[index] = oldValue
        gradientArray[index] = (upper - lower) / (2 * h)
    return gradientArray
