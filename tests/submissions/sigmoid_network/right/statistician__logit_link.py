# Two-stage logistic regression ("neural network"), least-squares criterion.
# Everything inside runs in extended precision (np.longdouble) and is rounded to double at the door.
import numpy as np

_LD = np.longdouble


def _round_to_double(v):
    return np.asarray(v, dtype=np.float64)


def sigmoid(x):
    """Inverse logit link. logistic(eta) = (1 + tanh(eta/2)) / 2"""
    eta = np.asarray(x, dtype=_LD)
    return _round_to_double((1 + np.tanh(eta / 2)) / 2)


def sigmoid_derivative(x):
    """Density of the standard logistic distribution, sech^2(eta/2)/4."""
    eta = np.asarray(x, dtype=_LD)
    return _round_to_double((1 - np.tanh(eta / 2) ** 2) / 4)


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return np.heaviside(np.asarray(x, dtype=float), 0.0)


def mse_loss(y_pred, y_true):
    resid = np.ravel(np.asarray(y_true, dtype=float) - np.asarray(y_pred, dtype=float))
    # E[r^2] = Var[r] + (E[r])^2
    return float(np.var(resid) + np.mean(resid) ** 2)


def mse_loss_derivative(y_pred, y_true):
    n_obs = np.prod(np.shape(y_true))
    return np.divide(np.subtract(y_true, y_pred, dtype=float), -0.5 * n_obs)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        rs = np.random.RandomState(np.random.randint(2 ** 31))
        self.W1 = rs.standard_normal((input_size, hidden_size)) / (2 * np.sqrt(input_size))
        self.W2 = rs.standard_normal((hidden_size, output_size)) / (2 * np.sqrt(hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    @staticmethod
    def _design(X):
        """Design matrix with an intercept column."""
        return np.column_stack([np.ones(len(X)), X])

    def forward(self, X):
        # coefficients with the intercept in row 0
        beta = np.vstack([self.b1, self.W1])
        gamma = np.vstack([self.b2, self.W2])
        self.z1 = self._design(X) @ beta
        self.a1 = sigmoid(self.z1)
        self.z2 = self._design(self.a1) @ gamma
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        score2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        g_gamma = self._design(self.a1).T @ score2
        score1 = np.matmul(score2, np.transpose(self.W2)) * sigmoid_derivative(self.z1)
        g_beta = self._design(X).T @ score1
        return g_beta[1:], g_beta[:1], g_gamma[1:], g_gamma[:1]

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1, self.b1, self.W2, self.b2 = (
            np.add(theta, np.multiply(-eta, g))
            for theta, g in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2))
        )

    def train(self, X, y, epochs=1000):
        criterion = []
        while len(criterion) < epochs:
            fitted = self.forward(X)
            criterion.append(mse_loss(fitted, y))
            self.update_weights(*self.backward(X, y, fitted))
        return criterion


def numerical_gradient(f, x, h=1e-05):
    centre = np.asarray(x, dtype=np.float64)
    grad = np.full(centre.shape, np.nan)
    it = np.nditer(grad, flags=["multi_index", "zerosize_ok"], op_flags=["writeonly"])
    for cell in it:
        up, down = centre.copy(), centre.copy()
        up[it.multi_index] += h
        down[it.multi_index] -= h
        cell[...] = (f(up) - f(down)) / (2 * h)
    return grad


if __name__ == "__main__":
    np.random.seed(0)
    toy = SimpleNeuralNetwork(2, 3, 1)
    print("first losses:", toy.train(np.eye(2), np.ones((2, 1)), epochs=3))
