"""What lines are found from, piece by piece, without a worker."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.grading.calls import inherited, reached, words_of
from grader.grading.lines import Lines, line_of_count
from grader.judging.diagnose import ANEW, BACKUP, END, KEPT, PLACES, PUT_BACK, Form
from grader.judging.steps import (
    ARGUMENT,
    IN_PLACE,
    NEW,
    RETURNED,
    Call,
    Event,
    Evidence,
    Known,
    Place,
    Trace,
    Values,
    first_scaled,
    first_wrong,
    last_shown,
    left_changed,
    put_under_key,
)
from grader.packs.forms import form_of
from grader.packs.model import Mistake
from grader.sandbox.worker.trace import Tracer
from grader.submissions import parse

CLASSES = """
class Net:
    def backward(self):
        return self._grads()

    def _grads(self):
        return 1

    def train(self):
        return self.backward()


class Deep:
    def backward(self):
        return deep_helper()

    def train(self):
        return self.backward()


def deep_helper():
    return 2


def check(nn):
    return nn.backward()
"""


def test_a_method_is_reached_through_self_in_its_own_class_and_else_by_name() -> None:
    submission = parse("hw", "hw.py", CLASSES.encode())
    assert reached(submission, ["Deep.train"]) == {"Deep.train", "Deep.backward", "deep_helper"}
    assert reached(submission, ["check"]) >= {"Net.backward", "Net._grads", "Deep.backward"}


def test_what_is_closed_is_not_gone_into() -> None:
    """A check that passes was handed another network: nothing is proven of the submission's own backward."""
    submission = parse("hw", "hw.py", CLASSES.encode())
    assert reached(submission, ["check"], {"Net.backward", "Deep.backward"}.__contains__) == {"check"}


def known(*values: object, name: str = "") -> list[Known]:
    return [Known(name, np.asarray(value, float)) for value in values]


def test_elements_drawn_at_random_are_equal_in_any_order_and_only_there() -> None:
    shuffled = np.array([3.1, 1.1, 2.1])
    assert Values(known([1.1, 2.1, 3.1]), any_order=True).equal(shuffled) is not None
    assert Values(known([1.1, 2.1, 3.1])).equal(shuffled) is None
    assert Values(known([1.1, 2.1, 3.2]), any_order=True).equal(shuffled) is None
    assert Values(known([1.1, 2.1]), any_order=True).equal(np.asarray(2.1)) is not None


RIGHT = Values(known([1.1, 2.1, 3.1], 0.7), any_order=True)
TWICE = Evidence(made=known([2.2, 4.2, 6.2], name="numeric"), parts=[], operands=[], after=[])


def event(line: int, name: str, value: object, kind: int = NEW, call: int = 0) -> Event:
    return Event(call, line, name, np.asarray(value, float), kind)


def check_call(last: int) -> Call:
    return Call("hw.py", "check", -1, 0, last)


def test_a_mistake_shows_in_what_its_own_statements_make() -> None:
    assert last_shown(Trace([check_call(9)], [event(5, "n", [4.2, 6.2, 2.2])]), RIGHT, TWICE) == 0
    assert last_shown(Trace([check_call(9)], [event(5, "n", [1.1, 2.1, 3.1])]), RIGHT, TWICE) == -1


def test_numbers_that_a_helper_handed_back_one_by_one_are_made_there() -> None:
    calls = [check_call(9), *(Call("hw.py", "slope", 0, 7, 3) for _ in range(3)), Call("hw.py", "relative", 0, 7, 5)]
    back = [event(3, "return", value, RETURNED, call) for call, value in enumerate([2.2, 4.2, 6.2], 1)]
    handed_on = event(4, "b", [2.2, 4.2, 6.2], ARGUMENT, 4)
    # Each of them is right as a part of a formula; as the result they are not.
    right = Values(known([1.1, 2.1, 3.1], 2.2, 4.2, 6.2), any_order=True)
    assert first_wrong(Trace(calls, [*back, handed_on]), right, right, TWICE, {}) == Place("hw.py", 3)
    # Without the helper's numbers: where it was handed on.
    assert first_wrong(Trace(calls, [handed_on]), right, right, TWICE, {}) == Place("hw.py", 7)


def test_what_is_right_on_the_way_is_missed_where_it_got_its_name() -> None:
    total = [7.7, 14.7, 21.7]
    right = Values(known([1.1, 2.1, 3.1], total))
    nothing = Evidence([], [], [], [])

    def found(*returned: str) -> Place | None:
        back = [event(4, name, total, RETURNED) for name in returned]
        trace = Trace([check_call(4)], [event(2, "db", total), *back])
        return first_wrong(trace, right, right, nothing, {"db": np.asarray(total)})

    assert found("return['db']") == Place("hw.py", 2, "db")
    assert found("return") == Place("hw.py", 4, "return")
    assert found("return[0]", "return[1]") == Place("hw.py", 4, "return[0]")  # right in one of its places


def norms(*values: float) -> Evidence:
    return Evidence([Known(f"result['{n}']", np.asarray(v)) for n, v in zip("WV", values, strict=False)], [], [], [])


def test_what_comes_back_under_a_key_is_blamed_where_it_is_put_there() -> None:
    events = [event(5, "gap", 1e-9), event(6, "errors['W']", 1e-9), event(8, "return['W']", 1e-9, RETURNED)]
    trace = Trace([check_call(8)], events)
    assert put_under_key(trace, Values([]), norms(3e-8)) == Place(
        "hw.py", 6, "errors['W']"
    )  # another measure, as small
    assert put_under_key(trace, Values([]), norms(1.0)) is None  # that is not what the mistake makes
    inside = Trace(
        [check_call(8), Call("hw.py", "distance", 0, 6, 3)], [event(3, "return", 1e-9, RETURNED, 1), *events]
    )
    assert put_under_key(inside, Values([]), norms(3e-8)) == Place("hw.py", 3, "return")
    assert (
        put_under_key(trace, Values([]), Evidence([*norms(0.0).made, *known(1.5, name="numeric")], [], [], [])) is None
    )


def test_a_wrong_number_on_the_way_to_what_is_put_under_a_key_comes_first() -> None:
    events = [event(5, "gap", 1.5), event(6, "errors['W']", 1e-9), event(8, "return['W']", 1e-9, RETURNED)]
    trace = Trace([check_call(8)], events)
    on_the_way = Evidence(norms(3e-8).made, known(1.5, name=""), [], [])
    assert put_under_key(trace, Values([]), on_the_way) == Place("hw.py", 5, "gap")
    assert put_under_key(trace, Values(known(1.5, name="norm")), on_the_way) == Place("hw.py", 6, "errors['W']")


def test_what_is_left_changed_is_wrong_where_it_was_written_last() -> None:
    right = Values(known([1.0, 7.0], name="parameter"))
    before, moved = [1.0, 7.0], [1.0, 7.1]
    calls = [check_call(9), Call("hw.py", "move", 0, 4, 3)]
    end = event(9, "return['W']", 0.0, RETURNED)
    events = [event(3, "P", moved, IN_PLACE, 1), event(4, "nn.W", moved, IN_PLACE)]
    assert left_changed(Trace(calls, [*events, end]), right) == Place("hw.py", 3, "P")
    put_back = event(5, "nn.W", before, IN_PLACE)
    assert left_changed(Trace(calls, [*events, put_back, end]), right) is None
    assert left_changed(Trace(calls, events), right) is None  # nobody saw the end


def test_what_a_sample_makes_shows_as_some_of_all_elements() -> None:
    lacking = Evidence(known([1.5, 2.5, 3.5, 4.5], name="numeric"), [], [], [])
    trace = Trace([check_call(9)], [event(5, "numeric", [4.5, 2.5]), event(6, "other", [4.5, 9.5])])
    right = Values(known([1.1, 2.1, 3.1, 4.1], name="numeric"))
    assert last_shown(trace, right, lacking) == -1
    assert last_shown(trace, Values(known([1.1, 2.1, 3.1, 4.1], name="numeric"), any_order=True), lacking) == 0


def test_a_step_that_is_left_out_is_missed_where_the_value_is_made_if_it_is_handed_back_among_others() -> None:
    own = Values(known([1.1, 2.1, 3.1], name="values"))
    lacking = Evidence(made=known([1.1, 2.1, 3.1], name="values"), parts=[], operands=[], after=[])

    def found(returned: str) -> Place | None:
        events = [event(2, "p", [1.1, 2.1, 3.1]), event(3, returned, [1.1, 2.1, 3.1], RETURNED)]
        return first_wrong(Trace([check_call(3)], events), own, own, lacking, {})

    assert found("return['p']") == Place("hw.py", 2, "p", lacks=True)
    assert found("return") == Place("hw.py", 3, "return", lacks=True)


COUNTS = """
def backward(y):
    count = y.size
    half = 0.5
    def inner(d):
        return d / count
    return inner(y)

def two(y):
    k, m = y.shape
    n = len(y)
    return y / n

def unused(y):
    m = y.shape[1]
    return y

def fraction(y):
    scale = 2 / len(y)
    return y * scale

def product(y):
    m, k = y.shape
    scale = 2 / (m * k)
    return y * scale

def inline(y):
    m = len(y)
    return m * y / y.shape[1]

def both(y):
    m, k = y.shape
    scale = 2 / (m * k)
    return y * scale / m
"""


def test_a_wrong_count_is_where_it_is_taken() -> None:
    submission = parse("hw", "hw.py", COUNTS.encode())
    found = {line: line_of_count(submission, None, line, alone=True) for line in (6, 7, 12, 16, 20, 25, 29, 34)}
    assert found == {6: 3, 7: 3, 12: 11, 16: None, 20: 19, 25: 24, 29: None, 34: 33}


def test_a_factor_that_a_line_uses_is_where_it_is_made() -> None:
    submission = parse("hw", "hw.py", COUNTS.encode())
    found = {line: line_of_count(submission, None, line, alone=False) for line in (6, 12, 20, 25, 29, 34)}
    assert found == {6: None, 12: None, 20: 19, 25: 24, 29: None, 34: None}


ROW, COLUMN = [1.3, -2.1, 0.4], [0.9, 1.7, -0.6]
NOTHING = Evidence([], [], [], [])


def named(**values: object) -> list[Known]:
    return [each for name, value in values.items() for each in known(value, name=name)]


def line_found(own: Sequence[Known], told: Evidence, *events: Event, calls: Sequence[Call] = ()) -> int | None:
    values = Values(own)
    trace = Trace([check_call(99), *calls], events)
    found = first_wrong(trace, values, values, told, {"dw": np.asarray(ROW)})
    return None if found is None else found.line


def test_a_right_value_under_the_name_of_another_is_wrong_there_and_not_where_it_belongs() -> None:
    own = named(dL_dw=COLUMN, dL_da=ROW)
    swapped = dataclasses.replace(NOTHING, made=named(dL_dw=ROW))
    belongs = event(4, "dL_da", ROW)
    assert line_found(own, swapped, event(3, "dL_dw", ROW), belongs) == 3
    assert line_found(own, swapped, belongs, event(6, "grads['dw']", ROW)) == 6
    assert line_found(own, swapped, belongs, event(6, "self.grad_w", ROW)) == 6
    # The same under a name that says nothing: the last to hold it.
    assert line_found(own, swapped, belongs, event(6, "t", ROW)) == 6


def test_all_of_what_is_returned_is_right_but_its_order() -> None:
    swapped = dataclasses.replace(NOTHING, made=[*named(**{"return[0]": ROW}), *named(**{"return[1]": COLUMN})])
    held = [event(3, "a", ROW), event(4, "b", COLUMN)]
    assert line_found(named(h=ROW, y=COLUMN), swapped, *held) == 99
    elsewhere = dataclasses.replace(NOTHING, made=[*named(**{"return[0]": COLUMN})])  # what came back is something else
    assert line_found(named(h=ROW, y=COLUMN), elsewhere, *held) == 4


def test_a_piece_of_a_right_value_is_wrong_where_the_mistake_takes_it_but_not_in_a_loop_over_all() -> None:
    whole = [[1.3, -2.1], [0.4, 0.7], [0.9, -0.5]]
    first_alone = dataclasses.replace(NOTHING, parts=known([[1.3, -2.1]]))
    taken = event(5, "db", [[1.3, -2.1]])
    assert line_found(named(dz=whole), first_alone, event(4, "dz", whole), taken) == 5
    others = [event(5, "row", [row]) for row in whole]
    assert line_found(named(dz=whole), first_alone, event(4, "dz", whole), *others) is None


def test_a_function_that_is_handed_a_wrong_operand_is_not_to_blame_unless_it_has_chosen_it_itself() -> None:
    told = Evidence(made=named(s=[7.1, 7.2, 7.3]), parts=[], operands=known(COLUMN), after=[])
    slope = Call("hw.py", "slope", 0, 8, 3)
    wrong = event(3, "s", [7.1, 7.2, 7.3], call=1)
    own = [*named(dw=ROW), *known(COLUMN)]
    assert line_found(own, told, event(2, "a", COLUMN, ARGUMENT, 1), wrong, calls=[slope]) == 8
    assert line_found(own, told, event(2, "cache['a']", COLUMN, ARGUMENT, 1), wrong, calls=[slope]) == 3


def test_what_is_scaled_first_is_no_right_value_in_another_shape() -> None:
    early = [[0.13, -0.21], [0.04, 0.07]]
    others = Values([*named(dA=[[1.3, -2.1], [0.4, 0.7]]), *known(early)])  # a right way to write it has it, too
    own = Values(named(dA=[[1.3, -2.1], [0.4, 0.7]]))
    told = Evidence(made=named(dA=early), parts=known(early), operands=[], after=[])
    trace = Trace([check_call(9)], [event(4, "dA", early)])
    assert first_wrong(trace, others, own, told, {}) is None


def test_a_value_that_lacks_its_scale_is_not_taken_for_another_one() -> None:
    """Sums that are divided later, but for one of them: where the division was due."""
    own = named(dW=ROW, total=[13.0, -21.0, 4.0])
    undivided = dataclasses.replace(NOTHING, made=named(dW=[13.0, -21.0, 4.0]))
    raw, kept = event(3, "dW", [13.0, -21.0, 4.0]), event(7, "grads['dW']", [13.0, -21.0, 4.0])
    assert line_found(own, undivided, raw, kept) == 7


def test_methods_that_a_class_takes_from_another_lead_to_its_own() -> None:
    text = CLASSES + "\n\nclass Third:\n    train = Net.train\n    def backward(self):\n        return 3\n"
    submission = parse("hw", "hw.py", text.encode())
    assert inherited(submission, ["Net.train"], ["Third.backward"]) == {"Net.train"}
    assert inherited(submission, ["Net.train"], ["Deep.backward"]) == set()


def test_a_method_that_leads_to_one_that_a_blamed_class_has_of_its_own_is_not_sound() -> None:
    text = (
        "class Loss:\n    def count(self): return 1\n    def loss(self): return 2 / self.count()\n"
        "class Net(Loss):\n    def forward(self): return 3\n"
        "class Deep(Loss):\n    def count(self): return 2\n    def forward(self): return 4\n"
    )
    submission = parse("hw", "hw.py", text.encode())
    assert inherited(submission, ["Loss.loss"], ["Deep.loss"]) == {"Loss.loss"}
    assert inherited(submission, ["Loss.loss"], ["Net.loss"]) == set()


def test_constants_make_no_classes_akin() -> None:
    constants = "    dtype = np.float64\n    tiny = np.finfo(float).eps\n    def"
    submission = parse("hw", "hw.py", CLASSES.replace("    def", constants).encode())
    assert reached(submission, ["Deep.train"]) == {"Deep.train", "Deep.backward", "deep_helper"}


def test_the_names_that_a_function_uses_are_those_of_its_helpers_too() -> None:
    submission = parse("hw", "hw.py", CLASSES.encode())
    assert "deep_helper" in words_of(submission, "Deep.train")
    assert words_of(submission, "nowhere") == set()


# One layer's gradients: the error, its product with the inputs, the same over two samples.
ERROR, PRODUCT = np.array([0.3, -1.7]), np.array([[2.3, 5.9]])
GRADIENTS = Values([*known(ERROR, name="dZ"), *known(PRODUCT), *known(PRODUCT / 2, name="dW")])


def one_call(*events: Event) -> Trace:
    return Trace([Call("hw.py", "backward", -1, 0, 9)], events)


def test_a_factor_that_nothing_has_is_missing_where_all_that_comes_back_begins() -> None:
    trace = one_call(event(2, "m", [[9.1, 9.2]]), event(3, "delta", ERROR), event(4, "dW", PRODUCT))
    origins = Values(known(2 * ERROR, name="dZ"))
    assert first_scaled(trace, GRADIENTS, origins, {"dW": PRODUCT}) == Place("hw.py", 3, "delta")


def test_a_wrong_factor_is_where_it_comes_in_and_not_where_the_error_is_right() -> None:
    late = one_call(event(3, "delta", ERROR), event(4, "d", ERROR / 5), event(5, "dW", PRODUCT / 5))
    origins = Values(known(2 * ERROR, name="dZ"))
    assert first_scaled(late, GRADIENTS, origins, {"dW": PRODUCT / 5}) == Place("hw.py", 4, "d")
    # A lone number is an element of many things.
    assert first_scaled(late, GRADIENTS, origins, {"dW": PRODUCT / 5, "db": np.array(2.3)}) == Place("hw.py", 4, "d")
    # Where only the results have it, what is known of them tells more.
    assert first_scaled(one_call(event(3, "delta", ERROR)), GRADIENTS, origins, {"dW": PRODUCT / 5}) is None


def test_a_line_that_goes_on_with_what_lacks_a_step_is_not_where_it_was_due() -> None:
    """`z = W @ a` without the bias, and then `cache.update(Z1=z, A1=squash(z))`."""
    product, right = np.array([1.3, 2.9]), np.array([1.8, 3.4])
    told = dataclasses.replace(NOTHING, made=known(product, name="Z1"), after=known([0.6, 0.8], name="A1"))
    own = Values([*known(right, name="Z1"), *known(product)])
    made, kept = event(2, "z", product), event(3, "cache['Z1']", product)
    together, later = event(3, "cache['A1']", [0.6, 0.8]), event(4, "cache['A1']", [0.6, 0.8])
    assert first_wrong(one_call(made, kept, together), own, own, told, {}) == Place("hw.py", 2, "z", lacks=True)
    assert first_wrong(one_call(made, kept, later), own, own, told, {}) == Place("hw.py", 3, "cache['Z1']", lacks=True)


NOWHERE: Any = None  # no process: nothing has run


def lines_of(text: str, *asked: str) -> Lines:
    return Lines(parse("hw", "hw.py", text.encode()), NOWHERE, asked or None)


SCRIPT = """
LINES = {"rate": 0.5}
iterations = 9 * 1000 + 1
rate = 1.0
ones = np.zeros((1, 1))
np.random.seed(1)
train(
    steps=3,
    rate=-0.25,
)
checked = keepdims = True
for i in range(7): also = 8
again = 7
"""


def test_a_number_is_found_where_it_is_the_only_one() -> None:
    lines = lines_of(SCRIPT)
    found = [lines.by_form(Form(number=number)) for number in (0.5, 9001, 1.0, 8, -0.25)]
    assert found == [(None, 2), (None, 3), (None, 4), (None, 12), (None, 9)]
    assert lines.by_form(Form(number=1)) == (None, 6)  # 1.0 is written otherwise, and True is no number
    assert lines.by_form(Form(number=7)) is None  # whose it is nobody knows
    assert lines.by_form(Form(number=42)) is None
    assert lines.by_form(Form(number=8), (None, 4)) == (None, 4)  # values tell more


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("errors = 0\nnp.random.seed(0)", 2),
        ("errors = 0\nSEED = 0\nnp.random.seed(SEED)", 2),
        ("errors = 0\nnp.random.seed(1)", 2),  # the call, whatever it is handed
        ("SEED = 0\nnp.random.seed(SEED)\nSEED = 0", 2),
    ],
)
def test_a_number_that_a_function_is_handed_is_found_by_the_call(text: str, line: int) -> None:
    assert lines_of(text).by_form(Form(number=0, call="seed")) == (None, line)


@pytest.mark.parametrize("number", ["1" * 400, "0x" + "f" * 4000, "+".join(["1"] * 1200), "1 / 0", "1" * 400 + " / 3"])
def test_no_number_is_too_odd(number: str) -> None:
    lines = lines_of(f"x = {number}\nrate = 0.5")
    assert lines.by_form(Form(number=0.5)) == (None, 2)


TRAINING = """
def helper(loss):
    loss.backward()

def train(leaves, loss):
    names = [name for name in leaves if name != "b"]
    for _ in range(3):
        helper(loss)
        for name in names:
            leaves[name] -= 1
        leaves |= {name: leaves[name] for name in names}

def other(loss):
    loss.backward()

class Base:
    def step(self, X):
        self.run(X)

class Net(Base):
    pass
"""


def test_a_call_is_found_in_what_the_exercise_runs() -> None:
    form = Form(call="backward")
    lines = lines_of(TRAINING, "train")
    assert lines.by_form(form, (None, 10), is_made=False) == (None, 3)
    assert lines.by_form(form, (None, 10)) == (None, 10)  # what is made tells more
    assert lines.by_form(form) is None  # a helper's own is no sign where values tell nothing
    assert lines_of(TRAINING, "helper").by_form(form) == (None, 3)
    assert lines_of(TRAINING, "Net.step").by_form(Form(call="run")) == (None, 18)  # inherited
    assert lines_of(TRAINING).by_form(form, (None, 10), is_made=False) == (None, 10)  # two of them


def test_a_file_of_many_statements_is_looked_through_all_the_same() -> None:
    many = "\n".join(f"def f{number}(x):\n    return f{number + 1}(x)\n" for number in range(400))
    assert lines_of(many + "def f400(loss):\n    loss.backward()\n", "f0").by_form(
        Form(call="backward"), (None, 1), is_made=False
    ) == (None, 1201)


@pytest.mark.parametrize("line", [10, 11])
def test_what_is_left_out_is_missing_in_the_list_that_a_loop_goes_through(line: int) -> None:
    lines = lines_of(TRAINING)
    assert lines.by_form(Form(lists=True), (None, line)) == (None, 6)
    assert lines.by_form(Form(), (None, line)) == (None, line)
    assert lines.by_form(Form(lists=True), (None, 8)) == (None, 8)  # in no such loop


LISTS = """
def backward(self):
    grads = {"W1": 1, "W2": 2}
    values = np.zeros((4, 1))
    for value in values:
        self.sum += value

def update(self, grads):
    names = ("W1", "b1", "W2", "b2")
    new = {name: 0 for name in names if name[0] == "W"}
    new = {name: 0 if name[0] == "W" else 1 for name in names}
    for name in names:
        if name[0] == "W":
            new[name] = 0
    new = {name: 0 for name in grads}
    for rate in (0.1, 0.5):
        for name in names:
            if rate > 0.2: new[name] = rate
    names = read()
    for name in names:
        new[name] = 1

TRAINED = "W1", "W2"
for name in TRAINED:
    step(name)
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (6, 6),  # no list that is written out
        (10, 10),  # a condition picks, not the list
        (11, 11),
        (14, 14),
        (15, 15),  # another function's list of that name
        (18, 9),  # of the innermost loop
        (21, 21),  # the name is another one's by now
        (25, 25),  # of a module's constants nobody knows what else they are for
    ],
)
def test_a_list_is_blamed_only_where_it_alone_decides(line: int, found: int) -> None:
    assert lines_of(LISTS).by_form(Form(lists=True), (None, line)) == (None, found)


@pytest.mark.parametrize(
    ("old", "new", "form"),
    [
        ("y.shape[0] * y.shape[1]", "len(y)", Form(counts=True)),
        ("y[1] + 2", "y[0] + 2", Form()),  # an index is no number that stands anywhere else
        ("a = 1\nb = 2", "a = 1", Form(lists=True)),
        ("a = f(a)", "pass", Form(lists=True)),
        ("for p in all:\n    p -= 1", "for p in all[::2]:\n    p -= 1", Form(lists=True)),
        ("for p in all:\n    p -= 1", "for p in all:\n    p -= 2", Form(number=2.0)),
        ("(a, b, c)", "(a, c)", Form(lists=True)),
        ("(a, b)", "(b, a)", Form()),
        ("rate = 0.1", "rate = 0.5", Form(number=0.5)),
        ("a * 2 + 3", "a * 3 + 2", Form()),
        ("loss.backward()", "loss.backward(loss)", Form(call="backward")),
        ("self.backward(X)\nself.step()", "self.backward(X)", Form(lists=True, call="backward")),
        ("a.f()\na.g()", "a.g()\na.f()", Form()),
        ("up * slope(z)", "up * f(g(z))", Form(brings=("g",))),
        ("up * slope(z)", "up * slope(a)", Form()),
        ("up * (z > 0)", "up * (a >= 0)", Form(brings=("<",))),
        ("up * (z > 0)", "up * f(z)", Form(brings=("f",))),
        ("up", "up / len(z)", Form()),
    ],
)
def test_what_a_mistake_is_about_is_read_off_its_text(old: str, new: str, form: Form) -> None:
    assert form_of(Mistake("slug", "f", old, new, "hint")) == form


MADE_FOR = """
def backward(up, old, z, a):
    mask = a >= 0
    for_another = z >= 0
    delta = up @ old
    delta = delta * mask
    other = up * for_another
    if for_another.any():
        print(other)
    gone = up @ old
    gone[~(a >= 0)] = 0
    last = gone @ a
    width = a if a.size > 0 else z
    tail = up @ width
    steep = f(
        z)
    below = up * steep
    return delta, last, below
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (6, 3),  # what it was made for is wrong
        (7, 7),  # another uses it too
        (10, 11),  # what is written into it
        (12, 11),
        (14, 14),  # a comparison that decides is no mask
        (3, 3),
    ],
)
def test_what_has_a_name_for_one_statement_alone_is_wrong_where_it_is_made(line: int, found: int) -> None:
    assert lines_of(MADE_FOR).made_for((None, line), Form(brings=("<",)), ()) == (None, found)


def test_a_function_that_is_called_in_place_of_another_leads_to_where_it_is_called() -> None:
    assert lines_of(MADE_FOR).made_for((None, 17), Form(brings=("f",)), ()) == (None, 15)
    assert lines_of(MADE_FOR).made_for((None, 17), Form(), ()) == (None, 17)


WORDS = """
def check(parameter, rng):
    some = rng.choice(9)
    for place in some:
        print(place)


def other(values):
    return values[:5], min(values)
"""


def test_a_word_leads_to_the_one_statement_of_what_is_asked_that_has_it() -> None:
    assert lines_of(WORDS, "check").by_form(Form(words=("choice", ":")), (None, 5)) == (None, 3)
    assert lines_of(WORDS, "other").by_form(Form(words=("choice", ":"))) == (None, 9)
    assert lines_of(WORDS, "check", "other").by_form(Form(words=("choice", ":")), (None, 5)) == (
        None,
        3,
    )  # by name first
    assert lines_of(WORDS, "check", "other").by_form(Form(words=("choice", "min")), (None, 5)) == (None, 5)


def test_what_a_check_leaves_out_is_left_out_in_the_loop_that_it_consists_of() -> None:
    assert lines_of(WORDS, "check").by_form(Form(lists=True)) == (None, 4)
    assert lines_of(WORDS, "other").by_form(Form(lists=True)) is None


MOVED = """
def check(x, f):
    other[0] += 1
    for i in range(3):
        old = x[i]
        x[i] = old + h
        above = f(x)
        x[i] = old - h
        below = f(x)
        slope[i] = (above - below) / (2 * h)
    for i in range(3):
        p.W[i] += h
        above = f(p)
        p.W[i] -= h / 2
    for i in range(3):
        copies()[i] += h
        f()
    while True:
        x[0] += h
        total = f(x)
        total += 1


def another(x, f):
    for i in range(3):
        x[i] += h
        slope[i] = f(x)
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (6, 10),  # after the last evaluation
        (11, 14),  # written once more, but not what was there
        (16, 16),  # what is written into is another one each time
        (19, 21),
        (24, 27),  # nothing follows
        (3, 3),  # several loops move something
        (25, 27),
    ],
)
def test_a_moved_element_is_due_to_be_put_back_after_the_last_evaluation(line: int, found: int) -> None:
    lines = lines_of(MOVED, "check", "another")
    assert lines.by_form(Form(place=PUT_BACK), (None, line)) == (None, found)


KEPT_SUMS = """
class Net:
    def backward(self, X):
        sums = self.sums
        size = self.size
        fresh = self.zeros.copy()
        fresh["W"] += X
        sums["W"] += X * size
        return sums

    def other(self, X):
        sums = self.__dict__.setdefault("sums", {})
        sums["W"] = sums.get("W", 0) + X

    def third(self, X):
        self.sums["W"] += X
"""


@pytest.mark.parametrize(("asked", "found"), [("backward", 4), ("other", 12), ("third", 16)])
def test_sums_that_are_kept_are_wrong_where_they_get_a_name(asked: str, found: int) -> None:
    assert lines_of(KEPT_SUMS, f"Net.{asked}").by_form(Form(place=KEPT), (None, 16)) == (None, found)


CHOSEN = """
def rectifier(z):
    return np.maximum(0, z)

def tanh_there_and_back(z):
    return np.tanh(z)

LAYERS = [
    dict(name="hidden", activation=rectifier),
    dict(name="output", activation=sigmoid),
]

class Net:
    def forward(self, X):
        for layer in LAYERS:
            X = layer["activation"](X)
        return X

    def other(self, X):
        Z = self.layer(X, "tanh")
        A = self.layer(Z, "sigmoid")
        return A

    def third(self, X):
        Z = np.tanh(X)
        A = tanh_there_and_back(Z)
        return A

def correct(X):
    "Relu, or not."
    print("no relu")
    return X
"""


@pytest.mark.parametrize(
    ("asked", "brings", "line", "found"),
    [
        ("forward", "maximum", 16, 9),  # in the list of layers
        ("forward", "sqrt", 16, 16),  # no activation function
        ("other", "tanh", 6, 20),  # by its name
        ("forward", "tanh", 16, 16),  # in several places, none of them here
        ("third", "tanh", 25, 25),  # called there
    ],
)
def test_an_activation_function_is_wrong_where_it_is_chosen(asked: str, brings: str, line: int, found: int) -> None:
    lines = lines_of(CHOSEN, f"Net.{asked}")
    assert lines.by_form(Form(brings=(brings,)), (None, line)) == (None, found)


COUNTED = """
class Base:
    def count(self, Y):
        return Y.shape[1]

    def loss(self, Y):
        return Y.sum() / self.count(Y)

class Net(Base):
    def count(self, Y):
        return np.shape(Y)[0]

class Other(Base):
    pass
"""


def test_a_count_is_wrong_in_the_function_that_counts() -> None:
    assert lines_of(COUNTED, "Net").by_form(Form(counts=True), (None, 7)) == (None, 11)
    assert lines_of(COUNTED, "Base").by_form(Form(counts=True), (None, 7)) == (None, 4)
    assert lines_of(COUNTED, "Other").by_form(Form(counts=True), (None, 7)) == (None, 7)  # whose is not known


ALIKE = """
def forward(X):
    z1 = X @ W1
    z1 += b1
    a1 = relu(z1)
    z2 = a1 @ W2
    a2 = sigmoid(z2)
    d2 = up.copy()
    d1 = up.copy()
    d1[z1 <= 0] = 0
    z3 = a2 @ W3
    return z3
"""


@pytest.mark.parametrize(("line", "found"), [(6, 7), (8, 9), (3, 3), (5, 5), (11, 12)])
def test_a_statement_is_missing_where_one_alike_is_followed_by_it(line: int, found: int) -> None:
    lines = lines_of(ALIKE)
    lines._loaded = SimpleNamespace(place=lambda frame: SimpleNamespace(cell=None, line=frame[1]))
    assert lines.due(Place("hw.py", line, "z", lacks=True)) == (None, found)
    assert lines.due(Place("hw.py", line, "z", misplaced=True)) == (None, found)
    assert lines.due(Place("hw.py", line, "z")) == (None, line)


TURNED = """
def backward(self, cache):
    turned = np.transpose(cache["z1"])
    plain = sigmoid(cache["z1"])
    twice = cache["z1"].T
    dW2 = up @ turned
    dW1 = up @ plain
    both = up @ twice
    return dW2, dW1, both @ twice
"""


@pytest.mark.parametrize(("line", "name", "found"), [(6, "turned", 3), (7, "plain", 7), (8, "twice", 8), (6, "up", 6)])
def test_what_is_made_for_one_statement_in_place_of_another_is_wrong_where_it_is_made(
    line: int, name: str, found: int
) -> None:
    assert lines_of(TURNED).made_for((None, line), Form(), [name]) == (None, found)


def test_what_a_script_leaves_is_wrong_where_it_gets_its_last_value() -> None:
    text = "out = 1\nfor i in range(3):\n    out = i\n    other = out\ndef train():\n    out = 2\nprint(out)\n"
    assert lines_of(text).last_value_of(["out"]) == (None, 3)
    assert lines_of(text + "out += 1\nout, x = f(x)\n").last_value_of(["out"]) == (None, 9)
    assert lines_of(text).last_value_of(["out", "other"]) is None
    assert lines_of(text).last_value_of(["nowhere"]) is None


def test_a_function_that_is_named_but_not_called_is_what_is_missing() -> None:
    text = "def step(self):\n    self.back()\n    self.update\n\ndef update(self):\n    pass\n"
    assert lines_of(text, "step").by_form(Form(lists=True), (None, 2)) == (None, 3)
    assert lines_of(text.replace("update\n\n", "other\n\n"), "step").by_form(Form(lists=True), (None, 2)) == (None, 2)


ENDS = """
def check(net):
    found = {}
    for name in net:
        found[name] = f(net)
        net.x = 1
    return found

def other(net):
    return check(net)

def third(net):
    def inner():
        return 1
    return 2
"""


@pytest.mark.parametrize(
    ("asked", "line", "found"),
    [("check", 5, 7), ("check", 6, 6), ("check", None, 7), ("other", None, 7), ("third", None, 15)],
)
def test_what_is_left_changed_is_due_to_be_put_back_at_the_end(asked: str, line: int | None, found: int) -> None:
    where = None if line is None else (None, line)
    assert lines_of(ENDS, asked).by_form(Form(place=END), where) == (None, found)


RESTARTS = """
def train(X, W, b, steps):
    losses = []
    for step in range(steps):
        here = dict(W=W, b=b)
        rate = 0.1
        losses.append(f(here))
        here = update(here, rate)
    for step in range(steps):
        old = b
        b = update(b)
    return here
"""


def test_each_pass_begins_anew_where_a_name_gets_again_what_was_there_before_the_loop() -> None:
    assert lines_of(RESTARTS, "train").by_form(Form(place=ANEW), (None, 8)) == (None, 5)
    without = RESTARTS.replace("here = update", "gone = update")
    assert lines_of(without, "train").by_form(Form(place=ANEW), (None, 8)) == (None, 8)
    in_place = RESTARTS.replace("here = update(here, rate)", "here -= 1").replace("dict(W=W, b=b)", "W.copy()")
    assert lines_of(in_place, "train").by_form(Form(place=ANEW), (None, 8)) == (None, 5)
    drawn = RESTARTS.replace("dict(W=W, b=b)", "np.random.rand()")
    assert lines_of(drawn, "train").by_form(Form(place=ANEW), (None, 8)) == (None, 8)


RESET = """
class Layer:
    def zero_grad(self):
        self.dW = 0

    def backward(self, upstream):
        self.dW += upstream

class Net:
    def backward(self, y):
        "Back."
        up = slope(y)
        return self.layer.backward(up)
"""


def test_sums_that_nobody_resets_are_due_to_be_reset_where_the_function_begins() -> None:
    assert lines_of(RESET, "Net.backward").by_form(Form(place=KEPT), (None, 7)) == (None, 12)
    assert lines_of(RESET, "Net.backward").by_form(Form(place=KEPT), (None, 13)) == (None, 13)
    without = RESET.replace("zero_grad", "count_nonzero")
    assert lines_of(without, "Net.backward").by_form(Form(place=KEPT), (None, 7)) == (None, 7)


KEPT_TOO_LATE = """
def train(self):
    old = self.W
    copy = self.b.copy()
    self.W -= step
    self.b -= step
    up = d @ old.T
    up = d @ copy.T
    old = f(self.W)
    self.W -= step
    up = d @ old.T
"""


@pytest.mark.parametrize(("line", "found"), [(7, 3), (8, 8), (11, 11)])
def test_a_backup_that_is_no_copy_is_wrong_where_it_is_made(line: int, found: int) -> None:
    assert lines_of(KEPT_TOO_LATE).made_for((None, line), Form(place=BACKUP), ()) == (None, found)
    assert lines_of(KEPT_TOO_LATE).made_for((None, line), Form(), ()) == (None, line)


def test_a_text_that_a_function_is_handed_is_a_word() -> None:
    text = 'def train():\n    loss = MSELoss(reduction="sum")\n    value = loss(1)\n'
    assert lines_of(text, "train").by_form(Form(words=("sum",)), (None, 3)) == (None, 2)


def test_a_function_that_a_class_gets_as_a_method_is_meant_by_its_call() -> None:
    text = "class Net:\n    def train(self, X): self.back(X)\ndef back(self, X): pass\nNet.back = back\n"
    assert reached(parse("hw", "hw.py", text.encode()), ["Net.train"]) == {"Net.train", "back"}


@pytest.mark.parametrize("line", ["x[i] += h; f(x)", "x#[i] += h; f(x)", "old = self.W", "self.W += 1", "z# = f(x)"])
def test_long_texts_are_read_without_holding_each_line_against_each(line: str) -> None:
    body = "".join(f"        {line.replace('#', str(number))}\n" for number in range(500))
    text = f"def check(x):\n    for i in x:\n{body}        g(old)\n    return x\n"
    lines = lines_of(text, "check")
    for place in PLACES:
        lines.by_form(Form(words=("sum",), place=place, lists=True, counts=True, brings=("tanh",)), (None, 5))
    found = lines.made_for((None, 503), Form(place=BACKUP), ["z1"])  # it would take minutes
    assert found in ((None, 502), (None, 503))


def test_a_text_that_is_too_deep_leads_nowhere() -> None:
    deep = ".a" * 900
    text = f"def check(x):\n    for i in x:\n        x{deep}[i] += 1\n        f(x)\n    return x\n"
    assert lines_of(text, "check").by_form(Form(place=PUT_BACK), (None, 3)) == (None, 3)
    chain = "".join(f"def f{number}(): return f{number + 1}()\n" for number in range(1500))
    assert lines_of(chain, "f0").by_form(Form(place=END)) is not None


def test_a_call_that_a_function_cannot_take_does_not_mean_it() -> None:
    text = (
        "class Layer:\n    def backward(self, upstream): pass\n    def step(self, rate=1): pass\n"
        "    def call(self, *values): pass\n"
        "def train():\n    loss.backward()\n    layer.step()\n    layer.call(1, 2)\n"
        "def other():\n    layer.backward(up)\n    Layer.step(layer, 2)\n    layer.step(1, 2, 3)\n"
    )
    submission = parse("hw", "hw.py", text.encode())
    assert reached(submission, ["train"]) == {"train", "Layer.step", "Layer.call"}
    assert reached(submission, ["other"]) == {"other", "Layer.backward", "Layer.step"}


def test_a_loop_whose_items_a_condition_picks_is_wrong_at_the_condition() -> None:
    text = "def update(self):\n    for name in self.names:\n        if name[0] == 'W':\n            step(name)\n"
    assert lines_of(text, "update").by_form(Form(lists=True)) == (None, 3)
    assert lines_of(text.replace("name[0]", "size"), "update").by_form(Form(lists=True)) == (None, 2)


OVER_LINES = """
def backward(a, up, old):
    rate = 2
    below = dot(
        up,
        old.T,
    ) * slope(
        a
    ) / len(
        a)
    return below
"""


def test_a_statement_of_several_lines_is_wrong_where_its_text_shows_it() -> None:
    lines = lines_of(OVER_LINES)
    assert lines.within((None, 4), {"old"}, is_scale=False) == (None, 6)
    assert lines.within((None, 4), {"a", "old"}, is_scale=False) == (None, 4)  # two of them: where it starts
    assert lines.within((None, 4), set(), is_scale=True) == (None, 9)
    assert lines.within((None, 4), set(), is_scale=False) == (None, 4)
    assert lines.within((None, 3), {"old"}, is_scale=True) == (None, 3)


def test_a_lambda_is_called_what_its_name_is() -> None:
    space: dict[str, Any] = {"__name__": "__main__"}
    exec("double = lambda x: 2.0 * x\nclass Net:\n    half = lambda self, x: x / 2.0\n", space)
    space["Net"].itself = space["Net"]
    passed_over, whole = (Tracer(lambda _: True, names, namespace=space) for names in (["double"], []))
    for tracer in (passed_over, whole):
        tracer.run(lambda: space["Net"]().half(space["double"](3.0)))
    assert [call[1].rpartition(".")[2] for call in passed_over.calls] == ["<lambda>", "half"]
    assert [call[1] for call in whole.calls][1:] == ["double", "Net.half"]


def test_what_is_written_into_an_array_is_noted_by_itself_if_that_is_wanted() -> None:
    def fill() -> None:
        losses = []
        table = np.zeros((3, 2))
        table[1] = [4.0, 5.0]
        table[0, 1] = 6.0
        table += 1.0  # no part
        losses.append(1.5)
        losses.append(2.5)

    for by_element, parts in ((True, [[4.0, 5.0], 6.0, 2.5]), (False, [])):
        tracer = Tracer(lambda _: True, by_element=by_element)
        tracer.run(fill)
        written = [(name, array.tolist()) for _, _, name, array, kind in tracer.events if kind == IN_PLACE]
        assert [value for name, value in written if np.ndim(value) < (2 if name == "table" else 1)] == parts
