"""Workflows for CI: the very commands that they hold are run, and what a person would see of it is checked."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from grader import ci
from grader.ci import collect
from grader.ci.newest import newest
from grader.cli.main import app
from grader.grading import Task
from grader.packs import PackError, loading
from grader.practice import leaks

from .conftest import PLAIN, ROOT, SUBMISSIONS
from .git_server import serving
from .runners import Job, bash, commit, contexts, files, fork, git, installed, run_github, run_gitlab, with_tools
from .small_pack import write_pack

HOMEWORK = SUBMISSIONS / "sigmoid_network" / "homework.ipynb"
TOKEN = "github_pat_secret"
SEED = "4711"
RIGHT = """\
import numpy as np


def half(x):
    return x / 2


def square_sum(x):
    return np.sum(x * x)


def gradient(x):
    return 2 * x
"""
WRONG = RIGHT.replace("2 * x", "1 * x")
HOSTILE = """\
import os
print("::error title=hijacked::all is lost")


def half(x):
    raise RuntimeError(",".join(sorted(os.environ)))
"""


def new(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["new", *map(str, arguments)])


def private_repository(folder: Path, *rows: str) -> Path:
    """A teacher's repository with a pack, its workflows for both platforms, and a roster."""
    (folder / "assignments").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    pack = write_pack(folder / "assignments")
    for platform in ci.Platform:
        done = new(pack, "--ci", platform)
        assert done.exit_code == 0, done.output
    (folder / "rosters" / "half.csv").write_text("\n".join(["id,repository", *rows, ""]))
    decided = "id,exercise,score,reason,by,date\ndave,half,0.5,explained it,tutor,2026-11-20\n"
    (folder / "rosters" / "half-overrides.csv").write_text(decided)
    (folder / ci.WHEEL).write_bytes(b"")
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [f"{name},course/half-{name}" for name in ("alice", "bob", "carol", "dave", "erin")]
    return private_repository(tmp_path_factory.mktemp("private") / "course", *rows)


@pytest.fixture(scope="module")
def template(private: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What students' repositories are made from: the release, and the grader beside it."""
    folder = tmp_path_factory.mktemp("template") / "handout"
    done = CliRunner().invoke(app, ["release", str(private / "assignments" / "half"), "-o", str(folder)])
    assert done.exit_code == 0, done.output
    (folder / ci.WHEEL).write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def server(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where students have pushed: right, wrong in the notebook, nowhere (carol), with bad intent, and nothing."""
    root, work = tmp_path_factory.mktemp("server"), tmp_path_factory.mktemp("work")
    notebook = json.loads((template / "half.ipynb").read_text())
    notebook["cells"].append({"cell_type": "code", "id": "mine", "metadata": {}, "source": WRONG, "outputs": [], "execution_count": None})  # fmt: skip
    made = [
        fork(template, work / "alice", half__py=RIGHT),
        fork(template, work / "bob", half__py="# not here", half__ipynb=json.dumps(notebook)),
        fork(template, work / "dave", half__py=HOSTILE),
    ]
    dave = work / "dave"
    (dave / ".gitattributes").write_text("half.py export-ignore\n*.py filter=evil\n")
    (dave / "passwd").symlink_to("/etc/passwd")
    (dave / "::error::name").write_text("")
    commit(dave, "::error::message")
    (work / "erin").mkdir()
    git(work / "erin", "init", "-q")
    for folder in [*made, work / "erin"]:
        git(folder, "clone", "-q", "--bare", ".", str(root / "course" / f"half-{folder.name}.git"))
    with serving(root, TOKEN) as address:
        yield address


# ------------------------------------------------------------------------------------------------- what is written


def test_new_writes_them_for_a_pack_that_is_there_or_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "assignments").mkdir()
    git(tmp_path, "init", "-q")
    assert new("hw3", "--ci", "github").exit_code == 0
    assert (tmp_path / "assignments" / "hw3" / "exercises.py").is_file()
    done = new("hw3", "--ci", "gitlab")
    assert done.output.splitlines()[:4] == [
        "assignments/hw3/ci/gitlab.yml", ".gitlab/record-hw3.yml", ".gitlab-ci.yml",
        "Next: read the first lines of .gitlab/record-hw3.yml; `grader release` hands out the one for students",
    ]  # fmt: skip
    listed = {name for name, _ in files(tmp_path) if not name.startswith((".git/", "assignments/hw3/"))}
    assert listed == {
        ".github/workflows/record-hw3.yml", ".gitlab/record-hw3.yml", ".gitlab-ci.yml", "rosters/hw3.csv",
    }  # fmt: skip
    assert new("hw4", "--ci", "gitlab").exit_code == 0  # a second pack: .gitlab-ci.yml serves both


def test_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pack = write_pack(tmp_path)
    (tmp_path / ".gitlab-ci.yml").write_text("mine: {script: [date]}\n")
    (tmp_path / "rosters").mkdir()
    (tmp_path / "rosters" / "half.csv").write_text("id,repository\nann,course/ann\n")
    done = new(pack, "--ci", "gitlab")
    assert done.exit_code == 0
    assert "put into its `include:` list `- local: .gitlab/record-*.yml`" in " ".join(done.output.split())
    assert (tmp_path / ".gitlab-ci.yml").read_text() == "mine: {script: [date]}\n"
    assert (tmp_path / "rosters" / "half.csv").read_text().endswith("ann,course/ann\n")
    again = new(pack, "--ci", "gitlab")
    assert (again.exit_code, "there already" in again.output) == (0, True)
    changed = tmp_path / ".github" / "workflows" / "record-half.yml"
    changed.parent.mkdir(parents=True)
    changed.write_text("name: mine\n")
    done = new(pack, "--ci", "github")
    assert done.exit_code == 2
    assert "record-half.yml is there already and differs" in " ".join(done.output.split())
    assert changed.read_text() == "name: mine\n"
    assert not (pack / "ci" / "github.yml").exists()


def test_a_new_pack_is_not_begun_where_its_workflow_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".gitlab").mkdir()
    (tmp_path / ".gitlab" / "record-hw3.yml").write_text("")
    assert new("hw3", "--ci", "gitlab").exit_code == 2
    assert not (tmp_path / "hw3").exists()


def test_a_path_that_would_mean_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(PackError, match="a workflow can't name this path"):
        ci.workflows(tmp_path / "assignments" / "$(reboot)" / "half", ci.Platform.GITHUB)


def test_the_answers_stay_as_they_are(tmp_path: Path) -> None:
    pack = loading.load(str(write_pack(tmp_path)))
    before = loading.digest(pack)
    assert new(pack.folder, "--ci", "github").exit_code == 0
    assert loading.digest(pack) == before


def test_a_variant_has_none_of_its_originals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pack = write_pack(tmp_path)
    assert new(pack, "--ci", "github").exit_code == 0
    assert new("mine", "--from", str(pack)).exit_code == 0
    assert not (tmp_path / "mine" / "ci").exists()


def test_in_the_projects_own_repository_the_grader_is_installed_from_it(private: Path) -> None:
    (own,) = (
        text
        for path, text in ci.workflows(ROOT / "assignments" / "sigmoid_network", ci.Platform.GITHUB).items()
        if path.name == "record-sigmoid_network.yml"
    )
    assert "pip install -q .\n" in own
    assert ci.WHEEL not in own
    assert f"pip install -q ./{ci.WHEEL}\n" in (private / ".github/workflows/record-half.yml").read_text()


# ------------------------------------------------------------------------------------------------ what is in them


def test_practice_holds_no_secret_and_asks_for_none(template: Path) -> None:
    github = yaml.safe_load((template / ci.PRACTICE[ci.Platform.GITHUB]).read_text())
    assert contexts(github) == {"github.ref", "!cancelled()"}
    assert set(github[True]) == {"push", "workflow_dispatch"}  # never pull_request_target
    text = (template / ci.PRACTICE[ci.Platform.GITLAB]).read_text()
    for word in ("secret ", "TOKEN", "SEED", "GRADER_KEY", "assignments/"):
        assert word not in text.replace("nothing secret is", "")


def test_practice_holds_no_line_of_a_reference(private: Path, template: Path) -> None:
    pack = loading.load_mistakes(loading.load(str(private / "assignments" / "half")))
    lines = leaks.secrets(pack)
    assert lines == {"returnnp.sum(x*x)"}
    for name, content in files(template):
        assert leaks.found(leaks.texts(name, content), lines) == [], name
    spoilt = (template / ".gitlab-ci.yml").read_text() + "# return np.sum(x * x)"
    assert leaks.found([spoilt], lines) == ["returnnp.sum(x*x)"]


@pytest.mark.parametrize("name", [folder.name for folder in loading.available(ROOT / "assignments")])
def test_no_workflow_of_a_pack_of_ours_holds_a_line_of_it(name: str) -> None:
    pack = loading.load_mistakes(loading.load(name))
    lines = leaks.secrets(pack)
    texts = [text for platform in ci.Platform for text in ci.workflows(pack.folder, platform).values()]
    assert len(texts) == 7
    assert leaks.found(texts, lines) == []


def test_a_practice_workflow_with_a_solution_is_not_released(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    assert new(pack, "--ci", "github").exit_code == 0
    with (pack / "ci" / "github.yml").open("a") as file:
        file.write("# return np.sum(x * x)\n")
    done = CliRunner().invoke(app, ["release", str(pack), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "practice.yml would hold a line of the solution" in " ".join(done.output.split())


def test_github_jobs_have_few_rights_a_time_limit_and_pinned_actions(private: Path, template: Path) -> None:
    for path in (template / ci.PRACTICE[ci.Platform.GITHUB], private / ".github/workflows/record-half.yml"):
        workflow = yaml.safe_load(path.read_text())
        assert workflow["permissions"] == {"contents": "read"}
        (job,) = workflow["jobs"].values()
        assert job["timeout-minutes"] <= 180
        for step in job["steps"]:
            assert len(step.get("uses", "@" + 40 * "0").partition("@")[2]) == 40
            assert "${{" not in step.get("run", "")  # what is filled in by text could be more than text
            if "upload-artifact" in step.get("uses", ""):
                assert step["with"]["retention-days"] <= 7


def test_they_hold_to_the_platforms_schemas_and_a_linter_finds_nothing(private: Path, template: Path) -> None:
    github = [template / ci.PRACTICE[ci.Platform.GITHUB], private / ".github/workflows/record-half.yml"]
    gitlab = [template / ".gitlab-ci.yml", private / ".gitlab-ci.yml", private / ".gitlab/record-half.yml"]
    bin_ = Path(sys.executable).parent
    for kind, paths in (("github-workflows", github), ("gitlab-ci", gitlab)):
        command = [str(bin_ / "check-jsonschema"), "--builtin-schema", f"vendor.{kind}", *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    done = subprocess.run([bin_ / "zizmor", "--offline", *github], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_readmes_commands_work(tmp_path: Path) -> None:
    section = (ROOT / "README.md").read_text().split("\n## CI\n", 1)[1].split("\n## ", 1)[0]
    commands = section.split("```sh\n", 1)[1].split("```", 1)[0]
    assert len(commands.splitlines()) == 3
    repository, env, done = tmp_path / "repository", dict[str, str](), Job()
    (repository / "assignments").mkdir(parents=True)
    git(repository, "init", "-q")
    with_tools(tmp_path, env)
    bash(f"set -e\n{commands}", repository, env, done)
    assert done.passed, done.log
    for name in re.findall(r"`([\w/.]*my_pack[\w/.]*\.\w+)`", section):
        assert (repository / name).is_file(), name
    assert (repository / "handout" / ".github" / "workflows" / "practice.yml").is_file()
    assert installed(tmp_path) == ["wheel -q --no-deps -w handout ."]


# --------------------------------------------------------------------------------------------------------- practice


def practice(template: Path, tmp_path: Path, platform: str, **changed: str) -> Job:
    repository = fork(template, tmp_path / "repository", **changed)
    (tmp_path / "runner").mkdir()
    if platform == "github":
        return run_github(repository, ".github/workflows/practice.yml", tmp_path / "runner")
    return run_gitlab(repository, "practice", tmp_path / "runner")


@pytest.mark.slow
def test_a_mistake_is_annotated_at_its_line(template: Path, tmp_path: Path) -> None:
    job = practice(template, tmp_path, "github", half__py=WRONG)
    assert not job.passed
    assert job.installed == [f"install -q ./{ci.WHEEL}"]
    ((kind, where, text),) = job.annotations
    assert kind == "error"
    line = WRONG.splitlines().index("    return 1 * x") + 1
    assert (where["file"], where["line"], where["title"]) == ("half.py", str(line), "gradient%3A 0 of 1 public checks")
    assert "A factor comes down. (factor-forgotten)" in text
    assert "1 of 2 public checks; more, and hidden ones, when it is graded" in job.summary
    assert "| <code>half</code> | 1 of 1 | ✔ |" in job.summary
    assert "factor&#45;forgotten" in job.summary
    assert " points" not in job.summary


@pytest.mark.slow
def test_a_backward_pass_is_annotated_at_its_first_wrong_line(sigmoid_network: Task, tmp_path: Path) -> None:
    # A copy, so that nothing is written into ours; its answer key is the same.
    pack = tmp_path / "course" / "assignments" / "sigmoid_network"
    shutil.copytree(ROOT / "assignments" / "sigmoid_network", pack)
    shutil.copytree(ROOT / "reference", tmp_path / "course" / "reference")
    assert new(pack, "--ci", "github").exit_code == 0
    assert CliRunner().invoke(app, ["release", str(pack), "-o", str(tmp_path / "handout")]).exit_code == 0
    (tmp_path / "handout" / ci.WHEEL).write_bytes(b"")
    text = PLAIN.read_text().replace("self.W2.T) * sigmoid_derivative(self.z1)", "self.W2.T)")
    job = practice(tmp_path / "handout", tmp_path, "github", sigmoid_network__py=text)
    (line,) = (number for number, each in enumerate(text.splitlines(), 1) if each.endswith("delta2.dot(self.W2.T)"))
    assert not job.passed
    ((_, where, told),) = (each for each in job.annotations if each[1]["title"].startswith("backward"))
    assert (where["file"], where["line"]) == ("sigmoid_network.py", str(line))
    assert "6 of 6 elements differ (db1 is wrong too; dW2, db2 are right)" in told
    assert "<code>backward</code>" in job.summary
    repository = tmp_path / "repository"
    (repository / "sigmoid_network.ipynb").write_bytes(HOMEWORK.read_bytes())
    commit(repository)
    (tmp_path / "again").mkdir()
    job = run_github(repository, ".github/workflows/practice.yml", tmp_path / "again")
    ((_, where, told),) = (each for each in job.annotations if each[1]["title"].startswith("backward"))
    assert where["file"] == "sigmoid_network.ipynb"
    assert "line" not in where  # a cell's lines are none of the file's
    assert told.startswith("cell 3, line 32: ")


@pytest.mark.slow
def test_what_is_right_passes(template: Path, tmp_path: Path) -> None:
    job = practice(template, tmp_path, "github", half__py=RIGHT)
    assert job.passed, job.log
    assert job.annotations == []
    assert "2 of 2 public checks" in job.summary


@pytest.mark.slow
def test_of_both_files_the_one_changed_last_is_checked(template: Path, tmp_path: Path) -> None:
    text = (template / "half.ipynb").read_text()
    job = practice(template, tmp_path, "github", half__py=RIGHT, half__ipynb=text.replace("Halves", "halves"))
    assert not job.passed
    assert {where["file"] for _, where, _ in job.annotations} == {"half.ipynb"}


def test_what_can_not_be_read_is_told(template: Path, tmp_path: Path) -> None:
    job = practice(template, tmp_path, "github", half__ipynb="{")
    assert not job.passed
    assert "not whole JSON" in " ".join(job.log.split())
    assert "report" not in job.log.replace("-o report", "")


@pytest.mark.slow
def test_what_code_prints_is_no_command(template: Path, tmp_path: Path) -> None:
    job = practice(template, tmp_path, "github", half__py=HOSTILE)
    assert {where["title"].partition("%3A")[0] for _, where, _ in job.annotations} == {"half", "gradient"}


@pytest.mark.parametrize(
    ("text", "passed", "failures"),
    [
        pytest.param(RIGHT, True, 'failures="0"', marks=pytest.mark.slow),
        pytest.param(WRONG, False, 'failures="1"', marks=pytest.mark.slow),
    ],
    ids=["right", "wrong"],
)
def test_gitlab_shows_the_tests_and_a_page(
    text: str, passed: bool, failures: str, template: Path, tmp_path: Path
) -> None:
    job = practice(template, tmp_path, "gitlab", half__py=text)
    assert job.passed is passed, job.log
    assert job.installed == [f"install -q ./{ci.WHEEL}"]
    assert failures in job.artifacts["junit"]["report/junit.xml"].decode()
    assert ("factor-forgotten" in job.artifacts["paths"]["report/html/half.html"].decode()) is not passed


@pytest.mark.slow
def test_gitlab_tells_what_can_not_be_read(template: Path, tmp_path: Path) -> None:
    job = practice(template, tmp_path, "gitlab", half__ipynb="{")
    assert not job.passed
    assert "not whole JSON" in " ".join(job.log.split())
    assert job.artifacts == {"paths": {}, "junit": {}}


# ----------------------------------------------------------------------------------------------------------- record


def check_record(job: Job, students: dict[str, bytes], staff: dict[str, bytes], folder: Path) -> None:
    """What both platforms' record gives for the class above."""
    assert job.passed, job.log
    assert "attacks stopped" in job.log
    assert "Collected 3 of 5" in job.log
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(staff["results/grades.csv"].decode()))}
    assert {name: float(row["score"]) for name, row in rows.items()} == {"alice": 3, "bob": 1, "dave": 0.5}
    taken = {row["id"]: row for row in csv.DictReader(io.StringIO(staff["submissions/collected.csv"].decode()))}
    assert len(taken["alice"]["commit"]) == 40
    assert "not found" in taken["carol"]["problem"].lower()
    assert taken["erin"]["problem"] == "nothing was pushed"
    report = json.loads(staff["results/bob.json"])
    assert report["submission"]["file"] == "bob/half.ipynb"
    assert report["authority"] == "record"
    assert report["run"]["seed"] == int(SEED)
    assert set(students) == {f"results/html/{name}.html" for name in ("index", "alice", "bob", "dave")}
    pages = b"".join(students.values())
    assert b"factor-forgotten" in pages
    assert "staff/html/index.html" in staff
    assert "results/junit.xml" in {**staff, **job.artifacts.get("junit", {})}
    # The token is in nothing that is kept, printed or lies on the runner; the seed is staff's alone.
    for name, content in [*files(folder), *staff.items(), ("log", job.log.encode()), ("summary", job.summary.encode())]:
        assert TOKEN.encode() not in content, name
    assert f">{SEED}<".encode() not in pages
    # Student code saw neither.
    dave = staff["results/dave.json"].decode()
    assert [each["reason"] for each in json.loads(dave)["adjustments"]] == ["explained it"]
    assert "raised RuntimeError" in dave
    assert "GRADER_SEED" not in dave
    assert "STUDENTS_TOKEN" not in dave


@pytest.mark.slow
def test_github_grades_the_class(private: Path, server: str, tmp_path: Path) -> None:
    job = run_github(
        private, ".github/workflows/record-half.yml", tmp_path, server=server, STUDENTS_TOKEN=TOKEN, GRADER_SEED=SEED
    )
    assert job.installed == [
        "install -q torch --index-url https://download.pytorch.org/whl/cpu", f"install -q ./{ci.WHEEL}",
    ]  # fmt: skip
    check_record(job, job.artifacts["half for students"], job.artifacts["half for staff"], tmp_path)
    found = [(kind, where.get("title"), text.partition(" ")[0]) for kind, where, text in job.annotations]
    assert found == [("warning", "Not collected", "carol"), ("warning", "Not collected", "erin")]
    assert "<code>alice&#47;half&#46;py</code>: 3 of 3 points" in job.summary


@pytest.mark.slow
@pytest.mark.parametrize(("landlock", "level"), [(True, "strict"), (False, "weak")], ids=["landlock", "another user"])
def test_gitlab_grades_the_class(landlock: bool, level: str, private: Path, server: str, tmp_path: Path) -> None:
    job = run_gitlab(
        private, "record-half", tmp_path, landlock=landlock,
        RECORD="half", CI_SERVER_URL=server, STUDENTS_TOKEN=TOKEN, GRADER_SEED=SEED,
    )  # fmt: skip
    staff = job.artifacts["paths"]
    students = {name: content for name, content in staff.items() if name.startswith("results/html/")}
    check_record(job, students, staff, tmp_path)
    assert "carol (course/half-carol): " in job.log
    assert (tmp_path / "workspace" / "assignments").stat().st_mode & 0o077 == 0
    isolation = json.loads(staff["results/alice.json"])["run"]["isolation"]
    assert (isolation["level"], "user" in isolation["layers"]) == (level, not landlock)


@pytest.mark.slow
def test_a_wrong_token_grades_nobody_and_fails(private: Path, server: str, tmp_path: Path) -> None:
    job = run_github(private, ".github/workflows/record-half.yml", tmp_path, server=server, STUDENTS_TOKEN="x")
    assert not job.passed
    assert "Collected 0 of 5" in job.log
    assert len(job.annotations) == 5
    assert job.artifacts == {"half for students": {}, "half for staff": {"submissions/collected.csv": job.artifacts["half for staff"]["submissions/collected.csv"]}}  # fmt: skip


# ------------------------------------------------------------------------------------------------------- collecting


@pytest.fixture
def pushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server with one repository of three commits, read without a token."""
    work = tmp_path / "work"
    work.mkdir()
    for day in (1, 2, 3):
        (work / "half.py").write_text(f"day = {day}\n")
        commit(work, when=f"2026-11-0{day}T12:00:00+00:00")
    git(work, "clone", "-q", "--bare", ".", str(tmp_path / "course" / "ann.git"))
    monkeypatch.setenv("GITHUB_SERVER_URL", f"file://{tmp_path}")
    monkeypatch.delenv("STUDENTS_TOKEN", raising=False)
    return tmp_path


def taken(folder: Path, before: dt.datetime | None = None, wanted: str = "") -> tuple[collect.Taken, str]:
    out = folder / "out"
    out.mkdir()
    (found,) = collect.collect("half", [collect.Taken("ann", "course/ann", wanted)], out, before)
    shown = subprocess.run(
        ["tar", "-xOf", out / "0001.tar", "ann/half.py"], capture_output=True, text=True, check=False
    )
    return found, shown.stdout


def test_the_newest_is_taken(pushed: Path) -> None:
    found, text = taken(pushed)
    assert (text, found.committed[:10], found.problem) == ("day = 3\n", "2026-11-03", "")


def test_what_a_repository_says_of_archives_does_not_count(pushed: Path) -> None:
    work = pushed / "work"
    (work / ".gitattributes").write_text("half.py export-ignore export-subst\n")
    (work / "half.py").write_text("name = '$Format:%an$'\n")
    (work / "link.py").symlink_to("/etc/passwd")
    commit(work)
    git(work, "push", "-q", str(pushed / "course" / "ann.git"), "main")
    found, text = taken(pushed)
    assert (text, found.problem) == ("name = '$Format:%an$'\n", "")


def test_the_last_before_a_time_is_taken(pushed: Path) -> None:
    found, text = taken(pushed, dt.datetime(2026, 11, 2, 13, tzinfo=dt.UTC))
    assert (text, found.committed[:10]) == ("day = 2\n", "2026-11-02")


def test_nothing_before_a_time_is_said(pushed: Path) -> None:
    found, text = taken(pushed, dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    assert (text, found.commit) == ("", "")
    assert found.problem.startswith("there is no commit before 2026-10-01")


def test_what_was_taken_is_a_roster_that_takes_it_again(pushed: Path) -> None:
    first = git(pushed / "work", "rev-parse", "HEAD~2")
    found, text = taken(pushed, wanted=first)
    assert (text, found.commit) == ("day = 1\n", first)
    assert [(each.id, each.commit) for each in collect.roster(pushed / "out" / "collected.csv")] == [("ann", first)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,url\nann,x/y\n", "its first line should be id,repository or id,repository,commit"),
        ("id,repository\n", "it lists nobody"),
        ("id,repository\nann,course/ann\nANN,course/ann\n", "line 3: ANN is listed twice"),
        ("id,repository\n../ann,course/ann\n", "line 2: id is '../ann'"),
        ("id,repository\n-x,course/ann\n", "line 2: id is '-x'"),
        ("id,repository\nann,--upload-pack=x/y\n", "repository is '--upload-pack=x/y', but should be owner/name"),
        ("id,repository\nann,https://github.com/course/ann\n", "should be owner/name, without the server"),
        ("id,repository\nann,course/../other\n", "repository is 'course/../other'"),
        ("id,repository,commit\nann,course/ann,main\n", "commit is 'main', but should be a whole commit id"),
    ],
)
def test_a_roster_that_can_not_be_followed_says_where(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "half.csv"
    path.write_text(text)
    with pytest.raises(collect.RosterError, match=r"half\.csv") as raised:
        collect.roster(path)
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--before", "soon"], "--before is 'soon', but should be a time, as in"),
        (["-o", "work"], "work is not empty"),
        (["--before", ""], "Collected 1 of 1"),
    ],
)
def test_a_call_is_answered(arguments: list[str], told: str, pushed: Path) -> None:
    (pushed / "half.csv").write_text("\ufeffid,repository\r\nann,course/ann\r\n")
    command = [sys.executable, "-P", "-m", "grader.ci.collect", "half", "half.csv", "-o", "new", *arguments]
    done = subprocess.run(command, cwd=pushed, capture_output=True, text=True, check=False)
    assert done.returncode == (0 if told.startswith("Collected") else 2)
    assert told in " ".join((done.stdout + done.stderr).split())


def test_the_file_changed_last_is_found_whatever_the_dates_say(tmp_path: Path) -> None:
    commit(tmp_path)
    assert newest(tmp_path, "half") is None
    (tmp_path / "half.py").write_text("1")
    (tmp_path / "half.ipynb").write_text("1")
    commit(tmp_path)
    assert newest(tmp_path, "half") == "half.py"
    (tmp_path / "half.ipynb").write_text("2")
    commit(tmp_path, when="2001-01-01T00:00:00+00:00")
    assert newest(tmp_path, "half") == "half.ipynb"
    (tmp_path / "half.py").write_text("2")
    commit(tmp_path, when="2000-01-01T00:00:00+00:00")
    assert newest(tmp_path, "half") == "half.py"
    (tmp_path / "half.py").unlink()
    commit(tmp_path)
    assert newest(tmp_path, "half") == "half.ipynb"
