"""The written submissions of three more packs: what is wrong is named, and nothing right is accused.

`python -m tests.corpus xor_script` prints the figures of one.
"""

from __future__ import annotations

import pytest

from grader.cli.main import make_task
from grader.grading import Task
from grader.packs import loading

from .corpus import Written, compare, report, written

pytestmark = pytest.mark.slow  # keys of several packs; exclusive or and spirals are trained

PACKS = ("tensor_network", "xor_script", "training_loop")
ALL = [(pack, each) for pack in PACKS for each in written(pack)]
NOT_NAMED: set[str] = set()
# Lines of other faults than those that the writers marked, or none.
NOT_LOCATED: set[str] = set()
# Exercises beside their own that lose points by them, with reasons.
LOSE_MORE: dict[str, set[str]] = {}


@pytest.fixture(scope="module")
def tasks(_surroundings: None) -> dict[str, Task]:
    return {pack: make_task(loading.load(pack), None) for pack in PACKS}


@pytest.mark.parametrize(("pack", "submission"), ALL, ids=[f"{pack}/{each.path.name}" for pack, each in ALL])
def test_what_is_wrong_is_named_and_nothing_else(pack: str, submission: Written, tasks: dict[str, Task]) -> None:
    graded = report(tasks[pack], submission)
    assert not graded.staff.get("faults")
    name = submission.path.name
    found = compare(submission, graded, loading.load_mistakes(tasks[pack].pack).equivalents)
    assert set(found.failing) == submission.lost | LOSE_MORE.get(name, set())
    if submission.kind in ("right", "odd"):
        assert found.said == "nothing"
    else:
        assert found.is_named or name in NOT_NAMED, found.said
        assert found.is_located or name in NOT_LOCATED, found.said


def test_the_written_submissions_are_as_many_as_they_should_be() -> None:
    kinds = [each.kind for _, each in ALL]
    assert kinds.count("single") + kinds.count("double") >= 60
    assert kinds.count("right") >= 20
