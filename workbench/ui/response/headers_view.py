"""The Headers tab: all fields, and the cookies among them taken apart."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from workbench.core.content.cookies import SetCookie, cookies_of
from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.request import Headers
from workbench.core.visible import HIDDEN
from workbench.ui.look import theme
from workbench.ui.models.cookies import cookie_columns
from workbench.ui.models.facts import header_columns
from workbench.ui.models.table import TableModel
from workbench.ui.response.view import ResponseView
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.views import RowTable


class HeadersView(ResponseView):
    """Shows the fields of one response. ``cookies_requested``: those that are kept are to be shown."""

    cookies_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: TableModel[tuple[str, str]] = TableModel(header_columns(), self)
        fields = RowTable(_("Response headers"), self._fields)
        fields.horizontalHeader().resizeSection(0, 220)
        fields.setWordWrap(True)
        fields.setSortingEnabled(False)
        self._cookies: TableModel[SetCookie] = TableModel(cookie_columns(revealed=False), self)
        cookies = RowTable(_("Response cookies"), self._cookies)
        for section, width in enumerate((140, 180, 130, 110, 190)):
            cookies.horizontalHeader().resizeSection(section, width)
        self._reveal = QCheckBox(_("Show values"))
        self._reveal.setAccessibleName(_("Show cookie values"))
        self._reveal.toggled.connect(self._show_values)
        self._shown: Headers = ()
        kept = QPushButton(_("All Cookies…"))
        kept.setToolTip(_("Show, edit and delete the workspace's cookies"))
        kept.clicked.connect(self.cookies_requested)
        title = QHBoxLayout()
        title.setSpacing(theme.SPACE * 2)
        title.addWidget(Label(_("Cookies set by this response")))
        title.addStretch(1)
        title.addWidget(self._reveal)
        title.addWidget(kept)
        self._below = QWidget()
        inside = QVBoxLayout(self._below)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SPACE // 2)
        inside.addLayout(title)
        inside.addWidget(cookies, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(fields)
        halves.addWidget(self._below)
        halves.setSizes([300, 140])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.addWidget(halves)

    def show_exchange(self, exchange: Exchange) -> None:
        """Show the fields of its response."""
        self.show_headers(exchange.response.headers if exchange.response is not None else ())

    def show_headers(self, headers: Headers) -> None:
        """Show these; values of cookies are hidden anew."""
        self._shown = headers
        self._fields.show_rows(_hidden(headers))
        cookies = cookies_of(headers)
        self._reveal.setChecked(False)
        self._cookies.show_rows(cookies)
        self._below.setVisible(bool(cookies))

    def _show_values(self, revealed: bool) -> None:
        self._cookies.show_columns(cookie_columns(revealed=revealed))
        self._fields.show_rows(self._shown if revealed else _hidden(self._shown))


def _hidden(headers: Headers) -> Headers:
    """The same with values of cookies made unreadable."""
    return tuple((name, _without_value(value) if name.lower() == "set-cookie" else value) for name, value in headers)


def _without_value(field: str) -> str:
    pair, semicolon, rest = field.partition(";")
    name, equals, _value = pair.partition("=")
    return f"{name}={HIDDEN}{semicolon}{rest}" if equals else HIDDEN + semicolon + rest
