import numpy as np

# using namespace std;  // :-)


def sigmoid(x):
    vec = np.asarray(x, dtype=float)
    neg = vec < 0
    ex = np.exp(np.where(neg, vec, -vec))
    return np.where(neg, ex / (1 + ex), 1 / (1 + ex))


def sigmoid_derivative(x):
    sig = sigmoid(x)
    return sig * (1 - sig)


def relu(x):
    return np.where(np.less(x, 0), 0, x)


def relu_derivative(x):
    return np.where(np.less_equal(x, 0), 0.0, 1.0)


def mse_loss(y_pred, y_true):
    rows, cols = y_pred.shape
    lossSum = 0.0
    for r in range(rows):
        for c in range(cols):
            residual = y_pred[r, c] - y_true[r, c]
            lossSum += residual * residual
    return lossSum


def mse_loss_derivative(y_pred, y_true):
    rows, cols = y_pred.shape
    deriv = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            residual = y_pred[r, c] - y_true[r, c]
            deriv[r, c] = 2.0 * residual / (rows * cols)
    return deriv


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.zeros((input_size, hidden_size))
        self.W2 = np.zeros((hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.randomize(self.W1)
        self.randomize(self.W2)

    def randomize(self, mat):
        for r in range(mat.shape[0]):
            for c in range(mat.shape[1]):
                mat[r, c] = np.random.uniform(-0.25, 0.25)

    def forward(self, X):
        self.z1 = np.dot(X, self.W1)
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)
        self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        rows, cols = y_pred.shape
        hid = self.a1.shape[1]
        gz2 = mse_loss_derivative(y_pred, y)
        for r in range(rows):
            for c in range(cols):
                gz2[r, c] *= y_pred[r, c] * (1.0 - y_pred[r, c])
        gz1 = np.dot(gz2, self.W2.T)
        for r in range(rows):
            for j in range(hid):
                gz1[r, j] *= self.a1[r, j] * (1.0 - self.a1[r, j])
        gb2 = np.zeros((1, cols))
        gb1 = np.zeros((1, hid))
        for r in range(rows):
            gb2 += gz2[r : r + 1]
            gb1 += gz1[r : r + 1]
        return np.dot(X.T, gz1), gb1, np.dot(self.a1.T, gz2), gb2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 += -self.learning_rate * dW1
        self.b1 += -self.learning_rate * db1
        self.W2 += -self.learning_rate * dW2
        self.b2 += -self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        lossVector = []
        for it in range(epochs):
            yHat = self.forward(X)
            lossVector.append(mse_loss(yHat, y))
            g = self.backward(X, y, yHat)
            self.update_weights(g[0], g[1], g[2], g[3])
        return lossVector


def numerical_gradient(f, x, h=1e-05):
    vec = np.array(x, dtype=np.float64)
    grad = np.zeros(vec.shape)
    it = np.nditer(grad, flags=["multi_index"], op_flags=["writeonly"])
    for cell in it:
        keep = vec[it.multi_index]
        vec[it.multi_index] = keep + h
        fp = f(vec)
        vec[it.multi_index] = keep - h
        fm = f(vec)
        vec[it.multi_index] = keep
        cell[...] = (fp - fm) / (2 * h)
    return grad
