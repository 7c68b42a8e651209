"""The body to send: raw text, what kind it is, and whether JSON is JSON."""

import json

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workbench.core.i18n import _
from workbench.ui import theme
from workbench.ui.widgets.highlighter import Highlighter
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.syntax import Syntax

JSON = "application/json"
KINDS = (
    (_("No content type"), "", Syntax.PLAIN),
    (_("JSON"), JSON, Syntax.JSON),
    (_("XML"), "application/xml", Syntax.MARKUP),
    (_("HTML"), "text/html; charset=utf-8", Syntax.MARKUP),
    (_("Plain text"), "text/plain; charset=utf-8", Syntax.PLAIN),
    (_("Form, URL-encoded"), "application/x-www-form-urlencoded", Syntax.PLAIN),
)
_CHECKED = 1_000_000  # characters; longer texts are sent as they are, unchecked
_PAUSE_MS = 250


class BodyPanel(QWidget):
    """``body()`` and ``content_type()``, ``show_body()``; ``changed`` when either does."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = QComboBox(self)
        for title, media_type, _syntax in KINDS:
            self._kind.addItem(title, media_type)
        label = QLabel(_("Content &type"), self)
        label.setBuddy(self._kind)
        self._tidy = QPushButton(_("&Tidy JSON"), self)
        self._tidy.setToolTip(_("Indent the JSON text"))
        self._text = QPlainTextEdit(self)
        self._text.setAccessibleName(_("Request body"))
        self._text.setFont(theme.fixed_font())
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(_("Nothing is sent as long as this is empty."))
        self._highlighter = Highlighter(self._text.document())
        self._message = Message(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out(label)
        self._pause.timeout.connect(self._check)
        self._text.textChanged.connect(self._pause.start)
        self._text.textChanged.connect(self.changed)
        self._kind.currentIndexChanged.connect(self._choose_kind)
        self._tidy.clicked.connect(self._tidy_json)
        self._choose_kind()

    def body(self) -> bytes:
        """The text in UTF-8."""
        return self._text.toPlainText().encode("utf-8")

    def content_type(self) -> str:
        """The media type that was chosen, or the empty string."""
        return str(self._kind.currentData())

    def knows(self, media_type: str) -> bool:
        """Whether ``media_type`` can be chosen here."""
        return self._kind.findData(media_type) >= 0

    def show_body(self, body: bytes, content_type: str = "") -> None:
        """Show a body and its media type."""
        known = self._kind.findData(content_type)
        self._kind.setCurrentIndex(max(known, 0))
        self._text.setPlainText(body.decode("utf-8", "replace"))
        self._check()

    def _lay_out(self, label: QLabel) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE)
        bar.addWidget(label)
        bar.addWidget(self._kind)
        self._kind.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tidy.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        bar.addWidget(self._message, 1)
        bar.addStretch(0)
        bar.addWidget(self._tidy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(bar)
        layout.addWidget(self._text, 1)

    def _choose_kind(self) -> None:
        self._tidy.setVisible(self.content_type() == JSON)
        self._highlighter.show_syntax(KINDS[self._kind.currentIndex()][2])
        self._check()
        self.changed.emit()

    def _check(self) -> None:
        self._pause.stop()
        text = self._text.toPlainText() if self._text.document().characterCount() <= _CHECKED else ""
        trouble = json_trouble(text) if self.content_type() == JSON and text.strip() else ""
        self._message.show_words(trouble, theme.Tone.WARNING)
        self._tidy.setEnabled(bool(text.strip()) and not trouble)

    def _tidy_json(self) -> None:
        tidy = json.dumps(json.loads(self._text.toPlainText()), indent=2, ensure_ascii=False)
        cursor = self._text.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(tidy)  # unlike setPlainText this can be undone


def json_trouble(text: str) -> str:
    """Where and why ``text`` is not JSON (RFC 8259), or the empty string when it is."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return _("Not JSON at line {line}, column {column}: {reason}").format(
            line=error.lineno, column=error.colno, reason=error.msg
        )
    except RecursionError:
        return _("This JSON is nested too deeply to check.")
    return ""
