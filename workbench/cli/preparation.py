"""What ``send`` and ``inspect`` do before they talk: identity, trust and recordings, made into a ``Session``."""

from argparse import Namespace
from contextlib import ExitStack
from dataclasses import replace
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from workbench.cli.body_output import spool_of
from workbench.cli.output import WARN, Output
from workbench.cli.passwords import given_password
from workbench.cli.recording import recording
from workbench.cli.sources import (
    LayeredTrust,
    OpenedIdentities,
    identity_store,
    open_identity,
    trust_library,
    trust_names,
)
from workbench.core.i18n import _
from workbench.core.request import Request

if TYPE_CHECKING:
    from workbench.core.session import Session
    from workbench.core.tls.identity import Identity


def prepare(args: Namespace, request: Request, stack: ExitStack, *, stored: bool = False) -> "tuple[Session, Request]":
    """A session, and ``request`` with the names of its identity and its bundles. ``stack`` closes the recordings.

    ``stored``: the session finds identities by name that the options do not name.

    Asks for a password where one is missing and a person is there. Raises ``IdentityError``,
    ``KeyringUnavailable``, ``TrustError`` and ``InvalidInput``.
    """
    # Opening a stored key takes 0.1 s outside the interpreter, loading what talks takes twice that within it.
    loading = Thread(target=import_module, args=("workbench.core.session",))
    loading.start()
    try:
        identity = open_identity(args)
        names, files = trust_names(args)
        record = recording(args, stack)
    finally:
        loading.join()
    from workbench.core.files.spool import sweep
    from workbench.core.session import Session

    spool = spool_of(getattr(args, "output", None))
    Thread(target=sweep, args=(spool,), name="sweep", daemon=True).start()  # nothing to wait for
    session = Session(
        OpenedIdentities((identity,) if identity else (), identity_store() if stored else None, given_password(args)),
        LayeredTrust(trust_library(), files),
        spool=spool,
        keylog=record.keylog,
        tap=record.tap,
    )
    if identity is not None:
        _warn(Output.of(args), identity)
    return session, replace(request, identity=identity.name if identity else None, trust=names)


def _warn(output: Output, identity: "Identity") -> None:
    """Say before anything is sent what servers will hold against ``identity``; the document tells it as findings."""
    if output.json or output.quiet:
        return
    from workbench.core.doctor.fit import judge

    for reason in judge(identity.chain).reasons:
        words = _("warning: servers will probably refuse “{name}”: {reason}")
        output.say(words.format(name=identity.name, reason=reason.detail), WARN)
