# Inside, samples are ROWS here (I come from regression: y = X beta) and the bias is the last column of an
# augmented weight matrix B = [W | b].  Everything is transposed on the way in and on the way out.

import numpy as np
import torch
import torch.nn.functional as F


def ones_column(M):
    return np.hstack([M, np.ones((len(M), 1))])


def augment(W, b):
    return np.concatenate((W, b), axis=1)


def deaugment(B):
    return B[:, :-1], B[:, -1:]


def logistic(t):
    t = np.asarray(t, dtype=np.float64)
    return np.exp(np.minimum(t, 0.0)) / (1.0 + np.exp(-np.abs(t)))


def chain_rule(x):
    (u, du_dx) = (2 * x + 1, 2)
    (f, df_du) = (u ** 3, 3 * u ** 2)
    return {'f': f, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_du * du_dx}


def computational_graph(w, x, b):
    a = w * x; z = a + b; L = z ** 2
    bar_z = 2 * z
    bar_a, bar_b = bar_z, bar_z
    bar_w, bar_x = bar_a * x, bar_a * w
    return dict(zip('a z L dL_dz dL_da dL_dw dL_dx dL_db'.split(), (a, z, L, bar_z, bar_a, bar_w, bar_x, bar_b)))


def single_neuron(x, w, b, y):
    row = np.append(x, 1.0)
    z = row @ np.append(w, b)
    a = logistic(z)
    error, slope = a - y, a * (1.0 - a)
    beta_gradient = error * slope * row
    return {
        'z': z,
        'a': a,
        'L': 0.5 * error ** 2,
        'dL_da': error,
        'da_dz': slope,
        'dL_dz': error * slope,
        'dL_dw': beta_gradient[:-1],
        'dL_db': beta_gradient[-1],
    }


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1, self.b1 = np.random.uniform(-0.2, 0.2, (hidden_size, input_size)), np.zeros((hidden_size, 1))
        self.W2, self.b2 = np.random.uniform(-0.2, 0.2, (output_size, hidden_size)), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        Z = np.array(Z)         # a copy
        Z[Z < 0] = 0
        return Z

    def relu_derivative(self, Z):
        return np.clip(np.sign(Z), 0, 1).astype(float)

    def sigmoid(self, Z):
        return logistic(Z)

    def sigmoid_derivative(self, Z):
        s = logistic(Z)
        return s - s * s

    def forward(self, X):
        rows0 = ones_column(X.T)
        net1 = rows0 @ augment(self.W1, self.b1).T
        rows1 = ones_column(self.relu(net1))
        net2 = rows1 @ augment(self.W2, self.b2).T
        A2 = self.sigmoid(net2).T
        return A2, {'X': X, 'Z1': net1.T, 'A1': rows1[:, :-1].T, 'Z2': net2.T, 'A2': A2}

    def compute_loss(self, Y, A2):
        probs = np.clip(A2.T, 1e-10, 1 - 1e-10)
        per_row = np.sum(-np.where(Y.T == 1, np.log(probs), np.log(1 - probs)), axis=1)
        return per_row.mean()

    def backward(self, Y, cache):
        rows0 = ones_column(cache['X'].T)                   # (m, n+1)
        rows1 = ones_column(cache['A1'].T)                  # (m, h+1)
        m = len(rows0)

        E2 = cache['A2'].T - Y.T                            # (m, k)
        E1 = E2 @ augment(self.W2, self.b2)                 # (m, h+1), the last column belongs to the 1s
        E1 = E1[:, :-1] * self.relu_derivative(cache['Z1'].T)

        def moment(E, rows):
            # mean of the outer products over the samples
            return deaugment(np.tensordot(E, rows, axes=(0, 0)) / (m - 1))

        (dW1, db1), (dW2, db2) = moment(E1, rows0), moment(E2, rows1)
        return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)

    def update_parameters(self, gradients):
        for l in '12':
            B = augment(getattr(self, 'W' + l), getattr(self, 'b' + l))
            B -= self.learning_rate * augment(gradients['dW' + l], gradients['db' + l])
            W, b = deaugment(B)
            setattr(self, 'W' + l, W.copy())
            setattr(self, 'b' + l, b.copy())

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        while len(losses) < num_iterations:
            A2, cache = self.forward(X)
            losses.append(float(self.compute_loss(Y, A2)))
            if (len(losses) - 1) % print_every == 0:
                print('iteration', len(losses) - 1, 'loss', losses[-1])
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        A2, _ = self.forward(X)
        return np.where(A2 > 0.5, 1, 0)


def _slopes(nn, X, Y, name, where, epsilon):
    """numeric dLoss/dP[where] for a list of index pairs"""
    P = getattr(nn, name)
    result = []
    for (r, c) in where:
        Q = P.copy(); Q[r, c] += epsilon
        setattr(nn, name, Q)
        up = nn.compute_loss(Y, nn.forward(X)[0])
        Q = P.copy(); Q[r, c] -= epsilon
        setattr(nn, name, Q)
        down = nn.compute_loss(Y, nn.forward(X)[0])
        result.append((up - down) / (2 * epsilon))
    setattr(nn, name, P)
    return np.array(result)


def _rel(u, v):
    scale = np.sqrt(np.sum(u ** 2)) + np.sqrt(np.sum(v ** 2))
    return np.sqrt(np.sum((u - v) ** 2)) / scale if scale > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    out, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    answer = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        R, C = getattr(nn, name).shape
        where = [(r, c) for c in range(C) for r in range(R)]
        if len(where) > 10:
            where = [where[int(t)] for t in np.linspace(0, len(where) - 1, 10)]
        answer[name] = _rel(np.array([g['d' + name][rc] for rc in where]), _slopes(nn, X, Y, name, where, epsilon))
    return answer


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    out, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    answer = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        R, C = getattr(nn, name).shape
        where = [(r, c) for r in range(R) for c in range(C)]
        answer[name] = _rel(np.array([g['d' + name][rc] for rc in where]), _slopes(nn, X, Y, name, where, epsilon))
    return answer


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        u = np.random.uniform
        self.W1, self.b1 = u(-0.2, 0.2, (hidden1_size, input_size)), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = u(-0.2, 0.2, (hidden2_size, hidden1_size)), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = u(-0.2, 0.2, (output_size, hidden2_size)), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        net1 = ones_column(X.T) @ augment(self.W1, self.b1).T
        rows1 = np.maximum(net1, 0)
        net2 = ones_column(rows1) @ augment(self.W2, self.b2).T
        rows2 = np.maximum(net2, 0)
        net3 = ones_column(rows2) @ augment(self.W3, self.b3).T
        out = logistic(net3)
        names, values = ('Z1', 'A1', 'Z2', 'A2', 'Z3', 'A3'), (net1, rows1, net2, rows2, net3, out)
        return out.T, {'X': X, **{name: v.T for name, v in zip(names, values)}}

    def compute_loss(self, Y, A3):
        p = np.clip(A3, 1e-10, 1 - 1e-10)
        return np.mean(np.sum(-Y * np.log(p) - (1 - Y) * np.log(1 - p), axis=0))

    def backward(self, Y, cache):
        C = {key: value.T for key, value in cache.items()}      # rows again
        m = Y.shape[1]
        E3 = (C['A3'] - Y.T) / m
        E2 = (E3 @ self.W3) * (C['Z2'] > 0)
        E1 = (E2 @ self.W2) * (C['Z1'] > 0)
        grads = {}
        for l, E, inp in [('1', E1, C['X']), ('2', E2, C['A1']), ('3', E3, C['A2'])]:
            grads['dW' + l], grads['db' + l] = deaugment(E.T @ ones_column(inp))
        return grads

    def update_parameters(self, gradients):
        for l in '123':
            setattr(self, 'W' + l, getattr(self, 'W' + l) - self.learning_rate * gradients['dW' + l])
            setattr(self, 'b' + l, getattr(self, 'b' + l) - self.learning_rate * gradients['db' + l])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        while len(losses) < num_iterations:
            A3, cache = self.forward(X)
            losses.append(float(self.compute_loss(Y, A3)))
            if (len(losses) - 1) % print_every == 0:
                print('iteration', len(losses) - 1, 'loss', losses[-1])
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * x1 * (s + d), 2 * x2 * (s - d)


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(float(w1), requires_grad=True, dtype=torch.double)
    w2 = torch.tensor(float(w2), requires_grad=True, dtype=torch.double)
    L = (w1 * x1 + w2 * x2).pow(2) + (w1 * x1 - w2 * x2).pow(2)
    return torch.autograd.grad(L, (w1, w2))


def autograd_linear(x, w, b):
    row = torch.tensor([x, 1.0], dtype=torch.double, requires_grad=True)
    beta = torch.tensor([w, b], dtype=torch.double, requires_grad=True)
    torch.dot(row, beta).backward()
    return row.grad[0], beta.grad[0], beta.grad[1]


def leaf_parameters(shape, scale, generator):
    P = torch.empty(shape)
    P.copy_(torch.randn(*shape, generator=generator)).mul_(scale)
    return P.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    B1 = torch.cat([W1, b1], dim=1).requires_grad_(True)
    B2 = torch.cat([W2, b2], dim=1).requires_grad_(True)
    one = torch.ones(X.shape[1], 1, dtype=X.dtype)
    losses = []
    for _ in range(num_iterations):
        R1 = F.relu(torch.cat([X.T, one], dim=1) @ B1.T)
        out = torch.sigmoid(torch.cat([R1, one], dim=1) @ B2.T)
        loss = F.mse_loss(out, Y.T)
        losses.append(loss.item())
        B1.grad = B2.grad = None
        loss.backward()
        with torch.no_grad():
            B1 -= learning_rate * B1.grad
            B2 -= learning_rate * B2.grad
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    F.binary_cross_entropy(model(X), Y).backward()
    weights = [layer.weight for layer in model.modules() if type(layer) is torch.nn.Linear]
    return [w.grad.abs().mean().item() for w in weights]
