"""An automated grader for backpropagation exercises."""

from __future__ import annotations

__version__ = "0.1.0"
