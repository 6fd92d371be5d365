# TP retropropagation
import numpy as np
import torch


def chain_rule(x):
  coef = np.array([2.0, 1.0])
  u = np.polyval(coef, x)
  du_dx = coef[0]
  cube = [1.0, 0.0, 0.0, 0.0]
  f = np.polyval(cube, u)
  df_du = np.polyval(np.polyder(cube), u)
  return {"f": float(f), "u": float(u), "du_dx": float(du_dx), "df_du": float(df_du), "df_dx": float(df_du * du_dx)}


def computational_graph(w, x, b):
  a = w * x
  z = a + b
  def mul_back(up, left, right):
    return up * right, up * left
  def add_back(up):
    return up, up
  gz = 2 * z
  ga, gb = add_back(gz)
  gw, gx = mul_back(ga, w, x)
  return {"a": a, "z": z, "L": z * z, "dL_dz": gz, "dL_da": ga, "dL_dw": gw, "dL_dx": gx, "dL_db": gb}


def single_neuron(x, w, b, y):
  # Un seul neurone.
  z = sum(p * q for p, q in zip(w, x)) + b
  e = np.exp(-abs(z))
  a = 1 / (1 + e) if z >= 0 else e / (1 + e)
  steps = {"z": z, "a": a, "L": (y - a) ** 2 * 0.5}
  steps["dL_da"] = a - y
  steps["da_dz"] = e / (1 + e) ** 2
  steps["dL_dz"] = steps["dL_da"] * steps["da_dz"]
  steps["dL_dw"] = steps["dL_dz"] * np.array(x)
  steps["dL_db"] = steps["dL_dz"]
  return steps


def _relu(Z):
  return np.clip(Z, 0, None)


def _relu_slope(Z):
  return (Z > 0).astype(float)


def _logistic(Z):
  e = np.exp(-np.abs(Z))
  return np.where(np.asarray(Z) < 0, e, 1.0) / (1.0 + e)


def _logistic_slope(Z):
  e = np.exp(-np.abs(np.asarray(Z, dtype=float)))
  return e / (1 + e) ** 2


class NeuralNetworkWithBackprop:
  def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
    sizes = [input_size, hidden_size, output_size]
    for i in (1, 2):
      setattr(self, "W%d" % i, 0.1 * np.random.randn(sizes[i], sizes[i - 1]))
      setattr(self, "b%d" % i, np.zeros((sizes[i], 1)))
    self.learning_rate = learning_rate

  def relu(self, Z):
    return _relu(Z)

  def relu_derivative(self, Z):
    return _relu_slope(Z)

  def sigmoid(self, Z):
    return _logistic(Z)

  def sigmoid_derivative(self, Z):
    return _logistic_slope(Z)

  def forward(self, X):
    nb = X.shape[1]
    Z1 = np.empty((self.W1.shape[0], nb))
    Z2 = np.empty((self.W2.shape[0], nb))
    for j in range(nb):
      Z1[:, j] = self.W1 @ X[:, j] + self.b1[:, 0]
    A1 = self.relu(Z1)
    for j in range(nb):
      Z2[:, j] = self.W2 @ A1[:, j] + self.b2[:, 0]
    A2 = self.sigmoid(Z2)
    cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache

  def compute_loss(self, Y, A2):
    # Entropie croisee.
    tiny = 1e-14
    yes = np.log(np.maximum(A2, tiny))
    no = np.log(np.maximum(1 - A2, tiny))
    return -(np.vdot(Y, yes) + np.vdot(1 - Y, no)) / A2.shape[1]

  def backward(self, Y, cache):
    one = np.ones((1, Y.shape[1]))
    g_sortie = (cache["A2"] - Y) / one.size
    both2 = g_sortie @ np.concatenate([cache["A1"], one]).T
    g_cachee = np.where(cache["Z1"] > 0, self.W2.T @ g_sortie, 0.0)
    both1 = g_cachee @ np.concatenate([cache["X"], one]).T
    return {"dW1": both1[:, :-1], "db1": both1[:, -1:], "dW2": both2[:, :-1], "db2": both2[:, -1:]}

  def update_parameters(self, gradients):
    steps = {n: -self.learning_rate * gradients["d" + n] for n in ("W1", "b1", "W2", "b2")}
    for n, s in steps.items():
      setattr(self, n, np.add(getattr(self, n), s))

  def train(self, X, Y, num_iterations=1000, print_every=100):
    def one_step():
      sortie, cache = self.forward(X)
      perte = self.compute_loss(Y, sortie)
      self.update_parameters(self.backward(Y, cache))
      return perte
    pertes = []
    while len(pertes) < num_iterations:
      pertes.append(one_step())
      if print_every and (len(pertes) - 1) % print_every == 0:
        print("%6d %.6f" % (len(pertes) - 1, pertes[-1]))
    return pertes

  def predict(self, X):
    # Seuil a un demi.
    sortie, _ = self.forward(X)
    return np.where(sortie > 0.5, 1, 0)


def gradient_check(nn, X, Y, epsilon=1e-05):
  def cost_with(key, value):
    own = getattr(nn, key)
    setattr(nn, key, value)
    c = nn.compute_loss(Y, nn.forward(X)[0])
    setattr(nn, key, own)
    return c

  bp = nn.backward(Y, nn.forward(X)[1])
  quality = {}
  for key in ("W1", "b1", "W2", "b2"):
    w = getattr(nn, key)
    a_list, n_list = [], []
    for i in np.random.choice(w.size, size=min(w.size, 10), replace=False):
      bump = np.zeros(w.size)
      bump[i] = epsilon
      bump = bump.reshape(w.shape)
      n_list.append((cost_with(key, w + bump) - cost_with(key, w - bump)) / epsilon / 2)
      a_list.append(np.ravel(bp["d" + key])[i])
    a_arr, n_arr = np.array(a_list), np.array(n_list)
    biggest = max(np.max(np.abs(a_arr)), np.max(np.abs(n_arr)))
    quality[key] = 0.0 if biggest == 0 else np.max(np.abs(a_arr - n_arr)) / biggest
  return quality


def gradient_check_all(nn, X, Y, epsilon=1e-05):
  bp = nn.backward(Y, nn.forward(X)[1])
  quality = {}
  for key in ("W1", "b1", "W2", "b2"):
    w = getattr(nn, key)
    slopes = np.zeros(w.shape)
    for r in range(w.shape[0]):
      for c in range(w.shape[1]):
        costs = []
        for s in (+1, -1):
          trial = np.array(w)
          trial[r, c] += s * epsilon
          setattr(nn, key, trial)
          costs.append(nn.compute_loss(Y, nn.forward(X)[0]))
        slopes[r, c] = (costs[0] - costs[1]) / (2 * epsilon)
    setattr(nn, key, w)
    gap = np.linalg.norm(slopes - bp["d" + key])
    total = np.linalg.norm(slopes) + np.linalg.norm(bp["d" + key])
    quality[key] = gap / total if total else gap
  return quality


class ThreeLayerNetwork:
  def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
    rng = np.random.default_rng()
    self.W1, self.W2, self.W3 = [
      rng.normal(scale=0.1, size=s)
      for s in ((hidden1_size, input_size), (hidden2_size, hidden1_size), (output_size, hidden2_size))
    ]
    self.b1, self.b2, self.b3 = [np.zeros((s, 1)) for s in (hidden1_size, hidden2_size, output_size)]
    self.learning_rate = learning_rate

  def forward(self, X):
    cache = {"X": X}
    cache["Z1"] = np.einsum("ij,jm->im", self.W1, X) + self.b1
    cache["A1"] = np.where(cache["Z1"] > 0, cache["Z1"], 0.0)
    cache["Z2"] = np.einsum("ij,jm->im", self.W2, cache["A1"]) + self.b2
    cache["A2"] = np.where(cache["Z2"] > 0, cache["Z2"], 0.0)
    cache["Z3"] = np.einsum("ij,jm->im", self.W3, cache["A2"]) + self.b3
    cache["A3"] = np.exp(-np.logaddexp(0, -cache["Z3"]))
    return cache["A3"], cache

  def compute_loss(self, Y, A3):
    lo = 1e-13
    pos = np.log(np.maximum(A3, lo))
    neg = np.log(np.maximum(1 - A3, lo))
    return -np.mean(np.sum(np.where(np.asarray(Y) == 1, pos, neg), axis=0))

  def backward(self, Y, cache):
    g_fin = cache["A3"] - Y
    g_sortie = np.einsum("kh,km->hm", self.W3, g_fin)
    g_sortie[cache["Z2"] <= 0] = 0
    g_cachee = np.einsum("kh,km->hm", self.W2, g_sortie)
    g_cachee[cache["Z1"] <= 0] = 0
    r = 1 / Y.shape[1]
    return dict(
      dW1=r * np.einsum("im,jm->ij", g_cachee, cache["X"]), db1=r * g_cachee.sum(1)[:, None],
      dW2=r * np.einsum("im,jm->ij", g_sortie, cache["A1"]), db2=r * g_sortie.sum(1)[:, None],
      dW3=r * np.einsum("im,jm->ij", g_fin, cache["A2"]), db3=r * g_fin.sum(1)[:, None])

  def update_parameters(self, gradients):
    self.W1 -= self.learning_rate * gradients["dW1"]
    self.b1 -= self.learning_rate * gradients["db1"]
    self.W2 -= self.learning_rate * gradients["dW2"]
    self.b2 -= self.learning_rate * gradients["db2"]
    self.W3 -= self.learning_rate * gradients["dW3"]
    self.b3 -= self.learning_rate * gradients["db3"]

  def train(self, X, Y, num_iterations=1000, print_every=100):
    pertes = np.zeros(num_iterations)
    for step in range(num_iterations):
      sortie, saved = self.forward(X)
      pertes[step] = self.compute_loss(Y, sortie)
      gradient_dict = self.backward(Y, saved)
      self.update_parameters(gradient_dict)
      if step % print_every == 0:
        print("step", step, "loss", pertes[step])
    return pertes.tolist()

  def predict(self, X):
    # Seuil a un demi.
    return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
  # Calcul a la main.
  return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
  a = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
  b = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
  L = (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2
  L.backward()
  return a.grad, b.grad


def autograd_linear(x, w, b):
  def leaf(v):
    return torch.tensor(v, dtype=torch.double, requires_grad=True)
  tx, tw, tb = leaf(x), leaf(w), leaf(b)
  return torch.autograd.grad(tw * tx + tb, [tx, tw, tb])


def leaf_parameters(shape, scale, generator):
  return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
  W1, b1, W2, b2 = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
  opt = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
  pertes = []
  for _ in range(num_iterations):
    opt.zero_grad()
    A1 = torch.relu(torch.matmul(W1, X) + b1)
    A2 = torch.sigmoid(torch.matmul(W2, A1) + b2)
    perte = torch.mean((A2 - Y).pow(2))
    perte.backward()
    opt.step()
    pertes.append(perte.detach().item())
  return pertes


def gradient_flow(model, X, Y):
  layers = [mod for mod in model.modules() if isinstance(mod, torch.nn.Linear)]
  perte = torch.nn.BCELoss()(model(X), Y)
  gradient_dict = torch.autograd.grad(perte, [l.weight for l in layers])
  return [float(torch.mean(torch.abs(g))) for g in gradient_dict]


if __name__ == "__main__":
  print(chain_rule(1.0))
  print(computational_graph(2.0, 3.0, 1.0))
  print(two_squares(1.0, 2.0, 3.0, 4.0))
