"""JSON documents of the program's own: objects that name the version of their format.

::

    {"format": 1, …}

A version that changes what a document means counts the format up. An older program then leaves the document alone
and says so, instead of misreading it and writing what it does not know out of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.core.errors import NewerFormat
from workbench.core.files.writing import told, write_private
from workbench.core.i18n import _

_FORMAT = "format"


class Damaged(ValueError):
    """What should be a document is none; the message says why."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of document.

    ``version`` is the newest that this program reads, and the one that it writes. ``newer`` and ``newer_hint`` are
    what a person is told about a document of a newer one: what it is (``{name}`` stands for the document's own
    name), and what follows. ``unnamed`` is the version of a document that names none; None: that is damage.
    """

    version: int
    newer: str
    newer_hint: str = _("Update the program. The file was not changed.")
    unnamed: int | None = None

    def read(self, path: Path) -> dict[str, Any]:
        """What the document in a file holds. Raises ``OSError``, ``Damaged``, ``NewerFormat``."""
        content = path.read_bytes()
        try:
            document = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Damaged(str(error)) from error
        return self.checked(document, path)

    def checked(self, document: object, path: Path | None = None) -> dict[str, Any]:
        """What ``document`` holds, if it is one of this format. Raises ``Damaged``, ``NewerFormat``."""
        if not isinstance(document, dict):
            raise Damaged(_("It is not a JSON object."))
        found = document.get(_FORMAT, self.unnamed)
        if type(found) is not int or found < 1:
            raise Damaged(_("It does not name its format."))
        self.refuse_newer(found, path, str(document.get("name", "")))
        return {name: value for name, value in document.items() if name != _FORMAT}

    def refuse_newer(self, found: int, path: Path | None = None, name: str = "") -> None:
        """Raise ``NewerFormat`` when this program does not know version ``found``."""
        if found > self.version:
            which = _("{path} has format {found}; this version supports {known}.")
            if path is None:
                which = _("It has format {found}; this version supports {known}.")
            detail = which.format(path=path, found=found, known=self.version)
            raise NewerFormat(self.newer.format(name=name), detail=detail, hint=self.newer_hint)

    def marked(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """``content`` with the version that is written."""
        return {_FORMAT: self.version} | {name: value for name, value in content.items() if name != _FORMAT}

    def encode(self, content: Mapping[str, Any], *, indent: int | None = 2) -> bytes:
        """The document as a file holds it; without ``indent`` in one line, which is quicker."""
        separators = (",", ":") if indent is None else None
        text = json.dumps(self.marked(content), indent=indent, separators=separators, ensure_ascii=False)
        return (text + "\n").encode("utf-8", "surrogatepass")  # paths that are not UTF-8; ``json.loads`` reads them

    def write(self, path: Path, content: Mapping[str, Any], *, indent: int | None = 2) -> None:
        """Put the document in place of what is in the file. Raises ``StorageError``."""
        with told(path):
            write_private(path, self.encode(content, indent=indent))
