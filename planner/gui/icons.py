"""The program's icons, drawn in the colours of the palette."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)

from planner.compat import override
from planner.paths import resources

if TYPE_CHECKING:
    from pathlib import Path

INK = b"currentColor"
"""What the icons call the colour of their lines."""


@cache
def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """An icon of resources/icons.

    It asks the palette each time it is drawn, so a change of theme needs no new icon.

    Args:
        name: the file name without its ending, such as ``calendar-days``.
        role: the colour of its lines; a selected row always has that of selected text.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    return QIcon(_Engine(resources() / "icons" / f"{name}.svg", role))


class _Engine(QIconEngine):
    """Draws one SVG at any size, in the colour that its mode has at that moment."""

    def __init__(self, path: Path, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._path = path
        self._role = role
        self._svg = path.read_bytes()
        self._clones: list[_Engine] = []

    @override
    def clone(self) -> QIconEngine:
        clone = _Engine(self._path, self._role)
        self._clones.append(clone)  # Qt owns it but holds no reference, so Python would delete it
        return clone

    @override
    def isNull(self) -> bool:
        return False

    @override
    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size  # without this, Qt would draw the icon to learn its size

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self._drawn(rect.size() * ratio, mode))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._drawn(size, mode)

    def _drawn(self, size: QSize, mode: QIcon.Mode) -> QPixmap:
        """The icon on that many device pixels, from Qt's own cache where possible."""
        if size.isEmpty():  # what has no room yet, such as the icon of a button before it is laid out
            return QPixmap()
        colour = self._colour(mode)
        key = f"{self._path}/{colour.rgba():08x}/{size.width()}x{size.height()}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = _render(self._svg, colour, size)
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def _colour(self, mode: QIcon.Mode) -> QColor:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, self._role)
        if mode == QIcon.Mode.Selected:
            return palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText)
        return palette.color(QPalette.ColorGroup.Active, self._role)


def _render(svg: bytes, colour: QColor, size: QSize) -> QPixmap:
    """Draw an SVG in one colour, as large as fits, at the left of what is wider than high."""
    # The command line and the first paint have no icon: they need not wait for the library.
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - see above

    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(svg.replace(INK, colour.name().encode())))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    painter = QPainter(pixmap)
    painter.setOpacity(colour.alphaF())
    side = min(size.width(), size.height())
    renderer.render(painter, QRectF(0, (size.height() - side) / 2, side, side))
    painter.end()
    return pixmap
