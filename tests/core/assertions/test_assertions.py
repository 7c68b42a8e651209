"""Assertions over real answers: what they look at, how they compare, and what they say when they do not hold."""

import json
from dataclasses import replace

import pytest

from tests.ui.response import exchanges
from workbench.core.assertions import OPERATORS, TLS_FACTS, AssertionResult, evaluate, takes_value
from workbench.core.content import patterns
from workbench.core.draft import Assertion
from workbench.core.exchange import Body, Exchange, Outcome, Response, Timings
from workbench.core.request import Request
from workbench.core.variables import Layer, Scope, Value, resolve

JSON = (
    b'{"string": "foo", "quoted": "\'foo\'", "number": 123, "text": "123", "null": null, "true": true, "false": false,'
    b' "list": [1, {"id": 7}], "empty": [], "nothing": "", "key.dot": 5, "big": 9007199254740993}'
)


def answered(body: bytes = JSON) -> Exchange:
    headers = (("Content-Type", "application/json"), ("Set-Cookie", "a=1"), ("set-cookie", "b=2"))
    response = Response(201, "Created", headers=headers, body=Body(body, size=len(body)))
    request = Request(url="https://example.test/")
    return Exchange(request, Outcome.RESPONSE, response=response, timings=Timings(total=41.6))


def check(expression: str, operator: str, value: str = "", exchange: Exchange | None = None) -> AssertionResult:
    assertion = Assertion(expression, operator, value)
    (result,) = evaluate((assertion,), exchange or answered(), lambda text: text)
    return result


@pytest.mark.parametrize(
    ("expression", "operator", "value"),
    [
        ("res.status", "eq", "201"),
        ("res.status", "neq", "200"),
        ("res.status", "in", "200, 201"),
        ("res.status", "notIn", "400, 500"),
        ("res.status", "between", "200, 299"),
        ("res.status", "gte", "201"),
        ("res.status", "lt", "300"),
        ("res.statusText", "eq", "Created"),
        ("res.responseTime", "lte", "42"),
        ("res.url", "startsWith", "https://example"),
        ("res.headers.content-type", "contains", "json"),
        ("res.headers['Content-Type']", "endsWith", "json"),
        ("res.headers.set-cookie", "eq", "a=1, b=2"),
        ("res.headers.x-none", "isUndefined", ""),
        ("res.body.string", "eq", "foo"),
        ("res.body.string", "eq", "'foo'"),
        ("res.body.string", "eq", '"foo"'),
        ("res.body.quoted", "eq", "\"'foo'\""),
        ("res.body.number", "eq", "123"),
        ("res.body.text", "eq", "'123'"),
        ("res.body.text", "neq", "123"),
        ("res.body.null", "eq", "null"),
        ("res.body.null", "isNull", ""),
        ("res.body.null", "isDefined", ""),
        ("res.body.true", "eq", "true"),
        ("res.body.true", "isBoolean", ""),
        ("res.body.true", "isTruthy", ""),
        ("res.body.false", "isFalsy", ""),
        ("res.body.nonexistent", "eq", "undefined"),
        ("res.body.nonexistent.deeper", "isUndefined", ""),
        ("res.body.list[1].id", "eq", "7"),
        ("res.body.list.length", "eq", "2"),
        ("res.body.list", "length", "2"),
        ("res.body.list", "contains", "1"),
        ("res.body.list", "notContains", "'1'"),
        ("res.body.list", "isArray", ""),
        ("res.body.list[9]", "isUndefined", ""),
        ("res.body.empty", "isEmpty", ""),
        ("res.body.nothing", "isEmpty", ""),
        ("res.body.string", "isNotEmpty", ""),
        ("res.body['key.dot']", "isNumber", ""),
        ("res.body.big", "eq", "9007199254740993"),
        ("res.body", "isJson", ""),
        ("res.body.string", "isString", ""),
        ("res.body.string", "matches", "^f.o$"),
        ("res.body.string", "matches", "/^f/"),
        ("res.body.string", "notMatches", "^o"),
        ("res.body$.list[*].id", "eq", "7"),
        ("res('list[1].id')", "eq", "7"),
    ],
)
def test_what_holds(expression: str, operator: str, value: str) -> None:
    result = check(expression, operator, value)
    assert result.passed, result.words
    assert result.words == ""


@pytest.mark.parametrize(
    ("expression", "operator", "value", "words"),
    [
        ("res.status", "eq", "200", "201"),
        ("res.body.number", "eq", "'123'", "123"),
        ("res.body.true", "eq", "1", "true"),
        ("res.body.string", "gt", "1", "only numbers"),
        ("res.status", "between", "200", "comma"),
        ("res.body.string", "matches", "(", "unterminated"),
        ("res.nothing", "eq", "1", "res.nothing"),
        ("something", "eq", "1", "res."),
        ("res.body.[x", "eq", "1", "not a valid path"),
        ("res.body$[", "eq", "1", "JSONPath"),
        ("res.status", "resembles", "1", "resembles"),
        ("tls.version", "eq", "TLSv1.3", "TLS was not used"),
    ],
)
def test_what_does_not_hold_says_why(expression: str, operator: str, value: str, words: str) -> None:
    result = check(expression, operator, value)
    assert not result.passed
    assert words in result.words


def test_what_is_no_json_is_a_text() -> None:
    assert check("res.body", "contains", "hello", answered(b"<p>hello</p>")).passed
    assert check("res.body.a", "isUndefined", exchange=answered(b"<p>hello</p>")).passed


def test_tls_facts() -> None:
    exchange = exchanges.succeeded()
    for fact in TLS_FACTS:
        assert check(f"tls.{fact}", "isDefined", exchange=exchange).passed, fact
    assert check("tls.version", "eq", "TLSv1.3", exchange).passed
    assert check("tls.mutual", "isTruthy", exchange=exchange).passed
    assert "Known facts" in check("tls.colour", "eq", "red", exchange).words


def test_without_a_response_nothing_holds() -> None:
    assert "no response" in check("res.status", "eq", "200", exchanges.untrusted()).words


def test_only_those_that_are_on_are_looked_at() -> None:
    off = Assertion("res.status", "eq", "1", on=False)
    assert evaluate((off, replace(off, expression=" ", on=True)), answered(), lambda text: text) == ()


def test_variables_are_filled_in_and_what_is_undefined_is_said() -> None:
    scope = Scope((Layer("request", {"wanted": Value("201", "request")}),))
    given = (Assertion("res.status", "eq", "{{wanted}}"), Assertion("res.status", "eq", "{{nobody}}"))
    first, second = evaluate(given, answered(), lambda text: resolve(text, scope))
    assert first.passed
    assert not second.passed
    assert "nobody" in second.words


def test_every_operator_is_known_to_the_evaluation() -> None:
    for operator, _words in OPERATORS:
        value = "1, 2" if operator == "between" else "1"
        assert "Unknown operator" not in check("res.status", operator, value if takes_value(operator) else "").words


def test_a_query_that_would_never_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "PATIENCE", 0.5)
    body = json.dumps(["a" * 60 + "b"]).encode()
    result = check("res.body$[?search(@, '(a+)+$')]", "isDefined", exchange=answered(body))
    assert not result.passed
    assert "too long" in result.words


@pytest.mark.parametrize(
    ("charset", "encoded"), [("iso-8859-1", "latin-1"), ("utf-16", "utf-16"), ("utf-8", "utf-8-sig"), ("", "utf-8-sig")]
)
def test_a_body_is_read_in_its_charset(charset: str, encoded: str) -> None:
    body = '{"name": "Zoë"}'.encode(encoded)
    kind = f"application/json; charset={charset}" if charset else "application/json"
    response = Response(200, "OK", headers=(("Content-Type", kind),), body=Body(body, size=len(body)))
    exchange = Exchange(Request(url="https://example.test/"), Outcome.RESPONSE, response=response)
    assert check("res.body.name", "eq", "Zoë", exchange).passed
