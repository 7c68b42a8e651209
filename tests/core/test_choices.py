"""TLS choices among variables: read, written, and made part of a request."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core import choices
from workbench.core.choices import Choices
from workbench.core.draft import Variable
from workbench.core.errors import InvalidInput
from workbench.core.request import Request, Timeouts
from workbench.core.tls.policy import TLSPolicy, Version

NAMES = {
    "mtls.identity", "mtls.trust", "mtls.tls-min", "mtls.tls-max", "mtls.ciphers", "mtls.suites", "mtls.groups",
    "mtls.signatures", "mtls.sni", "mtls.connect-to", "mtls.verify", "mtls.pin", "mtls.http", "mtls.proxy",
    "mtls.reuse", "mtls.timeout-connect", "mtls.timeout-tls", "mtls.timeout-read", "mtls.timeout-write",
}  # fmt: skip
ANY = st.builds(Choices, **{field.name: st.none() | st.text(max_size=5) for field in fields(Choices)})
OWN = st.lists(
    st.builds(
        Variable,
        name=st.sampled_from(["a", "mtls.identity", "mtls.none", "mtls.trust"]),
        value=st.text(),
        on=st.booleans(),
    )
)


def applied(request: Request = Request(), /, **given_choices: str) -> Request:  # noqa: B008 - plain data
    return choices.apply(Choices(**given_choices), request)


def test_the_reserved_names_are_those_that_files_hold() -> None:
    assert {variable.name for variable in choices.write((), Choices(*("x" for _field in fields(Choices))))} == NAMES
    assert all(choices.is_reserved(name) for name in NAMES)
    assert not any(choices.is_reserved(name) for name in ("mtls.", "mtls.other", "identity", "MTLS.identity"))


@given(OWN.map(tuple), ANY)
def test_what_is_written_is_read_and_the_rest_stays(variables: tuple[Variable, ...], wanted: Choices) -> None:
    written = choices.write(variables, wanted)
    assert choices.read(written) == wanted

    def others(of: tuple[Variable, ...]) -> list[Variable]:
        return [each for each in of if not (each.on and choices.is_reserved(each.name))]

    assert others(written) == others(variables)
    assert choices.write(written, wanted) == written


def test_a_choice_keeps_its_place_and_its_description() -> None:
    before = (Variable("a", "1"), Variable("mtls.sni", "x", description="why"), Variable("b", "2"))
    after = choices.write(before, Choices(sni="y", identity="alice"))
    assert after == (before[0], replace(before[1], value="y"), before[2], Variable("mtls.identity", "alice"))
    assert choices.write(before, Choices()) == (before[0], before[2])


def test_of_two_the_last_counts_and_one_that_is_off_does_not() -> None:
    variables = (Variable("mtls.sni", "a"), Variable("mtls.sni", "b"), Variable("mtls.sni", "c", on=False))
    assert choices.read(variables).sni == "b"


def test_nothing_chosen_changes_nothing() -> None:
    request = Request(identity="alice", trust=("lab",), proxy="http://p:1", http_version="2")
    assert applied(request) == request
    assert choices.apply(choices.of_scope(lambda _name: None), request) == request
    assert choices.apply(choices.of_scope(lambda _name: "  "), request) == request


def test_of_scope_asks_for_every_name() -> None:
    asked: list[str] = []
    choices.of_scope(lambda name: asked.append(name))
    assert set(asked) == NAMES
    assert choices.of_scope({"mtls.tls-min": "1.2"}.get) == Choices(tls_min="1.2")


@pytest.mark.parametrize(
    ("name", "value", "field", "becomes"),
    [
        ("identity", " bob ", "identity", "bob"),
        ("identity", "none", "identity", None),
        ("trust", "lab, corp ,", "trust", ("lab", "corp")),
        ("trust", " , ", "trust", ("system",)),
        ("http", "1.1", "http_version", "1.1"),
        ("http", "2", "http_version", "2"),
        ("http", "auto", "http_version", None),
        ("proxy", "none", "proxy", ""),
        ("proxy", "environment", "proxy", None),
        ("proxy", "http://p:3128", "proxy", "http://p:3128"),
        ("connect_to", "127.0.0.1:8443", "connect_to", "127.0.0.1:8443"),
        ("reuse", "FALSE", "reuse", False),
        ("reuse", "true", "reuse", True),
    ],
)
def test_what_a_choice_makes_of_a_request(name: str, value: str, field: str, becomes: object) -> None:
    request = applied(Request(identity="alice", http_version="1.1", proxy="http://other:1"), **{name: value})
    assert getattr(request, field) == becomes


@pytest.mark.parametrize(
    ("name", "value", "field", "becomes"),
    [
        ("tls_min", "1.2", "minimum", Version.parse("1.2")),
        ("tls_max", "1.3", "maximum", Version.parse("1.3")),
        ("ciphers", "ECDHE+AESGCM", "ciphers", "ECDHE+AESGCM"),
        ("suites", "TLS_AES_128_GCM_SHA256", "suites", "TLS_AES_128_GCM_SHA256"),
        ("groups", "x25519", "groups", "x25519"),
        ("signatures", "ed25519", "signature_algorithms", "ed25519"),
        ("sni", "none", "sni", ""),
        ("sni", "other.example", "sni", "other.example"),
        ("verify", "false", "verify", False),
        ("pin", "AB:" * 31 + "ab", "pin", "ab" * 32),
        ("reuse", "false", "resume", False),
    ],
)
def test_what_a_choice_makes_of_the_policy(name: str, value: str, field: str, becomes: Any) -> None:
    assert applied(**{name: value}).policy == replace(TLSPolicy(), **{field: becomes})


def test_timeouts_are_seconds_and_nothing_is_no_limit() -> None:
    request = applied(timeout_connect="1.5", timeout_tls="0", timeout_read="10")
    assert request.timeouts == replace(Timeouts(), connect=1.5, tls=None, read=10.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tls_min", "9"), ("tls_max", "SSLv3"), ("verify", "maybe"), ("reuse", "1"), ("http", "3"), ("pin", "xyz"),
        ("timeout_read", "soon"), ("timeout_read", "-1"), ("timeout_read", "nan"), ("timeout_tls", "inf"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        applied(**{name: value})
    assert f"mtls.{name.replace('_', '-')}" in caught.value.title
    assert value in caught.value.detail
    assert caught.value.hint
