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
        wrong_usage(args, _("--random makes a password that only the keyring knows: give no other with it"))
    question = _("Password of “{name}” until now:").format(name=stored.name)
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
        return _("“{name}” has a new password; it is asked for every time.")
    if given:
        return _(
            "“{name}” has a new random password, which the keyring keeps. The one that you gave is not used: "
            "it would be with --ask-every-time."
        )
    return _("“{name}” has a new random password; the keyring keeps it.")


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("name of a stored identity"))
    add_password_options(parser, _("the new password, for --ask-every-time,"))
    add_password_options(parser, _("the password until now, where the keyring does not keep it,"), "old-")
    parser.add_argument(
        "--random", action="store_true", help=_("a random password, as the keyring always keeps one (the default)")
    )
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--keyring", action="store_true", help=_("keep it in the keyring from now on"))
    place.add_argument("--ask-every-time", action="store_true", help=_("ask for it every time from now on"))


PASSWORD = Command(
    run=_run,
    configure=_configure,
    description=_(
        "The key is encrypted anew: under a random password that only the keyring knows, or under yours, which is\n"
        "asked for every time. Which of the two stays as it was unless you say otherwise."
    ),
    examples=(
        "identity password alice",
        "identity password alice --ask-every-time",
        "identity password alice --ask-every-time --password-env NEW_PASSWORD",
        "identity password alice --keyring --old-password-env OLD_PASSWORD",
    ),
)
