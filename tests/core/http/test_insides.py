"""What our HTTP connections touch inside httpcore2, h2, h11 and hyperframe is still there, and still used.

When a test fails after an upgrade: read what changed in the library, see that the subclass still does what it says,
and only then raise the bounds in ``pyproject.toml``.
"""

import inspect
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Any

import h2.connection
import h11
import httpcore2
import hyperframe.frame
import pytest
from h11._receivebuffer import ReceiveBuffer
from packaging.requirements import Requirement
from packaging.version import Version

from workbench.core.http.http1 import Buffer
from workbench.core.http.http2 import HTTP2Connection, _Protocol

_HTTP2 = httpcore2.AsyncHTTP2Connection
_H2 = h2.connection.H2Connection
_ORIGIN = httpcore2.Origin(b"https", b"localhost", 443)

# Each override, and the method of the library that has to call it.
_OVERRIDES: dict[tuple[type, type], dict[str, Callable[..., Any]]] = {
    (HTTP2Connection, _HTTP2): {
        "_send_request_body": _HTTP2.handle_async_request,
        "_wait_for_outgoing_flow": _HTTP2._send_stream_data,
        "_receive_response": _HTTP2.handle_async_request,
        "_receive_response_body": httpcore2._async.http2.HTTP2ConnectionByteStream.__aiter__,
        "_receive_stream_event": _HTTP2._receive_response,
        "_receive_events": _HTTP2._receive_stream_event,
        "_read_incoming_data": _HTTP2._receive_events,
        "_response_closed": httpcore2._async.http2.HTTP2ConnectionByteStream.aclose,
    },
    (_Protocol, _H2): {
        "_receive_frame": _H2.receive_data,
        "_receive_goaway_frame": _H2.__init__,
    },
    (Buffer, ReceiveBuffer): {
        "maybe_extract_at_most": h11._readers.ContentLengthReader.__call__,
    },
}
_PUBLIC = {
    *("READ_NUM_BYTES", "is_available", "aclose"),  # httpcore2.AsyncConnectionInterface
    "_data",  # ReceiveBuffer's only state, see below
}


def _overrides() -> list[tuple[type, type, str, Callable[..., Any]]]:
    return [(ours, theirs, *pair) for (ours, theirs), names in _OVERRIDES.items() for pair in names.items()]


def _names(code: CodeType) -> set[str]:
    inner = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return {*code.co_names, *(name for part in inner for name in _names(part))}


@pytest.mark.parametrize(
    ("ours", "theirs", "name", "caller"), _overrides(), ids=lambda value: getattr(value, "__name__", value)
)
def test_what_is_overridden(ours: type, theirs: type, name: str, caller: Callable[..., Any]) -> None:
    def parameters(kind: type) -> list[tuple[str, Any]]:
        found = inspect.signature(getattr(kind, name)).parameters.values()
        return [(parameter.name, parameter.kind) for parameter in found]

    assert name in vars(theirs)
    assert parameters(ours) == parameters(theirs)
    assert name in _names(caller.__code__)
    assert inspect.iscoroutinefunction(getattr(ours, name)) == inspect.iscoroutinefunction(getattr(theirs, name))


@pytest.mark.parametrize(("ours", "theirs"), _OVERRIDES)
def test_nothing_else_is_overridden(ours: type, theirs: type) -> None:
    both = {name for name in vars(ours) if hasattr(theirs, name) and not name.startswith("__")} - _PUBLIC
    assert both == set(_OVERRIDES[ours, theirs])


def test_what_is_used_of_an_http2_connection() -> None:
    connection = _HTTP2(_ORIGIN, httpcore2.AsyncMockStream([]))
    used = "_h2_state _origin _events _request_count _read_lock _connection_error"
    assert set(used.split()) <= set(vars(connection))
    assert hasattr(_HTTP2, "_write_outgoing_data")
    assert _HTTP2.CONFIG.client_side


def test_what_is_used_of_h2() -> None:
    protocol = _H2()
    used = (
        "streams local_flow_control_window max_outbound_frame_size acknowledge_received_data reset_stream receive_data"
    )
    assert [name for name in used.split() if not hasattr(protocol, name)] == []
    assert protocol._frame_dispatch_table[hyperframe.frame.GoAwayFrame] == protocol._receive_goaway_frame


def test_what_is_used_of_h11() -> None:
    assert type(h11.Connection(h11.CLIENT)._receive_buffer) is ReceiveBuffer
    assert set(vars(ReceiveBuffer())) == {"_data", "_next_line_search", "_multiple_lines_search"}


def test_a_frame_says_itself_how_it_is_shown() -> None:
    frame = hyperframe.frame.DataFrame(1, b"hush")
    frame._body_repr = lambda: "so many bytes"  # type: ignore[method-assign]
    assert "so many bytes" in repr(frame)


@pytest.mark.parametrize("name", ["httpcore2", "h2", "h11", "hyperframe"])
def test_versions_are_bounded_by_what_was_tested(name: str) -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    declared = {requirement.name: requirement for requirement in map(Requirement, project["dependencies"])}
    installed = Version(version(name))
    assert declared[name].specifier.contains(installed)
    assert not declared[name].specifier.contains(f"{installed.major}.{installed.minor + 1}.0")
