"""Sentences that students read wherever they check, the same in the notebook, the terminal and the README."""

from __future__ import annotations

AFTER = "graded after hand-in"


def after(title: str) -> str:
    """What is said of an exercise that can't be checked here."""
    return f"{title}: {AFTER}. It can't be checked here, because that takes the course's own side of it."


def hidden(checks: int) -> str:
    """That passing here is not all."""
    if not checks:
        return ""
    return (
        f"{checks} hidden {'check' if checks == 1 else 'checks'} with other numbers "
        f"{'comes' if checks == 1 else 'come'} on top when it is graded, so passing here is no promise."
    )
