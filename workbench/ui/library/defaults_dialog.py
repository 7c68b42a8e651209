"""What a collection or a folder gives to the requests in it: headers, authorization, variables, TLS, docs."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QTabWidget, QWidget

from workbench.core.choices import read, write
from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.draft import Defaults, Draft
from workbench.core.i18n import _
from workbench.core.workspace.collection_state import AgreedFound
from workbench.core.workspace.surroundings import Surroundings
from workbench.ui.library.agreements_page import AgreementsPage
from workbench.ui.look import theme
from workbench.ui.request.auth.auth_page import AuthPage
from workbench.ui.request.docs_page import DocsPage
from workbench.ui.request.headers_page import HeadersPage
from workbench.ui.request.request_page import RequestPage
from workbench.ui.request.tls.identity_chip import IdentityChip
from workbench.ui.request.tls.tls_page import TLSPage
from workbench.ui.request.tls.trust_choice import TrustChoice
from workbench.ui.request.variables_page import VariablesPage
from workbench.ui.widgets.answered_dialog import AnsweredDialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.variables import Variables


class DefaultsDialog(AnsweredDialog):
    """``save_requested`` carries what is shown.

    Everything that the dialog does not show stays as it was. ``revoke_requested`` carries what the collection is to use
    no more; ``show_agreed`` answers.
    """

    save_requested = Signal(Defaults)
    revoke_requested = Signal(tuple)  # tuple[Want, ...]

    def __init__(self, title: str, defaults: Defaults, parent: QWidget | None = None) -> None:
        super().__init__(title, _("&Save"), parent)
        self._before = defaults
        self._variables = Variables(self)
        self._name = QLineEdit(defaults.name, self)
        self._identity = IdentityChip(self)
        self._trust = TrustChoice(self)
        self._trust.setAutoDefault(False)  # in a dialog it would look like the one to press
        self._tls = TLSPage(self._variables, shared=True)
        self._pages: tuple[tuple[str, RequestPage], ...] = (
            (_("Headers"), HeadersPage(self._variables, shared=True)),
            (_("Authorization"), AuthPage(self._variables, shared=True)),
            (_("Variables"), VariablesPage(self._variables, shared=True)),
            (_("TLS"), self._tls),
            (_("Docs"), DocsPage(self._variables)),
        )
        self._tabs = QTabWidget(self)
        self._agreements: AgreementsPage | None = None
        self._lay_out()
        draft = _draft_of(defaults)
        choices = read(defaults.variables)
        self._identity.show_choice(choices.identity)
        self._trust.show_choice(choices.trust)
        for _title, page in self._pages:
            page.show_draft(draft)
            page.changed.connect(self.consider)
        self._name.textChanged.connect(self.consider)

    def defaults(self) -> Defaults:
        """What is shown."""
        draft = _draft_of(self._before)
        for _title, page in self._pages:
            draft = page.fill(draft)
        present = read(draft.variables)
        wanted = replace(present, identity=self._identity.choice(), trust=self._trust.choice())
        variables = draft.variables if wanted == present else write(draft.variables, wanted)
        return replace(
            self._before,
            name=self._name.text().strip(),
            headers=draft.headers,
            auth=draft.auth,
            variables=variables,
            settings=draft.settings,
            docs=draft.docs,
        )

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Show what is inherited from further out."""
        self._variables.show_scope(surroundings.scope)
        choices, where = surroundings.choices, surroundings.choices_from
        self._identity.show_inherited(choices.identity, where.get("identity", ""))
        self._trust.show_inherited(choices.trust, where.get("trust", ""), surroundings.fallback.trust)
        for _title, page in self._pages:
            page.show_surroundings(surroundings)

    def show_agreed(self, found: AgreedFound) -> None:
        """Show what a restricted collection may use; one that was made here has nothing to show."""
        if not found.restricted:
            return
        if self._agreements is None:
            page = self._agreements = AgreementsPage(self)
            page.revoke_requested.connect(self.revoke_requested)
            self._add_page(page, _("Agreements"))
        self._agreements.show_agreed(found)

    def show_stock(self, identities: Sequence[IdentityRow], bundles: Sequence[BundleRow]) -> None:
        """Offer these identities and trust bundles."""
        self._identity.show_identities(identities)
        self._trust.show_bundles(bundles)

    def _lay_out(self) -> None:
        for widget, name in ((self._name, _("Name")), (self._identity, _("Identity")), (self._trust, _("Trust"))):
            widget.setAccessibleName(name)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        proof = QHBoxLayout()
        proof.setSpacing(theme.SPACE)
        trust = Label(_("T&rust"), self)
        trust.setBuddy(self._trust)
        identity = Label(_("&Identity"), self)
        identity.setBuddy(self._identity)
        proof.addWidget(self._identity)
        proof.addSpacing(theme.SPACE)
        proof.addWidget(trust)
        proof.addWidget(self._trust)
        proof.addStretch(1)
        form.addRow(_("&Name"), self._name)
        form.addRow(identity, proof)
        for title, page in self._pages:
            self._add_page(page, title)
        self._tabs.setDocumentMode(True)
        self.lay_out(form, self._tabs, growing=self._tabs)
        self.resize(900, 620)

    def _add_page(self, page: QWidget, title: str) -> None:
        place = self._tabs.addTab(page, title)
        self._tabs.tabBar().setAccessibleTabName(place, title)

    def ready(self) -> bool:
        """There has to be a name."""
        return bool(self._name.text().strip())

    def ask(self) -> bool:
        """Ask for what is shown to be saved, or show the page where something is wrong."""
        if self._tls.trouble():
            self._tabs.setCurrentWidget(self._tls)
            return False
        self.save_requested.emit(self.defaults())
        return True


def _draft_of(defaults: Defaults) -> Draft:
    return Draft(
        headers=defaults.headers,
        auth=defaults.auth,
        variables=defaults.variables,
        settings=defaults.settings,
        docs=defaults.docs,
    )
