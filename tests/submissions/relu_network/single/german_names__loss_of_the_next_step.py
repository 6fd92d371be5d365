import numpy as np
import torch

# Uebungsblatt 5 - Rueckwaertsrechnung


def chain_rule(x):
    innen = 2.0 * x + 1.0
    aussen = innen ** 3
    ableitung_innen = 2.0
    ableitung_aussen = 3.0 * innen * innen
    return dict(f=aussen, u=innen, du_dx=ableitung_innen, df_du=ableitung_aussen,
                df_dx=ableitung_aussen * ableitung_innen)


def computational_graph(w, x, b):
    produkt = w * x
    summe = produkt + b
    verlust = summe ** 2
    d_summe = 2 * summe
    return dict(a=produkt, z=summe, L=verlust, dL_dz=d_summe, dL_da=d_summe,
                dL_dw=d_summe * x, dL_dx=d_summe * w, dL_db=d_summe)


def logistisch(Z):
    # ueber tanh, das laeuft nie ueber
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(Z, dtype=np.float64))


def single_neuron(x, w, b, y):
    z = float(np.dot(w, x) + b)
    ausgang = float(logistisch(z))
    abweichung = ausgang - y
    steigung = ausgang * (1.0 - ausgang)
    fehler = abweichung * steigung
    return dict(z=z, a=ausgang, L=abweichung ** 2 / 2, dL_da=abweichung, da_dz=steigung,
                dL_dz=fehler, dL_dw=fehler * np.asarray(x), dL_db=fehler)


def kreuzentropie(soll, ist):
    winzig = 1e-12
    ist = np.clip(ist, winzig, 1.0 - winzig)
    anzahl_proben = soll.shape[1]
    treffer = soll * np.log(ist)
    rest = (1.0 - soll) * np.log(1.0 - ist)
    return float(-(treffer + rest).sum() / anzahl_proben)


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        zufall = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = 0.1 * zufall.standard_normal((hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.1 * zufall.standard_normal((output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.where(np.asarray(Z) > 0, Z, 0)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        return logistisch(Z)

    def sigmoid_derivative(self, Z):
        wert = logistisch(Z)
        return wert * (1.0 - wert)

    def forward(self, X):
        zwischen = self.W1 @ X + self.b1
        verdeckt = self.relu(zwischen)
        ende = self.W2 @ verdeckt + self.b2
        ausgabe = self.sigmoid(ende)
        speicher = {'X': X, 'Z1': zwischen, 'A1': verdeckt, 'Z2': ende, 'A2': ausgabe}
        return ausgabe, speicher

    def compute_loss(self, Y, A2):
        return kreuzentropie(Y, A2)

    def backward(self, Y, cache):
        eingabe = cache['X']
        anzahl = eingabe.shape[1]
        fehler_aussen = (cache['A2'] - Y) / anzahl
        fehler_innen = self.W2.T @ fehler_aussen
        fehler_innen = fehler_innen * self.relu_derivative(cache['Z1'])
        return {
            'dW1': fehler_innen @ eingabe.T,
            'db1': fehler_innen.sum(axis=1).reshape(-1, 1),
            'dW2': fehler_aussen @ cache['A1'].T,
            'db2': fehler_aussen.sum(axis=1).reshape(-1, 1),
        }

    def update_parameters(self, gradients):
        schritt = self.learning_rate
        self.W1 = self.W1 - schritt * gradients['dW1']
        self.b1 = self.b1 - schritt * gradients['db1']
        self.W2 = self.W2 - schritt * gradients['dW2']
        self.b2 = self.b2 - schritt * gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        runde = 0
        while runde < num_iterations:
            ausgabe, speicher = self.forward(X)
            steigungen = self.backward(Y, speicher)
            self.update_parameters(steigungen)
            verlauf.append(self.compute_loss(Y, self.forward(X)[0]))
            if runde % print_every == 0:
                print('Runde', runde, 'Verlust', verlauf[-1])
            runde += 1
        return verlauf

    def predict(self, X):
        wahrscheinlichkeit, _ = self.forward(X)
        klasse = np.zeros(wahrscheinlichkeit.shape, dtype=int)
        klasse[wahrscheinlichkeit > 0.5] = 1
        return klasse


def _abweichungen(netz, X, Y, epsilon, stellen_waehlen):
    _, speicher = netz.forward(X)
    analytisch = netz.backward(Y, speicher)

    def verlust():
        ausgabe, _ = netz.forward(X)
        return netz.compute_loss(Y, ausgabe)

    ergebnis = {}
    for name in ('W1', 'b1', 'W2', 'b2'):
        original = getattr(netz, name)
        stellen = stellen_waehlen(original.size)
        numerisch = []
        for stelle in stellen:
            verschoben = np.array(original, dtype=float)
            verschoben.flat[stelle] += epsilon
            setattr(netz, name, verschoben)
            oben = verlust()
            verschoben = np.array(original, dtype=float)
            verschoben.flat[stelle] -= epsilon
            setattr(netz, name, verschoben)
            unten = verlust()
            numerisch.append((oben - unten) / (2 * epsilon))
        setattr(netz, name, original)
        numerisch = np.array(numerisch)
        gerechnet = np.ravel(analytisch['d' + name])[stellen]
        groesse = max(np.abs(numerisch).max(), np.abs(gerechnet).max())
        unterschied = np.abs(numerisch - gerechnet).max()
        ergebnis[name] = 0.0 if groesse == 0 else float(unterschied / groesse)
    return ergebnis


def gradient_check(nn, X, Y, epsilon=1e-05):
    wuerfel = np.random.default_rng(0)
    return _abweichungen(nn, X, Y, epsilon,
                         lambda n: wuerfel.choice(n, size=min(n, 10), replace=False))


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _abweichungen(nn, X, Y, epsilon, lambda n: np.arange(n))


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        zufall = np.random.default_rng()
        self.learning_rate = learning_rate
        breiten = [input_size, hidden1_size, hidden2_size, output_size]
        for schicht in (1, 2, 3):
            form = (breiten[schicht], breiten[schicht - 1])
            setattr(self, 'W%d' % schicht, 0.1 * zufall.standard_normal(form))
            setattr(self, 'b%d' % schicht, np.zeros((breiten[schicht], 1)))

    def forward(self, X):
        s = {'X': X}
        s['Z1'] = self.W1 @ X + self.b1
        s['A1'] = np.maximum(s['Z1'], 0)
        s['Z2'] = self.W2 @ s['A1'] + self.b2
        s['A2'] = np.maximum(s['Z2'], 0)
        s['Z3'] = self.W3 @ s['A2'] + self.b3
        s['A3'] = logistisch(s['Z3'])
        return s['A3'], s

    def compute_loss(self, Y, A3):
        return kreuzentropie(Y, A3)

    def backward(self, Y, cache):
        fehler3 = (cache['A3'] - Y) / cache['X'].shape[1]
        fehler2 = (self.W3.T @ fehler3) * (cache['Z2'] > 0)
        fehler1 = (self.W2.T @ fehler2) * (cache['Z1'] > 0)
        steigungen = {}
        for nummer, fehler, davor in ((3, fehler3, 'A2'), (2, fehler2, 'A1'), (1, fehler1, 'X')):
            steigungen['dW%d' % nummer] = fehler @ cache[davor].T
            steigungen['db%d' % nummer] = fehler.sum(axis=1, keepdims=True)
        return steigungen

    def update_parameters(self, gradients):
        for name in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3'):
            alt = getattr(self, name)
            setattr(self, name, alt - self.learning_rate * gradients['d' + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for runde in range(num_iterations):
            ausgabe, speicher = self.forward(X)
            verlauf.append(self.compute_loss(Y, ausgabe))
            self.update_parameters(self.backward(Y, speicher))
            if runde % print_every == 0:
                print('Runde', runde, 'Verlust', verlauf[-1])
        return verlauf

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    return 2 * x1 * (plus + minus), 2 * x2 * (plus - minus)


def two_squares_autograd(w1, w2, x1, x2):
    gewicht1 = torch.tensor(float(w1), dtype=torch.double, requires_grad=True)
    gewicht2 = torch.tensor(float(w2), dtype=torch.double, requires_grad=True)
    plus = gewicht1 * x1 + gewicht2 * x2
    minus = gewicht1 * x1 - gewicht2 * x2
    (plus ** 2 + minus ** 2).backward()
    return gewicht1.grad.item(), gewicht2.grad.item()


def autograd_linear(x, w, b):
    eingang = torch.tensor(float(x), dtype=torch.double, requires_grad=True)
    gewicht = torch.tensor(float(w), dtype=torch.double, requires_grad=True)
    versatz = torch.tensor(float(b), dtype=torch.double, requires_grad=True)
    gerade = gewicht * eingang + versatz
    gerade.backward()
    return eingang.grad.item(), gewicht.grad.item(), versatz.grad.item()


def leaf_parameters(shape, scale, generator):
    zahlen = torch.randn(*shape, generator=generator)
    zahlen = zahlen * scale
    return zahlen.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    blaetter = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
    verlauf = []
    for _ in range(num_iterations):
        g1, v1, g2, v2 = blaetter
        verdeckt = torch.clamp(g1 @ X + v1, min=0)
        ausgabe = torch.sigmoid(g2 @ verdeckt + v2)
        verlust = ((ausgabe - Y) ** 2).mean()
        verlauf.append(verlust.item())
        steigungen = torch.autograd.grad(verlust, blaetter)
        with torch.no_grad():
            for blatt, steigung in zip(blaetter, steigungen):
                blatt -= learning_rate * steigung
    return verlauf


def gradient_flow(model, X, Y):
    schichten = [teil for teil in model.modules() if isinstance(teil, torch.nn.Linear)]
    wahrscheinlichkeit = model(X)
    verlust = torch.nn.functional.binary_cross_entropy(wahrscheinlichkeit, Y)
    steigungen = torch.autograd.grad(verlust, [schicht.weight for schicht in schichten])
    return [float(steigung.abs().mean()) for steigung in steigungen]
