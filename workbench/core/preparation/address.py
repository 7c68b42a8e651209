"""The URL of a request: parameters put in, variables filled in, made legal."""

import re
from collections.abc import Callable
from urllib.parse import quote

from workbench.core import url_params
from workbench.core.draft import Draft, Param, ParamKind
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.preparation.places import Place, at
from workbench.core.url import InvalidURL, parse
from workbench.core.variables import Scope, resolve, resolve_known

Resolve = Callable[[str], str]

_SEGMENT = "!$&'()*+,;=:@-._~%"  # RFC 3986 3.3
_PATH = _SEGMENT + "/"
_QUERY = _PATH + "?"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_AUTHORITY = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://)?[^/]*")


def address(draft: Draft, resolve: Resolve, *, encode: bool) -> str:
    """The URL that ``draft`` asks for. ``encode`` percent-encodes what RFC 3986 does not allow where it stands.

    Without it only that is encoded, when the request is sent, which would break the protocol: spaces and letters
    beyond ASCII. Raises ``DraftError``.
    """
    with at(Place.URL):
        resolve(draft.url)  # whatever is wrong is told with its place in the whole text
    text = _filled(draft, resolve, encode=encode)
    with at(Place.URL):
        text = _encoded(text) if encode else text
        try:
            parse(text)
        except InvalidURL as error:  # filled in, it may hold a secret
            raise InvalidURL(draft.url, error.reason) from None
    return text


def destination(draft: Draft, scope: Scope, *, encode: bool) -> str:
    """The text that ``address`` reads as a URL, secrets filled in, before it is checked. Raises ``DraftError``."""
    return _filled(draft, lambda text: resolve(text, scope), encode=encode)


def preview(draft: Draft, scope: Scope) -> str:
    """The URL for people to look at: what is not known, secret or made up stays as it is written."""
    values = {param.name: param.value for param in draft.params if param.kind is ParamKind.PATH and param.on}
    filled = url_params.fill_path(_complete(draft), lambda name: values.get(name) or None)
    return resolve_known(filled, scope)


def _filled(draft: Draft, resolve: Resolve, *, encode: bool) -> str:
    text = url_params.fill_path(_complete(draft), lambda name: _path_value(draft, name, resolve, encode=encode))
    with at(Place.URL):
        return resolve(text).strip()


def _complete(draft: Draft) -> str:
    # Files written by hand may have their query in the list of parameters alone.
    return draft.url if "?" in draft.url else url_params.url_with(draft.url, draft.params)


def _path_value(draft: Draft, name: str, resolve: Resolve, *, encode: bool) -> str | None:
    param = next((each for each in draft.params if each.kind is ParamKind.PATH and each.name == name), None)
    if param is None or not param.on:
        return None
    with at(Place.PARAMS, name):
        value = resolve(param.value)
        if not value:
            raise _empty(param)
    return quote(_BARE_PERCENT.sub("%25", value), safe=_SEGMENT, errors="replace") if encode else value


def _empty(param: Param) -> InvalidInput:
    return InvalidInput(
        _("The path variable “{name}” has no value.").format(name=param.name),
        detail=_("Without it the URL would be a different one."),
        hint=_("Enter a value on the Params page, or turn it off to send “:{name}” literally.").format(name=param.name),
    )


def _encoded(text: str) -> str:
    rest, hash_mark, fragment = text.partition("#")
    before, mark, query = rest.partition("?")
    authority = _AUTHORITY.match(before)
    start = authority.end() if authority is not None else 0
    return "".join((before[:start], _quoted(before[start:], _PATH), mark, _quoted(query, _QUERY), hash_mark, fragment))


def _quoted(text: str, safe: str) -> str:
    # A control character is left in: whoever reads the URL next says where it stands.
    legal = safe + "".join(char for char in text if ord(char) < 0x20 or ord(char) == 0x7F)
    return quote(_BARE_PERCENT.sub("%25", text), safe=legal, errors="surrogatepass")
