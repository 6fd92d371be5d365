import numpy as np
import random

# REFLECTION: what i learned: backpropagation!! it is like going home the same way you came.
# challenges: shapes shapes shapes. I printed everything.

np.set_printoptions(precision=4)
XORX = np.array([[0,0],[0,1],[1,0],[1,1]])
XORY = np.array([[0],[1],[1],[0]])

def sigmoid(x):
    x = x * 1.0
    return 1 / (1 + np.exp(-np.clip(x, -700, 700)))

def sigmoid_derivative(x):
    s1 = sigmoid(x)
    s2 = 1 - s1
    s3 = s1 * s2
    return s3

def manual_forward(x, w1, b1, w2, b2):
    z1 = x * w1
    z1 = z1 + b1
    a1 = sigmoid(z1)
    z2 = a1 * w2
    z2 = z2 + b2
    a2 = sigmoid(z2)
    result = {}
    result['z1'] = z1
    result['a1'] = a1
    result['z2'] = z2
    result['a2'] = a2
    return result

def manual_gradients(x, y, w1, b1, w2, b2):
    r = manual_forward(x, w1, b1, w2, b2)
    result = {}
    # step 1
    result['dL_da2'] = r['a2'] - y
    # step 2
    result['da2_dz2'] = sigmoid_derivative(r['z2'])
    # step 3
    result['dL_dz2'] = result['dL_da2'] * result['da2_dz2']
    # step 4
    result['dL_dw2'] = result['dL_dz2'] * r['a1']
    result['dL_db2'] = result['dL_dz2'] * 1
    # step 5
    result['dL_da1'] = result['dL_dz2'] * w2
    # step 6
    result['da1_dz1'] = sigmoid_derivative(r['z1'])
    # step 7
    result['dL_dz1'] = result['dL_da1'] * result['da1_dz1']
    # step 8
    result['dL_dw1'] = result['dL_dz1'] * x
    result['dL_db1'] = result['dL_dz1'] * 1
    return result

def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    result = manual_gradients(x, y, w1, b1, w2, b2)
    neww1 = w1 - learning_rate * result['dL_dw1']
    newb1 = b1 - learning_rate * result['dL_db1']
    neww2 = w2 - learning_rate * result['dL_dw2']
    newb2 = b2 - learning_rate * result['dL_db2']
    return neww1, newb1, neww2, newb2

class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        # how many numbers
        m = y.shape[0]
        k = y.shape[1]
        # output layer
        error = self.a2 - y
        error = error * 2
        error = error / (m * k)
        delta_output = error * sigmoid_derivative(error)
        dW2 = np.dot(self.a1.T, delta_output)
        db2 = np.sum(delta_output, axis=0, keepdims=True)
        # hidden layer
        error_hidden = np.dot(delta_output, self.W2.T)
        delta_hidden = error_hidden * sigmoid_derivative(self.z1)
        dW1 = np.dot(X.T, delta_hidden)
        db1 = np.sum(dW1, axis=0, keepdims=True)
        # save
        self.gradients = {}
        self.gradients['dW1'] = dW1
        self.gradients['db1'] = db1
        self.gradients['dW2'] = dW2
        self.gradients['db2'] = db2
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.learning_rate * self.gradients['dW1']
        self.b1 = self.b1 - self.learning_rate * self.gradients['db1']
        self.W2 = self.W2 - self.learning_rate * self.gradients['dW2']
        self.b2 = self.b2 - self.learning_rate * self.gradients['db2']

    def compute_loss(self, y_true, y_pred):
        diff = y_true - y_pred
        diff2 = diff * diff
        return np.mean(diff2)

    def train_step(self, X, y):
        out = self.forward(X)
        loss = self.compute_loss(y, out)
        self.backward(X, y)
        self.update_weights()
        return loss

def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 10, 1, 5)
    losses = []
    for epoch in range(4000):
        loss = net.train_step(XORX, XORY)
        losses.append(loss)
    return net, losses

def make_spiral_data(n_samples=300, noise=0.1):
    half = int(n_samples / 2)
    t = np.linspace(0, 4 * np.pi, half)
    r = t / (2 * np.pi)
    # arm 0
    x0 = r * np.cos(t)
    y0 = r * np.sin(t)
    # arm 1
    x1 = r * np.cos(t + np.pi)
    y1 = r * np.sin(t + np.pi)
    X = np.zeros((half * 2, 2))
    X[:half, 0] = x0
    X[:half, 1] = y0
    X[half:, 0] = x1
    X[half:, 1] = y1
    X = X + np.random.randn(half * 2, 2) * noise
    y = np.zeros((half * 2, 1))
    y[half:] = 1
    return X, y

def train_spiral(X, y):
    net = NeuralNetwork(2, 60, 1, 10)
    net.W1 = net.W1 * 3
    for epoch in range(5000):
        loss = net.train_step(X, y)
        #if epoch % 500 == 0: print(epoch, loss)
    return net

def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hs in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hs, y.shape[1], lr)
            for e in range(epochs):
                loss = net.train_step(X, y)
            d = {}
            d['hidden_size'] = hs
            d['learning_rate'] = lr
            d['final_loss'] = loss
            results.append(d)
    return results

print("forward:", manual_forward(1.0, 0.5, 0.1, -0.5, 0.2))
print("gradients:", manual_gradients(1.0, 1.0, 0.5, 0.1, -0.5, 0.2))
