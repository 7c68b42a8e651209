"""What the palette offers of collections: saved requests, environments of what is in front, collections."""

from collections.abc import Iterator
from functools import partial

from workbench.core.collection.location import DraftLocation
from workbench.core.i18n import _
from workbench.ui.models.library_lines import LibraryLine, method_of
from workbench.ui.palette.entry import Entry, Kind
from workbench.ui.windows.pages import Pages
from workbench.ui.windows.search_providers import SearchProviders


def offer_collections(search: SearchProviders, pages: Pages) -> None:
    """Let the palette of a window find what its collections hold."""
    search.add_source("requests", _Requests(pages), in_worker=True)
    pages.library.shown.connect(lambda: search.palette.prepare("requests"))
    search.add_source("environments", partial(_environments, pages))
    search.add_source("collections", partial(_collections, pages))


class _Requests:
    """Every saved request, made in the worker, and only when the collections changed: there may be ten thousand."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._lines: tuple[LibraryLine, ...] = ()
        self._made: dict[DraftLocation, tuple[LibraryLine, str, Entry]] = {}  # with what each was made of
        self._entries: tuple[Entry, ...] = ()

    def __call__(self) -> tuple[Entry, ...]:
        lines = self._pages.library.library().lines
        if lines is not self._lines:
            self._lines = lines
            known, self._made = self._made, {}
            for root in lines:
                for line in filter(_is_found, _every(root)):
                    before = known.get(line.location)
                    if before is None or before[0] is not line or before[1] != root.name:
                        before = (line, root.name, self._entry(root, line))
                    self._made[line.location] = before
            self._entries = tuple(entry for _line, _root, entry in self._made.values())
        return self._entries

    def _entry(self, root: LibraryLine, line: LibraryLine) -> Entry:
        above = line.location.item.parent.as_posix() if line.location.item is not None else "."
        where = root.name if above == "." else f"{root.name} / {above}"
        return Entry(
            Kind.REQUEST, f"{method_of(line)} {line.name}", where, partial(self._pages.files.open, line.location)
        )


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
        Entry(Kind.COLLECTION, line.name, str(line.location.collection), partial(pages.reveal, line.location))
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


def _is_found(line: LibraryLine) -> bool:
    return line.is_openable and not line.trouble and line.location.item is not None


def _every(line: LibraryLine) -> Iterator[LibraryLine]:
    yield line
    for below in line.lines:
        yield from _every(below)
