# My solution for the backpropagation exercise
# I wrote a lot of comments for myself so that I understand it later

import numpy as np
import torch

# set DEBUG to True to see all the numbers
DEBUG = False


def show(*things):
    if DEBUG:
        print(*things)


# ---------- Exercise 1 ----------
def chain_rule(x):
    # first the inner function
    u = 2 * x + 1
    show("u =", u)
    # then the outer function
    f = u * u * u
    show("f =", f)
    # derivative of 2x+1 is 2
    du_dx = 2
    # derivative of u^3 is 3u^2
    df_du = 3 * u * u
    # chain rule: multiply!
    df_dx = df_du * du_dx
    show("df_dx =", df_dx)
    result = {}
    result["f"] = f
    result["u"] = u
    result["du_dx"] = du_dx
    result["df_du"] = df_du
    result["df_dx"] = df_dx
    return result


# ---------- Exercise 2 ----------
def computational_graph(w, x, b):
    # forward
    a = w * x
    z = a + b
    L = z * z
    # backward, starting from the end
    dL_dz = 2 * z
    # z = a + b so dz/da = 1 and dz/db = 1
    dz_da = 1
    dz_db = 1
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
    # a = w * x so da/dw = x and da/dx = w
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


# ---------- Exercise 3 ----------
def single_neuron(x, w, b, y):
    # weighted sum
    z = 0.0
    for i in range(len(x)):
        z = z + w[i] * x[i]
    z = z + b
    # activation
    a = 1.0 / (1.0 + np.exp(-z))
    # loss
    L = 0.5 * (y - a) ** 2
    # derivative of the loss (do not forget the minus from y - a)
    dL_da = -1 * (y - a)
    # derivative of sigmoid
    da_dz = a * (1 - a)
    # chain
    dL_dz = dL_da * da_dz
    # weights: one for each input
    dL_dw = np.zeros(len(w))
    for i in range(len(w)):
        dL_dw[i] = dL_dz * x[i]
    # bias
    dL_db = dL_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_db}


# ---------- Exercise 4: the network ----------
class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        # weights are random, biases are zero
        self.W1 = 0.1 * np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1 * np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate
        show("W1", self.W1.shape, "W2", self.W2.shape)

    def relu(self, Z):
        # keep positive numbers, others become 0
        result = Z * (Z > 0)
        return result

    def relu_derivative(self, Z):
        # 1 if positive, 0 if not
        result = (Z > 0) * 1.0
        return result

    def sigmoid(self, Z):
        # clip so that exp does not overflow
        Z_safe = np.clip(Z, -500, 500)
        result = 1.0 / (1.0 + np.exp(-Z_safe))
        return result

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        result = s * (1.0 - s)
        return result

    def forward(self, X):
        # layer 1
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        show("A1", A1.shape)
        # layer 2
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        show("A2", A2.shape)
        # save everything for backward
        cache = {}
        cache["X"] = X
        cache["Z1"] = Z1
        cache["A1"] = A1
        cache["Z2"] = Z2
        cache["A2"] = A2
        return A2, cache

    def compute_loss(self, Y, A2):
        # number of samples
        m = Y.shape[1]
        # never log(0)!
        eps = 1e-12
        A2_safe = np.clip(A2, eps, 1 - eps)
        part1 = Y * np.log(A2_safe)
        part2 = (1 - Y) * np.log(1 - A2_safe)
        total = np.sum(part1 + part2)
        loss = -total / m
        return loss

    def backward(self, Y, cache):
        # number of samples
        m = Y.shape[1]
        # get everything back out of the cache
        X = cache["X"]
        Z1 = cache["Z1"]
        A1 = cache["A1"]
        A2 = cache["A2"]

        # ----- output layer -----
        # error at the output, already divided by m
        dZ2 = (A2 - Y) / m
        show("dZ2", dZ2.shape)
        dW2 = np.dot(dZ2, A1.T)
        show("dW2", dW2.shape)
        db2 = np.sum(dZ2, axis=1, keepdims=True)
        show("db2", db2.shape)

        # ----- hidden layer -----
        dA1 = np.dot(self.W2.T, dZ2)
        show("dA1", dA1.shape)
        dZ1 = dA1 * self.relu_derivative(Z1)
        show("dZ1", dZ1.shape)
        dW1 = np.dot(dZ1, X.T)
        show("dW1", dW1.shape)
        db1 = np.mean(dZ1, axis=1, keepdims=True)
        show("db1", db1.shape)

        # put it all in a dict
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
        all_losses = []
        i = 0
        while i < num_iterations:
            # 1. forward
            A2, cache = self.forward(X)
            # 2. loss
            loss = self.compute_loss(Y, A2)
            all_losses.append(loss)
            # 3. backward
            gradients = self.backward(Y, cache)
            # 4. update
            self.update_parameters(gradients)
            if i % print_every == 0:
                print("iteration", i, "loss", loss)
            i = i + 1
        return all_losses

    def predict(self, X):
        A2, cache = self.forward(X)
        answer = np.zeros(A2.shape, dtype=int)
        answer[A2 > 0.5] = 1
        return answer


# ---------- Exercise 5: gradient checking ----------
def loss_of(nn, X, Y):
    A2, cache = nn.forward(X)
    return nn.compute_loss(Y, A2)


def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    answer = {}
    for name in ["W1", "b1", "W2", "b2"]:
        show("checking", name)
        P = getattr(nn, name)
        G = gradients["d" + name]
        biggest_difference = 0
        biggest_number = 0
        count = 0
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                if count == 10:
                    break
                count = count + 1
                # remember the old value
                old = P[i, j]
                # a bit more
                P[i, j] = old + epsilon
                loss_plus = loss_of(nn, X, Y)
                # a bit less
                P[i, j] = old - epsilon
                loss_minus = loss_of(nn, X, Y)
                # put it back
                P[i, j] = old
                numeric = (loss_plus - loss_minus) / (2 * epsilon)
                biggest_difference = max(biggest_difference, abs(numeric - G[i, j]))
                biggest_number = max(biggest_number, abs(numeric), abs(G[i, j]))
        if biggest_number == 0:
            answer[name] = 0.0
        else:
            answer[name] = biggest_difference / biggest_number
    return answer


# the same but without stopping at 10
def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    answer = {}
    for name in ["W1", "b1", "W2", "b2"]:
        show("checking", name)
        P = getattr(nn, name)
        G = gradients["d" + name]
        biggest_difference = 0
        biggest_number = 0
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                # remember the old value
                old = P[i, j]
                P[i, j] = old + epsilon
                loss_plus = loss_of(nn, X, Y)
                P[i, j] = old - epsilon
                loss_minus = loss_of(nn, X, Y)
                # put it back
                P[i, j] = old
                numeric = (loss_plus - loss_minus) / (2 * epsilon)
                biggest_difference = max(biggest_difference, abs(numeric - G[i, j]))
                biggest_number = max(biggest_number, abs(numeric), abs(G[i, j]))
        if biggest_number == 0:
            answer[name] = 0.0
        else:
            answer[name] = biggest_difference / biggest_number
    return answer


# ---------- Exercise 6: three layers ----------
class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = 0.1 * np.random.randn(hidden1_size, input_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = 0.1 * np.random.randn(hidden2_size, hidden1_size)
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = 0.1 * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        # layer 1
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = Z1 * (Z1 > 0)
        # layer 2
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = Z2 * (Z2 > 0)
        # layer 3
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = 1.0 / (1.0 + np.exp(-np.clip(Z3, -500, 500)))
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
        eps = 1e-12
        A3_safe = np.clip(A3, eps, 1 - eps)
        part1 = Y * np.log(A3_safe)
        part2 = (1 - Y) * np.log(1 - A3_safe)
        return -np.sum(part1 + part2) / m

    def backward(self, Y, cache):
        m = Y.shape[1]
        # layer 3
        dZ3 = (cache["A3"] - Y) / m
        dW3 = np.dot(dZ3, cache["A2"].T)
        db3 = np.sum(dZ3, axis=1, keepdims=True)
        # layer 2
        dA2 = np.dot(self.W3.T, dZ3)
        dZ2 = dA2 * (cache["Z2"] > 0)
        dW2 = np.dot(dZ2, cache["A1"].T)
        db2 = np.sum(dZ2, axis=1, keepdims=True)
        # layer 1
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1 * (cache["Z1"] > 0)
        dW1 = np.dot(dZ1, cache["X"].T)
        db1 = np.sum(dZ1, axis=1, keepdims=True)
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
        all_losses = []
        i = 0
        while i < num_iterations:
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            all_losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if i % print_every == 0:
                print("iteration", i, "loss", loss)
            i = i + 1
        return all_losses

    def predict(self, X):
        A3, cache = self.forward(X)
        answer = np.zeros(A3.shape, dtype=int)
        answer[A3 > 0.5] = 1
        return answer


# ---------- Exercise 7: PyTorch ----------
def two_squares(w1, w2, x1, x2):
    # first square
    first = w1 * x1 + w2 * x2
    # second square
    second = w1 * x1 - w2 * x2
    # w1 is with + in both
    dL_dw1 = 2 * first * x1 + 2 * second * x1
    # w2 is with + in the first and with - in the second
    dL_dw2 = 2 * first * x2 - 2 * second * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1_t = torch.tensor(w1, requires_grad=True)
    w2_t = torch.tensor(w2, requires_grad=True)
    first = w1_t * x1 + w2_t * x2
    second = w1_t * x1 - w2_t * x2
    L = first ** 2 + second ** 2
    L.backward()
    return w1_t.grad, w2_t.grad


def autograd_linear(x, w, b):
    x_t = torch.tensor(x, requires_grad=True)
    w_t = torch.tensor(w, requires_grad=True)
    b_t = torch.tensor(b, requires_grad=True)
    y = w_t * x_t + b_t
    y.backward()
    return x_t.grad, w_t.grad, b_t.grad


def leaf_parameters(shape, scale, generator):
    numbers = torch.randn(*shape, generator=generator)
    numbers = numbers * scale
    # only now requires_grad, so it is a leaf
    numbers.requires_grad_(True)
    return numbers


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # make copies
    W1 = W1.clone()
    b1 = b1.clone()
    W2 = W2.clone()
    b2 = b2.clone()
    W1.requires_grad_(True)
    b1.requires_grad_(True)
    W2.requires_grad_(True)
    b2.requires_grad_(True)
    all_losses = []
    for i in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = torch.mean((A2 - Y) ** 2)
        all_losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
    return all_losses


def gradient_flow(model, X, Y):
    # throw away old gradients
    model.zero_grad()
    output = model(X)
    loss_function = torch.nn.BCELoss()
    loss = loss_function(output, Y)
    loss.backward()
    answer = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            g = module.weight.grad
            answer.append(torch.mean(torch.abs(g)).item())
    return answer


# ---------- try it ----------
print("chain rule at 1:", chain_rule(1))
print("graph:", computational_graph(2, 3, 1))
np.random.seed(0)
X_test = np.random.randn(2, 5)
Y_test = np.array([[0, 1, 1, 0, 1]])
nn_test = NeuralNetworkWithBackprop(2, 3, 1)
nn_test.train(X_test, Y_test, num_iterations=5, print_every=1)
print("done!!")
