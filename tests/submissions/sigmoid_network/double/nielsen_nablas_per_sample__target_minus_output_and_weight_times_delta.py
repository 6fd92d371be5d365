"""network.py, after chapter 1 and 2 of Nielsen's book, but with rows as samples."""

import numpy as np


def sigmoid(x):
    """The sigmoid function."""
    return 1.0/(1.0+np.exp(-np.clip(x, -709, 709)))

def sigmoid_derivative(x):
    """Derivative of the sigmoid function (sigmoid_prime in the book)."""
    return sigmoid(x)*(1-sigmoid(x))

sigmoid_prime = sigmoid_derivative

def relu(x):
    return np.array([max(0, v) for v in np.ravel(x)]).reshape(np.shape(x))

def relu_derivative(x):
    return np.array([1.0 if v > 0 else 0.0 for v in np.ravel(x)]).reshape(np.shape(x))

def mse_loss(y_pred, y_true):
    return sum(np.linalg.norm(a-t)**2 for a, t in zip(y_pred, y_true))/y_true.size

def mse_loss_derivative(y_pred, y_true):
    return 2.0*(y_pred-y_true)/y_true.size


class SimpleNeuralNetwork(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.sizes = [input_size, hidden_size, output_size]
        self.W1, self.W2 = [np.random.randn(p, q)*0.5
                            for p, q in zip(self.sizes[:-1], self.sizes[1:])]
        self.b1, self.b2 = [np.zeros((1, q)) for q in self.sizes[1:]]
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.dot(X, self.W1)+self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)+self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def cost_derivative(self, output_activations, t):
        """Partial C / partial a for the output activations of one sample."""
        return 2.0*(t-output_activations)

    def backward(self, X, y, y_pred):
        nabla_W1, nabla_b1 = np.zeros(self.W1.shape), np.zeros(self.b1.shape)
        nabla_W2, nabla_b2 = np.zeros(self.W2.shape), np.zeros(self.b2.shape)
        for s, (x, t) in enumerate(zip(X, y)):
            # BP1
            delta = self.cost_derivative(y_pred[s], t)*sigmoid_prime(self.z2[s])
            nabla_b2 += delta                               # BP3
            nabla_W2 += self.W2*delta     # BP4
            # BP2
            delta = np.dot(self.W2, delta)*sigmoid_prime(self.z1[s])
            nabla_b1 += delta                               # BP3
            nabla_W1 += x[:, np.newaxis]*delta              # BP4
        N = np.size(y)
        return nabla_W1/N, nabla_b1/N, nabla_W2/N, nabla_b2/N

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1, self.W2 = [w-eta*nw for w, nw in zip([self.W1, self.W2], [dW1, dW2])]
        self.b1, self.b2 = [b-eta*nb for b, nb in zip([self.b1, self.b2], [db1, db2])]

    def train(self, X, y, epochs=1000):
        costs = []
        for j in range(epochs):
            a = self.forward(X)
            costs.append(mse_loss(a, y))
            self.update_weights(*self.backward(X, y, a))
        return costs


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    nabla = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = 1.0
        nabla[i] = (f(x+h*e)-f(x-h*e))/(2*h)
    return nabla
