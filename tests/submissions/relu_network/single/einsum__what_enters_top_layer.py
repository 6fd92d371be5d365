import numpy as np
import torch


_neuron_sigmoid = lambda z: 1 / (1 + np.exp(-z))


def chain_rule(x):
    u = 2 * x + 1
    f = np.power(u, 3)
    du_dx = 2
    df_du = 3 * np.square(u)
    df_dx = np.prod([df_du, du_dx])
    names = ("f", "u", "du_dx", "df_du", "df_dx")
    return dict(zip(names, (f, u, du_dx, df_du, df_dx)))


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    upstream = 2 * z
    values = {"a": a, "z": z, "L": z ** 2}
    grads = {"dL_dz": upstream, "dL_da": upstream, "dL_db": upstream, "dL_dw": upstream * x, "dL_dx": upstream * w}
    return {**values, **grads}


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = _neuron_sigmoid(z)
    values = {"z": z, "a": a, "L": np.square(y - a) / 2}
    dL_da = a - y
    da_dz = _neuron_sigmoid(z) * (1 - _neuron_sigmoid(z))
    grads = {"dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_da * da_dz}
    grads["dL_db"] = grads["dL_dz"]
    grads["dL_dw"] = np.multiply(grads["dL_dz"], x)
    return {**values, **grads}


affine = lambda W, x, b: np.einsum("oi,im->om", W, x) + b
expit = lambda z: 1.0 / (1.0 + np.exp(-np.clip(z, -600, 600)))


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1, self.W2 = rng.normal(0, 0.05, (hidden_size, input_size)), rng.normal(0, 0.05, (output_size, hidden_size))
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    def relu(self, Z):
        return Z * (Z > 0)

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        return expit(Z)

    def sigmoid_derivative(self, Z):
        return expit(Z) * (1 - expit(Z))

    def forward(self, X):
        Z1 = affine(self.W1, X, self.b1)
        A1 = self.relu(Z1)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        P = np.clip(A2, 1e-13, 1 - 1e-13)
        return -(np.einsum("km,km->", Y, np.log(P)) + np.einsum("km,km->", 1 - Y, np.log(1 - P))) / Y.shape[-1]

    def backward(self, Y, cache):
        m = Y.shape[-1]
        G2 = (cache["A2"] - Y) / m
        G1 = np.einsum("kh,km->hm", self.W2, G2) * self.relu_derivative(cache["Z1"])
        return {
            "dW1": np.einsum("hm,nm->hn", G1, cache["X"]),
            "db1": np.einsum("hm->h", G1)[:, None],
            "dW2": np.einsum("km,hm->kh", G2, cache["Z1"]),
            "db2": np.einsum("km->k", G2)[:, None],
        }

    def update_parameters(self, gradients):
        for p in "W1 b1 W2 b2".split():
            self.__dict__[p] = self.__dict__[p] - self.learning_rate * gradients["d" + p]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = np.zeros(num_iterations)
        for t in range(num_iterations):
            P, cache = self.forward(X)
            history[t] = self.compute_loss(Y, P)
            if not t % print_every:
                print(f"{t}: {history[t]:.5f}")
            self.update_parameters(self.backward(Y, cache))
        return history.tolist()

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(int)


def _probe(nn, X, Y, epsilon, limit):
    loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    analytic = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for p in "W1 b1 W2 b2".split():
        theta = getattr(nn, p)
        saved = theta.copy()
        k = min(theta.size, limit)
        num = np.empty(k)
        for e, idx in zip(range(k), np.ndindex(theta.shape)):
            theta[idx] = saved[idx] + epsilon
            num[e] = loss()
            theta[idx] = saved[idx] - epsilon
            num[e] -= loss()
            theta[idx] = saved[idx]
        num /= 2 * epsilon
        ana = np.ravel(analytic["d" + p])[:k]
        denom = np.sqrt(np.einsum("i,i->", ana, ana)) + np.sqrt(np.einsum("i,i->", num, num))
        out[p] = np.sqrt(np.einsum("i,i->", ana - num, ana - num)) / (denom or 1.0)
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _probe(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _probe(nn, X, Y, epsilon, np.inf)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = np.random.default_rng().normal(0, 0.05, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = affine(self.W1, X, self.b1)
        A1 = self.relu(Z1)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = self.relu(Z2)
        Z3 = affine(self.W3, A2, self.b3)
        A3 = self.sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return super().compute_loss(Y, A3)

    def backward(self, Y, cache):
        G = {3: (cache["A3"] - Y) / Y.shape[-1]}
        G[2] = np.einsum("kh,km->hm", self.W3, G[3]) * self.relu_derivative(cache["Z2"])
        G[1] = np.einsum("kh,km->hm", self.W2, G[2]) * self.relu_derivative(cache["Z1"])
        inputs = {1: cache["X"], 2: cache["A1"], 3: cache["A2"]}
        grads = {f"dW{i}": np.einsum("om,im->oi", G[i], inputs[i]) for i in G}
        grads.update({f"db{i}": np.einsum("om->o", G[i])[:, None] for i in G})
        return grads

    def update_parameters(self, gradients):
        for p in "W1 b1 W2 b2 W3 b3".split():
            self.__dict__[p] = self.__dict__[p] - self.learning_rate * gradients["d" + p]


def two_squares(w1, w2, x1, x2):
    summe = w1 * x1 + w2 * x2
    differenz = w1 * x1 - w2 * x2
    return tuple(2 * summe * x + 2 * differenz * s * x for x, s in ((x1, 1), (x2, -1)))


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
