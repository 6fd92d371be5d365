import numpy as np

DTYPE = np.float64


def newArray(*size):
    return np.zeros(size, dtype=DTYPE)


def sigmoid(x):
    values = np.asarray(x, dtype=DTYPE)
    halves = np.divide(values, 2.0)
    return np.divide(np.add(1.0, np.tanh(halves)), 2.0)


def sigmoid_derivative(x):
    values = np.asarray(x, dtype=DTYPE)
    hyper = np.cosh(np.clip(values / 2.0, -300, 300))
    return 1.0 / (4.0 * hyper * hyper)


def relu(x):
    return np.maximum(np.zeros_like(x), x)


def relu_derivative(x):
    out = newArray(*np.shape(x))
    out[np.where(np.asarray(x) > 0)] = 1.0
    return out


def mse_loss(y_pred, y_true):
    total = newArray(1)
    for i in range(y_pred.shape[0]):
        for j in range(y_pred.shape[1]):
            total[0] += (y_pred[i, j] - y_true[i, j]) ** 2
    return total[0] / (y_pred.shape[0] * y_pred.shape[1])


def mse_loss_derivative(y_pred, y_true):
    out = newArray(*y_pred.shape)
    for i in range(y_pred.shape[0]):
        for j in range(y_pred.shape[1]):
            out[i, j] = y_pred[i, j] - y_true[i, j]
    out *= 2.0 / (y_pred.shape[0] * y_pred.shape[1])
    return out


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.b1, self.b2 = newArray(1, hidden_size), newArray(1, output_size)
        self.W1, self.W2 = newArray(input_size, hidden_size), newArray(hidden_size, output_size)
        for W in (self.W1, self.W2):
            W += np.random.normal(0.0, 0.3, W.shape)

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        numSamples = X.shape[0]
        numHidden, numOutputs = self.W2.shape
        outErr = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        hidErr = newArray(numSamples, numHidden)
        for s in range(numSamples):
            for u in range(numHidden):
                blame = 0.0
                for o in range(numOutputs):
                    blame += outErr[s, o]
                hidErr[s, u] = blame
        hidErr *= sigmoid_derivative(self.z1)

        biasOut = newArray(numOutputs)
        biasHid = newArray(numHidden)
        weightOut = newArray(numHidden, numOutputs)
        weightHid = newArray(X.shape[1], numHidden)
        for s in range(numSamples):
            biasOut += outErr[s]
            biasHid += hidErr[s]
            weightOut += np.outer(self.a1[s], outErr[s])
            weightHid += np.outer(X[s], hidErr[s])
        return weightHid, biasHid, weightOut, biasOut

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        trace = []
        for _ in range(epochs):
            answer = self.forward(X)
            trace.append(mse_loss(answer, y))
            gradients = self.backward(X, y, answer)
            self.update_weights(*gradients)
        return trace


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=DTYPE)
    out = newArray(*x.shape)
    for idx in np.ndindex(x.shape):
        bump = newArray(*x.shape)
        bump[idx] = h
        out[idx] = (f(x + bump) - f(x - bump)) / (2.0 * h)
    return out
