"""Many submissions: finds them, grades each wherever there is room, and loses none."""

from __future__ import annotations

from .adjustments import OverridesError, read_overrides
from .attempts import Keep, KeepError, entries, parse_keep
from .cluster import AddressError, ClusterError
from .discovery import Found, NoSuchSubmissionError, discover, escaped, identify
from .jobs import Kit, begin, grade, grade_job, grade_one
from .processes import Here, Processes, cores
from .run import FolderInUseError, GivenUpError, Listener, Run, writing_to

__all__ = [
    "AddressError", "ClusterError", "FolderInUseError", "Found", "GivenUpError", "Here", "Keep", "KeepError", "Kit", "Listener", "NoSuchSubmissionError",
    "OverridesError", "Processes", "Run", "begin", "cores", "discover", "entries", "escaped", "grade", "grade_job",
    "grade_one", "identify", "parse_keep", "read_overrides", "writing_to",
]  # fmt: skip
