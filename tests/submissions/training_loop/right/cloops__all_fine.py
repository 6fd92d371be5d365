"""Blatt 4 (C programmer learning Python).

What is the role of the chain rule? It says which numbers to multiply on the way back; the loops only add them up.
What surprised me: that exclusive or needs thousands of epochs for four points.
"""
import numpy as np

# #define
N_EPOCHS_XOR    = 4000
N_EPOCHS_SPIRAL = 6000
TARGET_ACC      = 0.98
TWO_PI          = 2.0 * np.pi


def sigmoid(x):
    """double sigmoid(double x);"""
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.fabs(x))                     # never overflows
    return np.where(x >= 0.0, 1.0 / (1.0 + e), e / (1.0 + e))


def sigmoid_derivative(x):
    """double sigmoid_derivative(double x);"""
    s = sigmoid(x); return s * (1.0 - s)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1;   a1 = sigmoid(z1);
    z2 = w2 * a1 + b2;  a2 = sigmoid(z2);
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2};


def manual_gradients(x, y, w1, b1, w2, b2):
    c = manual_forward(x, w1, b1, w2, b2);
    g = {};
    g["dL_da2"]  = -(y - c["a2"]);
    g["da2_dz2"] = sigmoid_derivative(c["z2"]);
    g["dL_dz2"]  = g["dL_da2"] * g["da2_dz2"];
    g["dL_dw2"]  = g["dL_dz2"] * c["a1"];
    g["dL_db2"]  = g["dL_dz2"];
    g["dL_da1"]  = g["dL_dz2"] * w2;
    g["da1_dz1"] = sigmoid_derivative(c["z1"]);
    g["dL_dz1"]  = g["dL_da1"] * g["da1_dz1"];
    g["dL_dw1"]  = g["dL_dz1"] * x;
    g["dL_db1"]  = g["dL_dz1"];
    return g;


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2);
    w1 -= learning_rate * g["dL_dw1"];
    b1 -= learning_rate * g["dL_db1"];
    w2 -= learning_rate * g["dL_dw2"];
    b2 -= learning_rate * g["dL_db2"];
    return w1, b1, w2, b2;


class NeuralNetwork:                            # typedef struct { ... } net_t;

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 1.0, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0.0, 1.0, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        X = np.asarray(X, dtype=float)
        m = X.shape[0]; n, h = self.W1.shape; k = self.W2.shape[1]
        self.z1 = np.empty((m, h)); self.a1 = np.empty((m, h))
        self.z2 = np.empty((m, k)); self.a2 = np.empty((m, k))
        i = 0
        while i < h:                            # hidden units
            self.z1[:, i] = self.b1[0, i]
            p = 0
            while p < n:
                self.z1[:, i] += self.W1[p, i] * X[:, p]
                p += 1
            i += 1
        self.a1[:] = sigmoid(self.z1)
        q = 0
        while q < k:                            # outputs
            self.z2[:, q] = np.dot(self.a1, self.W2[:, q]) + self.b2[0, q]
            q += 1
        self.a2[:] = sigmoid(self.z2)
        return self.a2.copy()

    def backward(self, X, y):
        X = np.asarray(X, dtype=float)
        m = X.shape[0]; n, h = self.W1.shape; k = self.W2.shape[1]
        dW1 = np.zeros((n, h)); db1 = np.zeros((1, h)); dW2 = np.zeros((h, k)); db2 = np.zeros((1, k))
        ds1 = self.a1 * (1.0 - self.a1)
        back = np.zeros((m, h))                 # what arrives at the hidden units
        q = k
        while q > 0:                            # from the last output down, as always on the way back
            q -= 1
            # minus (y - a2): the sign of the inner derivative
            d2 = -(y[:, q] - self.a2[:, q]) / (0.5 * m * k) * self.a2[:, q] * (1.0 - self.a2[:, q])
            db2[0, q] += d2.sum()
            dW2[:, q] += np.dot(d2, self.a1)
            back += np.outer(d2, self.W2[:, q])
        for i in range(h):
            d1 = back[:, i] * ds1[:, i]
            db1[0, i] += d1.sum()
            for p in range(n):
                dW1[p, i] += np.dot(X[:, p], d1)
        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        lr = self.learning_rate; g = self.gradients
        self.W1 = self.W1 - lr * g["dW1"]; self.b1 = self.b1 - lr * g["db1"]
        self.W2 = self.W2 - lr * g["dW2"]; self.b2 = self.b2 - lr * g["db2"]

    def compute_loss(self, y_true, y_pred):
        m, k = np.shape(y_true)
        s = 0.0
        for q in range(k):
            s += ((y_true[:, q] - y_pred[:, q]) ** 2).sum()
        return s / (m * k)

    def train_step(self, X, y):
        a2 = self.forward(X);
        loss = self.compute_loss(y, a2);
        self.backward(X, y);
        self.update_weights();
        return loss;


def train_xor(seed):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, 5.0)
    losses = [0.0] * N_EPOCHS_XOR
    for e in range(N_EPOCHS_XOR):
        losses[e] = net.train_step(X, y)
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    X = np.zeros((n_samples, 2)); y = np.zeros((n_samples, 1))
    for i in range(half):
        t = 2.0 * TWO_PI * i / (half - 1)
        r = t / TWO_PI
        X[i, 0] = r * np.cos(t);                X[i, 1] = r * np.sin(t)
        X[half + i, 0] = r * np.cos(t + np.pi); X[half + i, 1] = r * np.sin(t + np.pi)
        y[half + i, 0] = 1.0
    X += noise * np.random.randn(n_samples, 2)
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(X.shape[1], 40, 1, 10.0)
    net.W1 *= 5.0
    for e in range(N_EPOCHS_SPIRAL):
        net.train_step(X, y)
        if e % 250 == 0 and ((net.a2 > 0.5) == (y > 0.5)).mean() > TARGET_ACC:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    n = X.shape[1]; k = y.shape[1]
    table = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(n, h, k, lr)
            loss = 0.0
            for e in range(epochs):
                loss = net.train_step(X, y)
            table.append({"hidden_size": h, "learning_rate": lr, "final_loss": float(loss)})
    return table


if __name__ == "__main__":                      # int main(void)
    np.random.seed(0)
    net, losses = train_xor(0)
    print("xor: %f -> %f" % (losses[0], losses[-1]))
