"""The days on which no reminder comes: days of the week, single dates and spans of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.reminders.quiet import days_of, spans_of
from planner.gui.fields import DateField
from planner.gui.forms import Form
from planner.gui.labels import LinkButton, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.session import Session
from planner.i18n import _, show, weekday_name
from planner.look import GRID
from planner.phrases import N_
from planner.services.reminders import rules_of, set_quiet_days

_WEEK = 7
_TITLE = N_("Change the quiet days")


class QuietDays(QWidget):
    """Which days are quiet. Each change holds at once and can be undone.

    Attributes:
        weekdays: A box for each day of the week, Monday first.
        rows: Each span of single dates, with its button to take it away.
        add_button: Asks for further dates.
    """

    def __init__(self, session: Session, ask: Callable[[Form, str], None]) -> None:
        """Build it without a word.

        Args:
            session: The open file.
            ask: Opens a form under a heading.
        """
        super().__init__()
        self._session, self._ask = session, ask
        self._label, self._hint, self._dates_label = text_label(), quiet_label(), text_label()
        self.weekdays = [QCheckBox() for _day in range(_WEEK)]
        self.rows: list[tuple[QWidget, LinkButton]] = []
        self.add_button = QPushButton()
        self.add_button.clicked.connect(self._add)
        boxes = Flow()
        for box in self.weekdays:
            box.clicked.connect(self._on_weekday)
            boxes.addWidget(box)
        adding = Flow()
        adding.addWidget(self.add_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._label)
        column.addLayout(boxes)
        column.addWidget(self._hint)
        column.addWidget(self._dates_label)
        column.addLayout(self._list)
        column.addLayout(adding)

    def refresh(self) -> None:
        """Set every text, and show what is chosen."""
        rules = rules_of(self._session.store)
        self._label.setText(_("Quiet days of the week"))
        self._hint.setText(
            _(
                "No reminder comes on a quiet day. What is due is said on the day before, what is late on "
                "the day after; what could not wait is said all the same."
            )
        )
        for day, box in enumerate(self.weekdays):
            box.setText(weekday_name(day))
            box.setAccessibleName(_("No reminders on this day: {day}").format(day=weekday_name(day)))
            box.setChecked(day in rules.quiet_weekdays)
        # What is over is of no interest any more.
        dates = [day for day in rules.quiet_dates if day >= self._session.today]
        self._dates_label.setText(_("Quiet dates") if dates else _("Quiet dates: none"))
        self._show_dates(dates)
        self.add_button.setText(_("Add quiet dates…"))

    def _show_dates(self, dates: Iterable[date]) -> None:
        for row, _button in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for first, last in spans_of(dates):
            text = (
                show(first)
                if first == last
                else _("{first} to {last}").format(first=show(first), last=show(last))
            )
            label, button = text_label(), LinkButton()
            label.setWordWrap(False)
            label.setText(text)
            button.setText(_("Remove"))
            button.setAccessibleName(_("{act}: {what}").format(act=button.text(), what=text))
            button.clicked.connect(partial(self._remove, first, last))
            row, flow = QWidget(), Flow()
            flow.addWidget(label)
            flow.addWidget(button)
            row.setLayout(flow)
            self._list.addWidget(row)
            self.rows.append((row, button))

    def _on_weekday(self) -> None:
        rules = rules_of(self._session.store)
        chosen = [day for day, box in enumerate(self.weekdays) if box.isChecked()]
        self._session.do(_TITLE, set_quiet_days, chosen, rules.quiet_dates)
        self.refresh()  # also where it was refused: the box says what holds

    def _remove(self, first: date, last: date, _checked: object = None) -> None:
        rules = rules_of(self._session.store)
        left = rules.quiet_dates - days_of(first, last)
        self._session.do(_TITLE, set_quiet_days, rules.quiet_weekdays, left)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        self._ask(QuietDatesForm(self._session), _("Quiet dates"))


class QuietDatesForm(Form):
    """A quiet date, or the first and the last day of a span.

    Attributes:
        first: The first day.
        last: The last one; empty for a single day.
    """

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__(session)
        self.first, self.last = DateField(session.today), DateField(session.today, is_required=False)
        self.add(self.first, self.last)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.first.say(_("Quiet on"))
        self.last.say(_("Up to and including"))

    @override
    def submit(self) -> bool:
        first = self.first.value()
        days = days_of(first, self.last.value() or first)
        rules, today = rules_of(self.session.store), self.session.today
        kept = {day for day in rules.quiet_dates if day >= today}
        self.session.do(_TITLE, set_quiet_days, rules.quiet_weekdays, kept | days)
        return True
