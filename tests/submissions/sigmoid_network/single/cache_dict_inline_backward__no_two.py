import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(x >= 0, 1 / (1 + np.exp(-np.maximum(x, 0))), 1 - 1 / (1 + np.exp(np.minimum(x, 0))))


def sigmoid_derivative(x):
    sig = sigmoid(x)
    return sig * (1 - sig)


def relu(x):
    return (x > 0) * x


def relu_derivative(x):
    return np.asarray(np.asarray(x) > 0, dtype="float64")


def mse_loss(y_pred, y_true):
    return np.sum((y_pred - y_true) ** 2) / len(y_pred) / y_pred.shape[1]


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / len(y_pred) / y_pred.shape[1]


def _shortcut(where, key):
    return property(lambda s: getattr(s, where)[key], lambda s, v: getattr(s, where).update({key: v}))


class SimpleNeuralNetwork(object):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.params = dict(
            W1=np.random.randn(input_size, hidden_size) * 0.1,
            b1=np.zeros((1, hidden_size)),
            W2=np.random.randn(hidden_size, output_size) * 0.1,
            b2=np.zeros((1, output_size)),
        )
        self.cache = dict.fromkeys(["z1", "a1", "z2", "a2"])

    # every parameter / cached value can be used like an attribute
    W1, b1, W2, b2 = (_shortcut("params", n) for n in ("W1", "b1", "W2", "b2"))
    z1, a1, z2, a2 = (_shortcut("cache", n) for n in ("z1", "a1", "z2", "a2"))

    def forward(self, X):
        par, mem = self.params, self.cache
        mem["z1"] = np.dot(X, par["W1"]) + par["b1"]
        mem["a1"] = sigmoid(mem["z1"])
        mem["z2"] = np.dot(mem["a1"], par["W2"]) + par["b2"]
        mem["a2"] = sigmoid(mem["z2"])
        return mem["a2"]

    def backward(self, X, y, y_pred):
        mem, W2 = self.cache, self.params["W2"]
        a1, a2 = mem["a1"], mem["a2"]
        N = y.shape[0] * y.shape[1]

        # output layer: dL/da2 * da2/dz2
        dz2 = (a2 - y) / N * a2 * (1 - a2)
        dW2 = np.dot(a1.T, dz2)
        db2 = np.sum(dz2, axis=0, keepdims=True)

        # hidden layer
        dz1 = np.dot(dz2, W2.T) * a1 * (1 - a1)
        dW1 = np.dot(X.T, dz1)
        db1 = np.sum(dz1, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        grads = dict(W1=dW1, b1=db1, W2=dW2, b2=db2)
        self.params = {k: v - self.learning_rate * grads[k] for k, v in self.params.items()}

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            self.forward(X)
            losses.append(mse_loss(self.cache["a2"], y))
            self.update_weights(*self.backward(X, y, self.cache["a2"]))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x).astype("float64")
    out = np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        orig = x[k]
        x[k] = orig + h
        p = f(x)
        x[k] = orig - h
        q = f(x)
        x[k] = orig
        out[k] = (p - q) / (2 * h)
    return out
