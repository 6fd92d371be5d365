# TP retropropagation
import numpy as np
import torch


def chain_rule(x):
  slope = 2
  u = slope * x + 1
  f = pow(u, 3)
  df_du = 3 * pow(u, 2)
  df_dx = df_du
  df_dx *= slope
  return {
    'u': u,
    'f': f,
    'du_dx': slope,
    'df_du': df_du,
    'df_dx': df_dx,
  }


def computational_graph(w, x, b):
  a = w * x
  z = a + b
  L = z ** 2
  dL_dz = 2 * z
  dz_da, dz_db = 1, 1
  da_dw, da_dx = x, w
  dL_da = dL_dz * dz_da
  dL_db = dL_dz * dz_db
  dL_dw = dL_da * da_dw
  dL_dx = dL_da * da_dx
  return {k: v for k, v in locals().items() if k in ('a', 'z', 'L', 'dL_dz', 'dL_da', 'dL_dw', 'dL_dx', 'dL_db')}


def single_neuron(x, w, b, y):
  z = float(w @ x + b)
  a = 0.5 * (1.0 + np.tanh(0.5 * z))
  err = y - a
  r = dict(z=z, a=a, L=err ** 2 / 2)
  r['dL_da'] = -err
  r['da_dz'] = a - a * a
  r['dL_dz'] = r['dL_da'] * r['da_dz']
  r['dL_db'] = r['dL_dz']
  r['dL_dw'] = np.array([r['dL_dz'] * xi for xi in x])
  return r


class NeuralNetworkWithBackprop:
  def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
    self.learning_rate = learning_rate
    shapes = {'W1': (hidden_size, input_size), 'b1': (hidden_size, 1), 'W2': (output_size, hidden_size), 'b2': (output_size, 1)}
    for name, shape in shapes.items():
      value = np.random.uniform(-0.1, 0.1, shape) if name[0] == 'W' else np.zeros(shape)
      setattr(self, name, value)

  def relu(self, Z):
    # Partie positive.
    return np.clip(Z, 0, 6)

  def relu_derivative(self, Z):
    return np.array(np.greater(Z, 0), dtype=float)

  def sigmoid(self, Z):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(Z, dtype=float)))

  def sigmoid_derivative(self, Z):
    return (lambda p: p * (1.0 - p))(self.sigmoid(Z))

  def forward(self, X):
    cache = {'X': X}
    cache['Z1'] = np.dot(self.W1, X) + self.b1
    cache['A1'] = self.relu(cache['Z1'])
    cache['Z2'] = np.dot(self.W2, cache['A1']) + self.b2
    cache['A2'] = self.sigmoid(cache['Z2'])
    return cache['A2'], cache

  def compute_loss(self, Y, A2):
    # Entropie croisee.
    t = torch.from_numpy(np.array(Y, dtype=float))
    p = torch.from_numpy(np.clip(np.array(A2, dtype=float), 1e-12, 1 - 1e-12))
    return torch.nn.functional.binary_cross_entropy(p, t, reduction='sum').item() / t.shape[1]

  def backward(self, Y, cache):
    g_sortie = (cache['A2'] - Y) / Y.shape[-1]
    g_cachee = np.einsum('kh,km,hm->hm', self.W2, g_sortie, self.relu_derivative(cache['Z1']))
    nabla = {}
    nabla['dW2'] = np.einsum('km,hm->kh', g_sortie, cache['A1'])
    nabla['db2'] = np.einsum('km->k', g_sortie)[:, None]
    nabla['dW1'] = np.einsum('hm,nm->hn', g_cachee, cache['X'])
    nabla['db1'] = np.einsum('hm->h', g_cachee)[:, None]
    return nabla

  def update_parameters(self, gradients):
    steps = {n: -self.learning_rate * gradients['d' + n] for n in ('W1', 'b1', 'W2', 'b2')}
    for n, s in steps.items():
      setattr(self, n, np.add(getattr(self, n), s))

  def train(self, X, Y, num_iterations=1000, print_every=100):
    pertes = []
    for epoch in range(1, num_iterations + 1):
      sortie, memo = self.forward(X)
      pertes += [self.compute_loss(Y, sortie)]
      g = self.backward(Y, memo)
      self.update_parameters(g)
      if epoch % print_every == 0:
        print('Epoch {}/{} - {:.4f}'.format(epoch, num_iterations, pertes[-1]))
    return pertes

  def predict(self, X):
    sortie, cache = self.forward(X)
    return np.greater(sortie, 0.5).astype(np.int64)


def gradient_check(nn, X, Y, epsilon=1e-05):
  nabla = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

  def J():
    return nn.compute_loss(Y, nn.forward(X)[0])

  errors = dict.fromkeys(['W1', 'b1', 'W2', 'b2'], 0.0)
  for p in errors:
    param = getattr(nn, p)
    stored = param.copy()
    take = min(10, param.size)
    picks = np.random.default_rng(7).permutation(param.size)[:take]
    numeric = np.zeros(take)
    for t, i in enumerate(picks):
      param.flat[i] = stored.flat[i] + epsilon
      plus = J()
      param.flat[i] = stored.flat[i] - epsilon
      minus = J()
      param.flat[i] = stored.flat[i]
      numeric[t] = (plus - minus) / (2 * epsilon)
    mine = nabla['d' + p].flat[picks]
    den = np.sum(np.abs(mine)) + np.sum(np.abs(numeric))
    if den > 0:
      errors[p] = np.sum(np.abs(mine - numeric)) / den
  return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
  nabla = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

  def J():
    return nn.compute_loss(Y, nn.forward(X)[0])

  errors = {}
  for p in ['W1', 'b1', 'W2', 'b2']:
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
    mine = nabla['d' + p].ravel()
    den = np.linalg.norm(mine) + np.linalg.norm(numeric)
    errors[p] = 0.0 if den == 0 else np.linalg.norm(mine - numeric) / den
  return errors


class ThreeLayerNetwork:
  def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
    self.learning_rate = learning_rate
    dims = (input_size, hidden1_size, hidden2_size, output_size)
    for i in range(1, len(dims)):
      setattr(self, f'W{i}', np.random.randn(dims[i], dims[i - 1]) * 0.05)
      setattr(self, f'b{i}', np.zeros((dims[i], 1)))

  def forward(self, X):
    cache, activ = {'X': X}, X
    for i in (1, 2, 3):
      somme = getattr(self, f'W{i}') @ activ + getattr(self, f'b{i}')
      activ = somme * (somme > 0) if i < 3 else 0.5 * (1 + np.tanh(somme / 2))
      cache[f'Z{i}'], cache[f'A{i}'] = somme, activ
    return activ, cache

  def compute_loss(self, Y, A3):
    q = np.clip(A3, 1e-14, 1 - 1e-14)
    return -(Y * np.log(q) + (1 - Y) * np.log(1 - q)).sum(axis=0).mean()

  def backward(self, Y, cache):
    nabla = {}
    g_couche = (cache['A3'] - Y) / Y.shape[1]
    for i in (3, 2, 1):
      below = cache['X'] if i == 1 else cache[f'A{i - 1}']
      nabla[f'dW{i}'] = g_couche @ below.T
      nabla[f'db{i}'] = g_couche.sum(axis=1, keepdims=True)
      if i > 1:
        g_couche = getattr(self, f'W{i}').T @ g_couche * (cache[f'Z{i - 1}'] > 0)
    return nabla

  def update_parameters(self, gradients):
    # Descente de gradient.
    for p in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3'):
      self.__dict__[p] = self.__dict__[p] - self.learning_rate * gradients[f'd{p}']

  def train(self, X, Y, num_iterations=1000, print_every=100):
    pertes = list()
    it = 0
    while it < num_iterations:
      sortie, cache = self.forward(X)
      perte = self.compute_loss(Y, sortie)
      if it % print_every == 0: print('loss at', it, '=', perte)
      pertes.append(perte)
      self.update_parameters(gradients=self.backward(Y, cache))
      it += 1
    return pertes

  def predict(self, X):
    # Seuil a un demi.
    return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
  # Calcul a la main.
  p, q = w1 * x1, w2 * x2
  u = p + q
  v = p - q
  dL_dp = 2 * u + 2 * v
  dL_dq = 2 * u - 2 * v
  return dL_dp * x1, dL_dq * x2


def two_squares_autograd(w1, w2, x1, x2):
  w = torch.tensor([w1, w2], dtype=torch.double, requires_grad=True)
  s = w * torch.tensor([x1, x2], dtype=torch.double)
  ((s[0] + s[1]) ** 2 + (s[0] - s[1]) ** 2).backward()
  return tuple(w.grad.tolist())


def autograd_linear(x, w, b):
  xt = torch.tensor(x, dtype=torch.float64, requires_grad=True)
  wt = torch.tensor(w, dtype=torch.float64, requires_grad=True)
  bt = torch.tensor(b, dtype=torch.float64, requires_grad=True)
  out = torch.add(torch.mul(wt, xt), bt)
  out.backward()
  return xt.grad.item(), wt.grad.item(), bt.grad.item()


def leaf_parameters(shape, scale, generator):
  return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
  # Meme reseau avec torch.
  P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(['W1', 'b1', 'W2', 'b2'], [W1, b1, W2, b2])}
  pertes = []
  for it in range(num_iterations):
    hidden = torch.clamp(P['W1'] @ X + P['b1'], min=0)
    guess = torch.sigmoid(P['W2'] @ hidden + P['b2'])
    mse = torch.nn.functional.mse_loss(guess, Y)
    nabla = torch.autograd.grad(mse, list(P.values()))
    pertes.append(float(mse.detach()))
    P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), nabla)}
  return pertes


def gradient_flow(model, X, Y):
  model.zero_grad()
  torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
  return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]


if __name__ == '__main__':
  print(chain_rule(1.0))
  print(computational_graph(2.0, 3.0, 1.0))
  print(two_squares(1.0, 2.0, 3.0, 4.0))
