"""What came of our certificate is claimed only where it is known."""

from dataclasses import replace

import pytest

from tests.core.doctor.cases import NOW, World, alert, asked
from workbench.core.doctor import Evidence, client_authentication
from workbench.core.exchange import ClientAuthentication, Phase, Trouble
from workbench.core.tls.handshake import ClientProof, Handshake

NGINX_REFUSES = "<center>The SSL certificate error</center>"


def status(handshake: Handshake | None, number: int, page: str = "") -> ClientAuthentication:
    evidence = Evidence(Trouble.STATUS, Phase.RECEIVE, handshake=handshake, status=number, page=page, now=NOW)
    return client_authentication(evidence)


def failed(handshake: Handshake | None, trouble: Trouble, phase: Phase = Phase.WAIT) -> ClientAuthentication:
    return client_authentication(Evidence(trouble, phase, handshake=handshake, now=NOW))


def test_an_answer_that_is_no_refusal_proves(world: World) -> None:
    sent = asked((world.alice,))
    assert status(sent, 200) is ClientAuthentication.PROVED
    assert status(sent, 500) is ClientAuthentication.PROVED
    assert status(sent, 400, "missing field") is ClientAuthentication.PROVED


def test_a_page_that_refuses_the_certificate_does_not(world: World) -> None:
    assert status(asked((world.alice,)), 400, NGINX_REFUSES) is ClientAuthentication.REFUSED


def test_a_status_that_may_be_about_something_else_is_told_apart(world: World) -> None:
    bearer = Evidence(
        Trouble.STATUS,
        Phase.RECEIVE,
        handshake=asked((world.alice,)),
        status=401,
        headers=(("WWW-Authenticate", "Bearer"),),
        now=NOW,
    )
    assert client_authentication(bearer) is ClientAuthentication.PROVED
    assert status(asked((world.alice,)), 403, "error code: 1020") is ClientAuthentication.SENT


def test_an_answer_without_a_reason_is_a_refusal_only_where_we_know_of_one(world: World) -> None:
    """Nginx can be told to refuse by a page of its own; others answer 403 to whom they know and do not let in."""
    assert status(asked((world.alice,)), 403) is ClientAuthentication.SENT
    expired = asked((world.identity("CN=old", days=(-400, -20)),))
    assert status(expired, 403) is ClientAuthentication.REFUSED
    assert status(expired, 400, "Sorry") is ClientAuthentication.SENT
    assert status(expired, 200) is ClientAuthentication.PROVED


@pytest.mark.parametrize("version", ["TLSv1.2", "TLSv1.3"])
def test_a_handshake_proves_nothing_by_itself(world: World, version: str) -> None:
    handshake = asked((world.alice,), version=version)
    evidence = Evidence(Trouble.STATUS, Phase.RECEIVE, handshake=handshake, now=NOW)
    assert client_authentication(evidence) is ClientAuthentication.SENT


def test_a_fatal_alert_refuses(world: World) -> None:
    handshake = asked((world.alice,), alerts=[alert(48)])
    assert failed(handshake, Trouble.ALERT) is ClientAuthentication.REFUSED


@pytest.mark.parametrize("trouble", [Trouble.EOF, Trouble.RESET, Trouble.TIMEOUT])
def test_silence_is_no_refusal_that_is_known_of(world: World, trouble: Trouble) -> None:
    assert failed(asked((world.alice,)), trouble) is ClientAuthentication.SENT


def test_nothing_sent_and_nothing_asked(world: World) -> None:
    assert status(asked(), 200) is ClientAuthentication.NONE_SENT
    assert failed(asked(alerts=[alert(116)]), Trouble.ALERT) is ClientAuthentication.NONE_SENT
    one_way = replace(asked(presented=world.chain), client=ClientProof())
    assert status(one_way, 200) is ClientAuthentication.NOT_REQUESTED
    assert status(None, 200) is ClientAuthentication.NOT_REQUESTED


def test_an_end_before_the_server_could_ask_says_nothing() -> None:
    assert failed(None, Trouble.REFUSED, Phase.CONNECT) is ClientAuthentication.UNKNOWN
    assert failed(Handshake(), Trouble.EOF, Phase.TLS) is ClientAuthentication.UNKNOWN
