"""What a ``Request`` carries of a draft's authorization: plain data, every text already resolved."""

from dataclasses import dataclass, field

from workbench.core.draft import OAuth2Auth
from workbench.core.request import Authentication


@dataclass(frozen=True, slots=True)
class HeaderKey(Authentication):
    """A key in a header of the service's own name."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Digest(Authentication):
    """RFC 7616: answers the server's challenge, and the next request's before it is asked."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AWSSignature(Authentication):
    """AWS Signature Version 4, made anew for each hop and body. ``profile`` is where keys are looked up without one."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str = field(default="", repr=False)
    service: str = ""
    region: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class OAuth2(Authentication):
    """An access token that is fetched, kept in memory and refreshed; ``settings`` is resolved."""

    settings: OAuth2Auth
