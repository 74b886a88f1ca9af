"""How the figures around a late cost were made: what is late, what is to pay in all, how long it is kept."""

from __future__ import annotations

from datetime import date, timedelta

from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.law.credit_register import RECORD_LAW
from planner.domain.money import Money
from planner.domain.overdue import LateCost, Milestone
from planner.domain.rate import Rate
from planner.domain.sourced import Reliability, Source, Span
from planner.phrases import Phrase


def made_unpaid(found: LateCost) -> Derived[Money]:
    """What is late without its cost, and how that was made."""
    rule = Phrase("What is paid late = everything that was chosen, together")
    given = (Given(item.label, item.unpaid) for item in found.items)
    return added(rule, given, found.unpaid.currency)


def made_to_pay(found: LateCost, cost: Derived[Span[Money]]) -> Derived[Span[Money]]:
    """What is late together with its cost, and how that was made.

    Args:
        found: The late cost.
        cost: What it costs on the day of paying.
    """
    total = found.to_pay(cost.value)

    def made() -> Derivation:
        rule = Phrase("To pay in all = what is paid late + what being late costs")
        given = (
            Given(Phrase("What is paid late"), made_unpaid(found)),
            Given(Phrase("Late cost"), cost),
        )
        return Derivation(rule, given, (Working(Phrase("To pay in all"), total),))

    return Derived(total, made)


def made_one_more_day(found: LateCost, today: date) -> Derived[Span[Money]] | None:
    """What paying tomorrow instead of today adds, at each end, and how that was made.

    None where the rate is unknown, and where tomorrow is not late either.

    Args:
        found: The late cost.
        today: The local day.
    """
    tomorrow = today + timedelta(days=1)
    now, then = found.made(today), found.made(tomorrow)
    if now is None or then is None or all(item.due_on >= tomorrow for item in found.items):
        return None
    # An end that counts no day of grace may grow by less than one whose grace ends now.
    low, high = then.value.low - now.value.low, then.value.high - now.value.high
    added_up = Span(min(low, high), max(low, high))

    def made() -> Derivation:
        rule = Phrase("One more day = late cost if paid tomorrow − late cost if paid today, at each end")
        given = (
            Given(Phrase("Late cost if paid tomorrow"), then),
            Given(Phrase("Late cost if paid today"), now),
        )
        return Derivation(rule, given, (Working(Phrase("One more day costs"), added_up),))

    return Derived(added_up, made)


def made_record_leaves(paid_on: date, leaves: date) -> Derived[date]:
    """The day on which a late record leaves the Chinese credit report, and how that was made.

    Source: 征信业管理条例 (regulation on the credit reporting industry), art. 16.

    Args:
        paid_on: When everything is paid.
        leaves: That day.
    """
    rule = Phrase("A late record is kept for five years from the day on which everything is paid.")
    law = Source(RECORD_LAW, None, Reliability.HIGH)
    given = (
        Given(Phrase("Everything paid on"), paid_on),
        Given(Phrase("Kept for"), Phrase("five years"), law),
    )
    return Derived(leaves, Derivation(rule, given, (Working(Phrase("It leaves the report on"), leaves),)))


def made_posted(found: LateCost) -> Derived[Money] | None:
    """The penalties that the lender has posted already, and where they stand; None if it posted none."""
    if not found.posted:
        return None
    rule = Phrase(
        "Penalties posted = every penalty that is recorded since the first missed due date: as a charge, or "
        "as a line of a bill"
    )
    return Derived(found.posted, Derivation(rule, (Given(Phrase("Penalties posted"), found.posted),)))


def made_milestone(mark: Milestone) -> Derived[date | Span[date] | None]:
    """The day of something that may happen, and who says so."""
    rule = Phrase("This is what the source says. A day is counted from the first due date that is missed.")
    given = tuple(Given(mark.text, mark.on, source) for source in mark.sources)
    if mark.claims:
        given = tuple(
            Given(mark.text, claim.value or Phrase("no day"), claim.source) for claim in mark.claims
        )
    return Derived(mark.when, Derivation(rule, given))


def made_rate(found: LateCost) -> Derived[Span[Rate]] | None:
    """The late rate over all sources, and who says what; None if it is unknown."""
    rate = found.rate
    if rate is None:
        return None
    rule = Phrase("Where the sources differ, the range from the lowest to the highest of them counts.")
    given = tuple(Given(Phrase("Late rate"), said.rates, said.source) for said in found.rates)
    return Derived(rate, Derivation(rule, given, (Working(Phrase("Late rate over all sources"), rate),)))
