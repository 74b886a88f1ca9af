"""Small widgets that the place Procedures is put together from; each wraps its text where room is short."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QVBoxLayout,
    QWidget,
)

from planner.compat import override
from planner.domain.sourced import Source
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.wrapping import IconLabel
from planner.i18n import RELIABILITY_WORDS, _, show
from planner.look import GRID

# In heights of a line of text: wide enough for two columns, and as wide as a line is still easy to read.
_TWO_COLUMNS = 50
_WIDEST = 40
_SHARES = (5, 3)


def as_of(source: Source) -> str:
    """Where a text comes from: its day, how far it can be trusted, its source."""
    reliability = _(RELIABILITY_WORDS[source.reliability])
    if source.checked is None:
        return _("{reliability}: {source}").format(reliability=reliability, source=source.name)
    return _("As of {date}, {reliability}: {source}").format(
        date=show(source.checked), reliability=reliability, source=source.name
    )


class Text(QWidget):
    """A piece of text from a source: heading, text, and where it comes from."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self._title = heading_label()
        self._text = text_label()
        self._source = quiet_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for label in (self._title, self._text, self._source):
            column.addWidget(label)

    def say(self, title: str, text: str, source: Source | None = None) -> None:
        """Set all of it; without a title or a source there is no line for them."""
        for label, words in (
            (self._title, title),
            (self._text, text),
            (self._source, as_of(source) if source else ""),
        ):
            label.setText(words)
            label.setVisible(bool(words))


class Notice(QFrame):
    """A line to keep in mind, set apart by the colour of what needs an act."""

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        self.setObjectName("warning")
        self._label = text_label()
        self._icon = IconLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.hide()

    def say(self, text: str, icon_name: str = "info") -> None:
        """Set the text; nothing hides it."""
        self._label.setText(text)
        self._icon.show_icon(icon_name, QPalette.ColorRole.BrightText)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class Columns(QLayout):
    """Two widgets side by side where there is room, one above the other where there is not.

    It decides while it is asked for its height, so that a page that changes its width is never
    painted with a height that belonged to the other arrangement.
    """

    def __init__(self) -> None:
        """Start without widgets."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

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
        return max((place.y() + place.height() for place in self._places(QRect(0, 0, width, 0))), default=0)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in zip(self._items, self._places(rect), strict=False):
            item.setGeometry(place)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        return QSize(max((item.minimumSize().width() for item in self._items), default=0), 0)

    def _places(self, rect: QRect) -> list[QRect]:
        """Where each widget goes, each as high as its text needs."""
        parent = self.parentWidget()
        line = parent.fontMetrics().height() if parent is not None else 2 * GRID
        is_wide = rect.width() > _TWO_COLUMNS * line
        gap = 4 * GRID if is_wide else 3 * GRID
        x, y = rect.x(), rect.y()
        places = []
        for item, share in zip(self._items, _SHARES, strict=False):
            width = min(
                (rect.width() - gap) * share // sum(_SHARES) if is_wide else rect.width(), _WIDEST * line
            )
            place = QRect(x, y, width, item.heightForWidth(width))
            places.append(place)
            if is_wide:
                x += width + gap
            else:
                y += place.height() + gap
        return places


class WhenLeft(QWidget):
    """Stands around a field and says when the keyboard has left it, or it is being hidden.

    Signals:
        left: What was typed should be kept now.
    """

    left = Signal()

    def __init__(self, content: QWidget, watched: QWidget) -> None:
        """Stand around a widget and watch the one in it that is typed into."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self.left.emit()
        return False
