import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    du_dx = 2
    df_du = 3 * u ** 2
    df_dx = df_du * du_dx
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}


def computational_graph(w, x, b):
    # forward
    a = w * x
    z = a + b
    L = z ** 2
    # backward
    dL_dz = 2 * z
    dL_da = dL_dz
    dL_db = dL_dz
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    return {
        "a": a, "z": z, "L": L,
        "dL_dz": dL_dz, "dL_da": dL_da, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db,
    }


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * np.asarray(x)
    dL_db = dL_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_dw": dL_dw, "dL_db": dL_db}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return (np.asarray(Z) > 0).astype(float)

    def sigmoid(self, Z):
        Z = np.clip(np.asarray(Z, dtype=float), -700, 700)
        return 1 / (1 + np.exp(-Z))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        A2 = np.clip(A2, 1e-12, 1 - 1e-12)
        logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
        return float(-np.sum(logprobs) / m)

    def backward(self, Y, cache):
        m = Y.shape[1]
        X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
        dZ2 = A2 - Y
        dW2 = (1 / m) * np.dot(dZ2, A1.T)
        db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1 * self.relu_derivative(Z1)
        dW1 = (1 / m) * np.dot(dZ1, X.T)
        db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        eta = self.learning_rate
        keys = ("dW1", "db1", "dW2", "db2")
        params = (self.W1, self.b1, self.W2, self.b2)
        moved = []
        for param, key in zip(params, keys):
            step = gradients[key]
            step *= eta
            moved.append(param - step)
        self.W1, self.b1, self.W2, self.b2 = moved

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            cost = self.compute_loss(Y, A2)
            costs.append(cost)
            if print_every and i % print_every == 0:
                print(f"Cost after iteration {i}: {cost:.6f}")
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
        return costs

    def predict(self, X):
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    grads = {k: np.array(v, dtype=float) for k, v in nn.backward(Y, cache).items()}
    rng = np.random.default_rng(0)
    differences = {}
    for name in ["W1", "b1", "W2", "b2"]:
        original = getattr(nn, name)
        chosen = rng.choice(original.size, size=min(10, original.size), replace=False)
        gradapprox = np.zeros(len(chosen))
        for j, idx in enumerate(chosen):
            theta_plus = np.array(original, dtype=float)
            theta_plus.flat[idx] += epsilon
            setattr(nn, name, theta_plus)
            J_plus = nn.compute_loss(Y, nn.forward(X)[0])
            theta_minus = np.array(original, dtype=float)
            theta_minus.flat[idx] -= epsilon
            setattr(nn, name, theta_minus)
            J_minus = nn.compute_loss(Y, nn.forward(X)[0])
            gradapprox[j] = (J_plus - J_minus) / (2 * epsilon)
        setattr(nn, name, original)
        grad = grads["d" + name].ravel()[chosen]
        numerator = np.linalg.norm(grad - gradapprox)
        denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
        differences[name] = float(numerator / denominator) if denominator > 0 else 0.0
    return differences


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    grads = {k: np.array(v, dtype=float) for k, v in nn.backward(Y, cache).items()}
    differences = {}
    for name in ["W1", "b1", "W2", "b2"]:
        original = getattr(nn, name)
        gradapprox = np.zeros(original.shape)
        for idx in np.ndindex(*original.shape):
            theta = np.array(original, dtype=float)
            theta[idx] += epsilon
            setattr(nn, name, theta)
            J_plus = nn.compute_loss(Y, nn.forward(X)[0])
            theta = np.array(original, dtype=float)
            theta[idx] -= epsilon
            setattr(nn, name, theta)
            J_minus = nn.compute_loss(Y, nn.forward(X)[0])
            gradapprox[idx] = (J_plus - J_minus) / (2 * epsilon)
        setattr(nn, name, original)
        grad = grads["d" + name]
        numerator = np.linalg.norm(grad - gradapprox)
        denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
        differences[name] = float(numerator / denominator) if denominator > 0 else 0.0
    return differences


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
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -700, 700)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        A3 = np.clip(A3, 1e-12, 1 - 1e-12)
        return float(-np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m)

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ3 = cache["A3"] - Y
        dW3 = np.dot(dZ3, cache["A2"].T) / m
        db3 = np.sum(dZ3, axis=1, keepdims=True) / m
        dZ2 = np.dot(self.W3.T, dZ3) * (cache["Z2"] > 0)
        dW2 = np.dot(dZ2, cache["A1"].T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = np.dot(self.W2.T, dZ2) * (cache["Z1"] > 0)
        dW1 = np.dot(dZ1, cache["X"].T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        for p in ["W1", "b1", "W2", "b2", "W3", "b3"]:
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            costs.append(self.compute_loss(Y, A3))
            if print_every and i % print_every == 0:
                print(f"Cost after iteration {i}: {costs[-1]:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return costs

    def predict(self, X):
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    p = w1 * x1 + w2 * x2
    q = w1 * x1 - w2 * x2
    dL_dw1 = 2 * p * x1 + 2 * q * x1
    dL_dw2 = 2 * p * x2 - 2 * q * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator) * scale
    return values.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    losses = []
    for i in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = ((A2 - Y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (W1, b1, W2, b2):
                p -= learning_rate * p.grad
                p.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
