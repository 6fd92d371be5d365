# --- Module1 ---
import numpy as np
import torch
from contextlib import contextmanager

TINY = 1E-12
DECAY = 0.02


def chain_rule(x):
    Ledger = {}
    Ledger["u"] = 2 * x + 1
    Ledger["f"] = Ledger["u"] ** 3
    Ledger["du_dx"] = 2
    Ledger["df_du"] = 3 * Ledger["u"] ** 2
    Ledger["df_dx"] = Ledger["df_du"] * Ledger["du_dx"]
    return Ledger


def computational_graph(w, x, b):
    Ledger = {}
    Ledger["a"] = w * x
    Ledger["z"] = Ledger["a"] + b
    Ledger["L"] = Ledger["z"] ** 2
    Ledger["dL_dz"] = 2 * Ledger["z"]
    Ledger["dL_da"] = Ledger["dL_dz"]
    Ledger["dL_db"] = Ledger["dL_dz"]
    Ledger["dL_dw"] = Ledger["dL_da"] * x
    Ledger["dL_dx"] = Ledger["dL_da"] * w
    return Ledger


def single_neuron(x, w, b, y):
    Ledger = {"z": float((w * x).sum() + b)}
    Ledger["a"] = 1 / (1 + np.exp(-Ledger["z"]))
    Ledger["L"] = (y - Ledger["a"]) ** 2 / 2
    Ledger["dL_da"] = Ledger["a"] - y
    Ledger["da_dz"] = Ledger["a"] * (1 - Ledger["a"])
    Ledger["dL_dz"] = Ledger["dL_da"] * Ledger["da_dz"]
    Ledger["dL_db"] = Ledger["dL_dz"]
    Ledger["dL_dw"] = Ledger["dL_dz"] * x
    return Ledger


def SumProduct(A, B):
    return float(np.sum(np.asarray(A) * np.asarray(B)))


def CrossEntropy(Y, A):
    A = np.clip(A, TINY, 1 - TINY)
    Total = SumProduct(Y, np.log(A)) + SumProduct(1 - Y, np.log(1 - A))
    return -Total / A.shape[1]


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.normal(0, 0.01, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(0, 0.01, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.select([np.asarray(Z) > 0], [1.0], default=0.0)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        return np.where(Z > 0, 1 / (1 + np.exp(-np.maximum(Z, 0))), 1 - 1 / (1 + np.exp(np.minimum(Z, 0))))

    def sigmoid_derivative(self, Z):
        S = self.sigmoid(Z)
        return S * (1 - S)

    def forward(self, X):
        Sheet = {"X": X}
        Sheet["Z1"] = np.dot(self.W1, X) + self.b1
        Sheet["A1"] = self.relu(Sheet["Z1"])
        Sheet["Z2"] = np.dot(self.W2, Sheet["A1"]) + self.b2
        Sheet["A2"] = self.sigmoid(Sheet["Z2"])
        return Sheet["A2"], Sheet

    def compute_loss(self, Y, A2):
        return CrossEntropy(Y, A2)

    def backward(self, Y, cache):
        Rows, Cols = Y.shape
        Diff = (cache["A2"] - Y) / Cols
        Hidden = np.dot(self.W2.T, Diff) * self.relu_derivative(cache["Z1"])
        Result = {}
        Result["dW2"] = np.dot(Diff, cache["A1"].T)
        Result["db2"] = np.dot(Diff, np.ones((Cols, 1)))
        Result["dW1"] = np.dot(Hidden, cache["X"].T)
        Result["db1"] = np.dot(Hidden, np.ones((Cols, 1)))
        return Result

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        Column = []
        Start = self.learning_rate
        for Row in range(num_iterations):
            A2, Sheet = self.forward(X)
            Column.append(self.compute_loss(Y, A2))
            if Row % print_every == 0:
                print("Row", Row, "Loss", Column[Row])
            self.learning_rate = Start / (1 + DECAY * Row)
            self.update_parameters(self.backward(Y, Sheet))
        self.learning_rate = Start
        return Column

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


@contextmanager
def Cell(Table, R, C, Value):
    Old = Table[R, C]
    Table[R, C] = Value
    yield
    Table[R, C] = Old


def CheckOne(nn, X, Y, Name, Grad, Cells, epsilon):
    Table = getattr(nn, Name)
    Num, Ana = [], []
    for R, C in Cells:
        Mid = Table[R, C]
        with Cell(Table, R, C, Mid + epsilon):
            Hi = nn.compute_loss(Y, nn.forward(X)[0])
        with Cell(Table, R, C, Mid - epsilon):
            Lo = nn.compute_loss(Y, nn.forward(X)[0])
        Num.append((Hi - Lo) / (2 * epsilon))
        Ana.append(Grad[R, C])
    Num, Ana = np.array(Num), np.array(Ana)
    Size = np.sqrt(SumProduct(Num, Num)) + np.sqrt(SumProduct(Ana, Ana))
    return np.sqrt(SumProduct(Num - Ana, Num - Ana)) / Size if Size > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    Grads = nn.backward(Y, nn.forward(X)[1])
    Result = {}
    for Name in ["W1", "b1", "W2", "b2"]:
        Cells = [(R, C) for R in range(Grads["d" + Name].shape[0]) for C in range(Grads["d" + Name].shape[1])]
        Result[Name] = CheckOne(nn, X, Y, Name, Grads["d" + Name], Cells[0:10], epsilon)
    return Result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    Grads = nn.backward(Y, nn.forward(X)[1])
    Result = {}
    for Name in ["W1", "b1", "W2", "b2"]:
        Cells = [(R, C) for C in range(Grads["d" + Name].shape[1]) for R in range(Grads["d" + Name].shape[0])]
        Result[Name] = CheckOne(nn, X, Y, Name, Grads["d" + Name], Cells, epsilon)
    return Result


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.normal(0, 0.01, (hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.normal(0, 0.01, (hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.normal(0, 0.01, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = NeuralNetworkWithBackprop.sigmoid(self, Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return CrossEntropy(Y, A3)

    def backward(self, Y, cache):
        Ones = np.ones((Y.shape[1], 1))
        D3 = (cache["A3"] - Y) / Y.shape[1]
        D2 = np.dot(self.W3.T, D3) * (cache["Z2"] > 0)
        D1 = np.dot(self.W2.T, D2) * (cache["Z1"] > 0)
        return {"dW1": np.dot(D1, cache["X"].T), "db1": np.dot(D1, Ones),
                "dW2": np.dot(D2, cache["A1"].T), "db2": np.dot(D2, Ones),
                "dW3": np.dot(D3, cache["A2"].T), "db3": np.dot(D3, Ones)}

    def update_parameters(self, gradients):
        for Name in ["W1", "b1", "W2", "b2", "W3", "b3"]:
            setattr(self, Name, getattr(self, Name) - self.learning_rate * gradients["d" + Name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        Column = []
        for Row in range(num_iterations):
            A3, Sheet = self.forward(X)
            Column.append(self.compute_loss(Y, A3))
            if Row % print_every == 0:
                print("Row", Row, "Loss", Column[Row])
            self.update_parameters(self.backward(Y, Sheet))
        return Column

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    P = w1 * x1 + w2 * x2
    M = w1 * x1 - w2 * x2
    return (2 * P * x1 + 2 * M * x1, 2 * P * x2 - 2 * M * x2)


def two_squares_autograd(w1, w2, x1, x2):
    V1 = torch.tensor(w1, requires_grad=True)
    V2 = torch.tensor(w2, requires_grad=True)
    P = V1 * x1 + V2 * x2
    M = V1 * x1 - V2 * x2
    (P * P + M * M).backward()
    return (V1.grad.item(), V2.grad.item())


def autograd_linear(x, w, b):
    V = [torch.tensor(x, requires_grad=True), torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)]
    (V[1] * V[0] + V[2]).backward()
    return (V[0].grad, V[1].grad, V[2].grad)


def leaf_parameters(shape, scale, generator):
    V = scale * torch.randn(*shape, generator=generator)
    V.requires_grad = True
    return V


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    V = [P.clone().requires_grad_(True) for P in (W1, b1, W2, b2)]
    Column = []
    for Row in range(num_iterations):
        A2 = torch.sigmoid(V[2] @ torch.relu(V[0] @ X + V[1]) + V[3])
        Loss = ((A2 - Y) ** 2).mean()
        Column.append(Loss.item())
        Loss.backward()
        with torch.no_grad():
            for P in V:
                P -= learning_rate * P.grad
                P.grad.zero_()
    return Column


def gradient_flow(model, X, Y):
    model.zero_grad()
    Loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    Loss.backward()
    Column = []
    for Layer in model.modules():
        if isinstance(Layer, torch.nn.Linear):
            Column.append(Layer.weight.grad.abs().mean().item())
    return Column
