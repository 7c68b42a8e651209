"""What an editor says of a text, and how it lays it out."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from workbench.core.bodies import Language, Problem, problem, tidy
from workbench.core.errors import InvalidInput

JSON_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def place(language: Language, text: str) -> tuple[int, int] | None:
    found = problem(language, text)
    assert found is None or found.message.endswith((".", "”", ")")), found
    return (found.line, found.column) if found else None


@pytest.mark.parametrize(
    "text",
    [
        "", "  \n", "null", "1.0", '"{{x}}"', "{{whole}}", ' {"a": {{n}} } ', '{"a": {{n}}, {{k}}: [{{a}}, {{b}}]}',
        '{"a": "x {{y}} \\" {{z}}"}', "{{{members}}}", '{"a": 1, {{more}}}', '{"a": 1{{zeros}}}', "{{a}}{{b}}",
        '[1, {{rest}}]', '{"deep": {"er": {{n}}}}', "[" * 5000 + "]" * 5000, '{"n": 123456789012345678901234567890}',
        '{ // one\n "a": 1, /* two\n lines */ "b": "http://x" // {{undefined}}\n}', "// only\n1",
        "1" * 10_000, '"\\ud800"', '{"a":{{n}}\n}',
    ],
)  # fmt: skip
def test_json_with_variables_is_fine(text: str) -> None:
    assert problem(Language.JSON, text) is None


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ('{"a": 1,}', (1, 8), "comma"),
        ("[1,\n 2,\n]", (2, 3), "comma"),
        ('{"a" 1}', (1, 6), "colon"),
        ('{"a": 1 "b": 2}', (1, 9), "comma"),
        ("{a: 1}", (1, 2), "double quotes"),
        ("{'a': 1}", (1, 2), "double quotes"),
        ('{"a": tru}', (1, 7), "value"),
        ('{"a": 1', (1, 8), "Unexpected end"),
        ('{"a": ', (1, 7), "Unexpected end"),
        ('{"a": "x', (1, 7), "Unterminated"),
        ('{"a": "x\ny"}', (1, 9), "contains a line break"),
        ('{"a": "\\x"}', (1, 8), "escape"),
        ("{} {}", (1, 4), "after the end"),
        ('{"é🐍": 1 2}', (1, 10), "comma"),
        ('{"NaN": "NaN",\n "x": NaN}', (2, 7), "NaN"),
        ('{"x": -Infinity}', (1, 7), "NaN"),
        ("\ufeff{}", (1, 1), "byte order mark"),
        ('{"a": {{n}} "b": 1}', (1, 13), "comma"),
        ('{ // "\n"a": 1,\n}', (2, 7), "comma"),
        ('{"a": /', (1, 7), "value"),
        ('{"a": 1 /* never closed }', (1, 9), "comma"),
        ('{{{a}}: 1, "b": }', (1, 17), "value"),
    ],
)
def test_json_is_pointed_at_where_it_breaks(text: str, where: tuple[int, int], words: str) -> None:
    found = problem(Language.JSON, text)
    assert found is not None
    assert (found.line, found.column) == where
    assert words in found.message


@given(JSON_VALUE)
def test_tidy_json_means_the_same(value: object) -> None:
    for text in (
        json.dumps(value),
        json.dumps(value, indent=3, ensure_ascii=False),
        json.dumps(value, separators=(",", ":")),
    ):
        laid_out = tidy(Language.JSON, text)
        assert json.loads(laid_out) == value
        assert tidy(Language.JSON, laid_out) == laid_out


@given(JSON_VALUE)
def test_tidy_json_looks_as_the_standard_library_lays_it_out(value: object) -> None:
    assert tidy(Language.JSON, json.dumps(value)) == json.dumps(value, indent=2)


def test_tidy_json_keeps_what_parsers_lose() -> None:
    text = '{"a":1.0,"a":1E+2,"big":12345678901234567890.10,"u":"\\u00e9\\/",{{k}}:{{v}},"l":[{{a}},{{b c}}]'
    text += ',"e":{ },"f":[\n]}'
    assert tidy(Language.JSON, text) == (
        '{\n  "a": 1.0,\n  "a": 1E+2,\n  "big": 12345678901234567890.10,\n  "u": "\\u00e9\\/",\n  {{k}}: {{v}},\n'
        '  "l": [\n    {{a}},\n    {{b c}}\n  ],\n  "e": {},\n  "f": []\n}'
    )
    assert tidy(Language.JSON, '{"n":1{{zeros}},"m":{{a}}{{b}}, {{rest}} }') == (
        '{\n  "n": 1{{zeros}},\n  "m": {{a}}{{b}},\n  {{rest}}\n}'
    )


def test_tidy_json_keeps_comments_on_their_lines() -> None:
    text = '// head\n{"a":1,// one\n// two\n"b":[/* x */1,2 /* y */],"u":"http://h"// end\n,"c":{}/*\n z */}'
    laid_out = tidy(Language.JSON, text)
    assert laid_out == (
        '// head\n{\n  "a": 1, // one\n  // two\n  "b": [ /* x */\n    1,\n    2 /* y */\n  ],\n'
        '  "u": "http://h" // end\n  ,\n  "c": {} /*\n z */\n}'
    )
    assert tidy(Language.JSON, laid_out) == laid_out


@pytest.mark.parametrize("language", [Language.JSON, Language.XML, Language.GRAPHQL])
@pytest.mark.parametrize("text", ["", " \n"])
def test_nothing_stays_nothing(language: Language, text: str) -> None:
    assert tidy(language, text) == text


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (Language.JSON, '{"a":\n 1,}', "Line 2, column 3"),
        (Language.JSON, "[" * 900 + "]" * 900, "nested too deeply"),
        (Language.JSON, "[" * 100_000 + "]" * 100_000, "nested too deeply"),
        (Language.XML, "<a>\n</b>", "Line 2"),
        (Language.XML, "<{{a}}>\n</{{b}}>", "Line 2"),
        (Language.XML, "<a>" * 220 + "</a>" * 220, "nested too deeply"),
        (Language.GRAPHQL, "{\n a(", "Line 2"),
        (Language.GRAPHQL, "{a" * 5000 + "}" * 5000, "nested too deeply"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_with_its_place(language: Language, text: str, words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        tidy(language, text)
    assert words in caught.value.detail
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "<a/>", "<a>{{x}}</a>", '<a b="{{x}}"/>', "<{{tag}}>x</{{tag}}>", "{{document}}", "<a>é {{ü}}</a>",
        '<?xml version="1.0" encoding="ISO-8859-1"?><é/>',
        '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY e "v">]><a>&e;</a>',
        "<a xmlns='urn:x'><![CDATA[<&]]></a>", "<a><!-- {{c}} --></a>",
    ],
)  # fmt: skip
def test_xml_with_variables_is_fine(text: str) -> None:
    assert problem(Language.XML, text) is None
    assert tidy(Language.XML, text)


@pytest.mark.parametrize(
    ("text", "line"),
    [("<a>", 1), ("<a>\n<b></a>", 2), ("<a>\n\n é & b</a>", 3), ("x", 1), ("<a/>\n<b/>", 2), ("<a\x00/>", 1)],
)
def test_xml_is_pointed_at_where_it_breaks(text: str, line: int) -> None:
    found = problem(Language.XML, text)
    assert found is not None
    assert found.line == line
    assert found.column >= 1


def test_the_column_of_xml_counts_characters() -> None:
    plain, letters = problem(Language.XML, "<a>aaaa & b</a>"), problem(Language.XML, "<a>éé日本 & b</a>")
    assert plain == letters


def test_xml_reads_no_file_and_swells_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("x") / "secret"
    secret.write_text("hunter2")
    text = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'
    assert "hunter2" not in tidy(Language.XML, text)
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    began = time.perf_counter()
    problem(Language.XML, f'<!DOCTYPE a [<!ENTITY e0 "ha">{laughs}]><a>&e11;</a>')
    assert time.perf_counter() - began < 2


def test_tidy_xml() -> None:
    text = (
        '<?xml version="1.0" encoding="utf-16"?>\n<!-- first --><r a="{{x}}"><b><c/></b>'
        "<!-- note --><p>mixed <i>text</i> stays</p>"
        '<{{t}}>1</{{t}}><k xml:space="preserve"> <z/> </k><d><![CDATA[<&]]></d></r><!-- last -->'
    )
    assert tidy(Language.XML, text) == (
        '<?xml version="1.0" encoding="utf-16"?>\n<!-- first -->\n'
        '<r a="{{x}}">\n  <b>\n    <c/>\n  </b>\n  <!-- note -->\n'
        "  <p>mixed <i>text</i> stays</p>\n  <{{t}}>1</{{t}}>\n"
        '  <k xml:space="preserve"> <z/> </k>\n  <d><![CDATA[<&]]></d>\n</r>\n<!-- last -->'
    )
    assert tidy(Language.XML, tidy(Language.XML, text)) == tidy(Language.XML, text)
    with_types = '<!-- a --><!DOCTYPE r [<!ENTITY e "]">\n<!ELEMENT r ANY>]><r><b>&e;</b></r>'
    assert tidy(Language.XML, with_types) == with_types.replace("<r><b>&e;</b></r>", "\n<r>\n  <b>&e;</b>\n</r>")
    assert etree.fromstring(tidy(Language.XML, "<a><b>x</b></a>").encode()).findtext("b") == "x"


@pytest.mark.parametrize(
    "text", ["{ a }", "query Q($a: Int = {{n}}) { {{field}}(x: {{v}}) @skip(if: true) }", '{ a(s: "{{x}}") } # c']
)
def test_graphql_with_variables_is_fine(text: str) -> None:
    assert problem(Language.GRAPHQL, text) is None


@pytest.mark.parametrize(
    ("text", "where"), [("{", (1, 2)), ("query {\n  a(\n}", (3, 1)), ("{ a }}", (1, 6)), ('{ a(s: "x) }', (1, 13))]
)
def test_graphql_is_pointed_at_where_it_breaks(text: str, where: tuple[int, int]) -> None:
    assert place(Language.GRAPHQL, text) == where


SCHEMA = "type Query { hero(id: Int!, kind: Kind): Hero } type Hero { name: String } enum Kind { JEDI }"


@pytest.mark.parametrize(
    "text",
    [
        "{ hero(id: 1) { name } }",
        "{ hero(id: {{id}}, kind: {{k}}) { {{fields}} } }",
        "query Q { hero(id: 1, kind: JEDI) { name } }",
    ],
)
def test_graphql_that_fits_its_schema(text: str) -> None:
    assert problem(Language.GRAPHQL, text, schema=SCHEMA) is None


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("{\n hero(id: 1) { nam } }", (2, 16), "name"),
        ("{ hero { name } }", (1, 3), "id"),
        ("{ hero(id: {{id}}) { {{f}} other } }", (1, 28), "other"),
        ('{ hero(id: "x") { name } }', (1, 12), "Int"),
        ("{ hero(", (1, 8), "<EOF>"),
    ],
)
def test_graphql_that_does_not_fit(text: str, where: tuple[int, int], words: str) -> None:
    found = problem(Language.GRAPHQL, text, schema=SCHEMA)
    assert found is not None
    assert (found.line, found.column) == where
    assert words in found.message


def test_a_schema_that_cannot_be_read_judges_nothing() -> None:
    assert problem(Language.GRAPHQL, "{ a }", schema="type {") is None
    assert problem(Language.GRAPHQL, "{ a", schema="type {") is not None


def test_tidy_graphql() -> None:
    assert tidy(Language.GRAPHQL, 'query Q($i:Int){a(i:$i,s:"{{s}}"){ {{f}} b}}') == (
        'query Q($i: Int) {\n  a(i: $i, s: "{{s}}") {\n    {{f}}\n    b\n  }\n}'
    )
    with_comments = '# all\nquery {\na # one\n      b(x: [\n1\n])\n\n\n\n c(s: """\n  kept\n """)\n}'
    assert tidy(Language.GRAPHQL, with_comments) == (
        '# all\nquery {\n  a # one\n  b(x: [\n      1\n    ])\n\n  c(s: """\n  kept\n """)\n}'
    )


def test_form_text() -> None:
    assert problem(Language.FORM, "a=1&b=%20+ü") is None
    assert place(Language.FORM, "a=1\n&b=%2") == (2, 4)
    assert place(Language.FORM, "a=\x01") == (1, 3)
    assert place(Language.FORM, "a=\ud800") == (1, 3)


def test_other_languages_are_not_judged() -> None:
    assert problem(Language.TEXT, "{") is None
    assert tidy(Language.SPARQL, "SELECT") == "SELECT"


def test_a_megabyte_is_checked_and_laid_out() -> None:
    text = json.dumps([{"name": f"n{n}", "value": n, "list": [1, 2, 3]} for n in range(20_000)])
    assert problem(Language.JSON, text) is None
    assert len(tidy(Language.JSON, text)) > len(text)


@pytest.mark.parametrize("text", ['"' * 100_000, "{{" * 50_000, '{"a":' * 20_000, '"\\' * 50_000, "[{{a}}" * 20_000])
def test_no_text_takes_for_ever(text: str) -> None:
    problem(Language.JSON, text)  # with a step for each pair of its characters the test would run into its time limit


def test_a_problem_is_data() -> None:
    assert problem(Language.JSON, "{") == Problem("Unexpected end: something is not closed.", 1, 2)
