"""The application's icon as a picture: ``python render_icon.py ICON.svg SIZE OUT.png|.ico|.icns``."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_application = QGuiApplication(sys.argv[:1])
source, size, target = sys.argv[1], int(sys.argv[2]), sys.argv[3]
image = QImage(size, size, QImage.Format.Format_ARGB32)
image.fill(Qt.GlobalColor.transparent)
painter = QPainter(image)
QSvgRenderer(source).render(painter)
painter.end()
if not image.save(target):
    sys.exit(f"{target} could not be written")
