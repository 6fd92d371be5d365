"""The wire format: frames of a channel number, a JSON header and raw array buffers.

A frame is

    u32 length of what follows | u8 channel | u32 length of the header | header (JSON) | buffers

(big-endian).  The header is a JSON object; where it holds a *value* (an argument, an answer) the value is
written as a node:

    null, true, "text", 3, 2.5      themselves (a float that is not finite: {"f": "nan"}; a long integer: {"i": "0x…"})
    {"z": [re, im]}                 a complex number
    {"a": [dtype, shape, k]}        an array, its elements in buffer k; "s" a NumPy scalar; "t" a torch tensor
    {"L": [kind, k]}                a list of floats, its elements in buffer k
    {"l": […]} {"u": […]}           a list, a tuple
    {"d": [[key, value], …]}        a dict, in its order
    {"o": "package.Type"}           anything else: it stays where it is, known by its type's name alone
    {"h": [id, key, …]}             something the other side keeps (judge to worker)
    {"c": id}                       a function the judge answers for (judge to worker)

Nothing is ever pickled.  Both sides read with the same caps on size, depth and count; what breaks a rule raises
`WireError` and the connection ends.  This file is read by the judge and by the worker: NumPy, msgspec and the
standard library only.
"""

from __future__ import annotations

import functools
import json
import struct
import sys
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np

CALL, JUPYTER = 1, 2  # channels: the judge's questions (and the answers), Jupyter messages

MAX_FRAME = 64 << 20  # bytes
MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_INTEGER_BITS = 4096
MAX_KEYS = 1_000  # of a frame's dicts, that are no text: their hashes can be made to be equal, which costs the square
MAX_PARTS = 2_000_000  # lists, objects and commas of a header: each becomes up to 200 bytes when it is read
DTYPES = {
    dtype.str: dtype
    for dtype in (
        np.dtype(kind).newbyteorder("<")
        for kind in [
            "bool",
            "int8",
            "int16",
            "int32",
            "int64",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "float16",
            "float32",
            "float64",
            "complex64",
            "complex128",
        ]
    )
}
FLOAT64 = np.dtype(np.float64)
HEAD = struct.Struct(">IBI")
_to_json = msgspec.json.Encoder().encode
_to_any_json = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode
_from_json = msgspec.json.Decoder().decode

Node = Any
Special = Callable[[Any], "Node | None"]


class WireError(Exception):
    """A frame or a value breaks the wire format's rules."""


class Opaque:
    """Stands for an object that stayed in the other process; all that is known is its type's name."""

    __slots__ = ("type_name",)

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def __repr__(self) -> str:
        return f"<{self.type_name}>"


# ---------------------------------------------------------------------------------------------------- frames


def pack(channel: int, header: dict[str, Any], buffers: Sequence[np.ndarray[Any, Any]] = ()) -> bytes:
    """One frame as bytes; the buffers are contiguous arrays."""
    size = 5
    if buffers:
        sizes = [buffer.nbytes for buffer in buffers]
        size += sum(sizes)
        header = {**header, "buffers": sizes}
    try:
        head = _to_json(header)
    except (TypeError, UnicodeError, msgspec.MsgspecError):  # half a surrogate pair, a subclass of str
        head = _to_any_json(header).encode()
    size += len(head)
    if size > MAX_FRAME:
        raise WireError(f"a message of {size >> 20} MB is larger than the {MAX_FRAME >> 20} MB allowed")
    return b"".join((HEAD.pack(size, channel, len(head)), head, *(buffer.data for buffer in buffers)))


def frame_size(start: bytes | bytearray) -> int:
    """The whole frame's size in bytes, from its first four."""
    (size,) = struct.unpack_from(">I", start)
    if not 5 <= size <= MAX_FRAME:
        raise WireError(f"a frame says that it has {size} bytes")
    return int(size) + 4


def is_whole(piece: bytes) -> bool:
    """Whether it is one frame, no more and no less."""
    return len(piece) >= HEAD.size and HEAD.unpack_from(piece)[0] == len(piece) - 4


def unpack(frame: bytes | bytearray) -> tuple[int, dict[str, Any], list[memoryview]]:
    """Channel, header and buffers of one whole frame."""
    if len(frame) < HEAD.size or frame_size(frame) != len(frame):
        raise WireError("a frame's length is not what it says")
    _, channel, length = HEAD.unpack_from(frame)
    if HEAD.size + length > len(frame):
        raise WireError("a frame's header is longer than the frame")
    view = memoryview(frame)
    text = view[HEAD.size : HEAD.size + length]
    if length > MAX_PARTS and sum(map(bytes(text).count, (b",", b"[", b"{"))) > MAX_PARTS:
        raise WireError(f"a frame's header has more than {MAX_PARTS:,} parts")
    header = _header(text)
    if not isinstance(header, dict):
        raise WireError("a frame's header is not an object")
    sizes = header.get("buffers", [])
    if not isinstance(sizes, list):
        raise WireError("a frame's buffer sizes are no sizes")
    buffers, start = [], HEAD.size + length
    for size in sizes:
        if type(size) is not int or size < 0:
            raise WireError("a frame's buffer sizes are no sizes")
        buffers.append(view[start : start + size])
        start += size
    if start != len(frame):
        raise WireError("a frame's buffers are not as long as it says")
    return channel, header, buffers


def _header(text: memoryview) -> Any:
    try:
        return _from_json(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    try:  # half a surrogate pair is JSON for the one and not for the other
        return json.loads(str(text, "utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"a frame's header is not JSON: {error}") from None


# ---------------------------------------------------------------------------------------------------- values


class Encoder:
    """Turns values into nodes, and collects the arrays' buffers.

    `special` is asked first and may write a node of its own for objects that are no plain data.
    Type tests go by `type(value)`, never by `isinstance`: a student's object may lie about its class.
    """

    def __init__(self, special: Special | None = None) -> None:
        self.buffers: list[np.ndarray[Any, Any]] = []
        self._special = special
        self.parts = 0

    def node(self, value: Any, depth: int = 0) -> Node:
        if depth > MAX_DEPTH:
            raise WireError(f"a value is nested deeper than {MAX_DEPTH}")
        kind = type(value)
        if kind is np.ndarray:  # most are
            return self._array("a", value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is int:
            return self._integer(value)
        if kind is float:
            return value if abs(value) < float("inf") else {"f": repr(value)}
        if self._special is not None:
            node = self._special(value)
            if node is not None:
                return node
        if issubclass(kind, np.ndarray):
            return self._array("a", np.ndarray.view(value, np.ndarray))
        if issubclass(kind, np.generic):
            return self._array("s", np.asarray(value))
        if issubclass(kind, (list, tuple)):
            return self._sequence(value, kind, depth)
        if issubclass(kind, dict):
            pairs = list(dict.items(value))
            self._count(2 * len(pairs))
            return {
                "d": [
                    [key if type(key) is str else self.node(key, depth + 1), self.node(item, depth + 1)]
                    for key, item in pairs
                ]
            }
        if issubclass(kind, float):
            return self.node(float.__add__(value, 0.0), depth)
        if issubclass(kind, int):
            return self._integer(int.__add__(value, 0))
        if issubclass(kind, str):
            return str.__str__(value)
        if issubclass(kind, complex):
            return {"z": [self.node(value.real, depth + 1), self.node(value.imag, depth + 1)]}
        return self._foreign(value, kind)

    def _count(self, parts: int) -> None:
        self.parts += parts
        if self.parts > MAX_NODES:
            raise WireError(f"a value has more than {MAX_NODES:,} parts")

    def _integer(self, value: int) -> Node:
        if -(2**53) <= value <= 2**53:
            return value
        return {"i": hex(value)} if value.bit_length() <= MAX_INTEGER_BITS else {"o": "int"}

    def _array(self, tag: str, array: np.ndarray[Any, Any]) -> Node:
        dtype = array.dtype
        name = "<f8" if dtype is FLOAT64 else _portable(dtype)  # most are
        if name is None:
            return {"o": f"numpy.ndarray of {dtype}"[:200]}
        self.buffers.append(np.ascontiguousarray(array, DTYPES[name]))
        return {tag: [name, list(array.shape), len(self.buffers) - 1]}

    def _sequence(self, value: Any, kind: type, depth: int) -> Node:
        is_list = issubclass(kind, list)
        items = list((list if is_list else tuple).__iter__(value))
        if is_list and len(items) > 4:
            for tag, one in (("float", float), ("float64", np.float64)):
                if all(type(item) is one for item in items):
                    self.buffers.append(np.array(items, np.dtype("<f8")))
                    return {"L": [tag, len(self.buffers) - 1]}
        self._count(len(items))
        return {"l" if is_list else "u": [self.node(item, depth + 1) for item in items]}

    def _foreign(self, value: Any, kind: type) -> Node:
        torch = sys.modules.get("torch")
        tensor = getattr(torch, "Tensor", None)
        if isinstance(tensor, type) and issubclass(kind, tensor):
            array = tensor.detach(value).cpu()  # type: ignore[attr-defined]
            if str(array.dtype) == "torch.bfloat16":
                array = array.float()
            return self._array("t", np.asarray(array.resolve_conj().resolve_neg().numpy()))
        if hasattr(kind, "__array__"):  # pandas and the like
            return self._array("a", np.ndarray.view(np.asarray(value), np.ndarray))
        return {"o": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")[:200]}


@functools.lru_cache(maxsize=64)
def _portable(dtype: np.dtype[Any]) -> str | None:
    """The name that an array's elements travel under; None if they can't."""
    if dtype.char in "gG":  # the platform's long double has no portable form
        dtype = np.dtype(np.complex128 if dtype.char == "G" else np.float64)
    name = dtype.newbyteorder("<").str
    return name if name in DTYPES else None


class Decoder:
    """Turns nodes back into values: plain Python, arrays that own their memory, `Opaque`.

    `special` maps a tag ("h", "c", "t") to what makes the value of its content.
    """

    def __init__(self, buffers: Sequence[memoryview], special: dict[str, Callable[[Any], Any]] | None = None) -> None:
        self._buffers: list[Any] = list(buffers)
        self._special = special or {}
        self._parts = 0
        self._keys = 0  # that are no text

    def value(self, node: Node, depth: int = 0) -> Any:
        if type(node) in PLAIN:
            return node
        if depth > MAX_DEPTH:
            raise WireError(f"a value is nested deeper than {MAX_DEPTH}")
        if type(node) is not dict or len(node) != 1:
            raise WireError("a node is not an object with one tag")
        ((tag, content),) = node.items()
        if tag in self._special:
            return self._special[tag](content)
        if tag not in READERS:
            raise WireError(f"a node has an unknown tag {tag!r:.20}")
        try:
            return READERS[tag](self, content, depth + 1)
        except WireError:
            raise
        except (TypeError, ValueError, KeyError, IndexError, OverflowError, AttributeError) as error:
            raise WireError(f"a node of kind {tag!r} is malformed: {error}") from None

    def _array(self, content: Any, depth: int) -> np.ndarray[Any, Any]:
        name, shape, index = content
        if name not in DTYPES or len(shape) > 32:
            raise WireError("an array's dtype or shape is not allowed")
        for length in shape:
            if type(length) is not int or length < 0:
                raise WireError("an array's dtype or shape is not allowed")
        buffer = self._buffer(index)
        array: np.ndarray[Any, Any] = np.ndarray(shape, DTYPES[name], buffer)
        if array.nbytes != memoryview(buffer).nbytes:
            raise WireError("an array's elements are not as many as its shape says")
        return array.copy()  # the copy owns its memory and can be written to

    def _scalar(self, content: Any, depth: int) -> Any:
        return self._array(content, depth)[()]

    def _floats(self, content: Any, depth: int) -> list[Any]:
        kind, index = content
        array = np.frombuffer(self._buffer(index), "<f8")
        return array.tolist() if kind == "float" else list(array)

    def _items(self, content: Any, depth: int) -> list[Any]:
        return [item if type(item) in PLAIN else self.value(item, depth) for item in self._counted(content)]

    def _tuple(self, content: Any, depth: int) -> tuple[Any, ...]:
        return tuple(self._items(content, depth))

    def _dict(self, content: Any, depth: int) -> dict[Any, Any]:
        found = {}
        for key, item in map(self._list, self._counted(content, 2)):
            if type(key) is not str:
                self._keys += 1
                if self._keys > MAX_KEYS:
                    raise WireError(f"dicts have more than {MAX_KEYS:,} keys that are no text")
            name = key if type(key) is str else self._key(self.value(key, depth))
            found[name] = item if type(item) in PLAIN else self.value(item, depth)
        return found

    def _float(self, content: Any, depth: int) -> float:
        return {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}[content]

    def _integer(self, content: Any, depth: int) -> int:
        if len(content) > MAX_INTEGER_BITS // 4 + 4:
            raise WireError("an integer is too long")
        return int(content, 16)

    def _complex(self, content: Any, depth: int) -> complex:
        real, imaginary = content
        return complex(self.value(real, depth), self.value(imaginary, depth))

    def _opaque(self, content: Any, depth: int) -> Opaque:
        if type(content) is not str:
            raise WireError("a type's name is no text")
        return Opaque(content[:200])

    def _buffer(self, index: Any) -> Any:
        """A buffer, once: else a small frame could be read into any amount of memory."""
        if type(index) is not int or index < 0:
            raise WireError("a buffer's number is no number")
        buffer, self._buffers[index] = self._buffers[index], None
        if buffer is None:
            raise WireError("a buffer is read twice")
        return buffer

    def _counted(self, content: Any, each: int = 1) -> list[Any]:
        """A list, and so many parts more of the value for each of its items."""
        items = self._list(content)
        self._parts += each * len(items)
        if self._parts > MAX_NODES:
            raise WireError(f"a value has more than {MAX_NODES:,} parts")
        return items

    @staticmethod
    def _list(content: Any) -> list[Any]:
        if type(content) is not list:
            raise WireError("a list was due")
        return content

    @staticmethod
    def _key(key: Any) -> Any:
        return key if isinstance(key, (str, int, float, bool, tuple, type(None))) else repr(key)


PLAIN = frozenset([bool, int, float, str, type(None)])
READERS: dict[str, Callable[[Decoder, Any, int], Any]] = {
    "a": Decoder._array, "t": Decoder._array, "s": Decoder._scalar, "L": Decoder._floats,
    "l": Decoder._items, "u": Decoder._tuple, "d": Decoder._dict,
    "f": Decoder._float, "i": Decoder._integer, "z": Decoder._complex, "o": Decoder._opaque,
}  # fmt: skip
