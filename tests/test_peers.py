"""What other graders are given in the benchmark tells right submissions from wrong ones."""

import types
from collections.abc import Callable

import pytest

from grader.packs import loading
from tests.benchmarks import peers_class, peers_tests

TESTS = peers_tests.tests(loading.load("sigmoid_network"))
CLASS = peers_class.students(20)


def failing(student: peers_class.Student) -> set[str]:
    module = types.ModuleType("hw")
    exec(student.text, module.__dict__)
    found = set()
    for test in TESTS:
        try:
            exec(peers_tests.nbgrader(test), dict(module.__dict__))
        except AssertionError:
            found.add(test.exercise)
    return found


def test_the_class_is_eight_right_ones_and_twelve_wrong_ones() -> None:
    assert [sum(student.right is right for student in CLASS) for right in (True, False)] == [8, 12]


@pytest.mark.parametrize("student", CLASS, ids=lambda student: student.id)
def test_right_ones_pass_all_tests_and_wrong_ones_fail_some(student: peers_class.Student) -> None:
    assert bool(failing(student)) is not student.right


def test_all_cases_are_asked() -> None:
    pack = loading.load("sigmoid_network")
    asked = {test.exercise: [name for name, _ in test.cases] for test in TESTS}
    assert asked == {
        id: [case.name for case in exercise.cases(pack.seed, pack.seed)] for id, exercise in pack.exercises.items()
    }


@pytest.mark.parametrize(
    "form", [peers_tests.otter, lambda test: peers_tests.check50([test])], ids=["otter", "check50"]
)
def test_each_form_is_python(form: Callable[[peers_tests.Test], str]) -> None:
    for test in TESTS:
        compile(form(test), "test", "exec")
