"""Layouts that Qt has not: equal columns, widgets that go on in the next line, two sides that stack."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem

from planner.compat import override
from planner.look import GRID

# The larger side gets five eighths.
_SHARES = (5, 3)


class ListLayout(QLayout):
    """Widgets in a list, each placed by where the one before it ended; the height follows the width."""

    def __init__(self) -> None:
        """Start without widgets."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def places(self, rect: QRect) -> Sequence[tuple[QLayoutItem, QRect]]:
        """Where each widget that is not hidden goes, within a rectangle whose height does not matter."""
        raise NotImplementedError

    @property
    def shown(self) -> list[QLayoutItem]:
        """The widgets that are not hidden."""
        return [item for item in self._items if not item.isEmpty()]

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        places = self.places(QRect(0, 0, width, 0))
        return max((place.y() + place.height() for _item, place in places), default=0)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self.places(rect):
            item.setGeometry(place)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self.shown:
            size = size.expandedTo(item.minimumSize())
        return size


class Columns(ListLayout):
    """Widgets in equal columns, row by row: as many as there is room for, but no single one left over."""

    def __init__(self, least: int, most: int = 4, *, is_even: bool = False) -> None:
        """Start without widgets.

        Args:
            least: How narrow a column may be, in heights of a line of text.
            most: How many columns there may be.
            is_even: Whether the widgets of a row are all as high as the highest.
        """
        super().__init__()
        self._least, self._most, self._is_even = least, most, is_even

    @override
    def places(self, rect: QRect) -> list[tuple[QLayoutItem, QRect]]:
        items = self.shown
        gap = 2 * GRID
        fitting = (rect.width() + gap) // (self._least * _line_height() + gap)
        count = max(min(self._most, len(items), fitting), 1)
        if count > 2 and len(items) % count == 1:  # noqa: PLR2004 - two are never too many for a row
            count -= 1  # rather two rows of two than three and a single one
        # The last column ends where the rectangle does: what does not divide is spread over all of them.
        edges = [(rect.width() + gap) * place // count for place in range(count + 1)]
        places = []
        y = rect.y()
        for start in range(0, len(items), count):
            row = items[start : start + count]
            widths = [edges[place + 1] - edges[place] - gap for place in range(len(row))]
            heights = [_height(item, width) for item, width in zip(row, widths, strict=True)]
            for item, left, width, own in zip(row, edges, widths, heights, strict=False):
                size = QSize(width, max(heights) if self._is_even else own)
                places.append((item, QRect(QPoint(rect.x() + left, y), size)))
            y += max(heights) + gap
        return places


class Flow(ListLayout):
    """Widgets side by side, going on in the next line where there is no more room."""

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def places(self, rect: QRect) -> list[tuple[QLayoutItem, QRect]]:
        places = []
        y = rect.y()
        for row in self._rows(rect.width()):
            height = max(size.height() for _item, size in row)
            x = rect.x()
            for item, size in row:
                # What is lower, such as a link beside a button, stands in the middle of its line.
                places.append((item, QRect(QPoint(x, y + (height - size.height()) // 2), size)))
                x += size.width() + GRID
            y += height + GRID
        return places

    @override
    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        heights = (max(size.height() for _item, size in row) for row in rows)
        return max(sum(heights) + GRID * (len(rows) - 1), 0)

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What stands in each line, with its size; nothing is wider than the line."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self.shown:
            size = item.sizeHint().boundedTo(QSize(max(width, item.minimumSize().width()), 1 << 20))
            if not rows or left + size.width() > width:
                rows.append([])
                left = 0
            rows[-1].append((item, size))
            left += size.width() + GRID
        return rows


class TitleRow(ListLayout):
    """A heading and buttons at its right, which go below it where it would have to wrap beside them."""

    @override
    def places(self, rect: QRect) -> list[tuple[QLayoutItem, QRect]]:
        title, *others = self.shown
        sizes = [item.sizeHint().boundedTo(QSize(rect.width(), 1 << 20)) for item in others]
        taken = sum(size.width() + GRID for size in sizes)
        is_one_line = _line_width(title) + GRID + taken <= rect.width()
        width = rect.width() - taken if is_one_line else rect.width()
        own = _height(title, width)
        height = max([own, *(size.height() for size in sizes)]) if is_one_line else own
        places = [(title, QRect(rect.x(), rect.y() + (height - own) // 2, width, own))]
        x, y = (rect.x() + width + GRID, rect.y()) if is_one_line else (rect.x(), rect.y() + own + GRID)
        for item, size in zip(others, sizes, strict=True):
            middle = (height - size.height()) // 2 if is_one_line else 0
            places.append((item, QRect(QPoint(x, y + middle), size)))
            if is_one_line:
                x += size.width() + GRID
            else:
                y += size.height() + GRID
        return places


class TwoSides(ListLayout):
    """Two widgets side by side where there is room, one above the other where there is not.

    It decides while it is asked for its height, so that a page that changes its width is never
    painted with a height that belonged to the other arrangement.
    """

    def __init__(self, least: int, widest: int) -> None:
        """Start without widgets.

        Args:
            least: From which width on they stand side by side, in heights of a line of text.
            widest: How wide one may be at most, in the same unit.
        """
        super().__init__()
        self._least, self._widest = least, widest

    @override
    def minimumSize(self) -> QSize:
        return QSize(super().minimumSize().width(), 0)

    @override
    def places(self, rect: QRect) -> list[tuple[QLayoutItem, QRect]]:
        line = _line_height()
        is_wide = rect.width() > self._least * line
        gap = 4 * GRID if is_wide else 3 * GRID
        x, y = rect.x(), rect.y()
        places = []
        for item, share in zip(self.shown, _SHARES, strict=False):
            room = (rect.width() - gap) * share // sum(_SHARES) if is_wide else rect.width()
            width = min(room, self._widest * line)
            place = QRect(x, y, width, _height(item, width))
            places.append((item, place))
            if is_wide:
                x += width + gap
            else:
                y += place.height() + gap
        return places


def _line_height() -> int:
    return QFontMetrics(QGuiApplication.font()).height()


def _line_width(item: QLayoutItem) -> int:
    """How wide a text is on one line."""
    label = item.widget()
    assert isinstance(label, QLabel)  # noqa: S101 - the first of a TitleRow; for the type checker
    return label.fontMetrics().horizontalAdvance(label.text())


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
