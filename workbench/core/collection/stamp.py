"""What a file held, to know later whether others changed it."""

from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file held when it was read or written; the time only tells that looking again can be spared."""

    digest: bytes
    modified: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stamp) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def stamp_of(content: bytes, modified: int = 0) -> Stamp:
    """The stamp of a file with this content."""
    return Stamp(blake2b(content, digest_size=16).digest(), modified)
