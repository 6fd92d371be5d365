import numpy as np
from numpy import exp, where, zeros, zeros_like, mean

def sigmoid(x): e = exp(-abs(np.asarray(x, float))); return where(np.asarray(x) < 0, e, 1) / (1 + e)
def sigmoid_derivative(x): s = sigmoid(x); return s * (1 - s)
relu = lambda x: where(np.asarray(x) > 0, x, 0)
relu_derivative = lambda x: (np.asarray(x) > 0) * 1.0
mse_loss = lambda p, t: mean((p - t) ** 2)
mse_loss_derivative = lambda p, t: 2 / p.size * (p - t)

aff = lambda a, W, b: a @ W + b

class SimpleNeuralNetwork:
    def __init__(s, input_size, hidden_size, output_size, learning_rate=0.1):
        n, h, k = input_size, hidden_size, output_size; r = np.random.randn; s.learning_rate = learning_rate
        s.W1, s.b1, s.W2, s.b2 = r(n, h) * .1, zeros((1, h)), r(h, k) * .1, zeros((1, k))

    def forward(s, X):
        s.z1 = aff(X, s.W1, s.b1); s.a1 = sigmoid(s.z1); s.z2 = aff(s.a1, s.W2, s.b2); s.a2 = sigmoid(s.z2); return s.a2

    def backward(s, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(s.z2); d1 = d2 @ s.W2.T * sigmoid_derivative(s.z1)
        return X.T @ d1, d1.sum(0)[None], s.a1.T @ d2, d2.sum(0)[None]

    def update_weights(s, dW1, db1, dW2, db2):
        self = vars(s); lr = self["learning_rate"]
        for n, g in dict(W1=dW1, b1=db1, W2=dW2, b2=db2).items(): self[n] = self[n] - g

    def train(s, X, y, epochs=1000):
        L = []
        for _ in range(epochs): p = s.forward(X); L += [mse_loss(p, y)]; s.update_weights(*s.backward(X, y, p))
        return L

def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, float); g = zeros_like(x)
    for i in np.ndindex(x.shape): v = x[i]; x[i] = v + h; u = f(x); x[i] = v - h; g[i] = (u - f(x)) / (2 * h); x[i] = v
    return g
