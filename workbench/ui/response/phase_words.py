"""Phases and diagnosis codes in words."""

from workbench.core.exchange import Phase, Progress
from workbench.core.i18n import _
from workbench.ui.look.words import size_words

_NOW = {
    Phase.PREPARE: _("Opening identity and trust bundles…"),
    Phase.DNS: _("Looking up the host name…"),
    Phase.CONNECT: _("Connecting…"),
    Phase.PROXY: _("Asking the proxy for a connection…"),
    Phase.TLS: _("TLS handshake…"),
    Phase.SEND: _("Sending the request…"),
    Phase.WAIT: _("Waiting for the response…"),
    Phase.RECEIVE: _("Receiving the response…"),
}
_DURING = {
    Phase.PREPARE: _("on this computer, before anything was sent"),
    Phase.DNS: _("while looking up the host name"),
    Phase.CONNECT: _("while connecting"),
    Phase.PROXY: _("while talking to the proxy"),
    Phase.TLS: _("during the TLS handshake"),
    Phase.SEND: _("while sending the request"),
    Phase.WAIT: _("while waiting for the response"),
    Phase.RECEIVE: _("while receiving the response"),
}
_CAUSES = {
    "dns-failure": _("the host name cannot be resolved"),
    "connection-refused": _("connection refused"),
    "connection-timeout": _("the host does not answer"),
    "connection-reset": _("the connection was closed unexpectedly"),
    "proxy-failure": _("the proxy refused or failed"),
    "not-tls": _("the server does not use TLS on this port"),
    "timeout": _("the server took too long"),
    "response-malformed": _("the response is not HTTP"),
    "response-too-large": _("the response is larger than the limit"),
    "response-truncated": _("the response ended too early"),
    "server-untrusted": _("the server's CA is in none of the chosen bundles"),
    "server-self-signed": _("the server's certificate is self-signed"),
    "server-chain-incomplete": _("the server did not send an intermediate certificate"),
    "server-expired": _("the server's certificate has expired"),
    "server-not-yet-valid": _("the server's certificate is not valid yet"),
    "server-name-mismatch": _("the server's certificate is for another name"),
    "server-revoked": _("the server's certificate was revoked"),
    "server-wrong-purpose": _("the server's certificate is not intended for servers"),
    "server-weak": _("the server's key or signature is too weak"),
    "server-constraint-violation": _("the server's chain violates a constraint"),
    "server-pin-mismatch": _("the server's certificate is not the pinned one"),
    "protocol-version-mismatch": _("no TLS version in common"),
    "no-shared-cipher": _("no cipher suite in common"),
    "no-shared-group": _("no key exchange group in common"),
    "no-shared-signature-algorithm": _("no signature algorithm in common"),
    "alpn-mismatch": _("no application protocol in common"),
    "unrecognized-name": _("the server does not recognise the requested name"),
    "legacy-renegotiation": _("the server uses insecure renegotiation"),
    "client-certificate-required": _("the server requires a client certificate and got none"),
    "client-certificate-untrusted": _("the server does not accept the CA of your certificate"),
    "client-certificate-chain-incomplete": _("an intermediate of your chain was not sent"),
    "client-certificate-expired": _("your certificate has expired"),
    "client-certificate-not-yet-valid": _("your certificate is not valid yet"),
    "client-certificate-revoked": _("your certificate was revoked"),
    "client-certificate-wrong-purpose": _("your certificate is not intended for clients"),
    "client-certificate-unsupported": _("the server does not accept your kind of key"),
    "client-certificate-rejected": _("the server refused your certificate for an unknown reason"),
    "client-certificate-forbidden": _("your certificate was accepted, but access was denied"),
    "post-handshake-authentication": _("the server requested a certificate after the handshake"),
    "key-mismatch": _("key and certificate do not belong together"),
    "wrong-password": _("the password is wrong"),
    "password-needed": _("the key needs a password"),
    "keyring-unavailable": _("the keyring cannot be used"),
    "identity-unreadable": _("the identity cannot be read"),
    "identity-not-found": _("there is no such identity"),
    "not-agreed": _("the collection wants something that you have not agreed to"),
    "tls-internal-error": _("an error inside a TLS library"),
    "unknown": _("an unknown error"),
}


def progress_words(progress: Progress) -> str:
    """What is going on, and how many bytes so far."""
    words = _NOW[progress.phase]
    if progress.total:
        done, total = size_words(progress.done), size_words(progress.total)
        return _("{phase} {done} of {total}").format(phase=words, done=done, total=total)
    return f"{words} {size_words(progress.done)}" if progress.done else words


def during(phase: Phase) -> str:
    """When a failure happened."""
    return _DURING[phase]


def possible_cause(code: str) -> str:
    """A diagnosis code in words; one that we do not know as it is."""
    words = _CAUSES.get(code)
    return f"{words} ({code})" if words else code
