from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

Matriz = NDArray[np.float64]
PARAMETROS = ("W1", "b1", "W2", "b2")


def _logistica(t: Any) -> Matriz:
    """Stable: only ever exponentiates something negative."""
    t = np.asarray(t, dtype=float)
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1.0 / (1.0 + e), e / (1.0 + e))


def chain_rule(x: float) -> dict[str, float]:
    interior = 2.0 * x + 1.0
    respecto_a_u = 3.0 * interior * interior
    return dict(f=interior**3, u=interior, du_dx=2.0, df_du=respecto_a_u, df_dx=respecto_a_u * 2.0)


def computational_graph(w: float, x: float, b: float) -> dict[str, float]:
    producto = w * x
    suma = producto + b
    adj_suma = 2.0 * suma
    return dict(
        a=producto,
        z=suma,
        L=suma * suma,
        dL_dz=adj_suma,
        dL_da=adj_suma,
        dL_dw=adj_suma * x,
        dL_dx=adj_suma * w,
        dL_db=adj_suma,
    )


def single_neuron(x: Matriz, w: Matriz, b: float, y: float) -> dict[str, Any]:
    entrada = np.asarray(x, dtype=float)
    potencial = float(np.einsum("i,i->", np.asarray(w, dtype=float), entrada)) + b
    salida = float(_logistica(potencial))
    residuo = salida - y
    pendiente = salida * (1.0 - salida)
    delta = residuo * pendiente
    return dict(
        z=potencial,
        a=salida,
        L=0.5 * residuo**2,
        dL_da=residuo,
        da_dz=pendiente,
        dL_dz=delta,
        dL_dw=delta * entrada,
        dL_db=delta,
    )


class NeuralNetworkWithBackprop:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01) -> None:
        azar = np.random.default_rng()
        self.W1: Matriz = azar.normal(0.0, 0.1, size=(hidden_size, input_size))
        self.b1: Matriz = np.zeros((hidden_size, 1))
        self.W2: Matriz = azar.normal(0.0, 0.1, size=(output_size, hidden_size))
        self.b2: Matriz = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z: Any) -> Matriz:
        return np.where(np.asarray(Z) > 0, Z, 0)

    def relu_derivative(self, Z: Any) -> Matriz:
        return np.where(np.asarray(Z) > 0, 1.0, 0.0)

    def sigmoid(self, Z: Any) -> Matriz:
        return _logistica(Z)

    def sigmoid_derivative(self, Z: Any) -> Matriz:
        return _logistica(Z) * _logistica(-np.asarray(Z, dtype=float))

    def forward(self, X: Matriz) -> tuple[Matriz, dict[str, Matriz]]:
        Z1 = np.einsum("ij,jm->im", self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.einsum("ki,im->km", self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y: Matriz, A2: Matriz) -> float:
        p = np.clip(A2, 1e-13, 1.0 - 1e-13)
        por_muestra = -(Y * np.log(p) + (1 - Y) * np.log1p(-p)).sum(axis=0)
        return float(por_muestra.mean())

    def backward(self, Y: Matriz, cache: dict[str, Matriz]) -> dict[str, Matriz]:
        muestras = Y.shape[1]
        delta2 = (cache["A2"] - Y) / muestras
        delta1 = np.einsum("ki,km->im", self.W2, delta2) * self.relu_derivative(cache["Z1"])
        return dict(
            dW1=np.einsum("im,jm->ij", delta1, cache["X"]),
            db1=delta1.sum(axis=1, keepdims=True),
            dW2=np.einsum("km,im->ki", delta2, cache["A1"]),
            db2=delta2.sum(axis=1, keepdims=True),
        )

    def update_parameters(self, gradients: dict[str, Matriz]) -> None:
        for nombre in PARAMETROS:
            viejo = getattr(self, nombre)
            setattr(self, nombre, viejo - self.learning_rate * gradients[f"d{nombre}"])

    def train(self, X: Matriz, Y: Matriz, num_iterations: int = 1000, print_every: int = 100) -> list[float]:
        historia: list[float] = []
        for paso in range(num_iterations):
            prediccion, memoria = self.forward(X)
            historia.append(self.compute_loss(Y, prediccion))
            if print_every and paso % print_every == 0:
                print(paso, historia[-1])
            self.update_parameters(self.backward(Y, memoria))
        return historia

    def predict(self, X: Matriz) -> NDArray[np.int64]:
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def gradient_check(nn: Any, X: Matriz, Y: Matriz, epsilon: float = 1e-05) -> dict[str, float]:
    analitico = {c: np.array(v, dtype=float) for c, v in nn.backward(Y, nn.forward(X)[1]).items()}
    discrepancia: dict[str, float] = {}
    for nombre in PARAMETROS:
        intacto = getattr(nn, nombre)
        puntos = np.unique(np.linspace(0, intacto.size - 1, min(10, intacto.size)).astype(int))

        def energia(i: int, paso: float) -> float:
            movido = intacto.astype(float)
            movido.flat[i] += paso
            setattr(nn, nombre, movido)
            valor = nn.compute_loss(Y, nn.forward(X)[0])
            setattr(nn, nombre, intacto)
            return valor

        num = np.array([(energia(i, epsilon) - energia(i, -epsilon)) / (2 * epsilon) for i in puntos])
        ana = analitico[f"d{nombre}"].ravel()[puntos]
        escala = np.linalg.norm(num) + np.linalg.norm(ana)
        discrepancia[nombre] = float(np.linalg.norm(num - ana) / escala) if escala else 0.0
    return discrepancia


def _barrido(nn: Any, nombre: str, X: Matriz, Y: Matriz, h: float) -> Matriz:
    """Central differences, one element after another."""
    base: Matriz = getattr(nn, nombre)
    pendientes = np.zeros(base.shape)
    for sitio, _ in np.ndenumerate(pendientes):
        sacudido = base
        setattr(nn, nombre, sacudido)
        sacudido[sitio] += h
        arriba = nn.compute_loss(Y, nn.forward(X)[0])
        sacudido[sitio] -= 2 * h
        abajo = nn.compute_loss(Y, nn.forward(X)[0])
        pendientes[sitio] = (arriba - abajo) / (2 * h)
    setattr(nn, nombre, base)
    return pendientes


def gradient_check_all(nn: Any, X: Matriz, Y: Matriz, epsilon: float = 1e-05) -> dict[str, float]:
    _, memoria = nn.forward(X)
    grads = nn.backward(Y, memoria)
    teoria = {nombre: np.array(grads["d" + nombre], dtype=float) for nombre in PARAMETROS}
    experimento = {nombre: _barrido(nn, nombre, X, Y, epsilon) for nombre in PARAMETROS}

    def relativa(nombre: str) -> float:
        t, e = teoria[nombre], experimento[nombre]
        tamano = float(np.sqrt((t**2).sum()) + np.sqrt((e**2).sum()))
        return float(np.sqrt(((t - e) ** 2).sum())) / tamano if tamano > 0.0 else 0.0

    return {nombre: relativa(nombre) for nombre in PARAMETROS}


class ThreeLayerNetwork:
    def __init__(
        self, input_size: int, hidden1_size: int, hidden2_size: int, output_size: int, learning_rate: float = 0.01
    ) -> None:
        azar = np.random.default_rng()
        tamanos = (input_size, hidden1_size, hidden2_size, output_size)
        for capa, (entra, sale) in enumerate(zip(tamanos[:-1], tamanos[1:]), start=1):
            setattr(self, f"W{capa}", azar.normal(0.0, 0.1, size=(sale, entra)))
            setattr(self, f"b{capa}", np.zeros((sale, 1)))
        self.learning_rate = learning_rate

    def forward(self, X: Matriz) -> tuple[Matriz, dict[str, Matriz]]:
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0.0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0.0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = _logistica(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y: Matriz, A3: Matriz) -> float:
        q = np.clip(A3, 1e-13, 1.0 - 1e-13)
        return float(-(Y * np.log(q) + (1 - Y) * np.log1p(-q)).sum(axis=0).mean())

    def backward(self, Y: Matriz, cache: dict[str, Matriz]) -> dict[str, Matriz]:
        delta = (cache["A3"] - Y) / Y.shape[1]
        entradas = (cache["X"], cache["A1"], cache["A2"])
        resultado: dict[str, Matriz] = {}
        for capa in (3, 2, 1):
            resultado[f"dW{capa}"] = np.einsum("om,im->oi", delta, entradas[capa - 1])
            resultado[f"db{capa}"] = delta.sum(axis=1, keepdims=True)
            if capa > 1:
                delta = getattr(self, f"W{capa}").T @ delta * (cache[f"Z{capa - 1}"] > 0)
        return resultado

    def update_parameters(self, gradients: dict[str, Matriz]) -> None:
        for clave, g in gradients.items():
            nombre = clave[1:]
            setattr(self, nombre, getattr(self, nombre) - self.learning_rate * g)

    def train(self, X: Matriz, Y: Matriz, num_iterations: int = 1000, print_every: int = 100) -> list[float]:
        historia: list[float] = []
        for paso in range(num_iterations):
            prediccion, memoria = self.forward(X)
            historia.append(self.compute_loss(Y, prediccion))
            if print_every and paso % print_every == 0:
                print(paso, historia[-1])
            self.update_parameters(self.backward(Y, memoria))
        return historia

    def predict(self, X: Matriz) -> NDArray[np.int64]:
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1: float, w2: float, x1: float, x2: float) -> tuple[float, float]:
    # multiplied out the mixed terms cancel: L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return 4.0 * w1 * x1**2, 4.0 * w2 * x2**2


def two_squares_autograd(w1: float, w2: float, x1: float, x2: float) -> tuple[torch.Tensor, torch.Tensor]:
    pesos = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    s = pesos[0] * x1 + pesos[1] * x2
    d = pesos[0] * x1 - pesos[1] * x2
    (g,) = torch.autograd.grad(s**2 + d**2, pesos)
    return g[0], g[1]


def autograd_linear(x: float, w: float, b: float) -> tuple[torch.Tensor, ...]:
    hojas = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b)]
    return torch.autograd.grad(hojas[1] * hojas[0] + hojas[2], hojas)


def leaf_parameters(shape: tuple[int, ...], scale: float, generator: torch.Generator) -> torch.Tensor:
    return (scale * torch.randn(*shape, generator=generator)).detach().requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate: float, num_iterations: int) -> list[float]:
    hojas = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
    historia: list[float] = []
    for _ in range(num_iterations):
        oculta = torch.relu(hojas[0] @ X + hojas[1])
        salida = torch.sigmoid(hojas[2] @ oculta + hojas[3])
        perdida = F.mse_loss(salida, Y)
        historia.append(perdida.item())
        grads = torch.autograd.grad(perdida, hojas)
        hojas = [(p - learning_rate * g).detach().requires_grad_() for p, g in zip(hojas, grads)]
    return historia


def gradient_flow(model: torch.nn.Module, X: torch.Tensor, Y: torch.Tensor) -> list[float]:
    pesos = [capa.weight for capa in model.modules() if isinstance(capa, torch.nn.Linear)]
    perdida = F.binary_cross_entropy(model(X), Y)
    return [float(g.abs().mean()) for g in torch.autograd.grad(perdida, pesos)]
