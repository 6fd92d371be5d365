import numpy as np
import torch


def chain_rule(x):
    u = 1 + 2 * x
    keys = ('f', 'u', 'du_dx', 'df_du', 'df_dx')
    vals = (u ** 3, u, 2, 3 * u ** 2, 3 * u ** 2 * 2)
    return dict(zip(keys, vals))


def computational_graph(w, x, b):
    # forward
    prod = w * x
    summ = prod + b
    # backward
    top = 2.0 * summ
    da = top * 1.0
    db = top * 1.0
    return dict(a=prod, z=summ, L=summ * summ, dL_dz=top, dL_da=da, dL_db=db, dL_dw=da * x, dL_dx=da * w)


def single_neuron(x, w, b, y):
    ext_x = np.append(x, 1.0)
    ext_w = np.append(w, b)
    z = ext_w.dot(ext_x)
    a = (1 + np.exp(-z)) ** -1
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    grad = dL_dz * ext_x
    return {'z': z, 'a': a, 'L': 0.5 * np.square(y - a), 'dL_da': dL_da, 'da_dz': da_dz,
            'dL_dz': dL_dz, 'dL_dw': grad[:-1], 'dL_db': grad[-1]}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1 = rng.normal(0.0, 0.05, size=(hidden_size, input_size))
        self.W2 = rng.normal(0.0, 0.05, size=(output_size, hidden_size))
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.fmax(Z, np.zeros_like(Z))

    def relu_derivative(self, Z):
        side = np.sign(np.asarray(Z, dtype=float))
        return (side + 1.0) / 2.0

    def sigmoid(self, Z):
        return torch.sigmoid(torch.tensor(np.asarray(Z, dtype=np.float64))).numpy()

    def sigmoid_derivative(self, Z):
        a = self.sigmoid(Z)
        return a - a ** 2

    def forward(self, X):
        A1 = self.relu(Z1 := (X.T @ self.W1.T + self.b1.T).T)
        A2 = self.sigmoid(Z2 := (A1.T @ self.W2.T + self.b2.T).T)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        P = np.clip(A2, 1e-12, 1 - 1e-12)
        return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / m

    def backward(self, Y, cache):
        ones = np.ones((Y.shape[1], 1)) / Y.shape[1]
        dZ2 = cache['A2'] - Y
        dZ1 = (cache['Z1'] > 0) * (dZ2.T @ self.W2).T
        scale = 1.0 / Y.shape[1]
        return dict(dW2=scale * dZ2.dot(cache['A1'].T), db2=dZ2.dot(ones), dW1=scale * dZ1.dot(cache['X'].T), db1=dZ1.dot(ones))

    def update_parameters(self, gradients):
        current = vars(self)
        new = {n: current[n] - self.learning_rate * gradients['d' + n] for n in ('W1', 'b1', 'W2', 'b2')}
        current.update(new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = [None] * num_iterations
        for t, _ in enumerate(losses):
            pred, cache = self.forward(X)
            gradient = self.backward(Y, cache)
            losses[t] = self.compute_loss(Y, pred)
            if not t % print_every:
                print(t, round(float(losses[t]), 6))
            self.update_parameters(gradient)
        return losses

    def predict(self, X):
        A, cache = self.forward(X)
        return np.greater(A, 0.5).astype(np.int64)


def gradient_check(nn, X, Y, epsilon=1e-05):
    G = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    errors = dict.fromkeys(['W1', 'b1', 'W2', 'b2'], 0.0)
    for p in errors:
        weights_ = getattr(nn, p)
        stored = weights_.copy()
        take = min(10, weights_.size)
        picks = np.random.default_rng(7).permutation(weights_.size)[:take]
        numeric = np.zeros(take)
        for t, i in enumerate(picks):
            weights_.flat[i] = stored.flat[i] + epsilon
            plus = J()
            weights_.flat[i] = stored.flat[i] - epsilon
            minus = J()
            weights_.flat[i] = stored.flat[i]
            numeric[t] = (plus - minus) / (2 * epsilon)
        mine = G['d' + p].flat[picks]
        den = np.sum(np.abs(mine)) + np.sum(np.abs(numeric))
        if den > 0:
            errors[p] = np.sum(np.abs(mine - numeric)) / den
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    G = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    errors = {}
    for p in ['W1', 'b1', 'W2', 'b2']:
        weights_ = getattr(nn, p)
        numeric = []
        for i in range(weights_.size):
            v = weights_.flat[i]
            weights_.flat[i] = v + epsilon
            plus = J()
            weights_.flat[i] = v - epsilon
            numeric.append((plus - J()) / (2 * epsilon))
            weights_.flat[i] = v
        numeric = np.array(numeric)
        mine = G['d' + p].ravel()
        den = np.linalg.norm(mine) + np.linalg.norm(numeric)
        errors[p] = 0.0 if den == 0 else np.linalg.norm(mine - numeric) / den
    return errors


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
        loss = 0.0
        for y, p in zip(np.ravel(Y), np.ravel(A3)):
            loss -= y * np.log(p) + (1 - y) * np.log(1 - p)
        return loss / np.shape(Y)[1]

    def _wb(self, d, inp):
        return np.matmul(d, inp.T), np.sum(d, axis=1, keepdims=True)

    def backward(self, Y, cache):
        g = {}
        dZ3 = (cache['A3'] - Y) / np.shape(Y)[1]
        g['dW3'], g['db3'] = self._wb(dZ3, cache['A2'])
        dZ2 = np.sign(cache['A2']) * np.matmul(self.W3.T, dZ3)
        g['dW2'], g['db2'] = self._wb(dZ2, cache['A1'])
        dZ1 = np.sign(cache['A1']) * np.matmul(self.W2.T, dZ2)
        g['dW1'], g['db1'] = self._wb(dZ1, cache['X'])
        return g

    def update_parameters(self, gradients):
        for p in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3'):
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients['d' + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.zeros(num_iterations)
        for step in range(num_iterations):
            A, orig = self.forward(X)
            losses[step] = self.compute_loss(Y, A)
            G = self.backward(Y, orig)
            self.update_parameters(G)
            if step % print_every == 0:
                print('step', step, 'loss', losses[step])
        return losses.tolist()

    def predict(self, X):
        probability, _ = self.forward(X)
        above = probability > 0.5
        return above.view(np.int8)


def two_squares(w1, w2, x1, x2):
    s, d = w1*x1 + w2*x2, w1*x1 - w2*x2
    dL_ds, dL_dd = 2*s, 2*d
    ds = (x1, x2)
    dd = (x1, -x2)
    return tuple(dL_ds*p + dL_dd*q for p, q in zip(ds, dd))


def two_squares_autograd(w1, w2, x1, x2):
    leaf = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    p, q = leaf[0] * x1, leaf[1] * x2
    L = (p + q).pow(2) + (p - q).pow(2)
    L.backward()
    return leaf[0].grad.item(), leaf[1].grad.item()


def autograd_linear(x, w, b):
    def leaf(v):
        return torch.tensor(v, dtype=torch.double, requires_grad=True)
    tx, tw, tb = leaf(x), leaf(w), leaf(b)
    return torch.autograd.grad(tw * tx + tb, [tx, tw, tb])


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t *= scale
    t.requires_grad = True
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(['W1', 'b1', 'W2', 'b2'], [W1, b1, W2, b2])}
    losses = []
    for it in range(num_iterations):
        hidden = torch.clamp(P['W1'] @ X + P['b1'], min=0)
        guess = torch.sigmoid(P['W2'] @ hidden + P['b2'])
        mse = torch.nn.functional.mse_loss(guess, Y)
        G = torch.autograd.grad(mse, list(P.values()))
        losses.append(float(mse.detach()))
        P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), G)}
    return losses


def gradient_flow(model, X, Y):
    layers = [mod for mod in model.modules() if isinstance(mod, torch.nn.Linear)]
    loss = torch.nn.BCELoss()(model(X), Y)
    G = torch.autograd.grad(loss, [l.weight for l in layers])
    return [float(torch.mean(torch.abs(g))) for g in G]
