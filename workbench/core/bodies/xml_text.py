"""XML as people write it in a request: well-formed or not, and laid out. Nothing outside the text is ever read."""

import re
from typing import Any

from workbench.core.bodies.problem import Problem, problem_at, unfit
from workbench.core.i18n import _

_INDENT = "  "
_DEEPEST = 200
_VARIABLE = re.compile(r"\{\{[^{}<>&]*\}\}")
_DECLARATION = re.compile(r"\s*<\?xml\s.*?\?>", re.DOTALL)
_ENCODING = re.compile(r"""(<\?xml\s[^>]*?)encoding\s*=\s*(["'])[^"']*\2""")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def xml_problem(text: str) -> Problem | None:
    """The first place where ``text`` is not well-formed, whatever its variables may stand for."""
    from lxml import etree  # costs a tenth of a second

    plain = _VARIABLE.sub(lambda match: "_" * len(match[0]), text)
    if _VARIABLE.match(text.lstrip()) and "<" not in plain:
        return None
    try:
        etree.fromstring(_utf8(plain), _parser())
    except etree.XMLSyntaxError as error:
        return _told(plain, error)
    except ValueError as error:  # a character that XML has not
        return Problem(str(error), 1, 1)
    return None


def _parser(*, strip_cdata: bool = True) -> Any:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=strip_cdata
    )


def _utf8(text: str) -> bytes:
    # What it declares is what it will be sent in; here it is UTF-8.
    return _ENCODING.sub(r"\1encoding='UTF-8'", text, count=1).encode("utf-8", "replace")


def _told(text: str, error: Any) -> Problem:
    line, column = error.position
    said = str(error.msg or error).partition(", line ")[0]
    lines = text.split("\n")
    number = min(max(line, 1), len(lines))
    written = lines[number - 1].encode("utf-8", "replace")
    column = len(written[: max(column - 1, 0)].decode("utf-8", "ignore")) + 1
    return Problem(_("This is not well-formed XML: {reason}.").format(reason=said), number, column)


def tidy_xml(text: str) -> str:
    """``text``, which is well-formed, with an element on each line; text that is mixed with elements stays as it is."""
    from lxml import etree

    names = _Names(text)
    try:
        root = etree.fromstring(_utf8(names.masked), _parser(strip_cdata=False))
    except etree.XMLSyntaxError as error:
        raise unfit(_told(text, error)) from error
    if _is_element_only(root):
        _indent(root, 0)
    tree = root.getroottree()
    out = etree.tostring(tree, encoding="unicode")
    declared = _DECLARATION.match(text)
    if declared:
        out = f"{declared[0].strip()}\n{out}"
    return names.restored(out).strip()


class _Names:
    """Variables replaced by names of which each says which one it was."""

    def __init__(self, text: str) -> None:
        stem = "v"
        while stem in text:
            stem += "v"
        self._stem = stem
        self._found: list[str] = []
        self.masked = _VARIABLE.sub(self._mask, text)

    def _mask(self, match: "re.Match[str]") -> str:
        self._found.append(match[0])
        return f"{self._stem}{len(self._found) - 1}_"

    def restored(self, text: str) -> str:
        return re.sub(rf"{self._stem}(\d+)_", lambda match: self._found[int(match[1])], text)


def _is_element_only(element: Any) -> bool:
    if len(element) == 0 or element.get(_PRESERVE) == "preserve":
        return False
    texts = [element.text, *(child.tail for child in element)]
    return not any(text and text.strip() for text in texts) and not any(_is_entity(child) for child in element)


def _is_entity(node: Any) -> bool:
    from lxml import etree

    return node.tag is etree.Entity


def _indent(element: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise unfit(problem_at("", 0, _("It is nested too deeply.")))
    inner, outer = "\n" + _INDENT * (depth + 1), "\n" + _INDENT * depth
    element.text = inner
    for child in element:
        child.tail = inner
        if isinstance(child.tag, str) and _is_element_only(child):
            _indent(child, depth + 1)
    element[-1].tail = outer
