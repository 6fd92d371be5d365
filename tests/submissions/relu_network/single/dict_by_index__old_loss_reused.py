"""Exercise sheet, NumPy and PyTorch part."""

import random

import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    return {
        "u": u,
        "f": u ** 3,
        "du_dx": 2,
        "df_du": 3 * u ** 2,
        "df_dx": 6 * u ** 2,
    }


def computational_graph(w, x, b):
    z = w * x + b
    return {
        "a": w * x,
        "z": z,
        "L": z ** 2,
        "dL_dz": 2 * z,
        "dL_da": 2 * z,
        "dL_dw": 2 * z * x,
        "dL_dx": 2 * z * w,
        "dL_db": 2 * z,
    }


def single_neuron(x, w, b, y):
    z = (w * x).sum() + b
    a = (1 + np.exp(-z)) ** -1
    return {
        "z": z,
        "a": a,
        "L": 0.5 * (a - y) ** 2,
        "dL_da": a - y,
        "da_dz": a * (1 - a),
        "dL_dz": (a - y) * a * (1 - a),
        "dL_db": (a - y) * a * (1 - a),
        "dL_dw": (a - y) * a * (1 - a) * x,
    }


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        sizes = [input_size, hidden_size, output_size]
        for i, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), start=1):
            setattr(self, f"W{i}", np.random.normal(scale=0.05, size=(fan_out, fan_in)))
            setattr(self, f"b{i}", np.zeros((fan_out, 1)))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return np.float64(1) * np.greater(Z, 0)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        out = np.empty_like(Z)
        pos = Z >= 0
        out[pos] = 1 / (1 + np.exp(-Z[pos]))
        ez = np.exp(Z[~pos])
        out[~pos] = ez / (1 + ez)
        return out

    def sigmoid_derivative(self, Z):
        e = np.exp(-np.abs(Z))
        return e / np.square(1 + e)

    @staticmethod
    def _affine(W, A, b):
        return np.einsum("ij,jm->im", W, A) + b

    def forward(self, X):
        Z1 = self._affine(self.W1, X, self.b1)
        A1 = self.relu(Z1)
        Z2 = self._affine(self.W2, A1, self.b2)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        tiny = np.finfo(float).eps
        A = np.clip(A2, tiny, 1 - tiny)
        return -(np.vdot(Y, np.log(A)) + np.vdot(1 - Y, np.log1p(-A))) / np.shape(Y)[-1]

    def _layer_gradient(self, d_up, inputs):
        N_s = inputs.shape[1]
        return np.einsum("im,jm->ij", d_up, inputs) / N_s, np.einsum("im->i", d_up)[:, None] / N_s

    def backward(self, Y, cache):
        delta2 = cache["A2"] - Y
        delta1 = np.einsum("kh,km->hm", self.W2, delta2) * (cache["Z1"] > 0)
        dW2, db2 = self._layer_gradient(delta2, cache["A1"])
        dW1, db1 = self._layer_gradient(delta1, cache["X"])
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        for key, grad in gradients.items():
            attribute = key[1:]
            setattr(self, attribute, getattr(self, attribute) - self.learning_rate * grad)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for epoch in range(1, num_iterations + 1):
            prediction, cache = self.forward(X)
            losses.append(self.compute_loss(Y, prediction))
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if print_every and epoch % print_every == 0:
                print(f"[{epoch}/{num_iterations}] {losses[-1]:.5f}")
        return losses

    def predict(self, X):
        probabilities, _ = self.forward(X)
        return np.int64(1) * (probabilities > 0.5)


def _num_grad(nn, X, Y, name, epsilon, indices):
    P = getattr(nn, name)
    values = {}
    for index in indices:
        saved = P[index]
        P[index] = saved + epsilon
        loss_up = nn.compute_loss(Y, nn.forward(X)[0])
        P[index] = saved
        loss_now = nn.compute_loss(Y, nn.forward(X)[0])
        values[index] = (loss_up - loss_now) / epsilon
    return values


def _error(grad, values):
    num = np.array(list(values.values()))
    ana = np.array([grad[index] for index in values])
    return np.linalg.norm(num - ana) / max(np.linalg.norm(num), np.linalg.norm(ana), 1e-200)


def gradient_check(nn, X, Y, epsilon=1e-05):
    bp = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        every = list(np.ndindex(getattr(nn, name).shape))
        random.shuffle(every)
        errors[name] = _error(bp["d" + name], _num_grad(nn, X, Y, name, epsilon, every[:10]))
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    bp = nn.backward(Y, nn.forward(X)[1])
    return {name: _error(bp["d" + name],
                         _num_grad(nn, X, Y, name, epsilon, list(np.ndindex(getattr(nn, name).shape))))
            for name in ("W1", "b1", "W2", "b2")}


def _logistic(z):
    return np.where(z < 0, np.exp(np.minimum(z, 0)), 1.0)/(1 + np.exp(-np.abs(z)))


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = 0.1*np.random.randn(hidden1_size, input_size)
        self.W2 = 0.1*np.random.randn(hidden2_size, hidden1_size)
        self.W3 = 0.1*np.random.randn(output_size, hidden2_size)
        self.b1, self.b2, self.b3 = [np.zeros((w.shape[0], 1)) for w in (self.W1, self.W2, self.W3)]
        self.learning_rate = learning_rate

    def forward(self, X):
        c = {'X': X}
        c['Z1'] = np.dot(self.W1, X) + self.b1
        c['A1'] = c['Z1']*(c['Z1'] > 0)
        c['Z2'] = np.dot(self.W2, c['A1']) + self.b2
        c['A2'] = c['Z2']*(c['Z2'] > 0)
        c['Z3'] = np.dot(self.W3, c['A2']) + self.b3
        c['A3'] = _logistic(c['Z3'])
        return c['A3'], c

    def compute_loss(self, Y, A3):
        N_s = A3.shape[1]
        A = np.clip(A3, 1e-15, 1 - 1e-15)
        ce = Y*np.log(A) + (1 - Y)*np.log(1 - A)
        return -1/N_s*np.sum(ce)

    def backward(self, Y, cache):
        N_s = Y.shape[1]
        out = {}
        delta3 = cache['A3'] - Y
        out['dW3'] = 1/N_s*np.dot(delta3, cache['A2'].T)
        out['db3'] = 1/N_s*np.sum(delta3, axis=1, keepdims=True)
        d2 = np.dot(self.W3.T, delta3)
        d2[cache['Z2'] <= 0] = 0
        out['dW2'] = 1/N_s*np.dot(d2, cache['A1'].T)
        out['db2'] = 1/N_s*np.sum(d2, axis=1, keepdims=True)
        d1 = np.dot(self.W2.T, d2)
        d1[cache['Z1'] <= 0] = 0
        out['dW1'] = 1/N_s*np.dot(d1, cache['X'].T)
        out['db1'] = 1/N_s*np.sum(d1, axis=1, keepdims=True)
        return out

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr*gradients['dW1']; self.b1 = self.b1 - lr*gradients['db1']
        self.W2 = self.W2 - lr*gradients['dW2']; self.b2 = self.b2 - lr*gradients['db2']
        self.W3 = self.W3 - lr*gradients['dW3']; self.b3 = self.b3 - lr*gradients['db3']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            costs.append(self.compute_loss(Y, A3))
            if print_every and it % print_every == 0:
                print('cost after %d iterations: %f' % (it, costs[-1]))
            self.update_parameters(self.backward(Y, cache))
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5)*1


def two_squares(w1, w2, x1, x2):
    # (p + q)^2 + (p - q)^2 = 2 p^2 + 2 q^2
    return 4 * w1 * x1 ** 2, 4 * w2 * x2 ** 2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.double, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.double)
    p, q = w * x
    (grad,) = torch.autograd.grad((p + q).square() + (p - q).square(), w)
    return grad[0], grad[1]


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=torch.double, requires_grad=True) for v in (x, w, b)]
    y = leaves[1] * leaves[0] + leaves[2]
    return torch.autograd.grad(y, leaves)


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]

    def objective():
        pre = theta[0] @ X + theta[1]
        hidden = pre * (pre > 0)
        return (torch.sigmoid(theta[2] @ hidden + theta[3]) - Y).square().mean()

    loss_history = []
    for _ in range(num_iterations):
        value = objective()
        loss_history.append(float(value))
        bp = torch.autograd.grad(value, theta)
        theta = [(t - learning_rate * g).detach().requires_grad_() for t, g in zip(theta, bp)]
    return loss_history


def gradient_flow(model, X, Y):
    weights = [layer.weight for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    loss = torch.nn.BCELoss()(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(loss, weights)]
