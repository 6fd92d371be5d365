"""What a submission can make the judge itself do is bounded: time, memory, and what it keeps."""

from __future__ import annotations

import json
import threading
import time

import numpy as np
import pytest

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.packs import loading
from grader.packs.bounds import Allowance
from grader.sandbox import Limits, Session
from grader.sandbox.worker.wire import Decoder, WireError
from grader.submissions import UnreadableError, parse

from .conftest import Grade, exercise
from .test_hazards import limits, notebook

SIGMOID = "def sigmoid(x): return 1 / (1 + np.exp(-np.asarray(x, float)))\n"


def test_what_the_functions_that_are_called_take_is_bounded() -> None:
    allowance = Allowance(0.05)
    with allowance:
        pass
    with pytest.raises(TimeoutError), allowance:
        while True:
            pass
    with pytest.raises(TimeoutError), allowance:
        pytest.fail("nothing is left")
    end = time.process_time() + 0.1
    while time.process_time() < end:  # nothing is stopped once it is over
        pass


def test_another_thread_is_let_alone() -> None:
    found: list[str] = []

    def work() -> None:
        with Allowance(0.05):
            found.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["done"]


def test_much_memory_is_refused_and_then_to_be_had_again() -> None:
    for _ in range(2):
        with pytest.raises(MemoryError), Allowance(60.0):
            np.zeros(2 << 30, np.uint8)
        assert np.zeros(2 << 30, np.uint8).size == 2 << 30


@pytest.mark.slow
def test_a_training_without_end_in_the_judge_is_stopped() -> None:
    task = make_task(loading.load("xor_script"), None)
    text = f"""import numpy as np
{SIGMOID}
def sigmoid_derivative(a): return a * (1 - a)
def train(X, y, W1, b1, W2, b2, learning_rate, iterations): return W1, b1, W2, b2, [0.0]
np.random.seed(1)
W1, b1, W2, b2 = np.random.rand(2, 4), np.random.rand(1, 4), np.random.rand(4, 1), np.random.rand(1, 1)
X, y = np.array([[0., 0], [1, 0], [0, 1], [1, 1]]), np.array([[0.], [1], [1], [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10**12)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
"""
    with limits(task, Limits(exercise=2.0, loading=10.0)):
        for each in task.pack.exercises.values():
            each.seconds = None
        report = grade(task, parse("endless", "endless.py", text.encode()))
    assert report.status == "graded"
    assert exercise(report, "sigmoid").outcome == "passed"


@pytest.mark.slow
@pytest.mark.parametrize(
    "call",
    [
        "mse_loss(np.zeros((40_000, 1)), np.zeros((1, 40_000)))",
        "mse_loss([0.0] * 20_000, np.zeros((40_000, 1)))",
    ],
    ids=["broadcasting", "a list"],
)
def test_memory_without_end_in_the_judge_is_refused(call: str, sigmoid_network: Task, plain: str) -> None:
    train = (
        "\n\ndef mse_loss(p, t):\n    return 0.0\n\n\ndef train(self, X, y, epochs=1000):\n"
        f"    {call}\n\n\nSimpleNeuralNetwork.train = train\n"
    )
    report = grade(sigmoid_network, parse("wide", "wide.py", (plain + train).encode()))
    assert report.status == "graded"
    assert exercise(report, "relu").outcome == "passed"
    assert exercise(report, "train").score == 0


def test_hidden_inputs_are_not_told_by_public_checks(sigmoid_network: Task, plain: str) -> None:
    text = (
        plain + "\n\nasked = []\n\n\ndef relu(x):\n    asked.append(repr(x))\n"
        "    if len(np.shape(x)) < 3:\n        raise ValueError(str(len(asked)) + ''.join(asked))\n    return x\n"
    )
    report = grade(sigmoid_network, parse("told", "told.py", text.encode()))
    checks = exercise(report, "relu").checks
    assert any(check.hidden for check in checks)
    assert not any("[[[" in check.message for check in checks)


def test_hidden_inputs_of_one_exercise_are_not_told_by_public_checks_of_a_later_one(
    sigmoid_network: Task, plain: str
) -> None:
    keeps = """
_right = sigmoid
def sigmoid(x):
    with open("seen.txt", "a") as file:
        file.write(" ".join(f"{value:.6f}" for value in np.ravel(x)) + " ")
    return _right(x)
def mse_loss(y_pred, y_true):
    raise ValueError("seen: " + open("seen.txt").read()[-400:])
"""
    report = grade(sigmoid_network, parse("hw", "hw.py", (plain + keeps).encode()))
    asked = [sigmoid_network.pack.exercises[name] for name in ("sigmoid", "sigmoid_derivative")]
    cases = [case for each in asked for case in each.cases(sigmoid_network.pack.seed, sigmoid_network.seed)]
    hidden = {f"{value:.6f}" for case in cases if case.hidden for value in np.ravel(case.x)}
    assert hidden
    assert exercise(report, "sigmoid").outcome == "passed"
    told = [check.message for each in report.exercises for check in each.checks if not check.hidden]
    assert any("seen: " in message and len(message) > 300 for message in told)
    assert not [value for value in hidden for message in told if value in message.split()]


def test_sleeping_statements_share_one_limit_of_loading(sigmoid_network: Task, plain: str) -> None:
    text = "import time\n" + "time.sleep(0.4)\n" * 40 + plain
    with limits(sigmoid_network, Limits(loading=1.0, patience=2.0)):
        report = grade(sigmoid_network, parse("asleep", "asleep.py", text.encode()))
    assert any("Skipped: what came before it took 2 seconds" in each.error for each in report.loading)


def test_of_many_failing_statements_some_are_told(sigmoid_network: Task, plain: str) -> None:
    report = grade(sigmoid_network, parse("many", "many.py", ("nothing\n" * 300 + plain).encode()))
    assert report.score == report.max_score
    assert len(report.loading) == 51
    assert report.loading[-1].error == "250 more cells or statements failed"


@pytest.mark.parametrize("codec", ["undefined", "punycode", "idna"])
def test_a_codec_that_can_read_nothing_is_no_fault_of_ours(codec: str) -> None:
    with pytest.raises(UnreadableError):
        parse("odd", "odd.py", f"# -*- coding: {codec} -*-\nx = 'é'\n".encode("latin-1"))


def test_a_notebook_of_very_many_cells_is_refused() -> None:
    node = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}] * 20_000}
    with pytest.raises(UnreadableError, match="20,000 cells; at most 5,000"):
        parse("many", "many.ipynb", json.dumps(node).encode())


def test_lines_that_are_none_are_no_fault_of_ours(grade_text: Grade, plain: str) -> None:
    lie = (
        "\n\nimport sys\n\n\ndef _servant():\n    import gc\n"
        "    for module in list(sys.modules.values()):\n        for value in list(vars(module).values()):\n"
        "            if getattr(value, '__name__', '') == 'describe':\n"
        "                yield module, value\n\n\n"
        "for _module, _describe in list(_servant()):\n"
        "    def _lie(error, *rest, _describe=_describe):\n        found = _describe(error, *rest)\n"
        "        found['frames'] = [[__file__, True, 'f'], [__file__, 10**3000, 'f']]\n        return found\n"
        "    _module.describe = _lie\n\n1 / 0\n"
    )
    report = grade_text(plain + lie)
    assert report.status == "graded"
    assert [each.line for each in report.loading] == [None]


def test_outputs_of_every_kind_take_room() -> None:
    flood = (
        "from IPython import get_ipython\nsend = get_ipython().display_pub.publish\n"
        "for n in range(40):\n    send({'text/plain': 'x'}, metadata={'much': 'y' * 1_000_000})"
    )
    with Session(parse("flood", "flood.ipynb", notebook(flood, "print('done')")), Limits(), 0) as session:
        assert session.loading == ()
        assert 1 << 20 < len(str(session.notebook)) < 10 << 20


def test_keys_that_are_no_text_are_counted_over_all_dicts() -> None:
    decoder = Decoder([])
    node = {"l": [{"d": [[number, 0] for number in range(600)]}] * 2}
    with pytest.raises(WireError, match="keys"):
        decoder.value(node)
