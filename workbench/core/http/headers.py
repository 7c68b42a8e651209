"""Header fields: checked as RFC 9110 5 has them, and those that we add."""

import base64
import re

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Headers, Request
from workbench.core.url import URL
from workbench.version import __version__

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_BODY_METHODS = ("POST", "PUT", "PATCH")
RawHeaders = list[tuple[bytes, bytes]]


def check_method(method: str) -> str:
    """The method as it is sent. Raises ``InvalidInput`` unless it is a token (RFC 9110 9.1)."""
    if not _TOKEN.fullmatch(method):
        raise InvalidInput(
            _("The method cannot be used."),
            detail=_("“{method}” must consist of letters, digits and !#$%&'*+-.^_`|~.").format(method=method),
            hint=_("Write a method such as GET or POST."),
        )
    return method


def check(headers: Headers) -> None:
    """Raise ``InvalidInput`` for a name or value that would break out of its line or is no header at all."""
    for name, value in headers:
        if not _TOKEN.fullmatch(name):
            raise InvalidInput(
                _("A header has an invalid name."),
                detail=_("“{name}” must consist of letters, digits and !#$%&'*+-.^_`|~.").format(
                    name=name.encode("unicode_escape").decode("ascii")
                ),
                hint=_("Correct the header's name."),
            )
        bad = next((c for c in value if _is_bad(ord(c))), None)
        if bad is not None:
            raise InvalidInput(
                _("The header “{name}” has an invalid value.").format(name=name),
                detail=_("The character U+{code:04X} at position {n} is a line break or not text.").format(
                    code=ord(bad), n=value.index(bad) + 1
                ),
                hint=_("Remove it; a header's value is one line."),
            )


def _is_bad(code: int) -> bool:
    return (code < 0x20 and code != 0x09) or code == 0x7F or 0xD800 <= code <= 0xDFFF


def complete(request: Request, url: URL, body_size: int | None) -> Headers:
    """The headers as they go out: the request's own in their order, before them what HTTP needs and nobody gave.

    ``body_size`` None means that the size is not known and the body goes out in chunks. Raises ``InvalidInput``
    for a length that is not the body's: nothing after it could be told apart (RFC 9112 6.3).
    """
    _check_framing(request.headers, body_size)
    given = {name.lower() for name, _value in request.headers}
    ours: list[tuple[str, str]] = []
    if "host" not in given:
        ours.append(("Host", url.authority))
    defaults = [
        ("User-Agent", f"mtls-workbench/{__version__}"),
        ("Accept", "*/*"),
        ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ]
    if url.user is not None:
        pair = f"{url.user}:{url.password or ''}".encode()
        defaults.append(("Authorization", "Basic " + base64.b64encode(pair).decode("ascii")))
    if "transfer-encoding" not in given:
        if body_size is None:
            defaults.append(("Transfer-Encoding", "chunked"))
        elif body_size or request.method.upper() in _BODY_METHODS:
            defaults.append(("Content-Length", str(body_size)))
    ours += [(name, value) for name, value in defaults if name.lower() not in given]
    return (*ours, *request.headers)


def _check_framing(headers: Headers, body_size: int | None) -> None:
    for name, value in headers:
        kind, said = name.lower(), value.strip()
        if kind == "content-length" and body_size is not None and said != str(body_size):
            raise InvalidInput(
                _("The header “{name}” does not match the body.").format(name=name),
                detail=_("It is {said}, but the body has {size} bytes.").format(said=said, size=body_size),
                hint=_("Remove the header; the right value is added when sending."),
            )
        if kind == "transfer-encoding" and said.lower() != "chunked":
            raise InvalidInput(
                _("The header “{name}” has an invalid value.").format(name=name),
                detail=_("A body can be sent whole or “chunked”, not “{said}”.").format(said=said),
                hint=_("Remove the header."),
            )


def encode(headers: Headers) -> RawHeaders:
    """Bytes for the wire: Latin-1 where it suffices, as servers read it, else UTF-8."""
    return [(name.encode("ascii"), _encode_value(value.strip())) for name, value in headers]


def _encode_value(value: str) -> bytes:
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode("utf-8")


def decode(headers: RawHeaders) -> Headers:
    """Text from the wire: UTF-8 where it is that, else Latin-1, which takes anything."""
    return tuple((_decode(name), _decode(value)) for name, value in headers)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
