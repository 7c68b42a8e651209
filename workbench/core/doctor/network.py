"""Never reached the server: names, connections, proxies."""

from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.phrases import about_ours, endpoint, join, proxy_name, reported
from workbench.core.doctor.rule import CERTAIN, FAINT, LIKELY, NO, PLAUSIBLE, POSSIBLE, Rule, Words
from workbench.core.doctor.wire import fatal_alert, http2_error, refused_hello, saw, server_spoke
from workbench.core.exchange import Phase
from workbench.core.i18n import _


def _dns(evidence: Evidence) -> int:
    if evidence.trouble is Trouble.DNS or (evidence.trouble is Trouble.TIMEOUT and evidence.phase is Phase.DNS):
        return CERTAIN
    return POSSIBLE if evidence.trouble is Trouble.UNREACHABLE else NO


def _dns_words(evidence: Evidence) -> Words:
    return Words(
        _("The host name “{host}” could not be resolved.").format(host=evidence.host),
        join(_("The name has no address, so nothing was sent."), reported(evidence)),
        _("Check the spelling of the host in the URL. A name on a company network needs its VPN or DNS server."),
    )


def _refused(evidence: Evidence) -> int:
    if evidence.trouble is Trouble.REFUSED:
        return CERTAIN
    return POSSIBLE if evidence.trouble is Trouble.UNREACHABLE else NO


def _refused_words(evidence: Evidence) -> Words:
    return Words(
        _("Connection refused by {endpoint}.").format(endpoint=endpoint(evidence)),
        join(_("The host is reachable, but refused the connection on this port."), reported(evidence)),
        _("Check the port in the URL, and that the service is running and listening on this address."),
    )


def _connection_timeout(evidence: Evidence) -> int:
    if evidence.trouble is Trouble.UNREACHABLE:
        return LIKELY
    if evidence.trouble is not Trouble.TIMEOUT:
        return NO
    if evidence.phase in (Phase.CONNECT, Phase.PREPARE):
        return CERTAIN
    return POSSIBLE if evidence.phase in (Phase.DNS, Phase.PROXY, Phase.TLS) else NO


def _connection_timeout_words(evidence: Evidence) -> Words:
    if evidence.trouble is Trouble.UNREACHABLE:
        title = _("{endpoint} cannot be reached from this computer.").format(endpoint=endpoint(evidence))
        seen = _("The network reports that there is no route to the address.")
    else:
        title = _("{endpoint} did not answer.").format(endpoint=endpoint(evidence))
        seen = _("No connection was established within the time limit. A firewall that drops packets looks like this.")
    return Words(
        title,
        join(seen, reported(evidence)),
        _("Check host and port, and whether a VPN, a proxy or a firewall rule is needed."),
    )


def _reset(evidence: Evidence) -> int:
    if evidence.trouble is Trouble.RESET:
        return PLAUSIBLE + FAINT
    if evidence.trouble in (Trouble.EOF, Trouble.TRUNCATED) and evidence.phase in (Phase.CONNECT, Phase.TLS):
        return PLAUSIBLE
    return NO


def _reset_words(evidence: Evidence) -> Words:
    if http2_error(evidence):
        return Words(
            _("The server aborted the request."),
            join(saw(evidence), _("Part of the response had arrived.") if evidence.phase is Phase.RECEIVE else ""),
            _("Check the server's log for the reason. A proxy in front of it may also have aborted it."),
        )
    if evidence.phase is not Phase.TLS:
        when = _("The connection to {endpoint} had been established.").format(endpoint=endpoint(evidence))
        when = join(when, about_ours(evidence))
        hint = _("Send the request again. If it keeps happening, check the server's log or ask its operator.")
    elif server_spoke(evidence):
        when = _("This was during the TLS handshake, after the server's first answer.")
        hint = _("Check the server's log for the reason. The Handshake tab shows the last message.")
    else:
        when = _("This was right after the first TLS message (ClientHello), before any TLS answer.")
        hint = _(
            "Check that this port uses TLS. Some servers close the connection when they do not "
            "know the host name or the TLS version, some firewalls when it is not allowed."
        )
    return Words(_("The connection was closed unexpectedly."), join(saw(evidence), when, reported(evidence)), hint)


def _proxy(evidence: Evidence) -> int:
    if evidence.trouble is Trouble.PROXY or evidence.phase is Phase.PROXY:
        return CERTAIN + FAINT
    on_the_way = evidence.phase in (Phase.DNS, Phase.CONNECT)
    if evidence.proxy and on_the_way:
        return CERTAIN + FAINT
    return FAINT if evidence.proxy and refused_hello(evidence) and fatal_alert(evidence) is None else NO


def _proxy_words(evidence: Evidence) -> Words:
    name = proxy_name(evidence) or _("the proxy")
    errors = evidence.handshake.peer.errors if evidence.handshake and evidence.trouble is Trouble.VERIFICATION else ()
    said = join(
        *([] if errors else [reported(evidence)]),
        *(_("Its certificate: {message}.").format(message=e.message) for e in errors[:1]),
    )
    what = {
        Trouble.DNS: _("Its host name could not be resolved."),
        Trouble.REFUSED: _("It refused the connection."),
        Trouble.UNREACHABLE: _("Its address cannot be reached."),
        Trouble.TIMEOUT: _("It did not answer within the time limit."),
        Trouble.RESET: _("It reset the connection."),
        Trouble.EOF: _("It closed the connection."),
        Trouble.VERIFICATION: _("It could not be verified."),
    }.get(evidence.trouble, _("It did not open a connection to {endpoint}.").format(endpoint=endpoint(evidence)))
    if evidence.status == 407 or "407" in evidence.message:
        hint = _(
            "The proxy requires a user name and password: put them in the proxy's URL, which sends them as Basic. One "
            "that takes only Negotiate or NTLM cannot be used."
        )
    elif evidence.status == 403 or "403" in evidence.message:
        hint = _("The proxy was reached and forbids this destination: ask its operator, or use another proxy.")
    elif evidence.trouble is Trouble.VERIFICATION:
        hint = _(
            "An https proxy is verified like a server: use a trust bundle that also contains its "
            "CA, and a host name from its certificate."
        )
    else:
        hint = _(
            "Check the proxy's address in the request or in the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY), or "
            "send without it if the server can be reached directly."
        )
    return Words(_("The proxy {name} could not be used.").format(name=name), join(what, said), hint)


RULES = (
    Rule("proxy-failure", _proxy, _proxy_words),
    Rule("dns-failure", _dns, _dns_words),
    Rule("connection-refused", _refused, _refused_words),
    Rule("connection-timeout", _connection_timeout, _connection_timeout_words),
    Rule("connection-reset", _reset, _reset_words),
)
