import numpy as np


def sigmoid(x):
    return np.reciprocal(1.0 + np.exp(-np.clip(np.asarray(x, float), -709, 709)))


def sigmoid_derivative(x):
    f = sigmoid(x)
    return f - f**2


def relu(x):
    return (x > 0) * x


def relu_derivative(x):
    return np.vectorize(lambda v: 1.0 if v > 0 else 0.0, otypes=[float])(x)


def squaredErrors(p, t):
    errors = []
    for i in range(len(p)):
        for j in range(len(p[i])):
            errors.append((p[i][j] - t[i][j]) ** 2)
    return errors


def mse_loss(y_pred, y_true):
    errors = squaredErrors(y_pred, y_true)
    return sum(errors) / len(errors)


def mse_loss_derivative(y_pred, y_true):
    rows = []
    for i in range(len(y_pred)):
        row = []
        for j in range(len(y_pred[i])):
            row.append(2 * (y_pred[i][j] - y_true[i][j]) / y_pred.size)
        rows.append(row)
    return np.array(rows)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.2, 0.2, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.2, 0.2, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        outRows = []
        hidRows = []
        lossRows = mse_loss_derivative(y_pred, y)
        for i in range(len(X)):
            outRow = []
            for o in range(self.W2.shape[1]):
                outRow.append(lossRows[i][o] * self.a2[i][o] * (1 - self.a2[i][o]))
            outRows.append(outRow)
            hidRow = []
            for j in range(self.W2.shape[0]):
                s = 0
                for o in range(self.W2.shape[1]):
                    s += outRow[o] * self.W2[j][o]
                hidRow.append(s * self.a1[i][j] * (1 - self.a1[i][j]))
            hidRows.append(hidRow)
        out = np.array(outRows)
        hid = np.array(hidRows)
        db1 = hid
        db2 = out.sum(axis=0, keepdims=True)
        return X.T @ hid, db1, self.a1.T @ out, db2

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W2 = self.W2 - eta * dW2
        self.b2 = self.b2 - eta * db2
        self.W1 = self.W1 - eta * dW1
        self.b1 = self.b1 - eta * db1

    def train(self, X, y, epochs=1000):
        out = []
        for _ in range(0, epochs, 1):
            pred = self.forward(X)
            out.append(mse_loss(pred, y))
            (gw1, gb1, gw2, gb2) = self.backward(X, y, pred)
            self.update_weights(gw1, gb1, gw2, gb2)
        return out


def numerical_gradient(f, x, h=1e-05):
    a = np.array(x, dtype=np.float64, order="C")
    g = []
    v = a.ravel()
    for i in range(len(v)):
        v[i] += h
        up = f(a.copy())
        v[i] -= 2 * h
        dn = f(a.copy())
        v[i] += h
        g.append((up - dn) / (2 * h))
    return np.array(g, dtype=np.float64).reshape(a.shape)
