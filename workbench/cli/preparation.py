"""What ``send`` and ``inspect`` do before they talk: identity, trust and recordings, made into a ``Session``."""

from argparse import Namespace
from contextlib import ExitStack
from dataclasses import replace

from workbench.cli.recording import recording
from workbench.cli.sources import LayeredTrust, OpenedIdentities, open_identity, trust_library, trust_names
from workbench.core.request import Request
from workbench.core.session import Session


def prepare(args: Namespace, request: Request, stack: ExitStack) -> tuple[Session, Request]:
    """A session, and ``request`` with the names of its identity and its bundles. ``stack`` closes the recordings.

    Asks for a password where one is missing and a person is there. Raises ``IdentityError``,
    ``KeyringUnavailable``, ``TrustError`` and ``InvalidInput``.
    """
    identity = open_identity(args)
    names, files = trust_names(args)
    record = recording(args, stack)
    session = Session(
        OpenedIdentities((identity,) if identity else ()),
        LayeredTrust(trust_library(), files),
        keylog=record.keylog,
        tap=record.tap,
    )
    return session, replace(request, identity=identity.name if identity else None, trust=names)
