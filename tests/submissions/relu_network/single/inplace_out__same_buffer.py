"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

import numpy as np
import torch


def chain_rule(x):
    f = u = 2 * x + 1; f = f * u; df_du = 3 * f; f = f * u
    return dict(f=f, u=u, du_dx=2, df_du=df_du, df_dx=2 * df_du)


def computational_graph(w, x, b):
    a = w * x; z = a + b; g = z + z
    return dict(a=a, z=z, L=z * z, dL_dz=g, dL_da=g, dL_dw=g * x, dL_dx=g * w, dL_db=g)


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = np.exp(-z); a += 1; a = 1 / a
    e = a - y; s = a * (1 - a); g = e * s
    return dict(z=z, a=a, L=e * e / 2, dL_da=e, da_dz=s, dL_dz=g, dL_db=g, dL_dw=np.multiply(x, g))


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column.

    Attributes:
      W1 (h, n), b1 (h, 1), W2 (k, h), b2 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size); self.W1 *= 0.1
        self.W2 = np.random.randn(output_size, hidden_size); self.W2 *= 0.1
        self.b1 = np.zeros((hidden_size, 1)); self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        out = np.empty(np.shape(Z))
        return np.greater(Z, 0, out=out, casting="unsafe")

    def sigmoid(self, Z):
        out = np.array(Z, dtype=float)
        np.clip(out, -600, 600, out=out); np.negative(out, out=out); np.exp(out, out=out); out += 1
        return np.reciprocal(out, out=out)

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z); t = 1 - s; t *= s
        return t

    def forward(self, X):
        Z1 = self.W1 @ X; Z1 += self.b1
        A1 = np.maximum(Z1, 0, out=Z1)
        Z2 = self.W2 @ A1; Z2 += self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        P = np.clip(A2, 1e-12, 1 - 1e-12); Q = 1 - P
        np.log(P, out=P); np.log(Q, out=Q); P *= Y; Q *= 1 - Y; P += Q
        return -P.sum() / Y.shape[1]

    def backward(self, Y, cache):
        dZ2 = cache["A2"] - Y; dZ2 /= Y.shape[1]
        dZ1 = self.W2.T @ dZ2; dZ1 *= cache["Z1"] > 0
        return dict(dW1=dZ1 @ cache["X"].T, db1=dZ1.sum(1, keepdims=True), dW2=dZ2 @ cache["A1"].T, db2=dZ2.sum(1, keepdims=True))

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2"):
            P = getattr(self, name); P -= self.learning_rate * gradients["d" + name]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for t in range(num_iterations):
            A2, cache = self.forward(X); losses[t] = self.compute_loss(Y, A2)
            self.update_parameters(self.backward(Y, cache))
            if t % print_every == 0: print(t, losses[t])
        return losses.tolist()

    def predict(self, X):
        A2 = self.forward(X)[0]
        return np.greater(A2, 0.5, out=np.empty(A2.shape, dtype=int), casting="unsafe")


def central(nn, X, Y, P, count, epsilon):
    """The first `count` central differences; P is moved in place and put back."""
    out = np.empty(count); flat = P.ravel()  # shares P's memory
    assert np.shares_memory(flat, P)
    for i in range(count):
        old = flat[i]
        flat[i] = old + epsilon; out[i] = nn.compute_loss(Y, nn.forward(X)[0])
        flat[i] = old - epsilon; out[i] -= nn.compute_loss(Y, nn.forward(X)[0])
        flat[i] = old
    out /= 2 * epsilon
    return out


def ratio(a, n):
    size = np.hypot(np.linalg.norm(a), np.linalg.norm(n))
    return np.linalg.norm(np.subtract(a, n)) / size if size else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    G = nn.backward(Y, nn.forward(X)[1]); out = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name); count = min(P.size, 10)
        out[name] = ratio(G["d" + name].ravel()[:count], central(nn, X, Y, P, count, epsilon))
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    G = nn.backward(Y, nn.forward(X)[1]); out = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name); out[name] = ratio(G["d" + name].ravel(), central(nn, X, Y, P, P.size, epsilon))
    return out


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column.

    Attributes:
      W1 (h1, n), b1 (h1, 1), W2 (h2, h1), b2 (h2, 1), W3 (k, h2), b3 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size); self.W1 *= 0.1; self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size); self.W2 *= 0.1; self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size); self.W3 *= 0.1; self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X; Z1 += self.b1; A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1; Z2 += self.b2; A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2; Z3 += self.b3; A3 = np.clip(Z3, -600, 600)
        np.negative(A3, out=A3); np.exp(A3, out=A3); A3 += 1; np.reciprocal(A3, out=A3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-12, 1 - 1e-12); Q = 1 - P
        np.log(P, out=P); np.log(Q, out=Q); P *= Y; Q *= 1 - Y; P += Q
        return -P.sum() / Y.shape[1]

    def backward(self, Y, cache):
        dZ3 = cache["A3"] - Y; dZ3 /= Y.shape[1]
        dZ2 = self.W3.T @ dZ3; dZ2 *= cache["Z2"] > 0
        dZ1 = self.W2.T @ dZ2; dZ1 *= cache["Z1"] > 0
        return dict(dW1=dZ1 @ cache["X"].T, db1=dZ1.sum(1, keepdims=True), dW2=dZ2 @ cache["A1"].T, db2=dZ2.sum(1, keepdims=True),
                    dW3=dZ3 @ cache["A2"].T, db3=dZ3.sum(1, keepdims=True))

    def update_parameters(self, gradients):
        for key, G in gradients.items():
            P = getattr(self, key[1:]); P -= self.learning_rate * G

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for t in range(num_iterations):
            A3, cache = self.forward(X); losses[t] = self.compute_loss(Y, A3)
            self.update_parameters(self.backward(Y, cache))
            if t % print_every == 0: print(t, losses[t])
        return losses.tolist()

    def predict(self, X):
        A3 = self.forward(X)[0]
        return np.greater(A3, 0.5, out=np.empty(A3.shape, dtype=int), casting="unsafe")


def two_squares(w1, w2, x1, x2):
    p = w1 * x1; q = w2 * x2; s = p + q; d = p - q
    return 2 * x1 * (s + d), 2 * x2 * (s - d)


def two_squares_autograd(w1, w2, x1, x2):
    v = torch.tensor([w1, w2], dtype=torch.float64).requires_grad_()
    p, q = v[0] * x1, v[1] * x2; ((p + q).square() + (p - q).square()).backward()
    return v.grad[0], v.grad[1]


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(t).requires_grad_() for t in (x, w, b)); w.mul(x).add(b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]; losses = torch.empty(num_iterations, dtype=torch.float64)
    for t in range(num_iterations):
        loss = P[2].mm(P[0].mm(X).add(P[1]).relu()).add(P[3]).sigmoid().sub(Y).square().mean()
        losses[t] = loss.detach(); loss.backward()
        with torch.no_grad():
            for p in P: p.sub_(p.grad, alpha=learning_rate); p.grad.zero_()
    return losses.tolist()


def gradient_flow(model, X, Y):
    model.zero_grad(); torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
