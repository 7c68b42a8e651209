"""A body that is written as text: coloured, checked beside the UI thread, laid out anew when asked for."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workbench.core.draft import RawBody, RawKind
from workbench.core.i18n import _
from workbench.ui import theme
from workbench.ui.icons import icon
from workbench.ui.request.checks import CHECKS, Check, Trouble
from workbench.ui.request.running import Run
from workbench.ui.request.tidying import TIDIERS
from workbench.ui.widgets.code_edit import CodeEdit
from workbench.ui.widgets.syntax import Syntax
from workbench.ui.widgets.variables import Variables

_SYNTAXES = {RawKind.JSON: Syntax.JSON, RawKind.XML: Syntax.MARKUP}
_PAUSE_MS = 250
_CHECKED = 8_000_000  # characters; longer texts are sent as they are, unchecked


class CheckedText(QWidget):
    """An editor, and above it, where something is wrong, what and where: a click goes there.

    ``tools`` is the bar above; who has a better place for it may take it there.
    """

    changed = Signal()

    def __init__(self, name: str, variables: Variables, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = CodeEdit(name, variables, self)
        self._run = run
        self._check: Check | None = None
        self._tidier: Callable[[str], str] | None = None
        self._trouble: Trouble | None = None
        self._serial = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._message = QPushButton(self)
        self._message.setFlat(True)
        self._message.setCursor(Qt.CursorShape.PointingHandCursor)
        self._message.setStyleSheet("text-align: left")
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._message.setMinimumWidth(80)
        self._tidy = QPushButton(_("For&mat"), self)
        self._tidy.setToolTip(_("Lay the text out anew, changing nothing that counts (Ctrl+Alt+F)"))
        self.tools = QWidget(self)
        self.bar = QHBoxLayout(self.tools)
        self.bar.setContentsMargins(0, 0, 0, 0)
        self.bar.setSpacing(theme.SPACE)
        self.bar.addWidget(self._message, 1)
        self.bar.addStretch(0)
        self.bar.addWidget(self._tidy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self.tools)
        layout.addWidget(self.code, 1)
        self.setFocusProxy(self.code)
        self._pause.timeout.connect(self.check)
        self.code.textChanged.connect(self._notice)
        self._message.clicked.connect(self._go)
        self._tidy.clicked.connect(self.tidy)
        self._tell(None)

    def show_language(self, syntax: Syntax, check: Check | None, tidier: Callable[[str], str] | None) -> None:
        """How the text is coloured, checked and laid out."""
        self._check, self._tidier = check, tidier
        self.code.show_syntax(syntax)
        self._tidy.setVisible(tidier is not None)
        self._message.setVisible(False)
        self.check()

    def trouble(self) -> Trouble | None:
        """What is wrong with the text as it was last checked."""
        return self._trouble

    def check(self) -> None:
        """Check now; what comes of it is told later."""
        self._pause.stop()
        self._serial += 1
        serial, check, text = self._serial, self._check, self.code.text()
        if check is None or len(text) > _CHECKED:
            self._tell(None)
            return
        self._run(lambda: check(text), lambda found: self._tell(found) if serial == self._serial else None)

    def tidy(self) -> None:
        """Lay the text out anew, unless something is wrong with it."""
        tidier, text = self._tidier, self.code.text()
        if tidier is not None and text.strip() and self._trouble is None:
            self._run(lambda: tidier(text), lambda tidied: self._take(text, tidied))

    def _take(self, before: str, tidied: str) -> None:
        if self.code.text() == before:  # nobody typed meanwhile
            self.code.replace_text(tidied)

    def _notice(self) -> None:
        self._pause.start()
        self.changed.emit()

    def _tell(self, found: Trouble | None) -> None:
        self._trouble = found
        self.code.show_trouble(found.line if found else 0, found.column if found else 0)
        self._message.setVisible(found is not None)
        if found is not None:
            self._message.setText(found.words)
            self._message.setToolTip(_("{words}\nClick to go there.").format(words=found.words))
            self._message.setAccessibleName(found.words)
            self._message.setIcon(icon(theme.Tone.WARNING.value, theme.Tone.WARNING))
        self._tidy.setEnabled(found is None)

    def _go(self) -> None:
        if self._trouble is not None and self._trouble.line:
            self.code.go_to(self._trouble.line, self._trouble.column)


class TextBody(CheckedText):
    """``body()`` and ``show_body()`` for JSON, XML and other text."""

    def __init__(self, variables: Variables, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(_("Request body"), variables, run, parent)
        self.code.setPlaceholderText(_("Write or paste the body here. Type {{ for variables."))
        self._kind = RawKind.TEXT
        self.show_language(Syntax.PLAIN, None, None)

    def body(self) -> RawBody:
        """What is shown."""
        return RawBody(self._kind, self.code.text())

    def show_body(self, body: RawBody) -> None:
        """Show ``body``."""
        self.show_kind(body.kind)
        self.code.show_text(body.text)

    def show_kind(self, kind: RawKind) -> None:
        """Take the same text for another kind."""
        if kind is not self._kind:
            self._kind = kind
            self.show_language(_SYNTAXES.get(kind, Syntax.PLAIN), CHECKS.get(kind), TIDIERS.get(kind))
