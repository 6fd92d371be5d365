import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    return {
        "u": u,
        "f": u ** 3,
        "du_dx": 2,
        "df_du": 3 * u ** 2,
        "df_dx": 6 * u ** 2,
    }


def computational_graph(w, x, b):
    z = w * x + b
    return {
        "a": w * x,
        "z": z,
        "L": z ** 2,
        "dL_dz": 2 * z,
        "dL_da": 2 * z,
        "dL_dw": 2 * z * x,
        "dL_dx": 2 * z * w,
        "dL_db": 2 * z,
    }


def single_neuron(x, w, b, y):
    z = (w * x).sum() + b
    a = (1 + np.exp(-z)) ** -1
    return {
        "z": z,
        "a": a,
        "L": 0.5 * (a - y) ** 2,
        "dL_da": a - y,
        "da_dz": a * (1 - a),
        "dL_dz": (a - y) * a * (1 - a),
        "dL_db": (a - y) * a * (1 - a),
        "dL_dw": (a - y) * a * (1 - a) * x,
    }


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
            dzo = cache['A2'][:, i] - Y[:, i]
            dW2 += np.outer(dzo, cache['A1'][:, i])
            db2[:, 0] += dzo
            dzh = self.W2.T.dot(dzo)*self.relu_derivative(cache['Z1'][:, i])
            dW1 += np.outer(dzh, cache['X'][:, i])
            db1[:, 0] += dzh
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


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        view = getattr(nn, name).flat
        step = max(1, len(view) // 10)
        which = list(range(0, len(view), step))[:10]
        approx = []
        for w in which:
            backup = float(view[w])
            view[w] = backup + epsilon
            L2 = nn.compute_loss(Y, nn.forward(X)[0])
            view[w] = backup - epsilon
            L1 = nn.compute_loss(Y, nn.forward(X)[0])
            view[w] = backup
            approx.append((L2 - L1) / (2 * epsilon))
        exact = gradients["d" + name].reshape(-1)[which]
        out[name] = np.linalg.norm(exact - approx) / max(np.linalg.norm(exact), np.linalg.norm(approx), 1e-150)
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        view = getattr(nn, name).flat
        approx = []
        for w in range(len(view)):
            backup = float(view[w])
            view[w] = backup + epsilon
            L2 = nn.compute_loss(Y, nn.forward(X)[0])
            view[w] = backup - epsilon
            L1 = nn.compute_loss(Y, nn.forward(X)[0])
            view[w] = backup
            approx.append((L2 - L1) / (2 * epsilon))
        exact = gradients["d" + name].reshape(-1)
        out[name] = np.linalg.norm(exact - approx) / max(np.linalg.norm(exact), np.linalg.norm(approx), 1e-150)
    return out


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        init = lambda rows, cols: (np.random.randn(rows, cols) * np.sqrt(0.1 / cols), np.zeros((rows, 1)))
        self.W1, self.b1 = init(hidden1_size, input_size)
        self.W2, self.b2 = init(hidden2_size, hidden1_size)
        self.W3, self.b3 = init(output_size, hidden2_size)

    def forward(self, X):
        cache = dict(X=X)
        cache.update(Z1=self.W1 @ X + self.b1)
        cache.update(A1=np.maximum(cache["Z1"], 0))
        cache.update(Z2=self.W2 @ cache["A1"] + self.b2)
        cache.update(A2=np.maximum(cache["Z2"], 0))
        cache.update(Z3=self.W3 @ cache["A2"] + self.b3)
        cache.update(A3=torch.sigmoid(torch.from_numpy(cache["Z3"])).numpy())
        return cache["A3"], cache

    def compute_loss(self, Y, A3):
        prob = np.clip(A3, 1e-15, 1 - 1e-15)
        return float(np.einsum("km->", -Y * np.log(prob) - (1 - Y) * np.log(1 - prob))) / prob.shape[1]

    def backward(self, Y, cache):
        gW1, gW2, gW3 = np.zeros_like(self.W1), np.zeros_like(self.W2), np.zeros_like(self.W3)
        gb1, gb2, gb3 = np.zeros_like(self.b1), np.zeros_like(self.b2), np.zeros_like(self.b3)
        count = Y.shape[1]
        for s in range(count):
            col = slice(s, s + 1)          # keeps the columns two-dimensional
            err3 = cache["A3"][:, col] - Y[:, col]
            err2 = (self.W3.T @ err3) * (cache["Z2"][:, col] > 0)
            err1 = (self.W2.T @ err2) * (cache["Z1"][:, col] > 0)
            gW3 += err3 @ cache["A2"][:, col].T
            gW2 += err2 @ cache["A1"][:, col].T
            gW1 += err1 @ cache["X"][:, col].T
            gb3 += err3
            gb2 += err2
            gb1 += err1
        sums = {"dW1": gW1, "db1": gb1, "dW2": gW2, "db2": gb2, "dW3": gW3, "db3": gb3}
        return {key: value / count for key, value in sums.items()}

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1, self.b1 = self.W1 - lr * gradients["dW1"], self.b1 - lr * gradients["db1"]
        self.W2, self.b2 = self.W2 - lr * gradients["dW2"], self.b2 - lr * gradients["db2"]
        self.W3, self.b3 = self.W3 - lr * gradients["dW3"], self.b3 - lr * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        track = []
        for n in range(num_iterations):
            A3, cache = self.forward(X)
            current = self.compute_loss(Y, A3)
            track.append(current)
            if print_every and n % print_every == 0:
                print(f"{n}: {current:.4f}")
            self.update_parameters(self.backward(Y, cache))
        return track

    def predict(self, X):
        A3, _ = self.forward(X)
        return np.array([[1 if a > 0.5 else 0 for a in row] for row in A3])


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    dL_dw1 = 2 * s * x1 + 2 * d * x1
    dL_dw2 = 2 * s * x2 - 2 * d * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    loss = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    loss.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    p = torch.randn(*shape, generator=generator) * scale
    p.requires_grad_(True)
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [p.clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    L_hist = []
    for _ in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = ((A2 - Y) ** 2).sum() / X.shape[1]
        L_hist.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (W1, W2):
                p -= learning_rate * p.grad
                p.grad.zero_()
    return L_hist


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    answer_ = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            answer_.append(layer.weight.grad.abs().mean().item())
    return answer_
