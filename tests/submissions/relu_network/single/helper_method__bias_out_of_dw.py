'''Tarea de retropropagacion.'''

import numpy as np
import torch


def chain_rule(x):
    u = 2 * x + 1
    du_dx = 2
    df_du = 3 * u ** 2
    return {'f': u ** 3, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_du * du_dx}


def computational_graph(w, x, b):
    '''Grafo de calculo.'''
    z = w * x + b
    up = z + z
    names = 'a z L dL_dz dL_da dL_dw dL_dx dL_db'.split()
    return dict(zip(names, [w * x, z, z * z, up, up, up * x, up * w, up]))


def single_neuron(x, w, b, y):
    sig = lambda t: 1 / (1 + np.exp(-t))
    z = (np.asarray(w) * np.asarray(x)).sum() + b
    a = sig(z)
    slope = sig(z) * sig(-z)
    g = (a - y) * slope
    return {'z': z, 'a': a, 'L': (a - y) ** 2 / 2, 'dL_da': a - y, 'da_dz': slope, 'dL_dz': g, 'dL_dw': g * np.asarray(x), 'dL_db': g}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        def small(rows, cols):
            return 0.01 * np.random.standard_normal((rows, cols))
        n, h, k = input_size, hidden_size, output_size
        self.W1, self.b1 = small(h, n), np.zeros((h, 1))
        self.W2, self.b2 = small(k, h), np.zeros((k, 1))
        self.learning_rate = learning_rate

    def _grads(self, d, inp):
        dW = d @ inp.T
        db = dW.sum(axis=1, keepdims=True)
        return dW, db

    def relu(self, Z: np.ndarray):
        '''Parte positiva.'''
        return np.fmax(Z, np.zeros_like(Z))

    def relu_derivative(self, Z: np.ndarray):
        return (Z > 0).astype(float)

    def sigmoid(self, Z: np.ndarray):
        with np.errstate(over='ignore'):
            return 1.0 / (1.0 + np.exp(-np.asarray(Z, dtype=float)))

    def sigmoid_derivative(self, Z: np.ndarray):
        '''Pendiente de la sigmoide.'''
        act = np.array(self.sigmoid(Z))
        return np.multiply(act, np.subtract(1.0, act))

    def forward(self, X: np.ndarray):
        '''Paso hacia adelante.'''
        A1 = self.relu(Z1 := (X.T @ self.W1.T + self.b1.T).T)
        A2 = self.sigmoid(Z2 := (A1.T @ self.W2.T + self.b2.T).T)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y: np.ndarray, A2: np.ndarray):
        p = np.clip(A2, 1e-14, 1 - 1e-14)
        per_sample = [-(y @ np.log(q) + (1 - y) @ np.log(1 - q)) for y, q in zip(Y.T, p.T)]
        return sum(per_sample) / len(per_sample)

    def backward(self, Y, cache):
        '''Paso hacia atras.'''
        result = {}
        d_salida = (cache['A2'] - Y) / Y.shape[1]
        result['dW2'], result['db2'] = self._grads(d_salida, cache['A1'])
        back = np.dot(self.W2.T, d_salida)
        d_oculta = np.where(cache['Z1'] > 0, back, 0.0)
        result['dW1'], result['db1'] = self._grads(d_oculta, cache['X'])
        return result

    def update_parameters(self, gradients):
        for key, value in gradients.items():
            old = getattr(self, key[1:])
            setattr(self, key[1:], old - self.learning_rate * np.asarray(value))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        historial = np.zeros(num_iterations)
        for step in range(num_iterations):
            salida, orig = self.forward(X)
            historial[step] = self.compute_loss(Y, salida)
            all_g = self.backward(Y, orig)
            self.update_parameters(all_g)
            if step % print_every == 0:
                print('step', step, 'loss', historial[step])
        return historial.tolist()

    def predict(self, X: np.ndarray):
        salida, _ = self.forward(X)
        return np.where(salida > 0.5, 1, 0)


def finite_differences(nn, X, Y, name, flat_idx, epsilon):
    original = getattr(nn, name)
    values = []
    try:
        for pos in flat_idx:
            pair = []
            for sign in (1, -1):
                changed = original.copy()
                changed.flat[pos] += sign * epsilon
                setattr(nn, name, changed)
                pair.append(nn.compute_loss(Y, nn.forward(X)[0]))
            values.append((pair[0] - pair[1]) / (2 * epsilon))
    finally:
        setattr(nn, name, original)
    return np.array(values)


def check_gradients(nn, X, Y, epsilon, limit=None):
    _, cache = nn.forward(X)
    analytic = nn.backward(Y, cache)
    answer = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        size = getattr(nn, name).size
        flat_idx = range(size) if limit is None or size <= limit else np.linspace(0, size - 1, limit).astype(int)
        n = finite_differences(nn, X, Y, name, flat_idx, epsilon)
        a = np.asarray(analytic['d' + name], dtype=float).ravel()[list(flat_idx)]
        answer[name] = np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n) + 1e-300)
    return answer


def gradient_check(nn, X, Y, epsilon=1e-05):
    return check_gradients(nn, X, Y, epsilon, limit=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return check_gradients(nn, X, Y, epsilon)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        n, h1, h2, k = input_size, hidden1_size, hidden2_size, output_size
        self.W1, self.b1 = np.random.randn(h1, n) / 10, np.zeros((h1, 1))
        self.W2, self.b2 = np.random.randn(h2, h1) / 10, np.zeros((h2, 1))
        self.W3, self.b3 = np.random.randn(k, h2) / 10, np.zeros((k, 1))

    @staticmethod
    def _squash(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1.0, e) / (1.0 + e)

    def forward(self, X):
        Z1 = np.matmul(self.W1, X) + self.b1
        A1 = np.clip(Z1, 0, None)
        Z2 = np.matmul(self.W2, A1) + self.b2
        A2 = np.clip(Z2, 0, None)
        Z3 = np.matmul(self.W3, A2) + self.b3
        A3 = self._squash(Z3)
        keys = ['X', 'Z1', 'A1', 'Z2', 'A2', 'Z3', 'A3']
        return A3, dict(zip(keys, [X, Z1, A1, Z2, A2, Z3, A3]))

    def compute_loss(self, Y, A3):
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        costo = 0.0
        for y, p in zip(np.ravel(Y), np.ravel(A3)):
            costo -= y * np.log(p) + (1 - y) * np.log(1 - p)
        return costo / np.shape(Y)[1]

    def _wb(self, d, inp):
        return np.matmul(d, inp.T), np.sum(d, axis=1, keepdims=True)

    def backward(self, Y, cache):
        g = {}
        d_final = (cache['A3'] - Y) / np.shape(Y)[1]
        g['dW3'], g['db3'] = self._wb(d_final, cache['A2'])
        d_salida = np.sign(cache['A2']) * np.matmul(self.W3.T, d_final)
        g['dW2'], g['db2'] = self._wb(d_salida, cache['A1'])
        d_oculta = np.sign(cache['A1']) * np.matmul(self.W2.T, d_salida)
        g['dW1'], g['db1'] = self._wb(d_oculta, cache['X'])
        return g

    def update_parameters(self, gradients):
        for key, value in gradients.items():
            old = getattr(self, key[1:])
            setattr(self, key[1:], old - self.learning_rate * np.asarray(value))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        '''Entrenamiento.'''
        def one_step():
            salida, cache = self.forward(X)
            costo = self.compute_loss(Y, salida)
            self.update_parameters(self.backward(Y, cache))
            return costo
        historial = []
        while len(historial) < num_iterations:
            historial.append(one_step())
            if print_every and (len(historial) - 1) % print_every == 0:
                print('%6d %.6f' % (len(historial) - 1, historial[-1]))
        return historial

    def predict(self, X):
        salida, _ = self.forward(X)
        return np.where(salida > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    p, q = w1 * x1, w2 * x2
    u = p + q
    v = p - q
    dL_dp = 2 * u + 2 * v
    dL_dq = 2 * u - 2 * v
    return dL_dp * x1, dL_dq * x2


def two_squares_autograd(w1, w2, x1, x2):
    leaf = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    p, q = leaf[0] * x1, leaf[1] * x2
    L = (p + q).pow(2) + (p - q).pow(2)
    L.backward()
    return leaf[0].grad.item(), leaf[1].grad.item()


def autograd_linear(x, w, b):
    xt = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    wt = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    bt = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    out = torch.add(torch.mul(wt, xt), bt)
    out.backward()
    return xt.grad.item(), wt.grad.item(), bt.grad.item()


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    leaves_ = [p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
    V1, c1, V2, c2 = leaves_
    historial = []
    for _ in range(num_iterations):
        salida = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)
        costo = ((salida - Y) ** 2).mean()
        historial.append(costo.item())
        for p in leaves_:
            p.grad = None
        costo.backward()
        with torch.no_grad():
            for p in leaves_:
                p -= learning_rate * p.grad
    return historial


def gradient_flow(model, X, Y):
    '''Gradiente medio por capa.'''
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [l.weight.grad.abs().mean().item() for l in model.modules() if isinstance(l, torch.nn.Linear)]


def _demo():
    X = np.random.randn(3, 6)
    Y = (X[:1] > 0).astype(float)
    net = NeuralNetworkWithBackprop(3, 5, 1, 0.1)
    print(gradient_check(net, X, Y))
    try:
        import matplotlib.pyplot as plt
        plt.plot(net.train(X, Y, 30, 10))
        plt.show()
    except ImportError:
        pass


if __name__ == '__main__':
    _demo()
