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
    # notation: delta_l = dL / dz_l
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        limit = 0.1
        self.W1 = np.random.uniform(-limit, limit, (hidden_size, input_size))
        self.W2 = np.random.uniform(-limit, limit, (output_size, hidden_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return Z.clip(min=0)

    def relu_derivative(self, Z):
        return (Z > 0).astype(float)

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * (1 - self.sigmoid(Z))

    def forward(self, X):
        z1 = self.W1 @ X + self.b1
        a1 = self.relu(z1)
        z2 = self.W2 @ a1 + self.b2
        a2 = self.sigmoid(z2)
        return a2, {"X": X, "Z1": z1, "A1": a1, "Z2": z2, "A2": a2}

    def compute_loss(self, Y, A2):
        a = np.clip(A2, 1e-15, 1 - 1e-15)
        return -1.0 / Y.shape[1] * np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a))

    def backward(self, Y, cache):
        delta2 = (cache["A2"] - Y) / Y.shape[1]
        delta1 = (self.W2.T @ delta2) * self.relu_derivative(cache["Z1"])
        return {
            "dW1": delta1 @ cache["X"].T,
            "db1": delta1.sum(axis=1, keepdims=True),
            "dW2": delta2 @ cache["A1"].T,
            "db2": delta2.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * gradients["dW1"]
        self.b1 = self.b1 - eta * gradients["db1"]
        self.W2 = self.W2 - eta * gradients["dW2"]
        self.b2 = self.b2 - eta * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for epoch in range(num_iterations):
            a2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, a2))
            self.update_parameters(self.backward(Y, cache))
            if epoch % print_every == 0:
                print("Epoch", epoch, "loss", losses[-1])
        return losses

    def predict(self, X):
        a2, _ = self.forward(X)
        return (a2 > 0.5).astype(int)


def numerical_gradient(nn, X, Y, theta, idx, eps):
    tmp = theta[idx]
    theta[idx] = tmp + eps
    Lp = nn.compute_loss(Y, nn.forward(X)[0])
    theta[idx] = tmp - eps
    Lm = nn.compute_loss(Y, nn.forward(X)[0])
    theta[idx] = tmp
    return (Lp - Lm) / (2 * eps)


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    err = {}
    for p in ["W1", "b1", "W2", "b2"]:
        theta = getattr(nn, p)
        it = np.nditer(theta, flags=["multi_index"])
        num, ana = [], []
        while not it.finished and len(num) < 10:
            idx = it.multi_index
            num.append(numerical_gradient(nn, X, Y, theta, idx, epsilon))
            ana.append(grads["d" + p][idx])
            it.iternext()
        num, ana = np.array(num), np.array(ana)
        err[p] = np.linalg.norm(num - ana) / (np.linalg.norm(num) + np.linalg.norm(ana) + 1e-25)
    return err


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    err = {}
    for p in ["W1", "b1", "W2", "b2"]:
        theta = getattr(nn, p)
        num = np.zeros_like(theta)
        it = np.nditer(num, flags=["multi_index"])
        while not it.finished:
            num[it.multi_index] = numerical_gradient(nn, X, Y, theta, it.multi_index, epsilon)
            it.iternext()
        ana = grads["d" + p]
        err[p] = np.linalg.norm(num - ana) / (np.linalg.norm(num) + np.linalg.norm(ana) + 1e-25)
    return err


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        limit = 0.1
        self.W1 = np.random.uniform(-limit, limit, (hidden1_size, input_size))
        self.W2 = np.random.uniform(-limit, limit, (hidden2_size, hidden1_size))
        self.W3 = np.random.uniform(-limit, limit, (output_size, hidden2_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        z1 = self.W1 @ X + self.b1
        a1 = z1.clip(min=0)
        z2 = self.W2 @ a1 + self.b2
        a2 = z2.clip(min=0)
        z3 = self.W3 @ a2 + self.b3
        a3 = 1 / (1 + np.exp(-np.clip(z3, -500, 500)))
        return a3, {"X": X, "Z1": z1, "A1": a1, "Z2": z2, "A2": a2, "Z3": z3, "A3": a3}

    def compute_loss(self, Y, A3):
        a = np.clip(A3, 1e-15, 1 - 1e-15)
        return -1.0 / Y.shape[1] * np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a))

    def backward(self, Y, cache):
        # (BP1) output error
        delta3 = cache["A3"] - Y
        # (BP2) hidden errors
        delta2 = (self.W3.T @ delta3) * (cache["Z2"] > 0)
        delta1 = (self.W2.T @ delta2) * (cache["Z1"] > 0)
        # (BP3) biases, (BP4) weights
        return {
            "db3": delta3.sum(axis=1, keepdims=True),
            "db2": delta2.sum(axis=1, keepdims=True),
            "db1": delta1.sum(axis=1, keepdims=True),
            "dW3": delta3 @ cache["A2"].T,
            "dW2": delta2 @ cache["Z1"].T,
            "dW1": delta1 @ cache["X"].T,
        }

    def update_parameters(self, gradients):
        eta = self.learning_rate
        for l in "123":
            setattr(self, "W" + l, getattr(self, "W" + l) - eta * gradients["dW" + l])
            setattr(self, "b" + l, getattr(self, "b" + l) - eta * gradients["db" + l])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for epoch in range(num_iterations):
            a3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, a3))
            self.update_parameters(self.backward(Y, cache))
            if epoch % print_every == 0:
                print("Epoch", epoch, "loss", losses[-1])
        return losses

    def predict(self, X):
        a3, _ = self.forward(X)
        return (a3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    # L = 2 (w1 x1)^2 + 2 (w2 x2)^2 after multiplying out
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w = [torch.tensor(v, requires_grad=True) for v in (w1, w2)]
    s, d = w[0] * x1 + w[1] * x2, w[0] * x1 - w[1] * x2
    (s * s + d * d).backward()
    return tuple(v.grad for v in w)


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], requires_grad=True)
    y = t[1] * t[0] + t[2]
    y.backward()
    return tuple(t.grad)


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    theta = {k: v.clone().requires_grad_(True) for k, v in theta.items()}
    out = []
    while len(out) < num_iterations:
        a = torch.sigmoid(theta["W2"] @ torch.relu(theta["W1"] @ X + theta["b1"]) + theta["b2"])
        mse = torch.sum((a - Y) ** 2) / Y.numel()
        mse.backward()
        out.append(mse.item())
        theta = {k: (v - learning_rate * v.grad).detach().requires_grad_(True) for k, v in theta.items()}
    return out


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    p = model(X)
    bce = -(Y * torch.log(p) + (1 - Y) * torch.log(1 - p)).mean()
    bce.backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
