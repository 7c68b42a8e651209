"""Bodies on the wire: what they are made of, and what is refused before anything is sent."""

import email
import email.policy
import json
import os
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.bodies import Content, content, media_type
from workbench.core.draft import (
    Body,
    Field,
    FileBody,
    FileChoice,
    FormBody,
    GraphQLBody,
    MultipartBody,
    Part,
    RawBody,
    RawKind,
)
from workbench.core.errors import InvalidInput
from workbench.core.request import Payload, pieces_of

HERE = Path("/nowhere")
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


def made(body: Body | None, folder: Path = HERE, /, boundary: str = "", **values: str) -> Content:
    def resolve(text: str) -> str:
        for name, value in values.items():
            text = text.replace(f"{{{{{name}}}}}", value)
        return text

    return content(body, resolve, folder, boundary=boundary)


def whole(data: Payload) -> bytes:
    return b"".join(piece if isinstance(piece, bytes) else piece.read_bytes() for piece in pieces_of(data))


def refused(body: Body, folder: Path = HERE) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        made(body, folder)
    assert caught.value.title
    assert caught.value.hint
    return caught.value


def parsed(made_content: Content) -> list[EmailMessage]:
    """The parts as the standard library reads them."""
    head = f"Content-Type: {made_content.media_type}\r\nMIME-Version: 1.0\r\n\r\n".encode()
    message = email.message_from_bytes(head + whole(made_content.data), policy=email.policy.HTTP)
    assert message.get_content_type() == "multipart/form-data"
    assert not message.defects
    parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
    assert not any(part.defects for part in parts)
    return parts


def names(part: EmailMessage, parameter: str = "name") -> str:
    value = part.get_param(parameter, header="content-disposition", unquote=True)
    assert isinstance(value, str)
    return value.encode("utf-8", "surrogateescape").decode("utf-8")


# Raw


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (RawKind.JSON, "application/json"),
        (RawKind.XML, "application/xml"),
        (RawKind.TEXT, "text/plain; charset=utf-8"),
        (RawKind.SPARQL, "application/sparql-query"),
    ],
)
def test_raw_text_is_utf8_under_its_type(kind: RawKind, expected: str) -> None:
    assert made(RawBody(kind, "ü {{x}} 🐍"), x="y") == Content(expected, "ü y 🐍".encode())
    assert media_type(RawBody(kind)) == expected


def test_comments_in_json_are_not_sent() -> None:
    text = '{ // {{x}} why\n  "u": "http://h/*no*/", /* two\n  lines */ "n": {{x}}\n}'
    data = made(RawBody(RawKind.JSON, text), x="1").data
    assert isinstance(data, bytes)
    assert json.loads(data) == {"u": "http://h/*no*/", "n": 1}
    assert data.count(b"\n") == text.count("\n")
    assert made(RawBody(RawKind.TEXT, text), x="1").data == text.replace("{{x}}", "1").encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (FormBody(), "application/x-www-form-urlencoded"),
        (MultipartBody(), "multipart/form-data"),
        (GraphQLBody(), "application/json"),
        (FileBody((FileChoice("a.pdf"),)), "application/pdf"),
        (FileBody((FileChoice("a.pdf", "text/x"),)), "text/x"),
        (FileBody(), ""),
    ],
)
def test_the_type_that_can_be_told_before(body: Body, expected: str) -> None:
    assert media_type(body) == expected


def test_no_body() -> None:
    assert made(None) == Content("", b"")
    assert media_type(None) == ""


def test_xml_goes_out_in_the_encoding_that_it_declares() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><é/>'
    assert made(RawBody(RawKind.XML, text)).data == text.encode("latin-1")
    assert made(RawBody(RawKind.TEXT, text)).data == text.encode()
    unknown = '<?xml version="1.0" encoding="x-klingon"?><é/>'
    assert made(RawBody(RawKind.XML, unknown)).data == unknown.encode()
    error = refused(RawBody(RawKind.XML, text + "\n<!-- € -->"))
    assert "Line 2" in error.detail
    assert "U+20AC" in error.detail


def test_half_a_character_is_refused() -> None:
    assert "U+D800" in refused(RawBody(RawKind.TEXT, "a\n\ud800")).detail


# Forms


def test_urlencoded_as_browsers_write_it() -> None:
    fields = (
        Field("a b", "ä+&=~*-._%"),
        Field("off", "x", on=False),
        Field("{{n}}", "{{v}}"),
        Field("empty"),
        Field("lines", "1\r\n2"),
    )
    made_content = made(FormBody(fields), n="k", v="v v")
    assert made_content.media_type == "application/x-www-form-urlencoded"
    assert made_content.data == b"a+b=%C3%A4%2B%26%3D%7E*-._%25&k=v+v&empty=&lines=1%0D%0A2"


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT)))
def test_urlencoded_can_be_read_back(pairs: list[tuple[str, str]]) -> None:
    data = made(FormBody(tuple(Field(*pair) for pair in pairs))).data
    assert isinstance(data, bytes)
    assert parse_qsl(data.decode("ascii"), keep_blank_values=True, max_num_fields=10_000) == pairs


def test_multipart_is_what_an_independent_parser_reads(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "résumé 日本.pdf").write_bytes(b"%PDF \x00\xff\r\n--x--\r\n")
    (tmp_path / "noext").write_bytes(b"")
    (tmp_path / "x.tar.gz").write_bytes(b"gz")
    body = MultipartBody(
        (
            Part("text", "ü\r\nmore"),
            Part("json", '{"a": {{n}}}', content_type="application/json"),
            Part("off", "x", on=False),
            Part("files", files=("sub/résumé 日本.pdf", str(tmp_path / "noext"), "{{third}}")),
            Part("typed", files=("noext",), content_type="image/png"),
            Part('na"me\r\n', "v"),
        )
    )
    made_content = made(body, tmp_path, n="1", third="x.tar.gz")
    text, data, pdf, empty, archive, typed, odd = parsed(made_content)
    assert (names(text), text.get_payload(decode=True)) == ("text", "ü\r\nmore".encode())
    assert "content-type" not in text
    assert data.get_content_type() == "application/json"
    assert data.get_payload(decode=True) == b'{"a": 1}'
    assert names(pdf) == names(empty) == names(archive) == "files"
    assert names(pdf, "filename") == "résumé 日本.pdf"
    assert pdf.get_content_type() == "application/pdf"
    assert pdf.get_payload(decode=True) == b"%PDF \x00\xff\r\n--x--\r\n"
    assert (names(empty, "filename"), empty.get_content_type()) == ("noext", "application/octet-stream")
    assert empty.get_payload(decode=True) == b""
    assert archive.get_content_type() == "application/gzip"
    assert typed.get_content_type() == "image/png"
    assert names(odd) == "na%22me%0D%0A"


def test_files_are_not_read_when_a_form_is_made(tmp_path: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(10 * 1024**4)  # 10 TB that take no room
    made_content = made(MultipartBody((Part("a", "1"), Part("f", files=("big",)))), tmp_path)
    assert [piece for piece in pieces_of(made_content.data) if isinstance(piece, Path)] == [big]


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=4))
def test_any_text_survives_in_a_multipart_form(pairs: list[tuple[str, str]]) -> None:
    made_content = made(MultipartBody(tuple(Part(name, value) for name, value in pairs)))
    boundary = made_content.media_type.partition("boundary=")[2].encode()
    assert 1 <= len(boundary) <= 70  # RFC 2046 5.1.1
    _before, *parts, last = whole(made_content.data).split(b"--" + boundary)
    assert last == b"--\r\n"
    assert [part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for part in parts] == [v.encode() for _n, v in pairs]
    assert not any(b"\n" in part.partition(b"\r\n\r\n")[0].replace(b"\r\n", b"") for part in parts)


def test_an_empty_form_is_closed_and_a_given_boundary_kept() -> None:
    assert made(MultipartBody(), boundary="b") == Content("multipart/form-data; boundary=b", b"--b--\r\n")
    assert made(MultipartBody()).media_type != made(MultipartBody()).media_type


def test_a_content_type_cannot_break_out_of_its_line() -> None:
    error = refused(MultipartBody((Part("a", "1", content_type="text/plain\r\nX: y"),)))
    assert "“a”" in error.title
    assert "U+000D" in error.detail


# Files


def test_a_file_is_a_path_with_its_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_text("{}")
    others = (FileChoice("other", selected=False), FileChoice("{{name}}"))
    assert made(FileBody(others), tmp_path, name="a.json") == Content("application/json", tmp_path / "a.json")
    typed = FileBody((FileChoice(str(tmp_path / "a.json"), "application/x"),))
    assert made(typed) == Content("application/x", tmp_path / "a.json")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert made(FileBody((FileChoice("~/a.json"),))).data == tmp_path / "a.json"
    assert media_type(FileBody(others)) == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "words"),
    [("gone.bin", "no such file"), ("folder", "folder"), ("pipe", "pipe"), ("a/b\0c", "␀"), ("~nobody-at-all/x", "~")],
)
def test_a_file_that_cannot_be_sent_is_named(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    error = refused(FileBody((FileChoice(name),)), tmp_path)
    assert words in error.detail
    assert "body" in error.title
    error = refused(MultipartBody((Part("up", files=(name,)),)), tmp_path)
    assert words in error.detail
    assert "“up”" in error.title


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "secret").touch(0o000)
    assert "may not" in refused(FileBody((FileChoice("secret"),)), tmp_path).detail


@pytest.mark.parametrize(
    "body",
    [
        FileBody(),
        FileBody((FileChoice("x", selected=False),)),
        FileBody((FileChoice(" "),)),
        MultipartBody((Part("f", files=()),)),
        MultipartBody((Part("f", files=("",)),)),
    ],
)
def test_no_file_is_chosen(body: Body) -> None:
    assert "No file is chosen" in refused(body).title


# GraphQL


def graphql(query: str, variables: str = "", **values: str) -> dict[str, object]:
    made_content = made(GraphQLBody(query, variables), HERE, **values)
    assert made_content.media_type == "application/json"
    assert isinstance(made_content.data, bytes)
    said: dict[str, object] = json.loads(made_content.data)
    return said


def test_graphql_is_a_json_object() -> None:
    query = 'query Q($i: Int) {\n  a(i: $i, s: "{{s}}")\n}'
    assert graphql(query, '{"i": {{i}}}', i="1", s="x") == {
        "query": 'query Q($i: Int) {\n  a(i: $i, s: "x")\n}',
        "variables": {"i": 1},
        "operationName": "Q",
    }


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("{ a }", None),
        ("query { a }", None),
        ("query A { a } query B { b }", None),
        ("mutation M { a } fragment F on T { b }", "M"),
        ("query broken {", None),
        ("", None),
        ("{ a" * 5000, None),
    ],
)
def test_the_operation_is_named_when_there_is_one(query: str, name: str | None) -> None:
    assert graphql(query).get("operationName") == name
    assert graphql(query)["query"] == query


def test_variables_may_have_comments() -> None:
    assert graphql("{a}", '{ // which\n"i": 1 /* not 2 */ }')["variables"] == {"i": 1}


def test_numbers_of_variables_stay_as_they_are_written() -> None:
    data = made(GraphQLBody("{a}", '{"a": 1.0, "b": 12345678901234567890123, "a": 1e400}')).data
    assert isinstance(data, bytes)
    assert b'{"a": 1.0, "b": 12345678901234567890123, "a": 1e400}' in data


@pytest.mark.parametrize("variables", ["", "  \n", "null"])
def test_no_variables(variables: str) -> None:
    assert "variables" not in graphql("{a}", variables)


@pytest.mark.parametrize(
    ("variables", "words"),
    [('{"a": 1,}', "column 8"), ("[1]", "object"), ("1", "object"), ('{"a":\n nope}', "Line 2"), ('{"a": NaN}', "NaN")],
)
def test_variables_that_are_no_json_object(variables: str, words: str) -> None:
    error = refused(GraphQLBody("{a}", variables))
    assert "variables" in error.title
    assert words in error.detail
