"""The peer does not speak TLS: telling from its first bytes what it speaks instead."""

from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.phrases import endpoint, join, reported
from workbench.core.doctor.rule import CERTAIN, LIKELY, NO, POSSIBLE, Rule, Words
from workbench.core.doctor.wire import closed, fatal_alert, server_spoke
from workbench.core.exchange import Phase
from workbench.core.i18n import _

# OpenSSL's reasons when the first record is none.
_REASONS = (
    "wrong version number",
    "packet length too long",
    "record layer failure",
    "http request",
    "https proxy request",
    "bad record type",
    "unknown protocol",
)
_SHOWN = 60


def is_tls_record(data: bytes) -> bool:
    """Whether ``data`` begins like a TLS record (RFC 8446 5.1)."""
    return len(data) >= 2 and 20 <= data[0] <= 24 and data[1] == 3


def _protocol(data: bytes) -> str:
    start = data.lstrip()[:200]
    lower = start.lower()
    if lower.startswith((b"http/", b"<html", b"<!doctype", b"<?xml")):
        return "HTTP"
    if lower.startswith(b"ssh-"):
        return "SSH"
    if start.startswith((b"220 ", b"220-")):
        return "FTP" if b"ftp" in lower else "SMTP"
    if start.startswith((b"+OK", b"-ERR")):
        return "POP3"
    if start.startswith(b"* OK"):
        return "IMAP"
    return ""


def _not_tls(evidence: Evidence) -> int:
    if evidence.phase not in (Phase.TLS, Phase.PROXY) or server_spoke(evidence):
        return NO
    if evidence.first_bytes and not is_tls_record(evidence.first_bytes):
        return CERTAIN + POSSIBLE
    if evidence.first_bytes or fatal_alert(evidence) is not None:
        return NO
    if evidence.trouble is Trouble.TLS and any(reason in evidence.reason.lower() for reason in _REASONS):
        return LIKELY
    if evidence.phase is not Phase.TLS:
        return NO
    return POSSIBLE if closed(evidence) or evidence.trouble is Trouble.TIMEOUT else NO


def _not_tls_words(evidence: Evidence) -> Words:
    protocol = _protocol(evidence.first_bytes)
    shown = evidence.first_bytes[:_SHOWN].decode("utf-8", "backslashreplace").strip().splitlines()
    begins = _("Its answer begins “{text}”.").format(text=shown[0]) if shown and shown[0].isprintable() else ""
    match protocol:
        case "HTTP":
            seen = _("It uses plain HTTP.")
            hint = _("Use http:// for this port, or the port where the server offers HTTPS (often 443 or 8443).")
        case "SSH":
            seen = _("It is an SSH server.")
            hint = _("Check the port in the URL: SSH usually uses 22, HTTPS 443.")
        case "SMTP" | "POP3" | "IMAP" | "FTP":
            seen = _("It is a {protocol} server, which starts in plain text and switches to TLS with STARTTLS.").format(
                protocol=protocol
            )
            hint = _(
                "Check the port in the URL. To inspect this service's certificate, use its implicit "
                "TLS port (465 SMTP, 993 IMAP, 995 POP3, 990 FTP)."
            )
        case _:
            seen = _("Its answer is not TLS.")
            hint = _("Check the port in the URL, and whether this service uses plain text (then use http://).")
    return Words(
        _("{endpoint} does not use TLS.").format(endpoint=endpoint(evidence)),
        join(seen, begins, "" if begins else reported(evidence)),
        hint,
    )


RULES = (Rule("not-tls", _not_tls, _not_tls_words),)
