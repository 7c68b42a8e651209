"""Pictures of a response, decoded in a job: an image never larger than a screen can show."""

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_LARGEST = 4096  # pixels a side
# A picture must not make the renderer open files or addresses: what lies outside becomes one clear pixel.
_OUTSIDE = re.compile(rb"(href\s*=\s*)(?:\"(?!\s*data:|#)[^\"<]*\"|'(?!\s*data:|#)[^'<]*')", re.IGNORECASE)
_CLEAR_PIXEL = (
    b"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNgAAIAAAUAAe"
    b"n63NgAAAAASUVORK5CYII="
)


def decode_picture(data: bytes) -> QImage:
    """The picture, scaled down when it is very large; a null image when it cannot be decoded."""
    safe = _OUTSIDE.sub(rb'\1"' + _CLEAR_PIXEL + b'"', data) if b"<svg" in data[:4096].lower() else data
    buffer = QBuffer()
    buffer.setData(QByteArray(safe))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LARGEST:
        reader.setScaledSize(size.scaled(QSize(_LARGEST, _LARGEST), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
