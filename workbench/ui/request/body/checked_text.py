"""A text in some language: coloured, checked beside the UI thread, laid out anew when asked for."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.core import bodies
from workbench.core.bodies import Language, Problem
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.look.plain import tip
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.widgets.code.syntax import Syntax
from workbench.ui.widgets.flat_sentence import FlatSentence
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.variables import Variables

_SYNTAXES = {Language.JSON: Syntax.JSON, Language.XML: Syntax.MARKUP, Language.GRAPHQL: Syntax.GRAPHQL}
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
        self._language = Language.TEXT
        self._schema = ""
        self._problem: Problem | None = None
        self._serial = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._message = FlatSentence(self)
        self._tidy = QPushButton(_("For&mat"), self)
        self._tidy.setToolTip(_("Format the text without changing its meaning (Ctrl+Alt+F)"))
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
        self.code.held.connect(lambda _held: self.check())
        self._message.clicked.connect(self.go_to_problem)
        self._tidy.clicked.connect(self.tidy)
        self.show_language(Language.TEXT)

    def show_language(self, language: Language, schema: str = "") -> None:
        """What the text is written in; ``schema`` is what a GraphQL document must fit, as SDL."""
        self._language, self._schema = language, schema
        self.code.show_syntax(_SYNTAXES.get(language, Syntax.PLAIN))
        self._tidy.setVisible(language in _SYNTAXES)
        self.check()

    def problem(self) -> Problem | None:
        """What is wrong with the text as it was last checked."""
        return self._problem

    def check(self) -> None:
        """Check now; what comes of it is told later."""
        self._pause.stop()
        self._serial += 1
        serial, language, schema, text = self._serial, self._language, self._schema, self.code.text()
        if language not in _SYNTAXES or len(text) > _CHECKED:
            self._tell(None)
            return
        self._run(
            lambda: bodies.problem(language, text, schema=schema),
            lambda found: self._tell(found) if serial == self._serial else None,
        )

    def tidy(self) -> None:
        """Lay the text out anew, unless something is wrong with it."""
        language, text = self._language, self.code.text()
        if language in _SYNTAXES and self._problem is None:
            self._run(lambda: _tidied(language, text), lambda tidied: self._take(text, tidied))

    def _take(self, before: str, tidied: str) -> None:
        if self.code.text() == before:  # nobody typed meanwhile
            self.code.replace_text(tidied)

    def _notice(self) -> None:
        self._pause.start()
        self.changed.emit()

    def _tell(self, found: Problem | None) -> None:
        self._problem = found
        held = self.code.is_held()
        self.code.show_trouble(found.line if found and not held else 0, found.column if found else 0)
        self._message.setVisible(found is not None or held)
        words = _("A line is too long to edit; it is sent unchanged. Format splits it.") if held else ""
        if found is not None:
            words = _("Line {line}, column {column}: {message}").format(
                line=found.line, column=found.column, message=found.message
            )
        if words:
            self._message.say(words)
            self._message.setToolTip(tip(_("{words}\nClick to go there.").format(words=words)))
            self._message.setIcon(icon(theme.Tone.WARNING.value, theme.Tone.WARNING))
        self._tidy.setEnabled(found is None)

    def go_to_problem(self) -> None:
        """Put the cursor where something is wrong."""
        if self._problem is not None and not self.code.is_held():
            self.code.go_to(self._problem.line, self._problem.column)


def _tidied(language: Language, text: str) -> str:
    try:
        return bodies.tidy(language, text)
    except InvalidInput:  # said above the text as soon as it is checked
        return text
