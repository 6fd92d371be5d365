"""Everything as rows of cells, like in a spreadsheet."""
import math
import torch
import numpy as np


# ---- spreadsheet functions ----

def ROWS(table):
    return [[float(cell) for cell in row] for row in np.asarray(table).tolist()]


def TRANSPOSE(table):
    return [list(col) for col in zip(*table)]


def SUMPRODUCT(a, b):
    return math.fsum(p * q for p, q in zip(a, b))


def MMULT(left, right):
    cols = TRANSPOSE(right)
    return [[SUMPRODUCT(row, col) for col in cols] for row in left]


def ADDCOLUMN(table, column):
    return [[cell + c[0] for cell in row] for row, c in zip(table, column)]


def APPLY(fn, *tables):
    return [[fn(*cells) for cells in zip(*rows)] for rows in zip(*tables)]


def LOGISTIC(t):
    return 1 / (1 + math.exp(-t)) if t > -700 else 0.0


def RAMP(t):
    return t if t > 0 else 0.0


def SHEET(table):
    return np.array(table, dtype=float)


def _everywhere(fn, Z):
    Z = np.asarray(Z, dtype=float)
    return np.array([fn(cell) for cell in Z.flatten().tolist()], dtype=float).reshape(Z.shape)


# ---- tab 1: scalars ----

def chain_rule(x):
    B1 = 2 * x + 1
    B2 = B1 ** 3
    C1 = 2
    C2 = 3 * B1 ** 2
    D1 = C1 * C2
    return {"u": B1, "f": B2, "du_dx": C1, "df_du": C2, "df_dx": D1}


def computational_graph(w, x, b):
    A1 = w * x
    A2 = A1 + b
    A3 = A2 ** 2
    B2 = 2 * A2
    B1 = B2
    return {"a": A1, "z": A2, "L": A3, "dL_dz": B2, "dL_da": B1, "dL_dw": B1 * x, "dL_dx": B1 * w, "dL_db": B2}


def single_neuron(x, w, b, y):
    z = SUMPRODUCT(list(x), list(w)) + b
    a = LOGISTIC(z)
    D = a - y
    E = a * (1 - a)
    return {"z": z, "a": a, "L": D ** 2 / 2, "dL_da": D, "da_dz": E, "dL_dz": D * E, "dL_db": D * E,
            "dL_dw": np.array([D * E * cell for cell in x])}


# ---- tab 2: the network ----

class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return _everywhere(RAMP, Z)

    def relu_derivative(self, Z):
        return _everywhere(lambda t: float(t > 0), Z)

    def sigmoid(self, Z):
        return _everywhere(LOGISTIC, Z)

    def sigmoid_derivative(self, Z):
        return _everywhere(lambda t: LOGISTIC(t) * (1 - LOGISTIC(t)), Z)

    def forward(self, X):
        Z1 = ADDCOLUMN(MMULT(ROWS(self.W1), ROWS(X)), ROWS(self.b1))
        A1 = APPLY(RAMP, Z1)
        Z2 = ADDCOLUMN(MMULT(ROWS(self.W2), A1), ROWS(self.b2))
        A2 = APPLY(LOGISTIC, Z2)
        cache = {"X": X, "Z1": SHEET(Z1), "A1": SHEET(A1), "Z2": SHEET(Z2), "A2": SHEET(A2)}
        return cache["A2"], cache

    def compute_loss(self, Y, A2):
        def cost(y, p):
            p = min(max(p, 1e-14), 1 - 1e-14)
            return -(y * math.log(p) + (1 - y) * math.log(1 - p))
        table = APPLY(cost, ROWS(Y), ROWS(A2))
        return math.fsum(cell for row in table for cell in row) / len(table[0])

    def backward(self, Y, cache):
        n = np.asarray(Y).shape[1]
        E2 = APPLY(lambda p, y: (p - y) / n, ROWS(cache["A2"]), ROWS(Y))
        back = MMULT(TRANSPOSE(ROWS(self.W2)), E2)
        E1 = APPLY(lambda e, z: e if z > 0 else 0.0, back, ROWS(cache["Z1"]))
        return {"dW1": SHEET(MMULT(E1, TRANSPOSE(ROWS(cache["X"])))),
                "db1": SHEET([[math.fsum(row)] for row in E1]),
                "dW2": SHEET(MMULT(E2, TRANSPOSE(ROWS(cache["A1"])))),
                "db2": SHEET([[math.fsum(row)] for row in E2])}

    def update_parameters(self, gradients):
        for cell in ("W1", "b1", "W2", "b2"):
            setattr(self, cell, SHEET(APPLY(lambda p, g: p - self.learning_rate * g, ROWS(getattr(self, cell)), ROWS(gradients["d" + cell]))))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        column = []
        for row in range(num_iterations):
            out, cache = self.forward(X)
            column.append(self.compute_loss(Y, out))
            if row % print_every == 0:
                print(row, column[-1], sep="\t")
            self.update_parameters(self.backward(Y, cache))
        return column

    def predict(self, X):
        return np.array([[int(cell > 0.5) for cell in row] for row in self.forward(X)[0]])


# ---- tab 3: checks ----

def WHATIF(nn, X, Y, name, r, c, step):
    table = getattr(nn, name)
    before = table[r, c]
    outcome = []
    for s in (step, -step):
        table[r, c] = before + s
        outcome.append(nn.compute_loss(Y, nn.forward(X)[0]))
    table[r, c] = before
    return (outcome[0] - outcome[1]) / (2 * step)


def _compare(nn, X, Y, step, most):
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        rows, cols = getattr(nn, name).shape
        cells = [(r, c) for r in range(rows) for c in range(cols)]
        if most is not None:
            cells = cells[:most]
        A = [float(grads["d" + name][rc]) for rc in cells]
        B = [WHATIF(nn, X, Y, name, r, c, step) for r, c in cells]
        D = [p - q for p, q in zip(A, B)]
        size = math.hypot(*A) + math.hypot(*B)
        report[name] = math.hypot(*D) / size if size > 0 else 0.0
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _compare(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _compare(nn, X, Y, epsilon, None)


# ---- tab 4: deeper ----

class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = np.random.randn(hidden1_size, input_size) * 0.1, np.zeros((hidden1_size, 1))
        self.W2, self.b2 = np.random.randn(hidden2_size, hidden1_size) * 0.1, np.zeros((hidden2_size, 1))
        self.W3, self.b3 = np.random.randn(output_size, hidden2_size) * 0.1, np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = ADDCOLUMN(MMULT(ROWS(self.W1), ROWS(X)), ROWS(self.b1))
        A1 = APPLY(RAMP, Z1)
        Z2 = ADDCOLUMN(MMULT(ROWS(self.W2), A1), ROWS(self.b2))
        A2 = APPLY(RAMP, Z2)
        Z3 = ADDCOLUMN(MMULT(ROWS(self.W3), A2), ROWS(self.b3))
        A3 = APPLY(LOGISTIC, Z3)
        cache = {"X": X}
        cache.update({k: SHEET(v) for k, v in zip(("Z1", "A1", "Z2", "A2", "Z3", "A3"), (Z1, A1, Z2, A2, Z3, A3))})
        return cache["A3"], cache

    def compute_loss(self, Y, A3):
        return NeuralNetworkWithBackprop.compute_loss(self, Y, A3)

    def backward(self, Y, cache):
        n = np.asarray(Y).shape[1]
        gate = lambda e, z: e if z > 0 else 0.0
        E3 = APPLY(lambda p, y: (p - y) / n, ROWS(cache["A3"]), ROWS(Y))
        E2 = APPLY(gate, MMULT(TRANSPOSE(ROWS(self.W3)), E3), ROWS(cache["Z2"]))
        E1 = APPLY(gate, MMULT(TRANSPOSE(ROWS(self.W2)), E2), ROWS(cache["Z1"]))
        out = {}
        for tab, E, source in (("1", E1, "X"), ("2", E2, "A1"), ("3", E3, "A2")):
            out["dW" + tab] = SHEET(MMULT(E, TRANSPOSE(ROWS(cache[source]))))
            out["db" + tab] = SHEET([[math.fsum(row)] for row in E])
        return out

    def update_parameters(self, gradients):
        for cell in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, cell, getattr(self, cell) - self.learning_rate * gradients["d" + cell])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return NeuralNetworkWithBackprop.train(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return np.array([[int(cell > 0.5) for cell in row] for row in self.forward(X)[0]])


# ---- tab 5: PyTorch ----

def two_squares(w1, w2, x1, x2):
    B1, B2 = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    C1, C2 = 2 * B1, 2 * B2
    return SUMPRODUCT([C1, C2], [x1, x1]), SUMPRODUCT([C1, C2], [x2, -x2])


def two_squares_autograd(w1, w2, x1, x2):
    A1, A2 = torch.tensor(w1, requires_grad=True), torch.tensor(w2, requires_grad=True)
    B1, B2 = A1 * x1 + A2 * x2, A1 * x1 - A2 * x2
    (B1 ** 2 + B2 ** 2).backward()
    return A1.grad, A2.grad


def autograd_linear(x, w, b):
    A1, A2, A3 = (torch.tensor(v, requires_grad=True) for v in (x, w, b))
    B1 = (A2 + A3) * A1
    B1.backward()
    return A1.grad, A2.grad, A3.grad


def leaf_parameters(shape, scale, generator):
    table = torch.randn(*shape, generator=generator) * scale
    table.requires_grad = True
    return table


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    cells = [t.clone() for t in (W1, b1, W2, b2)]
    for t in cells:
        t.requires_grad = True
    column = []
    for row in range(num_iterations):
        hidden = torch.relu(torch.mm(cells[0], X) + cells[1])
        out = torch.sigmoid(torch.mm(cells[2], hidden) + cells[3])
        cost = ((out - Y) ** 2).sum() / out.numel()
        column.append(cost.item())
        cost.backward()
        for t in cells:
            t.data -= learning_rate * t.grad
            t.grad = None
    return column


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [math.fsum(abs(g) for g in layer.weight.grad.flatten().tolist()) / layer.weight.numel()
            for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
