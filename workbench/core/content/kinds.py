"""What a body is: by its media type (RFC 9110 8.3.1), else by how it begins."""

import enum
import re


class Kind(enum.Enum):
    """What a body is."""

    EMPTY = "empty"
    JSON = "json"
    XML = "xml"
    HTML = "html"
    CSV = "csv"
    EVENTS = "events"
    TEXT = "text"
    PICTURE = "picture"
    PDF = "pdf"
    BINARY = "binary"

    @property
    def is_text(self) -> bool:
        """Whether it can be read as text."""
        return self in (Kind.JSON, Kind.XML, Kind.HTML, Kind.CSV, Kind.EVENTS, Kind.TEXT)


_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_PICTURES = frozenset({"png", "jpeg", "jpg", "gif", "webp", "svg+xml", "bmp", "x-icon", "vnd.microsoft.icon"})
_TABLES = frozenset({"csv", "tab-separated-values", "comma-separated-values", "x-csv"})
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type(content_type: str) -> str:
    """The media type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def says_json(content_type: str) -> bool:
    """Whether a Content-Type says that a body is JSON, or lines of it (RFC 6839 3.1)."""
    subtype = media_type(content_type).partition("/")[2]
    return subtype in ("json", "x-ndjson", "jsonl") or subtype.endswith("+json")


def kind_of(data: bytes, content_type: str) -> Kind:
    """What a body is that begins with ``data``."""
    if not data:
        return Kind.EMPTY
    main, _slash, sub = media_type(content_type).partition("/")
    if main == "image" and sub in _PICTURES:
        return Kind.PICTURE
    if says_json(content_type):
        return Kind.JSON
    if sub in ("html", "xhtml+xml"):
        return Kind.HTML
    if sub == "xml" or sub.endswith("+xml"):
        return Kind.XML
    if sub in _TABLES:
        return Kind.CSV
    if sub == "event-stream":
        return Kind.EVENTS
    if sub in ("pdf", "x-pdf"):
        return Kind.PDF
    if main == "text" or sub in ("javascript", "x-www-form-urlencoded", "yaml", "x-pem-file", "graphql"):
        return _sniffed(data) if sub == "plain" else Kind.TEXT
    return _sniffed(data)


def _sniffed(data: bytes) -> Kind:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return Kind.PICTURE
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith((b"<!doctype html", b"<html")):
        return Kind.HTML
    if head.startswith(b"<?xml"):
        return Kind.XML
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Kind.TEXT
    if _CONTROLS.search(data[:4096]):
        return Kind.BINARY
    return Kind.JSON if head[:1] in (b"{", b"[") and head[-1:] else Kind.TEXT
