"""What the two formats have in common: texts in, texts out, no files."""

from typing import Protocol

from workbench.core.collection.head import Head
from workbench.core.draft import Draft


class Format(Protocol):
    """A way to write saved requests. Every method that takes a text raises ``Malformed``."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What names of requests' files end with; new ones get the first."""

    @property
    def root_file(self) -> str:
        """The name of the file that holds the collection's defaults."""

    @property
    def folder_file(self) -> str:
        """The name of the file that holds a folder's defaults."""

    def plain_head(self, source: str, *, whole: bool) -> Head | None:
        """The head of a file where that is cheap to tell; of a long one only the beginning is given."""

    def head(self, source: str) -> Head:
        """The head of a file."""

    def collection_name(self, source: str) -> str:
        """The name in a collection's own file, or ""."""

    def ignored(self, source: str) -> tuple[str, ...]:
        """Paths that a collection's own file keeps out of the tree."""

    def read_item(self, source: str) -> Draft:
        """The request in a file."""
