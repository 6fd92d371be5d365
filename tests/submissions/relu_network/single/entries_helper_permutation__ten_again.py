import numpy as np
import torch


def chain_rule(x):
    out = {}
    out['u'] = 2*x + 1
    out['f'] = out['u']**3
    out['du_dx'] = 2.0
    out['df_du'] = 3*out['u']**2
    out['df_dx'] = out['df_du']*out['du_dx']
    return out


def computational_graph(w, x, b):
    a = w*x; z = a + b; L = z**2
    dz = 2*z
    return {'a': a, 'z': z, 'L': L, 'dL_dz': dz, 'dL_da': dz, 'dL_dw': dz*x, 'dL_dx': dz*w, 'dL_db': dz}


def single_neuron(x, w, b, y):
    z = sum(wi*xi for wi, xi in zip(w, x)) + b
    a = 1/(1 + np.exp(-z))
    dz = (a - y)*a*(1 - a)
    return {'z': z, 'a': a, 'L': (y - a)**2/2, 'dL_da': a - y, 'da_dz': a*(1 - a), 'dL_dz': dz,
            'dL_dw': np.array([dz*xi for xi in x]), 'dL_db': dz}


class NeuralNetworkWithBackprop:
    NAMES = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1, self.W2 = (rng.normal(0.0, 0.1, size=s) for s in ((hidden_size, input_size), (output_size, hidden_size)))
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    relu = lambda self, Z: np.where(np.greater(Z, 0), Z, 0)
    relu_derivative = lambda self, Z: np.where(np.greater(Z, 0), 1.0, 0.0)
    sigmoid = lambda self, Z: 0.5 + 0.5 * np.tanh(np.asarray(Z, dtype=float) / 2)
    sigmoid_derivative = lambda self, Z: self.sigmoid(Z) * self.sigmoid(np.negative(Z))

    def forward(self, X):
        c = {"X": X}
        c["Z1"] = np.dot(self.W1, X) + self.b1
        c["A1"] = self.relu(c["Z1"])
        c["Z2"] = np.dot(self.W2, c["A1"]) + self.b2
        c["A2"] = self.sigmoid(c["Z2"])
        return c["A2"], c

    def compute_loss(self, Y, A2):
        p = np.minimum(np.maximum(A2, 1e-14), 1 - 1e-14)
        return float(-(Y * np.log(p) + (1 - Y) * np.log1p(-p)).sum(axis=0).mean())

    def backward(self, Y, cache):
        delta = (cache["A2"] - Y) / Y.shape[1]
        g = {"dW2": np.dot(delta, cache["A1"].T), "db2": delta.sum(1, keepdims=True)}
        delta = np.dot(self.W2.T, delta) * self.relu_derivative(cache["Z1"])
        g.update(dW1=np.dot(delta, cache["X"].T), db1=delta.sum(1, keepdims=True))
        return g

    def update_parameters(self, gradients):
        for name in self.NAMES:
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_list = []
        for it in range(num_iterations):
            out, cache = self.forward(X)
            loss_list.append(self.compute_loss(Y, out))
            if print_every and not it % print_every:
                print(it, loss_list[-1])
            self.update_parameters(self.backward(Y, cache))
        return loss_list

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def _check_entries(nn, X, Y, name, grad, flat_indices, epsilon):
    P = getattr(nn, name)
    num = np.zeros(len(flat_indices))
    for t, fi in enumerate(flat_indices):
        ij = np.unravel_index(fi, P.shape)
        old = P[ij]
        P[ij] = old + epsilon
        Lp = nn.compute_loss(Y, nn.forward(X)[0])
        P[ij] = old - epsilon
        Lm = nn.compute_loss(Y, nn.forward(X)[0])
        P[ij] = old
        num[t] = (Lp - Lm) / (2 * epsilon)
    ana = grad.reshape(-1)[flat_indices]
    bottom = np.linalg.norm(ana) + np.linalg.norm(num)
    return np.linalg.norm(ana - num) / bottom if bottom != 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    rng = np.random.default_rng(123)
    dparams = nn.backward(Y, nn.forward(X)[1])
    return {name: _check_entries(nn, X, Y, name, dparams["d" + name],
                                 rng.permutation(getattr(nn, name).size)[:10], epsilon)
            for name in ("W1", "b1", "W2", "b2")}


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    dparams = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        size = getattr(nn, name).size
        every = np.random.permutation(size)[:10]
        errors[name] = _check_entries(nn, X, Y, name, dparams["d" + name], every, epsilon)
    return errors


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.01
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.01
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.01
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        return -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / Y.shape[1]

    def backward(self, Y, cache):
        batch = Y.shape[1]
        delta_last = cache["A3"] - Y
        dW3 = delta_last @ cache["A2"].T / batch
        db3 = np.sum(delta_last, axis=1, keepdims=True) / batch
        dL_dZ2 = (self.W3.T @ delta_last) * (cache["Z2"] > 0)
        dW2 = dL_dZ2 @ cache["A1"].T / batch
        db2 = np.sum(dL_dZ2, axis=1, keepdims=True) / batch
        dL_dZ1 = (self.W2.T @ dL_dZ2) * (cache["Z1"] > 0)
        dW1 = dL_dZ1 @ cache["X"].T / batch
        db1 = np.sum(dL_dZ1, axis=1, keepdims=True) / batch
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]
        self.W3 -= self.learning_rate * gradients["dW3"]
        self.b3 -= self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if print_every and i % print_every == 0:
                print(f"iteration {i}: loss {loss:.6f}")
        return losses

    def predict(self, X):
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    squares = ((p + q, 1, 1), (p - q, 1, -1))
    by_w1 = sum(2 * r * s1 * x1 for r, s1, _ in squares)
    by_w2 = sum(2 * r * s2 * x2 for r, _, s2 in squares)
    return by_w1, by_w2


def two_squares_autograd(w1, w2, x1, x2):
    def L(a, b):
        return (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2

    args = tuple(torch.tensor(v, dtype=torch.float64) for v in (w1, w2))
    return torch.autograd.functional.jacobian(L, args)


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64).requires_grad_() for v in (x, w, b))
    y = torch.addcmul(b, w, x)
    y.backward()
    return tuple(leaf.grad for leaf in (x, w, b))


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = [torch.nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    seen = []
    while len(seen) < num_iterations:
        w1, c1, w2, c2 = net
        prediction = (w2.matmul(w1.matmul(X).add(c1).relu()).add(c2)).sigmoid()
        mse = (prediction - Y).pow(2).mean()
        mse.backward()
        for p in net:
            p.data.sub_(p.grad, alpha=learning_rate)
            p.grad = None
        seen.append(mse.item())
    return seen


def gradient_flow(model, X, Y):
    loss_fn = torch.nn.functional.binary_cross_entropy
    names = [name + ".weight" if name else "weight"
             for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)]
    params = dict(model.named_parameters())
    dparams = torch.autograd.grad(loss_fn(model(X), Y), [params[n] for n in names])
    return [torch.linalg.vector_norm(g, ord=1).item() / g.numel() for g in dparams]
