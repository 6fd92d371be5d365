import numpy as np
import torch


class Linear:
    """y = W x + b; remembers x for the way back."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return self.W.dot(x) + self.b

    def backward(self, grad):
        self.dW = grad.dot(self.x.T)
        self.db = grad.sum(axis=1, keepdims=True)
        return self.W.T.dot(grad)


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, grad):
        out = grad.copy()
        out[self.z <= 0] = 0
        return out


class SigmoidBCE:
    """Sigmoid and binary cross-entropy in one: together their gradient is simple."""

    def forward(self, z):
        return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

    def loss(self, p, y):
        p = np.clip(p, 1e-15, 1 - 1e-15)
        return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / y.shape[1]

    def backward(self, p, y):
        return (p - y) / y.shape[1]


def chain_rule(x):
    class Inner:
        value, slope = 2 * x + 1, 2

    class Outer:
        value, slope = Inner.value ** 3, 3 * Inner.value ** 2

    return {"f": Outer.value, "u": Inner.value, "du_dx": Inner.slope, "df_du": Outer.slope,
            "df_dx": Outer.slope * Inner.slope}


def computational_graph(w, x, b):
    # forward through the nodes *, +, ^2
    a = w * x
    z = a + b
    L = z ** 2
    # backward through the nodes ^2, +, *
    dz = 2 * z
    da, db = dz, dz
    dw, dx = da * x, da * w
    return {"a": a, "z": z, "L": L, "dL_dz": dz, "dL_da": da, "dL_dw": dw, "dL_dx": dx, "dL_db": db}


def single_neuron(x, w, b, y):
    z = w.dot(x) + b
    a = SigmoidBCE().forward(z)
    dL_da, da_dz = a - y, a * (1 - a)
    return {"z": z, "a": a, "L": 0.5 * (y - a) ** 2, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_da * da_dz,
            "dL_dw": dL_da * da_dz * x, "dL_db": dL_da * da_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.2, 0.2, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.uniform(-0.2, 0.2, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return ReLU().forward(Z)

    def relu_derivative(self, Z):
        gate = ReLU()
        gate.forward(np.asarray(Z))
        return gate.backward(np.ones(np.shape(Z)))

    def sigmoid(self, Z):
        return SigmoidBCE().forward(Z)

    def sigmoid_derivative(self, Z):
        s = SigmoidBCE().forward(Z)
        return s * (1 - s)

    def forward(self, X):
        first, gate = Linear(self.W1, self.b1), ReLU()
        second, head = Linear(self.W2, self.b2), SigmoidBCE()
        hidden = first.forward(X)
        active = gate.forward(hidden)
        scores = second.forward(active)
        output = head.forward(scores)
        cache = dict(X=X, Z1=active, A1=active, Z2=scores, A2=output)
        return output, cache

    def compute_loss(self, Y, A2):
        return SigmoidBCE().loss(A2, Y)

    def backward(self, Y, cache):
        first, gate, second = Linear(self.W1, self.b1), ReLU(), Linear(self.W2, self.b2)
        first.x, gate.z, second.x = cache["X"], cache["Z1"], cache["A1"]
        grad = SigmoidBCE().backward(cache["A2"], Y)
        for layer in (second, gate, first):
            grad = layer.backward(grad)
        return {"dW1": first.dW, "db1": first.db, "dW2": second.dW, "db2": second.db}

    def update_parameters(self, gradients):
        for name in "W1 b1 W2 b2".split():
            self.__dict__[name] = self.__dict__[name] - self.learning_rate * gradients["d" + name]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for epoch in range(num_iterations):
            output, cache = self.forward(X)
            losses.append(self.compute_loss(Y, output))
            if not epoch % print_every:
                print("epoch %d: %.4f" % (epoch, losses[-1]))
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int64)


class Checker:
    def __init__(self, nn, X, Y, epsilon):
        self.nn, self.X, self.Y, self.epsilon = nn, X, Y, epsilon
        self.grads = nn.backward(Y, nn.forward(X)[1])

    def loss(self):
        return self.nn.compute_loss(self.Y, self.nn.forward(self.X)[0])

    def slope(self, P, at):
        kept = P[at]
        P[at] = kept + self.epsilon
        above = self.loss()
        P[at] = kept - self.epsilon
        below = self.loss()
        P[at] = kept
        return (above - below) / (2 * self.epsilon)

    def error(self, name, limit=None):
        P = getattr(self.nn, name)
        places = list(np.ndindex(P.shape))[:limit]
        a = np.array([self.grads["d" + name][at] for at in places])
        n = np.array([self.slope(P, at) for at in places])
        largest = max(np.linalg.norm(a), np.linalg.norm(n))
        return np.linalg.norm(a - n) / largest if largest > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    checker = Checker(nn, X, Y, epsilon)
    return {name: checker.error(name, 10) for name in ("W1", "b1", "W2", "b2")}


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    checker = Checker(nn, X, Y, epsilon)
    return {name: checker.error(name) for name in ("W1", "b1", "W2", "b2")}


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.2, 0.2, (hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.uniform(-0.2, 0.2, (hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.uniform(-0.2, 0.2, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        cache = {"X": X}
        out = X
        for l, gate in ((1, ReLU()), (2, ReLU()), (3, SigmoidBCE())):
            cache["Z%d" % l] = Linear(getattr(self, "W%d" % l), getattr(self, "b%d" % l)).forward(out)
            out = cache["A%d" % l] = gate.forward(cache["Z%d" % l])
        return out, cache

    def compute_loss(self, Y, A3):
        return SigmoidBCE().loss(A3, Y)

    def backward(self, Y, cache):
        linears = [Linear(self.W1, self.b1), Linear(self.W2, self.b2), Linear(self.W3, self.b3)]
        for layer, key in zip(linears, ("X", "A1", "A2")):
            layer.x = cache[key]
        gates = [ReLU(), ReLU()]
        gates[0].z, gates[1].z = cache["Z1"], cache["Z2"]
        grad = SigmoidBCE().backward(cache["A3"], Y)
        for layer in (linears[2], gates[1], linears[1], gates[0], linears[0]):
            grad = layer.backward(grad)
        result = {}
        for l, layer in enumerate(linears, 1):
            result["dW%d" % l], result["db%d" % l] = layer.dW, layer.db
        return result

    def update_parameters(self, gradients):
        for name in "W1 b1 W2 b2 W3 b3".split():
            self.__dict__[name] = self.__dict__[name] - self.learning_rate * gradients["d" + name]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for epoch in range(num_iterations):
            output, cache = self.forward(X)
            losses.append(self.compute_loss(Y, output))
            if not epoch % print_every:
                print("epoch %d: %.4f" % (epoch, losses[-1]))
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    dplus, dminus = 2 * plus, 2 * minus
    return (dplus + dminus) * x1, (dplus - dminus) * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = torch.tensor(w1, requires_grad=True), torch.tensor(w2, requires_grad=True)
    loss = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    loss.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    line = torch.nn.Linear(1, 1).double()
    with torch.no_grad():
        line.weight.fill_(w)
        line.bias.fill_(b)
    point = torch.tensor([x], dtype=torch.float64, requires_grad=True)
    line(point).sum().backward()
    return point.grad.item(), line.weight.grad.item(), line.bias.grad.item()


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


class TorchNet(torch.nn.Module):
    def __init__(self, *parameters):
        super().__init__()
        self.W1, self.b1, self.W2, self.b2 = (torch.nn.Parameter(p.clone()) for p in parameters)

    def forward(self, X):
        return torch.sigmoid(self.W2 @ torch.relu(self.W1 @ X + self.b1) + self.b2)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = TorchNet(W1, b1, W2, b2)
    optimizer = torch.optim.SGD(net.parameters(), lr=learning_rate)
    criterion = torch.nn.MSELoss()
    losses = []
    for _ in range(num_iterations):
        optimizer.zero_grad()
        loss = criterion(net(X), Y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.BCELoss()(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
