import numpy as np


def sigmoid(x):
  x = np.asarray(x, dtype=np.float64)
  pos_mask = (x >= 0)
  neg_exp = np.exp(-np.abs(x))
  top = np.where(pos_mask, 1.0, neg_exp)
  return top / (1.0 + neg_exp)


def sigmoid_derivative(x):
  out = sigmoid(x)
  return out * (1 - out)


def relu(x):
  out = np.maximum(0, x)
  return out


def relu_derivative(x):
  dx = np.ones(np.shape(x))
  dx[np.asarray(x) < 0] = 0  # gradient is killed where the unit is off
  return dx


def mse_loss(y_pred, y_true):
  N, K = y_pred.shape
  loss = np.sum((y_pred - y_true) ** 2) / (N * K)
  return loss


def mse_loss_derivative(y_pred, y_true):
  N, K = y_pred.shape
  dout = 2 * (y_pred - y_true)
  return dout / (N * K)


def affine_forward(x, w, b):
  return x.dot(w) + b, (x, w, b)


def affine_backward(dout, cache):
  x, w, b = cache
  dx = dout.dot(w.T)
  dw = x.T.dot(dout)
  db = np.sum(dout, axis=0, keepdims=True)
  return dx, dw, db


class SimpleNeuralNetwork:

  def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1, weight_scale=1e-1):
    self.learning_rate = learning_rate
    self.W1 = weight_scale * np.random.randn(input_size, hidden_size)
    self.b1 = np.zeros((1, hidden_size))
    self.W2 = weight_scale * np.random.randn(hidden_size, output_size)
    self.b2 = np.zeros((1, output_size))

  def forward(self, X):
    self.z1, _ = affine_forward(X, self.W1, self.b1)
    self.a1 = sigmoid(self.z1)
    self.z2, _ = affine_forward(self.a1, self.W2, self.b2)
    self.a2 = sigmoid(self.z2)
    return self.a2

  def backward(self, X, y, y_pred):
    grads = {}
    dscores = mse_loss_derivative(y_pred, y)
    dz2 = dscores * sigmoid_derivative(self.z2)
    da1, grads['W2'], grads['b2'] = affine_backward(dz2, (self.a1, self.W2, self.b2))
    dz1 = da1 * sigmoid_derivative(self.z1)
    _, grads['W1'], grads['b1'] = affine_backward(dz1, (X, self.W1, self.b1))
    return grads['W1'], grads['b1'], grads['W2'], grads['b2']

  def update_weights(self, dW1, db1, dW2, db2):
    lr = self.learning_rate
    # vanilla sgd
    self.W1 -= lr * dW1
    self.b1 -= lr * db1
    self.W2 -= lr * dW2
    self.b2 -= lr * db2

  def train(self, X, y, epochs=1000):
    loss_history = []
    for it in range(epochs):
      scores = self.forward(X)
      loss_history.append(mse_loss(scores, y))
      grads = self.backward(X, y, scores)
      self.update_weights(*grads)
    return loss_history


def numerical_gradient(f, x, h=1e-05):
  x = np.array(x, dtype=np.float64)
  grad = np.zeros_like(x)
  it = np.nditer(x, flags=['multi_index', 'zerosize_ok'])
  while not it.finished:
    ix = it.multi_index
    oldval = x[ix]
    x[ix] = oldval + h
    fxph = f(x)
    x[ix] = oldval - h
    fxmh = f(x)
    x[ix] = oldval
    grad[ix] = (fxph - fxmh) / (2 * h)
    it.iternext()
  return grad
