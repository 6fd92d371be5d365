import numpy as np

# Γ : backpropagated gradient, reused as buffer


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    t = np.empty(x.shape)
    np.multiply(x, 0.5, out=t)
    np.tanh(t, out=t)
    np.add(t, 1.0, out=t)
    np.multiply(t, 0.5, out=t)
    return t


def sigmoid_derivative(x):
    s = sigmoid(x)
    return np.multiply(s, np.subtract(1.0, s))


def relu(x):
    x = np.asarray(x)
    return np.maximum(x, 0, out=np.empty_like(x))


def relu_derivative(x):
    x = np.asarray(x)
    return np.greater(x, 0, out=np.empty(x.shape), casting='unsafe')


def mse_loss(y_pred, y_true):
    Δ = np.subtract(y_pred, y_true)
    return np.multiply(Δ, Δ, out=Δ).mean()


def mse_loss_derivative(y_pred, y_true):
    Δ = np.subtract(y_pred, y_true)
    return np.multiply(Δ, 2 / Δ.size, out=Δ)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.W2 = np.random.randn(hidden_size, output_size)
        self.W1 *= 0.1
        self.W2 *= 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1)
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)
        self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        δ = mse_loss_derivative(y_pred, y)
        np.multiply(δ, sigmoid_derivative(self.z2), out=δ)
        Γ = np.dot(δ, self.W2.T)
        np.multiply(Γ, sigmoid_derivative(Γ), out=Γ)
        return (np.dot(X.T, Γ), Γ.sum(axis=0, keepdims=True),
                np.dot(self.a1.T, δ), δ.sum(axis=0, keepdims=True))

    def update_weights(self, dW1, db1, dW2, db2):
        for P, G in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            P -= self.learning_rate * G

    def train(self, X, y, epochs=1000):
        E = []
        for _ in range(epochs):
            Ψ = self.forward(X)
            E.append(mse_loss(Ψ, y))
            self.update_weights(*self.backward(X, y, Ψ))
        return E


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    G = np.zeros_like(x)
    Gf, xf = G.reshape(-1), x.reshape(-1)
    for i in range(len(xf)):
        x0 = xf[i]
        xf[i] = x0 + h
        Gf[i] += f(x)
        xf[i] = x0 - h
        Gf[i] -= f(x)
        xf[i] = x0
    G /= 2 * h
    return G
