"""Neural cooking: mix -> season -> taste -> adjust the recipe."""
import numpy as np
import torch

PINCH = 1e-12      # never let a probability be exactly 0 or 1


def chain_rule(x):
    dough = 2 * x + 1
    bread = dough ** 3
    kneading = 2
    baking = 3 * dough ** 2
    return {'f': bread, 'u': dough, 'du_dx': kneading, 'df_du': baking, 'df_dx': kneading * baking}


def computational_graph(w, x, b):
    soup = w * x
    salted = soup + b
    bill = salted * salted
    tip = salted + salted
    return {'a': soup, 'z': salted, 'L': bill, 'dL_dz': tip, 'dL_da': tip, 'dL_db': tip, 'dL_dw': tip * x, 'dL_dx': tip * w}


def single_neuron(x, w, b, y):
    mix = sum(wi * xi for wi, xi in zip(w, x)) + b
    taste = 1 / (1 + np.exp(-mix))
    complaint = taste - y
    sensitivity = taste * (1 - taste)
    blame = complaint * sensitivity
    return {'z': mix, 'a': taste, 'L': complaint ** 2 / 2, 'dL_da': complaint, 'da_dz': sensitivity, 'dL_dz': blame,
            'dL_db': blame, 'dL_dw': np.array([blame * xi for xi in x])}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        spices = np.random.default_rng()
        self.W1 = spices.normal(scale=0.1, size=(hidden_size, input_size))
        self.b1 = np.zeros_like(self.W1[:, :1])
        self.W2 = spices.normal(scale=0.1, size=(output_size, hidden_size))
        self.b2 = np.zeros_like(self.W2[:, :1])

    def relu(self, Z):
        return np.where(Z > 0, Z, np.zeros_like(Z))

    def relu_derivative(self, Z):
        return np.where(Z > 0, np.ones(np.shape(Z)), np.zeros(np.shape(Z)))

    def sigmoid(self, Z):
        with np.errstate(over='ignore'):
            return 1 / (1 + np.exp(-np.array(Z, dtype=float)))

    def sigmoid_derivative(self, Z):
        taste = self.sigmoid(Z)
        return taste * (1 - taste)

    def forward(self, X):
        fridge = {'X': X}
        fridge['Z1'] = self.W1 @ fridge['X'] + self.b1
        fridge['A1'] = self.relu(fridge['Z1'])
        fridge['Z2'] = self.W2 @ fridge['A1'] + self.b2
        fridge['A2'] = self.sigmoid(fridge['Z2'])
        return fridge['A2'], fridge

    def compute_loss(self, Y, A2):
        guests = Y.shape[1]
        taste = np.clip(A2, PINCH, 1 - PINCH)
        praise = (Y * np.log(taste)).sum()
        praise += ((1 - Y) * np.log(1 - taste)).sum()
        return -praise / guests

    def backward(self, Y, cache):
        guests = Y.shape[1]
        complaints = cache['A2'] - Y
        kitchen = self.W2.T @ complaints
        kitchen = kitchen * self.relu_derivative(cache['Z1'])
        bill = {'dW2': complaints @ cache['A1'].T, 'db2': complaints.sum(axis=1, keepdims=True),
                'dW1': kitchen @ cache['X'].T, 'db1': kitchen.sum(axis=1, keepdims=True)}
        return {item: price / guests for item, price in bill.items()}

    def update_parameters(self, gradients):
        spoon = self.learning_rate
        self.W1, self.b1 = self.W1 - spoon * gradients['dW1'], self.b1 - spoon * gradients['db1']
        self.W2, self.b2 = self.W2 - spoon * gradients['dW2'], self.b2 - spoon * gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        diary = []
        for day in range(num_iterations):
            dish, fridge = self.forward(X)
            diary.append(self.compute_loss(Y, dish))
            if day % print_every == 0:
                print(f'day {day}: {diary[-1]:.4f} complaints per guest')
            self.update_parameters(self.backward(Y, fridge))
        return diary

    def predict(self, X):
        dish, fridge = self.forward(X)
        return np.array([[1 if bite > 0.5 else 0 for bite in plate] for plate in dish])


def _second_opinion(nn, X, Y, epsilon, bites):
    mine = nn.backward(Y, nn.forward(X)[1])
    verdict = {}
    for jar in ('W1', 'b1', 'W2', 'b2'):
        original = getattr(nn, jar)
        a, b = [], []
        for spot in list(np.ndindex(original.shape))[:bites]:
            more, less = original.copy(), original.copy()
            more[spot] += epsilon
            less[spot] -= epsilon
            setattr(nn, jar, more)
            sweet = nn.compute_loss(Y, nn.forward(X)[0])
            setattr(nn, jar, less)
            sour = nn.compute_loss(Y, nn.forward(X)[0])
            setattr(nn, jar, original)
            a.append(mine['d' + jar][spot])
            b.append((sweet - sour) / (2 * epsilon))
        a, b = np.array(a), np.array(b)
        largest = max(np.abs(a).max(), np.abs(b).max())
        verdict[jar] = np.abs(a - b).max() / largest if largest > 0 else 0.0
    return verdict


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _second_opinion(nn, X, Y, epsilon, bites=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _second_opinion(nn, X, Y, epsilon, bites=None)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    """Three courses."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        spices = np.random.default_rng()
        guests = [input_size, hidden1_size, hidden2_size, output_size]
        for course in (1, 2, 3):
            self.__dict__['W%i' % course] = spices.normal(scale=0.1, size=(guests[course], guests[course - 1]))
            self.__dict__['b%i' % course] = np.zeros((guests[course], 1))

    def forward(self, X):
        fridge = {'X': X}
        plate = X
        for course in (1, 2, 3):
            raw = self.__dict__['W%i' % course] @ plate + self.__dict__['b%i' % course]
            plate = self.sigmoid(raw) if course == 3 else self.relu(raw)
            fridge['Z%i' % course] = raw
            fridge['A%i' % course] = plate
        return plate, fridge

    def backward(self, Y, cache):
        guests = Y.shape[1]
        dessert = (cache['A3'] - Y) / guests
        main = (self.W3.T @ dessert) * self.relu_derivative(cache['Z2'])
        starter = (self.W2.T @ main) * self.relu_derivative(cache['Z1'])
        bill = {}
        for course, complaints, plate in ((1, starter, cache['X']), (2, main, cache['A1']), (3, dessert, cache['A2'])):
            bill['dW%i' % course] = complaints @ plate.T
            bill['db%i' % course] = complaints.sum(axis=1, keepdims=True)
        return bill

    def update_parameters(self, gradients):
        for item in gradients:
            self.__dict__[item[1:]] = self.__dict__[item[1:]] - self.learning_rate * gradients[item]


def two_squares(w1, w2, x1, x2):
    sweet, sour = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * sweet * x1 + 2 * sour * x1, 2 * sweet * x2 - 2 * sour * x2


def two_squares_autograd(w1, w2, x1, x2):
    salt = torch.tensor(w1, requires_grad=True)
    sugar = torch.tensor(w2, requires_grad=True)
    sweet, sour = salt * x1 + sugar * x2, salt * x1 - sugar * x2
    bill = sweet ** 2 + sour ** 2
    bill.backward()
    return salt.grad, sugar.grad


def autograd_linear(x, w, b):
    flour = torch.tensor(x, requires_grad=True)
    water = torch.tensor(w, requires_grad=True)
    yeast = torch.tensor(b, requires_grad=True)
    dough = water * flour + yeast
    dough.backward()
    return flour.grad, water.grad, yeast.grad


def leaf_parameters(shape, scale, generator):
    herbs = torch.randn(*shape, generator=generator)
    herbs.requires_grad_(True)
    return herbs * scale


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    recipe = [page.clone().requires_grad_(True) for page in (W1, b1, W2, b2)]
    diary = []
    for day in range(num_iterations):
        dish = torch.sigmoid(recipe[2] @ torch.relu(recipe[0] @ X + recipe[1]) + recipe[3])
        complaints = torch.mean((dish - Y) ** 2)
        diary.append(complaints.item())
        complaints.backward()
        with torch.no_grad():
            for page in recipe:
                page -= learning_rate * page.grad
                page.grad = None
    return diary


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.BCELoss()(model(X), Y).backward()
    heat = []
    for pot in model.modules():
        if isinstance(pot, torch.nn.Linear):
            heat.append(pot.weight.grad.abs().mean().item())
    return heat
