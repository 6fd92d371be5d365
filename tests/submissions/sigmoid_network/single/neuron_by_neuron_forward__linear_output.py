import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 1 - 1 / (1 + np.exp(np.minimum(x, 500))) if x.ndim == 0 else _sigmoidArray(x)


def _sigmoidArray(x):
    out = np.zeros(x.shape)
    for idx in np.ndindex(x.shape):
        v = x[idx]
        if v < 0:
            out[idx] = np.exp(v) / (1 + np.exp(v))
        else:
            out[idx] = 1 / (1 + np.exp(-v))
    return out


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.array([max(v, 0) for v in np.asarray(x).flat]).reshape(np.shape(x))


def relu_derivative(x):
    return np.array([1.0 if v > 0 else 0.0 for v in np.asarray(x).flat]).reshape(np.shape(x))


def mse_loss(y_pred, y_true):
    return sum(sum((p - t) ** 2) for p, t in zip(y_pred, y_true)) / (len(y_pred) * len(y_pred[0]))


def mse_loss_derivative(y_pred, y_true):
    scale = 2 / (len(y_pred) * len(y_pred[0]))
    return np.array([scale * (p - t) for p, t in zip(y_pred, y_true)])


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.inputs = input_size
        self.hiddens = hidden_size
        self.outputs = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.4, 0.4, size=(self.inputs, self.hiddens))
        self.b1 = np.zeros((1, self.hiddens))
        self.W2 = np.random.uniform(-0.4, 0.4, size=(self.hiddens, self.outputs))
        self.b2 = np.zeros((1, self.outputs))

    def weightedSum(self, inputs, weights, bias, neuron):
        s = bias[0][neuron]
        for i in range(len(inputs)):
            s += inputs[i] * weights[i][neuron]
        return s

    def forward(self, X):
        samples = len(X)
        self.z1 = np.zeros((samples, self.hiddens))
        self.a1 = np.zeros((samples, self.hiddens))
        self.z2 = np.zeros((samples, self.outputs))
        self.a2 = np.zeros((samples, self.outputs))
        for s in range(samples):
            for neuron in range(self.hiddens):
                self.z1[s][neuron] = self.weightedSum(X[s], self.W1, self.b1, neuron)
                self.a1[s][neuron] = sigmoid(self.z1[s][neuron])
            for neuron in range(self.outputs):
                self.z2[s][neuron] = self.weightedSum(self.a1[s], self.W2, self.b2, neuron)
                self.a2[s][neuron] = self.z2[s][neuron]
        return self.a2

    def backward(self, X, y, y_pred):
        e2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        e1 = np.zeros((len(X), self.hiddens))
        for s in range(len(X)):
            for neuron in range(self.hiddens):
                for o in range(self.outputs):
                    e1[s][neuron] += self.W2[neuron][o] * e2[s][o]
        e1 = e1 * sigmoid_derivative(self.z1)
        dW1, db1 = np.zeros(self.W1.shape), np.zeros(self.b1.shape)
        dW2, db2 = np.zeros(self.W2.shape), np.zeros(self.b2.shape)
        for s in range(len(X)):
            for neuron in range(self.hiddens):
                dW1[:, neuron] += X[s] * e1[s][neuron]
                db1[0][neuron] += e1[s][neuron]
            for neuron in range(self.outputs):
                dW2[:, neuron] += self.a1[s] * e2[s][neuron]
                db2[0][neuron] += e2[s][neuron]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b1 = self.b1 - self.learning_rate * db1
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        errors = []
        for round_ in range(epochs):
            out = self.forward(X)
            errors.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return errors


def numerical_gradient(f, x, h=1e-05):
    values = np.array(x, dtype=np.float64)
    result = np.zeros(values.shape)
    for pos in np.ndindex(values.shape):
        was = values[pos]
        values[pos] = was + h
        result[pos] += f(values)
        values[pos] = was - h
        result[pos] -= f(values)
        values[pos] = was
        result[pos] /= 2 * h
    return result
