import numpy as np

# memory-friendly version: as few temporaries as I could


def sigmoid(x):
    buf = np.array(x, dtype=float)
    np.clip(buf, -745, 745, out=buf)
    np.negative(buf, out=buf)
    with np.errstate(over="ignore"):
        np.exp(buf, out=buf)
    buf += 1
    return np.reciprocal(buf)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return np.multiply(s, np.subtract(1, s))


def relu(x):
    return np.maximum(x, 0, out=x)


def relu_derivative(x):
    out = np.empty(np.shape(x), dtype=float)
    np.greater(x, 0, out=out, casting="unsafe")
    return out


def mse_loss(y_pred, y_true):
    r = np.subtract(y_pred, y_true)
    np.multiply(r, r, out=r)
    return r.mean()


def mse_loss_derivative(y_pred, y_true):
    r = np.subtract(y_pred, y_true)
    r *= 2
    r /= r.size
    return r


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((input_size, hidden_size))
        self.W2 = np.random.standard_normal((hidden_size, output_size))
        self.W1 *= 0.1
        self.W2 *= 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1)
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)
        self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g = mse_loss_derivative(y_pred, y)
        g *= self.a2
        g *= 1 - self.a2
        dW2, db2 = np.dot(self.a1.T, g), np.sum(g, axis=0, keepdims=True)
        g = np.dot(g, self.W2.T)
        g *= self.a1
        g *= 1 - self.a1
        return np.dot(X.T, g), np.sum(g, axis=0, keepdims=True), dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= np.multiply(dW1, self.learning_rate)
        self.b1 -= np.multiply(db1, self.learning_rate)
        self.W2 -= np.multiply(dW2, self.learning_rate)
        self.b2 -= np.multiply(db2, self.learning_rate)

    def train(self, X, y, epochs=1000):
        losses = np.empty(epochs)
        for e in range(epochs):
            self.forward(X)
            losses[e] = mse_loss(self.a2, y)
            self.update_weights(*self.backward(X, y, self.a2))
        return losses.tolist()


def numerical_gradient(f, x, h=1e-05):
    work = np.array(x, dtype=np.float64)
    g = np.zeros_like(work)
    for i in np.ndindex(work.shape):
        keep = work[i].copy()
        work[i] += h
        g[i] = f(work)
        work[i] = keep - h
        g[i] -= f(work)
        work[i] = keep
    g /= 2 * h
    return g
