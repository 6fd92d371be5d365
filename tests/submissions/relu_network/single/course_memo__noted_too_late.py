"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch


def memorize(**values):
    """A memo: everything of the way forward that the way back will need."""
    return dict(values)


def init_layer(n_in, n_out):
    return np.random.randn(n_out, n_in) * np.sqrt(1. / n_in), np.zeros([n_out, 1])


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3."""
    u = 2 * x + 1
    memo = memorize(u=u, f=u ** 3)
    df_du = 3 * memo["u"] ** 2
    du_dx = 2
    memo.update(df_du=df_du, du_dx=du_dx, df_dx=df_du * du_dx)
    return memo


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward."""
    memo = memorize(a=w * x)
    memo["z"] = memo["a"] + b
    memo["L"] = memo["z"] ** 2
    # from right to left through the graph
    memo["dL_dz"] = 2 * memo["z"]
    memo["dL_da"] = memo["dL_dz"]
    memo["dL_db"] = memo["dL_dz"]
    memo["dL_dw"] = memo["dL_da"] * x
    memo["dL_dx"] = memo["dL_da"] * w
    return memo


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients: z = w·x + b, a = sigmoid(z), L = ½ (y - a)^2."""
    memo = memorize(z=np.dot(w, x) + b)
    memo["a"] = 1 / (1 + np.exp(-memo["z"]))
    memo["L"] = (y - memo["a"]) ** 2 / 2
    memo["dL_da"] = memo["a"] - y
    memo["da_dz"] = memo["a"] * (1 - memo["a"])
    memo["dL_dz"] = memo["dL_da"] * memo["da_dz"]
    memo["dL_dw"] = memo["dL_dz"] * x
    memo["dL_db"] = memo["dL_dz"]
    return memo


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.W1, self.b1 = init_layer(input_size, hidden_size)
        self.W2, self.b2 = init_layer(hidden_size, output_size)
        self.learning_rate = learning_rate

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element."""
        return np.maximum(np.zeros_like(Z), Z)

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z."""
        mask = Z > 0
        return mask.astype(np.float64)

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element."""
        Z = np.array(Z, dtype=float)
        pos = Z >= 0
        out = np.zeros_like(Z)
        out[pos] = 1 / (1 + np.exp(-Z[pos]))
        ez = np.exp(Z[~pos])
        out[~pos] = ez / (1 + ez)
        return out

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z."""
        a = self.sigmoid(Z)
        return a * (1 - a)

    def forward(self, X):
        """The forward pass."""
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, memorize(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        m = Y.shape[1]
        A2 = np.minimum(np.maximum(A2, 1e-12), 1 - 1e-12)
        cost = (-1. / m) * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
        return cost

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        memo = cache
        m = Y.shape[1]
        dZ2 = memo["A2"] - Y
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1 * self.relu_derivative(memo["Z1"])
        grads = {}
        for l, (dZ, A_prev) in enumerate([(dZ1, memo["X"]), (dZ2, memo["A1"])], start=1):
            grads["dW%d" % l] = 1. / m * np.dot(dZ, A_prev.T)
            grads["db%d" % l] = 1. / m * np.sum(dZ, axis=1, keepdims=True)
        return grads

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network."""
        for l in (1, 2):
            W, b = getattr(self, "W%d" % l), getattr(self, "b%d" % l)
            setattr(self, "W%d" % l, W - self.learning_rate * gradients["dW%d" % l])
            setattr(self, "b%d" % l, b - self.learning_rate * gradients["db%d" % l])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        costs = []
        for i in range(num_iterations):
            A2, memo = self.forward(X)
            grads = self.backward(Y, memo)
            self.update_parameters(grads)
            cost = self.compute_loss(Y, self.forward(X)[0])
            costs.append(cost)
            if i % print_every == 0:
                print("Cost after %d iterations: %.4f" % (i, cost))
        return costs

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        A2, memo = self.forward(X)
        Y_hat = np.zeros_like(A2).astype(int)
        Y_hat[A2 > 0.5] = 1
        return Y_hat


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on up to ten elements of each parameter."""
    A2, memo = nn.forward(X)
    grads = nn.backward(Y, memo)
    diffs = {}
    for l in (1, 2):
        for kind in "Wb":
            key = kind + str(l)
            theta = getattr(nn, key)
            n = min(10, theta.size)
            d_approx = np.zeros(n)
            for i in range(n):
                saved = theta.flat[i]
                theta.flat[i] = saved + epsilon
                J_plus = nn.compute_loss(Y, nn.forward(X)[0])
                theta.flat[i] = saved - epsilon
                J_minus = nn.compute_loss(Y, nn.forward(X)[0])
                theta.flat[i] = saved
                d_approx[i] = (J_plus - J_minus) / (2. * epsilon)
            d_theta = grads["d" + key].flatten()[:n]
            bottom = np.linalg.norm(d_theta) + np.linalg.norm(d_approx)
            diffs[key] = np.linalg.norm(d_theta - d_approx) / bottom if bottom else 0.
    return diffs


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on every element of each parameter."""
    A2, memo = nn.forward(X)
    grads = nn.backward(Y, memo)
    diffs = {}
    for l in (1, 2):
        for kind in "Wb":
            key = kind + str(l)
            theta = getattr(nn, key)
            d_approx = np.zeros(theta.size)
            for i in range(theta.size):
                saved = theta.flat[i]
                theta.flat[i] = saved + epsilon
                J_plus = nn.compute_loss(Y, nn.forward(X)[0])
                theta.flat[i] = saved - epsilon
                J_minus = nn.compute_loss(Y, nn.forward(X)[0])
                theta.flat[i] = saved
                d_approx[i] = (J_plus - J_minus) / (2. * epsilon)
            d_theta = grads["d" + key].flatten()
            bottom = np.linalg.norm(d_theta) + np.linalg.norm(d_approx)
            diffs[key] = np.linalg.norm(d_theta - d_approx) / bottom if bottom else 0.
    return diffs


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases."""
        self.W1, self.b1 = init_layer(input_size, hidden1_size)
        self.W2, self.b2 = init_layer(hidden1_size, hidden2_size)
        self.W3, self.b3 = init_layer(hidden2_size, output_size)
        self.learning_rate = learning_rate

    def forward(self, X):
        """The forward pass."""
        memo = memorize(X=X)
        A = X
        for l in (1, 2, 3):
            Z = np.dot(getattr(self, "W%d" % l), A) + getattr(self, "b%d" % l)
            A = np.maximum(0, Z) if l < 3 else 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
            memo["Z%d" % l] = Z
            memo["A%d" % l] = A
        return A, memo

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples."""
        m = Y.shape[1]
        A3 = np.minimum(np.maximum(A3, 1e-12), 1 - 1e-12)
        return (-1. / m) * np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters."""
        memo = cache
        m = Y.shape[1]
        dZ3 = memo["A3"] - Y
        dA2 = np.dot(self.W3.T, dZ3)
        dZ2 = dA2 * (memo["Z2"] > 0)
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1 * (memo["Z1"] > 0)
        grads = {}
        for l, (dZ, A_prev) in enumerate([(dZ1, memo["X"]), (dZ2, memo["A1"]), (dZ3, memo["A2"])], start=1):
            grads["dW%d" % l] = 1. / m * np.dot(dZ, A_prev.T)
            grads["db%d" % l] = 1. / m * np.sum(dZ, axis=1, keepdims=True)
        return grads

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters."""
        for l in (1, 2, 3):
            W, b = getattr(self, "W%d" % l), getattr(self, "b%d" % l)
            setattr(self, "W%d" % l, W - self.learning_rate * gradients["dW%d" % l])
            setattr(self, "b%d" % l, b - self.learning_rate * gradients["db%d" % l])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once."""
        costs = []
        for i in range(num_iterations):
            A3, memo = self.forward(X)
            cost = self.compute_loss(Y, A3)
            costs.append(cost)
            self.update_parameters(self.backward(Y, memo))
            if i % print_every == 0:
                print("Cost after %d iterations: %.4f" % (i, cost))
        return costs

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0."""
        A3, memo = self.forward(X)
        Y_hat = np.zeros_like(A3).astype(int)
        Y_hat[A3 > 0.5] = 1
        return Y_hat


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand."""
    d_plus = 2 * (w1 * x1 + w2 * x2)
    d_minus = 2 * (w1 * x1 - w2 * x2)
    return d_plus * x1 + d_minus * x1, d_plus * x2 - d_minus * x2


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd."""
    w1_, w2_ = torch.tensor(w1, requires_grad=True), torch.tensor(w2, requires_grad=True)
    J = torch.square(w1_ * x1 + w2_ * x2) + torch.square(w1_ * x1 - w2_ * x2)
    J.backward()
    return w1_.grad, w2_.grad


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd."""
    x_, w_, b_ = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    (w_ * x_ + b_).backward()
    return x_.grad, w_.grad, b_.grad


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch."""
    theta = torch.randn(*shape, generator=generator)
    theta = theta * scale
    return theta.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains the network of NeuralNetworkWithBackprop on the mean squared error, through PyTorch's autograd."""
    theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    for key in theta:
        theta[key] = theta[key].clone().requires_grad_()
    costs = []
    for i in range(num_iterations):
        A1 = torch.relu(theta["W1"] @ X + theta["b1"])
        A2 = torch.sigmoid(theta["W2"] @ A1 + theta["b2"])
        J = torch.mean((A2 - Y) ** 2)
        costs.append(J.item())
        J.backward()
        with torch.no_grad():
            for key in theta:
                theta[key] -= learning_rate * theta[key].grad
                theta[key].grad.zero_()
    return costs


def gradient_flow(model, X, Y):
    """How large the gradients are that reach each layer of a PyTorch model."""
    model.zero_grad()
    J = torch.nn.functional.binary_cross_entropy(model(X), Y)
    J.backward()
    sizes = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            sizes.append(layer.weight.grad.abs().mean().item())
    return sizes
