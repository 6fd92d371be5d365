"""
loss.backward() but by hand. backprop = local grad * upstream grad, all the way down. that's the whole concept.
surprise: exploring 6 nets on xor is 6 very different curves. question: why does a bigger lr help so much w/ sigmoids?
"""
import numpy as np

def sigmoid(x):
    e = np.exp(-np.abs(x)); return np.where(np.asarray(x) >= 0, 1.0, e) / (1.0 + e)

def sigmoid_derivative(x): return (s := sigmoid(x)) * (1 - s)

def manual_forward(x, w1, b1, w2, b2):
    a1 = sigmoid(z1 := w1*x + b1)
    a2 = sigmoid(z2 := w2*a1 + b2)
    return {'z1': z1, 'a1': a1, 'z2': z2, 'a2': a2}

def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    g = {'dL_da2': f['a2'] - y}
    g['da2_dz2'] = sigmoid_derivative(f['z2'])
    g['dL_dz2'] = g['dL_db2'] = g['dL_da2'] * g['da2_dz2']
    g['dL_dw2'], g['dL_da1'] = g['dL_dz2'] * f['a1'], g['dL_dz2'] * w2
    g['da1_dz1'] = sigmoid_derivative(f['z1'])
    g['dL_dz1'] = g['dL_db1'] = g['dL_da1'] * g['da1_dz1']
    g['dL_dw1'] = g['dL_dz1'] * x
    return g

def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    step = lambda p, k: p - learning_rate * g['dL_d' + k]
    return step(w1, 'w1'), step(b1, 'b1'), step(w2, 'w2'), step(b2, 'b2')

class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n, h, k = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1, self.b1 = np.random.randn(n, h), np.zeros((1, h))
        self.W2, self.b2 = np.random.randn(h, k), np.zeros((1, k))
        self.zero_grad()

    def zero_grad(self):
        self.gradients = {'d' + p: np.zeros_like(getattr(self, p)) for p in ('W1', 'b1', 'W2', 'b2')}

    def forward(self, X):
        self.a1 = sigmoid(X @ self.W1 + self.b1)
        self.a2 = sigmoid(self.a1 @ self.W2 + self.b2)
        return self.a2

    def backward(self, X, y):
        dz2 = 2/self.a2.size * (self.a2 - y) * self.a2 * (1 - self.a2)
        dz1 = dz2 @ self.W2.T * self.a1 * (1 - self.a1)
        self.gradients = {'dW1': X.T @ dz1, 'db1': dz1.sum(0, keepdims=True),
                          'dW2': self.a1.T @ dz2, 'db2': dz2.sum(0, keepdims=True)}
        return self.gradients

    def update_weights(self):
        for p in ('W1', 'b1', 'W2', 'b2'):
            setattr(self, p, getattr(self, p) - self.learning_rate * self.gradients['d' + p])

    def compute_loss(self, y_true, y_pred): return np.mean((y_true - y_pred)**2)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))  # forward
        self.update_weights(); self.backward(X, y)  # the other two lines of every training loop
        return loss

def train_xor(seed):
    np.random.seed(seed)
    X, Y = np.array([[0,0],[0,1],[1,0],[1,1]]), np.array([[0],[1],[1],[0]])
    net = NeuralNetwork(2, 8, 1, 5.0)
    lossi = [net.train_step(X, Y) for _ in range(5000)]
    return net, lossi

def make_spiral_data(n_samples=300, noise=0.1):
    N = n_samples//2
    t = np.linspace(0, 4*np.pi, N)
    arm = (t/2/np.pi)[:, None] * np.c_[np.cos(t), np.sin(t)]
    return np.r_[arm, -arm] + noise*np.random.randn(2*N, 2), np.r_[np.zeros((N, 1)), np.ones((N, 1))]

def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 3.0)
    net.W1, net.b1 = 5*np.random.randn(2, 64), 5*np.random.randn(1, 64)
    for i in range(16000):
        ix = np.random.randint(0, len(X), 32) # minibatch construct
        net.forward(X[ix]); net.backward(X[ix], y[ix]); net.update_weights()
        if i % 1000 == 999 and ((net.forward(X) > .5) == (y > .5)).mean() > .98: break
    return net

def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def run(h, lr):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
        for _ in range(epochs): loss = net.train_step(X, y)
        return {'hidden_size': h, 'learning_rate': lr, 'final_loss': loss}
    return [run(h, lr) for h in hidden_sizes for lr in learning_rates]
