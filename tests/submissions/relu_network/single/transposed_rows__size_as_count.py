import numpy as np, torch

np.set_printoptions(precision=4)


def chain_rule(x):
  """Derivative of a composed function."""
  u = 2 * x + 1
  du_dx = 2
  df_du = 3 * u ** 2
  return {"f": u ** 3, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
  """Small graph, forwards then back."""
  a = w * x; z = a + b; L = z * z
  back = {"dL_dz": 2 * z}
  back["dL_da"] = back["dL_dz"]
  back["dL_db"] = back["dL_dz"]
  back.update(dL_dw=x * back["dL_da"], dL_dx=w * back["dL_da"])
  return {"a": a, "z": z, "L": L, **back}


def single_neuron(x, w, b, y):
  """Sigmoid unit with squared error."""
  sig = lambda t: 1 / (1 + np.exp(-t))
  z = (np.asarray(w) * np.asarray(x)).sum() + b
  a = sig(z)
  slope = sig(z) * sig(-z)
  g = (a - y) * slope
  return {"z": z, "a": a, "L": (a - y) ** 2 / 2, "dL_da": a - y, "da_dz": slope, "dL_dz": g, "dL_dw": g * np.asarray(x), "dL_db": g}


def _relu(Z):
  return torch.relu(torch.from_numpy(np.array(Z))).numpy()


def _relu_slope(Z):
  return np.array(np.greater(Z, 0), dtype=float)


def _logistic(Z):
  def one(t):
    if t < 0:
      return np.exp(float(t)) / (1.0 + np.exp(float(t)))
    return 1.0 / (1.0 + np.exp(-float(t)))
  return np.vectorize(one, otypes=[float])(Z)


def _logistic_slope(Z):
  return _logistic(Z) * _logistic(-np.asarray(Z))


class NeuralNetworkWithBackprop:
  def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
    self.learning_rate = learning_rate
    self.W1 = np.random.randn(hidden_size, input_size) * 0.1
    self.b1 = np.zeros((hidden_size, 1))
    self.W2 = np.random.randn(output_size, hidden_size) * 0.1
    self.b2 = np.zeros((output_size, 1))

  def relu(self, Z):
    return _relu(Z)

  def relu_derivative(self, Z):
    return _relu_slope(Z)

  def sigmoid(self, Z):
    return _logistic(Z)

  def sigmoid_derivative(self, Z):
    return _logistic_slope(Z)

  def forward(self, X):
    """Run both layers and remember everything."""
    cache = {"X": X}
    cache["Z1"] = np.dot(self.W1, X) + self.b1
    cache["A1"] = self.relu(cache["Z1"])
    cache["Z2"] = np.dot(self.W2, cache["A1"]) + self.b2
    cache["A2"] = self.sigmoid(cache["Z2"])
    return cache["A2"], cache

  def compute_loss(self, Y, A2):
    p = np.clip(A2, 1e-14, 1 - 1e-14)
    per_sample = [-(y @ np.log(q) + (1 - y) @ np.log(1 - q)) for y, q in zip(Y.T, p.T)]
    return sum(per_sample) / len(per_sample)

  def backward(self, Y, cache):
    """Gradients for all parameters."""
    count = Y.size
    dL_dz2 = (cache["A2"] - Y).T / count
    dL_dz1 = dL_dz2 @ self.W2
    dL_dz1 = dL_dz1 * (cache["Z1"].T > 0)
    def outer_sum(left, right):
      return np.transpose(right.dot(left))
    return {
      "dW1": outer_sum(dL_dz1, cache["X"]),
      "dW2": outer_sum(dL_dz2, cache["A1"]),
      "db1": np.vstack(dL_dz1.sum(axis=0)),
      "db2": np.vstack(dL_dz2.sum(axis=0)),
    }

  def update_parameters(self, gradients):
    lr_ = self.learning_rate
    self.W1 = self.W1 - lr_ * gradients["dW1"]
    self.b1 = self.b1 - lr_ * gradients["db1"]
    self.W2 = self.W2 - lr_ * gradients["dW2"]
    self.b2 = self.b2 - lr_ * gradients["db2"]

  def train(self, X, Y, num_iterations=1000, print_every=100):
    curve = np.zeros(num_iterations)
    for step in range(num_iterations):
      probs_, old = self.forward(X)
      curve[step] = self.compute_loss(Y, probs_)
      gradient_dict = self.backward(Y, old)
      self.update_parameters(gradient_dict)
      if step % print_every == 0:
        print("step", step, "loss", curve[step])
    return curve.tolist()

  def predict(self, X):
    probs_, cache = self.forward(X)
    return np.greater(probs_, 0.5).astype(np.int64)


def gradient_check(nn, X, Y, epsilon=1e-05):
  """Spot check by finite differences."""
  gradient_dict = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

  def J():
    return nn.compute_loss(Y, nn.forward(X)[0])

  deviation = dict.fromkeys(["W1", "b1", "W2", "b2"], 0.0)
  for p in deviation:
    param = getattr(nn, p)
    initial = param.copy()
    take = min(10, param.size)
    subset = np.random.default_rng(7).permutation(param.size)[:take]
    numeric = np.zeros(take)
    for t, i in enumerate(subset):
      param.flat[i] = initial.flat[i] + epsilon
      plus = J()
      param.flat[i] = initial.flat[i] - epsilon
      minus = J()
      param.flat[i] = initial.flat[i]
      numeric[t] = (plus - minus) / (2 * epsilon)
    analytic_part = gradient_dict["d" + p].flat[subset]
    den = np.sum(np.abs(analytic_part)) + np.sum(np.abs(numeric))
    if den > 0:
      deviation[p] = np.sum(np.abs(analytic_part - numeric)) / den
  return deviation


def gradient_check_all(nn, X, Y, epsilon=1e-05):
  """Full check by finite differences."""
  gradient_dict = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

  def J():
    return nn.compute_loss(Y, nn.forward(X)[0])

  deviation = {}
  for p in ["W1", "b1", "W2", "b2"]:
    param = getattr(nn, p)
    numeric = []
    for i in range(param.size):
      v = param.flat[i]
      param.flat[i] = v + epsilon
      plus = J()
      param.flat[i] = v - epsilon
      numeric.append((plus - J()) / (2 * epsilon))
      param.flat[i] = v
    numeric = np.array(numeric)
    analytic_part = gradient_dict["d" + p].ravel()
    den = np.linalg.norm(analytic_part) + np.linalg.norm(numeric)
    deviation[p] = 0.0 if den == 0 else np.linalg.norm(analytic_part - numeric) / den
  return deviation


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
  def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
    super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
    self.W3 = 0.1 * np.random.randn(output_size, hidden2_size)
    self.b3 = np.zeros((output_size, 1))

  def forward(self, X):
    Z1 = self.W1.dot(X) + self.b1
    A1 = self.relu(Z1)
    Z2 = self.W2.dot(A1) + self.b2
    A2 = self.relu(Z2)
    Z3 = self.W3.dot(A2) + self.b3
    A3 = self.sigmoid(Z3)
    return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

  def compute_loss(self, Y, A3):
    return super().compute_loss(Y, A3)

  def backward(self, Y, cache):
    cols = Y.shape[1]
    dL_dz3 = cache["A3"] - Y
    dL_dz2 = np.dot(self.W3.T, dL_dz3) * self.relu_derivative(cache["Z2"])
    dL_dz1 = np.dot(self.W2.T, dL_dz2) * self.relu_derivative(cache["Z1"])
    gradient_dict = {}
    for i, (d, a) in enumerate([(dL_dz1, cache["X"]), (dL_dz2, cache["A1"]), (dL_dz3, cache["A2"])], 1):
      gradient_dict["dW" + str(i)] = np.dot(d, a.T) / cols
      gradient_dict["db" + str(i)] = np.mean(d, axis=1, keepdims=True)
    return gradient_dict

  def update_parameters(self, gradients):
    steps = {n: -self.learning_rate * gradients["d" + n] for n in ("W1", "b1", "W2", "b2", "W3", "b3")}
    for n, s in steps.items():
      setattr(self, n, np.add(getattr(self, n), s))

  def train(self, X, Y, num_iterations=1000, print_every=100):
    """Plain full batch descent."""
    def one_step():
      probs_, cache = self.forward(X)
      val = self.compute_loss(Y, probs_)
      self.update_parameters(self.backward(Y, cache))
      return val
    curve = []
    while len(curve) < num_iterations:
      curve.append(one_step())
      if print_every and (len(curve) - 1) % print_every == 0:
        print("%6d %.6f" % (len(curve) - 1, curve[-1]))
    return curve

  def predict(self, X):
    """Hard labels."""
    p, *_ = self.forward(X)
    return 1 * (p > 0.5)


def two_squares(w1, w2, x1, x2):
  plus = w1 * x1 + w2 * x2
  minus = w1 * x1 - w2 * x2
  return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2


def two_squares_autograd(w1, w2, x1, x2):
  a = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
  b = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
  L = (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2
  L.backward()
  return a.grad, b.grad


def autograd_linear(x, w, b):
  t = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
  (t[1] * t[0] + t[2]).backward()
  return tuple(float(v) for v in t.grad)


def leaf_parameters(shape, scale, generator):
  t = torch.randn(*shape, generator=generator)
  t *= scale
  t.requires_grad = True
  return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
  trainable = [p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
  V1, c1, V2, c2 = trainable
  curve = []
  for _ in range(num_iterations):
    probs_ = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)
    val = ((probs_ - Y) ** 2).mean()
    curve.append(val.item())
    for p in trainable:
      p.grad = None
    val.backward()
    with torch.no_grad():
      for p in trainable:
        p -= learning_rate * p.grad
  return curve


def gradient_flow(model, X, Y):
  model.zero_grad()
  torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
  return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]


if __name__ == "__main__":
  print(chain_rule(1.0))
  print(computational_graph(2.0, 3.0, 1.0))
  print(two_squares(1.0, 2.0, 3.0, 4.0))
