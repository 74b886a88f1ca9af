"""What is due to lenders in a month against what comes in, beside the shares one wants to know of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planner.domain.cash.flow import CashFlow, Direction
from planner.domain.cash.movement import Movement
from planner.domain.cash.rules import CashRules
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.hardship.monthly import monthly_parts
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Reliability, Source
from planner.phrases import N_, Phrase

# Of the calendar months after this one: by then most of what is due is known, and no month is half over.
_MONTHS_AHEAD = 3

# What lenders of home loans are held to. They are no law on the user; they can set their own.
NOTICE_SHARE = Decimal("0.35")
HIGH_SHARE = Decimal("0.55")
_LOOKED = date(2026, 11, 22)
NOTICE_SOURCE = Source(
    N_("HCSF decision D-HCSF-2021-7, on home loans in France; general knowledge, unverified"),
    _LOOKED,
    Reliability.LOW,
)
HIGH_SOURCE = Source(
    N_("Guideline Yinjianfa [2004] No. 57, art. 36, on home loans in China; general knowledge, unverified"),
    _LOOKED,
    Reliability.LOW,
)


@dataclass(frozen=True, slots=True)
class DebtToIncome:
    """What goes to lenders of what comes in, in the month in which that is most.

    Attributes:
        first_on: The first day of the month.
        due: What is due to lenders in it.
        income: What comes in.
        share: The one by the other; None if nothing comes in.
        notice: The share from which it is said.
        high: The share from which it is a warning.
    """

    first_on: date
    due: Derived[Money]
    income: Derived[Money]
    share: Derived[Rate] | None
    notice: Derived[Rate]
    high: Derived[Rate]

    @property
    def last_on(self) -> date:
        """The last day of the month."""
        return add_months(self.first_on, 1) - timedelta(days=1)

    @property
    def words(self) -> Phrase:
        """What it comes to, in a sentence."""
        if self.share is None:
            return Phrase(
                "From {first} to {last}, {due} is due to lenders, and no income of that month is recorded.",
                first=self.first_on,
                last=self.last_on,
                due=self.due,
            )
        return Phrase(
            "From {first} to {last}, {due} is due to lenders and {income} comes in: that is {share} of it.",
            first=self.first_on,
            last=self.last_on,
            due=self.due,
            income=self.income,
            share=self.share,
        )

    @property
    def told(self) -> tuple[Phrase, ...]:
        """What it comes to, and whether that is as much as the user wants to know of or be warned of."""
        return tuple(words for words in (self.words, self.beside, self.warning) if words is not None)

    @property
    def is_noticed(self) -> bool:
        """Whether it is as much as the user wants to know of."""
        return self.share is not None and self.share.value.fraction >= self.notice.value.fraction

    @property
    def beside(self) -> Phrase | None:
        """That it is as much as the user wants to know of, in a sentence; None below that."""
        if not self.is_noticed or self.is_high:
            return None
        return Phrase("That is not less than {share}, from which you are told.", share=self.notice)

    @property
    def is_high(self) -> bool:
        """Whether it is as much as the user wants to be warned of."""
        return self.share is not None and self.share.value.fraction >= self.high.value.fraction

    @property
    def warning(self) -> Phrase | None:
        """That little room is left, in a sentence; None below the higher share."""
        if not self.is_high or self.share is None:
            return None
        return Phrase(
            "From {first} to {last}, {share} of what comes in is due to lenders, not less than the {high} "
            "from which you are warned. Little is left for what was not foreseen; Payoff shows ways to lower "
            "a month.",
            first=self.first_on,
            last=self.last_on,
            share=self.share,
            high=self.high,
        )


def debt_to_income(
    movements: Iterable[Movement], flows: Sequence[CashFlow], rules: CashRules, today: date
) -> DebtToIncome | None:
    """What is due to lenders against what comes in: of the next three calendar months the highest.

    Due is what the record still shows as open, on its dates or as a plan that is followed means to pay it.
    What comes in is that of the month, with an equal part of what comes less often than every month.

    Args:
        movements: What moves; only what is still open counts.
        flows: Incomes and expenses of the same currency.
        rules: The currency, and the shares that the user wants to know of.
        today: The day.

    Returns:
        The month; None if nothing is due in any of them, or if no income is recorded at all.
    """
    incomes = [flow for flow in flows if flow.direction is Direction.INCOME]
    if not incomes:
        return None
    known = [each for each in movements if each.kind.is_open and each.amount.currency == rules.currency]
    this_month = today.replace(day=1)
    found = [
        _of_month(add_months(this_month, ahead), known, incomes, rules)
        for ahead in range(1, _MONTHS_AHEAD + 1)
    ]
    with_dues = [each for each in found if each.due.value]
    # With nothing coming in, any due weighs most; of equal ones the first month is told.
    return max(with_dues, key=_weight) if with_dues else None


def _weight(month: DebtToIncome) -> tuple[bool, Decimal]:
    return (month.share is None, month.share.value.fraction if month.share is not None else Decimal(0))


def _of_month(
    first_on: date, movements: Iterable[Movement], incomes: Iterable[CashFlow], rules: CashRules
) -> DebtToIncome:
    own = [each for each in movements if each.on.replace(day=1) == first_on]
    due = added(
        Phrase("Due to lenders in a month = everything that is still open and falls into it"),
        (Given(Phrase("{date}, {what}", date=each.on, what=each.label), -each.amount) for each in own),
        rules.currency,
    )
    parts = [(flow, monthly_parts(flow, first_on)) for flow in incomes]
    income = added(
        Phrase("Income of the month = every income together"),
        (Given(Phrase.own(flow.name), made) for flow, made in parts if made is not None),
        rules.currency,
    )
    return DebtToIncome(first_on, due, income, _share(due, income), notice_share(rules), high_share(rules))


def _share(due: Derived[Money], income: Derived[Money]) -> Derived[Rate] | None:
    if income.value.minor <= 0:
        return None
    share = Rate(Decimal(due.value.minor) / income.value.minor)
    rule = Phrase(
        "Debt-to-income = what is due to lenders in a month ÷ what comes in during it; of the three months "
        "after this one, the one in which it is highest"
    )
    given = (Given(Phrase("Due to lenders"), due), Given(Phrase("Income of the month"), income))
    rounding = Phrase("Shown to a hundredth of a per cent.")
    return Derived(share, Derivation(rule, given, (Working(Phrase("Due ÷ income"), share),), rounding))


def notice_share(rules: CashRules) -> Derived[Rate]:
    """The share from which it is said: the user's own, or what a regulator holds lenders to."""
    return _limit(Phrase("Share from which you are told"), rules.notice_share, NOTICE_SHARE, NOTICE_SOURCE)


def high_share(rules: CashRules) -> Derived[Rate]:
    """The share from which it is a warning: the user's own, or what a regulator holds lenders to."""
    return _limit(Phrase("Share from which you are warned"), rules.high_share, HIGH_SHARE, HIGH_SOURCE)


def _limit(what: Phrase, own: Decimal | None, usual: Decimal, source: Source) -> Derived[Rate]:
    value = Rate(own if own is not None else usual)
    rule = Phrase("As you set it, or else what a regulator holds lenders of home loans to")
    given = (Given(what, value, source if own is None else None),)
    return Derived(value, Derivation(rule, given))
