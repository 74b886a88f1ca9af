"""What is to be said now, on Today: beside the line that shows it, put off or put aside with a click."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from planner.domain.position import Position
from planner.domain.reminders.reminder import About, Topic
from planner.gui.labels import LinkButton, quiet_label
from planner.gui.layouts import Flow
from planner.gui.pages.today_put_off import PutOffLines
from planner.gui.reminding import PUT_ALL_OFF
from planner.i18n import DateStyle, _, explain, ngettext, show_date
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.prompts import Act, Prompt
from planner.services.reminders import ToSay, Unseen, note_seen, remind_again, snooze, snooze_all, unseen
from planner.services.today import TimelineRow

if TYPE_CHECKING:
    from planner.gui.pages.today import TodayPage

PUT_OFF, PUT_ASIDE = N_("Put off a reminder"), N_("Put a reminder aside")
PUT_ALL_ASIDE, AGAIN = N_("Put all reminders aside"), N_("Remind again now")
_DAY, _FEW_DAYS, _WEEK = (timedelta(days=days) for days in (1, 3, 7))


class ReminderBar(QWidget):
    """A line below what it is about: a reminder, and what can be done with it.

    Attributes:
        topic: What it is about.
        snooze_button, seen_button: Put it off, put it aside.
        cost_button: Leads to what waiting costs; only of what is late.

    Signals:
        put_off: Until a day.
        day_wanted: Until a day of the user's choice.
        seen: The user has seen it.
    """

    put_off = Signal(date)
    day_wanted = Signal()
    seen = Signal()

    def __init__(self, each: ToSay, beside: Phrase | None, today: date) -> None:
        """Show a reminder.

        Args:
            each: What is to be said.
            beside: What the line above does not say; None if that is nothing.
            today: The local day.
        """
        super().__init__()
        self.topic, self._today = each.reminder.topic, today
        text = quiet_label()
        text.setText(_("Reminder: {words}").format(words=explain(beside)) if beside else _("Reminder"))
        self.snooze_button, self.seen_button, self.cost_button = LinkButton(), LinkButton(), LinkButton()
        self.cost_button.setText(_("What one more day costs"))
        self.snooze_button.setText(_("Snooze"))
        self.seen_button.setText(_("Seen"))
        words = explain(each.words)
        for button in (self.snooze_button, self.seen_button, self.cost_button):
            button.setAccessibleName(_("{act}: {what}").format(act=button.text(), what=words))
        self.seen_button.setToolTip(_("It is not said again until its next day."))
        self.snooze_button.clicked.connect(self._open_menu)
        self.seen_button.clicked.connect(self.seen)
        ways = Flow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(0)
        if beside is None:
            text.setWordWrap(False)
            ways.addWidget(text)
        else:
            column.addWidget(text)
        ways.addWidget(self.snooze_button)
        ways.addWidget(self.seen_button)
        if any(due.is_late(today) for due in self.topic.dues):
            ways.addWidget(self.cost_button)
        column.addLayout(ways)

    def menu(self) -> QMenu:
        """What one can put it off until."""
        menu = QMenu(self)
        for text, ahead in (
            (_("Until tomorrow, {date}"), _DAY),
            (_("For three days, until {date}"), _FEW_DAYS),
            (_("For a week, until {date}"), _WEEK),
        ):
            day = self._today + ahead
            action = menu.addAction(text.format(date=show_date(day, DateStyle.WEEKDAY)))
            action.triggered.connect(partial(self._choose, day))
        menu.addAction(_("Until another day…")).triggered.connect(self._want_day)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _choose(self, day: date, _checked: object = None) -> None:
        self.put_off.emit(day)

    def _want_day(self, _checked: object = None) -> None:
        self.day_wanted.emit()

    def _open_menu(self) -> None:
        self.menu().popup(self.snooze_button.mapToGlobal(QPoint(0, self.snooze_button.height())))


class AllBar(QWidget):
    """What can be done with all reminders at once.

    Attributes:
        snooze_button, seen_button: Put all off until tomorrow, put all aside.
    """

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        self._text = quiet_label()
        self._text.setWordWrap(False)
        self.snooze_button, self.seen_button = LinkButton(), LinkButton()
        ways = Flow()
        for widget in (self._text, self.snooze_button, self.seen_button):
            ways.addWidget(widget)
        self.setLayout(ways)
        self.hide()

    def say(self, count: int) -> None:
        """Offer it where there are several."""
        self._text.setText(ngettext("{count} reminder", "{count} reminders", count).format(count=count))
        self.snooze_button.setText(_("Snooze all until tomorrow"))
        self.seen_button.setText(_("All seen"))
        self.setVisible(count > 1)


class TodayReminders:
    """The reminders of the place Today.

    What a line shows anyway is not said again: its reminder stands below it. What a warning says
    anyway becomes one line with it, and no warning says what is put off.

    Attributes:
        shown: What is to be said, and what is put off.
        bars: Every reminder that stands somewhere, from top to bottom.
        all_bar: What can be done with all of them.
        put_off: What is put off, each with the way to take that back.
    """

    def __init__(self, page: TodayPage) -> None:
        """Belong to a page."""
        self._page = page
        self.shown = Unseen((), {}, ())
        self._by_due: dict[str, ToSay] = {}
        self.bars: list[ReminderBar] = []
        self.all_bar = AllBar()
        self.all_bar.snooze_button.clicked.connect(self._snooze_all)
        self.all_bar.seen_button.clicked.connect(self._all_seen)
        self.put_off = PutOffLines()
        self.put_off.again.connect(self._again)
        page.put_around_dues(self.all_bar, self.put_off)

    @property
    def has_any(self) -> bool:
        """Whether the page looks otherwise than without reminders."""
        return bool(self.shown.to_say or self.shown.put_off)

    def refresh(self, position: Position) -> None:
        """Work out what is to be said now."""
        session = self._page.session
        self.shown = unseen(session.store, session.today, position)
        self._by_due = {due.id: each for each in self.shown.to_say for due in each.reminder.topic.dues}
        self.bars = []
        self.all_bar.say(len(self.shown.to_say))
        self.put_off.say(self.shown.put_off)

    def bar_of(self, row: TimelineRow) -> QWidget | None:
        """What is to be said of a due, below its row."""
        each = self._by_due.get(row.first.id)
        return self._bar(each, self.shown.beside.get(each.reminder.topic.id)) if each is not None else None

    def beside(self, warnings: Sequence[Prompt]) -> list[tuple[Prompt, QWidget | None]]:
        """The warnings, with what is to be said of anything else than a due."""
        silent = [each.topic.words for each in self.shown.put_off]
        rows: list[tuple[Prompt, QWidget | None]] = [
            (prompt_of(each), self._bar(each, None))
            for each in self.shown.to_say
            if not each.reminder.topic.dues
        ]
        silent += [prompt.text for prompt, _bar in rows]
        return rows + [(prompt, None) for prompt in warnings if prompt.text not in silent]

    def _bar(self, each: ToSay, beside: Phrase | None) -> ReminderBar:
        bar = ReminderBar(each, beside, self._page.session.today)
        bar.put_off.connect(partial(self._snooze, bar))
        bar.day_wanted.connect(partial(self._ask_day, bar))
        bar.seen.connect(partial(self._seen, bar, each))
        bar.cost_button.clicked.connect(lambda: self._page.wanted.emit("late", bar.topic.dues[0].id))
        self.bars.append(bar)
        return bar

    def _snooze(self, bar: ReminderBar, until: date) -> None:
        with self._keyboard_near(bar):
            session = self._page.session
            session.do(PUT_OFF, snooze, bar.topic.id, until, session.today)

    def _seen(self, bar: ReminderBar, each: ToSay) -> None:
        session = self._page.session
        with self._keyboard_near(bar):
            session.do(PUT_ASIDE, note_seen, [each.reminder], session.today)

    def _ask_day(self, bar: ReminderBar) -> None:
        from planner.gui.pages.snooze_form import SnoozeForm  # noqa: PLC0415 - not before somebody wants it

        page = self._page
        form = SnoozeForm(page.session, bar.topic.id)

        def saved() -> None:
            page.pane.close_content()
            self._focus_step()

        form.saved.connect(saved)
        page.pane.open(form, _("Put off a reminder"))

    @contextmanager
    def _keyboard_near(self, bar: ReminderBar) -> Iterator[None]:
        """Keep the keyboard where it is: what has it is drawn anew by what happens inside."""
        place = self.bars.index(bar)
        yield
        if bar in self.bars:
            return
        if not self.bars:
            self._focus_step()
            return
        button = self.bars[min(place, len(self.bars) - 1)].seen_button
        # Added a moment ago, it would be shown by the next event; what is hidden cannot have the keyboard.
        self.bars[min(place, len(self.bars) - 1)].show()
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_step(self) -> None:
        self._page.step.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self, topic_id: str) -> None:
        session = self._page.session
        session.do(AGAIN, remind_again, topic_id)
        bar = next((each for each in self.bars if each.topic.id == topic_id), None)
        if bar is None:
            self._focus_step()
            return
        bar.show()  # see _keyboard_near
        bar.snooze_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _snooze_all(self) -> None:
        session = self._page.session
        topic_ids = [each.reminder.topic.id for each in self.shown.to_say]
        session.do(PUT_ALL_OFF, snooze_all, topic_ids, session.today + _DAY, session.today)
        self._focus_step()

    def _all_seen(self) -> None:
        session = self._page.session
        session.do(PUT_ALL_ASIDE, note_seen, [each.reminder for each in self.shown.to_say], session.today)
        self._focus_step()


def prompt_of(each: ToSay) -> Prompt:
    """What is to be said of anything but a due, with the button that leads there."""
    topic = each.reminder.topic
    if topic.about is About.ASK:
        return Prompt(each.words, Act.PAYOFF, Phrase("Open Payoff"), topic.id)
    return Prompt(each.words, Act.CASE, Phrase("Open the procedure"), _in_procedures(topic))


def place_of_topic(topic: Topic) -> tuple[str, str]:
    """The place that shows what a reminder is about, and what to show there."""
    if topic.dues:
        return "bills", topic.dues[0].id
    if topic.about is About.ASK:
        return "payoff", f"todo:{topic.id}"
    return "procedures", _in_procedures(topic)


def _in_procedures(topic: Topic) -> str:
    """What to show in Procedures: the contact or the step that a topic is of, or the case of an account."""
    if topic.about in {About.TASK, About.WAIT, About.ANSWER}:
        return f"step:{topic.id}"
    is_contact = topic.about in {About.PROMISE, About.NEXT_CONTACT}
    return f"contact:{topic.id}" if is_contact else topic.account_id
