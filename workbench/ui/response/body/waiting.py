"""The one thing that is being prepared for a body, and the page that says so when it takes long."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QWidget

from workbench.core.content.work import Work
from workbench.ui.response.body.forms import stop_all
from workbench.ui.response.body.wait_page import WaitPage

_PATIENCE = 200  # milliseconds before a page says that something is being prepared


class Waiting(QObject):
    """``start`` stops what was under way; ``show_page`` is called when it takes long. Ends with ``owner``."""

    def __init__(self, page: WaitPage, show_page: Callable[[], object], owner: QWidget) -> None:
        super().__init__(owner)
        self._page = page
        self._work = Work()
        self.under_way: list[Work] = []  # the one that is, for whoever has only that when the owner is gone
        self._soon = QTimer(self, interval=_PATIENCE, singleShot=True)
        self._soon.timeout.connect(show_page)
        _stop_at_the_end()
        under_way = self.under_way
        owner.destroyed.connect(lambda: _stop_each(under_way))

    def start(self, words: str) -> Work:
        """Something else is prepared from now on; ``words`` say what is done."""
        self._work = Work()
        self.under_way[:] = [self._work]
        self._page.watch(self._work, words)
        self._soon.start()
        return self._work

    def waits_for(self, work: Work) -> bool:
        """Whether ``work`` is still wanted."""
        return self._work is work

    def end(self) -> None:
        """It is there."""
        self._soon.stop()
        self._page.rest()
        self._work = Work()

    def stop(self) -> None:
        """It is not wanted any more."""
        self._work.stop()
        self.end()


def _stop_each(under_way: list[Work]) -> None:
    for work in under_way:
        work.stop()


@cache
def _stop_at_the_end() -> None:
    application = QCoreApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(stop_all)
