"""What each server and identity of the lab is good for, in one sentence, for all who list them."""

from workbench.core.i18n import _

SERVERS = {
    "mutual": _("Asks for a client certificate and insists. It echoes the request and says whom it recognised."),
    "optional": _("Asks for a client certificate, and also answers without one."),
    "one-way": _("Proves itself and never asks for a client certificate."),
    "tls12": _("Mutual, but speaks TLS 1.2 at most."),
    "expired": _("Its certificate has expired."),
    "wrong-name": _("Its certificate is for another host."),
    "untrusted": _("Its certificate comes from an authority that nobody trusts."),
    "incomplete": _("It does not send the intermediate certificate that leads to its root."),
}

IDENTITIES = {
    "alice": _("Good."),
    "bob": _("Good, too: somebody else."),
    "expired": _("Its time is over."),
    "not-yet-valid": _("Its time has not begun."),
    "wrong-ca": _("Comes from an authority that the servers do not know."),
    "wrong-usage": _("Made for servers, not for clients."),
    "missing-intermediate": _("Good, but sent without the intermediate that issued it."),
}
