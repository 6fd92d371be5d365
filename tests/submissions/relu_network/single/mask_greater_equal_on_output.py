import numpy as np
import torch

# ~~~ Part A: warm-up ~~~

def chain_rule(x):
    """ f = u^3 """
    u = 1 + x + x
    du = 2
    df = 3 * np.power(u, 2)
    return {'f': np.power(u, 3), 'u': u, 'du_dx': du, 'df_du': df, 'df_dx': du * df}


def computational_graph(w, x, b):
    fwd = dict(a=w * x, z=w * x + b, L=(w * x + b) ** 2)
    bwd = dict(dL_dz=2 * fwd['z'])
    bwd['dL_da'] = bwd['dL_db'] = bwd['dL_dz']
    bwd['dL_dw'], bwd['dL_dx'] = bwd['dL_da'] * x, bwd['dL_da'] * w
    fwd.update(bwd)
    return fwd


def single_neuron(x, w, b, y):
    z = (np.asarray(x) * np.asarray(w)).sum() + b
    a = 1. / (1. + np.exp(-z))
    L = .5 * (y - a) ** 2
    dL_da = -(y - a)
    da_dz = a * (1. - a)
    return {'z': z, 'a': a, 'L': L, 'dL_da': dL_da, 'da_dz': da_dz, 'dL_dz': dL_da * da_dz, 'dL_db': dL_da * da_dz,
            'dL_dw': dL_da * da_dz * np.asarray(x)}

# ~~~ Part B: the network ~~~

class NeuralNetworkWithBackprop(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        np_rand = np.random.RandomState()
        self.learning_rate = learning_rate
        self.W1 = np_rand.normal(scale=0.1, size=(hidden_size, input_size))
        self.W2 = np_rand.normal(scale=0.1, size=(output_size, hidden_size))
        self.b1 = np.zeros([hidden_size, 1])
        self.b2 = np.zeros([output_size, 1])

    def relu(self, Z):
        return np.where(Z < 0, 0, Z)

    def relu_derivative(self, Z):
        return np.where(Z > 0, 1., 0.)

    def sigmoid(self, Z):
        pos = 1. / (1. + np.exp(-np.abs(Z)))
        return np.where(np.asarray(Z) >= 0, pos, 1. - pos)

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s - s * s

    def forward(self, X):
        Z1 = np.matmul(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.matmul(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

    def compute_loss(self, Y, A2):
        tiny = np.finfo(float).eps
        A2 = np.minimum(np.maximum(A2, tiny), 1 - tiny)
        ll = np.sum(Y * np.log(A2)) + np.sum((1 - Y) * np.log(1 - A2))
        return - ll / Y.shape[1]

    def backward(self, Y, cache):
        X, A1, A2 = cache['X'], cache['A1'], cache['A2']
        N = X.shape[1]
        err_out = (A2 - Y) / N
        open_gates = A1 >= 0
        err_hid = np.matmul(self.W2.T, err_out) * open_gates
        return {'dW1': np.matmul(err_hid, X.T),
                'db1': np.sum(err_hid, axis=1, keepdims=True),
                'dW2': np.matmul(err_out, A1.T),
                'db2': np.sum(err_out, axis=1, keepdims=True)}

    def update_parameters(self, gradients):
        for name in ('W1', 'W2', 'b1', 'b2'):
            self.__dict__[name] = self.__dict__[name] - self.learning_rate * gradients['d' + name]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        trace = []
        for epoch in range(num_iterations):
            A2, memory = self.forward(X)
            trace.append(self.compute_loss(Y, A2))
            if not epoch % print_every:
                print('epoch %4d: %.4f' % (epoch, trace[-1]))
            self.update_parameters(self.backward(Y, memory))
        return trace

    def predict(self, X):
        return np.array(self.forward(X)[0] > .5, dtype=int)


# ~~~ Part C: checks ~~~

def central(nn, X, Y, matrix, pos, h):
    orig = matrix[pos]
    matrix[pos] = orig + h
    up = nn.compute_loss(Y, nn.forward(X)[0])
    matrix[pos] = orig - h
    down = nn.compute_loss(Y, nn.forward(X)[0])
    matrix[pos] = orig
    return (up - down) / (2 * h)


def gradient_check(nn, X, Y, epsilon=1e-05, every=False):
    _, memory = nn.forward(X)
    grads = nn.backward(Y, memory)
    out = {}
    for name in ('W1', 'b1', 'W2', 'b2'):
        matrix = getattr(nn, name)
        pos = [p for p, _ in np.ndenumerate(matrix)]
        if not every:
            pos = pos[-10:]
        num = np.array([central(nn, X, Y, matrix, p, epsilon) for p in pos])
        ana = np.array([grads['d' + name][p] for p in pos])
        biggest = max(abs(num).max(), abs(ana).max())
        out[name] = abs(num - ana).max() / biggest if biggest > 0 else 0.0
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return gradient_check(nn, X, Y, epsilon, every=True)

# ~~~ Part D ~~~

class ThreeLayerNetwork(NeuralNetworkWithBackprop):

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        NeuralNetworkWithBackprop.__init__(self, input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = np.random.normal(scale=0.1, size=(output_size, hidden2_size))
        self.b3 = np.zeros([output_size, 1])

    def forward(self, X):
        Z1 = np.matmul(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.matmul(self.W2, A1) + self.b2
        A2 = self.relu(Z2)
        Z3 = np.matmul(self.W3, A2) + self.b3
        A3 = self.sigmoid(Z3)
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def backward(self, Y, cache):
        N = Y.shape[1]
        err3 = (cache['A3'] - Y) / N
        err2 = np.matmul(self.W3.T, err3) * (cache['Z2'] > 0)
        err1 = np.matmul(self.W2.T, err2) * (cache['Z1'] > 0)
        total = lambda e: np.sum(e, axis=1, keepdims=True)
        return {'dW1': np.matmul(err1, cache['X'].T), 'db1': total(err1),
                'dW2': np.matmul(err2, cache['A1'].T), 'db2': total(err2),
                'dW3': np.matmul(err3, cache['A2'].T), 'db3': total(err3)}

    def update_parameters(self, gradients):
        NeuralNetworkWithBackprop.update_parameters(self, gradients)
        for name in ('W3', 'b3'):
            self.__dict__[name] = self.__dict__[name] - self.learning_rate * gradients['d' + name]

# ~~~ Part E: torch ~~~

def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    return 2 * (p + q) * x1 + 2 * (p - q) * x1, 2 * (p + q) * x2 - 2 * (p - q) * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = torch.tensor([w1], requires_grad=True), torch.tensor([w2], requires_grad=True)
    loss = torch.sum((w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2)
    loss.backward()
    return w1.grad.squeeze(), w2.grad.squeeze()


def autograd_linear(x, w, b):
    x, w, b = map(lambda v: torch.tensor(v, requires_grad=True), (x, w, b))
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator)
    p.mul_(scale)
    p.requires_grad = True
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    ps = [p.detach().clone() for p in (W1, b1, W2, b2)]
    for p in ps:
        p.requires_grad_(True)
    optimizer = torch.optim.SGD(ps, lr=learning_rate)
    trace = []
    for epoch in range(num_iterations):
        optimizer.zero_grad()
        A2 = torch.sigmoid(torch.matmul(ps[2], torch.relu(torch.matmul(ps[0], X) + ps[1])) + ps[3])
        loss = torch.nn.MSELoss()(A2, Y)
        loss.backward()
        trace.append(loss.item())
        optimizer.step()
    return trace


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.BCELoss()(model(X), Y)
    loss.backward()
    means = []
    for m in model.modules():
        if isinstance(m, torch.nn.Linear):
            means.append(torch.abs(m.weight.grad).mean().item())
    return means
