"""The parts of the window, between which F6 moves the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focus_next_part(parts: Sequence[QWidget]) -> None:
    """Give the keyboard to the next part that can take it, after the one that has it."""
    focus = QApplication.focusWidget()
    holding = [
        number for number, part in enumerate(parts) if focus and (part is focus or part.isAncestorOf(focus))
    ]
    now = holding[0] if holding else -1
    for step in range(1, len(parts) + 1):
        wanted = _first_taker(parts[(now + step) % len(parts)])
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _first_taker(part: QWidget) -> QWidget | None:
    """The first widget of a part that Tab would reach."""
    return next((widget for widget in (part, *part.findChildren(QWidget)) if _takes_focus(widget)), None)


def _takes_focus(widget: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.isVisible() and widget.isEnabled()
