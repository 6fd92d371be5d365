"""Untrusted text made fit to be shown."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
# Controls, and the characters that turn the direction of text or end a line where none is seen to end.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def shown(text: str, limit: int = 500) -> str:
    """A student's text with control characters escaped and addresses as 0x…, at most `limit` characters."""
    text = CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text[: 2 * limit])
    text = ADDRESS.sub("0x…", text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
