"""The fields for instalments that are not equal or not a month apart: a day and an amount for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.domain.money import Money
from planner.gui.arrange import order_tabs
from planner.gui.fields import AmountField, DateField, Field
from planner.gui.forms import Form
from planner.i18n import _, show

_MOST_SHOWN = 6  # more equal ones are told by the first and the last, which alone may differ


def shown_rows(rows: Sequence[tuple[date, Money]]) -> list[str]:
    """Instalments in words, one a line.

    Args:
        rows: Their days and amounts, by day.
    """
    text = _("Instalment {number}: {amount} on {date}")
    said = [
        text.format(number=number, amount=show(amount), date=show(on))
        for number, (on, amount) in enumerate(rows, 1)
    ]
    return said if len(said) <= _MOST_SHOWN else [said[0], "…", said[-1]]


class RowFields:
    """A day and an amount for each instalment, in a form.

    Attributes:
        pairs: The two fields of each.
    """

    def __init__(self, form: Form, after: Field, currency: str) -> None:
        """Have none yet.

        Args:
            form: The form.
            after: The field below which they stand.
            currency: ISO 4217.
        """
        self._form, self._after, self._currency = form, after, currency
        self.pairs: list[tuple[DateField, AmountField]] = []

    def __len__(self) -> int:
        """How many instalments have fields."""
        return len(self.pairs)

    def follow(self, rows: Sequence[tuple[date, Money]]) -> None:
        """Have as many as these; what is in those that were there already stays.

        Args:
            rows: The days and amounts that new ones start with.
        """
        form = self._form
        while len(self.pairs) > len(rows):
            for field in self.pairs.pop():
                form.fields.remove(field)
                form.column.removeWidget(field)
                field.deleteLater()
        while len(self.pairs) < len(rows):
            on, money = rows[len(self.pairs)]
            day, amount = DateField(form.session.today), AmountField(self._currency)
            day.set_day(on)
            amount.set_money(money)
            self.pairs.append((day, amount))
            form.add(day, amount)
            place = form.column.indexOf(self._after) + 2 * len(self.pairs) - 1
            form.column.insertWidget(place, day)
            form.column.insertWidget(place + 1, amount)
        self.say()
        order_tabs(form)

    def say(self) -> None:
        """Set every text."""
        for number, (day, amount) in enumerate(self.pairs, 1):
            day.say(_("Instalment {number}, due on").format(number=number))
            amount.say(_("Instalment {number}, amount").format(number=number))
            day.echo()

    def show(self, *, is_shown: bool) -> None:
        """Show or hide all of them."""
        for pair in self.pairs:
            for field in pair:
                field.setVisible(is_shown)

    def values(self) -> tuple[tuple[date, Money], ...]:
        """The days and amounts, as far as they can be read."""
        found = ((day.day(), amount.money()) for day, amount in self.pairs)
        return tuple((on, money) for on, money in found if on is not None and money is not None)
