#     PROGRAM XOR
#     (habit: declare first, then DO loops; arrays are lists of lists inside)

from math import exp

import numpy as np


def _sig(v):
    if v >= 0.0:
        return 1.0 / (1.0 + exp(-v))
    ev = exp(v)
    return ev / (1.0 + ev)


sigmoid = np.vectorize(_sig, otypes=[float])
sigmoid_derivative = np.vectorize(lambda a: a * (1.0 - a), otypes=[float])


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    x = np.asarray(X, float).tolist(); t = np.asarray(y, float).tolist()
    w1 = W1.tolist(); c1 = b1[0].tolist()
    w2 = W2.tolist(); c2 = b2[0].tolist()
    M = len(x); N = len(w1); H = len(w2); K = len(c2)
    losses = []
    a1 = [[0.0] * H for _ in range(M)]
    d2 = [[0.0] * K for _ in range(M)]
    d1 = [[0.0] * H for _ in range(M)]

    for it in range(iterations):
        sse = 0.0
        # forward, and the error at the output
        for s in range(M):
            for j in range(H):
                z = c1[j] + sum(x[s][i] * w1[i][j] for i in range(N))
                a1[s][j] = _sig(z)
            for k in range(K):
                z = c2[k]
                for j in range(H):
                    z += a1[s][j] * w2[j][k]
                a2 = _sig(z)
                e = a2 - t[s][k]
                sse += e * e
                d2[s][k] = e * a2 * (1.0 - a2)
        if it % 1000 == 0:
            losses.append(sse / (M * K))

        # backward
        for j in range(H):
            for s in range(M):
                back = sum(w * d for w, d in zip(w2[j], d2[s]))
                d1[s][j] = back * a1[s][j] * (1.0 - a1[s][j])
            for k in range(K):
                g = 0.0
                for s in range(M):
                    g += a1[s][j] * d2[s][k]
                w2[j][k] -= learning_rate * g

        for k in range(K):
            for s in range(M):
                c2[k] -= learning_rate * d2[s][k]
        for j in range(H):
            for s in range(M):
                c1[j] -= learning_rate * d1[s][j]
                for i in range(N):
                    w1[i][j] -= learning_rate * x[s][i] * d1[s][j]

    return np.array(w1), np.array([c1]), np.array(w2), np.array([c2]), losses


#     MAIN
np.random.seed(1)
W1 = np.random.rand(3, 4); b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1); b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0],
              [1],
              [1],
              [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)

output_layer_output = np.zeros((4, 1))
for s in range(4):
    hid = [_sig(b1[0, j] + sum(X[s, i] * W1[i, j] for i in range(3))) for j in range(4)]
    output_layer_output[s, 0] = _sig(b2[0, 0] + sum(hid[j] * W2[j, 0] for j in range(4)))
#     END PROGRAM XOR
