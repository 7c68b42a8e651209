"""Which names mean a secret. One list for what is masked, what stays out of files, and what no redirect takes along."""

import re
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import unquote_plus

Note = Callable[[str, str], None]
"""Hears of a secret that is left out: its name, and the value as it is meant."""

_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
_SECRET_WORDS = frozenset(
    {"password", "passwd", "passwort", "pwd", "passphrase", "passcode", "secret", "secrets", "credential"}
    | {"credentials", "apikey", "jwt", "jsessionid", "phpsessid", "sessionid", "authorization", "clientsecret"}
)
_SECRET_ENDS = frozenset(
    {"token", "tokens", "auth", "pass", "signature", "sig", "assertion", "accesstoken", "refreshtoken"}
)
_SECRET_PAIRS = frozenset(
    {"api key", "access key", "private key", "secret key", "session key", "auth key", "subscription key"}
    | {"function key", "functions key", "account key", "master key", "shared key", "security key", "encryption key"}
    | {
        "signing key",
        "client key",
        "license key",
        "session id",
        "csrf token",
        "xsrf token",
        "code verifier",
        "id token",
    }
)
_HARMLESS_PAIRS = frozenset({"page token", "next token", "continuation token", "sync token", "sort token"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TRAILING = frozenset({"value", "header"})
_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")
_SCHEME_WORD = re.compile(r"^\s*[A-Za-z][A-Za-z0-9-]*\s+(?=\{\{)")


def is_secret_name(name: str) -> bool:
    """Whether a header, parameter, field or member of this name usually holds a secret."""
    if "%" in name:
        name = unquote_plus(name)
    if name.strip().lower() in _HEADERS or name.strip().lower() == "key":
        return True
    words = [word.lower() for word in _WORD.findall(name)]
    while words and (words[-1] in _TRAILING or words[-1].isdigit()):
        words.pop()
    if not words:
        return False
    pairs = {" ".join(pair) for pair in pairwise(words)}
    last_pair = " ".join(words[-2:])
    if last_pair in _HARMLESS_PAIRS:
        return False
    return bool(_SECRET_WORDS.intersection(words)) or words[-1] in _SECRET_ENDS or bool(pairs & _SECRET_PAIRS)


def is_literal(value: str) -> bool:
    """Whether ``value`` says something itself, beside ``{{variables}}`` and the name of a scheme such as ``Bearer``."""
    rest = _VARIABLE.sub("", _SCHEME_WORD.sub("", value))
    return bool(rest.strip(" \t,;:"))
