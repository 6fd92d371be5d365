import numpy as np

# ==============================
# activations
# ==============================

# nonlinearity
def sigmoid(x):
    x = np.clip(x, -300, 300)
    return 1/(1+np.exp(-x))

# slope of the nonlinearity
def sigmoid_derivative(x):
    return x*(1-x)

def relu(x):
    return x*(x>0)

def relu_derivative(x):
    return (x>0)*1.0

# ==============================
# loss
# ==============================

def mse_loss(y_pred, y_true):
    return np.mean((y_true-y_pred)**2)

def mse_loss_derivative(y_pred, y_true):
    return -2*(y_true-y_pred)/np.prod(y_true.shape)

# ==============================
# network
# ==============================

class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        # syn0 and syn1, with mean 0
        self.W1 = 2*np.random.random((input_size, hidden_size))-1
        self.W2 = 2*np.random.random((hidden_size, output_size))-1
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        l0 = X
        self.z1 = np.dot(l0, self.W1)+self.b1
        l1 = sigmoid(self.z1)
        self.a1 = l1
        self.z2 = np.dot(l1, self.W2)+self.b2
        l2 = sigmoid(self.z2)
        self.a2 = l2
        return l2

    def backward(self, X, y, y_pred):
        l0, l1, l2 = X, self.a1, y_pred

        # how much did we miss, and how sure is the network?
        l2_error = mse_loss_derivative(l2, y)
        l2_delta = l2_error*sigmoid_derivative(self.z2)

        # how much did each l1 value contribute to the l2 error?
        l1_error = l2_delta.dot(self.W2.T)
        l1_delta = l1_error*sigmoid_derivative(self.z1)

        dW2 = l1.T.dot(l2_delta)
        db2 = np.sum(l2_delta, axis=0, keepdims=True)
        dW1 = l0.T.dot(l1_delta)
        db1 = np.sum(l1_delta, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W2 -= self.learning_rate*dW2
        self.b2 -= self.learning_rate*db2
        self.W1 -= self.learning_rate*dW1
        self.b1 -= self.learning_rate*db1

    def train(self, X, y, epochs=1000):
        errors = []
        for j in range(epochs):
            l2 = self.forward(X)
            errors.append(mse_loss(l2, y))
            if j % 10000 == 0 and j > 0:
                print("Error:" + str(errors[-1]))
            self.update_weights(*self.backward(X, y, l2))
        return errors

# ==============================
# gradient check
# ==============================

def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype='float64')
    g = np.zeros(x.shape)
    for ix in np.ndindex(x.shape):
        oldval = x[ix]
        x[ix] = oldval+h
        pos = f(x)
        x[ix] = oldval-h
        neg = f(x)
        x[ix] = oldval
        g[ix] = (pos-neg)/(2*h)
    return g
