"""What is worth knowing about an exchange that worked."""

from collections.abc import Iterable
from dataclasses import replace

from workbench.core.doctor import chain_findings, connection_findings, identity_findings
from workbench.core.doctor.evidence import Evidence
from workbench.core.doctor.verification import Peer
from workbench.core.exchange import Finding, Severity

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """Findings about the last hop, most serious first. ``status`` is None where nothing but a handshake was wanted."""
    handshake, now, status = evidence.handshake, evidence.now, evidence.status
    chain, name = evidence.identity_chain, evidence.identity_name
    found: list[Finding] = []
    if handshake is not None:
        peer = Peer(handshake.peer, evidence.anchors, evidence.known)
        found += connection_findings.verification_off(peer, evidence.policy)
    by_status: list[Finding] = []
    if status is not None:
        offered = evidence if evidence.withheld_on is None else replace(evidence, identity_chain=())
        by_status += identity_findings.from_status(offered)
    found += by_status
    if evidence.withheld_on is not None:
        found += identity_findings.withheld(name, evidence.withheld_on)
    else:
        found += _unless_said(found, identity_findings.not_sent(handshake, chain, name, status))
        found += [] if by_status else identity_findings.acceptance_unknown(evidence)
    found += _unless_said(found, identity_findings.dates(chain, now))
    if handshake is not None:
        found += chain_findings.about_chain(handshake, now)
        found += connection_findings.about_connection(handshake)
        found += connection_findings.revocation(handshake)
    found += connection_findings.plain_http(evidence)
    if evidence.may_be_cut:
        found.append(connection_findings.cut())
    return by_severity(found)


def by_severity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same, most serious first."""
    return tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.severity)))


def _unless_said(found: list[Finding], more: Iterable[Finding]) -> list[Finding]:
    said = {finding.code for finding in found}
    return [finding for finding in more if finding.code not in said]
