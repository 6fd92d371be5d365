import math
import random

import numpy as np
import torch


class MathUtils:
    """Static utility class, never instantiated."""

    LOG_GUARD = 1.0E-12

    @staticmethod
    def logistic(t):
        if t >= 0.0:
            return 1.0 / (1.0 + math.exp(-t))
        else:
            tmp = math.exp(t)
            return tmp / (1.0 + tmp)

    @staticmethod
    def mapElements(arr, fn):
        source = np.asarray(arr)
        target = np.empty(source.shape, dtype=np.float64)
        for index in np.ndindex(*source.shape):
            target[index] = fn(float(source[index]))
        return target

    @staticmethod
    def affine(weights, bias, inp):
        rows = weights.shape[0]
        inner = weights.shape[1]
        cols = inp.shape[1]
        result = np.zeros((rows, cols))
        for r in range(rows):
            for c in range(cols):
                acc = float(bias[r, 0])
                for i in range(inner):
                    acc += float(weights[r, i]) * float(inp[i, c])
                result[r, c] = acc
        return result

    @staticmethod
    def crossEntropy(target, output):
        total = 0.0
        for r in range(target.shape[0]):
            for c in range(target.shape[1]):
                p = min(max(float(output[r, c]), MathUtils.LOG_GUARD), 1.0 - MathUtils.LOG_GUARD)
                t = float(target[r, c])
                total -= t * math.log(p) + (1.0 - t) * math.log(1.0 - p)
        return total / target.shape[1]


def chain_rule(x):
    result = {}
    result["u"] = 2 * x + 1
    result["f"] = math.pow(result["u"], 3)
    result["du_dx"] = 2
    result["df_du"] = 3 * math.pow(result["u"], 2)
    result["df_dx"] = result["df_du"] * result["du_dx"]
    return result


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    loss = z * z
    gradZ = 2 * z
    gradA = gradZ * 1
    gradB = gradZ * 1
    gradW = gradA * x
    gradX = gradA * w
    return {"a": a, "z": z, "L": loss, "dL_dz": gradZ, "dL_da": gradA, "dL_dw": gradW, "dL_dx": gradX, "dL_db": gradB}


def single_neuron(x, w, b, y):
    z = float(b)
    for i in range(len(x)):
        z += float(w[i]) * float(x[i])
    a = MathUtils.logistic(z)
    diff = y - a
    loss = 0.5 * diff * diff
    gradA = -diff
    slope = a * (1.0 - a)
    gradZ = gradA * slope
    gradW = np.zeros(len(x))
    for i in range(len(x)):
        gradW[i] = gradZ * float(x[i])
    return {"z": z, "a": a, "L": loss, "dL_da": gradA, "da_dz": slope, "dL_dz": gradZ, "dL_db": gradZ, "dL_dw": gradW}


class NeuralNetworkWithBackprop(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = self.__randomMatrix(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = self.__randomMatrix(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def __randomMatrix(self, rows, cols):
        return np.array([[random.gauss(0.0, 0.1) for j in range(cols)] for i in range(rows)])

    # ---- getters / setters -------------------------------------------------
    def getLearningRate(self):
        return self.learning_rate

    def setLearningRate(self, rate):
        self.learning_rate = rate

    # ---- activations -------------------------------------------------------
    def relu(self, Z):
        return MathUtils.mapElements(Z, lambda t: t if t > 0.0 else 0.0)

    def relu_derivative(self, Z):
        return MathUtils.mapElements(Z, lambda t: 1.0 if t > 0.0 else 0.0)

    def sigmoid(self, Z):
        return MathUtils.mapElements(Z, MathUtils.logistic)

    def sigmoid_derivative(self, Z):
        def slope(t):
            v = MathUtils.logistic(t)
            return v * (1.0 - v)
        return MathUtils.mapElements(Z, slope)

    # ---- passes ------------------------------------------------------------
    def forward(self, X):
        Z1 = MathUtils.affine(self.W1, self.b1, X)
        A1 = self.relu(Z1)
        Z2 = MathUtils.affine(self.W2, self.b2, A1)
        A2 = self.sigmoid(Z2)
        cache = {}
        cache["X"] = X
        cache["Z1"] = Z1
        cache["A1"] = A1
        cache["Z2"] = Z2
        cache["A2"] = A2
        return A2, cache

    def compute_loss(self, Y, A2):
        return MathUtils.crossEntropy(Y, A2)

    def backward(self, Y, cache):
        X = cache["X"]
        numSamples = Y.shape[1]
        gradW1 = np.zeros(self.W1.shape)
        gradB1 = np.zeros(self.b1.shape)
        gradW2 = np.zeros(self.W2.shape)
        gradB2 = np.zeros(self.b2.shape)
        for s in range(numSamples):
            for o in range(self.W2.shape[0]):
                errOut = (cache["A2"][o, s] - Y[o, s]) / numSamples
                gradB2[o, 0] += errOut
                for j in range(self.W2.shape[1]):
                    gradW2[o, j] += errOut * cache["A1"][j, s]
            for j in range(self.W1.shape[0]):
                if cache["Z1"][j, s] <= 0.0:
                    continue
                errHid = 0.0
                for o in range(self.W2.shape[0]):
                    errHid += self.W2[o, j] * (cache["A2"][o, s] - Y[o, s]) / numSamples
                gradB1[j, 0] += errHid
                for i in range(self.W1.shape[1]):
                    gradW1[j, i] += errHid * X[i, s]
        return {"dW1": gradW1, "db1": gradB1, "dW2": gradW2, "db2": gradB2}

    def update_parameters(self, gradients):
        self.W1 = self.__step(self.W1, gradients["dW1"])
        self.b1 = self.__step(self.b1, gradients["db1"])
        self.W2 = self.__step(self.W2, gradients["dW2"])
        self.b2 = self.__step(self.b2, gradients["db2"])

    def __step(self, param, grad):
        return param - self.getLearningRate() * grad

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = list()
        i = 0
        while i < num_iterations:
            output, cache = self.forward(X)
            loss = self.compute_loss(Y, output)
            history.append(loss)
            if i % print_every == 0:
                print("[INFO] epoch=" + str(i) + " loss=" + str(loss))
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            i += 1
        return history

    def predict(self, X):
        probs, _unused = self.forward(X)
        labels = np.zeros(probs.shape, dtype=np.int64)
        for r in range(probs.shape[0]):
            for c in range(probs.shape[1]):
                labels[r, c] = 1 if probs[r, c] > 0.5 else 0
        return labels


class GradientCheckerBuilder:
    """Builder pattern, because why not."""

    def __init__(self):
        self._limit = None
        self._eps = 1e-5

    def withLimit(self, limit):
        self._limit = limit
        return self

    def withEpsilon(self, eps):
        self._eps = eps
        return self

    def run(self, nn, X, Y):
        _, cache = nn.forward(X)
        analytic = nn.backward(Y, cache)
        report = {}
        for name in ["W1", "b1", "W2", "b2"]:
            param = getattr(nn, name)
            positions = list(np.ndindex(*param.shape))
            if self._limit is not None and len(positions) > self._limit:
                positions = random.Random(4711).sample(positions, self._limit)
            sqDiff = 0.0
            sqSum = 0.0
            for pos in positions:
                backup = param[pos]
                param[pos] = backup + self._eps
                lossPlus = nn.compute_loss(Y, nn.forward(X)[0])
                param[pos] = backup - self._eps
                lossMinus = nn.compute_loss(Y, nn.forward(X)[0])
                param[pos] = backup
                numeric = (lossPlus - lossMinus) / (2.0 * self._eps)
                exact = analytic["d" + name][pos]
                sqDiff += (numeric - exact) ** 2
                sqSum += numeric ** 2 + exact ** 2
            if sqSum == 0.0:
                report[name] = 0.0
            else:
                report[name] = math.sqrt(sqDiff / sqSum)
        return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return GradientCheckerBuilder().withLimit(10).withEpsilon(epsilon).run(nn, X, Y)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return GradientCheckerBuilder().withEpsilon(epsilon).run(nn, X, Y)


class ThreeLayerNetwork(object):

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        for layer in range(1, 4):
            rows, cols = sizes[layer], sizes[layer - 1]
            setattr(self, "W" + str(layer), np.array([[random.gauss(0.0, 0.1) for j in range(cols)] for i in range(rows)]))
            setattr(self, "b" + str(layer), np.zeros((rows, 1)))

    def forward(self, X):
        cache = {"X": X}
        current = X
        for layer in (1, 2, 3):
            pre = MathUtils.affine(getattr(self, "W%d" % layer), getattr(self, "b%d" % layer), current)
            if layer < 3:
                current = MathUtils.mapElements(pre, lambda t: max(t, 0.0))
            else:
                current = MathUtils.mapElements(pre, MathUtils.logistic)
            cache["Z%d" % layer] = pre
            cache["A%d" % layer] = current
        return current, cache

    def compute_loss(self, Y, A3):
        return MathUtils.crossEntropy(Y, A3)

    def backward(self, Y, cache):
        numSamples = Y.shape[1]
        grads = {}
        err = (cache["A3"] - Y) / numSamples
        for layer in (3, 2, 1):
            inp = cache["X"] if layer == 1 else cache["A%d" % (layer - 1)]
            W = getattr(self, "W%d" % layer)
            gw = np.zeros(W.shape)
            gb = np.zeros((W.shape[0], 1))
            nextErr = np.zeros(inp.shape)
            for s in range(numSamples):
                for o in range(W.shape[0]):
                    gb[o, 0] += err[o, s]
                    for i in range(W.shape[1]):
                        gw[o, i] += err[o, s] * inp[i, s]
                        if layer > 1 and cache["Z%d" % (layer - 1)][i, s] > 0.0:
                            nextErr[i, s] += W[o, i] * err[o, s]
            grads["dW%d" % layer] = gw
            grads["db%d" % layer] = gb
            err = nextErr
        return grads

    def update_parameters(self, gradients):
        for key in gradients.keys():
            old = getattr(self, key[1:])
            setattr(self, key[1:], old - self.learning_rate * gradients[key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = list()
        for i in range(num_iterations):
            output, cache = self.forward(X)
            history.append(self.compute_loss(Y, output))
            if i % print_every == 0:
                print("[INFO] epoch=" + str(i) + " loss=" + str(history[-1]))
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        probs, _unused = self.forward(X)
        return np.array([[1 if p > 0.5 else 0 for p in row] for row in probs])


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    gradW1 = 2 * plus * x1 + 2 * minus * x1
    gradW2 = 2 * plus * x2 - 2 * minus * x2
    return gradW1, gradW2


def two_squares_autograd(w1, w2, x1, x2):
    tw1 = torch.tensor(w1, requires_grad=True)
    tw2 = torch.tensor(w2, requires_grad=True)
    plus = tw1 * x1 + tw2 * x2
    minus = tw1 * x1 - tw2 * x2
    loss = plus * plus + minus * minus
    loss.backward()
    return tw1.grad.item(), tw2.grad.item()


def autograd_linear(x, w, b):
    tx = torch.tensor(x, requires_grad=True)
    tw = torch.tensor(w, requires_grad=True)
    tb = torch.tensor(b, requires_grad=True)
    ty = tw * tx + tb
    ty.backward()
    return tx.grad.item(), tw.grad.item(), tb.grad.item()


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator) * scale
    values.requires_grad = True
    return values


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = []
    for start in [W1, b1, W2, b2]:
        copy = start.clone()
        copy.requires_grad = True
        params.append(copy)
    history = []
    for i in range(num_iterations):
        for p in params:
            p.grad = None
        hidden = torch.relu(torch.matmul(params[0], X) + params[1])
        output = torch.sigmoid(torch.matmul(params[2], hidden) + params[3])
        loss = torch.sum((output - Y) * (output - Y)) / Y.numel()
        history.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
    return history


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    criterion = torch.nn.BCELoss()
    criterion(model(X), Y).backward()
    result = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            total = 0.0
            for value in module.weight.grad.flatten().tolist():
                total += abs(value)
            result.append(total / module.weight.grad.numel())
    return result


def main():
    nn = NeuralNetworkWithBackprop(2, 3, 1, 0.5)
    print(gradient_check(nn, np.array([[0.1, 0.9], [0.4, -0.3]]), np.array([[1.0, 0.0]])))


if __name__ == "__main__":
    main()
