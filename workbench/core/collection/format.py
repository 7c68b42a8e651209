"""What the two formats have in common: texts in, texts out, no files."""

from typing import Protocol

from workbench.core.collection.example import Example
from workbench.core.collection.head import Head
from workbench.core.draft import Defaults, Draft, Environment


def is_newer(version: str, known: int) -> bool:
    """Whether the first number of a file's format, which may have any length, is above the one that is known."""
    major = version.partition(".")[0].lstrip("0")
    return major.isdecimal() and (len(major) > len(str(known)) or int(major) > known)


class Format(Protocol):
    """A way to write saved requests. Every method that takes a text raises ``Malformed``.

    Methods that change a text leave all lines that need not change as they are, and give back the
    very same text when nothing changes.
    """

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What names of requests' files end with; new ones get the first."""

    @property
    def marker(self) -> str:
        """The file that makes a folder a collection of this format."""

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

    def hasty_head(self, source: str) -> Head | None:
        """The head as far as it can be told without looking whether the rest is whole."""

    def newer(self, marker: str) -> str:
        """The version that the marker file names when it is beyond what is understood here, else ""."""

    def collection_name(self, marker: str) -> str:
        """The name in the marker file, or ""."""

    def ignored(self, marker: str) -> tuple[str, ...]:
        """Paths that the marker file keeps out of the tree."""

    def new_marker(self, name: str) -> str:
        """The marker file of a new collection."""

    def renamed_marker(self, marker: str, name: str) -> str:
        """The marker file of a collection under another name."""

    def read_item(self, source: str) -> Draft:
        """The request in a file."""

    def edited_item(self, source: str, draft: Draft) -> str:
        """The file so that it reads as ``draft``."""

    def new_item(self, draft: Draft, seq: int) -> str:
        """A new file."""

    def renamed(self, source: str, name: str) -> str:
        """The file of a request or folder under another name."""

    def placed(self, source: str, seq: int) -> str:
        """The file of a request or folder at another place among its siblings."""

    def new_folder(self, name: str, seq: int | None) -> str:
        """A new folder's own file."""

    def read_defaults(self, source: str) -> Defaults:
        """What a folder's or collection's own file gives to the requests below."""

    def edited_defaults(self, source: str, defaults: Defaults) -> str:
        """That file so that it reads as ``defaults``."""

    def read_environment(self, source: str, name: str) -> Environment:
        """The environment in a file; ``name`` is the file's."""

    def edited_environment(self, source: str, environment: Environment) -> str:
        """That file so that it reads as ``environment``."""

    def new_environment(self, environment: Environment) -> str:
        """A new environment's file."""

    def embedded(self, marker: str) -> tuple[Environment, ...]:
        """The environments in the marker file."""

    def edited_embedded(self, marker: str, name: str, environment: Environment | None) -> str:
        """The marker file with the environment ``name`` in it as wanted, without it for None."""

    def examples(self, source: str) -> tuple[Example, ...]:
        """The examples in a request's file."""

    def with_example(self, source: str, example: Example) -> str:
        """The file with one more example."""
