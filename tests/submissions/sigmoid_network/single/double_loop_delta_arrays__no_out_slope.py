import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0.0, -x))


def sigmoid_derivative(x):
    y = sigmoid(x)
    return y * (1 - y)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return (np.asarray(x) > 0) * 1.0


def mse_loss(y_pred, y_true):
    nSamples, nOut = y_pred.shape
    loss = 0
    for i in range(nSamples):
        for j in range(nOut):
            loss += (y_pred[i][j] - y_true[i][j]) ** 2
    loss /= nSamples * nOut
    return loss


def mse_loss_derivative(y_pred, y_true):
    nSamples, nOut = y_pred.shape
    return 2 / (nSamples * nOut) * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.nIn = input_size
        self.nHid = hidden_size
        self.nOut = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(self.nIn, self.nHid) - 0.5
        self.b1 = np.zeros((1, self.nHid))
        self.W2 = np.random.rand(self.nHid, self.nOut) - 0.5
        self.b2 = np.zeros((1, self.nOut))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        nSamples = X.shape[0]
        lossGrad = mse_loss_derivative(y_pred, y)
        slope2 = sigmoid_derivative(self.z2)
        slope1 = sigmoid_derivative(self.z1)
        delta2 = np.zeros((nSamples, self.nOut))
        delta1 = np.zeros((nSamples, self.nHid))

        # output layer
        for i in range(nSamples):
            for j in range(self.nOut):
                delta2[i][j] = lossGrad[i][j]

        # hidden layer
        for i in range(nSamples):
            for h in range(self.nHid):
                for j in range(self.nOut):
                    delta1[i][h] += delta2[i][j] * self.W2[h][j]
                delta1[i][h] *= slope1[i][h]

        dW2 = np.zeros((self.nHid, self.nOut))
        db2 = np.zeros((1, self.nOut))
        dW1 = np.zeros((self.nIn, self.nHid))
        db1 = np.zeros((1, self.nHid))
        for i in range(nSamples):
            for j in range(self.nOut):
                db2[0][j] += delta2[i][j]
                for h in range(self.nHid):
                    dW2[h][j] += self.a1[i][h] * delta2[i][j]
            for h in range(self.nHid):
                db1[0][h] += delta1[i][h]
                for n in range(self.nIn):
                    dW1[n][h] += X[i][n] * delta1[i][h]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    result = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        original = x[i]
        x[i] = original + h
        up = f(x)
        x[i] = original - h
        down = f(x)
        x[i] = original
        result[i] = (up - down) / (2 * h)
    return result
