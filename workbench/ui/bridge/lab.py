"""The lab of a window: started and stopped, with its identities and its authority ready to be chosen."""

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.core.errors import KeyringUnavailable
from workbench.core.storage import PasswordKept
from workbench.core.storage.available import AvailableBundles, AvailableIdentities
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import Bundle

if TYPE_CHECKING:  # servers and h2: imported when the lab is started
    from workbench.lab import Lab


@dataclass(frozen=True, slots=True)
class LabState:
    """Where the lab's servers answer, by name; ``urls`` is empty while it is off.

    ``identity`` and ``trust`` are what to choose for it; ``kept_in_memory`` when there is no keyring.
    """

    urls: tuple[tuple[str, str], ...] = ()
    identity: str = ""
    trust: str = ""
    kept_in_memory: bool = False


class WindowLab:
    """At most one lab, whoever starts it. Everything here blocks and may be called from any thread."""

    def __init__(self, identities: AvailableIdentities, bundles: AvailableBundles) -> None:
        self._identities, self._bundles = identities, bundles
        self._switching = threading.Lock()
        self._lab: Lab | None = None
        self._state = LabState()

    def start(self) -> LabState:
        """Start the lab, unless it is on, and store its identity alice and its authority."""
        with self._switching:
            if self._lab is None:
                from workbench.lab import Lab

                lab = Lab.start()
                try:
                    self._state = self._install(lab)
                except BaseException:
                    lab.stop()
                    raise
                self._lab = lab
            return self._state

    def stop(self) -> LabState:
        """Stop it. What was stored stays; what was in memory for it leaves, since its authority is gone."""
        with self._switching:
            lab, self._lab, self._state = self._lab, None, LabState()
            if lab is not None:
                lab.stop()
                lent = {identity.certificate for identity in lab.identities.values()}
                held = self._identities.memory
                for name in [name for name, identity in held.items() if identity.certificate in lent]:
                    del held[name]
            return self._state

    def _install(self, lab: "Lab") -> LabState:
        trust = self._install_bundle(lab.bundle)
        identity, in_memory = self._install_identity(lab.identities["alice"])
        self._install_rest(lab)
        return LabState(tuple(lab.urls.items()), identity, trust, in_memory)

    def _install_identity(self, identity: Identity) -> tuple[str, bool]:
        """Its name, and whether it is in memory only."""
        from workbench.lab.identities import is_from_a_lab

        present = self._identities.find(identity.name)
        ours = present is None or is_from_a_lab(present.certificate)
        identity = identity if ours else replace(identity, name=f"lab-{identity.name}")
        try:
            self._identities.add(identity, None, PasswordKept.KEYRING, renewed=True)
        except KeyringUnavailable:
            self._identities.memory[identity.name] = identity
            return identity.name, True
        return identity.name, False

    def _install_rest(self, lab: "Lab") -> None:
        # The other identities are for trying what goes wrong: there while the window is, stored nowhere.
        for name, identity in lab.identities.items():
            label = f"lab-{name}"
            if name != "alice":
                self._identities.memory[label] = replace(identity, name=label)

    def _install_bundle(self, bundle: Bundle) -> str:
        from workbench.lab.identities import is_from_a_lab

        present = next((row for row in self._bundles.rows() if row.name == bundle.name), None)
        if present is not None and not all(is_from_a_lab(certificate) for certificate in present.certificates):
            self._bundles.memory[f"{bundle.name}-ca"] = replace(bundle, name=f"{bundle.name}-ca")
            return f"{bundle.name}-ca"
        self._bundles.add(bundle.name, bundle.certificates, renewed=True)
        return bundle.name
