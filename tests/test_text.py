"""Where a mistake is by a submission's text alone, without a worker."""

from __future__ import annotations

import ast
from types import SimpleNamespace
from typing import Any

import pytest

from grader.grading.lines import Lines
from grader.grading.locate import _says_what_it_counts
from grader.grading.syntax import axis_of
from grader.grading.text import Text, line_of_count
from grader.judging.diagnose import ANEW, BACKUP, END, KEPT, PLACES, PUT_BACK, Form
from grader.judging.steps import Place
from grader.packs.forms import form_of
from grader.packs.model import Mistake
from grader.submissions import parse

NOWHERE: Any = None  # no process: nothing has run


def text_of(source: str, *asked: str, loaded: Any = NOWHERE, sound: Any = ()) -> Text:
    submission = parse("hw", "hw.py", source.encode())
    return Text(submission, Lines(submission, loaded), asked or None, sound)


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
    text = text_of(SCRIPT)
    found = [text.by_form(Form(number=number)) for number in (0.5, 9001, 1.0, 8, -0.25)]
    assert found == [(None, 2), (None, 3), (None, 4), (None, 12), (None, 9)]
    assert text.by_form(Form(number=1)) == (None, 6)  # 1.0 is written otherwise, and True is no number
    assert text.by_form(Form(number=7)) is None  # whose it is nobody knows
    assert text.by_form(Form(number=42)) is None
    assert text.by_form(Form(number=8), (None, 4)) == (None, 4)  # values tell more


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
    assert text_of(text).by_form(Form(number=0, call="seed")) == (None, line)


@pytest.mark.parametrize("number", ["1" * 400, "0x" + "f" * 4000, "+".join(["1"] * 1200), "1 / 0", "1" * 400 + " / 3"])
def test_no_number_is_too_odd(number: str) -> None:
    text = text_of(f"x = {number}\nrate = 0.5")
    assert text.by_form(Form(number=0.5)) == (None, 2)


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
    text = text_of(TRAINING, "train")
    assert text.by_form(form, (None, 10), is_made=False) == (None, 3)
    assert text.by_form(form, (None, 10)) == (None, 10)  # what is made tells more
    assert text.by_form(form) is None  # a helper's own is no sign where values tell nothing
    assert text_of(TRAINING, "helper").by_form(form) == (None, 3)
    assert text_of(TRAINING, "Net.step").by_form(Form(call="run")) == (None, 18)  # inherited
    assert text_of(TRAINING).by_form(form, (None, 10), is_made=False) == (None, 10)  # two of them


def test_a_file_of_many_statements_is_looked_through_all_the_same() -> None:
    many = "\n".join(f"def f{number}(x):\n    return f{number + 1}(x)\n" for number in range(400))
    assert text_of(many + "def f400(loss):\n    loss.backward()\n", "f0").by_form(
        Form(call="backward"), (None, 1), is_made=False
    ) == (None, 1201)


@pytest.mark.parametrize("line", [10, 11])
def test_what_is_left_out_is_missing_in_the_list_that_a_loop_goes_through(line: int) -> None:
    text = text_of(TRAINING)
    assert text.by_form(Form(lists=True), (None, line)) == (None, 6)
    assert text.by_form(Form(), (None, line)) == (None, line)
    assert text.by_form(Form(lists=True), (None, 8)) == (None, 8)  # in no such loop


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
    assert text_of(LISTS).by_form(Form(lists=True), (None, line)) == (None, found)


@pytest.mark.parametrize(
    ("old", "new", "form"),
    [
        ("y.shape[0] * y.shape[1]", "len(y)", Form(counts=True)),
        ("y[1] + 2", "y[0] + 2", Form()),  # an index is no number that stands anywhere else
        ("a = 1\nb = 2", "a = 1", Form(lists=True)),
        ("a = f(a)", "pass", Form(lists=True)),
        ("for p in all:\n    p -= 1", "for p in all[::2]:\n    p -= 1", Form(lists=True, adds=True)),
        ("for p in all:\n    p -= 1", "for p in all:\n    p -= 2", Form(number=2.0)),
        ("(a, b, c)", "(a, c)", Form(lists=True)),
        ("(a, b)", "(b, a)", Form()),
        ("rate = 0.1", "rate = 0.5", Form(number=0.5)),
        ("a * 2 + 3", "a * 3 + 2", Form()),
        ("loss.backward()", "loss.backward(loss)", Form(call="backward", adds=True)),
        ("self.backward(X)\nself.step()", "self.backward(X)", Form(lists=True, call="backward")),
        ("a.f()\na.g()", "a.g()\na.f()", Form()),
        ("step()", "step()\nnote(mean(f(x)))", Form(call="step", adds=True)),  # what comes on top is in nothing's place
        ("d = sum(x, axis=0)", "d = sum(x, axis=1)", Form(number=1, brings=("axis=",))),
        ("up * slope(z)", "up * f(g(z))", Form(brings=("g",))),
        ("up * slope(z)", "up * slope(a)", Form()),
        ("up * (z > 0)", "up * (a >= 0)", Form(brings=("<",))),
        ("up * (z > 0)", "up * f(z)", Form(brings=("f",))),
        ("up", "up / len(z)", Form(adds=True)),
        ("d = f(x, axis=0, keepdims=True)", "d = f(x, axis=0)", Form(hands_less=True)),
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
    assert text_of(MADE_FOR).made_for((None, line), Form(brings=("<",)), ()) == (None, found)


def test_a_function_that_is_called_in_place_of_another_leads_to_where_it_is_called() -> None:
    assert text_of(MADE_FOR).made_for((None, 17), Form(brings=("f",)), ()) == (None, 15)
    assert text_of(MADE_FOR).made_for((None, 17), Form(), ()) == (None, 17)


WORDS = """
def check(parameter, rng):
    some = rng.choice(9)
    for place in some:
        print(place)


def other(values):
    return values[:5], min(values)
"""


def test_a_word_leads_to_the_one_statement_of_what_is_asked_that_has_it() -> None:
    assert text_of(WORDS, "check").by_form(Form(words=("choice", ":")), (None, 5)) == (None, 3)
    assert text_of(WORDS, "other").by_form(Form(words=("choice", ":"))) == (None, 9)
    assert text_of(WORDS, "check", "other").by_form(Form(words=("choice", ":")), (None, 5)) == (
        None,
        3,
    )  # by name first
    assert text_of(WORDS, "check", "other").by_form(Form(words=("choice", "min")), (None, 5)) == (None, 5)


def test_what_a_check_leaves_out_is_left_out_in_the_loop_that_it_consists_of() -> None:
    assert text_of(WORDS, "check").by_form(Form(lists=True)) == (None, 4)
    assert text_of(WORDS, "other").by_form(Form(lists=True)) is None


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
    text = text_of(MOVED, "check", "another")
    assert text.by_form(Form(place=PUT_BACK), (None, line)) == (None, found)


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
    assert text_of(KEPT_SUMS, f"Net.{asked}").by_form(Form(place=KEPT), (None, 16)) == (None, found)


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
    text = text_of(CHOSEN, f"Net.{asked}")
    assert text.by_form(Form(brings=(brings,)), (None, line)) == (None, found)


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
    assert text_of(COUNTED, "Net").by_form(Form(counts=True), (None, 7)) == (None, 11)
    assert text_of(COUNTED, "Base").by_form(Form(counts=True), (None, 7)) == (None, 4)
    assert text_of(COUNTED, "Other").by_form(Form(counts=True), (None, 7)) == (None, 7)  # whose is not known


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
    loaded: Any = SimpleNamespace(place=lambda frame: SimpleNamespace(cell=None, line=frame[1]))
    text = text_of(ALIKE, loaded=loaded)
    assert text.due(Place("hw.py", line, "z", lacks=True)) == (None, found)
    assert text.due(Place("hw.py", line, "z", misplaced=True)) == (None, found)
    assert text.due(Place("hw.py", line, "z")) == (None, line)


def test_a_module_s_own_statements_have_neighbours() -> None:
    found = place_in("z1 = X @ W1\nz1 += b1\nz2 = a1 @ W2\na2 = f(z2)\n", lacks=True)
    assert found(3) == (None, 4)


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
    assert text_of(TURNED).made_for((None, line), Form(), [name]) == (None, found)


def test_what_a_script_leaves_is_wrong_where_it_gets_its_last_value() -> None:
    text = "out = 1\nfor i in range(3):\n    out = i\n    other = out\ndef train():\n    out = 2\nprint(out)\n"
    assert text_of(text).last_value_of(["out"]) == (None, 3)
    assert text_of(text + "out += 1\nout, x = f(x)\n").last_value_of(["out"]) == (None, 9)
    assert text_of(text).last_value_of(["out", "other"]) is None
    assert text_of(text).last_value_of(["nowhere"]) is None


def test_a_function_that_is_named_but_not_called_is_what_is_missing() -> None:
    text = "def step(self):\n    self.back()\n    self.update\n\ndef update(self):\n    pass\n"
    assert text_of(text, "step").by_form(Form(lists=True), (None, 2)) == (None, 3)
    assert text_of(text.replace("update\n\n", "other\n\n"), "step").by_form(Form(lists=True), (None, 2)) == (None, 2)


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
    assert text_of(ENDS, asked).by_form(Form(place=END), where) == (None, found)


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
    assert text_of(RESTARTS, "train").by_form(Form(place=ANEW), (None, 8)) == (None, 5)
    without = RESTARTS.replace("here = update", "gone = update")
    assert text_of(without, "train").by_form(Form(place=ANEW), (None, 8)) == (None, 8)
    in_place = RESTARTS.replace("here = update(here, rate)", "here -= 1").replace("dict(W=W, b=b)", "W.copy()")
    assert text_of(in_place, "train").by_form(Form(place=ANEW), (None, 8)) == (None, 5)
    drawn = RESTARTS.replace("dict(W=W, b=b)", "np.random.rand()")
    assert text_of(drawn, "train").by_form(Form(place=ANEW), (None, 8)) == (None, 8)


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
    assert text_of(RESET, "Net.backward").by_form(Form(place=KEPT), (None, 7)) == (None, 12)
    assert text_of(RESET, "Net.backward").by_form(Form(place=KEPT), (None, 13)) == (None, 12)
    calls = RESET.replace("up = slope(y)", "up = self.zero_grad(y)")
    assert text_of(calls, "Net.backward").by_form(Form(place=KEPT), (None, 13)) == (None, 13)
    without = RESET.replace("zero_grad", "count_nonzero")
    assert text_of(without, "Net.backward").by_form(Form(place=KEPT), (None, 7)) == (None, 7)


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
    assert text_of(KEPT_TOO_LATE).made_for((None, line), Form(place=BACKUP), ()) == (None, found)
    assert text_of(KEPT_TOO_LATE).made_for((None, line), Form(), ()) == (None, line)


def test_a_text_that_a_function_is_handed_is_a_word() -> None:
    text = 'def train():\n    loss = MSELoss(reduction="sum")\n    value = loss(1)\n'
    assert text_of(text, "train").by_form(Form(words=("sum",)), (None, 3)) == (None, 2)


@pytest.mark.parametrize(
    "line", ["g[0] = d[0] * x[0]", "x[i] += h; f(x)", "x#[i] += h; f(x)", "old = self.W", "self.W += 1", "z# = f(x)"]
)
def test_long_texts_are_read_without_holding_each_line_against_each(line: str) -> None:
    body = "".join(f"        {line.replace('#', str(number))}\n" for number in range(500))
    text = text_of(f"def check(x):\n    for i in x:\n{body}        g(old)\n    return x\n", "check")
    for place in PLACES:
        text.by_form(Form(words=("sum",), place=place, lists=True, counts=True, brings=("tanh",)), (None, 5))
    text.made_for((None, 503), Form(brings=("<",)), ["z1"])
    found = text.made_for((None, 503), Form(place=BACKUP), ["z1"])  # it would take minutes
    assert found in ((None, 502), (None, 503))


def test_a_text_that_is_too_deep_leads_nowhere() -> None:
    deep = ".a" * 900
    text = f"def check(x):\n    for i in x:\n        x{deep}[i] += 1\n        f(x)\n    return x\n"
    assert text_of(text, "check").by_form(Form(place=PUT_BACK), (None, 3)) == (None, 3)
    chain = "".join(f"def f{number}(): return f{number + 1}()\n" for number in range(1500))
    assert text_of(chain, "f0").by_form(Form(place=END)) is not None


def test_a_loop_whose_items_a_condition_picks_is_wrong_at_the_condition() -> None:
    text = "def update(self):\n    for name in self.names:\n        if name[0] == 'W':\n            step(name)\n"
    assert text_of(text, "update").by_form(Form(lists=True)) == (None, 3)
    assert text_of(text.replace("name[0]", "size"), "update").by_form(Form(lists=True)) == (None, 2)


HANDED_ON = """
class Loss:
    def grad(self):
        return self.residual

def slope(p, y):
    return Loss(p, y).grad()

def outer(a, d):
    return a.T @ d

def one(a, d):
    return outer(a, d)

def two(a, d):
    return outer(a, d)

def three(a, d):
    return once(a.T, d)

def once(a, d):
    return a @ d

def four(x, d):
    return first(x, d)

def first(x, d):
    return second(x.a, rest=d)

def second(a, rest):
    c = a + 1
    return c * rest
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (7, 4),  # the method is called here alone
        (13, 13),  # others call it, too
        (19, 19),  # what it is handed is made here
        (25, 32),  # from one to the next
        (31, 31),
    ],
)
def test_what_a_function_hands_on_is_wrong_where_it_comes_from_if_nobody_else_wants_it(line: int, found: int) -> None:
    assert text_of(HANDED_ON, "slope").handed_on((None, line), ()) == (None, found)


def test_what_nothing_is_blamed_on_and_what_was_chosen_before_is_not_gone_into() -> None:
    assert text_of(HANDED_ON, "slope", sound={"Loss.grad"}).handed_on((None, 7), ()) == (None, 7)
    assert text_of(HANDED_ON, "slope", sound={"second"}).handed_on((None, 25), ()) == (None, 28)
    assert text_of(HANDED_ON, "slope").handed_on((None, 25), {"x"}) == (None, 25)


COUNTED_BY_A_HELPER = """
def terms(y):
    return len(y)

def loss(p, y):
    return ((p - y) ** 2).sum() / terms(y)

def slope(p, y):
    return 2 * (p - y) / terms(y)
"""


def test_a_helper_that_counts_for_what_is_asked_alone_is_where_it_counts_wrong() -> None:
    counts = Form(counts=True)
    assert text_of(COUNTED_BY_A_HELPER, "slope").by_form(counts, (None, 9)) == (None, 3)
    # It is right for one that passes, or has been called twice in what is asked.
    assert text_of(COUNTED_BY_A_HELPER, "slope", sound={"terms"}).by_form(counts, (None, 9)) == (None, 9)
    assert text_of(COUNTED_BY_A_HELPER, "slope", "loss").by_form(counts, (None, 9)) == (None, 9)


SETTINGS = """
@dataclass
class Settings:
    seed: int = 1
    rate: float = 0.01

one = Settings()
two = Settings(rate=0.5)
three = Settings(**given)

class Net:
    rate: float
    size = 3
    def __init__(self):
        self.size = 4

net = Net()

class Plain:
    rate: float

plain = Plain()
"""


@pytest.mark.parametrize(
    ("line", "name", "found"),
    [
        (7, "one.rate", 5),
        (7, "one.other", 7),
        (7, "one", 7),
        (8, "two.rate", 8),  # said here
        (8, "two.seed", 4),
        (9, "three.rate", 9),  # perhaps
        (17, "net.size", 17),  # the constructor has a say in it
        (22, "plain.rate", 22),  # no value
    ],
)
def test_what_a_class_gives_its_objects_is_wrong_in_the_class(line: int, name: str, found: int) -> None:
    assert text_of(SETTINGS).default_of((None, line), name) == (None, found)


UNSCALED = """
def backward(self, y, cache):
    m = y.shape[1]
    error = cache - y
    dz2 = error / m
    dw2 = dz2 @ a1.T
    da1 = w2.T @ error
    dz1 = da1 * slope(z1)
    dw1 = dz1 @ x.T
    return dw1, dw2

def other(self, y, cache):
    error = cache - y
    dz2 = error * slope(z2)
    da1 = w2.T @ error
    return da1 @ x.T

def early(self, y, cache):
    k, m = y.shape
    error = cache - y
    dw2 = error @ a1.T
    scaled = 2 * error / (m * k)
    half = 2 / m
    mean = half * error
    return scaled @ x.T

def again(self, y, cache):
    m = len(y)
    delta = cache - y
    d2 = delta / m
    delta = w2.T @ d2
    d1 = delta * slope(z1)
    return d1 @ x.T

def itself(self, y, cache):
    m = len(y)
    error = cache - y
    d2 = error / m
    d1 = w2.T @ (error / m)
    return d1 @ x.T
"""


@pytest.mark.parametrize(
    ("line", "found"), [(9, 7), (6, 6), (16, 16), (15, 15), (21, 21), (25, 25), (33, 33), (40, 40)]
)
def test_what_is_taken_without_its_scale_is_wrong_where_it_is_taken(line: int, found: int) -> None:
    assert text_of(UNSCALED).taken_unscaled((None, line)) == (None, found)


SCALED = """
def backward(m):
    for grad in (dW1, db1):
        grad /= m
    for grad in (dW1, dW2):
        print(grad)
    return dW1, db1, dW2, db2

def all(m):
    for grad in (dW1, db1):
        grad /= m
    return dW1, db1

def two(m):
    for grad in (dW1, db1):
        grad /= m
    for grad in (dW2,):
        grad /= m
    return dW1, db1, dW2, db2

def another(m):
    for grad in (dW1, db1, dW2, db2):
        grad /= m
    return dict(dW1=dW1, db1=db1, dW2=dW2 / m, db2=db2)

def by_name(m):
    for grad in (dW1, db1):
        grad += m
    for grad in [dW1, dW2]:
        grad *= m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
"""


@pytest.mark.parametrize(("line", "found"), [(7, 3), (12, 12), (19, 19), (4, 4), (24, 24), (31, 29)])
def test_what_is_changed_for_some_of_what_is_returned_is_left_out_of_that_loop(line: int, found: int) -> None:
    assert text_of(SCALED).for_some((None, line)) == (None, found)


def place_in(source: str, **known: Any) -> Any:
    """Where the text says that something is due, by the line that is known of it."""
    loaded: Any = SimpleNamespace(place=lambda frame: SimpleNamespace(cell=None, line=frame[1]))
    text = text_of(source, loaded=loaded)
    return lambda line: text.due(Place("hw.py", line, **known))


MEASURED = """
def train(X, y):
    for _ in range(9):
        y_pred, cache = forward(X)
        step(backward(y_pred, cache))
        fresh, _ = forward(X)
        losses.append(mse(fresh, y))
    return losses

def other(X, y):
    for _ in range(9):
        hidden = layer(X, W1)
        y_pred = layer(hidden, W2)
        losses.append(mse(y_pred, y))
"""


@pytest.mark.parametrize(("line", "found"), [(7, 6), (14, 14)])
def test_what_is_measured_too_late_is_wrong_where_it_is_predicted_once_more(line: int, found: int) -> None:
    assert place_in(MEASURED, late=True)(line) == (None, found)
    assert place_in(MEASURED)(line) == (None, line)


ENDED = """
def leaf(shape):
    found = torch.randn(shape, requires_grad=True) * 2
    count(shape)
    return found

def train(steps):
    for step in steps:
        if step:
            update()
    done = 1
    return done + 1
"""


@pytest.mark.parametrize(("line", "found"), [(5, 3), (8, 10), (11, 11), (12, 12)])
def test_what_is_known_to_have_ended_is_wrong_where_what_it_ends_with_is_made(line: int, found: int) -> None:
    assert place_in(ENDED, ended=True)(line) == (None, found)
    assert place_in(ENDED)(line) == (None, line)


SUMS = """
def backward(self, X):
    for i in range(len(X)):
        d = X[i]
        dW2 += np.outer(d, d)
        dW1 = dW1 + d
        self.a[i] = self.z[i]
        self.seen += 1
        for j in range(3):
            inner = inner + d[j]
            grads["b"] += d[j]
        total = inner
        inner = 0
    m = len(X)
    grads["W1"] = dW1 / m
    return dW1, dW2, grads, self.a
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (5, 16),
        (6, 15),
        (7, 7),  # nothing grows
        (10, 12),  # it begins anew in the outer loop
        (11, 15),
        (15, 15),  # no loop
    ],
)
def test_a_sum_lacks_its_scale_where_it_is_used_first_after_the_loop(line: int, found: int) -> None:
    assert text_of(SUMS).summed_up((None, line)) == (None, found)


COUNTED_FOR = """
def one(y):
    count = y.shape[0]
    return y / count

def two(y):
    rows = y.shape[0]
    columns = y.shape[1]
    return y / columns

def three(y):
    m = len(y)
    z = y / m
    return z / m
"""


def test_a_count_that_is_taken_for_one_statement_is_the_only_one_there_and_used_once() -> None:
    text = text_of(COUNTED_FOR)
    assert text.count_for((None, 4)) == ((None, 3), "count", ("y", 0))
    assert text.count_for((None, 9)) is None
    assert text.count_for((None, 13)) is None


UPDATES = """
def train(W, b):
    optimizer = torch.optim.SGD([W], lr=0.1)
    for _ in range(9):
        optimizer.step()

def by_hand(W, b):
    W.grad.zero_()
    b.grad.zero_()
    V.grad.zero_()
    b.grad.zero_()
    print()
    print()
    print()
"""


@pytest.mark.parametrize(("asked", "found"), [("train", 3), ("by_hand", 11)])
def test_what_is_left_out_of_several_is_missing_where_they_are_handed_over_or_one_is_said_twice(
    asked: str, found: int
) -> None:
    assert text_of(UPDATES, asked).by_form(Form(lists=True), (None, 5)) == (None, found)
    assert text_of(UPDATES, asked).by_form(Form(), (None, 5)) == (None, 5)


def test_what_is_said_twice_for_a_reason_is_right() -> None:
    source = (
        "def check(net):\n    for name in names:\n        p[i] = old + h\n        A = f(X)\n        plus = g(A)\n"
        "        p[i] -= 2 * h\n        A = f(X)\n        h = relu(h)\n        h = relu(h)\n        a = f(b)\n"
    )
    assert text_of(source, "check").by_form(Form(lists=True), (None, 5)) == (None, 5)


def test_gradients_that_are_not_zeroed_are_no_matter_of_what_an_optimizer_is_handed() -> None:
    form = Form(lists=True, call="backward", words=("backward",))
    source = UPDATES.replace("        optimizer.step()", "        loss.backward()")
    assert text_of(source, "train").by_form(form, (None, 5)) == (None, 5)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("len(y)", ("y", 0)),
        ("y.shape[1]", ("y", 1)),
        ("y.shape[-1]", None),
        ("y.size(1)", ("y", 1)),
        ("y.size", None),
        ("len(self.y)", None),
        ("y.shape[axis]", None),
    ],
)
def test_a_count_is_the_length_of_an_axis(text: str, found: tuple[str, int] | None) -> None:
    assert axis_of(ast.parse(text, mode="eval").body) == found


def test_a_count_that_is_called_the_samples_is_right_if_it_is_theirs() -> None:
    axes = {"Y": "k m", "y": "m k"}
    assert _says_what_it_counts("m", ("Y", 1), axes)
    assert not _says_what_it_counts("m", ("Y", 0), axes)
    assert _says_what_it_counts("n_samples", ("y", 0), axes)
    assert not _says_what_it_counts("count", ("y", 0), axes)
    assert _says_what_it_counts("batch", ("unknown", 0), axes)
    assert _says_what_it_counts("m", None, axes)


ODD = (
    "c = len(x)" + "*2" * 60,  # twice as long for each factor
    "c = " + "*".join(["x"] * 1200),
    "c = 0x" + "f" * 5000,
    "c = (x\n" + ".a" * 1200 + ")",
    "return {0x" + "f" * 5000 + ": x}",
)


@pytest.mark.parametrize("line", ODD)
def test_no_line_is_too_odd_to_be_read(line: str) -> None:
    loaded: Any = SimpleNamespace(place=lambda frame: SimpleNamespace(cell=None, line=frame[1]))
    text = text_of(f"def train(x, c=0):\n    {line}\n    y = c / 2\n    return y\n", "train", loaded=loaded)
    for form in (Form(lists=True), Form(counts=True), Form(brings=("tanh",))):
        where = text.by_form(form, (None, 3))
        assert where is not None
        text.made_for(where, form, {"c"})
    text.count_for((None, 3))
    text.summed_up((None, 2))
    text.due(Place("hw.py", 2, lacks=True))
    Lines(parse("hw", "hw.py", b"y = (\n    1)\n"), loaded).of(Place("hw.py", 1))


TAKEN_FOR = """
def single_neuron(x, w, z):
    gap = z - 1
    dz_dw = w
    w_again = w
    dL_dw = gap * dz_dw
    other = gap * w_again + w_again.sum()
    Z1 = w.Z1
    third = gap * Z1
    da_dz = sigmoid(z)
    fourth = gap * da_dz
    return dL_dw, other, third, fourth
"""


@pytest.mark.parametrize(
    ("line", "name", "found"),
    [
        (6, "dz_dw", 4),
        (7, "w_again", 7),  # used twice there
        (9, "Z1", 9),  # it is what it is called: another one should have been taken
        (11, "da_dz", 10),  # called a derivative, and made by a function
    ],
)
def test_what_is_taken_for_something_else_is_wrong_where_it_gets_that_name(line: int, name: str, found: int) -> None:
    assert text_of(TAKEN_FOR).made_for((None, line), Form(), {name}) == (None, found)


BOUND_ANEW = """
def update(self, grads):
    for (W, b), (dW, db) in zip(self.layers, grads):
        W -= dW
        b = b - db

def right(self, grads):
    for W, dW in zip(self.layers, grads):
        W = W - dW
        self.new.append(W)
"""


def test_an_item_that_gets_another_value_which_nothing_reads_is_not_updated() -> None:
    assert text_of(BOUND_ANEW, "update").by_form(Form(lists=True), (None, 4)) == (None, 5)
    assert text_of(BOUND_ANEW, "right").by_form(Form(lists=True), (None, 9)) == (None, 9)


MOVED_ALIAS = """
def gradient(f, x, h):
    for i in range(3):
        moved = x
        moved[i] += h
        up = f(moved)
        moved[i] -= 2 * h
        down = f(moved)
        yield up - down

def copied(f, x, h):
    for i in range(3):
        moved = x.copy()
        moved[i] += h
        up = f(moved)
        moved[i] -= 2 * h
        down = f(moved)
        yield up - down
"""


@pytest.mark.parametrize(("asked", "found"), [("gradient", 4), ("copied", 18)])
def test_what_is_moved_by_another_name_is_wrong_where_it_gets_that_and_is_no_copy(asked: str, found: int) -> None:
    assert text_of(MOVED_ALIAS, asked).by_form(Form(place=PUT_BACK), None) == (None, found)


def test_a_method_that_is_named_and_not_called_is_what_is_missing_whoever_has_defined_it() -> None:
    text = text_of("def flow(model, X):\n    model.zero_grad\n    return model(X)\n", "flow")
    assert text.by_form(Form(lists=True), (None, 3)) == (None, 2)
    text = text_of("def flow(model, X):\n    model.training\n    return model(X)\n", "flow")
    assert text.by_form(Form(lists=True), (None, 3)) == (None, 3)  # a property


def test_a_type_that_is_said_of_a_name_changes_nothing() -> None:
    text = text_of("def loss(p, t):\n    count: int = p.shape[-1]\n    return ((p - t) ** 2).sum() / count\n", "loss")
    assert text.count_for((None, 3)) == ((None, 2), "count", None)


BEFORE_OR_AFTER = """
def backward(A, Y, W):
    inv = 1.0 / Y.shape[1]
    error = A - Y
    delta = inv * error
    back = W.T @ error
    dW = back @ A.T
    return delta, dW
"""


def test_a_scale_may_stand_before_or_after_what_it_scales() -> None:
    for text in (BEFORE_OR_AFTER, BEFORE_OR_AFTER.replace("inv * error", "error * inv")):
        assert text_of(text).taken_unscaled((None, 7)) == (None, 6)


def test_of_a_statement_that_begins_with_a_bracket_alone_it_is_where_its_value_begins() -> None:
    submission = parse("hw", "hw.py", b"def f(p):\n    return (\n        p\n        .astype(int)\n    )\n")
    lines = Lines(submission, NOWHERE)
    assert lines.within((None, 2), set(), set(), is_scale=False) == (None, 3)


MEASURING = """
def train(net, X, y):
    for i in range(9):
        net.step()
        losses.append(measure(net, X, y))

def measure(net, X, y):
    '''How far off it is.'''
    return loss(net.forward(X), y)

def epoch(net, X, y):
    net.step()
    return loss(net.forward(X), y)

def noted(net, X, y):
    now = net.forward(X)
    net.losses.append(loss(now, y))

def run(net, X, y):
    epoch(net, X, y)
    noted(net, X, y)
"""


@pytest.mark.parametrize(("line", "found"), [(9, 5), (13, 13), (17, 21)])
def test_a_loss_is_late_where_it_is_asked_for_and_not_where_it_is_only_measured(line: int, found: int) -> None:
    loaded = SimpleNamespace(place=lambda frame: SimpleNamespace(cell=None, line=frame[1]))
    assert text_of(MEASURING, "train", loaded=loaded).due(Place("hw.py", line, late=True)) == (None, found)
