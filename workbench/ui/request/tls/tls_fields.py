"""The TLS choices that the TLS page edits: one list of fields, from which the page is made."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from workbench.core import choices as core_choices
from workbench.core.choices import Choices
from workbench.core.draft import Settings
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.tls.policy import Version

NOTHING = Choices()
_PLAIN = Request()


class FieldGroup(enum.Enum):
    """A column of the page."""

    TLS = _("Versions and algorithms")
    SERVER = _("Server")
    HTTP = _("HTTP and timeouts")


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A field of ``Choices``. ``values`` are pairs of value and words; without them it is typed.

    ``default`` says what happens where nobody chooses, by the request that the preferences make.
    """

    name: str
    words: str
    group: FieldGroup
    default: Callable[[Request], str]
    tip: str = ""
    values: tuple[tuple[str, str], ...] = ()


_VERSIONS = tuple((version.number, f"TLS {version.number}") for version in Version)


def _always(words: str) -> Callable[[Request], str]:
    return lambda _fallback: words


def _limit(phase: str) -> Callable[[Request], str]:
    return lambda fallback: _limit_words(getattr(fallback.timeouts, phase))


def _limit_words(seconds: float | None) -> str:
    return _("no limit") if seconds is None else _("{seconds} s").format(seconds=f"{seconds:g}")


def _http_words(fallback: Request) -> str:
    return _("negotiated") if fallback.http_version is None else f"HTTP/{fallback.http_version}"


def proxy_words(fallback: Request) -> str:
    """Which proxy a request takes that names none."""
    return _("use system proxy") if fallback.proxy is None else fallback.proxy or _("none")


def _version_words(version: Version) -> str:
    return dict(_VERSIONS)[version.number]


_LIST = _always(_("default list"))
_HOST = _always(_("host of the URL"))
_KEPT = (("true", _("stored and sent")), ("false", _("neither stored nor sent")))
_YES_NO = (("true", _("yes")), ("false", _("no")))

FIELDS = (
    ChoiceField(
        "tls_min",
        _("Minimum version"),
        FieldGroup.TLS,
        lambda fallback: _version_words(fallback.policy.minimum),
        values=_VERSIONS,
    ),
    ChoiceField(
        "tls_max",
        _("Maximum version"),
        FieldGroup.TLS,
        lambda fallback: _version_words(fallback.policy.maximum),
        values=_VERSIONS,
    ),
    ChoiceField(
        "suites", _("Suites (TLS 1.3)"), FieldGroup.TLS, _LIST, "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
    ),
    ChoiceField(
        "ciphers", _("Ciphers (TLS 1.2)"), FieldGroup.TLS, _LIST, _("OpenSSL cipher list, such as ECDHE+AESGCM:!RSA")
    ),
    ChoiceField("groups", _("Groups"), FieldGroup.TLS, _LIST, _("Key exchange, such as x25519:secp256r1")),
    ChoiceField(
        "signatures", _("Signatures"), FieldGroup.TLS, _LIST, _("Such as ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256")
    ),
    ChoiceField("verify", _("Verify server"), FieldGroup.SERVER, _always(_("yes")), values=_YES_NO),
    ChoiceField(
        "pin",
        _("Pin"),
        FieldGroup.SERVER,
        _always(_("any")),
        _("SHA-256 of the server's certificate or of its public key, in hexadecimal"),
    ),
    ChoiceField(
        "sni", _("Server name (SNI)"), FieldGroup.SERVER, _HOST, _("Server name to send instead of the URL's host")
    ),
    ChoiceField(
        "connect_to",
        _("Connect to"),
        FieldGroup.SERVER,
        _HOST,
        _("host:port to connect to; TLS and HTTP still use the URL's host"),
    ),
    ChoiceField("http", _("HTTP version"), FieldGroup.HTTP, _http_words, values=(("1.1", "HTTP/1.1"), ("2", "HTTP/2"))),
    ChoiceField("reuse", _("Reuse connections"), FieldGroup.HTTP, _always(_("yes")), values=_YES_NO),
    ChoiceField("cookies", _("Cookies"), FieldGroup.HTTP, _always(_("stored and sent")), values=_KEPT),
    ChoiceField(
        "timeout_connect", _("Connect timeout"), FieldGroup.HTTP, _limit("connect"), _("Seconds; 0 means no limit")
    ),
    ChoiceField(
        "timeout_tls", _("TLS handshake timeout"), FieldGroup.HTTP, _limit("tls"), _("Seconds; 0 means no limit")
    ),
    ChoiceField("timeout_read", _("Read timeout"), FieldGroup.HTTP, _limit("read"), _("Seconds; 0 means no limit")),
    ChoiceField("timeout_write", _("Write timeout"), FieldGroup.HTTP, _limit("write"), _("Seconds; 0 means no limit")),
)


def merged(own: Choices, inherited: Choices) -> Choices:
    """What is in force: ``own`` where it chooses, else ``inherited``."""
    names = [each.name for each in fields(Choices)]
    pairs = ((name, getattr(own, name), getattr(inherited, name)) for name in names)
    return Choices(**{name: first if first is not None else second for name, first, second in pairs})


def trouble(own: Choices, inherited: Choices = NOTHING, fallback: Request = _PLAIN) -> str:
    """What is wrong with the choices in one sentence, or the empty string. Variables are not looked into."""
    known = _without_variables(merged(own, inherited))
    try:
        policy = core_choices.apply(known, fallback).policy
    except InvalidInput as error:
        return f"{error.title} {error.detail}"
    if policy.minimum.value > policy.maximum.value:
        return _("The minimum TLS version is above the maximum.")
    return ""


def danger(own: Choices, inherited: Choices = NOTHING, fallback: Request = _PLAIN) -> str:
    """What should be said loudly of these choices."""
    known = _without_variables(merged(own, inherited))
    try:
        policy = core_choices.apply(known, fallback).policy
    except InvalidInput:
        return ""
    sentences = []
    if not policy.verify:
        sentences.append(_("Verification is off: anyone between you and the server can read and change everything."))
    if policy.minimum.value < Version.TLS1_2.value:
        sentences.append(_("TLS 1.0 and 1.1 are insecure: allow them only for old servers on a closed network."))
    return " ".join(sentences)


@dataclass(frozen=True, slots=True)
class SettingField:
    """A field of ``Settings`` as text: ``read`` gives it, ``write`` takes it and raises ``ValueError``.

    ``default`` is as for a ``ChoiceField``.
    """

    words: str
    default: Callable[[Request], str]
    read: Callable[[Settings], str]
    write: Callable[[Settings, str], Settings]
    tip: str = ""
    values: tuple[tuple[str, str], ...] = ()


def _truth(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


def _told(value: bool | None) -> str:
    return "" if value is None else "true" if value else "false"


def _seconds(text: str) -> int | None:
    if not text:
        return None
    seconds = float(text)
    if not 0 <= seconds < 1e7:
        raise ValueError(text)
    return round(seconds * 1000)


def _count(text: str) -> int | None:
    count = int(text) if text else None
    if count is not None and count < 0:
        raise ValueError(text)
    return count


SETTINGS = (
    SettingField(
        _("Follow redirects"),
        lambda fallback: _("yes") if fallback.follow_redirects else _("no"),
        lambda settings: _told(settings.follow_redirects),
        lambda settings, text: replace(settings, follow_redirects=_truth(text)),
        values=_YES_NO,
    ),
    SettingField(
        _("Maximum redirects"),
        lambda fallback: str(fallback.max_redirects),
        lambda settings: "" if settings.max_redirects is None else str(settings.max_redirects),
        lambda settings, text: replace(settings, max_redirects=_count(text)),
        _("How many redirects are followed before giving up"),
    ),
    SettingField(
        _("Total timeout"),
        _limit("total"),
        lambda settings: "" if settings.timeout_ms is None else f"{settings.timeout_ms / 1000:g}",
        lambda settings, text: replace(settings, timeout_ms=_seconds(text)),
        _("Seconds; 0 means no limit"),
    ),
    SettingField(
        _("Encode URL"),
        _always(_("yes")),
        lambda settings: _told(settings.encode_url),
        lambda settings, text: replace(settings, encode_url=_truth(text)),
        _("Whether characters that are not allowed in a URL are percent-encoded"),
        values=_YES_NO,
    ),
)


def _without_variables(choices: Choices) -> Choices:
    held = [each.name for each in fields(Choices) if "{{" in (getattr(choices, each.name) or "")]
    return replace(choices, **dict.fromkeys((*held, "identity")))  # which is not chosen here
