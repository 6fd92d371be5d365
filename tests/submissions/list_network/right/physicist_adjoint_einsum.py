import numpy as np
from numpy import einsum, exp, logaddexp

# Fermi function f(z) with mu = 0, kT = 1, holes instead of electrons
def sigmoid(z):
    return exp(-logaddexp(0., -np.asarray(z, float)))

def sigmoid_prime(z):
    # -df/dE  ~  sech^2(z/2)/4
    return 0.25 / np.cosh(0.5 * np.asarray(z, float)) ** 2


class Network:

    def __init__(self, sizes):
        self.sizes      = sizes
        self.num_layers = len(sizes)
        N = self.num_layers - 1
        self.biases     = [np.random.normal(0, 1, (sizes[l + 1], 1)) for l in range(N)]
        self.weights    = [np.random.normal(0, 1, (sizes[l + 1], sizes[l])) for l in range(N)]

    def _trajectory(self, psi):
        """(phi_l, psi_l) for l = 1..N, time running forwards"""
        for J, theta in zip(self.weights, self.biases):
            phi = einsum('ij,jk->ik', J, psi) + theta
            psi = sigmoid(phi)
            yield phi, psi

    def feedforward(self, a):
        *_, (_, psi) = self._trajectory(a)
        return psi

    def cost_derivative(self, output_activations, y):
        # H = (psi - y)^2 / 2
        return np.subtract(output_activations, y)

    def backprop(self, x, y):
        phi, psi = map(list, zip(*self._trajectory(x)))
        psi.insert(0, x)
        nabla_theta, nabla_J = [], []
        # costate equation, time running backwards
        lam = self.cost_derivative(psi[-1], y)
        for l in reversed(range(len(phi))):
            e = psi[l + 1] 
            lam = einsum('ik,ik,ik->ik', lam, e, 1 - e)       # f' = f(1-f)
            nabla_theta.append(lam)
            nabla_J.append(einsum('ik,jk->ij', lam, psi[l]))
            lam = einsum('ij,ik->jk', self.weights[l], lam)
        return nabla_theta[::-1], nabla_J[::-1]

    def update_mini_batch(self, mini_batch, eta):
        M = len(mini_batch)
        Theta = [0 * b for b in self.biases]
        J     = [0 * w for w in self.weights]
        for x, y in mini_batch:
            dTheta, dJ = self.backprop(x, y)
            for l in range(len(J)):
                Theta[l] += dTheta[l]
                J[l]     += dJ[l]
        # gradient flow: dq/dt = -grad, Euler step of length eta
        for l in range(len(J)):
            self.biases[l]  = self.biases[l]  + (-eta) * Theta[l] / M
            self.weights[l] = self.weights[l] + (-eta) * J[l] / M

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        P = len(training_data)
        for t in range(epochs):
            np.random.shuffle(idx := np.arange(P))
            for k in range(0, P, mini_batch_size):
                self.update_mini_batch([training_data[i] for i in idx[k:k + mini_batch_size]], eta)
