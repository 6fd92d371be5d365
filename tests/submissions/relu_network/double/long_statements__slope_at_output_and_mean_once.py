import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    return {
        "f": u ** 3,
        "u": u,
        "du_dx": 2,
        "df_du": 3 * u ** 2,
        "df_dx": (
            3 * u ** 2
            * 2
        ),
    }


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    return {
        "a": a,
        "z": z,
        "L": z ** 2,
        "dL_dz": 2 * z,
        "dL_da": 2 * z * 1,
        "dL_dw": 2 * z * 1 * x,
        "dL_dx": 2 * z * 1 * w,
        "dL_db": 2 * z * 1,
    }


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = 1 / (1 + np.exp(-z))
    return {
        "z": z,
        "a": a,
        "L": 0.5 * (y - a) ** 2,
        "dL_da": a - y,
        "da_dz": a * (1 - a),
        "dL_dz": (a - y) * a * (1 - a),
        "dL_dw": (a - y) * a * (1 - a) * x,
        "dL_db": (a - y) * a * (1 - a),
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
        self.W1 = np.random.randn(
            hidden_size,
            input_size,
        ) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(
            output_size,
            hidden_size,
        ) * 0.1
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.where(
            Z > 0,
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
            np.dot(self.W1, X)
            + self.b1
        )
        A1 = self.relu(Z1)
        Z2 = (
            np.dot(self.W2, A1)
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
        safe = np.clip(A2, 1e-12, 1 - 1e-12)
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
            (cache["A2"] - Y)
            * self.sigmoid_derivative(cache["Z2"])
        )
        dW2 = np.dot(
            dZ2,
            cache["A1"].T,
        ) / m
        db2 = np.sum(
            dZ2,
            axis=1,
            keepdims=True,
        ) / m

        dZ1 = (
            np.dot(self.W2.T, dZ2)
            * self.relu_derivative(cache["Z1"])
        )
        dW1 = np.dot(
            dZ1,
            cache["X"].T,
        )
        db1 = np.sum(
            dZ1,
            axis=1,
            keepdims=True,
        )

        return {
            "dW1": dW1,
            "db1": db1,
            "dW2": dW2,
            "db2": db2,
        }

    def update_parameters(self, gradients):
        self.W1 = (
            self.W1
            - self.learning_rate * gradients["dW1"]
        )
        self.b1 = (
            self.b1
            - self.learning_rate * gradients["db1"]
        )
        self.W2 = (
            self.W2
            - self.learning_rate * gradients["dW2"]
        )
        self.b2 = (
            self.b2
            - self.learning_rate * gradients["db2"]
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
            losses.append(
                self.compute_loss(Y, A2)
            )
            self.update_parameters(
                self.backward(Y, cache)
            )
            if iteration % print_every == 0:
                print(
                    "iteration", iteration,
                    "loss", losses[-1],
                )
        return losses

    def predict(self, X):
        return np.where(
            self.forward(X)[0] > 0.5,
            1,
            0,
        )


def _central_difference(nn, X, Y, param, index, epsilon):
    original = param[index]
    param[index] = original + epsilon
    plus = nn.compute_loss(
        Y,
        nn.forward(X)[0],
    )
    param[index] = original - epsilon
    minus = nn.compute_loss(
        Y,
        nn.forward(X)[0],
    )
    param[index] = original
    return (
        (plus - minus)
        / (2 * epsilon)
    )


def _relative_error(analytic, numeric):
    return (
        np.linalg.norm(analytic - numeric)
        / (
            np.linalg.norm(analytic)
            + np.linalg.norm(numeric)
            + 1e-30
        )
    )


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(
        Y,
        nn.forward(X)[1],
    )
    result = {}
    for name in (
        "W1",
        "b1",
        "W2",
        "b2",
    ):
        param = getattr(nn, name)
        indices = list(
            np.ndindex(param.shape)
        )[:10]
        result[name] = _relative_error(
            np.array([
                gradients["d" + name][index]
                for index in indices
            ]),
            np.array([
                _central_difference(nn, X, Y, param, index, epsilon)
                for index in indices
            ]),
        )
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(
        Y,
        nn.forward(X)[1],
    )
    result = {}
    for name in (
        "W1",
        "b1",
        "W2",
        "b2",
    ):
        param = getattr(nn, name)
        numeric = np.array([
            _central_difference(nn, X, Y, param, index, epsilon)
            for index in np.ndindex(param.shape)
        ]).reshape(param.shape)
        result[name] = _relative_error(
            gradients["d" + name],
            numeric,
        )
    return result


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
        self.W1 = np.random.randn(
            hidden1_size,
            input_size,
        ) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(
            hidden2_size,
            hidden1_size,
        ) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(
            output_size,
            hidden2_size,
        ) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = np.dot(self.W3, A2) + self.b3
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
        safe = np.clip(A3, 1e-12, 1 - 1e-12)
        return -(
            np.sum(
                Y * np.log(safe)
                + (1 - Y) * np.log(1 - safe)
            )
            / Y.shape[1]
        )

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ3 = (
            cache["A3"]
            - Y
        ) / m
        dZ2 = (
            np.dot(self.W3.T, dZ3)
            * (cache["Z2"] > 0)
        )
        dZ1 = (
            np.dot(self.W2.T, dZ2)
            * (cache["Z1"] > 0)
        )
        return {
            "dW1": np.dot(dZ1, cache["X"].T),
            "db1": np.sum(dZ1, axis=1, keepdims=True),
            "dW2": np.dot(dZ2, cache["A1"].T),
            "db2": np.sum(dZ2, axis=1, keepdims=True),
            "dW3": np.dot(dZ3, cache["A2"].T),
            "db3": np.sum(dZ3, axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for name in (
            "W1", "b1",
            "W2", "b2",
            "W3", "b3",
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
            A3, cache = self.forward(X)
            losses.append(
                self.compute_loss(Y, A3)
            )
            self.update_parameters(
                self.backward(Y, cache)
            )
            if iteration % print_every == 0:
                print(
                    "iteration", iteration,
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
    return (
        2 * (w1 * x1 + w2 * x2) * x1
        + 2 * (w1 * x1 - w2 * x2) * x1,
        2 * (w1 * x1 + w2 * x2) * x2
        - 2 * (w1 * x1 - w2 * x2) * x2,
    )


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
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
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w * x + b
    y.backward()
    return (
        x.grad,
        w.grad,
        b.grad,
    )


def leaf_parameters(shape, scale, generator):
    return (
        scale
        * torch.randn(*shape, generator=generator)
    ).requires_grad_(True)


def train_autograd(
    X,
    Y,
    W1,
    b1,
    W2,
    b2,
    learning_rate,
    num_iterations,
):
    params = [
        p.clone().requires_grad_(True)
        for p in (W1, b1, W2, b2)
    ]
    losses = []
    for _ in range(num_iterations):
        A1 = torch.relu(
            params[0] @ X
            + params[1]
        )
        A2 = torch.sigmoid(
            params[2] @ A1
            + params[3]
        )
        loss = torch.mean(
            (A2 - Y) ** 2
        )
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= (
                    learning_rate
                    * p.grad
                )
                p.grad = None
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(
        model(X),
        Y,
    )
    loss.backward()
    return [
        torch.mean(
            torch.abs(layer.weight.grad)
        ).item()
        for layer in model.modules()
        if isinstance(layer, torch.nn.Linear)
    ]
