"""Everything that a student's code can make a report say, full of what other programs take for commands."""

import sys

EVIL = (
    "</pre></code></td></script><script>attack()</script><img src=x onerror=attack()>"
    "\n::error file=x.py,line=1::attacked\n::add-mask::the\n##[error]attacked\n::set-output name=score::30"
    '\n=HYPERLINK("https://attack.example")\n| a | b |\n|---|---|\n# heading [link](https://attack.example) @attacker #1'
    "\x1b[31mred\x1b[0m\x1b]8;;https://attack.example\x07link\x1b]8;;\x07 \x00 ]]> {{ 7*7 }} &lt; \u202eesrever\u202c"
)
print(EVIL)
print(EVIL, file=sys.stderr)


class Evil(Exception):
    def __str__(self):
        return EVIL


Evil.__name__ = Evil.__qualname__ = "<script>attack()</script>::error::x"


def sigmoid(x):
    raise Evil


def sigmoid_derivative(x):
    raise KeyError(EVIL)


def relu(x):
    return EVIL


def relu_derivative(x):
    return [EVIL, 1.0]


def mse_loss(y_pred, y_true):
    evil = "</span><script>attack()</script>"
    return {evil: 1.0}  # ::error::attacked


globals()["<script>attack()</script>"] = lambda x: x
globals()["::error::attacked"] = lambda x: x

raise Evil
