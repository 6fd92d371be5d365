"""What a worker's replies must look like before anybody uses them."""

from __future__ import annotations

from typing import Any

from .worker.wire import WireError

MESSAGES = {
    "shell": {"execute_reply", "kernel_info_reply"},
    "iopub": {
        "status", "stream", "display_data", "update_display_data", "execute_result", "clear_output", "error",
    },
}  # fmt: skip


def checked_error(error: Any) -> dict[str, Any] | None:
    """What a reply holds as its "error", as `describe` in the worker makes it: "kind", "type", "text", "frames".

    Raises:
      WireError: it is something else.
    """
    match error:
        case None:
            return None
        case {"kind": str(kind), "text": str(text), **more}:
            match more.get("type", ""), more.get("frames", []):
                case str(name), list(frames):
                    return {"kind": kind, "type": name, "text": text, "frames": frames}
    raise WireError("an error without kind or text")


def checked_message(header: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Channel name and message of a Jupyter frame.

    Raises:
      WireError: nbclient could stumble over it.
    """
    match header:
        case {
            "channel": "shell" | "iopub" as name,
            "message": {
                "msg_type": str(kind),
                "header": {"msg_type": str(again)},
                "parent_header": dict(),
                "content": dict(content),
            } as message,
        } if kind == again and kind in MESSAGES[name]:
            if not _is_content(kind, content):
                raise WireError(f"a message of the kind {kind} without what belongs to it")
            return name, message
    raise WireError("no Jupyter message")


def _is_content(kind: str, content: dict[str, Any]) -> bool:
    """Whether a message's content is what nbclient takes for granted (its client.py, nbformat's output_from_msg)."""
    match kind, content:
        case "stream", {"name": "stdout" | "stderr", "text": str()}:
            return True
        case "error", {"ename": str(), "evalue": str(), "traceback": list(lines)}:
            return all(isinstance(line, str) for line in lines)
        case "display_data" | "update_display_data" | "execute_result", {"data": dict(), "metadata": dict(), **more}:
            content.setdefault("execution_count", None)
            match more.get("transient", {}):
                case dict(transient):
                    return isinstance(transient.get("display_id", ""), str)
        case "status", {"execution_state": str()}:
            return True
        case "execute_reply", {"status": str()}:
            return True
        case "clear_output" | "kernel_info_reply", _:
            return True
    return False
