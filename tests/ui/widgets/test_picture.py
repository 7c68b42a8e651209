"""Pictures from servers, decoded elsewhere: they open nothing, and have an end."""

import base64
import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

from workbench.core.content.work import Stopped, Work
from workbench.ui.widgets import picture
from workbench.ui.widgets.picture import decode_picture, decoded

pytestmark = pytest.mark.usefixtures("qapp")


def red(kind: str = "png") -> bytes:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(kind.encode())).write(image)
    return bytes(buffer.data().data())


def svg(inside: str, size: str = 'width="4" height="4"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'.encode()


def png_of(width: int, height: int) -> bytes:
    """A picture of that size in some hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["png", "jpeg", "bmp", "webp", "ico"])
def test_each_kind_is_decoded(kind: str) -> None:
    image, trouble = decoded(red(kind))
    assert trouble == ""
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(2, 1).red() > 240


def test_a_drawing_is_drawn_and_what_is_outside_is_not(tmp_path: Path) -> None:
    outside = tmp_path / "red.png"
    outside.write_bytes(red())
    inside = base64.b64encode(red()).decode()
    links = f'<image href="{outside}" width="2" height="4"/><image href="{outside.as_uri()}" width="2" height="4"/>'
    drawing = tmp_path / "body"
    drawing.write_bytes(svg(links + f'<image x="2" href="data:image/png;base64,{inside}" width="3" height="4"/>'))
    made = decode_picture(drawing, Work())
    assert made.trouble == ""
    assert made.image.pixelColor(0, 1).alpha() == 0
    assert made.image.pixelColor(3, 2).red() == 255


def test_a_drawing_is_never_larger_than_a_screen() -> None:
    image, _trouble = decoded(svg("<rect/>", 'width="1000000" height="500000"'))
    assert (image.width(), image.height()) == (4096, 2048)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\nbroken",
        b"<svg",
        b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(6) + b",\0\0\0\0\xff\xff\xff\xff\0\x02\0;",
        b"BM" + struct.pack("<IIIIIIHHIIIIII", 54, 0, 54, 40, 100_000, 100_000, 1, 24, 0, 0, 0, 0, 0, 0),
        svg('<g id="a"><use href="#a"/></g>'),
        b"%PDF-1.4\n",
    ],
)
def test_what_cannot_be_shown_is_told(data: bytes) -> None:
    image, trouble = decoded(data)
    assert image.isNull()
    assert trouble.endswith(".")


def test_why_there_is_none_comes_back() -> None:
    made = decode_picture(png_of(100_000, 100_000), Work())
    assert made.image.isNull()
    assert "too large" in made.trouble


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "PATIENCE", 0.01)
    assert "longer than" in decode_picture(red(), Work()).trouble


def test_nobody_has_to_wait_for_it() -> None:
    work = Work()
    work.stop()
    with pytest.raises(Stopped):
        decode_picture(red(), work)
