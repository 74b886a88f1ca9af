"""The budget of a month: what comes in, what essentials and other things take, and what is left for debts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.cash.flow import CashFlow, Category, Direction
from planner.domain.cash.words import CATEGORY_WORDS as CATEGORY_NAMES
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.hardship.held import Held
from planner.domain.hardship.monthly import monthly_parts
from planner.domain.money import Money
from planner.phrases import Phrase

CATEGORY_WORDS: Mapping[Category, Phrase] = {
    category: Phrase(name) for category, name in CATEGORY_NAMES.items()
}

# Nobody lives without them: what is not recorded of these makes what is left too high.
_ALWAYS = (Category.HOUSING, Category.ENERGY, Category.FOOD)

_ROUNDING = Phrase(
    "Incomes are rounded down to the cent and expenses up, so that never more is offered than there is."
)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """All incomes or expenses of one category.

    Attributes:
        category: Which.
        amount: What they come to in the month.
    """

    category: Category
    amount: Derived[Money]


@dataclass(frozen=True, slots=True)
class Budget:
    """What a month has for debts.

    Attributes:
        currency: ISO 4217.
        month: The first day of the month.
        incomes: What comes in.
        essentials: What a household cannot do without; housing, energy and food first.
        others: Every other expense. Payments to lenders are none.
        assumed: What is assumed to come in beside the record; below nothing for less. None for nothing.
        missing: What is not recorded, and what that does to the sheet.
        why: Why it is of a later month than it could be; None if it is not.
        always_lacking: What every month looked at lacks at least, before any debt is paid; None if not each
            of them does.
        held: What every day of the cash holds, where that is less than is left and asked for; else None.
    """

    currency: str
    month: date
    incomes: tuple[BudgetLine, ...]
    essentials: tuple[BudgetLine, ...]
    others: tuple[BudgetLine, ...]
    assumed: Money | None = None
    missing: tuple[Phrase, ...] = ()
    why: Phrase | None = None
    always_lacking: Derived[Money] | None = None
    held: Held | None = None

    @property
    def income(self) -> Derived[Money]:
        """All that comes in, and how that was made."""
        given = [_line_given(line) for line in self.incomes]
        if self.assumed is not None:
            given.append(Given(Phrase("Assumed beside what is recorded"), self.assumed))
        return added(Phrase("Income of the month = every income together"), given, self.currency)

    @property
    def essential(self) -> Derived[Money]:
        """All essentials, and how that was made."""
        rule = Phrase("Essentials of the month = housing, energy, food and the others together")
        return added(rule, map(_line_given, self.essentials), self.currency)

    @property
    def other(self) -> Derived[Money]:
        """All other expenses, and how that was made."""
        rule = Phrase("Other expenses of the month = every expense that is no essential, together")
        return added(rule, map(_line_given, self.others), self.currency)

    @property
    def left(self) -> Derived[Money]:
        """What is left for all debts, and how that was made; below nothing where expenses are more."""
        income, essential, other = self.income, self.essential, self.other
        left = income.value - essential.value - other.value
        given = (
            Given(Phrase("Income of the month"), income),
            Given(Phrase("Essentials of the month"), essential),
            Given(Phrase("Other expenses of the month"), other),
        )
        rule = Phrase("Left for all debts = income − essentials − other expenses")
        step = Working(Phrase("Left for all debts"), left)
        return Derived(left, Derivation(rule, given, (step,), _ROUNDING))

    @property
    def available(self) -> Derived[Money]:
        """The most that can be offered to all lenders together, and how that was made."""
        left = self.left
        most = max(left.value, left.value.zero)
        if self.held is not None:
            return self._available_of(left, self.held, most)
        rule = Phrase("To share among the lenders = what is left for all debts, and at least nothing")
        step = Working(Phrase("To share among the lenders"), most)
        return Derived(most, Derivation(rule, (Given(Phrase("Left for all debts"), left),), (step,)))

    @staticmethod
    def _available_of(left: Derived[Money], held: Held, most: Money) -> Derived[Money]:
        """The same where not every day holds what a month leaves."""
        most = min(most, held.monthly.value)
        rule = Phrase(
            "To share among the lenders = what is left for all debts, and no more than every day holds; at "
            "least nothing"
        )
        given = (
            Given(Phrase("Left for all debts"), left),
            Given(Phrase("The most a month that every day holds"), held.monthly),
        )
        step = Working(Phrase("To share among the lenders"), most)
        return Derived(most, Derivation(rule, given, (step,)))

    @property
    def held_words(self) -> Phrase | None:
        """Why less can be offered than a month leaves; None if no day is in the way."""
        if self.held is None:
            return None
        if not self.held.monthly.value:
            return Phrase(
                "A month leaves {left}, but on {date} nothing is there to pay lenders from.",
                left=self.left,
                date=self.held.on,
            )
        return Phrase(
            "A month leaves {left}, but with more than {amount} a month for lenders the cash would fall "
            "below nothing on {date}.",
            left=self.left,
            amount=self.held.monthly,
            date=self.held.on,
        )


def budget(flows: Iterable[CashFlow], month: date, currency: str, assumed: Money | None = None) -> Budget:
    """The budget of a month in one currency.

    Args:
        flows: The incomes and expenses; those in other currencies do not count.
        month: Any day of the month.
        currency: ISO 4217.
        assumed: What is assumed to come in beside the record; below nothing for less.
    """
    first = month.replace(day=1)
    parts: dict[Category, list[Given]] = {}
    for flow in flows:
        if flow.amount.currency != currency:
            continue
        made = monthly_parts(flow, first)
        if made is not None:
            parts.setdefault(flow.category, []).append(Given(Phrase.own(flow.name), made))
    lines = [
        BudgetLine(category, added(_line_rule(category), parts[category], currency))
        for category in Category
        if category in parts
    ]
    return Budget(
        currency,
        first,
        tuple(line for line in lines if line.category.direction is Direction.INCOME),
        tuple(line for line in lines if line.category.is_essential),
        tuple(line for line in lines if _is_other(line.category)),
        assumed,
        tuple(_missing(parts)),
    )


def _is_other(category: Category) -> bool:
    return category.direction is Direction.EXPENSE and not category.is_essential


def _line_rule(category: Category) -> Phrase:
    return Phrase("{what} = everything recorded of it, a month", what=CATEGORY_WORDS[category])


def _line_given(line: BudgetLine) -> Given:
    return Given(CATEGORY_WORDS[line.category], line.amount)


def _missing(known: Iterable[Category]) -> Iterable[Phrase]:
    """What is not recorded, and what that does to the sheet."""
    categories = set(known)
    if not any(category.direction is Direction.INCOME for category in categories):
        yield Phrase("No income of this month is recorded, so nothing is left to offer.")
    for category in _ALWAYS:
        if category not in categories:
            yield Phrase(
                "{what}: nothing is recorded. If you pay for it, record it before you offer anything: "
                "less is left than is shown.",
                what=CATEGORY_WORDS[category],
            )
