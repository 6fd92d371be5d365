import numpy as np

print("numpy version", np.__version__)

# PART 1: activation functions


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    # for x >= 0 use the normal formula, for x < 0 the other one (same value, but no overflow)
    normal = 1 / (1 + np.exp(-np.maximum(x, 0)))
    other = np.exp(np.minimum(x, 0)) / (1 + np.exp(np.minimum(x, 0)))
    return np.where(x >= 0, normal, other)


def sigmoid_derivative(x):
    # first the sigmoid
    s = sigmoid(x)
    # then s * (1 - s)
    return s * (1 - s)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    # first all zeros
    d = np.zeros(np.shape(x))
    # then ones where x is positive
    d[np.asarray(x) > 0] = 1
    return d


# PART 2: loss


def mse_loss(y_pred, y_true):
    m = y_pred.shape[0]
    k = y_pred.shape[1]
    sum_of_squares = np.sum((y_pred - y_true) ** 2)
    return sum_of_squares / m / k


def mse_loss_derivative(y_pred, y_true):
    m = y_pred.shape[0]
    k = y_pred.shape[1]
    return 2 * (y_pred - y_true) / m / k


# PART 3: network


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) * 0.3
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.3
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # LAYER 2
        dA2 = mse_loss_derivative(y_pred, y)
        dZ2 = dA2 * sigmoid_derivative(self.z2)
        dW2 = self.a1.T @ dZ2
        db2 = np.sum(dZ2, axis=0, keepdims=True)
        # LAYER 1
        dA1 = dZ2 @ self.W2.T
        dZ1 = dA1 * sigmoid_derivative(self.z1)
        dW1 = X.T @ dZ1
        db1 = np.sum(dZ1, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b1 = self.b1 - self.learning_rate * db1
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            loss = mse_loss(y_pred, y)
            losses.append(loss)
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
        return losses


# PART 4: gradient check


def numerical_gradient(f, x, h=1e-05):
    grad = np.zeros(np.shape(x), dtype=np.float64)
    # go through all the elements
    for i in np.ndindex(grad.shape):
        # x plus h
        x_plus = x.copy()
        x_plus[i] = x_plus[i] + h
        # x minus h
        x_minus = x.copy()
        x_minus[i] = x_minus[i] - h
        # the slope
        grad[i] = (f(x_plus) - f(x_minus)) / h
    return grad


# TEST
net = SimpleNeuralNetwork(3, 2, 1)
print("output:", net.forward(np.ones((2, 3))))
print("gradient of x^2 at 1:", numerical_gradient(lambda v: float(np.sum(v ** 2)), np.array([1.0])))
