"""TLS choices: variables under reserved names, read, written and applied to a request."""

from dataclasses import fields, replace

import pytest

from workbench.core import choices
from workbench.core.choices import Choices
from workbench.core.draft import Variable
from workbench.core.errors import InvalidInput
from workbench.core.request import Request
from workbench.core.tls.policy import Version

ALL = Choices(**{field.name: field.name for field in fields(Choices)})


def test_every_choice_is_written_and_read_again() -> None:
    written = choices.write((), ALL)
    assert len(written) == len(fields(Choices))
    assert all(choices.is_reserved(variable.name) for variable in written)
    assert choices.read(written) == ALL


def test_writing_changes_nothing_but_the_choices() -> None:
    before = (Variable("a", "1"), Variable("mtls.trust", "lab"), Variable("mtls.http", "2", on=False), Variable("b"))
    after = choices.write(before, Choices(trust="corp", identity="alice"))
    assert after == (before[0], Variable("mtls.trust", "corp"), *before[2:], Variable("mtls.identity", "alice"))
    assert choices.write(after, Choices(identity="alice")) == (
        before[0],
        *before[2:],
        Variable("mtls.identity", "alice"),
    )


def test_what_is_chosen_is_applied_and_what_is_not_stays() -> None:
    request = Request(url="https://example.test", identity="bob", trust=("mozilla",))
    chosen = Choices(identity="none", tls_min="TLSv1.3", cookies="false", timeout_read="0", http="2", sni="none")
    applied = choices.apply(chosen, request)
    assert applied.identity is None
    assert applied.trust == ("mozilla",)
    assert applied.policy.minimum is Version.TLS1_3
    assert applied.policy.sni == ""
    assert not applied.cookies
    assert applied.timeouts.read is None
    assert applied.http_version == "2"
    assert choices.apply(Choices(), request) == request
    assert choices.apply(Choices(cookies="true"), replace(request, cookies=False)).cookies


@pytest.mark.parametrize(
    ("name", "value"), [("tls_min", "4"), ("verify", "maybe"), ("cookies", "1"), ("pin", "x"), ("timeout_tls", "-1")]
)
def test_a_value_that_cannot_be_used_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        choices.apply(Choices(**{name: value}), Request())
    assert "mtls." + name.replace("_", "-") in caught.value.title


def test_who_is_to_be_asked_must_have_been_asked() -> None:
    with pytest.raises(InvalidInput, match="chosen each time"):
        choices.apply(Choices(identity="ask"), Request())
