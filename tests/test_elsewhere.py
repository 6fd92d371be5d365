"""The wheel and a release, where neither the project nor PyTorch is: as on a student's machine."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import nbformat
import pytest

from grader.ci import WHEEL
from grader.grading import Task
from grader.packs import loading
from grader.practice import leaks
from grader.practice.release import release, write

from .conftest import PLAIN, ROOT, SUBMISSIONS
from .test_practice_notebook import RIGHT_SIGMOID, told

PACKS = [folder.name for folder in loading.available(ROOT / "assignments")]
PROJECT_S = ("torch", "functorch", "__editable__", "backprop_grader", "grader", "_backprop")

EXECUTE = """
import sys
import nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], 4)
NotebookClient(book, timeout=300, kernel_name="python3").execute()
nbformat.write(book, sys.argv[1])
"""


@dataclasses.dataclass(frozen=True)
class Machine:
    """A Python of its own with the wheel in it, and a folder that was handed out."""

    python: Path
    folder: Path

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GRADER"))}
        return subprocess.run(
            [str(self.python), *map(str, arguments)],
            cwd=self.folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def machine(wheel: Path, sigmoid_network: Task, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    root = tmp_path_factory.mktemp("machine")
    # The packages that are installed here, but for the project and torch.
    packages = root / "packages"
    packages.mkdir()
    for path in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not path.name.startswith(PROJECT_S):
            (packages / path.name).symlink_to(path)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / "venv"], check=True)
    python = root / "venv" / "bin" / "python"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (root / "venv" / "lib" / version / "site-packages" / "here.pth").write_text(f"{packages}\n")
    install = ["pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel)]
    subprocess.run([sys.executable, "-m", *install], check=True, capture_output=True)
    write(release(sigmoid_network), sigmoid_network.pack, root / "handout")
    return Machine(python, root / "handout")


@pytest.mark.slow
def test_no_line_of_a_solution_is_in_the_package() -> None:
    files = [path for path in (ROOT / "grader").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    texts = [path.read_bytes().decode("latin-1") for path in files]
    assert len(texts) > 90
    for name in PACKS:
        lines = leaks.secrets(loading.load_mistakes(loading.load(name)))
        assert leaks.found(texts, lines) == []


@pytest.mark.slow
def test_the_wheel_holds_the_grader_alone(wheel: Path) -> None:
    assert wheel.name == WHEEL
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
        texts = [archive.read(name).decode("latin-1") for name in archive.namelist()]
    assert tops == {"grader", WHEEL.removesuffix("-py3-none-any.whl") + ".dist-info"}
    for name in PACKS:
        assert leaks.found(texts, leaks.secrets(loading.load_mistakes(loading.load(name)))) == []


@pytest.mark.slow
def test_checks_work_without_torch_and_without_the_project(machine: Machine) -> None:
    told = machine.run("-c", "import importlib.util as u, grader; print(u.find_spec('torch'), grader.__file__)")
    assert told.stdout.startswith("None ")
    assert str(machine.python.parent.parent) in told.stdout
    (machine.folder / "mine.py").write_bytes(PLAIN.read_bytes())
    right = machine.run(machine.python.parent / "grader", "check", ".", "mine.py")
    assert (right.returncode, "47 of 47 public checks" in right.stdout) == (0, True), right.stderr
    shutil.copy(SUBMISSIONS / "sigmoid_network" / "homework.ipynb", machine.folder / "mine.ipynb")
    wrong = machine.run("-m", "grader", "check", ".", "mine.ipynb")
    assert (wrong.returncode, "→ batch-mean-twice  (cell 3, line 32)" in wrong.stdout) == (1, True), wrong.stderr


@pytest.mark.slow
def test_the_notebook_checks_at_once_in_its_own_kernel(machine: Machine) -> None:
    path = machine.folder / "sigmoid_network.ipynb"
    book = nbformat.read(path, 4)
    for cell in book.cells:
        if cell.source.startswith("def sigmoid(x)"):
            cell.source = RIGHT_SIGMOID
    book.cells.append(nbformat.v4.new_code_cell("import sys; print(sys.prefix, 'torch' in sys.modules)"))
    nbformat.write(book, path)
    done = machine.run("-c", EXECUTE, path)
    assert done.returncode == 0, done.stderr
    book = nbformat.read(path, 4)
    assert told(book, book.cells[-1].source) == f"{machine.python.parent.parent} False\n"
    assert "✔ sigmoid: 5 of 5 public checks" in told(book, 'check("sigmoid")')
    assert "relu is not implemented yet" in told(book, 'check("relu")')
