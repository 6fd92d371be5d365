"""course.toml: what a teacher sets beside a pack; its errors; how much students are told."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from grader.cli.main import make_task
from grader.grading import grade
from grader.packs import PackError, key, loading
from grader.reports import Audience, Report, at_level, from_json, seen_by, to_json
from grader.submissions import parse

from .report_samples import report, wrong
from .small_pack import write_pack

COURSE = """\
deadline = 2026-12-01T23:59:00+01:00
hidden = false
[points]
gradient = 12
[shares]
missing = 0.5
[limits]
exercise = 3
memory = 1e9
[feedback]
check = "outcome"
record = "mistake"
"""


def with_course(folder: Path, text: str) -> Path:
    (folder / "course.toml").write_text(text)
    return folder


def test_a_course_sets_points_shares_limits_deadline_feedback_and_hidden_cases(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    before = loading.load(str(folder))
    pack = loading.load(str(with_course(folder, COURSE)))
    assert (pack.max_score, pack.exercises["gradient"].points, pack.share, pack.share_missing) == (13, 12, 1.0, 0.5)
    assert (pack.limits.exercise, pack.limits.memory, pack.limits.loading) == (3.0, 10**9, 60.0)
    assert type(pack.limits.memory) is int
    assert pack.feedback == {"check": "outcome", "record": "mistake"}
    assert key.ingredients(pack, 0) == key.ingredients(before, 0)  # no answer depends on it
    task = make_task(pack, None)
    digest = "sha256:" + hashlib.sha256(COURSE.encode()).hexdigest()
    assert (task.assignment.course, task.assignment.feedback) == (digest, "mistake")
    assert task.assignment.deadline == "2026-12-01T23:59:00+01:00"
    graded = grade(task, parse("hw", "hw.py", b"def half(x): return x\ndef gradient(x): return 2 * x\n"))
    assert (graded.score, graded.max_score) == (12, 13)
    shown = [check for each in graded.exercises for check in each.checks if check.name == "five"]
    assert [check.hidden for check in shown] == [False, False]
    assert "but should be" in shown[0].message
    (fault,) = seen_by(graded, Audience.STUDENTS).exercises[0].diagnosis
    assert (fault.mistake, fault.hint) == ("not-halved", "")
    assert seen_by(graded, Audience.STAFF).exercises[0].diagnosis[0].hint == "Only a part of it is asked for."
    assert from_json(to_json(graded)) == graded


def test_without_a_course_all_is_as_the_pack_has_it(tmp_path: Path) -> None:
    task = make_task(loading.load(str(write_pack(tmp_path))), None)
    assert (task.assignment.course, task.assignment.deadline, task.assignment.feedback) == (None, None, "hint")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("points = ", "can't be read as TOML: Invalid value (at"),
        ("[points]\nhalve = 3", "points: there is no exercise 'halve'; the exercises are: half, gradient"),
        ("[points]\nhalf = -1", "points.half is -1, but should be a number from 0 up"),
        ("[points]\nhalf = nan", "points.half is nan, but should be a number from 0 up"),
        ('[points]\nhalf = "3"', "points.half is '3', but should be a number from 0 up"),
        ("[shares]\nmissing = 1.5", "Expected `float` <= 1.0 - at `$.shares.missing`"),
        ("[limits]\ntime = 3", "limits: there is no limit 'time'; the limits are: exercise, loading, patience, memory"),
        ("[limits]\nmemory = 3.5", "limits.memory is 3.5, but should be a whole number"),
        ("[limits]\nexercise = inf", "limits.exercise is inf, but should be a number above 0"),
        ("[limits]\nexercise = 300", "half: limits.whole is 400 s, but should be at least the sum"),
        ('[feedback]\nrecord = "all"', "outcome, quantity, line, mistake, hint"),
        ("deadline = 2026-12-01T23:59:00", "a time with its offset"),
        ("dead_line = 1", "Object contains unknown field `dead_line`; the keys are: deadline"),
        ("hidden = 1", "Expected `bool`, got `int` - at `$.hidden`"),
    ],
)
def test_an_error_names_the_file_the_key_the_value_and_what_is_allowed(text: str, message: str, tmp_path: Path) -> None:
    folder = with_course(write_pack(tmp_path), text)
    with pytest.raises(PackError) as error:
        loading.load(str(folder))
    assert "course.toml" in str(error.value)
    assert message in str(error.value)


def told(level: str) -> str:
    sample: Report = report("ada", wrong(), staff={})
    return to_json(at_level(sample, level)).decode()


def test_each_level_tells_more_than_the_one_before() -> None:
    levels = ("outcome", "quantity", "line", "mistake", "hint")
    sample = report("ada", wrong())
    fault = sample.exercises[0].diagnosis[0]
    number, line, slug, hint = "but should be 1", f"Look at line {fault.line}.", fault.mistake, fault.hint
    seen = [[text in told(level) for text in (number, line, slug, hint)] for level in levels]
    assert seen == [
        [False, False, False, False],
        [True, False, False, False],
        [True, True, False, False],
        [True, False, True, False],  # here the line stands beside the name
        [True, False, True, True],
    ]
    assert at_level(sample, "hint") == sample
    for level in levels:
        assert at_level(sample, level).exercises[0].score == sample.exercises[0].score
