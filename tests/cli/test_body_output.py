from pathlib import Path

import pytest

from workbench.cli.body_output import show_body, spool_of, write_body
from workbench.cli.output import Output
from workbench.core.errors import InvalidInput
from workbench.core.exchange import Body, Response


def response(data: bytes, content_type: str = "text/plain") -> Response:
    return Response(200, headers=(("Content-Type", content_type),), body=Body(data, size=len(data)))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    monkeypatch.setattr("workbench.cli.body_output.stdout_is_terminal", lambda: True)
    return capfd


@pytest.mark.parametrize(
    ("data", "content_type", "shown"),
    [
        (b"plain\ttext\n", "text/plain", "plain   text\n"),
        (b"\x1b]0;owned\x07", "text/plain", "\\x1b]0;owned\\x07\n"),
        (b'{"a":[1,2]}', "application/json", '{\n  "a": [\n    1,\n    2\n  ]\n}\n'),
        (b'{"a":1,"a":1.00}', "application/problem+json", '{"a":1,"a":1.00}\n'),
        (b"{broken", "application/json", "{broken\n"),
        (b'{"a":1}', "text/plain", '{"a":1}\n'),
    ],
)
def test_a_terminal_shows_text(
    terminal: pytest.CaptureFixture[str], data: bytes, content_type: str, shown: str
) -> None:
    show_body(response(data, content_type), Output())
    assert terminal.readouterr().out == shown


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfe\xfd", b"nul\x00"])
def test_a_terminal_is_spared_what_is_no_text(terminal: pytest.CaptureFixture[str], data: bytes) -> None:
    show_body(response(data), Output())
    out, err = terminal.readouterr()
    assert out == ""
    assert "-o" in err


def test_a_terminal_sees_the_beginning_of_a_large_body(terminal: pytest.CaptureFixture[str]) -> None:
    show_body(response("ü".encode() * 1_000_000), Output())
    out, err = terminal.readouterr()
    assert len(out) < 1_100_000
    assert "1.0 MB of 2.0 MB" in err


def test_a_pipe_gets_the_bytes(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    show_body(response(b"\x00\xff\r\n"), Output())
    assert capfdbinary.readouterr().out == b"\x00\xff\r\n"
    file = tmp_path / "spooled"
    file.write_bytes(b"from disk")
    show_body(Response(200, body=Body(file=file, size=9)), Output())
    assert capfdbinary.readouterr().out == b"from disk"


def spooled(folder: Path, data: bytes = b"from disk") -> Path:
    file = folder / "spooled"
    file.write_bytes(data)
    file.chmod(0o600)
    return file


def test_a_spooled_body_becomes_the_file(tmp_path: Path) -> None:
    file, target = spooled(tmp_path), tmp_path / "target"
    inode = file.stat().st_ino
    write_body(Response(200, body=Body(file=file, size=9)), str(target))
    assert target.read_bytes() == b"from disk"
    assert target.stat().st_ino == inode
    (tmp_path / "other").touch()
    assert target.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    file, target = spooled(tmp_path), tmp_path / "target"
    target.write_bytes(b"what was there before")
    target.chmod(0o640)
    write_body(Response(200, body=Body(file=file, size=9)), str(target))
    assert target.read_bytes() == b"from disk"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("how", ["symlink", "hard link"])
def test_a_link_is_written_through(tmp_path: Path, how: str) -> None:
    file, target, behind = spooled(tmp_path), tmp_path / "target", tmp_path / "behind"
    behind.write_bytes(b"what was there before")
    if how == "symlink":
        target.symlink_to(behind)
    else:
        target.hardlink_to(behind)
    write_body(Response(200, body=Body(file=file, size=9)), str(target))
    assert behind.read_bytes() == b"from disk"
    assert file.stat().st_mode & 0o777 == 0o600


def test_large_bodies_wait_beside_their_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    assert spool_of(str(tmp_path / "new")) == tmp_path
    assert [spool_of(name) for name in (None, "-", str(tmp_path / "link"), "/dev/null")] == [None] * 4


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        write_body(response(b"x"), str(tmp_path))
