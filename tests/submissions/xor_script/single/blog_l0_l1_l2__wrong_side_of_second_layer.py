import numpy as np

# sigmoid and its slope, like in the famous blog post with the eleven lines
def sigmoid(x):
    return 1/(1+np.exp(-x))

def sigmoid_derivative(a):
    return a*(1-a)

X = np.array([ [0,0,1],[1,0,1],[0,1,1],[1,1,1] ])
y = np.array([[0,1,1,0]]).T

np.random.seed(1)
W1 = np.random.rand(3,4)
b1 = np.random.rand(1,4)
W2 = np.random.rand(4,1)
b2 = np.random.rand(1,1)

alpha = 0.1
losses = []

for j in range(10000):
    l0 = X
    l1 = sigmoid(np.dot(l0,W1)+b1)
    l2 = sigmoid(np.dot(l1,W2)+b2)

    l2_error = y - l2
    if (j % 1000) == 0:
        losses.append(np.mean(l2_error**2))
        print("Error:", losses[-1])

    l2_delta = l2_error*sigmoid_derivative(l2)
    l1_error = l2_delta.dot(W2.T)
    l1_delta = l1_error*sigmoid_derivative(l1)

    W2 += alpha*l2.T.dot(l2_delta)
    b2 += alpha*l2_delta.sum(axis=0)
    W1 += alpha*l0.T.dot(l1_delta)
    b1 += alpha*l1_delta.sum(axis=0)

output_layer_output = l2
