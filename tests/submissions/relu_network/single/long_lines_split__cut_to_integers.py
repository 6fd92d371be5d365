import numpy as np
import torch


def logistic(t):
    return 1.0 / (1.0 + np.exp(-t))


def chain_rule(x):
    u = 2 * x + 1
    return {
        "u": u,
        "f": u ** 3,
        "du_dx": 2,
        "df_du": 3 * u ** 2,
        "df_dx": 3 * u ** 2 * 2,
    }


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    g = 2 * z
    return {
        "a": a,
        "z": z,
        "L": z * z,
        "dL_dz": g,
        "dL_da": g,
        "dL_dw": g * x,
        "dL_dx": g * w,
        "dL_db": g,
    }


def single_neuron(x, w, b, y):
    z = w @ x + b
    a = logistic(z)
    err = a - y
    slope = a * (1 - a)
    delta = err * slope
    return {
        "z": z,
        "a": a,
        "L": 0.5 * err ** 2,
        "dL_da": err,
        "da_dz": slope,
        "dL_dz": delta,
        "dL_dw": delta * x,
        "dL_db": delta,
    }


class NeuralNetworkWithBackprop:
    def __init__(
        self,
        input_size,
        hidden_size,
        output_size,
        learning_rate=0.01,
    ):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(
            loc=0.0,
            scale=0.1,
            size=(hidden_size, input_size),
        )
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(
            loc=0.0,
            scale=0.1,
            size=(output_size, hidden_size),
        )
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.where(
            Z > 0,
            Z,
            0,
        )

    def relu_derivative(self, Z):
        return np.where(
            Z > 0,
            1.0,
            0.0,
        )

    def sigmoid(self, Z):
        return 1 / (
            1
            + np.exp(-np.clip(Z, -500, 500))
        )

    def sigmoid_derivative(self, Z):
        return (
            self.sigmoid(Z)
            * (1 - self.sigmoid(Z))
        )

    def forward(self, X):
        Z1 = (
            self.W1 @ X
            + self.b1
        )
        A1 = self.relu(Z1)
        Z2 = (
            self.W2 @ A1
            + self.b2
        )
        A2 = self.sigmoid(Z2)
        cache = dict(
            X=X,
            Z1=Z1,
            A1=A1,
            Z2=Z2,
            A2=A2,
        )
        return A2, cache

    def compute_loss(self, Y, A2):
        safe = np.clip(
            A2,
            1e-15,
            1 - 1e-15,
        )
        return -(
            np.sum(
                Y * np.log(safe)
                + (1 - Y) * np.log(1 - safe)
            )
            / Y.shape[1]
        )

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ2 = (
            cache["A2"]
            - Y
        ) / m
        dZ1 = (
            (self.W2.T @ dZ2)
            * self.relu_derivative(cache["Z1"])
        )
        return dict(
            dW1=dZ1 @ cache["X"].T,
            db1=np.sum(
                dZ1,
                axis=1,
                keepdims=True,
            ),
            dW2=dZ2 @ cache["A1"].T,
            db2=np.sum(
                dZ2,
                axis=1,
                keepdims=True,
            ),
        )

    def update_parameters(self, gradients):
        for name in (
            "W1",
            "b1",
            "W2",
            "b2",
        ):
            setattr(
                self,
                name,
                getattr(self, name)
                - self.learning_rate * gradients["d" + name],
            )

    def train(
        self,
        X,
        Y,
        num_iterations=1000,
        print_every=100,
    ):
        losses = []
        for iteration in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            if iteration % print_every == 0:
                print(
                    "iteration", iteration,
                    "loss", loss,
                )
            self.update_parameters(
                self.backward(Y, cache)
            )
        return losses

    def predict(self, X):
        probabilities, _ = self.forward(X)
        return (
            probabilities
            .astype(int)
        )


def loss_at(nn, X, Y):
    return nn.compute_loss(
        Y,
        nn.forward(X)[0],
    )


def central(nn, X, Y, P, index, epsilon):
    value = P[index]
    P[index] = value + epsilon
    plus = loss_at(nn, X, Y)
    P[index] = value - epsilon
    minus = loss_at(nn, X, Y)
    P[index] = value
    return (
        (plus - minus)
        / (2 * epsilon)
    )


def difference(a, n):
    scale = (
        np.linalg.norm(a)
        + np.linalg.norm(n)
    )
    if scale == 0:
        return 0.0
    return (
        np.linalg.norm(a - n)
        / scale
    )


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(
        Y,
        nn.forward(X)[1],
    )
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        indices = [
            np.unravel_index(flat, P.shape)
            for flat in range(min(10, P.size))
        ]
        errors[name] = difference(
            np.array([gradients["d" + name][i] for i in indices]),
            np.array([central(nn, X, Y, P, i, epsilon) for i in indices]),
        )
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(
        Y,
        nn.forward(X)[1],
    )
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, name)
        numeric = np.zeros(P.shape)
        for i in np.ndindex(P.shape):
            numeric[i] = central(nn, X, Y, P, i, epsilon)
        errors[name] = difference(
            gradients["d" + name],
            numeric,
        )
    return errors


class ThreeLayerNetwork:
    def __init__(
        self,
        input_size,
        hidden1_size,
        hidden2_size,
        output_size,
        learning_rate=0.01,
    ):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 0.1, (hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.normal(0.0, 0.1, (hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.normal(0.0, 0.1, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.where(Z1 > 0, Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.where(Z2 > 0, Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (
            1
            + np.exp(-np.clip(Z3, -500, 500))
        )
        return A3, dict(
            X=X,
            Z1=Z1,
            A1=A1,
            Z2=Z2,
            A2=A2,
            Z3=Z3,
            A3=A3,
        )

    def compute_loss(self, Y, A3):
        safe = np.clip(A3, 1e-15, 1 - 1e-15)
        return -(
            np.sum(
                Y * np.log(safe)
                + (1 - Y) * np.log(1 - safe)
            )
            / Y.shape[1]
        )

    def backward(self, Y, cache):
        dZ3 = (cache["A3"] - Y) / Y.shape[1]
        dZ2 = (
            (self.W3.T @ dZ3)
            * (cache["Z2"] > 0)
        )
        dZ1 = (
            (self.W2.T @ dZ2)
            * (cache["Z1"] > 0)
        )
        return dict(
            dW1=dZ1 @ cache["X"].T,
            db1=np.sum(dZ1, axis=1, keepdims=True),
            dW2=dZ2 @ cache["A1"].T,
            db2=np.sum(dZ2, axis=1, keepdims=True),
            dW3=dZ3 @ cache["A2"].T,
            db3=np.sum(dZ3, axis=1, keepdims=True),
        )

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(
                self,
                name,
                getattr(self, name) - self.learning_rate * gradients["d" + name],
            )

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for iteration in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            if iteration % print_every == 0:
                print("iteration", iteration, "loss", losses[-1])
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (
            self.forward(X)[0]
            > 0.5
        ).astype(int)


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * x1 * (plus + minus), 2 * x2 * (plus - minus)


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
