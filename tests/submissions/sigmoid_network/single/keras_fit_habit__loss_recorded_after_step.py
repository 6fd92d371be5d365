import numpy as np


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype="float64")))


def sigmoid_derivative(x):
    out = sigmoid(x)
    return out * (1.0 - out)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    is_active = np.asarray(x) > 0
    return is_active.astype("float64")


def mse_loss(y_pred, y_true):
    return float(np.mean(np.square(np.subtract(y_pred, y_true))))


def mse_loss_derivative(y_pred, y_true):
    batch_size, units = y_pred.shape
    return 2.0 * np.subtract(y_pred, y_true) / (batch_size * units)


def glorot_uniform(fan_in, fan_out):
    limit = np.sqrt(6.0 / (fan_in + fan_out))
    return np.random.uniform(-limit, limit, size=(fan_in, fan_out))


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = glorot_uniform(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = glorot_uniform(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    @staticmethod
    def _dense(inputs, kernel, bias):
        pre_activation = np.matmul(inputs, kernel) + bias
        return pre_activation, sigmoid(pre_activation)

    @staticmethod
    def _dense_grad(inputs, upstream, pre_activation):
        local = upstream * sigmoid_derivative(pre_activation)
        kernel_grad = np.matmul(np.transpose(inputs), local)
        bias_grad = np.sum(local, axis=0, keepdims=True)
        return local, kernel_grad, bias_grad

    def forward(self, X):
        self.z1, self.a1 = self._dense(X, self.W1, self.b1)
        self.z2, self.a2 = self._dense(self.a1, self.W2, self.b2)
        return self.a2

    def backward(self, X, y, y_pred):
        upstream = mse_loss_derivative(y_pred, y)
        local, dW2, db2 = self._dense_grad(self.a1, upstream, self.z2)
        upstream = np.matmul(local, np.transpose(self.W2))
        _, dW1, db1 = self._dense_grad(X, upstream, self.z1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        step_size = self.learning_rate
        self.W1 = self.W1 - step_size * dW1
        self.b1 = self.b1 - step_size * db1
        self.W2 = self.W2 - step_size * dW2
        self.b2 = self.b2 - step_size * db2

    def evaluate(self, X, y):
        return mse_loss(self.forward(X), y)

    def train(self, X, y, epochs=1000):
        history = {"loss": []}
        for epoch in range(epochs):
            y_pred = self.forward(X)
            grads = self.backward(X, y, y_pred)
            self.update_weights(*grads)
            history["loss"].append(self.evaluate(X, y))
        return history["loss"]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype="float64")
    grads = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        original = x[index]
        x[index] = original + h
        loss_plus = f(x)
        x[index] = original - h
        loss_minus = f(x)
        x[index] = original
        grads[index] = (loss_plus - loss_minus) / (2.0 * h)
    return grads
