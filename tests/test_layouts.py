"""Exports of Canvas, Moodle and Gradescope: whose file is whose, when, and which of a student's attempts counts."""

from __future__ import annotations

import datetime as dt
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from grader.batch import Found, Keep, KeepError, discover, entries, identify, parse_keep
from grader.batch.attempts import listed

UTC = dt.UTC


def zipped(folder: Path, files: dict[str, str], name: str = "class.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
    return path


def whose(found: list[Found]) -> list[tuple[str, str, str]]:
    """Name of the report, student's id and name."""
    assert all(each.student is not None for each in found)
    return [(each.name, each.student.id, each.student.name) for each in found if each.student is not None]


# -------------------------------------------------------------------------------------------------------- Canvas

CANVAS = {
    "lovelaceada_101_90001_hw.py": "ada = 1",
    "lovelaceada_101_90007_hw-1.py": "ada = 2",
    "lovelaceada_101_90002_data.csv": "1,2",
    "bauer_LATE_102_90003_homework.ipynb": "{}",
    "ünal_103_90004_part one.py": "",
    "diaz_104_text.html": "<p>I could not finish</p>",
    "eve_105_90005_sigmoid_network.py": "",
    "eve_105_90006_helper.py": "",
}


def test_canvas_names_the_student_and_later_versions_are_attempts(tmp_path: Path) -> None:
    found = discover([zipped(tmp_path, CANVAS)], "sigmoid_network")
    assert whose(found) == [
        ("bauer_102", "102", "bauer"),
        ("diaz_104", "104", "diaz"),
        ("eve_105", "105", "eve"),
        ("lovelaceada_101", "101", "lovelaceada"),
        ("lovelaceada_101", "101", "lovelaceada"),
        ("ünal_103", "103", "ünal"),
    ]
    bauer, diaz, eve, first, second, unal = found
    assert (bauer.late, bauer.file, first.late) == (True, "homework.ipynb", False)
    assert diaz.problem == "The folder has no .py or .ipynb file."
    assert (eve.file, [str(path) for path in eve.beside]) == ("sigmoid_network.py", ["helper.py"])
    assert unal.file == "part one.py"
    assert (first.order, second.order) == (90001, 90007)
    assert [str(path) for path in second.beside] == ["data.csv"]
    (ada,) = (each for each in entries(found, Keep()) if len(each.attempts) == 2)
    assert ada.counting == (1,)
    assert ada.newest.shown == "lovelaceada_101_90007_hw-1.py"
    assert listed(ada, 1, [None, 8.0]) == [
        {"file": "lovelaceada_101_90001_hw.py", "submitted_at": None, "score": None, "kept": False, "late": False},
        {"file": "lovelaceada_101_90007_hw-1.py", "submitted_at": None, "score": 8.0, "kept": True, "late": False},
    ]


def test_canvas_where_marking_is_anonymous(tmp_path: Path) -> None:
    files = {"anon_aB3x9_90001_hw.py": "", "LATE_anon_Zz9_90002_hw.py": ""}
    found = discover([zipped(tmp_path, files)], "x")
    assert whose(found) == [("anon_Zz9", "anon_Zz9", ""), ("anon_aB3x9", "anon_aB3x9", "")]
    assert [each.late for each in found] == [True, False]


@pytest.mark.parametrize("names", [["lab_1_2_final.py"], ["ada_101_90001_hw.py", "notes.txt"], ["a_101_90001_hw/x.py"]])
def test_what_only_looks_like_canvas_is_a_plain_folder(names: list[str], tmp_path: Path) -> None:
    found = discover([zipped(tmp_path, dict.fromkeys(names, ""))], "x")
    assert [each.student for each in found] == [None]


# -------------------------------------------------------------------------------------------------------- Moodle


@pytest.mark.parametrize("flat", [False, True])
def test_moodle_names_the_student(flat: bool, tmp_path: Path) -> None:
    files = {
        "Ada O'Neil_12345_assignsubmission_file_/hw.ipynb": "{}",
        "Ada O'Neil_12345_assignsubmission_file_/data.csv": "",
        "Ben_12346_assignsubmission_file/hw.py": "",
        "Cid_12347_assignsubmission_onlinetext/onlinetext.html": "",
        "Participant_12348_assignsubmission_file_/hw.py": "",
    }
    if flat:
        files = {name.replace("_/", "/").replace("/", "_"): text for name, text in files.items()}
    found = discover([zipped(tmp_path, files)], "x")
    assert whose(found) == [
        ("Ada O'Neil_12345", "12345", "Ada O'Neil"),
        ("Ben_12346", "12346", "Ben"),
        ("Cid_12347", "12347", "Cid"),
        ("Participant_12348", "12348", "Participant"),
    ]
    assert found[0].file == "hw.ipynb"
    assert [str(path) for path in found[0].beside] == ["data.csv"]
    assert found[2].problem == "The folder has no .py or .ipynb file."
    assert identify(found)[0] == "Ada_O_Neil_12345"


# ---------------------------------------------------------------------------------------------------- Gradescope

METADATA = """\
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '100'
    :email: ada@x.edu
  :created_at: 2026-11-20 17:34:00.861687000 Z
  :score: 2.0
  :results: !ruby/object:Some::Thing
    output: |-
      Final Score: 2.0
  :history:
  - :id: 9
    :created_at: 2026-11-19 10:00:00.000000000 Z
    :score: 1.0
submission_2:
  :submitters:
  - :name: Pair One
    :sid: '200'
  - :name: Pair Two
    :email: two@x.edu
submission_3:
  :submitters:
  - :sid: 300
"""


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz", ""])
def test_gradescope_tells_students_times_and_groups(suffix: str, tmp_path: Path) -> None:
    top = "assignment_77_export/"
    files = {
        top + "submission_metadata.yml": METADATA,
        top + "submission_1/hw.py": "",
        top + "submission_1/sub/data.csv": "",
        top + "submission_2/hw.py": "",
        top + "submission_4/hw.py": "",
    }
    if suffix == ".zip":
        path = zipped(tmp_path, files, "renamed.zip")
    elif suffix:
        path = tmp_path / "renamed.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for name, text in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text.encode()))
    else:
        path = tmp_path / "unpacked"
        for name, text in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_text(text)
    found = discover([path], "x")
    assert whose(found[:4]) == [
        ("submission_1", "100", "Ada Lovelace"),
        ("submission_2_200", "200", "Pair One"),
        ("submission_2_two@x.edu", "two@x.edu", "Pair Two"),
        ("submission_3", "300", ""),
    ]
    assert found[0].submitted_at == dt.datetime(2026, 11, 20, 17, 34, 0, 861687, tzinfo=UTC)
    assert found[0].earlier == (dt.datetime(2026, 11, 19, 10, tzinfo=UTC),)
    assert [str(inside) for inside in found[0].beside] == ["sub/data.csv"]
    assert found[3].problem == "The folder has no .py or .ipynb file."
    assert (found[4].name, found[4].student) == ("submission_4", None)


def test_metadata_that_cannot_be_read_cost_no_submission(tmp_path: Path) -> None:
    notes: list[str] = []
    path = zipped(tmp_path, {"submission_metadata.yml": "a: [", "submission_1/hw.py": ""})
    (found,) = discover([path], "x", notes.append)
    assert (found.problem, found.student) == ("", None)
    assert "submission_metadata.yml can't be read" in notes[0]
    assert "graded without names and times" in notes[0]


# ------------------------------------------------------------------------------------------------------ attempts


def handed_in(*hours: int | None) -> list[Found]:
    from grader.reports import Student

    ada = Student(id="1", name="Ada")
    times = [None if hour is None else dt.datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in hours]
    return [
        Found("ada", f"{place}.py", bytes, student=ada, submitted_at=time, order=place)
        for place, time in enumerate(times)
    ]


@pytest.mark.parametrize(
    ("keep", "hours", "counting"),
    [
        ("newest", [9, 7, 8], ["9"]),
        ("newest", [None, None], ["1"]),
        ("best", [9, 7], ["7", "9"]),
        ("before=2026-11-20T08:30+00:00", [9, 7, 8], ["8"]),
        ("before=2026-11-20T08:00+00:00", [9, 8], ["8"]),
        ("before=2026-11-20T09:30+01:00", [9, 7, 8], ["8"]),
        ("before=2026-11-20T06:00+00:00", [9, 7], []),
        ("before=2026-11-20T06:00+00:00", [None, None], ["1"]),
    ],
)
def test_the_attempt_that_counts(keep: str, hours: list[int | None], counting: list[str]) -> None:
    (entry,) = entries(handed_in(*hours), parse_keep(keep))
    counted = [entry.attempts[place] for place in entry.counting]
    assert [str(each.submitted_at.hour) if each.submitted_at else each.shown[0] for each in counted] == counting
    assert (entry.problem != "") == (not counting)


def test_an_attempt_that_the_export_does_not_hold_is_told() -> None:
    (found,) = handed_in(9)
    before = dt.datetime(2026, 11, 20, 7, tzinfo=UTC)
    (entry,) = entries([Found(**{**{name: getattr(found, name) for name in Found.__slots__}, "earlier": (before,)})],
                       parse_keep("before=2026-11-20T08:00+00:00"))  # fmt: skip
    assert entry.problem.endswith("There was an attempt before, but the export does not hold its files.")
    assert [row["submitted_at"] for row in listed(entry, None, [None])] == [
        "2026-11-20T07:00:00+00:00",
        "2026-11-20T09:00:00+00:00",
    ]


@pytest.mark.parametrize("text", ["oldest", "before=", "before=tomorrow", "newest="])
def test_keep_says_what_it_can_be(text: str) -> None:
    with pytest.raises(KeepError, match=r"should be newest, best or before=TIME"):
        parse_keep(text)


def test_the_same_students_attempts_in_two_archives_belong_together(tmp_path: Path) -> None:
    one = zipped(tmp_path, {"ada_101_90001_hw.py": ""}, "week1.zip")
    two = zipped(tmp_path, {"ada_101_90009_other.py": "", "ben_102_90008_hw.py": ""}, "week2.zip")
    ada, ben = entries(discover([one, two], "x"), Keep())
    assert [each.shown for each in ada.attempts] == ["ada_101_90001_hw.py", "ada_101_90009_other.py"]
    assert len(ben.attempts) == 1
