"""Secrets in XML: the text of elements, with all that is in them, and the values of attributes, by their names."""

import re
from xml.sax.saxutils import unescape

from workbench.core.masking.names import Note, is_literal, is_secret_name

_PART = re.compile(
    r"(?P<section><!\[CDATA\[)(?P<inner>(?:[^\]]++|\](?!\]>))*+)(?:\]\]>)?"
    r"|(?P<other><(?:!--(?:[^-]++|-(?!->))*+(?:-->)?|[!?][^<>]*+>?))"
    r"""|(?P<tag><(?:[^<>"']++|"[^"<]*+"|'[^'<]*+'|["'])*+>?)"""
    r"|(?P<text>[^<]++)"
)
_NAME = re.compile(r"</?(?:[\w.-]*+:)?([\w.-]*+)")
_ATTRIBUTE = re.compile(
    r"""((?<=[\s"'])(?:[\w.-]++:)?([\w.-]++)\s*+=\s*+)(?:"(?P<double>[^"<]*+)"|'(?P<single>[^'<]*+)')"""
)


def markup_with(text: str, hidden: str, note: Note) -> str:
    """``text`` with ``hidden`` in place of each; ``note`` hears the name and what stood there."""
    return _PART.sub(_Scan(hidden, note).part, text)


class _Scan:
    """Which elements are open: of each, the secret name that its text is under, or nothing."""

    def __init__(self, hidden: str, note: Note) -> None:
        self._hidden, self._note = hidden, note
        self._known: dict[str, str] = {}
        self._under: list[str] = []

    def part(self, match: re.Match[str]) -> str:
        whole, name = match[0], self._under[-1] if self._under else ""
        if match["section"]:
            start = len(match["section"])
            end = start + len(match["inner"])
            return whole[:start] + self._value(name, whole[start:end]) + whole[end:]
        if match["text"]:
            start = len(whole) - len(whole.lstrip())
            return whole[:start] + self._value(name, whole[start:])
        return self._tag(whole, name) if match["tag"] else whole

    def _tag(self, tag: str, name: str) -> str:
        if tag.startswith("</"):
            del self._under[-1:]
            return tag
        if not tag.endswith("/>"):
            found = _NAME.match(tag)
            self._under.append(name or self._secret(found[1] if found else ""))
        return _ATTRIBUTE.sub(self._attribute, tag)

    def _attribute(self, match: re.Match[str]) -> str:
        quote = match[0][-1]
        return match[1] + quote + self._value(self._secret(match[2]), match[match.lastgroup or 0]) + quote

    def _value(self, name: str, given: str) -> str:
        if not name or not is_literal(given):
            return given
        self._note(name, unescape(given.strip()))
        return self._hidden

    def _secret(self, name: str) -> str:
        if name not in self._known:
            secret = name.lower() != "key" and is_secret_name(name)  # XML is full of keys
            self._known[name] = name if secret else ""
        return self._known[name]
