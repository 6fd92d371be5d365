"""What lines are found from, piece by piece, without a worker."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from grader.grading.calls import inherited, lent, reached, words_of
from grader.grading.lines import Lines
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
    first_setting,
    first_wrong,
    last_shown,
    left_changed,
    put_under_key,
)
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


@pytest.mark.parametrize("name", ["return", "return[1]"])
def test_what_is_handed_back_in_another_shape_is_wrong_where_it_was_written(name: str) -> None:
    flat, wrong = [7.1, 7.2, 7.3, 7.4], [[7.1, 7.2], [7.3, 7.4]]
    told = dataclasses.replace(NOTHING, made=known(wrong))
    back = event(5, name, wrong, RETURNED)
    assert line_found(named(grid=[[1.0, 2.0], [3.0, 4.0]]), told, event(3, "out", flat), back) == 3
    assert line_found(named(grid=[[1.0, 2.0], [3.0, 4.0]]), told, event(3, "out", ROW), back) == 5


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
    return Lines(parse("hw", "hw.py", text.encode()), NOWHERE)


def test_a_function_that_a_class_gets_as_a_method_is_meant_by_its_call() -> None:
    text = "class Net:\n    def train(self, X): self.back(X)\ndef back(self, X): pass\nNet.back = back\n"
    assert reached(parse("hw", "hw.py", text.encode()), ["Net.train"]) == {"Net.train", "back"}


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
    assert lines.within((None, 4), {"old"}, (), is_scale=False) == (None, 6)
    assert lines.within((None, 4), {"a", "old"}, (), is_scale=False) == (None, 4)  # two of them: where it starts
    assert lines.within((None, 4), set(), (), is_scale=True) == (None, 9)
    assert lines.within((None, 4), set(), (), is_scale=False) == (None, 4)
    assert lines.within((None, 3), {"old"}, (), is_scale=True) == (None, 3)
    times = lines_of("d = multiply(\n    2 * (a - y),\n    slope(a),\n)\n")
    assert times.within((None, 1), (), (), is_scale=True) == (None, 2)
    assert times.within((None, 1), (), (), is_scale=False) == (None, 1)


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


def test_a_call_that_a_mistake_brings_in_shows_which_line_of_a_statement_it_is() -> None:
    lines = lines_of("dZ = (\n    (a - y)\n    * slope(a)\n    * other(a)\n)\n")
    assert lines.within((None, 1), (), {"slope"}, is_scale=False) == (None, 3)
    assert lines.within((None, 1), (), {"slope", "other"}, is_scale=False) == (None, 2)  # where the value begins
    lines = lines_of("db = total(\n    d,\n    axis=1,\n    keepdims=True,\n)\n")
    assert lines.within((None, 1), (), {"axis="}, is_scale=False) == (None, 3)
    assert lines.within((None, 1), (), {"axis=", "keepdims="}, is_scale=False) == (None, 1)


def test_a_method_that_a_class_has_from_another_is_lent_to_it() -> None:
    text = "class Base:\n    def loss(self): return 1\n    def step(self): return 2\n"
    text += "class Net(Base):\n    def step(self): return 3\nclass Alone:\n    pass\n"
    submission = parse("hw", "hw.py", text.encode())
    assert lent(submission, ["Net.loss", "Net.step", "Alone.loss", "loss"]) == {"Base.loss"}


def test_a_loss_that_is_noted_too_late_is_wrong_where_a_helper_is_handed_what_is_late() -> None:
    judged, epoch = Call("hw.py", "Net.train", -1, 0, 9), Call("hw.py", "Net.epoch", 0, 7, 5)
    measure = Call("hw.py", "mse", 1, 4, 2)
    X, late = np.array([[1.3, 2.7]]), np.array([[0.31], [0.47]])
    events = [
        event(6, "X", X, ARGUMENT, 0),
        event(3, "X", X, ARGUMENT, 1),
        event(1, "p", late, ARGUMENT, 2),
        event(2, "return", 0.25, RETURNED, 2),
        event(4, "loss", 0.25, NEW, 1),
        event(8, "losses", [0.25, 0.21], NEW, 0),
    ]
    right, noted = Values(known(0.36, 0.25)), np.array([0.25, 0.21])
    found = first_wrong(Trace([judged, epoch, measure], events), right, right, NOTHING, {"losses": noted}, ["losses"])
    assert found == Place("hw.py", 4, late=True)  # not in mse, and not where the epoch is called with what is right
    # Of more losses than are asked for the last are no later ones.
    found = first_wrong(Trace([judged, epoch, measure], events), right, right, NOTHING, {"losses": noted})
    assert found == Place("hw.py", 2, "return")


def test_what_is_cut_out_of_an_array_is_wrong_where_that_is_made() -> None:
    whole = np.array([[0.1, 0.2], [0.31, 0.47], [0.53, 0.59]])
    weights = whole[1:]
    events = [event(3, "both", whole), event(4, "return[0]", weights, RETURNED)]
    told = Evidence([Known("dW2", weights)], [], [], [Known("dW2", weights)])
    assert line_found(named(dW2=2 * weights + 1), told, *events) == 3


@pytest.mark.parametrize(("values", "line"), [((0.5, 0.7), 2), ((0.5, 0.9), 4)])
def test_a_step_is_due_before_what_has_names_is_put_together_and_not_where_one_is_made_there(
    values: tuple[float, float], line: int
) -> None:
    """`grads = {"dW": dW, "db": db}` scales nothing; `{"dW": dW / m, "db": db}` does, and was to scale the other."""
    dW, db = np.array([0.3, values[1]]), np.array([0.2, values[0]])
    events = [
        event(1, "dW", np.array([0.3, 0.7])),
        event(2, "db", db),
        event(4, "grads['dW']", dW),
        event(4, "grads['db']", db),
        event(5, "return['dW']", dW, RETURNED),
        event(5, "return['db']", db, RETURNED),
    ]
    told = Evidence([Known("db", db)], [], [], [])
    assert line_found([*named(db=db / 7), *known(db)], told, *events) == line


def test_a_setting_is_wrong_in_the_helper_that_makes_it() -> None:
    calls = [Call("hw.py", "<module>", -1, 0, 9), Call("hw.py", "start", 0, 8, 3)]
    events = [event(2, "bias", [0.0, 0.0], NEW, 1), event(8, "b1", [0.0, 0.0], NEW, 0)]
    told = Evidence(made=named(b1=[0.0, 0.0]), parts=[], operands=[], after=[])
    assert first_setting(Trace(calls, events), told) == Place("hw.py", 2, "bias")
    assert first_setting(Trace(calls, events[1:]), told) == Place("hw.py", 8, "b1")


def test_a_helper_that_turns_all_it_makes_is_to_blame_and_not_who_calls_it() -> None:
    one, other = np.array([[1.3, 2.9, 4.1], [0.7, 3.3, 5.9]]), np.array([[6.1, 7.7], [8.3, 9.1], [2.3, 3.7]])
    calls = [Call("hw.py", "backward", -1, 0, 9), *(Call("hw.py", "outer", 0, line, 3) for line in (6, 7))]
    events = [event(3, "return", one.T, RETURNED, 1), event(3, "return", other.T, RETURNED, 2)]
    told = Evidence(made=known(one.T, name="return"), parts=[], operands=[], after=[])
    right = Values(known(one, other))
    assert first_wrong(Trace(calls, events), right, right, told, {"dW2": one.T}) == Place("hw.py", 3, "return")
    events[1] = event(3, "return", other, RETURNED, 2)  # the other is right: the caller has chosen wrongly
    assert first_wrong(Trace(calls, events), right, right, told, {"dW2": one.T}) == Place("hw.py", 6)
