'''Homework: backprop.'''
import numpy as np
import torch


def chain_rule(x):
    '''Derivative of a composed function.'''
    u = x + x + 1
    sq = u * u
    return dict(f=sq * u, u=u, du_dx=2, df_du=3 * sq, df_dx=6 * sq)


def computational_graph(w, x, b):
    '''Small graph, forwards then back.'''
    a = w * x; z = a + b; L = z * z
    back = {'dL_dz': 2 * z}
    back['dL_da'] = back['dL_dz']
    back['dL_db'] = back['dL_dz']
    back.update(dL_dw=x * back['dL_da'], dL_dx=w * back['dL_da'])
    return {'a': a, 'z': z, 'L': L, **back}


def single_neuron(x, w, b, y):
    '''Sigmoid unit with squared error.'''
    sig = lambda t: 1 / (1 + np.exp(-t))
    z = (np.asarray(w) * np.asarray(x)).sum() + b
    a = sig(z)
    slope = sig(z) * sig(-z)
    g = (a - y) * slope
    return {'z': z, 'a': a, 'L': (a - y) ** 2 / 2, 'dL_da': a - y, 'da_dz': slope, 'dL_dz': g, 'dL_dw': g * np.asarray(x), 'dL_db': g}


class Activations:
    def relu(self, Z):
        '''Cut off below zero.'''
        return Z * (Z > 0)

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        '''Logistic curve, safe for big inputs.'''
        return np.exp(-np.logaddexp(0.0, -np.asarray(Z, dtype=float)))

    def sigmoid_derivative(self, Z):
        a = self.sigmoid(Z)
        return a - a ** 2


class NeuralNetworkWithBackprop(Activations):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        def small(rows, cols):
            return 0.01 * np.random.standard_normal((rows, cols))
        n, h, k = input_size, hidden_size, output_size
        self.W1, self.b1 = small(h, n), np.zeros((h, 1))
        self.W2, self.b2 = small(k, h), np.zeros((k, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        '''Run both layers and remember everything.'''
        affine = lambda W, inp, bias: np.matmul(W, inp) + bias
        Z1 = affine(self.W1, X, self.b1)
        Z2 = affine(self.W2, self.relu(Z1), self.b2)
        probs_ = self.sigmoid(Z2)
        return probs_, dict(X=X, Z1=Z1, A1=self.relu(Z1), Z2=Z2, A2=probs_)

    def compute_loss(self, Y, A2):
        q = np.clip(A2, 1e-12, 1 - 1e-12)
        return np.average(-(Y * np.log(q) + (1 - Y) * np.log(1 - q)), axis=1).sum()

    def backward(self, Y, cache):
        grads = {}
        dL_dz = (cache['A2'] - Y) / Y.shape[1]
        for i, below in ((2, cache['A1']), (1, cache['X'])):
            grads['dW%d' % i] = dL_dz @ below.T
            grads['db%d' % i] = dL_dz.sum(axis=1, keepdims=True)
            if i == 2:
                dL_dz = (self.W2.T @ dL_dz) * self.relu_derivative(cache['Z1'])
        return grads

    def update_parameters(self, gradients):
        lr_ = self.learning_rate
        self.W1 = self.W1 - lr_ * gradients['dW1']
        self.b1 = self.b1 - lr_ * gradients['db1']
        self.W2 = self.W2 - lr_ * gradients['dW2']
        self.b2 = self.b2 - lr_ * gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        curve = []
        for epoch in range(1, num_iterations + 1):
            probs_, memo = self.forward(X)
            curve += [self.compute_loss(Y, probs_)]
            g = self.backward(Y, memo)
            self.update_parameters(g)
            if epoch % print_every == 0:
                print('Epoch {}/{} - {:.4f}'.format(epoch, num_iterations, curve[-1]))
        return curve

    def predict(self, X):
        '''Hard labels.'''
        probabilities, _ = self.forward(X)
        return probabilities.astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    '''Spot check by finite differences.'''
    grads = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    report = dict.fromkeys(['W1', 'b1', 'W2', 'b2'], 0.0)
    for p in report:
        tensor_ = getattr(nn, p)
        backup = tensor_.copy()
        take = min(10, tensor_.size)
        sample_idx = np.random.default_rng(7).permutation(tensor_.size)[:take]
        numeric = np.zeros(take)
        for t, i in enumerate(sample_idx):
            tensor_.flat[i] = backup.flat[i] + epsilon
            plus = J()
            tensor_.flat[i] = backup.flat[i] - epsilon
            minus = J()
            tensor_.flat[i] = backup.flat[i]
            numeric[t] = (plus - minus) / (2 * epsilon)
        bp = grads['d' + p].flat[sample_idx]
        den = np.sum(np.abs(bp)) + np.sum(np.abs(numeric))
        if den > 0:
            report[p] = np.sum(np.abs(bp - numeric)) / den
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = {k: np.array(v) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}

    def J():
        return nn.compute_loss(Y, nn.forward(X)[0])

    report = {}
    for p in ['W1', 'b1', 'W2', 'b2']:
        tensor_ = getattr(nn, p)
        numeric = []
        for i in range(tensor_.size):
            v = tensor_.flat[i]
            tensor_.flat[i] = v + epsilon
            plus = J()
            tensor_.flat[i] = v - epsilon
            numeric.append((plus - J()) / (2 * epsilon))
            tensor_.flat[i] = v
        numeric = np.array(numeric)
        bp = grads['d' + p].ravel()
        den = np.linalg.norm(bp) + np.linalg.norm(numeric)
        report[p] = 0.0 if den == 0 else np.linalg.norm(bp - numeric) / den
    return report


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        small = 0.1
        self.W1 = small * np.random.randn(hidden1_size, input_size)
        self.W2 = small * np.random.randn(hidden2_size, hidden1_size)
        self.W3 = small * np.random.randn(output_size, hidden2_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        relu = lambda z: np.maximum(0.0, z)
        A1 = relu(Z1 := self.W1 @ X + self.b1)
        A2 = relu(Z2 := self.W2 @ A1 + self.b2)
        Z3 = self.W3 @ A2 + self.b3
        with np.errstate(over='ignore'):
            A3 = 1.0 / (1.0 + np.exp(-Z3))
        return A3, {'X': X, 'Z1': Z1, 'Z2': Z2, 'Z3': Z3, 'A1': A1, 'A2': A2, 'A3': A3}

    def compute_loss(self, Y, A3):
        p = np.minimum(np.maximum(A3, 1e-12), 1 - 1e-12)
        cost = np.log(p) * Y
        cost += np.log(1 - p) * (1 - Y)
        return -cost.sum() / cost.shape[1]

    def backward(self, Y, cache):
        g = {'dW1': 0.0, 'dW2': 0.0, 'dW3': 0.0, 'db1': 0.0, 'db2': 0.0, 'db3': 0.0}
        cols = Y.shape[1]
        for s in range(cols):
            col = lambda name: cache[name][:, s:s + 1]
            dL_dz3 = (col('A3') - Y[:, s:s + 1]) / cols
            dL_dz2 = (self.W3.T @ dL_dz3) * (col('Z2') > 0)
            dL_dz1 = (self.W2.T @ dL_dz2) * (col('Z1') > 0)
            for i, d, a in ((1, dL_dz1, col('X')), (2, dL_dz2, col('A1')), (3, dL_dz3, col('A2'))):
                g[f'dW{i}'] = g[f'dW{i}'] + d @ a.T
                g[f'db{i}'] = g[f'db{i}'] + d
        return g

    def update_parameters(self, gradients):
        current = vars(self)
        new = {n: current[n] - self.learning_rate * gradients['d' + n] for n in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3')}
        current.update(new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        '''Plain full batch descent.'''
        curve = list()
        it = 0
        while it < num_iterations:
            probs_, cache = self.forward(X)
            val = self.compute_loss(Y, probs_)
            if it % print_every == 0: print('loss at', it, '=', val)
            curve.append(val)
            self.update_parameters(gradients=self.backward(Y, cache))
            it += 1
        return curve

    def predict(self, X):
        '''Hard labels.'''
        probs_, _ = self.forward(X)
        return np.where(probs_ > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.double, requires_grad=True)
    s = w * torch.tensor([x1, x2], dtype=torch.double)
    ((s[0] + s[1]) ** 2 + (s[0] - s[1]) ** 2).backward()
    return tuple(w.grad.tolist())


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    numbers = torch.randn(*shape, generator=generator).mul(scale)
    return numbers.clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = {n: torch.tensor(t.numpy().copy(), requires_grad=True) for n, t in zip(['W1', 'b1', 'W2', 'b2'], [W1, b1, W2, b2])}
    curve = []
    for it in range(num_iterations):
        H1 = torch.clamp(P['W1'] @ X + P['b1'], min=0)
        yh = torch.sigmoid(P['W2'] @ H1 + P['b2'])
        mse = torch.nn.functional.mse_loss(yh, Y)
        grads = torch.autograd.grad(mse, list(P.values()))
        curve.append(float(mse.detach()))
        P = {n: (t - learning_rate * g).detach().requires_grad_() for (n, t), g in zip(P.items(), grads)}
    return curve


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    criterion = torch.nn.BCELoss(reduction='mean')
    criterion(model(X), Y).backward()
    means = []
    for _, layer in model.named_modules():
        if isinstance(layer, torch.nn.Linear):
            g = layer.weight.grad
            means.append((g.abs().sum() / g.numel()).item())
    return means


assert NeuralNetworkWithBackprop(2, 3, 2).W2.shape == (2, 3)
assert leaf_parameters((2, 2), 0.1, torch.Generator()).is_leaf
