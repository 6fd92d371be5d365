"""An IPython shell that speaks Jupyter messages over the worker's one socket.

nbclient, on the judge's side, takes it for a kernel.  There is no ZeroMQ, no connection file and no heartbeat:
a message is one frame on the `JUPYTER` channel, {"channel": "iopub" | "shell", "message": {...}}.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import re
import sys
import types
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.inputtransformer2 import leading_empty_lines
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets.config import Config

from .servant import describe
from .wire import JUPYTER, pack

FLUSH = 1 << 16  # characters; a message for each line would cost more than the printing
STATEMENT = re.compile(r"(?!In \[)[^\W\d]|[#@\"'(]")  # how a line of Python's begins
MAX_TEXT = 1 << 20  # longer texts are cut here already, so that one print can't outgrow a frame


class Messages:
    """Sends Jupyter messages; `parent` is the header of the request that is being served."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send
        self.parent: dict[str, Any] = {}
        self.streams: list[Stream] = []

    def publish(self, kind: str, content: dict[str, Any], channel: str = "iopub") -> None:
        header = {"msg_type": kind, "msg_id": uuid.uuid4().hex}
        message = {
            "header": header,
            "msg_type": kind,
            "msg_id": header["msg_id"],
            "parent_header": self.parent,
            "metadata": {},
            "content": content,
            "buffers": [],
        }
        if kind != "stream":
            for stream in self.streams:
                stream.flush()
        # What JSON has no word for (an object in some MIME bundle, NaN) becomes text or null.
        text = json.dumps({"channel": channel, "message": message}, default=str)
        self._send(pack(JUPYTER, json.loads(text, parse_constant=lambda _: None)))


class Stream(io.TextIOBase):
    """stdout or stderr as Jupyter stream messages."""

    encoding = "utf-8"

    def __init__(self, messages: Messages, name: str, room: int) -> None:
        self._messages = messages
        self.name = name
        self._parts: list[str] = []
        self._waiting = 0
        self._room = room

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._room > 0:
            self._parts.append(text)
            self._waiting += len(text)
            if self._waiting > FLUSH:
                self.flush()
        return len(text)

    def flush(self) -> None:
        text = "".join(self._parts)[:MAX_TEXT]
        self._parts, self._waiting = [], 0
        self._room -= len(text)
        if text:
            self._messages.publish("stream", {"name": self.name, "text": text})


class Compiler(CachingCompiler):
    """Compiles each cell under the name `<cell 4>`, so that a traceback says where it was."""

    cell = 0

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"<cell {self.cell}>" if self.cell else super().get_code_name(raw_code, transformed_code, number)


def without_empty_lines(lines: list[str]) -> list[str]:
    """A cell without the empty lines that it begins with, where magics or prompts may come after them; Python's own
    statements keep their numbers.
    """
    first = next((line for line in lines if not line.isspace()), "")
    return lines if STATEMENT.match(first) else leading_empty_lines(lines)


def make_shell(send: Callable[[bytes], None], is_own: Callable[[str], bool], room: int) -> Any:
    """The shell; its `serve` answers one Jupyter request, its `user_ns` is the notebook's namespace.

    Of each stream at most `room` characters are sent; the judge keeps fewer.
    """
    messages = Messages(send)
    # Figures are drawn into the notebook, as in Jupyter.
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    matplotlib: Any = sys.modules.get("matplotlib")
    if matplotlib is not None:
        matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]

    class Publisher(DisplayPublisher):
        def publish(  # type: ignore[override]
            self, data: Any, metadata: Any = None, *, transient: Any = None, update: bool = False, **_: Any
        ) -> None:
            kind = "update_display_data" if update else "display_data"
            content = {"data": encodable(data), "metadata": metadata or {}, "transient": transient or {}}
            messages.publish(kind, content)

        def clear_output(self, wait: bool = False) -> None:
            messages.publish("clear_output", {"wait": wait})

    class Hook(DisplayHook):
        def write_output_prompt(self) -> None:
            pass

        def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
            content = {"data": encodable(format_dict), "metadata": md_dict or {}}
            messages.publish("execute_result", {**content, "execution_count": shell.execution_count})

        def finish_displayhook(self) -> None:
            pass

    class Shell(InteractiveShell):
        displayhook_class = Hook
        display_pub_class = Publisher
        compiler_class = Compiler
        error: dict[str, Any]

        def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
            try:
                text = str(evalue)
            except BaseException:
                text = ""
            self.error = {
                "ename": etype.__name__,
                "evalue": text[:2000],
                "traceback": [str(line)[:500] for line in stb][-30:],
            }
            messages.publish("error", self.error)

        def enable_gui(self, gui: Any = None) -> None:
            pass

        def ask_exit(self) -> None:
            pass

        def system(self, cmd: str) -> None:
            # As in Jupyter, a command that fails raises nothing: what comes after `!pip install` in a cell counts.
            sys.stderr.write(f"No other program can be started while a notebook is graded: {cmd}\n")
            self.user_ns["_exit_code"] = 126  # as of a shell that may not run it

        system_raw = system_piped = system

        def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
            self.system(cmd)
            return SList() if split else ""

        def serve(self, request: dict[str, Any], interruptible: Callable[[], AbstractContextManager[None]]) -> None:
            message = request["message"]
            messages.parent = message["header"]
            kind = message["header"]["msg_type"]
            messages.publish("status", {"execution_state": "busy"})
            if kind == "kernel_info_request":
                info = {"name": "python", "version": sys.version.split()[0]}
                messages.publish("kernel_info_reply", {"status": "ok", "language_info": info}, "shell")
            elif kind == "execute_request":
                reply = self._execute(message["content"], interruptible)
                messages.publish("execute_reply", reply, "shell")
            messages.publish("status", {"execution_state": "idle"})

        def _execute(
            self, content: dict[str, Any], interruptible: Callable[[], AbstractContextManager[None]]
        ) -> dict[str, Any]:
            count = self.execution_count
            self.error = {"ename": "", "evalue": "", "traceback": []}
            compiler: Any = self.compile
            run: Any = self.run_cell
            compiler.cell = content["cell"]
            result: Any = None
            error: BaseException | None = None
            try:
                with interruptible():
                    result = run(content["code"], store_history=True)
            except BaseException as caught:  # what IPython lets through, a BaseException of the student's say
                error = caught
            if result is not None:
                error = result.error_before_exec or result.error_in_exec
            reply = {"status": "ok", "execution_count": count, "user_expressions": {}, "payload": []}
            if error is None:
                return reply
            details = describe(error, is_own)
            if not self.error["ename"]:
                self.error = {"ename": details["type"], "evalue": details["text"], "traceback": []}
            return {**reply, **self.error, "status": "error", "details": details}

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autoawait = True
    main = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = main
    shell: Any = Shell.instance(config=config, user_module=main)
    shell.input_transformer_manager.cleanup_transforms[0] = without_empty_lines
    messages.streams = [Stream(messages, name, room) for name in ("stdout", "stderr")]
    sys.stdout, sys.stderr = messages.streams

    def no_input(prompt: object = "") -> str:
        raise StdinNotImplementedError("input() has nobody to ask while the notebook is graded")

    builtins.input = no_input
    return shell


def encodable(data: dict[str, Any]) -> dict[str, Any]:
    """A MIME bundle as JSON can carry it: bytes as base64 text, as Jupyter does."""
    import base64

    return {
        key: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for key, value in (data or {}).items()
    }
