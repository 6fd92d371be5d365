"""Everything sample by sample, with plain loops, so that I can see where each number comes from."""
import math

import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    return dict(f=u ** 3, u=u, du_dx=2, df_du=3 * u ** 2, df_dx=2 * 3 * u ** 2)


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dz = 2 * z
    return dict(a=a, z=z, L=z ** 2, dL_dz=dz, dL_da=dz, dL_dw=dz * x, dL_dx=dz * w, dL_db=dz)


def single_neuron(x, w, b, y):
    z = b
    for xi, wi in zip(x, w):
        z += xi * wi
    a = 1 / (1 + math.exp(-z))
    error = a - y
    slope = a * (1 - a)
    dz = error * slope
    return dict(z=z, a=a, L=error ** 2 / 2, dL_da=error, da_dz=slope, dL_dz=dz, dL_db=dz,
                dL_dw=np.array([dz * xi for xi in x]))


def logistic(z):
    """For one number; never overflows."""
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    e = math.exp(z)
    return e / (1 + e)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.2, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(0, 0.2, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        return (Z > 0).astype(float)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        out = np.empty(Z.shape)
        for i in np.ndindex(Z.shape):
            out[i] = logistic(Z[i])
        return out

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * (1 - self.sigmoid(Z))

    def forward(self, X):
        m = X.shape[1]
        h, k = self.W1.shape[0], self.W2.shape[0]
        Z1, A1 = np.zeros((h, m)), np.zeros((h, m))
        Z2, A2 = np.zeros((k, m)), np.zeros((k, m))
        for s in range(m):
            Z1[:, s] = self.W1 @ X[:, s] + self.b1[:, 0]
            A1[:, s] = self.relu(Z1[:, s])
            Z2[:, s] = self.W2 @ A1[:, s] + self.b2[:, 0]
            A2[:, s] = self.sigmoid(Z2[:, s])
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        total = 0.0
        for s in range(m):
            for j in range(Y.shape[0]):
                a = min(max(A2[j, s], 1e-12), 1 - 1e-12)
                total -= Y[j, s] * math.log(a) + (1 - Y[j, s]) * math.log(1 - a)
        return total / m

    def backward(self, Y, cache):
        m = Y.shape[1]
        dW1, db1 = np.zeros_like(self.W1), np.zeros_like(self.b1)
        dW2, db2 = np.zeros_like(self.W2), np.zeros_like(self.b2)
        for s in range(m):
            x, z1, a1 = cache["X"][:, s], cache["Z1"][:, s], cache["A1"][:, s]
            d2 = cache["A2"][:, s] - Y[:, s]
            d1 = (self.W2.T @ d2) * self.relu_derivative(z1)
            dW2 += np.outer(d2, a1)
            db2[:, 0] += d2
            dW1 += np.outer(d1, x)
            db1[:, 0] += d1
        for total in (dW2, db2):
            total /= m
        return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * gradients["dW1"]
        self.b1 = self.b1 - lr * gradients["db1"]
        self.W2 = self.W2 - lr * gradients["dW2"]
        self.b2 = self.b2 - lr * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            history.append(self.compute_loss(Y, out))
            if step % print_every == 0:
                print(step, history[-1])
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        out = self.forward(X)[0]
        labels = np.zeros(out.shape, dtype=int)
        for j, s in np.ndindex(out.shape):
            labels[j, s] = 1 if out[j, s] > 0.5 else 0
        return labels


def loss_at(nn, X, Y):
    return nn.compute_loss(Y, nn.forward(X)[0])


def compare(nn, X, Y, epsilon, limit):
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        diff2 = size2 = 0.0
        for count, pos in enumerate(np.ndindex(theta.shape)):
            if limit is not None and count >= limit:
                break
            keep = theta[pos]
            theta[pos] = keep + epsilon
            up = loss_at(nn, X, Y)
            theta[pos] = keep - epsilon
            down = loss_at(nn, X, Y)
            theta[pos] = keep
            slope = (up - down) / (2 * epsilon)
            mine = grads["d" + name][pos]
            diff2 += (slope - mine) ** 2
            size2 += slope ** 2 + mine ** 2
        report[name] = math.sqrt(diff2 / size2) if size2 > 0 else 0.0
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, limit=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, limit=None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.2, (hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.normal(0, 0.2, (hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.normal(0, 0.2, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        cache = {"X": X}
        A = X
        for layer in (1, 2, 3):
            W, b = getattr(self, f"W{layer}"), getattr(self, f"b{layer}")
            Z = np.zeros((W.shape[0], X.shape[1]))
            for s in range(X.shape[1]):
                Z[:, s] = W @ A[:, s] + b[:, 0]
            if layer < 3:
                A = np.where(Z > 0, Z, 0)
            else:
                A = np.array([[logistic(z) for z in row] for row in Z])
            cache[f"Z{layer}"], cache[f"A{layer}"] = Z, A
        return A, cache

    def compute_loss(self, Y, A3):
        total = 0.0
        for s in range(Y.shape[1]):
            for j in range(Y.shape[0]):
                a = min(max(A3[j, s], 1e-12), 1 - 1e-12)
                total -= Y[j, s] * math.log(a) + (1 - Y[j, s]) * math.log(1 - a)
        return total / Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        names = ("W1", "b1", "W2", "b2", "W3", "b3")
        g = {"d" + n: np.zeros_like(getattr(self, n)) for n in names}
        for s in range(m):
            d3 = cache["A3"][:, s] - Y[:, s]
            d2 = (self.W3.T @ d3) * (cache["Z2"][:, s] > 0)
            d1 = (self.W2.T @ d2) * (cache["Z1"][:, s] > 0)
            for layer, d, before in ((1, d1, "X"), (2, d2, "A1"), (3, d3, "A2")):
                g[f"dW{layer}"] += np.outer(d, cache[before][:, s]) / m
                g[f"db{layer}"][:, 0] += d / m
        return g

    def update_parameters(self, gradients):
        for layer in (1, 2, 3):
            for kind in "Wb":
                n = f"{kind}{layer}"
                setattr(self, n, getattr(self, n) - self.learning_rate * gradients["d" + n])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            history.append(self.compute_loss(Y, out))
            if step % print_every == 0:
                print(step, history[-1])
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        return np.array([[int(a > 0.5) for a in row] for row in self.forward(X)[0]])


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * x1 * (plus + minus), 2 * x2 * (plus - minus)


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    ((w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2).backward()
    return w1.grad.item(), w2.grad.item()


def autograd_linear(x, w, b):
    t = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b)]
    (t[1] * t[0] + t[2]).backward()
    return tuple(v.grad.item() for v in t)


def leaf_parameters(shape, scale, generator):
    values = scale * torch.randn(*shape, generator=generator)
    return values.detach().requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    history = []
    for _ in range(num_iterations):
        w1, c1, w2, c2 = params
        out = torch.sigmoid(w2 @ torch.relu(w1 @ X + c1) + c2)
        loss = ((out - Y) ** 2).mean()
        history.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
                p.grad = None
    return history


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    sizes = []
    for part in model.modules():
        if isinstance(part, torch.nn.Linear):
            sizes.append(float(part.weight.grad.abs().mean()))
    return sizes
