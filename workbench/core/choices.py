"""How a connection is made, written as variables: the reserved names that begin with ``mtls.``.

OpenCollection items admit no keys of ours, so TLS choices are variables. A request, its folders, the
environment and the collection can each make some of them; the nearest wins, as with every variable.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from workbench.core.draft import Variable
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Request, Timeouts
from workbench.core.tls.policy import TLSPolicy, Version, read_pin

_T = TypeVar("_T")
PREFIX = "mtls."
NONE = "none"
"""The value that says: none at all, in place of what would be inherited (identity, SNI, proxy)."""
ASK = "ask"
"""The identity that says: ask the person every time. Whoever sends must have put another in its place."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Each field is the text of the variable ``mtls.`` + its name with hyphens; None where nothing is chosen.

    ``identity`` and ``sni`` may be ``none``, ``identity`` also ``ask``; ``trust`` is names separated by commas;
    ``verify``, ``reuse`` and ``cookies`` are ``true`` or ``false``; ``http`` is ``1.1`` or ``2``; ``proxy`` a URL,
    ``none``, or ``environment``; the four timeouts are seconds, 0 for no limit.
    """

    identity: str | None = None
    trust: str | None = None
    tls_min: str | None = None
    tls_max: str | None = None
    ciphers: str | None = None
    suites: str | None = None
    groups: str | None = None
    signatures: str | None = None
    sni: str | None = None
    connect_to: str | None = None
    verify: str | None = None
    pin: str | None = None
    http: str | None = None
    proxy: str | None = None
    reuse: str | None = None
    cookies: str | None = None
    timeout_connect: str | None = None
    timeout_tls: str | None = None
    timeout_read: str | None = None
    timeout_write: str | None = None


_NAMES = {PREFIX + field.name.replace("_", "-"): field.name for field in fields(Choices)}
_VARIABLES = {field: variable for variable, field in _NAMES.items()}


def is_reserved(name: str) -> bool:
    """Whether ``name`` is a TLS choice's and not a person's own."""
    return name in _NAMES


def read(variables: tuple[Variable, ...]) -> Choices:
    """The choices among ``variables``. Of two of the same name the last counts; one that is off does not."""
    return Choices(**{_NAMES[v.name]: v.value for v in variables if v.on and v.name in _NAMES})


def write(variables: tuple[Variable, ...], choices: Choices) -> tuple[Variable, ...]:
    """``variables`` with exactly these choices among them; the others, and the order, stay as they were."""
    wanted = {_VARIABLES[field.name]: getattr(choices, field.name) for field in fields(choices)}
    kept: list[Variable] = []
    for variable in variables:
        if not variable.on or variable.name not in _NAMES:
            kept.append(variable)
        elif (value := wanted.pop(variable.name, None)) is not None:
            kept.append(variable if variable.value == value else replace(variable, value=value))
    kept += [Variable(name, value) for name, value in wanted.items() if value is not None]
    return tuple(kept)


def of_scope(look_up: Callable[[str], str | None]) -> Choices:
    """The choices in force; ``look_up`` gives the resolved value of a variable, None for one that is not there."""
    return Choices(**{field: look_up(variable) for variable, field in _NAMES.items()})


def apply(choices: Choices, request: Request) -> Request:
    """``request`` sent the way ``choices`` say; what they leave open stays. Raises ``InvalidInput``."""
    given = {field.name: getattr(choices, field.name) for field in fields(choices)}
    given = {name: value.strip() for name, value in given.items() if value is not None and value.strip()}
    if given.get("identity") == ASK:
        raise _nobody_asked()
    if "identity" in given:
        request = replace(request, identity=None if given["identity"] == NONE else given["identity"])
    if "trust" in given:
        names = tuple(name.strip() for name in given["trust"].split(",") if name.strip())
        request = replace(request, trust=names or request.trust)
    if "http" in given:
        request = replace(request, http_version=_one_of("http", given["http"], {"1.1": "1.1", "2": "2", "auto": None}))
    if "proxy" in given:
        proxy = {NONE: "", "environment": None}.get(given["proxy"], given["proxy"])
        request = replace(request, proxy=proxy)
    if "connect_to" in given:
        request = replace(request, connect_to=given["connect_to"])
    policy = _policy(given, request.policy)
    reuse = _truth("reuse", given["reuse"]) if "reuse" in given else request.reuse
    cookies = _truth("cookies", given["cookies"]) if "cookies" in given else request.cookies
    return replace(request, policy=policy, reuse=reuse, cookies=cookies, timeouts=_timeouts(given, request.timeouts))


def _nobody_asked() -> InvalidInput:
    return InvalidInput(
        _("The identity must be chosen each time, and none was chosen for this call."),
        detail=_("“{variable}” is “{value}” here.").format(variable=PREFIX + "identity", value=ASK),
        hint=_("Give an identity for this call, or set one."),
    )


def _policy(given: Mapping[str, str], policy: TLSPolicy) -> TLSPolicy:
    policy = replace(
        policy,
        ciphers=given.get("ciphers", policy.ciphers),
        suites=given.get("suites", policy.suites),
        groups=given.get("groups", policy.groups),
        signature_algorithms=given.get("signatures", policy.signature_algorithms),
    )
    if "tls_min" in given:
        policy = replace(policy, minimum=_checked("tls_min", given["tls_min"], Version.parse))
    if "tls_max" in given:
        policy = replace(policy, maximum=_checked("tls_max", given["tls_max"], Version.parse))
    if "sni" in given:
        policy = replace(policy, sni="" if given["sni"] == NONE else given["sni"])
    if "verify" in given:
        policy = replace(policy, verify=_truth("verify", given["verify"]))
    if "pin" in given:
        policy = replace(policy, pin=_checked("pin", given["pin"], read_pin))
    if "reuse" in given:
        policy = replace(policy, resume=_truth("reuse", given["reuse"]))
    return policy


def _timeouts(given: Mapping[str, str], timeouts: Timeouts) -> Timeouts:
    for phase in ("connect", "tls", "read", "write"):
        name = f"timeout_{phase}"
        if name in given:
            seconds = _checked(name, given[name], _seconds)
            timeouts = replace(timeouts, **{phase: seconds or None})
    return timeouts


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < 1e7:
        raise ValueError(f"not a number of seconds: {text!r}")
    return seconds


def _truth(name: str, text: str) -> bool:
    return bool(_one_of(name, text.lower(), {"true": "true", "false": None}))


def _one_of(name: str, text: str, known: Mapping[str, str | None]) -> str | None:
    if text not in known:
        raise _refused(name, text, _("Possible values: {values}.").format(values=", ".join(known)))
    return known[text]


def _checked(name: str, text: str, read_value: Callable[[str], _T]) -> _T:
    try:
        return read_value(text)
    except ValueError as error:
        raise _refused(name, text, str(error)) from error


def _refused(name: str, text: str, reason: str) -> InvalidInput:
    return InvalidInput(
        _("The variable “{variable}” has an invalid value.").format(variable=_VARIABLES[name]),
        detail=f"{text!r}: {reason}",
        hint=_("Check the TLS page of the request, and the variables of its folders and environment."),
    )
