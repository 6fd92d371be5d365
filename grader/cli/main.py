"""The commands."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import grader
from grader import batch, ci
from grader.batch import regrade as again
from grader.grading import Task
from grader.packs import PackError, beside, key, loading
from grader.packs.key import KeyUnavailableError
from grader.packs.model import Pack
from grader.reports import (
    Assignment,
    Audience,
    Rendered,
    RenderError,
    Report,
    from_json,
    read_reports,
    seen_by,
    write_atomically,
    write_privately,
    write_rendered,
)
from grader.sandbox import IsolationError, Wall, ZygoteError, choose

from . import checking, classes, progress
from . import show as showing
from .terminal import FAULT, FOUND, USAGE, err, fail, fenced, new_app, note, out, run

app = new_app()


class Format(StrEnum):
    """What reports can be made into."""

    HTML = "html"
    JUNIT = "junit"
    GRADESCOPE = "gradescope"
    GITHUB = "github"
    CLASSROOM50 = "classroom50"
    CSV = "csv"
    CANVAS = "canvas"


class Isolation(StrEnum):
    """How strong the wall must be."""

    AUTO = "auto"
    STRICT = "strict"
    WEAK = "weak"
    NONE = "none"


@contextlib.contextmanager
def faults() -> Iterator[None]:
    """Turns what can go wrong into a sentence and the contract's exit code."""
    try:
        yield
    except PackError as error:
        raise fail(str(error), USAGE) from None
    except (batch.NoSuchSubmissionError, batch.KeepError, batch.OverridesError, batch.AddressError) as error:
        raise fail(str(error), USAGE) from None
    except (again.NotGradedError, RenderError) as error:
        raise fail(str(error), USAGE) from None
    except batch.FolderInUseError as error:
        raise fail(str(error), USAGE) from None
    except classes.StoppedError as stopped:
        raise fail(str(stopped), stopped.code) from None
    except batch.ClusterError as error:
        raise fail(str(error), FAULT) from None
    except (KeyUnavailableError, IsolationError, ZygoteError) as error:
        raise fail(str(error), FAULT) from None
    except OSError as error:
        raise fail(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), FAULT) from None


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Grades backpropagation exercises: runs what students hand in behind a wall, and says what went wrong and where."""
    if version:
        out.print(f"grader {grader.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        packs = loading.available()
        name = packs[0].name if packs else "PACK"
        out.print(f"Try: grader grade {name} homework.ipynb\nAll commands: grader --help", markup=False)


@app.command("list", epilog="Example: grader list")
def list_packs() -> None:
    """The packs under ./assignments, their exercises and points."""
    with faults():
        folders = loading.available()
        if not folders:
            raise fail("There is no pack under ./assignments; run this where that folder is.", USAGE)
        out.print(showing.packs([loading.load(str(folder)) for folder in folders]))


@app.command(epilog="Example: grader grade sigmoid_network homework.ipynb -o results")
def grade(
    pack: Annotated[str, typer.Argument(help="A pack's folder, or its name under ./assignments.")],
    submissions: Annotated[list[Path], typer.Argument(help=".py and .ipynb files, folders and archives of them.")],
    output: Annotated[Path | None, typer.Option("-o", help="Where the reports go; results/PACK if not given.")] = None,
    processes: Annotated[
        int | None, typer.Option("-j", help="Processes that grade; as many as cores if not given.", min=1)
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Draws the hidden cases; the pack's own if not given.", min=0)
    ] = None,
    isolation: Annotated[Isolation, typer.Option(help="How strong the wall must be.")] = Isolation.AUTO,
    executor: Annotated[str | None, typer.Option(help="A Dask cluster that grades, as dask://host:port.")] = None,
    keep: Annotated[str, typer.Option(help="Of a student's attempts: newest, best or before=TIME.")] = "newest",
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade again what was graded before.")] = False,
    fail_under: Annotated[float | None, typer.Option(help="Exit 1 if a score is under this percentage.")] = None,
) -> None:
    """Grades submissions and writes a JSON report for each; what was graded before is not graded again."""
    with fenced(), faults():
        kept = batch.parse_keep(keep)
        asked = loading.load(pack)
        found = batch.discover(submissions, asked.id, note, beside.names(asked))
        entries = batch.entries(found, kept, note)
        folder = output or Path("results") / asked.id
        points = {exercise.id: exercise.points for exercise in asked.exercises.values()}
        wall = wall_here(asked, folder, isolation, executor)
        task = make_task(asked, seed)
        with (
            classes.somewhere(task, entries, folder, processes, executor, isolation, wall, note, fresh=fresh) as place,
            batch.writing_to(folder),
            shown_progress(len(entries)) as shown,
        ):
            before, others = again.beside(folder, asked.id)
            about = again.how(asked.folder, again.together(before, submissions), task.seed, kept, isolation)
            rows = classes.run(
                task, entries, folder, shown, place, about=about, fresh=fresh,
                overrides=batch.read_overrides(folder, points), others=others,
            )  # fmt: skip
        if len(entries) == 1:
            path = batch.escaped(folder / f"{rows[0].id}.json")
            out.print(f"Report: {path}", style="dim", markup=False, soft_wrap=True)
        else:
            if shown.again:
                note(f"{shown.again} of {len(rows)} were graded before; --fresh grades them again.")
            out.print(showing.closing(rows, batch.escaped(folder), shown.rate), soft_wrap=True)
    if any(row.status == "harness_error" for row in rows):
        raise typer.Exit(FAULT)
    if fail_under is not None and any((row.score or 0) < fail_under / 100 * row.max_score for row in rows):
        raise typer.Exit(FOUND)


@contextlib.contextmanager
def shown_progress(several: int) -> Iterator[progress.Shown]:
    """One submission's result in full, or a class's progress; at the end what the grader itself got wrong."""
    shown = progress.ClassProgress(out) if several > 1 else progress.Alone(out)
    with shown:
        yield shown
    for report in shown.faults:
        err.print(f"{report.submission.file}: {report.message}\n{report.staff.get('traceback', '')}", markup=False)


def make_task(pack: Pack, seed: int | None) -> Task:
    """What the submissions of this call are graded by."""
    if seed is None:
        given = os.environ.get("GRADER_SEED", "")
        if given and not given.isdecimal():
            raise fail(f"GRADER_SEED is {given!r}, but should be a whole number from 0 up", USAGE)
        seed = int(given) if given else pack.seed
    assignment = Assignment(
        id=pack.id,
        title=pack.title,
        digest=loading.digest(pack),
        course=pack.course,
        deadline=None if pack.deadline is None else pack.deadline.isoformat(),
        feedback=pack.feedback["record"],  # type: ignore[arg-type]
    )
    return Task(pack, assignment, key.get(pack, seed, note), seed)


def wall_here(pack: Pack, results: Path, isolation: str, executor: str | None) -> Wall | None:
    """The wall of this machine; None where a cluster grades, whose workers have their own.

    Raises:
      IsolationError: it is not to be had.
    """
    return None if executor else choose(isolation, secrets(pack, results))


def secrets(pack: Pack, results: Path) -> list[Path]:
    """What no submission may read."""
    references = [loading.module_path(pack, name) for name in (pack.reference, pack.twin)]
    return [pack.folder, *references, key.cache_folder(), results.resolve()]


def rendering(format: Format, reports: list[Report], audience: Audience, roster: Path | None) -> Rendered:
    """The reports in a format, as its readers may see them."""
    if audience is Audience.STAFF and format in (Format.GRADESCOPE, Format.CLASSROOM50):
        raise fail(f"Students see what {format} shows, so it can't be rendered --for staff.", USAGE)
    if (roster is None) == (format is Format.CANVAS):
        text = "needs --roster FILE, a gradebook exported from Canvas" if roster is None else "takes no --roster"
        raise fail(f"--format {format} {text}.", USAGE)
    # Slow to import, and of no use to the other commands.
    from grader.reports import canvas, classroom50, github, grades, gradescope, html, junit

    seen = [seen_by(report, audience) for report in reports]
    now = dt.datetime.now(dt.UTC)
    match format:
        case Format.JUNIT:
            return junit.render(seen, now)
        case Format.GRADESCOPE:
            return gradescope.render(seen)
        case Format.GITHUB:
            return github.render(seen)
        case Format.CLASSROOM50:
            return classroom50.render(seen, os.environ, now)
        case Format.CSV:
            return grades.render(seen)
        case Format.CANVAS:
            assert roster is not None
            return canvas.render(seen, roster.read_bytes())
        case Format.HTML:
            return html.render(seen, audience)


@app.command("key", epilog="Example: grader key sigmoid_network -o sigmoid_network.key")
def make_key(
    pack: Annotated[str, typer.Argument(help="A pack's folder, or its name under ./assignments.")],
    output: Annotated[Path, typer.Option("-o", help="The file; keep it from students.")],
    seed: Annotated[
        int | None, typer.Option(help="Draws the hidden cases; the pack's own if not given.", min=0)
    ] = None,
) -> None:
    """Writes the private answer key, for judges without PyTorch (they take it from GRADER_KEY=FILE)."""
    with faults():
        key.write(make_task(loading.load(pack), seed).key, output.resolve())
        out.print(f"Wrote {batch.escaped(output)}", markup=False)


@app.command(epilog="Example: grader regrade results/sigmoid_network")
def regrade(
    folder: Annotated[Path, typer.Argument(help="A folder of reports, as `grader grade` wrote it.")],
    processes: Annotated[
        int | None, typer.Option("-j", help="Processes that grade; as many as cores if not given.", min=1)
    ] = None,
    executor: Annotated[str | None, typer.Option(help="A Dask cluster that grades, as dask://host:port.")] = None,
    allow_lower: Annotated[bool, typer.Option("--allow-lower", help="Let published scores fall, too.")] = False,
) -> None:
    """Grades a class again after its pack was corrected; prints who changes and why. Old reports are kept in DIR/old."""
    with fenced(), faults():
        was = again.graded(folder)
        kept = batch.parse_keep(was.keep)
        asked = loading.load(was.pack)
        entries = batch.entries(batch.discover(was.submissions, asked.id, note, beside.names(asked)), kept, note)
        wall = wall_here(asked, folder, was.isolation, executor)
        task = make_task(asked, was.seed)
        points = {exercise.id: exercise.points for exercise in task.pack.exercises.values()}
        overrides = batch.read_overrides(folder, points)
        about = again.how(task.pack.folder, was.submissions, task.seed, kept, was.isolation)
        with (
            classes.somewhere(task, entries, folder, processes, executor, was.isolation, wall, note) as place,
            batch.writing_to(folder),
            progress.Regraded(out, allow_lower=allow_lower) as shown,
        ):
            before = again.reports(folder, batch.identify([entry.newest for entry in entries]))
            again.put_aside(folder, before, task.assignment.digest)
            published = again.Published(before, overrides, allow_lower)
            shown.before = before
            for row in was.rows:
                if row.id not in before:
                    note(f"{row.id} has a report, but its file is not there any more; its report stays as it was.")
            rows = classes.run(
                task, entries, folder, shown, place, about=about, overrides=overrides, kept=published.kept,
                others=was.rows,
            )  # fmt: skip
        out.print(shown.closing(batch.escaped(folder)), soft_wrap=True)
    if any(row.status == "harness_error" for row in rows):
        raise typer.Exit(FAULT)


@app.command("gradescope", epilog="Example: grader gradescope sigmoid_network -o autograder.zip")
def make_gradescope(
    pack: Annotated[str, typer.Argument(help="A pack's folder, or its name under ./assignments.")],
    output: Annotated[Path, typer.Option("-o", help="The zip to upload; keep it from students.")],
    seed: Annotated[
        int | None, typer.Option(help="Draws the hidden cases; the pack's own if not given.", min=0)
    ] = None,
) -> None:
    """Writes the autograder zip that Gradescope runs; it holds the private answer key."""
    from grader.gradescope import autograder

    with faults():
        task = make_task(loading.load(pack), seed)
        write_privately(output.resolve(), autograder(task.pack, task.key, task.seed))
        out.print(f"Wrote {batch.escaped(output)}", markup=False, soft_wrap=True)


app.command(epilog=checking.EXAMPLE)(checking.check)


@app.command(epilog="Example: grader release sigmoid_network -o handout")
def release(
    pack: Annotated[str, typer.Argument(help="A pack's folder, or its name under ./assignments.")],
    output: Annotated[Path, typer.Option("-o", help="The folder for students; new, empty or an earlier release.")],
) -> None:
    """Writes what students get: stubs, data, a README, and checks without a solution or a hidden case in them."""
    from grader.practice.release import release, write

    with faults():
        task = make_task(loading.load(pack), None)
        made = release(task)
        write(made, task.pack, output)
        for name, reason in made.reasons.items():
            note(f"{name} is graded after hand-in: {reason}.")
        what = f"{len(made.files)} files"
        out.print(f"Wrote {what} to {batch.escaped(output)}", markup=False, soft_wrap=True)


@app.command("show", epilog="Example: grader show results/sigmoid_network/homework.json backward")
def show_report(
    report: Annotated[Path, typer.Argument(help="A report's JSON file.")],
    exercise: Annotated[str | None, typer.Argument(help="One exercise in full.")] = None,
) -> None:
    """Shows a report."""
    import msgspec

    with fenced(), faults():
        try:
            read = from_json(report.read_bytes())
        except msgspec.MsgspecError as error:
            if report.name == "summary.json":
                raise fail(
                    f"{batch.escaped(report)} sums up the reports beside it; show one of these.", USAGE
                ) from None
            raise fail(f"{batch.escaped(report)} is no report: {error}", USAGE) from None
        if exercise is None:
            out.print(showing.result(read))
            return
        for each in read.exercises:
            if each.id == exercise:
                out.print(showing.exercise(each))
                return
        names = ", ".join(each.id for each in read.exercises) or "none"
        raise fail(f"there is no exercise {exercise!r} in the report; there are: {names}", USAGE)


@app.command(epilog="Example: grader render results/sigmoid_network --format html --for staff")
def render(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the reports.")],
    format: Annotated[Format, typer.Option("--format", help="What to make of them.")],
    audience: Annotated[
        Audience, typer.Option("--for", help="Who reads it; students see no hidden value and no other student.")
    ] = Audience.STUDENTS,
    roster: Annotated[Path | None, typer.Option(help="canvas: a gradebook exported from Canvas.")] = None,
    output: Annotated[Path | None, typer.Option("-o", help="Where it goes; beside the reports if not given.")] = None,
) -> None:
    """Makes reports into pages, or into what a platform reads.  Nothing is graded again."""
    with faults():
        reports, notes = read_reports(folder)
        rendered = rendering(format, reports, audience, roster)
        write_rendered(rendered, output or folder)
        if format is Format.HTML:
            from grader.reports import html

            for path in html.stale(output or folder, rendered):
                path.unlink()
        for line in rendered.output:
            print(line)
        for text in (*notes, *rendered.notes):
            note(text)
        if not rendered.output:
            written = list(rendered.files)
            what = written[0] if len(written) == 1 else f"{len(written)} files"
            out.print(f"Wrote {what} to {batch.escaped(output or folder)}", markup=False, soft_wrap=True)


@app.command(epilog="Example: grader validate sigmoid_network")
def validate(
    pack: Annotated[str, typer.Argument(help="A pack's folder, or its name under ./assignments.")],
) -> None:
    """Checks a pack against the laws that make its verdicts trustworthy, and prints the figures."""
    from grader.packs import validation

    with faults():
        result = validation.validate(loading.load_mistakes(loading.load(pack)))
        out.print(showing.validation(result))
    if result.findings:
        raise typer.Exit(FOUND)


@app.command(epilog="Examples: grader new my_pack; grader new my_pack --ci github")
def new(
    pack: Annotated[str, typer.Argument(help="The new pack's folder, or its name under ./assignments.")],
    original: Annotated[
        str | None, typer.Option("--from", metavar="PACK", help="Make a private variant of this pack.")
    ] = None,
    rename: Annotated[
        list[str] | None, typer.Option(metavar="OLD=NEW", help="--from: another name of a function, class or method.")
    ] = None,
    resize: Annotated[
        list[str] | None, typer.Option(metavar="OLD=NEW", help="--from: another length that cases are drawn with.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="--from: draws the cases; one that nobody can guess if not given.", min=0)
    ] = None,
    platform: Annotated[
        ci.Platform | None, typer.Option("--ci", help="Write workflows for it, too; alone if the pack is there.")
    ] = None,
) -> None:
    """Writes a pack to start from, which validates at once, or a private variant of another pack, or its workflows."""
    from grader.packs import starting

    with faults():
        asked = (original, rename, resize, seed)
        if platform is not None and not any(asked) and (there := starting.there(pack)):
            write_workflows(ci.workflows(there, platform))
            return
        folder = starting.place(pack)
        workflows = {} if platform is None else ci.workflows(folder, platform)
        ci.new(workflows)
        if original is None:
            if rename or resize or seed is not None:
                raise fail("--rename, --resize and --seed are for a variant: --from PACK.", USAGE)
            files = starting.new(folder)
        else:
            names, sizes = pairs("--rename", rename or []), pairs("--resize", resize or [])
            if not all(text.isdecimal() and int(text) > 0 for pair in sizes.items() for text in pair):
                raise fail(f"--resize is {resize}, but should be whole numbers above 0, as 7=9", USAGE)
            numbers = {int(old): int(new) for old, new in sizes.items()}
            drawn = starting.new_seed() if seed is None else seed
            files = starting.variant(folder, loading.load(original), drawn, names, numbers)
        for path in files:
            out.print(batch.escaped(path), markup=False, soft_wrap=True)
        if workflows:
            write_workflows(workflows)
        out.print(f"Next: grader validate {batch.escaped(folder)}", markup=False, soft_wrap=True)


def write_workflows(files: Mapping[Path, str]) -> None:
    """Writes those that are not there, or none."""
    missing = ci.new(files)
    for path in missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, files[path].encode())
        out.print(batch.escaped(relative(path)), markup=False, soft_wrap=True)
    if not missing:
        note("All of its workflows are there already.")
    if text := ci.left(files):
        note(text)
    record = next(path for path in files if path.name.startswith("record-"))
    out.print(
        f"Next: read the first lines of {batch.escaped(relative(record))}; `grader release` hands out the one for students",
        markup=False,
        soft_wrap=True,
    )


def relative(path: Path) -> Path:
    """A path as it is shown: from here, where it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def pairs(option: str, given: list[str]) -> dict[str, str]:
    """What OLD=NEW says, by the old."""
    found = {}
    for text in given:
        old, equals, chosen = text.partition("=")
        if not equals:
            raise fail(f"{option} is {text!r}, but should be OLD=NEW", USAGE)
        found[old] = chosen
    return found


@app.command(epilog="Example: grader doctor")
def doctor(
    isolation: Annotated[Isolation, typer.Option(help="The wall to be tried.")] = Isolation.AUTO,
) -> None:
    """Which layers of isolation work on this machine, and how a dozen attacks fare against them."""
    from grader.sandbox import doctor
    from grader.sandbox.isolation import layers_here

    with faults():
        out.print(showing.layers(layers_here()))
        wall = choose(isolation)
        with out.status("Trying attacks …"):
            tried = [(attack.name, is_stopped) for attack, is_stopped in doctor.examine(wall)]
        out.print(showing.attacks(tried, wall.level))
    if not all(is_stopped for _, is_stopped in tried):
        raise typer.Exit(FOUND)


def main() -> None:
    """Entry point of all commands."""
    run(app)
