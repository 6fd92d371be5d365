import numpy as np
# % Reflection: %
# % the chain rule links layer l to layer l+1. I was surprised that XOR needs a hidden layer at all. %
from types import SimpleNamespace as struct

def sigmoid(x):
    X_ = np.asarray(x, dtype=float);
    Y_ = 1 / (1 + np.exp(-np.fmax(X_, -700)));
    return Y_;

def sigmoid_derivative(x):
    S = sigmoid(x);
    return S - S ** 2;

def manual_forward(x, w1, b1, w2, b2):
    N = struct();
    N.z1 = w1 * x + b1;
    N.a1 = sigmoid(N.z1);
    N.z2 = w2 * N.a1 + b2;
    N.a2 = sigmoid(N.z2);
    return vars(N);

def manual_gradients(x, y, w1, b1, w2, b2):
    N = struct(**manual_forward(x, w1, b1, w2, b2));
    G = struct();
    G.dL_da2 = N.a2 - y;
    G.da2_dz2 = sigmoid_derivative(N.z2);
    G.dL_dz2 = G.dL_da2 * G.da2_dz2;
    G.dL_dw2 = N.a1 * G.dL_dz2;
    G.dL_db2 = G.dL_dz2;
    G.dL_da1 = w2 * G.dL_dz2;
    G.da1_dz1 = sigmoid_derivative(N.z1);
    G.dL_dz1 = G.dL_da1 * G.da1_dz1;
    G.dL_dw1 = x * G.dL_dz1;
    G.dL_db1 = G.dL_dz1;
    return G.__dict__;

def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    G = struct(**manual_gradients(x, y, w1, b1, w2, b2));
    w1 = w1 - learning_rate * G.dL_dw1; b1 = b1 - learning_rate * G.dL_db1;
    w2 = w2 - learning_rate * G.dL_dw2; b2 = b2 - learning_rate * G.dL_db2;
    return w1, b1, w2, b2;

class NeuralNetwork:
    # classdef NeuralNetwork < handle
    def __init__(this, input_size, hidden_size, output_size, learning_rate=0.1):
        this.W1 = np.random.randn(input_size, hidden_size);
        this.b1 = np.zeros((1, hidden_size));
        this.W2 = np.random.randn(hidden_size, output_size);
        this.b2 = np.zeros((1, output_size));
        this.learning_rate = learning_rate;
        this.gradients = {};

    def forward(this, X):
        M = np.size(X, 0);
        this.Z1 = X @ this.W1 + np.tile(this.b1, (M, 1));
        this.A1 = sigmoid(this.Z1);
        this.Z2 = this.A1 @ this.W2 + np.tile(this.b2, (M, 1));
        this.A2 = sigmoid(this.Z2);
        return this.A2;

    def backward(this, X, y):
        [M, K] = np.shape(y);
        D2 = 2 / (M * K) * (this.A2 - y) * sigmoid_derivative(this.Z2);
        D1 = D2 @ this.W2.T * sigmoid_derivative(this.Z1);
        G = {};
        G["dW2"] = this.A1.T @ D2;
        G["db2"] = np.sum(G["dW2"], 0, keepdims=True);
        G["dW1"] = X.T @ D1;
        G["db1"] = np.sum(G["dW1"], 0, keepdims=True);
        this.gradients = G;
        return G;

    def update_weights(this):
        this.W1 = this.W1 - this.learning_rate * this.gradients["dW1"];
        this.b1 = this.b1 - this.learning_rate * this.gradients["db1"];
        this.W2 = this.W2 - this.learning_rate * this.gradients["dW2"];
        this.b2 = this.b2 - this.learning_rate * this.gradients["db2"];

    def compute_loss(this, y_true, y_pred):
        return np.mean(np.mean((y_true - y_pred) ** 2, 0));

    def train_step(this, X, y):
        J = this.compute_loss(y, this.forward(X));
        this.backward(X, y);
        this.update_weights();
        return J;

def train_xor(seed):
    np.random.seed(seed);
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]);
    Y = np.array([[0], [1], [1], [0]]);
    net = NeuralNetwork(2, 8, 1, 5);
    J = np.zeros(3000);
    for it in range(0, 3000):
        J[it] = net.train_step(X, Y);
    # end
    return net, J.tolist();

def make_spiral_data(n_samples=300, noise=0.1):
    N = n_samples // 2;
    T = np.linspace(0, 4 * np.pi, N).reshape(N, 1);
    R = T / (2 * np.pi);
    A = np.hstack([R * np.cos(T), R * np.sin(T)]);
    B = np.hstack([R * np.cos(T + np.pi), R * np.sin(T + np.pi)]);
    X = np.vstack([A, B]);
    X = X + noise * np.random.randn(2 * N, 2);
    Y = np.vstack([np.zeros((N, 1)), np.ones((N, 1))]);
    return X, Y;

def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5);
    net.W1 = 4 * np.random.randn(2, 64);
    net.b1 = 4 * np.random.randn(1, 64);
    for it in range(0, 5000):
        net.train_step(X, y);
    # end
    return net;

def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    R = [];
    for H in hidden_sizes:
        for eta in learning_rates:
            np.random.seed(seed);
            net = NeuralNetwork(np.size(X, 1), H, np.size(y, 1), eta);
            for it in range(0, epochs):
                J = net.train_step(X, y);
            # end
            R = R + [{"hidden_size": H, "learning_rate": eta, "final_loss": J}];
        # end
    # end
    return R;
