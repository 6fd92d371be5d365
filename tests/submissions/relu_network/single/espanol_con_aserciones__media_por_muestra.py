# Práctica 3. Todas las dimensiones se comprueban con assert.
import numpy as np
import torch


def chain_rule(x):
    u = 2*x + 1
    assert np.isclose(u, x + x + 1)
    return {'f': u*u*u, 'u': u, 'du_dx': 2, 'df_du': 3*(u*u), 'df_dx': 2*3*(u*u)}


def computational_graph(w, x, b):
    producto = w*x
    suma = producto + b
    perdida = suma**2
    g_suma = 2*suma              # derivada del cuadrado
    g_producto = g_suma
    return {'a': producto, 'z': suma, 'L': perdida, 'dL_dz': g_suma, 'dL_da': g_producto,
            'dL_dw': g_producto*x, 'dL_dx': g_producto*w, 'dL_db': g_suma}


def single_neuron(x, w, b, y):
    assert x.shape == w.shape
    z = w.T @ x + b
    a = 1/(1 + np.exp(-z))
    g_a = -(y - a)
    local = a*(1 - a)
    g_z = g_a*local
    g_w = g_z*x
    assert g_w.shape == w.shape
    return {'z': z, 'a': a, 'L': 0.5*(y - a)**2, 'dL_da': g_a, 'da_dz': local, 'dL_dz': g_z, 'dL_db': g_z, 'dL_dw': g_w}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        assert min(input_size, hidden_size, output_size) > 0
        self.n, self.h, self.k = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(self.h, self.n)/100
        self.b1 = np.zeros((self.h, 1))
        self.W2 = np.random.randn(self.k, self.h)/100
        self.b2 = np.zeros((self.k, 1))

    def relu(self, Z):
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        return (np.asarray(Z) > 0).astype(np.float64)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=np.float64)
        return 0.5*(1 + np.tanh(0.5*Z))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s*(1 - s)

    def forward(self, X):
        m = X.shape[1]
        Z1 = self.W1 @ X + self.b1
        assert Z1.shape == (self.W1.shape[0], m)
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        assert Z2.shape == (self.W2.shape[0], m)
        A2 = self.sigmoid(Z2)
        return A2, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

    def compute_loss(self, Y, A2):
        assert Y.shape == A2.shape
        k, m = Y.shape
        A = np.clip(A2, 1e-15, 1 - 1e-15)
        return -np.sum(Y*np.log(A) + (1 - Y)*np.log(1 - A))/m

    def backward(self, Y, cache):
        k, m = Y.shape
        g2 = (cache['A2'] - Y)/m
        assert g2.shape == (k, m)
        dW2 = g2 @ cache['A1'].T
        db2 = np.sum(g2, axis=1, keepdims=True)
        g1 = (self.W2.T @ g2)*self.relu_derivative(cache['Z1'])
        dW1 = g1 @ cache['X'].T
        db1 = np.sum(g1, axis=1, keepdims=True)
        assert dW1.shape == self.W1.shape and db1.shape == self.b1.shape
        assert dW2.shape == self.W2.shape and db2.shape == self.b2.shape
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(self, gradients):
        for nombre in ['W1', 'b1', 'W2', 'b2']:
            viejo = getattr(self, nombre)
            nuevo = viejo - self.learning_rate*gradients['d' + nombre]
            assert nuevo.shape == viejo.shape
            setattr(self, nombre, nuevo)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        historia = []
        for paso in range(num_iterations):
            A2, cache = self.forward(X)
            historia.append(self.compute_loss(Y, A2))
            self.update_parameters(self.backward(Y, cache))
            if paso % print_every == 0:
                print('paso %d: pérdida %.6f' % (paso, historia[paso]))
        assert len(historia) == num_iterations
        return historia

    def predict(self, X):
        clases = (self.forward(X)[0] > 0.5).astype(int)
        assert set(np.unique(clases)) <= {0, 1}
        return clases


def derivada_numerica(red, X, Y, nombre, posicion, eps):
    original = getattr(red, nombre)
    perdidas = []
    for signo in (1, -1):
        movido = original.astype(float)
        movido[posicion] += signo*eps
        setattr(red, nombre, movido)
        perdidas.append(red.compute_loss(Y, red.forward(X)[0]))
    setattr(red, nombre, original)
    assert getattr(red, nombre) is original
    return (perdidas[0] - perdidas[1])/(2*eps)


def comparar(red, X, Y, eps, maximo):
    g = red.backward(Y, red.forward(X)[1])
    informe = {}
    for nombre in ['W1', 'b1', 'W2', 'b2']:
        posiciones = list(np.ndindex(getattr(red, nombre).shape))
        if maximo and len(posiciones) > maximo:
            elegidas = np.random.RandomState(3).choice(len(posiciones), maximo, replace=False)
            posiciones = [posiciones[e] for e in elegidas]
        exacto = np.array([g['d' + nombre][p] for p in posiciones])
        numerico = np.array([derivada_numerica(red, X, Y, nombre, p, eps) for p in posiciones])
        norma = np.linalg.norm(exacto) + np.linalg.norm(numerico)
        informe[nombre] = np.linalg.norm(exacto - numerico)/norma if norma > 0 else 0.0
    return informe


def gradient_check(nn, X, Y, epsilon=1e-05):
    return comparar(nn, X, Y, epsilon, maximo=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return comparar(nn, X, Y, epsilon, maximo=0)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = np.random.randn(output_size, hidden2_size)/100
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.relu(Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = self.sigmoid(Z3)
        assert A3.shape == (self.W3.shape[0], X.shape[1])
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def backward(self, Y, cache):
        k, m = Y.shape
        g3 = (cache['A3'] - Y)/m
        g2 = (self.W3.T @ g3)*self.relu_derivative(cache['Z2'])
        g1 = (self.W2.T @ g2)*self.relu_derivative(cache['Z1'])
        salida = {}
        for capa, g, entrada in [('1', g1, cache['X']), ('2', g2, cache['A1']), ('3', g3, cache['A2'])]:
            salida['dW' + capa] = g @ entrada.T
            salida['db' + capa] = np.sum(g, axis=1, keepdims=True)
            assert salida['dW' + capa].shape == getattr(self, 'W' + capa).shape
        return salida

    def update_parameters(self, gradients):
        super().update_parameters(gradients)
        self.W3 = self.W3 - self.learning_rate*gradients['dW3']
        self.b3 = self.b3 - self.learning_rate*gradients['db3']


def two_squares(w1, w2, x1, x2):
    mas = w1*x1 + w2*x2
    menos = w1*x1 - w2*x2
    return 2*mas*x1 + 2*menos*x1, 2*mas*x2 - 2*menos*x2


def two_squares_autograd(w1, w2, x1, x2):
    t1 = torch.tensor(w1, requires_grad=True)
    t2 = torch.tensor(w2, requires_grad=True)
    L = (t1*x1 + t2*x2)**2 + (t1*x1 - t2*x2)**2
    assert L.requires_grad
    L.backward()
    return t1.grad.item(), t2.grad.item()


def autograd_linear(x, w, b):
    tx = torch.tensor(x, requires_grad=True)
    tw = torch.tensor(w, requires_grad=True)
    tb = torch.tensor(b, requires_grad=True)
    (tw*tx + tb).backward()
    assert tb.grad.item() == 1
    return tx.grad.item(), tw.grad.item(), tb.grad.item()


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)*scale
    t.requires_grad_(True)
    assert t.is_leaf and tuple(t.shape) == tuple(shape)
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    hojas = [t.clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    assert all(t.is_leaf for t in hojas)
    k, m = Y.shape
    historia = []
    for paso in range(num_iterations):
        A1 = torch.relu(hojas[0] @ X + hojas[1])
        A2 = torch.sigmoid(hojas[2] @ A1 + hojas[3])
        perdida = torch.sum((A2 - Y)**2)/m
        historia.append(perdida.item())
        perdida.backward()
        with torch.no_grad():
            for t in hojas:
                t -= learning_rate*t.grad
                t.grad.zero_()
    assert len(historia) == num_iterations
    return historia


def gradient_flow(model, X, Y):
    model.zero_grad()
    perdida = torch.nn.functional.binary_cross_entropy(model(X), Y)
    perdida.backward()
    medias = [c.weight.grad.abs().mean().item() for c in model.modules() if isinstance(c, torch.nn.Linear)]
    assert all(v >= 0 for v in medias)
    return medias
