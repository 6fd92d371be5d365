"""The wire format: what goes in comes out, and nothing malformed gets through."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox.worker.wire import (
    CALL,
    DTYPES,
    MAX_DEPTH,
    MAX_FRAME,
    MAX_KEYS,
    MAX_NODES,
    Decoder,
    Encoder,
    Opaque,
    WireError,
    frame_size,
    pack,
    unpack,
)  # fmt: skip

ARRAYS = hnp.arrays(
    st.sampled_from(sorted(DTYPES)).map(np.dtype), hnp.array_shapes(min_dims=0, max_dims=4, max_side=4, min_side=0)
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.complex_numbers() | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


def trip(value: Any) -> Any:
    encoder = Encoder()
    frame = pack(CALL, {"value": encoder.node(value)}, encoder.buffers)
    channel, header, buffers = unpack(frame)
    assert channel == CALL
    return Decoder(buffers).value(header["value"])


def same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, (float, complex)):
        return type(a) is type(b) and (a == b or repr(a) == repr(b))
    return type(a) is type(b) and bool(a == b)


@given(PLAIN)
def test_plain_values_survive_the_trip(value: Any) -> None:
    assert same(value, trip(value))


@pytest.mark.parametrize("text", ["half a pair: \ud83d", "ß and 😀", type("Text", (str,), {})("a subclass")])
def test_any_text_survives_the_trip(text: str) -> None:
    assert unpack(pack(CALL, {"text": text}))[1] == {"text": text}
    assert same(str(text), trip(text))


def test_numpy_scalars_and_float_lists_keep_their_kind() -> None:
    assert type(trip(np.float32(1.5))) is np.float32
    assert trip([0.5] * 9) == [0.5] * 9
    assert [type(item) for item in trip([np.float64(0.5)] * 9)] == [np.float64] * 9


def test_what_is_no_data_is_known_by_its_type_alone() -> None:
    for value in (object(), lambda: 0, {1, 2}, np.array(["a"]), np.array([None]), 1 << 10_000):
        assert isinstance(trip(value), Opaque)


def test_a_decoded_array_can_be_written_to_and_is_nobody_elses() -> None:
    first, second = trip([np.zeros(3), np.zeros(3)])
    first += 1
    assert second.tolist() == [0, 0, 0]


def test_loops_and_towers_are_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(WireError):
        trip(loop)
    node: Any = 1
    for _ in range(MAX_DEPTH + 2):
        node = {"l": [node]}
    with pytest.raises(WireError):
        Decoder([]).value(node)


def test_both_sides_count_the_parts_of_a_value_alike() -> None:
    most = [*range(MAX_NODES)]
    half = dict.fromkeys(map(str, range(MAX_NODES // 2)), 1)
    assert trip(most) == most
    assert trip(half) == half
    for more in ([*most, 1], {**half, "more": 1}):
        with pytest.raises(WireError, match="parts"):
            trip(more)
    for node in ({"l": [*most, 1]}, {"d": [[key, 1] for key in (*half, "more")]}):
        with pytest.raises(WireError, match="parts"):
            Decoder([]).value(node)


def frame(header: bytes, *buffers: bytes, channel: int = CALL) -> bytes:
    body = header + b"".join(buffers)
    return struct.pack(">IBI", len(body) + 5, channel, len(header)) + body


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\0\0\0\1",
        struct.pack(">IBI", MAX_FRAME + 1, 1, 2),
        struct.pack(">IBI", 7, 1, 200) + b"{}",
        frame(b"{}") + b"x",
        frame(b"[]"),
        frame(b"{"),
        frame(b"\xff\xfe"),
        frame(b"[" * 100_000),
        frame(b'{"buffers": [3]}', b"ab"),
        frame(b'{"buffers": [-1, 3]}', b"ab"),
        frame(b'{"buffers": "3"}', b"abc"),
        frame(b'{"buffers": [true]}', b"a"),
        frame(b"{}", b"left over"),
    ],
)
def test_malformed_frames_are_refused(broken: bytes) -> None:
    with pytest.raises((WireError, struct.error)):
        frame_size(broken)
        unpack(broken)


@pytest.mark.parametrize(
    "node",
    [
        {"a": ["<f8", [2], 0]},  # more elements than bytes
        {"a": ["<f8", [-1], 0]},
        {"a": ["<f4", [1], 0]},  # fewer elements than bytes
        {"l": [{"a": ["<f8", [1], 0]}, {"a": ["<f8", [1], 0]}]},  # a small frame would fill any memory
        {"l": [{"a": ["<f8", [1], 0]}, {"L": ["float", 0]}]},
        {"d": [[number, 0] for number in range(MAX_KEYS + 1)]},
        {"a": ["<f8", [1 << 62, 4], 0]},
        {"a": ["|O", [1], 0]},
        {"a": ["<f8", [1], 5]},
        {"a": ["<f8", [1], -1]},
        {"a": ["<f8", "1", 0]},
        {"a": [["<f8"], [1], 0]},
        {"a": ["<f8", [1]]},
        {"L": ["float"]},
        {"d": [[1]]},
        {"d": {"a": 1}},
        {"l": 3},
        {"f": "1.0"},
        {"f": []},
        {"i": "0x" + "f" * 10_000},
        {"i": 5},
        {"o": 3},
        {"h": [0]},
        {"zz": 1},
        {},
        {"l": [], "u": []},
        [1],
    ],
)
def test_malformed_nodes_are_refused(node: Any) -> None:
    with pytest.raises(WireError):
        Decoder([memoryview(b"12345678")]).value(node)


@given(
    st.binary(max_size=200),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from("aAlLudfizosth"), x, max_size=1),
    ),
)
def test_any_node_decodes_or_is_refused(buffer: bytes, node: Any) -> None:
    try:
        _, header, buffers = unpack(frame(json.dumps({"n": node, "buffers": [len(buffer)]}).encode(), buffer))
        Decoder(buffers).value(header["n"])
    except WireError:
        pass
