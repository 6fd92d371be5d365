"""torch's own objects as a probe asks for them: `student.torch.tensor(case.X)`.

They are built beside the implementation and answered by handle, so the judge itself never imports torch: with a warm
answer key nothing is asked in its own process.  A reference in NumPy that is asked while a key is made is handed the
same tensors (`np.asarray` reads them).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


class Torch:
    """What can be built and asked; see `grader.sandbox.worker.tensors`.

    Args:
      ask: carries a name of `OFFERED` and its arguments to the implementation, and returns a handle.
    """

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask

    def tensor(self, array: Any, *, requires_grad: bool = False) -> Any:
        """A leaf tensor of an array's numbers and dtype."""
        return self._ask("tensor", array, requires_grad)

    def generator(self, seed: int) -> Any:
        """A seeded `torch.Generator`."""
        return self._ask("generator", seed)

    def model(self, layers: Sequence[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]) -> Any:
        """`nn.Sequential` of linear layers, ReLUs between them and a sigmoid at the end.

        Args:
          layers: (weight (outputs, inputs), bias (outputs,)) for each; their dtype is the model's.
        """
        return self._ask("model", list(layers))

    def facts(self, value: Any) -> dict[str, Any]:
        """What autograd knows of a handle: tensor, and if it is one: is_leaf, requires_grad, has_grad_fn, dtype."""
        facts: dict[str, Any] = self._ask("facts", value)._value
        return facts

    def watch(self) -> None:
        """From now on it is noted whether autograd runs."""
        self._ask("watch")

    def autograd_used(self) -> bool:
        """Whether torch has taken a derivative since `watch`."""
        return self._ask("autograd_used")._value is True
