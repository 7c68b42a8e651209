"""The pages of the request panel; each is made when it is first looked at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from workbench.core.choices import is_reserved
from workbench.core.draft import Draft, InheritAuth, ParamKind
from workbench.core.i18n import _
from workbench.ui.request.request_page import RequestPage
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.variables import Variables

_SET = "•"


@dataclass(frozen=True, slots=True)
class RequestPageKind:
    """A page: its key, its fixed title, how it is made, and what stands behind the title for a draft."""

    key: str
    title: str
    make: Callable[[Variables, Run], RequestPage]
    badge: Callable[[Draft], str]


class RequestPages(QTabWidget):
    """``page(key)`` makes a page where it is not there yet; ``made`` tells of it so that it can be shown its part."""

    made = Signal(RequestPage)

    def __init__(self, kinds: tuple[RequestPageKind, ...], variables: Variables, run: Run, parent: QWidget) -> None:
        super().__init__(parent)
        self._kinds, self._variables, self._run = kinds, variables, run
        self._pages: dict[str, RequestPage] = {}
        self.setDocumentMode(True)
        self.setAccessibleName(_("Request"))
        for place, kind in enumerate(kinds):
            holder = QWidget(self)
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self.addTab(holder, kind.title)
            self.tabBar().setAccessibleTabName(place, kind.title)
        self.currentChanged.connect(self._make_current)

    def page(self, key: str) -> RequestPage:
        """The page called ``key``."""
        if key not in self._pages:
            place = self._place(key)
            page = self._kinds[place].make(self._variables, self._run)
            holder = self.widget(place)
            layout = holder.layout() if holder is not None else None
            if layout is not None:
                layout.addWidget(page)
                page.show()  # the layout would do it later, and a page that is hidden takes no keyboard
            self.made.emit(page)  # before it counts as there: what it shows is still to be told to it
            self._pages[key] = page
        return self._pages[key]

    def there(self) -> Iterator[RequestPage]:
        """The pages that were made, in their order."""
        return (self._pages[kind.key] for kind in self._kinds if kind.key in self._pages)

    def has(self, key: str) -> bool:
        """Whether the page was made."""
        return key in self._pages

    def go_to(self, key: str) -> RequestPage:
        """Show a page."""
        self.setCurrentIndex(self._place(key))
        return self.page(key)

    def show_badges(self, draft: Draft) -> None:
        """Say behind the titles what the pages hold."""
        for place, kind in enumerate(self._kinds):
            text = f"{kind.title} {kind.badge(draft)}".rstrip()
            if text != self.tabText(place):
                self.setTabText(place, text)
                self.tabBar().setAccessibleTabName(place, kind.title)

    def _place(self, key: str) -> int:
        return next(place for place, kind in enumerate(self._kinds) if kind.key == key)

    def _make_current(self, place: int) -> None:
        if 0 <= place < len(self._kinds):
            self.page(self._kinds[place].key)


def _count(number: int) -> str:
    return str(number) if number else ""


def _mark(holds: object) -> str:
    return _SET if holds else ""


def _params(variables: Variables, _run: Run) -> RequestPage:
    from workbench.ui.request.params_page import ParamsPage

    return ParamsPage(variables)


def _headers(variables: Variables, _run: Run) -> RequestPage:
    from workbench.ui.request.headers_page import HeadersPage

    return HeadersPage(variables)


def _auth(variables: Variables, _run: Run) -> RequestPage:
    from workbench.ui.request.auth.auth_page import AuthPage

    return AuthPage(variables)


def _body(variables: Variables, run: Run) -> RequestPage:
    from workbench.ui.request.body.body_page import BodyPage

    return BodyPage(variables, run)


def _tls(variables: Variables, _run: Run) -> RequestPage:
    from workbench.ui.request.tls.tls_page import TLSPage

    return TLSPage(variables)


def _variables(variables: Variables, _run: Run) -> RequestPage:
    from workbench.ui.request.variables_page import VariablesPage

    return VariablesPage(variables)


def _assertions(variables: Variables, _run: Run) -> RequestPage:
    from workbench.ui.request.assertions_page import AssertionsPage

    return AssertionsPage(variables)


def _docs(variables: Variables, run: Run) -> RequestPage:
    from workbench.ui.request.docs_page import DocsPage

    return DocsPage(variables, run)


def _tls_badge(draft: Draft) -> str:
    chosen = [one for one in draft.variables if one.on and is_reserved(one.name)]
    return _mark([one for one in chosen if one.name not in ("mtls.identity", "mtls.trust")])


KINDS = (
    RequestPageKind(
        "params",
        _("Params"),
        _params,
        lambda draft: _count(sum(one.on and (bool(one.name) or one.kind is ParamKind.PATH) for one in draft.params)),
    ),
    RequestPageKind(
        "headers", _("Headers"), _headers, lambda draft: _count(sum(one.on and bool(one.name) for one in draft.headers))
    ),
    RequestPageKind("auth", _("Authorization"), _auth, lambda draft: _mark(not isinstance(draft.auth, InheritAuth))),
    RequestPageKind("body", _("Body"), _body, lambda draft: _mark(draft.body is not None)),
    RequestPageKind("tls", _("TLS"), _tls, _tls_badge),
    RequestPageKind(
        "variables",
        _("Variables"),
        _variables,
        lambda draft: _count(sum(one.on and not is_reserved(one.name) for one in draft.variables)),
    ),
    RequestPageKind(
        "assertions", _("Assertions"), _assertions, lambda draft: _count(sum(one.on for one in draft.assertions))
    ),
    RequestPageKind("docs", _("Docs"), _docs, lambda draft: _mark(draft.docs.strip())),
)
