"""The table of commands, light enough to be read at every start."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from workbench.core.i18n import _

if TYPE_CHECKING:
    from workbench.cli.command import Command


@dataclass(frozen=True, slots=True)
class Entry:
    """``words`` as typed, one line of help, and the ``module:NAME`` of its ``Command``."""

    words: str
    summary: str
    where: str

    def load(self) -> "Command":
        """Import the command."""
        module, _colon, name = self.where.partition(":")
        command: Command = getattr(import_module(f"workbench.cli.{module}"), name)
        return command


COMMANDS = (
    Entry("send", _("Send one request and show the response and what TLS did."), "send:SEND"),
    Entry("inspect", _("Shake hands without HTTP: what the server proves and asks for."), "inspect:INSPECT"),
    Entry("identity list", _("List the stored client identities."), "identity:LIST"),
    Entry("identity show", _("Show one identity: certificate, chain, thumbprints."), "identity:SHOW"),
    Entry("identity import", _("Read key and certificates from files and store them."), "identity_import:IMPORT"),
    Entry("identity rename", _("Give an identity another name."), "identity:RENAME"),
    Entry("identity remove", _("Delete an identity, its key and its password."), "identity:REMOVE"),
    Entry("identity password", _("Change the password that protects a key."), "identity_password:PASSWORD"),
    Entry("trust list", _("List the bundles of authorities."), "trust:LIST"),
    Entry("trust show", _("Show the authorities of one bundle."), "trust:SHOW"),
    Entry("trust import", _("Read authorities from files and store them as a bundle."), "trust_import:IMPORT"),
    Entry("trust rename", _("Give a bundle another name."), "trust:RENAME"),
    Entry("trust remove", _("Delete a bundle."), "trust:REMOVE"),
    Entry("lab", _("Run servers and identities of our own on this machine, to try things on."), "lab:LAB"),
    Entry("self-test", _("Check that this installation works."), "self_test:SELF_TEST"),
)


def is_command(word: str) -> bool:
    """Whether ``word`` is the first word of a command."""
    return any(entry.words.split()[0] == word for entry in COMMANDS)


def family(word: str) -> tuple[Entry, ...]:
    """The commands that begin with ``word``: one, or several for ``identity`` and ``trust``."""
    return tuple(entry for entry in COMMANDS if entry.words.split()[0] == word)
