"""Sieć z jedną warstwą ukrytą. Dekoratory zajmują się typami i kształtami, żeby wzory zostały czytelne."""
import functools
import numpy as np


def elementwise(fn):
    """Argument as float array, result as float array of the same shape."""
    @functools.wraps(fn)
    def wrapper(x):
        x = np.array(x, dtype=np.float64)
        res = np.asarray(fn(x), dtype=np.float64)
        assert res.shape == x.shape, f"{fn.__name__}: {x.shape} -> {res.shape}"
        return res
    return wrapper


def residual(fn):
    """fn gets the difference of prediction and target instead of the two."""
    @functools.wraps(fn)
    def wrapper(y_pred, y_true):
        return fn(np.asarray(y_pred, dtype=np.float64) - y_true)
    return wrapper


@elementwise
def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


@elementwise
def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-x)


@elementwise
def relu(x):
    return x.clip(min=0)


@elementwise
def relu_derivative(x):
    return x > 0


@residual
def mse_loss(r):
    return np.linalg.norm(r) ** 2 / r.size


@residual
def mse_loss_derivative(r):
    return r / (r.size / 2)


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        los = np.random.RandomState(7)
        self.W1 = los.randn(input_size, hidden_size) / 5
        self.b1 = np.zeros([1, hidden_size])
        self.W2 = los.randn(hidden_size, output_size) / 5
        self.b2 = np.zeros([1, output_size])

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def _wyjscie(self, y, y_pred):
        """delta warstwy wyjściowej"""
        return mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)

    def _ukryta(self, delta):
        """delta warstwy ukrytej"""
        blad = delta.sum(axis=1, keepdims=True)
        return blad * sigmoid_derivative(self.z1)

    def backward(self, X, y, y_pred):
        def gradient(wejscie, delta):
            return wejscie.T @ delta, delta.sum(axis=0)

        delta2 = self._wyjscie(y, y_pred)
        dW2, db2 = gradient(self.a1, delta2)
        delta1 = self._ukryta(delta2)
        dW1, db1 = gradient(X, delta1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for nazwa, krok in locals().copy().items():
            if nazwa == "self":
                continue
            nazwa = nazwa[1:]
            setattr(self, nazwa, getattr(self, nazwa) - self.learning_rate * krok)

    def train(self, X, y, epochs=1000):
        straty = []
        for _ in range(epochs):
            wynik = self.forward(X)
            straty.append(mse_loss(wynik, y))
            self.update_weights(*self.backward(X, y, wynik))
        return straty


def float64_copy(fn):
    @functools.wraps(fn)
    def wrapper(f, x, h=1e-05):
        return fn(f, np.array(x, dtype=np.float64), h)
    return wrapper


@float64_copy
def numerical_gradient(f, x, h):
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        w_prawo = f(x.copy())
        x[i] -= 2 * h
        w_lewo = f(x.copy())
        x[i] += h
        grad[i] = (w_prawo - w_lewo) / (2 * h)
    return grad


if __name__ == "__main__":
    # porównanie z różnicami
    siec = SimpleNeuralNetwork(2, 3, 2)
    X, y = np.random.rand(5, 2), np.random.rand(5, 2)
    dW1 = siec.backward(X, y, siec.forward(X))[0]

    def f(W):
        siec.W1 = W
        return mse_loss(siec.forward(X), y)

    print(abs(numerical_gradient(f, siec.W1) - dW1).max())
