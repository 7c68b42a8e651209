from dataclasses import replace

import pytest

from tests.core.doctor.cases import HOST, NOW, asked, turned_away, with_policy
from workbench.core.doctor import Evidence, Trouble, diagnose, failure_of
from workbench.core.errors import KeyringUnavailable, WrongPassword
from workbench.core.exchange import Phase
from workbench.core.tls.handshake import Handshake
from workbench.core.tls.policy import Version


def seen(trouble: Trouble, phase: Phase, **more: object) -> Evidence:
    evidence = Evidence(trouble, phase, HOST, 8443, message="the system's words", now=NOW)
    return replace(evidence, **more)  # type: ignore[arg-type]  # facts pass through


@pytest.mark.parametrize(
    ("trouble", "phase", "code"),
    [
        (Trouble.DNS, Phase.DNS, "dns-failure"),
        (Trouble.TIMEOUT, Phase.DNS, "dns-failure"),
        (Trouble.REFUSED, Phase.CONNECT, "connection-refused"),
        (Trouble.UNREACHABLE, Phase.CONNECT, "connection-timeout"),
        (Trouble.TIMEOUT, Phase.CONNECT, "connection-timeout"),
        (Trouble.TIMEOUT, Phase.TLS, "timeout"),
        (Trouble.TIMEOUT, Phase.SEND, "timeout"),
        (Trouble.TIMEOUT, Phase.WAIT, "timeout"),
        (Trouble.TIMEOUT, Phase.RECEIVE, "timeout"),
        (Trouble.RESET, Phase.CONNECT, "connection-reset"),
        (Trouble.RESET, Phase.TLS, "connection-reset"),
        (Trouble.EOF, Phase.TLS, "connection-reset"),
        (Trouble.RESET, Phase.WAIT, "connection-reset"),
        (Trouble.RESET, Phase.RECEIVE, "connection-reset"),
        (Trouble.EOF, Phase.WAIT, "response-truncated"),
        (Trouble.EOF, Phase.RECEIVE, "response-truncated"),
        (Trouble.TRUNCATED, Phase.WAIT, "response-truncated"),
        (Trouble.TRUNCATED, Phase.RECEIVE, "response-truncated"),
        (Trouble.TOO_LARGE, Phase.RECEIVE, "response-too-large"),
        (Trouble.HTTP, Phase.WAIT, "response-malformed"),
        (Trouble.PROXY, Phase.PROXY, "proxy-failure"),
        (Trouble.TLS, Phase.TLS, "tls-internal-error"),
        (Trouble.ALERT, Phase.TLS, "tls-internal-error"),
        (Trouble.VERIFICATION, Phase.TLS, "tls-internal-error"),
        (Trouble.UNEXPECTED, Phase.WAIT, "unknown"),
    ],
)
def test_each_trouble_has_its_code(trouble: Trouble, phase: Phase, code: str) -> None:
    failure = diagnose(seen(trouble, phase))
    assert failure.code == code
    assert failure.phase is phase
    assert failure.title
    assert failure.detail
    assert failure.hint
    assert code not in failure.candidates


@pytest.mark.parametrize("trouble", list(Trouble))
@pytest.mark.parametrize("phase", list(Phase))
def test_any_evidence_gives_an_answer(trouble: Trouble, phase: Phase) -> None:
    for handshake in (None, Handshake(), asked(), asked(complete=False, messages=())):
        failure = diagnose(Evidence(trouble, phase, handshake=handshake, now=NOW))
        assert failure.code
        assert failure.title
        assert failure.hint


def test_host_and_port_are_named() -> None:
    assert "service.test:8443" in diagnose(seen(Trouble.REFUSED, Phase.CONNECT)).title
    assert "[::1]:8443" in diagnose(seen(Trouble.REFUSED, Phase.CONNECT, host="::1")).title
    assert "the system's words" in diagnose(seen(Trouble.DNS, Phase.DNS)).detail


@pytest.mark.parametrize(
    ("trouble", "phase"),
    [
        (Trouble.DNS, Phase.DNS),
        (Trouble.REFUSED, Phase.CONNECT),
        (Trouble.TIMEOUT, Phase.PROXY),
        (Trouble.VERIFICATION, Phase.PROXY),
    ],
)
def test_trouble_on_the_way_to_a_proxy_is_the_proxys(trouble: Trouble, phase: Phase) -> None:
    failure = diagnose(seen(trouble, phase, proxy="http://user:s3cret@proxy.test:3128"))
    assert failure.code == "proxy-failure"
    assert "http://proxy.test:3128" in failure.title
    assert "s3cret" not in repr(failure)


def test_a_proxy_that_wants_a_password_is_told() -> None:
    forbidden = diagnose(seen(Trouble.PROXY, Phase.PROXY, proxy="proxy.test:3128", message="403 Forbidden"))
    assert "forbids this destination" in forbidden.hint
    assert "password" in diagnose(seen(Trouble.PROXY, Phase.PROXY, proxy="proxy.test:3128", status=407)).hint


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n", "plain HTTP"),
        (b"<html>", "plain HTTP"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "SSH"),
        (b"220 mail.test ESMTP\r\n", "SMTP"),
        (b"220 FTP ready\r\n", "FTP"),
        (b"+OK ready\r\n", "POP3"),
        (b"* OK IMAP4rev1\r\n", "IMAP"),
        (b"\x00\x01\x02", "not TLS"),
    ],
)
def test_a_peer_without_tls(first: bytes, words: str) -> None:
    failure = diagnose(seen(Trouble.TLS, Phase.TLS, reason="wrong version number", first_bytes=first))
    assert failure.code == "not-tls"
    assert words in failure.detail


@pytest.mark.parametrize("reason", ["wrong version number", "packet length too long", "record layer failure"])
def test_openssls_reasons_for_a_peer_without_tls(reason: str) -> None:
    assert diagnose(seen(Trouble.TLS, Phase.TLS, reason=reason)).code == "not-tls"


def test_a_close_in_plain_text_suggests_https() -> None:
    assert "https://" in diagnose(seen(Trouble.EOF, Phase.WAIT)).hint
    assert "https://" not in diagnose(seen(Trouble.EOF, Phase.WAIT, handshake=Handshake())).hint


def test_a_tls_record_is_no_plain_text() -> None:
    evidence = seen(Trouble.TLS, Phase.TLS, reason="wrong version number", first_bytes=b"\x16\x03\x00\x00\x10")
    assert diagnose(evidence).code == "protocol-version-mismatch"
    plain = seen(Trouble.HTTP, Phase.WAIT, first_bytes=b"\x15\x03\x01\x00\x02\x02\x46")
    assert "https://" in diagnose(plain).hint


@pytest.mark.parametrize(
    ("alert", "code"),
    [
        (40, "no-shared-cipher"),
        (70, "protocol-version-mismatch"),
        (71, "no-shared-cipher"),
        (80, "tls-internal-error"),
        (86, "protocol-version-mismatch"),
        (112, "unrecognized-name"),
        (120, "alpn-mismatch"),
        (10, "tls-internal-error"),
        (50, "tls-internal-error"),
    ],
)
def test_alerts_in_answer_to_our_first_message(alert: int, code: str) -> None:
    failure = diagnose(turned_away(alert))
    assert failure.code == code
    assert f"({alert})" in failure.detail


def test_a_handshake_failure_leaves_several_answers() -> None:
    candidates = diagnose(turned_away(40)).candidates
    assert candidates[0] == "no-shared-group"
    assert {"no-shared-signature-algorithm", "protocol-version-mismatch", "unrecognized-name"} <= set(candidates)


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"ciphers": "AES128-SHA"}, "no-shared-cipher"),
        ({"suites": "TLS_AES_128_GCM_SHA256"}, "no-shared-cipher"),
        ({"groups": "x448"}, "no-shared-group"),
        ({"signature_algorithms": "ed448"}, "no-shared-signature-algorithm"),
        ({"sni": ""}, "unrecognized-name"),
        ({"maximum": Version.TLS1_2}, "protocol-version-mismatch"),
        ({"minimum": Version.TLS1_3}, "protocol-version-mismatch"),
    ],
)
def test_what_the_request_narrowed_is_blamed_first(choice: dict[str, object], code: str) -> None:
    assert diagnose(with_policy(turned_away(40), **choice)).code == code


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("unsupported protocol", "protocol-version-mismatch"),
        ("no protocols available", "protocol-version-mismatch"),
        ("no shared cipher", "no-shared-cipher"),
        ("no cipher match", "no-shared-cipher"),
        ("no suitable groups", "no-shared-group"),
        ("bad key share", "no-shared-group"),
        ("wrong signature type", "no-shared-signature-algorithm"),
        ("no suitable signature algorithm", "no-shared-signature-algorithm"),
        ("key values mismatch", "key-mismatch"),
        ("bad decrypt", "wrong-password"),
    ],
)
def test_our_own_librarys_reasons(reason: str, code: str) -> None:
    assert diagnose(seen(Trouble.TLS, Phase.TLS, reason=reason)).code == code


def test_a_close_in_answer_to_our_first_message_names_the_candidates() -> None:
    failure = diagnose(turned_away(None, Trouble.EOF))
    assert failure.code == "connection-reset"
    assert {"not-tls", "protocol-version-mismatch", "unrecognized-name"} <= set(failure.candidates)


def test_our_own_errors_keep_code_and_words() -> None:
    failure = failure_of(WrongPassword("The password is wrong.", detail="alice.p12", hint="Type it again."))
    assert (failure.code, failure.title, failure.detail, failure.hint, failure.phase) == (
        "wrong-password",
        "The password is wrong.",
        "alice.p12",
        "Type it again.",
        Phase.PREPARE,
    )
    assert failure_of(KeyringUnavailable("No keyring.")).code == "keyring-unavailable"
