"""Values that are made up."""

import re
import uuid
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from workbench.core.variables import Scope, dynamic_variables, resolve
from workbench.core.variables.dynamic import generate

SHAPES = {
    "$randomInt": r"\d{1,4}",
    "$randomBoolean": r"true|false",
    "$randomAlphaNumeric": r"[A-Za-z0-9]",
    "$randomHexColor": r"#[0-9a-f]{6}",
    "$randomPassword": r"[A-Za-z0-9]{15}",
    "$randomEmail": r"[a-z0-9.]+@example\.(com|net|org)",
    "$randomUrl": r"https://[a-z]+\.example\.(com|net|org)",
    "$randomPrice": r"\d{1,4}\.\d\d",
    "$randomFullName": r"\S+ \S+",
    "$randomPhoneNumber": r"\d{3}-555-01\d\d",
    "$randomMACAddress": r"[0-9a-f]{2}(:[0-9a-f]{2}){5}",
    "$nanoid": r"[\w-]{21}",
}


def made(name: str) -> str:
    value = generate(name)
    assert value is not None
    return value


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name: str) -> None:
    for _each in range(50):
        assert re.fullmatch(SHAPES[name], made(name))


def test_all_say_what_they_give_and_give_it() -> None:
    assert len(dynamic_variables()) > 60
    for each in dynamic_variables():
        assert each.name.startswith("$")
        assert each.description
        assert "\n" not in each.description
        assert made(each.name).isprintable()


def test_people_find_those_they_know() -> None:
    known = {each.name for each in dynamic_variables()}
    wanted = (
        "guid uuid randomUUID timestamp isoTimestamp randomInt randomEmail randomFirstName randomLastName "
        "randomFullName randomBoolean randomAlphaNumeric randomColor randomHexColor randomIP randomIPV6 randomUserName "
        "randomPassword randomCity randomCountry randomWord randomWords randomUrl randomDomainName randomDateFuture "
        "randomDatePast randomDateRecent randomPhoneNumber randomCompanyName randomPrice"
    )
    assert {f"${name}" for name in wanted.split()} <= known


def test_identifiers_addresses_and_times() -> None:
    assert uuid.UUID(made("$guid")).version == 4
    assert ip_address(made("$randomIP")).version == 4
    assert ip_address(made("$randomIPV6")).version == 6
    now = datetime.now(UTC)
    assert abs(int(made("$timestamp")) - now.timestamp()) < 5
    assert abs(datetime.fromisoformat(made("$isoTimestamp")) - now).total_seconds() < 5
    assert datetime.fromisoformat(made("$randomDatePast")) < now < datetime.fromisoformat(made("$randomDateFuture"))


def test_each_use_is_another_value() -> None:
    one, other = resolve("{{$guid}} {{$guid}}", Scope()).split()
    assert one != other


def test_a_value_made_of_them_is_new_each_time_too() -> None:
    from workbench.core.variables import Layer, Value

    scope = Scope((Layer("request", {"id": Value("id-{{$guid}}", "request")}),))
    one, other = resolve("{{id}} {{id}}", scope).split()
    assert one != other


def test_braces_that_are_meant_can_be_written() -> None:
    from workbench.core.variables import Layer, Value

    scope = Scope((Layer("request", {"card": Value("{{$openBraces}}name}}", "request"), "name": Value("Ada", "r")}),))
    assert resolve('{"template": "Dear {{$openBraces}}name}}, {{name}}"}', scope) == (
        '{"template": "Dear {{name}}, Ada"}'
    )
    assert resolve("{{card}}", scope) == "{{name}}"
