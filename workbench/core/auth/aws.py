"""AWS Signature Version 4, as its specification puts it (Amazon's "Signature Version 4 signing process")."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote, unquote_to_bytes

from workbench.core.auth.kinds import AWSSignature
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Headers
from workbench.core.url import URL

ALGORITHM = "AWS4-HMAC-SHA256"
_S3 = frozenset({"s3", "s3express", "s3-outposts", "s3-object-lambda"})
_UNSIGNED = frozenset(
    # What we or a proxy may still add or change.
    {"authorization", "cookie", "user-agent", "connection", "expect", "te", "trailer", "transfer-encoding", "via"}
    | {"accept-encoding", "content-length", "keep-alive", "proxy-authorization", "proxy-connection", "upgrade"}
    | {"x-amzn-trace-id", "x-forwarded-for"}
)
_OURS = frozenset({"x-amz-date", "x-amz-security-token", "x-amz-content-sha256", "authorization"})
_HOST = re.compile(r"(?:.+\.)?([a-z0-9-]+)\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)")
_BLANKS = re.compile(r" +")


def placed(auth: AWSSignature, host: str) -> AWSSignature:
    """``auth`` with service and region; what is not given is read from ``host``. Raises ``InvalidInput``."""
    found = _HOST.fullmatch(host)
    service = auth.service or (found[1] if found else "")
    region = auth.region or (found[2] if found else "")
    missing = _("a service, such as s3") if not service else _("a region, such as eu-central-1") if not region else ""
    if not auth.access_key_id or not auth.secret_access_key:
        missing = _("an access key id and a secret access key")
    if missing:
        raise InvalidInput(
            _("An AWS signature needs {missing}.").format(missing=missing),
            detail=_("It is neither on the Authorization page nor in the host name {host}.").format(host=host),
            hint=_("Enter it on the Authorization page."),
        )
    return replace(auth, service=service, region=region)


def check_host(headers: Headers, url: URL) -> None:
    """Raise ``InvalidInput`` for a ``Host`` that is not ``url``'s: the signature would be good at that other host."""
    own = {url.authority.lower(), f"{url.authority}:{url.port}".lower()}
    hosts = [value.strip() for name, value in headers if name.lower() == "host"]
    other = next((host for host in hosts if host.lower() not in own), None)
    if other is not None:
        raise InvalidInput(
            _("The request was not signed because its “Host” header names a different server than the URL."),
            detail=_(
                "“Host” is {host}, but the request goes to {authority}, which could reuse the signature there."
            ).format(host=other, authority=url.authority),
            hint=_("Remove the header; the right one is added when sending."),
        )


def signed(
    auth: AWSSignature, method: str, url: URL, headers: Headers, body_sha256: str, now: datetime | None = None
) -> Headers:
    """``headers`` with those that sign the request; ``auth`` has service and region (``placed``).

    ``url`` is as it goes over the wire, ``body_sha256`` in lower-case hex. ``now`` is the clock's unless given.
    """
    time = (now or datetime.now(UTC)).astimezone(UTC)
    stamp = time.strftime("%Y%m%dT%H%M%SZ")
    kept = tuple((name, value) for name, value in headers if name.lower() not in _OURS)
    added = [("X-Amz-Date", stamp)]
    if auth.service in _S3:
        added.append(("X-Amz-Content-Sha256", body_sha256))
    if auth.session_token:
        added.append(("X-Amz-Security-Token", auth.session_token))
    fields = _canonical_fields((*kept, *added), url)
    names = ";".join(name for name, _value in fields)
    whole = "\n".join(
        [
            method,
            canonical_path(url.target.partition("?")[0], auth.service),
            canonical_query(url.target.partition("?")[2]),
            *(f"{name}:{value}" for name, value in fields),
            "",
            names,
            body_sha256,
        ]
    )
    scope = f"{stamp[:8]}/{auth.region}/{auth.service}/aws4_request"
    text = "\n".join([ALGORITHM, stamp, scope, hashlib.sha256(whole.encode()).hexdigest()])
    signature = hmac.new(_key(auth, stamp[:8]), text.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={auth.access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    return (*kept, *added, ("Authorization", f"{ALGORITHM} {credential}"))


def canonical_path(path: str, service: str) -> str:
    """The path in the form that is signed: S3's as sent, others' without dots and encoded once more."""
    if service in _S3:
        return path or "/"
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            segments[-1:] = []
        elif segment not in ("", "."):
            segments.append(segment)
    ends = "/" if segments and path.endswith(("/", "/.", "/..")) else ""
    return quote("/" + "/".join(segments) + ends, safe="/-_.~")


def canonical_query(query: str) -> str:
    """The query in the form that is signed: decoded, encoded strictly, sorted."""
    pairs = (part.partition("=") for part in query.split("&") if part)
    return "&".join(f"{name}={value}" for name, value in sorted((_strict(n), _strict(v)) for n, _sign, v in pairs))


def _strict(text: str) -> str:
    return quote(unquote_to_bytes(text.replace("+", " ")), safe="-_.~")


def _canonical_fields(headers: Iterable[tuple[str, str]], url: URL) -> list[tuple[str, str]]:
    fields: dict[str, list[str]] = {"host": [url.authority]}
    for name, value in headers:
        key = name.lower()
        if key == "host":
            fields["host"] = [value.strip()]
        elif key not in _UNSIGNED:
            fields.setdefault(key, []).append(_BLANKS.sub(" ", value.strip()))
    return sorted((name, ",".join(values)) for name, values in fields.items())


def _key(auth: AWSSignature, day: str) -> bytes:
    key = b"AWS4" + auth.secret_access_key.encode()
    for part in (day, auth.region, auth.service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
