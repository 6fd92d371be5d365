import numpy as np


def log_prob(puntajes):
    # logaddexp no explota nunca
    return puntajes - np.logaddexp.reduce(puntajes, axis=0, keepdims=True)


def relu(z):
    return z * (z > 0)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        self.params = {}
        self.params['W1'] = np.random.randn(input_size, hidden_size) * std
        self.params['W2'] = np.random.randn(hidden_size, output_size) * std
        self.params['b1'] = np.zeros(hidden_size)
        self.params['b2'] = np.zeros(output_size)

    def adelante(self, X):
        oculta = relu(X.dot(self.params['W1']) + self.params['b1'])
        return oculta, oculta.dot(self.params['W2']) + self.params['b2']

    def loss(self, X, y=None, reg=0.0):
        oculta, puntajes = self.adelante(X)
        if y is None:
            return puntajes

        cuantos = len(X)
        filas = np.arange(cuantos)
        lp = log_prob(puntajes)
        perdida = -np.sum(lp[filas, y]) / cuantos
        perdida += reg * sum(np.sum(self.params[w] ** 2) for w in ('W1', 'W2'))

        grad = np.exp(lp)
        grad[filas, y] -= 1
        grad /= cuantos
        grad_oculta = grad.dot(self.params['W2'].T)
        grad_oculta[oculta <= 0] = 0

        grads = {}
        grads['W2'] = oculta.T.dot(grad) + 2 * reg * self.params['W2']
        grads['b2'] = grad.sum(axis=0)
        grads['W1'] = X.T.dot(grad_oculta) + 2 * reg * self.params['W1']
        grads['b1'] = grad_oculta.sum(axis=0)
        return perdida, grads

    def step(self, grads, learning_rate):
        for clave in self.params:
            self.params[clave] -= learning_rate * grads[clave]

    def predict(self, X):
        _, puntajes = self.adelante(X)
        return np.argmax(puntajes, axis=1)
