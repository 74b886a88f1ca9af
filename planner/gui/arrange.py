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
    # Tab stops at what hands the keyboard on, too, and would jump back from where that was left. But Qt moves
    # it with all that lies between it and what it hands it to, and nothing that takes no keyboard of its own.
    handing = [(stop, proxy) for stop in stops if (proxy := stop.focusProxy()) is not None]
    for stop, _proxy in handing:
        stop.setFocusProxy(None)  # type: ignore[arg-type]  # which ends it, as Qt says
    deaf = [(stop, stop.focusPolicy()) for stop in stops if not _takes_tab(stop)]
    for stop, _policy in deaf:
        stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
    for stop, policy in deaf:
        stop.setFocusPolicy(policy)
    for stop, proxy in handing:
        stop.setFocusProxy(proxy)


def _stops(layout: QLayout | None) -> Iterator[QWidget]:
    """What takes the keyboard or hands it on, in the order in which it is laid out."""
    for index in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(index) if layout is not None else None
        inner = item.widget() if item is not None else None
        if inner is not None:
            proxy = inner.focusProxy()
            if proxy is not None and inner.isAncestorOf(proxy):
                yield inner
                # Qt puts it before the first widget within it, whatever that is.
                first = next(each for each in inner.children() if isinstance(each, QWidget))
                if first.focusPolicy() == Qt.FocusPolicy.NoFocus and first.focusProxy() is None:
                    yield first
            elif _takes_tab(inner):
                yield inner
            yield from _stops(inner.layout())
        elif item is not None:
            yield from _stops(item.layout())


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go, layouts within it too."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            had_keyboard = widget.focusWidget()
            if had_keyboard is not None:
                had_keyboard.clearFocus()  # else a page that is come back to gives it the keyboard again
            widget.deleteLater()
        if inner is not None:
            clear(inner)
            inner.deleteLater()
