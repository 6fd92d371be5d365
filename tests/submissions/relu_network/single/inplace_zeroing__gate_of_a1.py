import numpy as np
import torch


def chain_rule(x):
    u = 2.0 * x + 1.0
    links = {'du_dx': 2.0, 'df_du': 3.0 * u * u}
    total = 1.0
    for v in links.values():
        total = total * v
    return {'f': u * u * u, 'u': u, **links, 'df_dx': total}


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
    z = sum(p * q for p, q in zip(w, x)) + b
    e = np.exp(-abs(z))
    a = 1 / (1 + e) if z >= 0 else e / (1 + e)
    steps = {'z': z, 'a': a, 'L': (y - a) ** 2 * 0.5}
    steps['dL_da'] = a - y
    steps['da_dz'] = e / (1 + e) ** 2
    steps['dL_dz'] = steps['dL_da'] * steps['da_dz']
    steps['dL_dw'] = steps['dL_dz'] * np.array(x)
    steps['dL_db'] = steps['dL_dz']
    return steps


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))

    def forward(self, X):
        affine = lambda W, inp, bias: np.matmul(W, inp) + bias
        Z1 = affine(self.W1, X, self.b1)
        Z2 = affine(self.W2, self.relu(Z1), self.b2)
        prediction = self.sigmoid(Z2)
        return prediction, dict(X=X, Z1=Z1, A1=self.relu(Z1), Z2=Z2, A2=prediction)

    def compute_loss(self, Y, A2):
        t = torch.from_numpy(np.array(Y, dtype=float))
        p = torch.from_numpy(np.clip(np.array(A2, dtype=float), 1e-12, 1 - 1e-12))
        return torch.nn.functional.binary_cross_entropy(p, t, reduction='sum').item() / t.shape[1]

    def backward(self, Y, cache):
        A1, A2 = cache['A1'], cache['A2']
        grad_out = np.array(A2, dtype=float)
        grad_out -= Y
        open_units = A1 >= 0
        grad_hidden = self.W2.T.dot(grad_out)
        grad_hidden[~open_units] = 0
        count = A2.shape[1]
        return dict(
            dW2=grad_out.dot(A1.T) / count,
            dW1=grad_hidden.dot(cache['X'].T) / count,
            db2=grad_out.sum(axis=1, keepdims=True) / count,
            db1=grad_hidden.sum(axis=1, keepdims=True) / count,
        )

    def update_parameters(self, gradients):
        current = vars(self)
        new = {n: current[n] - self.learning_rate * gradients['d' + n] for n in ('W1', 'b1', 'W2', 'b2')}
        current.update(new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_log = np.zeros(num_iterations)
        for step in range(num_iterations):
            prediction, orig = self.forward(X)
            loss_log[step] = self.compute_loss(Y, prediction)
            grads = self.backward(Y, orig)
            self.update_parameters(grads)
            if step % print_every == 0:
                print('step', step, 'loss', loss_log[step])
        return loss_log.tolist()

    def predict(self, X):
        prediction, cache = self.forward(X)
        return np.greater(prediction, 0.5).astype(np.int64)

    def relu(self, Z):
        return (Z + np.abs(Z)) / 2

    def relu_derivative(self, Z):
        g = np.zeros(np.shape(Z))
        g[np.asarray(Z) > 0] = 1
        return g

    def sigmoid(self, Z):
        z = np.array(Z, dtype=float)
        table = np.empty_like(z)
        pos = z >= 0
        table[pos] = 1.0 / (1.0 + np.exp(-z[pos]))
        t = np.exp(z[~pos])
        table[~pos] = t / (1.0 + t)
        return table

    def sigmoid_derivative(self, Z):
        return (lambda p: p * (1.0 - p))(self.sigmoid(Z))


def gradient_check(nn, X, Y, epsilon=1e-05):
    import copy
    clone_ = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    f = lambda: clone_.compute_loss(Y, clone_.forward(X)[0])
    result = {}
    for key in 'W1 b1 W2 b2'.split():
        arr = getattr(clone_, key)
        diff2 = a2 = n2 = 0.0
        for flat in np.random.permutation(arr.size)[:10]:
            where = np.unravel_index(flat, arr.shape)
            orig = arr[where]
            arr[where] = orig + epsilon; up = f()
            arr[where] = orig - epsilon; down = f()
            arr[where] = orig
            num = (up - down) / (2.0 * epsilon)
            backprop_g = g['d' + key][where]
            diff2 += (num - backprop_g) ** 2
            a2 += backprop_g ** 2
            n2 += num ** 2
        scale = np.sqrt(a2) + np.sqrt(n2)
        result[key] = np.sqrt(diff2) / scale if scale else 0.0
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    import copy
    clone_ = copy.deepcopy(nn)
    exact = copy.deepcopy(nn)
    g = exact.backward(Y, exact.forward(X)[1])
    result = {}
    for key in 'W1 b1 W2 b2'.split():
        arr = getattr(clone_, key)
        num = np.empty(arr.shape)
        it = np.nditer(arr, flags=['multi_index'])
        for _ in it:
            where = it.multi_index
            orig = float(arr[where])
            arr[where] = orig + epsilon
            up = clone_.compute_loss(Y, clone_.forward(X)[0])
            arr[where] = orig - epsilon
            down = clone_.compute_loss(Y, clone_.forward(X)[0])
            arr[where] = orig
            num[where] = (up - down) / (2.0 * epsilon)
        backprop_g = g['d' + key]
        scale = np.abs(backprop_g).max() + np.abs(num).max()
        result[key] = np.abs(backprop_g - num).max() / scale if scale else 0.0
    return result


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for i in range(1, len(dims)):
            setattr(self, f'W{i}', np.random.randn(dims[i], dims[i - 1]) * 0.05)
            setattr(self, f'b{i}', np.zeros((dims[i], 1)))

    def forward(self, X):
        cache, signal = {'X': X}, X
        for i in (1, 2, 3):
            net_in = getattr(self, f'W{i}') @ signal + getattr(self, f'b{i}')
            signal = net_in * (net_in > 0) if i < 3 else 0.5 * (1 + np.tanh(net_in / 2))
            cache[f'Z{i}'], cache[f'A{i}'] = net_in, signal
        return signal, cache

    def compute_loss(self, Y, A3):
        q = np.clip(A3, 1e-14, 1 - 1e-14)
        return -(Y * np.log(q) + (1 - Y) * np.log(1 - q)).sum(axis=0).mean()

    def backward(self, Y, cache):
        grads = {}
        upstream = (cache['A3'] - Y) / Y.shape[1]
        for i in (3, 2, 1):
            below = cache['X'] if i == 1 else cache[f'A{i - 1}']
            grads[f'dW{i}'] = upstream @ below.T
            grads[f'db{i}'] = upstream.sum(axis=1, keepdims=True)
            if i > 1:
                upstream = getattr(self, f'W{i}').T @ upstream * (cache[f'Z{i - 1}'] > 0)
        return grads

    def update_parameters(self, gradients):
        for p in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3'):
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients['d' + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def one_step():
            prediction, cache = self.forward(X)
            current = self.compute_loss(Y, prediction)
            self.update_parameters(self.backward(Y, cache))
            return current
        loss_log = []
        while len(loss_log) < num_iterations:
            loss_log.append(one_step())
            if print_every and (len(loss_log) - 1) % print_every == 0:
                print('%6d %.6f' % (len(loss_log) - 1, loss_log[-1]))
        return loss_log

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    t1, t2 = (torch.tensor(float(v), dtype=torch.float64).requires_grad_() for v in (w1, w2))
    loss = torch.square(t1 * x1 + t2 * x2) + torch.square(t1 * x1 - t2 * x2)
    return torch.autograd.grad(loss, (t1, t2))


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
    W1, b1, W2, b2 = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
    opt = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
    loss_log = []
    for _ in range(num_iterations):
        opt.zero_grad()
        A1 = torch.relu(torch.matmul(W1, X) + b1)
        A2 = torch.sigmoid(torch.matmul(W2, A1) + b2)
        current = torch.mean((A2 - Y).pow(2))
        current.backward()
        opt.step()
        loss_log.append(current.detach().item())
    return loss_log


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
