# Uebung Backpropagation
import numpy as np
import torch


def chain_rule(x):
    # step 1: the inner function
    u = (2 * x) + 1
    # step 2: the outer function
    f = u * u * u
    # step 3: derivative of the inner function is always 2
    du_dx = 2
    # step 4: derivative of the outer function
    df_du = 3 * (u ** 2)
    # step 5: multiply them!!
    df_dx = du_dx * df_du
    result = {}
    result["f"] = f
    result["u"] = u
    result["du_dx"] = du_dx
    result["df_du"] = df_du
    result["df_dx"] = df_dx
    return result


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    dL_dz = 2 * z
    dz_da = 1
    dz_db = 1
    da_dw = x
    da_dx = w
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
    dL_dw = dL_da * da_dw
    dL_dx = dL_da * da_dx
    result = {}
    result["a"] = a
    result["z"] = z
    result["L"] = L
    result["dL_dz"] = dL_dz
    result["dL_da"] = dL_da
    result["dL_dw"] = dL_dw
    result["dL_dx"] = dL_dx
    result["dL_db"] = dL_db
    return result


def single_neuron(x, w, b, y):
    # weighted sum
    z = 0.0
    for i in range(len(x)):
        z = z + w[i] * x[i]
    z = z + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dz_dw = x
    dL_dw = dL_dz * dz_dw
    dL_db = dL_dz
    result = {"z": z, "a": a, "L": L}
    result["dL_da"] = dL_da
    result["da_dz"] = da_dz
    result["dL_dz"] = dL_dz
    result["dL_dw"] = dL_dw
    result["dL_db"] = dL_db
    return result


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        # Gewichte klein und zufaellig
        self.W1 = np.random.normal(0, 0.1, (hidden_size, input_size))
        self.W2 = np.random.normal(0, 0.1, (output_size, hidden_size))
        # Biase null
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        ergebnis = np.copy(Z)
        ergebnis[ergebnis < 0] = 0
        return ergebnis

    def relu_derivative(self, Z):
        ergebnis = np.zeros(Z.shape)
        ergebnis[Z > 0] = 1
        return ergebnis

    def sigmoid(self, Z):
        # begrenzen, damit exp nicht ueberlaeuft
        Z = np.clip(Z, -700, 700)
        ergebnis = 1 / (1 + np.exp(-Z))
        return ergebnis

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        ableitung = s * (1 - s)
        return ableitung

    def forward(self, X):
        # Schicht 1
        Z1 = np.dot(self.W1, X)
        Z1 = Z1 + self.b1
        A1 = self.relu(Z1)
        # Schicht 2
        Z2 = np.dot(self.W2, A1)
        Z2 = Z2 + self.b2
        A2 = self.sigmoid(Z2)
        # alles merken
        cache = {}
        cache["X"] = X
        cache["Z1"] = Z1
        cache["A1"] = A1
        cache["Z2"] = Z2
        cache["A2"] = A2
        return A2, cache

    def compute_loss(self, Y, A2):
        anzahl = Y.shape[1]
        # nicht log(0)!
        A2 = np.clip(A2, 1e-15, 1 - 1e-15)
        teil1 = Y * np.log(A2)
        teil2 = (1 - Y) * np.log(1 - A2)
        verlust = -np.sum(teil1 + teil2) / anzahl
        return verlust

    def backward(self, Y, cache):
        X = cache["X"]
        Z1 = cache["Z1"]
        A1 = cache["A1"]
        A2 = cache["A2"]
        anzahl = Y.shape[1]
        # Ausgabeschicht
        fehler2 = A2 - Y
        dW2 = np.dot(fehler2, A1.T) / anzahl
        db2 = np.sum(fehler2, axis=1, keepdims=True) / anzahl
        # versteckte Schicht
        zurueck = np.dot(self.W2.T, fehler2)
        fehler1 = zurueck * self.relu_derivative(Z1)
        dW1 = np.dot(fehler1, X.T)
        db1 = np.sum(fehler1, axis=1, keepdims=True)
        # zurueckgeben
        gradienten = {}
        gradienten["dW1"] = dW1
        gradienten["db1"] = db1
        gradienten["dW2"] = dW2
        gradienten["db2"] = db2
        return gradienten

    def update_parameters(self, gradients):
        schritt = self.learning_rate
        self.W1 = self.W1 - schritt * gradients["dW1"]
        self.b1 = self.b1 - schritt * gradients["db1"]
        self.W2 = self.W2 - schritt * gradients["dW2"]
        self.b2 = self.b2 - schritt * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verluste = []
        for i in range(num_iterations):
            A2, cache = self.forward(X)
            verlust = self.compute_loss(Y, A2)
            verluste.append(verlust)
            if i % print_every == 0:
                print("Schritt", i, "Verlust", verlust)
            gradienten = self.backward(Y, cache)
            self.update_parameters(gradienten)
        print("fertig")
        return verluste

    def predict(self, X):
        A2, cache = self.forward(X)
        klassen = np.zeros(A2.shape, dtype=int)
        klassen[A2 > 0.5] = 1
        return klassen


def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradienten = nn.backward(Y, cache)
    ergebnis = {}
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        G = gradienten["d" + name]
        analytisch = []
        numerisch = []
        zaehler = 0
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                if zaehler == 10:
                    break
                zaehler = zaehler + 1
                alt = P[i, j]
                P[i, j] = alt + epsilon
                A2, cache = nn.forward(X)
                plus = nn.compute_loss(Y, A2)
                P[i, j] = alt - epsilon
                A2, cache = nn.forward(X)
                minus = nn.compute_loss(Y, A2)
                P[i, j] = alt
                numerisch.append((plus - minus) / (2 * epsilon))
                analytisch.append(G[i, j])
        a = np.array(analytisch)
        n = np.array(numerisch)
        oben = np.sqrt(np.sum((a - n) ** 2))
        unten = np.sqrt(np.sum(a ** 2)) + np.sqrt(np.sum(n ** 2))
        if unten == 0:
            ergebnis[name] = 0.0
        else:
            ergebnis[name] = oben / unten
    return ergebnis


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradienten = nn.backward(Y, cache)
    ergebnis = {}
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        G = gradienten["d" + name]
        N = np.zeros(P.shape)
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                alt = P[i, j]
                P[i, j] = alt + epsilon
                A2, cache = nn.forward(X)
                plus = nn.compute_loss(Y, A2)
                P[i, j] = alt - epsilon
                A2, cache = nn.forward(X)
                minus = nn.compute_loss(Y, A2)
                P[i, j] = alt
                N[i, j] = (plus - minus) / (2 * epsilon)
        oben = np.sqrt(np.sum((G - N) ** 2))
        unten = np.sqrt(np.sum(G ** 2)) + np.sqrt(np.sum(N ** 2))
        if unten == 0:
            ergebnis[name] = 0.0
        else:
            ergebnis[name] = oben / unten
    return ergebnis


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.normal(0, 0.1, (hidden1_size, input_size))
        self.W2 = np.random.normal(0, 0.1, (hidden2_size, hidden1_size))
        self.W3 = np.random.normal(0, 0.1, (output_size, hidden2_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -700, 700)))
        cache = {}
        cache["X"] = X
        cache["Z1"] = Z1
        cache["A1"] = A1
        cache["Z2"] = Z2
        cache["A2"] = A2
        cache["Z3"] = Z3
        cache["A3"] = A3
        return A3, cache

    def compute_loss(self, Y, A3):
        anzahl = Y.shape[1]
        A3 = np.clip(A3, 1e-15, 1 - 1e-15)
        teil1 = Y * np.log(A3)
        teil2 = (1 - Y) * np.log(1 - A3)
        return -np.sum(teil1 + teil2) / anzahl

    def backward(self, Y, cache):
        anzahl = Y.shape[1]
        fehler3 = (cache["A3"] - Y) / anzahl
        fehler2 = np.dot(self.W3.T, fehler3)
        fehler2[cache["Z2"] <= 0] = 0
        fehler1 = np.dot(self.W2.T, fehler2)
        fehler1[cache["Z1"] <= 0] = 0
        gradienten = {}
        gradienten["dW3"] = np.dot(fehler3, cache["A2"].T)
        gradienten["db3"] = np.sum(fehler3, axis=1, keepdims=True)
        gradienten["dW2"] = np.dot(fehler2, cache["A1"].T)
        gradienten["db2"] = np.sum(fehler2, axis=1, keepdims=True)
        gradienten["dW1"] = np.dot(fehler1, cache["X"].T)
        gradienten["db1"] = np.sum(fehler1, axis=1, keepdims=True)
        return gradienten

    def update_parameters(self, gradients):
        schritt = self.learning_rate
        self.W1 = self.W1 - schritt * gradients["dW1"]
        self.b1 = self.b1 - schritt * gradients["db1"]
        self.W2 = self.W2 - schritt * gradients["dW2"]
        self.b2 = self.b2 - schritt * gradients["db2"]
        self.W3 = self.W3 - schritt * gradients["dW3"]
        self.b3 = self.b3 - schritt * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verluste = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            verlust = self.compute_loss(Y, A3)
            verluste.append(verlust)
            if i % print_every == 0:
                print("Schritt", i, "Verlust", verlust)
            gradienten = self.backward(Y, cache)
            self.update_parameters(gradienten)
        return verluste

    def predict(self, X):
        A3, cache = self.forward(X)
        klassen = np.zeros(A3.shape, dtype=int)
        klassen[A3 > 0.5] = 1
        return klassen


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    # first square
    g1 = 2 * s * x1
    g2 = 2 * s * x2
    # second square, careful with the minus
    g1 = g1 + 2 * d * x1
    g2 = g2 + 2 * d * (-x2)
    return (g1, g2)


def two_squares_autograd(w1, w2, x1, x2):
    # make tensors
    w1_t = torch.tensor(w1, requires_grad=True)
    w2_t = torch.tensor(w2, requires_grad=True)
    x1_t = torch.tensor(x1)
    x2_t = torch.tensor(x2)
    # the loss in two pieces
    first = torch.square(w1_t * x1_t + w2_t * x2_t)
    second = torch.square(w1_t * x1_t - w2_t * x2_t)
    loss = first + second
    # pytorch does the rest
    loss.backward()
    return w1_t.grad.item(), w2_t.grad.item()


def autograd_linear(x, w, b):
    x_t = torch.tensor(x, requires_grad=True)
    w_t = torch.tensor(w, requires_grad=True)
    b_t = torch.tensor(b, requires_grad=True)
    y_t = torch.add(torch.mul(w_t, x_t), b_t)
    y_t.backward()
    dy_dx = x_t.grad
    dy_dw = w_t.grad
    dy_db = b_t.grad
    return dy_dx, dy_dw, dy_db


def leaf_parameters(shape, scale, generator):
    # first scale, then tell autograd
    param = torch.randn(*shape, generator=generator)
    param = param * scale
    param.requires_grad = True
    return param


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # own copies
    my_W1 = W1.detach().clone()
    my_W1.requires_grad = True
    my_b1 = b1.detach().clone()
    my_b1.requires_grad = True
    my_W2 = W2.detach().clone()
    my_W2.requires_grad = True
    my_b2 = b2.detach().clone()
    my_b2.requires_grad = True
    losses = []
    for it in range(num_iterations):
        # forward
        hidden = torch.relu(torch.matmul(my_W1, X) + my_b1)
        out = torch.sigmoid(torch.matmul(my_W2, hidden) + my_b2)
        # loss
        loss = ((out - Y) ** 2).mean()
        losses.append(float(loss))
        # backward
        loss.backward()
        # update
        for p in [my_W1, my_b1, my_W2, my_b2]:
            p.data = p.data - learning_rate * p.grad
            p.grad = None
    return losses


def gradient_flow(model, X, Y):
    # forget old gradients
    model.zero_grad()
    output = model(X)
    loss_function = torch.nn.BCELoss(reduction="mean")
    loss = loss_function(output, Y)
    loss.backward()
    result = []
    for name, module in model.named_modules():
        if type(module) == torch.nn.Linear:
            grad = module.weight.grad
            size = torch.mean(torch.abs(grad))
            result.append(size.item())
    return result
