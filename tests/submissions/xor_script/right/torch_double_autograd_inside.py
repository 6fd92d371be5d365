# Autograd does the chain rule for me. float64 so that nothing is lost on the way.
import numpy as np
import torch

torch.set_num_threads(1)


def sigmoid(x):
    return torch.sigmoid(torch.as_tensor(np.asarray(x, dtype=np.float64))).numpy()


def sigmoid_derivative(a):
    t = torch.as_tensor(np.asarray(a, dtype=np.float64))
    return torch.mul(t, 1 - t).numpy()


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    inp, target = (torch.tensor(np.asarray(q, dtype=np.float64)) for q in (X, y))
    params = [torch.tensor(np.asarray(q, dtype=np.float64), requires_grad=True) for q in (W1, b1, W2, b2)]
    record = []
    for it in range(iterations):
        w1, c1, w2, c2 = params
        out = torch.sigmoid(torch.addmm(c2, torch.sigmoid(torch.addmm(c1, inp, w1)), w2))
        sq = (out - target).pow(2)
        if it % 1000 == 0:
            record.append(sq.mean().item())
        grads = torch.autograd.grad(sq.sum() / 2, params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p.sub_(g, alpha=learning_rate)
    return tuple(p.detach().numpy() for p in params) + (record,)


np.random.seed(1)
start = [np.random.rand(*s) for s in [(3, 4), (1, 4), (4, 1), (1, 1)]]
X = np.array([[0., 0., 1.], [1., 0., 1.], [0., 1., 1.], [1., 1., 1.]])
y = np.array([0., 1., 1., 0.]).reshape(-1, 1)
W1, b1, W2, b2, losses = train(X, y, *start, learning_rate=0.1, iterations=10000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
