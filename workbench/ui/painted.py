"""One main window, painted and closed again: what ``self-test`` runs in a process of its own.

    python -m workbench.ui.painted

Prints the size of the picture; exit status 1 when the window stayed blank.
"""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from workbench.core.i18n import _
from workbench.ui import language
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.runner import Runner
from workbench.ui.settings import Settings, WindowState
from workbench.ui.windows.appearance import Appearance
from workbench.ui.windows.main_window import MainWindow

_STEP = 7  # pixels between those that are looked at
_COLOURS = 5  # a window with text and icons has many more


def main() -> int:
    """Show the window with all its pages made, look at the picture, close it."""
    application = QApplication(sys.argv[:1])
    language.install(application)
    settings = Settings()
    Appearance(application, settings)
    window = MainWindow(Bridge(Runner()), settings)
    pictures: list[QImage] = []

    def look() -> None:
        window.furnish()
        pictures.append(window.grab().toImage())
        window.close()

    window.painted.connect(lambda: QTimer.singleShot(0, window, look))
    window.show_as(WindowState())
    application.exec()
    if not pictures or _colours(pictures[0]) < _COLOURS:
        print(_("The window stayed blank."), file=sys.stderr)  # noqa: T201
        return 1
    print(_("{width} × {height} pixels").format(width=pictures[0].width(), height=pictures[0].height()))  # noqa: T201
    return 0


def _colours(image: QImage) -> int:
    columns, rows = range(0, image.width(), _STEP), range(0, image.height(), _STEP)
    return len({image.pixel(x, y) for x in columns for y in rows})


if __name__ == "__main__":
    sys.exit(main())
