"""What is done with the widgets of a layout: clear it, order them for the keyboard, scroll to one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QLayout,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid


def scroll_to(widget: QWidget) -> None:
    """Bring a widget into view once its place is known."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        shown = area

        def scroll() -> None:
            if isValid(shown):  # what both stood in may have been closed by then
                shown.ensureWidgetVisible(widget)

        QTimer.singleShot(0, widget, scroll)


def order_tabs(widget: QWidget) -> None:
    """Let Tab go through a widget as the eye does, also where parts of it were made later than others."""
    stops = list(_stops(widget.layout()))
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(layout: QLayout | None) -> Iterator[QWidget]:
    """What takes the keyboard, in the order in which it is laid out."""
    for index in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(index) if layout is not None else None
        inner = item.widget() if item is not None else None
        if inner is not None:
            if inner.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield inner
            yield from _stops(inner.layout())
        elif item is not None:
            yield from _stops(item.layout())


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go, layouts within it too."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        if inner is not None:
            clear(inner)
            inner.deleteLater()
