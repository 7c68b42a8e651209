"""What the doctor is told about an exchange: evidence for a diagnosis when it failed, for findings when it worked."""

import time
from weakref import WeakKeyDictionary

from workbench.core import doctor, url
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import ClientAuthentication, Failure, Hop, Phase, Response
from workbench.core.http.client import HopResponse
from workbench.core.http.hop_record import HopRecord
from workbench.core.http.stream import TLSStream
from workbench.core.http.trouble import HopFailed
from workbench.core.session.record import SessionRecord, Verdict
from workbench.core.tls.handshake import Handshake

_PAGE = 4096
"""Bytes of an error page that the doctor reads."""


def failed(record: SessionRecord, error: WorkbenchError | HopFailed) -> Verdict:
    """The verdict on an exchange that ``error`` ended."""
    if isinstance(error, WorkbenchError):
        return Verdict(unfinished(record), failure_of(record, error))
    return Verdict(doctor.client_authentication(_of_failure(record, error)), failure_of(record, error))


def failure_of(record: SessionRecord, error: WorkbenchError | HopFailed) -> Failure:
    """Why ``error`` ended the exchange. A ``HopFailed`` is diagnosed; other errors say themselves what is wrong."""
    if isinstance(error, WorkbenchError):
        return doctor.failure_of(error)
    return doctor.diagnose(_of_failure(record, error))


def may_have_been_refused(record: SessionRecord, error: HopFailed) -> bool:
    """Whether the server may have refused our certificate, and what it said of that was lost."""
    return doctor.may_have_been_refused(_of_failure(record, error))


def unfinished(record: SessionRecord) -> ClientAuthentication:
    """What came of our certificate in an exchange that ended on our side."""
    hop = record.hop
    handshake = hop.handshake if hop is not None else None
    return doctor.client_authentication(doctor.Evidence(doctor.Trouble.UNEXPECTED, Phase.PREPARE, handshake=handshake))


def judged(
    record: SessionRecord, handshake: Handshake | None, response: Response | None, *, may_be_cut: bool = False
) -> Verdict:
    """The verdict on an exchange that worked, most serious finding first. ``response`` is None for a handshake."""
    page = ""
    if response is not None and response.status >= 400 and response.body.file is None:
        page = response.body.read(_PAGE).decode("utf-8", "replace")
    evidence = doctor.Evidence(
        doctor.Trouble.STATUS,
        Phase.RECEIVE,
        host=handshake.host if handshake else "",
        handshake=handshake,
        identity_chain=record.identity_chain,
        identity_name=record.request.identity,
        withheld_on=record.withheld_on,
        status=response.status if response is not None else None,
        headers=response.headers if response is not None else (),
        page=page,
        may_be_cut=may_be_cut,
        policy=record.request.policy,
        anchors=record.anchors,
    )
    return Verdict(doctor.client_authentication(evidence), findings=doctor.findings(evidence))


class VerdictCache:
    """Verdicts on responses: made once for all requests that take the same connection to the same status."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[TLSStream, tuple[tuple[object, ...], Verdict]] = WeakKeyDictionary()

    def of(self, record: SessionRecord, arrived: HopResponse, handshake: Handshake | None) -> Verdict:
        """The verdict on ``arrived``. An error's page and an end that may be a cut are looked at each time."""
        stream, status, may_be_cut = arrived.record.stream, arrived.response.status, arrived.may_be_cut
        if stream is None or status >= 400 or may_be_cut:
            return judged(record, handshake, arrived.response, may_be_cut=may_be_cut)
        minute = int(time.time() / 60)  # certificates expire while connections live
        request = record.request
        basis = (handshake, record.identity, request.identity, record.withheld_on, record.trust, request.policy)
        known = self._known.get(stream)
        if known is None or known[0] != (*basis, status, minute):
            known = self._known[stream] = (*basis, status, minute), judged(record, handshake, arrived.response)
        return known[1]


def _of_failure(record: SessionRecord, failure: HopFailed) -> doctor.Evidence:
    last = record.hops[-1] if record.hops else Hop(record.request.url)
    target = url.parse(last.url)
    hop = failure.record
    return doctor.Evidence(
        trouble=failure.trouble,
        phase=hop.phase,
        host=target.host,
        port=target.port,
        message=failure.message,
        reason=failure.reason,
        handshake=hop.handshake or _proxy_handshake(hop),
        identity_chain=record.identity_chain,
        identity_name=record.identity.name if record.identity else None,
        trust=record.request.trust,
        first_bytes=_first_bytes(hop),
        proxy=last.proxy,
        reused=hop.reused,
        policy=record.request.policy,
        anchors=record.anchors,
    )


def _first_bytes(hop: HopRecord) -> bytes:
    """What came in place of TLS, else what came in place of HTTP/1.1."""
    if hop.stream is not None and not hop.stream.connection.complete:
        return hop.stream.first_bytes
    return b"" if hop.framed else hop.first_bytes


def _proxy_handshake(hop: HopRecord) -> Handshake | None:
    """The handshake with the proxy, where that is what failed."""
    if hop.phase is not Phase.PROXY or hop.proxy_stream is None:
        return None
    return hop.proxy_stream.connection.handshake_facts()
