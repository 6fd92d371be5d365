# XOR, meine Version: ein kleines "Vektorpaket" für alle Parameter zugleich (Pack),
# damit der Schritt so aussieht wie auf der Tafel:  theta = theta - eta * grad
import contextlib
import functools
import numpy as np


def sigmoid(x):
    match x:
        case int() | float():
            return 0.0 if x < -700 else float(1 / (1 + np.exp(-x)))
        case _:
            v = np.array(x, dtype=float)
            groß = np.full_like(v, np.inf)            # dort ist das Ergebnis 0
            return 1 / (1 + np.exp(-v, where=v > -700.0, out=groß))


@functools.partial(np.vectorize, otypes=[float])
def _parabel(s):
    return s * (1 - s)


def sigmoid_derivative(a):
    if np.size(a) == 0:
        return np.zeros(np.shape(a))
    return _parabel(a)[()]


class Pack(tuple):
    """Tupel von Arrays, mit dem man rechnen kann"""
    def __sub__(self, other):
        return Pack(p - q for p, q in zip(self, other))

    def __rmul__(self, c):
        return Pack(c * p for p in self)


class Protokoll(list):
    takt = 1000

    def __call__(self, nr, wert):
        if nr % self.takt == 0:
            self.append(float(wert))


def vorwaerts(eingabe, theta):
    """alle Schichten rekursiv: [Eingabe, versteckt, Ausgabe]"""
    match theta:
        case ():
            return [eingabe]
        case (W, b, *rest):
            return [eingabe, *vorwaerts(sigmoid(eingabe @ W + b), tuple(rest))]


def rueckwaerts(schichten, theta, dL):
    """Gradient von hinten nach vorn; dL gehört zum Ausgang der letzten Schicht"""
    if not theta:
        return Pack()
    *davor, unten, oben = schichten
    *vorige, W, b = theta
    dz = dL * oben * (1.0 - oben)
    hier = (unten.T @ dz, np.add.reduce(dz, axis=0, keepdims=True))
    return Pack((*rueckwaerts([*davor, unten], tuple(vorige), dz @ W.T), *hier))


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    theta, losses = Pack((W1, b1, W2, b2)), Protokoll()
    for nr in range(iterations):
        schichten = vorwaerts(X, theta)
        fehler = schichten[-1] - y
        losses(nr, np.vdot(fehler, fehler) / fehler.size)
        theta = theta - learning_rate * rueckwaerts(schichten, theta, fehler)
    return tuple(theta) + (list(losses),)


with contextlib.suppress(KeyboardInterrupt):
    np.random.seed(1)
    start = [np.random.rand(*form) for form in ((3, 4), (1, 4), (4, 1), (1, 1))]
    X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], float)
    y = np.array([0., 1, 1, 0])[:, None]
    W1, b1, W2, b2, losses = train(X, y, *start, learning_rate=.1, iterations=10 ** 4)
    output_layer_output = vorwaerts(X, (W1, b1, W2, b2))[-1]
    print(*(f"{l:.4f}" for l in losses))
