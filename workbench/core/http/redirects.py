"""What a redirect makes of a request (RFC 9110 15.4)."""

from dataclasses import replace

from workbench.core import url
from workbench.core.errors import InvalidInput, WorkbenchError
from workbench.core.i18n import _
from workbench.core.masking.names import is_secret_name
from workbench.core.request import Request
from workbench.core.url import URL

STATUSES = (301, 302, 303, 307, 308)
_BODY_HEADERS = ("content-length", "content-type", "content-encoding", "transfer-encoding", "content-language")


class BadRedirect(WorkbenchError):
    """The server's redirect leads nowhere, or never ends."""

    code = "response-malformed"


def leads_to(target: URL, location: str) -> URL:
    """Where ``location`` leads from ``target``. Raises ``BadRedirect``."""
    try:
        return url.join(target, location)
    except InvalidInput as error:
        raise BadRedirect(
            _("The server redirects to an address that is not http or https."),
            detail=error.detail,
            hint=_("Turn off redirects to see the response itself."),
        ) from error


def cross_origin(request: Request) -> Request:
    """What goes to another origin than the one the request was meant for: nothing that speaks for the person."""
    kept = tuple((name, value) for name, value in request.headers if not is_secret(name, request))
    return replace(request, identity=None, headers=kept, connect_to=None, auth=None)


def is_secret(name: str, request: Request) -> bool:
    """Whether the header field ``name`` of ``request`` is for the request's own origin alone."""
    return is_secret_name(name) or name.lower() in request.private_headers


def leaves_tls(source: URL, target: URL) -> bool:
    """Whether what was protected would go on in plain text."""
    return source.scheme == "https" and target.scheme == "http"


def following(request: Request, status: int) -> Request:
    """The next hop's request: what must change does."""
    dropped: tuple[str, ...] = ("host",)
    method, body = request.method, request.body
    if (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST"):
        method, body = ("HEAD" if method == "HEAD" else "GET"), b""
        dropped += _BODY_HEADERS
    kept = tuple((name, value) for name, value in request.headers if name.lower() not in dropped)
    return replace(request, method=method, body=body, headers=kept)
