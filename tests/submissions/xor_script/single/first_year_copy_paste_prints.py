import numpy as np
import math

# sigmoid!!
def sigmoid(x):
    x = np.array(x) / 1.0
    pos = 1 / (1 + math.e ** (-abs(x)))
    return np.where(x > 0, pos, 1 - pos)

# derivative of sigmoid, from the slides  s' = s (1 - s)
def sigmoid_derivative(a):
    a = np.array(a) / 1.0
    return a * 1 - a

def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    losses = []
    for i in range(iterations):
        # layer 1
        zz1 = np.dot(X, W1) + b1
        aa1 = sigmoid(zz1)
        # layer 2
        zz2 = np.dot(aa1, W2) + b2
        aa2 = sigmoid(zz2)
        # loss
        if i == 0 or i % 1000 == 0:
            loss = np.mean((y - aa2) ** 2)
            losses.append(loss)
            #print("loss in", i, loss)
        # layer 2 error
        error2 = y - aa2
        error2_d = error2 * sigmoid_derivative(aa2)
        # layer 1 error
        error1 = np.dot(error2_d, W2.T)
        error1_d = error1 * sigmoid_derivative(aa1)
        # update layer 2
        W2 = W2 + np.dot(aa1.T, error2_d) * learning_rate
        b2 = b2 + np.sum(error2_d, axis=0) * learning_rate
        # update layer 1
        W1 = W1 + np.dot(X.T, error1_d) * learning_rate
        b1 = b1 + np.sum(error1_d, axis=0) * learning_rate
    return W1, b1, W2, b2, losses

np.random.seed(1)
W1 = np.random.rand(3,4)
b1 = np.random.rand(1,4)
W2 = np.random.rand(4,1)
b2 = np.random.rand(1,1)
X = np.array([[0,0,1],[1,0,1],[0,1,1],[1,1,1]])
y = np.array([[0],[1],[1],[0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(np.dot(sigmoid(np.dot(X, W1) + b1), W2) + b2)
print("output:")
print(output_layer_output)
print("should be:")
print(y)
