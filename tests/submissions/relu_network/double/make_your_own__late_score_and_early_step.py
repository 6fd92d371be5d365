# python code for a neural network with backpropagation
# (names as in the book: inputs, targets, wih, who, hidden_errors, output_errors ...)

import numpy
import numpy as np
import torch


def chain_rule(x):
    # the inner and the outer function
    u = 2 * x + 1
    f = u ** 3
    # their derivatives, and the product of both
    du_dx = 2
    df_du = 3 * (u ** 2)
    df_dx = df_du * du_dx
    return {'f': f, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_dx}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    # pass the error back through the nodes
    dL_dz = 2 * z
    dL_da = dL_dz
    dL_db = dL_dz
    dL_dw = x * dL_da
    dL_dx = w * dL_da
    return {'a': a, 'z': z, 'L': L, 'dL_dz': dL_dz, 'dL_da': dL_da,
            'dL_dw': dL_dw, 'dL_dx': dL_dx, 'dL_db': dL_db}


def single_neuron(x, w, b, y):
    z = numpy.dot(w, x) + b
    a = 1.0 / (1.0 + numpy.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = -(y - a)
    da_dz = a * (1.0 - a)
    dL_dz = dL_da * da_dz
    return {'z': z, 'a': a, 'L': L, 'dL_da': dL_da, 'da_dz': da_dz,
            'dL_dz': dL_dz, 'dL_dw': dL_dz * x, 'dL_db': dL_dz}


# neural network class definition
class NeuralNetworkWithBackprop:

    # initialise the neural network
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        # set number of nodes in each input, hidden, output layer
        self.inodes = input_size
        self.hnodes = hidden_size
        self.onodes = output_size
        # link weight matrices, W1 is wih and W2 is who in the book
        self.W1 = numpy.random.normal(0.0, pow(self.inodes, -0.5), (self.hnodes, self.inodes))
        self.W2 = numpy.random.normal(0.0, pow(self.hnodes, -0.5), (self.onodes, self.hnodes))
        # the book has no biases, we do
        self.b1 = numpy.zeros((self.hnodes, 1))
        self.b2 = numpy.zeros((self.onodes, 1))
        # learning rate
        self.learning_rate = learning_rate

    def relu(self, Z):
        return numpy.maximum(0, Z)

    def relu_derivative(self, Z):
        return numpy.array(numpy.greater(Z, 0), dtype=float)

    def sigmoid(self, Z):
        return 1.0 / (1.0 + numpy.exp(-numpy.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        outputs = self.sigmoid(Z)
        return outputs * (1.0 - outputs)

    # query the neural network
    def forward(self, X):
        # calculate signals into hidden layer
        hidden_inputs = numpy.dot(self.W1, X) + self.b1
        # calculate the signals emerging from hidden layer
        hidden_outputs = self.relu(hidden_inputs)
        # calculate signals into final output layer
        final_inputs = numpy.dot(self.W2, hidden_outputs) + self.b2
        # calculate the signals emerging from final output layer
        final_outputs = self.sigmoid(final_inputs)
        return final_outputs, {'X': X, 'Z1': hidden_inputs, 'A1': hidden_outputs,
                               'Z2': final_inputs, 'A2': final_outputs}

    def compute_loss(self, Y, A2):
        outputs = numpy.clip(A2, 1e-12, 1.0 - 1e-12)
        return -numpy.sum(Y * numpy.log(outputs) + (1.0 - Y) * numpy.log(1.0 - outputs)) / Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        # output layer error is the (actual - target)
        output_errors = (cache['A2'] - Y) / m
        # hidden layer error is the output_errors, split by weights, recombined at hidden nodes
        hidden_errors = numpy.dot(self.W2.T, output_errors) * self.relu_derivative(cache['Z1'])
        return {'dW1': numpy.dot(hidden_errors, cache['X'].T),
                'db1': numpy.sum(hidden_errors, axis=1, keepdims=True),
                'dW2': numpy.dot(output_errors, cache['A1'].T),
                'db2': numpy.sum(output_errors, axis=1, keepdims=True)}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients['dW1']
        self.b1 = self.b1 - self.learning_rate * gradients['db1']
        self.W2 = self.W2 - self.learning_rate * gradients['dW2']
        self.b2 = self.b2 - self.learning_rate * gradients['db2']

    # train the neural network
    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        m = Y.shape[1]
        for e in range(num_iterations):
            final_outputs, cache = self.forward(X)

            # output layer error
            output_errors = (final_outputs - Y) / m
            # update the weights for the links between the hidden and output layers
            self.W2 = self.W2 - self.learning_rate * numpy.dot(output_errors, cache['A1'].T)
            self.b2 = self.b2 - self.learning_rate * numpy.sum(output_errors, axis=1, keepdims=True)

            # hidden layer error: the output errors, split by weights
            hidden_errors = numpy.dot(self.W2.T, output_errors) * self.relu_derivative(cache['Z1'])
            # update the weights for the links between the input and hidden layers
            self.W1 = self.W1 - self.learning_rate * numpy.dot(hidden_errors, X.T)
            self.b1 = self.b1 - self.learning_rate * numpy.sum(hidden_errors, axis=1, keepdims=True)

            # keep the score
            final_outputs, cache = self.forward(X)
            losses.append(self.compute_loss(Y, final_outputs))
            if e % print_every == 0:
                print('epoch', e, 'loss', losses[-1])
        return losses

    def predict(self, X):
        outputs, _ = self.forward(X)
        return (outputs > 0.5).astype(int)


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    results = {}
    for key in ['W1', 'b1', 'W2', 'b2']:
        weights = getattr(nn, key)
        places = list(numpy.ndindex(weights.shape))[:10]
        analytic = numpy.array([gradients['d' + key][p] for p in places])
        numeric = numpy.zeros(len(places))
        for n, p in enumerate(places):
            original = weights[p]
            weights[p] = original + epsilon
            higher = nn.compute_loss(Y, nn.forward(X)[0])
            weights[p] = original - epsilon
            lower = nn.compute_loss(Y, nn.forward(X)[0])
            weights[p] = original
            numeric[n] = (higher - lower) / (2.0 * epsilon)
            pass
        size = numpy.linalg.norm(analytic) + numpy.linalg.norm(numeric)
        results[key] = numpy.linalg.norm(analytic - numeric) / size if size > 0 else 0.0
        pass
    return results


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    results = {}
    for key in ['W1', 'b1', 'W2', 'b2']:
        weights = getattr(nn, key)
        numeric = numpy.zeros(weights.shape)
        for p in numpy.ndindex(weights.shape):
            original = weights[p]
            weights[p] = original + epsilon
            higher = nn.compute_loss(Y, nn.forward(X)[0])
            weights[p] = original - epsilon
            lower = nn.compute_loss(Y, nn.forward(X)[0])
            weights[p] = original
            numeric[p] = (higher - lower) / (2.0 * epsilon)
            pass
        size = numpy.linalg.norm(gradients['d' + key]) + numpy.linalg.norm(numeric)
        results[key] = numpy.linalg.norm(gradients['d' + key] - numeric) / size if size > 0 else 0.0
        pass
    return results


# the same with one more hidden layer
class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = numpy.random.normal(0.0, pow(input_size, -0.5), (hidden1_size, input_size))
        self.W2 = numpy.random.normal(0.0, pow(hidden1_size, -0.5), (hidden2_size, hidden1_size))
        self.W3 = numpy.random.normal(0.0, pow(hidden2_size, -0.5), (output_size, hidden2_size))
        self.b1 = numpy.zeros((hidden1_size, 1))
        self.b2 = numpy.zeros((hidden2_size, 1))
        self.b3 = numpy.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        hidden1_inputs = numpy.dot(self.W1, X) + self.b1
        hidden1_outputs = numpy.maximum(0, hidden1_inputs)
        hidden2_inputs = numpy.dot(self.W2, hidden1_outputs) + self.b2
        hidden2_outputs = numpy.maximum(0, hidden2_inputs)
        final_inputs = numpy.dot(self.W3, hidden2_outputs) + self.b3
        final_outputs = 1.0 / (1.0 + numpy.exp(-numpy.clip(final_inputs, -500, 500)))
        return final_outputs, {'X': X, 'Z1': hidden1_inputs, 'A1': hidden1_outputs, 'Z2': hidden2_inputs,
                               'A2': hidden2_outputs, 'Z3': final_inputs, 'A3': final_outputs}

    def compute_loss(self, Y, A3):
        outputs = numpy.clip(A3, 1e-12, 1.0 - 1e-12)
        return -numpy.sum(Y * numpy.log(outputs) + (1.0 - Y) * numpy.log(1.0 - outputs)) / Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        output_errors = (cache['A3'] - Y) / m
        hidden2_errors = numpy.dot(self.W3.T, output_errors) * (cache['Z2'] > 0)
        hidden1_errors = numpy.dot(self.W2.T, hidden2_errors) * (cache['Z1'] > 0)
        return {'dW1': numpy.dot(hidden1_errors, cache['X'].T),
                'db1': numpy.sum(hidden1_errors, axis=1, keepdims=True),
                'dW2': numpy.dot(hidden2_errors, cache['A1'].T),
                'db2': numpy.sum(hidden2_errors, axis=1, keepdims=True),
                'dW3': numpy.dot(output_errors, cache['A2'].T),
                'db3': numpy.sum(output_errors, axis=1, keepdims=True)}

    def update_parameters(self, gradients):
        for key in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            setattr(self, key, getattr(self, key) - self.learning_rate * gradients['d' + key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for e in range(num_iterations):
            outputs, cache = self.forward(X)
            losses.append(self.compute_loss(Y, outputs))
            self.update_parameters(self.backward(Y, cache))
            if e % print_every == 0:
                print('epoch', e, 'loss', losses[-1])
        return losses

    def predict(self, X):
        outputs, _ = self.forward(X)
        return (outputs > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    first = w1 * x1 + w2 * x2
    second = w1 * x1 - w2 * x2
    return 2 * first * x1 + 2 * second * x1, 2 * first * x2 - 2 * second * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    weights = torch.randn(*shape, generator=generator) * scale
    weights.requires_grad_(True)
    return weights


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.detach().clone().requires_grad_(True)
    b1 = b1.detach().clone().requires_grad_(True)
    W2 = W2.detach().clone().requires_grad_(True)
    b2 = b2.detach().clone().requires_grad_(True)
    optimiser = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
    loss_function = torch.nn.MSELoss()
    losses = []
    for e in range(num_iterations):
        outputs = torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)
        loss = loss_function(outputs, Y)
        losses.append(loss.item())
        # zero gradients, perform a backward pass, update weights
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.BCELoss()(model(X), Y)
    loss.backward()
    flow = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            flow.append(torch.mean(torch.abs(module.weight.grad)).item())
            pass
        pass
    return flow
