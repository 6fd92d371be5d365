import numpy as np

# C programmer here: work on flat buffers, no fancy stuff

def sigmoid(x):
    src = np.asarray(x, dtype=np.float64)
    dst = np.empty(src.shape)
    p = src.ravel()
    q = dst.reshape(-1)
    n = p.size
    i = 0
    while i < n:
        v = p[i]
        if v >= 0.0:
            q[i] = 1.0 / (1.0 + np.exp(-v))
        else:
            q[i] = np.exp(v) / (1.0 + np.exp(v))
        i += 1
    return dst

def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)

def relu(x):
    dst = np.array(x, copy=True)
    q = dst.reshape(-1)
    for i in range(q.size):
        if q[i] < 0:
            q[i] = 0
    return dst

def relu_derivative(x):
    src = np.asarray(x)
    dst = np.zeros(src.shape, dtype=np.float64)
    p = src.ravel()
    q = dst.reshape(-1)
    for i in range(q.size):
        q[i] = 1.0 if p[i] > 0 else 0.0
    return dst

def mse_loss(y_pred, y_true):
    p = np.ravel(y_pred)
    t = np.ravel(y_true)
    acc = 0.0
    for i in range(p.size):
        acc += (p[i] - t[i]) * (p[i] - t[i])
    return acc / p.size

def mse_loss_derivative(y_pred, y_true):
    scale = 2.0 / y_pred.size
    return scale * (y_pred - y_true)

class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n_in = input_size
        self.n_hid = hidden_size
        self.n_out = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(input_size, hidden_size) - 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.rand(hidden_size, output_size) - 0.5
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * y_pred * (1.0 - y_pred)
        d1 = np.zeros((X.shape[0], self.n_hid))
        for s in range(X.shape[0]):
            for j in range(self.n_hid):
                acc = 0.0
                for o in range(self.n_out):
                    acc += self.W2[j, o] * d2[s, o]
                d1[s, j] = acc * self.a1[s, j] * (1.0 - self.a1[s, j])
        dW1 = X.T @ d1
        db1 = d1.sum(axis=0, keepdims=True)
        dW2 = self.a1.T @ d2
        db2 = d2.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * dW1
        self.b1 = self.b1 - lr * db1
        self.W2 = self.W2 - lr * dW2
        self.b2 = self.b2 - lr * db2

    def train(self, X, y, epochs=1000):
        losses = [None] * epochs
        for e in range(epochs):
            out = self.forward(X)
            losses[e] = mse_loss(out, y)
            dW1, db1, dW2, db2 = self.backward(X, y, out)
            self.update_weights(dW1, db1, dW2, db2)
        return losses

def numerical_gradient(f, x, h=1e-05):
    buf = np.asarray(x, dtype=np.float64)  # no copy needed if it is float64 already
    grad = np.zeros(buf.shape)
    for idx in np.ndindex(buf.shape):
        tmp = buf[idx]
        buf[idx] = tmp + h
        fp = f(buf)
        buf[idx] = tmp - h
        fm = f(buf)
        grad[idx] = (fp - fm) / (2.0 * h)
    return grad
