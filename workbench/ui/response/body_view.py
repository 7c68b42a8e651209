"""The Body tab: pretty, raw, hexadecimal or a picture; find, wrap, copy, save."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from workbench.core.content.kinds import Kind
from workbench.core.exchange import Exchange, Response
from workbench.core.i18n import _
from workbench.ui import theme
from workbench.ui.marks import Mark
from workbench.ui.response.bodies import TEXT_CEILING, TEXT_LIMIT, ShownBody, cut_words, prepare
from workbench.ui.response.jobs import Run
from workbench.ui.response.picture import decode_picture
from workbench.ui.response.saving import save_body, suggested_name
from workbench.ui.widgets.code_view import CodeView
from workbench.ui.widgets.find_bar import FindBar
from workbench.ui.widgets.picture_view import PictureView
from workbench.ui.widgets.sentence import Sentence
from workbench.ui.widgets.syntax import Syntax

_PICTURE, _PRETTY, _RAW, _HEX = "picture", "pretty", "raw", "hex"


class BodyView(QWidget):
    """Shows one response's body. All reading, decoding and writing goes through ``run``."""

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._exchange: Exchange | None = None
        self._body = ShownBody(Kind.EMPTY)
        self._image = QImage()
        self._text = CodeView()
        self._text.setAccessibleName(_("Response body"))
        self._picture = PictureView()
        self._forms = QTabBar(drawBase=False, expanding=False)
        self._forms.setAccessibleName(_("Form of the body"))
        self._forms.currentChanged.connect(self._show_form)
        self._wrap = QCheckBox(_("Wrap"))
        self._wrap.setChecked(True)
        self._wrap.toggled.connect(self._text.set_wrapped)
        self._copy = _button(_("Copy"), _("Copy the body as it is shown"), self._copy_text)
        self._save = _button(_("Save…"), _("Save the whole body to a file"), self._ask_where)
        self._find = FindBar(self._text, self)
        self._open_find = _button(_("Find"), _("Find in the body (Ctrl+F)"), self._find.enter)
        self._more = _button(_("Show all"), _("Show the whole body; this may take a while"), self._show_all)
        self._notice = Sentence(_("About this body"))
        self._kind = QLabel()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._text)
        self._pages.addWidget(self._picture)
        self._lay_out()
        self.show_exchange(None)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE)
        bar.addWidget(self._forms)
        bar.addWidget(self._kind)
        bar.addStretch(1)
        for widget in (self._wrap, self._open_find, self._copy, self._save):
            bar.addWidget(widget)
        notices = QHBoxLayout()
        notices.addWidget(self._notice, 1, Qt.AlignmentFlag.AlignVCenter)
        notices.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE // 2, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(bar)
        column.addLayout(notices)
        column.addWidget(self._pages, 1)
        column.addWidget(self._find)

    def show_exchange(self, exchange: Exchange | None) -> None:
        """Show the body of its response; it is prepared in a job and appears when ready."""
        self._exchange = exchange
        self._body, self._image = ShownBody(Kind.EMPTY), QImage()
        self._find.hide()
        response = exchange.response if exchange else None
        if exchange is None or response is None:
            self._show_body()
            return
        self._kind.setText(_("Preparing…"))
        self._prepare(exchange, response, TEXT_LIMIT)

    def _prepare(self, exchange: Exchange, response: Response, limit: int) -> None:
        def work() -> tuple[ShownBody, QImage]:
            body = prepare(response, limit)
            return body, decode_picture(body.picture) if body.picture else QImage()

        def done(result: tuple[ShownBody, QImage]) -> None:
            if self._exchange is exchange:  # another one may have come since
                self._body, self._image = result
                self._show_body()

        self._run(work, done)

    def _show_body(self) -> None:
        body = self._body
        wanted = self._forms.tabData(self._forms.currentIndex()) if self._forms.count() else None
        self._forms.blockSignals(True)
        while self._forms.count():
            self._forms.removeTab(0)
        for name, words, there in (
            (_PICTURE, _("Picture"), bool(body.picture)),
            (_PRETTY, _("Pretty"), bool(body.pretty)),
            (_RAW, _("Raw"), bool(body.raw)),
            (_HEX, _("Hex"), bool(body.hexadecimal)),
        ):
            if there:
                index = self._forms.addTab(words)
                self._forms.setTabData(index, name)
                if name == wanted and name != _PICTURE and not body.picture:
                    self._forms.setCurrentIndex(index)
        self._forms.blockSignals(False)
        self._kind.setText(_kind_words(body))
        words = " ".join(part for part in (cut_words(body), *body.notices) if part)
        self._notice.say(Mark.WARNING if body.notices else Mark.NOTE, words)
        self._notice.setVisible(bool(words))
        self._more.setVisible(body.cut and body.kind not in (Kind.BINARY, Kind.PICTURE, Kind.EMPTY))
        self._more.setEnabled(body.shown < TEXT_CEILING)
        has_body = body.kind is not Kind.EMPTY
        for widget in (self._wrap, self._copy, self._save, self._open_find):
            widget.setEnabled(has_body)
        self._show_form()

    def _show_form(self) -> None:
        form = self._forms.tabData(self._forms.currentIndex()) if self._forms.count() else None
        self._pages.setCurrentWidget(self._picture if form == _PICTURE else self._text)
        self._picture.show_image(self._image)
        placeholder = "" if self._exchange is None else _("The response has no body.")
        self._text.setPlaceholderText(placeholder)
        self._text.set_wrapped(self._wrap.isChecked() and form != _HEX)
        self._wrap.setEnabled(form in (_PRETTY, _RAW))
        self._open_find.setEnabled(form in (_PRETTY, _RAW, _HEX))
        if form == _HEX:
            self._text.show_text(self._body.hexadecimal)
        else:
            syntax = self._body.syntax if form in (_PRETTY, _RAW) else Syntax.PLAIN
            self._text.show_text(self._body.pretty if form == _PRETTY else self._body.raw, syntax)

    def _copy_text(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._pages.currentWidget() is self._picture:
            clipboard.setImage(self._image)
        else:
            clipboard.setText(self._text.text())

    def _show_all(self) -> None:
        if self._exchange is not None and self._exchange.response is not None:
            self._more.setEnabled(False)
            self._kind.setText(_("Preparing…"))
            self._prepare(self._exchange, self._exchange.response, TEXT_CEILING)

    def _ask_where(self) -> None:
        if self._exchange is None or self._exchange.response is None:
            return
        name = suggested_name(self._exchange.response, self._exchange.request.url)
        dialog = QFileDialog(self, _("Save the body"), name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the whole body to ``path`` and say how that went."""
        if self._exchange is None or self._exchange.response is None:
            return
        body = self._exchange.response.body
        self._run(lambda: save_body(body, path), self._tell)

    def _tell(self, words: str) -> None:
        self._notice.say(Mark.NOTE, words)
        self._notice.show()


def _kind_words(body: ShownBody) -> str:
    name = {
        Kind.EMPTY: "",
        Kind.JSON: "JSON",
        Kind.XML: "XML",
        Kind.HTML: "HTML",
        Kind.TEXT: _("Text"),
        Kind.PICTURE: "",
        Kind.BINARY: _("Binary"),
    }[body.kind]
    return f"{name} · {body.charset}" if name and body.charset else name


def _button(words: str, tip: str, slot: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button
