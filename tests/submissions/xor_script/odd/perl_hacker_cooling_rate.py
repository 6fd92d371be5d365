import numpy as np, sys

def sigmoid(x): x = np.asarray(x, float); return 0.5 * (1 + np.sin(np.arctan(np.sinh(np.clip(x / 2, -400, 400)))))
def sigmoid_derivative(a): return np.asarray(a) * (1 - np.asarray(a, float))

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    L, t = [], 0
    while t < iterations:
        r = learning_rate / (1 + 1e-3 * t)      # cool down slowly
        a = sigmoid(X @ W1 + b1); o = sigmoid(a @ W2 + b2)
        t % 1000 or L.append(np.mean((y - o)**2).item())
        D = (y - o) * o * (1 - o); d = D @ W2.T * a * (1 - a)
        W1, W2, b1, b2 = W1 + r * X.T @ d, W2 + r * a.T @ D, b1 + r * d.sum(0, keepdims=1), b2 + r * D.sum(0, keepdims=1)
        t += 1
    return W1, b1, W2, b2, L

np.random.seed(1); W1, b1, W2, b2 = (np.random.rand(*s) for s in [(3,4),(1,4),(4,1),(1,1)])
X = np.c_[[0,1,0,1],[0,0,1,1],[1]*4]; y = np.c_[[0,1,1,0]]
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, .1, 10000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
print(*np.round(losses, 4), file=sys.stderr)
