"""The judgement of one check: by comparison with the answer key, or by the exercise's own predicate."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from grader.judging import Observation, Outcome, Verdict, judge

from .model import Case, Exercise


def verdict(exercise: Exercise, case: Case, seen: Observation, expected: Mapping[str, Any]) -> Verdict:
    """Judges what a probe saw.

    Args:
      expected: what the reference gives; a predicate does without.
    """
    changed = tuple(name for name in seen.changed if name not in exercise.may_change)
    seen = dataclasses.replace(seen, changed=changed)
    if exercise.predicate is None:
        return judge(seen, expected, case.tolerance or exercise.tolerance, integers=exercise.integers)
    if seen.outcome is Outcome.PASSED:
        try:
            found = exercise.predicate(seen.values, case)
        except (TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError) as error:
            # It passes the reference's answer, so it is what came back that it could not use.
            text = f"what came back could not be used ({type(error).__name__}: {error})"
            return Verdict(Outcome.WRONG_DTYPE, text)
        if found.outcome is not Outcome.PASSED:
            return found
    return judge(seen, {}, exercise.tolerance)
