import numpy as np
import torch


def chain_rule(x):
    out = {}
    out['u'] = 2*x + 1
    out['f'] = out['u']**3
    out['du_dx'] = 2.0
    out['df_du'] = 3*out['u']**2
    out['df_dx'] = out['df_du']*out['du_dx']
    return out


def computational_graph(w, x, b):
    a = w*x; z = a + b; L = z**2
    dz = 2*z
    return {'a': a, 'z': z, 'L': L, 'dL_dz': dz, 'dL_da': dz, 'dL_dw': dz*x, 'dL_dx': dz*w, 'dL_db': dz}


def single_neuron(x, w, b, y):
    z = sum(wi*xi for wi, xi in zip(w, x)) + b
    a = 1/(1 + np.exp(-z))
    dz = (a - y)*a*(1 - a)
    return {'z': z, 'a': a, 'L': (y - a)**2/2, 'dL_da': a - y, 'da_dz': a*(1 - a), 'dL_dz': dz,
            'dL_dw': np.array([dz*xi for xi in x]), 'dL_db': dz}


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = 0.1*np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1*np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return Z*(Z > 0)

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        Z = np.clip(Z, -500, 500)
        return 1.0/(1.0 + np.exp(-Z))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z)*(1.0 - self.sigmoid(Z))

    def forward(self, X):
        cache = {}
        cache['X'] = X
        cache['Z1'] = self.W1.dot(X) + self.b1
        cache['A1'] = self.relu(cache['Z1'])
        cache['Z2'] = self.W2.dot(cache['A1']) + self.b2
        cache['A2'] = self.sigmoid(cache['Z2'])
        return cache['A2'], cache

    def compute_loss(self, Y, A2):
        k, count_m = Y.shape
        total = 0.0
        A = np.clip(A2, 1e-15, 1 - 1e-15)
        for j in range(k):
            total -= np.dot(Y[j], np.log(A[j])) + np.dot(1 - Y[j], np.log(1 - A[j]))
        return total/count_m

    def backward(self, Y, cache):
        k, count_m = Y.shape
        h = self.W1.shape[0]
        dW1 = np.zeros(self.W1.shape)
        db1 = np.zeros((h, 1))
        dW2 = np.zeros(self.W2.shape)
        db2 = np.zeros((k, 1))
        for i in range(count_m):
            # one sample after the other
            g_2 = cache['A2'][:, i] - Y[:, i]
            dW2 += np.outer(g_2, cache['A1'][:, i])
            db2[:, 0] += g_2
            g_1 = self.W2.T.dot(g_2)*self.relu_derivative(cache['Z1'][:, i])
            dW1 += np.outer(g_1, cache['X'][:, i])
            db1[:, 0] += g_1
        return {'dW1': dW1/count_m, 'db1': db1/count_m, 'dW2': dW2/count_m, 'db2': db2/count_m}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 -= lr*gradients['dW1']; self.b1 -= lr*gradients['db1']
        self.W2 -= lr*gradients['dW2']; self.b2 -= lr*gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        cost_list = []
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            cost = self.compute_loss(Y, A2)
            cost_list += [cost]
            if print_every and it % print_every == 0:
                print('cost after %d iterations: %f' % (it, cost))
            self.update_parameters(self.backward(Y, cache))
        return cost_list

    def predict(self, X):
        A2 = self.forward(X)[0]
        out = np.zeros(A2.shape, dtype=int)
        out[A2 > 0.5] = 1
        return out


def _numeric_gradient(f, p, coords, h):
    out = []
    for c in coords:
        v = p.flat[c]
        p.flat[c] = v + h; fp = f()
        p.flat[c] = v - h; fm = f()
        p.flat[c] = v
        out.append((fp - fm)/(2*h))
    return np.array(out)


def _check(nn, X, Y, h, pick):
    count_m = Y.shape[1]
    cost = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    g = nn.backward(Y, nn.forward(X)[1])
    table_ = {}
    for key in 'W1', 'b1', 'W2', 'b2':
        p = getattr(nn, key)
        coords = pick(p.size)
        num = _numeric_gradient(cost, p, coords, h)
        # compute_loss is already averaged over the samples
        ana = g['d' + key].ravel()[coords]/count_m
        table_[key] = np.linalg.norm(ana - num)/max(np.linalg.norm(ana) + np.linalg.norm(num), 1e-100)
    return table_


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, lambda size: np.random.permutation(size)[:10])


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, lambda size: np.arange(size))


def _logistic(z):
    return np.where(z < 0, np.exp(np.minimum(z, 0)), 1.0)/(1 + np.exp(-np.abs(z)))


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = 0.1*np.random.randn(hidden1_size, input_size)
        self.W2 = 0.1*np.random.randn(hidden2_size, hidden1_size)
        self.W3 = 0.1*np.random.randn(output_size, hidden2_size)
        self.b1, self.b2, self.b3 = [np.zeros((w.shape[0], 1)) for w in (self.W1, self.W2, self.W3)]
        self.learning_rate = learning_rate

    def forward(self, X):
        c = {'X': X}
        c['Z1'] = np.dot(self.W1, X) + self.b1
        c['A1'] = c['Z1']*(c['Z1'] > 0)
        c['Z2'] = np.dot(self.W2, c['A1']) + self.b2
        c['A2'] = c['Z2']*(c['Z2'] > 0)
        c['Z3'] = np.dot(self.W3, c['A2']) + self.b3
        c['A3'] = _logistic(c['Z3'])
        return c['A3'], c

    def compute_loss(self, Y, A3):
        count_m = A3.shape[1]
        A = np.clip(A3, 1e-15, 1 - 1e-15)
        ce = Y*np.log(A) + (1 - Y)*np.log(1 - A)
        return -1/count_m*np.sum(ce)

    def backward(self, Y, cache):
        count_m = Y.shape[1]
        out = {}
        g_3 = cache['A3'] - Y
        out['dW3'] = 1/count_m*np.dot(g_3, cache['A2'].T)
        out['db3'] = 1/count_m*np.sum(g_3, axis=1, keepdims=True)
        g_2 = np.dot(self.W3.T, g_3)
        g_2[cache['Z2'] <= 0] = 0
        out['dW2'] = 1/count_m*np.dot(g_2, cache['A1'].T)
        out['db2'] = 1/count_m*np.sum(g_2, axis=1, keepdims=True)
        g_1 = np.dot(self.W2.T, g_2)
        g_1[cache['Z1'] <= 0] = 0
        out['dW1'] = 1/count_m*np.dot(g_1, cache['X'].T)
        out['db1'] = 1/count_m*np.sum(g_1, axis=1, keepdims=True)
        return out

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr*gradients['dW1']; self.b1 = self.b1 - lr*gradients['db1']
        self.W2 = self.W2 - lr*gradients['dW2']; self.b2 = self.b2 - lr*gradients['db2']
        self.W3 = self.W3 - lr*gradients['dW3']; self.b3 = self.b3 - lr*gradients['db3']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        cost_list = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            cost_list.append(self.compute_loss(Y, A3))
            if print_every and it % print_every == 0:
                print('cost after %d iterations: %f' % (it, cost_list[-1]))
            self.update_parameters(self.backward(Y, cache))
        return cost_list

    def predict(self, X):
        return (self.forward(X)[0] > 0.5)*1


def two_squares(w1, w2, x1, x2):
    A = w1*x1 + w2*x2
    B = w1*x1 - w2*x2
    dL_dA = 2*A
    dL_dB = 2*B
    g1 = dL_dA*x1 + dL_dB*x1
    g2 = dL_dA*x2 + dL_dB*(-x2)
    return g1, g2


def two_squares_autograd(w1, w2, x1, x2):
    t = {}
    for name, val in (('w1', w1), ('w2', w2)):
        t[name] = torch.tensor(val, dtype=torch.float64)
        t[name].requires_grad_()
    A = t['w1']*x1 + t['w2']*x2
    B = t['w1']*x1 - t['w2']*x2
    L = A**2 + B**2
    L.backward()
    return t['w1'].grad, t['w2'].grad


def autograd_linear(x, w, b):
    v = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    y = v[1]*v[0] + v[2]
    y.backward()
    dx, dw, db = v.grad
    return dx, dw, db


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t.mul_(scale)
    return t.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone(); b1 = b1.clone(); W2 = W2.clone(); b2 = b2.clone()
    for p in [W1, b1, W2, b2]:
        p.requires_grad = True
    err_log = []
    n_el = Y.numel()
    for it in range(num_iterations):
        Z1 = torch.mm(W1, X) + b1
        A1 = torch.relu(Z1)
        Z2 = torch.mm(W2, A1) + b2
        A2 = torch.sigmoid(Z2)
        loss = torch.sum((A2 - Y)**2)/n_el
        err_log.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate*W1.grad
            b1 -= learning_rate*b1.grad
            W2 -= learning_rate*W2.grad
            b2 -= learning_rate*b2.grad
        W1.grad = None
        b1.grad = None
        W2.grad = None
        b2.grad = None
    return err_log


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    P = model(X)
    loss = -(Y*torch.log(P) + (1 - Y)*torch.log(1 - P)).mean()
    loss.backward()
    flow = []
    for count_m in model.modules():
        if type(count_m) == torch.nn.Linear:
            g = count_m.weight.grad
            flow.append((g.abs().sum()/g.numel()).item())
    return flow
