"""What the diagnosis costs: a submission graded with and without it, in turn, with a warm key.

python -m tests.benchmarks.diagnosis [runs]
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Any

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.grading import grade as grading
from grader.packs import loading
from grader.submissions import parse

RIGHT = Path(__file__).parent.parent / "submissions" / "sigmoid_network" / "right" / "plain.py"
WRONG = {
    "nothing": ("", ""),
    "backward, a bias mean": ("delta1.sum(axis=0, keepdims=True)", "delta1.mean(axis=0, keepdims=True)"),
    "backward, an unknown factor": ("delta1 = delta2.dot(self.W2.T)", "delta1 = 1.1 * delta2.dot(self.W2.T)"),
    "forward, a missing bias": ("self.a1 = ", "self.z1 = self.z1 - self.b1; self.a1 = "),
}


def seconds(task: Task, text: str) -> float:
    start = time.perf_counter()
    grade(task, parse("hw", "hw.py", text.encode()))
    return time.perf_counter() - start


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    task = make_task(loading.load("sigmoid_network"), None)
    module: Any = sys.modules[grading.__module__]
    explanation = module.explanation
    nothing = module.Explanation([], [], [])
    for name, (old, new) in WRONG.items():
        text = RIGHT.read_text()
        assert old in text, old
        text = text.replace(old, new, 1)
        wrong = sum(each.outcome != "passed" for each in grade(task, parse("hw", "hw.py", text.encode())).exercises)
        times: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(runs):
            for diagnosed in (True, False):
                module.explanation = explanation if diagnosed else lambda *_: nothing
                times[diagnosed].append(seconds(task, text))
        added = [1000 * (one - other) for one, other in zip(times[True], times[False], strict=True)]
        each_wrong = f", {statistics.median(added) / wrong:.1f} ms for each of {wrong} wrong exercises" if wrong else ""
        print(
            f"{name:28} {1000 * statistics.median(times[False]):6.0f} ms without, "
            f"{1000 * statistics.median(times[True]):6.0f} ms with: {statistics.median(added):6.1f} ms added{each_wrong}"
        )


if __name__ == "__main__":
    main()
