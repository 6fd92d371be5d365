"""cs231n-like: every layer has xxx_forward returning (out, cache) and xxx_backward(dout, cache)."""
import numpy as np
import torch


def affine_forward(x, w, b):
    out = w.dot(x) + b
    return out, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    dx = w.T.dot(dout)
    dw = dout.dot(x.T)
    db = dout.sum(axis=1, keepdims=True)
    return dx, dw, db


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    dx = np.array(dout, copy=True)
    dx[cache <= 0] = 0
    return dx


def sigmoid_forward(x):
    x = np.asarray(x, dtype=float)
    t = np.exp(-np.abs(x))
    return np.where(x < 0, t, 1.0) / (1.0 + t)


def bce_loss(probs, y):
    """returns loss and the gradient on the scores"""
    N = y.shape[1]
    p = np.clip(probs, 1e-15, 1 - 1e-15)
    loss = -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / N
    dscores = (probs - y) / N
    return float(loss), dscores


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    # backprop
    df = 1.0
    du = 3 * u ** 2 * df
    dx = 2 * du
    return {'f': f, 'u': u, 'du_dx': 2.0, 'df_du': du, 'df_dx': dx}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    dz = 2 * z       # square gate
    da, db = dz, dz  # add gate distributes
    dw, dx = x * da, w * da  # mul gate switches
    return {'a': a, 'z': z, 'L': L, 'dL_dz': dz, 'dL_da': da, 'dL_dw': dw, 'dL_dx': dx, 'dL_db': db}


def single_neuron(x, w, b, y):
    x = np.asarray(x)
    z = w.dot(x) + b
    a = float(sigmoid_forward(z))
    loss = 0.5 * (y - a) ** 2
    dout = a - y
    local = (1 - a) * a
    dz = dout * local
    return {'z': z, 'a': a, 'L': loss, 'dL_da': dout, 'da_dz': local, 'dL_dz': dz, 'dL_dw': dz * x, 'dL_db': dz}


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01, weight_scale=1e-1):
        self.W1 = weight_scale * np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = weight_scale * np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return relu_forward(Z)[0]

    def relu_derivative(self, Z):
        return relu_backward(np.ones(np.shape(Z)), np.asarray(Z))

    def sigmoid(self, Z):
        return sigmoid_forward(Z)

    def sigmoid_derivative(self, Z):
        probs = sigmoid_forward(Z)
        return probs * (1 - probs)

    def forward(self, X):
        Z1, _ = affine_forward(X, self.W1, self.b1)
        A1, _ = relu_forward(Z1)
        scores, _ = affine_forward(A1, self.W2, self.b2)
        probs = sigmoid_forward(scores)
        return probs, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': scores, 'A2': probs}

    def compute_loss(self, Y, A2):
        return bce_loss(A2, Y)[0]

    def backward(self, Y, cache):
        X, Z1, hidden, scores, probs = (cache[key] for key in ('X', 'Z1', 'A1', 'Z2', 'A2'))
        N = X.shape[1]
        grads = {}

        # gradient on the scores
        dscores = (probs - Y) * self.sigmoid_derivative(scores)
        dscores /= N

        # into W2, b2
        grads['dW2'] = np.dot(dscores, hidden.T)
        grads['db2'] = np.sum(dscores, axis=1, keepdims=True)

        # into the hidden layer, through the ReLU
        dhidden = np.dot(self.W2.T, dscores)
        dhidden[Z1 <= 0] = 0

        # finally into W1, b1
        grads['dW1'] = np.dot(dhidden, X.T)
        grads['db1'] = np.mean(dhidden, axis=1, keepdims=True)
        return grads

    def update_parameters(self, gradients):
        for p in ['W1', 'b1', 'W2', 'b2']:
            w = getattr(self, p)
            next_w = w - self.learning_rate * gradients['d' + p]
            setattr(self, p, next_w)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_history = []
        for it in range(num_iterations):
            probs, cache = self.forward(X)
            loss = self.compute_loss(Y, probs)
            grads = self.backward(Y, cache)
            loss_history.append(loss)
            self.update_parameters(grads)
            if it % print_every == 0:
                print('iteration %d / %d: loss %f' % (it, num_iterations, loss))
        return loss_history

    def predict(self, X):
        probs, _ = self.forward(X)
        return np.asarray(probs > 0.5, dtype=int)


def rel_error(x, y):
    top = np.max(np.abs(x - y))
    bottom = np.max(np.abs(x) + np.abs(y))
    return top / bottom if bottom > 0 else 0.0


def eval_numerical_gradient(f, x, places, h=1e-5):
    grad = []
    for ix in places:
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f()
        x[ix] = oldval - h
        fxmh = f()
        x[ix] = oldval
        grad.append((fxph - fxmh) / (2 * h))
    return np.array(grad)


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    rs = np.random.RandomState(231)
    for p in ['W1', 'b1', 'W2', 'b2']:
        param = getattr(nn, p)
        flat = rs.permutation(param.size)[:10]
        places = [np.unravel_index(i, param.shape) for i in flat]
        num = eval_numerical_gradient(lambda: nn.compute_loss(Y, nn.forward(X)[0]), param, places, epsilon)
        errors[p] = rel_error(num, np.array([grads['d' + p][ix] for ix in places]))
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for p in ['W1', 'b1', 'W2', 'b2']:
        param = getattr(nn, p)
        places = list(np.ndindex(*param.shape))
        num = eval_numerical_gradient(lambda: nn.compute_loss(Y, nn.forward(X)[0]), param, places, epsilon)
        errors[p] = rel_error(num, np.array([grads['d' + p][ix] for ix in places]))
    return errors


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        dims = [input_size, hidden1_size, hidden2_size, output_size]
        for i in range(3):
            setattr(self, 'W%d' % (i + 1), 0.1 * np.random.randn(dims[i + 1], dims[i]))
            setattr(self, 'b%d' % (i + 1), np.zeros((dims[i + 1], 1)))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1, _ = affine_forward(X, self.W1, self.b1)
        A1, _ = relu_forward(Z1)
        Z2, _ = affine_forward(A1, self.W2, self.b2)
        A2, _ = relu_forward(Z2)
        Z3, _ = affine_forward(A2, self.W3, self.b3)
        A3 = sigmoid_forward(Z3)
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(self, Y, A3):
        return bce_loss(A3, Y)[0]

    def backward(self, Y, cache):
        _, dout = bce_loss(cache['A3'], Y)
        dA2, dW3, db3 = affine_backward(dout, (cache['A2'], self.W3))
        dA1, dW2, db2 = affine_backward(relu_backward(dA2, cache['Z2']), (cache['A1'], self.W2))
        _, dW1, db1 = affine_backward(relu_backward(dA1, cache['Z1']), (cache['X'], self.W1))
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2, 'dW3': dW3, 'db3': db3}

    def update_parameters(self, gradients):
        for p in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            w = getattr(self, p)
            next_w = w - self.learning_rate * gradients['d' + p]
            setattr(self, p, next_w)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_history = []
        for it in range(num_iterations):
            probs, cache = self.forward(X)
            loss_history.append(self.compute_loss(Y, probs))
            self.update_parameters(self.backward(Y, cache))
            if it % print_every == 0:
                print('iteration %d / %d: loss %f' % (it, num_iterations, loss_history[-1]))
        return loss_history

    def predict(self, X):
        probs, _ = self.forward(X)
        return np.asarray(probs > 0.5, dtype=int)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    s, d = p + q, p - q
    ds, dd = 2 * s, 2 * d
    dp, dq = ds + dd, ds - dd
    return dp * x1, dq * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    s = w[0] * x1 + w[1] * x2
    d = w[0] * x1 - w[1] * x2
    (s ** 2 + d ** 2).backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    leaf = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    y = leaf[1] * leaf[0] + leaf[2]
    y.backward()
    return tuple(leaf.grad)


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        w = scale * torch.randn(*shape, generator=generator)
    w.requires_grad = True
    return w


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
    params = {k: v.detach().clone().requires_grad_() for k, v in params.items()}
    loss_history = []
    for it in range(num_iterations):
        hidden = (params['W1'].mm(X) + params['b1']).clamp(min=0)
        probs = torch.sigmoid(params['W2'].mm(hidden) + params['b2'])
        loss = (probs - Y).pow(2).mean()
        loss_history.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in params.values():
                w -= learning_rate * w.grad
                w.grad.zero_()
    return loss_history


def gradient_flow(model, X, Y):
    model.zero_grad()
    probs = model(X)
    loss = torch.nn.functional.binary_cross_entropy(probs, Y)
    loss.backward()
    flow = []
    for m in model.modules():
        if isinstance(m, torch.nn.Linear):
            flow.append(m.weight.grad.abs().mean().item())
    return flow
