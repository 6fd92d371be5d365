"""Least squares for a two-stage logistic model. Accumulations run in float64, whatever comes in."""
import numpy as np
import torch

_ACC = torch.float64


def _as(dtype):
    """Decorator: computes in float64, gives back the dtype of the first tensor."""
    def wrap(f):
        def g(*args, **kwargs):
            args = [a.to(_ACC) if torch.is_tensor(a) else a for a in args]
            kwargs = {k: a.to(_ACC) if torch.is_tensor(a) else a for k, a in kwargs.items()}
            out = f(*args, **kwargs)
            back = lambda t: t.to(dtype[0]) if torch.is_tensor(t) else t
            return tuple(map(back, out)) if isinstance(out, tuple) else back(out)
        return g
    return wrap


def _in_double(f):
    def g(*args, **kwargs):
        first = next(a for a in (*args, *kwargs.values()) if torch.is_tensor(a))
        return _as([first.dtype])(f)(*args, **kwargs)
    g.__doc__, g.__name__ = f.__doc__, f.__name__
    return g


@_in_double
def sigmoid(x):
    return torch.special.expit(x)


@_in_double
def sigmoid_derivative(sigmoid_output):
    # variance of a Bernoulli variable: E[a^2-type] form 1/4 - (a - 1/2)^2
    return 0.25 - torch.square(sigmoid_output - 0.5)


@_in_double
def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.einsum("mn,nh->mh", X, W1) + b1
    h = torch.special.expit(z1)
    z2 = torch.einsum("mh,hk->mk", h, W2) + b2
    return torch.special.expit(z2), h, z1, z2


@_in_double
def compute_loss(y_pred, y):
    r = (y_pred - y).flatten()
    return torch.linalg.vector_norm(r) ** 2 / r.numel()


@_in_double
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    w = 2.0 / torch.numel(y)
    v2, v1 = sigmoid_derivative(y_pred), sigmoid_derivative(h)
    r = y_pred - y
    return (
        w * torch.einsum("mk,mk,hk,mh,mn->nh", r, v2, W2, v1, X),
        w * torch.einsum("mk,mk,hk,mh->h", r, v2, W2, v1),
        w * torch.einsum("mk,mk,mh->hk", r, v2, h),
        w * torch.einsum("mk,mk->k", r, v2),
    )


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(torch.lerp(p, p - g, learning_rate) for p, g in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2)))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    criterion = []
    theta = (W1, b1, W2, b2)
    for _ in range(n_epochs):
        fit = forward_pass(X, *theta)
        criterion.append(compute_loss(fit[0], y).item())
        theta = update_parameters(*theta, *backward_pass(X, y, *fit, W2=theta[2]), learning_rate=learning_rate)
    W1, b1, W2, b2 = theta
    return W1, b1, W2, b2, criterion


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    shapes = [t.shape for t in (W1, b1, W2, b2)]
    sizes = [t.numel() for t in (W1, b1, W2, b2)]
    beta = torch.cat([t.flatten() for t in (W1, b1, W2, b2)]).requires_grad_(True)
    unpack = lambda v: [p.reshape(s) for p, s in zip(torch.split(v, sizes), shapes)]
    criterion = []
    for _ in range(n_epochs):
        beta.grad = None
        loss = torch.var(r := (forward_pass(X, *unpack(beta))[0] - y).flatten(), correction=0) + torch.mean(r) ** 2
        loss.backward()
        criterion.append(float(loss))
        with torch.no_grad():
            beta -= learning_rate * beta.grad
    return (*(p.clone() for p in unpack(beta.detach())), criterion)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = np.linspace(x_range[0], x_range[1], num=n)
    ys = np.linspace(y_range[0], y_range[1], num=n)
    xx = np.broadcast_to(xs, (n, n))
    yy = np.broadcast_to(ys[:, None], (n, n))
    with torch.inference_mode():
        W = torch.as_tensor(np.column_stack([xx.ravel(), yy.ravel()]), dtype=W1.dtype)
        pred = forward_pass(W, W1, b1, W2, b2)[0].squeeze(-1).unflatten(0, (n, n)).numpy()
    return xx.copy(), yy.copy(), pred
