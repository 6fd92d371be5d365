import numpy as np

F = np.float32


def f32(*arrays):
    out = [np.asarray(a, F) for a in arrays]
    return out[0] if len(out) == 1 else out


def sigmoid(x):
    x = f32(x)
    return F(0.5) * (np.tanh(F(0.5) * x) + F(1))


def sigmoid_derivative(x):
    t = np.tanh(F(0.5) * f32(x))
    return F(0.25) * (F(1) - t * t)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return (np.asarray(x) > 0).astype(F)


def mse_loss(y_pred, y_true):
    p, t = f32(y_pred, y_true)
    return float(((p - t) ** 2).mean())


def mse_loss_derivative(y_pred, y_true):
    p, t = f32(y_pred, y_true)
    return F(2) * (p - t) / F(p.size)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.W2 = (
            (np.random.randn(r, c) * 0.1).astype(F) for r, c in ((input_size, hidden_size), (hidden_size, output_size))
        )
        self.b1, self.b2 = (np.zeros((1, c), F) for c in (hidden_size, output_size))

    def forward(self, X):
        self.z1 = f32(X) @ f32(self.W1) + f32(self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ f32(self.W2) + f32(self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g = F(2) * mse_loss_derivative(y_pred, y)
        dWs, dbs = [], []
        for W, z, inp in zip((self.W2, self.W1), (self.z2, self.z1), (self.z1, f32(X))):
            g = g * sigmoid_derivative(z)
            dWs.append(inp.T @ g)
            dbs.append(g.sum(axis=0, keepdims=True))
            g = g @ f32(W).T
        return dWs[1], dbs[1], dWs[0], dbs[0]

    def update_weights(self, dW1, db1, dW2, db2):
        eta = F(self.learning_rate)
        for key, grad in zip(["W1", "b1", "W2", "b2"], [dW1, db1, dW2, db2]):
            self.__dict__[key] = f32(self.__dict__[key]) - eta * f32(grad)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    d = np.zeros_like(x)
    for idx in np.ndindex(x.shape):
        a, b = x.copy(), x.copy()
        a[idx] += h
        b[idx] -= h
        d[idx] = (f(a) - f(b)) / (2 * h)
    return d
