#  ANN_EX3   two-layer net, ported from my old ann_ex3.m
#  In the .m file samples are COLUMNS, therefore all the .T at the borders.
from numpy import *          # feels like home
import numpy as np


def sigmoid(x):
    # logsig() of the toolbox, written with tanh so that it can't blow up
    x = 0.5*np.asarray(x, float)
    return 0.5 + 0.5*tanh(x)

def sigmoid_derivative(x):
    # 1/4 * sech^2(x/2)
    e = exp(-abs(np.asarray(x, float)))
    return e/(1 + e)**2

def relu(x):
    return np.asarray(x)*(np.asarray(x) > 0)

def relu_derivative(x):
    return (sign(np.asarray(x, float)) + 1)//2

def mse_loss(y_pred, y_true):
    E = asmatrix(np.ravel(y_pred) - np.ravel(y_true))
    N = E.shape[1]
    return (E*E.T).item()/N

def mse_loss_derivative(y_pred, y_true):
    [M, K] = np.shape(y_pred)
    return 2/(M*K)*(y_pred - y_true)


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = .2*random.rand(input_size, hidden_size) - .1
        self.b1 = zeros((1, hidden_size))
        self.W2 = .2*random.rand(hidden_size, output_size) - .1
        self.b2 = zeros((1, output_size))
        self.learning_rate = learning_rate
        return

    def forward(self, X):
        P  = asmatrix(X).T                    # n x m
        IW = asmatrix(self.W1).T              # h x n
        LW = asmatrix(self.W2).T              # k x h
        o  = asmatrix(ones((1, P.shape[1])))
        N1 = IW*P + asmatrix(self.b1).T*o
        A1 = asmatrix(sigmoid(N1))
        N2 = LW*A1 + asmatrix(self.b2).T*o
        A2 = asmatrix(sigmoid(N2))
        # back to row samples, plain arrays
        self.z1 = asarray(N1.T); self.a1 = asarray(A1.T)
        self.z2 = asarray(N2.T); self.a2 = asarray(A2.T)
        return self.a2

    def backward(self, X, y, y_pred):
        P = asmatrix(X).T
        A1 = asmatrix(self.a1).T
        LW = asmatrix(self.W2).T
        Q = P.shape[1]                        # number of samples
        Err = asmatrix(y - y_pred).T          # target minus output, as in the toolbox
        F2 = np.diag
        # sensitivities of Hagan & Demuth, one column at a time:  s2 = -2 F2 e ,  s1 = F1 LW' s2
        S2 = asmatrix(zeros((LW.shape[0], Q)))
        S1 = asmatrix(zeros((LW.shape[1], Q)))
        for q in range(Q):
            S2[:, q] = -2*asmatrix(F2(sigmoid_derivative(self.z2[q])))*Err[:, q]
            S1[:, q] = asmatrix(F2(sigmoid_derivative(self.z1[q])))*LW.T*S2[:, q]
        NK = Q*LW.shape[0]
        o = asmatrix(ones((Q, 1)))
        gIW = S1*P.T/NK
        gb1 = S1*o/NK
        gLW = S2*A1.T/NK
        gb2 = S2*o/NK
        return asarray(gIW.T), asarray(gb1.T), asarray(gLW.T), asarray(gb2.T)

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 = self.W1 - lr*dW1; self.b1 = self.b1 - lr*db1
        self.W2 = self.W2 - lr*dW2; self.b2 = self.b2 - lr*db2

    def train(self, X, y, epochs=1000):
        perf = zeros(epochs)
        for ep in r_[0:epochs]:
            Yhat = self.forward(X)
            perf[ep] = mse_loss(Yhat, y)
            [g1, g2, g3, g4] = self.backward(X, y, Yhat)
            self.update_weights(g1, g2, g3, g4)
        return perf.tolist()


def numerical_gradient(f, x, h=1e-05):
    x = array(x, dtype=float64)
    sz = x.shape
    v = x.flatten()                           # x(:)
    g = zeros(v.size)
    for i in arange(v.size):
        vp = v.copy(); vp[i] = vp[i] + h
        vm = v.copy(); vm[i] = vm[i] - h
        g[i] = (f(vp.reshape(sz)) - f(vm.reshape(sz)))/(2*h)
    return g.reshape(sz)

# [eof]
