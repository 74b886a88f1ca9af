"""Fields of a form: a label above, an input, and a line below that echoes or says what to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, time
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QEvent, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from planner import i18n
from planner.compat import override
from planner.domain.money import Money
from planner.errors import PlannerError
from planner.gui.asking import Answering
from planner.gui.icons import icon
from planner.gui.labels import amber_label, quiet_label
from planner.gui.wrapping import Choice, IconButton
from planner.i18n import DateStyle, _, reading
from planner.look import GRID
from planner.phrases import N_

RETURN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})

_MOST_SHOWN = 12  # how many choices a list shows before it scrolls


class RequiredError(PlannerError):
    """An empty field that has to be filled."""

    message = N_("Please fill this in.")


class NotACountError(PlannerError):
    """What was typed is not a number of things in range."""

    message = N_("Enter a whole number from {least} to {most}.")


class Field(QWidget):
    """A labelled input.

    Attributes:
        input: The widget that is typed into.
        is_required: Whether it has to be filled.

    Signals:
        changed: The user changed what is in it.
    """

    changed = Signal()

    def __init__(self, edit: QWidget, *, is_required: bool = True) -> None:
        """Put a label above and a message line below an input."""
        super().__init__()
        self.input = edit
        self.is_required = is_required
        self.label = QLabel()
        self.label.setBuddy(edit)
        self.hint = quiet_label()
        self.message = amber_label()
        self.row = QHBoxLayout()
        self.row.setSpacing(GRID)
        self.row.addWidget(edit, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.label)
        column.addLayout(self.row)
        column.addWidget(self.hint)
        column.addWidget(self.message)
        self.setFocusProxy(edit)
        self.hint.hide()
        self.message.hide()

    def say(self, label: str, hint: str = "") -> None:
        """Set the label, and the quiet line below the input."""
        self.label.setText(label if self.is_required else _("{label} (optional)").format(label=label))
        self.input.setAccessibleName(label)
        self.set_hint(hint)

    def set_hint(self, hint: str) -> None:
        """Set the quiet line below the input; empty hides it."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.input.setAccessibleDescription(hint)

    def show_problem(self, text: str) -> None:
        """Say what is to be mended, or nothing; what was typed stays."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.input.setProperty("bad", "true" if text else "false")
        self.input.style().polish(self.input)
        self.input.setAccessibleDescription(text or self.hint.text())

    def check(self) -> bool:
        """Show what is wrong with what is in it; True if nothing is."""
        try:
            self.value()
        except PlannerError as error:
            self.show_problem(i18n.explain(error))
            return False
        self.show_problem("")
        return True

    def value(self) -> Any:  # noqa: ANN401 - each kind of field has a kind of value of its own
        """What is in it, as a value of the domain; None if it is empty and may be.

        Raises:
            PlannerError: It is empty and must not be, or cannot be read.
        """
        raise NotImplementedError


class _LineField(Field):
    """A field of one line of text; form is checked when a changed field is left."""

    def __init__(self, *, is_required: bool = True) -> None:
        self.edit = _Line()
        super().__init__(self.edit, is_required=is_required)
        self._was_changed = False
        self.edit.textEdited.connect(self._on_edited)
        self.edit.left.connect(self._on_left)

    def text(self) -> str:
        """What was typed, without spaces around it."""
        return self.edit.text().strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text()

    def set_text(self, text: str) -> None:
        """Put a text in it, without counting as the user's change."""
        self.edit.setText(text)
        self.show_problem("")

    def _on_edited(self) -> None:
        self._was_changed = True
        self.show_problem("")
        self.changed.emit()

    def _on_left(self) -> None:
        if self._was_changed and self.text():
            self._was_changed = False
            if self.check():
                self.echo()

    def echo(self) -> None:
        """Show what was understood."""

    @override
    def value(self) -> Any:
        if not self.text():
            if self.is_required:
                raise RequiredError
            return None
        return self.read(self.text())

    def read(self, text: str) -> Any:  # noqa: ANN401 - see Field.value
        """The value in a text that is not empty."""
        return text


class _Line(QLineEdit):
    """A line that says when the keyboard leaves it, and offers what is in it to be typed over.

    Attributes:
        selects_on_click: Whether the click that brings the keyboard here selects what is in it.

    Signals:
        left: The keyboard left it.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.selects_on_click = True
        self._is_first_click = False

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Qt selects it on Tab; a form that opens and a field to be mended are reached otherwise.
        if event.reason() is Qt.FocusReason.OtherFocusReason:
            self.selectAll()
        self._is_first_click = event.reason() is Qt.FocusReason.MouseFocusReason

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        # Not where the mouse has just selected a part of it.
        if self._is_first_click and self.selects_on_click and not self.hasSelectedText():
            self.selectAll()
        self._is_first_click = False

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class TextField(_LineField):
    """A line of the user's own words; a click into it goes between the words."""

    def __init__(self, *, is_required: bool = True) -> None:
        """Build it empty."""
        super().__init__(is_required=is_required)
        self.edit.selects_on_click = False


class AmountField(_LineField):
    """An amount, in any of the three conventions, or a small sum; echoed as it was understood."""

    def __init__(self, currency: str, *, is_required: bool = True) -> None:
        """Start with a currency; ``set_currency`` changes it."""
        super().__init__(is_required=is_required)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._unit = QLabel()
        self.row.addWidget(self._unit)
        self.currency = currency
        self.set_currency(currency)

    def set_currency(self, currency: str) -> None:
        """Read amounts in another currency from now on."""
        self.currency = currency
        self._unit.setText(currency)

    def set_money(self, money: Money | None) -> None:
        """Put an amount in it."""
        if money is not None:
            self.set_currency(money.currency)
        self.set_text(i18n.show_amount(money) if money is not None else "")

    @override
    def read(self, text: str) -> Money:
        return reading.parse_amount(text, self.currency)

    def money(self) -> Money | None:
        """The amount, if it can be read; for previews that do not complain."""
        try:
            value: Money | None = self.value()
        except PlannerError:
            return None
        return value

    @override
    def echo(self) -> None:
        money = self.money()
        if money is not None and not self.edit.hasFocus():
            self.edit.setText(i18n.show_amount(money))


class PercentField(_LineField):
    """A rate in per cent, as a fraction."""

    def __init__(self, *, is_required: bool = True) -> None:
        """Build it empty."""
        super().__init__(is_required=is_required)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.row.addWidget(QLabel("%"))

    def set_fraction(self, fraction: Decimal | None) -> None:
        """Put a fraction in it, in per cent."""
        self.set_text(i18n.show_number((fraction * 100).normalize()) if fraction is not None else "")

    @override
    def read(self, text: str) -> Decimal:
        return reading.parse_percent(text)


class CountField(_LineField):
    """A whole number within bounds."""

    def __init__(self, least: int, most: int, *, is_required: bool = True) -> None:
        """Take the bounds, both included."""
        super().__init__(is_required=is_required)
        self.least, self.most = least, most
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)

    def set_count(self, count: int | None) -> None:
        """Put a number in it."""
        self.set_text("" if count is None else str(count))

    @override
    def read(self, text: str) -> int:
        if not text.isdecimal() or not self.least <= int(text) <= self.most:
            raise NotACountError(least=self.least, most=self.most)
        return int(text)


class DateField(_LineField):
    """A date, typed in many ways or picked; echoed with its weekday."""

    def __init__(self, today: date, *, is_required: bool = True) -> None:
        """Take the day that ``+7`` counts from."""
        super().__init__(is_required=is_required)
        self.today = today
        self._button = IconButton()
        self._button.setIcon(icon("calendar-days"))
        self._button.clicked.connect(self._pick)
        self.row.addWidget(self._button)

    @override
    def say(self, label: str, hint: str = "") -> None:
        super().say(label, hint)
        if not hint:
            self._show_weekday()
        self._button.setAccessibleName(_("Choose a date: {field}").format(field=label))
        self._button.setToolTip(_("Choose from a calendar"))

    def set_day(self, day: date | None) -> None:
        """Put a date in it."""
        self.set_text(i18n.show_date(day) if day is not None else "")
        self.echo()

    @override
    def read(self, text: str) -> date:
        return reading.parse_date(text, self.today)

    def day(self) -> date | None:
        """The date, if it can be read; for previews that do not complain."""
        try:
            value: date | None = self.value()
        except PlannerError:
            return None
        return value

    @override
    def echo(self) -> None:
        day = self.day()
        # Never under the fingers of who types it: a form may ask for it at any time.
        if day is not None and not self.edit.hasFocus():
            self.edit.setText(i18n.show_date(day))
        self._show_weekday()

    @override
    def _on_edited(self) -> None:
        # The weekday of what was there before would contradict what is typed.
        self.set_hint("")
        super()._on_edited()

    def _show_weekday(self) -> None:
        day = self.day()
        self.set_hint(i18n.show_date(day, DateStyle.WEEKDAY) if day is not None else "")

    def _pick(self) -> None:
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekday, QTextCharFormat())  # Qt's own is red
        day = self.day() or self.today
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        menu = QMenu(self)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def chosen(picked: QDate) -> None:
            menu.close()
            self.set_day(date(picked.year(), picked.month(), picked.day()))
            self.changed.emit()

        calendar.clicked.connect(chosen)
        calendar.activated.connect(chosen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)  # else the first arrow key only leads into it


class TimeField(_LineField):
    """A time of day, to the minute; echoed as it was understood."""

    def set_time(self, moment: time | None) -> None:
        """Put a time in it."""
        self.set_text(f"{moment:%H:%M}" if moment is not None else "")

    @override
    def read(self, text: str) -> time:
        return reading.parse_time(text)

    @override
    def echo(self) -> None:
        with suppress(PlannerError):
            self.set_time(self.value())


class ChoiceBox(Answering, QComboBox):
    """A box whose text ends in dots where it is too long; all of it is in the tool tip."""

    def __init__(self) -> None:
        """Build it without choices, as narrow as its text may become."""
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(_MOST_SHOWN)

    @override
    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        edit = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        text = self.currentText() or self.placeholderText()
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, edit.width())
        option.currentText = shown
        self.setToolTip("" if shown == text else text)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the form around it; an open list has a wheel of its own.
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN_KEYS:
            self.showPopup()
        else:
            super().keyPressEvent(event)


class ChoiceField(Field):
    """One of several, by key."""

    def __init__(self, *, has_preset: bool = True) -> None:
        """Build it without choices.

        Args:
            has_preset: Whether the first is chosen until another one is; else the user has to choose.
        """
        self.box = ChoiceBox()
        super().__init__(self.box)
        self._has_preset = has_preset
        self.box.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        self.show_problem("")
        self.changed.emit()

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer other choices; what was chosen stays chosen if it is among them."""
        chosen = self.box.currentData()
        self.box.clear()
        if not self._has_preset:
            self.box.setPlaceholderText(_("Please choose"))
        for key, text in choices:
            self.box.addItem(text, key)
        self.set_key(chosen)

    def set_key(self, key: object) -> None:
        """Choose by key; if it is not there the first, or none where the user has to choose."""
        keys = [self.box.itemData(index) for index in range(self.box.count())]
        other = 0 if self._has_preset else -1
        self.box.setCurrentIndex(keys.index(key) if key in keys else other)

    @override
    def value(self) -> Any:
        if not self._has_preset and self.is_required and self.box.currentIndex() < 0:
            raise RequiredError
        return self.box.currentData()


class CheckField(Field):
    """Yes or no; its label is beside the box."""

    def __init__(self) -> None:
        """Build it unchecked."""
        self.box = QCheckBox()
        self._words = Choice(self.box)  # a text that wraps, which a check box's own does not
        super().__init__(self._words)
        self._below = QVBoxLayout()
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.addLayout(self._below)
        self.label.hide()
        self.box.clicked.connect(self.changed)

    @override
    def say(self, label: str, hint: str = "", *shown: object) -> None:
        self._words.say(label, *shown)
        self.set_hint(hint)
        self.box.setAccessibleDescription(hint)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._indent()

    def add_below(self, widget: QWidget) -> None:
        """Put something that belongs to it below what explains it."""
        self._below.addWidget(widget)

    def _indent(self) -> None:
        """Set what belongs to the words below the words, not below the box."""
        self.hint.setContentsMargins(self._words.text_left, 0, 0, 0)
        self._below.setContentsMargins(self._words.text_left, 0, 0, 0)

    def set_checked(self, *, is_checked: bool) -> None:
        """Check it or not."""
        self.box.setChecked(is_checked)

    @override
    def value(self) -> bool:
        return self.box.isChecked()


class NoteField(Field):
    """Several lines of the user's own words."""

    def __init__(self) -> None:
        """Build it empty; it may stay so."""
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        super().__init__(self.edit, is_required=False)
        self._lines = 5.0
        self.set_lines(self._lines)
        self.edit.textChanged.connect(self.changed)

    def set_lines(self, lines: float) -> None:
        """Be as high as so many lines of text."""
        self._lines = lines
        self.edit.setFixedHeight(round(self.fontMetrics().height() * lines))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.set_lines(self._lines)

    def set_text(self, text: str) -> None:
        """Put a text in it, without counting as the user's change."""
        with QSignalBlocker(self.edit):
            self.edit.setPlainText(text)

    @override
    def value(self) -> str:
        return self.edit.toPlainText().strip()


def check_all(fields: Sequence[Field]) -> bool:
    """Check every field that is shown; the keyboard goes to the first with a problem."""
    bad = [field for field in fields if not field.isHidden() and not field.check()]
    if bad:
        bad[0].input.setFocus(Qt.FocusReason.OtherFocusReason)
    return not bad
