"""What a student has written in words: kept in the report for a person to read."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from grader.judging import Outcome, Verdict
from grader.packs import Pack, loading
from grader.submissions import Submission

ENOUGH = 20  # words; fewer are a heading, a name, a date
LONGEST = 20_000  # characters that a report keeps


def read(pack: Pack, submission: Submission) -> Verdict:
    """Passed where there is a text of some length; whether it answers anything is for a person to say.

    Returns:
      A verdict whose message is the text, without the lines that the stub brings.
    """
    given = set(_lines(ast.get_docstring(ast.parse(loading.reference(pack).text)) or ""))
    given.add(f"# {pack.title}")
    own = [line for text in _texts(submission) for line in _lines(text) if line not in given]
    words = sum(len(line.split()) for line in own)
    if words < ENOUGH:
        where = "a Markdown cell" if submission.kind == "notebook" else "the text at the top of the file"
        found = f"there are only {words} words of your own" if words else "nothing of your own is written there"
        return Verdict(Outcome.NOT_IMPLEMENTED, f"it is read from {where}; {found} so far")
    text = "\n".join(own)
    return Verdict(Outcome.PASSED, text if len(text) <= LONGEST else f"{text[:LONGEST]}\n(the rest was cut)")


def _texts(submission: Submission) -> Iterator[str]:
    """Markdown cells, and strings that stand by themselves at the top level of the code."""
    yield from submission.prose
    for cell in submission.cells:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                body = ast.parse(cell.source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # a magic, or a cell that fails: listed under `loading`
        for statement in body:
            match statement:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    yield text


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
