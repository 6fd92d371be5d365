import numpy as np

# The bias is weight number 0 of every unit; its input is always 1.


def sigmoid(x):
    x = np.asarray(x, float)
    pos = x >= 0
    z = np.exp(np.where(pos, -x, x))
    return np.where(pos, 1, z) / (1 + z)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return (np.abs(x) + x) / 2


def relu_derivative(x):
    return np.heaviside(x, 0.0)


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


def add_ones(A):
    return np.c_[np.ones(len(A)), A]


def split(T):
    """first row: bias, the others: weights"""
    return T[1:], T[:1]


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.b1 = np.random.randn(input_size, hidden_size) * 0.1, np.zeros((1, hidden_size))
        self.W2, self.b2 = np.random.randn(hidden_size, output_size) * 0.1, np.zeros((1, output_size))

    @property
    def theta1(self):
        return np.r_[self.b1, self.W1]

    @property
    def theta2(self):
        return np.r_[self.b2, self.W2]

    def forward(self, X):
        self.z1 = add_ones(X) @ self.theta1
        self.a1 = sigmoid(self.z1)
        self.z2 = add_ones(self.a1) @ self.theta2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        # drop column 0: nothing goes back into the constant 1
        d1 = (d2 @ self.theta2.T)[:, 1:] * sigmoid_derivative(self.z1)
        grad1 = add_ones(X).T @ d1
        grad2 = add_ones(self.z1).T @ d2
        return split(grad1) + split(grad2)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1, self.b1 = split(self.theta1 - self.learning_rate * np.r_[db1, dW1])
        self.W2, self.b2 = split(self.theta2 - self.learning_rate * np.r_[db2, dW2])

    def train(self, X, y, epochs=1000):
        losses = np.zeros(epochs)
        for e in range(epochs):
            p = self.forward(X)
            losses[e] = mse_loss(p, y)
            self.update_weights(*self.backward(X, y, p))
        return list(losses)


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=float)
    steps = h * np.eye(x.size)
    return np.array([(f(x + s.reshape(x.shape)) - f(x - s.reshape(x.shape))) / (2 * h) for s in steps]).reshape(x.shape)
