import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 1.0 / (1.0 + np.exp(-x.clip(-600, 600)))


def sigmoid_derivative(x):
    return sigmoid(x) - np.square(sigmoid(x))


def relu(x):
    return np.where(np.less(x, 0), 0, x)


def relu_derivative(x):
    return np.where(np.greater(x, 0), 1.0, 0.0)


def mse_loss(y_pred, y_true):
    d = (y_pred - y_true).ravel()
    return d @ d / d.size


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) / y_true.size * 2


class Dense:
    """y = activation(x W + b); keeps what backprop needs in .saved"""

    def __init__(self, n_in, n_out, activation=None):
        self.kernel = np.random.randn(n_in, n_out) * 0.1
        self.bias = np.zeros((1, n_out))
        self.activation = activation or (lambda v: v)
        self.saved = {}

    def __call__(self, x):
        z = x @ self.kernel + self.bias
        self.saved = {"x": x, "z": z}
        return self.activation(z)

    def __repr__(self):
        return f"Dense{self.kernel.shape}"


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.fc1 = Dense(input_size, hidden_size, activation=sigmoid)
        self.fc2 = Dense(hidden_size, output_size, activation=sigmoid)
        self.learning_rate = learning_rate

    @property
    def W1(self):
        return self.fc1.kernel

    @W1.setter
    def W1(self, new):
        self.fc1.kernel = new

    @property
    def b1(self):
        return self.fc1.bias

    @b1.setter
    def b1(self, new):
        self.fc1.bias = new

    @property
    def W2(self):
        return self.fc2.kernel

    @W2.setter
    def W2(self, new):
        self.fc2.kernel = new

    @property
    def b2(self):
        return self.fc2.bias

    @b2.setter
    def b2(self, new):
        self.fc2.bias = new

    def forward(self, X):
        self.a1 = sigmoid(self.fc1(X))
        self.a2 = self.fc2(self.a1)
        self.z1, self.z2 = self.fc1.saved["z"], self.fc2.saved["z"]
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d1 = (d2 @ self.W2.T) * sigmoid_derivative(self.z1)
        dW2, dW1 = self.a1.T @ d2, X.T @ d1
        db2, db1 = (d.sum(axis=0, keepdims=True) for d in (d2, d1))
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for fc, dk, db in [(self.fc1, dW1, db1), (self.fc2, dW2, db2)]:
            fc.kernel = fc.kernel - self.learning_rate * dk
            fc.bias = fc.bias - self.learning_rate * db

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grads = []
    for i in range(x.size):
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        grads.append((f(x + e) - f(x - e)) / (2 * h))
    return np.array(grads, dtype=np.float64).reshape(x.shape)


if __name__ == "__main__":
    net = SimpleNeuralNetwork(2, 5, 1)
    print(net.fc1, net.fc2)
