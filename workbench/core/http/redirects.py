"""What a redirect makes of a request (RFC 9110 15.4)."""

from dataclasses import replace

from workbench.core.request import Request

STATUSES = (301, 302, 303, 307, 308)
_BODY_HEADERS = ("content-length", "content-type", "content-encoding", "transfer-encoding", "content-language")
_CREDENTIALS = ("authorization", "cookie", "proxy-authorization", "host")


def following(request: Request, status: int, *, same_origin: bool) -> Request:
    """The next hop's request: what must change does, credentials stay with their origin."""
    dropped: tuple[str, ...] = ("host",) if same_origin else _CREDENTIALS
    method, body = request.method, request.body
    if (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST"):
        method, body = ("HEAD" if method == "HEAD" else "GET"), b""
        dropped += _BODY_HEADERS
    kept = tuple((name, value) for name, value in request.headers if name.lower() not in dropped)
    return replace(request, method=method, body=body, headers=kept)
