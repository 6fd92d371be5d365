# TP3 : retropropagation avec ReLU
import numpy as np
import torch


# --- partie 1 : la regle de la chaine -----------------------------------------
def chain_rule(x):
    u = 2*x + 1                # fonction interieure
    f = u**3                   # fonction exterieure
    derivee_u = 2
    derivee_f = 3*u**2
    return dict(f=f, u=u, du_dx=derivee_u, df_du=derivee_f, df_dx=derivee_f*derivee_u)


def computational_graph(w, x, b):
    a = w*x
    z = a + b
    sortie = z**2
    g = {}
    g['a'], g['z'], g['L'] = a, z, sortie
    g['dL_dz'] = 2*z
    g['dL_da'] = g['dL_dz']*1
    g['dL_db'] = g['dL_dz']*1
    g['dL_dw'] = g['dL_da']*x
    g['dL_dx'] = g['dL_da']*w
    return g


def single_neuron(x, w, b, y):
    z = np.sum(np.multiply(w, x)) + b
    a = 1/(1 + np.exp(-z))
    cout = (y - a)**2/2
    dL_da = -(y - a)
    da_dz = np.exp(-z)/(1 + np.exp(-z))**2
    dL_dz = dL_da*da_dz
    dL_dw = dL_dz*np.asarray(x)
    return dict(z=z, a=a, L=cout, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dw, dL_db=dL_dz)


# --- partie 2 : le reseau ------------------------------------------------------
class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        petit = 0.1
        self.W1 = petit*np.random.standard_normal((hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = petit*np.random.standard_normal((output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.where(np.asarray(Z) < 0, 0, Z)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) <= 0, 0.0, 1.0)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        t = np.exp(-np.abs(Z))
        return np.where(Z < 0, t, 1.0)/(1.0 + t)

    def sigmoid_derivative(self, Z):
        t = np.exp(-np.abs(np.asarray(Z, dtype=float)))     # la derivee est paire
        return t/(1.0 + t)**2

    def forward(self, X):
        cache = {'X': X}
        cache['Z1'] = self.W1.dot(X) + self.b1
        cache['A1'] = self.relu(cache['Z1'])
        cache['Z2'] = self.W2.dot(cache['A1']) + self.b2
        cache['A2'] = self.sigmoid(cache['Z2'])
        return cache['A2'], cache

    def compute_loss(self, Y, A2):
        P = np.clip(A2, 1e-12, 1 - 1e-12)
        m = P.shape[1]
        return -(np.sum(Y*np.log(P)) + np.sum((1 - Y)*np.log(1 - P)))/m

    def backward(self, Y, cache):
        m = Y.shape[1]
        # couche de sortie : sigmoide et entropie croisee se simplifient
        ecart2 = cache['A2'] - Y
        gW2 = ecart2.dot(cache['A1'].T)/m
        gb2 = ecart2.sum(axis=1).reshape(-1, 1)/m
        # couche cachee
        ecart1 = self.W2.T.dot(ecart2)*self.relu_derivative(cache['Z1'])
        gW1 = ecart1.dot(cache['X'].T)/m
        gb1 = ecart1.sum(axis=1).reshape(-1, 1)/m
        return {'dW1': gW1, 'db1': gb1, 'dW2': gW2, 'db2': gb2}

    def update_parameters(self, gradients):
        pas = self.learning_rate
        self.W1 = self.W1 - pas*gradients['dW1']
        self.b1 = self.b1 - pas*gradients['db1']
        self.W2 = self.W2 - pas*gradients['dW2']
        self.b2 = self.b2 - pas*gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        couts = []
        for k in range(num_iterations):
            sortie, cache = self.forward(X)
            couts.append(self.compute_loss(Y, sortie))
            if k % print_every == 0:
                print('iteration %d : cout %.5f' % (k, couts[k]))
            self.update_parameters(self.backward(Y, cache))
        return couts

    def predict(self, X):
        sortie, _ = self.forward(X)
        return 1*(sortie > 0.5)


# --- partie 3 : verification ----------------------------------------------------
def pente(nn, X, Y, nom, position, h):
    """Pente du cout par difference centree."""
    garde = getattr(nn, nom)
    essai = np.array(garde, dtype=float)
    setattr(nn, nom, essai)
    essai.flat[position] = garde.flat[position] + h
    haut = nn.compute_loss(Y, nn.forward(X)[0])
    essai.flat[position] = garde.flat[position] - h
    bas = nn.compute_loss(Y, nn.forward(X)[0])
    setattr(nn, nom, garde)
    return (haut - bas)/(2*h)


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    bilan = {}
    for nom in ('W1', 'b1', 'W2', 'b2'):
        taille = getattr(nn, nom).size
        tirage = np.random.default_rng(1).permutation(taille)[:10]
        calcule = np.array([gradients['d' + nom].flat[p] for p in tirage])
        mesure = np.array([pente(nn, X, Y, nom, p, epsilon) for p in tirage])
        # ecart relatif entre le gradient calcule et le gradient mesure
        norme_calcule = np.linalg.norm(calcule)
        norme_mesure = np.linalg.norm(mesure)
        ecart = abs(norme_calcule - norme_mesure)
        somme = norme_calcule + norme_mesure
        bilan[nom] = ecart/somme if somme > 0 else 0.0
    return bilan


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    bilan = {}
    for nom in ('W1', 'b1', 'W2', 'b2'):
        positions = range(getattr(nn, nom).size)
        calcule = np.array([gradients['d' + nom].flat[p] for p in positions])
        mesure = np.array([pente(nn, X, Y, nom, p, epsilon) for p in positions])
        plus_grand = np.max(np.abs([calcule, mesure]))
        bilan[nom] = np.max(np.abs(calcule - mesure))/plus_grand if plus_grand > 0 else 0.0
    return bilan


# --- partie 4 : une couche de plus -----------------------------------------------
class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        petit = 0.1
        self.W1 = petit*np.random.standard_normal((hidden1_size, input_size))
        self.W2 = petit*np.random.standard_normal((hidden2_size, hidden1_size))
        self.W3 = petit*np.random.standard_normal((output_size, hidden2_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        cache = {'X': X}
        cache['Z1'] = self.W1.dot(X) + self.b1
        cache['A1'] = np.maximum(cache['Z1'], 0)
        cache['Z2'] = self.W2.dot(cache['A1']) + self.b2
        cache['A2'] = np.maximum(cache['Z2'], 0)
        cache['Z3'] = self.W3.dot(cache['A2']) + self.b3
        t = np.exp(-np.abs(cache['Z3']))
        cache['A3'] = np.where(cache['Z3'] < 0, t, 1.0)/(1.0 + t)
        return cache['A3'], cache

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-12, 1 - 1e-12)
        return -(np.sum(Y*np.log(P)) + np.sum((1 - Y)*np.log(1 - P)))/P.shape[1]

    def backward(self, Y, cache):
        m = Y.shape[1]
        ecart3 = cache['A3'] - Y
        ecart2 = self.W3.T.dot(ecart3)*(cache['Z2'] > 0)
        ecart1 = self.W2.T.dot(ecart2)*(cache['Z1'] > 0)
        g = {}
        for nom, ecart, entree in (('3', ecart3, 'A2'), ('2', ecart2, 'A1'), ('1', ecart1, 'X')):
            g['dW' + nom] = ecart.dot(cache[entree].T)/m
            g['db' + nom] = ecart.sum(axis=1).reshape(-1, 1)/m
        return g

    def update_parameters(self, gradients):
        for nom in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3'):
            setattr(self, nom, getattr(self, nom) - self.learning_rate*gradients['d' + nom])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        couts = []
        for k in range(num_iterations):
            sortie, cache = self.forward(X)
            couts.append(self.compute_loss(Y, sortie))
            if k % print_every == 0:
                print('iteration %d : cout %.5f' % (k, couts[k]))
            self.update_parameters(self.backward(Y, cache))
        return couts

    def predict(self, X):
        sortie, _ = self.forward(X)
        return 1*(sortie > 0.5)


# --- partie 5 : PyTorch -----------------------------------------------------------
def two_squares(w1, w2, x1, x2):
    # en developpant : L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return 4*w1*x1*x1, 4*w2*x2*x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(float(w1), dtype=torch.float64).requires_grad_()
    w2 = torch.tensor(float(w2), dtype=torch.float64).requires_grad_()
    L = (w1*x1 + w2*x2)**2 + (w1*x1 - w2*x2)**2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(float(x), dtype=torch.float64).requires_grad_()
    w = torch.tensor(float(w), dtype=torch.float64).requires_grad_()
    b = torch.tensor(float(b), dtype=torch.float64).requires_grad_()
    y = w*x + b
    y.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    tirage = torch.randn(*shape, generator=generator)*scale
    return tirage.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    feuilles = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
    couts = []
    for k in range(num_iterations):
        cachee = torch.relu(feuilles[0] @ X + feuilles[1])
        sortie = torch.sigmoid(feuilles[2] @ cachee + feuilles[3])
        cout = torch.mean((sortie - Y)**2)
        couts.append(cout.item())
        for f in feuilles:
            f.grad = None
        cout.backward()
        with torch.no_grad():
            for f in feuilles:
                f -= learning_rate*f.grad
    return couts


def gradient_flow(model, X, Y):
    model.zero_grad()
    cout = torch.nn.BCELoss()(model(X), Y)
    cout.backward()
    return [c.weight.grad.abs().mean().item() for c in model.modules() if isinstance(c, torch.nn.Linear)]
