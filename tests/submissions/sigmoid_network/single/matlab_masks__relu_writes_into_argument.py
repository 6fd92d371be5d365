import numpy as np

# (I come from MATLAB so I use logical indexing a lot)

def sigmoid(x):
    x = np.array(x, dtype=float)
    shp = x.shape
    x = x.reshape(-1)
    out = np.zeros(x.shape)
    pos = x >= 0
    neg = ~pos
    out[pos] = 1 / (1 + np.exp(-x[pos]))
    ex = np.exp(x[neg])
    out[neg] = ex / (1 + ex)
    return out.reshape(shp)

def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)

def relu(x):
    out = np.asarray(x)
    out[out < 0] = 0
    return out

def relu_derivative(x):
    d = np.zeros(np.shape(x))
    d[np.asarray(x) > 0] = 1
    return d

def mse_loss(y_pred, y_true):
    E = y_pred - y_true
    return np.mean(np.mean(E ** 2, axis=0))

def mse_loss_derivative(y_pred, y_true):
    E = y_pred - y_true
    N = E.shape[0] * E.shape[1]
    return 2 * E / N

class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = (np.random.rand(input_size, hidden_size) - 0.5)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = (np.random.rand(hidden_size, output_size) - 0.5)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        M = X.shape[0]
        # append a column of ones, bias = last row
        self.z1 = np.hstack((X, np.ones((M, 1)))) @ np.vstack((self.W1, self.b1))
        self.a1 = sigmoid(self.z1)
        self.z2 = np.hstack((self.a1, np.ones((M, 1)))) @ np.vstack((self.W2, self.b2))
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        M = X.shape[0]
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d1 = (d2 @ self.W2.T) * sigmoid_derivative(self.z1)
        G1 = np.hstack((X, np.ones((M, 1)))).T @ d1
        G2 = np.hstack((self.a1, np.ones((M, 1)))).T @ d2
        # last row = bias
        return G1[:-1, :], G1[-1:, :], G2[:-1, :], G2[-1:, :]

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * dW1; self.b1 = self.b1 - lr * db1
        self.W2 = self.W2 - lr * dW2; self.b2 = self.b2 - lr * db2

    def train(self, X, y, epochs=1000):
        L = np.zeros(epochs)
        for ep in range(epochs):
            out = self.forward(X)
            L[ep] = mse_loss(out, y)
            dW1, db1, dW2, db2 = self.backward(X, y, out)
            self.update_weights(dW1, db1, dW2, db2)
        return L.tolist()

def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros(x.shape)
    it = np.nditer(x, flags=['multi_index'])
    while not it.finished:
        ix = it.multi_index
        old = x[ix]
        x[ix] = old + h
        fp = f(x)
        x[ix] = old - h
        fm = f(x)
        x[ix] = old
        g[ix] = (fp - fm) / (2 * h)
        it.iternext()
    return g
