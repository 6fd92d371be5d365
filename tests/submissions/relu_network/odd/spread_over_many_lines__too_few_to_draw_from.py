import numpy as np
import torch


def chain_rule(
    x,
):
    u = (
        2 * x
        + 1
    )
    derivatives = {
        "du_dx": 2,
        "df_du": 3 * u ** 2,
    }
    return {
        "f": u ** 3,
        "u": u,
        **derivatives,
        "df_dx": (
            derivatives["df_du"]
            * derivatives["du_dx"]
        ),
    }


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    dL_dz = 2 * z
    return {
        "a": a,
        "z": z,
        "L": z ** 2,
        "dL_dz": dL_dz,
        "dL_da": dL_dz,
        "dL_dw": dL_dz * x,
        "dL_dx": dL_dz * w,
        "dL_db": dL_dz,
    }


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (
        1
        + np.exp(-z)
    )
    dL_da = a - y
    da_dz = (
        a
        * (1 - a)
    )
    dL_dz = dL_da * da_dz
    return {
        "z": z,
        "a": a,
        "L": 0.5 * (y - a) ** 2,
        "dL_da": dL_da,
        "da_dz": da_dz,
        "dL_dz": dL_dz,
        "dL_dw": dL_dz * x,
        "dL_db": dL_dz,
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
        self.W1 = 0.1 * np.random.randn(
            hidden_size,
            input_size,
        )
        self.b1 = np.zeros(
            (hidden_size, 1),
        )
        self.W2 = 0.1 * np.random.randn(
            output_size,
            hidden_size,
        )
        self.b2 = np.zeros(
            (output_size, 1),
        )

    def relu(self, Z):
        return np.maximum(
            Z,
            0,
        )

    def relu_derivative(self, Z):
        return np.where(
            np.greater(Z, 0),
            1.0,
            0.0,
        )

    def sigmoid(self, Z):
        return 1 / (
            1
            + np.exp(
                -np.clip(Z, -500, 500)
            )
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
        return A2, {
            "X": X,
            "Z1": Z1,
            "A1": A1,
            "Z2": Z2,
            "A2": A2,
        }

    def compute_loss(self, Y, A2):
        A2 = np.clip(
            A2,
            1e-15,
            1 - 1e-15,
        )
        return -np.sum(
            Y * np.log(A2)
            + (1 - Y) * np.log(1 - A2)
        ) / Y.shape[1]

    def backward(self, Y, cache):
        dZ2 = (
            cache["A2"]
            - Y
        ) / Y.shape[1]
        dZ1 = (
            self.W2.T
            @ dZ2
        ) * self.relu_derivative(
            cache["Z1"]
        )
        return {
            "dW1": dZ1 @ cache["X"].T,
            "db1": dZ1.sum(
                axis=1,
                keepdims=True,
            ),
            "dW2": dZ2 @ cache["A1"].T,
            "db2": dZ2.sum(
                axis=1,
                keepdims=True,
            ),
        }

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
                - self.learning_rate
                * gradients["d" + name],
            )

    def train(
        self,
        X,
        Y,
        num_iterations=1000,
        print_every=100,
    ):
        losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(
                self.compute_loss(Y, A2)
            )
            self.update_parameters(
                self.backward(Y, cache)
            )
            if i % print_every == 0:
                print(
                    "iteration", i,
                    "loss", losses[-1],
                )
        return losses

    def predict(self, X):
        return np.where(
            self.forward(X)[0] > 0.5,
            1,
            0,
        )


def loss_with_shift(
    nn, X, Y,
    parameter, index, shift,
):
    kept = parameter[index]
    parameter[index] = kept + shift
    loss = nn.compute_loss(
        Y,
        nn.forward(X)[0],
    )
    parameter[index] = kept
    return loss


def numeric_slope(
    nn, X, Y,
    parameter, index, epsilon,
):
    return (
        loss_with_shift(nn, X, Y, parameter, index, +epsilon)
        - loss_with_shift(nn, X, Y, parameter, index, -epsilon)
    ) / (
        2 * epsilon
    )


def relative_difference(
    analytic,
    numeric,
):
    size = (
        np.linalg.norm(analytic)
        + np.linalg.norm(numeric)
    )
    if size == 0:
        return 0.0
    return np.linalg.norm(
        analytic
        - numeric
    ) / size


def gradient_check(
    nn, X, Y,
    epsilon=1e-05,
):
    rng = np.random.default_rng(0)
    gradients = nn.backward(
        Y,
        nn.forward(X)[1],
    )
    differences = {}
    for name in ("W1", "b1", "W2", "b2"):
        parameter = getattr(nn, name)
        chosen = rng.choice(
            parameter.size,
            size=10,
            replace=False,
        )
        indices = list(
            zip(
                *np.unravel_index(
                    chosen,
                    parameter.shape,
                )
            )
        )
        differences[name] = relative_difference(
            np.array([
                gradients["d" + name][index]
                for index in indices
            ]),
            np.array([
                numeric_slope(nn, X, Y, parameter, index, epsilon)
                for index in indices
            ]),
        )
    return differences


def gradient_check_all(
    nn, X, Y,
    epsilon=1e-05,
):
    gradients = nn.backward(
        Y,
        nn.forward(X)[1],
    )
    differences = {}
    for name in ("W1", "b1", "W2", "b2"):
        parameter = getattr(nn, name)
        numeric = np.zeros(
            parameter.shape
        )
        for index in np.ndindex(
            parameter.shape
        ):
            numeric[index] = numeric_slope(
                nn, X, Y,
                parameter, index, epsilon,
            )
        differences[name] = relative_difference(
            gradients["d" + name],
            numeric,
        )
    return differences


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
        self.W1 = 0.1 * np.random.randn(hidden1_size, input_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = 0.1 * np.random.randn(hidden2_size, hidden1_size)
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = 0.1 * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (
            1
            + np.exp(
                -np.clip(Z3, -500, 500)
            )
        )
        return A3, {
            "X": X,
            "Z1": Z1,
            "A1": A1,
            "Z2": Z2,
            "A2": A2,
            "Z3": Z3,
            "A3": A3,
        }

    def compute_loss(self, Y, A3):
        A3 = np.clip(
            A3,
            1e-15,
            1 - 1e-15,
        )
        return -np.sum(
            Y * np.log(A3)
            + (1 - Y) * np.log(1 - A3)
        ) / Y.shape[1]

    def backward(self, Y, cache):
        dZ3 = (
            cache["A3"]
            - Y
        ) / Y.shape[1]
        dZ2 = (
            self.W3.T
            @ dZ3
        ) * (
            cache["Z2"] > 0
        )
        dZ1 = (
            self.W2.T
            @ dZ2
        ) * (
            cache["Z1"] > 0
        )
        return {
            "dW1": dZ1 @ cache["X"].T,
            "db1": dZ1.sum(axis=1, keepdims=True),
            "dW2": dZ2 @ cache["A1"].T,
            "db2": dZ2.sum(axis=1, keepdims=True),
            "dW3": dZ3 @ cache["A2"].T,
            "db3": dZ3.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for name in (
            "W1",
            "b1",
            "W2",
            "b2",
            "W3",
            "b3",
        ):
            setattr(
                self,
                name,
                getattr(self, name)
                - self.learning_rate
                * gradients["d" + name],
            )

    def train(
        self,
        X,
        Y,
        num_iterations=1000,
        print_every=100,
    ):
        losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(
                self.compute_loss(Y, A3)
            )
            self.update_parameters(
                self.backward(Y, cache)
            )
            if i % print_every == 0:
                print(
                    "iteration", i,
                    "loss", losses[-1],
                )
        return losses

    def predict(self, X):
        return np.where(
            self.forward(X)[0] > 0.5,
            1,
            0,
        )


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    return (
        2 * plus * x1
        + 2 * minus * x1,
        2 * plus * x2
        - 2 * minus * x2,
    )


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(
        w1,
        requires_grad=True,
    )
    w2 = torch.tensor(
        w2,
        requires_grad=True,
    )
    L = (
        (w1 * x1 + w2 * x2) ** 2
        + (w1 * x1 - w2 * x2) ** 2
    )
    L.backward()
    return (
        w1.grad,
        w2.grad,
    )


def autograd_linear(x, w, b):
    x, w, b = (
        torch.tensor(value, requires_grad=True)
        for value in (x, w, b)
    )
    y = (
        w * x
        + b
    )
    y.backward()
    return (
        x.grad,
        w.grad,
        b.grad,
    )


def leaf_parameters(shape, scale, generator):
    return (
        torch.randn(
            *shape,
            generator=generator,
        )
        * scale
    ).requires_grad_(True)


def train_autograd(
    X, Y,
    W1, b1, W2, b2,
    learning_rate,
    num_iterations,
):
    leaves = [
        start.clone().requires_grad_(True)
        for start in (W1, b1, W2, b2)
    ]
    losses = []
    for _ in range(num_iterations):
        A1 = torch.relu(
            leaves[0] @ X
            + leaves[1]
        )
        A2 = torch.sigmoid(
            leaves[2] @ A1
            + leaves[3]
        )
        loss = (
            (A2 - Y) ** 2
        ).mean()
        losses.append(
            loss.item()
        )
        loss.backward()
        with torch.no_grad():
            for leaf in leaves:
                leaf -= (
                    learning_rate
                    * leaf.grad
                )
                leaf.grad = None
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(
        model(X),
        Y,
    ).backward()
    return [
        layer
        .weight
        .grad
        .abs()
        .mean()
        .item()
        for layer in model.modules()
        if isinstance(
            layer,
            torch.nn.Linear,
        )
    ]
