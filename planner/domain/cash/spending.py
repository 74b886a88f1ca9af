"""What was bought on credit in a calendar month, beside the most that the user wants to buy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working, as_sum
from planner.domain.money import Money, sum_of
from planner.domain.purchase import Purchase
from planner.domain.recorded import as_recorded
from planner.domain.sourced import recorded_from
from planner.phrases import Phrase

# From this part of the cap on it counts as nearly reached.
NEAR_PERCENT = 80
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Spending:
    """What was bought on credit in a month.

    Attributes:
        month: Its first day.
        spent: How much, less what came back of it.
        cap: The most that the user wants to buy; None if they have not said.
    """

    month: date
    spent: Derived[Money]
    cap: Money | None = None

    @property
    def currency(self) -> str:
        """ISO 4217."""
        return self.spent.value.currency

    @property
    def left(self) -> Derived[Money] | None:
        """What can still be bought under the cap; None without one."""
        if self.cap is None:
            return None
        rule = Phrase("Left under the cap = the cap − what was bought, never less than nothing")
        value = max(self.cap - self.spent.value, self.cap.zero)
        return self._beside_cap(value, rule, Phrase("Left under the cap"), self.cap)

    @property
    def over(self) -> Derived[Money] | None:
        """What was bought beyond the cap; None if it holds, or if there is none."""
        if self.cap is None or self.spent.value <= self.cap:
            return None
        rule = Phrase("Over the cap = what was bought − the cap")
        value = self.spent.value - self.cap
        return self._beside_cap(value, rule, Phrase("Over the cap"), self.cap)

    @property
    def is_near(self) -> bool:
        """Whether most of the cap is used, but it still holds."""
        if not self.cap or not self.spent.value or self.over is not None:
            return False
        return self.spent.value.minor * _WHOLE >= self.cap.minor * NEAR_PERCENT

    @property
    def words(self) -> Phrase | None:
        """That the cap is passed or nearly reached, in a sentence; None if there is room below it."""
        over = self.over
        if self.cap is not None and self.is_near:
            return Phrase(
                "{spent} was bought on credit this month, of the {cap} you set: {left} is left.",
                spent=self.spent,
                cap=as_recorded(Phrase("Your cap"), self.cap),
                left=self.left,
            )
        if over is None or self.cap is None:
            return None
        return Phrase(
            "{spent} was bought on credit this month, {over} more than the {cap} you set.",
            spent=self.spent,
            over=over,
            cap=as_recorded(Phrase("Your cap"), self.cap),
        )

    def _beside_cap(self, value: Money, rule: Phrase, what: Phrase, cap: Money) -> Derived[Money]:
        given = (Given(Phrase("Your cap"), cap), Given(Phrase("Bought on credit this month"), self.spent))
        return Derived(value, Derivation(rule, given, (Working(what, value),)))


def spending(
    purchases: Iterable[Purchase],
    on: date,
    currency: str,
    cap: Money | None,
    name: Callable[[Purchase], Phrase],
) -> Spending:
    """What was bought on credit in the calendar month of a day.

    Every order counts in the month of its date, whether or not it is finished, less what came back of
    it whenever that was.

    Args:
        purchases: What was bought; only what is of the month and currency counts.
        on: A day of the month.
        currency: ISO 4217.
        cap: The most that the user wants to buy in a month; None if they have not said.
        name: What to call a purchase among those of other accounts.
    """
    month = on.replace(day=1)
    kept = [
        bought
        for bought in purchases
        if bought.amount.currency == currency and bought.bought_on.replace(day=1) == month
    ]
    # More than was paid may come back; that makes no other purchase cheaper.
    net = [max(bought.net, bought.net.zero) for bought in kept]
    rule = Phrase(
        "Bought on credit in a calendar month = every order of the month, finished or not, less what came "
        "back of it"
    )

    def given() -> Iterable[Given]:
        for bought, amount in zip(kept, net, strict=True):
            yield Given(name(bought), amount, recorded_from(bought.source_key))

    return Spending(month, as_sum(sum_of(net, currency), rule, given), cap)
