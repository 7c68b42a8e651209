"""The server's chain as tree nodes: what it presented against what we verified."""

from collections.abc import Sequence

from workbench.core.i18n import _, ngettext
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import PeerProof, VerificationError
from workbench.core.tls.presented import Place, places
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import date_words, validity_mark, validity_words
from workbench.ui.models.tree import Node

TITLES = (_("Certificate"), _("Validity"), _("Role"))


def chain_nodes(peer: PeerProof) -> tuple[Node, ...]:
    """Two branches: the verified path from its root down, and the certificates in the order they were sent."""
    if not peer.presented and not peer.errors and not peer.verified:
        return ()
    branches = [_verified(peer), _presented(peer)]
    placed = {*peer.presented, *(peer.verified or ())}
    homeless = [error for error in peer.errors if error.certificate not in placed]
    return tuple(branches) + tuple(_error(error) for error in homeless if _unclaimed(error, peer))


def certificate_node(
    certificate: Certificate, role: str, *, children: Sequence[Node] = (), mark: Mark | None = None
) -> Node:
    """One certificate as a line: name, days, role."""
    return Node(
        (certificate.common_name, validity_words(certificate), role),
        mark=mark or validity_mark(certificate),
        tip=_("{subject}\nissued by {issuer}\nvalid from {start} to {end}").format(
            subject=certificate.subject,
            issuer=certificate.issuer,
            start=date_words(certificate.not_before),
            end=date_words(certificate.not_after),
        ),
        item=certificate,
        children=tuple(children),
    )


def _verified(peer: PeerProof) -> Node:
    if peer.verified is None:
        title = _("Verified: no path to a trusted CA")
        return Node((title, "", ""), mark=Mark.BAD, strong=True)
    *_unused, root = peer.verified
    below: tuple[Node, ...] = ()
    for depth, certificate in enumerate(peer.verified):  # leaf first, so each line takes the ones before it in
        errors = _errors_at(certificate, depth, peer)
        role = _role(certificate, depth, peer, is_root=certificate is root)
        below = (certificate_node(certificate, role, children=(*errors, *below), mark=_worst(certificate, errors)),)
    source = _("root from bundle “{bundle}”").format(bundle=peer.trust) if peer.trust else _("root not from a bundle")
    title = _("Verified: {source}").format(source=source)
    mark = Mark.BAD if peer.errors or not peer.trusted else Mark.GOOD
    return Node((title, "", ""), mark=mark, strong=True, children=below)


def _presented(peer: PeerProof) -> Node:
    count = len(peer.presented)
    title = ngettext(
        "Presented by the server: {count} certificate", "Presented by the server: {count} certificates", count
    ).format(count=count)
    lines = []
    for position, (certificate, place) in enumerate(zip(peer.presented, places(peer.presented), strict=True)):
        errors = _errors_at(certificate, position, peer)
        role = _sent_role(place, certificate, peer)
        lines.append(certificate_node(certificate, role, children=errors, mark=_worst(certificate, errors)))
    return Node((title, "", ""), mark=Mark.NOTE, strong=True, children=tuple(lines))


def _role(certificate: Certificate, depth: int, peer: PeerProof, *, is_root: bool) -> str:
    kind = _("server") if depth == 0 else _("root") if is_root else _("intermediate")
    if certificate in peer.presented:
        return _("{kind}, sent").format(kind=kind)
    return _("{kind}, from your trust bundles").format(kind=kind)


_PLACES = {
    Place.LEAF: _("server"),
    Place.INTERMEDIATE: _("intermediate"),
    Place.OUT_OF_ORDER: _("intermediate, out of order"),
    Place.ROOT: _("root, does not need to be sent"),
    Place.TWICE: _("sent twice"),
    Place.STRANGER: _("does not belong to the chain"),
}


def _sent_role(place: Place, certificate: Certificate, peer: PeerProof) -> str:
    if place in (Place.INTERMEDIATE, Place.OUT_OF_ORDER) and peer.verified and certificate not in peer.verified:
        return _("not needed for the path")
    return _PLACES[place]


def _errors_at(certificate: Certificate, depth: int, peer: PeerProof) -> tuple[Node, ...]:
    return tuple(
        _error(error)
        for error in peer.errors
        if error.certificate == certificate or (error.certificate is None and error.depth == depth)
    )


def _unclaimed(error: VerificationError, peer: PeerProof) -> bool:
    longest = max(len(peer.presented), len(peer.verified or ()))
    return error.certificate is not None or error.depth >= longest


def _error(error: VerificationError) -> Node:
    # A message of its own line, so that no certificate's name hides it.
    text = _("Error {code}: {message}").format(code=error.code, message=error.message)
    tip = _("OpenSSL verification error {code} at depth {depth}").format(code=error.code, depth=error.depth)
    return Node((text, "", ""), mark=Mark.BAD, tip=tip, item=error)


def _worst(certificate: Certificate, errors: Sequence[Node]) -> Mark:
    return Mark.BAD if errors else validity_mark(certificate)
