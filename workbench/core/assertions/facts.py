"""What the expression of an assertion leads to."""

import json
import re
from collections.abc import Callable
from typing import Any

from workbench.core.assertions.values import UNDEFINED
from workbench.core.content.charset import charset_of, decode
from workbench.core.content.patterns import selected
from workbench.core.exchange import Exchange, Response
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake

_LARGEST = 32 * 1024 * 1024  # bytes of a body that are looked into
_SHORTHAND = re.compile(r"res\((['\"])(.*)\1\)")
_FACT = re.compile(r"res\.([A-Za-z]+)(.*)$", re.DOTALL)


class Facts:
    """What expressions can lead to. The body is read once."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._body: Any = None
        self._read = False

    def find(self, expression: str) -> Any:
        """What ``expression`` comes to. Raises ``ValueError`` in words for a person."""
        if expression.startswith("tls."):
            return self._tls(expression.removeprefix("tls."))
        response = self._exchange.response
        if response is None:
            raise ValueError(_("There is no response to check."))
        shorthand = _SHORTHAND.fullmatch(expression)
        if shorthand:
            return _walk(self._json(response), shorthand[2])
        name, rest = _split(expression)
        plain: dict[str, Callable[[], Any]] = {
            "status": lambda: response.status,
            "statusText": lambda: response.reason,
            "responseTime": lambda: round(self._exchange.timings.total),
            "url": lambda: self._exchange.hops[-1].url if self._exchange.hops else self._exchange.request.url,
            "size": lambda: response.body.size,
        }
        if name in plain and not rest:
            return plain[name]()
        if name == "headers":
            return _header(response, rest)
        if name == "body":
            body = self._json(response)
            return _query(body, rest) if rest.startswith("$") else _walk(body, rest)
        raise ValueError(_("“{expression}” is not a supported expression.").format(expression=expression))

    def _tls(self, fact: str) -> Any:
        handshake = self._exchange.handshake
        if handshake is None:
            raise ValueError(_("TLS was not used."))
        if fact not in TLS_FACTS:
            known = ", ".join(TLS_FACTS)
            raise ValueError(_("Unknown fact “tls.{fact}”. Known facts: {known}.").format(fact=fact, known=known))
        return TLS_FACTS[fact](handshake)

    def _json(self, response: Response) -> Any:
        if not self._read:
            data = response.body.read(_LARGEST)
            text, _notices = decode(data, charset_of(data, response.header("Content-Type") or ""), whole=False)
            try:
                self._body = json.loads(text)
            except (ValueError, RecursionError):
                self._body = text
            self._read = True
        return self._body


def _leaf(handshake: Handshake) -> Certificate | None:
    return handshake.peer.presented[0] if handshake.peer.presented else None


def _of_leaf(read: Callable[[Certificate], Any]) -> Callable[[Handshake], Any]:
    def fact(handshake: Handshake) -> Any:
        leaf = _leaf(handshake)
        return UNDEFINED if leaf is None else read(leaf)

    return fact


TLS_FACTS: dict[str, Callable[[Handshake], Any]] = {
    "version": lambda handshake: handshake.version,
    "cipher": lambda handshake: handshake.cipher,
    "group": lambda handshake: handshake.group,
    "signatureAlgorithm": lambda handshake: handshake.signature_algorithm,
    "alpn": lambda handshake: handshake.alpn,
    "sni": lambda handshake: handshake.sni,
    "resumed": lambda handshake: handshake.resumed,
    "trusted": lambda handshake: handshake.peer.trusted,
    "requested": lambda handshake: handshake.client.requested,
    "identity": lambda handshake: handshake.client.identity,
    "mutual": lambda handshake: bool(handshake.client.sent),
    "peer.subject": _of_leaf(lambda leaf: leaf.subject),
    "peer.issuer": _of_leaf(lambda leaf: leaf.issuer),
    "peer.sha256": _of_leaf(lambda leaf: leaf.sha256),
    "peer.spki": _of_leaf(lambda leaf: leaf.spki_sha256),
    "peer.key": _of_leaf(lambda leaf: leaf.key),
    "peer.daysLeft": _of_leaf(lambda leaf: leaf.days_left()),
}
"""What can stand behind ``tls.`` in an expression."""


def _split(expression: str) -> tuple[str, str]:
    found = _FACT.match(expression)
    if not found:
        raise ValueError(
            _("“{expression}” must begin with res. or tls., such as res.status.").format(expression=expression)
        )
    return found[1], found[2].strip()


def _header(response: Response, rest: str) -> Any:
    name = rest.removeprefix(".").strip("[]").strip("'\"")
    values = [value for key, value in response.headers if key.lower() == name.lower()]
    return ", ".join(values) if values else UNDEFINED


def _query(body: Any, path: str) -> Any:
    import jsonpath  # not needed by plain ways

    try:
        found = selected(path, body)
    except jsonpath.JSONPathError as error:
        raise ValueError(_("Not a valid JSONPath: {reason}").format(reason=error)) from error
    return found[0] if len(found) == 1 else found or UNDEFINED


_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]|\[(['\"])(.*?)\3\]")


def _walk(value: Any, way: str) -> Any:
    at, way = 0, way.strip()
    while at < len(way):
        step = _STEP.match(way, at)
        if step is None:
            raise ValueError(_("“{way}” is not a valid path into the body.").format(way=way))
        key: str | int = int(step[2]) if step[2] is not None else step[1] if step[1] is not None else step[4]
        value = _member(value, key)
        at = step.end()
    return value


def _member(value: Any, key: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(key), UNDEFINED)
    if key == "length" and isinstance(value, list | str):
        return len(value)
    if isinstance(value, list) and str(key).isdigit():
        return value[int(key)] if int(key) < len(value) else UNDEFINED
    return UNDEFINED
