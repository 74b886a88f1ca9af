"""Where the window was when it was closed; it opens there again, and never beyond the edge of a screen."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from planner import paths

_USUAL = QSize(1280, 800)
# The title and the edges that a desktop draws around a window, which nobody knows before it is shown.
_EDGE, _TITLE = 4, 40


def place_window(window: QWidget) -> None:
    """Give a window its room before it is shown: as it was last, else the usual, within the screen."""
    kept = _kept()
    screen = QGuiApplication.screenAt(kept[0].center()) if kept is not None else None
    room = (screen or QGuiApplication.primaryScreen()).availableGeometry()
    place = fitted(kept[0] if kept is not None else None, room)
    window.resize(place.size())
    if kept is not None:
        window.move(place.topLeft())
        if kept[1]:
            window.setWindowState(Qt.WindowState.WindowMaximized)


def fitted(wanted: QRect | None, room: QRect) -> QRect:
    """A place for a window within the room of a screen, its frame included.

    Args:
        wanted: Where it was: the corner of its frame, and its size without it; None for the usual size.
        room: What the screen has free.
    """
    most = QSize(room.width() - 2 * _EDGE, room.height() - _TITLE - _EDGE)
    size = (wanted.size() if wanted is not None else _USUAL).boundedTo(most)
    at = wanted.topLeft() if wanted is not None else room.topLeft()
    right, bottom = room.left() + most.width() - size.width(), room.top() + most.height() - size.height()
    corner = QPoint(max(room.left(), min(at.x(), right)), max(room.top(), min(at.y(), bottom)))
    return QRect(corner, size)


def state_of(window: QWidget) -> str:
    """Where a window is, as it is kept; for a maximised one also where it will be when it no longer is."""
    is_large = window.isMaximized() or window.isFullScreen()
    size = window.normalGeometry().size() if is_large else window.size()
    at = window.normalGeometry().topLeft() if is_large else window.pos()
    return f"{at.x()} {at.y()} {size.width()} {size.height()} {int(is_large)}"


def keep_place(state: str) -> None:
    """Open there the next time."""
    # Where it cannot be kept, the next start opens in the usual size: nothing is lost.
    with suppress(OSError):
        note = _note()
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(state, encoding="utf-8")


def _kept() -> tuple[QRect, bool] | None:
    with suppress(OSError, ValueError):
        left, top, width, height, is_large = map(int, _note().read_text(encoding="utf-8").split())
        return QRect(left, top, max(width, 1), max(height, 1)), bool(is_large)
    return None


def _note() -> Path:
    return paths.data_dir() / "window.txt"
