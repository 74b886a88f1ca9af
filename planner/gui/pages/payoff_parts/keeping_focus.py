"""What has the keyboard when a page is shown, and when it is drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget


def begin_at(first: QWidget, instead_of: QWidget) -> None:
    """Let the keyboard begin further down where Qt hands it to the first text that can be asked.

    Args:
        first: What gets the keyboard.
        instead_of: What gets it from Qt when the page is shown.
    """

    def hand_on() -> None:
        focused = QApplication.focusWidget()
        if focused is not None and instead_of.isAncestorOf(focused):
            first.setFocus()

    QTimer.singleShot(0, first, hand_on)  # Qt hands it on after the page is shown


@contextmanager
def keeping_focus(page: QWidget, fallback: Callable[[], QWidget]) -> Iterator[None]:
    """Keep the keyboard in a page while it is drawn anew.

    Where what has the keyboard is hidden, Qt hands it on to whatever comes next, which may be far away.

    Args:
        page: The page.
        fallback: Tells what gets the keyboard if it would leave the page.
    """
    had = _has_focus(page)
    yield
    if had and not _has_focus(page):
        fallback().setFocus()


def _has_focus(page: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and page.isAncestorOf(focused) and focused.isVisible()
