"""Minimal NumPy neural network (sigmoid/sigmoid, MSE)."""

import numpy as np


# ---- activations ----

def sigmoid(x):
    """Sigmoid that does not overflow."""
    x = np.clip(np.asarray(x, dtype=float), -500, 500)
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    """σ'(x) = σ(x)(1 − σ(x))."""
    sig = sigmoid(x)
    return sig * (1.0 - sig)


def relu(x):
    """max(0, x)."""
    return np.maximum(0, x)


def relu_derivative(x):
    """1 where x > 0, else 0."""
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


# ---- loss ----

def mse_loss(y_pred, y_true):
    """Mean of the squared errors."""
    return np.mean((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    """dL/dy_pred."""
    return -2.0 * (y_true - y_pred) / y_true.size


# ---- model ----

class SimpleNeuralNetwork:
    """Fully connected network with one hidden layer."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        scale = 0.1
        self.W1 = scale * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = scale * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        """Run the network and remember the intermediate values."""
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """Backpropagation."""
        d_z2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d_z1 = np.dot(d_z2, self.W2.T) * sigmoid_derivative(self.z1)

        gradients = {
            "W1": np.dot(X.T, d_z1),
            "b1": np.sum(d_z1, axis=0, keepdims=True),
            "W2": np.dot(self.a1.T, d_z2),
            "b2": np.sum(d_z2, axis=0, keepdims=True),
        }
        return gradients["W1"], gradients["b1"], gradients["W2"], gradients["b2"]

    def update_weights(self, dW1, db1, dW2, db2):
        """Gradient descent."""
        updates = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        for name, grad in updates.items():
            new_value = getattr(self, name) - self.learning_rate * grad
            setattr(self, name, new_value)

    def train(self, X, y, epochs=1000):
        """Train and return the loss history."""
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            loss = mse_loss(y_pred, y)
            losses.append(loss)
            gradients = self.backward(X, y, y_pred)
            self.update_weights(*gradients)
        return losses


# ---- gradient check ----

def numerical_gradient(f, x, h=1e-13):
    """Central differences: perturb every element in both directions."""
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        saved = x[index]

        x[index] = saved + h
        loss_plus = f(x)

        x[index] = saved - h
        loss_minus = f(x)

        x[index] = saved

        grad[index] = (loss_plus - loss_minus) / h
    return grad
