"""The same for each exercise of a pack, in several processes where there is much to do."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from .model import Pack

MANY = 40  # mistakes of a pack; for fewer it does not pay to start other processes


def for_each_exercise(pack: Pack, function: Callable[..., Any], *arguments: Any) -> dict[str, Any]:
    """`function(pack, name of an exercise, *arguments)` by exercise; it must be a module's own function."""
    workers = min(os.cpu_count() or 1, 8)
    # A fork of a process in which torch has computed may never end; fresh processes would run the user's script again.
    if len(pack.mistakes) < MANY or workers == 1 or "torch" in sys.modules or sys.platform != "linux":
        return {name: function(pack, name, *arguments) for name in pack.exercises}
    with ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("fork"), initializer=_begin, initargs=(pack,)
    ) as pool:
        jobs = [pool.submit(_there, function, names, *arguments) for names in _together(pack)]
        found = {name: result for job in jobs for name, result in job.result().items()}
        return {name: found[name] for name in pack.exercises}


def _together(pack: Pack) -> list[list[str]]:
    """The exercises as they are done in one process: all that ask for what one script leaves, the others each alone."""
    of_script = [name for name, exercise in pack.exercises.items() if exercise.is_script]
    alone = [[name] for name in pack.exercises if name not in of_script]
    return [of_script, *alone] if of_script else alone


_packs: list[Pack] = []  # in the other processes: the pack; it is forked with them, never sent


def _begin(pack: Pack) -> None:
    _packs[:] = [pack]


def _there(function: Callable[..., Any], names: list[str], *arguments: Any) -> dict[str, Any]:
    return {name: function(_packs[0], name, *arguments) for name in names}
