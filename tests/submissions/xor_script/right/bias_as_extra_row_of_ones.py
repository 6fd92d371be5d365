import numpy as np

# Trick from the linear algebra lecture: z = [x 1] [W; b]


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, np.negative(x)))


def sigmoid_derivative(a):
    return np.multiply(a, np.subtract(1.0, a))


def with_ones(M):
    return np.hstack([M, np.ones((M.shape[0], 1))])


def split(T):
    return T[:-1], T[-1:]


def one_step(Xe, y, T1, T2, lr):
    """New (T1, T2), and the prediction that the old ones made."""
    He = with_ones(sigmoid(Xe @ T1))
    P = sigmoid(He @ T2)
    D2 = (P - y) * sigmoid_derivative(P)
    D1 = (D2 @ T2.T * sigmoid_derivative(He))[:, :-1]      # the ones have nobody behind them
    return T1 - lr * (Xe.T @ D1), T2 - lr * (He.T @ D2), P


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    Xe = with_ones(np.asarray(X, float))
    T1, T2 = np.vstack([W1, b1]), np.vstack([W2, b2])
    losses, i = [], 0
    while i < iterations:
        T1, T2, P = one_step(Xe, y, T1, T2, learning_rate)
        if i % 1000 == 0:
            losses.append(((P - y) ** 2).mean())
        i += 1
    return *split(T1), *split(T2), losses


np.random.seed(1)
W1 = np.random.rand(3, 4); b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1); b2 = np.random.rand(1, 1)

X = np.array([[int(bit) for bit in row] for row in "001 101 011 111".split()])
y = np.logical_xor(X[:, :1], X[:, 1:2]).astype(float)

T1, T2 = np.vstack([W1, b1]), np.vstack([W2, b2])
losses = []
for i in range(10_000):
    T1, T2, output_layer_output = one_step(with_ones(X), y, T1, T2, 0.1)
    if i in range(0, 10_000, 1000):
        losses.append(((output_layer_output - y) ** 2).mean())
(W1, b1), (W2, b2) = split(T1), split(T2)
