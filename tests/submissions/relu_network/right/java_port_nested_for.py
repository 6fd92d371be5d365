# Port of my Java homework "NeuralNet.java" -- kept the structure, one "class" per file became one module
import numpy as np
import torch
import math


class MathUtil:
    """static helpers"""

    @staticmethod
    def logistic(v):
        if v >= 0:
            return 1.0 / (1.0 + math.exp(-v))
        t = math.exp(v)
        return t / (1.0 + t)

    @staticmethod
    def mapElements(fn, src):
        src = np.asarray(src)
        dst = np.zeros(src.shape)
        it = np.nditer(src, flags=["multi_index", "zerosize_ok"])
        while not it.finished:
            dst[it.multi_index] = fn(float(it[0]))
            it.iternext()
        return dst

    @staticmethod
    def multiply(A, B):
        rows, inner, cols = A.shape[0], A.shape[1], B.shape[1]
        C = np.zeros((rows, cols))
        for i in range(rows):
            for j in range(cols):
                acc = 0.0
                for p in range(inner):
                    acc += A[i, p] * B[p, j]
                C[i, j] = acc
        return C

    @staticmethod
    def addColumn(A, col):
        out = np.zeros(A.shape)
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                out[i, j] = A[i, j] + col[i, 0]
        return out

    @staticmethod
    def crossEntropy(target, prob):
        TINY = 1e-15
        total = 0.0
        for i in range(prob.shape[0]):
            for j in range(prob.shape[1]):
                p = min(max(float(prob[i, j]), TINY), 1.0 - TINY)
                total -= target[i, j] * math.log(p) + (1 - target[i, j]) * math.log(1.0 - p)
        return total / prob.shape[1]


def chain_rule(x):
    result = {}
    inner = 2 * x + 1
    result["u"] = inner
    result["f"] = inner * inner * inner
    result["du_dx"] = 2
    result["df_du"] = 3 * inner * inner
    result["df_dx"] = result["df_du"] * result["du_dx"]
    return result


def computational_graph(w, x, b):
    product = w * x
    total = product + b
    square = total * total
    gTotal = 2 * total
    gProduct = gTotal * 1
    return {"a": product, "z": total, "L": square, "dL_dz": gTotal, "dL_da": gProduct,
            "dL_dw": gProduct * x, "dL_dx": gProduct * w, "dL_db": gTotal * 1}


def single_neuron(x, w, b, y):
    net = b
    for i in range(len(x)):
        net = net + w[i] * x[i]
    out = MathUtil.logistic(net)
    gOut = -(y - out)
    slope = out * (1 - out)
    gNet = gOut * slope
    gW = np.zeros(len(x))
    for i in range(len(x)):
        gW[i] = gNet * x[i]
    return {"z": net, "a": out, "L": 0.5 * (y - out) * (y - out), "dL_da": gOut, "da_dz": slope,
            "dL_dz": gNet, "dL_db": gNet, "dL_dw": gW}


class AbstractNet:
    """what both nets share: numberOfLayers dense layers, relu inside, logistic at the end"""

    def _init(self, sizes, learning_rate):
        self.numberOfLayers = len(sizes) - 1
        self.learning_rate = learning_rate
        for l in range(1, len(sizes)):
            W = np.zeros((sizes[l], sizes[l - 1]))
            for i in range(sizes[l]):
                for j in range(sizes[l - 1]):
                    W[i, j] = 0.1 * np.random.normal()
            self.setW(l, W)
            self.setB(l, np.zeros((sizes[l], 1)))

    def getW(self, l):
        return getattr(self, "W" + str(l))

    def getB(self, l):
        return getattr(self, "b" + str(l))

    def setW(self, l, value):
        setattr(self, "W" + str(l), value)

    def setB(self, l, value):
        setattr(self, "b" + str(l), value)

    def forward(self, X):
        cache = {"X": X}
        current = X
        for l in range(1, self.numberOfLayers + 1):
            Z = MathUtil.addColumn(MathUtil.multiply(self.getW(l), current), self.getB(l))
            if l == self.numberOfLayers:
                current = MathUtil.mapElements(MathUtil.logistic, Z)
            else:
                current = MathUtil.mapElements(lambda v: v if v > 0 else 0.0, Z)
            cache["Z" + str(l)] = Z
            cache["A" + str(l)] = current
        return current, cache

    def compute_loss(self, Y, A2):
        return MathUtil.crossEntropy(Y, A2)

    def backward(self, Y, cache):
        last = self.numberOfLayers
        out = cache["A" + str(last)]
        m = out.shape[1]
        gradients = {}
        sens = np.zeros(out.shape)
        for i in range(out.shape[0]):
            for j in range(m):
                sens[i, j] = out[i, j] - Y[i, j]
        for l in range(last, 0, -1):
            below = cache["X"] if l == 1 else cache["A" + str(l - 1)]
            gW = np.zeros(self.getW(l).shape)
            gB = np.zeros(self.getB(l).shape)
            for i in range(gW.shape[0]):
                for s in range(m):
                    gB[i, 0] += sens[i, s] / m
                    for j in range(gW.shape[1]):
                        gW[i, j] += sens[i, s] * below[j, s] / m
            gradients["dW" + str(l)] = gW
            gradients["db" + str(l)] = gB
            if l > 1:
                W = self.getW(l)
                Z = cache["Z" + str(l - 1)]
                lower = np.zeros(Z.shape)
                for j in range(Z.shape[0]):
                    for s in range(m):
                        if Z[j, s] > 0:
                            for i in range(W.shape[0]):
                                lower[j, s] += W[i, j] * sens[i, s]
                sens = lower
        return gradients

    def update_parameters(self, gradients):
        for l in range(1, self.numberOfLayers + 1):
            self.setW(l, self.getW(l) - self.learning_rate * gradients["dW" + str(l)])
            self.setB(l, self.getB(l) - self.learning_rate * gradients["db" + str(l)])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            history.append(self.compute_loss(Y, out))
            if step % print_every == 0:
                print("step " + str(step) + ": " + str(history[step]))
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        out = self.forward(X)[0]
        labels = np.zeros(out.shape, dtype=int)
        for i in range(out.shape[0]):
            for j in range(out.shape[1]):
                if out[i, j] > 0.5:
                    labels[i, j] = 1
        return labels


class NeuralNetworkWithBackprop(AbstractNet):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._init([input_size, hidden_size, output_size], learning_rate)

    def relu(self, Z):
        return MathUtil.mapElements(lambda v: v if v > 0 else 0.0, Z)

    def relu_derivative(self, Z):
        return MathUtil.mapElements(lambda v: 1.0 if v > 0 else 0.0, Z)

    def sigmoid(self, Z):
        return MathUtil.mapElements(MathUtil.logistic, Z)

    def sigmoid_derivative(self, Z):
        return MathUtil.mapElements(lambda v: MathUtil.logistic(v) * MathUtil.logistic(-v), Z)


class ThreeLayerNetwork(AbstractNet):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._init([input_size, hidden1_size, hidden2_size, output_size], learning_rate)


def _checkImpl(net, X, Y, epsilon, limit):
    analytic = net.backward(Y, net.forward(X)[1])
    report = {}
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(net, name)
        rows, cols = P.shape
        diff = 0.0
        size = 0.0
        count = 0
        for i in range(rows):
            for j in range(cols):
                if limit is not None and count >= limit:
                    break
                backup = P[i, j]
                P[i, j] = backup + epsilon
                up = net.compute_loss(Y, net.forward(X)[0])
                P[i, j] = backup - epsilon
                down = net.compute_loss(Y, net.forward(X)[0])
                P[i, j] = backup
                num = (up - down) / (2.0 * epsilon)
                ana = analytic["d" + name][i, j]
                diff += (num - ana) ** 2
                size += num ** 2 + ana ** 2
                count += 1
        report[name] = math.sqrt(diff) / math.sqrt(size) if size > 0 else 0.0
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _checkImpl(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _checkImpl(nn, X, Y, epsilon, None)


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2


def two_squares_autograd(w1, w2, x1, x2):
    v1 = torch.tensor(float(w1), dtype=torch.float64, requires_grad=True)
    v2 = torch.tensor(float(w2), dtype=torch.float64, requires_grad=True)
    loss = (v1 * x1 + v2 * x2).pow(2) + (v1 * x1 - v2 * x2).pow(2)
    loss.backward()
    return v1.grad, v2.grad


def autograd_linear(x, w, b):
    vars_ = [torch.tensor(float(q), dtype=torch.float64, requires_grad=True) for q in (x, w, b)]
    (vars_[1] * vars_[0] + vars_[2]).backward()
    return vars_[0].grad, vars_[1].grad, vars_[2].grad


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator) * scale
    t.requires_grad_(True)
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = []
    for src in [W1, b1, W2, b2]:
        copy = src.clone()
        copy.requires_grad = True
        params.append(copy)
    history = []
    for step in range(num_iterations):
        hidden = torch.relu(torch.matmul(params[0], X) + params[1])
        out = torch.sigmoid(torch.matmul(params[2], hidden) + params[3])
        loss = torch.mean((out - Y) ** 2)
        history.append(loss.item())
        for p in params:
            p.grad = None
        loss.backward()
        for p in params:
            p.data.sub_(learning_rate * p.grad)
    return history


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    loss = torch.nn.BCELoss()(model(X), Y)
    loss.backward()
    answer = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            g = layer.weight.grad
            total = 0.0
            for v in g.flatten().tolist():
                total += abs(v)
            answer.append(total / g.numel())
    return answer


if __name__ == "__main__":
    net = NeuralNetworkWithBackprop(2, 3, 1, 0.5)
    print(gradient_check_all(net, np.random.randn(2, 4), np.array([[0, 1, 1, 0]])))
