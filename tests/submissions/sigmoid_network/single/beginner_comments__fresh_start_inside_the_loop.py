# Exercise: neural network with backpropagation
import numpy as np


# sigmoid function
def sigmoid(x):
    x = np.asarray(x) * 1.0
    # for big negative numbers exp(-x) is inf and 1/inf is 0, this is ok, I only turn off the warning
    with np.errstate(over='ignore'):
        return 1 / (1 + np.exp(-x))


# derivative of sigmoid function
def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


# relu function (not used in my network)
def relu(x):
    y = x.copy()
    y[y < 0] = 0
    return y


# derivative of relu function (not used in my network)
def relu_derivative(x):
    y = np.zeros(x.shape, dtype=float)
    y[x > 0] = 1.0
    return y


# loss function
def mse_loss(y_pred, y_true):
    loss = np.square(y_pred - y_true)
    loss = loss.mean()
    return loss


# derivative of loss function
def mse_loss_derivative(y_pred, y_true):
    # derivative of (a-b)^2 is 2(a-b), and mean divides by the number of elements
    return 2 * (y_pred - y_true) / len(y_pred.flatten())


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.learning_rate = learning_rate
        # make the weights
        self.set_up_weights()

    # random weights and zero biases
    def set_up_weights(self):
        self.W1 = np.random.randn(self.input_size, self.hidden_size) * 0.5
        self.b1 = np.zeros((1, self.hidden_size))
        self.W2 = np.random.randn(self.hidden_size, self.output_size) * 0.5
        self.b2 = np.zeros((1, self.output_size))

    # forward: from input to output
    def forward(self, X):
        self.z1 = np.matmul(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    # backward: from output to input
    def backward(self, X, y, y_pred):
        # output layer
        d_a2 = mse_loss_derivative(y_pred, y)
        d_z2 = d_a2 * sigmoid_derivative(self.z2)
        d_W2 = np.matmul(np.transpose(self.a1), d_z2)
        d_b2 = np.sum(d_z2, axis=0)
        d_b2 = d_b2.reshape(1, -1)
        # hidden layer
        d_a1 = np.matmul(d_z2, np.transpose(self.W2))
        d_z1 = d_a1 * sigmoid_derivative(self.z1)
        d_W1 = np.matmul(np.transpose(X), d_z1)
        d_b1 = np.sum(d_z1, axis=0)
        d_b1 = d_b1.reshape(1, -1)
        # all four
        return d_W1, d_b1, d_W2, d_b2

    # change the weights a little bit
    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - dW1 * self.learning_rate
        self.b1 = self.b1 - db1 * self.learning_rate
        self.W2 = self.W2 - dW2 * self.learning_rate
        self.b2 = self.b2 - db2 * self.learning_rate

    # training
    def train(self, X, y, epochs=1000):
        # here I collect the losses
        loss_list = []
        for i in range(epochs):
            self.set_up_weights()
            # 1. forward
            output = self.forward(X)
            # 2. loss
            loss_list.append(mse_loss(output, y))
            # 3. backward
            g1, g2, g3, g4 = self.backward(X, y, output)
            # 4. update
            self.update_weights(g1, g2, g3, g4)
        return loss_list


# gradient with numbers
def numerical_gradient(f, x, h=1e-05):
    # copy, so that x stays the same
    x = np.array(x, dtype='float64')
    result = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        merken = x[i]
        # to the right
        x[i] = merken + h
        right = f(x)
        # to the left
        x[i] = merken - h
        left = f(x)
        # back
        x[i] = merken
        result[i] = (right - left) / (2 * h)
    return result


# try it out
if __name__ == '__main__':
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    nn = SimpleNeuralNetwork(2, 4, 1)
    print('losses:')
    print(nn.train(X, y, 5))
