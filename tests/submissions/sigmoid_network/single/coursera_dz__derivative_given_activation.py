import numpy as np


def sigmoid(x):
    """Numerically safe sigmoid."""
    x = np.clip(np.asarray(x, dtype=np.float64), -500, 500)
    s = 1 / (1 + np.exp(-x))
    return s


def sigmoid_derivative(x):
    """g'(z), see week 3 slides."""
    A = np.asarray(x, dtype=np.float64)
    ds = A * (1 - A)
    return ds


def relu(x):
    r = np.maximum(0, x)
    return r


def relu_derivative(x):
    dr = np.where(np.asarray(x) > 0, 1.0, 0.0)
    return dr


def mse_loss(y_pred, y_true):
    m, k = y_true.shape
    cost = (1 / (m * k)) * np.sum(np.square(y_pred - y_true))
    cost = float(np.squeeze(cost))
    return cost


def mse_loss_derivative(y_pred, y_true):
    m, k = y_true.shape
    dA = (2 / (m * k)) * (y_pred - y_true)
    return dA


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n_x, n_h, n_y = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(n_x, n_h) * 0.1
        self.b1 = np.zeros((1, n_h))
        self.W2 = np.random.randn(n_h, n_y) * 0.1
        self.b2 = np.zeros((1, n_y))

    def forward(self, X):
        Z1 = np.dot(X, self.W1) + self.b1
        A1 = sigmoid(Z1)
        Z2 = np.dot(A1, self.W2) + self.b2
        A2 = sigmoid(Z2)

        # the "cache"
        self.z1, self.a1, self.z2, self.a2 = Z1, A1, Z2, A2
        return A2

    def backward(self, X, y, y_pred):
        A1, A2 = self.a1, y_pred

        dA2 = mse_loss_derivative(A2, y)
        dZ2 = dA2 * (A2 * (1 - A2))
        dW2 = np.dot(A1.T, dZ2)
        db2 = np.sum(dZ2, axis=0, keepdims=True)

        dA1 = np.dot(dZ2, self.W2.T)
        dZ1 = dA1 * (A1 * (1 - A1))
        dW1 = np.dot(X.T, dZ1)
        db1 = np.sum(dZ1, axis=0, keepdims=True)

        assert dW1.shape == self.W1.shape
        assert db1.shape == self.b1.shape
        assert dW2.shape == self.W2.shape
        assert db2.shape == self.b2.shape

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        alpha = self.learning_rate
        self.W1 -= alpha * dW1
        self.b1 -= alpha * db1
        self.W2 -= alpha * dW2
        self.b2 -= alpha * db2

    def train(self, X, y, epochs=1000):
        costs = []
        for i in range(0, epochs):
            A2 = self.forward(X)
            cost = mse_loss(A2, y)
            dW1, db1, dW2, db2 = self.backward(X, y, A2)
            self.update_weights(dW1, db1, dW2, db2)
            costs.append(cost)
        return costs


def numerical_gradient(f, x, h=1e-05):
    theta = np.array(x, dtype=np.float64)
    shape = theta.shape
    theta = theta.reshape(-1)
    num_parameters = theta.size
    gradapprox = np.zeros(num_parameters)
    for i in range(num_parameters):
        thetaplus = np.copy(theta)
        thetaplus[i] = thetaplus[i] + h
        thetaminus = np.copy(theta)
        thetaminus[i] = thetaminus[i] - h
        J_plus = f(thetaplus.reshape(shape))
        J_minus = f(thetaminus.reshape(shape))
        gradapprox[i] = (J_plus - J_minus) / (2 * h)
    return gradapprox.reshape(shape)
