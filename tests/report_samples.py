"""Reports made by hand, for what reads reports: a plain class, and one whose every text is an attack."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.reports import Assignment, Check, ExerciseReport, Fault, Loading, Report, SubmissionInfo
from grader.reports.model import Example, Step, Student

ASSIGNMENT = Assignment(id="small", title="A small assignment", digest="sha256:0")
SECRET = "98765.4321"  # a number of a hidden case

# One of each kind; all of them in one text, and each at the start of a text of its own.
ATTACKS = [
    "<script>attack()</script>",
    "<img src=x onerror=attack()>",
    "'\"><svg onload=attack()>",
    "javascript:attack()",
    "</pre></code></td></table>",
    "{{ 7 * 7 }}{% raw %}",
    "[click](https://attack.example)",
    "![x](https://attack.example/x.png)",
    "https://attack.example www.attack.example @attacker #1",
    "|a|b|\n|---|---|\n# heading\n```\n~~~\n",
    "::error file=x.py::attacked",
    "\n::set-output name=attack::1",
    "##[error]attacked",
    "%0A::warning::attacked",
    '=HYPERLINK("https://attack.example")',
    "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "＝1+1",
    "\x1b[31mred\x1b[0m\x1b]8;;https://attack.example\x07link\x1b]8;;\x07",
    "]]></failure><failure>", "&#x1b; &lt;b&gt;", "\x00\x01\ufffe\uffff\ud800",
    "\u202eesrever\u202c \u2066x\u2069 \u200b\u2028\u2029",
    ",;\"'\n\r\n,",
    "x" * 3000,
]  # fmt: skip
EVERY_ATTACK = " ".join(ATTACKS)


def exercise(
    name: str = "backward",
    score: float = 1.3333,
    most: float = 4,
    *,
    text: str = "dW1[0, 1] is 2, but should be 1",
    **others: Any,
) -> ExerciseReport:
    """An exercise with one check that passed, one that failed and a hidden one that failed."""
    given: dict[str, Any] = {
        "id": name,
        "title": f"The {name} pass",
        "outcome": "passed" if score == most else "wrong_value",
        "score": score,
        "max_score": most,
        "follow_through": False,
        "checks": [
            Check(name="one", outcome="passed", score=score, max_score=score, hidden=False, message=""),
            Check(name="two", outcome="wrong_value", score=0, max_score=most / 3, hidden=False, message=text),
            Check(
                name="three",
                outcome="wrong_value",
                score=0,
                max_score=most / 3,
                hidden=True,
                message="a number is wrong (a hidden check: its numbers are not shown)",
            ),
        ],
    }
    if score == most:
        given["checks"] = given["checks"][:1]
    return ExerciseReport(**{**given, **others})


def wrong(text: str = "dW1[0, 1] is 2, but should be 1", *, cell: int | None = None) -> ExerciseReport:
    """An exercise with everything that can be said of a wrong one."""
    return exercise(
        text=text,
        diagnosis=[
            Fault(mistake="batch-mean-twice", hint="Once is enough.", cell=cell, line=3, source=f"dW1 = {text}")
        ],
        remarks=[f"a remark: {text}"],
        steps=[
            Step(name="dz2", right=True, cell=cell, line=2),
            Step(name=text[:60], right=False, cell=cell, line=3),
        ],
        example=Example(
            check="two",
            inputs={"X": [[1.0, 2.0]], text[:60]: text[:200]},
            actual={"dW1": [[2.0, "nan"]], text[:60]: text[:200]},
            expected={"dW1": [[1.0, 4.0]], text[:60]: [1.0]},
        ),
    )


def report(
    id: str = "ada", *exercises: ExerciseReport, score: float | None = None, file: str = "", **others: Any
) -> Report:
    """A graded report; its score is the sum of the exercises' unless given."""
    found = list(exercises) or [exercise("sigmoid", 2, 2), wrong()]
    given: dict[str, Any] = {
        "authority": "record",
        "assignment": ASSIGNMENT,
        "submission": SubmissionInfo(id=id, file=file or f"{id}.py", kind="module", digest="sha256:1"),
        "status": "graded",
        "score": sum(each.score for each in found) if score is None else score,
        "max_score": sum(each.max_score for each in found),
        "exercises": found,
        "staff": {"hidden": {"backward": {"three": f"dW1[0, 0] is {SECRET}, but should be 1"}}},
        "run": {"seconds": 1.25, "seed": 12345678},
    }
    return Report(**{**given, **others})


def unscored(id: str, status: str, message: str = "It is empty.") -> Report:
    """A report without a score."""
    found = report(id, status=status, message=message, staff={})
    return msgspec.structs.replace(found, score=None, exercises=[])


def plain_class() -> list[Report]:
    """Four submissions: partly right, right, unreadable, and lost to a fault of the grader."""
    return [
        report("ada", student=Student(id="101", name="Ada Lovelace")),
        report("ben", exercise("sigmoid", 2, 2), exercise(score=4), student=Student(id="102", name="Ben Okri")),
        unscored("cy", "unreadable"),
        unscored("di", "harness_error", "This is a fault of the grader, not of the submission: OSError."),
    ]


def hostile(text: str = EVERY_ATTACK) -> Report:
    """A report whose every text that a student can have chosen is an attack."""
    return report(
        "hostile",
        exercise("sigmoid", 2, 2),
        wrong(text, cell=1),
        file=text,
        message=text,
        student=Student(id=text, name=text),
        loading=[Loading(cell=3, line=1, error=text)],
    )
