import numpy as np
import torch


def chain_rule(x):
    u, du_dx = 2 * x + 1, 2
    f, df_du = u ** 3, 3 * u ** 2
    df_dx = df_du * du_dx
    return dict(f=f, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_dx)


def computational_graph(w, x, b):
    a = w * x; z = a + b; L = z ** 2
    dL_dz = 2 * z
    dL_da = dL_db = dL_dz
    dL_dw, dL_dx = dL_da * x, dL_da * w
    return dict(a=a, z=z, L=L, dL_dz=dL_dz, dL_da=dL_da, dL_dw=dL_dw, dL_dx=dL_dx, dL_db=dL_db)


def single_neuron(x, w, b, y):
    z = float(np.dot(x, w)) + b
    a = 1 / (1 + np.exp(-z))
    dL_da, da_dz = -(y - a), a * (1 - a)
    dL_dz = dL_db = dL_da * da_dz
    return dict(z=z, a=a, L=(y - a) ** 2 / 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dz * x, dL_db=dL_db)


def pack(*arrays):
    return np.concatenate([a.ravel() for a in arrays])


def unpack(vector, shapes):
    ends = np.cumsum([np.prod(s) for s in shapes])
    return [part.reshape(s) for part, s in zip(np.split(vector, ends[:-1]), shapes)]


class NeuralNetworkWithBackprop:
    keys = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        shapes = [(hidden_size, input_size), (hidden_size, 1), (output_size, hidden_size), (output_size, 1)]
        theta = 0.1 * np.random.randn(sum(a * b for a, b in shapes))
        self.W1, self.b1, self.W2, self.b2 = unpack(theta, shapes)
        self.b1 = np.zeros(self.b1.shape)
        self.b2 = np.zeros(self.b2.shape)

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return (np.sign(Z) + 1.0) // 2

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        return 1 / (2 + np.exp(np.clip(Z, -500, 500)) + np.exp(-np.clip(Z, -500, 500)))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        y, a = Y.ravel(), np.clip(A2.ravel(), 1e-15, 1 - 1e-15)
        return -(y @ np.log(a) + (1 - y) @ np.log(1 - a)) / Y.shape[1]

    def backward(self, Y, cache):
        h, k, m = len(self.W1), len(self.W2), Y.shape[1]
        d2 = 2 * (cache["A2"] - Y) / m
        d1 = (self.W2.T @ d2) * (cache["Z1"] > 0)
        db1 = np.full((h, 1), d1.sum())
        db2 = d2.sum(axis=1).reshape(k, 1)
        return dict(zip(("dW1", "db1", "dW2", "db2"), (d1 @ cache["X"].T, db1, d2 @ cache["A1"].T, db2)))

    def update_parameters(self, gradients):
        old = [getattr(self, key) for key in self.keys]
        theta = pack(*old) - self.learning_rate * pack(*[gradients["d" + key] for key in self.keys])
        for key, value in zip(self.keys, unpack(theta, [p.shape for p in old])):
            setattr(self, key, value)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A))
            if i % print_every == 0:
                print(f"step {i}: {losses[-1]:.5f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def compare_vectors(nn, X, Y, epsilon, most):
    grads = nn.backward(Y, nn.forward(X)[1])
    saved = {key: getattr(nn, key) for key in ("W1", "b1", "W2", "b2")}
    errors = {}
    for key, value in saved.items():
        count = min(value.size, most)
        numeric = np.zeros(count)
        for i in range(count):
            e = np.zeros(value.size)
            e[i] = epsilon
            e = e.reshape(value.shape)
            setattr(nn, key, value + e)
            above = nn.compute_loss(Y, nn.forward(X)[0])
            setattr(nn, key, value - e)
            below = nn.compute_loss(Y, nn.forward(X)[0])
            numeric[i] = (above - below) / (2 * epsilon)
        setattr(nn, key, value)
        exact = np.asarray(grads["d" + key]).ravel()[:count]
        errors[key] = np.linalg.norm(exact - numeric) / (np.linalg.norm(exact) + np.linalg.norm(numeric) + 1e-60)
    return errors


def gradient_check(nn, X, Y, epsilon=1e-05):
    return compare_vectors(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return compare_vectors(nn, X, Y, epsilon, 10 ** 9)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    keys = ("W1", "b1", "W2", "b2", "W3", "b3")

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = 0.1 * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.relu(Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = self.sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def backward(self, Y, cache):
        d3 = (cache["A3"] - Y) / Y.shape[1]
        d2 = (self.W3.T @ d3) * (cache["Z2"] > 0)
        d1 = (self.W2.T @ d2) * (cache["Z1"] > 0)
        col = lambda d: d.sum(axis=1).reshape(-1, 1)
        return {
            "dW1": d1 @ cache["X"].T, "db1": col(d1),
            "dW2": d2 @ cache["A1"].T, "db2": col(d2),
            "dW3": d3 @ cache["A2"].T, "db3": col(d3),
        }


def two_squares(w1, w2, x1, x2):
    u, v = w1 * x1, w2 * x2
    dL_du = 2 * (u + v) + 2 * (u - v)
    dL_dv = 2 * (u + v) - 2 * (u - v)
    return dL_du * x1, dL_dv * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], requires_grad=True)
    x = torch.tensor([x1, x2])
    prod = w * x
    L = (prod[0] + prod[1]) ** 2 + (prod[0] - prod[1]) ** 2
    L.backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    tx, tw, tb = (torch.tensor(v, requires_grad=True) for v in (x, w, b))
    (tw * tx + tb).backward()
    return tx.grad.item(), tw.grad.item(), tb.grad.item()


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator)
    values = values * scale
    return values.detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = (torch.nn.Parameter(t.clone()) for t in (W1, b1, W2, b2))
    optimizer = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
    losses = []
    for step in range(num_iterations):
        optimizer.zero_grad()
        Z1 = W1 @ X + b1
        A1 = torch.nn.functional.relu(Z1)
        Z2 = W2 @ A1 + b2
        A2 = torch.sigmoid(Z2)
        loss = torch.nn.functional.mse_loss(A2, Y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    probs = model(X)
    criterion = torch.nn.BCELoss()
    criterion(probs, Y).backward()
    return [float(torch.mean(torch.abs(m.weight.grad))) for m in model.modules() if isinstance(m, torch.nn.Linear)]
