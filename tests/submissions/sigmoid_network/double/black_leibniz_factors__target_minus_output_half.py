import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    out = np.empty_like(x)
    nonneg = x >= 0
    out[nonneg] = 1.0 / (1.0 + np.exp(-x[nonneg]))
    exp_x = np.exp(x[~nonneg])
    out[~nonneg] = exp_x / (1.0 + exp_x)
    return out


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return np.asarray(np.asarray(x) > 0, dtype=np.float64)


def mse_loss(y_pred, y_true):
    return np.average((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    # L = 1/N sum_i u_i^2 with u_i = y_pred_i - y_true_i
    u = y_pred - y_true
    dL_du = u / u.size
    du_dpred = -1.0
    return dL_du * du_dpred


class SimpleNeuralNetwork:
    def __init__(
        self,
        input_size,
        hidden_size,
        output_size,
        learning_rate=0.1,
    ):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((input_size, hidden_size)) / 10
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.standard_normal((hidden_size, output_size)) / 10
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, k = y.shape

        dL_da2 = 2.0 * (y_pred - y) / (m * k)
        da2_dz2 = sigmoid_derivative(self.z2)
        dL_dz2 = dL_da2 * da2_dz2

        dz2_dW2 = self.a1
        dL_dW2 = dz2_dW2.T @ dL_dz2
        dL_db2 = np.ones((1, m)) @ dL_dz2

        dz2_da1 = self.W2
        dL_da1 = dL_dz2 @ dz2_da1.T
        da1_dz1 = sigmoid_derivative(self.z1)
        dL_dz1 = dL_da1 * da1_dz1

        dz1_dW1 = X
        dL_dW1 = dz1_dW1.T @ dL_dz1
        dL_db1 = np.ones((1, m)) @ dL_dz1

        return (
            dL_dW1,
            dL_db1,
            dL_dW2,
            dL_db2,
        )

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = np.subtract(
            self.W1,
            self.learning_rate * dW1,
        )
        self.b1 = np.subtract(
            self.b1,
            self.learning_rate * db1,
        )
        self.W2 = np.subtract(
            self.W2,
            self.learning_rate * dW2,
        )
        self.b2 = np.subtract(
            self.b2,
            self.learning_rate * db2,
        )

    def train(self, X, y, epochs=1000):
        losses = []
        while len(losses) < epochs:
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(
                *self.backward(X, y, y_pred),
            )
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    dfdx = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        forward_point = x.copy()
        backward_point = x.copy()
        forward_point[i] += h
        backward_point[i] -= h
        dfdx[i] = (f(forward_point) - f(backward_point)) / (
            2 * h
        )
    return dfdx
