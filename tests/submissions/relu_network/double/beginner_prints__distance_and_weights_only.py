import numpy as np
import torch
import random


def chain_rule(x):
    # step 1: the inner function
    u = (2 * x) + 1
    # step 2: the outer function
    f = u * u * u
    # step 3: derivative of the inner function is always 2
    du_dx = 2
    # step 4: derivative of the outer function
    df_du = 3 * (u ** 2)
    # step 5: multiply them!!
    df_dx = du_dx * df_du
    result = {}
    result["f"] = f
    result["u"] = u
    result["du_dx"] = du_dx
    result["df_du"] = df_du
    result["df_dx"] = df_dx
    return result


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    dL_dz = 2 * z
    dz_da = 1
    dz_db = 1
    da_dw = x
    da_dx = w
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
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


def single_neuron(x, w, b, y):
    # weighted sum
    z = 0.0
    for i in range(len(x)):
        z = z + w[i] * x[i]
    z = z + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dz_dw = x
    dL_dw = dL_dz * dz_dw
    dL_db = dL_dz
    result = {"z": z, "a": a, "L": L}
    result["dL_da"] = dL_da
    result["da_dz"] = da_dz
    result["dL_dz"] = dL_dz
    result["dL_dw"] = dL_dw
    result["dL_db"] = dL_db
    return result


class NeuralNetworkWithBackprop:
    # one hidden layer
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        # weights
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        # biases
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))

    # activation of hidden layer
    def relu(self, Z):
        positive = Z > 0
        return Z * positive

    # slope of relu
    def relu_derivative(self, Z):
        positive = Z > 0
        return positive * 1.0

    # activation of output layer
    def sigmoid(self, Z):
        Z = np.clip(Z, -500, 500)
        bottom = 1 + np.exp(-Z)
        return 1 / bottom

    # slope of sigmoid
    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        # first layer
        Z1 = np.matmul(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        # second layer
        Z2 = np.matmul(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        # cache
        cache = {}
        cache["X"], cache["Z1"], cache["A1"], cache["Z2"], cache["A2"] = X, Z1, A1, Z2, A2
        return A2, cache

    def compute_loss(self, Y, A2):
        number_of_samples = Y.shape[1]
        A2 = np.clip(A2, 1e-15, 1 - 1e-15)
        when_one = Y * np.log(A2)
        when_zero = (1 - Y) * np.log(1 - A2)
        total = np.sum(when_one) + np.sum(when_zero)
        return -total / number_of_samples

    def backward(self, Y, cache):
        number_of_samples = Y.shape[1]
        # error at the output
        error_out = cache["A2"] - Y
        # error at the hidden layer
        error_hidden = np.matmul(self.W2.T, error_out)
        error_hidden = error_hidden * self.relu_derivative(cache["Z1"])
        # gradients
        dW2 = np.matmul(error_out, cache["A1"].T) / number_of_samples
        db2 = np.sum(error_out, axis=1, keepdims=True) / number_of_samples
        dW1 = np.matmul(error_hidden, cache["X"].T) / number_of_samples
        db1 = np.sum(error_hidden, axis=1, keepdims=True) / number_of_samples
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        list_of_losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            list_of_losses.append(loss)
            if i % print_every == 0:
                print("loss at", i, "=", loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
        return list_of_losses

    def predict(self, X):
        A2, cache = self.forward(X)
        answer = A2 > 0.5
        return answer.astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    differences = {}
    for name in ["W1", "W2"]:
        # the array we are going to change a little
        array = getattr(nn, name)
        all_positions = []
        for i in range(array.shape[0]):
            for j in range(array.shape[1]):
                all_positions.append((i, j))
        if len(all_positions) > 10:
            all_positions = random.sample(all_positions, 10)
        mine = []
        numeric = []
        for i, j in all_positions:
            remember = array[i, j]
            # a bit more
            array[i, j] = remember + epsilon
            out_plus, nothing = nn.forward(X)
            loss_plus = nn.compute_loss(Y, out_plus)
            # a bit less
            array[i, j] = remember - epsilon
            out_minus, nothing = nn.forward(X)
            loss_minus = nn.compute_loss(Y, out_minus)
            # back
            array[i, j] = remember
            numeric.append((loss_plus - loss_minus) / epsilon)
            mine.append(gradients["d" + name][i, j])
        mine = np.array(mine)
        numeric = np.array(numeric)
        biggest = max(np.max(np.abs(mine)), np.max(np.abs(numeric)))
        if biggest == 0:
            differences[name] = 0.0
        else:
            differences[name] = np.max(np.abs(mine - numeric)) / biggest
        print(name, "difference:", differences[name])
    return differences


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    differences = {}
    for name in ["W1", "W2", "b1", "b2"]:
        array = getattr(nn, name)
        numeric_all = np.zeros(array.shape)
        for i in range(array.shape[0]):
            for j in range(array.shape[1]):
                remember = array[i, j]
                array[i, j] = remember + epsilon
                out_plus, nothing = nn.forward(X)
                higher = nn.compute_loss(Y, out_plus)
                array[i, j] = remember - epsilon
                out_minus, nothing = nn.forward(X)
                lower = nn.compute_loss(Y, out_minus)
                array[i, j] = remember
                numeric_all[i, j] = (higher - lower) / (2 * epsilon)
        mine_all = gradients["d" + name]
        biggest = max(np.max(np.abs(mine_all)), np.max(np.abs(numeric_all)))
        if biggest == 0:
            differences[name] = 0.0
        else:
            differences[name] = np.max(np.abs(mine_all - numeric_all)) / biggest
        print(name, "difference (all):", differences[name])
    return differences


class ThreeLayerNetwork:
    # two hidden layers, the rest is the same as before
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = np.matmul(self.W1, X) + self.b1
        A1 = Z1 * (Z1 > 0)
        Z2 = np.matmul(self.W2, A1) + self.b2
        A2 = Z2 * (Z2 > 0)
        Z3 = np.matmul(self.W3, A2) + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
        return A3, cache

    def compute_loss(self, Y, A3):
        number_of_samples = Y.shape[1]
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        total = np.sum(Y * np.log(A3)) + np.sum((1 - Y) * np.log(1 - A3))
        return -total / number_of_samples

    def backward(self, Y, cache):
        number_of_samples = Y.shape[1]
        error3 = cache["A3"] - Y
        error2 = np.matmul(self.W3.T, error3) * (cache["Z2"] > 0)
        error1 = np.matmul(self.W2.T, error2) * (cache["Z1"] > 0)
        gradients = {}
        gradients["dW3"] = np.matmul(error3, cache["A2"].T) / number_of_samples
        gradients["dW2"] = np.matmul(error2, cache["A1"].T) / number_of_samples
        gradients["dW1"] = np.matmul(error1, cache["X"].T) / number_of_samples
        gradients["db3"] = np.sum(error3, axis=1, keepdims=True) / number_of_samples
        gradients["db2"] = np.sum(error2, axis=1, keepdims=True) / number_of_samples
        gradients["db1"] = np.sum(error1, axis=1, keepdims=True) / number_of_samples
        return gradients

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        list_of_losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            list_of_losses.append(loss)
            if i % print_every == 0:
                print("loss at", i, "=", loss)
            self.update_parameters(self.backward(Y, cache))
        return list_of_losses

    def predict(self, X):
        A3, cache = self.forward(X)
        answer = A3 > 0.5
        return answer.astype(int)


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    # first square
    g1 = 2 * s * x1
    g2 = 2 * s * x2
    # second square, careful with the minus
    g1 = g1 + 2 * d * x1
    g2 = g2 + 2 * d * (-x2)
    return (g1, g2)


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
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
    p = torch.randn(*shape, generator=generator) * scale
    p.requires_grad_(True)
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
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
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    flow = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            flow.append(layer.weight.grad.abs().mean().item())
    return flow
