"""What a person prefers, each preference declared once as a ``Setting``.

The preferences window, the palette and the documentation derive from the declarations; what the core
goes by is ``Preferences``, read from the stored values. A value that cannot be used counts as absent.
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import LARGEST_RESPONSE, Request, Timeouts
from workbench.core.tls.policy import TLSPolicy, Version

_MEGABYTE = 1_000_000
Value = bool | int | str | tuple[str, ...]


class Page(enum.Enum):
    """Where a setting is found."""

    APPEARANCE = "appearance"
    EDITOR = "editor"
    NETWORK = "network"
    TLS = "tls"
    STORAGE = "storage"


class Kind(enum.Enum):
    """What a setting's value is: on or off, one of a few, a whole number, a text, a font's family, several names."""

    SWITCH = "switch"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    FONT = "font"
    FIXED_FONT = "fixed-font"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of a ``CHOICE``, and the words for it."""

    value: str
    words: str


def anything(_text: str) -> None:
    """Any text will do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set.

    ``key`` is its name in the settings file, ``page.name``. ``least`` and ``most`` bound a NUMBER, ``unit``
    stands behind it and ``least_words`` in place of the least one. ``check`` raises ``InvalidInput`` for a
    TEXT that cannot be used. ``needs`` is another setting's key and the value without which this one is idle.
    """

    key: str
    title: str
    page: Page
    kind: Kind
    default: Value
    help: str = ""
    choices: tuple[Choice, ...] = ()
    least: int = 0
    most: int = 0
    unit: str = ""
    least_words: str = ""
    check: Callable[[str], None] = field(default=anything, repr=False)
    needs: tuple[str, Value] | None = None

    def read(self, stored: object) -> Value:
        """The value that ``stored`` (as JSON gives it) stands for; the default when it stands for none."""
        match self.kind:
            case Kind.SWITCH if isinstance(stored, bool):
                return stored
            case Kind.NUMBER if isinstance(stored, int) and not isinstance(stored, bool):
                return stored if self.least <= stored <= self.most else self.default
            case Kind.CHOICE if any(choice.value == stored for choice in self.choices):
                return str(stored)
            case Kind.TEXT | Kind.FONT | Kind.FIXED_FONT if isinstance(stored, str) and self._fits(stored):
                return stored
            case Kind.NAMES if isinstance(stored, list | tuple) and stored and all(isinstance(n, str) for n in stored):
                return tuple(stored)
        return self.default

    def words(self, value: Value) -> str:
        """``value`` as a person reads it."""
        match value:
            case bool():
                return _("on") if value else _("off")
            case tuple():
                return ", ".join(value)
            case int():
                if self.least_words and value == self.least:
                    return self.least_words
                return f"{value} {self.unit}".strip()
        return next((choice.words for choice in self.choices if choice.value == value), value)

    def _fits(self, text: str) -> bool:
        try:
            self.check(text)
        except InvalidInput:
            return False
        return True


def check_proxy(text: str) -> None:
    """Raise ``InvalidInput`` unless ``text`` is empty or the URL of a proxy without a password."""
    if not text.strip():
        return
    from workbench.core import proxy  # the window reads its preferences before it paints, and no URL

    if proxy.read(text, _("from the preferences")).password is not None:
        raise InvalidInput(
            _("A password cannot be stored here, because settings are not encrypted."),
            hint=_("Remove it, or set this proxy on a request with a secret variable."),
        )


def _seconds(name: str, title: str, default: int, help_text: str) -> Setting:
    return Setting(
        *(f"network.timeout-{name}", title, Page.NETWORK, Kind.NUMBER, default, help_text),
        most=86_400,
        unit=_("seconds"),
        least_words=_("no limit"),
    )


_VERSIONS = tuple(Choice(version.number, f"TLS {version.number}") for version in Version)

PROXY = Setting(
    "network.proxy",
    _("Proxy"),
    Page.NETWORK,
    Kind.CHOICE,
    "environment",
    _("For requests without a proxy setting. Requests to this computer never use the system proxy."),
    (
        Choice("environment", _("Use system proxy")),
        Choice("none", _("No proxy")),
        Choice("url", _("Use this proxy")),
    ),
)
PROXY_URL = Setting(
    "network.proxy-url",
    _("Proxy URL"),
    Page.NETWORK,
    Kind.TEXT,
    "",
    _("For example http://proxy.example:3128 or socks5://proxy.example:1080."),
    check=check_proxy,
    needs=(PROXY.key, "url"),
)
HTTP_VERSION = Setting(
    "network.http-version",
    _("HTTP version"),
    Page.NETWORK,
    Kind.CHOICE,
    "auto",
    _("Automatic: negotiated with the server during the TLS handshake (ALPN)."),
    (Choice("auto", _("Automatic")), Choice("1.1", "HTTP/1.1"), Choice("2", "HTTP/2")),
)
FOLLOW_REDIRECTS = Setting(
    "network.follow-redirects",
    _("Follow redirects"),
    Page.NETWORK,
    Kind.SWITCH,
    False,
    _("The identity is decided again for each origin; it is never sent to another host without being chosen for it."),
)
MAX_REDIRECTS = Setting(
    "network.max-redirects",
    _("Maximum redirects"),
    Page.NETWORK,
    Kind.NUMBER,
    20,
    least=1,
    most=100,
    needs=(FOLLOW_REDIRECTS.key, True),
)
TIMEOUTS = (
    _seconds("connect", _("Connect timeout"), 30, _("Includes DNS lookup and the proxy.")),
    _seconds("tls", _("TLS handshake timeout"), 30, ""),
    _seconds("read", _("Read timeout"), 60, _("How long to wait while the server sends nothing.")),
    _seconds("write", _("Write timeout"), 60, _("How long to wait while the server accepts no data.")),
    _seconds("total", _("Total timeout"), 0, _("From the first byte to the last, including redirects.")),
)
RESPONSE_SIZE = Setting(
    "network.response-size",
    _("Maximum response size"),
    Page.NETWORK,
    Kind.NUMBER,
    LARGEST_RESPONSE // _MEGABYTE,
    _("Reading stops there. Bodies over 8 MB are stored in a temporary file until the program closes."),
    most=1_000_000,
    unit="MB",
    least_words=_("no limit"),
)
TLS_MINIMUM = Setting(
    "tls.minimum",
    _("Minimum TLS version"),
    Page.TLS,
    Kind.CHOICE,
    "1.2",
    _("TLS 1.0 and 1.1 are insecure (RFC 8996). Better lower the minimum for a single request."),
    _VERSIONS,
)
TLS_MAXIMUM = Setting("tls.maximum", _("Maximum TLS version"), Page.TLS, Kind.CHOICE, "1.3", choices=_VERSIONS)
TRUST = Setting(
    "tls.trust",
    _("Trust bundles"),
    Page.TLS,
    Kind.NAMES,
    ("system",),
    _(
        "For requests that do not choose their own. Server verification is always on; it can "
        "be turned off only for a single request."
    ),
)
KEEP_BODIES = Setting(
    "history.keep-bodies",
    _("Keep bodies in the history"),
    Page.STORAGE,
    Kind.SWITCH,
    True,
    _("Never for requests tagged “sensitive”. Secret headers are always masked."),
)
HISTORY_SIZE = Setting(
    "history.size",
    _("Maximum history size"),
    Page.STORAGE,
    Kind.NUMBER,
    200,
    _("The oldest entries are deleted beyond this size."),
    least=1,
    most=100_000,
    unit="MB",
)
HISTORY_DAYS = Setting(
    "history.days",
    _("Keep history for"),
    Page.STORAGE,
    Kind.NUMBER,
    0,
    most=36_500,
    unit=_("days"),
    least_words=_("as long as there is space"),
)
SETTINGS: tuple[Setting, ...] = (
    *(PROXY, PROXY_URL, HTTP_VERSION, FOLLOW_REDIRECTS, MAX_REDIRECTS, *TIMEOUTS, RESPONSE_SIZE),
    *(TLS_MINIMUM, TLS_MAXIMUM, TRUST),
    *(KEEP_BODIES, HISTORY_SIZE, HISTORY_DAYS),
)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What requests and the history go by where nothing nearer says otherwise.

    ``proxy``, ``http_version``, the timeouts and ``largest_response`` are as in ``Request``; ``history_size`` is in
    megabytes, ``history_days`` 0 keeps entries as long as there is room.
    """

    proxy: str | None = None
    http_version: str | None = None
    follow_redirects: bool = False
    max_redirects: int = 20
    timeouts: Timeouts = Timeouts()
    largest_response: int | None = LARGEST_RESPONSE
    minimum: Version = Version.TLS1_2
    maximum: Version = Version.TLS1_3
    trust: tuple[str, ...] = ("system",)
    keep_bodies: bool = True
    history_size: int = 200
    history_days: int = 0

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> "Preferences":
        """The preferences among stored values, by the keys of ``SETTINGS``."""
        minimum, maximum = (Version.parse(_text(setting, stored)) for setting in (TLS_MINIMUM, TLS_MAXIMUM))
        seconds = {setting.key.removeprefix("network.timeout-"): _number(setting, stored) for setting in TIMEOUTS}
        trust = TRUST.read(stored.get(TRUST.key))
        http_version = _text(HTTP_VERSION, stored)
        return cls(
            proxy=_proxy(stored),
            http_version=None if http_version == "auto" else http_version,
            follow_redirects=FOLLOW_REDIRECTS.read(stored.get(FOLLOW_REDIRECTS.key)) is True,
            max_redirects=_number(MAX_REDIRECTS, stored),
            timeouts=Timeouts(**{phase: float(limit) or None for phase, limit in seconds.items()}),
            largest_response=_number(RESPONSE_SIZE, stored) * _MEGABYTE or None,
            minimum=minimum if minimum.value <= maximum.value else maximum,
            maximum=maximum,
            trust=trust if isinstance(trust, tuple) else (str(trust),),
            keep_bodies=KEEP_BODIES.read(stored.get(KEEP_BODIES.key)) is True,
            history_size=_number(HISTORY_SIZE, stored),
            history_days=_number(HISTORY_DAYS, stored),
        )

    def fallback_request(self) -> Request:
        """A request without an address that says all of this: what a draft leaves open is taken from here."""
        return replace(
            Request(),
            trust=self.trust,
            policy=TLSPolicy(minimum=self.minimum, maximum=self.maximum),
            http_version=self.http_version,
            timeouts=self.timeouts,
            largest_response=self.largest_response,
            proxy=self.proxy,
            follow_redirects=self.follow_redirects,
            max_redirects=self.max_redirects,
        )


def _proxy(stored: Mapping[str, object]) -> str | None:
    match _text(PROXY, stored):
        case "none":
            return ""
        case "url":
            return _text(PROXY_URL, stored).strip() or None
    return None


def _text(setting: Setting, stored: Mapping[str, object]) -> str:
    return str(setting.read(stored.get(setting.key)))


def _number(setting: Setting, stored: Mapping[str, object]) -> int:
    value = setting.read(stored.get(setting.key))
    return value if isinstance(value, int) else 0
