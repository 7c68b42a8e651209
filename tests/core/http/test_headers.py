"""Header fields: what is refused, what is added, what goes over the wire."""

import pytest

from workbench.core.errors import InvalidInput
from workbench.core.http.headers import check, check_method, complete, decode, encode
from workbench.core.request import Headers, Request
from workbench.core.url import parse

URL = parse("https://h:8443/")


def completed(method: str = "GET", headers: Headers = (), url: str = "", size: int | None = 0) -> dict[str, str]:
    fields = complete(Request(method, headers=headers), parse(url) if url else URL, size)
    assert len({name.lower() for name, _value in fields}) == len(fields)
    return {name.lower(): value for name, value in fields}


@pytest.mark.parametrize("method", ["", "GET ", "GE T", "GET\r\nX: y", "GÉT"])
def test_methods_are_tokens(method: str) -> None:
    with pytest.raises(InvalidInput, match="method"):
        check_method(method)
    assert check_method("M-SEARCH") == "M-SEARCH"


@pytest.mark.parametrize(
    "field",
    [
        ("", "x"),
        ("X Y", "x"),
        ("X:", "x"),
        ("X\r\nY", "x"),
        ("Ü", "x"),
        ("X", "a\r\nY: b"),
        ("X", "a\nb"),
        ("X", "a\x00"),
        ("X", "a\x7f"),
        ("X", "a\udcff"),
    ],
)
def test_a_field_that_would_break_out_of_its_line(field: tuple[str, str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        check((("Fine", "a\tb ü 漢"), field))
    assert caught.value.detail
    str(caught.value).encode()


def test_what_nobody_gave_is_added() -> None:
    fields = completed()
    assert fields["host"] == "h:8443"
    assert fields["user-agent"].startswith("mtls-workbench/")
    assert fields["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "content-length" not in fields
    assert completed("POST")["content-length"] == "0"
    assert completed("DELETE", size=3)["content-length"] == "3"
    assert completed("POST", size=None)["transfer-encoding"] == "chunked"


def test_what_somebody_gave_stays() -> None:
    given = (("host", "other"), ("USER-AGENT", "me"), ("Authorization", "Bearer x"), ("Content-Length", "3"))
    fields = completed("POST", given, "https://u:p@h/", 3)
    assert (fields["host"], fields["user-agent"], fields["content-length"]) == ("other", "me", "3")
    assert fields["authorization"] == "Bearer x"
    assert "content-length" not in completed("POST", (("Transfer-Encoding", "chunked"),), size=3)


@pytest.mark.parametrize("field", [("Content-Length", "4"), ("content-length", "x"), ("Transfer-Encoding", "gzip")])
def test_a_frame_that_does_not_fit_the_body(field: tuple[str, str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        completed("POST", (field,), size=3)
    assert field[1] in caught.value.detail


def test_user_and_password_of_the_url() -> None:
    assert completed(url="https://u:p@h/")["authorization"] == "Basic dTpw"
    assert completed(url="https://u@h/")["authorization"] == "Basic dTo="


def test_over_the_wire_and_back() -> None:
    fields = (("A", " x "), ("B", "ü"), ("C", "漢"))
    assert encode(fields) == [(b"A", b"x"), (b"B", b"\xfc"), (b"C", "漢".encode())]
    assert decode([(b"A", b"\xfc"), (b"B", "ü漢".encode())]) == (("A", "ü"), ("B", "ü漢"))
