"""How OpenCollection writes authentication: ``inherit``, nothing, or a mapping with a ``type``."""

from collections.abc import Mapping
from typing import Final

from workbench.core.auth import extras
from workbench.core.collection.yml.data import edited, kept, mapping, rows, text, truth
from workbench.core.collection.yml.data import written_truth as written
from workbench.core.collection.yml.source import Data
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

_AWS: Final = {
    "accessKeyId": "access_key_id",
    "secretAccessKey": "secret_access_key",
    "sessionToken": "session_token",
    "service": "service",
    "region": "region",
    "profileName": "profile",
}
_OAUTH2: Final = {
    "authorizationUrl": "authorization_url",
    "accessTokenUrl": "access_token_url",
    "refreshTokenUrl": "refresh_token_url",
    "callbackUrl": "callback_url",
    "scope": "scope",
    "state": "state",
}
_MORE: Final = {
    "authorizationRequest": ("authorization_parameters", "query"),
    "accessTokenRequest": ("token_parameters", "body"),
}
_KEYS_OF_FLOW: Final = {
    Flow.CLIENT_CREDENTIALS: ("accessTokenUrl", "refreshTokenUrl", "scope"),
    Flow.PASSWORD: ("accessTokenUrl", "refreshTokenUrl", "scope"),
    Flow.AUTHORIZATION_CODE: tuple(_OAUTH2),
    Flow.IMPLICIT: ("authorizationUrl", "callbackUrl", "scope", "state"),
}
_ORDER: Final = (
    *("type", "flow", "authorizationUrl", "accessTokenUrl", "refreshTokenUrl", "callbackUrl", "credentials"),
    *("resourceOwner", "scope", "state", "pkce", "additionalParameters", "tokenConfig", "settings"),
    *("username", "password", "token", "key", "value", "placement", *_AWS),
)


def read_auth(data: Data | None, absent: Auth | None) -> Auth | None:
    """What ``auth`` says; ``absent`` is what it means when there is none."""
    if not isinstance(data, dict):
        return {"": absent, "inherit": InheritAuth(), "none": None}.get(text(data), OtherAuth(text(data)))
    kind = text(data.get("type") or data.get("mode"))
    get = {key: text(value) for key, value in data.items()}.get
    match kind:
        case "":
            return absent
        case "none" | "inherit":
            return InheritAuth() if kind == "inherit" else None
        case "basic":
            return BasicAuth(get("username", ""), get("password", ""))
        case "digest":
            return DigestAuth(get("username", ""), get("password", ""))
        case "bearer":
            return BearerAuth(get("token", ""))
        case "apikey":
            placement = Placement.QUERY if get("placement", "").startswith("query") else Placement.HEADER
            return ApiKeyAuth(get("key", ""), get("value", ""), placement)
        case "awsv4":
            return AWSAuth(**{name: get(key, "") for key, name in _AWS.items()})
        case "oauth2" if get("flow") in {flow.value for flow in Flow}:
            return _read_oauth2(data)
    return OtherAuth(kind)


def write_auth(data: Data | None, auth: Auth | None, absent: Auth | None) -> Data | None:
    """What reads as ``auth``; None to leave it out."""
    if read_auth(data, absent) == auth:
        return data
    if auth == absent or auth is None:
        return None
    if isinstance(auth, InheritAuth):
        return "inherit"
    if isinstance(auth, OtherAuth):
        return {"type": auth.kind}
    kind = _kind(auth)
    present = mapping(data) if text(mapping(data).get("type")) == kind else {}
    wanted: dict[str, Data | None] = {"type": kind}
    match auth:
        case BasicAuth() | DigestAuth():
            wanted |= {"username": _put(present, "username", auth.username)}
            wanted |= {"password": _put(present, "password", auth.password)}
        case BearerAuth():
            wanted |= {"token": _put(present, "token", auth.token)}
        case ApiKeyAuth():
            wanted |= {"key": _put(present, "key", auth.key), "value": _put(present, "value", auth.value)}
            wanted |= {"placement": _put(present, "placement", auth.placement.value)}
        case AWSAuth():
            wanted |= {key: kept(present, key, getattr(auth, name)) for key, name in _AWS.items()}
        case OAuth2Auth():
            wanted |= _written_oauth2(present, auth)
    return edited(present, wanted, _ORDER)


def _kind(auth: Auth) -> str:
    names = {BasicAuth: "basic", DigestAuth: "digest", BearerAuth: "bearer", ApiKeyAuth: "apikey", AWSAuth: "awsv4"}
    return names.get(type(auth), "oauth2")


def _put(present: Mapping[str, Data], key: str, value: str) -> Data | None:
    return kept(present, key, value, empty=True)


def _read_oauth2(data: Mapping[str, Data]) -> OAuth2Auth:
    credentials, owner = mapping(data.get("credentials")), mapping(data.get("resourceOwner"))
    pkce, settings = mapping(data.get("pkce")), mapping(data.get("settings"))
    placement = mapping(mapping(data.get("tokenConfig")).get("placement"))
    in_query = "query" in placement
    flow = Flow(text(data.get("flow")))
    off = flow is Flow.AUTHORIZATION_CODE and (truth(pkce.get("disabled")) is True or not pkce)
    plain = OAuth2Auth()
    return OAuth2Auth(
        flow=flow,
        client_id=text(credentials.get("clientId")),
        client_secret=text(credentials.get("clientSecret")),
        credentials_in_body=text(credentials.get("placement")) == "body",
        username=text(owner.get("username")),
        password=text(owner.get("password")),
        pkce="" if off else text(pkce.get("method")) or "S256",
        token_placement=Placement.QUERY if in_query else Placement.HEADER,
        token_name=text(placement.get("query" if in_query else "header")) or plain.token_name,
        refresh=truth(settings.get("autoRefreshToken")) is not False,
        **{name: text(data.get(key)) for key, name in _OAUTH2.items()},
        **{name: _read_more(data, key, place) for key, (name, place) in _MORE.items()},
    )


def _written_oauth2(present: Mapping[str, Data], auth: OAuth2Auth) -> dict[str, Data | None]:
    keys = _KEYS_OF_FLOW[auth.flow]
    wanted: dict[str, Data | None] = {"flow": auth.flow.value}
    wanted |= {key: kept(present, key, getattr(auth, _OAUTH2[key])) if key in keys else None for key in _OAUTH2}
    was = _read_oauth2({**present, "flow": auth.flow.value})
    wanted |= {"credentials": _written_credentials(mapping(present.get("credentials")), auth)}
    wanted |= {"resourceOwner": _written_owner(mapping(present.get("resourceOwner")), auth)}
    wanted |= {"pkce": _written_pkce(present.get("pkce"), was, auth)}
    wanted |= {"tokenConfig": _written_placement(mapping(present.get("tokenConfig")), was, auth)}
    wanted |= {"additionalParameters": _written_more(mapping(present.get("additionalParameters")), was, auth)}
    settings = mapping(present.get("settings"))
    if was.refresh != auth.refresh:
        settings = {**settings, "autoRefreshToken": written(auth.refresh)}
    return wanted | {"settings": settings or None}


def _written_credentials(present: Mapping[str, Data], auth: OAuth2Auth) -> Data | None:
    wanted: dict[str, Data | None] = {"clientId": kept(present, "clientId", auth.client_id)}
    if auth.flow is Flow.IMPLICIT:
        return edited(present, wanted | {"clientSecret": None, "placement": None}, ("clientId",)) or None
    wanted |= {"clientSecret": kept(present, "clientSecret", auth.client_secret)}
    if (text(present.get("placement")) == "body") != auth.credentials_in_body:
        wanted |= {"placement": "body" if auth.credentials_in_body else "basic_auth_header"}
    return edited(present, wanted, ("clientId", "clientSecret", "placement")) or None


def _written_owner(present: Mapping[str, Data], auth: OAuth2Auth) -> Data | None:
    if auth.flow is not Flow.PASSWORD:
        return None
    wanted = {
        "username": kept(present, "username", auth.username),
        "password": kept(present, "password", auth.password),
    }
    return edited(present, wanted, ("username", "password")) or None


def _written_pkce(present: Data | None, was: OAuth2Auth, auth: OAuth2Auth) -> Data | None:
    if auth.flow is not Flow.AUTHORIZATION_CODE:
        return None
    if was.pkce == auth.pkce:
        return present
    if not auth.pkce:
        return {**mapping(present), "disabled": written(True)}
    return edited(mapping(present), {"disabled": None, "method": auth.pkce}, ("disabled", "method"))


def _written_placement(present: Mapping[str, Data], was: OAuth2Auth, auth: OAuth2Auth) -> Data | None:
    if (was.token_placement, was.token_name) == (auth.token_placement, auth.token_name):
        return dict(present) or None
    key = "query" if auth.token_placement is Placement.QUERY else "header"
    return edited(present, {"placement": {key: auth.token_name}}, ("id", "placement", "source"))


def _read_more(data: Mapping[str, Data], key: str, place: str) -> str:
    found = (mapping(row) for row in rows(mapping(data.get("additionalParameters")).get(key)))
    return extras.text_of((text(one.get("name")), text(one.get("value"))) for one in found if _goes(one, place))


def _written_more(present: Mapping[str, Data], was: OAuth2Auth, auth: OAuth2Auth) -> Data | None:
    wanted: dict[str, Data | None] = {}
    for key, (name, place) in _MORE.items():
        if getattr(was, name) != getattr(auth, name):
            others = [row for row in rows(present.get(key)) if not _goes(mapping(row), place)]
            pairs = extras.pairs_of(getattr(auth, name))
            made: list[Data] = [{"name": each, "value": value, "placement": place} for each, value in pairs]
            wanted[key] = [*others, *made] or None
    return edited(present, wanted, (*_MORE, "refreshTokenRequest")) or None


def _goes(row: Mapping[str, Data], place: str) -> bool:
    """Whether a parameter goes where we send it; others stay in the file as they are."""
    return text(row.get("placement")) in ("", place)
