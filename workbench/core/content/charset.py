"""Which charset a body is in, and its text (RFC 9110 8.3.2, RFC 8259 8.1)."""

import codecs
import re

from workbench.core.i18n import _

# Codecs that Python calls text encodings but that are no charsets, or far too slow on what a server may send.
_REFUSED = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PARAMETER = re.compile(r";\s*charset\s*=\s*(?:\"([^\"]*)\"|([^\s;]+))", re.IGNORECASE)
_DECLARED = re.compile(
    rb"(?:<\?xml[^<>]*\sencoding|<meta[^<>]*\scharset)\s*=\s*+(?:[\"']\s*+)?([\w.:-]+)", re.IGNORECASE
)
_META = re.compile(rb"<meta[^<>]*content\s*=\s*[\"'][^\"'<>]*charset=([\w.:-]+)", re.IGNORECASE)
_WIDE = re.compile(r"(utf|ucs)[-_ ]?(16|32|2|4)([-_ ]?[bl]e)?")


def charset_of(data: bytes, content_type: str) -> str:
    """The charset as Content-Type, a byte order mark, or the document's own head names it, else UTF-8."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    named = _PARAMETER.search(content_type)
    if named:
        return _with_order((named[1] or named[2] or "").strip().lower(), data)
    declared = _DECLARED.search(data[:1024]) or _META.search(data[:1024])
    charset = declared[1].decode("ascii").lower() if declared else "utf-8"
    # Whoever could read that it is in two bytes a character has read single ones (WHATWG HTML 13.2.3.2).
    return "utf-8" if _is_wide(charset) else charset


def _is_wide(charset: str) -> bool:
    return _WIDE.fullmatch(charset) is not None


def _with_order(charset: str, data: bytes) -> str:
    """UTF-16 and UTF-32 without a mark, in the order of bytes that puts the zeros of ASCII where they are."""
    normal = codecs.lookup(charset).name if is_charset(charset) else ""
    width = {"utf-16": 2, "utf-32": 4}.get(normal)
    if width is None:
        return charset
    first, last = data[:1024:width].count(0), data[width - 1 : 1024 : width].count(0)
    return f"{normal}-be" if first > last else f"{normal}-le"


def decode(data: bytes, charset: str, *, whole: bool) -> tuple[str, tuple[str, ...]]:
    """The text and notices on what did not decode. ``whole`` off forgives a character that was cut in two."""
    if is_charset(charset):
        try:
            return codecs.getincrementaldecoder(charset)("strict").decode(data, final=whole), ()
        except UnicodeError as error:
            return data.decode(charset, "replace"), (undecodable(charset, error),)
    notice = _("The server declared the unknown charset “{charset}”: shown as UTF-8.").format(charset=charset[:40])
    return data.decode("utf-8", "replace"), (notice,)


def undecodable(charset: str, error: UnicodeError, before: int = 0) -> str:
    """A notice on what does not decode; ``before`` are the bytes before those that the error speaks of.

    Python's multibyte codecs do not tell the place of an escape sequence that they wait too long for.
    """
    if not isinstance(error, UnicodeDecodeError):
        return _("Not valid {charset}: bytes that cannot be decoded are shown as �.").format(charset=charset)
    return _("Not valid {charset} at byte {place}: bytes that cannot be decoded are shown as �.").format(
        charset=charset, place=before + error.start
    )


def is_charset(name: str) -> bool:
    """Whether a text can be in it: Python calls more than charsets encodings."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):  # unknown, or not even a name
        return False
    normal = codec.name.replace("-", "_").lower()
    return codec._is_text_encoding and normal not in _REFUSED  # noqa: SLF001  # base64, zlib … are codecs too
