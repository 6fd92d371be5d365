#     PROGRAM XORNET          (after F77 course notes)
import numpy as np

IT_PRINT = 1000


def sigmoid(x):
    x = np.array(x, dtype=np.float64)           # copy
    s = np.ones_like(x)
    neg = x < 0
    ex = np.exp(-np.abs(x))
    np.divide(ex, 1.0 + ex, out=s, where=neg)
    np.divide(1.0, 1.0 + ex, out=s, where=~neg)
    return s[()]


def sigmoid_derivative(a):
    return np.multiply(a, np.subtract(1.0, a))


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    NS, NI = X.shape
    NH, NO = W2.shape
    work = np.zeros(NS, dtype=[("hid", "f8", (NH,)), ("out", "f8", (NO,)), ("dif", "f8", (NO,))])
    W1, b1, W2, b2 = W1.copy(), b1.copy(), W2.copy(), b2.copy()
    losses = []
    for IT in range(iterations):
        work["hid"] = sigmoid(X.dot(W1) + b1)
        work["out"] = sigmoid(work["hid"].dot(W2) + b2)
        work["dif"] = work["out"] - y
        if IT - IT_PRINT * (IT // IT_PRINT) == 0:
            losses.append(float((work["dif"] ** 2).sum() / (NS * NO)))
        GW1, GB1 = np.zeros((NI, NH)), np.zeros(NH)
        GW2, GB2 = np.zeros((NH, NO)), np.zeros(NO)
        for S, rec in enumerate(work):
            D2 = rec["dif"] * rec["out"] * (1.0 - rec["out"])
            D1 = W2.dot(D2) * rec["hid"] * (1.0 - rec["hid"])
            GW2 += rec["hid"][:, None] * D2
            GB2 += D2
            GW1 += X[S][:, None] * D1
            GB1 += D1
        for PAR, GRD in ((W1, GW1), (b1, GB1), (W2, GW2), (b2, GB2)):
            PAR -= learning_rate * GRD
    return W1, b1, W2, b2, losses


np.random.seed(seed=1)
W1 = np.random.rand(3, 4); b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1); b2 = np.random.rand(1, 1)
X = np.ones((4, 3)); X[:, 0] = 0, 1, 0, 1; X[:, 1] = 0, 0, 1, 1
y = np.zeros((4, 1)); y[1:3] = 1
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 1e-1, 10 * IT_PRINT)
output_layer_output = sigmoid(sigmoid(X.dot(W1) + b1).dot(W2) + b2)
for I in range(4):
    print("%3d%3d  ->  %7.4f" % (X[I, 0], X[I, 1], output_layer_output[I, 0]))
