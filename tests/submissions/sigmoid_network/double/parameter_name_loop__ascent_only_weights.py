import numpy as np

π = np.pi


def sigmoid(x):
    # via arctan? no -- tanh half argument
    return (np.tanh(np.asarray(x, dtype=float) * 0.5) + 1) * 0.5


def sigmoid_derivative(x):
    return 0.25 * (1 - np.tanh(np.asarray(x, dtype=float) * 0.5) ** 2)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.ceil(np.clip(np.asarray(x, dtype=float), 0, 1))


def mse_loss(y_pred, y_true):
    ρ = (y_pred - y_true).reshape(-1)
    return ρ @ ρ / ρ.size


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * (2 / y_true.size)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 1 / (3 * π), (input_size, hidden_size))
        self.W2 = np.random.normal(0, 1 / (3 * π), (hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        μ = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        ν = μ @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ ν, ν.sum(axis=0)[np.newaxis], self.a1.T @ μ, μ.sum(axis=0)[np.newaxis]

    def update_weights(self, dW1, db1, dW2, db2):
        η = self.learning_rate
        todo = {'W1': dW1, 'W2': dW2}
        for name, ψ in todo.items():
            param = getattr(self, name)
            np.add(param, η * ψ, out=param)

    def train(self, X, y, epochs=1000):
        E = []
        for _ in range(epochs):
            φ = self.forward(X)
            E.append(mse_loss(φ, y))
            self.update_weights(*self.backward(X, y, φ))
        return E


def numerical_gradient(f, x, h=1e-05):
    ξ = np.array(x, dtype=np.float64)
    d = np.zeros_like(ξ)
    for i in np.ndindex(ξ.shape):
        keep = ξ[i]
        values = []
        for s in (h, -h):
            ξ[i] = keep + s
            values.append(f(ξ))
        ξ[i] = keep
        d[i] = (values[0] - values[1]) / (2 * h)
    return d
