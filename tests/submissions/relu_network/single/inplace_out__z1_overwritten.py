import torch
import numpy as np

# alle Formeln spaltenweise: eine Spalte = ein Beispiel


def chain_rule(x):
  '''Kettenregel von Hand.'''
  g = lambda t: 2 * t + 1
  h = lambda s: s ** 3
  dh = lambda s: 3 * s ** 2
  u = g(x)
  out = {}
  out['u'], out['f'] = u, h(u)
  out['du_dx'], out['df_du'] = 2, dh(u)
  out['df_dx'] = dh(u) * 2
  return out


def computational_graph(w, x, b):
  '''Rechengraph vorwaerts und rueckwaerts.'''
  z = w * x + b
  up = z + z
  names = 'a z L dL_dz dL_da dL_dw dL_dx dL_db'.split()
  return dict(zip(names, [w * x, z, z * z, up, up, up * x, up * w, up]))


def single_neuron(x, w, b, y):
  '''Ein Neuron.'''
  z = b
  for wi, xi in zip(w, x):
    z = z + wi * xi
  a = 1.0 / (1.0 + np.exp(-z))
  L = (y - a) * (y - a) / 2
  dL_da = -(y - a)
  da_dz = np.exp(-z) / (1.0 + np.exp(-z)) ** 2
  dL_dz = dL_da * da_dz
  dL_dw = np.multiply(x, dL_dz)
  dL_db = 1 * dL_dz
  return {'L': L, 'a': a, 'z': z, 'dL_da': dL_da, 'da_dz': da_dz, 'dL_dz': dL_dz, 'dL_dw': dL_dw, 'dL_db': dL_db}


def _relu(Z):
  return (Z + np.abs(Z)) / 2


def _relu_slope(Z):
  return 1.0 * (Z > 0)


def _logistic(Z):
  Z = np.asarray(Z, dtype=float)
  e = np.exp(-np.abs(Z))
  return np.where(Z >= 0, 1 / (1 + e), e / (1 + e))


def _logistic_slope(Z):
  return (lambda p: p * (1.0 - p))(_logistic(Z))


class NeuralNetworkWithBackprop:
  def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
    he = np.sqrt(2.0 / input_size)
    xavier = np.sqrt(1.0 / hidden_size)
    self.W1 = np.random.randn(hidden_size, input_size) * he * 0.3
    self.W2 = np.random.randn(output_size, hidden_size) * xavier * 0.3
    self.b1 = np.zeros(shape=(hidden_size, 1))
    self.b2 = np.zeros(shape=(output_size, 1))
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
    Z1 = self.W1 @ X
    Z1 += self.b1
    A1 = np.maximum(Z1, 0, out=Z1)
    Z2 = self.W2 @ A1
    Z2 += self.b2
    A2 = self.sigmoid(Z2)
    store = dict(zip(['X', 'Z1', 'A1', 'Z2', 'A2'], [X, Z1, A1, Z2, A2]))
    return A2, store

  def compute_loss(self, Y, A2):
    '''Kreuzentropie.'''
    tiny = 1e-14
    yes = np.log(np.maximum(A2, tiny))
    no = np.log(np.maximum(1 - A2, tiny))
    return -(np.vdot(Y, yes) + np.vdot(1 - Y, no)) / A2.shape[1]

  def backward(self, Y, cache):
    abw_a = cache['A2'] - Y
    abw_h = self.relu_derivative(cache['Z1']) * (self.W2[:, :, None] * abw_a[:, None, :]).sum(axis=0)
    return {
      'dW1': (abw_h[:, None, :] * cache['X'][None, :, :]).mean(axis=2),
      'db1': abw_h.mean(axis=1, keepdims=True),
      'dW2': (abw_a[:, None, :] * cache['A1'][None, :, :]).mean(axis=2),
      'db2': abw_a.mean(axis=1, keepdims=True),
    }

  def update_parameters(self, gradients):
    '''Ein Schritt bergab.'''
    for p in ('W1', 'b1', 'W2', 'b2'):
      setattr(self, p, getattr(self, p) - self.learning_rate * gradients['d' + p])

  def train(self, X, Y, num_iterations=1000, print_every=100):
    '''Trainingsschleife.'''
    verlauf = []
    for epoch in range(1, num_iterations + 1):
      ausgabe, memo = self.forward(X)
      verlauf += [self.compute_loss(Y, ausgabe)]
      g = self.backward(Y, memo)
      self.update_parameters(g)
      if epoch % print_every == 0:
        print('Epoch {}/{} - {:.4f}'.format(epoch, num_iterations, verlauf[-1]))
    return verlauf

  def predict(self, X):
    '''Klassen 0/1.'''
    probability, _ = self.forward(X)
    above = probability > 0.5
    return above.view(np.int8)


PARAMS = ('W1', 'b1', 'W2', 'b2')


def probe(nn, X, Y, name, r, c, step):
  # loss with one entry shifted
  M = getattr(nn, name)
  before = M[r, c]
  M[r, c] = before + step
  ausgabe, _ = nn.forward(X)
  value = nn.compute_loss(Y, ausgabe)
  M[r, c] = before
  return value


def difference(list_a, list_n):
  a, n = np.asarray(list_a, float), np.asarray(list_n, float)
  size = max(np.linalg.norm(a), np.linalg.norm(n))
  if size == 0:
    return 0.0
  return float(np.linalg.norm(a - n) / size)


def gradient_check(nn, X, Y, epsilon=1e-05):
  _, cache = nn.forward(X)
  G = nn.backward(Y, cache)
  out = {}
  for name in PARAMS:
    rows, cols = getattr(nn, name).shape
    a, n = [], []
    for idx in np.random.permutation(rows * cols)[:10]:
      r, c = divmod(int(idx), cols)
      a.append(G['d' + name][r, c])
      n.append((probe(nn, X, Y, name, r, c, epsilon) - probe(nn, X, Y, name, r, c, -epsilon)) / (2 * epsilon))
    out[name] = difference(a, n)
  return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
  _, cache = nn.forward(X)
  G = nn.backward(Y, cache)
  out = {}
  for name in PARAMS:
    rows, cols = getattr(nn, name).shape
    a, n = [], []
    for r in range(rows):
      for c in range(cols):
        a.append(G['d' + name][r, c])
        n.append((probe(nn, X, Y, name, r, c, epsilon) - probe(nn, X, Y, name, r, c, -epsilon)) / (2 * epsilon))
    out[name] = difference(a, n)
  return out


class ThreeLayerNetwork:
  def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
    self.learning_rate = learning_rate
    n, h1, h2, k = input_size, hidden1_size, hidden2_size, output_size
    self.W1, self.b1 = np.random.randn(h1, n) / 10, np.zeros((h1, 1))
    self.W2, self.b2 = np.random.randn(h2, h1) / 10, np.zeros((h2, 1))
    self.W3, self.b3 = np.random.randn(k, h2) / 10, np.zeros((k, 1))

  @staticmethod
  def _squash(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)

  def forward(self, X):
    Z1 = np.matmul(self.W1, X) + self.b1
    A1 = np.clip(Z1, 0, None)
    Z2 = np.matmul(self.W2, A1) + self.b2
    A2 = np.clip(Z2, 0, None)
    Z3 = np.matmul(self.W3, A2) + self.b3
    A3 = self._squash(Z3)
    keys = ['X', 'Z1', 'A1', 'Z2', 'A2', 'Z3', 'A3']
    return A3, dict(zip(keys, [X, Z1, A1, Z2, A2, Z3, A3]))

  def compute_loss(self, Y, A3):
    A3 = np.clip(A3, 1e-15, 1 - 1e-15)
    verlust = 0.0
    for y, p in zip(np.ravel(Y), np.ravel(A3)):
      verlust -= y * np.log(p) + (1 - y) * np.log(1 - p)
    return verlust / np.shape(Y)[1]

  def _wb(self, d, inp):
    return np.matmul(d, inp.T), np.sum(d, axis=1, keepdims=True)

  def backward(self, Y, cache):
    g = {}
    abw_ende = (cache['A3'] - Y) / np.shape(Y)[1]
    g['dW3'], g['db3'] = self._wb(abw_ende, cache['A2'])
    abw_a = np.sign(cache['A2']) * np.matmul(self.W3.T, abw_ende)
    g['dW2'], g['db2'] = self._wb(abw_a, cache['A1'])
    abw_h = np.sign(cache['A1']) * np.matmul(self.W2.T, abw_a)
    g['dW1'], g['db1'] = self._wb(abw_h, cache['X'])
    return g

  def update_parameters(self, gradients):
    '''Ein Schritt bergab.'''
    self.W1 -= self.learning_rate * gradients['dW1']
    self.b1 -= self.learning_rate * gradients['db1']
    self.W2 -= self.learning_rate * gradients['dW2']
    self.b2 -= self.learning_rate * gradients['db2']
    self.W3 -= self.learning_rate * gradients['dW3']
    self.b3 -= self.learning_rate * gradients['db3']

  def train(self, X, Y, num_iterations=1000, print_every=100):
    '''Trainingsschleife.'''
    def one_step():
      ausgabe, cache = self.forward(X)
      verlust = self.compute_loss(Y, ausgabe)
      self.update_parameters(self.backward(Y, cache))
      return verlust
    verlauf = []
    while len(verlauf) < num_iterations:
      verlauf.append(one_step())
      if print_every and (len(verlauf) - 1) % print_every == 0:
        print('%6d %.6f' % (len(verlauf) - 1, verlauf[-1]))
    return verlauf

  def predict(self, X):
    '''Klassen 0/1.'''
    ausgabe, cache = self.forward(X)
    return np.greater(ausgabe, 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
  return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
  t1, t2 = (torch.tensor(float(v), dtype=torch.float64).requires_grad_() for v in (w1, w2))
  loss = torch.square(t1 * x1 + t2 * x2) + torch.square(t1 * x1 - t2 * x2)
  return torch.autograd.grad(loss, (t1, t2))


def autograd_linear(x, w, b):
  x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
  y = w * x + b
  y.backward()
  return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
  numbers = torch.randn(*shape, generator=generator).mul(scale)
  return numbers.clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
  W1, b1, W2, b2 = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
  opt = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
  verlauf = []
  for _ in range(num_iterations):
    opt.zero_grad()
    A1 = torch.relu(torch.matmul(W1, X) + b1)
    A2 = torch.sigmoid(torch.matmul(W2, A1) + b2)
    verlust = torch.mean((A2 - Y).pow(2))
    verlust.backward()
    opt.step()
    verlauf.append(verlust.detach().item())
  return verlauf


def gradient_flow(model, X, Y):
  model.zero_grad()
  torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
  return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]


if __name__ == '__main__':
  print(chain_rule(1.0))
  print(computational_graph(2.0, 3.0, 1.0))
  print(two_squares(1.0, 2.0, 3.0, 4.0))
