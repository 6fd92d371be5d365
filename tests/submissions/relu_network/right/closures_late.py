"""Closures instead of classes as far as it goes; the class is put together from them at the end."""
import functools
import types

import numpy as np
import torch

verbose = functools.partial(print, "[net]")


def sigmoid(Z):
    Z = np.asarray(Z)
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(-Z.astype(float))
        return np.divide(1, 1 + e)


def relu(Z):
    Z = np.array(Z, copy=True)
    Z[Z < 0] = 0  # the copy's
    return Z


def relu_derivative(Z):
    return 1.0 * np.asarray(np.asarray(Z) > 0)


def sigmoid_derivative(Z):
    # e^z / (1 + e^z)^2 with the smaller of the two exponentials
    e = np.exp(-np.abs(np.asarray(Z, dtype=float)))
    return e / (1 + e) ** 2


# --- by hand ---------------------------------------------------------------------------------------------------------


def chain_rule(x):
    result = {}
    result["u"] = u = 2 * x + 1
    result["f"] = u**3
    result["du_dx"] = 2
    result["df_du"] = 3 * u**2
    result["df_dx"] = 6 * (2 * x + 1) ** 2
    print("f' by the chain rule:", result["df_dx"])
    return result


def computational_graph(w, x, b):
    tape = []
    values = {"w": w, "x": x, "b": b}

    def node(name, value, **derivatives):
        values[name] = value
        tape.append((name, derivatives))

    node("a", w * x, w=x, x=w)
    node("z", values["a"] + b, a=1, b=1)
    node("L", values["z"] ** 2, z=2 * values["z"])
    slopes = {"L": 1}
    for name, derivatives in reversed(tape):
        for parent, d in derivatives.items():
            slopes[parent] = slopes.get(parent, 0) + slopes[name] * d
    return {n: values[n] for n in "azL"} | {f"dL_d{n}": slopes[n] for n in ("z", "a", "w", "x", "b")}


def single_neuron(x, w, b, y):
    x, w = np.asarray(x, dtype=np.float64), np.asarray(w, dtype=np.float64)
    z = (x @ w + b).item()
    a = sigmoid(z).item()
    dL_da = a - y
    da_dz = sigmoid_derivative(z).item()
    return dict(
        z=z, a=a, L=(y - a) ** 2 / 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_da * da_dz, dL_db=dL_da * da_dz, dL_dw=x * dL_da * da_dz
    )


# --- the methods -----------------------------------------------------------------------------------------------------


def make_init(names):
    def __init__(self, *sizes, learning_rate=0.01):
        self.learning_rate = learning_rate
        for i in range(len(sizes) - 1):
            self.__dict__["W%d" % (i + 1)] = np.random.standard_normal((sizes[i + 1], sizes[i])) * 0.05
            self.__dict__["b%d" % (i + 1)] = np.zeros((sizes[i + 1], 1))

    arguments = ", ".join(names)
    scope = {"start": __init__}
    exec(f"def __init__(self, {arguments}, learning_rate=0.01):\n    start(self, {arguments}, learning_rate=learning_rate)", scope)
    return scope["__init__"]


def make_forward(depth):
    def forward(self, X):
        cache = {"X": np.asarray(X)}
        A = cache["X"]
        for i in range(1, depth + 1):
            cache[f"Z{i}"] = Z = np.dot(getattr(self, f"W{i}"), A) + getattr(self, f"b{i}")
            cache[f"A{i}"] = A = (relu, sigmoid)[i == depth](Z)
        return A, cache

    return forward


def make_backward(depth):
    def backward(self, Y, cache):
        g = {}
        m = cache["X"].shape[1]
        dZ = cache[f"A{depth}"] - Y
        for i in reversed(range(1, depth + 1)):
            A = cache.get(f"A{i - 1}", cache["X"])
            g[f"dW{i}"] = np.dot(dZ, A.T) / m
            g[f"db{i}"] = np.sum(dZ, axis=1).reshape(-1, 1) / m
            if i == 1:
                return g
            dZ = np.dot(getattr(self, f"W{i}").T, dZ)
            dZ = np.multiply(dZ, relu_derivative(cache[f"Z{i - 1}"]))

    return backward


def make_loss():
    low, high = 1e-15, 1 - 1e-15

    def loss(Y, A):
        Y, A = np.asarray(Y, dtype=float), np.array(A, dtype=float)
        A[A < low], A[A > high] = low, high
        m = Y.shape[1]
        return -(np.vdot(Y, np.log(A)) + np.vdot(1 - Y, np.log(1 - A))) / m

    return loss


def update_parameters(self, gradients):
    for key, g in gradients.items():
        name = key.removeprefix("d")
        new = getattr(self, name).astype(float)  # a copy
        new -= self.learning_rate * g
        setattr(self, name, new)


def train(self, X, Y, num_iterations=1000, print_every=100):
    history = np.empty(num_iterations)
    for i in range(num_iterations):
        A, cache = self.forward(X)
        history[i] = self.compute_loss(Y, A)
        if i % print_every == 0:
            verbose(f"after {i} steps: {history[i]:.4f}")
        self.update_parameters(self.backward(Y, cache))
    return history.tolist()


def predict(self, X):
    return np.ceil(self.forward(X)[0] - 0.5).astype(int)


_loss = make_loss()

NeuralNetworkWithBackprop = types.new_class(
    "NeuralNetworkWithBackprop",
    exec_body=lambda body: body.update(
        __init__=make_init(["input_size", "hidden_size", "output_size"]),
        relu=staticmethod(relu),
        relu_derivative=staticmethod(relu_derivative),
        sigmoid=staticmethod(sigmoid),
        sigmoid_derivative=staticmethod(sigmoid_derivative),
        forward=make_forward(2),
        backward=make_backward(2),
        compute_loss=lambda self, Y, A2: _loss(Y, A2),
        update_parameters=update_parameters,
        train=train,
        predict=predict,
        __module__=__name__,
    ),
)

ThreeLayerNetwork = type(
    "ThreeLayerNetwork",
    (object,),
    dict(
        __init__=make_init(["input_size", "hidden1_size", "hidden2_size", "output_size"]),
        forward=make_forward(3),
        backward=make_backward(3),
        compute_loss=lambda self, Y, A3: _loss(Y, A3),
        update_parameters=update_parameters,
        train=train,
        predict=predict,
        __module__=__name__,
    ),
)


# --- the checks ------------------------------------------------------------------------------------------------------


def _numeric(nn, X, Y, name, epsilon):
    """A function of a flat index that gives the slope there."""
    p = getattr(nn, name)

    def loss():
        return nn.compute_loss(Y, nn.forward(X)[0])

    def at(i):
        old = p.flat[i]
        try:
            p.flat[i] = old + epsilon
            right = loss()
            p.flat[i] = old - epsilon
            return float(right - loss()) / (2 * epsilon)
        finally:
            p.flat[i] = old

    return at


def _checked(nn, X, Y, epsilon, pick):
    A, cache = nn.forward(X)
    analytic = {k: np.array(v) for k, v in nn.backward(Y, cache).items()}
    worst = {}
    for name in ["W1", "b1", "W2", "b2"]:
        if analytic["d" + name].shape != np.shape(getattr(nn, name)):
            worst[name] = float("inf")
            continue
        indices = list(pick(getattr(nn, name).size))
        numeric = np.fromiter(map(_numeric(nn, X, Y, name, epsilon), indices), dtype=float)
        ours = analytic["d" + name].ravel()[indices]
        # the largest difference, relative to the largest element
        size = max(np.abs(ours).max(), np.abs(numeric).max())
        worst[name] = np.abs(ours - numeric).max() / (size or 1.0)
        verbose(name, worst[name])
    return worst


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _checked(nn, X, Y, epsilon, lambda size: range(0, size, -(-size // 10)))


gradient_check_all = functools.wraps(gradient_check)(lambda nn, X, Y, epsilon=1e-05: _checked(nn, X, Y, epsilon, range))
gradient_check_all.__name__ = "gradient_check_all"


# --- autograd --------------------------------------------------------------------------------------------------------


def two_squares(w1, w2, x1, x2):
    dL_dw1 = 2 * (w1 * x1 + w2 * x2) * x1 + 2 * (w1 * x1 - w2 * x2) * x1
    dL_dw2 = 2 * (w1 * x1 + w2 * x2) * x2 + 2 * (w1 * x1 - w2 * x2) * (-x2)
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.autograd.Variable(torch.DoubleTensor([w1, w2]), requires_grad=True)
    total = sum((w[0] * x1 + sign * w[1] * x2) ** 2 for sign in (1, -1))
    total.backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    theta = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    y = theta[0] * theta[1] + theta[2]
    y.backward()
    return theta.grad.tolist()


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator)
    values = values * scale
    values = values.detach().clone()
    values.requires_grad_(True)
    assert values.is_leaf
    return values


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    def leaf(p):
        return p.clone().detach().requires_grad_(True)

    W1, b1, W2, b2 = (leaf(p) for p in (W1, b1, W2, b2))
    losses = []
    for i in range(num_iterations):
        Z1 = W1 @ X + b1
        A1 = torch.where(Z1 > 0, Z1, torch.zeros_like(Z1))
        A2 = 1 / (1 + torch.exp(-(W2 @ A1 + b2)))
        loss = torch.mean((A2 - Y) ** 2)
        loss.backward()
        losses.append(loss.detach())
        # new leaves, the old graph is left to the garbage collector
        W1, b1, W2, b2 = (leaf(p.data - learning_rate * p.grad) for p in (W1, b1, W2, b2))
    return losses


def gradient_flow(model, X, Y):
    """The gradients are caught on their way back, by hooks on the weights."""
    linear, order, caught = torch.nn.Linear, [], {}
    removable = []
    for layer in model.modules():
        if isinstance(layer, linear):
            removable.append(layer.register_forward_hook(lambda m, i, o: order.append(m) if m not in order else None))
            removable.append(layer.weight.register_hook(lambda g, m=layer: caught.update({m: caught.get(m, 0) + g})))
    saved = [(p, p.grad) for p in model.parameters()]
    for p, _ in saved:
        p.grad = None
    try:
        out = model(X)
        torch.nn.functional.binary_cross_entropy(out, Y.to(dtype=out.dtype)).backward()
    finally:
        for handle in removable:
            handle.remove()
        for p, old in saved:
            p.grad = old
    return [caught[layer].abs().mean().item() for layer in order]
