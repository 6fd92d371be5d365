import numpy as np

# Sample by sample like we did on paper in the exercise class.


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    big = np.abs(x)
    right_side = 1 / (1 + np.exp(-big))      # sigma(|x|)
    return np.where(x >= 0, right_side, np.exp(-big) * right_side)


def sigmoid_derivative(x):
    sig = sigmoid(x)
    return sig * (1 - sig)


def relu(x):
    x = np.asarray(x)
    return np.maximum(x, np.zeros_like(x))


def relu_derivative(x):
    x = np.asarray(x)
    return (0 < x).astype("float64")


def mse_loss(y_pred, y_true):
    errors = (y_pred - y_true).ravel()
    return np.dot(errors, errors) / len(errors)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / np.prod(y_pred.shape)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.5
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m = len(X)
        gW1 = np.zeros_like(self.W1)
        gb1 = np.zeros_like(self.b1)
        gW2 = np.zeros_like(self.W2)
        gb2 = np.zeros_like(self.b2)

        grad_out = mse_loss_derivative(y_pred, y)

        for i in range(m):
            # i-th sample
            d2 = grad_out[i] * sigmoid_derivative(self.z2[i])
            d1 = (self.W2 @ d2) * sigmoid_derivative(self.z1[i])

            gW2 += np.outer(self.a1[i], d2)
            gb2 += d2
            gW1 += np.outer(X[i], d1)
            gb1 += d1

        total = (gW1, gb1, gW2, gb2)
        return tuple(g / m for g in total)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        all_losses = []
        for epoch in range(1, epochs + 1):
            prediction = self.forward(X)
            loss = mse_loss(prediction, y)
            all_losses.append(loss)
            gradient = self.backward(X, y, prediction)
            self.update_weights(*gradient)
        return all_losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype="float64")
    result = np.zeros_like(x)
    for position in np.ndindex(x.shape):
        x_up = np.array(x)
        x_up[position] += h
        x_down = np.array(x)
        x_down[position] -= h
        result[position] = (f(x_up) - f(x_down)) / (2 * h)
    return result
