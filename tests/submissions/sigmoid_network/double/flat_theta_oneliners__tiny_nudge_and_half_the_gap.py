"""One hidden layer; all parameters in one vector theta, W1, b1, W2, b2 are views of it."""
import numpy as np

def sigmoid(x): return (1 + np.tanh(np.asarray(x) / 2)) / 2

def sigmoid_derivative(x): return (1 - np.tanh(np.asarray(x) / 2) ** 2) / 4

def relu(x): return x.clip(min=0)

def relu_derivative(x): return (x > 0).astype(float)

def mse_loss(y_pred, y_true): return ((y_pred - y_true) ** 2).mean()

def mse_loss_derivative(y_pred, y_true): return 2 * (y_pred - y_true) / y_pred.size

def view(lo, hi, shape):
    """A property: the part lo..hi of theta in its shape (all three asked of the network)."""
    def get(net): return net.theta[lo(net):hi(net)].reshape(shape(net))
    def put(net, v): net.theta[lo(net):hi(net)] = np.reshape(v, -1)
    return property(get, put)

class SimpleNeuralNetwork:
    c1 = property(lambda s: s.n * s.h)
    c2 = property(lambda s: s.c1 + s.h)
    c3 = property(lambda s: s.c2 + s.h * s.k)
    c4 = property(lambda s: s.c3 + s.k)
    W1 = view(lambda s: 0, lambda s: s.c1, lambda s: (s.n, s.h))
    b1 = view(lambda s: s.c1, lambda s: s.c2, lambda s: (1, s.h))
    W2 = view(lambda s: s.c2, lambda s: s.c3, lambda s: (s.h, s.k))
    b2 = view(lambda s: s.c3, lambda s: s.c4, lambda s: (1, s.k))

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n, self.h, self.k = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.theta = np.zeros(self.c4)
        self.W1 = np.random.randn(self.n, self.h) / 10
        self.W2 = np.random.randn(self.h, self.k) / 10

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1; self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2; self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2); d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ d1, d1.sum(0, keepdims=True), self.a1.T @ d2, d2.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        self.theta = self.theta - self.learning_rate * np.concatenate([g.ravel() for g in (dW1, db1, dW2, db2)])

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs): p = self.forward(X); losses.append(mse_loss(p, y)); self.update_weights(*self.backward(X, y, p))
        return losses

def numerical_gradient(f, x, h=1e-13):
    """(f(x + h) - f(x - h)) / 2h for each element."""
    v = np.array(x, dtype=np.float64)
    def at(i, by): w = v.ravel().copy(); w[i] += by; return f(w.reshape(v.shape))
    return np.array([(at(i, h) - at(i, -h)) / h for i in range(v.size)]).reshape(v.shape)
