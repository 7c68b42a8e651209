import io
import sys
from argparse import ArgumentParser
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from workbench.cli.bodies import Content, add_body_options, content
from workbench.core.errors import InvalidInput
from workbench.core.request import Stream


def body(*words: str) -> Content | None:
    parser = ArgumentParser()
    add_body_options(parser)
    args = parser.parse_args(words)
    args.parser = parser
    return content(args)


def test_no_body() -> None:
    assert body() is None


def test_data_is_sent_as_it_stands() -> None:
    assert body("-d", "a=1") == Content(b"a=1", "application/x-www-form-urlencoded")
    assert body("-d", "") == Content(b"", "application/x-www-form-urlencoded")
    assert body("-d", "a=ü", "-d", "b=2") == Content("a=ü&b=2".encode(), "application/x-www-form-urlencoded")


def test_a_file_is_streamed_and_several_are_joined(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_bytes(b"line 1\nline 2\n")
    alone, joined = body("-d", f"@{file}"), body("-d", "x", "-d", f"@{file}")
    assert alone is not None
    assert alone.body == file
    assert joined is not None
    assert joined.body == b"x&line 1\nline 2\n"


def test_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\x00from stdin")))
    found = body("-d", "@-")
    assert found is not None
    assert found.body == b"\x00from stdin"


@pytest.mark.parametrize("option", [("-d", "@{}"), ("-d", "a", "-d", "@{}"), ("--json-body", "@{}"), ("-F", "f=@{}")])
def test_a_missing_file_is_named(option: tuple[str, ...], tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(InvalidInput) as caught:
        body(*(word.format(missing) for word in option))
    assert str(missing) in caught.value.detail


def test_json_is_checked_and_sent_untouched() -> None:
    assert body("--json-body", '{"a" : 1.0, "a":2}') == Content(b'{"a" : 1.0, "a":2}', "application/json")


@pytest.mark.parametrize(
    ("text", "where"),
    [('{\n  "a": 1,\n  b\n}', "Line 3, column 3"), ("", "Line 1, column 1"), ("[1", "Line 1, column 3")],
)
def test_what_is_no_json_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        body("--json-body", text)
    assert where in caught.value.detail


def test_json_that_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(b'{"a": "\xff"}')
    with pytest.raises(InvalidInput, match="not UTF-8 text"):
        body("--json-body", f"@{file}")


def test_json_nested_beyond_reason() -> None:
    with pytest.raises(InvalidInput, match="nested too deeply"):
        body("--json-body", "[" * 200_000)


def test_one_kind_of_body_only(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        body("-d", "x", "--json-body", "1")
    assert "cannot be combined" in capsys.readouterr().err


def parsed(data: bytes, media_type: str) -> list[Message]:
    message = message_from_bytes(f"Content-Type: {media_type}\r\n\r\n".encode() + data)
    parts = message.get_payload()
    assert isinstance(parts, list)
    return [part for part in parts if isinstance(part, Message)]


def test_a_form_is_what_another_parser_reads(tmp_path: Path) -> None:
    file = tmp_path / 'a "quoted" ü.txt'
    file.write_bytes(b"\r\n--not the boundary\r\n")
    found = body("-F", "plain=a=b", "-F", "empty=", "-F", f'na"me=@{file}')
    assert found is not None
    assert isinstance(found.body, Stream)
    assert file in found.body.pieces  # read while it is sent, however large
    sent = b"".join(piece if isinstance(piece, bytes) else piece.read_bytes() for piece in found.body.pieces)
    plain, empty, upload = parsed(sent, found.media_type)
    assert plain.get_param("name", header="content-disposition") == "plain"
    assert plain.get_payload(decode=True) == b"a=b"
    assert empty.get_payload(decode=True) == b""
    assert upload.get_param("name", header="content-disposition") == "na%22me"
    assert upload.get_content_type() == "text/plain"
    assert upload.get_payload(decode=True) == file.read_bytes()
    assert 'filename="a %22quoted%22 ü.txt"'.encode() in sent


@pytest.mark.parametrize("field", ["no-equals", "=value"])
def test_what_is_no_field(field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        body("-F", field)
    assert field in caught.value.detail


def test_a_value_that_is_not_utf8_stays_what_the_terminal_gave() -> None:
    found = body("-F", "raw=a\udcff")
    assert found is not None
    assert isinstance(found.body, bytes)
    assert b"\r\n\r\na\xff\r\n" in found.body
