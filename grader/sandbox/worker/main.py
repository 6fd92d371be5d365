"""Starts the zygote, of which each submission's process is a fork; or, where there is none, one such process itself.

    python -s -P -S -B main.py zygote|worker SOCKET_FD PACKAGES…

PACKAGES are the folders of installed packages; `-S` leaves the rest of the interpreter's site set-up out, so that
an editable install of anything (this project, say) is not importable here.
"""

from __future__ import annotations

import importlib.util
import os
import sys

WHAT, SOCKET, PACKAGES = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
sys.path.extend(PACKAGES)

if __name__ == "__main__":
    # Load this folder as a package under a name of its own: nothing here can be reached by an `import` of a
    # student's, and no folder of the judge is on sys.path.
    _folder = os.path.dirname(os.path.abspath(__file__))
    _spec = importlib.util.spec_from_file_location(
        "_grader_worker", os.path.join(_folder, "__init__.py"), submodule_search_locations=[_folder]
    )
    assert _spec is not None
    assert _spec.loader is not None
    sys.modules["_grader_worker"] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["_grader_worker"])
    if WHAT == "zygote":
        from _grader_worker.zygote import run  # type: ignore[import-not-found]

        run(SOCKET)
    else:
        from _grader_worker.process import serve  # type: ignore[import-not-found]

        serve(SOCKET)
