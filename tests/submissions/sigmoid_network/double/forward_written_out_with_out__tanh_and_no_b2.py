import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    big = np.maximum(x, 0)
    return np.exp(x - big) / (np.exp(-big) + np.exp(x - big))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    d = np.ones(np.shape(x))
    d[np.asarray(x) <= 0] = 0
    return d


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean(axis=1).mean()


def mse_loss_derivative(y_pred, y_true):
    rows, cols = y_pred.shape
    return (2 / rows) * (y_pred - y_true) / cols


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) / 7
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) / 7
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.einsum('ij,jl->il', X, self.W1)
        np.add(self.z1, self.b1, out=self.z1)
        self.a1 = np.tanh(self.z1)
        self.z2 = np.einsum('il,lk->ik', self.a1, self.W2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        D = {}
        D['z2'] = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        D['W2'] = np.einsum('il,ik->lk', self.a1, D['z2'])
        D['b2'] = np.einsum('ik->k', D['z2'])[np.newaxis]
        D['a1'] = np.einsum('ik,lk->il', D['z2'], self.W2)
        D['z1'] = D['a1'] * sigmoid_derivative(self.z1)
        D['W1'] = np.einsum('ij,il->jl', X, D['z1'])
        D['b1'] = np.einsum('il->l', D['z1'])[np.newaxis]
        return tuple(D[q] for q in ('W1', 'b1', 'W2', 'b2'))

    def update_weights(self, dW1, db1, dW2, db2):
        for q, g in zip(('W1', 'b1', 'W2', 'b2'), (dW1, db1, dW2, db2)):
            setattr(self, q, getattr(self, q) - self.learning_rate * g)

    def train(self, X, y, epochs=1000):
        loss_list = []
        for _ in range(epochs):
            res = self.forward(X)
            loss_list.append(mse_loss(res, y))
            self.update_weights(*self.backward(X, y, res))
        return loss_list


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    q = np.zeros_like(x)
    for j in range(x.size):
        t = np.zeros(x.size)
        t[j] = h
        t.shape = x.shape
        q.ravel()[j] = (f(x + t) - f(x - t)) / (2 * h)
    return q
