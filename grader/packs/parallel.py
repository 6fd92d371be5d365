"""The same for each exercise of a pack, in several processes where there is much to do."""

from __future__ import annotations

import functools
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from . import loading
from .model import Pack

MANY = 40  # mistakes of a pack; for fewer it does not pay to start other processes


def for_each_exercise(pack: Pack, function: Callable[..., Any], *arguments: Any) -> dict[str, Any]:
    """`function(pack, name of an exercise, *arguments)` by exercise; it must be a module's own function."""
    workers = min(os.cpu_count() or 1, 8)
    if len(pack.mistakes) < MANY or workers == 1:
        return {name: function(pack, name, *arguments) for name in pack.exercises}
    # Fresh processes: a fork of one in which torch has computed may never end.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        folder = str(pack.folder)
        jobs = {name: pool.submit(_there, folder, function, name, *arguments) for name in pack.exercises}
        return {name: job.result() for name, job in jobs.items()}


@functools.lru_cache(maxsize=1)
def _loaded(folder: str) -> Pack:
    return loading.load_mistakes(loading.load(folder))


def _there(folder: str, function: Callable[..., Any], name: str, *arguments: Any) -> Any:
    return function(_loaded(folder), name, *arguments)
