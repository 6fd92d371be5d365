import numpy as np, torch


def chain_rule(x):
    inner = 2 * x + 1
    outer = inner ** 3
    d_inner = 2.0
    d_outer = 3.0 * inner * inner
    return dict(f=outer, u=inner, du_dx=d_inner, df_du=d_outer, df_dx=d_outer * d_inner)


def computational_graph(w, x, b):
    res = {}
    res["a"] = w * x
    res["z"] = res["a"] + b
    res["L"] = res["z"] ** 2
    res["dL_dz"] = 2 * res["z"]
    res["dL_da"] = res["dL_dz"]          # addition passes the gradient on
    res["dL_db"] = res["dL_dz"]
    res["dL_dw"] = res["dL_da"] * x      # multiplication swaps the factors
    res["dL_dx"] = res["dL_da"] * w
    return res


def single_neuron(x, w, b, y):
    res = {}
    res["z"] = np.sum(w * x) + b
    res["a"] = 1.0 / (1.0 + np.exp(-res["z"]))
    res["L"] = (y - res["a"]) ** 2 / 2
    res["dL_da"] = res["a"] - y
    res["da_dz"] = res["a"] * (1 - res["a"])
    res["dL_dz"] = res["dL_da"] * res["da_dz"]
    res["dL_dw"] = res["dL_dz"] * x
    res["dL_db"] = res["dL_dz"]
    return res


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.lr = self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * .1; self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * .1; self.b2 = np.zeros((output_size, 1))

    def relu(self, Z): return np.maximum(Z, 0)

    def relu_derivative(self, Z): return np.float64(np.asarray(Z) > 0)

    def sigmoid(self, Z): return 1 / (1 + np.exp(-np.clip(Z, -400, 400)))

    def sigmoid_derivative(self, Z): s = self.sigmoid(Z); return s * (1 - s)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1; A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2; A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        A2 = np.clip(A2, 1e-15, 1 - 1e-15); k, m = Y.shape
        return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m

    def backward(self, Y, cache):
        X, Z1, A1, A2 = (cache[q] for q in ("X", "Z1", "A1", "A2")); m = Y.shape[1]
        d2 = (A2 - Y) / m; d1 = self.W2.T @ d2 * (Z1 > 0)
        return dict(dW1=d1 @ X.T, db1=d1.sum(1, keepdims=True), dW2=d2 @ A1.T, db2=d2.sum(1, keepdims=True))

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]; self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]; self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        hist = []
        for i in range(num_iterations):
            A2, c = self.forward(X); hist.append(self.compute_loss(Y, A2)); self.update_parameters(self.backward(Y, c))
            if i % print_every == 0: print(i, hist[-1])
        return hist

    def predict(self, X): return (self.forward(X)[0] > .5).astype(int)


def num_grad(nn, X, Y, p, n, e):
    f = lambda: nn.compute_loss(Y, nn.forward(X)[0]); g = np.zeros(n); flat = p.reshape(-1)
    for i in range(n):
        o = flat[i]; flat[i] = o + e; a = f(); flat[i] = o - e; b = f(); flat[i] = o; g[i] = (a - b) / (2 * e)
    return g


def err(a, b): s = np.linalg.norm(a) + np.linalg.norm(b); return np.linalg.norm(a - b) / s if s else 0.


def gradient_check(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1]); r = {}
    for q in ("W1", "b1", "W2", "b2"):
        p = getattr(nn, q); n = min(10, p.size); r[q] = err(g["d" + q].reshape(-1)[:n], num_grad(nn, X, Y, p, n, epsilon))
    return r


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1]); r = {}
    for q in ("W1", "b1", "W2", "b2"):
        p = getattr(nn, q); r[q] = err(g["d" + q].reshape(-1), num_grad(nn, X, Y, p, p.size, epsilon))
    return r


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate; R = lambda o, i: np.random.randn(o, i) * .1; O = lambda o: np.zeros((o, 1))
        self.W1, self.b1 = R(hidden1_size, input_size), O(hidden1_size)
        self.W2, self.b2 = R(hidden2_size, hidden1_size), O(hidden2_size)
        self.W3, self.b3 = R(output_size, hidden2_size), O(output_size)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1; A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2; A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3; A3 = 1 / (1 + np.exp(-np.clip(Z3, -400, 400)))
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        A3 = np.clip(A3, 1e-15, 1 - 1e-15); m = Y.shape[0]
        return -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m

    def backward(self, Y, cache):
        c = cache; d3 = (c["A3"] - Y) / Y.shape[1]; d2 = self.W3.T @ d3 * (c["Z2"] > 0); d1 = self.W2.T @ d2 * (c["Z1"] > 0)
        s = lambda d: d.sum(1, keepdims=True)
        return dict(dW1=d1 @ c["X"].T, db1=s(d1), dW2=d2 @ c["A1"].T, db2=s(d2), dW3=d3 @ c["A2"].T, db3=s(d3))

    def update_parameters(self, gradients):
        for q in ("W1", "b1", "W2", "b2", "W3", "b3"): setattr(self, q, getattr(self, q) - self.learning_rate * gradients["d" + q])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        hist = []
        for i in range(num_iterations):
            A3, c = self.forward(X); hist.append(self.compute_loss(Y, A3)); self.update_parameters(self.backward(Y, c))
            if i % print_every == 0: print(i, hist[-1])
        return hist

    def predict(self, X): return (self.forward(X)[0] > .5).astype(int)


def two_squares(w1, w2, x1, x2):
    # L = 2 (w1 x1)^2 + 2 (w2 x2)^2 after multiplying out
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator) * scale
    p.requires_grad_(True)
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    losses = []
    for i in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = torch.mean((A2 - Y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    flow = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            flow.append(layer.weight.grad.abs().mean().item())
    return flow
