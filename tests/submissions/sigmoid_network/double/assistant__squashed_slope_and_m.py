"""Simple neural network with backpropagation (NumPy only)."""

import numpy as np


# ---------------------------------------------------------------------------
# Activation functions
# ---------------------------------------------------------------------------
def sigmoid(x):
    """Numerically stable sigmoid."""
    x = np.asarray(x, dtype=np.float64)
    return np.where(
        x >= 0,
        1.0 / (1.0 + np.exp(-np.maximum(x, 0))),
        np.exp(np.minimum(x, 0)) / (1.0 + np.exp(np.minimum(x, 0))),
    )


def sigmoid_derivative(x):
    """Derivative of the sigmoid, evaluated at the pre-activation x."""
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    """Rectified linear unit (does not modify its input)."""
    return np.maximum(x, 0)


def relu_derivative(x):
    """Derivative of ReLU with the convention relu'(0) = 0."""
    return (np.asarray(x) > 0).astype(np.float64)


# ---------------------------------------------------------------------------
# Loss
# ---------------------------------------------------------------------------
def mse_loss(y_pred, y_true):
    """Mean squared error over all elements."""
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    """Derivative of the mean squared error with respect to y_pred."""
    n_elements = y_true.shape[0] * y_true.shape[1]
    return 2.0 * (y_pred - y_true) / n_elements


# ---------------------------------------------------------------------------
# Network
# ---------------------------------------------------------------------------
class SimpleNeuralNetwork:
    """Feed-forward network: input -> sigmoid hidden layer -> sigmoid output."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate

        # Xavier initialization
        limit1 = np.sqrt(6.0 / (input_size + hidden_size))
        limit2 = np.sqrt(6.0 / (hidden_size + output_size))
        self.W1 = np.random.uniform(-limit1, limit1, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-limit2, limit2, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """Forward pass; stores the intermediate results for backward()."""
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """Backward pass: chain rule from the loss to every parameter."""
        n_samples = X.shape[0]

        # dL/dz2
        loss_grad = mse_loss_derivative(y_pred, y)
        output_grad = loss_grad * sigmoid_derivative(self.z2) / n_samples

        # dL/dW2, dL/db2
        dW2 = self.a1.T @ output_grad
        db2 = output_grad.sum(axis=0, keepdims=True)

        # dL/dz1
        hidden_grad = (output_grad @ self.W2.T) * sigmoid_derivative(self.a1)

        # dL/dW1, dL/db1
        dW1 = X.T @ hidden_grad
        db1 = hidden_grad.sum(axis=0, keepdims=True)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """Gradient descent step."""
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        """Full-batch gradient descent."""
        loss_history = []
        for epoch in range(epochs):
            predictions = self.forward(X)
            loss_history.append(mse_loss(predictions, y))
            gradients = self.backward(X, y, predictions)
            self.update_weights(*gradients)
        return loss_history


# ---------------------------------------------------------------------------
# Gradient checking
# ---------------------------------------------------------------------------
def numerical_gradient(f, x, h=1e-05):
    """Central-difference approximation of the gradient of f at x."""
    x_work = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(x_work)

    for index in np.ndindex(x_work.shape):
        original_value = x_work[index]

        x_work[index] = original_value + h
        loss_plus = f(x_work)

        x_work[index] = original_value - h
        loss_minus = f(x_work)

        gradient[index] = (loss_plus - loss_minus) / (2.0 * h)
        x_work[index] = original_value

    return gradient
