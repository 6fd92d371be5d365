"""Backpropagation, in the notation of "Neural Networks and Deep Learning": delta, nabla_w, nabla_b."""

# Standard library
import sys

# Third-party libraries
import numpy as np
import torch


#### Warm-up

def chain_rule(x):
    u = 2.0*x + 1.0
    du_dx = 2.0
    df_du = 3.0*u**2
    return {'f': u**3, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_du*du_dx}


def computational_graph(w, x, b):
    a = w*x
    z = a+b
    L = z**2
    delta = 2*z
    return {'a': a, 'z': z, 'L': L,
            'dL_dz': delta, 'dL_da': delta, 'dL_db': delta,
            'dL_dw': delta*x, 'dL_dx': delta*w}


def single_neuron(x, w, b, y):
    z = np.dot(w, x)+b
    a = sigmoid(z)
    dL_da = cost_derivative(a, y)
    da_dz = sigmoid_prime(z)
    delta = dL_da*da_dz
    return {'z': z, 'a': a, 'L': 0.5*(y-a)**2, 'dL_da': dL_da, 'da_dz': da_dz,
            'dL_dz': delta, 'dL_db': delta, 'dL_dw': delta*x}


#### Miscellaneous functions

def sigmoid(z):
    """The sigmoid function."""
    return 1.0/(1.0+np.exp(-np.clip(z, -500.0, 500.0)))


def sigmoid_prime(z):
    """Derivative of the sigmoid function."""
    return sigmoid(z)*(1-sigmoid(z))


def cost_derivative(output_activations, y):
    """Partial derivatives of the quadratic cost for the output activations."""
    return output_activations-y


def rectify(z):
    return np.maximum(0.0, z)


def rectify_prime(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


def cross_entropy(a, y):
    """Cross-entropy cost; the activations are kept off 0 and 1."""
    a = np.clip(a, 1e-13, 1-1e-13)
    return np.sum(-y*np.log(a)-(1-y)*np.log(1-a))/y.shape[1]


#### The networks

class NeuralNetworkWithBackprop(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.sizes = [input_size, hidden_size, output_size]
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size)/np.sqrt(input_size)
        self.W2 = np.random.randn(output_size, hidden_size)/np.sqrt(hidden_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return rectify_prime(Z)

    def sigmoid(self, Z):
        return sigmoid(Z)

    def sigmoid_derivative(self, Z):
        return sigmoid_prime(Z)

    def forward(self, X):
        """Feedforward."""
        z1 = np.dot(self.W1, X)+self.b1
        a1 = rectify(z1)
        z2 = np.dot(self.W2, a1)+self.b2
        a2 = sigmoid(z2)
        return a2, {'X': X, 'Z1': z1, 'A1': a1, 'Z2': z2, 'A2': a2}

    def compute_loss(self, Y, A2):
        return cross_entropy(A2, Y)

    def backward(self, Y, cache):
        n = Y.shape[1]
        # BP1, for the cross-entropy
        delta2 = (cache['A2']-Y)/n
        # BP2
        delta1 = np.dot(self.W2.transpose(), delta2)*rectify_prime(cache['Z1'])
        # BP3 and BP4
        return {'dW1': np.dot(delta1, cache['X'].transpose()),
                'db1': delta1.sum(axis=1).reshape(-1, 1),
                'dW2': np.dot(delta2, cache['A1'].transpose()),
                'db2': delta2.sum(axis=1).reshape(-1, 1)}

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1-eta*gradients['dW1']
        self.W2 = self.W2-eta*gradients['dW2']
        self.b1 = self.b1-eta*gradients['db1']
        self.b2 = self.b2-eta*gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for j in range(num_iterations):
            a, cache = self.forward(X)
            costs.append(self.compute_loss(Y, a))
            self.update_parameters(self.backward(Y, cache))
            if j % print_every == 0:
                sys.stdout.write("Epoch {0}: {1}\n".format(j, costs[-1]))
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int64)


class ThreeLayerNetwork(object):

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size)/np.sqrt(input_size)
        self.W2 = np.random.randn(hidden2_size, hidden1_size)/np.sqrt(hidden1_size)
        self.W3 = np.random.randn(output_size, hidden2_size)/np.sqrt(hidden2_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        z1 = np.dot(self.W1, X)+self.b1
        a1 = rectify(z1)
        z2 = np.dot(self.W2, a1)+self.b2
        a2 = rectify(z2)
        z3 = np.dot(self.W3, a2)+self.b3
        a3 = sigmoid(z3)
        return a3, {'X': X, 'Z1': z1, 'A1': a1, 'Z2': z2, 'A2': a2, 'Z3': z3, 'A3': a3}

    def compute_loss(self, Y, A3):
        return cross_entropy(A3, Y)

    def backward(self, Y, cache):
        n = Y.shape[1]
        # output layer
        delta3 = (cache['A3']-Y)/n
        nabla_b3 = delta3.sum(axis=1).reshape(-1, 1)
        nabla_w3 = np.dot(delta3, cache['A2'].transpose())
        # second hidden layer
        error2 = np.dot(self.W3.transpose(), delta3)
        delta2 = error2*rectify_prime(cache['Z2'])
        nabla_b2 = delta2.sum(axis=1).reshape(-1, 1)
        nabla_w2 = np.dot(delta2, cache['A1'].transpose())
        # first hidden layer
        error1 = np.dot(self.W2.transpose(), error2)
        delta1 = error1*rectify_prime(cache['Z1'])
        nabla_b1 = delta1.sum(axis=1).reshape(-1, 1)
        nabla_w1 = np.dot(delta1, cache['X'].transpose())
        return {'dW1': nabla_w1, 'db1': nabla_b1,
                'dW2': nabla_w2, 'db2': nabla_b2,
                'dW3': nabla_w3, 'db3': nabla_b3}

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1-eta*gradients['dW1']
        self.W2 = self.W2-eta*gradients['dW2']
        self.W3 = self.W3-eta*gradients['dW3']
        self.b1 = self.b1-eta*gradients['db1']
        self.b2 = self.b2-eta*gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for j in range(num_iterations):
            a, cache = self.forward(X)
            costs.append(self.compute_loss(Y, a))
            self.update_parameters(self.backward(Y, cache))
            if j % print_every == 0:
                sys.stdout.write("Epoch {0}: {1}\n".format(j, costs[-1]))
        return costs

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int64)


#### Gradient checking

def numerical_nabla(nn, name, X, Y, epsilon, indices):
    param = getattr(nn, name)
    nabla = []
    for index in indices:
        kept = param[index]
        param[index] = kept+epsilon
        cost_up = nn.compute_loss(Y, nn.forward(X)[0])
        param[index] = kept-epsilon
        cost_down = nn.compute_loss(Y, nn.forward(X)[0])
        param[index] = kept
        nabla.append((cost_up-cost_down)/(2*epsilon))
    return np.array(nabla)


def relative_difference(u, v):
    length = np.linalg.norm(u)+np.linalg.norm(v)
    return np.linalg.norm(u-v)/length if length > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    nabla = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        indices = list(np.ndindex(*getattr(nn, name).shape))
        np.random.RandomState(0).shuffle(indices)
        indices = indices[:10]
        exact = np.array([nabla['d'+name][index] for index in indices])
        result[name] = relative_difference(exact, numerical_nabla(nn, name, X, Y, epsilon, indices))
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    nabla = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        indices = list(np.ndindex(*getattr(nn, name).shape))
        exact = np.array([nabla['d'+name][index] for index in indices])
        result[name] = relative_difference(exact, numerical_nabla(nn, name, X, Y, epsilon, indices))
    return result


#### PyTorch

def two_squares(w1, w2, x1, x2):
    plus = w1*x1+w2*x2
    minus = w1*x1-w2*x2
    return 2*x1*(plus+minus), 2*x2*(plus-minus)


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(float(w1), requires_grad=True)
    w2 = torch.tensor(float(w2), requires_grad=True)
    L = (w1*x1+w2*x2)**2+(w1*x1-w2*x2)**2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(float(x), requires_grad=True)
    w = torch.tensor(float(w), requires_grad=True)
    b = torch.tensor(float(b), requires_grad=True)
    (w*x+b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return torch.mul(torch.randn(*shape, generator=generator), scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    costs = []
    for j in range(num_iterations):
        a1 = torch.clamp(torch.mm(W1, X)+b1, min=0)
        a2 = torch.sigmoid(torch.mm(W2, a1)+b2)
        cost = torch.mean((a2-Y)**2)
        costs.append(cost.item())
        cost.backward()
        for t in (W1, b1, W2, b2):
            t.data = t.data-learning_rate*t.grad
            t.grad.zero_()
    return costs


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.BCELoss()(model(X), Y).backward()
    flow = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            flow.append(module.weight.grad.abs().mean().item())
    return flow
