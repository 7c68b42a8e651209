"""HTTP Digest (RFC 7616): a server's challenge, and the answer to it."""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from workbench.core.auth.kinds import Digest
from workbench.core.request import Headers

_ALGORITHMS: Mapping[str, Callable[[], Any]] = {
    # Best first; MD5 because servers still offer nothing else (RFC 7616 5.1 keeps it for them).
    "SHA-512-256": lambda: hashlib.new("sha512_256"),
    "SHA-256": hashlib.sha256,
    "MD5": lambda: hashlib.md5(usedforsecurity=False),
}
_PARAMETER = re.compile(r'([!#$%&\'*+\-.^_`|~0-9A-Za-z]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,"]*)\s*')
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]*")
_BETWEEN = re.compile(r"[ \t,]*")
_SCHEME = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?:\s+|\s*(?=,|$))")
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a ``WWW-Authenticate`` field with the scheme Digest says (RFC 7616 3.3). ``quality`` is the qop offered."""

    realm: str
    nonce: str = field(repr=False)
    algorithm: str = "MD5"
    opaque: str | None = None
    quality: tuple[str, ...] = ()
    stale: bool = False
    userhash: bool = False
    utf8: bool = False

    @property
    def base(self) -> str:
        """The algorithm without ``-sess``, as ``_ALGORITHMS`` has it."""
        return self.algorithm.upper().removesuffix("-SESS")

    def new_hash(self) -> Callable[[], Any]:
        """The hash function."""
        return _ALGORITHMS[self.base]


def best_challenge(headers: Headers) -> Challenge | None:
    """The strongest digest challenge that we can answer, None when there is none."""
    found = [
        challenge
        for name, value in headers
        if name.lower() == "www-authenticate"
        for scheme, parameters in challenges(value)
        if scheme == "digest" and (challenge := _read(parameters)) is not None
    ]
    order = list(_ALGORITHMS)
    return min(found, key=lambda one: order.index(one.base), default=None)


def challenges(value: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Scheme (in lower case) and parameters of each challenge of a ``WWW-Authenticate`` value (RFC 9110 11.6.1)."""
    at = 0
    scheme, parameters = "", dict[str, str]()
    while at < len(value):
        at = _end(_BETWEEN, value, at)
        if found := _PARAMETER.match(value, at):
            parameters[found[1].lower()] = _unquoted(found[2])
        elif found := _SCHEME.match(value, at):
            if scheme:
                yield scheme, parameters
            scheme, parameters = found[1].lower(), {}
        else:
            at = max(at + 1, _end(_TOKEN, value, at))  # what begins inside of a word is nothing either
            continue
        at = found.end()
    if scheme:
        yield scheme, parameters


def _end(pattern: re.Pattern[str], value: str, at: int) -> int:
    found = pattern.match(value, at)
    return found.end() if found else at


class Answer:
    """Answers to one challenge, whose nonce is counted with each use (``nc``)."""

    def __init__(self, auth: Digest, challenge: Challenge) -> None:
        self._auth = auth
        self._challenge = challenge
        self._count = 0
        self._first_cnonce = ""

    @property
    def covers_body(self) -> bool:
        """Whether the body's hash is part of it: the server offers ``auth-int`` and nothing weaker."""
        return "auth-int" in self._challenge.quality and "auth" not in self._challenge.quality

    @property
    def body_hash(self) -> Callable[[], Any]:
        """The function that ``header`` wants the body hashed with."""
        return self._challenge.new_hash()

    def header(self, method: str, target: str, body_hash: str = "", cnonce: str = "") -> str:
        """The value of the Authorization field for ``method`` and ``target``, path and query as sent.

        ``body_hash`` counts where ``covers_body``; ``cnonce`` is made up unless given.
        """
        known = self._challenge
        self._count += 1
        cnonce = cnonce or secrets.token_hex(16)
        self._first_cnonce = self._first_cnonce or cnonce
        count = f"{self._count:08x}"
        quality = "auth-int" if self.covers_body else "auth" if "auth" in known.quality else ""
        first = self._hashed(self._auth.username, known.realm, self._auth.password)
        if known.algorithm.upper().endswith("-SESS"):
            first = self._hashed(first, known.nonce, self._first_cnonce)
        second = self._hashed(method, target, body_hash) if quality == "auth-int" else self._hashed(method, target)
        middle = (known.nonce, count, cnonce, quality) if quality else (known.nonce,)
        parts = [
            *self._user(),
            f"realm={_quoted(known.realm)}",
            f"nonce={_quoted(known.nonce)}",
            f"uri={_quoted(target)}",
            f'response="{self._hashed(first, *middle, second)}"',
            f"algorithm={known.algorithm}",
        ]
        if known.opaque is not None:
            parts.append(f"opaque={_quoted(known.opaque)}")
        if quality:
            parts += [f"qop={quality}", f"nc={count}", f'cnonce="{cnonce}"']
        elif known.algorithm.upper().endswith("-SESS"):
            parts.append(f'cnonce="{cnonce}"')
        return "Digest " + ", ".join(parts)

    def _user(self) -> list[str]:
        known, name = self._challenge, self._auth.username
        if known.userhash:
            return [f'username="{self._hashed(name, known.realm)}"', "userhash=true"]
        if name.isascii() or not known.utf8:
            return [f"username={_quoted(name)}"]
        return [f"username*=UTF-8''{quote(name, safe='')}"]

    def _hashed(self, *parts: str) -> str:
        state = self._challenge.new_hash()()
        state.update(":".join(parts).encode("utf-8"))
        return str(state.hexdigest())


def _read(parameters: Mapping[str, str]) -> Challenge | None:
    challenge = Challenge(
        realm=parameters.get("realm", ""),
        nonce=parameters.get("nonce", ""),
        algorithm=parameters.get("algorithm") or "MD5",
        opaque=parameters.get("opaque"),
        quality=tuple(part.strip().lower() for part in parameters.get("qop", "").split(",") if part.strip()),
        stale=parameters.get("stale", "").lower() == "true",
        userhash=parameters.get("userhash", "").lower() == "true",
        utf8=parameters.get("charset", "").lower() == "utf-8",
    )
    answerable = not challenge.quality or {"auth", "auth-int"} & set(challenge.quality)
    return challenge if challenge.nonce and challenge.base in _ALGORITHMS and answerable else None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(r"\1", text[1:-1]) if text.startswith('"') else text
