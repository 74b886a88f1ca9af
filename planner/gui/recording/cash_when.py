"""The fields that say when an income or an expense comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.words import LAST_DAY
from planner.domain.dates import Shift
from planner.gui.fields import ChoiceField, CountField, DateField, Field
from planner.i18n import _
from planner.phrases import N_

_MOST = 120
ONCE, OTHER_WEEKS, OTHER_MONTHS = "once", "weeks", "months"
SAME, LAST, LAST_WORKING = "same", "last", "last_working"
# How often: the key of a choice, what it counts in and after how many of them; None for the user to say.
_RHYTHMS: dict[str, tuple[Unit, int | None, str]] = {
    "month": (Unit.MONTH, 1, N_("Every month")),
    ONCE: (Unit.ONCE, 1, N_("Once")),
    "week": (Unit.WEEK, 1, N_("Every week")),
    "two_weeks": (Unit.WEEK, 2, N_("Every 2 weeks")),
    "quarter": (Unit.MONTH, 3, N_("Every 3 months")),
    "year": (Unit.MONTH, 12, N_("Every year")),
    OTHER_WEEKS: (Unit.WEEK, None, N_("After another number of weeks")),
    OTHER_MONTHS: (Unit.MONTH, None, N_("After another number of months")),
}
_DAYS = {
    SAME: N_("On the same day of the month"),
    LAST: N_("On the last day of the month"),
    LAST_WORKING: N_("On the last working day of the month"),
}
_SHIFTS = {
    Shift.NONE: N_("It stays on that day"),
    Shift.PREVIOUS: N_("It comes on the working day before"),
    Shift.NEXT: N_("It comes on the working day after"),
}


class WhenFields:
    """When something comes: how often, on which day, from when.

    Attributes:
        rhythm, every: How often.
        day: On which day of the month, where it comes by months.
        first_on: The first time, or the only one.
        shift, until: What becomes of a day off, and the last day; both less usual.
    """

    def __init__(self, today: date) -> None:
        """Build them for something that comes each month from today on."""
        self.rhythm, self.every, self.day = ChoiceField(), CountField(1, _MOST), ChoiceField()
        self.first_on = DateField(today)
        self.shift, self.until = ChoiceField(), DateField(today, is_required=False)
        # The day of the month to aim at, which a first time in a short month does not show.
        self._anchor: int | None = None
        self._anchored_on: date | None = None
        self.begin_on(today)

    @property
    def essential(self) -> tuple[Field, ...]:
        """The fields that everybody needs."""
        return (self.rhythm, self.every, self.first_on, self.day)

    @property
    def less_usual(self) -> tuple[Field, ...]:
        """The fields that wait behind a link."""
        return (self.shift, self.until)

    @property
    def is_once(self) -> bool:
        """Whether it comes once only."""
        return bool(self.rhythm.value() == ONCE)

    def fill(self, recurrence: Recurrence) -> None:
        """Show a recurrence."""
        self.rhythm.set_key(_rhythm_of(recurrence))
        self.every.set_count(recurrence.every)
        self.until.set_day(recurrence.until)
        self.begin_on(recurrence.first_on, recurrence.day)
        day = recurrence.day or recurrence.first_on.day
        is_last = recurrence.unit is Unit.MONTH and day >= LAST_DAY
        last = LAST_WORKING if recurrence.shift is Shift.PREVIOUS else LAST
        self.day.set_key(last if is_last else SAME)
        self.shift.set_key(recurrence.shift)

    def begin_on(self, first_on: date, anchor: int | None = None) -> None:
        """Begin on another day.

        Args:
            first_on: The day.
            anchor: The day of the month to aim at, until the user types another first day.
        """
        self.first_on.set_day(first_on)
        self._anchor, self._anchored_on = anchor, first_on

    def refresh(self, first: str = "") -> None:
        """Set every text.

        Args:
            first: What to call the first time; empty for the usual words.
        """
        self.rhythm.say(_("How often"))
        self.rhythm.set_choices((key, _(words)) for key, (_unit, _every, words) in _RHYTHMS.items())
        is_by_weeks = self.rhythm.value() == OTHER_WEEKS
        self.every.say(_("After how many weeks") if is_by_weeks else _("After how many months"))
        self.first_on.say(first or (_("On") if self.is_once else _("First time")))
        self.day.say(_("On which day"))
        self.day.set_choices((key, _(words)) for key, words in _DAYS.items())
        self.shift.say(_("If it is a day off"))
        self.shift.set_choices((shift, _(words)) for shift, words in _SHIFTS.items())
        self.until.say(_("Until"))
        self.until.echo()

    def follow(self, *, is_shown: bool, has_more: bool) -> None:
        """Show the fields that belong to what was chosen.

        Args:
            is_shown: Whether it can be said at all how often it comes.
            has_more: Whether the less usual ones are shown.
        """
        unit, every, _words = _RHYTHMS[self.rhythm.value()]
        self.rhythm.setVisible(is_shown)
        self.every.setVisible(is_shown and every is None)
        self.day.setVisible(is_shown and unit is Unit.MONTH)
        self.shift.setVisible(is_shown and has_more and self._asks_for_shift)
        self.until.setVisible(is_shown and has_more and unit is not Unit.ONCE)

    @property
    def _asks_for_shift(self) -> bool:
        unit, _every, _words = _RHYTHMS[self.rhythm.value()]
        return unit is not Unit.MONTH or self.day.value() != LAST_WORKING

    def value(self) -> Recurrence:
        """What is in them.

        Raises:
            PlannerError: Something cannot be read.
        """
        unit, every, _words = _RHYTHMS[self.rhythm.value()]
        first_on: date = self.first_on.value()
        shift = Shift(self.shift.value()) if self._asks_for_shift else Shift.PREVIOUS
        found = Recurrence(first_on, unit, every or self.every.value(), shift=shift)
        if unit is Unit.ONCE:
            return found
        found = replace(found, until=self.until.value())
        if unit is Unit.WEEK:
            return found
        if self.day.value() != SAME:
            return replace(found, day=LAST_DAY)
        is_same = first_on == self._anchored_on and (self._anchor or 0) < LAST_DAY
        return replace(found, day=self._anchor if is_same else None)


def _rhythm_of(recurrence: Recurrence) -> str:
    found = (
        key
        for key, (unit, every, _words) in _RHYTHMS.items()
        if unit is recurrence.unit and every in {None, recurrence.every}
    )
    return ONCE if recurrence.unit is Unit.ONCE else next(found)
