import numpy as np
import torch
from numpy import dot as mul_

# Julia names where Python lets me
ϵ = 1e-14
σ = lambda z: 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z, dtype=float)))
σʹ = lambda z: σ(z) * (1.0 - σ(z))
ρ = lambda z: np.maximum(z, 0)
ρʹ = lambda z: (np.asarray(z) > 0).astype(float)


def chain_rule(x):
    u = 2 * x + 1
    duдx, dfдu = 2, 3 * u ** 2
    return dict(f=u ** 3, u=u, du_dx=duдx, df_du=dfдu, df_dx=dfдu * duдx)


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    z̄ = 2 * z
    ā = b̄ = z̄
    w̄, x̄ = ā * x, ā * w
    return dict(a=a, z=z, L=z ** 2, dL_dz=z̄, dL_da=ā, dL_dw=w̄, dL_dx=x̄, dL_db=b̄)


def single_neuron(x, w, b, y):
    z = mul_(w, x) + b
    a = 1 / (1 + np.exp(-z))
    ā = a - y
    s = a * (1 - a)
    z̄ = s * ā
    return dict(z=z, a=a, L=ā ** 2 / 2, dL_da=ā, da_dz=s, dL_dz=z̄, dL_db=z̄, dL_dw=z̄ * np.asarray(x))


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        η = learning_rate
        self.learning_rate = η
        self.W1, self.W2 = np.random.randn(hidden_size, input_size) / 10, np.random.randn(output_size, hidden_size) / 10
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    def relu(self, Z): return ρ(Z)

    def relu_derivative(self, Z): return ρʹ(Z)

    def sigmoid(self, Z): return σ(Z)

    def sigmoid_derivative(self, Z): return σʹ(Z)

    def forward(self, X):
        Z1 = mul_(self.W1, X) + self.b1
        A1 = ρ(Z1)
        Z2 = mul_(self.W2, A1) + self.b2
        A2 = σ(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        Ŷ = np.clip(A2, ϵ, 1 - ϵ)
        return -sum(mul_(y, np.log(ŷ)) + mul_(1 - y, np.log(1 - ŷ)) for y, ŷ in zip(Y, Ŷ)) / Y.shape[1]

    def backward(self, Y, cache):
        Δ2 = (cache["A2"] - Y) / Y.shape[1]
        Δ1 = mul_(self.W2.T, Δ2) * ρʹ(cache["Z1"])
        Σ = lambda Δ: Δ.sum(axis=1, keepdims=True)
        return dict(dW1=mul_(Δ1, cache["X"].T), db1=Σ(Δ1), dW2=mul_(Δ2, cache["A1"].T), db2=Σ(Δ2))

    def update_parameters(self, gradients):
        η = self.learning_rate
        for θ in ("W1", "b1", "W2", "b2"):
            setattr(self, θ, getattr(self, θ) - η * gradients["d" + θ])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        η0 = self.learning_rate
        for t in range(num_iterations):
            Ŷ, cache = self.forward(X)
            history.append(self.compute_loss(Y, Ŷ))
            if t % print_every == 0:
                print(f"t = {t}  loss = {history[-1]:.6f}  η = {self.learning_rate:.4f}")
            self.update_parameters(self.backward(Y, cache))
            self.learning_rate *= 0.98
        self.learning_rate = η0
        return history

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def ʃ(nn, X, Y, θ, i, h):
    """central difference in the i-th element (column-major, of course)"""
    r = i % θ.shape[0], i // θ.shape[0]
    θᵢ = θ[r]
    ℓ = []
    for δ in (+h, -h):
        θ[r] = θᵢ + δ
        ℓ.append(nn.compute_loss(Y, nn.forward(X)[0]))
    θ[r] = θᵢ
    return (ℓ[0] - ℓ[1]) / (2 * h)


def _check(nn, X, Y, h, which):
    ḡ = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        θ = getattr(nn, name)
        I = which(θ.size)
        ĝ = np.array([ʃ(nn, X, Y, θ, i, h) for i in I])
        g = ḡ["d" + name].ravel(order="F")[I]
        scale = np.linalg.norm(g) + np.linalg.norm(ĝ)
        out[name] = np.linalg.norm(g - ĝ) / scale if scale > 0 else 0.0
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, lambda n: np.random.permutation(n)[:10])


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, lambda n: np.arange(n))


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        n = [input_size, hidden1_size, hidden2_size, output_size]
        for ℓ in (1, 2, 3):
            setattr(self, f"W{ℓ}", np.random.randn(n[ℓ], n[ℓ - 1]) / 10)
            setattr(self, f"b{ℓ}", np.zeros((n[ℓ], 1)))

    def forward(self, X):
        Z1 = mul_(self.W1, X) + self.b1
        A1 = ρ(Z1)
        Z2 = mul_(self.W2, A1) + self.b2
        A2 = ρ(Z2)
        Z3 = mul_(self.W3, A2) + self.b3
        A3 = σ(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return NeuralNetworkWithBackprop.compute_loss(self, Y, A3)

    def backward(self, Y, cache):
        Δ3 = (cache["A3"] - Y) / Y.shape[1]
        Δ2 = mul_(self.W3.T, Δ3) * ρʹ(cache["Z2"])
        Δ1 = mul_(self.W2.T, Δ2) * ρʹ(cache["Z1"])
        Σ = lambda Δ: Δ.sum(axis=1, keepdims=True)
        return dict(dW1=mul_(Δ1, cache["X"].T), db1=Σ(Δ1), dW2=mul_(Δ2, cache["A1"].T), db2=Σ(Δ2),
                    dW3=mul_(Δ3, cache["A2"].T), db3=Σ(Δ3))

    def update_parameters(self, gradients):
        η = self.learning_rate
        for θ in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, θ, getattr(self, θ) - η * gradients["d" + θ])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for t in range(num_iterations):
            Ŷ, cache = self.forward(X)
            history.append(self.compute_loss(Y, Ŷ))
            if t % print_every == 0:
                print(f"t = {t}  loss = {history[-1]:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    s̄, d̄ = 2 * s, 2 * d
    return s̄ * x1 + d̄ * x1, s̄ * x2 - d̄ * x2


def two_squares_autograd(w1, w2, x1, x2):
    θ = [torch.tensor(v, requires_grad=True) for v in (w1, w2)]
    ℓ = (θ[0] * x1 + θ[1] * x2) ** 2 + (θ[0] * x1 - θ[1] * x2) ** 2
    return torch.autograd.grad(ℓ, θ)


def autograd_linear(x, w, b):
    θ = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    return torch.autograd.grad(θ[1] * θ[0] + θ[2], θ)


def leaf_parameters(shape, scale, generator):
    θ = torch.randn(*shape, generator=generator) * scale
    return θ.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    θ = [v.clone().requires_grad_() for v in (W1, b1, W2, b2)]
    history = []
    for t in range(num_iterations):
        Ŷ = torch.sigmoid(θ[2] @ torch.relu(θ[0] @ X + θ[1]) + θ[3])
        ℓ = (Ŷ - Y).square().mean()
        history.append(ℓ.item())
        ḡ = torch.autograd.grad(ℓ, θ)
        θ = [(v - learning_rate * g).detach().requires_grad_() for v, g in zip(θ, ḡ)]
    return history


def gradient_flow(model, X, Y):
    W = [m.weight for m in model.modules() if isinstance(m, torch.nn.Linear)]
    ℓ = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(ℓ, W)]
