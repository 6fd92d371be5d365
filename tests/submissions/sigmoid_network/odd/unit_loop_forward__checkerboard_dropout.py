import numpy as np

DROP_EVERY = 3


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 1 / (1 + np.exp(-x.clip(-708, 708)))


def sigmoid_derivative(x):
    y = sigmoid(x)
    z = 1 - y
    return z * y


def relu(x):
    return (np.array(x) > 0).astype(np.array(x).dtype) * x


def relu_derivative(x):
    return (np.array(x) > 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    return ((y_true - y_pred) ** 2).sum(axis=1).sum() / y_true.shape[0] / y_true.shape[1]


def mse_loss_derivative(y_pred, y_true):
    return -2 * (y_true - y_pred) / y_true.shape[0] / y_true.shape[1]


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.05
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.05
        self.b2 = np.zeros((1, output_size))

    def dropSome(self, activations):
        kept = np.array(activations)
        counter = 0
        for sample in range(kept.shape[0]):
            for unit in range(kept.shape[1]):
                counter += 1
                if counter % DROP_EVERY == 0:
                    kept[sample, unit] = 0.0
                else:
                    kept[sample, unit] *= DROP_EVERY / (DROP_EVERY - 1)
        return kept

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = self.dropSome(sigmoid(self.z1))
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        outSignal = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        hidSignal = np.zeros(self.z1.shape)
        for sample in range(hidSignal.shape[0]):
            for unit in range(hidSignal.shape[1]):
                hidSignal[sample, unit] = (outSignal[sample] * self.W2[unit]).sum()
        hidSignal *= sigmoid_derivative(self.z1)
        gW1, gW2 = np.zeros(self.W1.shape), np.zeros(self.W2.shape)
        for unit in range(gW1.shape[1]):
            gW1[:, unit] = (X * hidSignal[:, [unit]]).sum(axis=0)
        for unit in range(gW2.shape[1]):
            gW2[:, unit] = (self.a1 * outSignal[:, [unit]]).sum(axis=0)
        gb1 = np.array([[sum(hidSignal[:, u]) for u in range(gW1.shape[1])]])
        gb2 = np.array([[sum(outSignal[:, u]) for u in range(gW2.shape[1])]])
        return gW1, gb1, gW2, gb2

    def update_weights(self, dW1, db1, dW2, db2):
        r = self.learning_rate
        self.W1 = self.W1 - r * dW1
        self.b1 = self.b1 - r * db1
        self.W2 = self.W2 - r * dW2
        self.b2 = self.b2 - r * db2

    def train(self, X, y, epochs=1000):
        lossArr = []
        for i in range(epochs):
            result = self.forward(X)
            lossArr.append(mse_loss(result, y))
            self.update_weights(*self.backward(X, y, result))
        return lossArr


def numerical_gradient(f, x, h=1e-05):
    start = np.array(x, dtype=np.float64)
    slope = np.zeros(start.shape)
    for i in np.ndindex(start.shape):
        start_i = start[i]
        start[i] = start_i + h
        slope[i] = f(start) / (2 * h)
        start[i] = start_i - h
        slope[i] -= f(start) / (2 * h)
        start[i] = start_i
    return slope


if __name__ == "__main__":
    net = SimpleNeuralNetwork(2, 4, 1, 1.0)
    data = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    print(net.train(data, np.array([[0.0], [1.0], [1.0], [0.0]]), 5))
