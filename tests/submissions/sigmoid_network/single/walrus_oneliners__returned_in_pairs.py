import numpy as np
sigmoid = lambda x: np.exp(np.minimum(x := np.asarray(x, float), 0)) / (1 + np.exp(-np.abs(x)))
sigmoid_derivative = lambda x: (s := sigmoid(x)) * (1 - s)
relu = lambda x: np.where(x > 0, x, 0 * x)
relu_derivative = lambda x: np.where(np.asarray(x) > 0, 1., 0.)
mse_loss = lambda y_pred, y_true: np.mean((d := y_pred - y_true) * d)
mse_loss_derivative = lambda y_pred, y_true: 2 * (d := y_pred - y_true) / d.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=.1):
        n, h, k, self.learning_rate, r = input_size, hidden_size, output_size, learning_rate, np.random.randn
        self.W1, self.b1, self.W2, self.b2 = .1 * r(n, h), np.zeros((1, h)), .1 * r(h, k), np.zeros((1, k))

    def forward(self, X):
        self.a1 = sigmoid(z1 := X @ self.W1 + self.b1); self.z1 = z1
        self.a2 = sigmoid(z2 := self.a1 @ self.W2 + self.b2); self.z2 = z2
        return self.a2

    def backward(self, X, y, y_pred):
        dW2, db2 = self.a1.T @ (e := mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)), e.sum(0, keepdims=True)
        dW1, db1 = X.T @ (g := e @ self.W2.T * sigmoid_derivative(self.z1)), g.sum(0, keepdims=True)
        return dW1, dW2, db1, db2

    def update_weights(self, dW1, db1, dW2, db2):
        r = self.learning_rate; self.W1 = self.W1 - r * dW1; self.b1 = self.b1 - r * db1; self.W2 = self.W2 - r * dW2; self.b2 = self.b2 - r * db2

    def train(self, X, y, epochs=1000):
        L = []
        for _ in range(epochs): L.append(mse_loss(p := self.forward(X), y)); self.update_weights(*self.backward(X, y, p))
        return L


def numerical_gradient(f, x, h=1e-05):
    g = np.zeros((x := np.array(x, float)).shape)
    for i in np.ndindex(g.shape): (e := np.zeros_like(x))[i] = h; g[i] = (f(x + e) - f(x - e)) / 2 / h
    return g
