import numpy as np
import torch

torch.set_default_dtype(torch.float64)


def T(a):
    return torch.from_numpy(np.array(a, dtype=np.float64))


def sigmoid(x):
    return torch.special.expit(T(x)).numpy()


def sigmoid_derivative(x):
    s = torch.special.expit(T(x))
    return (s * (1 - s)).numpy()


def relu(x):
    return torch.from_numpy(np.array(x)).relu().numpy()


def relu_derivative(x):
    return (T(x) > 0).double().numpy()


def mse_loss(y_pred, y_true):
    squares = (T(y_pred) - T(y_true)).pow(2)
    return squares.sum(dim=1).mean().item()


def mse_loss_derivative(y_pred, y_true):
    diff = T(y_pred) - T(y_true)
    return diff.mul(2).div(diff.numel()).numpy()


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = torch.empty(input_size, hidden_size).normal_(0, 0.1).numpy()
        self.b1 = torch.zeros(1, hidden_size).numpy()
        self.W2 = torch.empty(hidden_size, output_size).normal_(0, 0.1).numpy()
        self.b2 = torch.zeros(1, output_size).numpy()

    @torch.no_grad()
    def forward(self, X):
        z1 = T(X).mm(T(self.W1)).add(T(self.b1))
        a1 = z1.sigmoid()
        z2 = a1.mm(T(self.W2)).add(T(self.b2))
        a2 = z2.sigmoid()
        self.z1, self.a1, self.z2, self.a2 = z1.numpy(), a1.numpy(), z2.numpy(), a2.numpy()
        return self.a2

    @torch.no_grad()
    def backward(self, X, y, y_pred):
        g2 = T(mse_loss_derivative(y_pred, y)).mul_(T(self.a2)).mul_(1 - T(self.a2))
        g1 = g2.mm(T(self.W2).t()).mul_(T(self.a1)).mul_(1 - T(self.a1))
        grads = T(X).t().mm(g1), g1.sum(0, keepdim=True), T(self.a1).t().mm(g2), g2.sum(0, keepdim=True)
        return tuple(g.numpy() for g in grads)

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in (("W1", dW1), ("b1", db1), ("W2", dW2), ("b2", db2)):
            now = T(getattr(self, name))
            setattr(self, name, now.sub_(T(grad), alpha=self.learning_rate).numpy())

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = torch.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        grad[i] = (f(x + e) - f(x - e)) / (2 * h)
    return grad.numpy()
