"""Variables filled in: precedence, depth, what is wrong and where."""

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.draft import Defaults, Draft, Environment, ValueKind, Variable
from workbench.core.variables import (
    Layer,
    Scope,
    Value,
    VariableError,
    layers_of,
    look_up,
    names,
    resolve,
    resolve_known,
    suggestions,
)


def scope_of(**values: str) -> Scope:
    return Scope((Layer("request", {name: Value(text, "request") for name, text in values.items()}),))


def refused(text: str, scope: Scope) -> VariableError:
    with pytest.raises(VariableError) as caught:
        resolve(text, scope)
    return caught.value


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("", ""),
        ("plain", "plain"),
        ("{{host}}", "example.com"),
        ("https://{{host}}:{{ port }}/", "https://example.com:8443/"),
        ("{{\tport\n}}", "8443"),
        ("{{über-größe.x}}", "XL"),
        ("{{переменная}}{{変数}}", "дa値"),
        ('{"a": {{port}}}', '{"a": 8443}'),
        ('{"a":{"b":{{port}}}}', '{"a":{"b":8443}}'),
        ("{{{port}}}", "{8443}"),
        ('{"a":{"b":1}}', '{"a":{"b":1}}'),
        ("a } b }} c { d", "a } b }} c { d"),
        ("{{url}}", "https://example.com:8443"),
        ("{{empty}}", ""),
        ("{{host}}{{host}}", "example.comexample.com"),
    ],
)
def test_what_becomes_of_a_text(text: str, becomes: str) -> None:
    values = {"über-größe.x": "XL", "переменная": "дa", "変数": "値"}
    known = scope_of(host="example.com", port="8443", url="https://{{host}}:{{port}}", empty="", **values)
    assert resolve(text, known) == becomes


@given(st.text(alphabet=st.characters(exclude_characters="{}")), st.text(alphabet="}{ab"))
def test_a_text_without_opening_braces_is_left_alone(text: str, braces: str) -> None:
    plain = text + braces.replace("{{", "{").replace("{{", "{")
    if "{{" not in plain:
        assert resolve(plain, Scope()) == plain


def test_an_undefined_variable_is_named_with_what_was_perhaps_meant() -> None:
    error = refused("x={{hots}}", scope_of(host="h", port="1"))
    assert (error.name, error.start, error.end) == ("hots", 2, 10)
    assert "“hots”" in error.title
    assert "“host”" in error.hint
    assert "position 3" in error.detail


def test_the_way_to_an_undefined_variable_is_told() -> None:
    error = refused("\n {{url}}", scope_of(url="{{base}}/x", base="https://{{host}}"))
    assert error.name == "host"
    assert error.way == ("url", "base", "host")
    assert "url → base → host" in error.detail
    assert (error.start, error.end) == (2, 9)


def test_a_variable_that_is_made_of_itself() -> None:
    error = refused("{{start}}", scope_of(start="{{a}}", a="{{b}}", b="{{ a }}"))
    assert "start → a → b → a" in error.detail
    assert "a, b" in error.hint
    assert "a → a" in refused("{{a}}", scope_of(a="{{a}}")).detail


@pytest.mark.parametrize(
    ("text", "start", "where"),
    [
        ("{{host", 0, "position 1"),
        ("a {{b} {{host}}", 2, "position 3"),
        ("{{host}}\n  {{", 11, "line 2, column 3"),
        ("{{{{host}}", 0, "position 1"),
        ("{{host}}{{ }}", 8, "position 9"),
        ("{{}}", 0, "position 1"),
    ],
)
def test_braces_that_do_not_close_are_pointed_at(text: str, start: int, where: str) -> None:
    error = refused(text, scope_of(host="h"))
    assert error.start == start
    assert where in error.detail


def test_braces_that_do_not_close_in_a_value_name_the_variable() -> None:
    secret = "hunter2 {{"  # what a value holds is not shown: it may be secret
    error = refused("{{a}}", scope_of(a="{{b}}", b=secret))
    assert "“b”" in error.title
    assert "a → b" in error.detail
    assert "hunter2" not in str(error)


def test_text_that_would_grow_without_end_is_refused_at_once() -> None:
    bomb = {f"v{n}": f"{{{{v{n + 1}}}}}" * 2 for n in range(60)} | {"v60": "lol"}
    assert "grows" in refused("{{v0}}", scope_of(**bomb)).detail
    made_up = {f"v{n}": f"{{{{v{n + 1}}}}}" * 2 for n in range(40)} | {"v40": "{{$guid}}"}
    assert "generated" in refused("{{v0}}", scope_of(**made_up)).detail
    nothing = {f"v{n}": f"{{{{v{n + 1}}}}}" * 2 for n in range(60)} | {"v60": ""}
    assert resolve("{{v0}}", scope_of(**nothing)) == ""


def test_a_long_way_is_refused_and_not_a_crash() -> None:
    chain = {f"v{n}": f"{{{{v{n + 1}}}}}" for n in range(5000)}
    error = refused("{{v0}}", scope_of(**chain))
    assert "100" in error.detail


def test_each_layer_hides_the_ones_behind_it() -> None:
    def variables(name: str) -> tuple[Variable, ...]:
        known = {"request": 0, "inner": 1, "outer": 2, "own": 3, "base": 4, "dotenv": 5, "collection": 7}
        return tuple(Variable(f"v{n}", name) for n in range(known[name] + 1))

    local = Environment("local", variables("own"), extends="base", dotenv="local.env")
    files = {f"v{n}": "dotenv" for n in range(6)}, {f"v{n}": "far" for n in range(7)}
    chain = ((local, files[0]), (Environment("base", variables("base")), files[1]))
    folders = (Defaults("outer", variables=variables("outer")), Defaults("inner", variables=variables("inner")))
    scope = layers_of(
        Defaults("c", variables=variables("collection")), folders, chain, Draft(variables=variables("request"))
    )
    expected = ["request", "inner", "outer", "own", "base", "dotenv", "far", "collection"]
    assert [resolve(f"{{{{v{n}}}}}", scope) for n in range(8)] == expected
    shown = [layer.name for layer in scope.layers]
    assert shown == [
        "request",
        "folder inner",
        "folder outer",
        "environment local",
        "environment base",
        "local.env of environment local",
        ".env of environment base",
        "collection c",
    ]
    assert [value.layer for value in scope.all("v1")][:2] == ["folder inner", "folder outer"]


def test_what_is_off_is_not_there_and_of_two_the_last_counts() -> None:
    draft = Draft(variables=(Variable("a", "1"), Variable("a", "2"), Variable("a", "3", on=False), Variable("", "x")))
    scope = layers_of(Defaults(), (), (), draft)
    assert resolve("{{a}}", scope) == "2"
    assert tuple(scope) == ("a",)


def test_secret_values_come_from_outside_and_show_nowhere() -> None:
    local = Environment("local", (Variable("token", secret=True), Variable("pin", secret=True)))
    draft = Draft(variables=(Variable("auth", "Bearer {{token}}"), Variable("open", "o")))
    scope = layers_of(Defaults(), (), ((local, {"FILE": "file-secret"}),), draft, {"token": "s3cret"})
    assert resolve("{{auth}}", scope) == "Bearer s3cret"
    assert resolve_known("{{open}} {{auth}} {{token}} {{nowhere}} {{$guid}} {{", scope) == (
        "o {{auth}} {{token}} {{nowhere}} {{$guid}} {{"
    )
    value = look_up("auth", scope)
    assert value is not None
    assert value.secret
    assert "s3cret" not in repr(scope) + repr(value)
    assert "file-secret" not in repr(scope)
    error = refused("{{pin}}", scope)
    assert "no value on this computer" in error.title
    assert "environment local" in error.detail
    assert look_up("pin", scope) == Value("", "environment local", secret=True, missing=True)


def test_the_environment_of_the_process_is_what_was_handed_in() -> None:
    local = Environment("local", dotenv="x.env")
    chain = ((local, {"A": "own"}), (Environment("base"), {"A": "base", "B": "base"}))
    scope = layers_of(Defaults(), (), chain, Draft(), process={"A": "p", "B": "p", "C": "p"})
    assert resolve("{{process.env.A}}{{process.env.B}}{{process.env.C}}", scope) == "ownbasep"
    assert "process.env.HOME" in refused("{{process.env.HOME}}", scope).title


def test_typed_values_are_inserted_as_their_text() -> None:
    kinds = (("n", "1.50", ValueKind.NUMBER), ("b", "true", ValueKind.BOOLEAN), ("o", '{"x": 1}', ValueKind.OBJECT))
    scope = layers_of(Defaults(), (), (), Draft(variables=tuple(Variable(*each) for each in kinds)))
    assert resolve('{"n": {{n}}, "b": {{b}}, "o": {{o}}}', scope) == '{"n": 1.50, "b": true, "o": {"x": 1}}'
    found = look_up("n", scope)
    assert found is not None
    assert found.kind is ValueKind.NUMBER


def test_looking_up() -> None:
    scope = scope_of(url="https://{{host}}", host="h", broken="{{nowhere}}")
    assert look_up("url", scope) == Value("https://h", "request")
    assert look_up("nowhere", scope) is None
    assert look_up("$nonsense", scope) is None
    made = look_up("$guid", scope)
    assert made is not None
    assert len(made.text) == 36
    with pytest.raises(VariableError, match="nowhere"):
        look_up("broken", scope)


def test_names_for_completion_are_own_then_dynamic() -> None:
    given_names = names(scope_of(b="", a=""))
    assert given_names[:2] == ("b", "a")
    assert all(name.startswith("$") for name in given_names[2:])
    assert names(Scope(process={"HOME": "/"}))[-1] == "process.env.HOME"


def test_suggestions_know_case_and_a_forgotten_dollar() -> None:
    scope = scope_of(baseUrl="", token="")
    assert suggestions("BASEURL", scope)[0] == "baseUrl"
    assert "$guid" in suggestions("guid", scope)
    assert suggestions("entirely-different", scope) == ()


def test_a_large_body_is_quick() -> None:
    line = "".join(random.choices(string.ascii_letters, k=60))  # noqa: S311 - any text
    text = f'{{"{line}": {{{{n}}}}}}\n' * 15_000
    began = time.perf_counter()
    assert resolve(text, scope_of(n="1")).count(": 1}") == 15_000
    assert time.perf_counter() - began < 1


OBJECT = '{"name": "Ä", "n": 1.50, "big": 12345678901234567890123, "yes": true, "nil": null, "a.b": {"c d": [1, "x"]}}'


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("o.name", "Ä"),
        ("o.n", "1.50"),
        ("o.big", "12345678901234567890123"),
        ("o.yes", "true"),
        ("o['nil']", "null"),
        ("o['a.b']", '{"c d": [1, "x"]}'),
        ("o['a.b'][\"c d\"][1]", "x"),
        ("list[1].deep", "v"),
        ("list[0]", "1e3"),
        ("o.own", "another variable"),
        ("o.made.of.others", "h"),
    ],
)
def test_parts_of_objects(name: str, becomes: str) -> None:
    variables = (
        Variable("o", OBJECT, ValueKind.OBJECT),
        Variable("list", '[1e3, {"deep": "v"}]', ValueKind.OBJECT),
        Variable("o.own", "another variable"),
        Variable("o.made", '{"of": {"others": "{{host}}"}}', ValueKind.OBJECT),
        Variable("host", "h"),
    )
    scope = layers_of(Defaults(), (), (), Draft(variables=variables))
    assert resolve(f"<{{{{{name}}}}}>", scope) == f"<{becomes}>"
    found = look_up(name, scope)
    assert found is not None
    assert found.text == becomes


@pytest.mark.parametrize(
    "name", ["o.gone", "o[7]", "o.", "o..a", "o.a.b", "o[a]", "s.a", "bad.a", "o.a[0", ".o", "[0]"]
)
def test_what_an_object_does_not_hold_is_undefined(name: str) -> None:
    variables = (
        Variable("o", '{"a": 1}', ValueKind.OBJECT),
        Variable("s", '{"a": 1}'),
        Variable("bad", "{a", ValueKind.OBJECT),
    )
    scope = layers_of(Defaults(), (), (), Draft(variables=variables))
    assert refused(f"{{{{{name}}}}}", scope).name == name
    assert look_up(name, scope) is None


def test_an_object_that_is_made_of_its_own_part() -> None:
    scope = layers_of(Defaults(), (), (), Draft(variables=(Variable("o", '{"a": {{o.a}}}', ValueKind.OBJECT),)))
    assert "refers to itself" in refused("{{o.a}}", scope).title
