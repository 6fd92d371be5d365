import numpy as np

# ------------------------------------
# EXERCISE 1: SIGMOID
# ------------------------------------
def sigmoid(x):
    # make an array of floats out of x
    x = np.array(x, dtype=np.float64)
    # do not go over the limits of exp
    x = np.where(x > 709, 709, x)
    x = np.where(x < -709, -709, x)
    # formula from the slides
    return 1 / (1 + np.exp(-x))

# ------------------------------------
# EXERCISE 2: SIGMOID DERIVATIVE
# ------------------------------------
def sigmoid_derivative(x):
    # make an array of floats out of x
    x = np.array(x, dtype=np.float64)
    # formula from the slides
    return x * (1 - x)

# ------------------------------------
# EXERCISE 3: RELU
# ------------------------------------
def relu(x):
    # bigger one of 0 and x
    return np.maximum(0, x)

# ------------------------------------
# EXERCISE 4: RELU DERIVATIVE
# ------------------------------------
def relu_derivative(x):
    # True or False
    bigger = x > 0
    # 1.0 or 0.0
    return bigger.astype(float)

# ------------------------------------
# EXERCISE 5: LOSS
# ------------------------------------
def mse_loss(y_pred, y_true):
    # error
    error = y_pred - y_true
    # mean of squares
    return np.mean(error * error)

# ------------------------------------
# EXERCISE 6: LOSS DERIVATIVE
# ------------------------------------
def mse_loss_derivative(y_pred, y_true):
    # error
    error = y_pred - y_true
    # number of elements
    number = error.size
    # derivative of x^2 is 2x
    return 2 * error / number

# ------------------------------------
# EXERCISE 7: NETWORK
# ------------------------------------
class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        # weights
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        # biases
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        # learning rate
        self.learning_rate = learning_rate

    def forward(self, X):
        # hidden layer
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        # output layer
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # output layer
        out_error = mse_loss_derivative(y_pred, y)
        out_delta = out_error * y_pred * (1 - y_pred)
        # hidden layer
        hid_error = np.dot(out_delta, self.W2.T)
        hid_delta = hid_error * self.a1 * (1 - self.a1)
        # gradients of the weights
        dW1 = np.dot(X.T, hid_delta)
        dW2 = np.dot(self.a1.T, out_delta)
        # gradients of the biases
        db1 = np.sum(hid_delta, axis=0, keepdims=True)
        db2 = np.sum(out_delta, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        # weights
        self.W1 = self.W1 - self.learning_rate * dW1
        self.W2 = self.W2 - self.learning_rate * dW2
        # biases
        self.b1 = self.b1 - self.learning_rate * db1
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        # all losses
        all_losses = []
        for epoch in range(epochs):
            # forward
            y_pred = self.forward(X)
            # loss
            all_losses.append(mse_loss(y_pred, y))
            # backward
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            # update
            self.update_weights(dW1, db1, dW2, db2)
        return all_losses

# ------------------------------------
# EXERCISE 8: NUMERICAL GRADIENT
# ------------------------------------
def numerical_gradient(f, x, h=1e-05):
    # copy as floats
    x = np.array(x, dtype=np.float64)
    # result
    result = np.zeros(x.shape)
    # all positions
    for position in np.ndindex(x.shape):
        # old value
        old = x[position]
        # a bit to the right
        x[position] = old + h
        right = f(x)
        # a bit to the left
        x[position] = old - h
        left = f(x)
        # old value back
        x[position] = old
        # slope
        result[position] = (right - left) / (2 * h)
    return result

# ------------------------------------
# TEST
# ------------------------------------
net = SimpleNeuralNetwork(2, 3, 1)
print("shape of output:", net.forward(np.array([[1, 2], [3, 4]])).shape)
print("sigmoid of 0:", sigmoid(0))
