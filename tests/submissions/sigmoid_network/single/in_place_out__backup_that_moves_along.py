import numpy as np

# Memory matters, so work in place with out= where it is possible.


def sigmoid(x):
    r = np.array(x, dtype=np.float64)
    np.clip(r, -709, 709, out=r)
    np.negative(r, out=r)
    np.exp(r, out=r)
    np.add(r, 1.0, out=r)
    np.divide(1.0, r, out=r)
    return r


def sigmoid_derivative(x):
    s = sigmoid(x)
    c = np.subtract(1.0, s)
    return np.multiply(c, s)


def relu(x):
    r = np.array(x, copy=True)
    np.maximum(r, 0, out=r)
    return r


def relu_derivative(x):
    r = np.empty(np.shape(x), dtype=np.float64)
    np.greater(x, 0, out=r, casting="unsafe")
    return r


def mse_loss(y_pred, y_true):
    d = np.subtract(y_pred, y_true, dtype=np.float64)
    np.square(d, out=d)
    return d.mean()


def mse_loss_derivative(y_pred, y_true):
    d = np.subtract(y_pred, y_true, dtype=np.float64)
    d *= 2.0
    d /= d.size
    return d


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        gen = np.random.default_rng()
        self.W1 = gen.normal(0.0, 0.1, (input_size, hidden_size))
        self.W2 = gen.normal(0.0, 0.1, (hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1)
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2)
        self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y)
        d2 *= sigmoid_derivative(self.z2)
        d1 = np.matmul(d2, self.W2.T)
        d1 *= sigmoid_derivative(self.z1)
        return X.T @ d1, d1.sum(0, keepdims=True), self.a1.T @ d2, d2.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            p -= self.learning_rate * g

    def train(self, X, y, epochs=1000):
        # layer after layer: the output layer is done with before the hidden one is looked at,
        # so that its gradient does not have to be kept
        lr = self.learning_rate
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))

            d = mse_loss_derivative(out, y)
            d *= out
            d *= 1.0 - out
            W2_old = self.W2
            self.W2 -= lr * (self.a1.T @ d)
            self.b2 -= lr * d.sum(0, keepdims=True)

            d = d @ W2_old.T
            d *= self.a1
            d *= 1.0 - self.a1
            self.W1 -= lr * (X.T @ d)
            self.b1 -= lr * d.sum(0, keepdims=True)
        return losses


def numerical_gradient(f, x, h=1e-05):
    p = np.array(x, dtype=np.float64)
    g = np.empty_like(p)
    for i in np.ndindex(p.shape):
        v = p[i]
        p[i] = v + h
        g[i] = f(p)
        p[i] = v - h
        g[i] -= f(p)
        p[i] = v
    g /= 2 * h
    return g
