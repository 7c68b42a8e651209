"""What is other about a server's certificate chain than it was, in words for a person."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from workbench.core.exchange import Finding, Severity
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.words import date_words

CODE = "server-chain-changed"
"""The finding's code: the server shows another chain than when it was last seen."""

_SHORT = 16  # hexadecimal digits of a thumbprint that tell two certificates apart for a person


class ChangeKind(enum.Enum):
    """One way in which a chain can be other than before."""

    RENEWED = "renewed"  # another certificate for the same key
    NEW_KEY = "new-key"  # another certificate, another key
    ISSUER = "issuer"
    ROOT = "root"
    INTERMEDIATES = "intermediates"
    NAMES = "names"
    EXPIRY = "expiry"
    EXPIRES_EARLIER = "expires-earlier"


_NOTABLE = frozenset({ChangeKind.ISSUER, ChangeKind.ROOT, ChangeKind.EXPIRES_EARLIER})


@dataclass(frozen=True, slots=True)
class Chain:
    """What a server showed, leaf first, and the root that it was verified up to, if it was."""

    presented: tuple[Certificate, ...]
    root: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One change and the sentence that tells of it."""

    kind: ChangeKind
    words: str


@dataclass(frozen=True, slots=True)
class ChainChange:
    """All that changed at one server since ``seen_at``."""

    host: str
    port: int
    seen_at: datetime
    before: Chain
    now: Chain
    differences: tuple[Difference, ...]

    @property
    def kinds(self) -> frozenset[ChangeKind]:
        """The kinds of change."""
        return frozenset(difference.kind for difference in self.differences)

    @property
    def severity(self) -> Severity:
        """WARNING when somebody else vouches for the server, or for less long; else INFO."""
        return Severity.WARNING if self.kinds & _NOTABLE else Severity.INFO

    @property
    def title(self) -> str:
        """One sentence."""
        kinds = self.kinds
        if kinds & {ChangeKind.ISSUER, ChangeKind.ROOT}:
            return _("{host} now uses a certificate from another CA.").format(host=self.host)
        if ChangeKind.RENEWED in kinds:
            return _("{host} has renewed its certificate, with the same key.").format(host=self.host)
        if ChangeKind.NEW_KEY in kinds:
            return _("{host} has a new certificate with a new key.").format(host=self.host)
        return _("{host} sends other intermediate certificates.").format(host=self.host)

    @property
    def detail(self) -> str:
        """Everything that changed, a sentence each."""
        since = _("The previous certificate was last seen on {date}.").format(date=date_words(self.seen_at))
        return " ".join((*(difference.words for difference in self.differences), since))

    def finding(self) -> Finding:
        """The change as the exchange tells it."""
        hint = ""
        if self.severity is Severity.WARNING:
            hint = _("If you did not expect this, ask the server's operator before you trust it.")
        return Finding(CODE, self.severity, self.title, self.detail, hint)


def differences(before: Chain, now: Chain) -> tuple[Difference, ...]:
    """What changed from ``before`` to ``now``, the weightiest first; nothing for the same certificates in any order."""
    if not before.presented or not now.presented:
        return ()
    old, new = before.presented[0], now.presented[0]
    found: list[Difference] = []
    if old != new:
        found += [*_issuer(old, new), *_root(before.root, now.root), *_key(old, new), *_expiry(old, new)]
        found += _names(old, new)
    found += _intermediates(before.presented[1:], now.presented[1:])
    return tuple(found)


def _issuer(old: Certificate, new: Certificate) -> Iterator[Difference]:
    if old.issuer != new.issuer:
        words = _("Issued by “{new}”, previously by “{old}”.").format(new=new.issuer, old=old.issuer)
        yield Difference(ChangeKind.ISSUER, words)


def _root(old: Certificate | None, new: Certificate | None) -> Iterator[Difference]:
    if old is not None and new is not None and old.spki != new.spki:
        words = _("The root is “{new}”, previously “{old}”.").format(new=new.subject, old=old.subject)
        yield Difference(ChangeKind.ROOT, words)


def _key(old: Certificate, new: Certificate) -> Iterator[Difference]:
    if old.spki_sha256 and old.spki_sha256 == new.spki_sha256:
        yield Difference(ChangeKind.RENEWED, _("The key is the same ({key}).").format(key=new.key))
        return
    words = _("The key is new ({new}).").format(new=new.key)
    if old.key != new.key:
        words = _("The key is new ({new}, previously {old}).").format(new=new.key, old=old.key)
    thumbprints = _("SHA-256 is {new}…, previously {old}….").format(new=new.sha256[:_SHORT], old=old.sha256[:_SHORT])
    yield Difference(ChangeKind.NEW_KEY, f"{words} {thumbprints}")


def _expiry(old: Certificate, new: Certificate) -> Iterator[Difference]:
    if old.not_after == new.not_after:
        return
    earlier = old.not_after is not None and new.not_after is not None and new.not_after < old.not_after
    words = _("Valid until {new}, previously until {old}.").format(
        new=date_words(new.not_after), old=date_words(old.not_after)
    )
    yield Difference(ChangeKind.EXPIRES_EARLIER if earlier else ChangeKind.EXPIRY, words)


def _names(old: Certificate, new: Certificate) -> Iterator[Difference]:
    before, now = old.subject_alternative_names, new.subject_alternative_names
    added, gone = [name for name in now if name not in before], [name for name in before if name not in now]
    sentences = []
    if added:
        sentences.append(_("Names added: {names}.").format(names=", ".join(added)))
    if gone:
        sentences.append(_("Names removed: {names}.").format(names=", ".join(gone)))
    if sentences:
        yield Difference(ChangeKind.NAMES, " ".join(sentences))


def _intermediates(old: tuple[Certificate, ...], new: tuple[Certificate, ...]) -> Iterator[Difference]:
    added = [certificate.subject for certificate in new if certificate not in old]
    gone = [certificate.subject for certificate in old if certificate not in new]
    replaced = [name for name in added if name in gone]
    sentences = [
        sentence.format(names=_quoted(names))
        for names, sentence in (
            (replaced, _("Intermediates changed: {names}.")),
            ([name for name in added if name not in replaced], _("Intermediates added: {names}.")),
            ([name for name in gone if name not in replaced], _("Intermediates removed: {names}.")),
        )
        if names
    ]
    if sentences:
        yield Difference(ChangeKind.INTERMEDIATES, " ".join(sentences))


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in dict.fromkeys(names))
