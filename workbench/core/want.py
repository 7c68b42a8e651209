"""What a collection from elsewhere may want of the person's computer: plain data."""

import enum
from dataclasses import dataclass, field

from workbench.core.i18n import _


class Thing(enum.Enum):
    """The kinds of things; the values are the names that the command line and the store use."""

    IDENTITY = "identity"
    ENVIRONMENT_VARIABLES = "environment-variables"
    AWS_PROFILE = "aws-profile"
    COOKIES = "cookies"
    TOKENS = "tokens"
    CONNECT_TO = "connect-to"
    PROXY = "proxy"
    NO_VERIFY = "no-verify"
    OLD_TLS = "old-tls"
    FILES = "files"
    SCRIPTS = "scripts"


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that a request of a collection wants to use.

    ``what`` is exactly which: the name of the identity, environment variable or profile, the path of the file, the
    address of the proxy; empty where the thing says it all. ``host`` is whom it is for, ``host`` or ``host:port``
    (443 is left out), with the scheme before it where the port does not tell that. ``source`` says in words which
    part of the collection asks; two wants that differ in nothing else are equal.
    """

    thing: Thing
    what: str
    host: str
    source: str = field(default="", compare=False)


def thing_words(thing: Thing, what: str) -> str:
    """The thing as a person says it, ``what`` included."""
    words = {
        Thing.IDENTITY: _("the identity “{what}”"),
        Thing.ENVIRONMENT_VARIABLES: _("the environment variable {what}"),
        Thing.AWS_PROFILE: _("the AWS profile “{what}”"),
        Thing.COOKIES: _("your cookies"),
        Thing.TOKENS: _("an access token for which you sign in at {what}"),
        Thing.CONNECT_TO: _("a connection to {what} instead of the URL's host"),
        Thing.PROXY: _("the proxy {what}"),
        Thing.NO_VERIFY: _("no server verification"),
        Thing.OLD_TLS: _("TLS lowered to {what}"),
        Thing.FILES: _("the file {what}"),
        Thing.SCRIPTS: _("the script {what}"),
    }
    return words[thing].format(what=what)
