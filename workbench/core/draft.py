"""What a person writes: a request before its variables are filled in, and what it inherits.

A ``Draft`` is what the editor shows and a collection's file holds; ``core.preparation`` makes the
``Request`` of it. The words are those of OpenCollection 1.0. Every text may hold ``{{variables}}``.
"""

import enum
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Field:
    """A named text: a header field, a form field. ``on`` False keeps it without sending it."""

    name: str = ""
    value: str = field(default="", repr=False)
    on: bool = True
    description: str = ""


class ParamKind(enum.Enum):
    """Where a parameter stands in the URL: after ``?``, or in place of ``:name`` in the path."""

    QUERY = "query"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of the URL. A query parameter that is on also stands in ``Draft.url``."""

    name: str = ""
    value: str = field(default="", repr=False)
    kind: ParamKind = ParamKind.QUERY
    on: bool = True
    description: str = ""


class RawKind(enum.Enum):
    """What language a raw body is in."""

    JSON = "json"
    XML = "xml"
    TEXT = "text"
    SPARQL = "sparql"


@dataclass(frozen=True, slots=True)
class RawBody:
    """A body written as text."""

    kind: RawKind = RawKind.JSON
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FormBody:
    """``application/x-www-form-urlencoded`` (WHATWG URL 5)."""

    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart form: a text in ``value``, or ``files``, paths relative to the collection's folder.

    ``files`` None means a text. ``content_type`` empty lets the kind of the part decide.
    """

    name: str = ""
    value: str = field(default="", repr=False)
    files: tuple[str, ...] | None = None
    content_type: str = ""
    on: bool = True
    description: str = ""


@dataclass(frozen=True, slots=True)
class MultipartBody:
    """``multipart/form-data`` (RFC 7578)."""

    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChoice:
    """A file that can be the body; of several one is ``selected``."""

    path: str = ""
    content_type: str = ""
    selected: bool = True


@dataclass(frozen=True, slots=True)
class FileBody:
    """The bytes of a file."""

    files: tuple[FileChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphQLBody:
    """A GraphQL document and its variables, a JSON object as text or empty."""

    query: str = field(default="", repr=False)
    variables: str = field(default="", repr=False)


Body = RawBody | FormBody | MultipartBody | FileBody | GraphQLBody


@dataclass(frozen=True, slots=True)
class InheritAuth:
    """Whatever the folder, or else the collection, says."""


@dataclass(frozen=True, slots=True)
class BasicAuth:
    """RFC 7617."""

    username: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BearerAuth:
    """RFC 6750 2.1."""

    token: str = field(default="", repr=False)


class Placement(enum.Enum):
    """Where a key or a token is put."""

    HEADER = "header"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class ApiKeyAuth:
    """A key under a name of the service's own."""

    key: str = ""
    value: str = field(default="", repr=False)
    placement: Placement = Placement.HEADER


@dataclass(frozen=True, slots=True)
class DigestAuth:
    """RFC 7616."""

    username: str = ""
    password: str = field(default="", repr=False)


class Flow(enum.Enum):
    """How an OAuth 2.0 access token is come by (RFC 6749 4)."""

    CLIENT_CREDENTIALS = "client_credentials"
    PASSWORD = "resource_owner_password_credentials"  # noqa: S105 - the name of a flow
    AUTHORIZATION_CODE = "authorization_code"
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True)
class OAuth2Auth:
    """OAuth 2.0 (RFC 6749, RFC 7636 for ``pkce``, RFC 8705 for the identity that the token call uses).

    ``credentials_in_body`` puts client id and secret into the form in place of the Authorization
    header. ``pkce`` is ``S256``, ``plain`` or empty for none. ``token_name`` is the header or query
    parameter that carries the token, ``token_placement`` which of the two it is. ``authorization_parameters`` and
    ``token_parameters`` go with the two calls besides, written like a query: ``audience=https://api.example.com``.
    """

    flow: Flow = Flow.CLIENT_CREDENTIALS
    access_token_url: str = ""
    refresh_token_url: str = ""
    authorization_url: str = ""
    callback_url: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    credentials_in_body: bool = False
    username: str = ""
    password: str = field(default="", repr=False)
    scope: str = ""
    state: str = ""
    pkce: str = "S256"
    token_placement: Placement = Placement.HEADER
    token_name: str = "Authorization"  # noqa: S105 - the name of a header
    refresh: bool = True
    authorization_parameters: str = field(default="", repr=False)
    token_parameters: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AWSAuth:
    """AWS Signature Version 4."""

    access_key_id: str = ""
    secret_access_key: str = field(default="", repr=False)
    session_token: str = field(default="", repr=False)
    service: str = ""
    region: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class OtherAuth:
    """A way to authenticate that the file names and this program keeps but cannot do (``kind`` as in the file)."""

    kind: str = ""


Auth = InheritAuth | BasicAuth | BearerAuth | ApiKeyAuth | DigestAuth | OAuth2Auth | AWSAuth | OtherAuth
"""None in place of one of these means: none, and nothing is inherited."""


class ValueKind(enum.Enum):
    """The type of a variable's value; the value itself is always kept as text."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable. The value of one that is ``secret`` lies in the keyring and is empty here."""

    name: str = ""
    value: str = field(default="", repr=False)
    kind: ValueKind = ValueKind.STRING
    on: bool = True
    secret: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a response must fulfil, such as ``res.status`` ``eq`` ``200``."""

    expression: str = ""
    operator: str = "eq"
    value: str = ""
    on: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """How a request is sent; None inherits. ``timeout_ms`` 0 means no limit."""

    encode_url: bool | None = None
    timeout_ms: int | None = None
    follow_redirects: bool | None = None
    max_redirects: int | None = None


HTTP = "http"
"""The one protocol of a draft that can be sent."""
SENSITIVE = "sensitive"
"""The tag of requests of which the history keeps no body, neither sent nor received, whatever the preferences say."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A request as a person writes it.

    ``protocol`` is what carries it: ``HTTP``, over which GraphQL goes too.
    ``variables`` hold the TLS choices too, under the reserved names of ``core.choices``.
    ``docs`` is Markdown.
    """

    name: str = ""
    method: str = "GET"
    url: str = field(default="", repr=False)
    params: tuple[Param, ...] = ()
    headers: tuple[Field, ...] = ()
    body: Body | None = None
    auth: Auth | None = InheritAuth()
    variables: tuple[Variable, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    settings: Settings = Settings()
    docs: str = ""
    tags: tuple[str, ...] = ()
    protocol: str = HTTP


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a collection or a folder gives to the requests below it."""

    name: str = ""
    headers: tuple[Field, ...] = ()
    auth: Auth | None = InheritAuth()
    variables: tuple[Variable, ...] = ()
    settings: Settings = Settings()
    docs: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """A named set of variables.

    ``extends`` names the environment it adds to, ``dotenv`` a ``.env`` file whose path is relative to
    the collection's folder. ``color`` is ``#rrggbb`` or empty.
    """

    name: str = ""
    variables: tuple[Variable, ...] = ()
    color: str = ""
    extends: str = ""
    dotenv: str = ""
    description: str = ""
