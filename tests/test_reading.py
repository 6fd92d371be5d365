"""Files as cells: modules cut at their statements, notebooks of any version, what can't be read."""

from __future__ import annotations

import ast
import codecs
import io
import json
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import MOST_PARSED, UnreadableError, cut, parse, read_text


def pieces(text: str) -> list[tuple[int, str]]:
    return [(cell.line, cell.source) for cell in cut(text)]


def test_a_module_is_cut_at_its_top_level_statements() -> None:
    text = '"""Doc."""\nimport a\n\n# about f\n@cached\n@other(\n    1)\ndef f():\n    x = """\ntext\n"""\n    return x\na = 1; b = 2\n'
    assert pieces(text) == [
        (1, '"""Doc."""'),
        (2, "import a"),
        (5, '@cached\n@other(\n    1)\ndef f():\n    x = """\ntext\n"""\n    return x'),
        (13, "a = 1; b = 2"),
    ]


def test_a_module_that_does_not_parse_keeps_the_pieces_that_do() -> None:
    text = "def f(x):\n    return x\n\ndef broken(:\n    pass\n\n@decorated\ndef g():\n    s = '''\nin the string\n'''\n    return s\nif a:\n    b\nelse:\n    c\n"
    found = pieces(text)
    assert [line for line, _ in found] == [1, 4, 7, 13]
    assert [source.split("\n")[0] for _, source in found] == ["def f(x):", "def broken(:", "@decorated", "if a:"]
    assert found[2][1].endswith("return s")


@given(
    st.lists(
        st.sampled_from(
            [
                "x = 1",
                "def f():\n    pass",
                "class A:\n    b = 2",
                "'''a\nb'''",
                "if x:\n    y\nelse:\n    z",
                "(1,\n2)",
                "# c",
                "",
            ]
        ),
        max_size=8,
    )
)
def test_the_pieces_are_all_of_the_statements(parts: list[str]) -> None:
    text = "\n".join(parts)
    statements = [ast.dump(node) for node in ast.parse(text).body]
    assert [ast.dump(node) for _, source in pieces(text) for node in ast.parse(source).body] == statements


@given(st.text(max_size=200))
def test_any_text_can_be_cut(raw: str) -> None:
    text = io.StringIO(raw, newline=None).read()  # as `read_text` hands it over: a lone return has become a line end
    lines = text.split("\n")
    for cell in cut(text):
        assert cell.source in text
        assert 1 <= cell.line <= len(lines)


@pytest.mark.parametrize(
    "content",
    [
        "x = 'ü'\n".encode(),
        codecs.BOM_UTF8 + "x = 'ü'\n".encode(),
        "x = 'ü'\n".encode("utf-16"),
        "# coding: latin-1\nx = 'ü'\n".encode("latin-1"),
        b"x = '\xc3\xbc'\r\n",
    ],
)
def test_text_in_the_usual_encodings_is_read(content: bytes) -> None:
    text = read_text(content)
    assert text.endswith("x = 'ü'\n")
    assert "\r" not in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("x = 'ü'\n".encode("latin-1"), "invalid or missing encoding"),
        (b"x = 1\0\n", "NUL bytes"),
        (b"# coding: klingon\n", "unknown encoding"),
    ],
)
def test_a_module_that_is_no_text_is_unreadable(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        parse("a", "a.py", content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "zero bytes"),
        (b"{", "not whole JSON"),
        (b"[1, 2]", "not a notebook"),
        (b'{"nbformat": 99, "cells": []}', "format 99"),
        (b'{"nbformat": "4", "cells": []}', "not a notebook"),
        (b'{"nbformat": 4, "nbformat_minor": 5, "cells": [3]}', "can't be read"),
        (b'{"nbformat": 4}', "no cells"),
        (b"\xff\xff{}", "not UTF-8"),
        (b'{"nbformat": 4, "cells": []}\0', "NUL bytes"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_notebook_that_is_none_is_unreadable(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        parse("a", "a.ipynb", content)


def test_an_older_notebook_is_upgraded() -> None:
    cell: dict[str, Any] = {
        "cell_type": "code",
        "input": ["x = 1\n", "y = 2"],
        "language": "python",
        "outputs": [],
        "metadata": {},
        "collapsed": False,
    }
    text = {"cell_type": "markdown", "source": "# Title", "metadata": {}}
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": [text, cell], "metadata": {}}],
    }
    read = parse("a", "A.IPYNB", json.dumps(old).encode())
    assert [(cell.source, cell.number) for cell in read.cells] == [("x = 1\ny = 2", 1)]
    assert read.prose == ("# Title",)


def test_code_cells_are_counted_from_one_and_prose_is_kept() -> None:
    new: Any = nbformat.v4
    notebook = new.new_notebook(
        cells=[new.new_code_cell("a"), new.new_markdown_cell("b"), new.new_raw_cell("c"), new.new_code_cell("d")]
    )
    read = parse("a", "a.ipynb", nbformat.writes(notebook).encode())
    assert [(cell.source, cell.number, cell.line) for cell in read.cells] == [("a", 1, 1), ("d", 2, 1)]
    assert read.prose == ("b",)


def test_a_text_that_would_swamp_the_judge_is_refused() -> None:
    for text in ("a\n" * 60_000, "a;" * 60_000, "a" * (2 << 20)):
        with pytest.raises(UnreadableError, match="characters and"):
            parse("hw", "hw.py", text.encode())
    notebook = b'{"nbformat": 4, "cells": [' + b"[]," * 2_100_000 + b"[]]}"
    with pytest.raises(UnreadableError, match="parts"):
        parse("hw", "hw.ipynb", notebook)


@pytest.mark.slow
def test_what_does_not_parse_is_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each line starts a statement, none ends one: 40 pieces could be tried from each of them.
    tried: list[int] = []
    monkeypatch.setattr("grader.submissions._parse", lambda text: tried.append(len(text)))
    assert len(cut("(\n" * 40_000)) == 40_000
    assert len(tried) < 5_000
    assert sum(tried) < 2 * MOST_PARSED
