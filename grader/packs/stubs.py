"""Stubs: what students start from, generated from the reference.

    python -m grader.packs.stubs assignments/sigmoid_network      writes stub.py and stub.ipynb there

A stub keeps the signatures and docstrings (up to the heading `Derivation:`) of the public names and raises
NotImplementedError; no line of a reference's body stands in it.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from pathlib import Path

import nbformat

from . import loading
from .edits import Source
from .model import Pack

BODY = "raise NotImplementedError"


def stub_module(pack: Pack, source: Source) -> str:
    """The stub as a module."""
    return "\n\n\n".join([_head(pack, source), *_definitions(source)]) + "\n"


def stub_notebook(pack: Pack, source: Source) -> str:
    """The stub as a notebook: a cell of prose, a cell of imports, a cell a definition."""
    prose = (ast.get_docstring(ast.parse(source.text)) or "").split("Derivation:")[0].strip()
    cells = [
        nbformat.v4.new_markdown_cell(f"# {pack.title}\n\n{prose}"),
        nbformat.v4.new_code_cell(_imports(source)),
        *(nbformat.v4.new_code_cell(text) for text in _definitions(source)),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"stub-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    return str(nbformat.writes(notebook)) + "\n"


def _head(pack: Pack, source: Source) -> str:
    docstring = ast.get_docstring(ast.parse(source.text)) or pack.title
    return f'"""{docstring.split("Derivation:")[0].strip()}\n"""\n\n{_imports(source)}'


def _imports(source: Source) -> str:
    """All imports, those within functions too: torch is imported there, so that a judge does without it."""
    nodes = [node for node in ast.walk(ast.parse(source.text)) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return "\n".join(dict.fromkeys(ast.unparse(node) for node in nodes))


def _definitions(source: Source) -> list[str]:
    """The public functions and classes, emptied."""
    nodes = [node for node in ast.parse(source.text).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    return [_emptied(node, "") for node in nodes if not node.name.startswith("_")]


def _emptied(node: ast.FunctionDef | ast.ClassDef, indent: str) -> str:
    inner = indent + "    "
    docstring = _docstring(node, inner)
    if isinstance(node, ast.FunctionDef):
        return f"{indent}def {node.name}({ast.unparse(node.args)}):\n{docstring}{inner}{BODY}"
    methods = [
        _emptied(method, inner)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and (method.name == "__init__" or not method.name.startswith("_"))
    ]
    bases = f"({', '.join(map(ast.unparse, node.bases))})" if node.bases else ""
    return f"{indent}class {node.name}{bases}:\n{docstring}\n" + "\n\n".join(methods)


def _docstring(node: ast.FunctionDef | ast.ClassDef, indent: str) -> str:
    text = ast.get_docstring(node)
    if text is None:
        return ""
    lines = text.split("Derivation:")[0].strip()
    closing = '"""' if "\n" not in lines else f'\n{indent}"""'
    return textwrap.indent(f'"""{lines}', indent).rstrip() + closing + "\n"


# ------------------------------------------------------------------------------------------------ what may not leak


def normalised(line: str) -> str:
    """A line as it is compared: no spaces, no comment, quotes alike."""
    return re.sub(r"\s+", "", line.split("#", maxsplit=1)[0]).replace("'", '"')


def solution_lines(source: Source) -> set[str]:
    """The normalised lines of the reference's bodies that say something by themselves."""
    lines: set[str] = set()
    tree = ast.parse(source.text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            for statement in body:
                lines.update(normalised(line) for line in ast.unparse(statement).splitlines())
    # Too short to give anything away ("else:", "return s", "losses = []").
    return {line for line in lines if len(line) >= 12 and not line.startswith(("for", "returnlosses"))}


def leaks(text: str, source: Source) -> list[str]:
    """Lines of the reference's bodies that stand in a text."""
    flat = re.sub(r"\s+", "", text).replace("'", '"')
    return sorted(line for line in solution_lines(source) if line in flat)


def generated(pack: Pack) -> dict[Path, str]:
    """The stub files' paths and contents."""
    source = loading.reference(pack)
    return {
        pack.folder / "stub.py": stub_module(pack, source),
        pack.folder / "stub.ipynb": stub_notebook(pack, source),
    }


if __name__ == "__main__":
    for argument in sys.argv[1:] or sys.exit(inspect.getdoc(sys.modules["__main__"])):
        for path, content in generated(loading.load(argument)).items():
            path.write_text(content, encoding="utf-8")
            print(path)
