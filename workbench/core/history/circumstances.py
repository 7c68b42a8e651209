"""What surrounds an exchange and is not part of it."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where a draft came from and what held when it was sent.

    ``secrets`` are the exact values that must not be kept anywhere: those of secret variables, passwords and tokens
    that were filled in. ``at`` is when it ended, None for now.
    """

    environment: str = ""
    collection: Path | None = None
    item: Path | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)
    at: datetime | None = None
