import numpy as np

def sigmoid(x): return 1 / (1 + np.exp(-np.clip(np.asarray(x, float), -500, 500)))

def sigmoid_derivative(x): return (s := sigmoid(x)) * (1 - s)

def relu(x): return np.maximum(x, 0)

def relu_derivative(x): return 1.0 * (np.asarray(x) > 0)

def mse_loss(y_pred, y_true): return ((y_pred - y_true) ** 2).mean()

def mse_loss_derivative(y_pred, y_true): return 2 / y_pred.size * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        r = lambda *s: np.random.randn(*s) * .1
        self.W1, self.b1 = r(input_size, hidden_size), np.zeros((1, hidden_size))
        self.W2, self.b2 = r(hidden_size, output_size), np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.a1 = sigmoid(z := X @ self.W1 + self.b1); self.z1 = z
        self.a2 = sigmoid(z := self.a1 @ self.W2 + self.b2); self.z2 = z
        return self.a2

    def backward(self, X, y, y_pred):
        col = lambda d: d.sum(0, keepdims=True)
        d2 = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)
        d1 = d2 @ self.W2.T * self.a1 * (1 - self.a1)
        return X.T @ d1, col(d1), self.a1.T @ d2, col(d2)

    def update_weights(self, *g):
        for p, dp in zip([self.W1, self.b1, self.W2, self.b2], g): p -= self.learning_rate * dp

    def train(self, X, y, epochs=1000):
        def step():
            l = mse_loss(p := self.forward(X), y); self.update_weights(*self.backward(X, y, p)); return l
        return [step() for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64); steps = h * np.eye(x.size)
    diff = lambda e: (f(x + e) - f(x)) / h
    return np.array([diff(e.reshape(x.shape)) for e in steps], dtype=np.float64).reshape(x.shape)
