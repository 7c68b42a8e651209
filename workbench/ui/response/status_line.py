"""The line on top: status, time and size, and TLS in one sentence."""

from http import HTTPStatus

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from workbench.core.exchange import Exchange, Outcome, Progress, Response
from workbench.core.i18n import _, number
from workbench.core.visible import visible, visible_lines
from workbench.ui.look import plain, theme
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.look.words import duration_words, size_words
from workbench.ui.widgets.sign import Sign

_LEAST = 24  # pixels of the sentence about TLS


class StatusLine(QWidget):
    """Says how it went. ``tls_requested``: the sentence about TLS was clicked."""

    tls_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = ""
        self._sign = Sign(self)
        # A line edit and not a label: its text is there for a screen reader besides its name, and can be copied.
        self._status = QLineEdit(readOnly=True, frame=False)
        self._status.setAccessibleName(_("Response status"))
        self._status.setFont(theme.scaled_font(1.0, bold=True))
        self._status.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        palette = self._status.palette()
        palette.setBrush(palette.ColorRole.Base, Qt.GlobalColor.transparent)
        self._status.setPalette(palette)
        self._tls = QPushButton(flat=True)
        self._tls.setAccessibleDescription(_("Show TLS details"))
        self._tls.setMinimumWidth(_LEAST)  # what it says now does not keep the window wide
        self._tls.clicked.connect(self.tls_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._sign)
        row.addWidget(self._status, 1)
        row.addWidget(self._tls)

    def text(self) -> str:
        """The status in words."""
        return self._status.text()

    def say(self, mark: Mark, words: str, tls: str = "", tip: str = "") -> None:
        """Show ``words`` behind ``mark`` and perhaps the sentence about TLS; ``tip`` tells more of the words."""
        self._sign.show_icon(mark_icon(mark))
        self._status.setText(visible(words))
        self._status.setCursorPosition(0)
        self._status.setToolTip(plain.tip(tip or words))
        self._status.setAccessibleDescription(visible_lines(tip or words))
        self._sentence = visible(tls)
        self._tls.setAccessibleName(self._sentence)
        self._tls.setToolTip(plain.tip(tls))
        self._tls.setVisible(bool(tls))
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The status goes first; the sentence about TLS is cut where there is no room for all of it."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        wanted = self._status.fontMetrics().horizontalAdvance(self._status.text()) + 3 * theme.SPACE
        share = min(wanted, self.width() * 2 // 3)
        room = self.width() - share - self._sign.sizeHint().width() - 4 * theme.SPACE
        shown = self._tls.fontMetrics().elidedText(self._sentence, Qt.TextElideMode.ElideRight, max(room, _LEAST))
        self._tls.setText(shown.replace("&", "&&"))


def status_words(exchange: Exchange) -> tuple[Mark, str]:
    """``200 OK · 42 ms · 1.2 kB · HTTP/2``, or that there is no response and why."""
    time = duration_words(exchange.timings.total)
    response = exchange.response
    if exchange.outcome is Outcome.CANCELLED and response is not None:
        size = size_words(response.body.size)
        stopped = _("{status} · stopped after {time} · {size}").format(status=response.status, time=time, size=size)
        return Mark.NONE, stopped
    if exchange.outcome is Outcome.CANCELLED:
        return Mark.NONE, _("Cancelled after {time}").format(time=time)
    if exchange.outcome is Outcome.FAILURE or response is None:
        code = exchange.failure.code if exchange.failure else "unknown"
        if response is not None:
            return Mark.BAD, _("{status} · cut short · {code} · {time}").format(
                status=response.status, code=code, time=time
            )
        if not exchange.timings.total:  # it did not get as far as being sent
            return Mark.BAD, _("Not sent · {code}").format(code=code)
        return Mark.BAD, _("No response · {code} · {time}").format(code=code, time=time)
    words = [
        f"{response.status} {response.reason or _phrase(response.status)}".strip(),
        time,
        size_words(response.body.size),
    ]
    if response.body.wire_size and response.body.wire_size != response.body.size:
        words.append(_("{size} on the wire").format(size=size_words(response.body.wire_size)))
    words.append(response.http_version)
    if len(exchange.hops) > 1:
        words.append(_("{count} hops").format(count=len(exchange.hops)))
    return status_mark(response.status), " · ".join(words)


def arriving_words(head: Response, progress: Progress) -> str:
    """``200 OK · receiving 12.0 MB of 100.0 MB`` while the body is under way."""
    status = f"{head.status} {head.reason or _phrase(head.status)}".strip()
    done = size_words(progress.done)
    if progress.messages is not None:
        return _("{status} · receiving events, {done} so far").format(status=status, done=done)
    if progress.total:
        total = size_words(progress.total)
        return _("{status} · receiving {done} of {total}").format(status=status, done=done, total=total)
    return _("{status} · receiving, {done} so far").format(status=status, done=done)


def size_tip(response: Response) -> str:
    """What the sizes in the status mean, in whole sentences."""
    body = response.body
    decoded = _("The body is {size} long ({bytes} bytes).").format(size=size_words(body.size), bytes=number(body.size))
    coding = response.header("content-encoding")
    if not body.wire_size or body.wire_size == body.size:
        return decoded
    wire = _("{size} ({bytes} bytes) were transferred").format(
        size=size_words(body.wire_size), bytes=number(body.wire_size)
    )
    return f"{decoded}\n{wire}, {coding}." if coding else f"{decoded}\n{wire}."


def _phrase(status: int) -> str:
    # HTTP/2 carries no reason phrase (RFC 9113 8.3.2), so the registered one stands in.
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # a status that is not registered
        return ""


def status_mark(status: int) -> Mark:
    """The shape that goes with a status."""
    if status < 300:
        return Mark.GOOD
    if status < 400:
        return Mark.NOTE
    return Mark.WARNING if status < 500 else Mark.BAD
