"""What in a request is a secret, and the request without it.

Two ways to do without: texts to be *shown* later (the headers as they went out, a URL) have ``MASK`` in the
secret's place; a *draft*, which is to be sent again, has nothing there, and a list of what is missing.
What a variable stands in for (``{{token}}``) is no secret: only its name is written.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import Any
from urllib.parse import quote, quote_plus, unquote, unquote_plus
from xml.sax.saxutils import unescape

from workbench.core import choices
from workbench.core import draft as d
from workbench.core.i18n import _
from workbench.core.request import Headers

MASK = "•••"

_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
_WITH_URL = frozenset({"location", "content-location", "referer", "refresh", "link"})
_SECRET_WORDS = frozenset(
    {"password", "passwd", "passwort", "pwd", "passphrase", "passcode", "secret", "secrets", "credential"}
    | {"credentials", "apikey", "jwt", "jsessionid", "phpsessid", "sessionid", "authorization", "clientsecret"}
)
_SECRET_ENDS = frozenset({"token", "tokens", "auth", "signature", "sig", "assertion", "accesstoken", "refreshtoken"})
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
_USERINFO = re.compile(r"^(\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)[^/?#]*@")
_PAIR = re.compile(r"([?&#;])([^=&#;?]+)=([^&#;]*)")
_JSON_MEMBER = re.compile(r'("((?:[^"\\]|\\.){1,80})"\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)')
_XML = re.compile(
    r"""(<(?:[\w.-]{1,80}:)?([\w.-]{1,80})(?:\s[^<>]*+)?>\s*+)([^<>\s][^<>]*+)(?=</)"""  # an element with a text
    r"""|(\s(?:[\w.-]{1,80}:)?([\w.-]{1,80})=["'])([^"'<>]++)(?=["'])"""
)
_HINTS = (
    *("passw", "passp", "passc", "pwd", "secret", "credential", "key", "token", "auth", "sig", "jwt", "sess"),
    *("assertion", "verifier"),
)
_SHORTEST = 3  # characters of a value that is looked for inside others


def is_secret_name(name: str) -> bool:
    """Whether a header, parameter, field or member of this name usually holds a secret."""
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


class Mask:
    """Hides secrets in texts to be shown; ``secrets`` are exact values, hidden wherever they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._whole = frozenset(secret for secret in secrets if secret)
        forms = {form for secret in self._whole if len(secret) >= _SHORTEST for form in _written_forms(secret)}
        self._inside = tuple(sorted(forms, key=len, reverse=True))

    def text(self, text: str) -> str:
        """``text`` without the exact secrets."""
        if text in self._whole:
            return MASK
        for form in self._inside:
            text = text.replace(form, MASK)
        return text

    def everywhere(self, data: Any) -> Any:
        """Plain data (what JSON can hold) without the exact secrets in any text of it."""
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, list):
            return [self.everywhere(item) for item in data]
        if isinstance(data, dict):
            return {key: self.everywhere(value) for key, value in data.items()}
        return data

    def header(self, name: str, value: str) -> str:
        """The value of a header field; of an Authorization its scheme stays."""
        lower = name.strip().lower()
        if lower in ("authorization", "proxy-authorization"):
            scheme, space, _rest = value.partition(" ")
            return f"{scheme} {MASK}" if space else MASK
        if lower == "set-cookie":
            cookie, semicolon, attributes = value.partition(";")
            return f"{cookie.partition('=')[0]}={MASK}{semicolon}{attributes}"
        if lower == "cookie":
            names = [pair.partition("=")[0].strip() for pair in value.split(";")]
            return "; ".join(f"{cookie}={MASK}" for cookie in names if cookie)
        if lower in _WITH_URL:
            return self.url(value)
        return MASK if value and is_secret_name(name) else self.text(value)

    def headers(self, headers: Headers) -> Headers:
        """All of them, in their order."""
        return tuple((name, self.header(name, value)) for name, value in headers)

    def url(self, text: str) -> str:
        """A URL, readable or not, without user and password, and without the values of secret parameters."""
        return self.text(_url_with(text, lambda _name, _value: MASK))

    def body(self, text: str) -> str:
        """JSON, XML or a form without the values of secret members, any other text without the exact secrets."""
        return self.text(_body_with(text, MASK))


@dataclass(frozen=True, slots=True)
class Stripped:
    """A draft that holds no secret.

    ``missing`` names what was left out, in words for a person. ``secrets`` are the values that were left out.
    """

    draft: d.Draft
    missing: tuple[str, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)


def without_secrets(draft: d.Draft, secrets: Iterable[str] = ()) -> Stripped:
    """``draft`` with nothing where it holds a secret literally; ``secrets`` are exact values to be masked anywhere."""
    stripping = _Stripping(Mask(secrets))
    url = stripping.url(draft.url)
    made = replace(
        draft,
        url=url,
        params=tuple(
            replace(one, value=stripping.named(one.name, one.value, _("parameter “{name}”"))) for one in draft.params
        ),
        headers=tuple(
            replace(one, value=stripping.named(one.name, one.value, _("header “{name}”"))) for one in draft.headers
        ),
        body=stripping.body(draft.body),
        auth=stripping.auth(draft.auth),
        variables=tuple(stripping.variable(one) for one in draft.variables),
    )
    words = tuple(dict.fromkeys(what for what, _value in stripping.left_out))
    return Stripped(made, words, tuple(dict.fromkeys(value for _what, value in stripping.left_out)))


class _Stripping:
    """Goes through one draft and notes what it leaves out."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self.left_out: list[tuple[str, str]] = []  # words, value

    def named(self, name: str, value: str, what: str) -> str:
        if value and is_secret_name(name) and is_literal(value):
            credentials = value.partition(" ")[2] if name.lower().endswith("authorization") else ""
            self.left_out.append((what.format(name=name), credentials or value))
            return ""
        return self._mask.text(value)

    def url(self, text: str) -> str:
        def leave_out(name: str, value: str) -> str:
            if not is_literal(value):
                return value
            self.left_out.append((_("parameter “{name}”").format(name=name), unquote_plus(value)))
            return ""

        userinfo = _USERINFO.match(text)
        if userinfo and not is_literal(userinfo[0][len(userinfo[1]) : -1]):
            head, rest = userinfo[0], text[userinfo.end() :]
            return head + self._mask.text(_url_with(rest, leave_out))
        if userinfo:
            password = unquote(userinfo[0][len(userinfo[1]) : -1].partition(":")[2])
            self.left_out.append((_("user and password in the URL"), password))
        return self._mask.text(_url_with(text, leave_out))

    def body(self, body: d.Body | None) -> d.Body | None:
        match body:
            case d.RawBody():
                return replace(body, text=self._text(body.text))
            case d.GraphQLBody():
                return replace(body, query=self._mask.text(body.query), variables=self._text(body.variables))
            case d.FormBody():
                what = _("form field “{name}”")
                return replace(
                    body, fields=tuple(replace(f, value=self.named(f.name, f.value, what)) for f in body.fields)
                )
            case d.MultipartBody():
                what = _("form field “{name}”")
                return replace(
                    body, parts=tuple(replace(p, value=self.named(p.name, p.value, what)) for p in body.parts)
                )
        return body

    def auth(self, auth: d.Auth | None) -> d.Auth | None:
        if auth is None:
            return None
        # Fields that may hold a secret are those that their dataclass keeps out of its repr.
        changed: dict[str, Any] = {}
        for one in fields(auth):
            value = getattr(auth, one.name)
            if not isinstance(value, str):
                continue
            if one.name.endswith("_parameters"):
                changed[one.name] = self.url(f"?{value}")[1:]
            elif not one.repr and is_literal(value):
                words = _("{field} of the authorization").format(field=one.name.replace("_", " "))
                self.left_out.append((words, value))
                changed[one.name] = ""
            elif not one.repr or one.name.endswith("url"):
                changed[one.name] = self.url(value) if one.repr else value
        return replace(auth, **changed) if changed else auth

    def variable(self, variable: d.Variable) -> d.Variable:
        what = _("variable “{name}”")
        if variable.secret and variable.value:
            self.left_out.append((what.format(name=variable.name), variable.value))
            return replace(variable, value="")
        if choices.is_reserved(variable.name):  # a proxy's URL, or no secret at all
            return replace(variable, value=self.url(variable.value))
        return replace(variable, value=self.named(variable.name, variable.value, what))

    def _text(self, text: str) -> str:
        def note(name: str, value: str) -> None:
            self.left_out.append((_("“{name}” in the body").format(name=name), value))

        return self._mask.text(_body_with(text, "", note))


def _written_forms(secret: str) -> set[str]:
    escaped = json.dumps(secret)[1:-1]
    quoted = (write(secret, safe=safe, errors="surrogatepass") for write in (quote, quote_plus) for safe in ("", "/"))
    return {secret, escaped, *quoted}


def _url_with(text: str, hidden: Callable[[str, str], str]) -> str:
    text = _USERINFO.sub(r"\1", text, count=1)
    given = {unquote_plus(match[2]).lower() for match in _PAIR.finditer(text)}
    is_grant = "code" in given and bool(given & {"state", "grant_type", "session_state", "iss"})

    def pair(match: re.Match[str]) -> str:
        name = unquote_plus(match[2])
        secret = is_secret_name(name) or (is_grant and name.lower() == "code")
        value = hidden(name, match[3]) if secret and match[3] else match[3]
        return f"{match[1]}{match[2]}={value}"

    return _PAIR.sub(pair, text)


def _body_with(text: str, hidden: str, note: Callable[[str, str], None] = lambda _name, _value: None) -> str:
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):  # much quicker than to look at every name
        return text
    if text.lstrip().startswith(("{", "[")):

        def member(match: re.Match[str]) -> str:
            value = match[3].strip('"')
            if not value or not is_secret_name(match[2]) or not is_literal(value):
                return match[0]
            note(match[2], value)
            return f'{match[1]}"{hidden}"'

        return _JSON_MEMBER.sub(member, text)
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return _XML.sub(lambda match: _xml_with(match, hidden, note), text)
    if "=" in text and not re.search(r"\s", text.strip()):

        def value(name: str, given: str) -> str:
            if not is_literal(given):
                return given
            note(name, unquote_plus(given))
            return hidden

        return _url_with("?" + text, value)[1:]
    return text


def _xml_with(match: re.Match[str], hidden: str, note: Callable[[str, str], None]) -> str:
    before, name, value = match.groups()[:3] if match[1] else match.groups()[3:]
    if name.lower() == "key" or not is_secret_name(name) or not is_literal(value):  # of which XML is full
        return match[0]
    note(name, unescape(value.strip()))
    return f"{before}{hidden}"
