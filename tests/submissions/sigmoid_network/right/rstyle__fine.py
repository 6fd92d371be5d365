# an R user's version: outer(), sweep(), colSums(), apply(); a list called "self" with named entries
import numpy as np


class rlist(dict):
    """list(a = 1, b = 2); x$a is x.a"""
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


def plogis(q): return np.exp(np.minimum(q, 0)) / (1 + np.exp(-np.abs(q)))
def dlogis(q): return plogis(q) * plogis(-q)
def colSums(x): return x.sum(axis=0)
def crossprod(x, y): return np.dot(np.transpose(x), y)
def tcrossprod(x, y): return np.dot(x, np.transpose(y))
def sweep(x, stats): return x + np.reshape(stats, (1, -1))
def rowvec(x): return np.reshape(x, (1, x.shape[0]))


def sigmoid(x): return plogis(np.asarray(x, dtype="float64"))
def sigmoid_derivative(x): return dlogis(np.asarray(x, dtype="float64"))
def relu(x): return np.fmax(x, 0)
def relu_derivative(x): return np.vectorize(lambda v: 1.0 if v > 0 else 0.0, otypes=[float])(x)
def mse_loss(y_pred, y_true): return np.mean((y_true - y_pred) ** 2)
def mse_loss_derivative(y_pred, y_true): return -2 * np.subtract(y_true, y_pred) / len(y_true) / len(y_true[0])


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rnorm = np.random.normal
        vars(self).update(
            W1=rnorm(0, .25, (input_size, hidden_size)), b1=np.zeros((1, hidden_size)),
            W2=rnorm(0, .25, (hidden_size, output_size)), b2=np.zeros((1, output_size)),
            learning_rate=learning_rate,
        )

    def forward(self, X):
        fit = rlist(z1=sweep(X @ self.W1, self.b1))
        fit.a1 = plogis(fit.z1)
        fit.z2 = sweep(fit.a1 @ self.W2, self.b2)
        fit.a2 = plogis(fit.z2)
        vars(self).update(fit)
        return fit.a2

    def backward(self, X, y, y_pred):
        # minus the working residuals, so that the signs come out at the very end
        res = rlist(out=(y - y_pred) * dlogis(self.z2))
        res.hid = tcrossprod(res.out, self.W2) * dlogis(self.z1)
        score = [crossprod(X, res.hid), rowvec(colSums(res.hid)), crossprod(self.a1, res.out), rowvec(colSums(res.out))]
        return tuple(-2 / np.size(y) * s for s in score)

    def update_weights(self, dW1, db1, dW2, db2):
        new = rlist(W1=dW1, b1=db1, W2=dW2, b2=db2)
        for name in new:
            new[name] = getattr(self, name) - self.learning_rate * new[name]
        vars(self).update(new)

    def train(self, X, y, epochs=1000):
        def one(_):
            fitted = self.forward(X)
            loss = mse_loss(fitted, y)
            self.update_weights(*self.backward(X, y, fitted))
            return loss
        return list(map(one, range(epochs)))          # sapply(1:epochs, one)


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype="float64")
    basis = np.eye(x.size).reshape((x.size,) + x.shape)
    slopes = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in basis]
    return np.reshape(np.asarray(slopes, dtype="float64"), x.shape)
