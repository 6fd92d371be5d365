import numpy as np

sigmoid = lambda x: (t := np.exp(-np.abs(x)), np.where(np.asarray(x) < 0, t, 1) / (1 + t))[1]
sigmoid_derivative = lambda x: (s := sigmoid(x)) * (1 - s)
relu = lambda x: np.maximum(0, x)
relu_derivative = lambda x: np.greater(x, 0)
mse_loss = lambda y_pred, y_true: ((y_pred - y_true) ** 2).mean()
mse_loss_derivative = lambda y_pred, y_true: 2 * (y_pred - y_true) / y_pred.size
rowsum = lambda g: g.sum(0, keepdims=True)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        i, h, o = input_size, hidden_size, output_size
        self.W1, self.b1, self.W2, self.b2 = np.random.randn(i, h) * 0.1, np.zeros((1, h)), np.random.randn(h, o) * 0.1, np.zeros((1, o))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.a1 = sigmoid(z1 := X @ self.W1 + self.b1)
        self.a2 = sigmoid(z2 := self.a1 @ self.W2 + self.b2)
        self.z1, self.z2 = z1, z2
        return self.a2

    def backward(self, X, y, y_pred):
        g1 = (g2 := mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)) @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ g1, rowsum(g1), self.a1.T @ g2, rowsum(g2)

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in zip((self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2)):
            p -= self.learning_rate * g

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            losses.append(mse_loss(p := self.forward(X), y)), self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x, E = np.array(x, float), lambda i: h * (np.arange(x.size).reshape(x.shape) == i)
    return np.array([f(x + E(i)) - f(x - E(i)) for i in range(x.size)]).reshape(x.shape) / (2 * h)
