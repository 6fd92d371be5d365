# -*- coding: utf-8 -*-
# PROGRAM BACKPROP
import numpy as np
import torch

REAL = np.float64

def chain_rule(x):
    U = 2*x + 1
    F = U**3
    DUDX = 2
    DFDU = 3*U**2
    DFDX = DFDU*DUDX
    return {'f': F, 'u': U, 'du_dx': DUDX, 'df_du': DFDU, 'df_dx': DFDX}

def computational_graph(w, x, b):
    A = w*x
    Z = A + b
    L = Z**2
    DZ = 2*Z
    DA = DZ
    DB = DZ
    DW = DA*x
    DX = DA*w
    return {'a': A, 'z': Z, 'L': L, 'dL_dz': DZ, 'dL_da': DA, 'dL_dw': DW, 'dL_dx': DX, 'dL_db': DB}

def single_neuron(x, w, b, y):
    N = len(x)
    Z = REAL(b)
    for I in range(N):
        Z = Z + w[I]*x[I]
    A = 1/(1 + np.exp(-Z))
    E = A - y
    S = A*(1 - A)
    DW = np.zeros(N, dtype=REAL)
    for I in range(N):
        DW[I] = E*S*x[I]
    return {'z': Z, 'a': A, 'L': E**2/2, 'dL_da': E, 'da_dz': S, 'dL_dz': E*S, 'dL_db': E*S, 'dL_dw': DW}

class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.asfortranarray(0.1*np.random.randn(hidden_size, input_size))
        self.W2 = np.asfortranarray(0.1*np.random.randn(output_size, hidden_size))
        self.b1 = np.zeros((hidden_size, 1), dtype=REAL, order='F')
        self.b2 = np.zeros((output_size, 1), dtype=REAL, order='F')

    def relu(self, Z):
        return np.maximum(0*Z, Z)

    def relu_derivative(self, Z):
        D = np.zeros(np.shape(Z), dtype=REAL)
        np.putmask(D, Z > 0, 1.0)
        return D

    def sigmoid(self, Z):
        return 1/(1 + np.exp(-np.asarray(Z, dtype=REAL)))

    def sigmoid_derivative(self, Z):
        S = self.sigmoid(Z)
        return S*(1 - S)

    def forward(self, X):
        M = X.shape[1]
        Z1 = np.zeros((self.W1.shape[0], M))
        Z2 = np.zeros((self.W2.shape[0], M))
        for J in range(M):
            Z1[:, J] = self.W1.dot(X[:, J]) + self.b1[:, 0]
        A1 = self.relu(Z1)
        for J in range(M):
            Z2[:, J] = self.W2.dot(A1[:, J]) + self.b2[:, 0]
        A2 = self.sigmoid(Z2)
        return A2, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

    def compute_loss(self, Y, A2):
        K, M = Y.shape
        S = 0.0
        for J in range(M):
            for I in range(K):
                P = min(max(A2[I, J], 1.0e-14), 1.0 - 1.0e-14)
                S = S + Y[I, J]*np.log(P) + (1 - Y[I, J])*np.log(1 - P)
        return -S/M

    def backward(self, Y, cache):
        K, M = Y.shape
        DW1, DB1 = np.zeros(self.W1.shape), np.zeros(self.b1.shape)
        DW2, DB2 = np.zeros(self.W2.shape), np.zeros(self.b2.shape)
        for J in range(M):
            D2 = cache['A2'][:, J] - Y[:, J]
            D1 = self.W2.T.dot(D2)
            for I in range(D1.size):
                if not cache['Z1'][I, J] > 0:
                    D1[I] = 0.0
            DW2 += np.outer(D2, cache['A1'][:, J])
            DB2[:, 0] += D2
            DW1 += np.outer(D1, cache['X'][:, J])
            DB1[:, 0] += D1
        return {'dW1': DW1/M, 'db1': DB1/M, 'dW2': DW2/M, 'db2': DB2/M}

    def update_parameters(self, gradients):
        ETA = self.learning_rate
        self.W1 = self.W1 - ETA*gradients['dW1']
        self.b1 = self.b1 - ETA*gradients['db1']
        self.W2 = self.W2 - ETA*gradients['dW2']
        self.b2 = self.b2 - ETA*gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        HIST = []
        for ITER in range(num_iterations):
            A2, CACHE = self.forward(X)
            LOSS = self.compute_loss(Y, A2)
            HIST.append(LOSS)
            if ITER % print_every == 0:
                print(' ITER', ITER, ' LOSS', LOSS)
            self.update_parameters(self.backward(Y, CACHE))
        return HIST

    def predict(self, X):
        A2, CACHE = self.forward(X)
        OUT = np.zeros(A2.shape, dtype=np.int32)
        for I in range(A2.shape[0]):
            for J in range(A2.shape[1]):
                if A2[I, J] > 0.5:
                    OUT[I, J] = 1
        return OUT

def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, CACHE = nn.forward(X)
    G = nn.backward(Y, CACHE)
    RES = {}
    for NAME in ['W1', 'b1', 'W2', 'b2']:
        P = getattr(nn, NAME)
        NROW, NCOL = P.shape
        COUNT = 0
        TOP = 0.0
        BOT = 0.0
        for I in range(NROW):
            for J in range(NCOL):
                COUNT = COUNT + 1
                if COUNT > 10:
                    continue
                OLD = P[I, J]
                P[I, J] = OLD + epsilon
                FP = nn.compute_loss(Y, nn.forward(X)[0])
                P[I, J] = OLD - epsilon
                FM = nn.compute_loss(Y, nn.forward(X)[0])
                P[I, J] = OLD
                NUM = (FP - FM)/(2*epsilon)
                TOP = TOP + (NUM - G['d' + NAME][I, J])**2
                BOT = BOT + NUM**2 + G['d' + NAME][I, J]**2
        RES[NAME] = np.sqrt(TOP/BOT) if BOT > 0 else 0.0
    return RES

def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, CACHE = nn.forward(X)
    G = nn.backward(Y, CACHE)
    RES = {}
    for NAME in ['W1', 'b1', 'W2', 'b2']:
        P = getattr(nn, NAME)
        SAVE = P.copy()
        NUM = np.zeros(P.shape)
        for I in range(P.shape[0]):
            for J in range(P.shape[1]):
                P[I, J] = SAVE[I, J] + epsilon
                FP = nn.compute_loss(Y, nn.forward(X)[0])
                P[I, J] = SAVE[I, J] - epsilon
                FM = nn.compute_loss(Y, nn.forward(X)[0])
                NUM[I, J] = (FP - FM)/(2*epsilon)
        P[:, :] = SAVE
        DIFF = np.sqrt(np.sum((NUM - G['d' + NAME])**2))
        SIZE = np.sqrt(np.sum(NUM**2)) + np.sqrt(np.sum(G['d' + NAME]**2))
        RES[NAME] = DIFF/SIZE if SIZE > 0 else 0.0
    return RES

class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.1*np.random.randn(hidden1_size, input_size)
        self.W2 = 0.1*np.random.randn(hidden2_size, hidden1_size)
        self.W3 = 0.1*np.random.randn(output_size, hidden2_size)
        self.b1 = np.zeros((hidden1_size, 1), dtype=REAL)
        self.b2 = np.zeros((hidden2_size, 1), dtype=REAL)
        self.b3 = np.zeros((output_size, 1), dtype=REAL)

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = np.maximum(0*Z1, Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = np.maximum(0*Z2, Z2)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = 1/(1 + np.exp(-Z3))
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(self, Y, A3):
        P = np.minimum(np.maximum(A3, 1.0e-14), 1.0 - 1.0e-14)
        return -np.sum(Y*np.log(P) + (1 - Y)*np.log(1 - P))/Y.shape[1]

    def backward(self, Y, cache):
        M = Y.shape[1]
        G = {}
        for NAME in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            G['d' + NAME] = np.zeros(getattr(self, NAME).shape)
        for J in range(M):
            D3 = cache['A3'][:, J] - Y[:, J]
            D2 = self.W3.T.dot(D3)*(cache['Z2'][:, J] > 0)
            D1 = self.W2.T.dot(D2)*(cache['Z1'][:, J] > 0)
            for NAME, D, INP in [('3', D3, 'A2'), ('2', D2, 'A1'), ('1', D1, 'X')]:
                G['dW' + NAME] += np.outer(D, cache[INP][:, J])/M
                G['db' + NAME][:, 0] += D/M
        return G

    def update_parameters(self, gradients):
        ETA = self.learning_rate
        for NAME in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            setattr(self, NAME, getattr(self, NAME) - ETA*gradients['d' + NAME])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        HIST = []
        for ITER in range(num_iterations):
            A3, CACHE = self.forward(X)
            HIST.append(self.compute_loss(Y, A3))
            if ITER % print_every == 0:
                print(' ITER', ITER, ' LOSS', HIST[ITER])
            self.update_parameters(self.backward(Y, CACHE))
        return HIST

    def predict(self, X):
        A3, CACHE = self.forward(X)
        return np.where(A3 > 0.5, 1, 0).astype(np.int32)

def two_squares(w1, w2, x1, x2):
    P = w1*x1 + w2*x2
    Q = w1*x1 - w2*x2
    DP = 2*P
    DQ = 2*Q
    return DP*x1 + DQ*x1, DP*x2 - DQ*x2

def two_squares_autograd(w1, w2, x1, x2):
    V1 = torch.tensor(w1, requires_grad=True)
    V2 = torch.tensor(w2, requires_grad=True)
    P = V1*x1 + V2*x2
    Q = V1*x1 - V2*x2
    L = P**2 + Q**2
    L.backward()
    return V1.grad, V2.grad

def autograd_linear(x, w, b):
    VX = torch.tensor(x, requires_grad=True)
    VW = torch.tensor(w, requires_grad=True)
    VB = torch.tensor(b, requires_grad=True)
    VY = VW*VX + VB
    VY.backward()
    return VX.grad, VW.grad, VB.grad

def leaf_parameters(shape, scale, generator):
    R = torch.randn(*shape, generator=generator)
    R *= scale
    R.requires_grad = True
    return R

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = [W1.clone(), b1.clone(), W2.clone(), b2.clone()]
    for I in range(4):
        P[I].requires_grad = True
    HIST = []
    for ITER in range(num_iterations):
        A1 = torch.relu(P[0] @ X + P[1])
        A2 = torch.sigmoid(P[2] @ A1 + P[3])
        L = torch.sum((A2 - Y)**2)/(Y.shape[0]*Y.shape[1])
        HIST.append(L.item())
        L.backward()
        for I in range(4):
            P[I].data = P[I].data - learning_rate*P[I].grad
            P[I].grad = None
    return HIST

def gradient_flow(model, X, Y):
    for P in model.parameters():
        P.grad = None
    L = torch.nn.functional.binary_cross_entropy(model(X), Y)
    L.backward()
    RES = []
    for LAYER in model.modules():
        if isinstance(LAYER, torch.nn.Linear):
            RES.append(LAYER.weight.grad.abs().mean().item())
    return RES
# END PROGRAM
