"""The first request: mutual TLS between alice and the lab, in memory from end to end; no store and no keyring."""

import asyncio
from dataclasses import dataclass

from workbench.cli.describe import exchange_lines
from workbench.cli.document import exchange_document
from workbench.cli.outcome import exit_status
from workbench.cli.output import Output
from workbench.cli.sources import OpenedIdentities
from workbench.core.exchange import Exchange
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.tls.trust import Bundle, TrustStore
from workbench.lab import Lab

_WHO = "alice"


@dataclass(frozen=True, slots=True)
class _LabTrust:
    """A ``TrustSource`` that believes the lab alone."""

    bundle: Bundle

    def open(self, names: object) -> TrustStore:
        """The lab's bundle, whatever it is called."""
        return TrustStore((self.bundle,))


def lab_exchange(lab: Lab) -> Exchange:
    """Send one request to the lab's mutual server as alice."""
    return asyncio.run(_send(lab))


def show_lab_exchange(lab: Lab, output: Output) -> int:
    """Send it and print what came and what TLS did, to stdout because here that is the result; the exit status."""
    exchange = lab_exchange(lab)
    if output.json:
        output.document(exchange_document(exchange))
    else:
        output.text("\n".join(line.text for line in exchange_lines(exchange, verbose=output.verbose)))
    return exit_status(exchange)


async def _send(lab: Lab) -> Exchange:
    session = Session(OpenedIdentities((lab.identities[_WHO],)), _LabTrust(lab.bundle))
    try:
        # A proxy from the environment could not reach this machine.
        return await session.send(Request(url=lab.urls["mutual"], identity=_WHO, trust=(lab.bundle.name,), proxy=""))
    finally:
        await session.aclose()
