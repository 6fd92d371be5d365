"""A class of thirty, made of the submissions that were written from the stub: what pages are looked at with.

python -m tests.sample_class FOLDER          grades it into FOLDER and renders both kinds of pages
"""

from __future__ import annotations

import collections
import json
import shutil
import sys
from pathlib import Path

SUBMISSIONS = Path(__file__).parent / "submissions" / "sigmoid_network"
NAMES = [
    "Amara Diallo", "Bo Lindqvist", "Chen Wei", "Dana Levi", "Elif Kaya", "Farid Haddad", "Grace Okafor",
    "Hugo Moreau", "Ines Costa", "Jonas Weber", "Kavya Iyer", "Liam Byrne", "Mei Tanaka", "Noor Rahman",
    "Olga Petrova", "Pablo Rivas", "Quinn Walsh", "Rosa Bianchi", "Sven Dahl", "Tara Singh", "Uma Nair",
    "Victor Hugo Lima", "Wanda Nowak", "Xin Li", "Yusuf Demir", "Zoe Martin", "Adaeze Obi", "Bruno Keller",
    "Carla Rossi", "Ďorđe Živković",
]  # fmt: skip


def gather(folder: Path) -> list[Path]:
    """Thirty submissions under students' names: homework, notebooks, right and wrong ones, one that can't be read."""
    kinds = {
        kind: sorted(path for path in (SUBMISSIONS / kind).iterdir() if path.suffix in (".py", ".ipynb"))
        for kind in ("right", "single", "double", "odd")
    }
    slugs = {
        path: json.loads(path.with_name(f"{path.name}.json").read_text())["faults"][0]["slug"]
        for path in kinds["single"]
    }
    often = collections.Counter(slugs.values())
    single = sorted(kinds["single"], key=lambda path: (-often[slugs[path]], slugs[path], path.name))
    chosen = [
        SUBMISSIONS / "homework.ipynb",
        *kinds["right"][:5],
        *single[:14],
        *kinds["double"][:5],
        *kinds["odd"][:4],
    ]
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for name, source in zip(NAMES, [*chosen, None], strict=True):
        path = folder / f"{name}{source.suffix if source else '.ipynb'}"
        if source:
            shutil.copy(source, path)
        else:
            path.write_bytes(b"")
        found.append(path)
    return found


if __name__ == "__main__":
    from grader.cli.main import app

    folder = Path(sys.argv[1])
    gather(folder / "handed in")
    app(["grade", "sigmoid_network", str(folder / "handed in"), "-o", str(folder / "reports")], standalone_mode=False)
    for audience in ("staff", "students"):
        app(
            ["render", str(folder / "reports"), "--format", "html", "--for", audience, "-o", str(folder / audience)],
            standalone_mode=False,
        )
