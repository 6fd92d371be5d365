import numpy as np


class Activation:
    """f and f' in one object"""

    def __init__(self, f, df):
        self.f, self.df = f, df

    def __call__(self, z):
        return self.f(z)


def sigmoid(x):
    return np.exp(-np.logaddexp(0, -np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    # 1/(4 cosh^2(x/2)); clipped, cosh would overflow
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0, x) - np.logaddexp(0, -x))


def relu(x):
    return (np.abs(x) + x) / 2


def relu_derivative(x):
    d = np.zeros(np.shape(x))
    d[np.asarray(x) > 0] = 1
    return d


def mse_loss(y_pred, y_true):
    return np.square(y_true - y_pred).mean()


def mse_loss_derivative(y_pred, y_true):
    return -2 * (y_true - y_pred) / np.prod(y_true.shape)


class SimpleNeuralNetwork:
    act = Activation(sigmoid, sigmoid_derivative)

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.sizes = [input_size, hidden_size, output_size]
        for nr, (fan_in, fan_out) in enumerate(zip(self.sizes, self.sizes[1:]), start=1):
            setattr(self, f"W{nr}", np.random.randn(fan_in, fan_out) / 10)
            setattr(self, f"b{nr}", np.zeros((1, fan_out)))

    @property
    def depth(self):
        return len(self.sizes) - 1

    def get(self, name, nr):
        return getattr(self, f"{name}{nr}")

    def forward(self, X):
        signal = X
        for nr in range(1, self.depth + 1):
            z = np.dot(signal, self.get("W", nr)) + self.get("b", nr)
            signal = self.act(z)
            setattr(self, f"z{nr}", z)
            setattr(self, f"a{nr}", signal)
        return signal

    def backward(self, X, y, y_pred):
        result = {}
        flow = mse_loss_derivative(y_pred, y)
        for nr in range(self.depth, 0, -1):
            flow = flow * self.act.df(self.get("z", nr))
            below = X if nr == 1 else self.get("a", nr - 1)
            result["W", nr] = np.dot(below.T, flow)
            result["b", nr] = np.ones((1, len(flow))).dot(flow)
            flow = np.dot(flow, self.get("W", nr).T)
        return tuple(result[p, nr] for nr in range(1, self.depth + 1) for p in "Wb")

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in zip(("W1", "b1", "W2", "b2"), (dW1, db1, dW2, db2)):
            setattr(self, name, getattr(self, name) - self.learning_rate * grad)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            losses.append(mse_loss(self.forward(X), y))
            self.update_weights(*self.backward(X, y, self.get("a", self.depth)))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64, order="C")
    flat = x.reshape(-1)  # a view
    d = np.zeros(flat.size)
    for i in range(flat.size):
        v = flat[i]
        flat[i] = v + h
        d[i] = f(x)
        flat[i] = v - h
        d[i] -= f(x)
        flat[i] = v
    d /= 2 * h
    return d.reshape(x.shape)
