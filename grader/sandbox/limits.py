"""What a submission may use up."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one submission; a pack may set others.

    Attributes:
      exercise: CPU seconds for one exercise.
      loading: CPU seconds for running all cells once.
      patience: the wall-clock backstop, as a multiple of the CPU limit.
      memory: bytes of private memory beyond what an empty worker has.
      file_size: bytes, of one file.
      output: bytes of printed text that are kept.
      whole: CPU seconds for the submission in all; exercises that are left when they are used up are skipped.
      callbacks: calls of the judge's functions in one exercise.
    """

    exercise: float = 10.0
    loading: float = 60.0
    patience: float = 5.0
    memory: int = 2 << 30
    file_size: int = 64 << 20
    output: int = 1 << 20
    callbacks: int = 100_000
    whole: float = 400.0
