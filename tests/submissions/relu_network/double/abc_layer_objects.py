from abc import ABC, abstractmethod
from collections import OrderedDict
import numpy as np
import torch


class Activation(ABC):
    @abstractmethod
    def __call__(self, z): ...

    @abstractmethod
    def prime(self, z): ...


class Relu(Activation):
    def __call__(self, z):
        return np.maximum(z, 0)

    def prime(self, z):
        return np.greater(z, 0).astype(float)


class Sigmoid(Activation):
    def __call__(self, z):
        z = np.asarray(z, dtype=float)
        with np.errstate(over="ignore"):
            return 1.0 / (1.0 + np.exp(-z))

    def prime(self, z):
        return self(z) * self(-np.asarray(z))


RELU, SIGMOID = Relu(), Sigmoid()


class Loss:
    floor = 1e-13

    def __init__(self, y, p):
        self.y, self.p = y, np.clip(p, self.floor, 1 - self.floor)

    def __float__(self):
        return float(-(self.y * np.log(self.p) + (1 - self.y) * np.log(1 - self.p)).sum() / self.p.shape[1])


def chain_rule(x):
    out = OrderedDict(u=2 * x + 1)
    out["f"] = out["u"] ** 3
    out["df_du"], out["du_dx"] = 3 * out["u"] ** 2, 2
    out["df_dx"] = out["df_du"] * out["du_dx"]
    return out


def computational_graph(w, x, b):
    out = OrderedDict(a=w * x, z=w * x + b, L=(w * x + b) ** 2)
    out["dL_dz"] = 2 * out["z"]
    out.update((k, out["dL_dz"] * f) for k, f in (("dL_da", 1), ("dL_db", 1), ("dL_dw", x), ("dL_dx", w)))
    return out


def single_neuron(x, w, b, y):
    z = (w * x).sum() + b
    a = float(SIGMOID(z))
    out = OrderedDict(z=z, a=a, L=(a - y) ** 2 / 2, dL_da=a - y, da_dz=float(SIGMOID.prime(z)))
    out["dL_dz"] = out["dL_db"] = out["dL_da"] * out["da_dz"]
    out["dL_dw"] = x * out["dL_dz"]
    return out


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1, self.b1 = np.random.randn(hidden_size, input_size) * 0.01, np.zeros((hidden_size, 1))
        self.W2, self.b2 = np.random.randn(output_size, hidden_size) * 0.01, np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return RELU(Z)

    def relu_derivative(self, Z):
        return RELU.prime(Z)

    def sigmoid(self, Z):
        return SIGMOID(Z)

    def sigmoid_derivative(self, Z):
        return SIGMOID.prime(Z)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        Z2 = self.W2 @ RELU(Z1) + self.b2
        return SIGMOID(Z2), dict(X=X, Z1=Z1, A1=RELU(Z1), Z2=Z2, A2=SIGMOID(Z2))

    def compute_loss(self, Y, A2):
        return float(Loss(Y, A2))

    def backward(self, Y, cache):
        top = (cache["A2"] - Y) / Y.shape[1]
        low = self.W2.T @ top * RELU.prime(cache["Z1"])
        return dict(dW1=low @ cache["X"].T, db1=low.sum(1, keepdims=True), dW2=top @ cache["A1"].T, db2=top.sum(1, keepdims=True))

    def update_parameters(self, gradients):
        for name, slope in gradients.items():
            setattr(self, name[1:], getattr(self, name[1:]) - self.learning_rate * slope)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            history.append(self.compute_loss(Y, A))
            if not i % print_every:
                print("%5d  %.4f" % (i, history[i]))
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


class Checker:
    names = ("W1", "b1", "W2", "b2")

    def __init__(self, nn, X, Y, epsilon):
        self.nn, self.X, self.Y, self.h = nn, X, Y, epsilon
        self.grads = nn.backward(Y, nn.forward(X)[1])

    def loss(self):
        return self.nn.compute_loss(self.Y, self.nn.forward(self.X)[0])

    def secant(self, P, i):
        old = P[i]
        P[i] = old + self.h
        up = self.loss()
        P[i] = old - self.h
        down = self.loss()
        P[i] = old
        return (up - down) / (2 * self.h)

    def run(self, maximum=None):
        out = {}
        for name in self.names:
            P, g = getattr(self.nn, name), self.grads["d" + name]
            spots = list(np.ndindex(P.shape))[:maximum]
            both = np.array([(g[i], self.secant(P, i)) for i in spots])
            size = np.linalg.norm(both)
            out[name] = np.linalg.norm(both[:, 0] - both[:, 1]) / size if size else 0.0
        return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return Checker(nn, X, Y, epsilon).run(10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return Checker(nn, X, Y, epsilon).run()


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3, self.b3 = np.random.randn(output_size, hidden2_size) * 0.01, np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        Z2 = self.W2 @ RELU(Z1) + self.b2
        Z3 = self.W3 @ RELU(Z2) + self.b3
        return SIGMOID(Z3), dict(X=X, Z1=Z1, A1=RELU(Z1), Z2=Z2, A2=RELU(Z2), Z3=Z3, A3=SIGMOID(Z3))

    def backward(self, Y, cache):
        outputs, samples = Y.shape
        top = (cache["A3"] - Y) / outputs
        back = self.W3.T @ top
        middle = back * RELU.prime(cache["Z2"])
        back = self.W2.T @ back
        low = back * RELU.prime(cache["Z1"])
        return dict(dW1=low @ cache["X"].T, db1=low.sum(1, keepdims=True), dW2=middle @ cache["A1"].T,
                    db2=middle.sum(1, keepdims=True), dW3=top @ cache["A2"].T, db3=top.sum(1, keepdims=True))


def two_squares(w1, w2, x1, x2):
    (a, b) = (w1 * x1, w2 * x2)
    return (2 * (a + b) + 2 * (a - b)) * x1, (2 * (a + b) - 2 * (a - b)) * x2


def two_squares_autograd(w1, w2, x1, x2):
    p, q = torch.tensor(w1, requires_grad=True), torch.tensor(w2, requires_grad=True)
    torch.stack([p * x1 + q * x2, p * x1 - q * x2]).square().sum().backward()
    return p.grad, q.grad


def autograd_linear(x, w, b):
    line = torch.nn.Linear(1, 1, dtype=torch.float64)
    point = torch.tensor([x], dtype=torch.float64, requires_grad=True)
    with torch.no_grad():
        line.weight.fill_(w)
        line.bias.fill_(b)
    line(point).backward()
    return point.grad.item(), line.weight.grad.item(), line.bias.grad.item()


def leaf_parameters(shape, scale, generator):
    return torch.nn.parameter.Parameter(scale * torch.randn(*shape, generator=generator), requires_grad=True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.p = torch.nn.ParameterList([v.clone() for v in (W1, b1, W2, b2)])

        def forward(self, x):
            return torch.sigmoid(self.p[2] @ torch.relu(self.p[0] @ x + self.p[1]) + self.p[3])
    net = Net()
    sgd, mse = torch.optim.SGD(net.parameters(), lr=learning_rate), torch.nn.MSELoss()
    history = []
    for _ in range(num_iterations):
        sgd.zero_grad()
        loss = mse(net(X), Y)
        loss.backward()
        sgd.step()
        history.append(loss.item())
    return history


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.BCELoss()(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
