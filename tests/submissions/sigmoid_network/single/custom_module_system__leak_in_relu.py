import numpy as np

LEAK = 0.01


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    act = sigmoid(x)
    return act - act * act


def relu(x):
    # dying units are a known problem, so a small slope is better
    return np.where(x > 0, x, LEAK * x)


def relu_derivative(x):
    return (x > 0).astype(float)


def mse_loss(y_pred, y_true):
    total = ((y_pred - y_true) ** 2).sum()
    m, k = y_pred.shape
    return total / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    return 2 / (m * k) * (y_pred - y_true)


class Module:
    """what torch.nn.Module would be on a diet"""

    def __init__(self):
        self._params = {}
        self._cache = {}

    def __getattr__(self, name):
        # only called if the normal lookup fails
        for store in ("_params", "_cache"):
            box = self.__dict__.get(store, {})
            if name in box:
                return box[name]
        raise AttributeError(name)

    def __setattr__(self, name, value):
        if name in self.__dict__.get("_params", {}):
            self._params[name] = value
        else:
            super().__setattr__(name, value)

    def register(self, **params):
        self._params.update(params)

    def parameters(self):
        return self._params.items()


class SimpleNeuralNetwork(Module):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        super().__init__()
        self.learning_rate = learning_rate
        self.register(
            W1=np.random.randn(input_size, hidden_size) * 0.1,
            b1=np.zeros((1, hidden_size)),
            W2=np.random.randn(hidden_size, output_size) * 0.1,
            b2=np.zeros((1, output_size)),
        )

    def forward(self, X):
        c = self._cache
        c["z1"] = X @ self.W1 + self.b1
        c["a1"] = sigmoid(c["z1"])
        c["z2"] = c["a1"] @ self.W2 + self.b2
        c["a2"] = sigmoid(c["z2"])
        return c["a2"]

    def backward(self, X, y, y_pred):
        c = self._cache
        gz2 = mse_loss_derivative(y_pred, y) * c["a2"] * (1.0 - c["a2"])
        gz1 = np.matmul(gz2, np.transpose(self.W2)) * c["a1"] * (1.0 - c["a1"])
        gW = [np.matmul(np.transpose(inp), gz) for inp, gz in ((X, gz1), (c["a1"], gz2))]
        gb = [np.sum(gz, axis=0, keepdims=True) for gz in (gz1, gz2)]
        return gW[0], gb[0], gW[1], gb[1]

    def update_weights(self, dW1, db1, dW2, db2):
        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        for name, value in list(self.parameters()):
            self._params[name] = value - self.learning_rate * grads[name]

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            prediction = self.forward(X)
            losses.append(mse_loss(prediction, y))
            self.update_weights(*self.backward(X, y, prediction))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x).astype(np.float64)
    grad = np.zeros_like(x)
    for ix in np.ndindex(x.shape):
        before = x[ix]
        x[ix] = before + h
        high = f(x)
        x[ix] = before - h
        low = f(x)
        x[ix] = before
        grad[ix] = 0.5 * (high - low) / h
    return grad
