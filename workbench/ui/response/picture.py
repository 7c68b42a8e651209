"""Pictures of a response, decoded in a job: an image never larger than a screen can show."""

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_LARGEST = 4096  # pixels a side
# A picture must not make the renderer open files or addresses.
_OUTSIDE = re.compile(rb"((?:xlink:)?href\s*=\s*[\"'])(?!data:|#)[^\"']*", re.IGNORECASE)


def decode_picture(data: bytes) -> QImage:
    """The picture, scaled down when it is very large; a null image when it cannot be decoded."""
    safe = _OUTSIDE.sub(rb"\1#", data) if b"<svg" in data[:4096].lower() else data
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
