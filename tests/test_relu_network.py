"""The pack relu_network: gradient checks told apart by puppets, autograd over the wire, kinks kept away from."""

from __future__ import annotations

import contextlib
import io
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from grader.grading import Task, grade
from grader.reports import Report
from grader.submissions import parse

from .conftest import ROOT, exercise
from .corpus import PASSES, Written, written

pytestmark = pytest.mark.slow  # keys of several packs, torch in every process

REFERENCE = (ROOT / "reference" / "relu_network.py").read_text()
PLAIN = f"{REFERENCE}\nimport torch\n"  # once, not in each exercise's process
STUB = ROOT / "assignments" / "relu_network"
WRITTEN = ROOT / "tests" / "submissions" / "relu_network"


@pytest.fixture(scope="module")
def relu_network(tasks: Callable[[str], Task]) -> Task:
    return tasks("relu_network")


def graded(task: Task, text: str | bytes, name: str = "hw.py") -> Report:
    return grade(task, parse("hw", name, text.encode() if isinstance(text, str) else text))


def lost(report: Report) -> dict[str, str]:
    return {
        each.id: f"{each.outcome}: {next(check.message for check in each.checks if check.outcome != 'passed')}"
        for each in report.exercises
        if each.score != each.max_score
    }


def notebook(*cells: str) -> str:
    made = [nbformat.v4.new_code_cell(cell) for cell in cells]
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=made)))


# ------------------------------------------------------------------------------------------------ the pack as a whole


def test_the_reference_as_a_student_would_hand_it_in_gets_full_points(relu_network: Task) -> None:
    report = graded(relu_network, REFERENCE)
    assert (lost(report), report.score) == ({}, report.max_score)
    assert [fault.mistake for each in report.exercises for fault in each.diagnosis] == []


@pytest.mark.parametrize("name", ["stub.py", "stub.ipynb"])
def test_the_stub_gets_nothing_and_each_exercise_is_not_implemented(name: str, relu_network: Task) -> None:
    report = graded(relu_network, (STUB / name).read_bytes(), name)
    assert report.score == 0
    assert {each.outcome for each in report.exercises} == {"not_implemented"}
    assert report.loading == []


def test_points_are_those_of_the_course(relu_network: Task) -> None:
    points = {each.id: each.points for each in relu_network.pack.exercises.values()}
    assert points == {
        **dict.fromkeys(["relu", "relu_derivative", "sigmoid", "sigmoid_derivative"], 1),
        "compute_loss": 2, "forward": 3, "backward": 8, "three_layer": 10, "gradient_check": 6, "gradient_check_all": 6,
        "train": 5, "train_autograd": 5,
        **dict.fromkeys(
            ["chain_rule", "computational_graph", "single_neuron", "update_parameters", "predict", "two_squares",
             "two_squares_autograd", "autograd_linear", "leaf_parameters", "gradient_flow"], 3,
        ),
    }  # fmt: skip


def module(task: Task) -> Any:
    """The pack's exercises.py, as it was loaded."""
    return sys.modules[next(iter(task.pack.exercises.values())).probe.__module__]


@pytest.mark.parametrize("seed", range(3))
def test_no_step_of_a_graded_trajectory_comes_near_a_kink_or_a_half(seed: int, relu_network: Task) -> None:
    from grader.packs.puppets import right

    namespace = right(relu_network.pack)
    for name, made in (("train", "NeuralNetworkWithBackprop"), ("three_layer", "ThreeLayerNetwork")):
        for case in relu_network.pack.exercises[name].cases(seed, seed):
            if name == "three_layer" and case.ask != "train":
                continue
            names = [key for key in case.fields if key[:1] in "Wb"]
            net = namespace[made](*([1] * (len(names) // 2 + 1)), learning_rate=case.rate)
            for key in names:
                setattr(net, key, getattr(case, key))
            for _ in range(case.fields.get("steps", 4)):
                output, cache = net.forward(case.X)
                near = [np.abs(cache[f"Z{layer}"]).min() for layer in range(1, len(names) // 2)]
                assert min(near) >= 1e-3
                assert np.abs(output - 0.5).min() >= 1e-3
                net.update_parameters(net.backward(case.Y, cache))


def test_autograds_trajectory_is_that_of_gradients_by_hand(relu_network: Task) -> None:
    """The twin runs the same engine, so this one is independent."""
    exercises = relu_network.pack.exercises["train_autograd"]
    for case in exercises.cases(relu_network.pack.seed, relu_network.seed):
        W1, b1, W2, b2 = (np.array(getattr(case, name)) for name in ("W1", "b1", "W2", "b2"))
        losses = []
        for _ in range(case.steps):
            Z1 = W1 @ case.X + b1
            A1 = np.maximum(0, Z1)
            A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
            losses.append(np.mean((A2 - case.Y) ** 2))
            assert np.abs(Z1).min() >= 1e-3
            dZ2 = 2 * (A2 - case.Y) / case.Y.size * A2 * (1 - A2)
            dZ1 = (W2.T @ dZ2) * (Z1 > 0)
            W2, b2 = W2 - case.rate * dZ2 @ A1.T, b2 - case.rate * dZ2.sum(1, keepdims=True)
            W1, b1 = W1 - case.rate * dZ1 @ case.X.T, b1 - case.rate * dZ1.sum(1, keepdims=True)
        expected = relu_network.key.expected(exercises, case)["losses"]
        assert np.allclose(losses, expected, rtol=1e-12)
        assert losses[0] != pytest.approx(losses[2], rel=1e-2)


# ------------------------------------------------------------------------------------------------ gradient checks

HEAD = "import copy\nimport math\nimport numpy as np\n"

# Six sound checks of different design: each defines check(nn, X, Y, epsilon, every).
SOUND = {
    "in place, norms of whole parameters": """
def check(nn, X, Y, epsilon, every):
    A2, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    out = {}
    for name in ["W1", "b1", "W2", "b2"]:
        p = getattr(nn, name)
        numeric = np.zeros_like(p)
        it = np.nditer(p, flags=["multi_index"])
        while not it.finished:
            i = it.multi_index
            keep = p[i]
            p[i] = keep + epsilon
            up = nn.compute_loss(Y, nn.forward(X)[0])
            p[i] = keep - epsilon
            down = nn.compute_loss(Y, nn.forward(X)[0])
            p[i] = keep
            numeric[i] = (up - down) / 2 / epsilon
            it.iternext()
        a = grads["d" + name]
        out[name] = np.linalg.norm(a - numeric) / (np.linalg.norm(a) + np.linalg.norm(numeric) + 1e-8)
    return out
""",
    "flat views, the seed's way, random samples": """
def check(nn, X, Y, epsilon, every):
    analytic = nn.backward(Y, nn.forward(X)[1])
    result = {}
    for name in ("b2", "W2", "b1", "W1"):
        flat = getattr(nn, name).ravel()
        count = flat.size if every else min(10, flat.size)
        places = np.random.choice(flat.size, count, replace=False)
        a, n = analytic[f"d{name}"].ravel()[places], np.zeros(count)
        for k, place in enumerate(places):
            old = flat[place]
            flat[place] = old + epsilon
            plus = nn.compute_loss(Y, nn.forward(X)[0])
            flat[place] = old - epsilon
            minus = nn.compute_loss(Y, nn.forward(X)[0])
            flat[place] = old
            n[k] = (plus - minus) / (2 * epsilon)
        print(name, "checked")
        result[name] = np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n) + 1e-8)
    return result
""",
    "on deep copies, largest relative error of an element": """
def check(nn, X, Y, epsilon, every):
    grads = copy.deepcopy(nn).backward(Y, nn.forward(X)[1])

    def loss(name, index, step):
        twin = copy.deepcopy(nn)
        getattr(twin, name)[index] += step
        return twin.compute_loss(Y, twin.forward(X)[0])

    worst = dict.fromkeys(["W1", "b1", "W2", "b2"], 0.0)
    for name in worst:
        for index, a in np.ndenumerate(grads["d" + name]):
            n = (loss(name, index, epsilon) - loss(name, index, -epsilon)) / (2 * epsilon)
            if max(abs(a), abs(n)) > 0:
                worst[name] = max(worst[name], float(abs(a - n) / max(abs(a), abs(n))))
    return worst
""",
    "new arrays set as attributes, one flat vector, lists": """
def check(nn, X, Y, epsilon, every):
    names = ["W1", "b1", "W2", "b2"]
    original = {name: getattr(nn, name) for name in names}
    grads = nn.backward(Y, nn.forward(X)[1])
    answer = {}
    try:
        for name in names:
            errors, sizes = [], []
            for flat in range(original[name].size):
                values = []
                for sign in (+1, -1):
                    moved = original[name].copy()
                    moved.flat[flat] += sign * epsilon
                    setattr(nn, name, moved)
                    out, _ = nn.forward(X)
                    values.append(nn.compute_loss(Y, out))
                slope = (values[0] - values[1]) / (2 * epsilon)
                g = grads["d" + name].flat[flat]
                errors.append((g - slope) ** 2)
                sizes.append(g ** 2 + slope ** 2)
            setattr(nn, name, original[name])
            answer[name] = math.sqrt(sum(errors) / sum(sizes))
    finally:
        for name in names:
            setattr(nn, name, original[name])
    return answer
""",
    "a stencil of five points": """
def check(nn, X, Y, epsilon, every):
    grads = nn.backward(Y, nn.forward(X)[1])
    h = 10 * epsilon
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        p, n = getattr(nn, name), np.zeros(getattr(nn, name).shape)
        for i in np.ndindex(*p.shape):
            old, f = p[i], {}
            for k in (-2, -1, 1, 2):
                p[i] = old + k * h
                f[k] = nn.compute_loss(Y, nn.forward(X)[0])
            p[i] = old
            n[i] = (8 * (f[1] - f[-1]) - (f[2] - f[-2])) / (12 * h)
        a = grads["d" + name]
        result[name] = np.max(np.abs(a - n)) / np.max(np.abs(a) + np.abs(n))
    return result
""",
    "added and taken away, a class that does it": """
class Checker:
    def __init__(self, nn, X, Y, epsilon):
        self.nn, self.X, self.Y, self.epsilon = nn, X, Y, epsilon

    def loss(self):
        return self.nn.compute_loss(self.Y, self.nn.forward(self.X)[0])

    def slope(self, p, i):
        p[i] += self.epsilon
        above = self.loss()
        p[i] -= 2 * self.epsilon
        below = self.loss()
        p[i] += self.epsilon
        return (above - below) / (2 * self.epsilon)

def check(nn, X, Y, epsilon, every):
    checker = Checker(nn, X, Y, epsilon)
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    out = {}
    for name, p in vars(nn).items():
        if name == "learning_rate":
            continue
        n = np.array([[checker.slope(p, (r, c)) for c in range(p.shape[1])] for r in range(p.shape[0])])
        out[name] = np.mean(np.abs(grads["d" + name] - n)) / np.mean(np.abs(grads["d" + name]) + np.abs(n))
    return out
""",
}
BOTH = """
def gradient_check(nn, X, Y, epsilon=1e-5):
    return check(nn, X, Y, epsilon, False)

def gradient_check_all(nn, X, Y, epsilon=1e-5):
    return check(nn, X, Y, epsilon, True)
"""
PLACE = SOUND["in place, norms of whole parameters"]
ERROR = "np.linalg.norm(a - numeric) / (np.linalg.norm(a) + np.linalg.norm(numeric) + 1e-8)"
# Six unsound ones, with their slug.
UNSOUND = {
    "always passes": (
        "\ndef check(nn, X, Y, epsilon, every):\n    return {name: 1e-9 for name in ('W1', 'b1', 'W2', 'b2')}\n",
        "check-always-passes",
    ),
    "compares norms": (
        PLACE.replace(
            ERROR,
            "abs(np.linalg.norm(a) - np.linalg.norm(numeric)) / (np.linalg.norm(a) + np.linalg.norm(numeric))",
        ),
        "check-compares-norms",
    ),
    "unscaled error": (PLACE.replace(ERROR, "np.linalg.norm(a - numeric)"), "check-unscaled-error"),
    "skips biases": (PLACE.replace('["W1", "b1", "W2", "b2"]', '["W1", "W2"]'), "check-ignores-some-parameters"),
    "does not restore": (PLACE.replace("            p[i] = keep\n", ""), "step-not-restored"),
    "one-sided": (
        PLACE.replace("            p[i] = keep - epsilon\n            down", "            p[i] = keep\n            down")
        .replace("/ 2 / epsilon", "/ epsilon"),
        "forward-difference",
    ),
}  # fmt: skip
CHECKS = ("gradient_check", "gradient_check_all")


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_gradient_check_gets_full_points(name: str, relu_network: Task) -> None:
    report = graded(relu_network, HEAD + SOUND[name] + BOTH)
    assert {key: text for key, text in lost(report).items() if key in CHECKS} == {}


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_gradient_check_loses_points_and_is_named(name: str, relu_network: Task) -> None:
    text, slug = UNSOUND[name]
    assert text != PLACE
    report = graded(relu_network, HEAD + text + BOTH)
    for each in (exercise(report, key) for key in CHECKS):
        assert each.score < each.max_score
        assert [fault.mistake for fault in each.diagnosis] == [slug]


def test_a_check_that_always_passes_earns_nothing_at_all(relu_network: Task) -> None:
    report = graded(relu_network, HEAD + UNSOUND["always passes"][0] + BOTH)
    assert report.score == 0


@pytest.mark.parametrize("name", UNSOUND)
def test_a_naive_grader_that_looks_at_one_right_network_passes_them_all(name: str) -> None:
    """What the puppets are for: each unsound check says of one right network what a sound one would."""
    namespace: dict[str, Any] = {}
    exec(HEAD + UNSOUND[name][0] + BOTH, namespace)
    assert of_one_right_network(namespace["gradient_check"]) < 1e-3


# Written from the stub alone, by others; a right network's number doesn't tell them from sound ones.
UNSOUND_WRITTEN = [
    each
    for each in written("relu_network", "single")
    if each.exercise in CHECKS
    and each.path.name not in PASSES
    and each.slugs
    & {
        "check-always-passes",
        "check-changes-network",
        "check-compares-norms",
        "check-ignores-some-parameters",
        "check-samples-only",
        "check-unscaled-error",
        "forward-difference",
    }
]


def defined(path: Path) -> dict[str, Any]:
    """What a submission of ours defines, run here."""
    module = types.ModuleType(f"submission_{path.stem}")
    sys.modules[module.__name__] = module  # dataclasses look there for what annotations name
    namespace = vars(module)
    text = path.read_text()
    cells = nbformat.reads(text, 4).cells if path.suffix == ".ipynb" else []
    with contextlib.redirect_stdout(io.StringIO()):
        for source in [cell.source for cell in cells if cell.cell_type == "code"] or [text]:
            exec(source, namespace)
    return namespace


def of_one_right_network(check: Callable[..., dict[str, float]]) -> float:
    """The largest number that a check gives for a right network."""
    namespace: dict[str, Any] = {}
    exec(REFERENCE, namespace)
    rng = np.random.default_rng(1)
    net = namespace["NeuralNetworkWithBackprop"](2, 3, 1)
    net.b1, net.b2 = rng.normal(size=(3, 1)), rng.normal(size=(1, 1))
    X, Y = rng.normal(size=(2, 5)), np.array([[1.0, 0.0, 1.0, 1.0, 0.0]])
    with contextlib.redirect_stdout(io.StringIO()):
        return max(check(net, X, Y).values())


@pytest.mark.parametrize("submission", UNSOUND_WRITTEN, ids=[each.path.name for each in UNSOUND_WRITTEN])
def test_an_unsound_check_that_others_wrote_passes_where_one_number_is_looked_at_but_not_here(
    submission: Written, relu_network: Task
) -> None:
    assert submission.exercise is not None
    assert of_one_right_network(defined(submission.path)[submission.exercise]) < 1e-3
    found = exercise(graded(relu_network, submission.path.read_bytes(), submission.path.name), submission.exercise)
    assert found.score < found.max_score
    assert {fault.mistake for fault in found.diagnosis} == submission.slugs


def test_unsound_checks_of_all_kinds_are_among_them() -> None:
    assert len(UNSOUND_WRITTEN) >= 6
    assert len({slug for each in UNSOUND_WRITTEN for slug in each.slugs}) >= 6


SOUND_WRITTEN = [
    "elementwise_floor_shuffle.py",
    "five_point_stencil_contextmanager.py",
    "flattened_theta_closure.py",
    "one_hot_steps_exchanged_arrays.py",
    "tiefe_kopie_deutsch.ipynb",
    "try_finally_and_choice.py",
]


@pytest.mark.parametrize("name", SOUND_WRITTEN)
def test_a_sound_check_that_others_wrote_gets_full_points(name: str, relu_network: Task) -> None:
    content = (WRITTEN / "right" / name).read_bytes()
    report = graded(relu_network, content, name)
    assert (lost(report), report.score) == ({}, report.max_score)


def test_what_a_check_keeps_of_a_puppet_is_of_no_use_to_its_own_backward(relu_network: Task) -> None:
    """The network is answered while it is checked, in a process that is over with the exercise."""
    thief = REFERENCE.replace(
        "    gradients = nn.backward(Y, nn.forward(X)[1])\n",
        "    global kept\n    kept = nn\n    open('kept', 'w').write('x')\n    gradients = nn.backward(Y, nn.forward(X)[1])\n",
    ).replace(
        "        m = Y.shape[1]\n        dZ2 = ",
        "        import os\n        if os.path.exists('kept'):\n            raise LookupError('the file is still there')\n"
        "        puppet = kept\n        for name in ('W1', 'b1', 'W2', 'b2'):\n"
        "            setattr(puppet, name, getattr(self, name))\n        return puppet.backward(Y, cache)\n"
        "        m = Y.shape[1]\n        dZ2 = ",
    )
    # The checks are asked before backward is, too.
    order = dict(sorted(relu_network.pack.exercises.items(), key=lambda item: not item[0].startswith("gradient_check")))
    relu_network.pack.exercises, before = order, relu_network.pack.exercises
    try:
        report = graded(relu_network, thief)
    finally:
        relu_network.pack.exercises = before
    assert exercise(report, "gradient_check").score == 6
    backward = exercise(report, "backward")
    assert backward.score == 0
    assert {check.outcome for check in backward.checks} == {"raised"}
    assert "NameError" in backward.checks[0].message


def test_a_puppet_answers_only_while_it_is_checked_and_is_not_trained(relu_network: Task) -> None:
    from grader.packs import Case
    from grader.packs.implementation import Connection, Implementation, Local, StudentFault, plain
    from grader.packs.puppets import Puppet

    case = module(relu_network).checkable(5, 4, 2, 3, 1, 0.05)
    namespace: dict[str, Any] = {
        "keep": lambda nn, X, Y: namespace.update(kept=nn) or {"W1": 0.0},
        "look": lambda nn, X, Y: {"W1": float(sorted(vars(nn)) == ["W1", "W2", "b1", "b2", "learning_rate"])},
        "train": lambda nn, X, Y: {"W1": nn.train(X, Y, 1)[0]},
        "use": lambda X: namespace["kept"].forward(X)[0],
    }
    connection = Connection(Local(namespace))
    connection.begin(Case("a case"), 0)
    student = Implementation(connection)
    parameters = {name: case[name] for name in ("W1", "b1", "W2", "b2")}

    def puppet() -> Puppet:
        return Puppet(student, relu_network.pack, "NeuralNetworkWithBackprop", parameters)

    assert puppet().checked(student.look, case["X"], case["Y"]).said == {"W1": 1.0}
    with pytest.raises(StudentFault, match="not to be trained"):
        puppet().checked(student.train, case["X"], case["Y"])
    puppet().checked(student.keep, case["X"], case["Y"])
    with pytest.raises(StudentFault, match="only while it is being checked"):
        plain(student.use(case["X"]))


@pytest.mark.parametrize("seed", range(3))
def test_puppets_are_well_away_from_every_doubt(seed: int, relu_network: Task) -> None:
    """Gradients of 0.05 and more, wrong ones by 0.01 and more in every element of some parameter."""
    from grader.packs.puppets import reference, right

    exercises = module(relu_network)
    for size in ((4, 2, 3, 1), (4, 2, 3, 2), (5, 3, 4, 2)):
        case = exercises.checkable(seed, *size, 0.05)

        def gradients(namespace: Any, case: Any = case) -> dict[str, Any]:
            net = namespace["NeuralNetworkWithBackprop"](1, 1, 1, learning_rate=0.1)
            for name in ("W1", "b1", "W2", "b2"):
                setattr(net, name, case[name])
            result: dict[str, Any] = net.backward(case["Y"], net.forward(case["X"])[1])
            return result

        expected = gradients(right(relu_network.pack))
        assert min(np.abs(value).min() for value in expected.values()) >= 0.05
        for kind in exercises.WRONG:
            wrong = gradients(reference(relu_network.pack).namespace([exercises.wrong(kind)[0]]))
            relative = {
                name: np.abs(wrong[name] - value) / np.maximum(np.abs(value), np.abs(wrong[name]))
                for name, value in expected.items()
            }
            if kind in ("W1", "b1", "W2", "b2"):
                assert [name for name, value in relative.items() if value.max() > 0] == [f"d{kind}"]
            if kind != "slightly":
                assert max(value.min() for value in relative.values()) >= 1e-2
            assert max(value.max() for value in relative.values()) >= 1e-3


# ------------------------------------------------------------------------------------------------------- autograd


def test_the_seeds_own_way_to_make_parameters_is_named_and_the_rest_keeps_its_points(relu_network: Task) -> None:
    """The autograd cell that dies on a non-leaf, as a notebook that was run from top to bottom would have it."""
    cells = [
        REFERENCE,
        "import torch\n\ndef leaf_parameters(shape, scale, generator):\n"
        "    return torch.randn(*shape, generator=generator, requires_grad=True) * scale\n",
        "W = leaf_parameters((2, 2), 0.1, torch.Generator())\n(W ** 2).sum().backward()\nW -= 0.5 * W.grad\n",
        "def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):\n"
        "    W1, b1, W2, b2 = (p.clone().requires_grad_(True) * 1 for p in (W1, b1, W2, b2))\n    losses = []\n"
        "    for i in range(num_iterations):\n"
        "        loss = torch.mean((Y - torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)) ** 2)\n"
        "        losses.append(loss.item())\n        loss.backward()\n        with torch.no_grad():\n"
        "            W1 -= learning_rate * W1.grad\n            W1.grad.zero_()\n    return losses\n",
    ]
    report = graded(relu_network, notebook(*cells), "hw.ipynb")
    assert [error.cell for error in report.loading] == [3]
    assert set(lost(report)) == {"leaf_parameters", "train_autograd"}
    assert [fault.mistake for fault in exercise(report, "leaf_parameters").diagnosis] == ["non-leaf-parameter"]


def test_a_course_notebook_whose_autograd_cell_dies_on_a_non_leaf_loses_that_alone(relu_network: Task) -> None:
    """Run from top to bottom; `nn` is a network by the time that a class is to be derived from nn.Module."""
    name = "seed_manner.ipynb"
    report = graded(relu_network, (WRITTEN / name).read_bytes(), name)
    assert [(error.cell, error.error.partition(":")[0]) for error in report.loading] == [
        (10, "TypeError"),
        (12, "AttributeError"),
    ]
    assert set(lost(report)) == {"leaf_parameters"}
    (fault,) = exercise(report, "leaf_parameters").diagnosis
    assert (fault.mistake, fault.cell, fault.line) == ("non-leaf-parameter", 10, 2)


def test_a_training_that_dies_on_a_non_leaf_is_named(relu_network: Task) -> None:
    text = PLAIN.replace("value.clone().requires_grad_()", "value.clone().requires_grad_() * 1")
    report = graded(relu_network, text)
    assert [fault.mistake for fault in exercise(report, "train_autograd").diagnosis] == ["non-leaf-parameter"]


AUTOGRAD = {
    "by hand": (
        "two_squares_autograd", "def two_squares_autograd(w1, w2, x1, x2):\n    return 4 * w1 * x1**2, 4 * w2 * x2**2\n",
        "autograd-not-used", "no derivative was taken by PyTorch's autograd",
    ),
    "gradients add up": (
        "train_autograd",
        "import torch\ndef train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):\n"
        "    ps = [p.detach().clone() for p in (W1, b1, W2, b2)]\n    for p in ps:\n        p.requires_grad = True\n"
        "    out = []\n    for _ in range(num_iterations):\n"
        "        a = torch.sigmoid(ps[2].matmul(torch.clamp(ps[0].matmul(X) + ps[1], min=0)) + ps[3])\n"
        "        loss = ((a - Y) ** 2).mean()\n        out.append(float(loss))\n        loss.backward()\n"
        "        for p in ps:\n            p.data = p.data - learning_rate * p.grad\n    return out\n",
        "gradients-not-zeroed", "losses[",
    ),
    "left over": (
        "gradient_flow",
        "import torch.nn as nn\ndef gradient_flow(model, X, Y):\n    nn.BCELoss()(model(X), Y).backward()\n"
        "    return [m.weight.grad.abs().mean() for m in model if isinstance(m, nn.Linear)]\n",
        "gradients-not-zeroed", "gradient_flow[",
    ),
    "no leaf": (
        "leaf_parameters",
        "import torch\ndef leaf_parameters(shape, scale, generator):\n"
        "    t = torch.randn(shape, generator=generator)\n    t.requires_grad_(True)\n    return scale * t\n",
        "non-leaf-parameter", "the tensor is no leaf",
    ),
    "arrays": (
        "leaf_parameters",
        "def leaf_parameters(shape, scale, generator):\n    return np.random.randn(*shape) * scale\n",
        None, "should return a tensor",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", AUTOGRAD)
def test_mistakes_with_autograd_are_named(name: str, relu_network: Task) -> None:
    where, text, slug, message = AUTOGRAD[name]
    report = graded(relu_network, PLAIN + text)
    assert set(lost(report)) == {where}
    found = exercise(report, where)
    assert [fault.mistake for fault in found.diagnosis] == ([slug] if slug else [])
    assert message in lost(report)[where]


# ---------------------------------------------------------------------------------------------------- the network


NET = "class NeuralNetworkWithBackprop(NeuralNetworkWithBackprop):\n"
DEEP = "class ThreeLayerNetwork(ThreeLayerNetwork):\n"
MISTAKES = {
    "mask at zero": (
        "relu_derivative", NET + "    def relu_derivative(self, Z):\n        return np.where(Z < 0, 0.0, 1.0)\n",
        ["relu-derivative-one-at-zero"],
    ),
    "the seed's text: an extra derivative": (
        "backward",
        NET + "    def backward(self, Y, cache):\n        m = Y.shape[1]\n        A2 = cache['A2']\n"
        "        d2 = (A2 - Y) * A2 * (1 - A2) / m\n        d1 = self.W2.T.dot(d2) * (cache['Z1'] > 0)\n"
        "        return {'dW1': d1.dot(cache['X'].T), 'db1': d1.sum(1, keepdims=True),\n"
        "                'dW2': d2.dot(cache['A1'].T), 'db2': d2.sum(1, keepdims=True)}\n",
        ["extra-output-derivative"],
    ),
    "no mask, bias of one sample": (
        "backward",
        NET + "    def backward(self, Y, cache):\n        m = Y.shape[1]\n        d2 = cache['A2'] - Y\n"
        "        d1 = self.W2.T @ d2\n        return {'dW1': d1 @ cache['X'].T / m, 'db1': d1.mean(1, keepdims=True),\n"
        "                'dW2': d2 @ cache['A1'].T / m, 'db2': d2[:, [0]] / m}\n",
        ["bias-first-sample-only", "mask-missing"],
    ),
    "mean over everything": (
        "compute_loss",
        NET + "    def compute_loss(self, Y, A2):\n        A2 = np.clip(A2, 1e-9, 1 - 1e-9)\n"
        "        return float(-np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)))\n",
        ["mean-for-sum"],
    ),
    "no clip": (
        "compute_loss",
        NET + "    def compute_loss(self, Y, A2):\n"
        "        return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]\n",
        ["unclipped-log"],
    ),
    "truncated": ("predict", NET + "    def predict(self, X):\n        return self.forward(X)[0].astype(int)\n", ["threshold-missing"]),
    "three layers, a mask forgotten": (
        "three_layer",
        DEEP + "    def backward(self, Y, cache):\n        m = Y.shape[1]\n        d3 = (cache['A3'] - Y) / m\n"
        "        d2 = self.W3.T @ d3\n        d1 = (self.W2.T @ d2) * (cache['Z1'] > 0)\n"
        "        return {'dW1': d1 @ cache['X'].T, 'db1': d1.sum(1, keepdims=True), 'dW2': d2 @ cache['A1'].T,\n"
        "                'db2': d2.sum(1, keepdims=True), 'dW3': d3 @ cache['A2'].T, 'db3': d3.sum(1, keepdims=True)}\n",
        ["mask-missing"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_students_own_words_is_named(name: str, relu_network: Task) -> None:
    where, text, slugs = MISTAKES[name]
    report = graded(relu_network, PLAIN + text)
    found = exercise(report, where)
    assert found.score < found.max_score
    assert sorted(fault.mistake for fault in found.diagnosis) == slugs


def test_a_wrong_class_costs_the_other_class_nothing(relu_network: Task) -> None:
    """Both have methods of the same names."""
    text = DEEP + "    def forward(self, X):\n        A3, cache = super().forward(X)\n        return A3 * 0.9, cache\n"
    assert set(lost(graded(relu_network, PLAIN + text))) == {"three_layer"}
    text = NET + "    def update_parameters(self, gradients):\n        self.W1 = self.W1 + gradients['dW1']\n"
    assert "three_layer" not in lost(graded(relu_network, PLAIN + text))
