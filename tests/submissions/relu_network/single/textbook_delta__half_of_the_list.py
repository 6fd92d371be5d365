"""Backpropagation in the notation of Nielsen's book: delta is the error of a layer, nabla its gradients."""

import numpy as np
import torch


def sigmoid(z):
    z = np.clip(z, -500.0, 500.0)
    return 1.0/(1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z)*(1 - sigmoid(z))


def cross_entropy(a, y):
    a = np.clip(a, 1e-14, 1 - 1e-14)
    return np.sum(-y*np.log(a) - (1 - y)*np.log(1 - a))/y.shape[1]


def chain_rule(x):
    """f = u^3, u = 2x + 1."""
    u = 2*x + 1
    df_du = 3*u**2
    du_dx = 2
    return {"f": u**3, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du*du_dx}


def computational_graph(w, x, b):
    """a = wx, z = a + b, L = z^2."""
    a = w*x
    z = a + b
    delta = 2*z
    return {"a": a, "z": z, "L": z**2, "dL_dz": delta, "dL_da": delta,
            "dL_dw": x*delta, "dL_dx": w*delta, "dL_db": delta}


def single_neuron(x, w, b, y):
    """A neuron with the quadratic cost."""
    z = np.dot(w, x) + b
    a = sigmoid(z)
    delta = (a - y)*sigmoid_prime(z)
    return {"z": z, "a": a, "L": 0.5*(a - y)**2, "dL_da": a - y, "da_dz": sigmoid_prime(z),
            "dL_dz": delta, "dL_db": delta, "dL_dw": delta*np.array(x)}


class NeuralNetworkWithBackprop:
    """A network [n, h, k]: rectified linear units, then sigmoid neurons."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.sizes = [input_size, hidden_size, output_size]
        self.W1, self.W2 = [np.random.randn(j, i)/np.sqrt(i)/3 for i, j in zip(self.sizes[:-1], self.sizes[1:])]
        self.b1, self.b2 = [np.zeros((j, 1)) for j in self.sizes[1:]]
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        return sigmoid(Z)

    def sigmoid_derivative(self, Z):
        return sigmoid_prime(Z)

    def forward(self, X):
        activation = X
        zs, activations = [], [X]
        for b, w, sigma in [(self.b1, self.W1, self.relu), (self.b2, self.W2, sigmoid)]:
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigma(z)
            activations.append(activation)
        return activation, {"X": X, "Z1": zs[0], "A1": activations[1], "Z2": zs[1], "A2": activations[2]}

    def compute_loss(self, Y, A2):
        return cross_entropy(A2, Y)

    def backward(self, Y, cache):
        m = Y.shape[1]
        nabla = {}
        # BP1 for the cross-entropy: the sigmoid's derivative has cancelled
        delta = cache["A2"] - Y
        nabla["db2"] = delta.sum(axis=1).reshape(-1, 1)/m
        nabla["dW2"] = np.dot(delta, cache["A1"].transpose())/m
        # BP2
        delta = np.dot(self.W2.transpose(), delta)*self.relu_derivative(cache["Z1"])
        nabla["db1"] = delta.sum(axis=1).reshape(-1, 1)/m
        nabla["dW1"] = np.dot(delta, cache["X"].transpose())/m
        return nabla

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1 - eta*gradients["dW1"]
        self.W2 = self.W2 - eta*gradients["dW2"]
        self.b1 = self.b1 - eta*gradients["db1"]
        self.b2 = self.b2 - eta*gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for epoch in range(num_iterations):
            a, cache = self.forward(X)
            costs.append(self.compute_loss(Y, a))
            if epoch % print_every == 0:
                print("Epoch {0}: cost {1}".format(epoch, costs[-1]))
            nabla = self.backward(Y, cache)
            self.update_parameters(nabla)
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Up to ten elements of each parameter, picked at random."""
    nabla = nn.backward(Y, nn.forward(X)[1])
    rng = np.random.default_rng(0)
    distance = {}
    for name in ["W1", "b1", "W2", "b2"]:
        theta = getattr(nn, name)
        cells = [(i, j) for i in range(theta.shape[0]) for j in range(theta.shape[1])]
        picked = [cells[i] for i in rng.permutation(len(cells))[:10]]
        numeric, exact = [], []
        for i, j in picked:
            kept = theta[i, j]
            theta[i, j] = kept + epsilon
            cost_plus = nn.compute_loss(Y, nn.forward(X)[0])
            theta[i, j] = kept - epsilon
            cost_minus = nn.compute_loss(Y, nn.forward(X)[0])
            theta[i, j] = kept
            numeric.append((cost_plus - cost_minus)/(2*epsilon))
            exact.append(nabla["d" + name][i, j])
        numeric, exact = np.array(numeric), np.array(exact)
        length = np.linalg.norm(numeric) + np.linalg.norm(exact)
        distance[name] = np.linalg.norm(numeric - exact)/length if length > 0 else 0.0
    return distance


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Every element."""
    nabla = nn.backward(Y, nn.forward(X)[1])
    distance = {"W1": 0.0, "b1": 0.0, "W2": 0.0, "b2": 0.0}
    for name in ["W1", "W2"]:
        theta = getattr(nn, name)
        exact = nabla["d" + name]
        numeric = np.zeros(theta.shape)
        for i in range(theta.shape[0]):
            for j in range(theta.shape[1]):
                kept = theta[i, j]
                theta[i, j] = kept + epsilon
                cost_plus = nn.compute_loss(Y, nn.forward(X)[0])
                theta[i, j] = kept - epsilon
                cost_minus = nn.compute_loss(Y, nn.forward(X)[0])
                theta[i, j] = kept
                numeric[i, j] = (cost_plus - cost_minus)/(2*epsilon)
        length = np.linalg.norm(numeric) + np.linalg.norm(exact)
        if length > 0:
            distance[name] = np.linalg.norm(numeric - exact)/length
    return distance


class ThreeLayerNetwork:
    """A network [n, h1, h2, k]."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.sizes = [input_size, hidden1_size, hidden2_size, output_size]
        self.W1, self.W2, self.W3 = [np.random.randn(j, i)/np.sqrt(i)/3
                                     for i, j in zip(self.sizes[:-1], self.sizes[1:])]
        self.b1, self.b2, self.b3 = [np.zeros((j, 1)) for j in self.sizes[1:]]
        self.learning_rate = learning_rate

    def forward(self, X):
        z1 = np.dot(self.W1, X) + self.b1
        a1 = np.maximum(0, z1)
        z2 = np.dot(self.W2, a1) + self.b2
        a2 = np.maximum(0, z2)
        z3 = np.dot(self.W3, a2) + self.b3
        a3 = sigmoid(z3)
        return a3, {"X": X, "Z1": z1, "A1": a1, "Z2": z2, "A2": a2, "Z3": z3, "A3": a3}

    def compute_loss(self, Y, A3):
        return cross_entropy(A3, Y)

    def backward(self, Y, cache):
        m = Y.shape[1]
        weights = {2: self.W2, 3: self.W3}
        inputs = {1: cache["X"], 2: cache["A1"], 3: cache["A2"]}
        nabla = {}
        delta = (cache["A3"] - Y)/m
        for l in (3, 2, 1):
            nabla["db%d" % l] = delta.sum(axis=1).reshape(-1, 1)
            nabla["dW%d" % l] = np.dot(delta, inputs[l].transpose())
            if l > 1:
                delta = np.dot(weights[l].transpose(), delta)*(cache["Z%d" % (l - 1)] > 0)
        return nabla

    def update_parameters(self, gradients):
        eta = self.learning_rate
        for l in (1, 2, 3):
            setattr(self, "W%d" % l, getattr(self, "W%d" % l) - eta*gradients["dW%d" % l])
            setattr(self, "b%d" % l, getattr(self, "b%d" % l) - eta*gradients["db%d" % l])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for epoch in range(num_iterations):
            a, cache = self.forward(X)
            costs.append(self.compute_loss(Y, a))
            if epoch % print_every == 0:
                print("Epoch {0}: cost {1}".format(epoch, costs[-1]))
            self.update_parameters(self.backward(Y, cache))
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    z_plus = w1*x1 + w2*x2
    z_minus = w1*x1 - w2*x2
    return 2*z_plus*x1 + 2*z_minus*x1, 2*z_plus*x2 - 2*z_minus*x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    z_plus = w1*x1 + w2*x2
    z_minus = w1*x1 - w2*x2
    cost = z_plus**2 + z_minus**2
    return torch.autograd.grad(cost, (w1, w2))


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    z = w*x + b
    z.backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    w = torch.randn(*shape, generator=generator)*scale
    return w.clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    w1 = W1.clone().requires_grad_(True)
    c1 = b1.clone().requires_grad_(True)
    w2 = W2.clone().requires_grad_(True)
    c2 = b2.clone().requires_grad_(True)
    costs = []
    for epoch in range(num_iterations):
        for p in (w1, c1, w2, c2):
            p.grad = None
        a = torch.sigmoid(w2 @ torch.relu(w1 @ X + c1) + c2)
        cost = torch.mean((a - Y)**2)
        cost.backward()
        with torch.no_grad():
            for p in (w1, c1, w2, c2):
                p -= learning_rate*p.grad
        costs.append(float(cost))
    return costs


def gradient_flow(model, X, Y):
    model.zero_grad()
    a = model(X)
    cost = torch.nn.functional.binary_cross_entropy(a, Y, reduction="mean")
    cost.backward()
    speeds = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            speeds.append(layer.weight.grad.abs().mean().item())
    return speeds
