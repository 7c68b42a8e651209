"""What asks who somebody is, above TLS: cookies, HTTP Digest, OAuth 2.0."""

import json
import re
from urllib.parse import parse_qsl

from workbench.lab import digest, oauth
from workbench.lab.messages import Query, Reply, echo, echo_json, refuse, whole

_UNFIT = re.compile(r"[\x00-\x1f\x7f]|[^\x00-\xff]")


def cookies(query: Query) -> Reply:
    """Sets what the query names, with ``attributes`` such as ``Path=/; Secure`` behind each, and tells what came."""
    wanted = parse_qsl(query.query)
    attributes = "".join(f"; {text}" for name, text in wanted if name == "attributes")
    lines = tuple(
        ("set-cookie", _one_line(f"{name}={text}{attributes}")) for name, text in wanted if name != "attributes"
    )
    return whole(200, "application/json", echo_json(query), *lines)


def _one_line(text: str) -> str:
    return _UNFIT.sub("", text)


def digest_auth(query: Query) -> Reply:
    """``/digest-auth``, with the options of ``digest.answers`` in the query."""
    options = dict(parse_qsl(query.query))
    if options.get("algorithm", "MD5").removesuffix("-sess") not in ("MD5", "SHA-256", "SHA-512-256"):
        return refuse(400, "The lab knows MD5, SHA-256 and SHA-512-256, each also with -sess.")
    body = query.content.data or b""
    challenge = digest.answers(query.header("authorization"), query.method, query.target, body, options)
    if challenge is None:
        return echo(query)
    text = f"Sign in as {digest.USER} with the password {digest.PASSWORD} (HTTP Digest).\n"
    return whole(401, "text/plain; charset=utf-8", text.encode(), ("www-authenticate", _one_line(challenge)))


def authorize(query: Query) -> Reply:
    """The authorization endpoint."""
    location = oauth.authorize(dict(parse_qsl(query.query)))
    if location is None:
        return refuse(400, f"The lab knows the client “{oauth.CLIENT}”, which redirects to this computer only.")
    return Reply(302, (("location", _one_line(location)), ("content-length", "0")))


def token(query: Query) -> Reply:
    """The token endpoint."""
    form = dict(parse_qsl((query.content.data or b"").decode("utf-8", "replace")))
    status, document = oauth.token(form, query.header("authorization"), _certificate(query))
    return whole(status, "application/json", json.dumps(document).encode(), ("cache-control", "no-store"))


def protected(query: Query) -> Reply:
    """What nobody gets without a token that is good with the certificate shown."""
    if oauth.accepts(query.header("authorization"), _certificate(query)):
        return echo(query)
    text = b"Fetch a token from /oauth/token first, with the same certificate.\n"
    challenge = 'Bearer realm="The lab", error="invalid_token"'
    return whole(401, "text/plain", text, ("www-authenticate", challenge))


def _certificate(query: Query) -> str | None:
    return query.facts.client.sha256 if query.facts.client is not None else None
