"""Links, check boxes and folds whose text wraps, icons as high as the text, and tabs of a page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.compat import override
from planner.gui.asking import Answering, Why, hint, why
from planner.gui.icons import icon
from planner.gui.labels import WrappedLabel, heading_label, text_label
from planner.look import GRID


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


class IconButton(QToolButton):
    """A button without words, which Return presses as Space does."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class Tabs(QTabBar):
    """Tabs below one heading; the wheel scrolls the page and does not change them."""

    def __init__(self) -> None:
        """Build it without tabs."""
        super().__init__()
        self.setExpanding(False)
        self.setDrawBase(False)
        for arrow in self.findChildren(QToolButton):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys reach every tab without them

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class WrappedLink(Answering, QPushButton):
    """A link whose text wraps: a button for the keyboard and for screen readers.

    Figures in it can be asked why they are what they are.
    """

    def __init__(self) -> None:
        """Build it without a text."""
        super().__init__()
        self.setFlat(True)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._shown: tuple[object, ...] = ()
        self._label = WrappedLabel()
        self._label.setForegroundRole(QPalette.ColorRole.Link)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self._label.font()
        font.setUnderline(True)
        self._label.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        column.addWidget(self._label)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str, *shown: object) -> None:
        """Set the text.

        Args:
            text: The text.
            shown: The figures in it, which say how they were made.
        """
        self._label.setText(text)
        self._shown = shown
        self.setAccessibleName(text)
        self.setToolTip(hint() if self.answer() is not None else "")

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why("", *self._shown)

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

    def say(self, text: str, *shown: object) -> None:
        """Set the text.

        Args:
            text: The text.
            shown: The figures in it, which say how they were made.
        """
        self._label.tell(text, *shown)
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
        self.chevron = IconButton(autoRaise=True)
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
