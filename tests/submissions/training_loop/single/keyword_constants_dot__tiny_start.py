# What I learned: random start breaks the symmetry between hidden units.
# What I still wonder: how large should it be?
import numpy as np

HIDDEN_XOR, RATE_XOR, EPOCHS_XOR = 8, 5.0, 3000
HIDDEN_SPIRAL, RATE_SPIRAL, EPOCHS_SPIRAL, SPREAD_SPIRAL = 64, 5.0, 8000, 3.0
GOOD_ENOUGH = 0.957
START = 0.01


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -709, 709)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-1.0 * np.asarray(x))


def manual_forward(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    z2 = sigmoid(z1) * w2 + b2
    return {'z1': z1, 'z2': z2, 'a1': sigmoid(z1), 'a2': sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    v = manual_forward(x, w1, b1, w2, b2)
    minus_error = y - v['a2']
    s2 = sigmoid_derivative(v['z2'])
    s1 = sigmoid_derivative(v['z1'])
    down = -minus_error * s2
    return {
        'dL_da2': -minus_error, 'da2_dz2': s2, 'dL_dz2': down,
        'dL_dw2': down * v['a1'], 'dL_db2': down, 'dL_da1': down * w2,
        'da1_dz1': s1, 'dL_dz1': down * w2 * s1, 'dL_dw1': down * w2 * s1 * x, 'dL_db1': down * w2 * s1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    theta = np.array([w1, b1, w2, b2]) - np.dot(learning_rate, [g['dL_dw1'], g['dL_db1'], g['dL_dw2'], g['dL_db2']])
    return tuple(theta.tolist())


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(loc=0.0, scale=START, size=(input_size, hidden_size))
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.W2 = np.random.normal(loc=0.0, scale=START, size=(hidden_size, output_size))
        self.b2 = np.zeros(shape=(1, output_size))

    def forward(self, X):
        self.a1 = sigmoid(np.dot(X, self.W1) + self.b1)
        self.a2 = sigmoid(np.dot(self.a1, self.W2) + self.b2)
        return self.a2

    def backward(self, X, y):
        minus_error = y - self.a2
        d2 = -2 * minus_error * self.a2 * (1 - self.a2) / minus_error.size
        d1 = np.dot(d2, self.W2.T) * self.a1 * (1 - self.a1)
        self.gradients = {'dW1': np.dot(X.T, d1), 'db1': np.sum(d1, axis=0, keepdims=True),
                          'dW2': np.dot(self.a1.T, d2), 'db2': np.sum(d2, axis=0, keepdims=True)}
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - np.multiply(self.learning_rate, self.gradients['dW1'])
        self.b1 = self.b1 - np.multiply(self.learning_rate, self.gradients['db1'])
        self.W2 = self.W2 - np.multiply(self.learning_rate, self.gradients['dW2'])
        self.b2 = self.b2 - np.multiply(self.learning_rate, self.gradients['db2'])

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        loss = self.compute_loss(y_true=y, y_pred=self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, HIDDEN_XOR, 1, RATE_XOR)
    return net, [net.train_step(X, y) for _ in range(EPOCHS_XOR)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(start=0, stop=4 * np.pi, num=n_samples // 2)
    r = t / (2 * np.pi)
    X = np.concatenate([np.stack([np.cos(t), np.sin(t)], axis=1), np.stack([np.cos(t + np.pi), np.sin(t + np.pi)], axis=1)])
    X = X * np.concatenate([r, r])[:, None]
    X = X + np.random.normal(loc=0.0, scale=noise, size=X.shape)
    y = np.concatenate([np.zeros(shape=(len(t), 1)), np.ones(shape=(len(t), 1))])
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, HIDDEN_SPIRAL, 1, RATE_SPIRAL)
    net.W1 = np.random.normal(scale=SPREAD_SPIRAL, size=net.W1.shape)
    net.W2 = np.random.normal(scale=1.0, size=net.W2.shape)
    for epoch in range(EPOCHS_SPIRAL):
        net.train_step(X, y)
        if epoch % 200 == 199 and np.mean((net.forward(X) > 0.5) == (y > 0.5)) > GOOD_ENOUGH:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            for _ in range(epochs):
                final_loss = net.train_step(X, y)
            results.append(dict(hidden_size=hidden_size, learning_rate=learning_rate, final_loss=final_loss))
    return results
