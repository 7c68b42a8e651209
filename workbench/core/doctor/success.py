"""What is worth knowing about an exchange that worked."""

from collections.abc import Iterable
from datetime import datetime

from workbench.core.doctor import chain_findings, connection_findings, identity_findings
from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.verification import Peer
from workbench.core.exchange import Finding, Phase, Severity
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake
from workbench.core.tls.policy import TLSPolicy

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def findings(
    handshake: Handshake | None,
    identity_chain: tuple[Certificate, ...],
    identity_name: str | None,
    policy: TLSPolicy,
    now: datetime,
    *,
    withheld_on: str | None = None,
    status: int | None = None,
    page: str = "",
    anchors: tuple[Certificate, ...] = (),
    known: tuple[Certificate, ...] = (),
    may_be_cut: bool = False,
) -> tuple[Finding, ...]:
    """Findings, most serious first.

    ``handshake`` is that of the last hop, None over plain HTTP. ``identity_chain`` is the chosen
    identity's, ``()`` for none. ``withheld_on`` is the origin from which a redirect withheld the
    identity. ``status`` and ``page`` (its beginning, as text) are the response's. ``anchors`` and
    ``known`` are those of ``Evidence``. ``may_be_cut``: nothing confirmed the end of its body.
    """
    found: list[Finding] = []
    if handshake is not None:
        found += connection_findings.verification_off(Peer(handshake.peer, anchors, known), policy)
    if status is not None:
        offered = identity_chain if withheld_on is None else ()
        evidence = Evidence(
            Trouble.STATUS,
            Phase.RECEIVE,
            host=handshake.host if handshake else "",
            handshake=handshake,
            identity_chain=offered,
            identity_name=identity_name,
            status=status,
            page=page,
            policy=policy,
            now=now,
            anchors=anchors,
            known=known,
        )
        found += identity_findings.from_status(evidence)
    if withheld_on is not None:
        found += identity_findings.withheld(identity_name, withheld_on)
    else:
        found += _unless_said(found, identity_findings.not_sent(handshake, identity_chain, identity_name, status))
    found += _unless_said(found, identity_findings.dates(identity_chain, now))
    if handshake is not None:
        found += chain_findings.about_chain(handshake, now)
        found += connection_findings.about_connection(handshake)
    if may_be_cut:
        found.append(connection_findings.cut())
    return by_severity(found)


def by_severity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same, most serious first."""
    return tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.severity)))


def _unless_said(found: list[Finding], more: Iterable[Finding]) -> list[Finding]:
    said = {finding.code for finding in found}
    return [finding for finding in more if finding.code not in said]
