"""fit / predict style implementation."""
import warnings

import numpy as np
import torch
from torch import nn as tn

PARAMETERS = ("W1", "b1", "W2", "b2")


def _safe_expit(t):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return 1.0 / (1.0 + np.exp(-np.asarray(t, dtype=np.float64)))


def _log_loss(y_true, y_prob, *, eps=1e-15):
    y_prob = np.clip(y_prob, eps, 1 - eps)
    return float(np.sum(-np.log(y_prob) * y_true - np.log(1 - y_prob) * (1 - y_true)) / y_true.shape[1])


def chain_rule(x):
    u_ = 2 * x + 1
    return {"f": u_**3, "u": u_, "du_dx": 2, "df_du": 3 * u_**2, "df_dx": (3 * u_**2) * 2}


def computational_graph(w, x, b):
    a_ = w * x
    z_ = a_ + b
    top = 2 * z_
    return {"a": a_, "z": z_, "L": z_**2, "dL_dz": top, "dL_da": top, "dL_dw": x * top, "dL_dx": w * top, "dL_db": top}


def single_neuron(x, w, b, y):
    z_ = np.asarray(w) @ np.asarray(x) + b
    a_ = _safe_expit(z_)
    out = {"z": z_, "a": a_, "L": (y - a_) ** 2 / 2}
    out["dL_da"] = a_ - y
    out["da_dz"] = a_ * (1 - a_)
    out["dL_dz"] = np.prod([out["dL_da"], out["da_dz"]])
    out["dL_db"] = out["dL_dz"]
    out["dL_dw"] = out["dL_dz"] * np.asarray(x)
    return out


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        rs = np.random.RandomState(None)
        self.W1 = rs.uniform(-1, 1, (hidden_size, input_size)) / (10 * np.sqrt(input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = rs.uniform(-1, 1, (output_size, hidden_size)) / (10 * np.sqrt(hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.n_iter_ = 0

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return np.asarray(Z > 0).astype(np.float64)

    def sigmoid(self, Z):
        return _safe_expit(Z)

    def sigmoid_derivative(self, Z):
        p = _safe_expit(Z)
        return p * (1.0 - p)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        return _log_loss(Y, A2)

    def backward(self, Y, cache):
        n_samples = Y.shape[1]
        coef_grads, intercept_grads = [], []
        delta = (cache["A2"] - Y) / n_samples
        coef_grads.insert(0, delta @ cache["A1"].T)
        intercept_grads.insert(0, delta.sum(axis=1, keepdims=True))
        delta = self.relu_derivative(cache["Z1"]) * (self.W2.T @ delta)
        coef_grads.insert(0, delta @ cache["X"].T)
        intercept_grads.insert(0, delta.sum(axis=1, keepdims=True))
        return {"dW1": coef_grads[0], "db1": intercept_grads[0], "dW2": coef_grads[1], "db2": intercept_grads[1]}

    def update_parameters(self, gradients):
        for p in PARAMETERS:
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def _one_epoch(self, X, Y):
        probs, cache = self.forward(X)
        self.update_parameters(self.backward(Y, cache))
        self.n_iter_ += 1
        return self.compute_loss(Y, self.forward(X)[0])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        self.loss_curve_ = []
        for i in range(num_iterations):
            self.loss_curve_.append(self._one_epoch(X, Y))
            if i % print_every == 0:
                print(f"Iteration {i}, loss = {self.loss_curve_[-1]:.8f}")
        return self.loss_curve_

    def predict_proba(self, X):
        return self.forward(X)[0]

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)


def _approx_fprime(nn, X, Y, parameter, index, epsilon):
    theta = getattr(nn, parameter)
    saved = theta.item(index)
    values = []
    for shift in (epsilon, -epsilon):
        np.put(theta, index, saved + shift)
        values.append(nn.compute_loss(Y, nn.forward(X)[0]))
    np.put(theta, index, saved)
    return (values[0] - values[1]) / (2.0 * epsilon)


def _check_grad(nn, X, Y, epsilon, max_elements):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    scores = {}
    for parameter in PARAMETERS:
        size = getattr(nn, parameter).size
        indices = np.arange(size) if max_elements is None else np.random.RandomState(0).permutation(size)[:max_elements]
        numeric = np.array([_approx_fprime(nn, X, Y, parameter, i, epsilon) for i in indices])
        analytic = grads["d" + parameter].ravel()[indices]
        denom = np.linalg.norm(numeric) + np.linalg.norm(analytic)
        scores[parameter] = float(np.linalg.norm(numeric - analytic) / denom) if denom else 0.0
    return scores


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _check_grad(nn, X, Y, epsilon, max_elements=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _check_grad(nn, X, Y, epsilon, max_elements=None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        layer_units = [input_size, hidden1_size, hidden2_size, output_size]
        for i in range(1, 4):
            setattr(self, f"W{i}", np.random.uniform(-0.1, 0.1, (layer_units[i], layer_units[i - 1])))
            setattr(self, f"b{i}", np.zeros((layer_units[i], 1)))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = _safe_expit(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return _log_loss(Y, A3)

    def backward(self, Y, cache):
        n_samples = Y.shape[1]
        delta3 = (cache["A3"] - Y) / n_samples
        delta2 = (cache["Z2"] > 0) * (self.W3.T @ delta3)
        delta1 = (cache["Z1"] > 0) * (self.W2.T @ delta2)
        return {
            "dW1": delta1 @ cache["X"].T, "db1": delta1.sum(axis=1, keepdims=True),
            "dW2": delta2 @ cache["A1"].T, "db2": delta2.sum(axis=1, keepdims=True),
            "dW3": delta3 @ cache["A2"].T, "db3": delta3.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for p in PARAMETERS + ("W3", "b3"):
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        self.loss_curve_ = []
        for i in range(num_iterations):
            probs, cache = self.forward(X)
            self.loss_curve_.append(self.compute_loss(Y, probs))
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(f"Iteration {i}, loss = {self.loss_curve_[-1]:.8f}")
        return self.loss_curve_

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    first, second = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * first * x1 + 2 * second * x1, 2 * first * x2 - 2 * second * x2


def two_squares_autograd(w1, w2, x1, x2):
    W = [torch.tensor(v, requires_grad=True) for v in (w1, w2)]
    objective = (W[0] * x1 + W[1] * x2) ** 2 + (W[0] * x1 - W[1] * x2) ** 2
    objective.backward()
    return W[0].grad, W[1].grad


def autograd_linear(x, w, b):
    X_, coef_, intercept_ = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    y_ = coef_ * X_ + intercept_
    y_.backward()
    return X_.grad, coef_.grad, intercept_.grad


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).detach().requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    coefs_ = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    loss_curve_ = []
    for _ in range(num_iterations):
        hidden = torch.relu(coefs_[0] @ X + coefs_[1])
        probs = torch.sigmoid(coefs_[2] @ hidden + coefs_[3])
        loss = ((probs - Y) ** 2).mean()
        loss_curve_.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for c in coefs_:
                c.add_(c.grad, alpha=-learning_rate)
                c.grad = None
    return loss_curve_


def gradient_flow(model, X, Y):
    model.zero_grad()
    tn.BCELoss(reduction="mean")(model(X), Y).backward()
    return [module.weight.grad.abs().mean().item() for module in model.modules() if isinstance(module, tn.Linear)]
