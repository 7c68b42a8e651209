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
    Entry("send", _("Send a request and show the response and its TLS details."), "send:SEND"),
    Entry("inspect", _("Inspect a server's TLS without HTTP: what it proves and what it asks for."), "inspect:INSPECT"),
    Entry("explain", _("Explain an error message of another program."), "explain:EXPLAIN"),
    Entry("identity list", _("List the stored client identities."), "identity:LIST"),
    Entry("identity show", _("Show one identity: certificate, chain, thumbprints."), "identity:SHOW"),
    Entry("identity import", _("Import a key and certificates from files."), "identity_import:IMPORT"),
    Entry("identity rename", _("Rename an identity."), "identity:RENAME"),
    Entry("identity remove", _("Delete an identity with its key and password."), "identity:REMOVE"),
    Entry("identity password", _("Change the password that protects a key."), "identity_password:PASSWORD"),
    Entry("trust list", _("List the trust bundles."), "trust:LIST"),
    Entry("trust show", _("Show the CA certificates of a bundle."), "trust:SHOW"),
    Entry("trust import", _("Import CA certificates from files as a trust bundle."), "trust_import:IMPORT"),
    Entry("trust rename", _("Rename a trust bundle."), "trust:RENAME"),
    Entry("trust remove", _("Delete a trust bundle."), "trust:REMOVE"),
    Entry("lab", _("Run test servers with test identities on this computer."), "lab:LAB"),
    Entry("self-test", _("Check that this installation works."), "self_test:SELF_TEST"),
)


def is_command(word: str) -> bool:
    """Whether ``word`` is the first word of a command."""
    return any(entry.words.split()[0] == word for entry in COMMANDS)


def family(word: str) -> tuple[Entry, ...]:
    """The commands that begin with ``word``: one, or several for ``identity`` and ``trust``."""
    return tuple(entry for entry in COMMANDS if entry.words.split()[0] == word)
