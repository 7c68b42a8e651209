"""One way of making TLS connections: an identity, a trust store and a policy, with its sessions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from OpenSSL import SSL, crypto

from workbench.core.errors import IdentityUnsupported, InvalidInput
from workbench.core.i18n import _
from workbench.core.tls import bindings
from workbench.core.tls.handshake import Handshake
from workbench.core.tls.identity import Identity
from workbench.core.tls.policy import TLSPolicy, Version, read_pin
from workbench.core.tls.trust import TrustStore

_DEFAULT_CIPHERS = "DEFAULT"


def reason(error: SSL.Error | crypto.Error) -> str:
    """OpenSSL's own words for the last entry of an error: ``tlsv1 alert unknown ca``, ``wrong version number`` …."""
    entries = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return str(entries[-1][2]) if entries else str(error)


def staple_arrived(connection: SSL.Connection, data: bytes, _extra: object) -> bool:
    """Called by OpenSSL with the server's OCSP answer, empty for none; False ends the handshake.

    The connection's application data is a weak reference to what judges the answer.
    """
    judge = connection.get_app_data()()
    return judge is None or bool(judge(data))


@dataclass
class SavedSession:
    """A session to resume, and the facts of the handshake that made it."""

    session: SSL.Session
    first: Handshake


@dataclass
class ClientContext:
    """What connections share that may share anything: never across identities, trust stores or policies.

    ``keylog`` is called with each line of the NSS key log (secrets: the caller decides where they go).
    Raises ``IdentityUnsupported`` when OpenSSL refuses the key or certificate, ``InvalidInput`` for
    lists of algorithms that it does not understand and a pin that is none. Building one takes some
    milliseconds per hundred authorities.
    """

    identity: Identity | None
    trust: TrustStore
    policy: TLSPolicy
    keylog: Callable[[bytes], None] | None = field(default=None, repr=False)
    alpn: tuple[str, ...] = ()
    sessions: dict[str, SavedSession] = field(default_factory=dict, repr=False)
    ssl: SSL.Context = field(init=False, repr=False)
    pin: str | None = field(init=False)

    def __post_init__(self) -> None:
        self.pin = _pin(self.policy)
        self.ssl = SSL.Context(SSL.TLS_CLIENT_METHOD)
        bindings.prepare(self.ssl)
        self.ssl.clear_mode(SSL.MODE_RELEASE_BUFFERS)
        self.ssl.set_ocsp_client_callback(staple_arrived)
        self._set_algorithms()
        bindings.add_authorities(self.ssl, tuple(c.der for c in self.trust.certificates))
        if self.identity is not None:
            self._use(self.identity)
        if self.keylog is not None:
            keylog = self.keylog
            self.ssl.set_keylog_callback(lambda _connection, line: keylog(line))

    def set_alpn_protocols(self, protocols: Sequence[str]) -> None:
        """Offer these application protocols, best first (RFC 7301). HTTP libraries call it by the stdlib's name."""
        self.alpn = tuple(protocols)

    def _set_algorithms(self) -> None:
        policy = self.policy
        if policy.minimum.value > policy.maximum.value:
            raise InvalidInput(
                _("The minimum TLS version is above the maximum."),
                detail=f"{policy.minimum} > {policy.maximum}",
                hint=_("Choose a range that contains at least one version."),
            )
        self.ssl.set_min_proto_version(policy.minimum.value)
        self.ssl.set_max_proto_version(policy.maximum.value)
        ciphers = policy.ciphers or _DEFAULT_CIPHERS
        if policy.minimum.value < Version.TLS1_2.value and "@SECLEVEL" not in ciphers:
            ciphers += "@SECLEVEL=0"  # TLS 1.0 and 1.1 sign with SHA-1, which every higher level forbids
        if policy.ciphers or ciphers != _DEFAULT_CIPHERS:
            self._set(_("cipher list"), ciphers, self.ssl.set_cipher_list)
        if policy.suites:
            self._set(_("TLS 1.3 cipher suites"), policy.suites, self.ssl.set_tls13_ciphersuites)
        if policy.groups and not bindings.set_groups(self.ssl, policy.groups):
            raise _not_understood(_("key-exchange groups"), policy.groups)
        if policy.signature_algorithms and not bindings.set_signature_algorithms(self.ssl, policy.signature_algorithms):
            raise _not_understood(_("signature algorithms"), policy.signature_algorithms)

    def _set(self, what: str, value: str, setter: Callable[[bytes], None]) -> None:
        try:
            setter(value.encode("ascii"))
        except (SSL.Error, UnicodeEncodeError) as error:
            raise _not_understood(what, value) from error

    def _use(self, identity: Identity) -> None:
        try:
            bindings.use_certificate(self.ssl, identity.certificate.der)
            self.ssl.use_privatekey(identity.key)  # type: ignore[arg-type]  # what it cannot use it refuses: below
            for issuer in identity.chain[1:]:
                if not issuer.is_self_issued:  # the server has its own root or trusts none (RFC 8446 4.4.2)
                    bindings.add_to_chain(self.ssl, issuer.der)
            self.ssl.check_privatekey()
        except (SSL.Error, crypto.Error) as error:
            raise _unsupported(identity, reason(error)) from error
        except TypeError as error:
            raise _unsupported(identity, str(error)) from error


def _pin(policy: TLSPolicy) -> str | None:
    if not policy.pin:
        return None
    try:
        return read_pin(policy.pin)
    except ValueError as error:
        raise InvalidInput(
            _("The pin cannot be used."),
            detail=_("“{pin}” is not a SHA-256 digest in hexadecimal.").format(pin=policy.pin),
            hint=_("Enter the 64 hexadecimal digits of the SHA-256 digest of the certificate or its public key."),
        ) from error


def _not_understood(what: str, value: str) -> InvalidInput:
    return InvalidInput(
        _("The {what} cannot be used.").format(what=what),
        detail=_("OpenSSL does not understand “{value}”.").format(value=value),
        hint=_("Separate names with colons, and spell them as OpenSSL does."),
    )


def _unsupported(identity: Identity, why: str) -> IdentityUnsupported:
    hint = _("Ask for a certificate with an RSA key of at least 2048 bits, or an EC or Ed25519 key.")
    if "too small" in why or "too weak" in why:
        hint += " " + _("If the server insists on this one, set the cipher list of this request to DEFAULT@SECLEVEL=0.")
    return IdentityUnsupported(
        _("The identity “{name}” cannot be used for TLS.").format(name=identity.name),
        detail=_("Key {key}, signed with {algorithm}: OpenSSL says “{why}”.").format(
            key=identity.certificate.key, algorithm=identity.certificate.signature_algorithm, why=why
        ),
        hint=hint,
    )
