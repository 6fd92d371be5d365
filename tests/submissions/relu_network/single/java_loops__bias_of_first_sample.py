import math
import numpy as np
import torch

# I come from Java, so I prefer explicit loops; I find them easier to debug.


def chain_rule(x):
    result = {}
    result["u"] = 2 * x + 1
    result["f"] = result["u"] * result["u"] * result["u"]
    result["du_dx"] = 2
    result["df_du"] = 3 * result["u"] * result["u"]
    result["df_dx"] = result["df_du"] * result["du_dx"]
    return result


def computational_graph(w, x, b):
    result = {}
    result["a"] = w * x
    result["z"] = result["a"] + b
    result["L"] = result["z"] * result["z"]
    result["dL_dz"] = 2 * result["z"]
    result["dL_da"] = result["dL_dz"]
    result["dL_db"] = result["dL_dz"]
    result["dL_dw"] = result["dL_da"] * x
    result["dL_dx"] = result["dL_da"] * w
    return result


def single_neuron(x, w, b, y):
    n = len(x)
    z = b
    for i in range(n):
        z += w[i] * x[i]
    a = 1.0 / (1.0 + math.exp(-z))
    error = y - a
    result = {"z": z, "a": a, "L": 0.5 * error * error}
    result["dL_da"] = -error
    result["da_dz"] = a * (1.0 - a)
    result["dL_dz"] = result["dL_da"] * result["da_dz"]
    result["dL_db"] = result["dL_dz"]
    result["dL_dw"] = np.zeros(n)
    for i in range(n):
        result["dL_dw"][i] = result["dL_dz"] * x[i]
    return result


def safeSigmoid(value):
    if value >= 0:
        return 1.0 / (1.0 + math.exp(-value))
    if value < -700:
        return 0.0
    t = math.exp(value)
    return t / (1.0 + t)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.inputSize = input_size
        self.hiddenSize = hidden_size
        self.outputSize = output_size
        self.learning_rate = learning_rate
        self.W1 = np.zeros((hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.zeros((output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        for j in range(hidden_size):
            for i in range(input_size):
                self.W1[j][i] = np.random.normal(0.0, 0.1)
        for o in range(output_size):
            for j in range(hidden_size):
                self.W2[o][j] = np.random.normal(0.0, 0.1)

    def relu(self, Z):
        return np.where(np.asarray(Z) > 0, Z, 0)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        values = np.asarray(Z, dtype=float)
        result = np.empty(values.shape)
        for index in np.ndindex(values.shape):
            result[index] = safeSigmoid(values[index])
        return result

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1.0 - s)

    def forward(self, X):
        m = X.shape[1]
        Z1 = np.zeros((self.W1.shape[0], m))
        for s in range(m):
            for j in range(self.W1.shape[0]):
                total = self.b1[j][0]
                for i in range(self.W1.shape[1]):
                    total += self.W1[j][i] * X[i][s]
                Z1[j][s] = total
        A1 = self.relu(Z1)
        Z2 = np.zeros((self.W2.shape[0], m))
        for s in range(m):
            for o in range(self.W2.shape[0]):
                total = self.b2[o][0]
                for j in range(self.W2.shape[1]):
                    total += self.W2[o][j] * A1[j][s]
                Z2[o][s] = total
        A2 = self.sigmoid(Z2)
        cache = {}
        cache["X"] = X
        cache["Z1"] = Z1
        cache["A1"] = A1
        cache["Z2"] = Z2
        cache["A2"] = A2
        return A2, cache

    def compute_loss(self, Y, A2):
        SMALL = 1e-12
        sumOfLogs = 0.0
        for o in range(Y.shape[0]):
            for s in range(Y.shape[1]):
                p = min(max(A2[o][s], SMALL), 1.0 - SMALL)
                sumOfLogs += Y[o][s] * math.log(p) + (1 - Y[o][s]) * math.log(1.0 - p)
        return -sumOfLogs / Y.shape[1]

    def backward(self, Y, cache):
        X = cache["X"]
        m = X.shape[1]
        outputs = self.W2.shape[0]
        hiddens = self.W2.shape[1]
        inputs = self.W1.shape[1]
        gradW1 = np.zeros((hiddens, inputs))
        gradB1 = np.zeros((hiddens, 1))
        gradW2 = np.zeros((outputs, hiddens))
        gradB2 = np.zeros((outputs, 1))
        for s in range(m):
            # error signals of this sample
            errorOut = np.zeros(outputs)
            for o in range(outputs):
                errorOut[o] = (cache["A2"][o][s] - Y[o][s]) / m
            errorHidden = np.zeros(hiddens)
            for j in range(hiddens):
                if cache["Z1"][j][s] > 0:
                    for o in range(outputs):
                        errorHidden[j] += self.W2[o][j] * errorOut[o]
            # add them to the gradients
            for o in range(outputs):
                gradB2[o][0] += errorOut[o]
                for j in range(hiddens):
                    gradW2[o][j] += errorOut[o] * cache["A1"][j][s]
            for j in range(hiddens):
                if s == 0:
                    gradB1[j][0] = errorHidden[j]
                for i in range(inputs):
                    gradW1[j][i] += errorHidden[j] * X[i][s]
        return {"dW1": gradW1, "db1": gradB1, "dW2": gradW2, "db2": gradB2}

    def update_parameters(self, gradients):
        for name in ["W1", "b1", "W2", "b2"]:
            old = getattr(self, name)
            new = np.zeros(old.shape)
            for r in range(old.shape[0]):
                for c in range(old.shape[1]):
                    new[r][c] = old[r][c] - self.learning_rate * gradients["d" + name][r][c]
            setattr(self, name, new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        iteration = 0
        while iteration < num_iterations:
            output, cache = self.forward(X)
            loss = self.compute_loss(Y, output)
            losses.append(loss)
            if iteration % print_every == 0:
                print("Iteration " + str(iteration) + ", loss = " + str(loss))
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            iteration += 1
        return losses

    def predict(self, X):
        output, _ = self.forward(X)
        classes = np.zeros(output.shape, dtype=int)
        for r in range(output.shape[0]):
            for c in range(output.shape[1]):
                if output[r][c] > 0.5:
                    classes[r][c] = 1
        return classes


def lossOf(nn, X, Y):
    output, _ = nn.forward(X)
    return nn.compute_loss(Y, output)


def numericPartial(nn, name, r, c, X, Y, epsilon):
    original = getattr(nn, name)
    shifted = np.array(original, dtype=float)
    setattr(nn, name, shifted)
    shifted[r][c] = original[r][c] + epsilon
    plus = lossOf(nn, X, Y)
    shifted[r][c] = original[r][c] - epsilon
    minus = lossOf(nn, X, Y)
    setattr(nn, name, original)
    return (plus - minus) / (2.0 * epsilon)


def relativeDifference(listA, listB):
    difference = 0.0
    size = 0.0
    for i in range(len(listA)):
        difference = max(difference, abs(listA[i] - listB[i]))
        size = max(size, abs(listA[i]), abs(listB[i]))
    if size == 0.0:
        return 0.0
    return difference / size


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in ["W1", "b1", "W2", "b2"]:
        rows, cols = getattr(nn, name).shape
        step = max(1, math.ceil(rows * cols / 10))
        analytic = []
        numeric = []
        for index in range(0, rows * cols, step):
            r = index // cols
            c = index % cols
            analytic.append(gradients["d" + name][r][c])
            numeric.append(numericPartial(nn, name, r, c, X, Y, epsilon))
        result[name] = relativeDifference(analytic, numeric)
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in ["W1", "b1", "W2", "b2"]:
        rows, cols = getattr(nn, name).shape
        analytic = []
        numeric = []
        for r in range(rows):
            for c in range(cols):
                analytic.append(gradients["d" + name][r][c])
                numeric.append(numericPartial(nn, name, r, c, X, Y, epsilon))
        result[name] = relativeDifference(analytic, numeric)
    return result


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 0.1, size=(hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.normal(0.0, 0.1, size=(hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.normal(0.0, 0.1, size=(output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        cache = {"X": X}
        cache["Z1"] = self.W1.dot(X) + self.b1
        cache["A1"] = np.where(cache["Z1"] > 0, cache["Z1"], 0.0)
        cache["Z2"] = self.W2.dot(cache["A1"]) + self.b2
        cache["A2"] = np.where(cache["Z2"] > 0, cache["Z2"], 0.0)
        cache["Z3"] = self.W3.dot(cache["A2"]) + self.b3
        cache["A3"] = np.vectorize(safeSigmoid)(cache["Z3"])
        return cache["A3"], cache

    def compute_loss(self, Y, A3):
        SMALL = 1e-12
        p = np.minimum(np.maximum(A3, SMALL), 1.0 - SMALL)
        return -float(np.sum(Y * np.log(p) + (1 - Y) * np.log(1.0 - p))) / Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        gradients = {}
        for name in ["W1", "b1", "W2", "b2", "W3", "b3"]:
            gradients["d" + name] = np.zeros(getattr(self, name).shape)
        for s in range(m):
            error3 = (cache["A3"][:, s] - Y[:, s]) / m
            error2 = self.W3.T.dot(error3)
            for j in range(len(error2)):
                if cache["Z2"][j][s] <= 0:
                    error2[j] = 0.0
            error1 = self.W2.T.dot(error2)
            for j in range(len(error1)):
                if cache["Z1"][j][s] <= 0:
                    error1[j] = 0.0
            gradients["dW3"] += np.outer(error3, cache["A2"][:, s])
            gradients["dW2"] += np.outer(error2, cache["A1"][:, s])
            gradients["dW1"] += np.outer(error1, cache["X"][:, s])
            gradients["db3"][:, 0] += error3
            gradients["db2"][:, 0] += error2
            gradients["db1"][:, 0] += error1
        return gradients

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        iteration = 0
        while iteration < num_iterations:
            output, cache = self.forward(X)
            loss = self.compute_loss(Y, output)
            losses.append(loss)
            if iteration % print_every == 0:
                print("Iteration " + str(iteration) + ", loss = " + str(loss))
            self.update_parameters(self.backward(Y, cache))
            iteration += 1
        return losses

    def predict(self, X):
        output, _ = self.forward(X)
        return np.where(output > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    sumTerm = w1 * x1 + w2 * x2
    differenceTerm = w1 * x1 - w2 * x2
    dL_dw1 = 2 * sumTerm * x1 + 2 * differenceTerm * x1
    dL_dw2 = 2 * sumTerm * x2 - 2 * differenceTerm * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    t1 = torch.tensor(float(w1), dtype=torch.float64, requires_grad=True)
    t2 = torch.tensor(float(w2), dtype=torch.float64, requires_grad=True)
    sumTerm = t1 * x1 + t2 * x2
    differenceTerm = t1 * x1 - t2 * x2
    loss = sumTerm * sumTerm + differenceTerm * differenceTerm
    loss.backward()
    return float(t1.grad), float(t2.grad)


def autograd_linear(x, w, b):
    tensors = []
    for value in [x, w, b]:
        tensors.append(torch.tensor(float(value), dtype=torch.float64, requires_grad=True))
    y = tensors[1] * tensors[0] + tensors[2]
    y.backward()
    return float(tensors[0].grad), float(tensors[1].grad), float(tensors[2].grad)


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator)
    values = values * scale
    values.requires_grad_(True)
    return values


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    myW1 = W1.clone().requires_grad_(True)
    myB1 = b1.clone().requires_grad_(True)
    myW2 = W2.clone().requires_grad_(True)
    myB2 = b2.clone().requires_grad_(True)
    optimizer = torch.optim.SGD([myW1, myB1, myW2, myB2], lr=learning_rate)
    losses = []
    for iteration in range(num_iterations):
        optimizer.zero_grad()
        hidden = torch.relu(myW1.matmul(X) + myB1)
        output = torch.sigmoid(myW2.matmul(hidden) + myB2)
        loss = ((output - Y) ** 2).sum() / Y.numel()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


def gradient_flow(model, X, Y):
    linears = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            linears.append(module)
    for parameter in model.parameters():
        parameter.grad = None
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    result = []
    for linear in linears:
        result.append(float(linear.weight.grad.abs().mean()))
    return result
