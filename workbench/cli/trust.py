"""``trust list``, ``show``, ``rename`` and ``remove``: the bundles of authorities."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from workbench.cli.command import DONE, Command
from workbench.cli.output import Output, say_error
from workbench.cli.sources import trust_library
from workbench.core.errors import TrustError
from workbench.core.i18n import _
from workbench.core.tls.trust import MOZILLA, SYSTEM, Bundle

if TYPE_CHECKING:
    from workbench.core.tls.document import Document


def bundle_document(bundle: Bundle) -> "Document":
    """A bundle with CERT of each authority."""
    from workbench.core.tls.document import certificates_document

    return {"name": bundle.name, "certificates": certificates_document(bundle.certificates)}


def _list(args: Namespace) -> int:
    from workbench.cli.layout import Column

    library, output = trust_library(), Output.of(args)
    sizes: list[tuple[str, int, str]] = []
    for name in (SYSTEM, MOZILLA):
        try:
            sizes.append((name, len(library.builtin(name).certificates), _("built in")))
        except TrustError as error:
            say_error(error)
            sizes.append((name, 0, _("built in")))
    sizes += [(bundle.name, len(bundle.certificates), _("imported")) for bundle in library.list()]
    for unreadable in library.unreadable():
        say_error(unreadable)
    if args.json:
        output.document({"bundles": [{"name": name, "certificates": count} for name, count, _origin in sizes]})
    else:
        columns = (Column(_("Name"), wraps=True), Column(_("CAs")), Column(_("Origin"), 1))
        output.table(columns, [(name, str(count), origin) for name, count, origin in sizes])
    return DONE


def _show(args: Namespace) -> int:
    from workbench.cli.describe import certificate_lines
    from workbench.cli.layout import Column
    from workbench.core.words import date_words, validity_words

    bundle, output = trust_library().find(args.name), Output.of(args)
    if args.json:
        output.document(bundle_document(bundle))
    elif args.verbose:
        blocks = ["\n".join(line.text for line in certificate_lines(one)) for one in bundle.certificates]
        output.text("\n\n".join(blocks))
    else:
        output.table(
            (
                Column(_("CA"), wraps=True),
                Column(_("Key"), 2),
                Column(_("Expires")),
                Column(""),
                Column("SHA-256", 1),
            ),
            [
                (one.common_name, one.key, date_words(one.not_after), validity_words(one), one.sha256)
                for one in bundle.certificates
            ],
        )
    return DONE


def _rename(args: Namespace) -> int:
    bundle, output = trust_library().rename(args.name, args.new), Output.of(args)
    if args.json:
        output.document(bundle_document(bundle))
    output.say(_("Renamed “{old}” to “{new}”.").format(old=args.name, new=bundle.name))
    return DONE


def _remove(args: Namespace) -> int:
    library, output = trust_library(), Output.of(args)
    bundle = library.find(args.name)
    library.remove(bundle.name)
    if args.json:
        output.document(bundle_document(bundle))
    output.say(_("Removed “{name}”.").format(name=bundle.name))
    return DONE


def _no_arguments(_parser: ArgumentParser) -> None:
    return


def _one_name(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("name of a bundle"))


def _two_names(parser: ArgumentParser) -> None:
    _one_name(parser)
    parser.add_argument("new", metavar="NEW", help=_("the new name"))


LIST = Command(
    _list,
    _no_arguments,
    ("trust list", "trust list --json"),
    description=_("“system” contains the CAs that this computer trusts, “mozilla” those that Firefox trusts."),
)
SHOW = Command(_show, _one_name, ("trust show system", "trust show corporate --verbose"))
RENAME = Command(_rename, _two_names, ("trust rename ca corporate",))
REMOVE = Command(_remove, _one_name, ("trust remove corporate",))
