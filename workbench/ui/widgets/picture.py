"""Pictures of a response, decoded in a process of their own: it has little memory, little time, and can be killed.

A picture of two kilobytes can be one of gigabytes to decode, and decoders are where programs are attacked. What comes
back are pixels, no more than a screen can show.
"""

import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QImage, QImageReader

from workbench.core.content.process import limit_this_process, run_apart
from workbench.core.content.work import Work
from workbench.core.i18n import _

WORD = "--decode-picture"
"""The first argument of the program when it is meant to be this process."""
PATIENCE = 10.0
"""Seconds that a picture may take."""

_LARGEST = 4096  # pixels a side
_MEMORY = 640_000_000  # bytes beside what Python and Qt take
_DECODED = 256  # MB of pixels at most before they are scaled down
_BEGINNINGS = {"png": b"\x89PNG", "jpeg": b"\xff\xd8\xff", "gif": b"GIF8", "bmp": b"BM", "ico": b"\0\0\1\0"}
_FORMAT = QImage.Format.Format_RGBA8888_Premultiplied


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, or a null one and a sentence on why there is none."""

    image: QImage = field(default_factory=QImage)
    trouble: str = ""


def decode_picture(body: bytes | Path, work: Work) -> Picture:
    """The picture, scaled down when it is very large. Raises ``Stopped``; ``OSError`` for what cannot be read."""
    with tempfile.TemporaryFile(prefix="picture-") as sink:
        try:
            last = run_apart([WORD], body, sink, work, PATIENCE)
        except TimeoutError:
            return Picture(trouble=_("Decoding took longer than {count:.0f} seconds.").format(count=PATIENCE))
        if not last.startswith("{"):
            return Picture(trouble=_("Decoding used more memory than allowed for an image, or crashed."))
        told = json.loads(last)
        if told["trouble"]:
            return Picture(trouble=told["trouble"])
        width, height = int(told["width"]), int(told["height"])
        sink.seek(0)
        pixels = sink.read(4 * _LARGEST * _LARGEST)
    if len(pixels) != 4 * width * height:
        return Picture(trouble=_("The decoding process ended unexpectedly."))
    return Picture(QImage(pixels, width, height, 4 * width, _FORMAT).copy())  # else it lives as long as the bytes


def main(_arguments: list[str]) -> int:
    """The other end: what ``decode_picture`` starts."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(lambda *_words: None)  # what decoders remark would mix with the answer
    application = QGuiApplication(sys.argv[:1])
    with open(0, "rb", closefd=False) as source:
        data = source.read()
    limit_this_process(_MEMORY, int(PATIENCE) + 1)
    image, trouble = decoded(data)
    if not image.isNull():
        with open(1, "wb", closefd=False) as sink:
            sink.write(image.constBits())
    told = {"width": image.width(), "height": image.height(), "trouble": trouble}
    sys.stderr.write(json.dumps(told) + "\n")
    sys.stderr.flush()
    del application
    return 0


def decoded(data: bytes) -> tuple[QImage, str]:
    """What the other process does: the image, or a null one and a sentence on why there is none."""
    name = next((name for name, begins in _BEGINNINGS.items() if data.startswith(begins)), "svg")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        name = "webp"
    if name == "svg":
        from workbench.core.content.drawing import Refused, harmless  # with lxml, in the process that decodes only

        try:
            data = harmless(data)
        except Refused as refused:
            return QImage(), str(refused)
    QImageReader.setAllocationLimit(_DECODED)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(name.encode()))
    reader.setAutoDetectImageFormat(False)  # no decoder but the one for what it is
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LARGEST:
        reader.setScaledSize(size.scaled(QSize(_LARGEST, _LARGEST), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if max(image.width(), image.height()) > _LARGEST:
        image = image.scaled(QSize(_LARGEST, _LARGEST), Qt.AspectRatioMode.KeepAspectRatio)
    if image.isNull():
        return image, _("It is damaged, too large, or of an unsupported type.")
    return image.convertToFormat(_FORMAT), ""
