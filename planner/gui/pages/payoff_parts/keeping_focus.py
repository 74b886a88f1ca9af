"""What has the keyboard when the page around it is drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication, QWidget


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
