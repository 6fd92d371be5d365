import numpy as np


def sigmoid(x):
  x = np.asarray(x, dtype=np.float64)
  z = np.exp(-np.abs(x))
  return np.where(x >= 0, 1 / (1 + z), z / (1 + z))


def sigmoid_derivative(x):
  f = sigmoid(x)
  return (1 - f) * f


def relu(x):
  return np.maximum(0, x)


def relu_derivative(x):
  dx = np.ones(np.shape(x))
  dx[np.asarray(x) <= 0] = 0
  return dx


def mse_loss(y_pred, y_true):
  return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
  return 2.0 / y_pred.size * (y_pred - y_true)


class SimpleNeuralNetwork:

  def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
    D, H, C = input_size, hidden_size, output_size
    self.learning_rate = learning_rate
    self.W1 = 0.05 * np.random.randn(D, H)
    self.b1 = np.zeros((1, H))
    self.W2 = 0.05 * np.random.randn(H, C)
    self.b2 = np.zeros((1, C))

  def forward(self, X):
    self.z1 = X.dot(self.W1) + self.b1
    self.a1 = sigmoid(self.z1)
    self.z2 = self.a1.dot(self.W2) + self.b2   # scores
    self.a2 = sigmoid(self.z2)
    return self.a2

  def backward(self, X, y, y_pred):
    grads = {}
    hidden_layer = self.a1

    # loss -> probs -> scores
    dprobs = mse_loss_derivative(y_pred, y)
    dscores = dprobs * sigmoid_derivative(self.z2)

    # W2 and b2
    grads['W2'] = hidden_layer.T.dot(dscores)
    grads['b2'] = np.sum(dscores, axis=0, keepdims=True)

    # next backprop into hidden layer
    dhidden = dprobs.dot(self.W2.T)
    # backprop the sigmoid non-linearity
    dhidden *= hidden_layer * (1 - hidden_layer)

    # finally into W1, b1
    grads['W1'] = X.T.dot(dhidden)
    grads['b1'] = np.sum(dhidden, axis=0, keepdims=True)

    return grads['W1'], grads['b1'], grads['W2'], grads['b2']

  def update_weights(self, dW1, db1, dW2, db2):
    # vanilla SGD
    self.W1 += -self.learning_rate * dW1
    self.b1 += -self.learning_rate * db1
    self.W2 += -self.learning_rate * dW2
    self.b2 += -self.learning_rate * db2

  def train(self, X, y, epochs=1000):
    loss_history = []
    for it in range(epochs):
      probs = self.forward(X)
      loss = mse_loss(probs, y)
      loss_history.append(loss)
      self.update_weights(*self.backward(X, y, probs))
    return loss_history


def numerical_gradient(f, x, h=1e-05):
  x = np.array(x, dtype=np.float64)
  grad = np.zeros_like(x)
  it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
  while not it.finished:
    ix = it.multi_index
    oldval = x[ix]
    x[ix] = oldval + h # increment by h
    fxph = f(x) # evaluate f(x + h)
    x[ix] = oldval - h
    fxmh = f(x) # evaluate f(x - h)
    x[ix] = oldval # restore
    grad[ix] = (fxph - fxmh) / (2 * h)
    it.iternext()
  return grad
