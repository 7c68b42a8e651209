"""What programs write when TLS goes wrong, and what it means.

The text is brought to one form first: lower case, underscores as spaces, so that ``TLSV1_ALERT_UNKNOWN_CA`` and
``tlsv1 alert unknown ca`` are the same. A phrase stands for itself; "…" in it for whatever is between on the line.
"""

import re
from typing import NamedTuple

CERTAIN, LIKELY, VAGUE, LAST = 90, 70, 40, 10

_GAP = 300
"""Characters that "…" stands for at most."""


class Pattern(NamedTuple):
    """``code`` is what a client's text means, ``at_server`` what the same words mean in a server's log."""

    phrases: tuple[str, ...]
    code: str
    weight: int = CERTAIN
    candidates: tuple[str, ...] = ()
    at_server: str = ""


def last_of(phrases: tuple[str, ...], plain: str) -> int:
    """Where the last of ``phrases`` begins in ``plain``, -1 when there is none."""
    return max(_last(phrase, plain) for phrase in phrases)


def _last(phrase: str, plain: str) -> int:
    start, gap, rest = phrase.partition("…")
    at = plain.rfind(start)
    if not gap or at < 0:
        return at
    line = plain[at : at + len(start) + _GAP + len(rest)].partition("\n")[0]
    return at if rest in line[len(start) :] else -1


PATTERNS = (
    # Our own files, before anything was sent
    Pattern(
        (
            "key values mismatch",
            "private key does not match public",
            "private key does not match certificate",
            "private key does not match the public",
            "private key does not match the certificate",
        ),
        "key-mismatch",
    ),
    Pattern(
        (
            "bad decrypt",
            "mac verify failure",
            "mac verify error",
            "pkcs12 verify ",
            "password was incorrect",
            "password is incorrect",
            "password for …incorrect",
            "given final block not properly padded",
            "decryption password incorrect",
            "wrong passphrase",
            "the specified network password is not correct",
        ),
        "wrong-password",
    ),
    Pattern(
        (
            "bad password read",
            "problems getting password",
            "empty password",
            "missing passphrase",
        ),
        "password-needed",
        LIKELY,
        ("wrong-password",),
    ),
    Pattern(
        (
            "could not load client certificate",
            "could not load pem client certificate",
            "unable to set private key file",
            "unable to use client certificate",
            "problem with the local ssl certificate",
            "failed to find any pem data",
            "pem routines…no start line",
            "pem lib",
            "could not read certificate",
            "could not read private key",
            "unable to load certificate",
            "unable to load private key",
            "unable to load key",
            "unable to load client certificate",
            "unable to load client private key",
            "unable to load client key",
            "error setting certificate verify locations",
            "error setting certificate file",
            "invalid keystore format",
            "toderinputstream rejects tag",
            "not enough data",
            "asn1 encoding routines",
            "could not find client certificate",
        ),
        "identity-unreadable",
        LIKELY,
        ("wrong-password", "key-mismatch"),
    ),
    Pattern(
        (
            "ee key too small",
            "ssl ctx use certificate…too small",
            "ssl ctx use certificate…too weak",
        ),
        "client-certificate-unsupported",
    ),
    # Nothing sent
    Pattern(
        (
            "peer did not return a certificate",
            "client sent no required ssl certificate",
            "no required ssl certificate was sent",
            "client didn…t provide a certificate",
            "empty certificate chain",
            "empty client certificate chain",
            "empty server certificate chain",
            "null cert chain",
            "peer sent no certificate",
            "nocertificatespresented",
            "no client certificate ",
            "client certificate required",
            "client certificate missing",
            "client certificate not presented",
            "client certificate not provided",
            "client certificate not sent",
            "client certificate is required",
            "client certificate is missing",
            "client certificate is not presented",
            "client certificate is not provided",
            "client certificate is not sent",
            "client certificate was required",
            "client certificate was missing",
            "client certificate was not presented",
            "client certificate was not provided",
            "client certificate was not sent",
            "the peer did not send any certificate",
            "no certificate was found",
            "client auth cert needed",
            "certificate required alert",
            "missing client certificate",
            "requires a valid client certificate",
        ),
        "client-certificate-required",
        CERTAIN + 2,
    ),
    Pattern(("bad ssl client auth cert",), "client-certificate-rejected"),
    # The chain that was shown
    Pattern(
        (
            "not time valid",
            "nottimevalid",
            "certificate expired",
            "certificate has expired",
            "cert has expired",
            "expired certificate",
            "is after 20",
            "certificateexpired",
            "cert date invalid",
            "invalid peer certificate: expired",
            "sec e cert expired",
            "validity check failed",
            "certificate chain uses expired",
            "is expired",
            "verify error:num=10",
        ),
        "server-expired",
        CERTAIN,
        (),
        "client-certificate-expired",
    ),
    Pattern(
        (
            "certificate is not yet valid",
            "certificate is not yet activated",
            "is before 20",
            "notyetvalid",
        ),
        "server-not-yet-valid",
        CERTAIN + 1,
        (),
        "client-certificate-not-yet-valid",
    ),
    Pattern(
        (
            "certificate revoked",
            "certificate has been revoked",
            "certificate was revoked",
            "certificate is revoked",
            "cert revoked",
            "revoked certificate",
            "certificaterevoked",
        ),
        "server-revoked",
        CERTAIN,
        (),
        "client-certificate-revoked",
    ),
    Pattern(
        (
            "selfsigned cert in chain",
            "selfsigned cert in certificate chain",
            "selfsigned certificate in chain",
            "selfsigned certificate in certificate chain",
            "self-signed cert in chain",
            "self-signed cert in certificate chain",
            "self-signed certificate in chain",
            "self-signed certificate in certificate chain",
            "self signed cert in chain",
            "self signed cert in certificate chain",
            "self signed certificate in chain",
            "self signed certificate in certificate chain",
        ),
        "server-untrusted",
        CERTAIN + 1,
        (),
        "client-certificate-untrusted",
    ),
    Pattern(
        (
            "selfsigned certificate",
            "self-signed certificate",
            "self signed certificate",
            "depth zero self signed cert",
            "pkix error self signed cert",
        ),
        "server-self-signed",
        CERTAIN,
        ("server-untrusted",),
        "client-certificate-untrusted",
    ),
    Pattern(
        (
            "unable to verify the first certificate",
            "unable to verify leaf signature",
            "partialchain",
        ),
        "server-chain-incomplete",
        CERTAIN,
        ("server-untrusted",),
        "client-certificate-chain-incomplete",
    ),
    Pattern(
        (
            "unable to get issuer cert",
            "unable to get local issuer cert",
            "certificate signed by unknown authority",
            "unable to find valid certification path",
            "path does not chain with any of the trust anchors",
            "no trusted certificate found",
            "trust anchor for certification path not found",
            "trustanchors parameter must be non-empty",
            "untrustedroot",
            "untrusted root",
            "issued by an authority that is not trusted",
            "issuer is unknown",
            "unknownissuer",
            "unknown issuer",
            "untrusted issuer",
            "cert authority invalid",
            "ssl certificate problem",
            "certchaininvalid",
            "invalid certificate chain",
            "remotecertificatechainerrors",
            "signer not found",
            "unable to locally verify the issuer",
            "ssl client certificate not trusted",
            "ssl client ca chain cannot be verified",
            "certificate is not trusted",
            "not trusted by",
            "unknown certificate authority",
        ),
        "server-untrusted",
        LIKELY + 10,
        ("server-chain-incomplete", "server-self-signed"),
        "client-certificate-untrusted",
    ),
    Pattern(
        (
            "certificate verify failed",
            "certificate verification failed",
            "certificate verification: error",
            "pkix path building failed",
            "pkix path validation failed",
            "certificate verification error",
            "the remote certificate is invalid",
            "the remote certificate is rejected",
            "the remote certificate was invalid",
            "the remote certificate was rejected",
            "certificate verify error",
            "unable to verify certificate",
            "bad certificate",
            "invalid peer certificate",
        ),
        "server-untrusted",
        VAGUE,
        ("server-chain-incomplete", "server-expired", "server-name-mismatch"),
        "client-certificate-rejected",
    ),
    Pattern(
        (
            "hostname mismatch",
            "host name mismatch",
            "ip address mismatch",
            "no alternative certificate subject name matches",
            "doesn't match target host",
            "doesn't match requested host",
            "doesn't match any of",
            "doesn't match the expected",
            "doesn't match either",
            "does not match target host",
            "does not match requested host",
            "does not match any of",
            "does not match the expected",
            "does not match either",
            "certificate is valid for …, not ",
            "doesn't contain any ip sans",
            "does not contain any ip sans",
            "certificate is not valid for any names",
            "legacy common name field",
            "no subject alternative name present",
            "no subject alternative name matching",
            "no subject alternative name found",
            "no subject alternative names present",
            "no subject alternative names matching",
            "no subject alternative names found",
            "no subject alternative dns name present",
            "no subject alternative dns name matching",
            "no subject alternative dns name found",
            "no subject alternative dns names present",
            "no subject alternative dns names matching",
            "no subject alternative dns names found",
            "no subject alternative ip name present",
            "no subject alternative ip name matching",
            "no subject alternative ip name found",
            "no subject alternative ip names present",
            "no subject alternative ip names matching",
            "no subject alternative ip names found",
            "no name matching … found",
            "cert altname invalid",
            "altnames",
            "cert common name invalid",
            "bad cert domain",
            "remotecertificatenamemismatch",
            "notvalidforname",
            "not valid for name",
            "the name in the certificate does not match",
            "owner does not match",
            "did not match expected cn",
            "target principal name is incorrect",
            "sec e wrong principal",
            "certificate for <…> doesn't match",
            "hostname … doesn't match",
            "hostname … doesn't verified",
            "hostname … does not match",
            "hostname … does not verified",
            "hostname … not match",
            "hostname … not verified",
        ),
        "server-name-mismatch",
    ),
    Pattern(
        (
            "unsuitable certificate purpose",
            "unsupported certificate purpose",
            "incompatible key usage",
            "does not permit use for tls server",
            "causedasendentity",
            "causedas end entity",
            "inadequate cert type",
            "extended key usage…server",
        ),
        "server-wrong-purpose",
        CERTAIN,
        (),
        "client-certificate-wrong-purpose",
    ),
    Pattern(
        (
            "does not permit use for tls client",
            "extended key usage…client",
        ),
        "client-certificate-wrong-purpose",
        CERTAIN + 1,
    ),
    Pattern(
        (
            "key too weak",
            "key algorithm too weak",
            "md too weak",
            "md algorithm too weak",
            "signature too weak",
            "signature algorithm too weak",
            "digest too weak",
            "digest algorithm too weak",
            "dh key too small",
            "insecure algorithm",
            "algorithm constraints",
            "weak signature",
            "weak server",
            "weak key",
            "weak ephemeral",
        ),
        "server-weak",
        CERTAIN,
        (),
        "client-certificate-unsupported",
    ),
    Pattern(
        (
            "pathlength",
            "path length",
            "permitted subtree violation",
            "excluded subtree violation",
            "name constraint",
            "unhandled critical extension",
            "invalid ca certificate",
            "not authorized to sign",
            "too many intermediates",
        ),
        "server-constraint-violation",
        CERTAIN,
        (),
        "client-certificate-untrusted",
    ),
    Pattern(
        (
            "does not match pinned",
            "pinning…fail",
            "pinning…mismatch",
            "pinned…fail",
            "pinned…mismatch",
            "pinned key not in cert",
        ),
        "server-pin-mismatch",
    ),
    # Nothing in common
    Pattern(("unsafe legacy renegotiation",), "legacy-renegotiation"),
    Pattern(
        (
            "unsupported protocol",
            "no protocols available",
            "offered only unsupported versions",
            "no appropriate protocol",
            "unsupported ssl version",
            "unsupported tls version",
            "error unsupported version",
            "no mutually supported protocol",
            "do not have a common…protocol",
            "do not have a common…algorithm",
            "version too low",
            "peer is incompatible",
        ),
        "protocol-version-mismatch",
    ),
    Pattern(
        (
            "no shared cipher",
            "no cipher suite in common",
            "no cipher suites in common",
            "no supported cipher suite in common",
            "no cipher supported by both",
            "no cipher suite supported by both",
            "no ciphersuites in common",
            "no ciphers available",
            "no cipher match",
            "no cypher overlap",
            "version or cipher mismatch",
            "no supported cipher suites",
        ),
        "no-shared-cipher",
        CERTAIN,
        ("protocol-version-mismatch",),
    ),
    Pattern(
        (
            "no suitable signature algorithm",
            "no shared signature algorithm",
            "no common signature algorithm",
            "doesn't support any of the certificate's signature algorithms",
            "no supported signature algorithm",
        ),
        "no-shared-signature-algorithm",
    ),
    Pattern(
        (
            "no suitable key share",
            "no shared group",
            "no shared curve",
            "no supported group",
            "no supported curve",
            "no supported key share",
            "no common group",
            "no common curve",
            "no common key share",
        ),
        "no-shared-group",
    ),
    # No TLS at the other end
    Pattern(
        (
            "wrong version number",
            "first record does not look like a tls handshake",
            "packet length too long",
            "unrecognized ssl message",
            "unexpected tls packet",
            "invalidcontenttype",
            "invalid content type",
            "rx record too long",
            "server gave http response to https client",
            "client sent an http request to an https server",
            "plain http request was sent to https port",
            "ssl routines…http request",
            "record overflow",
            "record too large",
            "frame size…corrupted frame",
            "cannot determine the frame size",
        ),
        "not-tls",
    ),
    # Never there
    Pattern(
        (
            "could not resolve host",
            "could not resolve proxy",
            "unable to resolve host",
            "name or service not known",
            " enotfound",
            "'enotfound",
            "eai again",
            "no such host",
            "unknownhost",
            "nodename nor servname",
            "name resolution",
            "failed to lookup address",
            "getaddrinfo",
            "err name not resolved",
        ),
        "dns-failure",
    ),
    Pattern(
        (
            "connection refused",
            "econnrefused",
            "actively refused",
            "couldn't connect to server",
        ),
        "connection-refused",
        LIKELY,
    ),
    Pattern(
        (
            "proxy authentication required",
            "from proxy after connect",
            "tunnel connection failed",
            "proxyconnect",
            "err proxy connection",
            "err tunnel connection",
            "connect tunnel failed",
        ),
        "proxy-failure",
        CERTAIN + 3,
    ),
    Pattern(
        (
            "connect timeout",
            "connect timedout",
            "connect timed out",
            "connection timeout",
            "connection timedout",
            "connection timed out",
            "etimedout",
            "operation timed out",
            "i/o timeout",
            "no route to host",
            "network is unreachable",
            "tls handshake timeout",
            "deadline exceeded",
        ),
        "connection-timeout",
        LIKELY,
    ),
    Pattern(
        (
            "connection reset",
            "connection closed",
            "connection aborted",
            "connection was reset",
            "connection was closed",
            "connection was aborted",
            "econnreset",
            "transport endpoint is not connected",
            "ssl error syscall",
            "socket hang up",
            "remote host terminated",
            "remote host closed",
            "broken pipe",
            "tls connection was non-properly terminated",
            "end of file error",
            "transport stream",
            "0 bytes from the transport",
            ": eof",
            "eofexception",
        ),
        "connection-reset",
        VAGUE - 10,
        ("client-certificate-required", "client-certificate-rejected"),
    ),
    Pattern(
        (
            "ssl handshake failure",
            "ssl handshake error",
            "handshake failed",
            "err ssl protocol error",
            "tls error",
        ),
        "tls-internal-error",
        LAST,
        ("no-shared-cipher", "client-certificate-required"),
    ),
)

# What an alert that a client received means, by its name without spaces (RFC 8446 6); Go and rustls have names of their
# own. Beside it what the same alert means that a server received.
ALERTS = {
    "certificaterequired": ("client-certificate-required", "client-certificate-required"),
    "nocertificate": ("client-certificate-required", "client-certificate-required"),
    "unknownca": ("client-certificate-untrusted", "server-untrusted"),
    "unknowncertificateauthority": ("client-certificate-untrusted", "server-untrusted"),
    "certificateexpired": ("client-certificate-expired", "server-expired"),
    "expiredcertificate": ("client-certificate-expired", "server-expired"),
    "certificaterevoked": ("client-certificate-revoked", "server-revoked"),
    "revokedcertificate": ("client-certificate-revoked", "server-revoked"),
    "unsupportedcertificate": ("client-certificate-wrong-purpose", "server-wrong-purpose"),
    "badcertificate": ("client-certificate-rejected", "server-untrusted"),
    "certificateunknown": ("client-certificate-rejected", "server-untrusted"),
    "unknowncertificate": ("client-certificate-rejected", "server-untrusted"),
    "accessdenied": ("client-certificate-rejected", "server-untrusted"),
    "decrypterror": ("client-certificate-rejected", "tls-internal-error"),
    "handshakefailure": ("no-shared-cipher", "no-shared-cipher"),
    "insufficientsecurity": ("no-shared-cipher", "no-shared-cipher"),
    "protocolversion": ("protocol-version-mismatch", "protocol-version-mismatch"),
    "unrecognizedname": ("unrecognized-name", "unrecognized-name"),
    "noapplicationprotocol": ("alpn-mismatch", "alpn-mismatch"),
    "internalerror": ("tls-internal-error", "tls-internal-error"),
    "norenegotiation": ("post-handshake-authentication", "post-handshake-authentication"),
}

ALERT_NUMBER = re.compile(r"alert (?:number )?\[?(?P<number>\d{1,3})\b")
ALERT_NAME = re.compile(
    r"(?:\btls alert,? ?|remote error: tls: |fatal alert: ?|\balert[:,'\"( ]{1,4})['\"]?(?P<name>[a-z][a-z ]{3,40})"
)
ALERT_BRACKET = re.compile(r"\[(?P<number>\d{1,3})\]: (?P<name>[a-z][a-z ]{3,40})")
ALERT_AFTER = re.compile(
    r"(?P<name>unknown ca|bad cert|certificate required|expired cert|revoked cert|handshake failure) alert"
)


AT_SERVER = (
    "tls handshake error from",
    ", client: ",
    "client ssl certificate",
    "[client ",
    ": ah0",
    "[client ",
    "process client certificate",
    "client certificate verify",
    "ssl accept",
    "sslaccept",
    "downstream",
    "peer did not return a certificate",
    "empty client certificate chain",
    "ssl client ca chain cannot be verified",
    "ssl client certificate",
)

# A server's log about what it met as a client of another.
AS_CLIENT = (
    "upstream ssl certificate",
    "handshaking to upstream",
    "upstream connect error",
    "ssl proxy",
)

# The first that matches names the program.
PROGRAMS = (
    (
        "nginx",
        (
            "nginx",
            "client ssl certificate verify error",
            "client sent no required ssl",
            ", client: …, server: ",
            "#: *",
            "while ssl handshaking",
            "while reading client request",
        ),
    ),
    (
        "Apache httpd",
        (
            "[ssl:error]",
            "[ssl:info]",
            "[ssl:warn]",
            "[ssl:debug]",
            " ah0",
            "]ah0",
        ),
    ),
    (
        "HAProxy",
        (
            "haproxy",
            "ssl handshake failure",
            "ssl client ca chain",
        ),
    ),
    ("Traefik", ("traefik",)),
    (
        "Envoy",
        (
            "envoy",
            "tls error:|",
            "upstream connect error",
            "openssl internal:",
        ),
    ),
    (
        "kubectl",
        (
            "kubectl",
            "unable to connect to the server:",
        ),
    ),
    (
        "Docker",
        (
            "error response from daemon",
            "docker",
        ),
    ),
    ("git", ("fatal: unable to access",)),
    (
        "PostgreSQL",
        (
            "psql: ",
            "libpq",
            "sslmode",
        ),
    ),
    (
        "MongoDB",
        (
            "mongodb",
            "mongosh",
            "mongonetworkerror",
            "mongoserverselection",
        ),
    ),
    (
        "gRPC",
        (
            "rpc error: code",
            "grpc",
        ),
    ),
    ("curl", ("curl",)),
    (
        "Wget",
        (
            "wget",
            "unable to establish ssl connection",
            "to connect to … insecurely",
        ),
    ),
    (
        ".NET",
        (
            "system.net.",
            "system.security.",
            "system.io.",
            "authenticationexception",
            "remotecertificate",
        ),
    ),
    (
        "Java",
        (
            "javax.net.ssl",
            "sun.security",
            "pkix",
            "java.net.",
            "java.security.",
            "java.io.",
        ),
    ),
    (
        "Ruby",
        (
            "openssl::ssl",
            "net::http",
        ),
    ),
    (
        "Python",
        (
            "ssl.ssl",
            "sslerror",
            " ssl.c:",
            "urllib3",
            "requests.exceptions",
            "httpx",
            "aiohttp",
        ),
    ),
    (
        "Node.js",
        (
            "at tlssocket",
            "code: '",
            "err tls ",
            "[err ssl ",
            "node:internal",
            "request to … failed, reason",
            "at tlswrap",
        ),
    ),
    (
        "Firefox",
        (
            "sec error ",
            "ssl error ",
            "mozilla pkix error ",
            "pr end of file",
        ),
    ),
    (
        "Chrome",
        (
            "net::err",
            "err cert",
            "err ssl",
            "err bad ssl",
        ),
    ),
    (
        "PHP",
        (
            "php warning",
            "php fatal",
            "stream socket enable crypto",
            "guzzle",
        ),
    ),
    (
        "rustls",
        (
            "rustls",
            "reqwest",
            "invalid peer certificate",
            "hyper",
        ),
    ),
    (
        "GnuTLS",
        (
            "gnutls",
            "*** fatal error",
            "a tls fatal alert has been received",
        ),
    ),
    (
        "Schannel",
        (
            "schannel",
            "sec e ",
            "0x8009",
        ),
    ),
    (
        "Go",
        (
            "x509: ",
            "tls: ",
            "remote error",
            'get "http://',
            'get "https://',
        ),
    ),
    (
        "OpenSSL",
        (
            "ssl routines",
            "error:0",
            "verify error:num",
            "openssl",
        ),
    ),
)
