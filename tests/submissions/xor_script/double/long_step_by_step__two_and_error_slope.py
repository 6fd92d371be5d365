import numpy as np

def sigmoid(x):
    x = np.asarray(x, dtype=float)
    x = np.clip(x, -700.0, 700.0)
    e = np.exp(-x)
    nenner = 1.0 + e
    y = 1.0 / nenner
    return y

def sigmoid_derivative(a):
    a = np.asarray(a, dtype=float)
    eins_minus_a = 1.0 - a
    ableitung = a * eins_minus_a
    return ableitung

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for i in range(0, iterations):
        # Schritt 1: hin
        summe1 = np.matmul(X, W1)
        summe1 = summe1 + b1
        ausgang1 = sigmoid(summe1)
        summe2 = np.matmul(ausgang1, W2)
        summe2 = summe2 + b2
        ausgang2 = sigmoid(summe2)
        # Schritt 2: Fehler
        fehler = ausgang2 - y
        quadrate = fehler * fehler
        if i % 1000 == 0:
            losses.append(np.mean(quadrate))
        # Schritt 3: zurueck, Ausgabeschicht
        dL_da2 = 2.0 * fehler
        da2_dz2 = sigmoid_derivative(fehler)
        dL_dz2 = dL_da2 * da2_dz2
        dL_dW2 = np.matmul(np.transpose(ausgang1), dL_dz2)
        dL_db2 = np.sum(dL_dz2, axis=0, keepdims=True)
        # Schritt 4: zurueck, verdeckte Schicht
        dL_da1 = np.matmul(dL_dz2, np.transpose(W2))
        da1_dz1 = sigmoid_derivative(ausgang1)
        dL_dz1 = dL_da1 * da1_dz1
        dL_dW1 = np.matmul(np.transpose(X), dL_dz1)
        dL_db1 = np.sum(dL_dz1, axis=0, keepdims=True)
        # Schritt 5: lernen
        W1 = W1 - learning_rate * dL_dW1
        b1 = b1 - learning_rate * dL_db1
        W2 = W2 - learning_rate * dL_dW2
        b2 = b2 - learning_rate * dL_db2
    return W1, b1, W2, b2, losses

np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
ausgang1 = sigmoid(np.matmul(X, W1) + b1)
output_layer_output = sigmoid(np.matmul(ausgang1, W2) + b2)
print(losses)
print(output_layer_output)
