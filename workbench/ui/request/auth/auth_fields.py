"""What each way to authenticate asks for: one list of fields, from which the forms are made."""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.core.draft import (
    ApiKeyAuth,
    Auth,
    AWSAuth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    Flow,
    InheritAuth,
    OAuth2Auth,
    OtherAuth,
    Placement,
)
from workbench.core.i18n import _


class Input(enum.Enum):
    """What a field is edited with."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 - a word, not a password
    CHOICE = "choice"
    CHECK = "check"


def _always(_auth: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class AuthField:
    """``name`` is that of the dataclass's field. ``choices`` are pairs of value and words; ``wanted`` hides it."""

    name: str
    words: str
    input: Input = Input.TEXT
    hint: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    wanted: Callable[[Any], bool] = _always


@dataclass(frozen=True, slots=True)
class AuthKind:
    """One way: its name for people, an empty one to begin with, a sentence on what is sent."""

    words: str
    empty: Auth | None
    about: str
    fields: tuple[AuthField, ...] = ()


_PLACES = ((Placement.HEADER, _("in a header")), (Placement.QUERY, _("in the query")))
_FLOWS = (
    (Flow.CLIENT_CREDENTIALS, _("Client credentials")),
    (Flow.AUTHORIZATION_CODE, _("Authorization code, in the browser")),
    (Flow.PASSWORD, _("Password")),
    (Flow.IMPLICIT, _("Implicit (kept, but deprecated)")),
)
_USER = AuthField("username", _("User name"))
_PASSWORD = AuthField("password", _("Password"), Input.SECRET)


def _by_browser(auth: OAuth2Auth) -> bool:
    return auth.flow in (Flow.AUTHORIZATION_CODE, Flow.IMPLICIT)


def _by_code(auth: OAuth2Auth) -> bool:
    return auth.flow is Flow.AUTHORIZATION_CODE


def _by_password(auth: OAuth2Auth) -> bool:
    return auth.flow is Flow.PASSWORD


def _with_token_call(auth: OAuth2Auth) -> bool:
    return auth.flow is not Flow.IMPLICIT


_OAUTH2 = (
    AuthField("flow", _("Flow"), Input.CHOICE, choices=_FLOWS),
    AuthField("authorization_url", _("Authorization URL"), wanted=_by_browser),
    AuthField("access_token_url", _("Token URL"), wanted=_with_token_call),
    AuthField(
        "callback_url",
        _("Redirect URL"),
        hint=_("Empty: a free port on this computer"),
        wanted=_by_browser,
    ),
    AuthField("client_id", _("Client ID")),
    AuthField("client_secret", _("Client secret"), Input.SECRET, wanted=_with_token_call),
    AuthField(
        "credentials_in_body",
        _("Client credentials"),
        Input.CHOICE,
        choices=((False, _("in the Authorization header")), (True, _("in the form body"))),
        wanted=_with_token_call,
    ),
    AuthField("username", _("User name"), wanted=_by_password),
    AuthField("password", _("Password"), Input.SECRET, wanted=_by_password),
    AuthField("scope", _("Scope"), hint=_("Separated by spaces")),
    AuthField("state", _("State"), hint=_("Empty: a new random one each time"), wanted=_by_browser),
    AuthField(
        "pkce",
        _("PKCE"),
        Input.CHOICE,
        choices=(("S256", "S256"), ("plain", _("plain")), ("", _("none"))),
        wanted=_by_code,
    ),
    AuthField(
        "authorization_parameters",
        _("More sign-in parameters"),
        hint=_("As in a query: audience=https://api.example.com&prompt=login"),
        wanted=_by_browser,
    ),
    AuthField(
        "token_parameters",
        _("More token parameters"),
        hint=_("As in a query: audience=https://api.example.com"),
        wanted=_with_token_call,
    ),
    AuthField("refresh_token_url", _("Refresh URL"), hint=_("Empty: the token URL"), wanted=_with_token_call),
    AuthField("refresh", _("Refresh the token when it has expired"), Input.CHECK, wanted=_with_token_call),
    AuthField("token_placement", _("Send token"), Input.CHOICE, choices=_PLACES),
    AuthField("token_name", _("Name"), hint="Authorization"),
)
_AWS = (
    AuthField("access_key_id", _("Access key ID")),
    AuthField("secret_access_key", _("Secret access key"), Input.SECRET),
    AuthField("session_token", _("Session token"), Input.SECRET),
    AuthField("service", _("Service"), hint="execute-api"),
    AuthField("region", _("Region"), hint="eu-central-1"),
    AuthField("profile", _("Profile")),
)

KINDS: Mapping[str, AuthKind] = {
    "inherit": AuthKind(_("Inherit"), InheritAuth(), _("Uses the setting of the folder, or of the collection.")),
    "none": AuthKind(_("None"), None, _("Nothing is sent, whatever the folder and collection say.")),
    "basic": AuthKind(
        _("Basic"), BasicAuth(), _("User name and password in the Authorization header."), (_USER, _PASSWORD)
    ),
    "bearer": AuthKind(
        _("Bearer token"),
        BearerAuth(),
        _("A token in the Authorization header."),
        (AuthField("token", _("Token"), Input.SECRET),),
    ),
    "apikey": AuthKind(
        _("API key"),
        ApiKeyAuth(),
        _("A key in a header or query parameter that the service defines."),
        (
            AuthField("key", _("Name"), hint="X-API-Key"),
            AuthField("value", _("Key"), Input.SECRET),
            AuthField("placement", _("Add to"), Input.CHOICE, choices=_PLACES),
        ),
    ),
    "digest": AuthKind(
        _("Digest"),
        DigestAuth(),
        _("Answers the server's challenge without sending the password itself."),
        (_USER, _PASSWORD),
    ),
    "oauth2": AuthKind(
        _("OAuth 2.0"),
        OAuth2Auth(),
        _("Gets a token first, with the same identity and trust as the request itself."),
        _OAUTH2,
    ),
    "aws": AuthKind(_("AWS Signature"), AWSAuth(), _("Signs the request (Signature Version 4)."), _AWS),
}


def kind_of(auth: Auth | None) -> str:
    """The key of ``KINDS`` that ``auth`` is of, ``other`` for one that is only kept."""
    if isinstance(auth, OtherAuth):
        return "other"
    return next(key for key, kind in KINDS.items() if type(kind.empty) is type(auth))


def auth_words(auth: Auth | None) -> str:
    """The way to authenticate in a few words, without what is secret."""
    if isinstance(auth, OtherAuth):
        return auth.kind
    words = KINDS[kind_of(auth)].words
    user = getattr(auth, "username", "")
    return f"{words} · {user}" if user else words
