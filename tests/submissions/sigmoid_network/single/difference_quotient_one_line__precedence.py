import numpy as np

GAMMA = 0.1   # scale of the initial weights
sq = np.square


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    ex = np.exp(-abs(x))
    return (x >= 0) / (1 + ex) + (x < 0) * ex / (1 + ex)


def sigmoid_derivative(x):
    return sigmoid(x) - sq(sigmoid(x))


def relu(x):
    return np.where(np.asarray(x) > 0, x, 0)


def relu_derivative(x):
    return (np.asarray(x) > 0).astype(np.double)


def mse_loss(y_pred, y_true):
    return sq(y_pred - y_true).mean()


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


class SimpleNeuralNetwork(object):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        super().__init__()
        self.learning_rate = learning_rate
        self.W1 = GAMMA * np.random.randn(input_size, hidden_size)
        self.W2 = GAMMA * np.random.randn(hidden_size, output_size)
        self.b1 = np.zeros([1, hidden_size])
        self.b2 = np.zeros([1, output_size])

    def forward(self, X):
        self.z1 = np.einsum('mn,nh->mh', X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.einsum('mh,hk->mk', self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g = mse_loss_derivative(y_pred, y)
        f2, f1 = sigmoid_derivative(self.z2), sigmoid_derivative(self.z1)
        # everything explicit, straight from the chain rule
        return (np.einsum('mk,mk,hk,mh,mn->nh', g, f2, self.W2, f1, X),
                np.einsum('mk,mk,hk,mh->h', g, f2, self.W2, f1)[None],
                np.einsum('mk,mk,mh->hk', g, f2, self.a1),
                np.einsum('mk,mk->k', g, f2)[None])

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1, self.b1, self.W2, self.b2 = [p - lr * d for p, d in
            zip([self.W1, self.b1, self.W2, self.b2], [dW1, db1, dW2, db2])]

    def train(self, X, y, epochs=1000):
        c = []
        for _ in range(epochs):
            yh = self.forward(X)
            c.append(mse_loss(yh, y))
            self.update_weights(*self.backward(X, y, yh))
        return c


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    nabla = np.zeros_like(x)
    for mu in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[mu] = h
        nabla[mu] = (f(x + e) - f(x - e)) / 2 * h
    return nabla
