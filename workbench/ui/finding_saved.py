"""What the palette offers of collections: saved requests, environments of what is in front, collections."""

from collections.abc import Iterator
from functools import partial

from workbench.core.i18n import _
from workbench.ui.finding import Finding
from workbench.ui.models.library import Line, method_of
from workbench.ui.pages import Pages
from workbench.ui.palette.entry import Entry, Kind


def offer_saved(finding: Finding, pages: Pages) -> None:
    """Let the palette of a window find what its collections hold."""
    finding.add_source("requests", partial(_requests, pages))
    finding.add_source("environments", partial(_environments, pages))
    finding.add_source("collections", partial(_collections, pages))


def _requests(pages: Pages) -> list[Entry]:
    found = []
    for root in pages.library.library().lines:
        for line in _every(root):
            if line.is_openable and not line.trouble and line.spot.item is not None:
                above = line.spot.item.parent.as_posix()
                where = root.name if above == "." else f"{root.name} / {above}"
                run = partial(pages.files.open, line.spot)
                found.append(Entry(Kind.REQUEST, f"{method_of(line)} {line.name}", where, run))
    return found


def _environments(pages: Pages) -> list[Entry]:
    root = pages.library.library().root(pages.environments.collection())
    if root is None:
        return []
    none = Entry(Kind.ENVIRONMENT, _("no environment"), root.name, partial(pages.environments.choose, ""))
    return [none] + [
        Entry(Kind.ENVIRONMENT, each.name, root.name, partial(pages.environments.choose, each.name))
        for each in root.environments
    ]


def _collections(pages: Pages) -> list[Entry]:
    library = pages.library.library()
    shown = [
        Entry(Kind.COLLECTION, line.name, str(line.spot.collection), partial(pages.reveal, line.spot))
        for line in library.lines
    ]
    return shown + [
        Entry(
            Kind.COLLECTION,
            folder.name,
            _("Open again: {folder}").format(folder=folder),
            partial(pages.bring, [folder]),
        )
        for folder in library.remembered
    ]


def _every(line: Line) -> Iterator[Line]:
    yield line
    for below in line.lines:
        yield from _every(below)
