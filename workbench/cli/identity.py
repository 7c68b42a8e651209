"""``identity list``, ``show``, ``rename`` and ``remove``: the stored client identities."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from workbench.cli.command import DONE, Command, invalid
from workbench.cli.output import BOLD, Output, say_error
from workbench.cli.sources import identity_store
from workbench.cli.tls_options import NONE
from workbench.core.i18n import _

if TYPE_CHECKING:
    from workbench.core.storage import StoredIdentity
    from workbench.core.tls.document import Document


def identity_document(stored: "StoredIdentity") -> "Document":
    """What there is to know of one stored identity: its name, CERT, and the rest of the chain."""
    from workbench.core.tls.document import certificate_document, certificates_document, time_text

    return {
        "name": stored.name,
        **certificate_document(stored.certificate),
        "chain": certificates_document(stored.chain),
        "password": stored.password.value,
        "created": time_text(stored.created),
    }


def check_name(name: str) -> None:
    """Raise ``InvalidInput`` for a name that ``--identity`` understands as something else."""
    if name.strip().casefold() == NONE:
        raise invalid(
            _("“{name}” cannot be used as an identity name.").format(name=name), detail=_("It stands for no identity.")
        )


def _list(args: Namespace) -> int:
    from workbench.cli.layout import Column
    from workbench.core.tls.document import certificate_document
    from workbench.core.words import date_words, validity_words

    store, output = identity_store(), Output.of(args)
    identities = store.list()
    for error in store.unreadable():
        say_error(error)
    if args.json:
        output.document(
            {"identities": [{"name": one.name, **certificate_document(one.certificate)} for one in identities]}
        )
    elif identities:
        output.table(
            (
                Column(_("Name"), wraps=True),
                Column(_("Subject"), 4),
                Column(_("Issuer"), 1),
                Column(_("Key"), 3),
                Column(_("Expires")),
                Column(""),
                Column(_("Password"), 2),
            ),
            [
                (
                    one.name,
                    one.certificate.subject,
                    one.certificate.issuer,
                    one.certificate.key,
                    date_words(one.certificate.not_after),
                    validity_words(one.certificate),
                    one.password.value,
                )
                for one in identities
            ],
        )
    else:
        output.say(_("No identities yet. Import one: mtls-workbench identity import FILE…"))
    return DONE


def _show(args: Namespace) -> int:
    from workbench.cli.describe import certificate_lines

    stored, output = identity_store().find(args.name), Output.of(args)
    if args.json:
        output.document(identity_document(stored))
        return DONE
    lines = [(stored.name, BOLD)]
    for depth, certificate in enumerate(stored.chain):
        lines.append((_("certificate") if depth == 0 else _("issuer {depth}").format(depth=depth), BOLD))
        lines += certificate_lines(certificate, "  ")
    kept = {"keyring": _("in the keyring"), "ask": _("asked for every time")}[stored.password.value]
    output.lines([*lines, (_("password {kept}").format(kept=kept), "")])
    return DONE


def _rename(args: Namespace) -> int:
    check_name(args.new)
    stored, output = identity_store().rename(args.name, args.new), Output.of(args)
    if args.json:
        output.document(identity_document(stored))
    output.say(_("Renamed “{old}” to “{new}”.").format(old=args.name, new=stored.name))
    return DONE


def _remove(args: Namespace) -> int:
    store, output = identity_store(), Output.of(args)
    stored = store.find(args.name)
    store.remove(stored.name)
    if args.json:
        output.document(identity_document(stored))
    output.say(_("Removed “{name}” with its key and password.").format(name=stored.name))
    return DONE


def _no_arguments(_parser: ArgumentParser) -> None:
    return


def _one_name(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("name of a stored identity"))


def _two_names(parser: ArgumentParser) -> None:
    _one_name(parser)
    parser.add_argument("new", metavar="NEW", help=_("the new name"))


LIST = Command(_list, _no_arguments, ("identity list", "identity list --json"))
SHOW = Command(_show, _one_name, ("identity show alice", "identity show alice --json"))
RENAME = Command(_rename, _two_names, ("identity rename alice 'alice (test)'",))
REMOVE = Command(_remove, _one_name, ("identity remove alice",))
