"""``identity password``: a new password for a stored key, random or one's own."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from workbench.cli.command import DONE, Command, wrong_usage
from workbench.cli.identity import identity_document
from workbench.cli.output import Output
from workbench.cli.passwords import add_password_options, ask_new, given_password, with_password
from workbench.cli.sources import identity_store
from workbench.core.i18n import _

if TYPE_CHECKING:
    from workbench.core.storage import PasswordKept


def _run(args: Namespace) -> int:
    from workbench.core.storage import PasswordKept

    store, output = identity_store(), Output.of(args)
    stored = store.find(args.name)
    keep = PasswordKept.ASK if args.ask_every_time else PasswordKept.KEYRING if args.keyring else stored.password
    new = given_password(args)
    if args.random and (new is not None or keep is PasswordKept.ASK):
        wrong_usage(args, _("--random generates a password for the keyring: do not give another one"))
    question = _("Current password of “{name}”:").format(name=stored.name)
    _opened, old = with_password(
        given_password(args, "old-"), question, lambda password: store.open(stored.name, password)
    )
    if new is None and keep is PasswordKept.ASK:
        new = ask_new(_("New password of “{name}”:").format(name=stored.name))
    changed = store.set_password(stored.name, old=old, new=new, keep=keep)
    if args.json:
        output.document(identity_document(changed))
    output.say(_words(keep, given=new is not None).format(name=changed.name))
    return DONE


def _words(keep: "PasswordKept", *, given: bool) -> str:
    if keep.value == "ask":
        return _("“{name}” has a new password, which is asked for every time.")
    if given:
        return _(
            "“{name}” has a new random password, stored in the keyring. The password that you gave "
            "was not used; use --ask-every-time for that."
        )
    return _("“{name}” has a new random password, stored in the keyring.")


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("name of a stored identity"))
    add_password_options(parser, _("the new password, for --ask-every-time,"))
    add_password_options(parser, _("the current password, if the keyring does not have it,"), "old-")
    parser.add_argument(
        "--random", action="store_true", help=_("generate a random password for the keyring (the default)")
    )
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--keyring", action="store_true", help=_("store the password in the keyring from now on"))
    place.add_argument("--ask-every-time", action="store_true", help=_("ask for the password every time from now on"))


PASSWORD = Command(
    run=_run,
    configure=_configure,
    description=_(
        "Encrypts the key again: with a random password stored in the keyring, or with your "
        "own password, which\n"
        "is asked for every time. Unless you choose, it stays with the method used now."
    ),
    examples=(
        "identity password alice",
        "identity password alice --ask-every-time",
        "identity password alice --ask-every-time --password-env NEW_PASSWORD",
        "identity password alice --keyring --old-password-env OLD_PASSWORD",
    ),
)
