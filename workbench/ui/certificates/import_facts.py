"""What files turned out to hold, as facts to read before anything is stored."""

from collections.abc import Sequence

from workbench.core.formats import ImportedIdentity
from workbench.core.i18n import _, ngettext
from workbench.core.tls.certificate import Certificate
from workbench.ui.look.words import date_words, validity_words

Facts = tuple[tuple[str, str], ...]
_NAMED = 8  # authorities that are named; of a longer list the rest is counted


def identity_facts(imported: ImportedIdentity) -> Facts:
    """Name and value of what matters about an identity."""
    leaf, chain = imported.identity.certificate, imported.identity.chain
    facts = [
        (_("Found"), imported.format),
        (_("Subject"), leaf.subject),
        (_("Issuer"), leaf.issuer),
        (_("Private key"), _("{key}, matches the certificate").format(key=leaf.key)),
        (_("Valid until"), f"{date_words(leaf.not_after)} · {validity_words(leaf)}"),
        (_("Chain"), " → ".join(link.common_name for link in chain)),
    ]
    facts += [(_("Left out"), words) for words in imported.left_out]
    return tuple(facts)


def authority_facts(certificates: Sequence[Certificate]) -> Facts:
    """How many certificates and the first of them by name; of a single one all that identifies it."""
    count = len(certificates)
    lines = [f"{certificate.common_name} · {validity_words(certificate)}" for certificate in certificates[:_NAMED]]
    if count > _NAMED:
        lines.append(_("and {count} more").format(count=count - _NAMED))
    found = ngettext("{count} certificate", "{count} certificates", count).format(count=count)
    if count == 1:
        only = certificates[0]
        return (
            (_("Found"), found),
            (_("Subject"), only.subject),
            (_("Issuer"), _("itself: a root") if only.is_self_issued else only.issuer),
            (_("Valid"), f"{date_words(only.not_before)} – {date_words(only.not_after)} · {validity_words(only)}"),
            (_("Key"), only.key),
            (_("SHA-256"), only.sha256),
        )
    return ((_("Found"), found), ("", "\n".join(lines)))


def leaf_warning(certificates: Sequence[Certificate]) -> str:
    """What it means to trust certificates that are no authorities, or the empty string."""
    count = sum(not certificate.is_ca for certificate in certificates)
    words = ngettext(
        "{count} certificate is not a CA: trusting it means trusting that one server only.",
        "{count} certificates are not CAs: trusting them means trusting those servers only.",
        count,
    )
    return words.format(count=count) if count else ""
