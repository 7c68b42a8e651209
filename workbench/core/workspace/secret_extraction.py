"""KeyringSecrets that a person typed into a draft, found before they reach a file."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from workbench.core.draft import (
    ApiKeyAuth,
    Auth,
    AWSAuth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    Draft,
    Field,
    OAuth2Auth,
)
from workbench.core.errors import KeyringUnavailable
from workbench.core.i18n import _
from workbench.core.masking import is_secret_name

_FIELDS: dict[type, tuple[str, ...]] = {
    BasicAuth: ("password",),
    BearerAuth: ("token",),
    ApiKeyAuth: ("value",),
    DigestAuth: ("password",),
    OAuth2Auth: ("client_secret", "password"),
    AWSAuth: ("secret_access_key", "session_token"),
}
_SCHEME = re.compile(r"((?:Bearer|Basic|Token|ApiKey) +)(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class FoundSecret:
    """A secret that stands in a draft as it is. ``name`` is what a variable for it may be called."""

    name: str
    text: str


def secrets_of(draft: Draft, saved: Draft | None, headers: Collection[str] = ()) -> tuple[FoundSecret, ...]:
    """The secrets that ``extract`` would replace, each text once.

    Those are the secret texts of the authorization, and the values of the header fields called ``headers``,
    which hold no variable and do not stand in ``saved`` already, the draft as its file has it.
    """
    found: dict[str, FoundSecret] = {}
    known = {text for _name, text in (*_auth_texts(saved.auth), *_header_texts(saved, None))} if saved else set()

    for name, text in (*_auth_texts(draft.auth), *_header_texts(draft, headers)):
        if text and "{{" not in text and text not in known:
            found.setdefault(text, FoundSecret(name, text))
    return tuple(found.values())


def unkept(error: KeyringUnavailable) -> KeyringUnavailable:
    """``error`` in words for somebody whose draft holds secrets that no file may get."""
    return KeyringUnavailable(
        _("This request contains a secret, and there is no keyring to store it in."),
        detail=f"{error.title} {error.detail}".strip(),
        hint=_("Unlock or start the keyring, or replace the secret with a {{variable}} before saving."),
    )


def telltale_headers(draft: Draft, saved: Draft | None = None) -> tuple[str, ...]:
    """Names of header fields whose values look like secrets and hold no variable: worth offering to extract.

    Those whose values stand in ``saved`` already, the draft as its file has it, are not worth it any more.
    """
    known = {text for _name, text in _header_texts(saved, None)} if saved is not None else set()
    found = (
        field.name
        for field in draft.headers
        if is_secret_name(field.name)
        and field.value.strip()
        and "{{" not in field.value
        and _split(field.value)[1] not in known
    )
    return tuple(dict.fromkeys(found))


def extract(draft: Draft, names: Callable[[str], str | None], headers: Collection[str] = ()) -> Draft:
    """``draft`` with each text for which ``names`` has a name replaced by the variable of that name."""

    def extracted(text: str) -> str:
        name = names(text)
        return text if name is None else "{{" + name + "}}"

    wanted = _lowered(headers)
    fields = tuple(
        _extracted_header(each, extracted) if each.name.lower() in wanted else each for each in draft.headers
    )
    return replace(draft, auth=_extracted_auth(draft.auth, extracted), headers=fields)


def _extracted_auth(auth: Auth | None, extracted: Callable[[str], str]) -> Auth | None:
    if auth is None or type(auth) not in _FIELDS:
        return auth
    changed: dict[str, Any] = {name: extracted(getattr(auth, name)) for name in _FIELDS[type(auth)]}
    return replace(auth, **changed)


def _extracted_header(field: Field, extracted: Callable[[str], str]) -> Field:
    before, text = _split(field.value)
    return replace(field, value=before + extracted(text))


def _auth_texts(auth: Auth | None) -> Iterator[tuple[str, str]]:
    for field in fields(auth) if auth is not None else ():
        if field.name in _FIELDS.get(type(auth), ()):
            name = "api-key" if isinstance(auth, ApiKeyAuth) else field.name.replace("_", "-")
            yield name, getattr(auth, field.name)


def _header_texts(draft: Draft, headers: Collection[str] | None) -> Iterator[tuple[str, str]]:
    wanted = None if headers is None else _lowered(headers)
    for field in draft.headers:
        if wanted is None or field.name.lower() in wanted:
            yield field.name.lower(), _split(field.value)[1]


def _split(value: str) -> tuple[str, str]:
    """An authentication scheme, which is no secret, and what follows."""
    found = _SCHEME.fullmatch(value)
    return (found[1], found[2]) if found else ("", value)


def _lowered(headers: Collection[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in headers)
