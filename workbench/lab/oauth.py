"""A small OAuth 2.0 authorization server without memory: codes and tokens are signed, and tell what they are for.

Access tokens are bound to the client certificate of the call that fetched them, where there was one: they
are JWTs with the confirmation ``x5t#S256`` (RFC 8705 3.1).
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from workbench.core.errors import InvalidInput
from workbench.core.url import is_loopback, parse

CLIENT, SECRET = "lab", "lab-secret"
USER, PASSWORD = "lab", "lab-password"
LIFETIME = 300
_SECONDS = re.compile(r"seconds:(\d{1,6})")
_KEY = secrets.token_bytes(32)
_HEAD = {"alg": "HS256", "typ": "JWT"}

Answer = tuple[int, dict[str, Any]]


def _leads_here(redirect: str) -> bool:
    try:
        target = parse(redirect)
    except InvalidInput:
        return False
    return target.scheme == "http" and is_loopback(target.host)


def authorize(asked: Mapping[str, str]) -> str | None:
    """Where the browser is sent with a code or an error; None when that cannot be told (RFC 6749 4.1.2.1).

    Nobody is asked to sign in: everybody agrees, unless the scope is ``nothing``.
    """
    redirect = asked.get("redirect_uri", "")
    if asked.get("client_id") != CLIENT or not _leads_here(redirect):
        return None
    state = {"state": asked["state"]} if "state" in asked else {}
    if asked.get("response_type") != "code":
        said = {"error": "unsupported_response_type", "error_description": "The lab gives codes only."}
    elif asked.get("scope") == "nothing":
        said = {"error": "access_denied", "error_description": "The lab was asked for nothing."}
    else:
        bound = {name: asked.get(name, "") for name in ("redirect_uri", "code_challenge", "code_challenge_method")}
        said = {"code": sign({"use": "code", "exp": int(time.time()) + 60, **bound})}
    return f"{redirect}{'&' if '?' in redirect else '?'}{urlencode({**said, **state})}"


def token(form: Mapping[str, str], authorization: str, certificate_sha256: str | None) -> Answer:
    """Answer a token request: status and document (RFC 6749 5). ``certificate_sha256`` is the client's, in hex."""
    if not _knows(form, authorization, certificate_sha256):
        return 401, {"error": "invalid_client", "error_description": "The lab knows the client “lab” with its secret."}
    grant = form.get("grant_type", "")
    if grant == "password" and (form.get("username"), form.get("password")) != (USER, PASSWORD):
        return 400, {"error": "invalid_grant", "error_description": "The lab knows the user “lab”."}
    if grant == "authorization_code" and not _fits(form):
        return 400, {"error": "invalid_grant", "error_description": "Code, redirect or verifier do not fit."}
    if grant == "refresh_token" and read(form.get("refresh_token", ""), "refresh") is None:
        return 400, {"error": "invalid_grant", "error_description": "That refresh token is none of the lab's."}
    if grant not in ("client_credentials", "password", "authorization_code", "refresh_token"):
        return 400, {"error": "unsupported_grant_type", "error_description": f"The lab does not know “{grant}”."}
    return 200, _given(form, certificate_sha256)


def accepts(authorization: str, certificate_sha256: str | None) -> bool:
    """Whether a request with this Authorization field may see the protected resource (RFC 6750, RFC 8705 3)."""
    scheme, _space, text = authorization.partition(" ")
    claims = read(text, "access") if scheme.lower() == "bearer" else None
    if claims is None:
        return False
    bound = claims.get("cnf", {}).get("x5t#S256")
    return bound is None or str(bound) == _thumbprint(certificate_sha256)


def sign(claims: Mapping[str, Any]) -> str:
    """A JWT (RFC 7519) of the lab's own."""
    text = ".".join(_base64(json.dumps(part).encode()) for part in (_HEAD, claims))
    return f"{text}.{_mark(text)}"


def read(text: str, use: str) -> dict[str, Any] | None:
    """The claims of a JWT of the lab's own that is meant for ``use`` and not expired, else None."""
    signed, _dot, mark = text.rpartition(".")
    if not hmac.compare_digest(mark.encode(), _mark(signed).encode()):
        return None
    body = signed.partition(".")[2]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims if claims["use"] == use and claims["exp"] > time.time() else None


def _knows(form: Mapping[str, str], authorization: str, certificate_sha256: str | None) -> bool:
    if authorization:
        pair = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        return authorization == f"Basic {pair}"
    if form.get("client_id") != CLIENT:
        return False
    # Without a secret the certificate says who it is (RFC 8705 2.1), or what only a public client's program holds.
    public = "code_verifier" in form or "refresh_token" in form
    return form.get("client_secret") == SECRET or certificate_sha256 is not None or public


def _fits(form: Mapping[str, str]) -> bool:
    code = read(form.get("code", ""), "code")
    if code is None or code["redirect_uri"] != form.get("redirect_uri"):
        return False
    verifier, challenge = form.get("code_verifier", ""), code["code_challenge"]
    if code["code_challenge_method"] == "S256":
        verifier = _base64(hashlib.sha256(verifier.encode()).digest())
    return bool(verifier == challenge)


def _given(form: Mapping[str, str], certificate_sha256: str | None) -> dict[str, Any]:
    now = int(time.time())
    seconds = _SECONDS.fullmatch(form.get("scope", ""))
    lifetime = int(seconds[1]) if seconds else LIFETIME
    claims: dict[str, Any] = {
        "use": "access",
        "sub": form.get("username", CLIENT),
        "exp": now + LIFETIME,
        "jti": secrets.token_hex(4),
    }
    if certificate_sha256 is not None:
        claims["cnf"] = {"x5t#S256": _thumbprint(certificate_sha256)}
    given = {
        "access_token": sign(claims),
        "token_type": "Bearer",
        "expires_in": lifetime,
        "scope": form.get("scope", ""),
    }
    if form["grant_type"] != "client_credentials":
        given["refresh_token"] = sign({"use": "refresh", "exp": now + 3600, "jti": secrets.token_hex(4)})
    return given


def _thumbprint(sha256: str | None) -> str | None:
    return None if sha256 is None else _base64(bytes.fromhex(sha256))


def _mark(text: str) -> str:
    return _base64(hmac.new(_KEY, text.encode(), hashlib.sha256).digest())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
