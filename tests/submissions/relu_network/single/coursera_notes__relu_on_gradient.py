"""Assignment: Backprop with ReLU.  (I follow the notation of the Deep Learning Specialization.)"""

import numpy as np
import torch


# GRADED FUNCTION: chain_rule
def chain_rule(x):
    ### START CODE HERE ###
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx
    ### END CODE HERE ###
    results = {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}
    return results


# GRADED FUNCTION: computational_graph
def computational_graph(w, x, b):
    ### START CODE HERE ###
    # Forward propagation
    a = w * x
    z = a + b
    L = z ** 2
    # Backward propagation
    dL_dz = 2 * z
    dL_da = dL_dz * 1
    dL_db = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    ### END CODE HERE ###
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da,
            "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


# GRADED FUNCTION: single_neuron
def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = (y - a) ** 2 / 2
    dL_da = -(y - a)
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = np.multiply(dL_dz, x)
    dL_db = dL_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_db}


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        n_x, n_h, n_y = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(n_h, n_x) * 0.01
        self.b1 = np.zeros((n_h, 1))
        self.W2 = np.random.randn(n_y, n_h) * 0.01
        self.b2 = np.zeros((n_y, 1))

    def relu(self, Z):
        A = np.maximum(0, Z)
        assert A.shape == np.shape(Z)
        return A

    def relu_derivative(self, Z):
        dZ = np.ones(np.shape(Z))
        dZ[np.asarray(Z) <= 0] = 0
        return dZ

    def sigmoid(self, Z):
        # clip so that np.exp does not overflow
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        ds = s * (1 - s)
        return ds

    def forward(self, X):
        """LINEAR -> RELU -> LINEAR -> SIGMOID"""
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        A2 = np.clip(A2, 1e-10, 1 - 1e-10)
        logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
        cost = - (1 / m) * np.sum(logprobs)
        cost = float(np.squeeze(cost))  # e.g. turns [[17]] into 17
        return cost

    def backward(self, Y, cache):
        m = Y.shape[1]
        X, A1, A2 = cache["X"], cache["A1"], cache["A2"]
        Z1 = cache["Z1"]

        ### START CODE HERE ### (≈ 8 lines)
        dZ2 = A2 - Y
        dW2 = (1 / m) * np.dot(dZ2, A1.T)
        db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
        dA1 = np.dot(self.W2.T, dZ2)
        # the relu lets the positive part through
        dZ1 = self.relu(dA1)
        dW1 = (1 / m) * np.dot(dZ1, X.T)
        db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
        ### END CODE HERE ###

        assert dZ1.shape == Z1.shape
        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return grads

    def update_parameters(self, gradients):
        alpha = self.learning_rate
        self.W1 = self.W1 - alpha * gradients["dW1"]
        self.b1 = self.b1 - alpha * gradients["db1"]
        self.W2 = self.W2 - alpha * gradients["dW2"]
        self.b2 = self.b2 - alpha * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(0, num_iterations):
            A2, cache = self.forward(X)
            cost = self.compute_loss(Y, A2)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            costs.append(cost)
            if i % print_every == 0:
                print("Cost after iteration %i: %f" % (i, cost))
        return costs

    def predict(self, X):
        A2, _ = self.forward(X)
        predictions = (A2 > 0.5)
        return predictions.astype(int)


def dictionary_to_vector(d, keys):
    return np.concatenate([np.reshape(d[k], -1) for k in keys])


# GRADED FUNCTION: gradient_check
def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    difference = {}
    for key in ["W1", "b1", "W2", "b2"]:
        theta = getattr(nn, key)
        grad = np.reshape(grads["d" + key], -1)
        how_many = min(10, theta.size)
        chosen = np.random.RandomState(1).permutation(theta.size)[:how_many]
        gradapprox = np.zeros(how_many)
        for j, i in enumerate(chosen):
            thetaplus = theta.astype(float).copy()
            thetaplus.flat[i] += epsilon
            setattr(nn, key, thetaplus)
            J_plus = nn.compute_loss(Y, nn.forward(X)[0])
            thetaminus = theta.astype(float).copy()
            thetaminus.flat[i] -= epsilon
            setattr(nn, key, thetaminus)
            J_minus = nn.compute_loss(Y, nn.forward(X)[0])
            gradapprox[j] = (J_plus - J_minus) / (2 * epsilon)
        setattr(nn, key, theta)
        numerator = np.linalg.norm(grad[chosen] - gradapprox)
        denominator = np.linalg.norm(grad[chosen]) + np.linalg.norm(gradapprox)
        difference[key] = numerator / denominator if denominator > 0 else 0.0
    return difference


# GRADED FUNCTION: gradient_check_all
def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    difference = {}
    for key in ["W1", "b1", "W2", "b2"]:
        theta = getattr(nn, key)
        grad = np.reshape(grads["d" + key], -1)
        gradapprox = np.zeros(theta.size)
        for i in range(theta.size):
            J = []
            for sign in (+1, -1):
                moved = theta.astype(float).copy()
                moved.flat[i] += sign * epsilon
                setattr(nn, key, moved)
                J.append(nn.compute_loss(Y, nn.forward(X)[0]))
            gradapprox[i] = (J[0] - J[1]) / (2 * epsilon)
        setattr(nn, key, theta)
        numerator = np.linalg.norm(grad - gradapprox)
        denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
        difference[key] = numerator / denominator if denominator > 0 else 0.0
    return difference


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        layer_dims = [input_size, hidden1_size, hidden2_size, output_size]
        self.learning_rate = learning_rate
        for l in range(1, len(layer_dims)):
            setattr(self, "W" + str(l), np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01)
            setattr(self, "b" + str(l), np.zeros((layer_dims[l], 1)))

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        A3 = np.clip(A3, 1e-10, 1 - 1e-10)
        return float(-(1 / m) * np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)))

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ3 = cache["A3"] - Y
        dW3 = 1 / m * np.dot(dZ3, cache["A2"].T)
        db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)

        dA2 = np.dot(self.W3.T, dZ3)
        dZ2 = np.multiply(dA2, np.int64(cache["A2"] > 0))
        dW2 = 1 / m * np.dot(dZ2, cache["A1"].T)
        db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)

        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = np.multiply(dA1, np.int64(cache["A1"] > 0))
        dW1 = 1 / m * np.dot(dZ1, cache["X"].T)
        db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
        return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}

    def update_parameters(self, gradients):
        for l in range(1, 4):
            for kind in ("W", "b"):
                name = kind + str(l)
                setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(0, num_iterations):
            A3, cache = self.forward(X)
            cost = self.compute_loss(Y, A3)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            costs.append(cost)
            if i % print_every == 0:
                print("Cost after iteration %i: %f" % (i, cost))
        return costs

    def predict(self, X):
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    # (p+q)^2 + (p-q)^2 = 2p^2 + 2q^2
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.double, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.double, requires_grad=True)
    p = w1 * x1
    q = w2 * x2
    L = (p + q) ** 2 + (p - q) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, dtype=torch.double, requires_grad=True)
    w = torch.tensor(w, dtype=torch.double, requires_grad=True)
    b = torch.tensor(b, dtype=torch.double, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator) * scale
    return values.detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    for key in parameters:
        parameters[key] = parameters[key].clone().detach().requires_grad_(True)
    costs = []
    for i in range(num_iterations):
        Z1 = torch.matmul(parameters["W1"], X) + parameters["b1"]
        A1 = torch.relu(Z1)
        Z2 = torch.matmul(parameters["W2"], A1) + parameters["b2"]
        A2 = torch.sigmoid(Z2)
        cost = torch.mean((A2 - Y) ** 2)
        cost.backward()
        with torch.no_grad():
            for key in parameters:
                parameters[key] -= learning_rate * parameters[key].grad
                parameters[key].grad.zero_()
        costs.append(cost.item())
    return costs


def gradient_flow(model, X, Y):
    model.zero_grad()
    criterion = torch.nn.BCELoss()
    cost = criterion(model(X), Y)
    cost.backward()
    flow = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            flow.append(torch.mean(torch.abs(layer.weight.grad)).item())
    return flow
