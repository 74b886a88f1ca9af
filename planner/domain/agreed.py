"""What was agreed with a lender: what it takes over, what it comes to, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.ids import new_id
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.late.agreement import equal_parts
from planner.domain.money import Money, sum_of
from planner.domain.procedures.kinds import Channel
from planner.errors import PlannerError
from planner.phrases import N_, Phrase


class WaivedDiffersError(PlannerError):
    """An amount said to be waived that the instalments contradict."""

    message = N_(
        "With {waived} waived and {fees} added, the instalments come to {expected}, not to {repaid}. Change "
        "one of these amounts."
    )


class Proof(StrEnum):
    """What shows that it was agreed."""

    NONE = "none"
    WRITTEN = "written"
    RECORDED = "recorded"


PROOF_WORDS = {
    Proof.NONE: Phrase("By word of mouth so far"),
    Proof.WRITTEN: Phrase("In writing"),
    Proof.RECORDED: Phrase("The call was recorded"),
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed with a lender. It is a plan with dues of its own; those it covers are taken over.

    Attributes:
        account_id: The account.
        plan_id: The plan it became.
        agreed_on: The day.
        covered: What it took over of each due, by the id of the due.
        case_id: The run of a procedure that led to it; empty for none.
        channel: How it was agreed.
        person: Who agreed for the lender.
        waived: What the lender does without; nothing where it waived nothing.
        proof: What shows that it was agreed.
        pauses_collection: Whether the lender agreed to stop collecting meanwhile.
        note: The user's own words.
        id: Its identity.
    """

    account_id: str
    plan_id: str
    agreed_on: date
    covered: Mapping[str, Money]
    waived: Money
    case_id: str = ""
    channel: Channel = Channel.PHONE
    person: str = ""
    proof: Proof = Proof.NONE
    pauses_collection: bool = False
    note: str = ""
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class AgreedSums:
    """What an agreement comes to beside what is recorded.

    Attributes:
        covered: What is open of the dues it takes over.
        repaid: What its instalments come to.
        fees: What of that the lender calls a fee or interest.
    """

    covered: Money
    repaid: Money
    fees: Money

    @classmethod
    def kept(cls, agreed: Agreed, plan: InstalmentPlan) -> AgreedSums:
        """What a recorded agreement comes to, by what it took over and the plan it became."""
        covered = sum_of(agreed.covered.values(), agreed.waived.currency)
        return cls(covered, plan.total, plan.fees + plan.interest)

    @property
    def principal(self) -> Money:
        """What its instalments repay of what was open."""
        return min(self.repaid - self.fees, self.covered)

    @property
    def added(self) -> Derived[Money]:
        """What comes on top of what was open, and how that was made."""
        added = self.repaid - self.principal
        rule = Phrase(
            "On top = what the instalments come to − what they repay of what is open, which is never more "
            "than what is open"
        )
        given = (
            *self._given,
            Given(Phrase("They repay of what is open"), self.principal),
        )
        return Derived(added, Derivation(rule, given, (Working(Phrase("On top"), added),)))

    @property
    def waived(self) -> Derived[Money]:
        """What of what was open is no longer owed, and how that was made."""
        waived = self.covered - self.principal
        rule = Phrase("No longer owed = what is open − what the instalments repay of it")
        step = Working(Phrase("No longer owed"), waived)
        return Derived(waived, Derivation(rule, self._given, (step,)))

    def check_waived(self, waived: Money | None) -> None:
        """See that what is said to be waived is what no instalment repays.

        Args:
            waived: What the lender is said to waive; None if nothing is said.

        Raises:
            WaivedDiffersError: The instalments come to something else.
        """
        if waived is not None and waived != self.waived.value:
            expected = to_repay(self.covered, waived, self.fees)
            raise WaivedDiffersError(waived=waived, fees=self.fees, expected=expected, repaid=self.repaid)

    @property
    def _given(self) -> tuple[Given, ...]:
        return (
            Given(Phrase("Open in the record"), self.covered),
            Given(Phrase("The instalments come to"), self.repaid),
            Given(Phrase("Of that a fee or interest"), self.fees),
        )

    @property
    def words(self) -> tuple[Phrase, ...]:
        """What it comes to beside what is recorded, in words."""
        said = [
            Phrase(
                "{covered} of it is open in the record; the instalments come to {repaid}.",
                covered=self.covered,
                repaid=self.repaid,
            )
        ]
        if self.waived.value:
            said.append(Phrase("{amount} is no longer owed.", amount=self.waived))
        if self.added.value:
            said.append(Phrase("{amount} comes on top.", amount=self.added))
        return tuple(said)


def to_repay(covered: Money, waived: Money | None, fees: Money | None) -> Money:
    """What the instalments come to: what is covered, without what is waived, with what is added.

    Args:
        covered: What is open of what the agreement is about.
        waived: What the lender does without; None for nothing.
        fees: What it adds as a fee or interest; None for nothing.
    """
    zero = covered.zero
    return max(covered - (waived or zero), zero) + (fees or zero)


def monthly_days(first_on: date, count: int) -> tuple[date, ...]:
    """The days of instalments a month apart; the day of the month stays the same where the month has it.

    Args:
        first_on: The first of them.
        count: How many.
    """
    return tuple(add_months(first_on, number, first_on.day) for number in range(count))


def equal_rows(first_on: date, count: int, repaid: Money) -> tuple[tuple[date, Money], ...]:
    """Equal instalments a month apart; the last takes what does not divide.

    Args:
        first_on: When the first is due.
        count: How many.
        repaid: What they come to.
    """
    return tuple(zip(monthly_days(first_on, count), equal_parts(repaid, count), strict=True))


def instalments(rows: Sequence[tuple[date, Money]], added: Money) -> tuple[Instalment, ...]:
    """Agreed days and amounts as the rows of a plan, numbered by their days.

    What comes on top is spread over them in proportion, rounded down; the last one has the rest.

    Args:
        rows: The days, and what is paid on each.
        added: How much of all of it is a fee or interest; at most all of it.
    """
    ordered = sorted(rows, key=lambda row: row[0])
    zero = added.zero
    repaid = sum_of((amount for _on, amount in ordered), added.currency)
    made, left = [], added
    for number, (on, amount) in enumerate(ordered, 1):
        share = Money(added.minor * amount.minor // repaid.minor, added.currency) if repaid else zero
        fee = min(left, amount) if number == len(ordered) else share
        left -= fee
        made.append(Instalment(number, on, amount - fee, fee, zero))
    return tuple(_with_rest(made, left))


def _with_rest(rows: Sequence[Instalment], left: Money) -> list[Instalment]:
    """Rows that take what the last of them was too small for, from the last one backwards."""
    taken = []
    for row in reversed(rows):
        part = min(left, row.principal)
        left -= part
        taken.append(Instalment(row.number, row.due_on, row.principal - part, row.fee + part, row.interest))
    return taken[::-1]
