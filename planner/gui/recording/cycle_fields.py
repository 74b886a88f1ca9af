"""How an account bills: the fields for it, and what they mean for a purchase today."""

from __future__ import annotations

from datetime import date

from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import Cycle, DaysAfter, DueRule, FixedDay, Mode, Shift
from planner.domain.free_days import free_days
from planner.errors import PlannerError
from planner.gui.fields import CheckField, ChoiceField, CountField, Field
from planner.i18n import _, ngettext, show
from planner.phrases import N_

_LAST_DAY = 31
_MOST_DAYS = 90
_FIXED, _AFTER, _UNKNOWN = "fixed", "after", "unknown"

_SHIFT_WORDS = {
    Shift.NONE: N_("It stays as it is"),
    Shift.NEXT: N_("The next working day counts"),
    Shift.PREVIOUS: N_("The working day before counts"),
}


class CycleFields:
    """The fields of a cycle; those that a choice makes pointless are hidden.

    Attributes:
        mode: One bill a month, or each order by itself.
        statement_day: The day of the month on which the bill is made.
        rule: What the due date goes by.
        due_day: The day of the month on which bills are due.
        due_days: The days between statement and due date.
        closes_after: Whether the statement day is still in the bill.
        shift: What becomes of a due date that is not a working day.
    """

    def __init__(self) -> None:
        """Build them empty."""
        self.mode, self.rule, self.shift = ChoiceField(), ChoiceField(), ChoiceField()
        self.statement_day = CountField(1, _LAST_DAY, is_required=False)
        self.due_day, self.due_days = CountField(1, _LAST_DAY), CountField(1, _MOST_DAYS)
        self.closes_after = CheckField()

    @property
    def essential(self) -> tuple[Field, ...]:
        """Those that are asked for at once, in order."""
        return (self.mode, self.statement_day, self.rule, self.due_day, self.due_days)

    @property
    def less_usual(self) -> tuple[Field, ...]:
        """The others, in order."""
        return (self.closes_after, self.shift)

    def refresh(self) -> None:
        """Set every text."""
        self.mode.say(_("How it bills"))
        self.mode.set_choices(
            [(Mode.BILL, _("One bill a month")), (Mode.ORDER, _("Each order has its own due date"))]
        )
        self.statement_day.say(
            _("Statement day"), _("The day of the month on which the bill is made; 31 is the last day.")
        )
        self.rule.say(_("Due date"))
        self.rule.set_choices(
            [
                (_FIXED, _("On a day of the month")),
                (_AFTER, _("Days after the statement")),
                (_UNKNOWN, _("I do not know")),
            ]
        )
        self.due_day.say(_("Due day"), _("The day of the month; 31 is the last day."))
        self.due_days.say(_("Number of days"))
        self.closes_after.say(_("A purchase on the statement day is still in that bill"))
        self.shift.say(_("Due date on a day off"), _("On a weekend or a public holiday of the country."))
        self.shift.set_choices((shift, _(words)) for shift, words in _SHIFT_WORDS.items())

    def fill(self, cycle: Cycle) -> None:
        """Put a cycle in them."""
        due = cycle.due
        self.mode.set_key(cycle.mode)
        self.statement_day.set_count(cycle.statement_day)
        self.rule.set_key(
            _FIXED if isinstance(due, FixedDay) else _AFTER if isinstance(due, DaysAfter) else _UNKNOWN
        )
        self.due_day.set_count(due.day if isinstance(due, FixedDay) else None)
        self.due_days.set_count(due.days if isinstance(due, DaysAfter) else None)
        self.closes_after.set_checked(is_checked=cycle.closes_after)
        self.shift.set_key(cycle.shift)

    def follow(self, *, has_more: bool) -> None:
        """Show what the choices leave to ask for.

        Args:
            has_more: Whether the less usual fields are shown.
        """
        is_bill = self.mode.value() == Mode.BILL
        self.statement_day.setVisible(is_bill)
        self.rule.setVisible(is_bill)
        self.due_day.setVisible(is_bill and self.rule.value() == _FIXED)
        self.due_days.setVisible(is_bill and self.rule.value() == _AFTER)
        self.closes_after.setVisible(is_bill and has_more)
        self.shift.setVisible(has_more)

    def cycle(self) -> Cycle:
        """The cycle that is typed.

        Raises:
            PlannerError: A field cannot be read.
        """
        shift = Shift(self.shift.value())  # Qt hands a StrEnum back as a str
        if self.mode.value() == Mode.ORDER:
            return Cycle(Mode.ORDER, shift=shift)
        due: DueRule | None = None
        if self.rule.value() == _FIXED:
            due = FixedDay(self.due_day.value())
        elif self.rule.value() == _AFTER:
            due = DaysAfter(self.due_days.value())
        return Cycle(Mode.BILL, self.statement_day.value(), due, self.closes_after.value(), shift)

    def preview(self, today: date, calendar: BusinessCalendar) -> str:
        """What it means for a purchase today; what cannot be read yet counts as unknown.

        Args:
            today: The local day.
            calendar: The working days of the lender's country.
        """
        try:
            cycle = self.cycle()
        except PlannerError:
            cycle = Cycle()
        billed, free = cycle.statement_of(today), free_days(cycle, today, calendar)
        if free is None:
            if billed is None:
                return _("When a purchase today would be billed and due is not known yet.")
            text = _("A purchase today would be billed on {billed}. When it would be due is not known yet.")
            return text.format(billed=show(billed))
        due, days = free.value.due, free.value.days
        if billed is not None:
            text = _("A purchase today would be billed on {billed} and due on {due}.")
        else:
            text = _("A purchase today would be due on {due}.")
        lines = [
            text.format(billed=show(billed), due=show(due.on)),
            ngettext(
                "That leaves {count} day to pay it.", "That leaves {count} days to pay it.", days
            ).format(count=days),
        ]
        if due.doubt is not None:
            lines.append(show(due.doubt))
        return "\n".join(lines)
