"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3."""
    grads = {}
    u = 2 * x + 1
    f = np.power(u, 3)
    grads["du_dx"] = 2
    grads["df_du"] = 3 * np.power(u, 2)
    grads["df_dx"] = grads["du_dx"] * grads["df_du"]
    return dict(grads, u=u, f=f)


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward."""
    # forward prop
    a = w * x
    z = a + b
    L = z * z

    # back prop
    grads = {"dL_dz": 2 * z}
    grads["dL_da"] = grads["dL_dz"]
    grads["dL_db"] = grads["dL_dz"]
    grads["dL_dw"] = grads["dL_da"] * x
    grads["dL_dx"] = grads["dL_da"] * w
    return dict(grads, a=a, z=z, L=L)


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients: z = w·x + b, a = sigmoid(z), L = ½ (y - a)^2."""
    # forward prop
    z = np.dot(x, w) + b
    a = 1 / (1 + np.exp(-z))
    L = 1 / 2 * (y - a) ** 2

    # back prop
    grads = {}
    grads["dL_da"] = a - y
    grads["da_dz"] = a * (1 - a)
    grads["dL_dz"] = grads["dL_da"] * grads["da_dz"]
    grads["dL_dw"] = grads["dL_dz"] * x
    grads["dL_db"] = grads["dL_dz"]
    return dict(grads, z=z, a=a, L=L)


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.05
        self.W2 = np.random.randn(output_size, hidden_size) * 0.05
        self.b1 = np.zeros(hidden_size).reshape(-1, 1)
        self.b2 = np.zeros(output_size).reshape(-1, 1)

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element."""
        A = np.copy(Z)
        A[A <= 0] = 0
        return A

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z."""
        dZ = np.zeros_like(Z, dtype=float)
        dZ[Z > 0] = 1.0
        return dZ

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element."""
        return 1 / (1 + np.exp(-np.clip(Z, -400, 400)))

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z."""
        A = self.sigmoid(Z)
        dZ = A * (1 - A)
        return dZ

    def forward(self, X):
        """The forward pass."""
        Z1 = self.W1.dot(X) + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = self.sigmoid(Z2)
        cache = dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)
        return cache["A2"], cache

    def compute_loss(self, Y, A2):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        m = A2.shape[1]
        A2 = np.clip(A2, 1e-11, 1 - 1e-11)
        losses = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
        return np.sum(losses) / m

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        m = Y.shape[1]
        grads = {}

        # output layer
        dZ2 = (cache["A2"] - Y) * self.sigmoid_derivative(cache["Z2"])
        grads["dW2"] = dZ2.dot(cache["A1"].T) / m
        grads["db2"] = dZ2.sum(axis=1, keepdims=True) / m

        # hidden layer
        dA1 = self.W2.T.dot(dZ2)
        dZ1 = dA1 * self.relu_derivative(cache["Z1"])
        grads["dW1"] = dZ1.dot(cache["X"].T) / m
        grads["db1"] = dZ1[:, :1] / m

        return grads

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network."""
        grads = gradients
        lr = self.learning_rate
        self.W2 = self.W2 - lr * grads["dW2"]
        self.b2 = self.b2 - lr * grads["db2"]
        self.W1 = self.W1 - lr * grads["dW1"]
        self.b1 = self.b1 - lr * grads["db1"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        J_history = []
        for epoch in range(1, num_iterations + 1):
            A2, cache = self.forward(X)
            J = self.compute_loss(Y, A2)
            J_history.append(J)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            if epoch % print_every == 0:
                print("epoch", epoch, "J =", J)
        return J_history

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        A2, _ = self.forward(X)
        return np.where(A2 > 0.5, 1, 0).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on up to ten elements of each parameter."""
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    errors = {}
    for p in ["W1", "b1", "W2", "b2"]:
        original = getattr(nn, p)
        rows, cols = original.shape
        coordinates = [(i, j) for j in range(cols) for i in range(rows)][:10]
        dist = norm = 0.0
        for i, j in coordinates:
            changed = original.copy()
            setattr(nn, p, changed)
            changed[i, j] = original[i, j] + epsilon
            J_plus = nn.compute_loss(Y, nn.forward(X)[0])
            changed[i, j] = original[i, j] - epsilon
            J_minus = nn.compute_loss(Y, nn.forward(X)[0])
            num = (J_plus - J_minus) / (2 * epsilon)
            ana = grads["d" + p][i, j]
            dist = max(dist, abs(num - ana))
            norm = max(norm, abs(num) + abs(ana))
        setattr(nn, p, original)
        errors[p] = dist / norm if norm > 0 else 0.0
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on every element of each parameter."""
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    errors = {}
    for p in ["W1", "b1", "W2", "b2"]:
        original = getattr(nn, p)
        num = np.zeros_like(original)
        for i in range(original.shape[0]):
            for j in range(original.shape[1]):
                changed = original.copy()
                setattr(nn, p, changed)
                changed[i, j] = original[i, j] + epsilon
                J_plus = nn.compute_loss(Y, nn.forward(X)[0])
                changed[i, j] = original[i, j] - epsilon
                J_minus = nn.compute_loss(Y, nn.forward(X)[0])
                num[i, j] = (J_plus - J_minus) / (2 * epsilon)
        setattr(nn, p, original)
        ana = grads["d" + p]
        norm = np.sqrt(np.sum(num ** 2)) + np.sqrt(np.sum(ana ** 2))
        errors[p] = np.sqrt(np.sum((num - ana) ** 2)) / norm if norm > 0 else 0.0
    return errors


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.05
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.05
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.05
        self.b1 = np.zeros(hidden1_size).reshape(-1, 1)
        self.b2 = np.zeros(hidden2_size).reshape(-1, 1)
        self.b3 = np.zeros(output_size).reshape(-1, 1)

    def forward(self, X):
        """The forward pass."""
        Z1 = self.W1.dot(X) + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -400, 400)))
        cache = dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)
        return cache["A3"], cache

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        m = A3.shape[1]
        A3 = np.clip(A3, 1e-11, 1 - 1e-11)
        losses = -(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
        return np.sum(losses) / m

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        m = Y.shape[1]
        grads = {}

        dZ3 = cache["A3"] - Y
        grads["dW3"] = dZ3.dot(cache["A2"].T) / m
        grads["db3"] = dZ3.sum(axis=1, keepdims=True) / m

        dZ2 = self.W3.T.dot(dZ3)
        dZ2[cache["Z2"] <= 0] = 0
        grads["dW2"] = dZ2.dot(cache["A1"].T) / m
        grads["db2"] = dZ2.sum(axis=1, keepdims=True) / m

        dZ1 = self.W2.T.dot(dZ2)
        dZ1[cache["Z1"] <= 0] = 0
        grads["dW1"] = dZ1.dot(cache["X"].T) / m
        grads["db1"] = dZ1.sum(axis=1, keepdims=True) / m

        return grads

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters."""
        for p in ["W3", "b3", "W2", "b2", "W1", "b1"]:
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        J_history = []
        for epoch in range(1, num_iterations + 1):
            A3, cache = self.forward(X)
            J = self.compute_loss(Y, A3)
            J_history.append(J)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            if epoch % print_every == 0:
                print("epoch", epoch, "J =", J)
        return J_history

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        A3, _ = self.forward(X)
        return np.where(A3 > 0.5, 1, 0).astype(int)


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand."""
    grads = {"dw1": 0, "dw2": 0}
    for sign in (1, -1):
        z = w1 * x1 + sign * w2 * x2
        grads["dw1"] += 2 * z * x1
        grads["dw2"] += 2 * z * sign * x2
    return grads["dw1"], grads["dw2"]


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd."""
    params = {"w1": torch.tensor(w1, requires_grad=True), "w2": torch.tensor(w2, requires_grad=True)}
    L = (params["w1"] * x1 + params["w2"] * x2) ** 2 + (params["w1"] * x1 - params["w2"] * x2) ** 2
    L.backward()
    return params["w1"].grad, params["w2"].grad


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd."""
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    (x * w + b).backward()
    grads = {"dx": x.grad, "dw": w.grad, "db": b.grad}
    return grads["dx"], grads["dw"], grads["db"]


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch."""
    p = torch.randn(*shape, generator=generator).mul(scale)
    p.requires_grad_()
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains the network of NeuralNetworkWithBackprop on the mean squared error, through PyTorch's autograd."""
    params = dict(W1=W1, b1=b1, W2=W2, b2=b2)
    params = {name: p.clone().requires_grad_() for name, p in params.items()}
    J_history = []
    for epoch in range(num_iterations):
        A1 = torch.relu(params["W1"] @ X + params["b1"])
        A2 = torch.sigmoid(params["W2"] @ A1 + params["b2"])
        J = torch.nn.functional.mse_loss(A2, Y)
        J_history.append(J.item())
        grads = torch.autograd.grad(J, list(params.values()))
        with torch.no_grad():
            for p, g in zip(params.values(), grads):
                p -= learning_rate * g
    return J_history


def gradient_flow(model, X, Y):
    """How large the gradients are that reach each layer of a PyTorch model."""
    model.zero_grad()
    J = torch.nn.functional.binary_cross_entropy(model(X), Y)
    J.backward()
    grads = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            grads.append(module.weight.grad)
    return [float(g.abs().mean()) for g in grads]



if __name__ == "__main__":
    np.random.seed(1)
    X = np.random.randn(3, 10)
    Y = (X[:1] > 0).astype(int)
    nn = NeuralNetworkWithBackprop(3, 5, 1, learning_rate=1.0)
    nn.train(X, Y, num_iterations=40, print_every=10)
    print("accuracy", np.mean(nn.predict(X) == Y))
