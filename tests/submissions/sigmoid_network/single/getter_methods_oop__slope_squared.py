import numpy as np


class Activation:
    def value(self, x):
        raise NotImplementedError

    def slope(self, x):
        raise NotImplementedError


class Logistic(Activation):
    def value(self, x):
        arr = np.asarray(x, dtype=np.float64)
        safe = np.clip(arr, -500, 500)
        return 1 / (1 + np.exp(-safe))

    def slope(self, x):
        v = self.value(x)
        return v * (1 - v)


class Rectifier(Activation):
    def value(self, x):
        return np.array(x) * (np.array(x) > 0)

    def slope(self, x):
        return np.where(np.array(x) > 0, 1.0, 0.0)


LOGISTIC = Logistic()
RECTIFIER = Rectifier()


def sigmoid(x):
    return LOGISTIC.value(x)


def sigmoid_derivative(x):
    return LOGISTIC.slope(x)


def relu(x):
    return RECTIFIER.value(x)


def relu_derivative(x):
    return RECTIFIER.slope(x)


def mse_loss(y_pred, y_true):
    return np.average(np.square(np.subtract(y_pred, y_true)))


def mse_loss_derivative(y_pred, y_true):
    return np.subtract(y_pred, y_true) * 2 / np.size(y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.setLearningRate(learning_rate)
        self.initLayer(1, input_size, hidden_size)
        self.initLayer(2, hidden_size, output_size)

    def setLearningRate(self, rate):
        self.learning_rate = rate

    def initLayer(self, number, fanIn, fanOut):
        setattr(self, "W%d" % number, np.random.randn(fanIn, fanOut) / 10)
        setattr(self, "b%d" % number, np.zeros((1, fanOut)))

    def forward(self, X):
        self.z1 = np.add(np.matmul(X, self.W1), self.b1)
        self.a1 = LOGISTIC.value(self.z1)
        self.z2 = np.add(np.matmul(self.a1, self.W2), self.b2)
        self.a2 = LOGISTIC.value(self.z2)
        return self.a2

    # --- backward, split into small methods ---
    def outputError(self, y, y_pred):
        return mse_loss_derivative(y_pred, y) * self.outputSlope(y_pred)

    def outputSlope(self, y_pred):
        return y_pred * (1 - y_pred)

    def outputDelta(self, y, y_pred):
        error = self.outputError(y, y_pred)
        return error * self.outputSlope(y_pred)

    def hiddenDelta(self, outputDelta):
        back = np.matmul(outputDelta, self.W2.T)
        return back * LOGISTIC.slope(self.z1)

    def layerGradient(self, layerInput, delta):
        weightGrad = np.matmul(layerInput.T, delta)
        biasGrad = np.matmul(np.ones((1, delta.shape[0])), delta)
        return weightGrad, biasGrad

    def backward(self, X, y, y_pred):
        dOut = self.outputDelta(y, y_pred)
        dHid = self.hiddenDelta(dOut)
        return self.layerGradient(X, dHid) + self.layerGradient(self.a1, dOut)

    def update_weights(self, dW1, db1, dW2, db2):
        self.descend("W1", dW1)
        self.descend("b1", db1)
        self.descend("W2", dW2)
        self.descend("b2", db2)

    def descend(self, name, grad):
        setattr(self, name, getattr(self, name) - self.learning_rate * grad)

    def train(self, X, y, epochs=1000):
        lossList = []
        while len(lossList) < epochs:
            out = self.forward(X)
            lossList.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return lossList


def numerical_gradient(f, x, h=1e-05):
    point = np.asarray(x).astype(np.float64)

    def partial(idx):
        shift = np.zeros_like(point)
        shift[idx] = h
        return (f(point + shift) - f(point - shift)) / (2 * h)

    grad = np.zeros_like(point)
    for idx in np.ndindex(point.shape):
        grad[idx] = partial(idx)
    return grad
