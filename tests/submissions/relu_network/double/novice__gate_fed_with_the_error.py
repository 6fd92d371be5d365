# my solution for the backprop homework
import numpy as np
import torch
import torch.nn as nn_torch


# 1) chain rule
def chain_rule(x):
    # inner function
    u = 2 * x + 1
    # outer function
    f = u * u * u
    # derivative of inner function: the 1 falls away, 2 stays
    du_dx = 2
    # derivative of outer function: 3 comes down
    df_du = 3 * u * u
    # multiply both!!
    df_dx = df_du * du_dx
    result = {}
    result["f"] = f
    result["u"] = u
    result["du_dx"] = du_dx
    result["df_du"] = df_du
    result["df_dx"] = df_dx
    return result


# 2) graph
def computational_graph(w, x, b):
    # forward
    a = w * x
    z = a + b
    L = z ** 2
    # backward
    dL_dz = 2 * z
    dz_da = 1
    dz_db = 1
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
    da_dw = x
    da_dx = w
    dL_dw = dL_da * da_dw
    dL_dx = dL_da * da_dx
    result = {}
    result["a"] = a
    result["z"] = z
    result["L"] = L
    result["dL_dz"] = dL_dz
    result["dL_da"] = dL_da
    result["dL_dw"] = dL_dw
    result["dL_dx"] = dL_dx
    result["dL_db"] = dL_db
    return result


# 3) one neuron
def single_neuron(x, w, b, y):
    # forward
    z = np.sum(w * x) + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    # backward
    dL_da = -1 * (y - a)
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * x
    dL_db = dL_dz * 1
    result = {}
    result["z"] = z
    result["a"] = a
    result["L"] = L
    result["dL_da"] = dL_da
    result["da_dz"] = da_dz
    result["dL_dz"] = dL_dz
    result["dL_dw"] = dL_dw
    result["dL_db"] = dL_db
    return result


# 4) the network
class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.learning_rate = learning_rate
        # weights small and random, biases zero
        self.W1 = np.random.randn(hidden_size, input_size) * 0.01
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.01
        self.b2 = np.zeros((output_size, 1))
        # print("W1", self.W1.shape, "W2", self.W2.shape)

    def relu(self, Z):
        # copy first, Z must stay the same
        A = np.array(Z)
        A[A < 0] = 0
        return A

    def relu_derivative(self, Z):
        D = np.zeros(np.shape(Z))
        D[np.array(Z) > 0] = 1
        return D

    def sigmoid(self, Z):
        # clip because of overflow warning
        Z = np.clip(Z, -500, 500)
        A = 1 / (1 + np.exp(-Z))
        return A

    def sigmoid_derivative(self, Z):
        A = self.sigmoid(Z)
        D = A * (1 - A)
        return D

    def forward(self, X):
        # layer 1
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        # layer 2
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        # save everything
        cache = {}
        cache["X"] = X
        cache["Z1"] = Z1
        cache["A1"] = A1
        cache["Z2"] = Z2
        cache["A2"] = A2
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        # not exactly 0 or 1
        A2 = np.clip(A2, 0.000000000001, 0.999999999999)
        part1 = Y * np.log(A2)
        part2 = (1 - Y) * np.log(1 - A2)
        loss = -1 / m * np.sum(part1 + part2)
        return loss

    def backward(self, Y, cache):
        # take everything out of the cache
        X = cache["X"]
        Z1 = cache["Z1"]
        A1 = cache["A1"]
        A2 = cache["A2"]
        # how many samples
        m = X.shape[0]
        # print("m =", m)

        # output layer (sigmoid + cross entropy gives just the difference)
        dZ2 = A2 - Y
        dW2 = 1 / m * np.dot(dZ2, A1.T)
        db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)

        # hidden layer
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1 * self.relu_derivative(dA1)
        dW1 = 1 / m * np.dot(dZ1, X.T)
        db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)

        gradients = {}
        gradients["dW1"] = dW1
        gradients["db1"] = db1
        gradients["dW2"] = dW2
        gradients["db2"] = db2
        return gradients

    def update_parameters(self, gradients):
        # new = old - learning rate * gradient
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            # 1. forward
            A2, cache = self.forward(X)
            # 2. loss
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            # 3. backward
            gradients = self.backward(Y, cache)
            # 4. update
            self.update_parameters(gradients)
            # 5. print
            if i % print_every == 0:
                print("Iteration", i, "Loss", loss)
        return losses

    def predict(self, X):
        A2, cache = self.forward(X)
        predictions = np.zeros(A2.shape, dtype=int)
        for i in range(A2.shape[0]):
            for j in range(A2.shape[1]):
                if A2[i, j] > 0.5:
                    predictions[i, j] = 1
        return predictions


# 5) gradient check
def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors = {}

    # the four parameters one after the other
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        dP = gradients["d" + name]
        difference = 0
        size1 = 0
        size2 = 0
        count = 0
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                if count >= 10:
                    continue
                count = count + 1
                old = P[i, j]
                P[i, j] = old + epsilon
                A2, cache = nn.forward(X)
                loss_plus = nn.compute_loss(Y, A2)
                P[i, j] = old - epsilon
                A2, cache = nn.forward(X)
                loss_minus = nn.compute_loss(Y, A2)
                P[i, j] = old    # put it back
                numeric = (loss_plus - loss_minus) / (2 * epsilon)
                difference = difference + (numeric - dP[i, j]) ** 2
                size1 = size1 + numeric ** 2
                size2 = size2 + dP[i, j] ** 2
        # relative error
        if size1 + size2 == 0:
            errors[name] = 0.0
        else:
            errors[name] = np.sqrt(difference) / (np.sqrt(size1) + np.sqrt(size2))
    return errors


# 6) gradient check of everything (copied from above, without the counter)
def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors = {}

    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        dP = gradients["d" + name]
        difference = 0
        size1 = 0
        size2 = 0
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                old = P[i, j]
                P[i, j] = old + epsilon
                A2, cache = nn.forward(X)
                loss_plus = nn.compute_loss(Y, A2)
                P[i, j] = old - epsilon
                A2, cache = nn.forward(X)
                loss_minus = nn.compute_loss(Y, A2)
                P[i, j] = old    # put it back
                numeric = (loss_plus - loss_minus) / (2 * epsilon)
                difference = difference + (numeric - dP[i, j]) ** 2
                size1 = size1 + numeric ** 2
                size2 = size2 + dP[i, j] ** 2
        if size1 + size2 == 0:
            errors[name] = 0.0
        else:
            errors[name] = np.sqrt(difference) / (np.sqrt(size1) + np.sqrt(size2))
    return errors


# 7) three layers
class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.01
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.01
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.01
        self.b3 = np.zeros((output_size, 1))

    def relu(self, Z):
        A = np.array(Z)
        A[A < 0] = 0
        return A

    def relu_derivative(self, Z):
        D = np.zeros(np.shape(Z))
        D[np.array(Z) > 0] = 1
        return D

    def sigmoid(self, Z):
        Z = np.clip(Z, -500, 500)
        return 1 / (1 + np.exp(-Z))

    def forward(self, X):
        # layer 1
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        # layer 2
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.relu(Z2)
        # layer 3
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = self.sigmoid(Z3)
        cache = {}
        cache["X"] = X
        cache["Z1"] = Z1
        cache["A1"] = A1
        cache["Z2"] = Z2
        cache["A2"] = A2
        cache["Z3"] = Z3
        cache["A3"] = A3
        return A3, cache

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        A3 = np.clip(A3, 0.000000000001, 0.999999999999)
        part1 = Y * np.log(A3)
        part2 = (1 - Y) * np.log(1 - A3)
        loss = -1 / m * np.sum(part1 + part2)
        return loss

    def backward(self, Y, cache):
        m = Y.shape[1]
        # layer 3
        dZ3 = cache["A3"] - Y
        dW3 = 1 / m * np.dot(dZ3, cache["A2"].T)
        db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
        # layer 2
        dA2 = np.dot(self.W3.T, dZ3)
        dZ2 = dA2 * self.relu_derivative(cache["Z2"])
        dW2 = 1 / m * np.dot(dZ2, cache["A1"].T)
        db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
        # layer 1
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1 * self.relu_derivative(cache["Z1"])
        dW1 = 1 / m * np.dot(dZ1, cache["X"].T)
        db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
        gradients = {}
        gradients["dW1"] = dW1
        gradients["db1"] = db1
        gradients["dW2"] = dW2
        gradients["db2"] = db2
        gradients["dW3"] = dW3
        gradients["db3"] = db3
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
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if i % print_every == 0:
                print("Iteration", i, "Loss", loss)
        return losses

    def predict(self, X):
        A3, cache = self.forward(X)
        predictions = np.zeros(A3.shape, dtype=int)
        for i in range(A3.shape[0]):
            for j in range(A3.shape[1]):
                if A3[i, j] > 0.5:
                    predictions[i, j] = 1
        return predictions


# 8) two squares
def two_squares(w1, w2, x1, x2):
    # first square
    first = w1 * x1 + w2 * x2
    # second square
    second = w1 * x1 - w2 * x2
    dL_dw1 = 2 * first * x1 + 2 * second * x1
    # careful: minus in the second one
    dL_dw2 = 2 * first * x2 + 2 * second * (-x2)
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    x1 = torch.tensor(x1)
    x2 = torch.tensor(x2)
    first = w1 * x1 + w2 * x2
    second = w1 * x1 - w2 * x2
    L = first ** 2 + second ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator)
    # first scale, then requires_grad
    p = p * scale
    p.requires_grad_(True)
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # own copies
    W1 = W1.clone()
    b1 = b1.clone()
    W2 = W2.clone()
    b2 = b2.clone()
    W1.requires_grad_(True)
    b1.requires_grad_(True)
    W2.requires_grad_(True)
    b2.requires_grad_(True)
    losses = []
    for i in range(num_iterations):
        # forward
        Z1 = torch.matmul(W1, X) + b1
        A1 = torch.relu(Z1)
        Z2 = torch.matmul(W2, A1) + b2
        A2 = torch.sigmoid(Z2)
        # loss
        loss = torch.mean((A2 - Y) ** 2)
        losses.append(loss.item())
        # backward
        loss.backward()
        # update
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        # zero the gradients
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    # old gradients away
    model.zero_grad()
    output = model(X)
    criterion = nn_torch.BCELoss()
    loss = criterion(output, Y)
    loss.backward()
    flow = []
    for layer in model.modules():
        if isinstance(layer, nn_torch.Linear):
            g = layer.weight.grad
            flow.append(g.abs().mean().item())
    return flow


# test
print(chain_rule(1))
print(computational_graph(2, 3, 1))
