import numpy as np

# XOR, TP2 - Groupe 7

def sigmoid(x):
    x = np.array(x, float)
    res = np.empty(x.shape)
    res[x >= 0] = 1 / (1 + np.exp(-x[x >= 0]))
    res[x < 0] = 1 - 1 / (1 + np.exp(x[x < 0]))
    return res

def sigmoid_derivative(a):
    return np.array(a, float) * (1 - np.array(a, float))

def passe_avant(X, poids):
    a = [X]
    for i in 0, 2:
        a.append(sigmoid(a[-1].dot(poids[i]) + poids[i + 1]))
    return a

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    poids = [W1, b1, W2, b2]
    erreurs = []
    for n in range(iterations):
        a = passe_avant(X, poids)
        ecart = a[2] - y
        if n % 1000 == 0:
            erreurs.append((ecart ** 2).sum() / ecart.size)
        grad = [None] * 4
        for i in 2, 0:
            d = ecart * sigmoid_derivative(a[i // 2 + 1])
            grad[i] = a[i // 2].T.dot(d)
            grad[i + 1] = d[:1]
            ecart = d.dot(poids[i].T)
        for i in range(4):
            poids[i] = poids[i] - learning_rate * grad[i]
    return poids[0], poids[1], poids[2], poids[3], erreurs

np.random.seed(1)
W1 = np.random.rand(3, 4); b1 = np.random.rand(1, 4); W2 = np.random.rand(4, 1); b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = passe_avant(X, [W1, b1, W2, b2])[-1]
for ligne, sortie in zip(X, output_layer_output):
    print(ligne[:2], "->", round(float(sortie[0]), 3))
