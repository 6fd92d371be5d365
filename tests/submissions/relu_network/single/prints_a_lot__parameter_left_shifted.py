# Homework 6 - Backpropagation
# Name: (anonymous)
#
# NOTE to self: columns are samples!!! shape of X is (n, m)

import copy
import numpy as np
import torch

DEBUG = False     # set to True to print all shapes


def show(name, value):
    if DEBUG:
        print(name, np.shape(value))


#############################################
# 1
#############################################
def chain_rule(x):
    u = (2 * x) + 1          # inner
    f = u * u * u            # outer
    du_dx = 2                # d(2x+1)/dx
    df_du = 3 * (u ** 2)     # d(u^3)/du
    df_dx = du_dx * df_du    # multiply both
    answer = {'f': f, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_dx}
    return answer


#############################################
# 2
#############################################
def computational_graph(w, x, b):
    # forward: w,x -> a -> z -> L
    a = w * x
    z = a + b
    L = z * z
    # backward: L -> z -> a -> w,x
    dL_dz = 2 * z                  # because L = z^2
    dz_da = 1                      # because z = a + b
    dz_db = 1
    da_dw = x                      # because a = w x
    da_dx = w
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
    dL_dw = dL_da * da_dw
    dL_dx = dL_da * da_dx
    answer = {'a': a, 'z': z, 'L': L, 'dL_dz': dL_dz, 'dL_da': dL_da, 'dL_dw': dL_dw, 'dL_dx': dL_dx, 'dL_db': dL_db}
    return answer


#############################################
# 3
#############################################
def single_neuron(x, w, b, y):
    z = np.dot(w, x)
    z = z + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) * (y - a)
    dL_da = (-1) * (y - a)         # inner derivative is -1
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * x
    dL_db = dL_dz * 1
    answer = {'z': z, 'a': a, 'L': L, 'dL_da': dL_da, 'da_dz': da_dz, 'dL_dz': dL_dz, 'dL_dw': dL_dw, 'dL_db': dL_db}
    return answer


#############################################
# 4
#############################################
class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.01
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.01
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        result = Z * (Z > 0)
        return result

    def relu_derivative(self, Z):
        result = np.zeros(Z.shape)
        result[Z > 0] = 1
        return result

    def sigmoid(self, Z):
        # for big negative numbers exp overflows -> clip
        Z_clipped = np.clip(Z, -600, 600)
        result = 1 / (1 + np.exp(-Z_clipped))
        return result

    def sigmoid_derivative(self, Z):
        # Z is NOT the output of the sigmoid
        a = self.sigmoid(Z)
        result = a * (1 - a)
        return result

    def forward(self, X):
        show('X', X)
        Z1 = self.W1.dot(X) + self.b1
        show('Z1', Z1)
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        show('Z2', Z2)
        A2 = self.sigmoid(Z2)
        cache = {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        small = 1e-11
        A2 = np.maximum(A2, small)
        A2 = np.minimum(A2, 1 - small)
        part1 = Y * np.log(A2)
        part2 = (1 - Y) * np.log(1 - A2)
        loss = -np.sum(part1 + part2) / m
        return loss

    def backward(self, Y, cache):
        m = Y.shape[1]

        # ---- output layer ----
        dZ2 = cache['A2'] - Y                                # (k, m)
        show('dZ2', dZ2)
        dW2 = dZ2.dot(cache['A1'].T) / m                     # (k, m) x (m, h) = (k, h)
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m         # (k, 1)

        # ---- hidden layer ----
        dA1 = self.W2.T.dot(dZ2)                             # (h, k) x (k, m) = (h, m)
        dZ1 = dA1 * self.relu_derivative(cache['Z1'])        # (h, m)
        show('dZ1', dZ1)
        dW1 = dZ1.dot(cache['X'].T) / m                      # (h, n)
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m         # (h, 1)

        gradients = {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}
        return gradients

    def update_parameters(self, gradients):
        step = self.learning_rate
        self.W1 = self.W1 - step * gradients['dW1']
        self.b1 = self.b1 - step * gradients['db1']
        self.W2 = self.W2 - step * gradients['dW2']
        self.b2 = self.b2 - step * gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        all_losses = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            all_losses.append(loss)
            if i % print_every == 0:
                print('Iteration ' + str(i) + ': ' + str(loss))
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
        return all_losses

    def predict(self, X):
        A2, cache = self.forward(X)
        result = np.zeros(A2.shape, dtype=int)
        result[A2 > 0.5] = 1
        return result


#############################################
# 5
#############################################
def loss_for_check(nn, X, Y):
    A2, cache = nn.forward(X)
    return nn.compute_loss(Y, A2)


def relative_difference(a, b):
    top = np.sqrt(np.sum((a - b) ** 2))
    bottom = np.sqrt(np.sum(a ** 2)) + np.sqrt(np.sum(b ** 2))
    if bottom == 0:
        return 0.0
    return top / bottom


def gradient_check(nn, X, Y, epsilon=1e-05):
    # work on a copy so that the real network stays the same
    nn = copy.deepcopy(nn)
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    answer = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        P = getattr(nn, name)
        how_many = min(10, P.size)
        numeric = np.zeros(how_many)
        analytic = np.zeros(how_many)
        for number in range(how_many):
            i, j = np.unravel_index(number, P.shape)
            remember = P[i, j]
            P[i, j] = remember + epsilon
            plus = loss_for_check(nn, X, Y)
            P[i, j] = remember - epsilon
            minus = loss_for_check(nn, X, Y)
            P[i, j] = remember
            numeric[number] = (plus - minus) / (2 * epsilon)
            analytic[number] = gradients['d' + name][i, j]
        answer[name] = relative_difference(analytic, numeric)
        show(name, numeric)
    return answer


#############################################
# 6
#############################################
def gradient_check_all(nn, X, Y, epsilon=1e-05):
    nn = copy.deepcopy(nn)
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    answer = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        P = getattr(nn, name)
        numeric = np.zeros(P.shape)
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                P[i, j] += epsilon          # one step to the right
                plus = loss_for_check(nn, X, Y)
                P[i, j] -= 2 * epsilon      # two steps to the left
                minus = loss_for_check(nn, X, Y)
                numeric[i, j] = (plus - minus) / (2 * epsilon)
        answer[name] = relative_difference(gradients['d' + name], numeric)
    return answer


#############################################
# 7
#############################################
class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.01
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.01
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.01
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = Z1 * (Z1 > 0)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = Z2 * (Z2 > 0)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -600, 600)))
        cache = {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}
        return A3, cache

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        small = 1e-11
        A3 = np.maximum(A3, small)
        A3 = np.minimum(A3, 1 - small)
        part1 = Y * np.log(A3)
        part2 = (1 - Y) * np.log(1 - A3)
        loss = -np.sum(part1 + part2) / m
        return loss

    def backward(self, Y, cache):
        m = Y.shape[1]

        # ---- layer 3 ----
        dZ3 = cache['A3'] - Y
        dW3 = dZ3.dot(cache['A2'].T) / m
        db3 = np.sum(dZ3, axis=1, keepdims=True) / m

        # ---- layer 2 ----
        dA2 = self.W3.T.dot(dZ3)
        dZ2 = dA2 * (cache['Z2'] > 0)
        dW2 = dZ2.dot(cache['A1'].T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m

        # ---- layer 1 ----
        dA1 = self.W2.T.dot(dZ2)
        dZ1 = dA1 * (cache['Z1'] > 0)
        dW1 = dZ1.dot(cache['X'].T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m

        gradients = {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2, 'dW3': dW3, 'db3': db3}
        return gradients

    def update_parameters(self, gradients):
        step = self.learning_rate
        self.W1 = self.W1 - step * gradients['dW1']
        self.b1 = self.b1 - step * gradients['db1']
        self.W2 = self.W2 - step * gradients['dW2']
        self.b2 = self.b2 - step * gradients['db2']
        self.W3 = self.W3 - step * gradients['dW3']
        self.b3 = self.b3 - step * gradients['db3']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        all_losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            all_losses.append(loss)
            if i % print_every == 0:
                print('Iteration ' + str(i) + ': ' + str(loss))
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
        return all_losses

    def predict(self, X):
        A3, cache = self.forward(X)
        result = np.zeros(A3.shape, dtype=int)
        result[A3 > 0.5] = 1
        return result


#############################################
# 8
#############################################
def two_squares(w1, w2, x1, x2):
    # L = p^2 + q^2
    p = w1 * x1 + w2 * x2
    q = w1 * x1 - w2 * x2
    dL_dp = 2 * p
    dL_dq = 2 * q
    # p and q both depend on w1
    dL_dw1 = dL_dp * x1 + dL_dq * x1
    # and on w2 (minus in q!)
    dL_dw2 = dL_dp * x2 + dL_dq * (-x2)
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    p = w1 * x1 + w2 * x2
    q = w1 * x1 - w2 * x2
    L = p ** 2 + q ** 2
    L.backward()
    return w1.grad.item(), w2.grad.item()


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    numbers = torch.randn(*shape, generator=generator)
    numbers = numbers * scale
    numbers.requires_grad = True
    return numbers


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone()
    b1 = b1.clone()
    W2 = W2.clone()
    b2 = b2.clone()
    W1.requires_grad = True
    b1.requires_grad = True
    W2.requires_grad = True
    b2.requires_grad = True
    all_losses = []
    for i in range(num_iterations):
        Z1 = W1 @ X + b1
        A1 = torch.relu(Z1)
        Z2 = W2 @ A1 + b2
        A2 = torch.sigmoid(Z2)
        loss = ((A2 - Y) ** 2).mean()
        all_losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
            W1.grad.zero_()
            b1.grad.zero_()
            W2.grad.zero_()
            b2.grad.zero_()
    return all_losses


def gradient_flow(model, X, Y):
    model.zero_grad()        # old gradients away
    prediction = model(X)
    loss = torch.nn.functional.binary_cross_entropy(prediction, Y)
    loss.backward()
    answer = []
    for layer in model.modules():
        if type(layer) == torch.nn.Linear:
            g = layer.weight.grad
            answer.append(g.abs().mean().item())
    return answer


#############################################
# small test
#############################################
np.random.seed(0)
test_net = NeuralNetworkWithBackprop(3, 4, 2)
test_X = np.random.randn(3, 6)
test_Y = (np.random.rand(2, 6) > 0.5) * 1.0
print('check:', gradient_check(test_net, test_X, test_Y))
print('check all:', gradient_check_all(test_net, test_X, test_Y))
