"""The one module that touches what is not a public API: OpenSSL through cryptography's bindings.

pyOpenSSL publishes no message callback, no verify callback that can see every error and still stop
with the right alert, no signature-algorithm list, no post-handshake authentication. The bindings of
the ``cryptography`` wheel carry the functions, but promise nothing: each is looked up by name, and
where one is gone the program still works, with less to show (``have``).

Callbacks arrive inside OpenSSL calls on the thread that made them; an exception in one is kept and
raised by ``raise_pending`` after the call returns.
"""

import warnings
from collections.abc import Callable
from typing import Any, Protocol
from weakref import WeakValueDictionary

from cryptography.hazmat.bindings.openssl.binding import Binding
from OpenSSL import SSL, crypto

_binding: Any = Binding()
_lib: Any = _binding.lib
_ffi: Any = _binding.ffi
_allocate: Any = _ffi.new_allocator(should_clear_after_alloc=False)

CHANGE_CIPHER_SPEC = 20
ALERT = 21
HANDSHAKE = 22
_TOLD = (CHANGE_CIPHER_SPEC, ALERT, HANDSHAKE)

# Options and flags that pyOpenSSL gives no names to (openssl/ssl.h, openssl/x509_vfy.h).
_MODE_NO_AUTO_CHAIN = 0x8
_NO_RX_CERTIFICATE_COMPRESSION = 1 << 33
_PARTIAL_CHAIN = 0x80000
_PURPOSE_SSL_CLIENT, _PURPOSE_SSL_SERVER = 1, 2
_CHECK_NEVER_SUBJECT = 0x20
_CHECK_NO_PARTIAL_WILDCARDS = 0x4


class Observer(Protocol):
    """Who listens to one connection."""

    def on_message(self, content_type: int, sent: bool, data: bytes) -> None:
        """A handshake message, alert or ChangeCipherSpec went by, in clear."""

    def on_verify(self, ok: bool, depth: int, code: int, message: str, der: bytes) -> int | None:
        """OpenSSL looked at one certificate. Return the X509_V_ERR number to stop with, None to go on."""


# By the address of the SSL object; weak, so that a dropped connection leaves nothing behind.
_observers: WeakValueDictionary[int, Observer] = WeakValueDictionary()
_pending: list[Exception] = []


def have(name: str) -> bool:
    """Whether this wheel's OpenSSL offers the function ``name``."""
    return hasattr(_lib, name)


def openssl_version() -> str:
    """Version of the OpenSSL that speaks TLS here, such as ``OpenSSL 4.0.3 29 Sep 2026``."""
    return SSL.OpenSSL_version(SSL.OPENSSL_VERSION).decode("ascii")


def _address(pointer: Any) -> int:
    return int(_ffi.cast("uintptr_t", pointer))


def observe(connection: SSL.Connection, observer: Observer) -> None:
    """Tell ``observer`` what happens on ``connection`` for as long as the observer lives."""
    _observers[_address(connection._ssl)] = observer  # noqa: SLF001 -- the reason for this module


def raise_pending() -> None:
    """Raise the first exception that an observer raised inside a callback since the last call."""
    if _pending:
        error = _pending[0]
        _pending.clear()
        raise error


def _on_message(write: int, _version: int, content_type: int, data: Any, size: int, ssl: Any, _arg: Any) -> None:
    if content_type not in _TOLD:  # OpenSSL also calls for each record's header and inner type
        return
    observer = _observers.get(_address(ssl))
    if observer is not None:
        try:
            observer.on_message(content_type, bool(write), bytes(_ffi.buffer(data, size)))
        except Exception as error:  # noqa: BLE001 -- must not unwind through C; raised by raise_pending
            _pending.append(error)


def _der_of(x509: Any) -> bytes:
    if x509 == _ffi.NULL:
        return b""
    bio = _lib.BIO_new(_lib.BIO_s_mem())
    try:
        _lib.i2d_X509_bio(bio, x509)
        out = _ffi.new("char**")
        size = _lib.BIO_get_mem_data(bio, out)
        return bytes(_ffi.buffer(out[0], size))
    finally:
        _lib.BIO_free(bio)


def _on_verify(ok: int, store: Any) -> int:
    ssl = _lib.X509_STORE_CTX_get_ex_data(store, _lib.SSL_get_ex_data_X509_STORE_CTX_idx())
    observer = _observers.get(_address(ssl))
    if observer is None:
        return ok
    code = _lib.X509_STORE_CTX_get_error(store)
    message = "" if ok else _ffi.string(_lib.X509_verify_cert_error_string(code)).decode("ascii", "replace")
    der = b"" if ok else _der_of(_lib.X509_STORE_CTX_get_current_cert(store))
    try:
        stop = observer.on_verify(bool(ok), _lib.X509_STORE_CTX_get_error_depth(store), code, message, der)
    except Exception as error:  # noqa: BLE001 -- as above
        _pending.append(error)
        return 0
    if stop is None:
        return 1
    # OpenSSL derives the alert that it sends from this number.
    _lib.X509_STORE_CTX_set_error(store, stop)
    return 0


# Kept for the life of the process: OpenSSL holds the bare function pointers.
_message_callback = _ffi.callback("void(int, int, int, const void *, size_t, SSL *, void *)", _on_message)
_verify_callback = _ffi.callback("int(int, X509_STORE_CTX *)", _on_verify)


def prepare(context: SSL.Context) -> None:
    """Make ``context`` tell observers everything, verify always, send our chain as it is and nothing else."""
    raw = context._context  # noqa: SLF001
    if have("SSL_CTX_set_msg_callback"):
        _lib.SSL_CTX_set_msg_callback(raw, _message_callback)
    _lib.SSL_CTX_set_verify(raw, _lib.SSL_VERIFY_PEER, _verify_callback)
    if have("SSL_CTX_set_post_handshake_auth"):
        _lib.SSL_CTX_set_post_handshake_auth(raw, 1)
    _lib.SSL_CTX_set_mode(raw, _MODE_NO_AUTO_CHAIN)
    # A compressed Certificate message could not be shown; none of our peers needs it.
    _lib.SSL_CTX_set_options(raw, _NO_RX_CERTIFICATE_COMPRESSION)


def set_signature_algorithms(context: SSL.Context, names: str) -> bool:
    """Offer these signature algorithms (OpenSSL's colon-separated names); False when OpenSSL refuses them."""
    return _accepted(lambda: _lib.SSL_CTX_set1_sigalgs_list(context._context, names.encode()))  # noqa: SLF001


def set_groups(context: SSL.Context, names: str) -> bool:
    """Offer these key-exchange groups; False when OpenSSL refuses them."""
    return _accepted(lambda: _lib.SSL_CTX_set1_curves_list(context._context, names.encode()))  # noqa: SLF001


def _accepted(call: Callable[[], int]) -> bool:
    accepted = call() == 1
    _lib.ERR_clear_error()
    return accepted


def expect_host(connection: SSL.Connection, host: str, *, address: bool, partial: bool) -> None:
    """Have the leaf checked against ``host`` (ASCII): only subject alternative names count (RFC 9525 6).

    ``partial``: a chain may end in any trusted certificate, not only in a root.
    """
    parameters = _lib.SSL_get0_param(connection._ssl)  # noqa: SLF001
    if partial:
        _lib.X509_VERIFY_PARAM_set_flags(parameters, _PARTIAL_CHAIN)
    if host:
        _expect(parameters, host, address=address)


def _expect(parameters: Any, host: str, *, address: bool) -> None:
    if address:
        import ipaddress

        packed = ipaddress.ip_address(host.partition("%")[0]).packed
        _lib.X509_VERIFY_PARAM_set1_ip(parameters, packed, len(packed))
    else:
        _lib.X509_VERIFY_PARAM_set_hostflags(parameters, _CHECK_NEVER_SUBJECT | _CHECK_NO_PARTIAL_WILDCARDS)
        name = host.encode("ascii")
        _lib.X509_VERIFY_PARAM_set1_host(parameters, name, len(name))


def read_on(connection: SSL.Connection, begun: bytes, limit: int) -> tuple[bytes, bool]:
    """``begun`` and what else can be decrypted, at most ``limit`` bytes, and whether that was all that had come.

    What goes wrong, the next ``recv`` tells.
    """
    buffer = _allocate("char[]", limit)
    size = len(begun)
    _ffi.memmove(buffer, begun, size)
    ssl = connection._ssl  # noqa: SLF001
    drained = False
    while size < limit:
        got = _lib.SSL_read(ssl, buffer + size, limit - size)
        if got <= 0:
            drained = _lib.SSL_get_error(ssl, got) == _lib.SSL_ERROR_WANT_READ
            _lib.ERR_clear_error()
            break
        size += got
    return (begun if size == len(begun) else bytes(_ffi.buffer(buffer, size))), drained


def outgoing_size(connection: SSL.Connection) -> int:
    """How many bytes wait to be carried to the peer."""
    return int(_lib.BIO_get_mem_data(connection._from_ssl, _ffi.NULL))  # noqa: SLF001


def session_reused(connection: SSL.Connection) -> bool:
    """Whether the handshake resumed an earlier session."""
    return have("SSL_session_reused") and _lib.SSL_session_reused(connection._ssl) == 1  # noqa: SLF001


def ocsp_stapled(connection: SSL.Connection) -> bool:
    """Whether the server stapled an OCSP response (RFC 6066 8)."""
    out = _ffi.new("unsigned char **")
    return int(_lib.SSL_get_tlsext_status_ocsp_resp(connection._ssl, out)) > 0  # noqa: SLF001


def add_authorities(context: SSL.Context, ders: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Trust these certificates (DER). Returns those that OpenSSL cannot read."""
    store = context.get_cert_store()
    if store is None:  # a context always has one; only its type admits otherwise
        return ders
    unreadable = []
    for der in ders:
        try:
            store.add_cert(certificate(der))
        except crypto.Error:
            unreadable.append(der)
    return tuple(unreadable)


def use_certificate(context: SSL.Context, der: bytes) -> None:
    """Prove ourselves with this certificate (DER). Raises ``SSL.Error`` or ``crypto.Error`` when OpenSSL refuses it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.use_certificate(certificate(der))


def add_to_chain(context: SSL.Context, der: bytes) -> None:
    """Send this certificate (DER) after ours. Raises as ``use_certificate``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.add_extra_chain_cert(certificate(der))


def certificate(der: bytes) -> crypto.X509:
    """OpenSSL's own view of a certificate: it reads what stricter parsers refuse."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return crypto.load_certificate(crypto.FILETYPE_ASN1, der)


def expect_peer(store: crypto.X509Store, *, client: bool, host: str = "", address: bool = False) -> None:
    """Have ``store`` verify chains of TLS clients or servers, a server's leaf against ``host`` too."""
    if have("X509_STORE_set_purpose"):
        _lib.X509_STORE_set_purpose(store._store, _PURPOSE_SSL_CLIENT if client else _PURPOSE_SSL_SERVER)  # noqa: SLF001
    if host:
        parameters = _ffi.gc(_lib.X509_VERIFY_PARAM_new(), _lib.X509_VERIFY_PARAM_free)
        _expect(parameters, host, address=address)
        _lib.X509_STORE_set1_param(store._store, parameters)  # noqa: SLF001
