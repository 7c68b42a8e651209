"""Names and values of header fields that are usual in requests (RFC 9110, and what services ask for)."""

from collections.abc import Mapping

NAMES = (
    "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control",
    "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Cookie", "Date", "DPoP", "Expect",
    "Forwarded", "From", "Host", "Idempotency-Key", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range",
    "If-Unmodified-Since", "Max-Forwards", "Origin", "Pragma", "Prefer", "Priority", "Proxy-Authorization", "Range",
    "Referer", "SOAPAction", "TE", "Traceparent", "Tracestate", "Upgrade-Insecure-Requests", "User-Agent", "Via",
    "X-API-Key", "X-Api-Version", "X-Correlation-ID", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
    "X-HTTP-Method-Override", "X-Request-ID", "X-Requested-With",
)  # fmt: skip
_MEDIA = (
    "application/json", "application/xml", "application/x-www-form-urlencoded", "application/problem+json",
    "application/soap+xml", "application/graphql-response+json", "application/octet-stream", "text/plain", "text/html",
    "text/csv", "text/event-stream", "*/*",
)  # fmt: skip
_BY_NAME: Mapping[str, tuple[str, ...]] = {
    "accept": _MEDIA,
    "content-type": (*_MEDIA, "application/json; charset=utf-8", "text/xml; charset=utf-8"),
    "accept-encoding": ("gzip, deflate, br, zstd", "gzip", "identity"),
    "content-encoding": ("gzip", "br", "zstd", "deflate"),
    "accept-language": ("en", "en-US,en;q=0.9", "de", "*"),
    "authorization": ("Bearer ", "Basic "),
    "proxy-authorization": ("Basic ",),
    "cache-control": ("no-cache", "no-store", "max-age=0", "only-if-cached"),
    "pragma": ("no-cache",),
    "expect": ("100-continue",),
    "te": ("trailers",),
    "prefer": ("return=minimal", "return=representation", "respond-async", "wait=10"),
    "range": ("bytes=0-1023",),
    "if-match": ("*",),
    "if-none-match": ("*",),
    "upgrade-insecure-requests": ("1",),
    "x-requested-with": ("XMLHttpRequest",),
    "x-request-id": ("{{$guid}}",),
    "x-correlation-id": ("{{$guid}}",),
    "idempotency-key": ("{{$guid}}",),
    "x-http-method-override": ("PUT", "PATCH", "DELETE"),
}


def usual_values(name: str) -> tuple[str, ...]:
    """Values that a field called ``name`` often has."""
    return _BY_NAME.get(name.strip().lower(), ())
