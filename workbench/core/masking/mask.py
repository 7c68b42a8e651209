"""Secrets hidden in texts that are to be shown."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

from workbench.core.masking.names import is_secret_name
from workbench.core.masking.texts import body_with, url_with
from workbench.core.request import Headers

MASK = "•••"

_WITH_URL = frozenset({"location", "content-location", "referer", "refresh", "link"})
_SHORTEST = 3  # characters of a value that is looked for inside others


class Mask:
    """Hides secrets in texts to be shown; ``secrets`` are exact values, hidden wherever they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._whole = frozenset(secret for secret in secrets if secret)
        forms = {form for secret in self._whole if len(secret) >= _SHORTEST for form in _written_forms(secret)}
        self._inside = tuple(sorted(forms, key=len, reverse=True))

    def text(self, text: str) -> str:
        """``text`` without the exact secrets."""
        if text in self._whole:
            return MASK
        for form in self._inside:
            text = text.replace(form, MASK)
        return text

    def everywhere(self, data: Any) -> Any:
        """Plain data (what JSON can hold) without the exact secrets in any text of it."""
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, list):
            return [self.everywhere(item) for item in data]
        if isinstance(data, dict):
            return {key: self.everywhere(value) for key, value in data.items()}
        return data

    def header(self, name: str, value: str) -> str:
        """The value of a header field; of an Authorization its scheme stays."""
        lower = name.strip().lower()
        if lower in ("authorization", "proxy-authorization"):
            scheme, space, _rest = value.partition(" ")
            return f"{scheme} {MASK}" if space else MASK
        if lower == "set-cookie":
            cookie, semicolon, attributes = value.partition(";")
            return f"{cookie.partition('=')[0]}={MASK}{semicolon}{attributes}"
        if lower == "cookie":
            names = [pair.partition("=")[0].strip() for pair in value.split(";")]
            return "; ".join(f"{cookie}={MASK}" for cookie in names if cookie)
        if lower in _WITH_URL:
            return self.url(value)
        return MASK if value and is_secret_name(name) else self.text(value)

    def headers(self, headers: Headers) -> Headers:
        """All of them, in their order."""
        return tuple((name, self.header(name, value)) for name, value in headers)

    def url(self, text: str) -> str:
        """A URL, readable or not, without user and password, and without the values of secret parameters."""
        return self.text(url_with(text, lambda _name, _value: MASK))

    def body(self, text: str) -> str:
        """JSON, XML or a form without the values of secret members, any other text without the exact secrets."""
        return self.text(body_with(text, MASK))


def _written_forms(secret: str) -> set[str]:
    escaped = json.dumps(secret)[1:-1]
    quoted = (write(secret, safe=safe, errors="surrogatepass") for write in (quote, quote_plus) for safe in ("", "/"))
    return {secret, escaped, *quoted}
