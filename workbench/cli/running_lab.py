"""What ``lab`` does: servers and identities of our own on this machine, until Ctrl-C."""

import asyncio
import signal
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

from workbench.cli.command import DONE, PROGRAM
from workbench.cli.describe import exchange_lines
from workbench.cli.document import exchange_document
from workbench.cli.layout import Column
from workbench.cli.outcome import exit_status
from workbench.cli.output import BOLD, Output
from workbench.cli.sources import OpenedIdentities, identity_store, trust_library
from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.tls.document import Document, certificate_document
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import TrustStore
from workbench.lab import Lab
from workbench.lab.install import Installed, uninstall
from workbench.lab.keep import keep, kept
from workbench.lab.purposes import IDENTITIES, SERVERS

_LOOK_EVERY = 0.2  # seconds between looks at the journal
PASSWORD_VARIABLE = "LAB_PASSWORD"  # noqa: S105 -- the name of a variable


class LabTrust:
    """A ``TrustSource`` that knows the lab's authority only."""

    def __init__(self, lab: Lab) -> None:
        self._store = TrustStore((lab.bundle,))

    def open(self, _names: object) -> TrustStore:
        """The lab's bundle, whatever is asked for."""
        return self._store


def mutual_exchange(lab: Lab) -> Exchange:
    """One request to the mutual server as alice; nothing is stored for it."""

    async def send() -> Exchange:
        session = Session(OpenedIdentities(tuple(lab.identities.values())), LabTrust(lab))
        try:
            # no proxy: the lab is on this machine
            return await session.send(Request(url=lab.urls["mutual"], identity="alice", trust=("lab",), proxy=""))
        finally:
            await session.aclose()

    return asyncio.run(send())


def lab_document(lab: Lab, identities: Mapping[str, Identity], password: str | None) -> Document:
    """What there is: the authority, the identities by the names they are stored under, the servers."""
    return {
        "authority": certificate_document(lab.authority),
        "identities": [
            {
                "name": identity.name,
                "what": IDENTITIES.get(name, ""),
                **certificate_document(identity.certificate),
            }
            for name, identity in identities.items()
        ],
        "servers": [{"name": name, "url": url, "what": SERVERS.get(name, "")} for name, url in lab.urls.items()],
        "password": password,
    }


def run(args: Namespace) -> int:
    """Run the lab as ``args`` say; the exit status."""
    output = Output.of(args)
    lasting = not (args.send or args.print)
    with Lab.start(port=args.port, root=kept(identity_store()) if lasting else None) as lab:
        if args.send:
            return _send(output, lab)
        if args.print:
            _print(output, lab, lab.identities, None)
            return DONE
        return _serve(output, lab, leave=args.keep)


def _serve(output: Output, lab: Lab, *, leave: bool) -> int:
    """Until Ctrl-C or SIGTERM, which raise ``KeyboardInterrupt`` so that the store is left as it was."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may have SIGINT ignored for a job in the background
        signal.signal(number, signal.default_int_handler)
    store, library = identity_store(), trust_library()
    with ExitStack() as stack:
        if leave:
            keep(lab.root, store)
        installed = lab.install(store, library)
        if not leave:
            stack.callback(uninstall, installed, store, library)
        _print(output, lab, installed.identities, installed.password)
        if not output.json:
            output.text("\n".join(("", *_commands(lab, installed))))
        after = (
            _("Its identities then stay in the store.")
            if leave
            else _("Its identities are then removed from the store.")
        )
        output.say(_("The lab runs until Ctrl-C.") + " " + after, BOLD)
        told = 0
        while True:
            for event in lab.journal.events(after=told):
                output.say(f"{event.at:%H:%M:%S} {event.server}: {event.what}")
                told = event.number
            time.sleep(_LOOK_EVERY)


def _send(output: Output, lab: Lab) -> int:
    exchange = mutual_exchange(lab)
    if output.json:
        output.document(exchange_document(exchange))
    else:
        output.lines(exchange_lines(exchange, verbose=output.verbose))
    return exit_status(exchange)


def _print(output: Output, lab: Lab, identities: Mapping[str, Identity], password: str | None) -> None:
    if output.json:
        output.document(lab_document(lab, identities, password))
        return
    output.table(
        (Column(_("Server")), Column(_("URL")), Column(_("Purpose"), wraps=True)),
        [(name, url, SERVERS.get(name, "")) for name, url in lab.urls.items()],
    )
    output.lines([("", "")])
    output.table(
        (Column(_("Identity")), Column(_("Subject"), 1), Column(_("Purpose"), wraps=True)),
        [
            (identity.name, identity.certificate.subject, IDENTITIES.get(name, ""))
            for name, identity in identities.items()
        ],
    )


def _commands(lab: Lab, installed: Installed) -> Iterator[str]:
    """Lines to copy into another terminal."""
    alice, expired, trust = installed.identities["alice"].name, installed.identities["expired"].name, installed.bundle
    password = ""
    if installed.password is not None:
        yield _("There is no keyring, so the password of the lab's identities must be given each time:")
        yield f"  export {PASSWORD_VARIABLE}={installed.password}"
        password = f" --password-env {PASSWORD_VARIABLE}"
    yield _("In another terminal:")
    yield f"  {PROGRAM} send {lab.urls['mutual']} --identity {alice} --trust {trust.name}{password}"
    yield f"  {PROGRAM} send {lab.urls['mutual']} --identity {expired} --trust {trust.name}{password}"
    yield f"  {PROGRAM} inspect {lab.urls['optional'].removeprefix('https://').rstrip('/')} --trust {trust.name}"
    yield f"  {PROGRAM} send {lab.urls['untrusted']} --trust {trust.name}"
