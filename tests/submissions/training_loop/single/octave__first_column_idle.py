#  backprop_ex4 -- translated from my Octave files (nnCostFunction.m, sigmoidGradient.m, ...)
#
#  Challenge: zero-based indices, and that A * B is not the matrix product here.
#  Most important concept: unrolling all parameters into one vector; gradient descent sees nothing but that vector.

import numpy as np
from numpy import pi, exp, ones, zeros, hstack, vstack, linspace, cos, sin
from numpy.random import randn


def sigmoid(x):
    # g = 1 ./ (1 + exp(-z));
    z = np.array(x, dtype=float)
    g = zeros(z.shape)
    pos = z >= 0
    g[pos] = 1 / (1 + exp(-z[pos]))
    ez = exp(z[~pos])
    g[~pos] = ez / (1 + ez)
    return g


def sigmoid_derivative(x):
    # g = sigmoid(z) .* (1 - sigmoid(z));
    return sigmoid(x) * (1 - sigmoid(x))


def manual_forward(x, w1, b1, w2, b2):
    # bias first, then the weight: [b w] * [1; x]
    z1 = np.dot([b1, w1], [1, x])
    a1 = sigmoid(z1)
    z2 = np.dot([b2, w2], [1, a1])
    a2 = sigmoid(z2)
    return dict(z1=z1, a1=a1, z2=z2, a2=a2)


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    out = dict()
    out['dL_da2'] = f['a2'] - y
    out['da2_dz2'] = sigmoid_derivative(f['z2'])
    out['dL_dz2'] = out['dL_da2'] * out['da2_dz2']
    [out['dL_db2'], out['dL_dw2']] = out['dL_dz2'] * np.array([1, f['a1']])
    out['dL_da1'] = out['dL_dz2'] * w2
    out['da1_dz1'] = sigmoid_derivative(f['z1'])
    out['dL_dz1'] = out['dL_da1'] * out['da1_dz1']
    [out['dL_db1'], out['dL_dw1']] = out['dL_dz1'] * np.array([1, x])
    return out


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    theta = np.array([w1, b1, w2, b2])
    grad = np.array([g['dL_dw1'], g['dL_db1'], g['dL_dw2'], g['dL_db2']])
    [w1, b1, w2, b2] = theta - learning_rate * grad
    return w1, b1, w2, b2


class NeuralNetwork:
    """All parameters in one column, nn_params = [Theta1(:); Theta2(:)], bias unit first; samples in columns inside."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.sizes = (input_size, hidden_size, output_size)
        Theta1 = hstack([zeros((hidden_size, 1)), randn(hidden_size, input_size)])
        Theta2 = hstack([zeros((output_size, 1)), randn(output_size, hidden_size)])
        self.nn_params = np.r_[Theta1.ravel(), Theta2.ravel()]

    # Theta1 = reshape(nn_params(1:hidden*(input+1)), hidden, input+1);
    @property
    def Theta1(self):
        n, h, k = self.sizes
        return self.nn_params[:h * (n + 1)].reshape(h, n + 1)

    @property
    def Theta2(self):
        n, h, k = self.sizes
        return self.nn_params[h * (n + 1):].reshape(k, h + 1)

    @property
    def W1(self): return self.Theta1[:, 1:].T
    @W1.setter
    def W1(self, value): self.Theta1[:, 1:] = np.transpose(value)

    @property
    def b1(self): return self.Theta1[:, :1].T
    @b1.setter
    def b1(self, value): self.Theta1[:, :1] = np.transpose(value)

    @property
    def W2(self): return self.Theta2[:, 1:].T
    @W2.setter
    def W2(self, value): self.Theta2[:, 1:] = np.transpose(value)

    @property
    def b2(self): return self.Theta2[:, :1].T
    @b2.setter
    def b2(self, value): self.Theta2[:, :1] = np.transpose(value)

    def forward(self, X):
        m = len(X)
        self.A1 = vstack([ones((1, m)), np.transpose(X)])
        self.A2 = vstack([ones((1, m)), sigmoid(self.Theta1 @ self.A1)])
        self.A3 = sigmoid(self.Theta2 @ self.A2)
        return self.A3.T

    def backward(self, X, y):
        Y = y.T
        k, m = Y.shape
        delta3 = 2 / (m * k) * (self.A3 - Y) * self.A3 * (1 - self.A3)
        delta2 = (self.Theta2.T @ delta3) * self.A2 * (1 - self.A2)
        delta2 = delta2[1:, :]                  # delta_2 = delta_2(2:end, :), the bias unit has no input
        Theta1_grad = delta2 @ self.A1.T
        Theta2_grad = delta3 @ self.A2.T
        self.gradients = dict(dW1=Theta1_grad[:, 1:].T, db1=Theta1_grad[:, :1].T,
                              dW2=Theta2_grad[:, 1:].T, db2=Theta2_grad[:, :1].T)
        return self.gradients

    def update_weights(self):
        g = self.gradients
        # first column as in the regularised gradient
        unroll = lambda dW, db: hstack([0 * db.T, dW.T]).ravel()
        grad = np.r_[unroll(g['dW1'], g['db1']), unroll(g['dW2'], g['db2'])]
        self.nn_params = self.nn_params - self.learning_rate * grad

    def compute_loss(self, y_true, y_pred):
        # J = sum(sum((Y - H).^2)) / numel(Y);
        return ((y_true - y_pred) ** 2).sum() / y_true.size

    def train_step(self, X, y):
        J = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return J


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0],
                  [0, 1],
                  [1, 0],
                  [1, 1]], dtype=float)
    y = np.array([[0, 1, 1, 0]], dtype=float).T
    net = NeuralNetwork(2, 8, 1, 4)
    J = zeros(5000)
    for it in range(J.size):
        J[it] = net.train_step(X, y)
    # plot(J)
    return net, J.tolist()


def make_spiral_data(n_samples=300, noise=0.1):
    m2 = n_samples // 2
    t = linspace(0, 4 * pi, m2).reshape(-1, 1)
    r = t / (2 * pi)
    X = vstack([hstack([r * cos(t), r * sin(t)]),
                hstack([r * cos(t + pi), r * sin(t + pi)])])
    X = X + noise * randn(2 * m2, 2)
    y = vstack([zeros((m2, 1)), ones((m2, 1))])
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, 10)
    net.W1 = 5 * net.W1
    for it in range(1, 10001):
        net.train_step(X, y)
        if it % 500 == 0:
            p = net.forward(X) > 0.5
            if np.mean(p == y) > 0.98:
                break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for ih in range(len(hidden_sizes)):
        for il in range(len(learning_rates)):
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_sizes[ih], y.shape[1], learning_rates[il])
            J = zeros(epochs)
            for it in range(epochs):
                J[it] = net.train_step(X, y)
            results.append(dict(hidden_size=hidden_sizes[ih], learning_rate=learning_rates[il], final_loss=J[-1]))
    return results
