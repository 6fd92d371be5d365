# my solution, I print a lot so that I see the shapes
import numpy as np
import torch

DEBUG = False


def show(name, array):
    if DEBUG:
        print(name, np.shape(array))


def chain_rule(x):
    # first the inner function, then the outer one
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    print("u =", u, "f =", f)
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": du_dx * df_du}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    print("forward:", a, z, L)
    dL_dz = 2 * z        # square
    dL_da = dL_dz        # plus hands it on
    dL_db = dL_dz        # plus hands it on
    dL_dw = dL_da * x    # times: the other one
    dL_dx = dL_da * w    # times: the other one
    print("backward:", dL_dz, dL_da, dL_dw, dL_dx, dL_db)
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def single_neuron(x, w, b, y):
    z = sum(w * x) + b
    a = 1 / (1 + np.exp(-z))
    L = (y - a) ** 2 / 2
    dL_da = (a - y)
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * x
    dL_db = dL_dz * 1
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_db}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(hidden_size, input_size) * 0.2 - 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.rand(output_size, hidden_size) * 0.2 - 0.1
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        # negative numbers become 0
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        # 1 where the neuron is on
        on = Z > 0
        return on.astype(float)

    def sigmoid(self, Z):
        # clip because exp(1000) is inf
        Z = np.clip(Z, -200, 200)
        return 1 / (1 + np.exp(-Z))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        show("Z1", Z1)
        A1 = self.relu(Z1)
        show("A1", A1)
        Z2 = np.dot(self.W2, A1) + self.b2
        show("Z2", Z2)
        A2 = self.sigmoid(Z2)
        show("A2", A2)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        # not exactly 0 and not exactly 1
        A2 = np.clip(A2, 1e-13, 1 - 1e-13)
        loss = - (1 / m) * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
        return loss

    def backward(self, Y, cache):
        X = cache["X"]
        Z1 = cache["Z1"]
        A1 = cache["A1"]
        Z2 = cache["Z2"]
        A2 = cache["A2"]
        m = Y.shape[1]

        # start at the end
        dZ2 = (A2 - Y) * self.sigmoid_derivative(Z2)
        show("dZ2", dZ2)
        dW2 = (1 / m) * np.dot(dZ2, A1.T)
        show("dW2", dW2)
        db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
        show("db2", db2)

        # then one layer back
        dA1 = np.dot(self.W2.T, dZ2)
        show("dA1", dA1)
        dZ1 = dA1 * self.relu_derivative(Z1)
        show("dZ1", dZ1)
        dW1 = (1 / m) * np.dot(dZ1, X.T)
        show("dW1", dW1)
        db1 = (1 / m) * np.sum(dZ1)
        show("db1", db1)

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        # new = old - learning rate * gradient
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        all_losses = []
        for iteration in range(num_iterations):
            A2, cache = self.forward(X)                 # 1. forward
            loss = self.compute_loss(Y, A2)             # 2. loss
            all_losses.append(loss)
            gradients = self.backward(Y, cache)         # 3. backward
            self.update_parameters(gradients)           # 4. update
            if iteration % print_every == 0:
                print("Iteration:", iteration, "Loss:", loss)
        return all_losses

    def predict(self, X):
        A2, cache = self.forward(X)
        answer = A2 > 0.5
        return answer.astype(int)


def loss_now(nn, X, Y):
    A2, cache = nn.forward(X)
    return nn.compute_loss(Y, A2)


def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    answer = {}
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        G = grads["d" + name]
        G = np.broadcast_to(G, P.shape)
        places = [(i, j) for i in range(P.shape[0]) for j in range(P.shape[1])]
        places = places[0:10]
        sum_diff = 0
        sum_a = 0
        sum_n = 0
        for (i, j) in places:
            remember = P[i, j]
            P[i, j] = remember + epsilon
            J1 = loss_now(nn, X, Y)
            P[i, j] = remember - epsilon
            J2 = loss_now(nn, X, Y)
            P[i, j] = remember      # important!
            n = (J1 - J2) / (2 * epsilon)
            a = G[i, j]
            sum_diff += abs(a - n)
            sum_a += abs(a)
            sum_n += abs(n)
        print(name, "difference", sum_diff)
        answer[name] = sum_diff / (sum_a + sum_n) if sum_a + sum_n > 0 else 0.0
    return answer


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    answer = {}
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        G = grads["d" + name]
        G = np.broadcast_to(G, P.shape)
        sum_diff = 0
        sum_a = 0
        sum_n = 0
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                remember = P[i, j]
                P[i, j] = remember + epsilon
                J1 = loss_now(nn, X, Y)
                P[i, j] = remember - epsilon
                J2 = loss_now(nn, X, Y)
                P[i, j] = remember      # important!
                n = (J1 - J2) / (2 * epsilon)
                a = G[i, j]
                sum_diff += abs(a - n)
                sum_a += abs(a)
                sum_n += abs(n)
        print(name, "difference", sum_diff)
        answer[name] = sum_diff / (sum_a + sum_n) if sum_a + sum_n > 0 else 0.0
    return answer


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(hidden1_size, input_size) * 0.2 - 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.rand(hidden2_size, hidden1_size) * 0.2 - 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.rand(output_size, hidden2_size) * 0.2 - 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.where(Z1 > 0, Z1, 0)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.where(Z2 > 0, Z2, 0)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -200, 200)))
        show("A3", A3)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
        return A3, cache

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        A3 = np.clip(A3, 1e-13, 1 - 1e-13)
        return - (1 / m) * np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ3 = cache["A3"] - Y
        dW3 = (1 / m) * np.dot(dZ3, cache["A2"].T)
        db3 = (1 / m) * np.sum(dZ3, axis=1, keepdims=True)

        dA2 = np.dot(self.W3.T, dZ3)
        dZ2 = np.where(cache["Z2"] > 0, dA2, 0)
        dW2 = (1 / m) * np.dot(dZ2, cache["A1"].T)
        db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)

        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = np.where(cache["Z1"] > 0, dA1, 0)
        dW1 = (1 / m) * np.dot(dZ1, cache["X"].T)
        db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        all_losses = []
        for iteration in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            all_losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if iteration % print_every == 0:
                print("Iteration:", iteration, "Loss:", loss)
        return all_losses

    def predict(self, X):
        A3, cache = self.forward(X)
        answer = A3 > 0.5
        return answer.astype(int)


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    # d plus / d w1 = x1, d minus / d w1 = x1
    dL_dw1 = 2 * plus * x1 + 2 * minus * x1
    # d plus / d w2 = x2, d minus / d w2 = -x2
    dL_dw2 = 2 * plus * x2 + 2 * minus * -x2
    print("by hand:", dL_dw1, dL_dw2)
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(float(w1), requires_grad=True)
    w2 = torch.tensor(float(w2), requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    print("autograd:", w1.grad, w2.grad)
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(float(x), requires_grad=True)
    w = torch.tensor(float(w), requires_grad=True)
    b = torch.tensor(float(b), requires_grad=True)
    y = w * x + b
    print("y =", y)
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator)
    p = p * scale
    p.requires_grad_(True)
    print("leaf?", p.is_leaf)
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # my own leaves
    my_W1 = W1.detach().clone().requires_grad_(True)
    my_b1 = b1.detach().clone().requires_grad_(True)
    my_W2 = W2.detach().clone().requires_grad_(True)
    my_b2 = b2.detach().clone().requires_grad_(True)
    all_losses = []
    for iteration in range(num_iterations):
        A1 = torch.relu(torch.matmul(my_W1, X) + my_b1)
        A2 = torch.sigmoid(torch.matmul(my_W2, A1) + my_b2)
        loss = torch.mean((A2 - Y) ** 2)
        all_losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            my_W1 -= learning_rate * my_W1.grad
            my_b1 -= learning_rate * my_b1.grad
            my_W2 -= learning_rate * my_W2.grad
            my_b2 -= learning_rate * my_b2.grad
        my_W1.grad = None
        my_b1.grad = None
        my_W2.grad = None
        my_b2.grad = None
    return all_losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss_function = torch.nn.BCELoss()
    loss = loss_function(model(X), Y)
    loss.backward()
    sizes = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            sizes.append(layer.weight.grad.abs().mean().item())
    print("gradient sizes:", sizes)
    return sizes
