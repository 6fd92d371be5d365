from __future__ import annotations

import numpy as np
import torch


def chain_rule(x):
  inner = 2*x + 1
  res = dict(u=inner, f=inner**3)
  res["du_dx"] = 2.0
  res["df_du"] = 3.0 * inner**2
  res["df_dx"] = res["df_du"] * res["du_dx"]
  return res


def computational_graph(w, x, b):
  r = {}
  r["a"] = w * x
  r["z"] = r["a"] + b
  r["L"] = r["z"] ** 2
  r["dL_dz"] = 2 * r["z"]
  r["dL_da"] = r["dL_db"] = r["dL_dz"]
  r["dL_dw"] = r["dL_da"] * x
  r["dL_dx"] = r["dL_da"] * w
  return r


def single_neuron(x, w, b, y):
  sig = lambda t: 1 / (1 + np.exp(-t))
  z = (np.asarray(w) * np.asarray(x)).sum() + b
  a = sig(z)
  slope = sig(z) * sig(-z)
  g = (a - y) * slope
  return {"z": z, "a": a, "L": (a - y) ** 2 / 2, "dL_da": a - y, "da_dz": slope, "dL_dz": g, "dL_dw": g * np.asarray(x), "dL_db": g}


def _relu(Z):
  result = np.zeros_like(Z)
  np.copyto(result, Z, where=np.asarray(Z) > 0)
  return result


def _relu_slope(Z):
  return (Z > 0).astype(float)


def _logistic(Z):
  Z = np.asarray(Z, dtype=float)
  e = np.exp(-np.abs(Z))
  return np.where(Z >= 0, 1 / (1 + e), e / (1 + e))


def _logistic_slope(Z):
  return (lambda p: p * (1.0 - p))(_logistic(Z))


class NeuralNetworkWithBackprop:
  def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
    self.learning_rate = learning_rate
    shapes = {"W1": (hidden_size, input_size), "b1": (hidden_size, 1), "W2": (output_size, hidden_size), "b2": (output_size, 1)}
    for name, shape in shapes.items():
      value = np.random.uniform(-0.1, 0.1, shape) if name[0] == "W" else np.zeros(shape)
      setattr(self, name, value)

  def relu(self, Z):
    return _relu(Z)

  def relu_derivative(self, Z):
    return _relu_slope(Z)

  def sigmoid(self, Z):
    return _logistic(Z)

  def sigmoid_derivative(self, Z):
    return _logistic_slope(Z)

  def forward(self, X: np.ndarray):
    A1 = self.relu(Z1 := (X.T @ self.W1.T + self.b1.T).T)
    A2 = self.sigmoid(Z2 := (A1.T @ self.W2.T + self.b2.T).T)
    return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

  def compute_loss(self, Y: np.ndarray, A2: np.ndarray):
    p = np.clip(A2, 1e-14, 1 - 1e-14)
    per_sample = [-(y @ np.log(q) + (1 - y) @ np.log(1 - q)) for y, q in zip(Y.T, p.T)]
    return sum(per_sample) / len(per_sample)

  def backward(self, Y, cache):
    N = Y.shape[1]
    delta2 = (cache["A2"] - Y) / N
    arriving = self.W2.T @ delta2
    gate = self.relu_derivative(cache["Z1"])
    delta1 = np.maximum(arriving, 0) * gate
    pairs = {"1": (delta1, cache["X"]), "2": (delta2, cache["A1"])}
    grads = {}
    for nr, (d, inp) in pairs.items():
      grads["dW" + nr] = d @ inp.T
      grads["db" + nr] = d @ np.ones((N, 1))
    return grads

  def update_parameters(self, gradients):
    self.W1 -= self.learning_rate * gradients["dW1"]
    self.b1 -= self.learning_rate * gradients["db1"]
    self.W2 -= self.learning_rate * gradients["dW2"]
    self.b2 -= self.learning_rate * gradients["db2"]

  def train(self, X, Y, num_iterations=1000, print_every=100):
    history = list()
    it = 0
    while it < num_iterations:
      yhat, cache = self.forward(X)
      cost = self.compute_loss(Y, yhat)
      if it % print_every == 0: print("loss at", it, "=", cost)
      history.append(cost)
      self.update_parameters(gradients=self.backward(Y, cache))
      it += 1
    return history

  def predict(self, X: np.ndarray):
    return (self.forward(X)[0] > 0.5).astype(int)


def numeric_part(nn, X, Y, name, positions, epsilon):
  original = getattr(nn, name)
  values = []
  try:
    for pos in positions:
      pair = []
      for sign in (1, -1):
        moved = original.copy()
        moved.flat[pos] += sign * epsilon
        setattr(nn, name, moved)
        pair.append(nn.compute_loss(Y, nn.forward(X)[0]))
      values.append((pair[0] - pair[1]) / (2 * epsilon))
  finally:
    setattr(nn, name, original)
  return np.array(values)


def compare(nn, X, Y, epsilon, limit=None):
  _, cache = nn.forward(X)
  analytic = nn.backward(Y, cache)
  answer = {}
  for name in ["W1", "b1", "W2", "b2"]:
    size = getattr(nn, name).size
    positions = range(size) if limit is None or size <= limit else np.linspace(0, size - 1, limit).astype(int)
    n = numeric_part(nn, X, Y, name, positions, epsilon)
    a = np.asarray(analytic["d" + name], dtype=float).ravel()[list(positions)]
    answer[name] = np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n) + 1e-300)
  return answer


def gradient_check(nn, X, Y, epsilon=1e-05):
  return compare(nn, X, Y, epsilon, limit=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
  return compare(nn, X, Y, epsilon)


class ThreeLayerNetwork:
  def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
    self.learning_rate = learning_rate
    dims = (input_size, hidden1_size, hidden2_size, output_size)
    for i in range(1, len(dims)):
      setattr(self, f"W{i}", np.random.randn(dims[i], dims[i - 1]) * 0.05)
      setattr(self, f"b{i}", np.zeros((dims[i], 1)))

  def forward(self, X):
    cache, act_out = {"X": X}, X
    for i in (1, 2, 3):
      pre = getattr(self, f"W{i}") @ act_out + getattr(self, f"b{i}")
      act_out = pre * (pre > 0) if i < 3 else 0.5 * (1 + np.tanh(pre / 2))
      cache[f"Z{i}"], cache[f"A{i}"] = pre, act_out
    return act_out, cache

  def compute_loss(self, Y, A3):
    q = np.clip(A3, 1e-14, 1 - 1e-14)
    return -(Y * np.log(q) + (1 - Y) * np.log(1 - q)).sum(axis=0).mean()

  def backward(self, Y, cache):
    grads = {}
    delta = (cache["A3"] - Y) / Y.shape[1]
    for i in (3, 2, 1):
      below = cache["X"] if i == 1 else cache[f"A{i - 1}"]
      grads[f"dW{i}"] = delta @ below.T
      grads[f"db{i}"] = delta.sum(axis=1, keepdims=True)
      if i > 1:
        delta = getattr(self, f"W{i}").T @ delta * (cache[f"Z{i - 1}"] > 0)
    return grads

  def update_parameters(self, gradients):
    self.W1 -= self.learning_rate * gradients["dW1"]
    self.b1 -= self.learning_rate * gradients["db1"]
    self.W2 -= self.learning_rate * gradients["dW2"]
    self.b2 -= self.learning_rate * gradients["db2"]
    self.W3 -= self.learning_rate * gradients["dW3"]
    self.b3 -= self.learning_rate * gradients["db3"]

  def train(self, X, Y, num_iterations=1000, print_every=100):
    history = [None] * num_iterations
    for t, _ in enumerate(history):
      pred, cache = self.forward(X)
      gradient = self.backward(Y, cache)
      history[t] = self.compute_loss(Y, pred)
      if not t % print_every:
        print(t, round(float(history[t]), 6))
      self.update_parameters(gradient)
    return history

  def predict(self, X):
    p, *_ = self.forward(X)
    return 1 * (p > 0.5)


def two_squares(w1, w2, x1, x2):
  s, d = w1*x1 + w2*x2, w1*x1 - w2*x2
  dL_ds, dL_dd = 2*s, 2*d
  ds = (x1, x2)
  dd = (x1, -x2)
  return tuple(dL_ds*p + dL_dd*q for p, q in zip(ds, dd))


def two_squares_autograd(w1, w2, x1, x2):
  t1, t2 = (torch.tensor(float(v), dtype=torch.float64).requires_grad_() for v in (w1, w2))
  loss = torch.square(t1 * x1 + t2 * x2) + torch.square(t1 * x1 - t2 * x2)
  return torch.autograd.grad(loss, (t1, t2))


def autograd_linear(x, w, b):
  t = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
  (t[1] * t[0] + t[2]).backward()
  return tuple(float(v) for v in t.grad)


def leaf_parameters(shape, scale, generator):
  with torch.no_grad():
    values = scale * torch.randn(*shape, generator=generator)
  return values.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
  leaves = []
  for t in (W1, b1, W2, b2):
    c = t.clone()
    c.requires_grad_(True)
    leaves.append(c)

  def net(inp):
    h = (leaves[0].mm(inp) + leaves[1]).relu()
    return (leaves[2].mm(h) + leaves[3]).sigmoid()

  history = []
  for k in range(num_iterations):
    residual = net(X) - Y
    cost = (residual * residual).sum() / residual.numel()
    cost.backward()
    for t in leaves:
      t.data.sub_(learning_rate * t.grad)
      t.grad.zero_()
    history.append(cost.item())
  return history


def gradient_flow(model, X, Y):
  layers = [mod for mod in model.modules() if isinstance(mod, torch.nn.Linear)]
  cost = torch.nn.BCELoss()(model(X), Y)
  grads = torch.autograd.grad(cost, [l.weight for l in layers])
  return [float(torch.mean(torch.abs(g))) for g in grads]


if __name__ == "__main__":
  print(chain_rule(1.0))
  print(computational_graph(2.0, 3.0, 1.0))
  print(two_squares(1.0, 2.0, 3.0, 4.0))
