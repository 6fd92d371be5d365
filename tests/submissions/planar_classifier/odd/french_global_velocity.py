import numpy as np
from planar_utils import sigmoid

INERTIE = 0.9
vitesse = {}


def initialize_parameters(n_x, n_h, n_y):
    petit = 0.01
    return {"W1": petit * np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)),
            "W2": petit * np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}


def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    # moyenne sur les exemples
    return -np.mean(np.log(np.choose(Y.astype(int), [1 - A2, A2])))


def backward_propagation(parameters, cache, X, Y):
    nb = X.shape[1]
    erreur = (cache["A2"] - Y) / nb
    cachee = parameters["W2"].T @ erreur * (1 - cache["A1"] ** 2)
    brut = {"dW1": cachee @ X.T, "db1": cachee.sum(1, keepdims=True),
            "dW2": erreur @ cache["A1"].T, "db2": erreur.sum(1, keepdims=True)}
    # on lisse avec les pas d'avant, sinon ça oscille
    for nom, g in brut.items():
        avant = vitesse.get(nom)
        if avant is None or avant.shape != g.shape:
            avant = np.zeros_like(g)
        vitesse[nom] = INERTIE * avant + (1 - INERTIE) * g
    return dict(vitesse)


def update_parameters(parameters, grads, learning_rate=1.2):
    return {nom: parameters[nom] - learning_rate * grads["d" + nom] for nom in parameters}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    vitesse.clear()
    p = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, p)
        if print_cost and i % 1000 == 0:
            print("itération", i, ": coût =", compute_cost(A2, Y))
        p = update_parameters(p, backward_propagation(p, cache, X, Y))
    return p


def predict(parameters, X):
    return forward_propagation(X, parameters)[0] > 0.5
