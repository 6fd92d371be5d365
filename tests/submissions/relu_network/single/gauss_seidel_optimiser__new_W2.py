"""
Structured as a control loop: plant (forward), sensor (loss), adjoint (backward), actuator (update).
"""
import numpy as np
import torch

SAT = 1e-12   # saturation limit of probabilities


def chain_rule(x):
    stage1 = 2.0 * x + 1.0
    stage2 = stage1 ** 3
    gain1 = 2.0
    gain2 = 3.0 * stage1 ** 2
    return {"f": stage2, "u": stage1, "du_dx": gain1, "df_du": gain2, "df_dx": gain2 * gain1}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    gz = 2 * z
    ga, gb = gz, gz
    gw, gx = ga * x, ga * w
    return {"a": a, "z": z, "L": z * z, "dL_dz": gz, "dL_da": ga, "dL_dw": gw, "dL_dx": gx, "dL_db": gb}


def _logistic(v):
    v = np.asarray(v, dtype=float)
    out = np.empty(v.shape)
    pos = v >= 0
    out[pos] = 1.0 / (1.0 + np.exp(-v[pos]))
    ev = np.exp(v[~pos])
    out[~pos] = ev / (1.0 + ev)
    return out


def single_neuron(x, w, b, y):
    z = float(np.dot(x, w)) + b
    a = float(_logistic(z))
    deviation = a - y
    gain = a * (1 - a)
    return {"z": z, "a": a, "L": 0.5 * deviation ** 2, "dL_da": deviation, "da_dz": gain,
            "dL_dz": deviation * gain, "dL_db": deviation * gain, "dL_dw": deviation * gain * np.array(x)}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.05, 0.05, size=(hidden_size, input_size))
        self.W2 = np.random.uniform(-0.05, 0.05, size=(output_size, hidden_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return (Z > 0) * Z

    def relu_derivative(self, Z):
        return (Z > 0) + 0.0

    def sigmoid(self, Z):
        return _logistic(Z)

    def sigmoid_derivative(self, Z):
        return _logistic(Z) * (1 - _logistic(Z))

    def forward(self, X):
        signals = {"X": X}
        signals["Z1"] = np.dot(self.W1, X) + self.b1
        signals["A1"] = self.relu(signals["Z1"])
        signals["Z2"] = np.dot(self.W2, signals["A1"]) + self.b2
        signals["A2"] = self.sigmoid(signals["Z2"])
        return signals["A2"], signals

    def compute_loss(self, Y, A2):
        limited = np.clip(A2, SAT, 1 - SAT)
        return -(np.vdot(Y, np.log(limited)) + np.vdot(1 - Y, np.log(1 - limited))) / Y.shape[1]

    def backward(self, Y, cache):
        batch = Y.shape[1]
        deviation = (cache["A2"] - Y) / batch
        dW2 = np.dot(deviation, cache["A1"].T)
        db2 = np.dot(deviation, np.ones((batch, 1)))
        # adjoint through the output stage
        W2 = self.W2 - self.learning_rate * dW2
        adjoint = np.dot(W2.T, deviation)
        adjoint = np.where(cache["Z1"] > 0, adjoint, 0.0)
        dW1 = np.dot(adjoint, cache["X"].T)
        db1 = np.dot(adjoint, np.ones((batch, 1)))
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        step = self.learning_rate
        self.W2 = self.W2 - step * gradients["dW2"]
        self.b2 = self.b2 - step * gradients["db2"]
        self.W1 = self.W1 - step * gradients["dW1"]
        self.b1 = self.b1 - step * gradients["db1"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        recorder = []
        for k in range(num_iterations):
            output, signals = self.forward(X)
            recorder.append(self.compute_loss(Y, output))
            if k % print_every == 0:
                print(f"[k={k}] J={recorder[k]:.5e}")
            self.update_parameters(self.backward(Y, signals))
        return recorder

    def predict(self, X):
        output, _ = self.forward(X)
        return (output > 0.5).astype(np.int64)


def _probe(nn, X, Y, epsilon, max_points):
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for tag in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, tag)
        points = list(np.ndindex(*P.shape))[:max_points]
        meas, pred = np.zeros(len(points)), np.zeros(len(points))
        for q, pt in enumerate(points):
            nominal = P[pt]
            P[pt] = nominal + epsilon
            J_hi = nn.compute_loss(Y, nn.forward(X)[0])
            P[pt] = nominal - epsilon
            J_lo = nn.compute_loss(Y, nn.forward(X)[0])
            P[pt] = nominal
            meas[q] = (J_hi - J_lo) / (2 * epsilon)
            pred[q] = grads["d" + tag][pt]
        ref = np.abs(meas).sum() + np.abs(pred).sum()
        report[tag] = np.abs(meas - pred).sum() / ref if ref > 0 else 0.0
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _probe(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _probe(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        u = np.random.uniform
        self.W1, self.b1 = u(-0.1, 0.1, (hidden1_size, input_size)), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = u(-0.1, 0.1, (hidden2_size, hidden1_size)), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = u(-0.1, 0.1, (output_size, hidden2_size)), np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = (Z1 > 0) * Z1
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = (Z2 > 0) * Z2
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = _logistic(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        limited = np.clip(A3, SAT, 1 - SAT)
        return -(np.vdot(Y, np.log(limited)) + np.vdot(1 - Y, np.log(1 - limited))) / Y.shape[1]

    def backward(self, Y, cache):
        batch = Y.shape[1]
        one = np.ones((batch, 1))
        s3 = (cache["A3"] - Y) / batch
        s2 = np.where(cache["Z2"] > 0, np.dot(self.W3.T, s3), 0.0)
        s1 = np.where(cache["Z1"] > 0, np.dot(self.W2.T, s2), 0.0)
        return {"dW3": np.dot(s3, cache["A2"].T), "db3": np.dot(s3, one),
                "dW2": np.dot(s2, cache["A1"].T), "db2": np.dot(s2, one),
                "dW1": np.dot(s1, cache["X"].T), "db1": np.dot(s1, one)}

    def update_parameters(self, gradients):
        for tag in ("W1", "b1", "W2", "b2", "W3", "b3"):
            vars(self)[tag] = vars(self)[tag] - self.learning_rate * gradients["d" + tag]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        recorder = []
        for k in range(num_iterations):
            output, signals = self.forward(X)
            recorder.append(self.compute_loss(Y, output))
            if k % print_every == 0:
                print(f"[k={k}] J={recorder[k]:.5e}")
            self.update_parameters(self.backward(Y, signals))
        return recorder

    def predict(self, X):
        output, _ = self.forward(X)
        return (output > 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    e_plus = w1 * x1 + w2 * x2
    e_minus = w1 * x1 - w2 * x2
    return 2 * x1 * e_plus + 2 * x1 * e_minus, 2 * x2 * e_plus - 2 * x2 * e_minus


def two_squares_autograd(w1, w2, x1, x2):
    p = torch.tensor(w1, requires_grad=True)
    q = torch.tensor(w2, requires_grad=True)
    J = torch.pow(p * x1 + q * x2, 2) + torch.pow(p * x1 - q * x2, 2)
    J.backward()
    return p.grad, q.grad


def autograd_linear(x, w, b):
    sig_x = torch.tensor(x, requires_grad=True)
    sig_w = torch.tensor(w, requires_grad=True)
    sig_b = torch.tensor(b, requires_grad=True)
    (sig_w * sig_x + sig_b).backward()
    return sig_x.grad, sig_w.grad, sig_b.grad


def leaf_parameters(shape, scale, generator):
    start = torch.randn(*shape, generator=generator) * scale
    return start.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    recorder = []
    for k in range(num_iterations):
        out = torch.sigmoid(theta[2] @ torch.relu(theta[0] @ X + theta[1]) + theta[3])
        J = torch.mean((out - Y) ** 2)
        J.backward()
        recorder.append(J.item())
        with torch.no_grad():
            for t in theta:
                t -= learning_rate * t.grad
                t.grad = None
    return recorder


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    torch.nn.BCELoss()(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
