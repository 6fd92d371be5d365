# Reflection: gradient descent only ever sees the slope where it stands, yet it finds the way round two spirals.
# Open question: how would one choose the learning rate without trying?
import numpy as np
import torch

F64 = torch.float64
TWO_PI = 2 * np.pi


def _t(v):
    return torch.as_tensor(np.asarray(v), dtype=F64)


def sigmoid(x):
    out = torch.sigmoid(_t(x)).numpy()
    return float(out) if out.ndim == 0 else out


def sigmoid_derivative(x):
    s = torch.sigmoid(_t(x))
    return (s - s * s).numpy()[()]


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    z2 = w2 * sigmoid(z1) + b2
    return {"z1": z1, "a1": sigmoid(z1), "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    v = manual_forward(x, w1, b1, w2, b2)
    residual = v["a2"] - y
    slope2, slope1 = (float(sigmoid_derivative(v[k])) for k in ("z2", "z1"))
    up2 = residual * slope2
    up1 = up2 * w2 * slope1
    return {"dL_da2": residual, "da2_dz2": slope2, "dL_dz2": up2, "dL_dw2": up2 * v["a1"], "dL_db2": up2,
            "dL_da1": up2 * w2, "da1_dz1": slope1, "dL_dz1": up1, "dL_dw1": up1 * x, "dL_db1": up1}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    step = lambda p, name: p - learning_rate * g[f"dL_d{name}"]
    return step(w1, "w1"), step(b1, "b1"), step(w2, "w2"), step(b2, "b2")


class NeuralNetwork:
    NAMES = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        W1, b1, W2, b2 = (_t(getattr(self, n)) for n in self.NAMES)
        self._hid = torch.sigmoid(torch.addmm(b1, _t(X), W1))
        self._out = torch.sigmoid(torch.addmm(b2, self._hid, W2))
        return self._out.numpy()

    def backward(self, X, y):
        target = _t(y)
        d_out = (self._out - target).mul_(self._out * (1 - self._out)).mul_(2.0 / target.numel())
        d_hid = torch.mm(d_out, _t(self.W2).t()) * self._hid * (1 - self._hid)
        self.gradients = {"dW1": torch.mm(_t(X).t(), d_hid).numpy(),
                          "db1": d_hid.sum(dim=0, keepdim=True).numpy(),
                          "dW2": torch.mm(self._hid.t(), d_out).numpy(),
                          "db2": d_out.sum(dim=0, keepdim=True).numpy()}
        return self.gradients

    def update_weights(self):
        for n in self.NAMES:
            setattr(self, n, getattr(self, n) - self.learning_rate * self.gradients["d" + n])

    def compute_loss(self, y_true, y_pred):
        return torch.nn.functional.mse_loss(_t(y_pred), _t(y_true)).item()

    def train_step(self, X, y):
        before = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return before


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
    y = np.array([[0.], [1.], [1.], [0.]])
    net = NeuralNetwork(2, 8, 1, learning_rate=5)
    history = []
    while len(history) < 3000:
        history.append(net.train_step(X, y))
    return net, history


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    theta = torch.linspace(0, 4 * np.pi, half, dtype=F64)
    arms = torch.stack([torch.polar(theta / TWO_PI, theta), torch.polar(theta / TWO_PI, theta + np.pi)])
    pts = torch.view_as_real(arms).reshape(-1, 2).numpy()
    return pts + noise * np.random.randn(*pts.shape), np.repeat(np.eye(2)[1], half)[:, None]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=5)
    net.W1 = net.W1 * 3
    for e in range(8000):
        net.train_step(X, y)
        if e % 250 == 249 and ((net.forward(X) > 0.5) == (y > 0.5)).mean() > 0.957:
            return net
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def one(h, lr):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
        losses = [net.train_step(X, y) for _ in range(epochs)]
        return {"hidden_size": h, "learning_rate": lr, "final_loss": losses[-1]}

    return [one(h, lr) for h in hidden_sizes for lr in learning_rates]
