"""JSONPath, XPath and lines."""

import io

import pytest

from workbench.core.content.filters import found_words
from workbench.core.content.kinds import Kind
from workbench.core.content.lines import TextLines
from workbench.core.content.preparing import Form, Order, Prepared, lines_of, prepare
from workbench.core.content.work import Work

STORE = b'{"books": [{"title": "A", "price": 1.10}, {"title": "B", "price": 20, "big": 12345678901234567890}]}'
SOAP = b'<?xml version="1.0"?><e xmlns="urn:d" xmlns:x="urn:x"><x:a n="1">one</x:a><b>two</b></e>'


def filtered(data: bytes, kind: Kind, wanted: str) -> tuple[TextLines, Prepared]:
    sink = io.BytesIO()
    prepared = prepare(io.BytesIO(data), sink, Order(Form.FILTERED, kind, "", wanted), Work())
    return lines_of(sink, prepared), prepared


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("$.books[*].title", '"A"\n"B"'),
        ("$.books[?@.price < 2].price", "1.10"),
        ("$..big", "12345678901234567890"),
        ("$.books[0]", '{\n  "title": "A",\n  "price": 1.10\n}'),
        ("$.nothing", ""),
    ],
)
def test_json_paths_select_values_as_they_were_written(path: str, text: str) -> None:
    assert filtered(STORE, Kind.JSON, path)[0].whole() == text


def test_a_number_of_thousands_of_digits_is_selected_as_it_was_written() -> None:
    digits = b"9" * 5000
    lines, _prepared = filtered(b'{"a": %s, "b": 1}' % digits, Kind.JSON, "$.*")
    assert lines.whole() == f"{digits.decode()}\n1"


def test_a_path_is_applied_to_each_line_of_json_lines() -> None:
    lines, prepared = filtered(b'{"a": 1}\n{"a": 2}\n{"b": 3}', Kind.JSON, "$.a")
    assert lines.whole() == "1\n2"
    assert prepared.count == 2


@pytest.mark.parametrize(("path", "place"), [("$.books[", 8), ("books", 0), ("$.a ~", 4)])
def test_a_wrong_path_says_where(path: str, place: int) -> None:
    _lines, prepared = filtered(STORE, Kind.JSON, path)
    assert prepared.place == place
    assert f"character {place + 1}" in prepared.error


def test_a_body_that_is_not_json_cannot_be_filtered() -> None:
    assert "not valid JSON from line 2" in filtered(b'{"a":\n nope}', Kind.JSON, "$.a")[1].error


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("//x:a/@n", "1\n"),
        ("//d:b/text()", "two\n"),
        ("count(//*)", "3\n"),
        ("//x:a = 'one'", "true\n"),
    ],
)
def test_x_paths_know_the_document_s_namespaces(path: str, text: str) -> None:
    assert filtered(SOAP, Kind.XML, path)[0].whole() == text


def test_elements_of_a_default_namespace_are_hinted_at() -> None:
    lines, prepared = filtered(SOAP, Kind.XML, "//b")
    assert lines.whole() == ""
    assert "“d”" in prepared.notices[0]


@pytest.mark.parametrize("path", ["//[", "//y:a", "nothing()", ""])
def test_a_wrong_x_path_is_said(path: str) -> None:
    assert filtered(SOAP, Kind.XML, path)[1].error


def test_html_need_not_be_well_formed() -> None:
    assert filtered(b"<p>one<p>two<br>", Kind.HTML, "//p/text()")[0].whole() == "one\ntwo\n"


def test_no_entity_reads_a_file() -> None:
    evil = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert filtered(evil, Kind.XML, "string(/a)")[0].whole().strip() in ("", "&x;")


def test_lines_are_kept_whole_whatever_their_case() -> None:
    lines, prepared = filtered("Über uns\nnichts\nGRÜSSE über".encode(), Kind.TEXT, "ÜBER")
    assert lines.whole() == "Über uns\nGRÜSSE über"
    assert prepared.count == 2


def test_counts_are_said_in_words() -> None:
    assert found_words(1, lines=True) == "1 line"
    assert found_words(1200, lines=False) == "1,200 matches"


@pytest.mark.parametrize("data", [b" ", b" \n", b"\xef\xbb\xbf"])
def test_html_without_an_element_is_said_to_be_so(data: bytes) -> None:
    _lines, prepared = filtered(data, Kind.HTML, "//a")
    assert prepared.error
