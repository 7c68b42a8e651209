"""What counts as a secret, and that nothing of it is left."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core import draft as d
from workbench.core.draft_codec import to_data
from workbench.core.masking import MASK, Mask, is_literal, is_secret_name, without_body, without_secrets


@pytest.mark.parametrize(
    "name",
    [
        *("Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-API-Key", "api_key", "apiKey", "APIKEY"),
        *("access_token", "accessToken", "X-Auth-Token", "X-CSRF-Token", "password", "newPassword", "client_secret"),
        *("X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token", "Ocp-Apim-Subscription-Key", "key", "sig"),
        *("session_id", "PHPSESSID", "token2", "passphrase", "pass", "db_pass", "p%61ssword"),
    ],
)
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Accept",
            "Content-Type",
            "author",
            "keyword",
            "Idempotency-Key",
            "token_type",
            "next_page_token",
            "zip_code",
        ),
        *(
            "country",
            "code",
            "X-Auth-User",
            "",
            "monkey",
            "Sec-WebSocket-Key",
            "tokenizer",
            "status",
            "passenger",
            "pass_count",
        ),
    ],
)
def test_names_of_what_is_none(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    "value", ["{{token}}", "Bearer {{token}}", "{{user}}:{{password}}", " {{a}} ", "", "Basic {{x}}"]
)
def test_a_variable_is_no_secret(value: str) -> None:
    assert not is_literal(value)


@pytest.mark.parametrize("value", ["abc", "Bearer abc", "Bearer abc{{x}}", "{{x}}abc", "{ {x}}"])
def test_what_stands_there_itself_is_one(value: str) -> None:
    assert is_literal(value)


def test_headers_keep_what_is_worth_knowing() -> None:
    mask = Mask()
    assert mask.header("Authorization", "Bearer abc") == f"Bearer {MASK}"
    assert mask.header("authorization", "abc") == MASK
    assert mask.header("Set-Cookie", "sid=abc; HttpOnly; Path=/") == f"sid={MASK}; HttpOnly; Path=/"
    assert mask.header("Cookie", "a=1; b=2") == f"a={MASK}; b={MASK}"
    assert mask.header("Location", "https://u:p@h/?access_token=1&page=2") == f"https://h/?access_token={MASK}&page=2"
    assert mask.header("Accept", "*/*") == "*/*"


def test_urls() -> None:
    mask = Mask()
    assert mask.url("https://u:p%40@h/x?token=1&a=2#id_token=3") == f"https://h/x?token={MASK}&a=2#id_token={MASK}"
    assert mask.url("{{base}}/x?API%5FKEY=1") == f"{{{{base}}}}/x?API%5FKEY={MASK}"
    assert mask.url("https://h/cb?code=1&state=2") == f"https://h/cb?code={MASK}&state=2"
    assert mask.url("https://h/?code=DE") == "https://h/?code=DE"


def test_exact_values_are_hidden_in_every_form_they_are_written_in() -> None:
    mask = Mask(['p&ss "wörd"'])
    assert mask.url("https://h/?q=p%26ss%20%22w%C3%B6rd%22") == f"https://h/?q={MASK}"
    assert mask.url("https://h/?q=p%26ss+%22w%C3%B6rd%22") == f"https://h/?q={MASK}"
    assert mask.body('{"a": "p&ss \\"w\\u00f6rd\\""}') == f'{{"a": "{MASK}"}}'
    assert mask.everywhere({"a": ['x p&ss "wörd" y', 1, None]}) == {"a": [f"x {MASK} y", 1, None]}


def test_a_short_value_hides_only_what_is_all_of_it() -> None:
    mask = Mask(["1"])
    assert mask.text("1") == MASK
    assert mask.text("11:10") == "11:10"


def test_members_and_form_fields() -> None:
    mask = Mask()
    assert json.loads(mask.body('{"access_token": "a\\"b", "expires_in": 3600, "page_token": "x"}')) == {
        "access_token": MASK,
        "expires_in": 3600,
        "page_token": "x",
    }
    assert mask.body("grant_type=password&password=a%20b&x=1") == f"grant_type=password&password={MASK}&x=1"
    assert mask.body("Dear password=holder, hello") == "Dear password=holder, hello"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("user:hush@host/path", "host/path"),
        (" user:hush@host:8443?a=1", " host:8443?a=1"),
        ("{{user}}:hush@{{host}}/", "{{host}}/"),
        ("https://h/?next=https://user:hush@other/&a=1", "https://h/?next=https://other/&a=1"),
        ("localhost:8443/x@y", "localhost:8443/x@y"),
        ("h/?pass=hush", f"h/?pass={MASK}"),
    ],
)
def test_a_user_and_password_wherever_they_stand_in_a_url(text: str, left: str) -> None:
    assert Mask().url(text) == left
    assert "hush" not in without_secrets(d.Draft(url=text)).draft.url


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('{"tokens": ["hush", 12, {"a": "hush"}], "n": 1}', {"tokens": [MASK, MASK, {"a": MASK}], "n": 1}),
        (
            '{"credentials": {"user": "hush", "more": ["hush"], "on": true}}',
            {"credentials": {"user": MASK, "more": [MASK], "on": True}},
        ),
        ('{"p\\u0061ssword": "hush", "x": 1}', {"password": MASK, "x": 1}),
        ('\ufeff [{"id": 1, "api_key" : -1.5e3}, {"name": "key"}]', [{"id": 1, "api_key": MASK}, {"name": "key"}]),
        (
            '{"a": {"secret": "hush"}, "b": "c", "list": ["x", {"pwd": "hush", "d": ["e"]}]}',
            {"a": {"secret": MASK}, "b": "c", "list": ["x", {"pwd": MASK, "d": ["e"]}]},
        ),
    ],
)
def test_what_stands_under_a_secret_name_in_json(text: str, left: object) -> None:
    assert json.loads(Mask().body(text).lstrip("\ufeff")) == left


def test_json_that_is_none_yet() -> None:
    mask = Mask()
    assert mask.body('{"password": {{pw}}, "token": "{{t}}", "n": {{n}}}') == (
        '{"password": {{pw}}, "token": "{{t}}", "n": {{n}}}'
    )
    assert mask.body('{"password": ["{{a}}", "hush"], ') == f'{{"password": ["{{{{a}}}}", "{MASK}"], '
    assert mask.body('{"password": "hush') == f'{{"password": "{MASK}"'
    assert mask.body('{"a": 1} {"password": "hush"}') == f'{{"a": 1}} {{"password": "{MASK}"}}'


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("user=me&password=hush and more&x=1", f"user=me&password={MASK}&x=1"),
        ("a=b c\r\np%61ss=hush;hush\nend=1", f"a=b c\r\np%61ss={MASK}\nend=1"),
        ("api+key=hush", f"api+key={MASK}"),
        ("Dear password=holder, hello", "Dear password=holder, hello"),
    ],
)
def test_forms_as_people_write_them(text: str, left: str) -> None:
    assert Mask().body(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "<a><password><![CDATA[hush ]] > <b>]]></password><b>C</b></a>",
            f"<a><password><![CDATA[{MASK}]]></password><b>C</b></a>",
        ),
        (
            "<Credentials>\n <User kind='x'>hush</User><br/>hush</Credentials><Name>n</Name>",
            f"<Credentials>\n <User kind='x'>{MASK}</User><br/>{MASK}</Credentials><Name>n</Name>",
        ),
        (
            """<a title="x>y" w:password = "it's hush" other='1'/><!-- <password>x</password> -->""",
            f"""<a title="x>y" w:password = "{MASK}" other='1'/><!-- <password>x</password> -->""",
        ),
    ],
)
def test_what_stands_under_a_secret_name_in_xml(text: str, left: str) -> None:
    assert Mask().body(text) == left


GRAPHQL = '''
mutation ($password: String = "hush", $tokens: [String!] = ["hush"], $n: Int = 5) {
  token: login(user: "bob", password: "hush", pin: 1, auth: {kind: "hush"}, secret: """hu"sh""") { token(first: 5) }
  other(password: $password) # "comment
}'''


def test_literals_in_graphql() -> None:
    stripped = without_secrets(d.Draft(body=d.GraphQLBody(GRAPHQL)))
    assert isinstance(stripped.draft.body, d.GraphQLBody)
    query = stripped.draft.body.query
    assert query == GRAPHQL.replace('"""hu"sh"""', '""').replace("hush", "")
    assert set(stripped.secrets) == {"hush", 'hu"sh'}
    assert "“password” in the body" in stripped.missing


def test_graphql_within_json() -> None:
    """As services take it (GraphQL over HTTP 5.4), written by hand."""
    text = json.dumps({"query": 'mutation { login(user: "bob", password: "hush") }', "n": 1})
    assert json.loads(Mask().body(text)) == {"query": f'mutation {{ login(user: "bob", password: "{MASK}") }}', "n": 1}
    untouched = '{"query": "\\u0061 token", "list": [{"query": 1}]}'
    assert Mask().body(untouched) == untouched


def test_a_sensitive_draft_without_its_body() -> None:
    draft = d.Draft(body=d.RawBody(d.RawKind.XML, "<a>private</a>"), tags=(d.SENSITIVE,))
    stripped = without_body(without_secrets(draft))
    assert stripped.draft == d.Draft(body=d.RawBody(d.RawKind.XML), tags=(d.SENSITIVE,))
    assert stripped.missing == ("the body",)
    assert without_body(stripped) == stripped


def secretive() -> d.Draft:
    return d.Draft(
        url="https://bob:SECRET0@h/{{id}}?token=SECRET1&page=2&key={{k}}",
        params=(d.Param("token", "SECRET1"), d.Param("page", "2"), d.Param("key", "{{k}}")),
        headers=(d.Field("Authorization", "Bearer SECRET2"), d.Field("X-Api-Key", "{{k}}"), d.Field("Accept", "*/*")),
        body=d.RawBody(d.RawKind.JSON, '{"password": "SECRET3", "user": "bob", "secret": "{{s}}"}'),
        auth=d.OAuth2Auth(client_id="app", client_secret="SECRET4", password="{{p}}", scope="all"),
        variables=(d.Variable("pw", "SECRET5", secret=True), d.Variable("mtls.proxy", "http://u:SECRET6@proxy:1")),
    )


SOAP = (
    '<?xml version="1.0"?><e xmlns:w="u"><w:Username>ann</w:Username>'
    '<w:Password Type="text">hush &amp; more</w:Password>'
    "<Key>a.txt</Key><NextToken>n</NextToken><BinarySecurityToken>{{token}}</BinarySecurityToken>"
    "<db user='ann' password='hush too'/></e>"
)


def test_elements_and_attributes_of_xml() -> None:
    hidden = SOAP.replace("hush &amp; more", MASK).replace("hush too", MASK)
    assert Mask().body(SOAP) == hidden
    assert Mask().body(f"\n{SOAP}") == f"\n{hidden}"
    stripped = without_secrets(d.Draft(body=d.RawBody(d.RawKind.XML, SOAP)))
    assert stripped.draft.body == d.RawBody(d.RawKind.XML, hidden.replace(MASK, ""))
    assert stripped.secrets == ("hush & more", "hush too")
    assert stripped.missing == ("“Password” in the body", "“password” in the body")


def test_a_draft_without_its_secrets() -> None:
    stripped = without_secrets(secretive())
    text = json.dumps(to_data(stripped.draft))
    assert "SECRET" not in text
    for kept in ("page=2", "key={{k}}", "{{s}}", "{{p}}", "bob", "app", "http://proxy:1", "*/*", "{{id}}"):
        assert kept in text
    assert stripped.draft.url == "https://h/{{id}}?token=&page=2&key={{k}}"
    assert stripped.draft.params[0].value == ""
    assert len(stripped.missing) == len(set(stripped.missing)) == 6
    assert {f"SECRET{n}" for n in range(6)} <= set(stripped.secrets)
    assert "SECRET" not in repr(stripped)


def test_a_draft_without_secrets_stays_as_it_is() -> None:
    draft = without_secrets(secretive()).draft
    assert without_secrets(draft).draft == draft
    assert without_secrets(draft).missing == ()


@pytest.mark.parametrize(
    "auth",
    [
        d.BasicAuth("bob", "SECRET"),
        d.BearerAuth("SECRET"),
        d.ApiKeyAuth("X-Key", "SECRET"),
        d.DigestAuth("bob", "SECRET"),
        d.OAuth2Auth(password="SECRET", access_token_url="https://u:SECRET@h/token"),
        d.AWSAuth("AKIA", secret_access_key="SECRET", session_token="SECRET"),
    ],
)
def test_every_kind_of_authorization(auth: d.Auth) -> None:
    stripped = without_secrets(d.Draft(auth=auth))
    assert "SECRET" not in json.dumps(to_data(stripped.draft))
    assert type(stripped.draft.auth) is type(auth)
    assert stripped.missing


@given(st.text(min_size=3, max_size=40).filter(lambda text: text.strip() == text and MASK not in text), st.text())
def test_no_text_holds_a_secret_afterwards(secret: str, around: str) -> None:
    masked = Mask([secret]).text(around + secret + around)
    assert secret not in masked.replace(MASK, "\0") or secret in MASK * 2


@pytest.mark.parametrize(
    "body",
    [
        d.FormBody((d.Field("password", "SECRET"), d.Field("user", "bob"))),
        d.MultipartBody((d.Part("password", "SECRET"), d.Part("user", "bob"))),
        d.GraphQLBody("query { me }", '{"token": "SECRET", "user": "bob"}'),
        d.RawBody(d.RawKind.TEXT, "grant_type=x&client_secret=SECRET&user=bob"),
    ],
)
def test_every_kind_of_body(body: d.Body) -> None:
    text = json.dumps(to_data(without_secrets(d.Draft(body=body)).draft))
    assert "SECRET" not in text
    assert "bob" in text


def test_half_a_character_is_no_harm() -> None:
    assert Mask(["half \ud83d"]).text("a half \ud83d b") == f"a {MASK} b"


def test_time_stays_linear() -> None:
    for hostile in (
        '{"' * 200_000,
        '{"a": "' + "\\" * 200_000,
        "a=" * 200_000,
        "?" * 200_000,
        "{" + '"password":' * 50_000,
        "<a token " * 50_000,
        "<a" + " password='" * 50_000,
        "<password>" * 50_000,
        '{"password": "' + '\\"' * 100_000,
        '"\\"' * 100_000 + "token",
        '""""' * 50_000 + "token",
        "{{" * 100_000 + "token",
        "{[" * 100_000 + "token",
        "a:[" * 50_000 + "token",
        "password:a " * 20_000,
        " " * 200_000 + "token",
        "a" * 200_000 + "token",
        "a=" + "b" * 200_000 + "token",
        "a:" * 100_000 + "token",
        "//" * 100_000 + "token",
        "://" * 70_000 + "token",
        "<!--" + "-" * 200_000 + "token",
        "<![CDATA[" * 20_000 + "]" * 100_000 + "token",
        "<a \"'" * 40_000 + "token",
    ):
        Mask().body(hostile)
        without_secrets(d.Draft(body=d.GraphQLBody(hostile), url=hostile))
