import numpy as np
import random

def sigmoid(z):
    z = z * 1.0
    bottom = 1 + np.exp(-z)
    return 1 / bottom

def sigmoid_prime(z):
    z = z * 1.0
    top = np.exp(-abs(z))
    bottom = 1 + np.exp(-abs(z))
    bottom2 = bottom * bottom
    return top / bottom2


class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.num_layers = len(sizes)
        self.biases = []
        for i in range(len(sizes)):
            if i > 0:
                self.biases.append(np.random.randn(sizes[i], 1))
        self.weights = []
        for i in range(len(sizes)):
            if i > 0:
                self.weights.append(np.random.randn(sizes[i], sizes[i - 1]))

    def feedforward(self, a):
        for i in range(len(self.weights)):
            a = np.dot(self.weights[i], a)
            a = a + self.biases[i]
            a = sigmoid(a)
        return a

    def cost_derivative(self, output_activations, y):
        return output_activations - y

    def backprop(self, x, y):
        # part 1 going forward
        list_a = []
        list_z = []
        list_a.append(x)
        a = x
        for i in range(len(self.weights)):
            z = np.dot(self.weights[i], a)
            z = z + self.biases[i]
            list_z.append(z)
            a = sigmoid(z)
            list_a.append(a)
        # part 2 last layer
        nabla_b = []
        nabla_w = []
        for i in range(len(self.weights)):
            nabla_b.append(0)
            nabla_w.append(0)
        last = len(self.weights) - 1
        d = self.cost_derivative(list_a[last + 1], y)
        d = d * sigmoid_prime(list_z[last])
        nabla_b[last] = d
        nabla_w[last] = np.dot(d, list_a[last].T)
        # part 3 the others (i copied part 2 and changed it)
        i = last - 1
        while i >= 0:
            d = np.dot(self.weights[i + 1].T, d)
            nabla_b[i] = d
            nabla_w[i] = np.dot(d, list_a[i].T)
            i = i - 1
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        n = len(mini_batch)
        sum_b = []
        sum_w = []
        for i in range(len(self.weights)):
            sum_b.append(np.zeros(self.biases[i].shape))
            sum_w.append(np.zeros(self.weights[i].shape))
        for pair in mini_batch:
            nb, nw = self.backprop(pair[0], pair[1])
            for i in range(len(self.weights)):
                sum_b[i] = sum_b[i] + nb[i]
            for i in range(len(self.weights)):
                sum_w[i] = sum_w[i] + nw[i]
        for i in range(len(self.weights)):
            self.biases[i] = self.biases[i] - eta * sum_b[i] / n
        for i in range(len(self.weights)):
            self.weights[i] = self.weights[i] - eta * sum_w[i] / n

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        for ep in range(epochs):
            random.shuffle(training_data)
            batch = []
            for pair in training_data:
                batch.append(pair)
                if len(batch) == mini_batch_size:
                    self.update_mini_batch(batch, eta)
                    batch = []
            if len(batch) > 0:
                self.update_mini_batch(batch, eta)
            #print("epoch", ep)

#net = Network([2,3,1])
#print(net.weights)
