import numpy as np

# GRADED FUNCTIONS below (rows are samples in this course, so all my transposes from Coursera are flipped)


def sigmoid(x):
    s = 1 / (1 + np.exp(-np.clip(x, -500., 500.)))
    return s


def sigmoid_derivative(x):
    s = sigmoid(x)
    ds = s * (1 - s)
    return ds


def relu(x):
    A = np.maximum(0, x)
    return A


def relu_derivative(x):
    dA = np.array(x > 0, dtype=float)
    return dA


def mse_loss(y_pred, y_true):
    cost = np.mean(np.square(y_pred - y_true))
    return np.squeeze(cost)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_true.shape
    dAL = 2. / (m * k) * (y_pred - y_true)
    return dAL


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n_x, n_h, n_y = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(n_x, n_h) * 0.01
        self.b1 = np.zeros((1, n_h))
        self.W2 = np.random.randn(n_h, n_y) * 0.01
        self.b2 = np.zeros((1, n_y))

    def forward(self, X):
        Z1 = np.dot(X, self.W1) + self.b1
        A1 = sigmoid(Z1)
        Z2 = np.dot(A1, self.W2) + self.b2
        A2 = sigmoid(Z2)

        self.z1, self.a1, self.z2, self.a2 = Z1, A1, Z2, A2
        return A2

    def backward(self, X, y, y_pred):
        m = X.shape[0]
        W2 = self.W2
        A1 = self.a1

        # output layer (the 1/m and the 1/k sit in dA2)
        dA2 = mse_loss_derivative(y_pred, y)
        dZ2 = dA2 * sigmoid_derivative(self.z2)
        dW2 = np.dot(A1.T, dZ2)
        db2 = np.mean(dZ2, axis=0, keepdims=True)

        # hidden layer
        dZ1 = np.dot(dZ2, W2.T)
        dW1 = np.dot(X.T, dZ1)
        db1 = np.sum(dZ1, axis=0, keepdims=True)

        assert dW1.shape == self.W1.shape and dW2.shape == self.W2.shape
        return dW1, db1, dW2, db2

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
        return costs


def numerical_gradient(f, x, h=1e-05):
    theta = np.array(x, dtype=np.float64)
    gradapprox = np.zeros(theta.size)
    for i in range(theta.size):
        thetaplus = theta.copy()
        thetaplus.flat[i] += h
        J_plus = f(thetaplus)
        thetaminus = theta.copy()
        thetaminus.flat[i] -= h
        J_minus = f(thetaminus)
        gradapprox[i] = (J_plus - J_minus) / (2 * h)
    return gradapprox.reshape(theta.shape)
