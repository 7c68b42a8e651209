"""What we proved to the server, as tree nodes: certificates sent, authorities and algorithms it named."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.core.credentials import IdentityRow
from workbench.core.i18n import _, ngettext
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import ClientProof
from workbench.ui.look.marks import Mark
from workbench.ui.models.chain import certificate_node
from workbench.ui.models.tree import Node

TITLES = (_("Certificate request and response"), _("Validity"), _("Role"))


def proof_nodes(client: ClientProof, others: Sequence[IdentityRow] = ()) -> tuple[Node, ...]:
    """Four branches; those that are empty say so in words. Nothing when the server did not ask.

    ``others`` are identities besides the sent one that would fit.
    """
    if not client.requested:
        return ()
    return (_sent(client), _others(client, others), _authorities(client), _algorithms(client))


def _sent(client: ClientProof) -> Node:
    count = len(client.sent)
    if not count:
        return Node((_("Sent: no certificate"), "", ""), mark=Mark.WARNING, strong=True)
    title = ngettext("Sent: {count} certificate", "Sent: {count} certificates", count).format(count=count)
    lines = tuple(
        certificate_node(certificate, _("you") if position == 0 else _("your chain"))
        for position, certificate in enumerate(client.sent)
    )
    return Node((title, "", ""), mark=Mark.GOOD, strong=True, children=lines)


def _others(client: ClientProof, others: Sequence[IdentityRow]) -> Node:
    if not others:
        words = _("None of your other identities matches") if client.sent else _("None of your identities matches")
        return Node((words, "", ""), mark=Mark.NOTE, strong=True)
    title = _("Your other matching identities: {count}") if client.sent else _("Your matching identities: {count}")
    lines = tuple(replace(certificate_node(row.certificate, _("identity")), item=row) for row in others)
    named = tuple(replace(line, texts=(row.name, *line.texts[1:])) for line, row in zip(lines, others, strict=True))
    return Node((title.format(count=len(others)), "", ""), mark=Mark.NOTE, strong=True, children=named)


def _authorities(client: ClientProof) -> Node:
    names = client.acceptable_authorities
    if not names:
        return Node((_("CAs it accepts: none named, so any may be accepted"), "", ""), mark=Mark.NOTE, strong=True)
    fits = any(_issued_under(name, client.sent) for name in names)
    title = _("CAs it accepts: {count}").format(count=len(names))
    if client.sent and not fits:
        title = _("CAs it accepts: {count}, none of which issued what you sent").format(count=len(names))
    mark = Mark.NOTE if fits or not client.sent else Mark.WARNING
    lines = tuple(_authority(name, client) for name in names)
    return Node((title, "", ""), mark=mark, strong=True, children=lines)


def _authority(name: str, client: ClientProof) -> Node:
    if _issued_under(name, client.sent):
        words = _("{name} · issued what you sent").format(name=name)
        return Node((words, "", ""), mark=Mark.GOOD, item=name)
    return Node((name, "", ""), mark=Mark.NONE, item=name)


def _issued_under(name: str, sent: tuple[Certificate, ...]) -> bool:
    return any(name in (certificate.issuer, certificate.subject) for certificate in sent)


def _algorithms(client: ClientProof) -> Node:
    names = client.signature_algorithms
    if not names:
        return Node((_("Signature algorithms it accepts: none named"), "", ""), mark=Mark.NOTE, strong=True)
    title = _("Signature algorithms it accepts: {count}").format(count=len(names))
    lines = tuple(Node((name, "", ""), mark=Mark.NONE, item=name) for name in names)
    return Node((title, "", ""), mark=Mark.NOTE, strong=True, children=lines)
