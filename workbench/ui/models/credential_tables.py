"""What is in stock to choose from: stored identities and trust bundles, as rows of tables."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from workbench.core.credentials import BundleRow, IdentityRow, Kept
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import date_words, validity_mark, validity_part, validity_words
from workbench.ui.models.table import Column

VALIDITY = Qt.ItemDataRole.UserRole + 1
"""The role of what a bar of validity shows: the part that has passed, and a mark."""

EXPIRES = 1
"""The column of it."""


def kept_words(kept: Kept) -> str:
    """Where the password is, for a person."""
    return {
        Kept.KEYRING: _("system keyring"),
        Kept.ASK: _("asked for when needed"),
        Kept.MEMORY: _("this window only"),
    }[kept]


def identity_words(row: IdentityRow) -> str:
    """Name and how long it lasts, as on the identity chip."""
    return f"{row.name} · {validity_words(row.certificate)}"


IDENTITY_COLUMNS: tuple[Column[IdentityRow], ...] = (
    Column(_("Name"), lambda row: row.name, mark=lambda row: validity_mark(row.certificate)),
    Column(
        _("Expires"),
        lambda row: validity_words(row.certificate),
        tip=lambda row: date_words(row.certificate.not_after),
        sort=lambda row: end_of(row.certificate),
        values={VALIDITY: lambda row: _validity(row.certificate)},
    ),
    Column(_("Subject"), lambda row: row.certificate.subject),
    Column(_("Issuer"), lambda row: row.certificate.issuer),
    Column(_("Key"), lambda row: row.certificate.key),
    Column(
        _("Usages"),
        lambda row: ", ".join((*row.certificate.extended_key_usages, *row.certificate.key_usages)) or _("any"),
    ),
    Column(_("Password"), lambda row: kept_words(row.kept)),
)

BUNDLE_COLUMNS: tuple[Column[BundleRow], ...] = (
    Column(_("Name"), lambda row: row.name),
    Column(
        _("Default"),
        lambda row: _("on") if row.default else _("off"),
        tip=lambda row: _trust_words(row),
        mark=lambda row: Mark.GOOD if row.default else Mark.NONE,
    ),
    Column(
        _("CAs"),
        lambda row: str(len(row.certificates)),
        sort=lambda row: len(row.certificates),
        numeric=True,
    ),
    Column(
        _("Expired"),
        lambda row: str(row.expired) if row.expired else _("none"),
        sort=lambda row: row.expired,
        mark=lambda row: Mark.WARNING if row.expired else None,
    ),
    Column(_("Expires"), lambda row: _kept(row)),
)

AUTHORITY_COLUMNS: tuple[Column[Certificate], ...] = (
    Column(_("Certificate"), lambda certificate: certificate.common_name, mark=validity_mark),
    Column(
        _("Expires"),
        validity_words,
        tip=lambda certificate: date_words(certificate.not_after),
        sort=lambda certificate: end_of(certificate),
        values={VALIDITY: lambda certificate: _validity(certificate)},
    ),
    Column(_("Key"), lambda certificate: certificate.key),
    Column(_("Subject"), lambda certificate: certificate.subject),
)


def end_of(certificate: Certificate) -> datetime:
    """When it expires, to sort by: what cannot be read comes first."""
    return certificate.not_after or datetime.min.replace(tzinfo=UTC)


def _trust_words(row: BundleRow) -> str:
    if row.default:
        return _("Requests without a trust setting trust these CAs")
    return _("Only requests that choose this bundle trust these CAs")


def _kept(row: BundleRow) -> str:
    if row.built_in:
        return _("built in")
    return _("this window only") if row.in_memory else _("in your identities or bundles")


def _validity(certificate: Certificate) -> tuple[float, Mark]:
    return validity_part(certificate), validity_mark(certificate)
