"""What a body is."""

import pytest

from workbench.core.content.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("data", "content_type", "kind"),
    [
        (b"", "application/json", Kind.EMPTY),
        (b"{}", "application/json; charset=utf-8", Kind.JSON),
        (b"{}", "application/problem+json", Kind.JSON),
        (b"<a/>", "application/soap+xml", Kind.XML),
        (b"<p>", "text/html", Kind.HTML),
        (b"hello", "text/plain", Kind.TEXT),
        (b'{"a":1}', "", Kind.JSON),
        (b"a,b", "text/csv; header=present", Kind.CSV),
        (b"a\tb", "text/tab-separated-values", Kind.CSV),
        (b"data: x", "text/event-stream", Kind.EVENTS),
        (b"%PDF-1.7", "application/octet-stream", Kind.PDF),
        (b"<?xml version='1.0'?><a/>", "", Kind.XML),
        (b"<!DOCTYPE html><p>", "application/octet-stream", Kind.HTML),
        (b"\x89PNG\r\n\x1a\n....", "", Kind.PICTURE),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "", Kind.PICTURE),
        (b"\x00\x01\x02", "application/octet-stream", Kind.BINARY),
        (b"\xff\xfea\0", "", Kind.TEXT),
    ],
)
def test_a_body_is_what_its_type_or_its_beginning_says(data: bytes, content_type: str, kind: Kind) -> None:
    assert kind_of(data, content_type) is kind
