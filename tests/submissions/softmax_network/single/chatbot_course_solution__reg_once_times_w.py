"""
Here's a clean, well-documented implementation of the two-layer network:
"""
import numpy as np


class TwoLayerNet:
    """
    Architecture: input -> fully connected -> ReLU -> fully connected -> softmax

    Example:
        >>> net = TwoLayerNet(4, 10, 3)
        >>> loss, grads = net.loss(X, y, reg=0.1)
        >>> net.step(grads, learning_rate=1e-3)
    """

    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        shapes = {"1": (input_size, hidden_size), "2": (hidden_size, output_size)}
        self.params = {}
        for layer, (fan_in, fan_out) in shapes.items():
            self.params["W" + layer] = std * np.random.standard_normal((fan_in, fan_out))
            self.params["b" + layer] = np.zeros(fan_out)

    # ------------------------------------------------------------------
    # Forward pass helpers
    # ------------------------------------------------------------------
    def _forward(self, X):
        """Returns everything the backward pass will need."""
        pre_activation = np.matmul(X, self.params["W1"]) + self.params["b1"]
        activation = np.maximum(0.0, pre_activation)
        scores = np.matmul(activation, self.params["W2"]) + self.params["b2"]
        return {"X": X, "pre": pre_activation, "act": activation, "scores": scores}

    @staticmethod
    def _log_softmax(scores):
        """Log-sum-exp trick for numerical stability."""
        shifted = scores - np.max(scores, axis=1, keepdims=True)
        return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))

    # ------------------------------------------------------------------
    # Public API
    # ------------------------------------------------------------------
    def loss(self, X, y=None, reg=0.0):
        cache = self._forward(X)

        # If no labels are given we are done
        if y is None:
            return cache["scores"]

        num_train = X.shape[0]
        log_probs = self._log_softmax(cache["scores"])

        # Data loss + L2 regularization
        data_loss = -np.mean(log_probs[np.arange(num_train), y])
        reg_loss = reg * (np.sum(self.params["W1"] ** 2) + np.sum(self.params["W2"] ** 2))
        loss = data_loss + reg_loss

        # Gradient of the softmax loss
        upstream = np.exp(log_probs)
        upstream[np.arange(num_train), y] -= 1.0
        upstream /= num_train

        grads = {}
        # Second layer
        grads["W2"] = np.matmul(cache["act"].T, upstream)
        grads["b2"] = np.sum(upstream, axis=0)
        # ReLU gate
        upstream = np.matmul(upstream, self.params["W2"].T)
        upstream[cache["pre"] <= 0] = 0.0
        # First layer
        grads["W1"] = np.matmul(X.T, upstream)
        grads["b1"] = np.sum(upstream, axis=0)
        # Don't forget the regularization gradient!
        for name in ("W1", "W2"):
            grads[name] += reg * self.params[name]

        return loss, grads

    def step(self, grads, learning_rate):
        for name in self.params:
            self.params[name] -= learning_rate * grads[name]

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)


# You can now train the network by calling `loss` and `step` in a loop.
