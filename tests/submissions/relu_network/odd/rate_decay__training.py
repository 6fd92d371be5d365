import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    du_dx = 2
    df_du = 3 * u ** 2
    return {'f': u ** 3, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_du * du_dx}


def computational_graph(w, x, b):
    a = w * x; z = a + b; L = z * z
    back = {'dL_dz': 2 * z}
    back['dL_da'] = back['dL_dz']
    back['dL_db'] = back['dL_dz']
    back.update(dL_dw=x * back['dL_da'], dL_dx=w * back['dL_da'])
    return {'a': a, 'z': z, 'L': L, **back}


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
        sizes = [input_size, hidden_size, output_size]
        for i in (1, 2):
            setattr(self, 'W%d' % i, 0.1 * np.random.randn(sizes[i], sizes[i - 1]))
            setattr(self, 'b%d' % i, np.zeros((sizes[i], 1)))
        self.learning_rate = learning_rate

    def relu(self, Z: np.ndarray):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z: np.ndarray):
        return np.array(np.greater(Z, 0), dtype=float)

    def sigmoid(self, Z: np.ndarray):
        z = np.array(Z, dtype=float)
        answer_ = np.empty_like(z)
        pos = z >= 0
        answer_[pos] = 1.0 / (1.0 + np.exp(-z[pos]))
        t = np.exp(z[~pos])
        answer_[~pos] = t / (1.0 + t)
        return answer_

    def sigmoid_derivative(self, Z: np.ndarray):
        a = self.sigmoid(Z)
        return a - a ** 2

    def forward(self, X: np.ndarray):
        cache = {'X': X}
        cache['Z1'] = np.dot(self.W1, X) + self.b1
        cache['A1'] = self.relu(cache['Z1'])
        cache['Z2'] = np.dot(self.W2, cache['A1']) + self.b2
        cache['A2'] = self.sigmoid(cache['Z2'])
        return cache['A2'], cache

    def compute_loss(self, Y: np.ndarray, A2: np.ndarray):
        m = A2.shape[-1]
        o = A2.clip(1e-15, 1 - 1e-15)
        first = np.einsum('ij,ij->', Y * 1.0, np.log(o))
        second = np.einsum('ij,ij->', 1.0 - Y, np.log(1.0 - o))
        return -(first + second) / m

    def backward(self, Y, cache):
        t = {k: torch.from_numpy(np.asarray(v, dtype=float)) for k, v in cache.items()}
        target = torch.from_numpy(np.array(Y, dtype=float))
        dZ2 = (t['A2'] - target) / target.shape[1]
        dZ1 = torch.from_numpy(self.W2).T @ dZ2
        dZ1 = torch.where(t['Z1'] > 0, dZ1, torch.zeros_like(dZ1))
        answer_ = {'dW2': dZ2 @ t['A1'].T, 'db2': dZ2.sum(1, keepdim=True), 'dW1': dZ1 @ t['X'].T, 'db1': dZ1.sum(1, keepdim=True)}
        return {k: v.numpy() for k, v in answer_.items()}

    def update_parameters(self, gradients):
        for p in ('W1', 'b1', 'W2', 'b2'):
            self.__dict__[p] = self.__dict__[p] - self.learning_rate * gradients[f'd{p}']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for nr in range(num_iterations):
            A, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A))
            if nr % print_every == 0:
                print('it %d: %.4f' % (nr, losses[nr]))
            self.update_parameters(self.backward(Y, cache))
            self.learning_rate *= 0.9
        return losses

    def predict(self, X: np.ndarray):
        A, cache = self.forward(X)
        return np.array([[1 if v > 0.5 else 0 for v in row] for row in A])


def total_loss(nn, X, Y):
    return nn.compute_loss(Y, nn.forward(X)[0])


def relative_error(a, b):
    top = np.linalg.norm(a - b)
    bottom = np.linalg.norm(a) + np.linalg.norm(b)
    return top / bottom if bottom > 0 else 0.0


def central(nn, X, Y, P, idx, eps):
    keep = P[idx]
    P[idx] = keep + eps
    hi = total_loss(nn, X, Y)
    P[idx] = keep - eps
    lo = total_loss(nn, X, Y)
    P[idx] = keep
    return (hi - lo) / (2 * eps)


def gradient_check(nn, X, Y, epsilon=1e-05):
    all_g = nn.backward(Y, nn.forward(X)[1])
    answer_ = {}
    for name in ('W1', 'b1', 'W2', 'b2'):
        P = getattr(nn, name)
        indices = list(np.ndindex(*P.shape))
        if len(indices) > 10:
            chosen = np.random.default_rng(0).choice(len(indices), 10, replace=False)
            indices = [indices[c] for c in chosen]
        finite = np.array([central(nn, X, Y, P, s, epsilon) for s in indices])
        mine_ = np.array([all_g['d' + name][s] for s in indices])
        answer_[name] = relative_error(mine_, finite)
    return answer_


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    all_g = nn.backward(Y, nn.forward(X)[1])
    answer_ = {}
    for name in ('W1', 'b1', 'W2', 'b2'):
        P = getattr(nn, name)
        finite = np.zeros_like(P)
        for s in np.ndindex(*P.shape):
            finite[s] = central(nn, X, Y, P, s, epsilon)
        answer_[name] = relative_error(np.asarray(all_g['d' + name]), finite)
    return answer_


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
        cache = {'X': X}
        cache['Z1'] = np.einsum('ij,jm->im', self.W1, X) + self.b1
        cache['A1'] = np.where(cache['Z1'] > 0, cache['Z1'], 0.0)
        cache['Z2'] = np.einsum('ij,jm->im', self.W2, cache['A1']) + self.b2
        cache['A2'] = np.where(cache['Z2'] > 0, cache['Z2'], 0.0)
        cache['Z3'] = np.einsum('ij,jm->im', self.W3, cache['A2']) + self.b3
        cache['A3'] = np.exp(-np.logaddexp(0, -cache['Z3']))
        return cache['A3'], cache

    def compute_loss(self, Y, A3):
        lo = 1e-13
        pos = np.log(np.maximum(A3, lo))
        neg = np.log(np.maximum(1 - A3, lo))
        return -np.mean(np.sum(np.where(np.asarray(Y) == 1, pos, neg), axis=0))

    def backward(self, Y, cache):
        dZ3 = cache['A3'] - Y
        dZ2 = np.einsum('kh,km->hm', self.W3, dZ3)
        dZ2[cache['Z2'] <= 0] = 0
        dZ1 = np.einsum('kh,km->hm', self.W2, dZ2)
        dZ1[cache['Z1'] <= 0] = 0
        r = 1 / Y.shape[1]
        return dict(
            dW1=r * np.einsum('im,jm->ij', dZ1, cache['X']), db1=r * dZ1.sum(1)[:, None],
            dW2=r * np.einsum('im,jm->ij', dZ2, cache['A1']), db2=r * dZ2.sum(1)[:, None],
            dW3=r * np.einsum('im,jm->ij', dZ3, cache['A2']), db3=r * dZ3.sum(1)[:, None])

    def update_parameters(self, gradients):
        for p in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3'):
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients['d' + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            loss = self.compute_loss(Y, A)
            losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f'{i}: {loss:.5f}')
        return losses

    def predict(self, X):
        A, cache = self.forward(X)
        return np.greater(A, 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.double, requires_grad=True)
    s = w * torch.tensor([x1, x2], dtype=torch.double)
    ((s[0] + s[1]) ** 2 + (s[0] - s[1]) ** 2).backward()
    return tuple(w.grad.tolist())


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    (t[1] * t[0] + t[2]).backward()
    return tuple(float(v) for v in t.grad)


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(['W1', 'b1', 'W2', 'b2'], [W1, b1, W2, b2])}
    losses = []
    for it in range(num_iterations):
        H1 = torch.clamp(P['W1'] @ X + P['b1'], min=0)
        yh = torch.sigmoid(P['W2'] @ H1 + P['b2'])
        mse = torch.nn.functional.mse_loss(yh, Y)
        all_g = torch.autograd.grad(mse, list(P.values()))
        losses.append(float(mse.detach()))
        P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), all_g)}
    return losses


def gradient_flow(model, X, Y):
    layers = [mod for mod in model.modules() if isinstance(mod, torch.nn.Linear)]
    loss = torch.nn.BCELoss()(model(X), Y)
    all_g = torch.autograd.grad(loss, [l.weight for l in layers])
    return [float(torch.mean(torch.abs(g))) for g in all_g]
