import numpy as np;
import torch;

# Uebungsblatt Backpropagation. Semikolons aus Gewohnheit (C).


def sigma(z):
    z = np.clip(z, -709, 709);
    return 1.0 / (1.0 + np.exp(-z));


def sigma_strich(z):
    s = sigma(z);
    return s * (1.0 - s);


def chain_rule(x):
    innen = 2 * x + 1;
    aussen = innen ** 3;
    ableitung_innen = 2;
    ableitung_aussen = 3 * innen ** 2;
    return {'f': aussen, 'u': innen, 'du_dx': ableitung_innen,
            'df_du': ableitung_aussen, 'df_dx': ableitung_aussen * ableitung_innen};


def computational_graph(w, x, b):
    # vorwaerts
    a = w * x;
    z = a + b;
    L = z * z;
    # rueckwaerts
    nach_z = 2 * z;
    nach_a = nach_z;
    nach_b = nach_z;
    nach_w = nach_a * x;
    nach_x = nach_a * w;
    return {'a': a, 'z': z, 'L': L, 'dL_dz': nach_z, 'dL_da': nach_a,
            'dL_dw': nach_w, 'dL_dx': nach_x, 'dL_db': nach_b};


def single_neuron(x, w, b, y):
    netz = 0.0;
    for gewicht, eingang in zip(w, x):
        netz += gewicht * eingang;
    netz += b;
    ausgang = sigma(netz);
    fehler = 0.5 * (y - ausgang) ** 2;
    nach_ausgang = ausgang - y;
    steigung = sigma_strich(ausgang);
    nach_netz = nach_ausgang * steigung;
    nach_w = np.array([nach_netz * eingang for eingang in x]);
    return {'z': netz, 'a': ausgang, 'L': fehler, 'dL_da': nach_ausgang, 'da_dz': steigung,
            'dL_dz': nach_netz, 'dL_db': nach_netz, 'dL_dw': nach_w};


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate;
        self.W1 = np.random.uniform(-0.1, 0.1, (hidden_size, input_size));
        self.b1 = np.zeros((hidden_size, 1));
        self.W2 = np.random.uniform(-0.1, 0.1, (output_size, hidden_size));
        self.b2 = np.zeros((output_size, 1));

    def relu(self, Z):
        Z = np.asarray(Z);
        return (Z + np.abs(Z)) / 2;

    def relu_derivative(self, Z):
        ergebnis = np.zeros(np.shape(Z));
        ergebnis[np.asarray(Z) > 0] = 1.0;
        return ergebnis;

    def sigmoid(self, Z):
        return sigma(Z);

    def sigmoid_derivative(self, Z):
        return sigma_strich(Z);

    def forward(self, X):
        netz_v = np.matmul(self.W1, X) + self.b1;
        ausgang_v = self.relu(netz_v);
        netz_a = np.matmul(self.W2, ausgang_v) + self.b2;
        ausgang_a = self.sigmoid(netz_a);
        return ausgang_a, {'X': X, 'Z1': netz_v, 'A1': ausgang_v, 'Z2': netz_a, 'A2': ausgang_a};

    def compute_loss(self, Y, A2):
        winzig = 1e-13;
        p = np.maximum(winzig, np.minimum(1 - winzig, A2));
        summe = np.sum(Y * np.log(p)) + np.sum((1 - Y) * np.log(1 - p));
        anzahl = Y.shape[1];
        return -summe / anzahl;

    def backward(self, Y, cache):
        anzahl = Y.shape[1];
        fehler_a = (cache['A2'] - Y) / anzahl;
        fehler_v = np.matmul(self.W2.T, fehler_a);
        fehler_v[cache['Z1'] <= 0] = 0.0;
        eins = np.ones((anzahl, 1));
        return {'dW1': np.matmul(fehler_v, cache['X'].T), 'db1': np.matmul(fehler_v, eins),
                'dW2': np.matmul(fehler_a, cache['A1'].T), 'db2': np.matmul(fehler_a, eins)};

    def update_parameters(self, gradients):
        eta = self.learning_rate;
        self.W1 = self.W1 - eta * gradients['dW1'];
        self.W2 = self.W2 - eta * gradients['dW2'];
        self.b1 = self.b1 - eta * gradients['db1'];
        self.b2 = self.b2 - eta * gradients['db2'];

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = [];
        for schritt in range(num_iterations):
            ausgabe, cache = self.forward(X);
            kosten = self.compute_loss(Y, ausgabe);
            verlauf.append(kosten);
            if schritt % print_every == 0:
                print('Schritt', schritt, 'Kosten', kosten);
            self.update_parameters(self.backward(Y, cache));
        return verlauf;

    def predict(self, X):
        ausgabe, _ = self.forward(X);
        return (ausgabe > 0.5).astype(int);


def kosten_bei(nn, X, Y):
    return nn.compute_loss(Y, nn.forward(X)[0]);


def abweichung(nn, X, Y, h, name, stellen, gradient):
    alt = getattr(nn, name);
    analytisch = [];
    numerisch = [];
    for (r, s) in stellen:
        kosten = [0.0, 0.0];
        for k in range(2):
            neu = alt * 1.0;
            neu[r, s] += h if k == 0 else -h;
            setattr(nn, name, neu);
            kosten[k] = kosten_bei(nn, X, Y);
        setattr(nn, name, alt);
        analytisch.append(gradient[r, s]);
        numerisch.append((kosten[0] - kosten[1]) / (2 * h));
    analytisch = np.array(analytisch);
    numerisch = np.array(numerisch);
    groesse = np.linalg.norm(analytisch) + np.linalg.norm(numerisch);
    if groesse == 0:
        return 0.0;
    return np.linalg.norm(analytisch - numerisch) / groesse;


def alle_stellen(feld):
    return [(r, s) for r in range(feld.shape[0]) for s in range(feld.shape[1])];


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradienten = nn.backward(Y, nn.forward(X)[1]);
    antwort = {};
    for name in ['W1', 'b1', 'W2', 'b2']:
        stellen = alle_stellen(getattr(nn, name));
        np.random.default_rng(3).shuffle(stellen);
        antwort[name] = abweichung(nn, X, Y, epsilon, name, stellen[:10], gradienten['d' + name]);
    return antwort;


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradienten = nn.backward(Y, nn.forward(X)[1]);
    antwort = {};
    for name in ['W1', 'b1', 'W2', 'b2']:
        stellen = alle_stellen(getattr(nn, name));
        antwort[name] = abweichung(nn, X, Y, epsilon, name, stellen, gradienten['d' + name]);
    return antwort;


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate;
        self.W1 = np.random.uniform(-0.1, 0.1, (hidden1_size, input_size));
        self.b1 = np.zeros((hidden1_size, 1));
        self.W2 = np.random.uniform(-0.1, 0.1, (hidden2_size, hidden1_size));
        self.b2 = np.zeros((hidden2_size, 1));
        self.W3 = np.random.uniform(-0.1, 0.1, (output_size, hidden2_size));
        self.b3 = np.zeros((output_size, 1));

    def forward(self, X):
        Z1 = np.matmul(self.W1, X) + self.b1;
        A1 = np.maximum(0.0, Z1);
        Z2 = np.matmul(self.W2, A1) + self.b2;
        A2 = np.maximum(0.0, Z2);
        Z3 = np.matmul(self.W3, A2) + self.b3;
        A3 = sigma(Z3);
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3};

    def compute_loss(self, Y, A3):
        winzig = 1e-13;
        p = np.maximum(winzig, np.minimum(1 - winzig, A3));
        summe = np.sum(Y * np.log(p)) + np.sum((1 - Y) * np.log(1 - p));
        return -summe / Y.shape[1];

    def backward(self, Y, cache):
        fehler3 = (cache['A3'] - Y) / Y.shape[1];
        fehler2 = np.matmul(self.W3.T, fehler3);
        fehler2[cache['Z2'] <= 0] = 0.0;
        fehler1 = np.matmul(self.W2.T, fehler2);
        fehler1[cache['Z1'] <= 0] = 0.0;
        eins = np.ones((Y.shape[1], 1));
        return {'dW1': np.matmul(fehler1, cache['X'].T), 'db1': np.matmul(fehler1, eins),
                'dW2': np.matmul(fehler2, cache['A1'].T), 'db2': np.matmul(fehler2, eins),
                'dW3': np.matmul(fehler3, cache['A2'].T), 'db3': np.matmul(fehler3, eins)};

    def update_parameters(self, gradients):
        for n in ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']:
            self.__dict__[n] = self.__dict__[n] - self.learning_rate * gradients['d' + n];

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = [];
        for schritt in range(num_iterations):
            ausgabe, cache = self.forward(X);
            verlauf.append(self.compute_loss(Y, ausgabe));
            if schritt % print_every == 0:
                print('Schritt', schritt, 'Kosten', verlauf[-1]);
            self.update_parameters(self.backward(Y, cache));
        return verlauf;

    def predict(self, X):
        ausgabe, _ = self.forward(X);
        return (ausgabe > 0.5).astype(int);


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2;
    minus = w1 * x1 - w2 * x2;
    return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2;


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True);
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True);
    plus = w1 * x1 + w2 * x2;
    minus = w1 * x1 - w2 * x2;
    (plus ** 2 + minus ** 2).backward();
    return w1.grad, w2.grad;


def autograd_linear(x, w, b):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True);
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True);
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True);
    (w * x + b).backward();
    return x.grad, w.grad, b.grad;


def leaf_parameters(shape, scale, generator):
    zufall = torch.randn(*shape, generator=generator) * scale;
    zufall.requires_grad_();
    return zufall;


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parameter = [];
    for p in (W1, b1, W2, b2):
        q = p.clone();
        q.requires_grad = True;
        parameter.append(q);
    W1, b1, W2, b2 = parameter;
    verlauf = [];
    for schritt in range(num_iterations):
        ausgabe = torch.sigmoid(torch.matmul(W2, torch.relu(torch.matmul(W1, X) + b1)) + b2);
        kosten = torch.mean((ausgabe - Y) ** 2);
        verlauf.append(kosten.item());
        kosten.backward();
        with torch.no_grad():
            for p in parameter:
                p -= learning_rate * p.grad;
                p.grad = None;
    return verlauf;


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None;
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward();
    antwort = [];
    for schicht in model.modules():
        if type(schicht) is torch.nn.Linear:
            antwort.append(schicht.weight.grad.abs().mean().item());
    return antwort;
