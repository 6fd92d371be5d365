# xor.py -- port of my old xor.c (malloc replaced by lists, everything else kept)
import math
import numpy as np

N_ITER = 10000
ETA = 0.1
REPORT = 1000


def _logistic1(v):
    if v < 0.0:
        t = math.exp(max(v, -745.0))
        return t / (1.0 + t)
    return 1.0 / (1.0 + math.exp(-min(v, 745.0)))


def sigmoid(x):
    src = np.asarray(x, dtype=np.double)
    dst = np.empty(src.size, dtype=np.double)
    i = 0
    for v in src.flat:
        dst[i] = _logistic1(float(v))
        i += 1
    return dst.reshape(src.shape)


def sigmoid_derivative(a):
    src = np.asarray(a, dtype=np.double)
    dst = np.empty(src.size, dtype=np.double)
    i = 0
    for v in src.flat:
        dst[i] = v - v * v
        i += 1
    return dst.reshape(src.shape)


def _layer(inp, w, bias, nin, nout):
    # out[j] = f(bias[j] + sum_i inp[i] w[i][j])
    out = [0.0] * nout
    for j in range(nout):
        acc = bias[j]
        for i in range(nin):
            acc += inp[i] * w[i][j]
        out[j] = _logistic1(acc)
    return out


def _zeros(r, c):
    return [[0.0] * c for _ in range(r)]


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    # double **w1, *bb1, **w2, *bb2;
    xs = np.asarray(X, float).tolist()
    ts = np.asarray(y, float).tolist()
    w1 = np.asarray(W1, float).tolist()
    w2 = np.asarray(W2, float).tolist()
    bb1 = np.asarray(b1, float).ravel().tolist()
    bb2 = np.asarray(b2, float).ravel().tolist()
    m, n, h, k = len(xs), len(w1), len(w2), len(bb2)
    log = []

    it = 0
    while it < iterations:
        g1, g2 = _zeros(n, h), _zeros(h, k)
        gb1, gb2 = [0.0] * h, [0.0] * k
        sse = 0.0
        for s in range(m):
            hid = _layer(xs[s], w1, bb1, n, h)
            out = _layer(hid, w2, bb2, h, k)
            dk = [0.0] * k
            for o in range(k):
                miss = out[o] - ts[s][o]
                sse += miss * miss
                dk[o] = miss * out[o] * (1.0 - out[o])
                gb2[o] += dk[o]
            for j in range(h):
                back = 0.0
                for o in range(k):
                    g2[j][o] += hid[j] * dk[o]
                    back += w2[j][o] * dk[o]
                back *= hid[j] * (1.0 - hid[j])
                gb1[j] += back
                for i in range(n):
                    g1[i][j] += xs[s][i] * back
        if it % REPORT == 0:
            log.append(sse / (m * k))
        for j in range(h):
            bb1[j] -= learning_rate * gb1[j]
            for o in range(k):
                w2[j][o] -= learning_rate * g2[j][o]
            for i in range(n):
                w1[i][j] -= learning_rate * g1[i][j]
        for o in range(k):
            bb2[o] -= learning_rate * gb2[o]
        it += 1

    return (np.array(w1), np.array([bb1]), np.array(w2), np.array([bb2]), log)


# ---- int main(void) ----
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, ETA, N_ITER)

output_layer_output = np.zeros((4, 1))
for s in range(4):
    hidden = _layer(list(X[s]), W1, b1[0], 3, 4)
    output_layer_output[s, 0] = _layer(hidden, W2, b2[0], 4, 1)[0]
    print("%d xor %d -> %.4f" % (X[s, 0], X[s, 1], output_layer_output[s, 0]))
