import numpy as np


# activation functions ####################################################

def sigmoid(x):
    # clip, otherwise numpy complains about overflow
    x = np.clip(x, -600, 600)
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    return sigmoid(x) * (1.0 - sigmoid(x))


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


# loss ####################################################################

def mse_loss(y_pred, y_true):
    return np.mean(np.power(y_pred - y_true, 2))


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


# network #################################################################

class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate

        # small random numbers so the neurons are not all the same
        self.W1 = np.random.normal(0.0, 0.1, (input_size, hidden_size))
        self.W2 = np.random.normal(0.0, 0.1, (hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # how wrong is each output, in terms of what went into its sigmoid
        output_error_term = y_pred - y

        # how much did each hidden neuron contribute to that
        hidden_error = np.dot(output_error_term, self.W2.T)
        hidden_error_term = hidden_error * sigmoid_derivative(self.a1)

        grad_W2 = np.dot(self.a1.T, output_error_term)
        grad_b2 = np.sum(output_error_term, axis=0, keepdims=True)
        grad_W1 = np.dot(X.T, hidden_error_term)
        grad_b1 = np.sum(hidden_error_term, axis=0, keepdims=True)

        return grad_W1, grad_b1, grad_W2, grad_b2

    def update_weights(self, dW1, db1, dW2, db2):
        # downhill
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)   # my own copy
    grad = np.zeros_like(x)
    for idx, value in np.ndenumerate(x.copy()):
        x[idx] = value + h
        loss_plus = f(x)
        x[idx] = value - h
        loss_minus = f(x)
        x[idx] = value
        grad[idx] = (loss_plus - loss_minus) / (2 * h)
    return grad
