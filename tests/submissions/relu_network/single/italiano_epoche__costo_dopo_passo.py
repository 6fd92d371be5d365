import numpy as np
import torch


def chain_rule(x):
    u = 2*x + 1
    f = u**3
    du_dx, df_du = 2, 3*u**2
    df_dx = df_du*du_dx
    return {nome: valore for nome, valore in locals().items() if nome != "x"}


def computational_graph(w, x, b):
    a = w*x
    z = a + b
    L = z**2
    dL_dz = 2*z
    dL_da = dL_db = dL_dz
    dL_dw, dL_dx = dL_da*x, dL_da*w
    ris = locals()
    return {nome: ris[nome] for nome in ("a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db")}


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = 1/(1 + np.exp(-z))
    L = 0.5*np.square(y - a)
    dL_da = a - y
    da_dz = a - a**2
    dL_dz = dL_da*da_dz
    dL_dw, dL_db = np.multiply(x, dL_dz), dL_dz
    ris = locals()
    return {nome: ris[nome] for nome in ("z", "a", "L", "dL_da", "da_dz", "dL_dz", "dL_dw", "dL_db")}


class _Base:
    """Le parti comuni delle due reti."""

    ultimo = None

    def _inizia(self, *dimensioni):
        self.ultimo = len(dimensioni) - 1
        for strato, (prima, dopo) in enumerate(zip(dimensioni[:-1], dimensioni[1:]), 1):
            setattr(self, f"W{strato}", np.random.randn(dopo, prima)*np.sqrt(1/prima)*0.5)
            setattr(self, f"b{strato}", np.zeros((dopo, 1)))

    def forward(self, X):
        memoria, attivazione = {"X": X}, X
        for strato in range(1, self.ultimo + 1):
            somma = getattr(self, f"W{strato}")@attivazione + getattr(self, f"b{strato}")
            attivazione = np.maximum(0, somma) if strato < self.ultimo else _sigmoide(somma)
            memoria[f"Z{strato}"], memoria[f"A{strato}"] = somma, attivazione
        return attivazione, memoria

    def _costo(self, Y, uscita):
        p = uscita.clip(1e-12, 1 - 1e-12)
        return float(np.sum(-Y*np.log(p) - (1 - Y)*np.log(1 - p))/Y.shape[1])

    def backward(self, Y, cache):
        gradienti = {}
        errore = (cache[f"A{self.ultimo}"] - Y)/Y.shape[1]
        for strato in range(self.ultimo, 0, -1):
            ingresso = cache[f"A{strato - 1}"] if strato > 1 else cache["X"]
            gradienti[f"dW{strato}"] = errore@ingresso.T
            gradienti[f"db{strato}"] = errore.sum(axis=1, keepdims=True)
            if strato > 1:
                errore = (getattr(self, f"W{strato}").T@errore)*(cache[f"Z{strato - 1}"] > 0)
        return gradienti

    def update_parameters(self, gradients):
        for strato in range(1, self.ultimo + 1):
            for lettera in "Wb":
                nome = f"{lettera}{strato}"
                setattr(self, nome, getattr(self, nome) - self.learning_rate*gradients["d" + nome])

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def _sigmoide(z):
    z = np.clip(np.asarray(z, dtype=float), -600, 600)
    return 1/(1 + np.exp(-z))


class NeuralNetworkWithBackprop(_Base):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self._inizia(input_size, hidden_size, output_size)

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) > 0, 1., 0.)

    def sigmoid(self, Z):
        return _sigmoide(Z)

    def sigmoid_derivative(self, Z):
        s = _sigmoide(Z)
        return s*(1 - s)

    def compute_loss(self, Y, A2):
        return self._costo(Y, A2)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        storia = []
        for epoca in range(num_iterations):
            uscita, memoria = self.forward(X)
            gradienti = self.backward(Y, memoria)
            self.update_parameters(gradienti)
            costo = self.compute_loss(Y, self.forward(X)[0])
            storia.append(costo)
            if epoca % print_every == 0:
                print(f"epoca {epoca:5d}   costo {costo:.6f}")
        return storia


class ThreeLayerNetwork(_Base):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self._inizia(input_size, hidden1_size, hidden2_size, output_size)

    def compute_loss(self, Y, A3):
        return self._costo(Y, A3)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        storia = []
        for epoca in range(num_iterations):
            uscita, memoria = self.forward(X)
            storia.append(self.compute_loss(Y, uscita))
            if epoca % print_every == 0:
                print(f"epoca {epoca:5d}   costo {storia[-1]:.6f}")
            self.update_parameters(self.backward(Y, memoria))
        return storia


def _confronto(rete, X, Y, h, quanti):
    gradienti = rete.backward(Y, rete.forward(X)[1])
    esito = {}
    for nome in ("W1", "b1", "W2", "b2"):
        vecchio = getattr(rete, nome)
        scelti = np.arange(vecchio.size)
        if quanti is not None:
            np.random.default_rng(5).shuffle(scelti)
            scelti = scelti[:quanti]
        stimati = np.empty(len(scelti))
        for posto, indice in enumerate(scelti):
            spostato = vecchio.astype(float).ravel()
            centro = spostato[indice]
            spostato[indice] = centro + h
            setattr(rete, nome, spostato.reshape(vecchio.shape))
            sopra = rete.compute_loss(Y, rete.forward(X)[0])
            spostato[indice] = centro - h
            setattr(rete, nome, spostato.reshape(vecchio.shape))
            sotto = rete.compute_loss(Y, rete.forward(X)[0])
            stimati[posto] = (sopra - sotto)/(2*h)
        setattr(rete, nome, vecchio)
        esatti = np.ravel(gradienti["d" + nome])[scelti]
        misura = np.linalg.norm(esatti) + np.linalg.norm(stimati)
        esito[nome] = 0.0 if misura == 0 else np.linalg.norm(esatti - stimati)/misura
    return esito


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _confronto(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _confronto(nn, X, Y, epsilon, None)


def two_squares(w1, w2, x1, x2):
    somma, differenza = w1*x1 + w2*x2, w1*x1 - w2*x2
    return 2*x1*somma + 2*x1*differenza, 2*x2*somma - 2*x2*differenza


def two_squares_autograd(w1, w2, x1, x2):
    pesi = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    termini = pesi*torch.tensor([x1, x2], dtype=torch.float64)
    costo = termini.sum()**2 + (termini[0] - termini[1])**2
    costo.backward()
    return tuple(pesi.grad)


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    (t[1]*t[0] + t[2]).backward()
    return tuple(t.grad)


def leaf_parameters(shape, scale, generator):
    valori = torch.randn(*shape, generator=generator)*scale
    return valori.clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    foglie = [p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
    ottimizzatore = torch.optim.SGD(foglie, lr=learning_rate)
    storia = []
    for epoca in range(num_iterations):
        uscita = torch.sigmoid(foglie[2]@(foglie[0]@X + foglie[1]).relu() + foglie[3])
        costo = ((uscita - Y)**2).mean()
        ottimizzatore.zero_grad()
        costo.backward()
        ottimizzatore.step()
        storia.append(costo.item())     # calcolato prima del passo
    return storia


def gradient_flow(model, X, Y):
    strati = [s for s in model.modules() if isinstance(s, torch.nn.Linear)]
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [float(s.weight.grad.abs().mean()) for s in strati]
