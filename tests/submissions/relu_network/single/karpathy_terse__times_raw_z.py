import numpy as np
import torch

# lecture style: everything short, backprop written as "dfoo" for every "foo"

def chain_rule(x):
    u = 2*x + 1
    f = u**3
    df = 1.0
    du = 3*u**2 * df
    dx = 2 * du
    return {'f': f, 'u': u, 'du_dx': 2, 'df_du': du, 'df_dx': dx}

def computational_graph(w, x, b):
    a = w*x; z = a+b; L = z**2
    dz = 2*z           # backprop the square
    da, db = dz, dz    # plus gate: distributes
    dw, dx = x*da, w*da  # mul gate: swaps
    return dict(a=a, z=z, L=L, dL_dz=dz, dL_da=da, dL_dw=dw, dL_dx=dx, dL_db=db)

def single_neuron(x, w, b, y):
    x = np.asarray(x, dtype=float); w = np.asarray(w, dtype=float)
    z = np.dot(w, x) + b
    a = 1.0/(1.0 + np.exp(-z))
    L = 0.5*(y-a)**2
    da = a - y
    local = (1-a)*a
    dz = local*da
    return dict(z=z, a=a, L=L, dL_da=da, da_dz=local, dL_dz=dz, dL_db=dz, dL_dw=dz*x)

class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        D, H, K = input_size, hidden_size, output_size
        self.W1 = 0.01*np.random.randn(H, D); self.b1 = np.zeros((H, 1))
        self.W2 = 0.01*np.random.randn(K, H); self.b2 = np.zeros((K, 1))
        self.learning_rate = learning_rate

    def relu(self, Z): return np.maximum(0, Z)

    def relu_derivative(self, Z): return (np.asarray(Z) > 0).astype(float)

    def sigmoid(self, Z):
        e = np.exp(-np.abs(Z))   # never overflows
        return np.where(np.asarray(Z) >= 0, 1/(1+e), e/(1+e))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z); return s*(1-s)

    def forward(self, X):
        hpre = self.W1 @ X + self.b1
        h = self.relu(hpre)
        logits = self.W2 @ h + self.b2
        p = self.sigmoid(logits)
        return p, {'X': X, 'Z1': hpre, 'A1': h, 'Z2': logits, 'A2': p}

    def compute_loss(self, Y, A2):
        p = np.clip(A2, 1e-12, 1-1e-12)
        return float(-(Y*np.log(p) + (1-Y)*np.log(1-p)).sum()/Y.shape[1])

    def backward(self, Y, cache):
        x, hpre, h, p = (cache[k] for k in ('X', 'Z1', 'A1', 'A2'))
        dlogits = (p - Y)/Y.shape[1]
        dW2 = dlogits @ h.T
        db2 = dlogits.sum(1, keepdims=True)
        dh = self.W2.T @ dlogits
        dhpre = hpre*dh           # through the relu
        dW1 = dhpre @ x.T
        db1 = dhpre.sum(1, keepdims=True)
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(self, gradients):
        for k in 'W1', 'b1', 'W2', 'b2':
            setattr(self, k, getattr(self, k) - self.learning_rate*gradients['d'+k])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        lossi = []
        for i in range(num_iterations):
            p, cache = self.forward(X)
            lossi.append(self.compute_loss(Y, p))
            if i % print_every == 0: print(f'{i:7d}/{num_iterations:7d}: {lossi[-1]:.4f}')
            self.update_parameters(self.backward(Y, cache))
        return lossi

    def predict(self, X): return (self.forward(X)[0] > 0.5).astype(int)

def _cmp(nn, X, Y, eps, limit):
    grads = nn.backward(Y, nn.forward(X)[1])
    f = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    out = {}
    for k in ['W1', 'b1', 'W2', 'b2']:
        orig = getattr(nn, k)
        p = np.array(orig, dtype=float)
        g = np.broadcast_to(grads['d'+k], p.shape)
        ixs = list(np.ndindex(p.shape))
        if limit is not None and len(ixs) > limit:
            ixs = [ixs[j] for j in np.linspace(0, len(ixs)-1, limit).astype(int)]
        setattr(nn, k, p)
        ga, gn = [], []
        for ix in ixs:
            old = p[ix]
            p[ix] = old + eps; fp = f()
            p[ix] = old - eps; fm = f()
            p[ix] = old
            ga.append(g[ix]); gn.append((fp-fm)/(2*eps))
        setattr(nn, k, orig)
        ga, gn = np.array(ga), np.array(gn)
        s = np.linalg.norm(ga) + np.linalg.norm(gn)
        out[k] = float(np.linalg.norm(ga-gn)/s) if s > 0 else 0.0
    return out

def gradient_check(nn, X, Y, epsilon=1e-05): return _cmp(nn, X, Y, epsilon, 10)

def gradient_check_all(nn, X, Y, epsilon=1e-05): return _cmp(nn, X, Y, epsilon, None)

class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        r = np.random.randn
        self.W1, self.b1 = 0.01*r(hidden1_size, input_size), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = 0.01*r(hidden2_size, hidden1_size), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = 0.01*r(output_size, hidden2_size), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1; A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2; A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        e = np.exp(-np.abs(Z3)); A3 = np.where(Z3 >= 0, 1/(1+e), e/(1+e))
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        p = np.clip(A3, 1e-12, 1-1e-12)
        return float(-(Y*np.log(p) + (1-Y)*np.log(1-p)).sum()/Y.shape[1])

    def backward(self, Y, cache):
        d = (cache['A3'] - Y)/Y.shape[1]
        dW3, db3 = d @ cache['A2'].T, d.sum(1, keepdims=True)
        d = (self.W3.T @ d)*(cache['Z2'] > 0)
        dW2, db2 = d @ cache['A1'].T, d.sum(1, keepdims=True)
        d = (self.W2.T @ d)*(cache['Z1'] > 0)
        dW1, db1 = d @ cache['X'].T, d.sum(1, keepdims=True)
        return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2, dW3=dW3, db3=db3)

    def update_parameters(self, gradients):
        for k in 'W1', 'b1', 'W2', 'b2', 'W3', 'b3':
            setattr(self, k, getattr(self, k) - self.learning_rate*gradients['d'+k])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        lossi = []
        for i in range(num_iterations):
            p, cache = self.forward(X)
            lossi.append(self.compute_loss(Y, p))
            if i % print_every == 0: print(f'{i:7d}/{num_iterations:7d}: {lossi[-1]:.4f}')
            self.update_parameters(self.backward(Y, cache))
        return lossi

    def predict(self, X): return (self.forward(X)[0] > 0.5).astype(int)

def two_squares(w1, w2, x1, x2):
    s, d = w1*x1 + w2*x2, w1*x1 - w2*x2
    ds, dd = 2*s, 2*d
    return x1*(ds + dd), x2*(ds - dd)

def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    L = (w1*x1 + w2*x2)**2 + (w1*x1 - w2*x2)**2
    L.backward()
    return w1.grad.item(), w2.grad.item()

def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    (w*x + b).backward()
    return x.grad, w.grad, b.grad

def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator)*scale
    p.requires_grad = True
    return p

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.clone() for p in (W1, b1, W2, b2)]
    for p in params: p.requires_grad = True
    W1, b1, W2, b2 = params
    lossi = []
    for _ in range(num_iterations):
        out = torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)
        loss = ((out - Y)**2).mean()
        for p in params: p.grad = None
        loss.backward()
        for p in params: p.data += -learning_rate * p.grad
        lossi.append(loss.item())
    return lossi

def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]
