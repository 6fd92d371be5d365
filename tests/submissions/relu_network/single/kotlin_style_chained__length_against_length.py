import numpy
import torch
from numpy.linalg import norm as length


def chain_rule(x):
    u = (lambda t: 2 * t + 1)(x)
    f = (lambda t: t ** 3)(u)
    dudx = 2
    dfdu = (lambda t: 3 * t ** 2)(u)
    return dict(f=f, u=u, du_dx=dudx, df_du=dfdu, df_dx=dfdu * dudx)


def computational_graph(w, x, b):
    result = {}
    for key, thunk in [
        ("a", lambda r: w * x),
        ("z", lambda r: r["a"] + b),
        ("L", lambda r: r["z"] ** 2),
        ("dL_dz", lambda r: 2 * r["z"]),
        ("dL_da", lambda r: r["dL_dz"]),
        ("dL_db", lambda r: r["dL_dz"]),
        ("dL_dw", lambda r: r["dL_da"] * x),
        ("dL_dx", lambda r: r["dL_da"] * w),
    ]:
        result[key] = thunk(result)
    return result


def single_neuron(x, w, b, y):
    z = numpy.dot(x, w) + b
    a = 1 / (1 + numpy.exp(-z))
    back = {"dL_da": a - y, "da_dz": a - a ** 2}
    back["dL_dz"] = back["dL_da"] * back["da_dz"]
    back["dL_db"] = 1 * back["dL_dz"]
    back["dL_dw"] = x * back["dL_dz"]
    return {"z": z, "a": a, "L": (a - y) * (a - y) * 0.5, **back}


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        def small(rows, cols):
            return numpy.random.standard_normal(size=(rows, cols)).__mul__(0.1)
        self.W1, self.b1 = small(hidden_size, input_size), numpy.zeros((hidden_size, 1))
        self.W2, self.b2 = small(output_size, hidden_size), numpy.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return Z.clip(0)

    def relu_derivative(self, Z):
        return numpy.sign(Z).clip(0).astype(float)

    def sigmoid(self, Z):
        return 1 / (1 + numpy.exp(numpy.clip(numpy.negative(Z), None, 700)))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * (1 - self.sigmoid(Z))

    def forward(self, X):
        Z1 = self.W1.dot(X).__add__(self.b1)
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1).__add__(self.b2)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        safe = A2.clip(1e-13, 1 - 1e-13)
        return numpy.log(safe).__mul__(Y).__add__(numpy.log(1 - safe).__mul__(1 - Y)).sum(axis=0).mean().__neg__()

    def backward(self, Y, cache):
        (X, Z1, A1, A2) = map(cache.get, ("X", "Z1", "A1", "A2"))
        upstream = A2.__sub__(Y).__truediv__(Y.shape[1])
        through = self.W2.T.dot(upstream).__mul__(Z1 > 0)
        return {
            "dW2": upstream.dot(A1.T),
            "db2": upstream.sum(axis=1, keepdims=True),
            "dW1": through.dot(X.T),
            "db1": through.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        self.W1, self.b1, self.W2, self.b2 = (
            getattr(self, key[1:]) - gradients[key] * self.learning_rate for key in ("dW1", "db1", "dW2", "db2")
        )

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def one(step):
            out, cache = self.forward(X)
            loss = self.compute_loss(Y, out)
            if step % print_every == 0:
                print("step", step, "→", loss)
            self.update_parameters(self.backward(Y, cache))
            return loss
        return [one(step) for step in range(num_iterations)]

    def predict(self, X):
        return self.forward(X)[0].__gt__(0.5).astype(int)


def slope_at(nn, X, Y, matrix, where, epsilon):
    """central difference"""
    before = matrix[where]
    matrix[where] = before + epsilon
    right = nn.compute_loss(Y, nn.forward(X)[0])
    matrix[where] = before - epsilon
    left = nn.compute_loss(Y, nn.forward(X)[0])
    matrix[where] = before
    return (right - left) / (2 * epsilon)


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for key in ("W1", "b1", "W2", "b2"):
        matrix = getattr(nn, key)
        some = [numpy.unravel_index(i, matrix.shape) for i in numpy.random.permutation(matrix.size)[:10]]
        mine = [grads["d" + key][where] for where in some]
        theirs = [slope_at(nn, X, Y, matrix, where, epsilon) for where in some]
        a, b = length(mine), length(theirs)
        gap = abs(a - b)
        report[key] = gap / (a + b) if a + b > 0 else 0.0
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for key in ("W1", "b1", "W2", "b2"):
        matrix = getattr(nn, key)
        theirs = numpy.zeros(matrix.shape)
        for where in numpy.ndindex(*matrix.shape):
            theirs[where] = slope_at(nn, X, Y, matrix, where, epsilon)
        mine = grads["d" + key]
        both = length(mine) + length(theirs)
        report[key] = length(mine - theirs) / both if both > 0 else 0.0
    return report


class ThreeLayerNetwork(NeuralNetworkWithBackprop):

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        tail = NeuralNetworkWithBackprop(hidden1_size, hidden2_size, output_size)
        self.W3, self.b3 = tail.W2, tail.b2

    def forward(self, X):
        Z1 = self.W1.dot(X).__add__(self.b1)
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1).__add__(self.b2)
        A2 = self.relu(Z2)
        Z3 = self.W3.dot(A2).__add__(self.b3)
        A3 = self.sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def backward(self, Y, cache):
        up3 = cache["A3"].__sub__(Y).__truediv__(Y.shape[1])
        up2 = self.W3.T.dot(up3).__mul__(cache["Z2"] > 0)
        up1 = self.W2.T.dot(up2).__mul__(cache["Z1"] > 0)
        return {
            "dW3": up3.dot(cache["A2"].T), "db3": up3.sum(axis=1, keepdims=True),
            "dW2": up2.dot(cache["A1"].T), "db2": up2.sum(axis=1, keepdims=True),
            "dW1": up1.dot(cache["X"].T), "db1": up1.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        super().update_parameters(gradients)
        self.W3 = self.W3 - gradients["dW3"] * self.learning_rate
        self.b3 = self.b3 - gradients["db3"] * self.learning_rate


def two_squares(w1, w2, x1, x2):
    p, m = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * (p * x1 + m * x1), 2 * (p * x2 - m * x2)


def two_squares_autograd(w1, w2, x1, x2):
    v1, v2 = torch.tensor(w1).requires_grad_(), torch.tensor(w2).requires_grad_()
    v1.mul(x1).add(v2.mul(x2)).square().add(v1.mul(x1).sub(v2.mul(x2)).square()).backward()
    return v1.grad.item(), v2.grad.item()


def autograd_linear(x, w, b):
    tx, tw, tb = (torch.tensor(v).requires_grad_() for v in (x, w, b))
    tw.mul(tx).add(tb).backward()
    return tx.grad.item(), tw.grad.item(), tb.grad.item()


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul(scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]

    def one():
        w1, c1, w2, c2 = leaves
        loss = w2.mm(w1.mm(X).add(c1).relu()).add(c2).sigmoid().sub(Y).square().mean()
        loss.backward()
        for leaf in leaves:
            leaf.data.sub_(leaf.grad.mul(learning_rate))
            leaf.grad.zero_()
        return loss.item()

    return [one() for _ in range(num_iterations)]


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in filter(lambda m: isinstance(m, torch.nn.Linear), model.modules())]
