"""How long the window's thread is away at the longest, while people do what they do with much in it.

A heartbeat is due every few milliseconds; what it comes late by is a stall. Each scene runs in the real window,
offscreen, with the real worker. A scene is a generator: it does something, says how many milliseconds the person
waits, and goes on; ``until`` waits for what a worker brings. Add scenes to ``SCENES``.
"""

import gc
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar, QTabWidget, QWidget

from tests.support.documents import as_request
from workbench.core.collection.location import DraftLocation
from workbench.core.content.lines import TextLines
from workbench.core.draft import Draft
from workbench.core.exchange import Body, Exchange, Outcome, Response
from workbench.core.request import Request
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.garbage import Collector
from workbench.ui.look import theme
from workbench.ui.response.body.body_view import BodyView
from workbench.ui.response.body.forms import View
from workbench.ui.runner import Runner
from workbench.ui.settings import WindowState
from workbench.ui.windows.main_window import MainWindow

AIM_MS = 50.0
_BEAT_MS = 4
_SIZE = 100 * 1000 * 1000
_PATIENCE = 180.0  # seconds


@dataclass
class Stage:
    """What a scene plays on. ``folder`` is for files that it needs; ``mark`` names what comes next."""

    window: MainWindow
    folder: Path
    stalls: dict[str, float] = field(default_factory=dict)
    part: str = "start"

    def mark(self, part: str) -> None:
        """Stalls from now on belong to ``part``."""
        self.part = part


Part = TypeVar("Part", bound=QWidget)
Scene = Callable[[Stage], Iterator[float]]


def until(happened: Callable[[], bool]) -> Iterator[float]:
    """Wait for something."""
    ends = time.monotonic() + _PATIENCE
    while not happened():
        if time.monotonic() > ends:
            raise TimeoutError
        yield 20


class Heartbeat(QObject):
    """Notes the longest stall of each part of a scene."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        late = max((now - self._last) * 1000 - _BEAT_MS, 0.0)
        self._last = now
        stage = self._stage
        stage.stalls[stage.part] = max(stage.stalls.get(stage.part, 0.0), late)


def large_json(folder: Path) -> Path:
    """A file of 100 MB that is one JSON array."""
    path = folder / "large.json"
    row = {"name": "grün and blue", "mail": "someone@example.org", "tags": ["a", "b"], "nested": {"x": 1.5, "y": None}}
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        number = 0
        while file.tell() < _SIZE:
            file.write("".join(json.dumps({"id": number + n, **row}) + "," for n in range(1000)))
            number += 1000
        file.write("{}]")
    return path


def exchange_of(path: Path, content_type: str) -> Exchange:
    """A response whose body lies in a file."""
    size = path.stat().st_size
    response = Response(200, "OK", headers=(("content-type", content_type),), body=Body(file=path, size=size))
    return Exchange(Request(url="https://localhost/large"), Outcome.RESPONSE, response=response)


def large_response(stage: Stage) -> Iterator[float]:
    """Open 100 MB of JSON; type, scroll, switch and search while it is laid out and after that."""
    exchange = exchange_of(large_json(stage.folder), "application/json")
    page = stage.window.pages.documents
    page.open(Draft())
    page.open(Draft())
    yield 500
    tab = as_request(page.current())
    if tab is None:
        raise RuntimeError
    stage.mark("opening the response")
    tab.show_exchange(exchange)
    yield 400
    body = part(tab, BodyView)
    view = body._text.long
    stage.mark("typing while it is laid out")
    yield from typing(tab)
    stage.mark("scrolling what came, while typing")
    choose(body, View.RAW)
    yield from until(lambda: view.lines().size > 0)
    yield from scrolling(view)
    stage.mark("laying it out")
    choose(body, View.PRETTY)
    yield from until(lambda: view.lines().count > 1_000_000)
    stage.mark("scrolling what is laid out")
    yield from scrolling(view)
    stage.mark("folding")
    for row in (1, 14, 0, 0):
        view.toggle_fold(row)
        yield 50
    stage.mark("searching")
    found: list[int] = []
    body._text.counted.connect(found.append)
    for wanted in ("someone", "GRÜN", "nowhere"):
        found.clear()
        body._text.find_all(wanted)
        yield from until(lambda: bool(found))
        body._text.step_match(1)
        yield 50
    stage.mark("the tree")
    choose(body, View.TREE)
    yield 200
    for _count in range(10):
        body._tree.verticalScrollBar().setValue(body._tree.verticalScrollBar().maximum())
        yield 50
    stage.mark("the dump")
    choose(body, View.HEX)
    yield 200
    yield from scrolling(view)
    stage.mark("switching forms and tabs")
    for _count in range(3):
        for form in (View.RAW, View.PRETTY, View.HEX, View.TREE):
            choose(body, form)
            yield 60
        yield from switching(page, part(tab.response, QTabWidget))
    stage.mark("filtering")
    body._filter_by("$[?@.id > 100000 && @.id < 100010].name")
    yield from typing(tab)
    yield from until(lambda: body._filtered is not None)
    stage.mark("closing")
    page.close_tab(page.indexOf(tab))
    yield 300


def other_bodies(stage: Stage) -> Iterator[float]:
    """1 MB in a plain text edit, 100 MB of CSV, 100 MB without a line end."""
    page = stage.window.pages.documents
    page.open(Draft())
    yield 500
    tab = as_request(page.current())
    if tab is None:
        raise RuntimeError
    body = part(tab, BodyView)
    small = stage.folder / "small.json"
    small.write_text(json.dumps([{"number": number, "name": "grün"} for number in range(14_000)]))
    stage.mark("1 MB of JSON")
    tab.show_exchange(exchange_of(small, "application/json"))
    yield 1500
    yield from scrolling(body._text.small)
    for name, content_type, row in (
        ("100 MB of CSV", "text/csv", 'id;name;amount\n4711;"gr;ün";1,50\n' * 30_000),
        ("100 MB in one line", "text/plain", "word " * 200_000),
    ):
        stage.mark("between")
        large = stage.folder / "large"
        with large.open("w", encoding="utf-8") as file:
            while file.tell() < _SIZE:
                file.write(row)
        yield 100
        stage.mark(name)
        tab.show_exchange(exchange_of(large, content_type))
        yield 300
        yield from until(lambda: body._text.long.lines().size > 0 or body._table._records.rowCount() > 0)
        yield from scrolling(body._text.long if body._table._records.rowCount() == 0 else body._table._table)
        body._table.show_records(TextLines(), ",")
        body._text.set_wrapped(False)
        yield 100
        yield from scrolling(body._text.long)
        body._text.set_wrapped(True)


def many_requests(stage: Stage) -> Iterator[float]:
    """Ten thousand saved requests open: unfold, scroll, filter, sort, type, switch tabs, search, read them anew."""
    stage.mark("between")
    folder = saved_requests(stage.folder / "many")
    yield 100
    pages, commands = stage.window.pages, stage.window.commands
    side, documents = pages.library, pages.documents
    stage.mark("opening the collection")
    pages.collecting.opening.open([folder])
    yield from until(lambda: bool(side.library().roots) and side.library().roots[0].tree is not None)
    yield 300
    stage.mark("unfolding everything")
    commands["tree-expand"].trigger()
    yield 400
    stage.mark("scrolling the tree")
    yield from scrolling(side.tree)
    stage.mark("filtering, key by key")
    yield from keys(side._filter, "order 77")
    yield 400
    stage.mark("scrolling what was found")
    yield from scrolling(side.tree)
    stage.mark("taking the filter away")
    side._filter.clear()
    yield 500
    stage.mark("sorting by name, and back")
    for on in (True, False):
        commands["tree-sort"].setChecked(on)
        yield 600
    stage.mark("reading everything anew")
    for _count in range(2):
        pages.collecting._bridge.refresh()
        yield 600
    stage.mark("a file changes outside")
    file = folder / "Folder 7" / "Order 7-7.yml"
    file.write_text(file.read_text().replace("GET", "PATCH").replace("Order", "Delivery"))
    yield 900
    stage.mark("folding everything")
    commands["tree-collapse"].trigger()
    yield 200
    stage.mark("opening requests")
    for number in range(6):
        pages.files.open(DraftLocation(folder, Path(f"Folder {number}") / f"Order {number}-1.yml"), False)
        yield 300
    yield from until(lambda: documents.count() >= 6)
    tab = as_request(documents.current())
    if tab is None:
        raise RuntimeError
    stage.mark("typing a URL")
    yield from typing(tab)
    yield 600
    stage.mark("switching tabs")
    for place in (*range(documents.count()), *reversed(range(documents.count()))):
        documents.setCurrentIndex(place)
        yield 80
    stage.mark("searching in the palette")
    commands["palette"].trigger()
    yield 600
    yield from keys(stage.window.search.palette.field, "order 77-1")
    stage.window.search.palette.close_quietly()
    yield 100
    stage.mark("between")
    exchange = exchange_of(large_json(stage.folder), "application/json")
    yield 100
    stage.mark("typing and switching with 100 MB open as well")
    tab.show_exchange(exchange)
    yield from typing(tab)
    for place in (0, documents.count() - 1, 1, documents.count() - 1):
        documents.setCurrentIndex(place)
        yield 80
    yield from scrolling(side.tree)
    stage.mark("closing all tabs")
    while documents.count():
        commands["close"].trigger()
        yield 80
    yield 600


def saved_requests(root: Path) -> Path:
    """A collection of ten thousand requests in a hundred folders."""
    root.mkdir()
    (root / "opencollection.yml").write_text("opencollection: 1.0.0\ninfo:\n  name: Many\n")
    for above in range(100):
        folder = root / f"Folder {above}"
        folder.mkdir()
        for number in range(100):
            method = ("GET", "GET", "POST", "DELETE")[number % 4]
            info = f"info:\n  name: Order {above}-{number}\n  type: http\n  seq: {number + 1}\n"
            url = f"http:\n  method: {method}\n  url: '{{{{host}}}}/orders/{number}'\n"
            (folder / f"Order {above}-{number}.yml").write_text(info + url)
    return root


def choose(body: BodyView, view: View) -> None:
    """What a click on a form does."""
    bar = part(body._bar, QTabBar)
    bar.setCurrentIndex(body._bar._views.index(view))


def part(parent: QWidget, kind: type[Part]) -> Part:
    """The first of its parts of this kind."""
    found = parent.findChild(kind)
    if not isinstance(found, kind):
        raise TypeError(kind)
    return found


def typing(tab: QWidget) -> Iterator[float]:
    """Type a URL."""
    field = next((w for w in tab.findChildren(QWidget) if w.accessibleName() == "URL"), None) or QLineEdit(tab)
    yield from keys(field, "https://localhost:8443/orders?page=1")


def keys(field: QWidget, text: str) -> Iterator[float]:
    """Press a key for each letter."""
    for letter in text:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.postEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        yield 25


def scrolling(view: QWidget) -> Iterator[float]:
    """Turn the wheel, then pull the bar."""
    viewport, bar = view.viewport(), view.verticalScrollBar()  # type: ignore[attr-defined]
    for _count in range(30):
        wheel = QWheelEvent(
            QPointF(50, 50), viewport.mapToGlobal(QPointF(50, 50)), QPoint(), QPoint(0, -240),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.postEvent(viewport, wheel)
        yield 16
    for part in range(0, 101, 5):
        bar.setValue(bar.maximum() * part // 100)
        yield 16


def switching(page: QTabWidget, tabs: QTabWidget) -> Iterator[float]:
    """From request to request, and through the response's tabs."""
    for _count in range(2):
        page.setCurrentIndex(0)
        yield 60
        page.setCurrentIndex(page.count() - 1)
        yield 60
    for place in (*range(tabs.count()), 0):
        tabs.setCurrentIndex(place)
        yield 40


SCENES: dict[str, Scene] = {
    "a response of 100 MB": large_response,
    "other bodies": other_bodies,
    "ten thousand requests": many_requests,
}


def play(scene: Scene) -> dict[str, float]:
    """Run one scene in a new window; the longest stall of each of its parts in milliseconds."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    theme.apply(application)
    Collector(application)  # as the program does it
    window = MainWindow(Bridge(Runner()))
    troubles: list[BaseException] = []
    with tempfile.TemporaryDirectory(prefix="stalls-") as folder:
        os.environ["MTLS_WORKBENCH_HOME"] = str(Path(folder) / "home")
        stage = Stage(window, Path(folder))
        window.show_as(WindowState())
        window.furnish()
        steps = scene(stage)
        heart: list[Heartbeat] = []

        def step() -> None:
            try:
                pause = next(steps)
            except StopIteration:
                window.close()
                application.quit()
            except BaseException as error:  # noqa: BLE001 - told below; the event loop would swallow it
                troubles.append(error)
                application.exit(1)
            else:
                QTimer.singleShot(int(pause), step)

        def begin() -> None:
            heart.append(Heartbeat(stage))
            step()

        gc.collect()
        QTimer.singleShot(3000, begin)  # the window furnishes itself meanwhile
        application.exec()
        window.close()
    if troubles:
        raise troubles[0]
    return {part: stall for part, stall in stage.stalls.items() if part not in ("start", "between")}


def report() -> str:
    """All scenes, in Markdown."""
    lines = []
    for title, scene in SCENES.items():
        stalls = play(scene)
        lines += [f"| {title}: longest stall of the window's thread | ms | aim |", "|---|--:|--:|"]
        for part, stall in (*stalls.items(), ("**all of it**", max(stalls.values()))):
            lines.append(f"| {part} | {stall:.1f} | ≤ {AIM_MS:g}{' **missed**' if stall > AIM_MS else ''} |")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        lines += [f"| most memory of the window's process | {memory:.0f} MB | |", ""]
    return "\n".join(lines)
