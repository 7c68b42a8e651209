"""Identities and authorities of one call: the stores, with the files of the command line laid over them."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.command import wrong_usage
from workbench.cli.files import read_source
from workbench.cli.passwords import given_password, with_password
from workbench.cli.tls_options import NONE, listed
from workbench.core.errors import IdentityNotFound
from workbench.core.i18n import _
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import SYSTEM, Bundle, TrustStore

if TYPE_CHECKING:
    from workbench.core.storage import IdentityStore, TrustLibrary


@dataclass(frozen=True, slots=True)
class OpenedIdentities:
    """An ``IdentitySource`` of identities that were opened beforehand, on the thread that may ask for a password.

    ``store`` is asked for others, and given ``password``.
    """

    identities: tuple[Identity, ...] = ()
    store: "IdentityStore | None" = None
    password: str | None = field(default=None, repr=False)

    def open(self, name: str) -> Identity:
        """The identity of this name. Raises ``IdentityNotFound``, and what the store raises."""
        for identity in self.identities:
            if identity.name == name:
                return identity
        if self.store is not None:
            return self.store.open(name, self.password)
        raise IdentityNotFound(_("This call has no identity “{name}”.").format(name=name))


@dataclass(frozen=True, slots=True)
class LayeredTrust:
    """A ``TrustSource``: bundles read from files first, then those that ``library`` keeps."""

    library: "TrustLibrary"
    files: tuple[Bundle, ...] = ()

    def open(self, names: Sequence[str]) -> TrustStore:
        """The bundles of these names, in order. Raises ``TrustError`` for one that is not there."""
        read = {bundle.name: bundle for bundle in self.files}
        bundles: list[Bundle] = []
        for name in names:
            bundles += [read[name]] if name in read else self.library.open((name,)).bundles
        return TrustStore(tuple(bundles))


def identity_store() -> "IdentityStore":
    """The identities that this program keeps."""
    from workbench.core.storage import Home, IdentityStore, Keyring

    return IdentityStore(Home.default(), Keyring())


def trust_library() -> "TrustLibrary":
    """The bundles that this program keeps, and the built-in ones."""
    from workbench.core.storage import Home, TrustLibrary

    return TrustLibrary(Home.default())


def open_identity(args: Namespace) -> Identity | None:
    """The identity that the options choose, opened, or None.

    A password that is missing or wrong is asked for on a terminal. Raises ``IdentityError``,
    ``KeyringUnavailable`` and ``InvalidInput``.
    """
    files = [name for name in (args.pkcs12, args.cert, args.key) if name is not None]
    if args.identity is not None and files:
        wrong_usage(
            args, _("--identity uses a stored identity; --cert, --key and --pkcs12 read files: use one or the other")
        )
    if args.pkcs12 is not None and len(files) > 1:
        wrong_usage(args, _("--pkcs12 contains key and certificate; do not add --cert or --key"))
    if args.key is not None and args.cert is None:
        wrong_usage(args, _("--key needs its certificate: add --cert"))
    if files:
        return _from_files(args, files)
    if args.identity in (None, NONE):
        return None
    name: str = args.identity
    store = identity_store()
    question = _("Password of the identity “{name}”:").format(name=name)
    identity, _password = with_password(given_password(args), question, lambda password: store.open(name, password))
    return identity


def trust_names(args: Namespace) -> tuple[tuple[str, ...], tuple[Bundle, ...]]:
    """The names of the bundles to believe, in order, and those of them that come from files.

    ``--trust`` and ``--cacert`` both replace the default. Raises ``TrustError`` and ``InvalidInput``.
    """
    stored = listed(args, "trust")
    files = tuple(_bundle(name, stored) for name in listed(args, "cacert"))
    return ((*stored, *(bundle.name for bundle in files)) or (SYSTEM,)), files


def _from_files(args: Namespace, files: Sequence[str]) -> Identity:
    from workbench.core.formats import read_identity

    sources = [read_source(name) for name in dict.fromkeys(files)]
    question = _("Password of the private key in {file}:").format(file=files[-1])
    imported, _password = with_password(
        given_password(args), question, lambda password: read_identity(sources, password)
    )
    return imported.identity


def _bundle(file: str, taken: Sequence[str]) -> Bundle:
    from workbench.core.formats import read_bundle

    return Bundle(str(Path(file).absolute()) if file in taken else file, read_bundle(read_source(file)))
