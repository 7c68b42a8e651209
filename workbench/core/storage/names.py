"""Names that people give: any script, unique whatever the case."""

import itertools
import unicodedata
from collections.abc import Container

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

_MAXIMUM = 200


def checked(name: str) -> str:
    """The name without spaces around it, in Unicode normal form C.

    Raises ``InvalidInput`` when nothing is left, when it is over 200 characters, or for control characters.
    """
    normal = unicodedata.normalize("NFC", name).strip()
    if not normal:
        raise InvalidInput(
            _("The name is empty."),
            detail=_("A name needs at least one visible character."),
            hint=_("Enter a name, such as that of the person or system that the certificate is for."),
        )
    bad = next((character for character in normal if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")), None)
    if bad is not None:
        raise InvalidInput(
            _("The name contains a character that is not allowed."),
            detail=_("Character U+{code} at position {position}.").format(
                code=f"{ord(bad):04X}", position=normal.index(bad) + 1
            ),
            hint=_("Enter the name again, on one line."),
        )
    if len(normal) > _MAXIMUM:
        raise InvalidInput(
            _("The name is too long."),
            detail=_("It has {size} characters; the limit is {limit}.").format(size=len(normal), limit=_MAXIMUM),
            hint=_("Choose a shorter name."),
        )
    return normal


def key(name: str) -> str:
    """What two names that count as the same have in common; also the order in which lists show them."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).strip().casefold())


def free(name: str, taken: Container[str]) -> str:
    """``name``, with a number behind it where ``taken`` holds its ``key``."""
    numbered = (f"{name[: _MAXIMUM - 8]} {number}" for number in itertools.count(2))
    return next(one for one in itertools.chain((name,), numbered) if key(one) not in taken)
