import numpy as np
import torch
from numpy.matlib import repmat
from numpy import zeros, size, log, exp, sum, max, min, abs, sqrt
from numpy.random import randn

# hw4.m -> hw4.py

def chain_rule(x):
    u = 2*x + 1;
    f = u**3;
    du = 2;
    df = 3*u**2;
    return {'f': f, 'u': u, 'du_dx': du, 'df_du': df, 'df_dx': df*du}

def computational_graph(w, x, b):
    a = w*x;
    z = a + b;
    L = z**2;
    dz = 2*z;
    da = dz;
    db = dz;
    dw = x*da;
    dx = w*da;
    return {'a': a, 'z': z, 'L': L, 'dL_dz': dz, 'dL_da': da, 'dL_dw': dw, 'dL_dx': dx, 'dL_db': db}

def single_neuron(x, w, b, y):
    z = sum(np.array(w)*np.array(x)) + b;
    a = 1/(1 + exp(-z));
    L = (y - a)**2/2;
    da = -(y - a);
    dadz = exp(-z)/(1 + exp(-z))**2;
    dz = da*dadz;
    return {'z': z, 'a': a, 'L': L, 'dL_da': da, 'da_dz': dadz, 'dL_dz': dz, 'dL_db': dz, 'dL_dw': dz*np.array(x)}

def logsig(n):
    # 2/(1+exp(-2n))-1 is tansig; this one is logsig
    n = np.asarray(n, 'd');
    return 1/(1 + exp(-np.fmax(n, -700)))

class NeuralNetworkWithBackprop:

    def __init__(net, input_size, hidden_size, output_size, learning_rate=0.01):
        net.learning_rate = learning_rate;
        net.W1 = 0.1*randn(hidden_size, input_size);
        net.b1 = zeros((hidden_size, 1));
        net.W2 = 0.1*randn(output_size, hidden_size);
        net.b2 = zeros((output_size, 1));

    def relu(net, Z):
        return Z.clip(min=0)

    def relu_derivative(net, Z):
        D = zeros(np.shape(Z));
        D[Z > 0] = 1;
        return D

    def sigmoid(net, Z):
        return logsig(Z)

    def sigmoid_derivative(net, Z):
        a = logsig(Z);
        return a - a*a

    def forward(net, X):
        m = size(X, 1);
        P = X.T;                                         # samples in rows, like at home
        N1 = P @ net.W1.T + repmat(net.b1.T, m, 1);
        H = net.relu(N1);
        N2 = H @ net.W2.T + repmat(net.b2.T, m, 1);
        T = logsig(N2);
        return T.T, {'X': X, 'Z1': N1.T, 'A1': H.T, 'Z2': N2.T, 'A2': T.T}

    def compute_loss(net, Y, A2):
        m = size(Y, 1);
        A = A2.copy();
        A[A < 1e-14] = 1e-14;
        A[A > 1 - 1e-14] = 1 - 1e-14;
        J = sum(-Y*log(A) - (1 - Y)*log(1 - A), 0);      # one cost per sample
        return np.mean(J)

    def backward(net, Y, cache):
        m = size(Y, 1);
        E = cache['A2'].T - Y.T;
        H = cache['A1'].T;
        P = cache['X'].T;
        G = zeros(H.shape);
        for i in range(m):
            for j in range(size(H, 1)):
                if cache['Z1'][j, i] > 0:
                    G[i, j] = E[i, :] @ net.W2[:, j];
        dW2 = (H.T @ E).T/m;
        dW1 = (P.T @ G).T/m;
        db2 = np.array([sum(E, 0)/m]).T;
        db1 = np.array([sum(G, 0)/m]).T;
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(net, gradients):
        eta = net.learning_rate;
        net.W1 = net.W1 + (-eta)*gradients['dW1'];
        net.b1 = net.b1 + (-eta)*gradients['db1'];
        net.W2 = net.W2 + (-eta)*gradients['dW2'];
        net.b2 = net.b2 + (-eta)*gradients['db2'];

    def train(net, X, Y, num_iterations=1000, print_every=100):
        J = [];
        for it in range(num_iterations):
            A, cache = net.forward(X);
            J.append(net.compute_loss(Y, A));
            if it % print_every == 0:
                print('it = %d, J = %g' % (it, J[-1]));
            net.update_parameters(net.backward(Y, cache));
        return J

    def predict(net, X):
        A = net.forward(X)[0];
        return 1 - (A <= 0.5).astype('int8')


def numgrad(nn, X, Y, name, idx, h):
    theta = getattr(nn, name);
    g = zeros(len(idx));
    for c in range(len(idx)):
        i, j = idx[c];
        t = theta[i, j];
        theta[i, j] = t + h;  J2 = nn.compute_loss(Y, nn.forward(X)[0]);
        theta[i, j] = t - h;  J1 = nn.compute_loss(Y, nn.forward(X)[0]);
        theta[i, j] = t;
        g[c] = (J2 - J1)/(2*h);
    return g

def relerr(a, b):
    s = max([max(abs(a)), max(abs(b))]);
    if s == 0:
        return 0.0
    return max(abs(a - b))/s

def gradient_check(nn, X, Y, epsilon=1e-05):
    A, cache = nn.forward(X);
    grad = nn.backward(Y, cache);
    r = {};
    for name in ['W1', 'b1', 'W2', 'b2']:
        R, C = getattr(nn, name).shape;
        lin = np.random.RandomState(1).permutation(R*C)[0:10];
        idx = [(l // C, l % C) for l in lin];
        g = np.array([grad['d' + name][i, j] for i, j in idx]);
        r[name] = relerr(g, numgrad(nn, X, Y, name, idx, epsilon));
    return r

def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A, cache = nn.forward(X);
    grad = nn.backward(Y, cache);
    r = {};
    for name in ['W1', 'b1', 'W2', 'b2']:
        R, C = getattr(nn, name).shape;
        idx = [(i, j) for j in range(C) for i in range(R)];      # column major!
        r[name] = relerr(grad['d' + name].flatten(order='F'), numgrad(nn, X, Y, name, idx, epsilon));
    return r


class ThreeLayerNetwork:

    def __init__(net, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        net.learning_rate = learning_rate;
        net.W1 = 0.1*randn(hidden1_size, input_size);    net.b1 = zeros((hidden1_size, 1));
        net.W2 = 0.1*randn(hidden2_size, hidden1_size);  net.b2 = zeros((hidden2_size, 1));
        net.W3 = 0.1*randn(output_size, hidden2_size);   net.b3 = zeros((output_size, 1));

    def forward(net, X):
        Z1 = net.W1 @ X + repmat(net.b1, 1, size(X, 1));   A1 = Z1*(Z1 > 0);
        Z2 = net.W2 @ A1 + repmat(net.b2, 1, size(X, 1));  A2 = Z2*(Z2 > 0);
        Z3 = net.W3 @ A2 + repmat(net.b3, 1, size(X, 1));  A3 = logsig(Z3);
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(net, Y, A3):
        A = min([max([A3, 0*A3 + 1e-14], axis=0), 0*A3 + 1 - 1e-14], axis=0);
        return np.mean(sum(-Y*log(A) - (1 - Y)*log(1 - A), 0))

    def backward(net, Y, cache):
        m = size(Y, 1);
        D3 = cache['A3'] - Y;
        D2 = (D3.T @ net.W3).T;
        D2[cache['Z2'] <= 0] = 0;
        D1 = (D2.T @ net.W2).T;
        D1[cache['Z1'] <= 0] = 0;
        u = np.ones((m, 1))/m;
        return {'dW1': D1 @ cache['X'].T/m, 'db1': D1 @ u,
                'dW2': D2 @ cache['A1'].T/m, 'db2': D2 @ u,
                'dW3': D3 @ cache['A2'].T/m, 'db3': D3 @ u}

    def update_parameters(net, gradients):
        for p in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            exec('net.%s = net.%s - net.learning_rate*gradients["d%s"]' % (p, p, p));

    train = NeuralNetworkWithBackprop.train
    predict = NeuralNetworkWithBackprop.predict


def two_squares(w1, w2, x1, x2):
    # expanded: 2*w1^2*x1^2 + 2*w2^2*x2^2
    return 2*2*w1*x1**2, 2*2*w2*x2**2

def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.DoubleTensor([w1]).requires_grad_();
    w2 = torch.DoubleTensor([w2]).requires_grad_();
    L = (w1*x1 + w2*x2)**2 + (w1*x1 - w2*x2)**2;
    L.backward();
    return w1.grad[0], w2.grad[0]

def autograd_linear(x, w, b):
    x, w, b = [torch.tensor(float(v), requires_grad=True) for v in [x, w, b]];
    y = torch.addcmul(b, w, x);
    y.backward();
    return x.grad, w.grad, b.grad

def leaf_parameters(shape, scale, generator):
    T = scale*torch.randn(*shape, generator=generator);
    return T.detach().requires_grad_(True)

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = W1.clone(), b1.clone(), W2.clone(), b2.clone();
    W1.requires_grad = b1.requires_grad = W2.requires_grad = b2.requires_grad = True;
    J = [];
    for it in range(num_iterations):
        A = 1/(1 + torch.exp(-(W2 @ torch.relu(W1 @ X + b1) + b2)));
        L = torch.mean((A - Y)**2);
        J.append(L.item());
        L.backward();
        W1.data = W1.data - learning_rate*W1.grad;
        b1.data = b1.data - learning_rate*b1.grad;
        W2.data = W2.data - learning_rate*W2.grad;
        b2.data = b2.data - learning_rate*b2.grad;
        W1.grad = b1.grad = W2.grad = b2.grad = None;
    return J

def gradient_flow(model, X, Y):
    model.zero_grad();
    L = torch.nn.functional.binary_cross_entropy(model(X), Y, reduction='mean');
    L.backward();
    r = [];
    for layer in model.modules():
        if layer.__class__.__name__ == 'Linear':
            r.append(torch.mean(torch.abs(layer.weight.grad)).item());
    return r
