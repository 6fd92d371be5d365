# Backpropagation homework
import numpy as np
import torch

# ------------------------------------------------------
# Part 1
# ------------------------------------------------------
def chain_rule(x):
    u = 2 * x + 1           # inner function
    f = u ** 3              # outer function
    du_dx = 2               # derivative of 2x + 1
    df_du = 3 * u ** 2      # derivative of u^3
    df_dx = df_du * du_dx   # chain rule!!
    result = {}
    result["f"] = f
    result["u"] = u
    result["du_dx"] = du_dx
    result["df_du"] = df_du
    result["df_dx"] = df_dx
    return result

def computational_graph(w, x, b):
    # forward
    a = w * x
    z = a + b
    L = z * z
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

def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = 1 / 2 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * x
    dL_db = dL_dz
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

# ------------------------------------------------------
# Part 2: my network
# ------------------------------------------------------
class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        A = np.array(Z)       # copy so that Z stays
        A[A < 0] = 0
        return A

    def relu_derivative(self, Z):
        D = np.zeros(Z.shape)
        D[Z > 0] = 1
        return D

    def sigmoid(self, Z):
        Z = np.clip(Z, -500, 500)    # no overflow
        A = 1 / (1 + np.exp(-Z))
        return A

    def sigmoid_derivative(self, Z):
        A = self.sigmoid(Z)
        D = A * (1 - A)
        return D

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        cache = {}
        cache["X"] = X
        cache["Z1"] = Z1
        cache["A1"] = A1
        cache["Z2"] = Z2
        cache["A2"] = A2
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        A2 = np.clip(A2, 0.000000000001, 1 - 0.000000000001)
        part1 = Y * np.log(A2)
        part2 = (1 - Y) * np.log(1 - A2)
        loss = -1 / m * np.sum(part1 + part2)
        return loss

    def backward(self, Y, cache):
        X = cache["X"]
        Z1 = cache["Z1"]
        A1 = cache["A1"]
        A2 = cache["A2"]
        m = X.shape[1]
        # layer 2
        dZ2 = A2 - Y
        dW2 = np.dot(dZ2, A1.T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        # layer 1
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1 * self.relu_derivative(Z1)
        dW1 = np.dot(dZ1, X.T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        gradients = {}
        gradients["dW1"] = dW1
        gradients["db1"] = db1
        gradients["dW2"] = dW2
        gradients["db2"] = db2
        return gradients

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if i % print_every == 0:
                print("iteration", i, "loss is", loss)
        return losses

    def predict(self, X):
        A2, cache = self.forward(X)
        predictions = np.zeros(A2.shape, dtype=int)
        predictions[A2 > 0.5] = 1
        return predictions

# ------------------------------------------------------
# Part 3: gradient checks
# ------------------------------------------------------
def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    result = {}
    for name in ["W1", "b1", "W2", "b2"]:
        param = getattr(nn, name)
        grad = gradients["d" + name]
        numeric = []
        analytic = []
        counter = 0
        for i in range(param.shape[0]):
            for j in range(param.shape[1]):
                if counter < 10:
                    old_value = param[i, j]
                    # plus
                    param[i, j] = old_value + epsilon
                    A2_plus, _ = nn.forward(X)
                    loss_plus = nn.compute_loss(Y, A2_plus)
                    # minus
                    param[i, j] = old_value - epsilon
                    A2_minus, _ = nn.forward(X)
                    loss_minus = nn.compute_loss(Y, A2_minus)
                    # put it back
                    param[i, j] = old_value
                    numeric.append((loss_plus - loss_minus) / (2 * epsilon))
                    analytic.append(grad[i, j])
                    counter = counter + 1
        numeric = np.array(numeric)
        analytic = np.array(analytic)
        top = np.sqrt(np.sum((numeric - analytic) ** 2))
        bottom = np.sqrt(np.sum(numeric ** 2)) + np.sqrt(np.sum(analytic ** 2))
        if bottom == 0:
            result[name] = 0.0
        else:
            result[name] = top / bottom
    return result

def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    result = {}
    for name in ["W1", "b1", "W2", "b2"]:
        original = getattr(nn, name)
        grad = gradients["d" + name]
        numeric = np.zeros(original.shape)
        # work on a copy, the original is put back at the end
        param = original.copy()
        setattr(nn, name, param)
        for i in range(param.shape[0]):
            for j in range(param.shape[1]):
                # plus
                param[i, j] = param[i, j] + epsilon
                A2_plus, _ = nn.forward(X)
                loss_plus = nn.compute_loss(Y, A2_plus)
                # minus
                param[i, j] = param[i, j] - 2 * epsilon
                A2_minus, _ = nn.forward(X)
                loss_minus = nn.compute_loss(Y, A2_minus)
                numeric[i, j] = (loss_plus - loss_minus) / (2 * epsilon)
        setattr(nn, name, original)
        top = np.sqrt(np.sum((numeric - grad) ** 2))
        bottom = np.sqrt(np.sum(numeric ** 2)) + np.sqrt(np.sum(grad ** 2))
        if bottom == 0:
            result[name] = 0.0
        else:
            result[name] = top / bottom
    return result

# ------------------------------------------------------
# Part 4: one layer more (copied from above and changed)
# ------------------------------------------------------
class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
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
        A3 = np.clip(A3, 0.000000000001, 1 - 0.000000000001)
        part1 = Y * np.log(A3)
        part2 = (1 - Y) * np.log(1 - A3)
        loss = -1 / m * np.sum(part1 + part2)
        return loss

    def backward(self, Y, cache):
        m = Y.shape[1]
        # layer 3
        dZ3 = cache["A3"] - Y
        dW3 = np.dot(dZ3, cache["A2"].T) / m
        db3 = np.sum(dZ3, axis=1, keepdims=True) / m
        # layer 2
        dA2 = np.dot(self.W3.T, dZ3)
        dZ2 = dA2.copy()
        dZ2[cache["Z2"] <= 0] = 0
        dW2 = np.dot(dZ2, cache["A1"].T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        # layer 1
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1.copy()
        dZ1[cache["Z1"] <= 0] = 0
        dW1 = np.dot(dZ1, cache["X"].T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
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
                print("iteration", i, "loss is", loss)
        return losses

    def predict(self, X):
        A3, cache = self.forward(X)
        predictions = np.zeros(A3.shape, dtype=int)
        predictions[A3 > 0.5] = 1
        return predictions

# ------------------------------------------------------
# Part 5: PyTorch
# ------------------------------------------------------
def two_squares(w1, w2, x1, x2):
    A = w1 * x1 + w2 * x2
    B = w1 * x1 - w2 * x2
    dL_dA = 2 * A
    dL_dB = 2 * B
    dL_dw1 = dL_dA * x1 + dL_dB * x1
    dL_dw2 = dL_dA * x2 + dL_dB * (-x2)
    return dL_dw1, dL_dw2

def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    A = w1 * x1 + w2 * x2
    B = w1 * x1 - w2 * x2
    L = A ** 2 + B ** 2
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
    p = torch.randn(*shape, generator=generator) * scale   # first scale
    p.requires_grad_(True)                                 # then say that it needs a gradient
    return p

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().detach()
    b1 = b1.clone().detach()
    W2 = W2.clone().detach()
    b2 = b2.clone().detach()
    W1.requires_grad = True
    b1.requires_grad = True
    W2.requires_grad = True
    b2.requires_grad = True
    losses = []
    for i in range(num_iterations):
        Z1 = torch.mm(W1, X) + b1
        A1 = torch.relu(Z1)
        Z2 = torch.mm(W2, A1) + b2
        A2 = torch.sigmoid(Z2)
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
    out = model(X)
    loss = torch.nn.functional.binary_cross_entropy(out, Y)
    loss.backward()
    means = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            g = module.weight.grad
            means.append(torch.mean(torch.abs(g)).item())
    return means

print("part 1:", chain_rule(1))
print("part 1:", computational_graph(2, 3, 1))
