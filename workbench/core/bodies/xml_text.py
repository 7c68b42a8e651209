"""XML as people write it in a request: well-formed or not, and laid out. Nothing outside the text is ever read."""

import re
from typing import Any

from workbench.core.bodies.placeholders import Placeholders
from workbench.core.bodies.problems import Problem, problem_at, unfit
from workbench.core.i18n import _

_INDENT = "  "
_DEEPEST = 200
_VARIABLE = re.compile(r"\{\{[^{}<>&]*\}\}")
# All that may stand before the root element (XML 1.0 2.8); it stays as it is written.
_PROLOG = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL)
_ENCODING = re.compile(r"""\A([\s\ufeff]*<\?xml\s[^>]*?)encoding\s*=\s*(["'])[^"']*\2""")
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
    number = min(max(line, 1), text.count("\n") + 1)
    return Problem(_("This is not well-formed XML: {reason}.").format(reason=said), number, max(column, 1))


def tidy_xml(text: str) -> str:
    """``text``, which is well-formed, with an element on each line; text that is mixed with elements stays as it is."""
    from lxml import etree

    if "<" not in text:  # all of it is variables
        return text
    names = Placeholders(text, _VARIABLE)
    try:
        root = etree.fromstring(_utf8(names.masked), _parser(strip_cdata=False))
    except etree.XMLSyntaxError as error:
        raise unfit(_told(text, error)) from error
    if _is_element_only(root):
        _indent(root, 0)
    prolog = _PROLOG.match(text)
    before = prolog[0].strip() if prolog else ""
    behind = (etree.tostring(node, encoding="unicode", with_tail=False) for node in root.itersiblings())
    element = etree.tostring(root, encoding="unicode", with_tail=False)
    return "\n".join(filter(None, (before, *(names.restored(each) for each in (element, *behind)))))


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
