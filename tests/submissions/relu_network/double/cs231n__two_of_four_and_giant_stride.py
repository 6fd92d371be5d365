"""
Backprop homework. I use the pattern

    out, cache = something_forward(...)
    dx, ... = something_backward(dout, cache)

for every layer; the network classes only put the pieces together.
"""
import numpy as np
import torch


# ---------------------------------------------------------------------------
# layers
# ---------------------------------------------------------------------------

def affine_forward(x, w, b):
    out = w.dot(x) + b
    cache = (x, w)
    return out, cache


def affine_backward(dout, cache):
    x, w = cache
    dx = w.T.dot(dout)
    dw = dout.dot(x.T)
    db = np.sum(dout, axis=1, keepdims=True)
    return dx, dw, db


def relu_forward(x):
    out = np.maximum(0, x)
    return out, x


def relu_backward(dout, cache):
    x = cache
    dx = dout.copy()
    dx[x <= 0] = 0
    return dx


def sigmoid_stable(x):
    out = np.empty(np.shape(x), dtype=float)
    x = np.asarray(x)
    pos = x >= 0
    out[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
    ex = np.exp(x[~pos])
    out[~pos] = ex / (1.0 + ex)
    return out[()]


def bce_loss(p, y):
    """Loss, and its gradient with respect to the scores before the sigmoid."""
    N = y.shape[1]
    q = np.clip(p, 1e-15, 1 - 1e-15)
    loss = -np.sum(y * np.log(q) + (1 - y) * np.log(1 - q)) / N
    dscores = (p - y) / N
    return loss, dscores


# ---------------------------------------------------------------------------
# warm-up
# ---------------------------------------------------------------------------

def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    # backward
    df = 1.0
    df_du = 3 * u ** 2 * df
    du_dx = 2
    return {'f': f, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_du * du_dx}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2

    dL = 1.0
    dz = 2 * z * dL          # square gate
    da, db = dz, dz          # add gate distributes
    dw, dx = x * da, w * da  # mul gate switches
    return {'a': a, 'z': z, 'L': L, 'dL_dz': dz, 'dL_da': da, 'dL_dw': dw, 'dL_dx': dx, 'dL_db': db}


def single_neuron(x, w, b, y):
    z = w.dot(x) + b
    a = 1.0 / (1.0 + np.exp(-z))
    L = 0.5 * (y - a) ** 2

    da = a - y
    local = (1 - a) * a
    dz = local * da
    dw = x * dz
    db = 1.0 * dz
    return {'z': z, 'a': a, 'L': L, 'dL_da': da, 'da_dz': local, 'dL_dz': dz, 'dL_db': db, 'dL_dw': dw}


# ---------------------------------------------------------------------------
# two layers
# ---------------------------------------------------------------------------

class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        std = 1e-1
        self.W1 = std * np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = std * np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return relu_forward(Z)[0]

    def relu_derivative(self, Z):
        return relu_backward(np.ones(np.shape(Z)), np.asarray(Z))

    def sigmoid(self, Z):
        return sigmoid_stable(Z)

    def sigmoid_derivative(self, Z):
        s = sigmoid_stable(Z)
        return (1 - s) * s

    def forward(self, X):
        Z1, _ = affine_forward(X, self.W1, self.b1)
        A1, _ = relu_forward(Z1)
        Z2, _ = affine_forward(A1, self.W2, self.b2)
        A2 = sigmoid_stable(Z2)
        return A2, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

    def compute_loss(self, Y, A2):
        return bce_loss(A2, Y)[0]

    def backward(self, Y, cache):
        grads = {}
        _, dZ2 = bce_loss(cache['A2'], Y)
        dA1, grads['dW2'], grads['db2'] = affine_backward(dZ2, (cache['A1'], self.W2))
        dZ1 = relu_backward(dA1, cache['Z1'])
        _, grads['dW1'], grads['db1'] = affine_backward(dZ1, (cache['X'], self.W1))
        return grads

    def update_parameters(self, gradients):
        # vanilla update
        self.W1 += -self.learning_rate * gradients['dW1']
        self.b1 += -self.learning_rate * gradients['db1']
        self.W2 += -self.learning_rate * gradients['dW2']
        self.b2 += -self.learning_rate * gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_history = []
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            loss_history.append(self.compute_loss(Y, A2))
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            if it % print_every == 0:
                print('iteration %d / %d: loss %f' % (it, num_iterations, loss_history[-1]))
        return loss_history

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


# ---------------------------------------------------------------------------
# gradient checks
# ---------------------------------------------------------------------------

def rel_error(x, y):
    denom = np.sqrt(np.sum(x ** 2)) + np.sqrt(np.sum(y ** 2))
    if denom == 0:
        return 0.0
    return np.sqrt(np.sum((x - y) ** 2)) / denom


def gradient_check(nn, X, Y, epsilon=1e-05):
    h = 1e-2   # far enough apart that rounding doesn't matter
    f = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    grads = nn.backward(Y, nn.forward(X)[1])

    errors = {'W1': 0.0, 'b1': 0.0, 'W2': 0.0, 'b2': 0.0}
    for name in ('W1', 'W2'):
        x = getattr(nn, name)
        num_checks = min(10, x.size)
        grad_numerical = np.zeros(num_checks)
        grad_analytic = np.zeros(num_checks)
        for t, flat in enumerate(np.random.permutation(x.size)[:num_checks]):
            ix = np.unravel_index(flat, x.shape)

            oldval = x[ix]
            x[ix] = oldval + h   # increment by h
            fxph = f()           # evaluate f(x + h)
            x[ix] = oldval - h   # decrement by h
            fxmh = f()           # evaluate f(x - h)
            x[ix] = oldval       # reset

            grad_numerical[t] = (fxph - fxmh) / (2 * h)
            grad_analytic[t] = grads['d' + name][ix]
        errors[name] = rel_error(grad_numerical, grad_analytic)
    return errors


def eval_numerical_gradient(f, x, h):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        pos = f()
        x[ix] = oldval - h
        neg = f()
        x[ix] = oldval
        grad[ix] = (pos - neg) / (2 * h)
        it.iternext()
    return grad


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    f = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    grads = nn.backward(Y, nn.forward(X)[1])
    return {name: rel_error(eval_numerical_gradient(f, getattr(nn, name), epsilon), grads['d' + name])
            for name in ('W1', 'b1', 'W2', 'b2')}


# ---------------------------------------------------------------------------
# three layers
# ---------------------------------------------------------------------------

class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        std = 1e-1
        self.W1 = std * np.random.randn(hidden1_size, input_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = std * np.random.randn(hidden2_size, hidden1_size)
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = std * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1, _ = affine_forward(X, self.W1, self.b1)
        A1, _ = relu_forward(Z1)
        Z2, _ = affine_forward(A1, self.W2, self.b2)
        A2, _ = relu_forward(Z2)
        Z3, _ = affine_forward(A2, self.W3, self.b3)
        A3 = sigmoid_stable(Z3)
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(self, Y, A3):
        return bce_loss(A3, Y)[0]

    def backward(self, Y, cache):
        grads = {}
        _, dZ3 = bce_loss(cache['A3'], Y)
        dA2, grads['dW3'], grads['db3'] = affine_backward(dZ3, (cache['A2'], self.W3))
        dZ2 = relu_backward(dA2, cache['Z2'])
        dA1, grads['dW2'], grads['db2'] = affine_backward(dZ2, (cache['A1'], self.W2))
        dZ1 = relu_backward(dA1, cache['Z1'])
        _, grads['dW1'], grads['db1'] = affine_backward(dZ1, (cache['X'], self.W1))
        return grads

    def update_parameters(self, gradients):
        for name in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3'):
            param = getattr(self, name)
            param += -self.learning_rate * gradients['d' + name]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_history = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            loss_history.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if it % print_every == 0:
                print('iteration %d / %d: loss %f' % (it, num_iterations, loss_history[-1]))
        return loss_history

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


# ---------------------------------------------------------------------------
# PyTorch
# ---------------------------------------------------------------------------

def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    dp, dq = 2 * p, 2 * q
    return dp * x1 + dq * x1, dp * x2 - dq * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    ((w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2).backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    (w * x + b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    w = torch.randn(*shape, generator=generator) * scale
    w.requires_grad = True
    return w


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.detach().clone() for p in (W1, b1, W2, b2)]
    for p in params:
        p.requires_grad = True
    loss_history = []
    for it in range(num_iterations):
        W1, b1, W2, b2 = params
        hidden = (W1.mm(X) + b1).clamp(min=0)
        scores = W2.mm(hidden) + b2
        loss = (torch.sigmoid(scores) - Y).pow(2).mean()
        loss_history.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
                p.grad.zero_()
    return loss_history


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
