import numpy as np


def sigmoid(x): return np.exp(-np.logaddexp(0.0, np.negative(x)))
def sigmoid_derivative(x): return (s := sigmoid(x)) * (1 - s)
def relu(x): return np.clip(x, 0, np.inf)
def relu_derivative(x): return np.asarray(np.asarray(x) > 0, float)
def mse_loss(y_pred, y_true): return ((y_pred - y_true)**2).mean()
def mse_loss_derivative(y_pred, y_true): return 2*(y_pred - y_true)/y_pred.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        r = np.random.default_rng(0).standard_normal
        self.W1, self.b1 = r((input_size, hidden_size))/10, np.zeros((1, hidden_size))
        self.W2, self.b2 = r((hidden_size, output_size))/10, np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.a1 = sigmoid((z := X@self.W1 + self.b1)); self.z1 = z
        self.a2 = sigmoid((z := self.a1@self.W2 + self.b2)); self.z2 = z
        return self.a2

    def backward(self, X, y, y_pred):
        D = y_pred - y
        d = D@self.W2.T * self.a1*(1 - self.a1)
        return X.T@d, d.sum(0)[None, :], self.a1.T@D, D.sum(0)[None, :]

    def update_weights(self, dW1, db1, dW2, db2):
        for n, g in dict(W1=dW1, b1=db1, W2=dW2, b2=db2).items():
            vars(self)[n] = vars(self)[n] - self.learning_rate*g

    def train(self, X, y, epochs=1000):
        L = []
        for _ in range(epochs):
            L.append(mse_loss(p := self.forward(X), y))
            self.update_weights(*self.backward(X, y, p))
        return L


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    return np.array([(f(x + h*e) - f(x - h*e))/(2*h)
                     for e in np.eye(x.size).reshape(-1, *x.shape)]).reshape(x.shape)
