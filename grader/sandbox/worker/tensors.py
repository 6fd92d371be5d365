"""Objects that exist only in torch, built where the student's code runs, and what can be asked about them.

The judge names one of `OFFERED` and sends arrays; what is built stays here and is known by its handle.  torch is
imported by the first request, never before.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

import numpy as np


class TorchMissing(Exception):
    """torch can't be imported here."""


def _torch() -> Any:
    try:
        return importlib.import_module("torch")
    except ImportError as error:
        raise TorchMissing(str(error)) from None


def tensor(array: Any, requires_grad: bool = False) -> Any:
    """A leaf tensor of the array's numbers and dtype; Python floats become float64."""
    return _torch().from_numpy(np.array(array)).requires_grad_(requires_grad)


def generator(seed: int) -> Any:
    """A generator of torch's, seeded."""
    return _torch().Generator().manual_seed(seed)


def model(layers: list[tuple[Any, Any]]) -> Any:
    """Linear layers with ReLUs between them and a sigmoid at the end, as an `nn.Sequential`.

    Args:
      layers: a pair (weight (outputs, inputs), bias (outputs,)) for each layer; their dtype is the model's.
    """
    nn = _torch().nn
    modules = []
    for weight, bias in layers:
        linear = nn.Linear(weight.shape[1], weight.shape[0])
        linear.weight = nn.Parameter(tensor(weight))
        linear.bias = nn.Parameter(tensor(bias))
        modules += [linear, nn.ReLU()]
    return nn.Sequential(*modules[:-1], nn.Sigmoid())


def facts(value: Any) -> dict[str, Any]:
    """What autograd knows of a value: {"tensor": False} alone if it is no tensor."""
    torch = _torch()
    if not issubclass(type(value), torch.Tensor):
        return {"tensor": False}
    return {
        "tensor": True,
        "is_leaf": bool(value.is_leaf),
        "requires_grad": bool(value.requires_grad),
        "has_grad_fn": value.grad_fn is not None,
        "dtype": str(value.dtype).removeprefix("torch."),
    }


class Autograd:
    """Sees whether derivatives are taken by torch while it watches.

    Every way of going backwards (`Tensor.backward`, `torch.autograd.grad`, `torch.func`, …), however a student's code
    has imported it, asks one engine object; forward mode makes dual numbers.
    """

    def __init__(self) -> None:
        self.used = False
        self._restore: list[Callable[[], None]] = []

    def watch(self) -> None:
        """From now until `stop`."""
        self.stop()
        self.used = False
        torch = _torch()
        variable: Any = torch.autograd.Variable
        forward: Any = importlib.import_module("torch.autograd.forward_ad")
        engine, make_dual = variable._execution_engine, forward.make_dual

        def dual(*args: Any, **kwargs: Any) -> Any:
            self.used = True
            return make_dual(*args, **kwargs)

        variable._execution_engine = _Engine(engine, self)
        forward.make_dual = dual
        self._restore = [
            lambda: setattr(variable, "_execution_engine", engine),
            lambda: setattr(forward, "make_dual", make_dual),
        ]

    def stop(self) -> bool:
        """Whether autograd was used since `watch`."""
        for restore in self._restore:
            restore()
        self._restore = []
        return self.used


class _Engine:
    """The engine, telling when it runs."""

    def __init__(self, engine: Any, autograd: Autograd) -> None:
        self._engine = engine
        self._autograd = autograd

    def run_backward(self, *args: Any, **kwargs: Any) -> Any:
        self._autograd.used = True
        return self._engine.run_backward(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


AUTOGRAD = Autograd()  # there is one engine in a process

OFFERED: dict[str, Callable[..., Any]] = {
    "tensor": tensor,
    "generator": generator,
    "model": model,
    "facts": facts,
    "watch": AUTOGRAD.watch,
    "autograd_used": AUTOGRAD.stop,
}


def is_tensor(value: Any) -> bool:
    """Whether a value is a tensor of torch's; without importing torch."""
    kind = _tensor_kind()
    return kind is not None and issubclass(type(value), kind)


def _tensor_kind() -> type | None:
    """The class of torch's tensors, if torch is imported."""
    kind = getattr(sys.modules.get("torch"), "Tensor", None)
    return kind if isinstance(kind, type) else None


def like(asked: Any, answer: Any) -> Any:
    """An answer of the judge's with its arrays as tensors, if there were tensors in what was asked: of their precision."""
    kinds: set[Any] = set()
    if (tensor_kind := _tensor_kind()) is not None:
        _gather_kinds(asked, tensor_kind, kinds)
    if not kinds:
        return answer
    is_single = {kind for kind in kinds if kind.is_floating_point} == {_torch().float32}
    return _as_tensors(answer, np.float32 if is_single else None)


def differentiable(ask: Callable[..., Any], vjp: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the judge's that autograd can go through.

    Args:
      ask: gives the result, for a tuple of arguments and a dict of named ones.
      vjp: gives the gradients in the order of the arguments, for these and the upstream gradient.
    """

    def call(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        inputs = [*args, *kwargs.values()]
        places = [place for place, value in enumerate(inputs) if is_tensor(value) and value.requires_grad]
        if not places or not _torch().is_grad_enabled():
            return ask(args, kwargs)
        # As they are now: an update in place comes before another backward pass at times.
        args, kwargs = tuple(map(_kept, args)), {name: _kept(value) for name, value in kwargs.items()}

        class Asked(_torch().autograd.Function):  # type: ignore[misc]
            @staticmethod
            def forward(ctx: Any, *tracked: Any) -> Any:
                result = ask(args, kwargs)
                return tuple(result) if isinstance(result, list) else result

            @staticmethod
            def backward(ctx: Any, *upstream: Any) -> Any:
                with _torch().no_grad():
                    found = vjp(args, kwargs, upstream if len(upstream) > 1 else upstream[0])
                return tuple(None if found[place] is None else found[place].to(inputs[place].dtype) for place in places)

        return Asked.apply(*(inputs[place] for place in places))

    return call


def _kept(value: Any) -> Any:
    return value.detach().clone() if is_tensor(value) else value


def _gather_kinds(value: Any, tensor_kind: type, kinds: set[Any]) -> None:
    """Adds the dtypes of the tensors in a value."""
    kind = type(value)
    if kind is np.ndarray:  # most are
        return
    if issubclass(kind, tensor_kind):
        kinds.add(value.dtype)
    elif issubclass(kind, (dict, list, tuple)):
        for item in value.values() if issubclass(kind, dict) else value:
            _gather_kinds(item, tensor_kind, kinds)


def _as_tensors(value: Any, dtype: Any) -> Any:
    if isinstance(value, (np.ndarray, np.generic)):
        return tensor(value if dtype is None or value.dtype.kind != "f" else value.astype(dtype))
    if isinstance(value, dict):
        return {key: _as_tensors(item, dtype) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_as_tensors(item, dtype) for item in value)
    return value
