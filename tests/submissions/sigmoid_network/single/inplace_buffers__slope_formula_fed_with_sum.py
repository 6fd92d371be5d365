"""No temporaries: everything goes into preallocated buffers with out=."""

import numpy as np


def sigmoid(x):
    out = np.array(x, dtype=np.float64)       # a copy, x stays as it is
    np.clip(out, -600.0, 600.0, out=out)
    np.negative(out, out=out); np.exp(out, out=out)
    out += 1.0
    return np.reciprocal(out)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    out = np.empty_like(x)
    np.maximum(x, 0, out=out)
    return out


def relu_derivative(x):
    out = np.zeros_like(x, dtype=np.float64)
    np.copyto(out, 1.0, where=np.asarray(x) > 0)
    return out


def mse_loss(y_pred, y_true):
    tmp = np.subtract(y_pred, y_true)
    tmp *= tmp
    return tmp.mean()


def mse_loss_derivative(y_pred, y_true):
    tmp = np.subtract(y_pred, y_true)
    tmp *= 2.0
    tmp /= tmp.size
    return tmp


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((input_size, hidden_size)); self.W1 *= 0.1
        self.W2 = np.random.standard_normal((hidden_size, output_size)); self.W2 *= 0.1
        self.b1 = np.zeros((1, hidden_size)); self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.empty((len(X), self.W1.shape[1]))
        np.matmul(X, self.W1, out=self.z1); self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.empty((len(X), self.W2.shape[1]))
        np.matmul(self.a1, self.W2, out=self.z2); self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dW1, db1 = np.empty_like(self.W1), np.empty_like(self.b1)
        dW2, db2 = np.empty_like(self.W2), np.empty_like(self.b2)

        # output layer
        delta = mse_loss_derivative(y_pred, y)
        slope = np.empty_like(y_pred)
        np.subtract(1.0, y_pred, out=slope); slope *= y_pred
        delta *= slope
        np.matmul(self.a1.T, delta, out=dW2)
        np.sum(delta, axis=0, keepdims=True, out=db2)

        # hidden layer
        back = np.empty_like(self.a1)
        slope = np.empty_like(self.a1)
        np.matmul(delta, self.W2.T, out=back)
        np.subtract(1.0, self.z1, out=slope); slope *= self.z1
        back *= slope
        np.matmul(X.T, back, out=dW1)
        np.sum(back, axis=0, keepdims=True, out=db1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for parameter, gradient in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            np.subtract(parameter, self.learning_rate * gradient, out=parameter)

    def train(self, X, y, epochs=1000):
        losses = np.empty(epochs)
        for i in range(epochs):
            y_pred = self.forward(X)
            losses[i] = mse_loss(y_pred, y)
            self.update_weights(*self.backward(X, y, y_pred))
        return losses.tolist()


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.empty_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] += h
        fp = f(x)
        x[i] = old
        x[i] -= h
        fm = f(x)
        x[i] = old
        grad[i] = (fp - fm) / (h + h)
    return grad
