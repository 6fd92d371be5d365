"""XOR without a framework. No training function, it is only used once anyway."""
import numpy as np


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(np.negative(x, dtype=float)))


def sigmoid_derivative(a):
    return a * (1.0 - a)


rand = np.random.rand
np.random.seed(1)
W1, b1, W2, b2 = rand(3, 4), rand(1, 4), rand(4, 1), rand(1, 1)

X = np.array([[int(u), int(v), int(w)] for u, v, w in "001 101 011 111".split()])
y = np.array([[int(t)] for t in "0110"])

ALPHA, N_ITER, EVERY = 0.1, 10_000, 1_000
losses = []

for it in range(N_ITER):
    # forward
    H = sigmoid(X @ W1 + b1)
    O = sigmoid(H @ W2 + b2)
    R = O - y
    if it % EVERY == 0:
        losses.append(np.mean(R * R))

    # backward: G for gradient
    GZ2 = R * sigmoid_derivative(O)
    GW2, Gb2 = H.T @ GZ2, GZ2.sum(0, keepdims=True)
    GZ1 = (GZ2 @ W2.T) * sigmoid_derivative(H)
    GW1, Gb1 = X.T @ GZ1, GZ1.sum(0, keepdims=True)

    # in place, so the names outside stay the same arrays
    for P, G in [(W1, GW1), (W2, GW2)]:
        P -= ALPHA * G

output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
print(np.round(output_layer_output, 3).ravel())
