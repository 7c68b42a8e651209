"""What to believe: named CA bundles and the store made of those chosen for a request."""

from dataclasses import dataclass, field
from functools import cached_property

from workbench.core.tls.certificate import Certificate

SYSTEM = "system"
MOZILLA = "mozilla"


@dataclass(frozen=True)
class Bundle:
    """A named set of authorities."""

    name: str
    certificates: tuple[Certificate, ...] = field(repr=False)


@dataclass(frozen=True)
class TrustStore:
    """The bundles that hold for one request, first named first asked."""

    bundles: tuple[Bundle, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the bundles, in order."""
        return tuple(bundle.name for bundle in self.bundles)

    @cached_property
    def certificates(self) -> tuple[Certificate, ...]:
        """Every authority once, in the order of the bundles."""
        return tuple(dict.fromkeys(c for bundle in self.bundles for c in bundle.certificates))

    @cached_property
    def holds_more_than_roots(self) -> bool:
        """Whether a certificate is trusted that did not sign itself: a server's leaf, or an intermediate.

        Who imports one means that a chain may end there. Where there are roots only, it has to end in a root, as with
        OpenSSL, so that odd key identifiers, empty subjects and cross-signed roots are judged as strictly as there.
        """
        return any(not certificate.is_self_issued for certificate in self.certificates)

    @cached_property
    def _bundle_of(self) -> dict[bytes, str]:
        names: dict[bytes, str] = {}
        for bundle in self.bundles:
            for certificate in bundle.certificates:
                names.setdefault(certificate.der, bundle.name)
        return names

    def bundle_of(self, certificate: Certificate) -> str | None:
        """Name of the first bundle that holds ``certificate``, or None."""
        return self._bundle_of.get(certificate.der)
