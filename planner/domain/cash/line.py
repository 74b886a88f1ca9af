"""Cash over time: what is there at the end of each day, where it is lowest, and when it is short."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.movement import Movement
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.money import Money, sum_of
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class CashDay:
    """A day on which something moves, or the first of a forecast.

    Attributes:
        on: The day.
        balance: What is there at its end.
        movements: What moves; on the first day, everything since the balances were seen.
    """

    on: date
    balance: Money
    movements: tuple[Movement, ...] = field(default=(), repr=False)

    @property
    def net(self) -> Money:
        """What comes in less what goes out."""
        return sum_of((movement.amount for movement in self.movements), self.balance.currency)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a forecast starts.

    Attributes:
        account: A cash account.
        seen: The newest balance seen on it.
    """

    account: CashAccount
    seen: Balance

    @property
    def given(self) -> Given:
        """It as an input of a figure."""
        return Given(
            Phrase("{account}, seen on {date}", account=self.account.name, date=self.seen.on),
            self.seen.amount,
        )


# Without slots: where a line is lowest is asked for again and again, and is looked for once.
@dataclass(frozen=True)
class Line:
    """Cash over time.

    Attributes:
        start_on: The first day.
        until: The last day.
        floor: What it should not fall below.
        starts: The balances it starts from.
        days: The first day, then each on which something moves.
    """

    start_on: date
    until: date
    floor: Money
    starts: tuple[Start, ...]
    days: tuple[CashDay, ...]

    @property
    def currency(self) -> str:
        """ISO 4217."""
        return self.floor.currency

    @cached_property
    def lowest(self) -> CashDay:
        """The day on which least is there, the first of several."""
        return min(self.days, key=lambda day: day.balance.minor)

    @cached_property
    def first_short(self) -> CashDay | None:
        """The first day that ends below the floor; None if none does."""
        return next((day for day in self.days if day.balance < self.floor), None)

    def balance(self, on: date) -> Money:
        """What is there at the end of a day.

        Raises:
            ValueError: The day is outside of the forecast.
        """
        return self.days[self._number(on)].balance

    def made(self, on: date) -> Derived[Money]:
        """What is there at the end of a day, and how that was made.

        Raises:
            ValueError: The day is outside of the forecast.
        """
        number = self._number(on)
        rule = Phrase(
            "Cash at the end of a day = the newest balance seen on each account + what comes in later − what "
            "goes out later. A balance is that of the end of its day, so what is dated on that day is in it "
            "already. What is still to pay to lenders is not, and counts as paid on its date, or on {today} "
            "if that has passed.",
            today=self.start_on,
        )
        days = self.days[: number + 1]
        return self._made(
            days[-1].balance, rule, lambda: (movement for day in days for movement in day.movements)
        )

    @property
    def now(self) -> Derived[Money]:
        """What is there on the first day before anything that is still open is paid."""
        rule = Phrase(
            "Cash now = the newest balance seen on each account + what came in later − what went out later, "
            "by {today}. What is still to pay to lenders is not taken off.",
            today=self.start_on,
        )
        settled = [movement for movement in self.days[0].movements if not movement.kind.is_open]
        seen = sum_of((start.seen.amount for start in self.starts), self.currency)
        total = sum_of((movement.amount for movement in settled), self.currency)
        return self._made(seen + total, rule, lambda: settled)

    def missing(self, on: date) -> Derived[Money]:
        """What a day ends below the floor; nothing if it holds.

        Raises:
            ValueError: The day is outside of the forecast.
        """
        made = self.made(on)
        short = self.floor - made.value
        if self.floor:
            rule = Phrase("Missing = the reserve − the cash at the end of the day, if that is less")
        else:
            rule = Phrase("Missing = how far the cash at the end of the day is below zero")
        given = (
            Given(Phrase("Should be left"), self.floor),
            Given(Phrase("Cash at the end of {date}", date=on), made),
        )
        value = max(short, short.zero)
        return Derived(value, lambda: Derivation(rule, given, (Working(Phrase("Missing"), value),)))

    def _number(self, on: date) -> int:
        if not self.start_on <= on <= self.until:
            msg = f"{on} is not between {self.start_on} and {self.until}"
            raise ValueError(msg)
        return bisect_right(self.days, on, key=lambda day: day.on) - 1

    def _made(
        self, value: Money, rule: Phrase, movements: Callable[[], Iterable[Movement]]
    ) -> Derived[Money]:
        """An amount of cash, told by the balances and what moves, only when somebody asks."""

        def told() -> Derivation:
            kept = list(movements())
            sides = (
                (Phrase("Comes in later"), [each for each in kept if each.amount.minor > 0]),
                (Phrase("Goes out later"), [each for each in kept if each.amount.minor < 0]),
            )
            given = [start.given for start in self.starts]
            given += [
                Given(label, added(Phrase("The sum of what is listed"), map(_given, side), self.currency))
                for label, side in sides
                if side
            ]
            return Derivation(rule, tuple(given), (Working(Phrase("Together"), value),))

        return Derived(value, told)


def _given(movement: Movement) -> Given:
    label = Phrase("{date}, {what}", date=movement.on, what=movement.label)
    return Given(label, movement.amount)
