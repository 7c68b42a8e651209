"""What pages and headers say of a client certificate, in the words of servers, gateways and networks."""

import re

from workbench.core.doctor.wire import (
    ACCESS_DENIED,
    BAD_CERTIFICATE,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_REQUIRED,
    CERTIFICATE_REVOKED,
    UNKNOWN_CA,
)


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# What pages and messages say, the particular before the general. nginx and what is built on it (Azure Application
# Gateway, Cloudflare), IIS with its substatus numbers, Kong, API Management, Apache's and OpenSSL's reasons.
SAID: tuple[tuple[re.Pattern[str], int], ...] = (
    (
        _words(
            r"no required (ssl|tls) certificate was sent",
            r"\b403\.7\b",
            r"\b(ssl|tls|client) certificate (is |was )?(required|missing|not (provided|sent|present))",
            r"\b(missing|no) client certificate\b",
        ),
        CERTIFICATE_REQUIRED,
    ),
    (_words(r"\b403\.13\b", r"\bcertificate (has been |was |is )?revoked"), CERTIFICATE_REVOKED),
    (_words(r"\b403\.17\b", r"\bcertificate (has |is )?(expired|not yet valid)"), CERTIFICATE_EXPIRED),
    (
        _words(
            r"\b403\.16\b",
            r"\bcertificate is (untrusted|not trusted|ill-formed)",
            r"\bself[- ]signed certificate",
            r"unable to (get local issuer certificate|verify the first certificate)",
        ),
        UNKNOWN_CA,
    ),
    (
        _words(
            r"the ssl certificate error",
            r"\b(tls|ssl|client) certificate (failed verification|verification failed|is invalid|not accepted)",
            r"\binvalid (client|ssl|tls) certificate\b",
            r"\bclient[- ]verify:? ?failed",
        ),
        BAD_CERTIFICATE,
    ),
    (_words(r"\brbac: access denied", r"\bsystem:anonymous\b"), ACCESS_DENIED),
)

# Pages of networks that answer before the server is asked.
IN_FRONT = _words(r"attention required! \| cloudflare", r"\berror code: 1\d\d\d\b", r"\bakamai\b.{0,40}reference")
