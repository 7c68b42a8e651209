"""An SVG from elsewhere without what leads elsewhere: what is left can be drawn, and opens nothing.

Renderers follow links: pictures by path or address, style sheets by processing instruction or ``@import``, drawings
inside drawings. Here only elements that draw are kept, links only to elements of the same document, and pictures only
as PNG, JPEG, GIF or WebP in ``data:`` URLs. What would be drawn millions of times, one ``<use>`` of another, is refused
before it is.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from workbench.core.i18n import _, number

MOST_DRAWN: Final = 200_000
"""Elements that may be drawn, one as often as it is used."""

_SVG: Final = "http://www.w3.org/2000/svg"
_DRAWN: Final = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "switch", "a", "title", "desc", "metadata", "style", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textArea", "tbreak"),
        *("linearGradient", "radialGradient", "solidColor", "stop", "mask", "marker", "pattern", "clipPath", "filter"),
        *("feBlend", "feColorMatrix", "feComposite", "feFlood", "feGaussianBlur", "feMerge", "feMergeNode", "feOffset"),
    }
)
_OUTSIDE: Final = re.compile(r"\\|@import|image-set|(?:url|src)\s*\((?!\s*+(?:['\"]\s*+)?#)", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"url\s*\(\s*+(?:['\"]\s*+)?#([^'\")]*)", re.IGNORECASE)
_DATA: Final = re.compile(r"\s*data:[^,]*;base64\s*,(.*)", re.IGNORECASE | re.DOTALL)
_RASTER: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")


class Refused(ValueError):
    """It is no drawing, or none that is drawn here; the text says why, for a person."""


def harmless(svg: bytes) -> bytes:
    """``svg`` in UTF-8 with nothing in it that refers to anything outside. Raises ``Refused``."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(svg, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(_("It is not well-formed XML: {reason}.").format(reason=error)) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise Refused(_("It declares entities, which are not supported."))
    if _local(root) != "svg":
        raise Refused(_("It is XML, but not an SVG image."))
    _clean(root)
    if _drawn(root) > MOST_DRAWN:
        raise Refused(
            _("Its elements reference each other so often that more than {most} would be drawn.").format(
                most=number(MOST_DRAWN)
            )
        )
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _clean(root: "etree._Element") -> None:
    for element in list(root.iter()):
        above = element.getparent()
        leads_out = _local(element) == "style" and _OUTSIDE.search("".join(element.itertext())) is not None
        if above is not None and (_local(element) not in _DRAWN or leads_out):
            above.remove(element)
            continue
        for name, value in element.attrib.items():
            kept = _without_links(element, etree.QName(name).localname, value)
            if kept is None:
                del element.attrib[name]
            elif kept != value:
                element.attrib[name] = kept


def _without_links(element: "etree._Element", name: str, value: str) -> str | None:
    if name == "href":
        if value.lstrip().startswith("#"):
            return value
        return _raster(value) if _local(element) == "image" else None
    return value if name != "base" and not name.startswith("on") and _OUTSIDE.search(value) is None else None


def _raster(url: str) -> str | None:
    # Decided by the bytes, as the renderer decides, and written anew: the media type may say image/png of another
    # drawing, and which part of an odd URL is the picture is then no question.
    found = _DATA.fullmatch(url)
    try:
        data = base64.b64decode("".join(found[1].split()), validate=True) if found is not None else b""
    except (binascii.Error, ValueError):
        return None
    if data.startswith(_RASTER) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "data:;base64," + base64.b64encode(data).decode("ascii")
    return None


def _local(element: "etree._Element") -> str:
    if not isinstance(element.tag, str):
        return ""  # an entity that was not resolved
    name = etree.QName(element.tag)
    return name.localname if name.namespace in (None, _SVG) else ""


def _drawn(root: "etree._Element") -> int:
    """How many elements are drawn, each as often as others use it. Raises ``Refused`` for circles."""
    named = {name: element for element in root.iter() if (name := element.get("id"))}
    counts: dict[etree._Element, int] = {}
    open_ones: set[etree._Element] = set()
    waiting = [root]
    while waiting:
        element = waiting[-1]
        if element in counts:
            waiting.pop()
            continue
        below = [*element, *_used(element, named)]
        if element in open_ones:
            counts[element] = min(1 + sum(counts[one] for one in below), MOST_DRAWN + 1)
            open_ones.discard(element)
            waiting.pop()
            continue
        open_ones.add(element)
        for one in below:
            if one in open_ones:
                raise Refused(_("One of its elements references itself."))
            if one not in counts:
                waiting.append(one)
    return counts[root]


def _used(element: "etree._Element", named: "dict[str, etree._Element]") -> "Iterator[etree._Element]":
    for name, value in element.attrib.items():
        if etree.QName(name).localname == "href" and _local(element) != "a":
            targets = [value.strip().removeprefix("#")]
        else:
            targets = [target.strip() for target in _REFERENCE.findall(value)]
        yield from (named[target] for target in targets if target in named)
