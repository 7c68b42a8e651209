"""What an HTTP answer says about our certificate, and what it does not."""

import pytest

from workbench.core.doctor.http_refusal import Answer, Meaning, read

NGINX = "<html><head><title>400 {0}</title></head><body><center><h1>400 Bad Request</h1></center><center>{0}</center>"


def answer(status: int, page: str = "", *headers: tuple[str, str], requested: bool = True, sent: bool = True) -> Answer:
    return read(status, headers, page, requested=requested, sent=sent)


@pytest.mark.parametrize(
    ("status", "page", "alert"),
    [
        (400, NGINX.format("No required SSL certificate was sent"), 116),
        (400, NGINX.format("The SSL certificate error"), 42),
        (495, "", 42),
        (496, "", 116),
        (403, "<h2>HTTP Error 403.7 - Forbidden: SSL client certificate is required.</h2>", 116),
        (403, "HTTP Error 403.13 - Forbidden: Client certificate revoked", 44),
        (403, "HTTP Error 403.16 - Forbidden: Client certificate is ill-formed or is not trusted", 48),
        (403, "HTTP Error 403.17 - Forbidden: Client certificate has expired or is not yet valid", 45),
        (401, '{"message":"No required TLS certificate was sent"}', 116),
        (401, '{"message":"TLS certificate failed verification"}', 42),
        (403, '{"statusCode":403,"message":"Invalid client certificate"}', 42),
        (403, '{"error":"missing client certificate"}', 116),
        (403, "RBAC: access denied", 49),
        (403, 'forbidden: User "system:anonymous" cannot get path "/"', 49),
    ],
)
def test_pages_that_refuse_a_certificate(status: int, page: str, alert: int) -> None:
    assert answer(status, page) == Answer(Meaning.REFUSED, alert)


def test_a_header_that_refuses_it() -> None:
    assert answer(403, "no", ("X-Client-Verify", "FAILED:certificate has expired")).alert == 45


@pytest.mark.parametrize(
    ("challenge", "scheme"),
    [
        ('Bearer realm="api", error="invalid_token"', "bearer"),
        ('Basic realm="staging"', "basic"),
        ("Negotiate", "negotiate"),
        ('DPoP algs="ES256 PS256"', "dpop"),
    ],
)
@pytest.mark.parametrize("sent", [True, False])
def test_another_proof_that_is_asked_for_is_no_word_about_certificates(challenge: str, scheme: str, sent: bool) -> None:
    assert answer(401, "", ("WWW-Authenticate", challenge), sent=sent) == Answer(Meaning.ACCEPTED, schemes=(scheme,))


def test_a_bare_status_is_an_inference() -> None:
    assert answer(403) == Answer(Meaning.INFERRED, 49)
    assert answer(401, sent=False) == Answer(Meaning.INFERRED, 116)
    assert answer(403, requested=False, sent=False) == Answer(Meaning.ACCEPTED)


@pytest.mark.parametrize("page", ["Attention Required! | Cloudflare", "error code: 1020"])
def test_what_stands_in_front_of_the_server_is_not_the_server(page: str) -> None:
    assert answer(403, page) == Answer(Meaning.ELSEWHERE)


@pytest.mark.parametrize(("status", "page"), [(200, "403.7"), (404, "client certificate required reading"), (500, "")])
def test_other_answers_refuse_nothing(status: int, page: str) -> None:
    assert answer(status, page) == Answer(Meaning.ACCEPTED)


@pytest.mark.parametrize(
    "page", ["the upstream certificate has expired", "RBAC: access denied", "invalid TLS certificate"]
)
def test_of_a_certificate_that_was_never_shown_nothing_is_wrong(page: str) -> None:
    assert answer(403, page, requested=False, sent=False) == Answer(Meaning.ACCEPTED)
    assert answer(403, page, sent=False) == Answer(Meaning.INFERRED, 116)
