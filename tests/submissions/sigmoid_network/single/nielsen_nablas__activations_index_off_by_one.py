"""Done in the style of network.py from Nielsen's book, but with one sample a row."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(np.minimum(x, 0.0)) / (1.0 + np.exp(-np.abs(x)))


def sigmoid_derivative(x):
    """Nielsen calls this one sigmoid_prime."""
    return sigmoid(x)*(1-sigmoid(x))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.array(np.asarray(x) > 0).astype(float)


def mse_loss(y_pred, y_true):
    return np.linalg.norm(y_pred-y_true)**2/y_true.size


def mse_loss_derivative(y_pred, y_true):
    return 2.0*(y_pred-y_true)/y_true.size


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.num_layers = 3
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)/np.sqrt(input_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)/np.sqrt(hidden_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1)+self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)+self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        weights = [self.W1, self.W2]
        zs = [self.z1, self.z2]              # the z vectors, layer by layer
        activations = [X, self.a1, y_pred]   # the activations, layer by layer
        nabla_b = [None, None]
        nabla_w = [None, None]
        # backward pass
        delta = mse_loss_derivative(activations[-1], y)*sigmoid_derivative(zs[-1])
        nabla_b[-1] = delta.sum(axis=0, keepdims=True)
        nabla_w[-1] = np.dot(activations[-2].T, delta)
        # l = 1 is the last layer, l = 2 the second-last and so on
        for l in range(2, self.num_layers):
            sp = sigmoid_derivative(zs[-l])
            delta = np.dot(delta, weights[-l+1].T)*sp
            nabla_b[-l] = delta.sum(axis=0, keepdims=True)
            nabla_w[-l] = np.dot(activations[-l].T, delta)
        return nabla_w[0], nabla_b[0], nabla_w[1], nabla_b[1]

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1, self.W2 = [w-eta*nw for w, nw in zip([self.W1, self.W2], [dW1, dW2])]
        self.b1, self.b2 = [b-eta*nb for b, nb in zip([self.b1, self.b2], [db1, db2])]

    def train(self, X, y, epochs=1000):
        cost = []
        for j in range(epochs):
            a = self.forward(X)
            cost.append(mse_loss(a, y))
            nabla = self.backward(X, y, a)
            self.update_weights(*nabla)
        return cost


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    nabla = np.zeros(x.shape)
    for j in np.ndindex(x.shape):
        eps = np.zeros(x.shape)
        eps[j] = h
        nabla[j] = (f(x+eps)-f(x-eps))/(2*h)
    return nabla
