"""What an error message or a log excerpt of another program says about TLS, in the doctor's words and codes.

::

    phrases    what programs write, from the program's resources
    alerts     the TLS alerts that they tell of
    causes     what each cause is called, and what to do

Nothing of a text is believed but that it was written; nothing in it is executed or fetched.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.core.explain.alerts import alerts
from workbench.core.explain.causes import CAUSES
from workbench.core.explain.phrases import comparable, known, last_of
from workbench.core.i18n import _
from workbench.core.visible import visible

__all__ = ["Explanation", "explain"]

_LONGEST = 200_000
"""Characters at the beginning and as many at the end that are looked at."""

_QUOTED = 300  # characters of a line that are repeated
_ALERT_WEIGHT = 95  # among those of the phrases
# What else an alert may mean that servers send for several reasons.
_OTHERS = {
    "client-certificate-rejected": (
        *("client-certificate-required", "client-certificate-untrusted"),
        "client-certificate-expired",
    ),
    "no-shared-cipher": (
        *("client-certificate-required", "protocol-version-mismatch"),
        "no-shared-signature-algorithm",
    ),
}


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
    is_alert: bool = False


def explain(text: str) -> Explanation:
    """What ``text`` says about TLS; of several errors in it the most telling, and of equals the last, is the cause.

    Programs wrap errors in errors, the innermost last.
    """
    read = text if len(text) <= 2 * _LONGEST else f"{text[:_LONGEST]}\n{text[-_LONGEST:]}"
    plain, phrases = comparable(read), known()
    at_server = last_of(phrases.at_server, plain) >= 0 and last_of(phrases.as_client, plain) < 0
    program = next((name for name, marks in phrases.programs if last_of(marks, plain) >= 0), "unknown")
    hits = sorted(_hits(plain, at_server), key=lambda hit: (hit.weight, hit.at))
    if not hits:
        cause = CAUSES["unknown"]
        return Explanation("unknown", (), cause.culprit, cause.title, "", cause.hint, program)
    best = hits[-1]
    cause = CAUSES[best.code]
    others = dict.fromkeys((*best.candidates, *(hit.code for hit in reversed(hits[:-1]))))
    candidates = tuple(code for code in others if code != best.code)
    detail = " ".join(_details(read, best, at_server))
    return Explanation(best.code, candidates, cause.culprit, cause.title, detail, cause.hint, program)


def _hits(plain: str, at_server: bool) -> Iterator[_Hit]:
    for at, code in alerts(plain, at_server=at_server):
        yield _Hit(code, _ALERT_WEIGHT, at, _OTHERS.get(code, ()), is_alert=True)
    for pattern in known().patterns:
        at = last_of(pattern.phrases, plain)
        if at < 0:
            continue
        if at_server and pattern.at_server:
            yield _Hit(pattern.at_server, pattern.weight, at)
        else:
            yield _Hit(pattern.code, pattern.weight, at, pattern.candidates)


def _details(text: str, hit: _Hit, at_server: bool) -> Iterator[str]:
    begins = text.rfind("\n", 0, hit.at) + 1
    line = text[begins : hit.at + _QUOTED].partition("\n")[0].strip()
    shown = line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"
    yield _("It says: “{line}”.").format(line=visible(shown.rstrip(".")))
    if at_server:
        yield _("This is what a server wrote: it tells of its client.")
    if hit.is_alert and at_server:
        yield _("An alert that a server receives says what the client holds against the server.")
    elif hit.is_alert:
        yield _("An alert that a client receives says what the server holds against the client.")
