# -*- coding: utf-8 -*-
# Práctica 3: red de capas.  Truco: trabajo con matrices aumentadas [W | b] y vectores (a ; 1)
import logging
from functools import reduce
from itertools import accumulate

import numpy as np

registro = logging.getLogger("red")


def sigmoid(z):
    with np.errstate(over="ignore"):
        return np.reciprocal(1.0 + np.exp(np.negative(np.asarray(z, dtype=float))))


def sigmoid_prime(z):
    p = sigmoid(z)
    q = 1.0 - p
    return np.multiply(p, q)


def con_uno(v):
    return np.vstack((v, [[1.0]]))


class Network:

    def __init__(self, sizes):
        self.sizes = list(sizes)
        self.num_layers = len(self.sizes)
        self.biases = [np.random.randn(filas, 1) for filas in sizes[1:]]
        self.weights = [np.random.randn(sizes[i + 1], sizes[i]) for i in range(len(sizes) - 1)]

    @property
    def aumentadas(self):
        return [np.hstack(par) for par in zip(self.weights, self.biases)]

    def feedforward(self, a):
        return reduce(lambda v, M: sigmoid(M.dot(con_uno(v))), self.aumentadas, a)

    def cost_derivative(self, output_activations, y):
        residuo = output_activations - y
        assert residuo.shape == np.shape(y), "¿vectores columna?"
        return residuo

    def backprop(self, x, y):
        capas = self.aumentadas
        activaciones = list(accumulate(capas, lambda v, M: sigmoid(M.dot(con_uno(v))), initial=x))
        preactivas = [M.dot(con_uno(v)) for M, v in zip(capas, activaciones)]

        def paso(estado, dato):
            arriba, hechas = estado
            M, z, v = dato
            delta = arriba * sigmoid_prime(z)
            G = delta.dot(con_uno(v).T)           # gradiente de [W | b]
            return M[:, :-1].T.dot(delta), [G, *hechas]

        hacia_atras = zip(capas[::-1], preactivas[::-1], activaciones[-2::-1])
        inicio = (self.cost_derivative(activaciones[-1], y), [])
        _, gradientes = reduce(paso, hacia_atras, inicio)
        return [G[:, -1:] for G in gradientes], [G[:, :-1] for G in gradientes]

    def update_mini_batch(self, mini_batch, eta):
        lista = [self.backprop(x=x, y=y) for x, y in mini_batch]
        for l in range(self.num_layers - 1):
            self.biases[l] = self.biases[l] - eta * np.mean([nb[l] for nb, _ in lista], axis=0)
            self.weights[l] = self.weights[l] - eta * np.mean([nw[l] for _, nw in lista], axis=0)

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        for epoca in range(1, epochs + 1):
            barajados = list(training_data)
            np.random.default_rng().shuffle(barajados)
            while barajados:
                lote, barajados = barajados[:mini_batch_size], barajados[mini_batch_size:]
                self.update_mini_batch(lote, eta)
            registro.info("época %d terminada", epoca)
