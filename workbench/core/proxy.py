"""Which proxy a request goes through, and who said so."""

import os
import sys
from dataclasses import dataclass, field

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.url import URL, is_loopback, parse

_SCHEMES = ("http", "https", "socks5", "socks5h")
_PORTS = {"socks5": 1080, "socks5h": 1080}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy. ``source`` says in words where the choice came from; user and password are never shown."""

    scheme: str
    host: str
    port: int
    source: str
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """The proxy's URL and where the choice came from."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port} ({self.source})"


def read(text: str, source: str) -> Proxy:
    """Read a proxy URL; without a scheme it is http. Raises ``InvalidInput``."""
    scheme, mark, rest = text.strip().partition("://")
    if not mark:
        scheme, rest = "http", scheme
    scheme = scheme.lower()
    if scheme == "socks":
        scheme = "socks5"
    if scheme not in _SCHEMES:
        raise InvalidInput(
            _("The proxy cannot be used."),
            detail=_("Its scheme must be http, https or socks5 ({source}).").format(source=source),
            hint=_("Write it like http://proxy.example:3128 or socks5://proxy.example:1080."),
        )
    url = parse(("https://" if scheme == "https" else "http://") + rest)
    explicit = rest.rpartition("@")[2].partition("/")[0].rpartition(":")[2].isdigit()
    port = url.port if explicit or scheme not in _PORTS else _PORTS[scheme]
    return Proxy(scheme, url.host, port, source, url.user, url.password)


def _may_be_configured() -> bool:
    """Whether there is anything to look up: systems other than Windows and macOS have the environment only."""
    return sys.platform in ("win32", "darwin") or any(name.lower().endswith("_proxy") for name in os.environ)


def choose(url: URL, wanted: str | None) -> Proxy | None:
    """The proxy for ``url``: ``wanted`` when given, none when it is empty, else what the environment says.

    The environment is HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, or the settings of Windows and macOS.
    It never holds for this machine itself, which is another one as seen from the proxy.
    """
    if wanted is not None:
        return read(wanted, _("set on this request")) if wanted else None
    if is_loopback(url.host) or not _may_be_configured():
        return None
    from urllib.request import getproxies, proxy_bypass  # only here: the import takes longer than many a request

    if proxy_bypass(f"{url.host}:{url.port}") or proxy_bypass(url.host):
        return None
    proxies = getproxies()
    for kind in (url.scheme, "all"):
        if proxies.get(kind):
            variable = f"{kind}_proxy"
            name = variable if variable in os.environ else variable.upper()
            return read(proxies[kind], name if name in os.environ else _("system settings"))
    return None
