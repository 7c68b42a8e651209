"""Where the bundled programs begin: the command's own ``main``, or the window that ``self-test`` paints.

``--first-paint`` opens the window as a person does, and ends as soon as it is painted: the benchmarks measure that.
"""

import sys


def end_at_the_first_paint() -> None:
    """Make the window one that ends the process once it is painted."""
    import os

    from workbench.ui.windows import windows  # before PySide6, as when a person starts it

    from PySide6.QtCore import QTimer  # isort: skip

    class Window(windows.MainWindow):
        def __init__(self, *given):
            super().__init__(*given)
            self.painted.connect(lambda: QTimer.singleShot(0, lambda: os._exit(0)))

    windows.MainWindow = Window


if sys.argv[1:] == ["--painted"]:  # a bundle has no ``python -m``
    from workbench.ui.painted import main
else:
    from workbench.__main__ import main

    if sys.argv[1:] == ["--first-paint"]:
        end_at_the_first_paint()
        del sys.argv[1:]

sys.exit(main())
