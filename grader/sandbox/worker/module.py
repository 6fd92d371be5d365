"""A module as it is executed piece by piece, so that a piece that fails takes nothing else with it."""

from __future__ import annotations
import __future__

import os
import sys
import types

FUTURES = 0
for _name in __future__.all_feature_names:
    FUTURES |= getattr(__future__, _name).compiler_flag


class Module:
    """A module that is executed piece by piece, each piece a top-level statement or a few.

    Args:
      file: its name in the current folder.
      is_script: whether it is called `__main__`, as a file is that Python is started with.
    """

    def __init__(self, file: str, is_script: bool = False) -> None:
        name = os.path.splitext(os.path.basename(file))[0]
        self.path = os.path.join(os.getcwd(), file)
        self.module = types.ModuleType(name)
        self.module.__file__ = self.path
        self._flags = 0
        if is_script:
            self.module.__name__ = "__main__"
            sys.modules["__main__"] = self.module
            return
        sys.modules.setdefault(name, self.module)
        if name.isidentifier() and sys.modules[name] is not self.module:
            # The file is called like a module that is loaded already (random.py): pickle and dataclasses look
            # classes up by module name, so this one gets a name of its own.
            self.module.__name__ = "submission"
            sys.modules["submission"] = self.module

    def run(self, source: str) -> None:
        """Executes one piece; `source` starts with as many empty lines as stand before it in the file."""
        code = compile(source, self.path, "exec", flags=self._flags, dont_inherit=True)
        self._flags |= code.co_flags & FUTURES
        exec(code, self.module.__dict__)
