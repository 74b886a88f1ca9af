"""Windows that stand apart from the pages."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog


def size_dialog(dialog: QDialog, wide: int, high: int) -> None:
    """Make a dialog so many lines of text wide and high, but no larger than the window below or the screen.

    Args:
        dialog: The dialog.
        wide: Its width, in heights of a line.
        high: Its height, in heights of a line.
    """
    line = dialog.fontMetrics().height()
    parent = dialog.parentWidget()
    room = dialog.screen().availableSize()
    if parent is not None:
        room = room.boundedTo(parent.window().size())
    dialog.resize(QSize(wide * line, high * line).boundedTo(room))
