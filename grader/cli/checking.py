"""`grader check`: students check their own work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader import practice
from grader.packs import PackError
from grader.packs.key import KeyUnavailableError
from grader.practice.compiled import SUFFIX, CheckPack, NoCheckPackError, compiled, find, from_bytes, read
from grader.reports import write_report
from grader.submissions import UnreadableError

from . import show as showing
from .terminal import FAULT, FOUND, USAGE, fail, fenced, new_app, out, run

EXAMPLE = "Example: grader check . homework.ipynb"

app = new_app()


@app.callback()
def root() -> None:
    """Grades backpropagation exercises."""


@app.command(epilog=EXAMPLE)
def check(
    pack: Annotated[str, typer.Argument(help="The folder that your course has handed out, or a pack.")],
    file: Annotated[Path, typer.Argument(help="Your .py or .ipynb file.")],
    output: Annotated[Path | None, typer.Option("-o", help="Writes the report there, as JSON.")] = None,
) -> None:
    """Checks your own work, on your own machine: public checks alone, nothing is sent anywhere."""
    with fenced():
        try:
            report, closing = practice.check_file(check_pack(pack), file)
            out.print(showing.result(report))
            out.print(closing, style="dim", markup=False)
            if output is not None:
                path = write_report(report, output)
                out.print(f"Report: {path}", style="dim", markup=False, soft_wrap=True)
        except (NoCheckPackError, UnreadableError, PackError) as error:
            raise fail(str(error), USAGE) from None
        except KeyUnavailableError as error:
            raise fail(str(error), FAULT) from None
        except OSError as error:
            raise fail(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), FAULT) from None
    if any(check.outcome != "passed" for each in report.exercises for check in each.checks):
        raise typer.Exit(FOUND)


def check_pack(name: str) -> CheckPack:
    """A compiled pack from where it was handed out, or of a whole pack, for those who have one."""
    try:
        return read(find(Path(name)))
    except NoCheckPackError:
        places = (Path(name), Path("assignments") / name)
        if Path(name).suffix == SUFFIX or not any((folder / "exercises.py").is_file() for folder in places):
            raise
    from grader.packs import loading

    from .main import make_task

    return from_bytes(compiled(make_task(loading.load(name), None)).content)


def main() -> None:
    """Entry point of `grader check` alone."""
    run(app)
