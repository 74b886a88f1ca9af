"""What else to compare beside paying everything on a day: parts, an agreement, a call, a lawsuit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from planner.compat import override
from planner.domain.dates import add_months
from planner.domain.late.accrual import Dated
from planner.domain.late.agreement import Agreement
from planner.errors import PlannerError
from planner.gui.fields import AmountField, ChoiceField, CountField, DateField
from planner.gui.forms import Form
from planner.gui.labels import quiet_label
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.phrases import N_
from planner.services.overdue import MOST_PARTS, Asked

_PARTS = 3
_STOPS = {"": None, "yes": True, "no": False}


class HalfAPartError(PlannerError):
    """A part with a date and no amount, or the other way round."""

    message = N_("A part needs its date and its amount.")


class ScenarioForm(Form):
    """Up to three parts, an agreement, the day of a call, the costs of a lawsuit; all may stay empty.

    Attributes:
        parts: The date and the amount of each part.
        count, first_on, stops: The agreement.
        called_on: When the lender asks for everything.
        litigation: The costs of a lawsuit.

    Signals:
        made: What is asked, an ``Asked``.
    """

    made = Signal(object)

    def __init__(
        self,
        session: Session,
        currency: str,
        until: date,
        asked: Asked | None = None,
        check: Callable[[Asked], None] | None = None,
    ) -> None:
        """Start with what was asked before.

        Args:
            session: The open file.
            currency: The currency of the account.
            until: The chosen day of paying, for the rest of the parts.
            asked: What was asked before; None for nothing.
            check: Raises a ``PlannerError`` for what cannot be compared.
        """
        super().__init__(session)
        self._until, self._check = until, check
        self._about = quiet_label()
        self.column.insertWidget(0, self._about)
        self.parts = [
            (DateField(session.today, is_required=False), AmountField(currency, is_required=False))
            for _number in range(_PARTS)
        ]
        self.count = CountField(1, MOST_PARTS, is_required=False)
        self.first_on = DateField(session.today, is_required=False)
        self.stops = ChoiceField()
        self.called_on = DateField(session.today, is_required=False)
        self.litigation = AmountField(currency, is_required=False)
        first, *others = self.parts
        self.add(*first, self.count, self.first_on, self.stops)
        self.more(*(field for part in others for field in part), self.called_on, self.litigation)
        self.refresh()
        self._fill(asked or Asked())
        self.on_change()

    def _fill(self, asked: Asked) -> None:
        for (day, amount), (on, money) in zip(self.parts, asked.parts, strict=False):
            day.set_day(on)
            amount.set_money(money)
        agreement = asked.agreement
        if agreement is not None:
            self.count.set_count(agreement.count)
            self.first_on.set_day(agreement.first_on)
            self.stops.set_key(next(key for key, value in _STOPS.items() if value is agreement.stops))
        self.called_on.set_day(asked.called_on)
        self.litigation.set_money(asked.litigation)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Compare"))
        self.more_button.setText(_("More parts, a call, a lawsuit"))
        self._about.setText(
            _("What is left empty is not compared. Nothing of it is recorded or sent anywhere.")
        )
        for number, (day, amount) in enumerate(self.parts, 1):
            day.say(_("Part {number}, paid on").format(number=number))
            rest = _("The rest is paid on {date}.").format(date=show(self._until))
            amount.say(_("Part {number}, amount").format(number=number), rest if number == 1 else "")
        self.count.say(_("Agreement: number of equal parts"), _("A month apart"))
        self.first_on.say(_("Agreement: first part on"))
        self.stops.say(_("Agreement: charges stop"))
        choices = [("", _("I do not know")), ("yes", _("Yes, from then on")), ("no", _("No, they go on"))]
        self.stops.set_choices(choices)
        self.called_on.say(_("The lender asks for everything on"))
        self.litigation.say(_("Costs of a lawsuit"), _("Paying after a judgement does not erase the record."))

    @override
    def on_change(self) -> None:
        has_agreement = not self.count.is_empty
        self.first_on.setVisible(has_agreement)
        self.stops.setVisible(has_agreement)

    @override
    def submit(self) -> bool:
        parts: list[Dated] = []
        for day, amount in self.parts:
            on, money = day.value(), amount.value()
            if (on is None) is not (money is None):
                (amount if money is None else day).show_problem(explain(HalfAPartError()))
                return False
            if on is not None and money is not None:
                parts.append((on, money))
        asked = Asked(tuple(parts), self._agreement(), self.called_on.value(), self.litigation.value())
        if self._check is not None:
            self._check(asked)
        self.made.emit(asked)
        return True

    def _agreement(self) -> Agreement | None:
        count = self.count.value()
        if count is None:
            return None
        today = self.session.today
        # A month from now where nobody says: as the parts are, a month apart.
        first_on = self.first_on.value() or add_months(today, 1)
        return Agreement(count, first_on, today, stops=_STOPS[self.stops.value()])
