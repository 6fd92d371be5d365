import numpy as np

# GRADED FUNCTIONS: sigmoid, sigmoid_derivative, relu, relu_derivative, mse_loss, mse_loss_derivative,
# SimpleNeuralNetwork, numerical_gradient


def sigmoid(x):
    """
    Compute the sigmoid of x

    Arguments:
    x -- a scalar or numpy array of any size

    Return:
    s -- sigmoid(x)
    """
    ### START CODE HERE ###
    x = np.asarray(x, dtype=float)
    s = 1 / (1 + np.exp(-np.clip(x, -500., 500.)))
    ### END CODE HERE ###
    return s


def sigmoid_derivative(x):
    """
    Compute the slope of the sigmoid function

    Arguments:
    x -- numpy array

    Return:
    ds -- the slope
    """
    ### START CODE HERE ###
    return x * (1 - x)
    ### END CODE HERE ###


def relu(x):
    ### START CODE HERE ###
    r = np.maximum(0, x)
    ### END CODE HERE ###
    return r


def relu_derivative(x):
    ### START CODE HERE ###
    dr = np.array(x > 0, dtype=np.float64)
    ### END CODE HERE ###
    return dr


def mse_loss(y_pred, y_true):
    m, k = y_pred.shape
    ### START CODE HERE ### (1 line of code)
    cost = np.sum((y_pred - y_true) ** 2) / m / k
    ### END CODE HERE ###
    return float(cost)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    ### START CODE HERE ### (1 line of code)
    dA = 2 * (y_pred - y_true) / m / k
    ### END CODE HERE ###
    return dA


def linear_forward(A_prev, W, b):
    Z = np.dot(A_prev, W) + b
    cache = (A_prev, W, b)
    return Z, cache


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    dW = np.dot(A_prev.T, dZ)
    db = np.sum(dZ, axis=0, keepdims=True)
    dA_prev = np.dot(dZ, W.T)

    assert dW.shape == W.shape
    assert db.shape == b.shape
    return dA_prev, dW, db


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.01
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.01
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1, _ = linear_forward(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2, _ = linear_forward(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        cache1 = (X, self.W1, self.b1)
        cache2 = (self.a1, self.W2, self.b2)

        dA2 = mse_loss_derivative(y_pred, y)
        dZ2 = dA2 * sigmoid_derivative(self.z2)
        dA1, dW2, db2 = linear_backward(dZ2, cache2)
        dZ1 = dA1 * sigmoid_derivative(self.z1)
        _, dW1, db1 = linear_backward(dZ1, cache1)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000, print_cost=False):
        costs = []
        for i in range(0, epochs):
            A2 = self.forward(X)
            costs.append(mse_loss(A2, y))
            dW1, db1, dW2, db2 = self.backward(X, y, A2)
            self.update_weights(dW1, db1, dW2, db2)
            if print_cost and i % 100 == 0:
                print("Cost after iteration %i: %f" % (i, costs[-1]))
        return costs


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    gradapprox = np.zeros(x.shape)

    for i in np.ndindex(x.shape):
        x_plus = np.copy(x)
        x_plus[i] = x_plus[i] + h
        J_plus = f(x_plus)

        x_minus = np.copy(x)
        x_minus[i] = x_minus[i] - h
        J_minus = f(x_minus)

        gradapprox[i] = (J_plus - J_minus) / (2 * h)

    return gradapprox
