"""
Neural Network from Scratch
===========================

A clean, well-documented and production-ready implementation. Key features:

* Numerically stable sigmoid
* Fully vectorized operations
* Comprehensive training loop
"""

import numpy as np


# =============================================================================
# Activation functions
# =============================================================================

def sigmoid(x):
    """Compute the sigmoid activation in a numerically stable way."""
    # Convert to a float array to support scalars and integer inputs
    x = np.asarray(x, dtype=np.float64)

    # Clip to avoid overflow in the exponential
    x_clipped = np.clip(x, -700, 700)

    return 1.0 / (1.0 + np.exp(-x_clipped))


def sigmoid_derivative(x):
    """Compute the derivative of the sigmoid function."""
    activated = sigmoid(x)
    return activated * (1.0 - activated)


def relu(x):
    """Compute the ReLU activation."""
    return np.maximum(0, x)


def relu_derivative(x):
    """Compute the derivative of the ReLU function."""
    return np.where(x > 0, 1.0, 0.0)


# =============================================================================
# Loss functions
# =============================================================================

def mse_loss(y_pred, y_true):
    """Compute the Mean Squared Error (MSE) loss."""
    return np.mean(np.square(y_pred - y_true))


def mse_loss_derivative(y_pred, y_true):
    """Compute the gradient of the MSE loss w.r.t. the predictions."""
    num_elements = y_true.size
    return 2.0 * (y_pred - y_true) / num_elements


# =============================================================================
# Neural network
# =============================================================================

class SimpleNeuralNetwork:
    """A simple feed-forward neural network with a single hidden layer."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        # Store hyperparameters
        self.learning_rate = learning_rate

        # Initialize weights with small random values (helps break symmetry!)
        self.W1 = np.random.randn(input_size, hidden_size) * 0.01
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.01
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """Perform a forward pass through the network."""
        # Hidden layer
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)

        # Output layer
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)

        return self.a2

    def backward(self, X, y, y_pred):
        """Perform a backward pass, computing gradients via the chain rule."""
        # Step 1: Gradient of the loss w.r.t. the network output
        grad_output = mse_loss_derivative(y_pred, y)

        # Step 2: Gradients for the output layer parameters
        grad_z2 = grad_output
        grad_W2 = np.matmul(self.a1.T, grad_z2)
        grad_b2 = np.sum(grad_z2, axis=0, keepdims=True)

        # Step 3: Propagate the gradient to the hidden layer
        grad_hidden = np.matmul(grad_z2, self.W2.T)
        grad_z1 = grad_hidden * sigmoid_derivative(self.z1)

        # Step 4: Gradients for the hidden layer parameters
        grad_W1 = np.matmul(X.T, grad_z1)
        grad_b1 = np.sum(grad_z1, axis=0, keepdims=True)

        return grad_W1, grad_b1, grad_W2, grad_b2

    def update_weights(self, dW1, db1, dW2, db2):
        """Update parameters using vanilla gradient descent."""
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        """Train the network and return the loss history."""
        loss_history = []

        for epoch in range(epochs):
            # Forward pass
            predictions = self.forward(X)

            # Track the loss
            loss_history.append(mse_loss(predictions, y))

            # Backward pass & parameter update
            gradients = self.backward(X, y, predictions)
            self.update_weights(*gradients)

        return loss_history


# =============================================================================
# Gradient checking
# =============================================================================

def numerical_gradient(f, x, h=1e-05):
    """Approximate the gradient of `f` at `x` with central differences."""
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(x)

    iterator = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not iterator.finished:
        index = iterator.multi_index
        original_value = x[index]

        x[index] = original_value + h
        loss_plus = f(x)

        x[index] = original_value - h
        loss_minus = f(x)

        # Restore the original value
        x[index] = original_value

        gradient[index] = (loss_plus - loss_minus) / (2 * h)
        iterator.iternext()

    return gradient


# =============================================================================
# Example usage
# =============================================================================

if __name__ == "__main__":
    np.random.seed(42)
    X_demo = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y_demo = np.array([[0], [1], [1], [0]])
    model = SimpleNeuralNetwork(2, 4, 1, learning_rate=0.5)
    history = model.train(X_demo, y_demo, epochs=500)
    print(f"✅ Training complete! 📉 {history[0]:.4f} -> {history[-1]:.4f}")
