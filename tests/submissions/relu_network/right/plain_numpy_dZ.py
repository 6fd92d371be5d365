import numpy as np
import torch


def chain_rule(x):
    slope = 2
    u = slope * x + 1
    f = pow(u, 3)
    df_du = 3 * pow(u, 2)
    df_dx = df_du
    df_dx *= slope
    return {
        "u": u,
        "f": f,
        "du_dx": slope,
        "df_du": df_du,
        "df_dx": df_dx,
    }


def computational_graph(w, x, b):
    # forward
    prod = w * x
    summ = prod + b
    # backward
    top = 2.0 * summ
    da = top * 1.0
    db = top * 1.0
    return dict(a=prod, z=summ, L=summ * summ, dL_dz=top, dL_da=da, dL_db=db, dL_dw=da * x, dL_dx=da * w)


def single_neuron(x, w, b, y):
    x = np.asarray(x, dtype=float)
    z = np.inner(x, w) + b
    a = np.exp(-np.logaddexp(0.0, -z))
    diff = a - y
    L = 0.5 * diff ** 2
    da_dz = a * (1.0 - a)
    delta = diff * da_dz
    return dict(z=z, a=a, L=L, dL_da=diff, da_dz=da_dz, dL_dz=delta, dL_dw=delta * x, dL_db=delta)


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        shapes = {"W1": (hidden_size, input_size), "b1": (hidden_size, 1), "W2": (output_size, hidden_size), "b2": (output_size, 1)}
        for name, shape in shapes.items():
            value = np.random.uniform(-0.1, 0.1, shape) if name[0] == "W" else np.zeros(shape)
            setattr(self, name, value)

    def forward(self, X):
        ones = np.ones((1, X.shape[1]))
        Z1 = np.hstack([self.W1, self.b1]) @ np.vstack([X, ones])
        A1 = self.relu(Z1)
        Z2 = np.hstack([self.W2, self.b2]) @ np.vstack([A1, ones])
        A2 = self.sigmoid(Z2)
        return A2, {"A2": A2, "Z2": Z2, "A1": A1, "Z1": Z1, "X": X}

    def compute_loss(self, Y, A2):
        safe = np.clip(A2, 1e-13, 1.0 - 1e-13)
        total = 0.0
        for j in range(Y.shape[1]):
            for i in range(Y.shape[0]):
                total -= Y[i, j] * np.log(safe[i, j]) + (1 - Y[i, j]) * np.log(1 - safe[i, j])
        return total / Y.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ2 = (cache["A2"] - Y) / m
        dZ1 = self.W2.T @ dZ2 * self.relu_derivative(cache["Z1"])
        return {"dW1": dZ1 @ cache["X"].T, "db1": dZ1.sum(axis=1, keepdims=True),
                "dW2": dZ2 @ cache["A1"].T, "db2": dZ2.sum(axis=1, keepdims=True)}

    def update_parameters(self, gradients):
        for key, value in gradients.items():
            old = getattr(self, key[1:])
            setattr(self, key[1:], old - self.learning_rate * np.asarray(value))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for epoch in range(1, num_iterations + 1):
            A, memo = self.forward(X)
            losses += [self.compute_loss(Y, A)]
            g = self.backward(Y, memo)
            self.update_parameters(g)
            if epoch % print_every == 0:
                print("Epoch {}/{} - {:.4f}".format(epoch, num_iterations, losses[-1]))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)

    def relu(self, Z):
        out = np.array(Z)
        out[out < 0] = 0
        return out

    def relu_derivative(self, Z):
        return 1.0 * (Z > 0)

    def sigmoid(self, Z):
        return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(Z, dtype=float)))

    def sigmoid_derivative(self, Z):
        return 0.25 - (self.sigmoid(Z) - 0.5) ** 2


def estimate(nn, X, Y, name, which, epsilon):
    original = getattr(nn, name)
    values = []
    try:
        for pos in which:
            pair = []
            for sign in (1, -1):
                shifted = original.copy()
                shifted.flat[pos] += sign * epsilon
                setattr(nn, name, shifted)
                pair.append(nn.compute_loss(Y, nn.forward(X)[0]))
            values.append((pair[0] - pair[1]) / (2 * epsilon))
    finally:
        setattr(nn, name, original)
    return np.array(values)


def run_check(nn, X, Y, epsilon, limit=None):
    _, cache = nn.forward(X)
    analytic = nn.backward(Y, cache)
    answer = {}
    for name in ["W1", "b1", "W2", "b2"]:
        size = getattr(nn, name).size
        which = range(size) if limit is None or size <= limit else np.linspace(0, size - 1, limit).astype(int)
        n = estimate(nn, X, Y, name, which, epsilon)
        a = np.asarray(analytic["d" + name], dtype=float).ravel()[list(which)]
        answer[name] = np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n) + 1e-300)
    return answer


def gradient_check(nn, X, Y, epsilon=1e-05):
    return run_check(nn, X, Y, epsilon, limit=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return run_check(nn, X, Y, epsilon)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = 0.1 * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1.dot(X) + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = self.relu(Z2)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = self.sigmoid(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return super().compute_loss(Y, A3)

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ3 = cache["A3"] - Y
        dZ2 = np.dot(self.W3.T, dZ3) * self.relu_derivative(cache["Z2"])
        dZ1 = np.dot(self.W2.T, dZ2) * self.relu_derivative(cache["Z1"])
        gradient_dict = {}
        for i, (d, a) in enumerate([(dZ1, cache["X"]), (dZ2, cache["A1"]), (dZ3, cache["A2"])], 1):
            gradient_dict["dW" + str(i)] = np.dot(d, a.T) / m
            gradient_dict["db" + str(i)] = np.mean(d, axis=1, keepdims=True)
        return gradient_dict

    def update_parameters(self, gradients):
        for key, value in gradients.items():
            old = getattr(self, key[1:])
            setattr(self, key[1:], old - self.learning_rate * np.asarray(value))


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.double, requires_grad=True)
    s = w * torch.tensor([x1, x2], dtype=torch.double)
    ((s[0] + s[1]) ** 2 + (s[0] - s[1]) ** 2).backward()
    return tuple(w.grad.tolist())


def autograd_linear(x, w, b):
    def leaf(v):
        return torch.tensor(v, dtype=torch.double, requires_grad=True)
    tx, tw, tb = leaf(x), leaf(w), leaf(b)
    return torch.autograd.grad(tw * tx + tb, [tx, tw, tb])


def leaf_parameters(shape, scale, generator):
    numbers = torch.randn(*shape, generator=generator).mul(scale)
    return numbers.clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    trainable = [p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
    V1, c1, V2, c2 = trainable
    losses = []
    for _ in range(num_iterations):
        A = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)
        loss = ((A - Y) ** 2).mean()
        losses.append(loss.item())
        for p in trainable:
            p.grad = None
        loss.backward()
        with torch.no_grad():
            for p in trainable:
                p -= learning_rate * p.grad
    return losses


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    criterion = torch.nn.BCELoss(reduction="mean")
    criterion(model(X), Y).backward()
    sizes_ = []
    for _, layer in model.named_modules():
        if isinstance(layer, torch.nn.Linear):
            g = layer.weight.grad
            sizes_.append((g.abs().sum() / g.numel()).item())
    return sizes_
