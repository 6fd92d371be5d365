import numpy as np
import torch
import torch.nn.functional as fn
np.set_printoptions(precision=4)

DEBUG = False
PARAMS2 = ("W1", "b1", "W2", "b2")
PARAMS3 = PARAMS2 + ("W3", "b3")

def dbg(*args):
    if DEBUG: print("DEBUG:", *args)

# 1
def chain_rule(x):
    u = 2*x+1
    f = u*u*u
    dudx, dfdu = 2, 3*u*u
    dfdx = dudx*dfdu
    dbg(u, f, dfdx)
    return dict(zip(["f", "u", "du_dx", "df_du", "df_dx"], [f, u, dudx, dfdu, dfdx]))

# 2
def computational_graph(w, x, b):
    a = w*x
    z = a+b
    L = pow(z, 2)
    dLdz = 2*z
    keys = ["a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db"]
    vals = [a, z, L, dLdz, dLdz, dLdz*x, dLdz*w, dLdz]
    return dict(zip(keys, vals))

# 3
def single_neuron(x, w, b, y):
    z = b
    for i in range(len(w)):
        z = z+w[i]*x[i]
    a = 1/(1+np.exp(-z))
    L = (y-a)**2/2
    dLda = a-y
    dadz = a*(1-a)
    dLdz = dLda*dadz
    keys = ["z", "a", "L", "dL_da", "da_dz", "dL_dz", "dL_db", "dL_dw"]
    vals = [z, a, L, dLda, dadz, dLdz, dLdz, np.array([dLdz*xi for xi in x])]
    return dict(zip(keys, vals))

# 4
class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.01*np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros(shape=(hidden_size, 1))
        self.W2 = 0.01*np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros(shape=(output_size, 1))
        dbg("created", self.W1.shape, self.W2.shape)

    def relu(self, Z):
        R = np.array(Z)
        R[R<=0] = 0
        return R

    def relu_derivative(self, Z):
        R = np.zeros(Z.shape)
        R[Z>0] = 1.0
        return R

    def sigmoid(self, Z):
        return np.exp(-np.log1p(np.exp(-np.asarray(Z, float))))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z)-self.sigmoid(Z)**2

    def forward(self, X):
        Z1 = np.add(np.dot(self.W1, X), self.b1)
        A1 = self.relu(Z1)
        Z2 = np.add(np.dot(self.W2, A1), self.b2)
        A2 = self.sigmoid(Z2)
        dbg("forward", A2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        AA = np.clip(A2, 1e-12, 1-1e-12)
        total = 0
        for j in range(Y.shape[1]):
            total = total-np.sum(Y[:, j]*np.log(AA[:, j])+(1-Y[:, j])*np.log(1-AA[:, j]))
        return total/Y.shape[1]

    def backward(self, Y, cache):
        M = Y.shape[1]
        dZ2 = cache["A2"]-Y
        dW2 = np.dot(dZ2, np.transpose(cache["A1"]))/M
        db2 = np.mean(dZ2, axis=1, keepdims=True)
        dA1 = np.dot(np.transpose(self.W2), dZ2)
        dZ1 = np.multiply(dA1, self.relu_derivative(cache["Z1"]))
        dW1 = np.dot(dZ1, np.transpose(cache["X"]))/M
        db1 = np.mean(dZ1, axis=1, keepdims=True)
        dbg("norms", np.linalg.norm(dW1), np.linalg.norm(dW2))
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        for p in PARAMS2:
            old = getattr(self, p)
            new = old-gradients["d"+p]
            dbg(p, old, "->", new)
            setattr(self, p, new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for n in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            if n%print_every==0: print(n, losses[n])
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        A2, cache = self.forward(X)
        P = A2.copy()
        P[A2>0.5] = 1
        P[A2<=0.5] = 0
        return P.astype(int)

# 5
def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    errs = {}
    for p in PARAMS2:
        W = getattr(nn, p)
        rows, cols = W.shape
        todo = [(r, c) for r in range(rows) for c in range(cols)]
        if len(todo)>10:
            todo = todo[::len(todo)//10][:10]
        g1, g2 = [], []
        for (r, c) in todo:
            keep = W[r, c]
            W[r, c] = keep+epsilon
            lp = nn.compute_loss(Y, nn.forward(X)[0])
            W[r, c] = keep-epsilon
            lm = nn.compute_loss(Y, nn.forward(X)[0])
            W[r, c] = keep
            g1.append(grads["d"+p][r, c])
            g2.append((lp-lm)/(2*epsilon))
        g1, g2 = np.array(g1), np.array(g2)
        size = np.linalg.norm(g1)+np.linalg.norm(g2)
        errs[p] = 0.0 if size==0 else np.linalg.norm(g1-g2)/size
    return errs

# 6
def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    errs = {}
    for p in PARAMS2:
        W = getattr(nn, p)
        g2 = np.zeros(W.shape)
        for r in range(W.shape[0]):
            for c in range(W.shape[1]):
                keep = W[r, c]
                W[r, c] = keep+epsilon
                lp = nn.compute_loss(Y, nn.forward(X)[0])
                W[r, c] = keep-epsilon
                lm = nn.compute_loss(Y, nn.forward(X)[0])
                W[r, c] = keep
                g2[r, c] = (lp-lm)/(2*epsilon)
        g1 = grads["d"+p]
        size = np.linalg.norm(g1)+np.linalg.norm(g2)
        errs[p] = 0.0 if size==0 else np.linalg.norm(g1-g2)/size
    return errs

# 7
class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.01*np.random.randn(hidden1_size, input_size)
        self.b1 = np.zeros(shape=(hidden1_size, 1))
        self.W2 = 0.01*np.random.randn(hidden2_size, hidden1_size)
        self.b2 = np.zeros(shape=(hidden2_size, 1))
        self.W3 = 0.01*np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros(shape=(output_size, 1))
        self._two = NeuralNetworkWithBackprop(1, 1, 1)      # for relu, sigmoid, loss

    def forward(self, X):
        Z1 = np.add(np.dot(self.W1, X), self.b1); A1 = self._two.relu(Z1)
        Z2 = np.add(np.dot(self.W2, A1), self.b2); A2 = self._two.relu(Z2)
        Z3 = np.add(np.dot(self.W3, A2), self.b3); A3 = self._two.sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return self._two.compute_loss(Y, A3)

    def backward(self, Y, cache):
        M = Y.shape[1]
        rd = self._two.relu_derivative
        dZ3 = cache["A3"]-Y
        dZ2 = np.multiply(np.dot(self.W3.T, dZ3), rd(cache["Z2"]))
        dZ1 = np.multiply(np.dot(self.W2.T, dZ2), rd(cache["Z1"]))
        res = {}
        res["dW3"] = np.dot(dZ3, cache["A2"].T)/M
        res["db3"] = np.mean(dZ3, axis=1, keepdims=True)
        res["dW2"] = np.dot(dZ2, cache["A1"].T)/M
        res["db2"] = np.mean(dZ2, axis=1, keepdims=True)
        res["dW1"] = np.dot(dZ1, cache["X"].T)/M
        res["db1"] = np.mean(dZ1, axis=1, keepdims=True)
        return res

    def update_parameters(self, gradients):
        for p in PARAMS3:
            setattr(self, p, getattr(self, p)-self.learning_rate*gradients["d"+p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for n in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            if n%print_every==0: print(n, losses[n])
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return np.where(self.forward(X)[0]>0.5, 1, 0)

# 8
def two_squares(w1, w2, x1, x2):
    A = w1*x1+w2*x2
    B = w1*x1-w2*x2
    return 2*A*x1+2*B*x1, 2*A*x2-2*B*x2

def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    A = w1*x1+w2*x2
    B = w1*x1-w2*x2
    (A*A+B*B).backward()
    return w1.grad.item(), w2.grad.item()

def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    (w*x+b).backward()
    return x.grad.item(), w.grad.item(), b.grad.item()

def leaf_parameters(shape, scale, generator):
    P = torch.randn(*shape, generator=generator)*scale
    P.requires_grad_(True)
    dbg(P.is_leaf)
    return P

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    V1 = W1.clone().requires_grad_(True); c1 = b1.clone().requires_grad_(True)
    V2 = W2.clone().requires_grad_(True); c2 = b2.clone().requires_grad_(True)
    losses = []
    for n in range(num_iterations):
        A1 = fn.relu(V1@X+c1)
        A2 = torch.sigmoid(V2@A1+c2)
        loss = fn.mse_loss(A2, Y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (V1, c1, V2, c2):
                p -= learning_rate*p.grad
                p.grad.zero_()
    return losses

def gradient_flow(model, X, Y):
    model.zero_grad()
    fn.binary_cross_entropy(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
