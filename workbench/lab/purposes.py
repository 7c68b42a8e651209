"""What each server and identity of the lab is good for, in one sentence, for all who list them."""

from workbench.core.i18n import _

SERVERS = {
    "mutual": _("Requires a client certificate. Echoes the request and names the client it recognised."),
    "optional": _("Requests a client certificate, and also answers without one."),
    "one-way": _("Proves its identity and never requests a client certificate."),
    "tls12": _("Mutual TLS with TLS 1.2 at most."),
    "expired": _("Its certificate has expired."),
    "wrong-name": _("Its certificate is for another host."),
    "untrusted": _("Its certificate is issued by a CA that no one trusts."),
    "incomplete": _("It does not send the intermediate certificate that leads to its root."),
}

IDENTITIES = {
    "alice": _("Valid."),
    "bob": _("Valid, for another person."),
    "expired": _("Has expired."),
    "not-yet-valid": _("Is not valid yet."),
    "wrong-ca": _("Issued by a CA that the servers do not know."),
    "wrong-usage": _("Intended for servers, not for clients."),
    "missing-intermediate": _("Valid, but sent without the intermediate that issued it."),
}
