"""Backpropagation after the textbook's four equations (BP1-BP4).

    delta^L = dC/da^L * sigma'(z^L)                 (BP1)
    delta^l = (w^{l+1})^T delta^{l+1} * f'(z^l)     (BP2)
    dC/db^l = delta^l                               (BP3)
    dC/dw^l = delta^l (a^{l-1})^T                   (BP4)

A mini-batch is one matrix with a training example per column.
"""

import numpy as np
import torch


def chain_rule(x):
    u = 2*x + 1
    f = u**3
    df_du = 3*u**2
    du_dx = 2
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du*du_dx}


def computational_graph(w, x, b):
    a = w*x
    z = a+b
    L = z**2
    delta = 2*z
    return {"a": a, "z": z, "L": L, "dL_dz": delta, "dL_da": delta,
            "dL_dw": delta*x, "dL_dx": delta*w, "dL_db": delta}


def single_neuron(x, w, b, y):
    z = np.dot(w, x)+b
    a = sigmoid(z)
    delta = (a-y)*sigmoid_prime(z)
    return {"z": z, "a": a, "L": 0.5*(y-a)**2, "dL_da": a-y, "da_dz": sigmoid_prime(z),
            "dL_dz": delta, "dL_dw": delta*x, "dL_db": delta}


def sigmoid(z):
    """The sigmoid function."""
    return 1.0/(1.0+np.exp(-np.clip(z, -500, 500)))


def sigmoid_prime(z):
    """Derivative of the sigmoid function."""
    return sigmoid(z)*(1-sigmoid(z))


def relu(z):
    return np.maximum(z, 0)


def relu_prime(z):
    return np.where(z > 0, 1.0, 0.0)


class CrossEntropyCost(object):

    @staticmethod
    def fn(a, y):
        a = np.clip(a, 1e-12, 1-1e-12)
        return np.sum(-y*np.log(a)-(1-y)*np.log(1-a))/y.shape[1]

    @staticmethod
    def delta(a, y):
        return (a-y)/y.shape[1]


class NeuralNetworkWithBackprop(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.sizes = [input_size, hidden_size, output_size]
        self.learning_rate = learning_rate
        self.W1, self.W2 = [np.random.randn(y, x)/np.sqrt(x)*0.1
                            for x, y in zip(self.sizes[:-1], self.sizes[1:])]
        self.b1, self.b2 = [np.zeros((y, 1)) for y in self.sizes[1:]]

    def relu(self, Z):
        return relu(Z)

    def relu_derivative(self, Z):
        return relu_prime(Z)

    def sigmoid(self, Z):
        return sigmoid(Z)

    def sigmoid_derivative(self, Z):
        return sigmoid_prime(Z)

    def forward(self, X):
        z1 = np.dot(self.W1, X)+self.b1
        a1 = relu(z1)
        z2 = np.dot(self.W2, a1)+self.b2
        a2 = sigmoid(z2)
        return a2, {"X": X, "Z1": z1, "A1": a1, "Z2": z2, "A2": a2}

    def compute_loss(self, Y, A2):
        return CrossEntropyCost.fn(A2, Y)

    def backward(self, Y, cache):
        # output error
        delta = CrossEntropyCost.delta(cache["A2"], Y)
        nabla_b2 = delta.sum(axis=1, keepdims=True)
        nabla_w2 = np.dot(delta, cache["A1"].transpose())
        # backpropagate the error
        delta = np.dot(self.W2.transpose(), delta)*relu_prime(cache["Z1"])
        nabla_b1 = delta.sum(axis=1, keepdims=True)
        nabla_w1 = np.dot(delta, cache["X"].transpose())
        return {"dW1": nabla_w1, "db1": nabla_b1, "dW2": nabla_w2, "db2": nabla_b2}

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1-eta*gradients["dW1"]
        self.b1 = self.b1-eta*gradients["db1"]
        self.W2 = self.W2-eta*gradients["dW2"]
        self.b2 = self.b2-eta*gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        training_cost = []
        for j in range(num_iterations):
            a, cache = self.forward(X)
            training_cost.append(self.compute_loss(Y, a))
            self.update_parameters(self.backward(Y, cache))
            if j % print_every == 0:
                print("Epoch {0}: cost on training data {1}".format(j, training_cost[-1]))
        return training_cost

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def cost_at(nn, X, Y):
    a, _ = nn.forward(X)
    return nn.compute_loss(Y, a)


def nabla_numeric(nn, X, Y, name, index, epsilon):
    theta = getattr(nn, name)
    saved = theta[index]
    theta[index] = saved+epsilon
    cost_plus = cost_at(nn, X, Y)
    theta[index] = saved-epsilon
    cost_minus = cost_at(nn, X, Y)
    theta[index] = saved
    return (cost_plus-cost_minus)/(2*epsilon)


def gradient_check(nn, X, Y, epsilon=1e-05):
    nabla = nn.backward(Y, nn.forward(X)[1])
    errors = {"W1": 0.0, "b1": 0.0, "W2": 0.0, "b2": 0.0}
    for l in (1, 2):
        name = "W%d" % l
        shape = getattr(nn, name).shape
        indices = [np.unravel_index(i, shape) for i in range(min(10, np.prod(shape)))]
        by_bp = np.array([nabla["d"+name][i] for i in indices])
        by_difference = np.array([nabla_numeric(nn, X, Y, name, i, epsilon) for i in indices])
        scale = np.linalg.norm(by_bp)+np.linalg.norm(by_difference)
        if scale > 0:
            errors[name] = np.linalg.norm(by_bp-by_difference)/scale
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    nabla = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        by_bp = nabla["d"+name]
        by_difference = np.zeros(by_bp.shape)
        for index in np.ndindex(*by_bp.shape):
            by_difference[index] = nabla_numeric(nn, X, Y, name, index, epsilon)
        scale = np.linalg.norm(by_bp)+np.linalg.norm(by_difference)
        errors[name] = np.linalg.norm(by_bp-by_difference)/scale if scale > 0 else 0.0
    return errors


class ThreeLayerNetwork(object):

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.sizes = [input_size, hidden1_size, hidden2_size, output_size]
        self.learning_rate = learning_rate
        self.W1, self.W2, self.W3 = [np.random.randn(y, x)/np.sqrt(x)*0.1
                                     for x, y in zip(self.sizes[:-1], self.sizes[1:])]
        self.b1, self.b2, self.b3 = [np.zeros((y, 1)) for y in self.sizes[1:]]

    def forward(self, X):
        z1 = np.dot(self.W1, X)+self.b1
        a1 = relu(z1)
        z2 = np.dot(self.W2, a1)+self.b2
        a2 = relu(z2)
        z3 = np.dot(self.W3, a2)+self.b3
        a3 = sigmoid(z3)
        return a3, {"X": X, "Z1": z1, "A1": a1, "Z2": z2, "A2": a2, "Z3": z3, "A3": a3}

    def compute_loss(self, Y, A3):
        return CrossEntropyCost.fn(A3, Y)

    def backward(self, Y, cache):
        delta3 = CrossEntropyCost.delta(cache["A3"], Y)
        delta2 = np.dot(self.W3.transpose(), delta3)*relu_prime(cache["Z2"])
        delta1 = np.dot(self.W2.transpose(), delta2)*relu_prime(cache["Z1"])
        nabla = {}
        for l, delta, a in [(3, delta3, cache["A2"]), (2, delta2, cache["A1"]), (1, delta1, cache["X"])]:
            nabla["db%d" % l] = delta.sum(axis=1, keepdims=True)
            nabla["dW%d" % l] = np.dot(delta, a.transpose())
        return nabla

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1-eta*gradients["dW1"]
        self.b1 = self.b1-eta*gradients["db1"]
        self.W2 = self.W2-eta*gradients["dW2"]
        self.b2 = self.b2-eta*gradients["db2"]
        self.W3 = self.W3-eta*gradients["dW3"]
        self.b3 = self.b3-eta*gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        training_cost = []
        for j in range(num_iterations):
            a, cache = self.forward(X)
            training_cost.append(self.compute_loss(Y, a))
            self.update_parameters(self.backward(Y, cache))
            if j % print_every == 0:
                print("Epoch {0}: cost on training data {1}".format(j, training_cost[-1]))
        return training_cost

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    delta_plus = 2*(w1*x1+w2*x2)
    delta_minus = 2*(w1*x1-w2*x2)
    return delta_plus*x1+delta_minus*x1, delta_plus*x2-delta_minus*x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    cost = (w1*x1+w2*x2)**2+(w1*x1-w2*x2)**2
    nabla = torch.autograd.grad(cost, [w1, w2])
    return nabla[0], nabla[1]


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    (w*x+b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    theta = torch.randn(*shape, generator=generator)*scale
    return theta.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    w1, c1, w2, c2 = [t.clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    training_cost = []
    for j in range(num_iterations):
        a2 = torch.sigmoid(torch.mm(w2, torch.relu(torch.mm(w1, X)+c1))+c2)
        cost = torch.mean((a2-Y)**2)
        training_cost.append(cost.item())
        cost.backward()
        with torch.no_grad():
            for t in (w1, c1, w2, c2):
                t -= learning_rate*t.grad
                t.grad.zero_()
    return training_cost


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item()
            for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
