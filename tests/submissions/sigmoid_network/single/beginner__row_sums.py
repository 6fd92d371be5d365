# Homework backpropagation
import numpy as np

# sigmoid: squeezes every number between 0 and 1
def sigmoid(x):
    # clip it, otherwise there is a overflow warning
    x = np.clip(x, -700, 700)
    result = 1 / (1 + np.exp(-x))
    return result

# derivative of sigmoid
def sigmoid_derivative(x):
    result = sigmoid(x) * (1 - sigmoid(x))
    return result

# relu: negative numbers become 0
def relu(x):
    result = x * (x > 0)
    return result

# derivative of relu is 1 or 0
def relu_derivative(x):
    result = np.zeros(x.shape)
    result[x > 0] = 1
    return result

# mean squared error
def mse_loss(y_pred, y_true):
    diff = y_pred - y_true
    squared = diff ** 2
    result = np.mean(squared)
    return result

# derivative of mean squared error
def mse_loss_derivative(y_pred, y_true):
    diff = y_pred - y_true
    # number of all elements
    n = y_pred.shape[0] * y_pred.shape[1]
    result = 2 * diff / n
    return result

class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # weights are random
        self.W1 = np.random.rand(input_size, hidden_size) - 0.5
        self.W2 = np.random.rand(hidden_size, output_size) - 0.5
        # biases are zero
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # first layer
        self.z1 = np.dot(X, self.W1)
        self.z1 = self.z1 + self.b1
        self.a1 = sigmoid(self.z1)
        # second layer
        self.z2 = np.dot(self.a1, self.W2)
        self.z2 = self.z2 + self.b2
        self.a2 = sigmoid(self.z2)
        # print("a2", self.a2.shape)
        return self.a2

    def backward(self, X, y, y_pred):
        # second layer
        error2 = mse_loss_derivative(y_pred, y)
        delta2 = error2 * sigmoid_derivative(self.z2)
        dW2 = np.dot(self.a1.T, delta2)
        db2 = np.sum(delta2, axis=0)
        db2 = db2.reshape(1, -1)
        # print("dW2", dW2.shape)
        # print("db2", db2.shape)

        # first layer
        error1 = np.dot(delta2, self.W2.T)
        delta1 = error1 * sigmoid_derivative(self.z1)
        dW1 = np.dot(X.T, delta1)
        db1 = np.sum(delta1, axis=1)
        db1 = db1.reshape(1, -1)
        # print("dW1", dW1.shape)
        # print("db1", db1.shape)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        # new = old - learning rate * gradient
        self.W1 = self.W1 - self.learning_rate * dW1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b1 = self.b1 - self.learning_rate * db1
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for i in range(epochs):
            # forward
            y_pred = self.forward(X)
            # loss
            loss = mse_loss(y_pred, y)
            losses.append(loss)
            # backward
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            # update
            self.update_weights(dW1, db1, dW2, db2)
            if i % 100 == 0:
                print("epoch", i, "loss", loss)
        return losses

def numerical_gradient(f, x, h=1e-05):
    x = x.astype(np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x_plus = x.copy()
        x_plus[i] = x_plus[i] + h
        x_minus = x.copy()
        x_minus[i] = x_minus[i] - h
        grad[i] = (f(x_plus) - f(x_minus)) / (2 * h)
    return grad

# test
print(sigmoid(0))
print(relu(np.array([-1, 0, 1])))
