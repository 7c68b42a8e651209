"""What opening something encrypted costs, read before it is paid.

Formats let a file say how often a password is hashed, and how much memory that takes. A hostile file says two billion
rounds, or two gigabytes.
"""

import math

from workbench.core.errors import IdentityUnreadable
from workbench.core.i18n import _, number
from workbench.core.tls import der
from workbench.core.tls.der import Value

MOST_ROUNDS = 10_000_000
"""Rounds of SHA-1 or SHA-256 for one file, all that is encrypted in it together: a few seconds. Usual are 2048 to
a million; what takes longer for a round counts for more."""

MOST_MEMORY = 256 * 1024 * 1024
"""Bytes, for scrypt."""

PBES2, PBKDF2, SCRYPT = "1.2.840.113549.1.5.13", "1.2.840.113549.1.5.12", "1.3.6.1.4.1.11591.4.11"
_HASHES = {
    "1.2.840.113549.2.7": ("sha1", 20, 1.0),
    "1.2.840.113549.2.8": ("sha224", 28, 1.0),
    "1.2.840.113549.2.9": ("sha256", 32, 1.0),
    "1.2.840.113549.2.10": ("sha384", 48, 2.5),
    "1.2.840.113549.2.11": ("sha512", 64, 2.5),
}
"""Names, sizes and weights of what PBKDF2 may hash with (RFC 8018 B.1.2)."""

_LONGEST_KEY = 32  # bytes, of the ciphers in use
_PBE_WEIGHT = 4  # for key and initial vector
_KEY_WEIGHT = 220
"""Rounds for the cube of a private key's size in kilobytes: so grows what computing with its numbers takes."""

_SLOWEST = 2.5  # of hashes that are not known here


class Budget:
    """What may still be paid for one file, ``origin``. ``refusal`` is what was said when something cost more."""

    def __init__(self, origin: str) -> None:
        self.refusal: IdentityUnreadable | None = None
        self._origin = origin
        self._left = float(MOST_ROUNDS)

    def spend(self, algorithm: Value) -> None:
        """Pay for a password-based scheme (AlgorithmIdentifier).

        Raises ``IdentityUnreadable`` when it costs more than is left, ``ValueError`` when it does not say what.
        """
        scheme, *rest = algorithm.children()
        parameters = rest[0].children() if rest and rest[0].tag == der.SEQUENCE else ()
        if scheme.oid == PBES2:
            derivation = parameters[0].children() if parameters else ()
            if len(derivation) != 2:
                raise ValueError("no key derivation")
            self.spend_derivation(derivation[0].oid, derivation[1].children())
        elif len(parameters) >= 2 and parameters[1].tag == der.INTEGER:
            self.spend_rounds(parameters[1].number, _PBE_WEIGHT)

    def spend_derivation(self, oid: str, parameters: tuple[Value, ...]) -> None:
        """Pay for PBKDF2 (RFC 8018 A.2) or scrypt (RFC 7914 7). Raises as ``spend``."""
        if oid == PBKDF2:
            _name, size, weight = pbkdf2_hash(parameters)
            length = next((one.number for one in parameters[2:] if one.tag == der.INTEGER), _LONGEST_KEY)
            self.spend_rounds(parameters[1].number, weight * math.ceil(min(max(length, 1), MOST_ROUNDS) / size))
        elif oid == SCRYPT:
            if len(parameters) < 4:
                raise ValueError("no parameters of scrypt")
            count, block, parallel = (one.number for one in parameters[1:4])
            if 128 * block * (count + parallel) > MOST_MEMORY:
                raise self._too_costly(
                    _("It requires {size} MB of memory; at most {most} MB are allowed.").format(
                        size=_figure(128 * block * (count + parallel) // 1024**2), most=MOST_MEMORY // 1024**2
                    )
                )
            self.spend_rounds(count * block * parallel)

    def spend_rounds(self, rounds: int, weight: float = 1) -> None:
        """Pay for so many rounds, each worth ``weight`` of SHA-256."""
        self._left -= max(min(rounds, MOST_ROUNDS * MOST_ROUNDS), 0) * weight
        if self._left < 0:
            detail = _(
                "Deriving its keys from the password takes as long as {rounds} rounds of SHA-256; at "
                "most {most} are allowed."
            )
            raise self._too_costly(
                detail.format(rounds=_figure(round(MOST_ROUNDS - self._left)), most=number(MOST_ROUNDS))
            )

    def spend_key(self, size: int) -> None:
        """Pay for reading a private key of ``size`` bytes."""
        self._left -= (size // 1000) ** 3 * _KEY_WEIGHT
        if self._left < 0:
            raise self._too_costly(_("The numbers of its private keys are very long."))

    def allows_again(self, times: int) -> bool:
        """Whether all that was paid so far may be paid ``times`` more."""
        return (MOST_ROUNDS - self._left) * times <= self._left

    def _too_costly(self, detail: str) -> IdentityUnreadable:
        self.refusal = IdentityUnreadable(
            _("Opening “{name}” would take too long.").format(name=self._origin),
            detail=detail,
            hint=_("No common program writes such files. Ask for the key with common encryption, or create a new one."),
        )
        return self.refusal


def _figure(rounds: int) -> str:
    return number(rounds) if rounds < 10**12 else _("more than {number}").format(number=number(10**12))


def pbkdf2_hash(parameters: tuple[Value, ...]) -> tuple[str, int, float]:
    """Name, size in bytes and weight of what PBKDF2 hashes with. Raises ``ValueError``."""
    if len(parameters) < 2 or parameters[1].tag != der.INTEGER:
        raise ValueError("no number of rounds")
    function = next((one for one in parameters[2:] if one.tag == der.SEQUENCE), None)
    if function is None:
        return _HASHES["1.2.840.113549.2.7"]
    return _HASHES.get(function.children()[0].oid if function.content else "", ("", 20, _SLOWEST))
