import numpy as np
import torch


def chain_rule(x):
    inner, outer = (lambda t: 2 * t + 1), (lambda s: s * s * s)
    d_inner, d_outer = (lambda t: 2), (lambda s: 3 * s * s)
    s = inner(x)
    return dict(f=outer(s), u=s, du_dx=d_inner(x), df_du=d_outer(s), df_dx=d_outer(s) * d_inner(x))


def computational_graph(w, x, b):
    table_ = dict(a=w * x)
    table_["z"] = table_["a"] + b
    table_["L"] = table_["z"] * table_["z"]
    g = 2 * table_["z"]
    table_.update(dL_dz=g, dL_da=g, dL_db=g, dL_dw=x * g, dL_dx=w * g)
    return table_


def single_neuron(x, w, b, y):
    z = float(np.sum(np.asarray(w) * np.asarray(x)) + b)
    a = 0.5 * (1.0 + np.tanh(0.5 * z))
    err = y - a
    out = dict(z=z, a=a, L=err * err / 2, dL_da=-err, da_dz=a - a * a)
    out["dL_dz"] = out["dL_da"] * out["da_dz"]
    out["dL_db"] = out["dL_dz"]
    out["dL_dw"] = np.asarray(x) * out["dL_dz"]
    return out


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        sizes = [input_size, hidden_size, output_size]
        for i, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), start=1):
            setattr(self, f"W{i}", np.random.normal(scale=0.05, size=(fan_out, fan_in)))
            setattr(self, f"b{i}", np.zeros((fan_out, 1)))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return np.float64(1) * np.greater(Z, 0)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        out = np.empty_like(Z)
        pos = Z >= 0
        out[pos] = 1 / (1 + np.exp(-Z[pos]))
        ez = np.exp(Z[~pos])
        out[~pos] = ez / (1 + ez)
        return out

    def sigmoid_derivative(self, Z):
        e = np.exp(-np.abs(Z))
        return e / np.square(1 + e)

    @staticmethod
    def _affine(W, A, b):
        return np.einsum("ij,jm->im", W, A) + b

    def forward(self, X):
        Z1 = self._affine(self.W1, X, self.b1)
        A1 = self.relu(Z1)
        Z2 = self._affine(self.W2, A1, self.b2)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        tiny = np.finfo(float).eps
        A = np.clip(A2, tiny, 1 - tiny)
        return -(np.vdot(Y, np.log(A)) + np.vdot(1 - Y, np.log1p(-A))) / np.shape(Y)[-1]

    def _layer_gradient(self, upstream, inputs):
        count_m = inputs.shape[1]
        return np.einsum("im,jm->ij", upstream, inputs) / count_m, np.einsum("im->i", upstream)[:, None] / count_m

    def backward(self, Y, cache):
        dzo = cache["A2"] - Y
        dzh = np.einsum("kh,km->hm", self.W2, dzo) * (cache["Z1"] > 0)
        dW2, db2 = self._layer_gradient(dzo, cache["A1"])
        dW1, db1 = self._layer_gradient(dzh, cache["X"])
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        for key, grad in gradients.items():
            attribute = key[1:]
            setattr(self, attribute, getattr(self, attribute) - self.learning_rate * grad)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        hist = []
        for epoch in range(1, num_iterations + 1):
            prediction, cache = self.forward(X)
            hist.append(self.compute_loss(Y, prediction))
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if print_every and epoch % print_every == 0:
                print(f"[{epoch}/{num_iterations}] {hist[-1]:.5f}")
        return hist

    def predict(self, X):
        probabilities, _ = self.forward(X)
        return np.int64(1) * (probabilities > 0.5)


def gradient_check(nn, X, Y, epsilon=1e-05):
    keep = {n: np.copy(getattr(nn, n)) for n in ('W1', 'b1', 'W2', 'b2')}
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for n in keep:
        top, bottom = 0.0, 0.0
        for f in np.random.choice(keep[n].size, min(10, keep[n].size), replace=False):
            J = [0, 0]
            for s in (0, 1):
                P = keep[n].copy()
                P.flat[f] += epsilon if s else -epsilon
                setattr(nn, n, P)
                J[s] = nn.compute_loss(Y, nn.forward(X)[0])
            setattr(nn, n, keep[n].copy())
            num = (J[1] - J[0])/(2*epsilon)
            ana = g['d' + n].flat[f]
            top += (num - ana)**2
            bottom += num**2 + ana**2
        out[n] = (top/bottom)**0.5 if bottom > 0 else 0.0
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    keep = {n: np.copy(getattr(nn, n)) for n in ('W1', 'b1', 'W2', 'b2')}
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for n in keep:
        top, bottom = 0.0, 0.0
        for f in range(keep[n].size):
            J = [0, 0]
            for s in (0, 1):
                P = keep[n].copy()
                P.flat[f] += epsilon if s else -epsilon
                setattr(nn, n, P)
                J[s] = nn.compute_loss(Y, nn.forward(X)[0])
            setattr(nn, n, keep[n].copy())
            num = (J[1] - J[0])/(2*epsilon)
            ana = g['d' + n].flat[f]
            top += (num - ana)**2
            bottom += num**2 + ana**2
        out[n] = (top/bottom)**0.5 if bottom > 0 else 0.0
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
    p = torch.randn(*shape, generator=generator, requires_grad=True) * scale
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [p.clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    hist = []
    for _ in range(num_iterations):
        A1 = torch.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = ((A2 - Y) ** 2).mean()
        hist.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (W1, b1, W2, b2):
                p -= learning_rate * p.grad
                p.grad.zero_()
    return hist


def gradient_flow(model, X, Y):
    model.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    loss.backward()
    answer_ = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            answer_.append(layer.weight.grad.abs().mean().item())
    return answer_
