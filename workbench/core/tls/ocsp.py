"""OCSP answers (RFC 6960): whether one can be believed, and what it says of a certificate."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import Hash, HashAlgorithm
from cryptography.x509 import ocsp

from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Revocation

_LARGEST = 100_000
_CLOCKS = timedelta(minutes=5)
"""By how much two clocks may differ."""

_STATUS = {
    ocsp.OCSPCertStatus.GOOD: "good",
    ocsp.OCSPCertStatus.REVOKED: "revoked",
    ocsp.OCSPCertStatus.UNKNOWN: "unknown",
}


def read_ocsp(data: bytes, leaf: Certificate, issuer: Certificate | None, now: datetime, *, source: str) -> Revocation:
    """What the answer ``data`` (DER) says of ``leaf``; ``unknown`` for one that cannot be believed.

    It is believed when ``issuer``, or a responder that it appointed (RFC 6960 4.2.2.2), signed it, when it is about
    ``leaf``, and when ``now`` is in its time.
    """
    unknown = Revocation("unknown", source)
    if issuer is None or len(data) > _LARGEST:
        return unknown
    try:
        response = ocsp.load_der_ocsp_response(data)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return unknown
        about = next(_about(response, leaf, issuer), None)
        if about is None or not _in_time(about, now) or not _signed(response, issuer, now):
            return unknown
        return Revocation(_STATUS[about.certificate_status], source, response.produced_at_utc)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return unknown


def _about(response: ocsp.OCSPResponse, leaf: Certificate, issuer: Certificate) -> Iterator[ocsp.OCSPSingleResponse]:
    for single in response.responses:
        if single.serial_number == int(leaf.serial, 16) and _names(single, leaf, issuer):
            yield single


def _names(single: ocsp.OCSPSingleResponse, leaf: Certificate, issuer: Certificate) -> bool:
    """Whether the answer is about certificates of ``issuer`` (RFC 6960 4.1.1)."""
    _algorithm, bits = der.read(issuer.spki).children()
    key = bits.content[1:]  # without the count of unused bits
    algorithm = single.hash_algorithm
    return (_hash(algorithm, leaf.issuer_der), _hash(algorithm, key)) == (
        single.issuer_name_hash,
        single.issuer_key_hash,
    )


def _hash(algorithm: HashAlgorithm, data: bytes) -> bytes:
    digest = Hash(algorithm)
    digest.update(data)
    return digest.finalize()


def _in_time(single: ocsp.OCSPSingleResponse, now: datetime) -> bool:
    begins, ends = single.this_update_utc, single.next_update_utc
    return begins - _CLOCKS <= now and (ends is None or now <= ends + _CLOCKS)


def _signed(response: ocsp.OCSPResponse, issuer: Certificate, now: datetime) -> bool:
    keys = [issuer.public_key]
    for extra in response.certificates:
        responder = Certificate.from_x509(extra)
        if responder.is_issued_by(issuer) and _may_answer(responder, now):
            keys.append(responder.public_key)
    return any(_verifies(key, response) for key in keys)


def _may_answer(responder: Certificate, now: datetime) -> bool:
    in_date = not responder.is_expired(now) and not responder.is_not_yet_valid(now)
    return in_date and "OCSPSigning" in responder.extended_key_usages


def _verifies(key: object, response: ocsp.OCSPResponse) -> bool:
    signature, signed, algorithm = response.signature, response.tbs_response_bytes, response.signature_hash_algorithm
    try:
        match key:
            case rsa.RSAPublicKey() if algorithm is not None:
                key.verify(signature, signed, padding.PKCS1v15(), algorithm)
            case ec.EllipticCurvePublicKey() if algorithm is not None:
                key.verify(signature, signed, ec.ECDSA(algorithm))
            case ed25519.Ed25519PublicKey() | ed448.Ed448PublicKey():
                key.verify(signature, signed)
            case _:
                return False
    except InvalidSignature:
        return False
    return True
