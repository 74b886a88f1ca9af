"""How many days before a due date to remind of it: typed as numbers, for all accounts or one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.compat import override
from planner.domain.reminders.reminder import LEAD_DAYS, ReminderRules
from planner.errors import PlannerError
from planner.gui.fields import ChoiceField, Field, TextField
from planner.i18n import _
from planner.phrases import N_

_BETWEEN = re.compile(r"[\s,;，、；]+")
_USUAL, _OWN, _NONE = "usual", "own", "none"


class NotDaysError(PlannerError):
    """What was typed is no list of numbers."""

    message = N_("Enter the days as numbers, such as {example}.")


class LeadDaysField(TextField):
    """Some numbers of days, in any order and with any marks between them; echoed from far to near."""

    def set_days(self, days: Iterable[int]) -> None:
        """Put numbers of days in it."""
        self.set_text(days_words(days))

    @override
    def read(self, text: str) -> tuple[int, ...]:
        parts = [part for part in _BETWEEN.split(text) if part]
        if not parts or not all(part.isdecimal() for part in parts):
            raise NotDaysError(example=days_words(LEAD_DAYS))
        days = tuple(sorted({int(part) for part in parts}, reverse=True))
        ReminderRules(lead_days=days)
        return days

    @override
    def echo(self) -> None:
        # Never under the fingers of who types it.
        if not self.edit.hasFocus():
            self.set_days(self.value() or ())


class LeadFields:
    """The fields of an account: as for every account, days of its own, or none before the day itself.

    Attributes:
        way: Which of the three.
        days: The days of its own.
    """

    def __init__(self, usual: tuple[int, ...]) -> None:
        """Start with what holds for every account.

        Args:
            usual: How many days before, for every account without days of its own.
        """
        self._usual = usual
        self.way, self.days = ChoiceField(), LeadDaysField()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Both, in order."""
        return (self.way, self.days)

    def refresh(self) -> None:
        """Set every text."""
        self.way.say(
            _("Remind me before it is due"),
            _("Reminders also come on the day itself, and after it while nothing is recorded as paid."),
        )
        usual = _("As for every account: {days} days before").format(days=days_words(self._usual))
        self.way.set_choices(
            [
                (_USUAL, usual if self._usual else _("As for every account: not before the day")),
                (_OWN, _("On days of its own")),
                (_NONE, _("Not before the day")),
            ]
        )
        self.days.say(_("Days before"), _("Such as {example}.").format(example=days_words(LEAD_DAYS)))

    def fill(self, days: tuple[int, ...] | None) -> None:
        """Put in them what an account has; None where it has none of its own."""
        self.way.set_key(_USUAL if days is None else _OWN if days else _NONE)
        self.days.set_days(days or self._usual or LEAD_DAYS)

    def follow(self, *, has_more: bool) -> None:
        """Ask for the days only where they are its own.

        Args:
            has_more: Whether the less usual fields are shown.
        """
        self.days.setVisible(has_more and self.way.value() == _OWN)

    def value(self) -> tuple[int, ...] | None:
        """The days of its own, none at all, or None for as many as usual.

        Raises:
            PlannerError: The days cannot be read.
        """
        way = self.way.value()
        if way == _OWN:
            own: tuple[int, ...] = self.days.value()
            return own
        return () if way == _NONE else None


def days_words(days: Iterable[int]) -> str:
    """Numbers of days as one reads and types them."""
    return ", ".join(map(str, days))
