"""Two-stage generalised linear model.

    eta_1 = Gamma' [1, x],   u = tanh(eta_1)
    eta_2 = beta'  [1, u],   mu = expit(eta_2)

Notation as in McCullagh & Nelder; observations are columns, hence the transposes.
"""
import numpy as np
from planar_utils import sigmoid as expit


def _with_intercept(D):
    return np.r_[np.ones((1, D.shape[1])), D]


def _coefficients(parameters, stage):
    return np.c_[parameters[f"b{stage}"], parameters[f"W{stage}"]]


def _split(block, stage, prefix=""):
    """(intercept | slopes) -> named pieces"""
    return {f"{prefix}W{stage}": block[:, 1:].copy(), f"{prefix}b{stage}": block[:, :1].copy()}


def initialize_parameters(n_x, n_h, n_y):
    sd = 0.01
    Gamma = np.c_[np.zeros(n_h), sd * np.random.randn(n_h, n_x)]
    beta = np.c_[np.zeros(n_y), sd * np.random.randn(n_y, n_h)]
    return _split(Gamma, 1) | _split(beta, 2)


def forward_propagation(X, parameters):
    eta1 = _coefficients(parameters, 1) @ _with_intercept(X)
    U = np.tanh(eta1)
    eta2 = _coefficients(parameters, 2) @ _with_intercept(U)
    mu = expit(eta2)
    return mu, {"Z1": eta1, "A1": U, "Z2": eta2, "A2": mu}


def compute_cost(A2, Y):
    # - (1/n) log-likelihood of independent Bernoulli observations
    likelihood_of_each = np.where(Y == 1, A2, 1 - A2)
    return -np.average(np.log(likelihood_of_each))


def backward_propagation(parameters, cache, X, Y):
    n_obs = Y.shape[1]
    residuals = Y - cache["A2"]
    score_beta = residuals @ _with_intercept(cache["A1"]).T
    variance_fn = 1 - np.square(cache["A1"])
    pulled_back = variance_fn * np.kron(residuals, parameters["W2"].T)
    score_gamma = pulled_back @ _with_intercept(X).T
    # gradient of the mean negative log-likelihood = minus score over n
    return _split(-score_gamma / n_obs, 1, "d") | _split(-score_beta / n_obs, 2, "d")


def update_parameters(parameters, grads, learning_rate=1.2):
    new = {}
    for stage in (1, 2):
        theta = _coefficients(parameters, stage)
        g = np.c_[grads[f"db{stage}"], grads[f"dW{stage}"]]
        new |= _split(theta - learning_rate * g, stage)
    return new


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    theta = initialize_parameters(len(X), n_h, len(Y))
    for iteration in range(num_iterations):
        mu, cache = forward_propagation(X, theta)
        theta = update_parameters(theta, backward_propagation(theta, cache, X, Y))
        if print_cost and iteration % 1000 == 0:
            print("iteration", iteration, "deviance/2n", compute_cost(mu, Y))
    return theta


def predict(parameters, X):
    mu = forward_propagation(X, parameters)[0]
    return (mu > 1 / 2).astype(np.int64)
