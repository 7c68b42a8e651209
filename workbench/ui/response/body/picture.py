"""Pictures of a response, decoded in a job: an image never larger than a screen can show."""

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_LARGEST = 4096  # pixels a side
# A picture must not make the renderer open files or addresses: what lies outside becomes one clear pixel.
# A picture within may only be a raster one: a drawing there could lead outside again.
_INSIDE = rb"(?!#|data:image/(?:png|jpeg|gif|webp)[;,])"
_OUTSIDE = re.compile(rb"(href\s*=\s*)(?:\"" + _INSIDE + rb"[^\"<]*\"|'" + _INSIDE + rb"[^'<]*')", re.IGNORECASE)
_CLEAR_PIXEL = (
    b"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNgAAIAAAUAAe"
    b"n63NgAAAAASUVORK5CYII="
)


def decode_picture(data: bytes) -> QImage:
    """The picture, scaled down when it is very large; a null image when it cannot be decoded."""
    drawing = b"<svg" in data
    buffer = QBuffer()
    buffer.setData(QByteArray(_OUTSIDE.sub(rb'\1"' + _CLEAR_PIXEL + b'"', data) if drawing else data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()).startswith(b"svg") and (not drawing or b"\0" in data):
        return QImage()  # compressed, or in a charset in which the links above are not found
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LARGEST:
        reader.setScaledSize(size.scaled(QSize(_LARGEST, _LARGEST), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
