import numpy as np

"""I like the PyTorch API, therefore Parameter / Module / zero_grad, but in NumPy."""


class Parameter:
    def __init__(self, data):
        self.data = data
        self.grad = np.zeros_like(data)

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def accumulate(self, g):
        if self.grad.shape != g.shape:
            self.zero_grad()
        self.grad = self.grad + g


class Module:
    def __setattr__(self, key, value):
        pars = self.__dict__.setdefault('_parameters', {})
        if isinstance(value, Parameter):
            pars[key] = value
        elif key in pars:
            pars[key].data = value
        else:
            object.__setattr__(self, key, value)

    def __getattr__(self, key):
        pars = self.__dict__.get('_parameters', {})
        if key in pars:
            return pars[key].data
        raise AttributeError(key)

    def parameters(self):
        return self._parameters.values()

    def zero_grad(self):
        for p in self.parameters():
            p.zero_grad()

    def __call__(self, *args):
        return self.forward(*args)


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    t = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, t) / (1 + t)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return np.clip(x, a_min=0, a_max=None)


def relu_derivative(x):
    return np.asarray(x > 0, dtype=np.float64)


def mse_loss(y_pred, y_true, reduction='mean'):
    sq = (y_pred - y_true) ** 2
    return getattr(np, reduction)(sq)


def mse_loss_derivative(y_pred, y_true):
    return 2. * (y_pred - y_true) / y_pred.size


class SimpleNeuralNetwork(Module):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = Parameter(np.random.randn(input_size, hidden_size) * .1)
        self.b1 = Parameter(np.zeros((1, hidden_size)))
        self.W2 = Parameter(np.random.randn(hidden_size, output_size) * .1)
        self.b2 = Parameter(np.zeros((1, output_size)))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        p = self._parameters
        go = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        gh = go @ self.W2.T * sigmoid_derivative(self.z1)
        p['W2'].accumulate(self.a1.T @ go)
        p['b2'].accumulate(go.sum(0, keepdims=True))
        p['W1'].accumulate(X.T @ gh)
        p['b1'].accumulate(gh.sum(0, keepdims=True))
        return tuple(q.grad for q in self.parameters())

    def update_weights(self, dW1, db1, dW2, db2):
        for q, g in zip(self.parameters(), (dW1, db1, dW2, db2)):
            q.data = q.data - self.learning_rate * g

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            self.zero_grad()
            out = self(X)
            losses.append(mse_loss(out, y).item())
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros(x.shape)
    gf, n = g.reshape(-1), x.size
    for i in range(n):
        d = (np.arange(n) == i).reshape(x.shape) * h
        gf[i] = (f(x + d) - f(x - d)) / (2 * h)
    return g
