"""A classifier with one hidden layer and its parameters in a dict, as a class whose loss gives the gradient with it.

Affine, ReLU, affine, softmax. One sample a row, NumPy, float64.
Sizes: m samples, n inputs, h hidden units, k classes. X (m, n), y (m,) the class of each sample, a whole number from
0 to k - 1. params["W1"] (n, h), params["b1"] (h,), params["W2"] (h, k), params["b2"] (k,).
"""

import numpy as np


class TwoLayerNet:
    """The classifier.

    Attributes:
      params: a dict with the keys W1, b1, W2 and b2.
    """

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        """Weights are drawn from a normal distribution of deviation std; biases are zero."""
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        """Scores, or the loss and its gradient.

        Args:
          X: (m, n) inputs.
          y: (m,) the samples' classes, or None.
          reg: the strength of the regularization.

        Returns:
          Without y, the scores (m, k): what goes into the softmax. With y, (loss, grads): the mean over the samples of
          the cross-entropy -log(softmax(scores)[y]), plus reg times the sum of the squares of W1 and W2 (without a half,
          biases left out); and a dict with the same keys as params, of the gradient of that loss. Scores of any size
          must give a finite loss.

        Derivation: with p = softmax(scores) the mean cross-entropy has the derivative (p - onehot(y)) / m by the scores,
        dW2 = hidden^T dscores, db2 the sum of its rows, dhidden = dscores W2^T, zero where the hidden unit is, dW1 and db1
        in the same way; the squares add 2 reg W.
        """
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        hidden = np.maximum(0, X @ W1 + b1)
        scores = hidden @ W2 + b2
        if y is None:
            return scores
        count = len(X)
        rows = np.arange(count)
        shifted = scores - np.max(scores, axis=1, keepdims=True)
        log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
        data_loss = -np.mean(log_p[rows, y])
        penalty = reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        loss = data_loss + penalty
        dscores = np.exp(log_p)
        dscores[rows, y] -= 1
        dscores = dscores / count
        dhidden = dscores @ W2.T
        dhidden = dhidden * (hidden > 0)
        grads = {
            "W1": X.T @ dhidden + 2 * reg * W1,
            "b1": np.sum(dhidden, axis=0),
            "W2": hidden.T @ dscores + 2 * reg * W2,
            "b2": np.sum(dscores, axis=0),
        }
        return loss, grads

    def step(self, grads, learning_rate):
        """One step of gradient descent: changes params.

        Args:
          grads: a dict with the same keys as params.
          learning_rate: the step size.
        """
        for name in self.params:
            self.params[name] = self.params[name] - learning_rate * grads[name]

    def predict(self, X):
        """The class of each sample: the one with the largest score.

        Args:
          X: (m, n) inputs.

        Returns:
          (m,) whole numbers.
        """
        return np.argmax(self.loss(X), axis=1)
