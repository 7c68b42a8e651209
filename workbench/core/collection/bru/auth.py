"""Authentication in ``.bru`` files: a mode, and a block ``auth:MODE``."""

from dataclasses import replace
from typing import Final

from workbench.core.auth import extras
from workbench.core.collection.bru.editing import Editing
from workbench.core.collection.bru.rows import read_field, write_field
from workbench.core.draft import (
    ApiKeyAuth,
    Auth,
    AWSAuth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    Field,
    Flow,
    InheritAuth,
    OAuth2Auth,
    OtherAuth,
    Placement,
)

_AWS: Final = {
    "accessKeyId": "access_key_id",
    "secretAccessKey": "secret_access_key",
    "sessionToken": "session_token",
    "service": "service",
    "region": "region",
    "profileName": "profile",
}
_FLOWS: Final = {
    "client_credentials": Flow.CLIENT_CREDENTIALS,
    "password": Flow.PASSWORD,
    "authorization_code": Flow.AUTHORIZATION_CODE,
    "implicit": Flow.IMPLICIT,
}
_OAUTH2: Final = {
    "callback_url": "callback_url",
    "authorization_url": "authorization_url",
    "access_token_url": "access_token_url",
    "refresh_token_url": "refresh_token_url",
    "username": "username",
    "password": "password",
    "client_id": "client_id",
    "client_secret": "client_secret",
    "scope": "scope",
    "state": "state",
}
MORE: Final = (
    "auth:oauth2:additional_params:auth_req:queryparams",
    "auth:oauth2:additional_params:access_token_req:body",
)
"""Blocks beside that of OAuth 2.0 which are sent; those for headers and for refreshing are kept."""
_BLOCKS: Final = {
    BasicAuth: "basic",
    BearerAuth: "bearer",
    DigestAuth: "digest",
    ApiKeyAuth: "apikey",
    AWSAuth: "awsv4",
}


def read_auth(file: Editing, mode: str, absent: Auth | None) -> Auth | None:
    """What the file says under a mode; ``absent`` is what no mode means."""
    values = file.values(f"auth:{mode}")
    match mode:
        case "":
            return absent
        case "none" | "inherit":
            return InheritAuth() if mode == "inherit" else None
        case "basic":
            return BasicAuth(values.get("username", ""), values.get("password", ""))
        case "digest":
            return DigestAuth(values.get("username", ""), values.get("password", ""))
        case "bearer":
            return BearerAuth(values.get("token", ""))
        case "apikey":
            placement = Placement.QUERY if values.get("placement", "").startswith("query") else Placement.HEADER
            return ApiKeyAuth(values.get("key", ""), values.get("value", ""), placement)
        case "awsv4":
            return AWSAuth(**{name: values.get(key, "") for key, name in _AWS.items()})
        case "oauth2" if values.get("grant_type") in _FLOWS:
            to_sign_in, for_token = (_read_more(file, name) for name in MORE)
            return replace(_read_oauth2(values), authorization_parameters=to_sign_in, token_parameters=for_token)
    return OtherAuth(mode)


def mode_of(auth: Auth | None) -> str:
    """The word for a way to authenticate."""
    match auth:
        case None:
            return "none"
        case InheritAuth():
            return "inherit"
        case OtherAuth():
            return auth.kind
        case OAuth2Auth():
            return "oauth2"
    return _BLOCKS[type(auth)]


def write_auth(file: Editing, auth: Auth | None) -> None:
    """Make the block of ``auth`` read so; blocks of other modes stay."""
    wanted: dict[str, str | None]
    match auth:
        case None | InheritAuth() | OtherAuth():
            return
        case BasicAuth() | DigestAuth():
            wanted = {"username": auth.username, "password": auth.password}
        case BearerAuth():
            wanted = {"token": auth.token}
        case ApiKeyAuth():
            placement = "queryparams" if auth.placement is Placement.QUERY else "header"
            wanted = {"key": auth.key, "value": auth.value, "placement": placement}
        case AWSAuth():
            wanted = {key: getattr(auth, name) for key, name in _AWS.items()}
        case OAuth2Auth():
            wanted = _written_oauth2(auth, file.values("auth:oauth2"))
    file.set_values(f"auth:{mode_of(auth)}", wanted)
    if isinstance(auth, OAuth2Auth):
        for name, more in zip(MORE, (auth.authorization_parameters, auth.token_parameters), strict=True):
            _write_more(file, name, more)


def _read_more(file: Editing, name: str) -> str:
    return extras.text_of((one.key, one.value) for one in file.pairs(name) if one.on)


def _write_more(file: Editing, name: str, wanted: str) -> None:
    if _read_more(file, name) != wanted:
        off = [read_field(one) for one in file.pairs(name) if not one.on]
        rows = [Field(key, value) for key, value in extras.pairs_of(wanted)]
        file.set_rows([name], [*rows, *off], read_field, write_field)


def _read_oauth2(values: dict[str, str]) -> OAuth2Auth:
    flow = _FLOWS[values["grant_type"]]
    in_query = values.get("token_placement", "header") not in {"header", ""}
    pkce = flow is not Flow.AUTHORIZATION_CODE or values.get("pkce") == "true"
    plain = OAuth2Auth()
    return OAuth2Auth(
        flow=flow,
        credentials_in_body=values.get("credentials_placement") == "body",
        pkce="S256" if pkce else "",
        token_placement=Placement.QUERY if in_query else Placement.HEADER,
        token_name=(values.get("token_query_key") if in_query else "") or plain.token_name,
        refresh=values.get("auto_refresh_token") != "false",
        **{name: values.get(key, "") for key, name in _OAUTH2.items()},
    )


def _written_oauth2(auth: OAuth2Auth, present: dict[str, str]) -> dict[str, str | None]:
    words = {flow: word for word, flow in _FLOWS.items()}
    in_query = auth.token_placement is Placement.QUERY
    wanted: dict[str, str | None] = {"grant_type": words[auth.flow]}
    wanted |= {key: getattr(auth, name) or (present.get(key) and "") for key, name in _OAUTH2.items()}
    wanted["pkce"] = ("true" if auth.pkce else "false") if auth.flow is Flow.AUTHORIZATION_CODE else None
    wanted["credentials_placement"] = "body" if auth.credentials_in_body else "basic_auth_header"
    wanted["token_placement"] = "url" if in_query else "header"
    wanted["token_query_key"] = auth.token_name if in_query else None
    wanted["auto_refresh_token"] = "true" if auth.refresh else "false"
    if present and present.get("grant_type") == wanted["grant_type"]:
        was = _read_oauth2(present)
        for key, same in (
            ("credentials_placement", was.credentials_in_body == auth.credentials_in_body),
            ("token_placement", was.token_placement == auth.token_placement),
            ("auto_refresh_token", was.refresh == auth.refresh),
            ("pkce", was.pkce == auth.pkce),
        ):
            if same:
                wanted[key] = present.get(key)
    return wanted
