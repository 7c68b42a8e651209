"""What people should know of this request, in Markdown: written on the left tab, read on the right one."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextImageFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTextBrowser, QToolButton, QWidget

from workbench.core.collection.pictures import read_picture
from workbench.core.content.work import Stopped, Work
from workbench.core.draft import Draft
from workbench.core.errors import CollectionError
from workbench.core.i18n import _
from workbench.core.visible import isolated, visible
from workbench.core.workspace.surroundings import Surroundings
from workbench.ui.look import theme
from workbench.ui.request.request_page import RequestPage
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.widgets.picture import decode_picture
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.variables import Variables

_OPENED = ("http", "https")
_MOST = 30  # pictures of one text
_WIDEST = 640  # pixels
_NONE = QImage()
_SOFT_BREAK = "\u2028"  # within a paragraph, as Qt has it
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class DocsPage(RequestPage):
    """Text that is there is shown as it reads; an empty one is ready to be written.

    Pictures that lie in the collection are shown where there is a ``run`` to decode them.
    """

    def __init__(self, variables: Variables, run: Run | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = CodeEdit(_("Docs, Markdown"), variables, self)
        self._text.setPlaceholderText(_("Markdown: # heading, **bold**, `code`, - list, [words](https://…)"))
        self._read = _Reading(run, self)
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

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Look for pictures in the collection that the request lies in."""
        self._read.show_folder(surroundings.files)

    def enter(self) -> None:
        """Put the keyboard where one writes."""
        self._preview.setChecked(False)
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_preview(self, wanted: bool) -> None:
        if wanted:
            self._read.show_markdown(self._text.text())
        self._pages.setCurrentWidget(self._read if wanted else self._text)

    def _ask(self, url: QUrl) -> None:
        self._target = url
        shown = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if not _can_be_opened(url):
            self._link.show_words(_("Only http and https addresses are opened."), shown)
            return
        # The host is told apart: https://bank.example@elsewhere.example goes elsewhere.
        host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
        title = _("Open this address on “{host}” in the browser?").format(host=host)
        self._link.show_words(title, shown, action=_("Open"))

    def _open(self) -> None:
        if _can_be_opened(self._target):
            QDesktopServices.openUrl(self._target)


def _can_be_opened(url: QUrl) -> bool:
    return url.isValid() and url.scheme() in _OPENED and bool(url.host())


class _Reading(QTextBrowser):
    """Shows text; loads nothing that it refers to but pictures in the collection, decoded in a process of their own."""

    def __init__(self, run: Run | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Docs"))
        self.setOpenLinks(False)
        self.setPlaceholderText(_("No documentation yet."))
        self._run = run
        self._folder = ""
        self._markdown = ""
        self._pictures: dict[str, QImage] = {}  # by address; a null one for what is not shown
        self._works: set[Work] = set()
        self._shown: QTextDocument | None = None
        self._nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._nothing.fill(Qt.GlobalColor.transparent)
        self.destroyed.connect(partial(_stop, self._works))
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self._stop_all)  # it must not wait for pictures

    def show_folder(self, folder: str) -> None:
        """Show pictures of the collection in ``folder``; empty for none."""
        if folder != self._folder:
            self._folder = folder
            self._pictures = {}
            self.show_markdown(self._markdown)

    def show_markdown(self, text: str) -> None:
        """Show ``text`` as it reads; of a picture that was not loaded only what it is called."""
        self._markdown = text
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setMarkdown(text, _FEATURES)
        missing = [address for address in _make_plain(document, self._pictures) if address not in self._pictures]
        before, self._shown = self._shown, document
        self.setDocument(document)
        if before is not None:
            before.deleteLater()
        self._load(missing[: max(0, _MOST - len(self._pictures))])

    def _load(self, addresses: Sequence[str]) -> None:
        if self._run is not None and self._folder and addresses:
            self._pictures |= dict.fromkeys(addresses, QImage())  # asked for once
            folder, work = self._folder, Work()
            self._works.add(work)
            self._run(lambda: _loaded(folder, addresses, work), partial(self._take, folder, work))

    def _stop_all(self) -> None:
        _stop(self._works)

    def _take(self, folder: str, work: Work, found: Mapping[str, QImage]) -> None:
        self._works.discard(work)
        if folder == self._folder:
            self._pictures |= found
            self.show_markdown(self._markdown)

    def loadResource(self, _kind: int, _url: QUrl | str) -> QImage:  # noqa: N802  # Qt calls it
        """Load nothing: with no picture at all Qt would open the name as a file."""
        return self._nothing


def _loaded(folder: str, addresses: Sequence[str], work: Work) -> Mapping[str, QImage]:
    found: dict[str, QImage] = {}
    for address in addresses:
        with contextlib.suppress(CollectionError, OSError):  # then it stays what it is called
            try:
                found[address] = decode_picture(read_picture(Path(folder), address), work).image
            except Stopped:
                break
    return found


def _stop(works: set[Work], *_object: object) -> None:
    for work in tuple(works):
        work.stop()


def _make_plain(document: QTextDocument, pictures: Mapping[str, QImage]) -> list[str]:
    """Put words in place of pictures, before anybody lays them out: Qt looks for a picture's file even unasked.

    Those among ``pictures`` get a name that leads to no file. Answers the addresses of all, the last one first.
    What cannot be seen is made visible; only here, since Markdown can write it as ``&#x202e;``.
    """
    cursor = QTextCursor(document)
    italic = QTextCharFormat()
    italic.setFontItalic(True)
    addresses = []
    for fragment in reversed(_fragments(document)):
        look = fragment.charFormat()
        if look.isImageFormat():
            address = look.toImageFormat().name()
            addresses.append(address)
            if not (image := pictures.get(address, _NONE)).isNull():
                _put_image(document, fragment, image)
                continue
            called = isolated(str(look.property(QTextFormat.Property.ImageAltText) or ""))
            shown, look = _("[image: {name}]").format(name=called) if called else _("[image]"), italic
        else:
            shown = _SOFT_BREAK.join(map(visible, fragment.text().split(_SOFT_BREAK)))
            if shown == fragment.text():
                continue
        cursor.setPosition(fragment.position())
        cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(shown, look)
    return addresses


def _put_image(document: QTextDocument, fragment: QTextFragment, image: QImage) -> None:
    look = QTextImageFormat()
    look.setName(f"picture:{image.cacheKey()}")
    look.setWidth(min(image.width(), _WIDEST))
    look.setHeight(image.height() * look.width() / image.width())
    look.setProperty(
        QTextFormat.Property.ImageAltText, fragment.charFormat().property(QTextFormat.Property.ImageAltText)
    )
    document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(look.name()), image)
    cursor = QTextCursor(document)
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertImage(look)


def _fragments(document: QTextDocument) -> list[QTextFragment]:
    found: list[QTextFragment] = []
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            found.append(fragments.fragment())
            fragments += 1
        block = block.next()
    return found
