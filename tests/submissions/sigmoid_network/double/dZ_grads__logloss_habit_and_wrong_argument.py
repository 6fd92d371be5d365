import numpy as np


def sigmoid(x):
    """The logistic function, works for numbers and arrays."""
    x = np.clip(x, -700, 700)
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    """Slope of the sigmoid at the pre-activation x."""
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    """max(0, x)"""
    return x * (x > 0)


def relu_derivative(x):
    """1 where x > 0, else 0."""
    return 1.0 * (x > 0)


def mse_loss(y_pred, y_true):
    """Cost J: mean of the squared errors over all m*k elements."""
    m = y_true.shape[0]
    k = y_true.shape[1]
    J = 1 / (m * k) * np.sum(np.power(y_pred - y_true, 2))
    return np.squeeze(J)


def mse_loss_derivative(y_pred, y_true):
    """dJ/dA2"""
    m = y_true.shape[0]
    k = y_true.shape[1]
    return 2 / (m * k) * (y_pred - y_true)


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n_x, n_h, n_y = input_size, hidden_size, output_size
        self.W1 = np.random.randn(n_x, n_h) * 0.01
        self.b1 = np.zeros(shape=(1, n_h))
        self.W2 = np.random.randn(n_h, n_y) * 0.01
        self.b2 = np.zeros(shape=(1, n_y))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = np.dot(X, self.W1) + self.b1
        A1 = sigmoid(Z1)
        Z2 = np.dot(A1, self.W2) + self.b2
        A2 = sigmoid(Z2)
        self.z1, self.a1, self.z2, self.a2 = Z1, A1, Z2, A2
        self.cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2

    def backward(self, X, y, y_pred):
        m = X.shape[0]
        Y = y

        # Retrieve from the cache
        Z1 = self.cache["Z1"]
        A1 = self.cache["A1"]
        A2 = y_pred

        # Backward propagation: calculate dW1, db1, dW2, db2.
        dZ2 = (A2 - Y) / m
        dW2 = np.dot(A1.T, dZ2)
        db2 = np.sum(dZ2, axis=0, keepdims=True)
        dA1 = np.dot(dZ2, self.W2.T)
        dZ1 = np.multiply(dA1, Z1 * (1 - Z1))
        dW1 = np.dot(X.T, dZ1)
        db1 = np.sum(dZ1, axis=0, keepdims=True)

        grads = {"dW1": dW1,
                 "db1": db1,
                 "dW2": dW2,
                 "db2": db2}
        return grads["dW1"], grads["db1"], grads["dW2"], grads["db2"]

    def update_weights(self, dW1, db1, dW2, db2):
        alpha = self.learning_rate
        self.W1 = self.W1 - alpha * dW1
        self.b1 = self.b1 - alpha * db1
        self.W2 = self.W2 - alpha * dW2
        self.b2 = self.b2 - alpha * db2

    def train(self, X, y, epochs=1000):
        costs = []
        for i in range(0, epochs):
            A2 = self.forward(X)
            cost = mse_loss(A2, y)
            dW1, db1, dW2, db2 = self.backward(X, y, A2)
            self.update_weights(dW1, db1, dW2, db2)
            costs.append(cost)
            if i % 1000 == 0:
                print("Cost after iteration %i: %f" % (i, cost))
        return costs


def numerical_gradient(f, x, h=1e-05):
    """Central differences, one element after the other."""
    x = np.asarray(x).astype(np.float64)
    num_parameters = x.size
    gradapprox = np.zeros(num_parameters)
    for i in range(num_parameters):
        thetaplus = x.flatten()
        thetaplus[i] = thetaplus[i] + h
        J_plus = f(thetaplus.reshape(x.shape))
        thetaminus = x.flatten()
        thetaminus[i] = thetaminus[i] - h
        J_minus = f(thetaminus.reshape(x.shape))
        gradapprox[i] = (J_plus - J_minus) / (2 * h)
    return gradapprox.reshape(x.shape)
