import numpy as np
import torch


_neuron_sigmoid = lambda z: 1 / (1 + np.exp(-z))


def chain_rule(x):
    u = 2 * x + 1
    f = np.power(u, 3)
    du_dx = 2
    df_du = 3 * np.square(u)
    df_dx = np.prod([df_du, du_dx])
    names = ("f", "u", "du_dx", "df_du", "df_dx")
    return dict(zip(names, (f, u, du_dx, df_du, df_dx)))


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    upstream = 2 * z
    values = {"a": a, "z": z, "L": z ** 2}
    grads = {"dL_dz": upstream, "dL_da": upstream, "dL_db": upstream, "dL_dw": upstream * x, "dL_dx": upstream * w}
    return {**values, **grads}


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = _neuron_sigmoid(z)
    values = {"z": z, "a": a, "L": np.square(y - a) / 2}
    dL_da = a - y
    da_dz = _neuron_sigmoid(z) * (1 - _neuron_sigmoid(z))
    grads = {"dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_da * da_dz}
    grads["dL_db"] = grads["dL_dz"]
    grads["dL_dw"] = np.multiply(grads["dL_dz"], x)
    return {**values, **grads}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size)
        self.W2 = np.random.randn(output_size, hidden_size)
        for W in (self.W1, self.W2):
            np.multiply(W, 0.1, out=W)
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    def relu(self, Z):
        out = np.empty_like(Z)
        return np.maximum(Z, 0, out=out)

    def relu_derivative(self, Z):
        out = np.empty(np.shape(Z))
        out[...] = np.greater(Z, 0)
        return out

    def sigmoid(self, Z):
        out = np.array(Z, dtype=float)
        np.clip(out, -500, 500, out=out)
        np.negative(out, out=out)
        np.exp(out, out=out)
        out += 1
        return np.reciprocal(out, out=out)

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        Z1 = np.dot(self.W1, X)
        Z1 += self.b1
        A1 = np.maximum(Z1, 0, out=Z1)
        Z2 = np.dot(self.W2, A1)
        Z2 += self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        P = np.clip(A2, 1e-15, 1 - 1e-15)
        terms = Y * np.log(P)
        terms += (1 - Y) * np.log(1 - P)
        return -terms.sum() / Y.shape[1]

    def backward(self, Y, cache):
        D2 = np.subtract(cache["A2"], Y)
        D2 /= Y.shape[1]
        D1 = np.dot(self.W2.T, D2)
        D1[cache["Z1"] <= 0] = 0
        return {
            "dW1": np.dot(D1, cache["X"].T), "db1": D1.sum(axis=1, keepdims=True),
            "dW2": np.dot(D2, cache["A1"].T), "db2": D2.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2"):
            P = getattr(self, name)
            np.subtract(P, self.learning_rate * gradients["d" + name], out=P)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            losses[i] = self.compute_loss(Y, A2)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(i, losses[i])
        return list(losses)

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(int)


def numeric_gradient(nn, X, Y, P, where, epsilon):
    out = np.empty(len(where))
    for k, ij in enumerate(where):
        old = P[ij]
        P[ij] = old + epsilon
        out[k] = nn.compute_loss(Y, nn.forward(X)[0])
        P[ij] = old - epsilon
        out[k] -= nn.compute_loss(Y, nn.forward(X)[0])
        P[ij] = old
    out /= 2 * epsilon
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    res = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        where = [tuple(ij) for ij in np.argwhere(np.ones(P.shape))[:10]]
        n = numeric_gradient(nn, X, Y, P, where, epsilon)
        a = np.array([grads["d" + name][ij] for ij in where])
        top = np.linalg.norm(a - n)
        res[name] = top / (np.linalg.norm(a) + np.linalg.norm(n)) if top > 0 else 0.0
    return res


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    res = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        where = [tuple(ij) for ij in np.argwhere(np.ones(P.shape))]
        n = numeric_gradient(nn, X, Y, P, where, epsilon)
        a = grads["d" + name].flatten()
        top = np.linalg.norm(a - n)
        res[name] = top / (np.linalg.norm(a) + np.linalg.norm(n)) if top > 0 else 0.0
    return res


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        dims = (input_size, hidden1_size, hidden2_size, output_size)
        for i in (1, 2, 3):
            W = np.random.randn(dims[i], dims[i - 1])
            np.multiply(W, 0.1, out=W)
            setattr(self, f"W{i}", W)
            setattr(self, f"b{i}", np.zeros((dims[i], 1)))

    def forward(self, X):
        Z1 = np.dot(self.W1, X)
        Z1 += self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = np.dot(self.W2, A1)
        Z2 += self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = np.dot(self.W3, A2)
        Z3 += self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-15, 1 - 1e-15)
        terms = Y * np.log(P)
        terms += (1 - Y) * np.log(1 - P)
        return -terms.sum() / Y.shape[1]

    def backward(self, Y, cache):
        D3 = np.subtract(cache["A3"], Y)
        D3 /= Y.shape[1]
        D2 = np.dot(self.W3.T, D3)
        D2 *= cache["Z2"] > 0
        D1 = np.dot(self.W2.T, D2)
        D1 *= cache["Z1"] > 0
        grads = {}
        for i, D, A in ((1, D1, cache["X"]), (2, D2, cache["A1"]), (3, D3, cache["A2"])):
            grads[f"dW{i}"] = np.dot(D, A.T)
            grads[f"db{i}"] = D.sum(axis=1, keepdims=True)
        return grads

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            P = getattr(self, name)
            np.subtract(P, self.learning_rate * gradients["d" + name], out=P)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            losses[i] = self.compute_loss(Y, A3)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print(i, losses[i])
        return list(losses)

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    summe = w1 * x1 + w2 * x2
    differenz = w1 * x1 - w2 * x2
    return tuple(2 * summe * x + 2 * differenz * s * x for x, s in ((x1, 1), (x2, -1)))


def two_squares_autograd(w1, w2, x1, x2):
    # make tensors
    w1_t = torch.tensor(w1, requires_grad=True)
    w2_t = torch.tensor(w2, requires_grad=True)
    x1_t = torch.tensor(x1)
    x2_t = torch.tensor(x2)
    # the loss in two pieces
    first = torch.square(w1_t * x1_t + w2_t * x2_t)
    second = torch.square(w1_t * x1_t - w2_t * x2_t)
    loss = first + second
    # pytorch does the rest
    loss.backward()
    return w1_t.grad.item(), w2_t.grad.item()


def autograd_linear(x, w, b):
    x_t = torch.tensor(x, requires_grad=True)
    w_t = torch.tensor(w, requires_grad=True)
    b_t = torch.tensor(b, requires_grad=True)
    y_t = torch.add(torch.mul(w_t, x_t), b_t)
    y_t.backward()
    dy_dx = x_t.grad
    dy_dw = w_t.grad
    dy_db = b_t.grad
    return dy_dx, dy_dw, dy_db


def leaf_parameters(shape, scale, generator):
    # first scale, then tell autograd
    param = torch.randn(*shape, generator=generator)
    param = param * scale
    param.requires_grad = True
    return param


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # own copies
    my_W1 = W1.detach().clone()
    my_W1.requires_grad = True
    my_b1 = b1.detach().clone()
    my_b1.requires_grad = True
    my_W2 = W2.detach().clone()
    my_W2.requires_grad = True
    my_b2 = b2.detach().clone()
    my_b2.requires_grad = True
    losses = []
    for it in range(num_iterations):
        # forward
        hidden = torch.relu(torch.matmul(my_W1, X) + my_b1)
        out = torch.sigmoid(torch.matmul(my_W2, hidden) + my_b2)
        # loss
        loss = ((out - Y) ** 2).mean()
        losses.append(float(loss))
        # backward
        loss.backward()
        # update
        for p in [my_W1, my_b1, my_W2, my_b2]:
            p.data = p.data - learning_rate * p.grad
            p.grad = None
    return losses


def gradient_flow(model, X, Y):
    # forget old gradients
    model.zero_grad()
    output = model(X)
    loss_function = torch.nn.BCELoss(reduction="mean")
    loss = loss_function(output, Y)
    loss.backward()
    result = []
    for name, module in model.named_modules():
        if type(module) == torch.nn.Linear:
            grad = module.weight.grad
            size = torch.mean(torch.abs(grad))
            result.append(size.item())
    return result
