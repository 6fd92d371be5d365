import numpy as np
import torch


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
        self.learning_rate = learning_rate
        # same ranges as torch.nn.Linear for the weights
        self.W1 = np.random.uniform(-1, 1, (hidden_size, input_size)) / np.sqrt(input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.uniform(-1, 1, (output_size, hidden_size)) / np.sqrt(hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return torch.relu(torch.as_tensor(Z)).numpy().copy()

    def relu_derivative(self, Z):
        return (torch.as_tensor(Z) > 0).double().numpy()

    def sigmoid(self, Z):
        return torch.sigmoid(torch.as_tensor(np.asarray(Z, dtype=np.float64))).numpy()

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        p = np.clip(A2, 1e-15, 1 - 1e-15)
        nll = -(Y * np.log(p) + (1 - Y) * np.log(1 - p))
        return nll.sum(axis=0).mean()

    def backward(self, Y, cache):
        batch = Y.shape[1]
        grad_Z2 = (cache["A2"] - Y) / batch
        grad_A1 = self.W2.T @ grad_Z2
        grad_Z1 = np.where(cache["Z1"] > 0, grad_A1, 0.0)
        return {
            "dW1": grad_Z1 @ cache["X"].T,
            "db1": grad_Z1.sum(1, keepdims=True),
            "dW2": grad_Z2 @ cache["A1"].T,
            "db2": grad_Z2.sum(1, keepdims=True),
        }

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1, self.b1 = self.W1 - lr * gradients["dW1"], self.b1 - lr * gradients["db1"]
        self.W2, self.b2 = self.W2 - lr * gradients["dW2"], self.b2 - lr * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for epoch in range(num_iterations):
            out, cache = self.forward(X)
            loss = self.compute_loss(Y, out)
            self.update_parameters(self.backward(Y, cache))
            history.append(loss)
            if epoch % print_every == 0:
                print(f"epoch {epoch:4d} loss {loss:.4f}")
        return history

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def _gradcheck(net, X, Y, eps, indices_of):
    grads = net.backward(Y, net.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(net, name)
        backup = param.copy()
        pairs = []
        for index in indices_of(param):
            param[index] += eps
            plus = net.compute_loss(Y, net.forward(X)[0])
            param[...] = backup
            param[index] -= eps
            minus = net.compute_loss(Y, net.forward(X)[0])
            param[...] = backup
            pairs.append(((plus - minus) / (2 * eps), grads["d" + name][index]))
        numeric, analytic = np.array(pairs).T
        report[name] = np.linalg.norm(numeric - analytic) / (np.linalg.norm(numeric) + np.linalg.norm(analytic) + 1e-35)
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _gradcheck(nn, X, Y, epsilon, lambda p: list(np.ndindex(p.shape))[:10])


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _gradcheck(nn, X, Y, epsilon, lambda p: list(np.ndindex(p.shape)))


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        uniform = lambda o, i: np.random.uniform(-1, 1, (o, i)) / np.sqrt(i)
        self.W1, self.b1 = uniform(hidden1_size, input_size), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = uniform(hidden2_size, hidden1_size), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = uniform(output_size, hidden2_size), np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = torch.sigmoid(torch.as_tensor(Z3)).numpy()
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        p = np.clip(A3, 1e-15, 1 - 1e-15)
        return -(Y * np.log(p) + (1 - Y) * np.log(1 - p)).sum(axis=0).mean()

    def backward(self, Y, cache):
        grad_Z3 = (cache["A3"] - Y) / Y.shape[1]
        grad_Z2 = np.where(cache["Z2"] > 0, self.W3.T @ grad_Z3, 0.0)
        grad_Z1 = np.where(cache["Z1"] > 0, self.W2.T @ grad_Z2, 0.0)
        return {
            "dW1": grad_Z1 @ cache["X"].T, "db1": grad_Z1.sum(1, keepdims=True),
            "dW2": grad_Z2 @ cache["A1"].T, "db2": grad_Z2.sum(1, keepdims=True),
            "dW3": grad_Z3 @ cache["A2"].T, "db3": grad_Z3.sum(1, keepdims=True),
        }

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1, self.b1 = self.W1 - lr * gradients["dW1"], self.b1 - lr * gradients["db1"]
        self.W2, self.b2 = self.W2 - lr * gradients["dW2"], self.b2 - lr * gradients["db2"]
        self.W3, self.b3 = self.W3 - lr * gradients["dW3"], self.b3 - lr * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for epoch in range(num_iterations):
            out, cache = self.forward(X)
            history.append(self.compute_loss(Y, out))
            self.update_parameters(self.backward(Y, cache))
            if epoch % print_every == 0:
                print(f"epoch {epoch:4d} loss {history[-1]:.4f}")
        return history

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = (torch.tensor(p.tolist(), dtype=p.dtype, requires_grad=True) for p in (W1, b1, W2, b2))
    weights = [W1, W2]
    history = []
    for epoch in range(num_iterations):
        out = torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)
        loss = ((out - Y) ** 2).sum() / Y.shape[1]
        history.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in weights:
                p -= learning_rate * p.grad
                p.grad = None
    return history


def two_squares(w1, w2, x1, x2):
    # L = 2 (w1 x1)^2 + 2 (w2 x2)^2 after multiplying out
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(float(w1), dtype=torch.float64, requires_grad=True)
    b = torch.tensor(float(w2), dtype=torch.float64, requires_grad=True)
    loss = (a * x1 + b * x2).pow(2) + (a * x1 - b * x2).pow(2)
    return torch.autograd.grad(loss, (a, b))


def autograd_linear(x, w, b):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in (x, w, b)]
    out = leaves[1] * leaves[0] + leaves[2]
    return torch.autograd.grad(out, leaves)


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def gradient_flow(model, X, Y):
    linears = [m for m in model.modules() if isinstance(m, torch.nn.Linear)]
    loss = torch.nn.BCELoss()(model(X), Y)
    grads = torch.autograd.grad(loss, [m.weight for m in linears])
    return [g.abs().mean().item() for g in grads]
