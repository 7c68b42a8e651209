"""The server's half of HTTP Digest (RFC 7616), without memory: what a nonce must tell is signed into it."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

USER, PASSWORD, REALM = "lab", "lab-password", "The lab"
_KEY = secrets.token_bytes(32)
_HASHES: Mapping[str, Callable[[], Any]] = {
    "MD5": hashlib.md5,
    "SHA-256": hashlib.sha256,
    "SHA-512-256": lambda: hashlib.new("sha512_256"),
}

_PARAMETER = re.compile(r'(?<!\w)(\w++)=(?:"([^"]*)"|([^",\s]+))')


def answers(authorization: str, method: str, target: str, body: bytes, options: Mapping[str, str]) -> str | None:
    """None when ``authorization`` is right, else the challenge for a ``WWW-Authenticate`` field.

    ``options``: ``algorithm``, ``qop``, ``userhash``, and ``stale`` to have the first nonce refused as too old.
    """
    said = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(authorization)}
    if not authorization.startswith("Digest ") or not _is_right(said, method, target, body, options):
        return _challenge(options, "first")
    if not _is_ours(said["nonce"]):
        return _challenge(options, "first")
    if options.get("stale") and said["nonce"].startswith("first"):
        return _challenge(options, "later") + ", stale=true"
    return None


def _is_right(said: Mapping[str, str], method: str, target: str, body: bytes, options: Mapping[str, str]) -> bool:
    algorithm = options.get("algorithm", "SHA-256")

    def hashed(*parts: str) -> str:
        state = _HASHES[algorithm.removesuffix("-sess")]()
        state.update(":".join(parts).encode())
        return str(state.hexdigest())

    name = hashed(USER, REALM) if options.get("userhash") else USER
    first = hashed(USER, REALM, PASSWORD)
    if algorithm.endswith("-sess"):
        first = hashed(first, said.get("nonce", ""), said.get("cnonce", ""))
    state = _HASHES[algorithm.removesuffix("-sess")]()
    state.update(body)
    integrity = said.get("qop") == "auth-int"
    second = hashed(method, target, str(state.hexdigest())) if integrity else hashed(method, target)
    wanted = hashed(first, *(said.get(part, "") for part in ("nonce", "nc", "cnonce", "qop")), second)
    asked = options.get("qop", "auth")
    facts = (said.get("username"), said.get("uri"), said.get("qop"), said.get("algorithm"), said.get("response"))
    return facts == (name, target, asked, algorithm, wanted)


def _challenge(options: Mapping[str, str], kind: str) -> str:
    parts = [f'realm="{REALM}"', f'nonce="{_nonce(kind)}"', 'opaque="for the way back"']
    parts += [
        f"algorithm={options.get('algorithm', 'SHA-256')}",
        f'qop="{options.get("qop", "auth")}"',
        "charset=UTF-8",
    ]
    return "Digest " + ", ".join([*parts, *(["userhash=true"] if options.get("userhash") else [])])


def _nonce(kind: str) -> str:
    text = f"{kind}-{secrets.token_hex(8)}"
    return f"{text}-{_mark(text)}"


def _is_ours(nonce: str) -> bool:
    text, _dash, mark = nonce.rpartition("-")
    return hmac.compare_digest(mark.encode(), _mark(text).encode())


def _mark(text: str) -> str:
    return hmac.new(_KEY, text.encode(), hashlib.sha256).hexdigest()[:32]
