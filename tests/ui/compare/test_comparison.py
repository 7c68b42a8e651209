"""What two exchanges differ in."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.history.examples import ISSUING, exchange, failed, shaken
from tests.support import authority
from workbench.core.exchange import Body, Exchange, Response
from workbench.ui.compare.body_diff import LINE_LIMIT, body_lines
from workbench.ui.compare.comparison import Compared, Comparison, compare
from workbench.ui.compare.diff_lines import DiffLine, Sign


def compared(left: Exchange, right: Exchange) -> Comparison:
    return compare(Compared("left", left), Compared("right", right))


def differing(comparison: Comparison) -> list[DiffLine]:
    return [line for line in comparison.lines if line.sign.is_difference]


def response(data: bytes, content_type: str = "application/json", *, size: int | None = None) -> Response:
    body = Body(data, size=len(data) if size is None else size)
    return Response(200, headers=(("Content-Type", content_type),), body=body)


def test_the_same_differs_in_nothing() -> None:
    comparison = compared(exchange(), exchange())
    assert comparison.differences == 0
    headings = [line.left for line in comparison.lines if line.sign is Sign.HEADING]
    assert headings[:3] == ["Request", "Request headers", "Result"]
    assert {"Timings", "Body", "TLS facts", "Server certificates"} <= set(headings)


def test_times_are_shown_and_no_difference() -> None:
    slow = exchange()
    slow = replace(slow, timings=replace(slow.timings, total=9999.0))
    comparison = compared(exchange(), slow)
    assert comparison.differences == 0
    assert any("10.00 s" in line.right for line in comparison.lines if line.sign is Sign.BESIDE)


def test_every_part_is_compared() -> None:
    other = exchange(
        status=404,
        handshake=replace(shaken(authority.server(ISSUING, ("api.example.org",))), cipher="TLS_AES_128_GCM_SHA256"),
        headers=(("Content-Type", "application/json"), ("X-Cache", "hit")),
        identity="bob",
        body=b'{"order": 4712}',
    )
    lines = differing(compared(exchange(), other))
    pairs = {(line.left, line.right) for line in lines}
    assert ("Status: 200 Fine", "Status: 404 Fine") in pairs
    assert ("Identity: alice", "Identity: bob") in pairs
    assert ("", "X-Cache: hit") in pairs
    assert ('  "order": 4711', '  "order": 4712') in pairs
    assert ("Cipher: TLS_AES_256_GCM_SHA384", "Cipher: TLS_AES_128_GCM_SHA256") in pairs
    assert any(line.sign is Sign.OTHER and "SHA-256" in line.left for line in lines)


def test_a_response_against_a_failure() -> None:
    lines = differing(compared(exchange(), failed()))
    assert any(line.left == "Status: 200 Fine" for line in lines)
    assert any(line.right == "Failure: server-untrusted" for line in lines)
    assert any("Verification error" in line.right for line in lines)


def test_json_is_laid_out_first() -> None:
    one, other = response(b'{"a":1,"b":[1,2]}'), response(b'{ "a": 1, "b": [1, 3] }')
    assert [(line.left.strip(), line.right.strip()) for line in body_lines(one, other) if line.sign is Sign.OTHER] == [
        ("2", "3")
    ]


def test_xml_is_laid_out_first() -> None:
    one = response(b"<a><b>1</b><c/></a>", "text/xml")
    other = response(b"<a>\n<b>1</b>\n<d/></a>", "text/xml")
    assert [(line.left.strip(), line.right.strip()) for line in body_lines(one, other) if line.sign is Sign.OTHER] == [
        ("<c/>", "<d/>")
    ]


def test_what_is_no_text_is_compared_by_its_thumbprint() -> None:
    (line,) = body_lines(response(b"\x89PNG\r\n\x1a\nabc", "image/png"), response(b"\x89PNG\r\n\x1a\nabd", "image/png"))
    assert line.sign is Sign.OTHER
    assert "11 B, SHA-256" in line.left


def test_a_body_that_was_not_kept_is_told() -> None:
    lines = body_lines(response(b"", size=1200), response(b"{}"))
    assert lines[0] == DiffLine(Sign.NOTE, "The body on the left (1.2 kB) was not stored.")


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = Response(200, body=Body(file=tmp_path / "gone", size=5))
    assert "can no longer be read" in body_lines(response(b"{}"), gone)[0].left


@pytest.mark.parametrize("size", [1_500_000])
def test_large_bodies_are_cut_with_words_(size: int) -> None:
    text = json.dumps([{"id": number, "name": f"thing {number}"} for number in range(size // 30)]).encode()
    lines = body_lines(response(text), response(text.replace(b"thing 7", b"thing eight")))
    notes = [line.left for line in lines if line.sign is Sign.NOTE]
    assert any("1.0 MB" in note for note in notes)
    assert any(str(LINE_LIMIT) in note for note in notes)


def test_nothing_against_nothing() -> None:
    assert body_lines(None, None) == ()
