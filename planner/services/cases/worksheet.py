"""What can be offered to one lender each month, from the budget that Payoff shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.derivation import Derived, Given, added
from planner.domain.hardship.budget import Budget
from planner.domain.hardship.hardship import Hardship
from planner.domain.hardship.proposal import Proposal
from planner.domain.money import Money
from planner.phrases import Phrase
from planner.services.hardship import budget_of, negotiation_view
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing so that an offer can be worked out, or relied on.

    Attributes:
        text: What it is.
        place: The place of the program where it is recorded.
        target: What to show there.
    """

    text: Phrase
    place: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the worksheet.

    Attributes:
        name: What it is.
        amount: How much, and how that was made.
    """

    name: Phrase
    amount: Derived[Money]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """What can be offered to one lender each month.

    Attributes:
        account: The account.
        budget: What the month has.
        found: What can be offered to whom; None if nothing is asked on any account in its currency.
    """

    account: Account
    budget: Budget
    found: Hardship | None

    @property
    def proposal(self) -> Proposal | None:
        """What to offer to this lender; None if nothing is asked on the account in the coming month."""
        offers = self.found.proposals if self.found is not None else ()
        return next((each for each in offers if each.creditor.account_id == self.account.id), None)

    @property
    def is_ready(self) -> bool:
        """Whether an offer can be worked out: something is asked, and an income is recorded."""
        return self.proposal is not None and bool(self.budget.incomes)

    @property
    def has_budget(self) -> bool:
        """Whether anything of the month is recorded."""
        return bool(self.budget.incomes or self.budget.essentials or self.budget.others)

    @property
    def monthly(self) -> Derived[Money] | None:
        """What can be offered to this lender each month; None as long as that cannot be worked out."""
        return self.proposal.monthly if self.is_ready and self.proposal is not None else None

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """From what comes in to what is left for this lender."""
        budget, lines = self.budget, [SheetLine(Phrase("Comes in each month"), self.budget.income)]
        lines.append(SheetLine(Phrase("Housing, energy, food and other essentials"), budget.essential))
        if budget.other.value:
            lines.append(SheetLine(Phrase("Other expenses"), budget.other))
        lines.append(SheetLine(Phrase("Left for all lenders"), budget.available))
        if self.found is None or self.proposal is None or not self.is_ready:
            return tuple(lines)
        if len(self.found.proposals) > 1:
            lines.append(SheetLine(Phrase("For the other lenders"), self._others(self.found)))
        own = Phrase("For {account} each month", account=self.account.name)
        if self.proposal.is_full:
            own = Phrase("Asked in the coming month")
        return (*lines, SheetLine(own, self.proposal.monthly))

    def _others(self, found: Hardship) -> Derived[Money]:
        """What the other lenders get."""
        given = (
            Given(Phrase.own(each.creditor.name), each.monthly)
            for each in found.proposals
            if each.creditor.account_id != self.account.id
        )
        return added(Phrase("For the other lenders = their offers together"), given, found.currency)

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """What to know beside it: why less is offered than a month leaves, and what the offer means."""
        held = self.budget.held_words
        own = self.proposal.notes if self.is_ready and self.proposal is not None else ()
        return (*([held] if held is not None else []), *own)

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What is missing, each with where it is recorded."""
        return tuple(self._lacks())

    def _lacks(self) -> Iterator[Lack]:
        currency = self.account.currency
        if self.proposal is None:
            text = Phrase(
                "Nothing is asked of you on {account} in the coming month, so no offer can be worked out. "
                "Record what the lender asks for.",
                account=self.account.name,
            )
            yield Lack(text, "bills", self.account.id)
        for missing in self.budget.missing:
            yield Lack(missing, "cash", currency)
        if self.found is not None and not self.found.knows_cash:
            text = Phrase(
                "No balance of your money is recorded, so nobody can say whether every day of the month "
                "holds that much."
            )
            yield Lack(text, "cash", currency)


def worksheet_of(store: Store, account_id: str, today: date) -> Worksheet:
    """What can be offered to one lender each month; the letters and the worksheet show this one result.

    Args:
        store: The open store.
        account_id: The account.
        today: The day.
    """
    account = store.accounts.get(account_id)
    found = negotiation_view(store, today, account.currency)
    budget = found.budget if found is not None else budget_of(store, today, account.currency)
    return Worksheet(account, budget, found)
