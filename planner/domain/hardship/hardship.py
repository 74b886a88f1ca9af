"""When the money does not reach for the minimums: the budget, what can be offered to whom, what to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.hardship.budget import Budget
from planner.domain.hardship.held import Cash, Uncovered, held, uncovered
from planner.domain.hardship.minimums import Minimum
from planner.domain.hardship.proposal import Proposal, proposals
from planner.domain.hardship.shares import Creditor, Sharing
from planner.domain.hardship.shortage import Shortage, shortage
from planner.domain.late.way import STAYS_RECORDED
from planner.domain.money import Money, sum_of
from planner.phrases import Phrase

SAFETY = Phrase(
    "Nobody has to be paid in advance for help with debts. Give no password and no code from a text message "
    "to anyone, and send no copy of an identity card to people you did not look up yourself."
)
"""What to know before talking to anybody who offers help."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the view is made from.

    Attributes:
        today: The day.
        until: The last day up to which minimums are looked at.
        first_on: When the first payments that are offered are made.
        creditors: The accounts of which something is asked in the coming month.
        minimums: What has to be paid at least, up to ``until``.
        cash: The balance if no debt is paid; None if it is unknown.
        idle: The names of accounts on which something is owed, but nothing asked in the coming month.
        unrecorded: The names of accounts on which a bill should be recorded by now that is not.
        is_late: Whether something is late today.
        whole: The names of accounts on which all of a bill is asked, because no minimum is recorded.
        reserve: What should stay of the cash on every day; None for nothing.
    """

    today: date
    until: date
    first_on: date
    creditors: tuple[Creditor, ...]
    minimums: tuple[Minimum, ...]
    cash: Cash | None = None
    idle: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()
    is_late: bool = False
    whole: tuple[str, ...] = ()
    reserve: Money | None = None


@dataclass(frozen=True, slots=True)
class Hardship:
    """What can be done when the money does not reach.

    Attributes:
        today: The day.
        until: The last day up to which minimums are looked at.
        budget: What a month has for debts.
        creditors: The accounts of which something is asked in the coming month.
        shortage: When and by how much the money does not reach; None if it does, or nobody can say.
        proposals: What to offer to each of them, in the same order.
        sharing: How what is left is shared.
        notes: What to know before; what the budget misses says the budget.
        knows_cash: Whether anybody knows what is there, so that a shortage could be told.
        uncovered: The first day on which expenses are not covered before any debt is paid; None if they are.
    """

    today: date
    until: date
    budget: Budget
    creditors: tuple[Creditor, ...]
    shortage: Shortage | None
    proposals: tuple[Proposal, ...]
    sharing: Sharing = Sharing.EQUAL
    notes: tuple[Phrase, ...] = ()
    knows_cash: bool = True
    uncovered: Uncovered | None = None

    @property
    def currency(self) -> str:
        """ISO 4217."""
        return self.budget.currency

    @property
    def owed(self) -> Derived[Money]:
        """Everything owed to these lenders, and how that was made."""
        given = (Given(Phrase.own(each.name), each.owed) for each in self.creditors)
        return added(Phrase("Owed = what is still to pay on each of these accounts"), given, self.currency)

    @property
    def asked(self) -> Derived[Money]:
        """What all lenders ask for in the coming month, and how that was made."""
        return asked_together(self.creditors, self.currency)

    @property
    def lacking(self) -> Derived[Money]:
        """What is asked in the coming month beyond what the budget has; at least nothing."""
        asked, available = self.asked, self.budget.available
        lacking = max(asked.value - available.value, asked.value.zero)
        given = (
            Given(Phrase("Asked in the coming month"), asked),
            Given(Phrase("To share among the lenders"), available),
        )
        rule = Phrase("Lacking a month = what is asked − what can be shared, at least nothing")
        return Derived(lacking, Derivation(rule, given, (Working(Phrase("Lacking a month"), lacking),)))

    @property
    def offered(self) -> Derived[Money]:
        """What is offered to all lenders together each month, and how that was made."""
        given = (Given(Phrase.own(each.creditor.name), each.monthly) for each in self.proposals)
        return added(Phrase("Offered a month = the offers to all lenders together"), given, self.currency)

    @property
    def is_timing_only(self) -> bool:
        """Whether a month has enough for what is asked, and the money only comes too late for it."""
        return self.shortage is not None and not self.lacking.value

    def told_short(self, short: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        """Why no plan holds: first what expenses lack; what each month lacks instead of a single sum.

        Args:
            short: The day that is short, and then the sum that would do.
        """
        first = () if self.uncovered is None else (self.uncovered.words,)
        lacking = self.budget.always_lacking
        if lacking is None:
            return (*first, *short)
        each_month = Phrase(
            "Each month lacks at least {amount} before any debt is paid, so no single sum would do for long.",
            amount=lacking,
        )
        return (*first, *short[:1], each_month)

    def proposal(self, account_id: str) -> Proposal:
        """What to offer on an account.

        Raises:
            KeyError: Nothing is asked on it.
        """
        for each in self.proposals:
            if each.creditor.account_id == account_id:
                return each
        raise KeyError(account_id)


def asked_together(creditors: Sequence[Creditor], currency: str) -> Derived[Money]:
    """What lenders ask for in the coming month, and how that was made.

    Args:
        creditors: The accounts.
        currency: ISO 4217.
    """
    rule = Phrase("Asked in the coming month = what is late, and every minimum due within a month")
    return added(rule, (Given(Phrase.own(each.name), each.asked) for each in creditors), currency)


def hardship(found: Budget, situation: Situation, sharing: Sharing = Sharing.EQUAL) -> Hardship:
    """What can be offered to whom, and what to know before.

    Args:
        found: The budget of the month from which on it is paid.
        situation: What is owed, asked, and there.
        sharing: How what is left is shared.
    """
    short = lacking = None
    if situation.cash is not None:
        short = shortage(situation.cash, situation.minimums, situation.until)
        lacking = uncovered(situation.cash, situation.until)
        found = _held(found, situation, situation.cash)
    made = Hardship(
        situation.today,
        situation.until,
        found,
        situation.creditors,
        short,
        proposals(situation.creditors, found, situation.first_on, sharing, _now_on(situation)),
        sharing,
        knows_cash=situation.cash is not None,
        uncovered=lacking,
    )
    return replace(made, notes=tuple(_notes(made, situation)))


def _now_on(situation: Situation) -> date | None:
    """Today, if every day holds the reserve once what is late is paid today and all else when it is due."""
    if situation.cash is None:
        return None
    kept = situation.reserve or situation.cash[0][1].zero
    cash = [(on, balance - kept) for on, balance in situation.cash]
    lacks = shortage(cash, situation.minimums, situation.until) or uncovered(cash, situation.until)
    return situation.today if lacks is None and situation.minimums else None


def _held(found: Budget, situation: Situation, cash: Cash) -> Budget:
    """The budget with what every day holds, if that is less than would be offered."""
    owed = sum_of((each.owed.value for each in situation.creditors), found.currency)
    most = min(found.available.value, sum_of((each.most for each in situation.creditors), found.currency))
    of_days = held(cash, situation.first_on, situation.until, owed)
    return found if of_days is None or of_days.monthly.value >= most else replace(found, held=of_days)


def _notes(made: Hardship, situation: Situation) -> list[Phrase]:
    notes = []
    if situation.cash is None:
        notes.append(
            Phrase(
                "No balance of your accounts is recorded: only the budget says what a month has for debts."
            )
        )
    if made.is_timing_only:
        notes.append(
            Phrase(
                "A month has enough for what is asked; the money only comes after the due dates. Ask for "
                "another due date rather than for smaller payments."
            )
        )
    left = made.budget.left
    if left.value.minor < 0:
        notes.append(
            Phrase(
                "Essentials and other expenses are {amount} more than the income. They come first: nothing "
                "is offered, and free advice is the next step.",
                amount=Derived(-left.value, lambda: left.derivation),
            )
        )
    if made.budget.held_words is not None:
        notes.append(made.budget.held_words)
    notes.append(
        Phrase("Contact the lenders before the due date, or as soon as you can: more is possible then.")
    )
    if situation.is_late:
        notes.append(STAYS_RECORDED)
    notes += [
        Phrase(
            "{account}: no minimum is recorded, so all of the bill counts as asked for. If the statement "
            "asks for less, add its minimum to the bill.",
            account=name,
        )
        for name in situation.whole
    ]
    notes += [
        Phrase("{account}: nothing is asked in the coming month, so nothing is offered yet.", account=name)
        for name in situation.idle
    ]
    notes += [
        Phrase("{account}: a bill should be there by now. Add it first, or its payment.", account=name)
        for name in situation.unrecorded
    ]
    return [*notes, SAFETY]
