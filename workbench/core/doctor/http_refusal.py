"""What an HTTP answer says about our certificate.

Servers and gateways refuse certificates over HTTP too, each in its own way: a page, a header of its own, a status. The
answer is read here for what it says, and for nothing more: a 401 that asks for a token is no word about certificates.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.doctor.wire import (
    ACCESS_DENIED,
    BAD_CERTIFICATE,
    CERTIFICATE_REQUIRED,
)

_NOT_ALLOWED = (401, 403)
_NGINX_ERROR, _NGINX_MISSING = 495, 496  # nginx's own, which get out where its configuration lets them
_REFUSING = (400, *_NOT_ALLOWED, _NGINX_ERROR, _NGINX_MISSING)


class Meaning(enum.Enum):
    """What the answer means for our certificate."""

    ACCEPTED = "accepted"  # an answer that is no refusal of it
    REFUSED = "refused"  # page, header or status say so
    INFERRED = "inferred"  # it may be, since nothing else explains the status
    ELSEWHERE = "elsewhere"  # something in front of the server answered in its place


@dataclass(frozen=True, slots=True)
class Answer:
    """``alert`` is the number of the TLS alert that says the same (RFC 8446 6.2), None where none does.

    ``schemes`` are the ways to prove who asks that the answer names (RFC 9110 11.6.1), in lower case.
    """

    meaning: Meaning
    alert: int | None = None
    schemes: tuple[str, ...] = ()


def read(status: int, headers: Sequence[tuple[str, str]], page: str, *, requested: bool, sent: bool) -> Answer:
    """What an answer says. ``requested``: TLS asked for a certificate; ``sent``: it got one."""
    schemes = _schemes(headers)
    if status not in _REFUSING:
        return Answer(Meaning.ACCEPTED, schemes=schemes)
    from workbench.core.doctor.http_pages import IN_FRONT  # few answers need the expressions, every start would pay

    said = _said(headers, page)
    if said == CERTIFICATE_REQUIRED or (said is not None and sent):  # of what was never shown nothing is wrong
        return Answer(Meaning.REFUSED, said, schemes)
    if status == _NGINX_ERROR:
        return Answer(Meaning.REFUSED, BAD_CERTIFICATE, schemes)
    if status == _NGINX_MISSING:
        return Answer(Meaning.REFUSED, CERTIFICATE_REQUIRED, schemes)
    if IN_FRONT.search(page):
        return Answer(Meaning.ELSEWHERE, schemes=schemes)
    if schemes or status not in _NOT_ALLOWED or not requested:
        return Answer(Meaning.ACCEPTED, schemes=schemes)
    return Answer(Meaning.INFERRED, ACCESS_DENIED if sent else CERTIFICATE_REQUIRED)


def _said(headers: Sequence[tuple[str, str]], page: str) -> int | None:
    from workbench.core.doctor.http_pages import SAID

    told = " ".join(f"{name}: {value}" for name, value in headers if "client-verify" in name.lower())
    text = f"{page}\n{told}"
    return next((alert for pattern, alert in SAID if pattern.search(text)), None)


def _schemes(headers: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The challenges of WWW-Authenticate, without their parameters."""
    found: dict[str, None] = {}
    for name, value in headers:
        if name.lower() == "www-authenticate":
            for challenge in value.split(","):
                scheme = challenge.strip().partition(" ")[0].lower()
                if scheme and "=" not in scheme:
                    found[scheme] = None
    return tuple(found)
