"""``identity password``: another password for a stored key, or another place for it."""

from argparse import ArgumentParser, Namespace

from workbench.cli.command import DONE, Command, wrong_usage
from workbench.cli.identity import identity_document
from workbench.cli.output import Output
from workbench.cli.passwords import add_password_options, ask_new, can_ask, given_password, with_password
from workbench.cli.sources import identity_store
from workbench.core.i18n import _


def _run(args: Namespace) -> int:
    from workbench.core.storage import PasswordKept

    store, output = identity_store(), Output.of(args)
    stored = store.find(args.name)
    keep = PasswordKept.ASK if args.ask_every_time else PasswordKept.KEYRING if args.keyring else stored.password
    new = given_password(args)
    if args.random:
        if new is not None or keep is PasswordKept.ASK:
            wrong_usage(args, _("--random makes a password that only the keyring knows: give no other with it"))
    elif new is None and not (can_ask() or keep is PasswordKept.ASK):
        wrong_usage(args, _("name the new password with --password-env or --password-file, or use --random"))
    question = _("Password of “{name}” until now:").format(name=stored.name)
    _opened, old = with_password(
        given_password(args, "old-"), question, lambda password: store.open(stored.name, password)
    )
    if new is None and not args.random:
        new = ask_new(_("New password of “{name}”:").format(name=stored.name))
    changed = store.set_password(stored.name, old=old, new=new, keep=keep)
    if args.json:
        output.document(identity_document(changed))
    kept = _("the keyring keeps it") if keep is PasswordKept.KEYRING else _("it is asked for every time")
    output.say(_("“{name}” has a new password; {kept}.").format(name=changed.name, kept=kept))
    return DONE


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("name of a stored identity"))
    add_password_options(parser, _("the new password"))
    add_password_options(parser, _("the password until now, where the keyring does not keep it,"), "old-")
    parser.add_argument("--random", action="store_true", help=_("make a random password, kept in the keyring"))
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--keyring", action="store_true", help=_("keep it in the keyring from now on"))
    place.add_argument("--ask-every-time", action="store_true", help=_("ask for it every time from now on"))


PASSWORD = Command(
    run=_run,
    configure=_configure,
    description=_("The key is encrypted anew; where its password is kept stays as it was unless you say otherwise."),
    examples=(
        "identity password alice",
        "identity password alice --password-env NEW_PASSWORD",
        "identity password alice --ask-every-time",
        "identity password alice --keyring --random --old-password-env OLD_PASSWORD",
    ),
)
