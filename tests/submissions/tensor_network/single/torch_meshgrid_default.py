import warnings
import torch
import torch.nn.functional as F


class cached:
    """tiny namespace for the last forward pass, handy in the debugger"""
    last = None


def sigmoid(x):
    # softplus(-x) = log(1+e^-x)
    return torch.exp(-F.softplus(-x, threshold=1e4))


def sigmoid_derivative(sigmoid_output):
    one = torch.ones_like(sigmoid_output)
    return torch.mul(sigmoid_output, torch.sub(one, sigmoid_output))


def forward_pass(X, W1, b1, W2, b2):
    cached.last = {}
    cached.last['z1'] = torch.matmul(X, W1) + b1
    cached.last['h'] = sigmoid(cached.last['z1'])
    cached.last['z2'] = torch.matmul(cached.last['h'], W2) + b2
    cached.last['y'] = sigmoid(cached.last['z2'])
    return tuple(cached.last[q] for q in ('y', 'h', 'z1', 'z2'))


def compute_loss(y_pred, y):
    m, k = y_pred.shape
    return ((y_pred - y) ** 2).sum(1).sum(0) / m / k


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape
    out = []
    # columns of ones do the summing for the biases
    ones = torch.ones(1, m, dtype=X.dtype)
    dz2 = 2 * (y_pred - y) * sigmoid_derivative(y_pred) / m / k
    dz1 = torch.matmul(dz2, torch.transpose(W2, 0, 1)) * sigmoid_derivative(h)
    for inp, dz in ((X, dz1), (h, dz2)):
        out.append(torch.matmul(torch.transpose(inp, 0, 1), dz))
        out.append(torch.matmul(ones, dz).squeeze(0))
    return tuple(out)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    new_W1 = W1 - learning_rate * dW1
    new_b1 = b1 - learning_rate * db1
    new_W2 = W2 - learning_rate * dW2
    new_b2 = b2 - learning_rate * db2
    return new_W1, new_b1, new_W2, new_b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = torch.zeros(n_epochs, dtype=torch.float64)
    for i in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses[i] = compute_loss(y_pred, y)
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses.tolist()


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    p = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
    losses = []
    for i in range(n_epochs):
        p = {q: v.detach().clone().requires_grad_(True) for q, v in p.items()}
        loss = compute_loss(forward_pass(X, **p)[0], y)
        loss.backward()
        losses.append(loss.item())
        p = {q: v.detach() - learning_rate * v.grad for q, v in p.items()}
    return p['W1'], p['b1'], p['W2'], p['b2'], losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    ys = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        xx, yy = torch.meshgrid(xs, ys)
    flat = torch.column_stack([xx.ravel(), yy.ravel()])
    y_pred = forward_pass(flat, W1, b1, W2, b2)[0]
    return xx, yy, y_pred.reshape(xx.shape)
