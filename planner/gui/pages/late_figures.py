"""The figures of the place Late cost: what one more day costs, and what each day of paying comes to."""

from __future__ import annotations

from datetime import date, timedelta

from planner.domain.derivation import Derived
from planner.domain.late_figures import made_one_more_day, made_record_leaves, made_to_pay
from planner.domain.money import Money
from planner.domain.overdue import LateCost
from planner.domain.sourced import Span
from planner.gui.labels import Figure
from planner.gui.layouts import Columns
from planner.i18n import _, show

_SCENARIOS = 3
_FIGURE = 15  # how narrow a figure may be, in heights of a line


class LateFigures(Columns):
    """What one more day costs, and the days of paying beside it.

    Attributes:
        one_day: What one more day costs; hidden where that is not known or nothing is late tomorrow.
        compared: Paying today, on the chosen day, in 30 days.
    """

    def __init__(self) -> None:
        """Build them empty."""
        super().__init__(_FIGURE, _SCENARIOS, is_even=True)
        self.one_day = Figure()
        self.compared = [Figure() for _number in range(_SCENARIOS)]
        for figure in (self.one_day, *self.compared):
            self.addWidget(figure)

    def show_cost(self, found: LateCost, today: date) -> None:
        """Show a late cost.

        Args:
            found: The late cost.
            today: The local day.
        """
        one_day = made_one_more_day(found, today)
        self.one_day.setVisible(one_day is not None)
        if one_day is not None:
            tomorrow = show(today + timedelta(days=1))
            note = _("Paid on {date} instead of today.").format(date=tomorrow)
            self.one_day.show_made(_("One more day costs"), one_day, note)
        for number, figure in enumerate(self.compared):
            figure.setVisible(number < len(found.scenarios))
            if number < len(found.scenarios):
                _say(figure, found, *found.scenarios[number], today)


def _say(figure: Figure, found: LateCost, day: date, cost: Derived[Span[Money]] | None, today: date) -> None:
    label = _("Paid on {date}").format(date=show(day))
    if day == today:
        label = _("Paid today")
    elif day == today + timedelta(days=30):
        label = _("Paid in 30 days, on {date}").format(date=show(day))
    leaves = found.record_leaves(day)
    notes = (
        [_("A late record would leave the credit report on {date}.").format(date=show(leaves))]
        if leaves
        else []
    )
    noted = [made_record_leaves(day, leaves)] if leaves else []
    if cost is None:
        figure.say(label, _("Not known"), "\n".join(notes), *noted)
        return
    to_pay = made_to_pay(found, cost)
    total = _("Together with what is late: {amount}.").format(amount=show(to_pay))
    figure.show_made(label, cost, "\n".join([total, *notes]), to_pay, *noted)
