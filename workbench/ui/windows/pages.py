"""The pages behind the navigation, what they want of the bridge, and what they want of each other."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.core import choices
from workbench.core.collection.location import DraftLocation
from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.draft import Draft, Field, RawBody, RawKind
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.visible import isolated
from workbench.ui.actions import Actions
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.bridge.lab import LabState
from workbench.ui.certificates.identities_page import IdentitiesPage
from workbench.ui.certificates.trust_page import TrustPage
from workbench.ui.flows.closing import Closing
from workbench.ui.flows.collecting import Collecting
from workbench.ui.flows.cookie_editing import CookieEditing
from workbench.ui.flows.defaults_editing import DefaultsEditing
from workbench.ui.flows.environment_editing import EnvironmentEditing
from workbench.ui.flows.history_flow import HistoryFlow
from workbench.ui.flows.importing import Importing
from workbench.ui.flows.password_changing import PasswordChanging
from workbench.ui.flows.request_files import RequestFiles
from workbench.ui.flows.secret_editing import SecretEditing
from workbench.ui.flows.session_restore import SessionRestore
from workbench.ui.flows.stock_keeping import StockKeeping
from workbench.ui.history.panel import HistoryPanel
from workbench.ui.library.environment_choice import EnvironmentChoice
from workbench.ui.library.sidebar import LibrarySidebar
from workbench.ui.models.lab_servers import LabServer
from workbench.ui.settings import FOLDED, WindowState
from workbench.ui.tabs.context import DocumentContext
from workbench.ui.tabs.document import Document
from workbench.ui.tabs.document_tabs import DocumentTabs
from workbench.ui.tabs.tab_commands import TabCommands
from workbench.ui.widgets.file_drop import FileDrop
from workbench.ui.widgets.toast import Toast
from workbench.ui.widgets.undoing import Undoing
from workbench.ui.windows.lab_page import LabPage
from workbench.ui.windows.page_kinds import PAGES, Divided, PageContext
from workbench.ui.windows.workplace import Workplace

_MARKERS = ("opencollection.yml", "bruno.json")  # files that a collection's folder is known by
_SAMPLE_BODY = RawBody(RawKind.JSON, '{\n  "order": 4711,\n  "status": "shipped"\n}\n')
_SAMPLE_HEADERS = (Field("X-Request-ID", "first-order"), Field("X-Client", "mtls-workbench"))

Page = TypeVar("Page", bound=QWidget)


class Pages(QObject):
    """Made once, after the window is painted. ``page_requested`` carries the name of a page.

    ``collection_shown`` carries the name of the collection that the request in front belongs to, empty for none.
    """

    page_requested = Signal(str)
    collection_shown = Signal(str)

    def __init__(self, bridge: Bridge, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._lab_state = LabState()
        self.undoing = Undoing(Toast(window), window)
        self._context = DocumentContext(bridge, self)
        self.documents = DocumentTabs(self._context)
        self.tab_commands = TabCommands(self.documents, actions)
        self._session = SessionRestore(bridge, self.documents)
        context = PageContext(bridge, actions, self.documents, self.undoing, window)
        self._made = {kind.name: kind.make(context) for kind in PAGES}
        self.library, self.history = self._only(LibrarySidebar), self._only(HistoryPanel)
        self.identities, self.trust, self.lab = self._only(IdentitiesPage), self._only(TrustPage), self._only(LabPage)
        self.environment = EnvironmentChoice()
        self.workplace = Workplace(self.documents, {kind.name: self._made[kind.name] for kind in PAGES if kind.beside})
        self.past = HistoryFlow(bridge, self.history, self.documents, window)
        self.cookies = CookieEditing(bridge.ask_cookies, window)
        self.collecting = Collecting(bridge.library, actions, self.library, self.undoing, window)
        self.files = RequestFiles(bridge.library, self.documents, Closing(self.documents, self.undoing), window)
        self.environments = EnvironmentEditing(
            bridge.library, self.documents, self.environment, self._stock, self.undoing, window
        )
        self._secrets = SecretEditing(bridge.library, window)
        self._defaults = DefaultsEditing(bridge, self._stock, window)
        self._keeping_stock = StockKeeping(bridge, self.identities, self.trust, self.undoing)
        self.importing = Importing(bridge, window)
        self._passwords = PasswordChanging(bridge, window)
        self._drop = FileDrop(self)
        self._drop.watch(window)
        self._drop.dropped.connect(self.bring)
        actions["take-back"].triggered.connect(lambda _on: self.undoing.undo())
        actions["take-back"].setEnabled(False)
        self.undoing.changed.connect(actions["take-back"].setEnabled)
        self._connect_stock()
        self._connect_requests()
        self._connect_cookies(actions)
        self._connect_collections(actions)
        self._connect_lab()

    def all(self) -> tuple[QWidget, ...]:
        """All pages."""
        return (self.workplace, *(self._made[kind.name] for kind in PAGES if not kind.beside))

    def page(self, name: str) -> QWidget:
        """One page by its name."""
        return next((self._made[name] for kind in PAGES if kind.name == name and not kind.beside), self.workplace)

    def restore(self, state: WindowState) -> None:
        """Put dividers where they were, and open what was open."""
        self._session.restore()
        self.documents.arrange(state.response_split)
        self.workplace.restore_split(state.sidebar_split)
        self.workplace.fold(folded=state.sidebar == FOLDED)
        for name, page in self._made.items():
            if isinstance(page, Divided):
                page.restore_split(state.page_splits.get(name, ""))

    def state(self, state: WindowState) -> WindowState:
        """``state`` with where the dividers are."""
        return replace(
            state,
            response_split=self.documents.arrangement(),
            sidebar_split=self.workplace.split_state(),
            sidebar=FOLDED if self.workplace.is_folded() else "",
            page_splits={name: page.split_state() for name, page in self._made.items() if isinstance(page, Divided)},
        )

    def _only(self, kind: type[Page]) -> Page:
        (page,) = (page for page in self._made.values() if isinstance(page, kind))
        return page

    def bring(self, paths: Sequence[Path]) -> None:
        """Open the collections among ``paths``, import the other files."""
        chosen = tuple(paths)
        self._bridge.work_on(lambda: _sorted_out(chosen), self._take)

    def _take(self, sorted_out: tuple[tuple[Path, ...], tuple[Path, ...]]) -> None:
        folders, files = sorted_out
        if folders:
            self.collecting.opening.open(folders)
            self._show_column("requests")
        self.importing.drop(files)

    def try_the_lab(self) -> None:
        """Start the lab and open the classic first request to it."""
        self._bridge.start_lab(done=self._open_sample)

    def _connect_stock(self) -> None:
        bridge = self._bridge
        bridge.identities_changed.connect(self.identities.show_rows)
        bridge.bundles_changed.connect(self.trust.show_rows)
        self.identities.password_requested.connect(self._change_password)
        self.identities.import_requested.connect(self._import_identity)
        self.trust.import_requested.connect(self._import_trust)
        self.importing.identity_stored.connect(self._welcome_identity)
        self.importing.bundle_stored.connect(self._welcome_bundle)
        self.importing.authority_stored.connect(self._use_authority)

    def _connect_requests(self) -> None:
        self.documents.opened.connect(self._show_opened)
        self.documents.grown.connect(self._drop.watch)
        self.documents.emptied.connect(self.workplace.follow_tabs)
        self.tab_commands.save_requested.connect(self.files.save)
        self.tab_commands.save_as_requested.connect(self.files.save_as)
        self.tab_commands.compare_requested.connect(self.past.compare_documents)
        self._context.import_requested.connect(self._import_identity)
        self._context.import_trust_requested.connect(self._import_trust)
        self._context.identity_requested.connect(self._show_identity)
        self._context.authority_offered.connect(self._offer_authority)
        self._context.cookies_requested.connect(self.cookies.open)

    def _connect_cookies(self, actions: Actions) -> None:
        self._bridge.exchanged.connect(lambda _exchange: self.cookies.refresh())
        actions["cookies"].triggered.connect(self.cookies.open)

    def _connect_collections(self, actions: Actions) -> None:
        self.collecting.open_requested.connect(self.files.open)
        self.collecting.moved.connect(self.files.follow_moves)
        self.collecting.defaults_requested.connect(self._defaults.edit)
        self.collecting.place_chosen.connect(self.environments.show_chosen)
        self.files.collection_requested.connect(self.collecting.opening.create)
        self.environments.collection_shown.connect(self.collection_shown)
        for changed in (self.environments.changed, self._defaults.changed, self._secrets.changed):
            changed.connect(self.documents.refresh_surroundings)
        actions["environments"].triggered.connect(lambda _on: self.environments.edit(self.collecting.chosen_folder()))
        actions["secrets"].triggered.connect(lambda _on: self._secrets.edit(self._meant_collection()))
        actions["environment"].triggered.connect(self.environment.open)
        actions["reveal"].triggered.connect(self._reveal_current)
        actions["tree-filter"].triggered.connect(self._filter)

    def _meant_collection(self) -> Path | None:
        """That of the line which has the keyboard, else that of the request in front."""
        chosen = self.collecting.chosen_folder() if self.library.tree.hasFocus() else None
        return chosen or self.environments.collection()

    def reveal(self, location: DraftLocation) -> None:
        """Show where ``location`` is in its collection."""
        self._show_column("requests")
        self.library.reveal(location)

    def _reveal_current(self) -> None:
        document = self.documents.current()
        if document is not None and document.origin is not None:
            self.reveal(DraftLocation(document.origin.collection, document.origin.item))

    def _filter(self) -> None:
        self._show_column("requests")
        self.library.focus_filter()

    def _show_column(self, name: str) -> None:
        self.workplace.show_column(name)
        self.page_requested.emit(name)

    def _stock(self) -> tuple[tuple[IdentityRow, ...], tuple[BundleRow, ...]]:
        return self.identities.model.rows(), self.trust.model.rows()

    def _connect_lab(self) -> None:
        self._bridge.lab_changed.connect(self._show_lab)
        self.lab.start_requested.connect(self._bridge.start_lab)
        self.lab.stop_requested.connect(self._bridge.stop_lab)
        self.lab.open_requested.connect(self._open_lab_server)

    def _show_opened(self, document: QWidget) -> None:
        self._drop.watch(document)
        self.workplace.follow_tabs()
        self.page_requested.emit("requests")

    def _import_identity(self) -> None:
        self.importing.choose()

    def _import_trust(self) -> None:
        self.importing.choose(trust=True)

    def _change_password(self, name: str, asked: bool) -> None:
        self._passwords.start(name, asked=asked)

    def _show_identity(self, name: str) -> None:
        self.identities.choose(name)
        self.page_requested.emit("identities")

    def _offer_authority(self, authority: Certificate) -> None:
        self.importing.offer(authority)

    def _welcome_identity(self, name: str) -> None:
        self.identities.choose_when_there(name)
        words = _("Imported the identity “{name}”.").format(name=isolated(name))
        self._offer_to_request(words, lambda document: document.choose_identity(name))

    def _welcome_bundle(self, name: str) -> None:
        self.trust.choose_when_there(name)
        words = _("Imported the trust bundle “{name}”.").format(name=isolated(name))
        self._offer_to_request(words, lambda document: document.choose_trust(name))

    def _use_authority(self, name: str) -> None:
        self.trust.choose_when_there(name)
        document = self.documents.current()
        if document is not None:
            document.choose_trust(name)

    def _offer_to_request(self, words: str, use: Callable[[Document], object]) -> None:
        """What is new changes no request by itself: the one in front may take it."""
        document = self.documents.current()
        if document is None:
            self.undoing.toast.offer(words)
        else:
            take = partial(self._use_in, document, use)
            self.undoing.toast.offer(words, _("&Use for This Request"), take)

    def _use_in(self, document: Document, use: Callable[[Document], object]) -> None:
        if document in self.documents.documents():
            use(document)
            self.documents.setCurrentWidget(document)
            self.page_requested.emit("requests")

    def _show_lab(self, state: LabState) -> None:
        self._lab_state = state
        note = ""
        if state.kept_in_memory:
            note = _("There is no system keyring, so the lab's identity stays in memory until the window closes.")
        from workbench.lab.purposes import SERVERS

        self.lab.show_servers([LabServer(name, url, SERVERS[name]) for name, url in state.urls], note)

    def _open_sample(self, state: LabState) -> None:
        url = dict(state.urls)["mutual"] + "order/update"
        self._open(Draft(method="POST", url=url, headers=_SAMPLE_HEADERS, body=_SAMPLE_BODY))

    def _open_lab_server(self, url: str) -> None:
        self._open(Draft(url=url))

    def _open(self, draft: Draft) -> None:
        state = self._lab_state
        chosen = choices.write((), choices.Choices(identity=state.identity, trust=state.trust))
        self.documents.open(replace(draft, variables=chosen))


def _sorted_out(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The folders of collections, and the other files."""
    folders = [path if path.is_dir() else path.parent for path in paths if path.is_dir() or path.name in _MARKERS]
    return tuple(dict.fromkeys(folders)), tuple(path for path in paths if path.is_file() and path.name not in _MARKERS)
