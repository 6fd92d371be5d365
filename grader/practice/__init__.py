"""What students check their own work with: a compiled pack that holds no solution, asked in their own process."""

from __future__ import annotations
