# One-hidden-layer classifier in natural units.
#   psi   = tanh(W1 x + b1)             hidden field
#   n     = 1 / (1 + exp(-E)),  E = Z2  occupation number
#   dS/dE = (n - y) / N                 (the cross-entropy is the canonical one, so nothing else survives)
import numpy as np
from numpy import einsum, logaddexp, exp, tanh, cosh

EPS0 = 1e-2


def _fermi(E):
    # exp(-log(1 + e^-E)), no overflow on either side
    return exp(-logaddexp(0.0, -E))


def initialize_parameters(n_x, n_h, n_y):
    W1 = EPS0 * np.random.randn(n_h, n_x)
    W2 = EPS0 * np.random.randn(n_y, n_h)
    return dict(W1=W1, b1=0. * W1[:, :1], W2=W2, b2=0. * W2[:, :1])


def forward_propagation(X, parameters):
    W1, b1, W2, b2 = map(parameters.__getitem__, ("W1", "b1", "W2", "b2"))
    phi = einsum("hi,im->hm", W1, X) + b1
    psi = tanh(phi)
    E = einsum("oh,hm->om", W2, psi) + b2
    return (n := _fermi(E)), dict(Z1=phi, A1=psi, Z2=E, A2=n)


def compute_cost(A2, Y):
    # S = - < y ln n + (1-y) ln(1-n) >
    S = -(Y * np.log(A2) + (1 - Y) * np.log1p(-A2))
    return float(S.mean())


def backward_propagation(parameters, cache, X, Y):
    N = Y.size
    J = (cache["A2"] - Y) / N                # source term
    sech2 = cosh(cache["Z1"]) ** -2.0
    W2 = parameters["W2"]
    return {
        "dW2": einsum("om,hm->oh", J, cache["A1"]),
        "db2": einsum("om->o", J)[:, None],
        "dW1": einsum("om,oh,hm,im->hi", J, W2, sech2, X, optimize=True),
        "db1": einsum("om,oh,hm->h", J, W2, sech2, optimize=True)[:, None],
    }


def update_parameters(parameters, grads, learning_rate=1.2):
    dt = learning_rate
    return {q: parameters[q] - dt * grads["d" + q] for q in ("W1", "b1", "W2", "b2")}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    state = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for t in range(num_iterations):
        n, fields = forward_propagation(X, state)
        if print_cost and t % 1000 == 0:
            print(f"t = {t:6d}   S = {compute_cost(n, Y):.6f}")
        state = update_parameters(state, backward_propagation(state, fields, X, Y))
    return state


def predict(parameters, X):
    # n > 1/2  <=>  E > 0
    _, fields = forward_propagation(X, parameters)
    return np.heaviside(fields["Z2"], 0.0)
