"""What a draft names itself: only what stands in it as it is."""

import pytest

from workbench.core.agreement import Thing, hand_chosen
from workbench.core.draft import (
    AWSAuth,
    Draft,
    Field,
    FileBody,
    FileChoice,
    Flow,
    MultipartBody,
    OAuth2Auth,
    Part,
    Variable,
)


@pytest.mark.parametrize(
    ("draft", "named"),
    [
        (Draft(url="https://host/{{process.env.A}}/{{x}}"), {(Thing.ENVIRONMENT_VARIABLES, "A")}),
        (Draft(headers=(Field("X", "{{ process.env.B }}"),)), {(Thing.ENVIRONMENT_VARIABLES, "B")}),
        (Draft(variables=(Variable("mtls.identity", " alice "),)), {(Thing.IDENTITY, "alice")}),
        (Draft(variables=(Variable("mtls.identity", "none"),)), set()),
        (Draft(variables=(Variable("mtls.identity", "ask"),)), set()),
        (Draft(variables=(Variable("mtls.identity", "{{who}}"),)), set()),
        (Draft(variables=(Variable("mtls.identity", "alice", on=False),)), set()),
        (Draft(variables=(Variable("mtls.proxy", "http://me:hush@proxy:1"),)), {(Thing.PROXY, "http://proxy:1")}),
        (Draft(variables=(Variable("mtls.tls-min", "1.0"),)), {(Thing.OLD_TLS, "TLSv1")}),
        (Draft(auth=AWSAuth(profile="dev")), {(Thing.AWS_PROFILE, "dev")}),
        (
            Draft(auth=OAuth2Auth(Flow.AUTHORIZATION_CODE, authorization_url="https://me:x@login.example:8/a?b")),
            {(Thing.TOKENS, "login.example:8")},
        ),
        (Draft(auth=OAuth2Auth(Flow.CLIENT_CREDENTIALS, authorization_url="https://login.example")), set()),
        (Draft(body=FileBody((FileChoice("../a"), FileChoice("{{b}}")))), {(Thing.FILES, "../a")}),
        (Draft(body=MultipartBody((Part("f", files=("a", "b")),))), {(Thing.FILES, "a"), (Thing.FILES, "b")}),
    ],
)
def test_what_stands_in_a_draft(draft: Draft, named: set[tuple[Thing, str]]) -> None:
    assert hand_chosen(draft) == named
