"""``identity import``: files in, one stored identity out, or nothing at all."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, cast

from workbench.cli.command import DONE, Command
from workbench.cli.files import read_source
from workbench.cli.identity import check_name, identity_document
from workbench.cli.output import Output
from workbench.cli.passwords import add_password_options, ask_new, given_password, with_password
from workbench.cli.sources import identity_store
from workbench.core.errors import KeyringUnavailable
from workbench.core.i18n import _

if TYPE_CHECKING:
    from workbench.core.formats import ImportedIdentity


def _run(args: Namespace) -> int:
    from workbench.cli.document import findings_document
    from workbench.core.storage import PasswordKept

    output = Output.of(args)
    if args.name is not None:
        check_name(args.name)
    imported, password = _read(args)
    check_name(imported.identity.name)
    _say_what_was_found(output, imported)
    keep = PasswordKept.ASK if args.ask_every_time else PasswordKept.KEYRING
    if args.ask_every_time and password is None:
        password = ask_new(_("New password for this key, asked for every time:"))
    try:
        stored = identity_store().add(imported.identity, password=password, keep=keep, replace=args.replace)
    except KeyringUnavailable as error:
        raise KeyringUnavailable(
            error.title,
            detail=error.detail,
            hint=error.hint + "\n" + _("Nothing was stored. With --ask-every-time no keyring is needed."),
        ) from error
    if args.json:
        document = identity_document(stored)
        output.document(document | {"format": imported.format, "findings": findings_document(imported.findings)})
    output.say(_("Stored as “{name}”.").format(name=stored.name))
    return DONE


def _read(args: Namespace) -> "tuple[ImportedIdentity, str | None]":
    from workbench.core.formats import Wanted, import_sources

    sources = [read_source(name) for name in args.files]
    question = _("Password of the private key in {files}:").format(files=", ".join(source.name for source in sources))

    def read(password: str | None) -> "ImportedIdentity":
        imported = import_sources(sources, password, Wanted.IDENTITY, args.name)
        return cast("ImportedIdentity", imported.identity)  # what is wanted is found, or an error

    return with_password(given_password(args), question, read)


def _say_what_was_found(output: Output, imported: "ImportedIdentity") -> None:
    from workbench.cli.describe import certificate_lines, finding_lines

    output.say(_("Found: {format}").format(format=imported.format))
    for line in certificate_lines(imported.identity.certificate, "  "):
        output.say(*line)
    issuers = [certificate.common_name for certificate in imported.identity.chain[1:]]
    if issuers:
        output.say(_("Chain: {names}").format(names=" → ".join(issuers)))
    for words in imported.left_out:
        output.say(_("Left out: {what}").format(what=words))
    for finding in imported.findings:
        for line in finding_lines(finding):
            output.say(*line)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help=_("files with the key, certificate and chain, in any order")
    )
    parser.add_argument(
        "--name", metavar="NAME", help=_("name of the identity; default: from the file or the certificate")
    )
    parser.add_argument("--replace", action="store_true", help=_("replace the stored identity of that name"))
    parser.add_argument(
        "--ask-every-time",
        action="store_true",
        help=_("protect the stored key with your password, which is not stored; needs no keyring"),
    )
    add_password_options(parser, _("the password that opens the files"))


IMPORT = Command(
    run=_run,
    configure=_configure,
    description=_(
        "Reads PEM in any combination, DER, PKCS#8, PKCS#1, SEC1, PKCS#12 and Java keystores, "
        "whatever their\n"
        "file names, and shows what was found before storing it. The key is stored encrypted "
        "with a random\n"
        "password, which is stored in this computer's keyring and nowhere else."
    ),
    examples=(
        "identity import client.p12 --name alice",
        "identity import client.crt client.key ca-chain.pem",
        "identity import client.p12 --password-env P12_PASSWORD --ask-every-time",
    ),
)
