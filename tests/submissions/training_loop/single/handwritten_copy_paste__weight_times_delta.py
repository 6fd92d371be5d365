# Reflection: the hardest for me was the indices. The chain rule is just multiplying. XOR was great when it worked!!
import numpy as np

def sigmoid(x):
    x = np.array(x, dtype=float)
    x[x > 700] = 700
    x[x < -700] = -700
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)

def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}

def manual_gradients(x, y, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    dL_da2 = a2 - y
    da2_dz2 = sigmoid_derivative(z2)
    dL_dz2 = dL_da2 * da2_dz2
    dL_dw2 = dL_dz2 * w2
    dL_db2 = dL_dz2
    dL_da1 = dL_dz2 * w2
    da1_dz1 = sigmoid_derivative(z1)
    dL_dz1 = dL_da1 * da1_dz1
    dL_dw1 = dL_dz1 * x
    dL_db1 = dL_dz1
    return {"dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2, "dL_dw2": dL_dw2, "dL_db2": dL_db2,
            "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1, "dL_dw1": dL_dw1, "dL_db1": dL_db1}

def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    d2 = (a2 - y) * sigmoid_derivative(z2)
    d1 = d2 * w2 * sigmoid_derivative(z1)
    w1 = w1 - learning_rate * d1 * x
    b1 = b1 - learning_rate * d1
    w2 = w2 - learning_rate * d2 * a1
    b2 = b2 - learning_rate * d2
    return w1, b1, w2, b2

class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        m = y.shape[0]
        k = y.shape[1]
        da2 = 2 * (self.a2 - y) / (m * k)
        dz2 = da2 * sigmoid_derivative(self.z2)
        dW2 = np.dot(self.a1.T, dz2)
        db2 = np.sum(dz2, axis=0, keepdims=True)
        da1 = np.dot(dz2, self.W2.T)
        dz1 = da1 * sigmoid_derivative(self.z1)
        dW1 = np.dot(X.T, dz1)
        db1 = np.sum(dz1, axis=0, keepdims=True)
        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.learning_rate * self.gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * self.gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * self.gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        a2 = self.forward(X)
        loss = self.compute_loss(y, a2)
        self.backward(X, y)
        self.update_weights()
        return loss

def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 4, 1, 5)
    losses = []
    for i in range(4000):
        losses.append(net.train_step(X, y))
    return net, losses

def make_spiral_data(n_samples=300, noise=0.1):
    n = n_samples // 2
    t = np.linspace(0, 4 * np.pi, n)
    r = t / (2 * np.pi)
    x_a = r * np.cos(t)
    y_a = r * np.sin(t)
    x_b = -r * np.cos(t)
    y_b = -r * np.sin(t)
    X = np.zeros((n_samples, 2))
    X[:n, 0] = x_a
    X[:n, 1] = y_a
    X[n:, 0] = x_b
    X[n:, 1] = y_b
    X = X + noise * np.random.randn(n_samples, 2)
    y = np.zeros((n_samples, 1))
    y[n:, 0] = 1
    return X, y

def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5)
    net.W1 = 4 * np.random.randn(2, 64)
    net.b1 = 4 * np.random.randn(1, 64)
    for i in range(5000):
        net.train_step(X, y)
    return net

def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for i in range(epochs):
                loss = net.train_step(X, y)
            results.append({"hidden_size": h, "learning_rate": lr, "final_loss": loss})
    return results
