"""Small widgets that the place Procedures is put together from; each wraps its text where room is short."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.compat import override
from planner.domain.sourced import Source
from planner.gui.icons import icon
from planner.gui.labels import heading_label, quiet_label, text_label
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


def icon_size(widget: QWidget) -> QSize:
    """As high as the text of a widget, so that icons grow with it."""
    side = widget.fontMetrics().height()
    return QSize(side, side)


class IconLabel(QWidget):
    """An icon as high as the text beside it, always in the colours of the theme in use."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._name = ""
        self._role = QPalette.ColorRole.ButtonText
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> None:
        """Show an icon of the program in a colour of the palette."""
        self._name, self._role = name, role
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return icon_size(self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            icon(self._name, self._role).paint(QPainter(self), self.rect())


class WrappedLink(QPushButton):
    """A link whose text wraps: a button for the keyboard and for screen readers."""

    def __init__(self) -> None:
        """Build it without a text."""
        super().__init__()
        self.setFlat(True)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setForegroundRole(QPalette.ColorRole.Link)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self._label.font()
        font.setUnderline(True)
        self._label.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID // 2, GRID // 2, GRID // 2, GRID // 2)
        column.addWidget(self._label)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str) -> None:
        """Set the text."""
        self._label.setText(text)
        self.setAccessibleName(text)

    @override
    def text(self) -> str:
        return self._label.text()

    @override
    def sizeHint(self) -> QSize:
        return self._column().sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._column().minimumSize()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._column().heightForWidth(width)

    def _column(self) -> QLayout:
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made in __init__; for the type checker
        return layout


class Choice(QWidget):
    """A check box or radio button whose text wraps; the text belongs to it as if it were its own."""

    def __init__(self, button: QAbstractButton) -> None:
        """Put a wrapping text beside a button."""
        super().__init__()
        self.button = button
        button.setMinimumWidth(3 * GRID)
        self._label = text_label()
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._label.setBuddy(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.setFocusProxy(button)

    @property
    def text_left(self) -> int:
        """Where the text begins, in pixels: what belongs to it is set below it, not below the box."""
        return max(self.button.sizeHint().width(), self.button.minimumWidth()) + GRID // 2

    def say(self, text: str) -> None:
        """Set the text."""
        self._label.setText(text)
        self.button.setAccessibleName(text)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.button.click()


class Disclosure(QWidget):
    """A heading that shows and hides what belongs to it.

    Signals:
        toggled: It was opened or closed.
    """

    toggled = Signal(bool)

    def __init__(self, *, is_heading: bool = False) -> None:
        """Build it closed and empty.

        Args:
            is_heading: Whether it heads a part of the page.
        """
        super().__init__()
        self.chevron = QToolButton(autoRaise=True)
        self.chevron.setIconSize(icon_size(self))
        self.chevron.setCheckable(True)
        self.chevron.toggled.connect(self._on_toggled)
        self._title = heading_label() if is_heading else text_label()
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._content = QWidget()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(4 * GRID, 0, 0, GRID)
        self.column.setSpacing(GRID)
        head = QHBoxLayout()
        head.setSpacing(GRID // 2)
        head.addWidget(self.chevron, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GRID // 2)
        outer.addLayout(head)
        outer.addWidget(self._content)
        self.setFocusProxy(self.chevron)
        self._on_toggled(is_open=False)

    def say(self, title: str) -> None:
        """Set the heading."""
        self._title.setText(title)
        self.chevron.setAccessibleName(title)

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide what belongs to it."""
        self.chevron.setChecked(is_open)

    @property
    def is_open(self) -> bool:
        """Whether what belongs to it is shown."""
        return self.chevron.isChecked()

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.chevron.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        self._content.setVisible(is_open)
        self.toggled.emit(is_open)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_on_head = event.position().y() < self._content.y() or not self.is_open
        if event.button() == Qt.MouseButton.LeftButton and is_on_head:
            self.chevron.setFocus(Qt.FocusReason.MouseFocusReason)
            self.chevron.toggle()


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


class Flow(QLayout):
    """Widgets side by side, going on in the next line where there is no more room."""

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
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_trial=False)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, is_trial: bool) -> int:
        """Place the widgets within a rectangle, or only find out how high that would be."""
        y = rect.y()
        for row in self._rows(rect.width()):
            height = max(size.height() for _item, size in row)
            x = rect.x()
            for item, size in row:
                if not is_trial:
                    # What is lower, such as a link beside a button, stands in the middle of its line.
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + GRID
            y += height + GRID
        return max(y - GRID - rect.y(), 0)

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What stands in each line, with its size; nothing is wider than the line."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(width, item.minimumSize().width()), 1 << 20))
            if not rows or left + size.width() > width:
                rows.append([])
                left = 0
            rows[-1].append((item, size))
            left += size.width() + GRID
        return rows


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


def scroll_to(widget: QWidget) -> None:
    """Bring a widget into view once its place is known."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        shown = area
        QTimer.singleShot(0, widget, lambda: shown.ensureWidgetVisible(widget))


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
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
