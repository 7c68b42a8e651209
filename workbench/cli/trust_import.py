"""``trust import``: files in, one stored bundle of authorities out, or nothing at all."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from workbench.cli.command import DONE, Command
from workbench.cli.files import read_source
from workbench.cli.output import WARN, Output
from workbench.cli.passwords import add_password_options, given_password, with_password
from workbench.cli.sources import trust_library
from workbench.cli.trust import bundle_document
from workbench.core.i18n import _, ngettext
from workbench.core.tls.certificate import Certificate


def _run(args: Namespace) -> int:
    output = Output.of(args)
    certificates = tuple(dict.fromkeys(one for name in args.files for one in _read(args, name)))
    name = args.name if args.name is not None else Path(args.files[0]).stem
    _say_what_was_found(output, certificates)
    bundle = trust_library().add(name, certificates, replace=args.replace)
    if args.json:
        output.document(bundle_document(bundle))
    output.say(_("Stored as “{name}”.").format(name=bundle.name))
    return DONE


def _read(args: Namespace, name: str) -> tuple[Certificate, ...]:
    from workbench.core.formats import Wanted, import_sources

    source = read_source(name)
    question = _("Password of {file}:").format(file=source.name)

    def read(password: str | None) -> tuple[Certificate, ...]:
        return import_sources([source], password, Wanted.AUTHORITIES).authorities

    return with_password(given_password(args), question, read)[0]


def _say_what_was_found(output: Output, certificates: tuple[Certificate, ...]) -> None:
    count = len(certificates)
    output.say(ngettext("Found: {count} certificate", "Found: {count} certificates", count).format(count=count))
    for certificate in certificates:
        problems = [
            *([_("it has expired")] if certificate.is_expired() else []),
            *([_("it is not valid yet")] if certificate.is_not_yet_valid() else []),
            *([] if certificate.is_ca else [_("it is not a CA certificate: it can only vouch for itself")]),
        ]
        if problems:
            output.say(f"  {certificate.common_name}: {'; '.join(problems)}", WARN)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help=_("files with CA certificates"))
    parser.add_argument("--name", metavar="NAME", help=_("name of the bundle; default: from the first file"))
    parser.add_argument("--replace", action="store_true", help=_("replace the stored bundle of that name"))
    add_password_options(parser, _("the password of an encrypted truststore"))


IMPORT = Command(
    run=_run,
    configure=_configure,
    description=_("Reads PEM, DER, PKCS#7, PKCS#12 and Java truststores, whatever their file names."),
    examples=("trust import ca.pem --name corporate", "trust import root.cer issuing.p7b --name partner --replace"),
)
