# hi! my solution for the backprop sheet. sorry for the many comments, they help me think :)
import numpy as np
import torch
import torch.nn as nn


def chain_rule(x):
    # inner function
    inner = 2 * x + 1
    # outer function
    outer = inner ** 3
    # slope of the inner one is always 2, slope of the outer one is 3 * inner squared
    inner_slope = 2
    outer_slope = 3 * inner ** 2
    # chain rule: multiply!
    total_slope = outer_slope * inner_slope
    return {"f": outer, "u": inner, "du_dx": inner_slope, "df_du": outer_slope, "df_dx": total_slope}


def computational_graph(w, x, b):
    # left to right
    a = w * x
    z = a + b
    L = z ** 2
    # right to left
    dL_dz = 2 * z
    dz_da = 1
    dz_db = 1
    da_dw = x   # the OTHER one
    da_dx = w   # the OTHER one
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
    dL_dw = dL_da * da_dw
    dL_dx = dL_da * da_dx
    names = "a z L dL_dz dL_da dL_dw dL_dx dL_db".split()
    return dict(zip(names, [a, z, L, dL_dz, dL_da, dL_dw, dL_dx, dL_db]))


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = 1 / 2 * (y - a) ** 2
    dL_da = -(y - a)          # the minus comes from the inner derivative of (y - a)
    da_dz = a * (1 - a)       # a is already the sigmoid, no need to compute it again
    dL_dz = dL_da * da_dz
    dL_db = dL_dz * 1
    dL_dw = dL_dz * np.array(x)
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_db": dL_db, "dL_dw": dL_dw}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        # rows = units of this layer, columns = units of the layer before (took me a while)
        self.W1 = np.random.rand(hidden_size, input_size) * 0.2 - 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.rand(output_size, hidden_size) * 0.2 - 0.1
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        copy = np.array(Z)       # never touch the original!
        copy[copy < 0] = 0
        return copy

    def relu_derivative(self, Z):
        # 1 on the right side, 0 on the left side and also in the corner
        slope = np.array(Z) > 0
        return slope.astype(float)

    def sigmoid(self, Z):
        # exp(710) overflows, so I stop a bit earlier
        Z = np.clip(Z, -700, 700)
        return 1 / (1 + np.exp(-Z))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * (1 - self.sigmoid(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        # keep everything for the way back
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        # log(0) = -inf would be bad
        safe = np.clip(A2, 1e-9, 1 - 1e-9)
        yes_part = Y * np.log(safe)
        no_part = (1 - Y) * np.log(1 - safe)
        m = Y.shape[1]
        return -1 / m * np.sum(yes_part + no_part)

    def backward(self, Y, cache):
        m = Y.shape[1]
        # sigmoid + cross entropy -> this is all that is left
        blame2 = (cache["A2"] - Y) / m
        dW2 = blame2 @ cache["A1"].T
        db2 = np.sum(blame2, axis=1, keepdims=True)
        # send the blame back through the weights, units that were off get none
        blame1 = self.W2.T @ blame2
        blame1 = blame1 * self.relu_derivative(cache["Z1"])
        dW1 = blame1 @ cache["X"].T
        db1 = np.sum(blame1, axis=1, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        # downhill = minus
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            guess, cache = self.forward(X)
            loss = self.compute_loss(Y, guess)
            losses.append(loss)
            if i % print_every == 0:
                print("after", i, "steps the loss is", loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
        return losses

    def predict(self, X):
        guess, cache = self.forward(X)
        return (guess > 0.5).astype(int)


def wiggle(net, name, spot, amount, X, Y):
    # the loss when one number of one parameter is wiggled; puts everything back afterwards
    original = getattr(net, name)
    wiggled = original.astype(float)
    wiggled[spot] = wiggled[spot] + amount
    setattr(net, name, wiggled)
    loss = net.compute_loss(Y, net.forward(X)[0])
    setattr(net, name, original)
    return loss


def how_different(mine, theirs):
    mine, theirs = np.array(mine), np.array(theirs)
    biggest = max(np.max(np.abs(mine)), np.max(np.abs(theirs)))
    if biggest == 0:
        return 0.0    # both are all zero = perfect
    return np.max(np.abs(mine - theirs)) / biggest


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    answer = {}
    for name in ["W1", "b1", "W2", "b2"]:
        rows, columns = getattr(nn, name).shape
        spots = [(r, c) for r in range(rows) for c in range(columns)]
        # ten random ones are enough
        luck = np.random.default_rng(42)
        luck.shuffle(spots)
        mine, theirs = [], []
        for r, c in spots[:10]:
            up = wiggle(nn, name, (r, c), epsilon, X, Y)
            down = wiggle(nn, name, (r, c), -epsilon, X, Y)
            theirs.append((up - down) / (2 * epsilon))
            mine.append(gradients["d" + name][r, c])
        answer[name] = how_different(mine, theirs)
    return answer


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    answer = {}
    for name in ["W1", "b1", "W2", "b2"]:
        rows, columns = getattr(nn, name).shape
        theirs = np.zeros((rows, columns))
        for r in range(rows):
            for c in range(columns):
                up = wiggle(nn, name, (r, c), epsilon, X, Y)
                down = wiggle(nn, name, (r, c), -epsilon, X, Y)
                theirs[r, c] = (up - down) / (2 * epsilon)
        answer[name] = how_different(gradients["d" + name], theirs)
    return answer


class ThreeLayerNetwork:
    # same as above with one more layer in the middle
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.rand(hidden1_size, input_size) * 0.2 - 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.rand(hidden2_size, hidden1_size) * 0.2 - 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.rand(output_size, hidden2_size) * 0.2 - 0.1
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -700, 700)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        safe = np.clip(A3, 1e-9, 1 - 1e-9)
        m = Y.shape[1]
        return -1 / m * np.sum(Y * np.log(safe) + (1 - Y) * np.log(1 - safe))

    def backward(self, Y, cache):
        m = Y.shape[1]
        blame3 = (cache["A3"] - Y) / m
        dW3 = blame3 @ cache["A2"].T
        db3 = np.sum(blame3, axis=1, keepdims=True)
        blame2 = self.W3.T @ blame3
        blame2[cache["Z2"] <= 0] = 0      # these were off
        dW2 = blame2 @ cache["A1"].T
        db2 = np.sum(blame2, axis=1, keepdims=True)
        blame1 = self.W2.T @ blame2
        blame1[cache["Z1"] <= 0] = 0      # these too
        dW1 = blame1 @ cache["X"].T
        db1 = np.sum(blame1, axis=1, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            guess, cache = self.forward(X)
            loss = self.compute_loss(Y, guess)
            losses.append(loss)
            if i % print_every == 0:
                print("after", i, "steps the loss is", loss)
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        guess, cache = self.forward(X)
        return (guess > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    first = w1 * x1 + w2 * x2
    second = w1 * x1 - w2 * x2
    # w1 is plus in both, w2 is plus in the first and minus in the second
    dL_dw1 = 2 * first * x1 + 2 * second * x1
    dL_dw2 = 2 * first * x2 - 2 * second * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    first = w1 * x1 + w2 * x2
    second = w1 * x1 - w2 * x2
    L = first ** 2 + second ** 2
    L.backward()     # magic
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    numbers = torch.randn(*shape, generator=generator) * scale
    # switch the gradient on AFTER the scaling, otherwise it is no leaf
    numbers.requires_grad = True
    return numbers


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # my own copies
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
        # the update itself must not be recorded
        with torch.no_grad():
            for p in [W1, b1, W2, b2]:
                p -= learning_rate * p.grad
                p.grad.zero_()      # backward ADDS to .grad!
    return losses


def gradient_flow(model, X, Y):
    # once forward, once backward, then look into every linear layer
    probabilities = model(X)
    loss = nn.BCELoss()(probabilities, Y)
    loss.backward()
    answer = []
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            answer.append(layer.weight.grad.abs().mean().item())
    return answer
