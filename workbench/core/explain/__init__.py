"""What an error message or a log excerpt of another program says about TLS, in the doctor's words and codes.

``patterns`` knows what programs write, ``causes`` what each cause is called and what to do. Nothing of the text is
believed but that it was written; nothing in it is executed or fetched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.core.explain.causes import CAUSES
from workbench.core.explain.patterns import (
    ALERT_AFTER,
    ALERT_BRACKET,
    ALERT_NAME,
    ALERT_NUMBER,
    ALERTS,
    AS_CLIENT,
    AT_SERVER,
    PATTERNS,
    PROGRAMS,
    last_of,
)
from workbench.core.i18n import _
from workbench.core.tls.registry import ALERTS as ALERT_NUMBERS
from workbench.core.visible import visible

__all__ = ["Explanation", "explain"]

_LONGEST = 200_000
"""Characters at the beginning and as many at the end that are looked at."""

_QUOTED = 300  # characters of a line that are repeated
_ALERT_WEIGHT = 95
_DISAGREE = ("client-certificate-required", "client-certificate-untrusted", "client-certificate-expired")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a text means.

    ``code`` and ``candidates`` are of the doctor's vocabulary. ``culprit`` is ``client``, ``server``, ``network``,
    ``proxy`` or ``unknown``: whose certificate or configuration has to change. ``program`` wrote the text, as far as it
    shows, else ``unknown``.
    """

    code: str
    candidates: tuple[str, ...]
    culprit: str
    title: str
    detail: str
    hint: str
    program: str


@dataclass(frozen=True, slots=True)
class _Hit:
    code: str
    weight: int
    at: int
    candidates: tuple[str, ...] = ()
    alert: str = ""


def explain(text: str) -> Explanation:
    """What ``text`` says about TLS; of several errors in it the most telling, and of equals the last, is the cause.

    Programs wrap errors in errors, the innermost last.
    """
    read = text if len(text) <= 2 * _LONGEST else f"{text[:_LONGEST]}\n{text[-_LONGEST:]}"
    plain = read.lower().replace("_", " ")
    at_server = last_of(AT_SERVER, plain) >= 0 and last_of(AS_CLIENT, plain) < 0
    program = next((name for name, marks in PROGRAMS if last_of(marks, plain) >= 0), "unknown")
    hits = sorted((*_alerts(plain, at_server), *_words(plain, at_server)), key=lambda hit: (hit.weight, hit.at))
    if not hits:
        cause = CAUSES["unknown"]
        return Explanation("unknown", (), cause.culprit, cause.title, "", cause.hint, program)
    best = hits[-1]
    cause = CAUSES[best.code]
    others = dict.fromkeys((*best.candidates, *(hit.code for hit in reversed(hits[:-1]))))
    candidates = tuple(code for code in others if code != best.code)
    detail = " ".join(_details(read, best, at_server))
    return Explanation(best.code, candidates, cause.culprit, cause.title, detail, cause.hint, program)


def _alerts(plain: str, at_server: bool) -> Iterator[_Hit]:
    for found in ALERT_NUMBER.finditer(plain):
        yield from _alert(ALERT_NUMBERS.get(int(found["number"]), ""), found.start(), at_server)
    for pattern in (ALERT_NAME, ALERT_BRACKET, ALERT_AFTER):
        for found in pattern.finditer(plain):
            yield from _alert(found["name"], found.start(), at_server)


def _alert(name: str, at: int, at_server: bool) -> Iterator[_Hit]:
    squeezed = name.replace(" ", "").replace("_", "")
    known = next((one for one in ALERTS if squeezed.startswith(one)), None)
    if known is None and squeezed.startswith("badcert"):
        known = "badcertificate"
    if known is not None:
        code = ALERTS[known][at_server]
        candidates: Sequence[str] = ()
        if code == "client-certificate-rejected":
            candidates = _DISAGREE
        elif code == "no-shared-cipher":
            candidates = ("client-certificate-required", "protocol-version-mismatch", "no-shared-signature-algorithm")
        yield _Hit(code, _ALERT_WEIGHT, at, tuple(candidates), known)


def _words(plain: str, at_server: bool) -> Iterator[_Hit]:
    for pattern in PATTERNS:
        at = last_of(pattern.phrases, plain)
        if at >= 0:
            code = pattern.at_server if at_server and pattern.at_server else pattern.code
            candidates = () if at_server and pattern.at_server else pattern.candidates
            yield _Hit(code, pattern.weight, at, candidates)


def _details(text: str, hit: _Hit, at_server: bool) -> Iterator[str]:
    begins = text.rfind("\n", 0, hit.at) + 1
    line = text[begins : hit.at + _QUOTED].partition("\n")[0].strip()
    shown = line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"
    yield _("It says: “{line}”.").format(line=visible(shown.rstrip(".")))
    if at_server:
        yield _("This is what a server wrote: it tells of its client.")
    if hit.alert and at_server:
        yield _("An alert that a server receives says what the client holds against the server.")
    elif hit.alert:
        yield _("An alert that a client receives says what the server holds against the client.")
