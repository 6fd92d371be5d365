import math
import numpy as np
import torch

# I did it with loops over the samples first, that way I see what happens to one sample at a time.


def chain_rule(x):
    u = 2*x + 1
    f = u*u*u
    df_du = 3*u*u
    du_dx = 2
    return {'f': f, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_du*du_dx}


def computational_graph(w, x, b):
    out = {}
    out['a'] = w*x
    out['z'] = out['a'] + b
    out['L'] = out['z']**2
    out['dL_dz'] = 2*out['z']
    out['dL_da'] = out['dL_dz']
    out['dL_db'] = out['dL_dz']
    out['dL_dw'] = out['dL_da']*x
    out['dL_dx'] = out['dL_da']*w
    return out


def single_neuron(x, w, b, y):
    z = b
    for i in range(len(x)):
        z = z + w[i]*x[i]
    a = 1/(1 + math.exp(-z))
    dL_da = a - y
    da_dz = a*(1 - a)
    dL_dz = dL_da*da_dz
    dL_dw = np.zeros(len(w))
    for i in range(len(w)):
        dL_dw[i] = dL_dz*x[i]
    return {'z': z, 'a': a, 'L': (y - a)**2/2, 'dL_da': dL_da, 'da_dz': da_dz,
            'dL_dz': dL_dz, 'dL_dw': dL_dw, 'dL_db': dL_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.1*np.random.randn(hidden_size, input_size)
        self.W2 = 0.1*np.random.randn(output_size, hidden_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return Z*(Z > 0)

    def relu_derivative(self, Z):
        return 1.0*(Z > 0)

    def sigmoid(self, Z):
        return 1/(1 + np.exp(-np.clip(Z, -600, 600)))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z)*(1 - self.sigmoid(Z))

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

    def compute_loss(self, Y, A2):
        k, m = Y.shape
        total = 0.0
        for s in range(m):
            for o in range(k):
                p = min(max(A2[o, s], 1e-14), 1 - 1e-14)
                total -= Y[o, s]*math.log(p) + (1 - Y[o, s])*math.log(1 - p)
        return total/m

    def backward(self, Y, cache):
        m = Y.shape[1]
        dW1 = np.zeros(self.W1.shape)
        db1 = np.zeros(self.b1.shape)
        dW2 = np.zeros(self.W2.shape)
        db2 = np.zeros(self.b2.shape)
        for s in range(m):
            # column s is one sample
            x = cache['X'][:, s]
            z1 = cache['Z1'][:, s]
            a1 = cache['A1'][:, s]
            d2 = cache['A2'][:, s] - Y[:, s]
            d1 = self.W2.T.dot(d2)*self.relu_derivative(z1)
            dW2 += np.outer(d2, a1)/m
            db2 += d2.reshape(-1, 1)/m
            dW1 = np.outer(d1, x)/m
            db1 += d1.reshape(-1, 1)/m
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate*gradients['dW1']
        self.W2 = self.W2 - self.learning_rate*gradients['dW2']
        self.b1 = self.b1 - self.learning_rate*gradients['db1']
        self.b2 = self.b2 - self.learning_rate*gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            if it % print_every == 0:
                print('iteration', it, 'loss', losses[-1])
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        A2 = self.forward(X)[0]
        out = np.zeros(A2.shape, dtype=int)
        for s in range(A2.shape[1]):
            for o in range(A2.shape[0]):
                if A2[o, s] > 0.5:
                    out[o, s] = 1
        return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        P = getattr(nn, name)
        rows, cols = P.shape
        diff2, ana2, num2 = 0.0, 0.0, 0.0
        count = 0
        for i in range(rows):
            for j in range(cols):
                if count == 10:
                    break
                count += 1
                keep = P[i, j]
                P[i, j] = keep + epsilon
                up = nn.compute_loss(Y, nn.forward(X)[0])
                P[i, j] = keep - epsilon
                down = nn.compute_loss(Y, nn.forward(X)[0])
                P[i, j] = keep
                num = (up - down)/(2*epsilon)
                ana = grads['d' + name][i, j]
                diff2 += (num - ana)**2
                ana2 += ana**2
                num2 += num**2
        bottom = math.sqrt(ana2) + math.sqrt(num2)
        result[name] = math.sqrt(diff2)/bottom if bottom > 0 else 0.0
    return result


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        P = getattr(nn, name)
        diff2, ana2, num2 = 0.0, 0.0, 0.0
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                keep = P[i, j]
                P[i, j] = keep + epsilon
                up = nn.compute_loss(Y, nn.forward(X)[0])
                P[i, j] = keep - epsilon
                down = nn.compute_loss(Y, nn.forward(X)[0])
                P[i, j] = keep
                num = (up - down)/(2*epsilon)
                ana = grads['d' + name][i, j]
                diff2 += (num - ana)**2
                ana2 += ana**2
                num2 += num**2
        bottom = math.sqrt(ana2) + math.sqrt(num2)
        result[name] = math.sqrt(diff2)/bottom if bottom > 0 else 0.0
    return result


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.1*np.random.randn(hidden1_size, input_size)
        self.W2 = 0.1*np.random.randn(hidden2_size, hidden1_size)
        self.W3 = 0.1*np.random.randn(output_size, hidden2_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = Z1*(Z1 > 0)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = Z2*(Z2 > 0)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = 1/(1 + np.exp(-np.clip(Z3, -600, 600)))
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-14, 1 - 1e-14)
        total = 0.0
        for s in range(Y.shape[1]):
            total -= np.sum(Y[:, s]*np.log(P[:, s]) + (1 - Y[:, s])*np.log(1 - P[:, s]))
        return total/Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        g = {}
        for n in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            g['d' + n] = np.zeros(getattr(self, n).shape)
        for s in range(m):
            c = {key: value[:, s] for key, value in cache.items()}
            d3 = c['A3'] - Y[:, s]
            d2 = self.W3.T.dot(d3)*(c['Z2'] > 0)
            d1 = self.W2.T.dot(d2)*(c['Z1'] > 0)
            g['dW3'] += np.outer(d3, c['A2'])/m
            g['dW2'] += np.outer(d2, c['A1'])/m
            g['dW1'] += np.outer(d1, c['X'])/m
            g['db3'][:, 0] += d3/m
            g['db2'][:, 0] += d2/m
            g['db1'][:, 0] += d1/m
        return g

    def update_parameters(self, gradients):
        for n in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            setattr(self, n, getattr(self, n) - self.learning_rate*gradients['d' + n])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            if it % print_every == 0:
                print('iteration', it, 'loss', losses[-1])
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return 1*(self.forward(X)[0] > 0.5)


def two_squares(w1, w2, x1, x2):
    plus = w1*x1 + w2*x2
    minus = w1*x1 - w2*x2
    return 2*x1*(plus + minus), 2*x2*(plus - minus)


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    L = (w[0]*x1 + w[1]*x2)**2 + (w[0]*x1 - w[1]*x2)**2
    L.backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    t = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    y = t[1]*t[0] + t[2]
    y.backward()
    return t[0].grad, t[1].grad, t[2].grad


def leaf_parameters(shape, scale, generator):
    t = scale*torch.randn(*shape, generator=generator)
    t.requires_grad = True
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.detach().clone() for p in (W1, b1, W2, b2)]
    losses = []
    for it in range(num_iterations):
        leaves = [p.requires_grad_(True) for p in params]
        out = torch.sigmoid(leaves[2] @ torch.relu(leaves[0] @ X + leaves[1]) + leaves[3])
        loss = ((out - Y)**2).mean()
        losses.append(float(loss))
        grads = torch.autograd.grad(loss, leaves)
        params = [(p - learning_rate*g).detach() for p, g in zip(leaves, grads)]
    return losses


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    loss = torch.nn.BCELoss()(model(X), Y)
    loss.backward()
    flow = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            flow.append(float(torch.mean(torch.abs(layer.weight.grad))))
    return flow
