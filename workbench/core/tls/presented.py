"""What each certificate that a server presented is for: its place in the chain, or none."""

import enum

from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import order_chain


class Place(enum.Enum):
    """``TWICE`` was presented before; a ``STRANGER`` issued nothing that leads to the leaf."""

    LEAF = enum.auto()
    INTERMEDIATE = enum.auto()
    OUT_OF_ORDER = enum.auto()
    ROOT = enum.auto()
    TWICE = enum.auto()
    STRANGER = enum.auto()


def places(presented: tuple[Certificate, ...]) -> tuple[Place, ...]:
    """The place of each of ``presented``, in their order (RFC 8446 4.4.2: leaf first, each followed by its issuer)."""
    if not presented:
        return ()
    path = order_chain(presented, presented[0])
    found = []
    expected = 0
    for position, certificate in enumerate(presented):
        if certificate in presented[:position]:
            found.append(Place.TWICE)
        elif certificate not in path:
            found.append(Place.STRANGER)
        elif position == 0:
            found.append(Place.LEAF)
            expected = 1
        else:
            in_order = path.index(certificate) == expected
            expected = path.index(certificate) + 1
            kind = Place.ROOT if certificate.is_self_issued else Place.INTERMEDIATE
            found.append(kind if in_order or kind is Place.ROOT else Place.OUT_OF_ORDER)
    return tuple(found)
