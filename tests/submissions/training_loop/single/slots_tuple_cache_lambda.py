# reflection: chain rule == multiply what you know. Learned most from printing shapes.
import numpy as np
rnd = np.random

sigmoid = lambda x: np.exp(np.minimum(x, 0.)) / (1. + np.exp(-np.abs(x)))
sigmoid_derivative = lambda x: sigmoid(x) * sigmoid(-np.asarray(x))


def manual_forward(x, w1, b1, w2, b2):
    z1 = x*w1 + b1; a1 = sigmoid(z1)
    z2 = a1*w2 + b2; a2 = sigmoid(z2)
    return dict(z1=z1, a1=a1, z2=z2, a2=a2)


def manual_gradients(x, y, w1, b1, w2, b2):
    z1, a1, z2, a2 = manual_forward(x, w1, b1, w2, b2).values()
    e = a2 - y
    p2 = sigmoid_derivative(z2); p1 = sigmoid_derivative(z1)
    return dict(dL_da2=e, da2_dz2=p2, dL_dz2=e*p2, dL_dw2=e*p2*a1, dL_db2=e*p2, dL_da1=e*p2*w2,
                da1_dz1=p1, dL_dz1=e*p2*w2*p1, dL_dw1=e*p2*w2*p1*x, dL_db1=e*p2*w2*p1)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return [v - learning_rate*g['dL_d' + s] for s, v in (('w1', w1), ('b1', b1), ('w2', w2), ('b2', b2))]


class NeuralNetwork:
    __slots__ = 'W1 b1 W2 b2 learning_rate gradients memo'.split()

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.b1 = rnd.randn(input_size, hidden_size)*1.5, np.zeros((1, hidden_size))
        self.W2, self.b2 = rnd.randn(hidden_size, output_size), np.zeros((1, output_size))

    def forward(self, X):
        h = sigmoid(X@self.W1 + self.b1)
        self.memo = h, sigmoid(h@self.W2 + self.b2)
        return self.memo[1]

    def backward(self, X, y):
        h, p = self.memo
        d2 = (p - y)*(p - p*p)*2/p.size
        d1 = d2@self.W2.T*(h - h*h)
        self.gradients = dict(dW1=X.T@d1, db1=d1.sum(0, keepdims=True), dW2=h.T@d2, db2=d2.sum(0, keepdims=True))
        return self.gradients

    def update_weights(self):
        for key, g in self.gradients.items():
            setattr(self, key[1:], -self.learning_rate*g)

    def compute_loss(self, y_true, y_pred):
        return ((y_true - y_pred)**2).mean()

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y); self.update_weights()
        return loss


def train_xor(seed):
    rnd.seed(seed)
    nn = NeuralNetwork(2, 10, 1, 6)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]); y = X[:, :1] ^ X[:, 1:]
    return nn, [nn.train_step(X, y) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4*np.pi, n_samples//2)
    A = np.array([np.cos(t), np.sin(t)])*t/2/np.pi
    return np.hstack([A, -A]).T + noise*rnd.randn(n_samples, 2), np.arange(2).repeat(n_samples//2)[:, None]*1.


def train_spiral(X, y):
    nn = NeuralNetwork(2, 64, 1, 10); nn.W1 = nn.W1*2
    for _ in range(5000): nn.train_step(X, y)
    return nn


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    rows = []
    for h, r in ((h, r) for h in hidden_sizes for r in learning_rates):
        rnd.seed(seed)
        nn = NeuralNetwork(X.shape[1], h, y.shape[1], r)
        for _ in range(epochs): f = nn.train_step(X, y)
        rows += [dict(hidden_size=h, learning_rate=r, final_loss=f)]
    return rows
