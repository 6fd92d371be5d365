from functools import reduce
import numpy as np

# const-like arrow functions :)
toFloat = lambda v: np.asarray(v, dtype=float)
dot = lambda u, v: reduce(lambda acc, pair: acc + pair[0] * pair[1], zip(u, v), 0.0)
rowsOf = lambda M: list(map(list, M))
flip = lambda rows: list(map(list, zip(*rows)))
times = lambda A, B: np.array([[dot(r, c) for c in flip(B)] for r in rowsOf(A)])
colSum = lambda A: np.array([list(map(sum, flip(A)))])

sigmoid = lambda x: 0.5 * (1.0 + np.tanh(0.5 * toFloat(x)))
sigmoid_derivative = lambda x: (lambda s: s * (1 - s))(sigmoid(x))
relu = lambda x: np.where(np.asarray(x) > 0, x, 0)
relu_derivative = lambda x: np.where(np.asarray(x) > 0, 1.0, 0.0)
mse_loss = lambda y_pred, y_true: reduce(lambda acc, d: acc + d * d, toFloat(y_pred - y_true).flat, 0.0) / np.size(y_pred)
mse_loss_derivative = lambda y_pred, y_true: np.array(
    [[2 * (p - t) / np.size(y_pred) for p, t in zip(pRow, tRow)] for pRow, tRow in zip(y_pred, y_true)]
)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rand = lambda r, c: np.array([[np.random.uniform(-1, 1) * 0.5 for _ in range(c)] for _ in range(r)])
        self.learning_rate = learning_rate
        self.W1, self.b1 = rand(input_size, hidden_size), np.zeros((1, hidden_size))
        self.W2, self.b2 = rand(hidden_size, output_size), np.zeros((1, output_size))

    def forward(self, X):
        layer = lambda inp, W, b: times(inp, W) + b
        self.z1 = layer(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = layer(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        errOut = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        errHid = times(errOut, flip(self.W2)) * sigmoid_derivative(self.z1)
        weightGrad = lambda inp, err: times(flip(inp), err)
        return weightGrad(X, errHid), colSum(errHid), weightGrad(self.a1, errOut), colSum(errOut)

    def update_weights(self, dW1, db1, dW2, db2):
        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        for key, grad in grads.items():
            setattr(self, key, getattr(self, key) - self.learning_rate * grad)

    def train(self, X, y, epochs=1000):
        def step(_):
            pred = self.forward(X)
            loss = mse_loss(pred, y)
            self.update_weights(*self.backward(X, y, pred))
            return loss

        return list(map(step, range(epochs)))


def numerical_gradient(f, x, h=1e-05):
    x0 = toFloat(x)

    def bump(pos, by):
        c = x0.copy()
        c[pos] = c[pos] + by
        return c

    slopes = [(f(bump(pos, h)) - f(bump(pos, -h))) / (2 * h) for pos in np.ndindex(*x0.shape)]
    return np.array(slopes, dtype=np.float64).reshape(x0.shape)
