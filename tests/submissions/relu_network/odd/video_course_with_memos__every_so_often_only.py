import numpy as np
import torch
import torch.nn.functional as F

# one memo per layer: ((A_prev, W, b), Z)


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * (2 * x + 1) ** 2
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w, x, b):
    memo = {"a": w * x}
    memo["z"] = memo["a"] + b
    memo["L"] = memo["z"] ** 2
    grads = {"dL_dz": 2 * memo["z"]}
    grads["dL_da"] = grads["dL_dz"]
    grads["dL_dw"] = grads["dL_da"] * x
    grads["dL_dx"] = grads["dL_da"] * w
    grads["dL_db"] = grads["dL_dz"]
    return memo | grads


def single_neuron(x, w, b, y):
    z = np.dot(w.T, x) + b
    a = 1. / (1. + np.exp(-z))
    cost = 0.5 * (y - a) ** 2
    da = -(y - a)
    g_prime = a * (1. - a)
    dz = da * g_prime
    dw = x * dz
    db = dz
    return {"z": z, "a": a, "L": cost, "dL_da": da, "da_dz": g_prime, "dL_dz": dz, "dL_dw": dw, "dL_db": db}


def linear_forward(A_prev, W, b):
    Z = np.dot(W, A_prev) + b
    return Z, (A_prev, W, b)


def linear_backward(dZ, linear_memo):
    A_prev, W, b = linear_memo
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ


def stable_sigmoid(Z):
    return 1. / (1. + np.exp(-np.clip(Z, -500., 500.)))


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden_size, input_size) * 0.01
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.01
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return relu_backward(np.ones(np.shape(Z)), np.asarray(Z))

    def sigmoid(self, Z):
        return stable_sigmoid(Z)

    def sigmoid_derivative(self, Z):
        s = stable_sigmoid(Z)
        return s * (1. - s)

    def forward(self, X):
        Z1, _ = linear_forward(X, self.W1, self.b1)
        A1 = self.relu(Z1)
        Z2, _ = linear_forward(A1, self.W2, self.b2)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        AL = np.clip(A2, 1e-15, 1. - 1e-15)
        cost = (-1. / m) * np.sum(np.multiply(Y, np.log(AL)) + np.multiply(1 - Y, np.log(1 - AL)))
        return np.squeeze(cost)

    def backward(self, Y, cache):
        dZ2 = cache["A2"] - Y
        dA1, dW2, db2 = linear_backward(dZ2, (cache["A1"], self.W2, self.b2))
        dZ1 = relu_backward(dA1, cache["Z1"])
        _, dW1, db1 = linear_backward(dZ1, (cache["X"], self.W1, self.b1))
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        L = 2
        for l in range(L):
            n = str(l + 1)
            self.__dict__["W" + n] = self.__dict__["W" + n] - self.learning_rate * gradients["dW" + n]
            self.__dict__["b" + n] = self.__dict__["b" + n] - self.learning_rate * gradients["db" + n]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(0, num_iterations):
            A2, cache = self.forward(X)
            cost = self.compute_loss(Y, A2)
            costs.append(cost)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            if i % print_every == 0 or i == num_iterations - 1:
                print("Cost after iteration {}: {}".format(i, cost))
        return costs

    def predict(self, X):
        probs, _ = self.forward(X)
        p = np.zeros(probs.shape, dtype=int)
        for i in range(probs.shape[1]):
            p[:, i] = np.where(probs[:, i] > 0.5, 1, 0)
        return p


def cost_with(nn, X, Y, name, position, value):
    """The cost with one element set to value; the element is put back."""
    array = getattr(nn, name)
    before = array[position]
    array[position] = value
    AL, _ = nn.forward(X)
    cost = nn.compute_loss(Y, AL)
    array[position] = before
    return cost


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    difference = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        num_checks = min(10, theta.size)
        grad, gradapprox = np.zeros(num_checks), np.zeros(num_checks)
        for i in range(num_checks):
            position = np.unravel_index(i, theta.shape)
            J_plus = cost_with(nn, X, Y, name, position, theta[position] + epsilon)
            J_minus = cost_with(nn, X, Y, name, position, theta[position] - epsilon)
            gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
            grad[i] = grads["d" + name][position]
        numerator = np.linalg.norm(grad - gradapprox)
        denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
        difference[name] = numerator / denominator if denominator > 0 else 0.
    return difference


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    difference = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        gradapprox = np.zeros(theta.shape)
        for position in np.ndindex(*theta.shape):
            J_plus = cost_with(nn, X, Y, name, position, theta[position] + epsilon)
            J_minus = cost_with(nn, X, Y, name, position, theta[position] - epsilon)
            gradapprox[position] = (J_plus - J_minus) / (2 * epsilon)
        numerator = np.linalg.norm(grads["d" + name] - gradapprox)
        denominator = np.linalg.norm(grads["d" + name]) + np.linalg.norm(gradapprox)
        difference[name] = numerator / denominator if denominator > 0 else 0.
    return difference


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.01
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.01
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.01
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1, _ = linear_forward(X, self.W1, self.b1)
        A1 = np.maximum(0, Z1)
        Z2, _ = linear_forward(A1, self.W2, self.b2)
        A2 = np.maximum(0, Z2)
        Z3, _ = linear_forward(A2, self.W3, self.b3)
        A3 = stable_sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        AL = np.clip(A3, 1e-15, 1. - 1e-15)
        return np.squeeze((-1. / m) * np.sum(np.multiply(Y, np.log(AL)) + np.multiply(1 - Y, np.log(1 - AL))))

    def backward(self, Y, cache):
        grads = {}
        dZ = cache["A3"] - Y
        dA, grads["dW3"], grads["db3"] = linear_backward(dZ, (cache["A2"], self.W3, self.b3))
        dZ = relu_backward(dA, cache["Z2"])
        dA, grads["dW2"], grads["db2"] = linear_backward(dZ, (cache["A1"], self.W2, self.b2))
        dZ = relu_backward(dA, cache["Z1"])
        dA, grads["dW1"], grads["db1"] = linear_backward(dZ, (cache["X"], self.W1, self.b1))
        return grads

    def update_parameters(self, gradients):
        L = 3
        for l in range(L):
            n = str(l + 1)
            self.__dict__["W" + n] = self.__dict__["W" + n] - self.learning_rate * gradients["dW" + n]
            self.__dict__["b" + n] = self.__dict__["b" + n] - self.learning_rate * gradients["db" + n]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(0, num_iterations):
            A3, cache = self.forward(X)
            cost = self.compute_loss(Y, A3)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            if i % print_every == 0:
                print("Cost after iteration {}: {}".format(i, cost))
                costs.append(cost)
        return costs

    def predict(self, X):
        probs, _ = self.forward(X)
        return np.where(probs > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    a = w1 * x1 + w2 * x2
    b = w1 * x1 - w2 * x2
    da, db = 2 * a, 2 * b
    return da * x1 + db * x1, da * x2 - db * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    J = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    J.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    z = w * x + b
    z.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    W = torch.randn(*shape, generator=generator) * scale
    return W.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    parameters = {name: value.clone().requires_grad_(True) for name, value in parameters.items()}
    costs = []
    for i in range(num_iterations):
        A1 = F.relu(parameters["W1"] @ X + parameters["b1"])
        A2 = torch.sigmoid(parameters["W2"] @ A1 + parameters["b2"])
        cost = torch.mean((A2 - Y) ** 2)
        costs.append(cost.item())
        cost.backward()
        with torch.no_grad():
            for value in parameters.values():
                value -= learning_rate * value.grad
                value.grad.zero_()
    return costs


def gradient_flow(model, X, Y):
    model.zero_grad()
    cost = F.binary_cross_entropy(model(X), Y)
    cost.backward()
    linears = [module for module in model.modules() if isinstance(module, torch.nn.Linear)]
    return [linear.weight.grad.abs().mean().item() for linear in linears]
