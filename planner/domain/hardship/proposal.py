"""What to offer to whom: an amount a month, from when, and how long that would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.hardship.budget import Budget
from planner.domain.hardship.shares import IN_PROPORTION_SOURCE, SHARING_WORDS, Creditor, Sharing, shares
from planner.domain.late.agreement import AGREEMENT_LAW, MOST_MONTHS_CN, Agreement
from planner.domain.money import Money
from planner.phrases import Phrase

BANK_CARD_CN = "cn-credit-card"
"""The product to which the Chinese rules for bank cards apply."""

# Own choice: a hundred years. What takes longer is said to take longer, and is no plan.
FURTHEST = 1_200

# Own choice: from here on somebody who advises on debts may know a shorter way.
_LONG = 60


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to offer to one lender.

    Attributes:
        creditor: What is owed and asked.
        monthly: What to offer each month; may be nothing.
        in_proportion: What it would be in proportion to what is owed, to compare.
        first_on: When the first payment is made.
        notes: What to know beside it.
        now_on: Today, if every day holds all that is asked at its time; None if not, or nobody knows.
    """

    creditor: Creditor
    monthly: Derived[Money]
    in_proportion: Derived[Money]
    first_on: date
    notes: tuple[Phrase, ...] = ()
    now_on: date | None = None

    @property
    def starts_on(self) -> date | None:
        """When the first payment is made; None if nothing can be paid."""
        return self.first_on if self.monthly.value else None

    @property
    def is_full(self) -> bool:
        """Whether it is all that is asked, so that only the day may not fit."""
        return bool(self.monthly.value) and self.monthly.value >= self.creditor.asked.value

    @property
    def is_in_time(self) -> bool:
        """Whether all that is asked can be paid by the day on which it is asked."""
        return self.is_full and self.paid_on <= self.creditor.asked_on

    @property
    def paid_on(self) -> date:
        """When what is asked by then can be paid, where all that is asked can be paid."""
        return self.now_on if self.is_full and self.now_on is not None else self.first_on

    @property
    def count(self) -> int | None:
        """How many payments it takes if nothing more is charged; None if nothing can be paid."""
        return payments_needed(self.creditor.owed.value, self.monthly.value)

    @property
    def made_count(self) -> Derived[int] | None:
        """How many payments it takes, and how that was made; None if nothing can be paid."""
        if self.count is None:
            return None
        rule = Phrase(
            "Payments = what is owed ÷ the amount a month, rounded up, if nothing more is charged; "
            "the last one is the rest"
        )
        given = (
            Given(Phrase("Still to pay"), self.creditor.owed),
            Given(Phrase("To offer each month"), self.monthly),
        )
        step = Working(Phrase("How many payments"), self.count)
        return Derived(self.count, Derivation(rule, given, (step,)))

    @property
    def has_end(self) -> bool:
        """Whether it is over within a hundred years if nothing more is charged."""
        return self.count is not None and self.count <= FURTHEST

    @property
    def last_on(self) -> date | None:
        """When the last payment is made; None if there is no end in sight."""
        return add_months(self.first_on, self.count - 1) if self.count and self.has_end else None

    @property
    def payments(self) -> tuple[tuple[date, Money], ...]:
        """What is paid when, if nothing more is charged: the last one is the rest.

        Of what has no end in sight those of a hundred years; nothing if nothing can be paid.
        """
        if self.count is None:
            return ()
        days = Agreement(min(self.count, FURTHEST), self.first_on, self.first_on).days
        amounts = [self.monthly.value] * len(days)
        if self.has_end:
            amounts[-1] = self.creditor.owed.value - self.monthly.value.times(self.count - 1)
        return tuple(zip(days, amounts, strict=True))

    def agreement(self, agreed_on: date) -> Agreement | None:
        """The same as a plan with the lender, whose late cost can be worked out; None if it has no end.

        Args:
            agreed_on: When it is agreed.
        """
        return Agreement(self.count, self.first_on, agreed_on) if self.count and self.has_end else None


def payments_needed(owed: Money, monthly: Money) -> int | None:
    """How many payments of an amount an unchanging debt takes; None if the amount is nothing.

    Args:
        owed: The debt; above nothing.
        monthly: The amount; at least nothing.
    """
    return -(-owed.minor // monthly.minor) if monthly else None


def proposals(
    creditors: Sequence[Creditor],
    found: Budget,
    first_on: date,
    how: Sharing = Sharing.EQUAL,
    now_on: date | None = None,
) -> tuple[Proposal, ...]:
    """What to offer to each lender, together never more than the budget has left.

    Args:
        creditors: The accounts.
        found: The budget.
        first_on: When the first payments are made.
        how: How what is left is shared.
        now_on: Today, if every day holds all that is asked at its time.
    """
    available = found.available
    other = shares(creditors, available.value, Sharing.IN_PROPORTION)
    chosen = other if how is Sharing.IN_PROPORTION else shares(creditors, available.value, how)
    return tuple(
        Proposal(
            creditor,
            _derived(creditor, part, creditors, available, how),
            _derived(creditor, beside, creditors, available, Sharing.IN_PROPORTION),
            first_on,
            tuple(_notes(creditor, part, first_on, now_on)),
            now_on,
        )
        for creditor, part, beside in zip(creditors, chosen, other, strict=True)
    )


_RULES = {
    Sharing.EQUAL: Phrase(
        "To offer = what can be shared, divided equally: what a court has confirmed first, then the same to "
        "each lender. Nobody gets more than is asked or owed; what that leaves goes to the others."
    ),
    Sharing.IN_PROPORTION: Phrase(
        "To offer = what can be shared × what is owed here ÷ what is owed in all: what a court has confirmed "
        "first. Nobody gets more than is asked or owed; what that leaves goes to the others."
    ),
}
_ROUNDING = Phrase("Rounded down to the cent; cents that are left go to the largest fractions first.")


def _derived(
    creditor: Creditor, part: Money, creditors: Sequence[Creditor], available: Derived[Money], how: Sharing
) -> Derived[Money]:
    def made() -> Derivation:
        source = IN_PROPORTION_SOURCE if how is Sharing.IN_PROPORTION else None
        given = [
            Given(Phrase("To share among the lenders"), available),
            Given(Phrase("How it is shared"), SHARING_WORDS[how], source),
        ]
        for each in creditors:
            given.append(Given(Phrase("{account}: asked of you", account=each.name), each.asked))
            given.append(Given(Phrase("{account}: owed", account=each.name), each.owed))
        step = Working(Phrase("{account}: to offer each month", account=creditor.name), part)
        return Derivation(_RULES[how], tuple(given), (step,), _ROUNDING)

    return Derived(part, made)


def _notes(creditor: Creditor, part: Money, first_on: date, now_on: date | None) -> list[Phrase]:
    """What to know beside an offer: where it stands to the law, and what it does not do."""
    if not part:
        return [
            Phrase(
                "Nothing is left for this lender at present. Tell them so, with the budget sheet, and ask "
                "for time."
            )
        ]
    if part >= creditor.asked.value:
        return [_full_note(creditor, first_on, now_on)]
    notes = [
        Phrase(
            "{asked} is asked by {date}. Paying less counts as late until the lender has agreed.",
            asked=creditor.asked,
            date=creditor.asked_by,
        )
    ]
    count = payments_needed(creditor.owed.value, part) or 0
    if creditor.law == "CN":
        notes.append(_by_chinese_law(creditor, count))
    elif count > _LONG:
        notes.append(
            Phrase(
                "At this pace it takes {count} months. Free advice may know a shorter way, such as a legal "
                "procedure for people who cannot repay.",
                count=count,
            )
        )
    return notes


def _full_note(creditor: Creditor, first_on: date, now_on: date | None) -> Phrase:
    """What to know where the budget has all that is asked."""
    if (now_on or first_on) <= creditor.asked_on:
        return Phrase(
            "The budget has all that is asked by {date}: pay it by then, and nothing has to be agreed.",
            date=creditor.asked_by,
        )
    if now_on is not None:
        return Phrase(
            "Your money reaches for all that is asked: pay what is late now, and the rest by its day."
        )
    return Phrase(
        "The budget has all that is asked, but only on {date}. Ask for another due date rather than for "
        "smaller payments.",
        date=first_on,
    )


def _by_chinese_law(creditor: Creditor, count: int) -> Phrase:
    """Whether an agreement over so many months fits article 70 of the rules for bank cards."""
    values = {"most": MOST_MONTHS_CN, "count": count, "source": Phrase(AGREEMENT_LAW)}
    if count <= MOST_MONTHS_CN and creditor.product == BANK_CARD_CN:
        return Phrase(
            "A bank may agree on at most {most} months for a card ({source}): {count} months fit.", **values
        )
    if creditor.product == BANK_CARD_CN:
        return Phrase(
            "A bank may agree on at most {most} months for a card ({source}): {count} months do not fit. Ask "
            "what else it can do, such as a smaller claim.",
            **values,
        )
    if count <= MOST_MONTHS_CN:
        return Phrase(
            "For bank cards an agreement over at most {most} months is foreseen ({source}): {count} months "
            "would fit. Other lenders may do the same, but need not.",
            **values,
        )
    return Phrase(
        "For bank cards an agreement over at most {most} months is foreseen ({source}): {count} months would "
        "not fit. Ask the lender what else it can do.",
        **values,
    )
