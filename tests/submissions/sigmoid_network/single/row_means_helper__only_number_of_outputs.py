import numpy as np


class _Act:
    @staticmethod
    def sigmoid(x):
        x = np.asarray(x, dtype=float)
        z = np.exp(-np.fabs(x))
        return np.where(np.signbit(x), z / (1 + z), 1 / (1 + z))

    @classmethod
    def sigmoid_prime(cls, x):
        s = cls.sigmoid(x)
        return s * (1 - s)

    @staticmethod
    def relu(x):
        return np.amax([x, np.zeros_like(x)], axis=0)

    @staticmethod
    def relu_prime(x):
        return np.vectorize(lambda v: 1.0 if v > 0 else 0.0, otypes=[float])(x)


def sigmoid(x):
    return _Act.sigmoid(x)


def sigmoid_derivative(x):
    return _Act.sigmoid_prime(x)


def relu(x):
    return _Act.relu(x)


def relu_derivative(x):
    return _Act.relu_prime(x)


def mse_loss(y_pred, y_true):
    per_sample = ((y_pred - y_true) ** 2).mean(axis=1)
    return per_sample.mean()


def mse_loss_derivative(y_pred, y_true):
    batch, outputs = y_true.shape
    return (y_pred - y_true) * 2.0 / outputs


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        limit = 0.5 / np.sqrt(input_size)
        self.W1 = np.random.uniform(-limit, limit, size=(input_size, hidden_size))
        self.W2 = np.random.uniform(-limit, limit, size=(hidden_size, output_size))
        self.b1 = np.zeros(hidden_size)[None]
        self.b2 = np.zeros(output_size)[None]
        self.learning_rate = learning_rate
        self.on_epoch = []  # callbacks(net, epoch, loss)

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = _Act.sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = _Act.sigmoid(self.z2)
        return self.a2

    def _signal(self, upstream, z):
        return upstream * _Act.sigmoid_prime(z)

    def _param_grads(self, inputs, signal):
        return np.matmul(inputs.T, signal), signal.sum(axis=0)[None]

    def backward(self, X, y, y_pred):
        s2 = self._signal(mse_loss_derivative(y_pred, y), self.z2)
        s1 = self._signal(np.matmul(s2, self.W2.T), self.z1)
        return *self._param_grads(X, s1), *self._param_grads(self.a1, s2)

    def update_weights(self, dW1, db1, dW2, db2):
        alpha = self.learning_rate
        self.W1 = self.W1 - alpha * dW1
        self.b1 = self.b1 - alpha * db1
        self.W2 = self.W2 - alpha * dW2
        self.b2 = self.b2 - alpha * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            pred = self.forward(X)
            losses.append(mse_loss(pred, y))
            self.update_weights(*self.backward(X, y, pred))
            for callback in self.on_epoch:
                callback(self, epoch, losses[-1])
        return losses


def numerical_gradient(f, x, h=1e-05):
    x0 = np.array(x, dtype=np.float64)
    g = np.empty(x0.shape)
    for i in np.ndindex(x0.shape):
        x_hi = np.array(x0)
        x_hi[i] += h
        x_lo = np.array(x0)
        x_lo[i] -= h
        g[i] = (f(x_hi) - f(x_lo)) / (2 * h)
    return g
