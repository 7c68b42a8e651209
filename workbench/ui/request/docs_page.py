"""What people should know of this request, in Markdown: written on the left tab, read on the right one."""

from dataclasses import replace

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTextBrowser, QToolButton, QWidget

from workbench.core.draft import Draft
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.request.page import Page
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.widgets.variables import Variables

_OPENED = ("http", "https", "mailto")
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class DocsPage(Page):
    """Text that is there is shown as it reads; an empty one is ready to be written."""

    def __init__(self, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = CodeEdit(_("Docs, Markdown"), variables, self)
        self._text.setPlaceholderText(_("Markdown: # heading, **bold**, `code`, - list, [words](https://…)"))
        self._read = _Reading(self)
        self._link = Banner(self)
        self._target = QUrl()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._text)
        self._pages.addWidget(self._read)
        self._preview = QToolButton(self)
        self._preview.setText(_("Preview"))
        self._preview.setCheckable(True)
        self._preview.setAutoRaise(True)
        self._preview.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        bar = QHBoxLayout()
        bar.addStretch(1)
        bar.addWidget(self._preview)
        self.column.addLayout(bar)
        self.column.addWidget(self._link)
        self.column.addWidget(self._pages, 1)
        self.column.setSpacing(theme.SPACE // 2)
        self._preview.toggled.connect(self._show_preview)
        self._text.textChanged.connect(self.changed)
        self._read.anchorClicked.connect(self._ask)
        self._link.accepted.connect(self._open)

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with this text."""
        text = self._text.text()
        return draft if text == draft.docs else replace(draft, docs=text)

    def show_draft(self, draft: Draft) -> None:
        """Show the docs of ``draft``."""
        if draft.docs != self._text.text():
            self._text.show_text(draft.docs)
            self._preview.setChecked(bool(draft.docs.strip()))
            self._show_preview(self._preview.isChecked())

    def enter(self) -> None:
        """Put the keyboard where one writes."""
        self._preview.setChecked(False)
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_preview(self, wanted: bool) -> None:
        if wanted:
            self._read.document().setMarkdown(self._text.text(), _FEATURES)
        self._pages.setCurrentWidget(self._read if wanted else self._text)

    def _ask(self, url: QUrl) -> None:
        self._target = url
        shown = url.toDisplayString()
        if url.scheme() in _OPENED:
            self._link.show_words(_("Open this address outside of the program?"), shown, action=_("Open"))
        else:
            self._link.show_words(_("Only web and mail addresses are opened."), shown)

    def _open(self) -> None:
        if self._target.scheme() in _OPENED:
            QDesktopServices.openUrl(self._target)


class _Reading(QTextBrowser):
    """Shows text; loads nothing that it refers to, neither from the network nor from the disk."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Docs"))
        self.setOpenLinks(False)
        self.setPlaceholderText(_("Nothing is written here yet."))

    def loadResource(self, _kind: int, _url: QUrl | str) -> str:  # noqa: N802  # Qt calls it
        """Load nothing."""
        return ""
