"""What a cause is called and what to do about it, where another program met it."""

from typing import NamedTuple

from workbench.core.i18n import _

CLIENT, SERVER, NETWORK, PROXY, UNKNOWN = "client", "server", "network", "proxy", "unknown"


class Cause(NamedTuple):
    """``culprit`` is whose certificate or configuration has to change, as far as the cause alone tells."""

    culprit: str
    title: str
    hint: str


CAUSES = {
    "dns-failure": Cause(
        NETWORK, _("The host name could not be resolved."), _("Check its spelling, the DNS server and the VPN.")
    ),
    "connection-refused": Cause(
        NETWORK, _("The connection was refused."), _("Check the port, and that the service is running.")
    ),
    "connection-timeout": Cause(
        NETWORK, _("The server could not be reached in time."), _("Check host, port, firewall and VPN.")
    ),
    "connection-reset": Cause(
        NETWORK,
        _("The connection was closed without a reason."),
        _("Look into the other side's log. Some servers close like this when a client certificate is missing."),
    ),
    "proxy-failure": Cause(
        PROXY, _("The proxy did not let the connection through."), _("Check its address, credentials and rules.")
    ),
    "not-tls": Cause(
        CLIENT,
        _("One side spoke TLS and the other did not."),
        _("Check scheme and port: https:// needs a port that uses TLS, http:// one that does not."),
    ),
    "timeout": Cause(SERVER, _("The server did not answer in time."), _("Allow more time, or look into its log.")),
    "response-truncated": Cause(
        SERVER, _("The answer was cut short."), _("Look into the log of the server, or of a proxy before it.")
    ),
    "server-untrusted": Cause(
        SERVER,
        _("The server's certificate was issued by a CA that is not trusted."),
        _("Give the program that CA's certificate, after comparing its thumbprint with the operator's."),
    ),
    "server-self-signed": Cause(
        SERVER,
        _("The server's certificate is self-signed."),
        _("Compare its thumbprint with the operator's, then give it to the program as a trusted certificate."),
    ),
    "server-chain-incomplete": Cause(
        SERVER,
        _("The server did not send its complete certificate chain."),
        _("Its operator has to install leaf and intermediates. Until then, trust the missing one too."),
    ),
    "server-expired": Cause(
        SERVER,
        _("The server's certificate, or one in its chain, has expired."),
        _("Its operator has to renew it. Check this computer's clock first."),
    ),
    "server-not-yet-valid": Cause(
        SERVER, _("The server's certificate is not valid yet."), _("Check this computer's clock first.")
    ),
    "server-name-mismatch": Cause(
        SERVER,
        _("The server's certificate is not for this host."),
        _("Use a name from the certificate, or have it reissued with this name."),
    ),
    "server-revoked": Cause(
        SERVER,
        _("The server's certificate has been revoked."),
        _("Send nothing there; its operator needs a new certificate."),
    ),
    "server-wrong-purpose": Cause(
        SERVER,
        _("The server's certificate is not intended for servers."),
        _("It needs the extended key usage serverAuth."),
    ),
    "server-weak": Cause(
        SERVER,
        _("The server's key or signature is too weak."),
        _("It needs RSA with at least 2048 bits, or EC, signed with SHA-256."),
    ),
    "server-constraint-violation": Cause(
        SERVER,
        _("The server's chain violates a constraint of one of its CAs."),
        _("Its operator has to get a certificate from a CA that may issue it."),
    ),
    "server-pin-mismatch": Cause(
        SERVER,
        _("The server's key is not the pinned one."),
        _("Ask its operator whether it was renewed, then change the pin."),
    ),
    "protocol-version-mismatch": Cause(
        CLIENT,
        _("There is no TLS version that both sides allow."),
        _("Raise the older side to TLS 1.2 or 1.3: see the versions that both are configured for."),
    ),
    "no-shared-cipher": Cause(
        UNKNOWN,
        _("The handshake failed: probably no cipher suite that both sides allow."),
        _("Compare the cipher lists. Older servers say the same when a client certificate is missing or unsuitable."),
    ),
    "no-shared-group": Cause(
        UNKNOWN, _("There is no key-exchange group that both sides allow."), _("Allow x25519 and secp256r1 on both.")
    ),
    "no-shared-signature-algorithm": Cause(
        UNKNOWN,
        _("There is no signature algorithm that both sides allow."),
        _("Use a key that the other side supports: EC on secp256r1, or RSA."),
    ),
    "alpn-mismatch": Cause(
        UNKNOWN, _("There is no application protocol that both sides speak."), _("Compare h2 and http/1.1 on both.")
    ),
    "unrecognized-name": Cause(
        CLIENT, _("The server does not know the host name that was asked for."), _("Check host name and SNI.")
    ),
    "legacy-renegotiation": Cause(
        SERVER,
        _("The server does not support secure renegotiation (RFC 5746)."),
        _("Its TLS library has to be updated."),
    ),
    "client-certificate-required": Cause(
        CLIENT,
        _("The server requires a client certificate, and got none."),
        _("Give the program certificate and key of an identity that the server accepts."),
    ),
    "client-certificate-untrusted": Cause(
        CLIENT,
        _("The server does not accept the CA that issued the client certificate."),
        _("Use an identity of a CA that it accepts, send the intermediates, or have its operator add the CA."),
    ),
    "client-certificate-chain-incomplete": Cause(
        CLIENT,
        _("The client did not send its complete certificate chain."),
        _("Give the program the certificate together with its intermediates."),
    ),
    "client-certificate-expired": Cause(
        CLIENT, _("The client certificate has expired."), _("Have it renewed; compare both sides' clocks.")
    ),
    "client-certificate-not-yet-valid": Cause(
        CLIENT, _("The client certificate is not valid yet."), _("Compare both sides' clocks.")
    ),
    "client-certificate-revoked": Cause(
        CLIENT, _("The client certificate has been revoked."), _("Ask its CA why, and for a new one.")
    ),
    "client-certificate-wrong-purpose": Cause(
        CLIENT,
        _("The client certificate is not intended for clients."),
        _("It needs the extended key usage clientAuth and the key usage digitalSignature."),
    ),
    "client-certificate-unsupported": Cause(
        CLIENT,
        _("The server cannot use the client certificate's key or signature."),
        _("Use a key of a kind that it takes: EC on secp256r1 or RSA with at least 2048 bits, signed with SHA-256."),
    ),
    "client-certificate-rejected": Cause(
        CLIENT,
        _("The server refused the client certificate, or that there was none."),
        _("See whether one was sent; then its dates, issuer and purpose. The server's log names the reason."),
    ),
    "client-certificate-forbidden": Cause(
        CLIENT,
        _("The client certificate is known and not allowed here."),
        _("Ask the server's operator to grant access to it."),
    ),
    "post-handshake-authentication": Cause(
        SERVER,
        _("The server asked for a certificate after the handshake, and that failed."),
        _("Use HTTP/1.1, or have it ask in the handshake."),
    ),
    "key-mismatch": Cause(
        CLIENT,
        _("The private key does not belong to the certificate."),
        _("Use the key that the certificate's signing request was made with."),
    ),
    "wrong-password": Cause(
        CLIENT, _("The password does not open the private key or keystore."), _("Check the password.")
    ),
    "password-needed": Cause(
        CLIENT, _("The private key needs its password."), _("Give the program the password as its manual says.")
    ),
    "identity-unreadable": Cause(
        CLIENT,
        _("The client's certificate or key file could not be read."),
        _("Check path, permissions and format: most programs want PEM, some PKCS#12."),
    ),
    "tls-internal-error": Cause(
        SERVER, _("The other side aborted TLS for a reason of its own."), _("Look into its log for this moment.")
    ),
    "unknown": Cause(
        UNKNOWN,
        _("This text names no TLS error that is known here."),
        _("Look for another line that mentions TLS, SSL, a certificate, a handshake or an alert."),
    ),
}
"""By code of the doctor's vocabulary."""
