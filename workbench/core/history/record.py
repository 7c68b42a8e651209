"""An exchange as the bytes that are kept of it, secrets masked; and the exchange that these bytes tell of."""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.core import draft_codec
from workbench.core.draft import SENSITIVE, Draft
from workbench.core.exchange import Body, Exchange, Response
from workbench.core.masking import MASK, Mask, without_body, without_secrets
from workbench.core.plain import Leaf, Plain
from workbench.core.request import Request
from workbench.core.tls.certificate import Certificate, seen
from workbench.core.tls.handshake import Handshake

_LEVEL = 6
_BODY_LEVEL = 1  # sending waits for it
_SHRINKS = 4  # times that a body may be larger than what is kept of it: texts shrink more, others hardly
_WINDOW = 32768  # of zlib: a longer dictionary is of no use
_SURE_SECRET = 6  # characters of a secret in a draft, from which on it is looked for in the response too
_DRAFT, _MISSING, _EXCHANGE, _SENT_SIZE = "draft", "missing", "exchange", "sent_size"
_REQUEST_FIELDS = (
    "method",
    "url",
    "headers",
    "identity",
    "trust",
    "policy",
    "http_version",
    "timeouts",
    "proxy",
    "connect_to",
    "follow_redirects",
    "max_redirects",
    "reuse",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an exchange beside its handshakes. ``exchange`` is masked."""

    exchange: Exchange
    record: bytes
    body: bytes | None


def keep(draft: Draft, exchange: Exchange, secrets: Sequence[str], body_limit: int | None) -> Kept:
    """Mask and encode. ``body_limit`` is the most compressed bytes of the body that are kept, None for no body.

    Reads the body, which may be in a file. Of a draft tagged ``SENSITIVE`` neither body is kept.
    """
    stripped = without_secrets(draft, secrets)
    if SENSITIVE in draft.tags:
        body_limit, stripped = None, without_body(stripped)
    own = [secret for secret in stripped.secrets if len(secret) >= _SURE_SECRET]
    mask = Mask((*secrets, *own))
    masked = _masked(exchange, mask)
    data = {
        _DRAFT: draft_codec.to_data(stripped.draft),
        _MISSING: list(stripped.missing),
        _EXCHANGE: _masking(mask).encode(masked),
        _SENT_SIZE: _sent_size(exchange),
    }
    body = None
    if body_limit is not None and exchange.response is not None:
        body = _kept_body(exchange.response, mask, body_limit)
    return Kept(masked, zlib.compress(_json(data), _LEVEL), body)


@dataclass(frozen=True, slots=True)
class Told:
    """What a record tells: the exchange without handshakes and without the body's bytes."""

    draft: Draft
    missing: tuple[str, ...]
    exchange: Exchange
    sent_size: int


def tell(record: bytes) -> Told:
    """Read what ``keep`` wrote. Raises ``ValueError`` or ``StorageError`` for what makes no sense."""
    try:
        data = json.loads(zlib.decompress(record))
        exchange: Exchange = _PLAIN.decode(Exchange, data[_EXCHANGE])
        missing = tuple(str(words) for words in data[_MISSING])
        return Told(draft_codec.from_data(data[_DRAFT]), missing, exchange, int(data[_SENT_SIZE]))
    except (KeyError, TypeError, zlib.error) as error:
        raise ValueError(str(error)) from error


def with_handshakes(exchange: Exchange, of_hops: Mapping[int, Handshake], other: Handshake | None) -> Exchange:
    """``exchange`` with the handshake of each hop, and ``other`` where its own is not the last hop's."""
    hops = tuple(replace(hop, handshake=of_hops.get(place)) for place, hop in enumerate(exchange.hops))
    return replace(exchange, hops=hops, handshake=other or (hops[-1].handshake if hops else None))


def with_body(exchange: Exchange, body: bytes | None) -> Exchange:
    """``exchange`` with the bytes of its response's body, as they were kept."""
    if exchange.response is None or body is None:
        return exchange
    data = zlib.decompress(body)
    response = replace(exchange.response, body=replace(exchange.response.body, data=data, size=len(data)))
    return replace(exchange, response=response)


@dataclass(frozen=True, slots=True)
class PackedHandshake:
    """A handshake as bytes, and the certificates that are needed to read them. Equal handshakes have one digest."""

    digest: bytes
    facts: bytes
    certificates: tuple[Certificate, ...]


def pack_handshake(handshake: Handshake) -> PackedHandshake:
    """Its messages show its certificates again, so these serve as the dictionary to compress with."""
    certificates: dict[Certificate, int] = {}

    def place(certificate: Certificate) -> int:
        return certificates.setdefault(certificate, len(certificates))

    text = _json(Plain(leaves=_BYTES | {Certificate: Leaf(place, _no_reading)}).encode(handshake))
    order = tuple(certificates)
    digest = hashlib.sha256(text)
    for certificate in order:
        digest.update(certificate.der)
    packer = zlib.compressobj(_LEVEL, zdict=_dictionary(order))
    return PackedHandshake(digest.digest(), packer.compress(text) + packer.flush(), order)


def unpack_handshake(facts: bytes, ders: Sequence[bytes]) -> Handshake:
    """The handshake again; ``ders`` are the certificates in their order. Raises ``ValueError``."""
    certificates = [seen(der) for der in ders]
    try:
        text = zlib.decompressobj(zdict=_dictionary(certificates)).decompress(facts)
        plain = Plain(leaves=_BYTES | {Certificate: Leaf(_no_reading, certificates.__getitem__)})
        handshake: Handshake = plain.decode(Handshake, json.loads(text))
    except (zlib.error, IndexError, TypeError) as error:
        raise ValueError(str(error)) from error
    return handshake


def _masked(exchange: Exchange, mask: Mask) -> Exchange:
    request, response = exchange.request, exchange.response
    given = {name: getattr(request, name) for name in _REQUEST_FIELDS}
    kept = replace(
        Request(**given),
        url=mask.url(request.url),
        headers=mask.headers(request.headers),
        proxy=mask.url(request.proxy) if request.proxy else request.proxy,
    )
    hops = tuple(
        replace(
            hop,
            url=mask.url(hop.url),
            location=mask.url(hop.location) if hop.location else hop.location,
            handshake=None,
        )
        for hop in exchange.hops
    )
    if response is not None:
        size = Body(size=response.body.size, wire_size=response.body.wire_size)
        headers = mask.headers(response.headers)
        response = Response(response.status, response.reason, response.http_version, headers, size)
    return Exchange(
        request=kept,
        outcome=exchange.outcome,
        hops=hops,
        response=response,
        failure=exchange.failure,
        findings=exchange.findings,
        timings=exchange.timings,
        proxy=mask.url(exchange.proxy) if exchange.proxy else exchange.proxy,
        reused=exchange.reused,
        client_authentication=exchange.client_authentication,
    )


def _kept_body(response: Response, mask: Mask, limit: int) -> bytes | None:
    if response.body.size > limit * _SHRINKS:  # it will not become that small, and reading it takes time
        return None
    try:
        data = response.body.read()
    except OSError:  # the session that had it in a file has closed
        return None
    packed = zlib.compress(_masked_body(data, mask), _BODY_LEVEL)
    return packed if len(packed) <= limit else None


def _masked_body(data: bytes, mask: Mask) -> bytes:
    try:
        return mask.body(data.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:  # another charset, or no text: every byte is a letter of Latin-1
        return mask.text(data.decode("latin-1")).replace(MASK, "***").encode("latin-1")


def _sent_size(exchange: Exchange) -> int:
    try:
        return exchange.request.body_size
    except OSError:
        return 0


def _masking(mask: Mask) -> Plain:
    return Plain(leaves=_BYTES | {str: Leaf(mask.text, _no_reading)})


def _json(data: Any) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def _dictionary(certificates: Sequence[Certificate]) -> bytes:
    return b"".join(certificate.der.hex().encode() for certificate in certificates)[-_WINDOW:]


def _no_reading(_data: Any) -> Any:
    raise ValueError("only written here")


_BYTES: dict[type, Leaf] = {bytes: Leaf(bytes.hex, bytes.fromhex)}
_PLAIN = Plain(leaves=_BYTES)
