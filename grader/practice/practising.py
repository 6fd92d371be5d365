"""Whether a submission is being run to be checked: a `check(…)` in it then says nothing and asks nothing."""

from __future__ import annotations

is_loading = False
