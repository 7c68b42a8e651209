"""Passwords and tokens for one call: from an environment variable, a file, or asked for on the terminal.

Best not from an argument's value, which every process on the machine can read; a key's password never.
"""

import os
import sys
from argparse import Namespace, _ActionsContainer
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from workbench.cli.command import invalid
from workbench.cli.output import say_error
from workbench.core.errors import PasswordNeeded, WrongPassword
from workbench.core.i18n import _

ATTEMPTS = 3
_OPTIONS = _("Use --password-env for an environment variable that holds the password, or --password-file for a file.")

_T = TypeVar("_T")


def add_password_options(options: _ActionsContainer, what: str, prefix: str = "") -> None:
    """Add ``--password-env`` and ``--password-file``; ``prefix`` such as ``old-`` tells two passwords apart."""
    choice = options.add_mutually_exclusive_group()
    choice.add_argument(
        f"--{prefix}password-env",
        metavar="VAR",
        help=_("read {what} from this environment variable; default: ask on a terminal").format(what=what),
    )
    choice.add_argument(
        f"--{prefix}password-file", metavar="FILE", help=_("read {what} from the first line of FILE").format(what=what)
    )


def given_password(args: Namespace, prefix: str = "") -> str | None:
    """The password that the options name, or None when they name none. Raises ``InvalidInput``."""
    return given_secret(args, f"{prefix}password")


def given_secret(args: Namespace, name: str) -> str | None:
    """What ``--NAME-env`` or ``--NAME-file`` leads to, or None when neither is given. Raises ``InvalidInput``."""
    field = name.replace("-", "_")
    variable: str | None = getattr(args, f"{field}_env")
    file: str | None = getattr(args, f"{field}_file")
    if variable is not None:
        value = os.environ.get(variable)
        if value is None:
            raise invalid(
                _("The environment variable “{name}” is not set.").format(name=variable),
                hint=_("--{option} takes the name of the variable, not its value.").format(option=f"{name}-env"),
            )
        return value
    return None if file is None else _first_line(Path(file), f"--{name}-file")


def with_password(given: str | None, question: str, use: Callable[[str | None], _T]) -> tuple[_T, str | None]:
    """``use(given)`` and the password that worked; on a terminal a missing or wrong one is asked for.

    Raises what ``use`` raises, and ``PasswordNeeded`` or ``WrongPassword`` when nobody can be asked.
    """
    password = given
    for attempt in range(ATTEMPTS + 1):
        try:
            return use(password), password
        except (PasswordNeeded, WrongPassword) as error:
            if given is not None or attempt == ATTEMPTS:
                raise
            if not can_ask():
                raise PasswordNeeded(error.title, detail=error.detail, hint=_OPTIONS) from error
            if isinstance(error, WrongPassword):
                say_error(error)
            password = ask(question)
    raise AssertionError("the last attempt returned or raised")


def ask(question: str) -> str:
    """Ask on the terminal without showing what is typed."""
    from getpass import getpass

    return getpass(f"{question} ")


def ask_new(question: str) -> str:
    """Ask twice for a password to be set. Raises ``PasswordNeeded`` when nobody can be asked, or both differ."""
    if not can_ask():
        raise PasswordNeeded(
            _("A password is needed, but there is no terminal to ask on."),
            hint=_OPTIONS,
        )
    password = ask(question)
    if not password:
        raise invalid(_("The password is empty."), hint=_("Nothing was changed."))
    if ask(_("Repeat the password:")) != password:
        raise invalid(_("The passwords do not match."), hint=_("Nothing was changed; run the command again."))
    return password


def can_ask() -> bool:
    """Whether a person sits at the other end of stdin."""
    return sys.stdin is not None and sys.stdin.isatty()


def _first_line(path: Path, option: str) -> str:
    try:
        with path.open(encoding="utf-8") as stream:
            line = stream.readline(65_536)
    except OSError as error:
        title = _("The file of {option} cannot be read.").format(option=option)
        raise invalid(title, detail=f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise invalid(_("The file of {option} is not UTF-8 text.").format(option=option), detail=str(path)) from error
    return line.rstrip("\r\n")
