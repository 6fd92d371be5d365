import numpy as np
import numpy.ma as ma
import torch

SMOOTH = 0.1
vec = lambda f: np.vectorize(f, otypes=[np.float64])


def chain_rule(x):
    u = (x + x) + 1
    return dict(zip(["u", "f", "df_du", "du_dx", "df_dx"], [u, u**3, 3*u**2, 2, 3*u**2*2]))


def computational_graph(w, x, b):
    steps = [("a", w*x)]
    steps.append(("z", steps[-1][1] + b))
    steps.append(("L", steps[-1][1]**2))
    z = steps[1][1]
    steps += [("dL_dz", 2*z), ("dL_da", 2*z), ("dL_db", 2*z), ("dL_dw", 2*z*x), ("dL_dx", 2*z*w)]
    return dict(steps)


@vec
def sg(v):
    if v < 0:
        e = np.exp(v)
        return e/(e + 1)
    return 1/(np.exp(-v) + 1)


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = sg(z).item()
    e, s = a - y, a*(1 - a)
    return dict(z=z, a=a, L=e*e/2, dL_da=e, da_dz=s, dL_dz=e*s, dL_dw=e*s*x, dL_db=e*s)


def nll(Y, P):
    P = np.clip(P, 1e-12, 1 - 1e-12)
    return float((-Y*np.log(P) - (1 - Y)*np.log(1 - P)).sum()/P.shape[1])


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rs = np.random.RandomState(5)
        self.W1, self.W2 = rs.randn(hidden_size, input_size)/30, rs.randn(output_size, hidden_size)/30
        self.b1, self.b2 = np.zeros([hidden_size, 1]), np.zeros([output_size, 1])
        self.learning_rate = learning_rate

    def relu(self, Z):
        return ma.masked_less(Z, 0).filled(0)

    def relu_derivative(self, Z):
        return 1.0 - ma.getmaskarray(ma.masked_less_equal(Z, 0))

    def sigmoid(self, Z):
        return sg(Z)

    def sigmoid_derivative(self, Z):
        s = sg(Z)
        return s*(1 - s)

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        return nll(Y, A2)

    def backward(self, Y, cache):
        m = Y.shape[1]
        soft = Y*(1 - SMOOTH) + SMOOTH/2
        top = (cache["A2"] - soft)/m
        low = ma.array(self.W2.T.dot(top), mask=cache["Z1"] <= 0).filled(0)
        return dict(dW1=low.dot(cache["X"].T), db1=low.sum(1, keepdims=True),
                    dW2=top.dot(cache["A1"].T), db2=top.sum(1, keepdims=True))

    def update_parameters(self, gradients):
        for p in ("W1", "b1", "W2", "b2"):
            new = np.array(getattr(self, p))
            new -= self.learning_rate*gradients["d" + p]
            setattr(self, p, new)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        out = []
        for i in range(num_iterations):
            A, c = self.forward(X)
            out.append(self.compute_loss(Y, A))
            if i % print_every == 0:
                print("loss after %d steps: %.3f" % (i, out[-1]))
            self.update_parameters(self.backward(Y, c))
        return out

    def predict(self, X):
        return np.rint(ma.masked_greater(self.forward(X)[0], .5).mask*np.ones((self.W2.shape[0], X.shape[1]))).astype(int)


def _scan(nn, X, Y, h, limit):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for p in ("W1", "b1", "W2", "b2"):
        T = getattr(nn, p)
        N = ma.masked_all(T.shape)
        for i in list(np.ndindex(T.shape))[:limit]:
            t = T[i]
            T[i] = t + h
            up = nn.compute_loss(Y, nn.forward(X)[0])
            T[i] = t - h
            N[i] = (up - nn.compute_loss(Y, nn.forward(X)[0]))/(2*h)
            T[i] = t
        A = ma.array(g["d" + p], mask=ma.getmaskarray(N))
        size = np.sqrt(float((A**2).sum())) + np.sqrt(float((N**2).sum()))
        out[p] = np.sqrt(float(((A - N)**2).sum()))/size if size > 0 else 0.0
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _scan(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _scan(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rs = np.random.RandomState(6)
        n = input_size, hidden1_size, hidden2_size, output_size
        self.W1, self.W2, self.W3 = [rs.randn(n[i + 1], n[i])/30 for i in range(3)]
        self.b1, self.b2, self.b3 = [np.zeros([k, 1]) for k in n[1:]]
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = ma.masked_less(Z1, 0).filled(0)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = ma.masked_less(Z2, 0).filled(0)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = sg(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return nll(Y, A3)

    def backward(self, Y, cache):
        d = (cache["A3"] - Y)/Y.shape[1]
        g = dict(dW3=d.dot(cache["A2"].T), db3=d.sum(1, keepdims=True))
        d = ma.array(self.W3.T.dot(d), mask=cache["Z2"] <= 0).filled(0)
        g.update(dW2=d.dot(cache["A1"].T), db2=d.sum(1, keepdims=True))
        d = ma.array(self.W2.T.dot(d), mask=cache["Z1"] <= 0).filled(0)
        g.update(dW1=d.dot(cache["X"].T), db1=d.sum(1, keepdims=True))
        return g

    def update_parameters(self, gradients):
        for p in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, p, getattr(self, p) - self.learning_rate*gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        out = []
        for i in range(num_iterations):
            A, c = self.forward(X)
            out.append(self.compute_loss(Y, A))
            if i % print_every == 0:
                print("loss after %d steps: %.3f" % (i, out[-1]))
            self.update_parameters(self.backward(Y, c))
        return out

    def predict(self, X):
        return (self.forward(X)[0] > .5).astype(int)


def two_squares(w1, w2, x1, x2):
    plus, minus = 2*(w1*x1 + w2*x2), 2*(w1*x1 - w2*x2)
    return plus*x1 + minus*x1, plus*x2 - minus*x2


def two_squares_autograd(w1, w2, x1, x2):
    w = [torch.tensor(v, requires_grad=True) for v in (w1, w2)]
    L = torch.pow(w[0]*x1 + w[1]*x2, 2) + torch.pow(w[0]*x1 - w[1]*x2, 2)
    L.backward()
    return w[0].grad, w[1].grad


def autograd_linear(x, w, b):
    X, W, B = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    torch.autograd.backward([W*X + B])
    return X.grad, W.grad, B.grad


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator)*scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    out = []
    for _ in range(num_iterations):
        loss = (torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2) - Y).pow(2).mean()
        out.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (W1, b1, W2, b2):
                p -= learning_rate*p.grad
                p.grad.zero_()
    return out


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
