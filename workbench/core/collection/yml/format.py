"""OpenCollection as a format: which files there are, and how their texts are read and changed."""

from typing import Final

from workbench.core.collection.head import Head
from workbench.core.collection.yml.data import mapping, rows, text
from workbench.core.collection.yml.head import head_of, plain_head
from workbench.core.collection.yml.item import read_item
from workbench.core.collection.yml.source import parse
from workbench.core.draft import Draft


class OpenCollection:
    """OpenCollection 1.0 in YAML. Every method that takes a text raises ``Malformed``."""

    suffixes: Final = (".yml", ".yaml")
    root_file: Final = "opencollection.yml"
    folder_file: Final = "folder.yml"

    def plain_head(self, source: str, *, whole: bool) -> Head | None:
        """The head of a file where that is cheap to tell."""
        return plain_head(source, whole=whole)

    def head(self, source: str) -> Head:
        """The head of a file."""
        return head_of(source)

    def collection_name(self, source: str) -> str:
        """The name in a collection's own file, or ""."""
        return text(mapping(mapping(parse(source).data).get("info")).get("name"))

    def ignored(self, source: str) -> tuple[str, ...]:
        """Paths that a collection's own file keeps out of the tree."""
        bruno = mapping(mapping(mapping(parse(source).data).get("extensions")).get("bruno"))
        return tuple(text(path) for path in rows(bruno.get("ignore")))

    def read_item(self, source: str) -> Draft:
        """The request in a file."""
        return read_item(parse(source).data)
