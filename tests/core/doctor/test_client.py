from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.hashes import SHA256

from tests.core.doctor.cases import (
    HOST,
    NOW,
    RSA_SCHEMES,
    SERVER,
    Holder,
    World,
    alert,
    asked,
    curve,
    hello,
    issue,
    our_certificate,
    refused,
    rsa_1024,
    with_policy,
)
from workbench.core.doctor import Evidence, Trouble, diagnose
from workbench.core.exchange import Phase
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import RECEIVED, Handshake, Message

CLOSED = (Trouble.EOF, Trouble.RESET)
# Every way in which seventeen servers said no to the same thing.
REFUSALS = [
    (Trouble.ALERT, 40),
    (Trouble.ALERT, 42),
    (Trouble.ALERT, 46),
    (Trouble.ALERT, 80),
    (Trouble.EOF, None),
    (Trouble.RESET, None),
]


def refusal(trouble: Trouble, code: int | None, sent: tuple[Certificate, ...], **more: object) -> Evidence:
    alerts = (alert(code),) if code is not None else ()
    handshake: Handshake = asked(sent, alerts=alerts, **more)  # type: ignore[arg-type]  # facts pass through
    return refused(handshake, trouble=trouble)


def page(status: int, text: str, handshake: Handshake) -> Evidence:
    evidence = refused(handshake, trouble=Trouble.STATUS, phase=Phase.RECEIVE)
    return replace(evidence, status=status, page=text)


@pytest.mark.parametrize(("trouble", "code"), [*REFUSALS, (Trouble.ALERT, 116), (Trouble.ALERT, 49)])
@pytest.mark.parametrize(("version", "complete"), [("TLSv1.3", True), ("TLSv1.2", False)])
def test_nothing_sent_is_required_on_every_server(
    world: World, trouble: Trouble, code: int | None, version: str, complete: bool
) -> None:
    authority = world.root.certificate.subject
    evidence = refusal(trouble, code, (), version=version, complete=complete, authorities=[authority])
    failure = diagnose(replace(evidence, phase=Phase.WAIT if complete else Phase.TLS))
    assert failure.code == "client-certificate-required"
    assert authority in failure.detail
    assert "No identity is set" in failure.detail


@pytest.mark.parametrize("phase", [Phase.SEND, Phase.WAIT])
def test_the_refusal_may_come_while_sending(phase: Phase) -> None:
    evidence = refused(asked(), trouble=Trouble.RESET, phase=phase)
    assert diagnose(evidence).code == "client-certificate-required"


def test_a_chosen_identity_that_was_not_sent_is_said(world: World) -> None:
    evidence = replace(refusal(Trouble.ALERT, 116, ()), identity_chain=(world.alice,), identity_name="alice")
    failure = diagnose(evidence)
    assert failure.code == "client-certificate-required"
    assert "“alice” was chosen" in failure.detail


def test_a_key_that_fits_no_algorithm_was_not_sent_and_is_unsupported(world: World) -> None:
    odd = world.identity("CN=odd", key=ed25519.Ed25519PrivateKey.generate())
    evidence = replace(refusal(Trouble.ALERT, 116, ()), identity_chain=(odd,), identity_name="odd")
    failure = diagnose(evidence)
    assert failure.code == "client-certificate-unsupported"
    assert "Ed25519" in failure.detail
    assert failure.candidates[0] == "client-certificate-required"
    on_a_curve = replace(refusal(Trouble.ALERT, 40, (), schemes=RSA_SCHEMES), identity_chain=(world.alice,))
    assert diagnose(on_a_curve).code == "client-certificate-unsupported"


@pytest.mark.parametrize(("trouble", "code"), [*REFUSALS, (Trouble.ALERT, 45)])
def test_expired(world: World, trouble: Trouble, code: int | None) -> None:
    old = world.identity("CN=old", days=(-400, -20))
    failure = diagnose(refusal(trouble, code, (old, world.middle.certificate)))
    assert failure.code == "client-certificate-expired"
    assert "2026-11-02" in failure.detail
    if trouble in CLOSED:
        assert "without saying why" in failure.detail


def test_expired_by_the_servers_word_only(world: World) -> None:
    failure = diagnose(refusal(Trouble.ALERT, 45, (world.alice, world.middle.certificate)))
    assert failure.code == "client-certificate-expired"
    assert "clock" in failure.hint
    assert "client-certificate-not-yet-valid" in failure.candidates


def test_an_expired_intermediate_of_ours(world: World) -> None:
    middle = issue("CN=Acme Issuing CA 0,O=Acme", world.root, ca=True, days=(-900, -30))
    chain = (world.identity("CN=a", middle), middle.certificate)
    failure = diagnose(refusal(Trouble.ALERT, 45, chain))
    assert failure.code == "client-certificate-expired"
    assert "your chain" in failure.title


@pytest.mark.parametrize(("trouble", "code"), [*REFUSALS, (Trouble.ALERT, 45)])
def test_not_yet_valid(world: World, trouble: Trouble, code: int | None) -> None:
    early = world.identity("CN=early", days=(9, 400))
    failure = diagnose(refusal(trouble, code, (early, world.middle.certificate)))
    assert failure.code == "client-certificate-not-yet-valid"
    assert "2026-12-01" in failure.detail


@pytest.mark.parametrize(("trouble", "code"), [*REFUSALS, (Trouble.ALERT, 43)])
@pytest.mark.parametrize("by_extended_usage", [True, False])
def test_wrong_purpose(world: World, trouble: Trouble, code: int | None, by_extended_usage: bool) -> None:
    if by_extended_usage:
        wrong = world.identity("CN=wrong", purposes=(SERVER,))
    else:
        wrong = world.identity("CN=wrong", digital_signature=False)
    failure = diagnose(refusal(trouble, code, (wrong, world.middle.certificate)))
    assert failure.code == "client-certificate-wrong-purpose"
    assert "a client needs" in failure.detail


@pytest.mark.parametrize(("trouble", "code"), [*REFUSALS, (Trouble.ALERT, 48)])
def test_untrusted_by_the_authorities_named(world: World, trouble: Trouble, code: int | None) -> None:
    chain = (world.identity("CN=guest", world.stranger),)
    authorities = [world.root.certificate.subject]
    failure = diagnose(refusal(trouble, code, chain, authorities=authorities))
    assert failure.code == "client-certificate-untrusted"
    assert world.stranger.certificate.subject in failure.detail
    assert authorities[0] in failure.detail


def test_untrusted_with_a_whole_chain_or_without_names(world: World) -> None:
    whole = (world.identity("CN=guest", world.stranger), world.stranger.certificate)
    authorities = [world.root.certificate.subject]
    assert diagnose(refusal(Trouble.EOF, None, whole, authorities=authorities)).code == "client-certificate-untrusted"
    assert diagnose(refusal(Trouble.ALERT, 48, whole)).code == "client-certificate-untrusted"
    mine = diagnose(refusal(Trouble.ALERT, 48, (world.alice, world.middle.certificate), authorities=authorities))
    assert mine.code == "client-certificate-untrusted"
    assert "does name that CA" in mine.detail


@pytest.mark.parametrize(("trouble", "code"), [*REFUSALS, (Trouble.ALERT, 48)])
def test_chain_incomplete(world: World, trouble: Trouble, code: int | None) -> None:
    failure = diagnose(refusal(trouble, code, (world.alice,), authorities=[world.root.certificate.subject]))
    assert failure.code == "client-certificate-chain-incomplete"
    assert world.middle.certificate.subject in failure.detail
    assert "client-certificate-untrusted" in failure.candidates


def test_chain_incomplete_is_sure_where_the_issuer_is_held(world: World) -> None:
    middle = issue("CN=Department 7", world.root, ca=True)
    alone = (world.identity("CN=x", middle),)
    evidence = refusal(Trouble.ALERT, 48, alone, authorities=[world.root.certificate.subject])
    assert diagnose(evidence).code == "client-certificate-untrusted"
    failure = diagnose(replace(evidence, known=(middle.certificate,)))
    assert failure.code == "client-certificate-chain-incomplete"
    assert "You have" in failure.detail


def test_an_issuer_that_the_server_names_is_not_missing(world: World) -> None:
    authorities = [world.middle.certificate.subject.upper()]
    failure = diagnose(refusal(Trouble.EOF, None, (world.alice,), authorities=authorities))
    assert failure.code == "client-certificate-rejected"


def test_revoked_by_the_servers_word_only(world: World) -> None:
    chain = (world.alice, world.middle.certificate)
    failure = diagnose(refusal(Trouble.ALERT, 44, chain))
    assert failure.code == "client-certificate-revoked"
    assert world.alice.serial in failure.detail
    assert "client-certificate-revoked" in diagnose(refusal(Trouble.EOF, None, chain)).candidates


def test_unsupported_by_the_servers_word_or_by_weakness(world: World) -> None:
    chain = (world.alice, world.middle.certificate)
    assert diagnose(refusal(Trouble.ALERT, 43, chain)).code == "client-certificate-unsupported"
    weak = (world.identity("CN=weak", key=rsa_1024()), world.middle.certificate)
    failure = diagnose(refusal(Trouble.ALERT, 42, weak))
    assert failure.code == "client-certificate-unsupported"
    assert "RSA-1024" in failure.detail


def test_a_weak_key_that_our_library_refuses_is_unsupported(world: World) -> None:
    chain = (world.identity("CN=weak", key=rsa_1024()),)
    evidence = Evidence(Trouble.TLS, Phase.PREPARE, HOST, 443, reason="ee key too small", identity_chain=chain, now=NOW)
    assert diagnose(evidence).code == "client-certificate-unsupported"


@pytest.mark.parametrize(("trouble", "code"), [*REFUSALS, (Trouble.ALERT, 51)])
def test_rejected_when_nothing_explains_it(world: World, trouble: Trouble, code: int | None) -> None:
    failure = diagnose(refusal(trouble, code, (world.alice, world.middle.certificate)))
    assert failure.code == "client-certificate-rejected"
    assert "client-certificate-untrusted" in failure.candidates
    assert "2027-11-12" in failure.detail


def test_access_denied_does_not_say_that_the_certificate_was_accepted(world: World) -> None:
    """GnuTLS says it of every certificate that it cannot verify."""
    failure = diagnose(refusal(Trouble.ALERT, 49, (world.alice,)))
    assert failure.code == "client-certificate-rejected"
    assert {"client-certificate-forbidden", "client-certificate-untrusted", "client-certificate-revoked"} <= {
        *failure.candidates
    }
    assert "accepted" not in f"{failure.title} {failure.detail}"


def test_the_alert_that_names_a_cause_outweighs_our_facts(world: World) -> None:
    guest = world.identity("CN=guest", world.stranger, days=(-400, -20))
    authorities = [world.root.certificate.subject]
    failure = diagnose(refusal(Trouble.ALERT, 48, (guest,), authorities=authorities))
    assert failure.code == "client-certificate-untrusted"
    assert "client-certificate-expired" in failure.candidates
    vague = diagnose(refusal(Trouble.EOF, None, (guest,), authorities=authorities))
    assert vague.code == "client-certificate-expired"
    assert vague.candidates[0] == "client-certificate-untrusted"


def test_the_reason_string_stands_in_for_the_alert(world: World) -> None:
    for reason, code in (
        ("tlsv13 alert certificate required", "client-certificate-required"),
        ("tlsv1 alert unknown ca", "client-certificate-untrusted"),
        ("ssl/tls alert certificate expired", "client-certificate-expired"),
        ("sslv3 alert certificate revoked", "client-certificate-revoked"),
    ):
        chain = () if "required" in reason else (world.alice, world.middle.certificate)
        evidence = replace(refused(asked(chain)), reason=reason)
        assert diagnose(evidence).code == code


def test_warnings_and_our_own_alerts_are_no_refusal(world: World) -> None:
    chain = (world.alice, world.middle.certificate)
    for other in (alert(0, "warning"), alert(48, direction="sent"), alert(90)):
        evidence = refused(asked(chain, alerts=[other]), trouble=Trouble.EOF)
        assert diagnose(evidence).code == "client-certificate-rejected"


def taken_by_tls(chain: tuple[Certificate, ...]) -> Iterator[Evidence]:
    """The connection closes without an answer after TLS has taken what we sent."""
    yield refused(asked(chain, version="TLSv1.2"), trouble=Trouble.EOF)
    ticket = (hello(), our_certificate(), Message(9.0, RECEIVED, "NewSessionTicket", 200))
    yield refused(asked(chain, messages=ticket), trouble=Trouble.EOF)


def test_a_program_that_judges_after_tls_and_closes(world: World) -> None:
    for evidence in taken_by_tls((world.identity("CN=old", days=(-400, -20)),)):
        assert diagnose(evidence).code == "client-certificate-expired"
        assert diagnose(replace(evidence, reused=True)).code == "response-truncated"
    for evidence in taken_by_tls(()):
        assert diagnose(evidence).code == "client-certificate-required"


def test_what_we_know_of_our_certificate_is_said_when_the_end_is_silent(world: World) -> None:
    for evidence in taken_by_tls((world.alice, world.middle.certificate, world.root.certificate)):
        failure = diagnose(evidence)
        assert failure.code == "response-truncated"
        assert "client-certificate-rejected" in failure.candidates
        assert "CN=alice" in failure.detail
        assert "not known" in failure.detail


def test_a_close_that_cannot_be_about_us_is_not(world: World) -> None:
    chain = (world.identity("CN=old", days=(-400, -20)),)
    mid_body = refused(asked(chain), trouble=Trouble.EOF, phase=Phase.RECEIVE)
    assert diagnose(mid_body).code == "response-truncated"
    too_early = refused(asked((), complete=False, messages=(hello(),)), trouble=Trouble.EOF, phase=Phase.TLS)
    assert diagnose(too_early).code == "connection-reset"


@pytest.mark.parametrize("status", [400, 496])
def test_nginx_wants_a_certificate(status: int) -> None:
    text = "<center>No required SSL certificate was sent</center>" if status == 400 else ""
    assert diagnose(page(status, text, asked())).code == "client-certificate-required"


@pytest.mark.parametrize("status", [400, 495])
def test_nginx_refuses_a_certificate(world: World, status: int) -> None:
    text = "<title>400 The SSL certificate error</title>" if status == 400 else ""
    good = asked((world.alice, world.middle.certificate))
    assert diagnose(page(status, text, good)).code == "client-certificate-rejected"
    old = asked((world.identity("CN=old", days=(-400, -20)), world.middle.certificate))
    assert diagnose(page(status, text, old)).code == "client-certificate-expired"


@pytest.mark.parametrize("status", [401, 403])
def test_known_but_not_allowed(world: World, status: int) -> None:
    failure = diagnose(page(status, "no", asked((world.alice, world.middle.certificate))))
    assert failure.code == "client-certificate-forbidden"
    assert world.alice.subject in failure.detail
    assert diagnose(page(status, "no", asked())).code == "client-certificate-required"


@pytest.mark.parametrize(
    ("substatus", "code"),
    [
        ("403.7", "client-certificate-required"),
        ("403.13", "client-certificate-revoked"),
        ("403.16", "client-certificate-untrusted"),
        ("403.17", "client-certificate-expired"),
    ],
)
def test_iis_pages(world: World, substatus: str, code: str) -> None:
    sent = () if substatus == "403.7" else (world.alice, world.middle.certificate)
    assert diagnose(page(403, f"HTTP Error {substatus} - Forbidden", asked(sent))).code == code


def test_other_pages_say_nothing_about_us(world: World) -> None:
    for status, text in ((400, "Bad Request"), (404, "client certificate required reading"), (500, ""), (200, "403.7")):
        assert diagnose(page(status, text, asked((world.alice,)))).code == "unknown"


def test_post_handshake_authentication(world: World) -> None:
    chain = (world.alice, world.middle.certificate)
    failure = diagnose(refused(asked(chain, after=True, alpn="h2"), trouble=Trouble.EOF))
    assert failure.code == "post-handshake-authentication"
    assert "HTTP/1.1" in failure.hint
    apache = page(
        403, "Reason: Cannot perform Post-Handshake Authentication.", Handshake(version="TLSv1.3", complete=True)
    )
    assert diagnose(apache).code == "post-handshake-authentication"
    http2 = Evidence(Trouble.HTTP, Phase.WAIT, HOST, 443, message="stream error HTTP_1_1_REQUIRED", now=NOW)
    assert diagnose(http2).code == "post-handshake-authentication"
    old = Evidence(Trouble.TLS, Phase.WAIT, HOST, 443, reason="no renegotiation", now=NOW)
    assert diagnose(old).code == "post-handshake-authentication"


def test_after_the_handshake_the_plain_causes_come_first(world: World) -> None:
    nothing = refused(asked(after=True, alerts=[alert(116)]))
    assert diagnose(nothing).code == "client-certificate-required"
    old = (world.identity("CN=old", days=(-400, -20)),)
    failure = diagnose(refused(asked(old, after=True, alerts=[alert(45)])))
    assert failure.code == "client-certificate-expired"
    assert "post-handshake-authentication" in failure.candidates


def test_legacy_renegotiation() -> None:
    evidence = Evidence(Trouble.TLS, Phase.TLS, HOST, 443, reason="unsafe legacy renegotiation disabled", now=NOW)
    assert diagnose(evidence).code == "legacy-renegotiation"
    assert diagnose(with_policy(evidence, sni="")).code == "legacy-renegotiation"


def critical(issuer: Holder) -> Certificate:
    """A client's certificate with a critical extension that nobody knows."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name.from_rfc4514_string("CN=odd"))
        .issuer_name(issuer.certificate.x509.subject)
        .public_key(curve().public_key())
        .serial_number(5)
        .not_valid_before(NOW - timedelta(days=9))
        .not_valid_after(NOW + timedelta(days=90))
        .add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00"), critical=True)
    )
    return Certificate.from_x509(builder.sign(issuer.key, SHA256()))


@pytest.mark.parametrize("alone", [True, False])
def test_what_verifying_our_own_chain_finds_names_the_cause(world: World, alone: bool) -> None:
    odd = critical(world.middle)
    chain = (odd,) if alone else (odd, world.middle.certificate, world.root.certificate)
    failure = diagnose(refused(asked(chain, authorities=[world.middle.certificate.subject], alerts=[alert(42)])))
    assert failure.code == "client-certificate-unsupported"
    assert "unhandled critical extension" in failure.detail
    assert "in order" not in failure.detail


def test_a_namesake_of_the_authority_that_the_server_means(world: World) -> None:
    namesake = issue("CN=Acme Root,O=Acme", ca=True, days=(-1000, 3000))
    chain = (world.identity("CN=eve", namesake),)
    evidence = refused(asked(chain, authorities=[world.root.certificate.subject], alerts=[alert(42)]))
    failure = diagnose(replace(evidence, anchors=(world.root.certificate,)))
    assert failure.code == "client-certificate-untrusted"
    assert "Checked here as a server would" in failure.detail
    assert "Checked here as a server would" not in diagnose(evidence).detail


def test_signatures_are_called_checked_only_where_an_issuer_was_there(world: World) -> None:
    whole = (world.alice, world.middle.certificate, world.root.certificate)
    for chain, checked in ((whole, True), (whole[:1], False)):
        failure = diagnose(refused(asked(chain, authorities=[world.middle.certificate.subject], alerts=[alert(42)])))
        assert ("key and signatures of" in failure.detail) is checked
        assert "in order" in failure.detail


def test_a_silent_end_does_not_say_that_a_certificate_is_required(world: World) -> None:
    for evidence in taken_by_tls(()):
        assert (
            diagnose(evidence).title
            == "The server asked for a client certificate, got none, and closed the connection."
        )


def test_a_hint_never_recommends_the_kind_of_key_that_was_refused(world: World) -> None:
    """The server lists the scheme of our key, and refuses it all the same."""
    chain = (world.alice, world.middle.certificate)
    failure = diagnose(refused(asked(chain, alerts=[alert(43)])))
    assert failure.code == "client-certificate-unsupported"
    assert "RSA" in failure.hint
    assert "secp256r1" not in failure.hint
