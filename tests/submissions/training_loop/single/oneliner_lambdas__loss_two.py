"""Short answers: chain rule = multiply the slopes. Surprise: the seed mattered less than I thought."""
import numpy as np

sigmoid = lambda x: (1 + np.tanh(np.multiply(x, .5))) / 2
sigmoid_derivative = lambda x: sigmoid(x) * (1 - sigmoid(x))


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1*x + b1
    z2 = w2*sigmoid(z1) + b2
    return dict(z1=z1, a1=sigmoid(z1), z2=z2, a2=sigmoid(z2))


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    E, S2, S1 = 2*(f['a2'] - y), sigmoid_derivative(f['z2']), sigmoid_derivative(f['z1'])
    D2 = E*S2
    D1 = D2*w2*S1
    return dict(dL_da2=E, da2_dz2=S2, dL_dz2=D2, dL_dw2=D2*f['a1'], dL_db2=D2,
                dL_da1=D2*w2, da1_dz1=S1, dL_dz1=D1, dL_dw1=D1*x, dL_db1=D1)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    a1, a2 = [manual_forward(x, w1, b1, w2, b2)[q] for q in ('a1', 'a2')]
    D2 = (a2 - y)*a2*(1 - a2)
    D1 = D2*w2*a1*(1 - a1)
    return w1 - learning_rate*D1*x, b1 - learning_rate*D1, w2 - learning_rate*D2*a1, b2 - learning_rate*D2


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.b1 = np.random.randn(input_size, hidden_size), np.zeros((1, hidden_size))
        self.W2, self.b2 = np.random.randn(hidden_size, output_size), np.zeros((1, output_size))

    def forward(self, X):
        self.A = sigmoid(X @ self.W1 + self.b1)
        self.O = sigmoid(self.A @ self.W2 + self.b2)
        return self.O

    def backward(self, X, y):
        D = 2*(self.O - y)*self.O*(1 - self.O)/y.size
        H = D @ self.W2.T*self.A*(1 - self.A)
        self.gradients = dict(dW1=X.T @ H, db1=H.sum(0, keepdims=True), dW2=self.A.T @ D, db2=D.sum(0, keepdims=True))
        return self.gradients

    def update_weights(self):
        for q in 'W1', 'b1', 'W2', 'b2':
            self.__dict__[q] = self.__dict__[q] - self.learning_rate*self.gradients['d' + q]

    compute_loss = lambda self, y_true, y_pred: np.mean((y_true - y_pred)**2)

    def train_step(self, X, y):
        L = self.compute_loss(y, self.forward(X))
        self.backward(X, y), self.update_weights()
        return L


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, 5)
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    return net, [net.train_step(X, y) for _ in range(3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4*np.pi, n_samples//2)
    A = (t*[np.cos(t), np.sin(t)]/(2*np.pi)).T
    return np.r_[A, -A] + noise*np.random.randn(n_samples, 2), np.r_[0*t, 0*t + 1][:, None]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 *= 3
    for _ in range(8000):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def last(h, l):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], l)
        return [net.train_step(X, y) for _ in range(epochs)][-1]
    return [dict(hidden_size=h, learning_rate=l, final_loss=last(h, l)) for h in hidden_sizes for l in learning_rates]
