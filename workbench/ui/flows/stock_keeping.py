"""Identities and trust bundles renamed and removed, and that undone."""

from functools import partial

from PySide6.QtCore import QObject

from workbench.core.credentials import Removed
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.certificates.identities_page import IdentitiesPage
from workbench.ui.certificates.trust_page import TrustPage
from workbench.ui.widgets.undoing import Undoing


class StockKeeping(QObject):
    """What was removed comes back as long as a toast offers that.

    When nobody can take it back any more it is deleted, private key and password with it.
    """

    def __init__(self, bridge: Bridge, identities: IdentitiesPage, trust: TrustPage, undoing: Undoing) -> None:
        super().__init__(undoing)
        self._bridge, self._trust, self._undoing = bridge, trust, undoing
        identities.remove_requested.connect(lambda name: bridge.remove_identity(name, self._identity_removed))
        trust.remove_requested.connect(self._remove_bundle)
        identities.rename_requested.connect(self._rename_identity)
        trust.rename_requested.connect(self._rename_bundle)
        for page in (identities, trust):
            page.undo_requested.connect(undoing.undo)
        undoing.settled.connect(bridge.forget_removed)

    def _rename_identity(self, name: str, new: str) -> None:
        def back() -> None:
            self._bridge.rename_identity(new, name, lambda _stored: None)

        self._bridge.rename_identity(name, new, lambda _stored: self._undoing.note(back))

    def _rename_bundle(self, name: str, new: str) -> None:
        def back() -> None:
            before = self._trust.default_names()

            def renamed(_stored: object) -> None:
                if new in before:
                    self._trust.default_chosen.emit(tuple(name if one == new else one for one in before))

            self._bridge.rename_bundle(new, name, renamed)

        self._bridge.rename_bundle(name, new, lambda _stored: self._undoing.note(back))

    def _identity_removed(self, removed: Removed) -> None:
        words = _("Removed the identity “{name}”.").format(name=isolated(removed.name))
        self._undoing.note(lambda: self._bridge.take_back_identity(removed), words, fleeting=True)

    def _remove_bundle(self, name: str) -> None:
        self._bridge.remove_bundle(name, partial(self._bundle_removed, name in self._trust.default_names()))

    def _bundle_removed(self, default: bool, removed: Removed) -> None:
        def back(name: str) -> None:
            if default:
                self._trust.default_chosen.emit((*self._trust.default_names(), name))

        words = _("Removed the trust bundle “{name}”.").format(name=isolated(removed.name))
        self._undoing.note(lambda: self._bridge.take_back_bundle(removed, back), words, fleeting=True)
