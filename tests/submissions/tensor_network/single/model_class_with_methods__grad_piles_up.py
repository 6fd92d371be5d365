import numpy as np
import torch


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output - sigmoid_output * sigmoid_output


class Base:
    """Common part: parameters and the forward direction."""

    def __init__(self, *params):
        self.W1, self.b1, self.W2, self.b2 = params

    @property
    def params(self):
        return self.W1, self.b1, self.W2, self.b2

    def run(self, X):
        z1 = X @ self.W1 + self.b1
        h = sigmoid(z1)
        z2 = h @ self.W2 + self.b2
        return sigmoid(z2), h, z1, z2

    def fit(self, X, y, lr, epochs):
        return [self.step(X, y, lr) for _ in range(epochs)]


class Manual(Base):
    def step(self, X, y, lr):
        y_pred, h, z1, z2 = self.run(X)
        grads = backward_pass(X, y, y_pred, h, z1, z2, self.W2)
        self.W1, self.b1, self.W2, self.b2 = update_parameters(*self.params, *grads, lr)
        return compute_loss(y_pred, y).item()


class Auto(Base):
    def __init__(self, *params):
        super().__init__(*(p.detach().clone().requires_grad_() for p in params))

    def step(self, X, y, lr):
        loss = compute_loss(self.run(X)[0], y)
        loss.backward()
        with torch.no_grad():
            for p in self.params:
                p -= lr * p.grad
        return loss.item()


def forward_pass(X, W1, b1, W2, b2):
    return Base(W1, b1, W2, b2).run(X)


def compute_loss(y_pred, y):
    return ((y_pred - y) ** 2).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    delta = [None, None]
    delta[1] = (y_pred - y) * sigmoid_derivative(y_pred) / (0.5 * y.numel())
    delta[0] = (delta[1] @ W2.T) * sigmoid_derivative(h)
    out = []
    for a, d in zip((X, h), delta):
        out += [a.T @ d, d.sum(0)]
    return tuple(out)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return W1 - learning_rate * dW1, b1 - learning_rate * db1, W2 - learning_rate * dW2, b2 - learning_rate * db2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    model = Manual(W1, b1, W2, b2)
    losses = model.fit(X, y, learning_rate, n_epochs)
    return (*model.params, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    model = Auto(W1, b1, W2, b2)
    losses = model.fit(X, y, learning_rate, n_epochs)
    return (*(p.detach() for p in model.params), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    model = Base(W1, b1, W2, b2)
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    pts = torch.from_numpy(np.stack((xx, yy), axis=-1).reshape(n * n, 2)).to(W1.dtype)
    return xx, yy, model.run(pts)[0].reshape(n, n)
