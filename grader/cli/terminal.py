"""What all commands share: exit codes, where they print, how they fail."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Iterator
from secrets import token_hex

import typer
from rich.console import Console

DONE, FOUND, USAGE, FAULT = 0, 1, 2, 3

# Where there is no terminal (CI, a pipe), lines may be as long as they like to be.
WIDTH = None if sys.stdout.isatty() else 120
out = Console(highlight=False, width=WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def new_app() -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def note(text: str) -> None:
    err.print(text, style="dim", markup=False)


def fail(text: str, code: int) -> typer.Exit:
    err.print(text, markup=False)
    return typer.Exit(code)


@contextlib.contextmanager
def fenced() -> Iterator[None]:
    """Keeps GitHub Actions from taking a student's text for workflow commands while it is printed."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        yield
        return
    token = token_hex(16)
    print(f"::stop-commands::{token}", flush=True)
    try:
        yield
    finally:
        sys.stderr.flush()
        print(f"::{token}::", flush=True)


def run(app: typer.Typer) -> None:
    """Runs commands.  What nobody foresaw is a fault of the grader: exit code 3, with the traceback for us."""
    try:
        app()
    except Exception:
        err.print("This is a fault of the grader:\n" + traceback.format_exc(), markup=False)
        sys.exit(FAULT)
