"""What may happen while something stays unpaid: usual and legal dates, each with who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planner.domain.late_charge import LateItem
from planner.domain.money import sum_of
from planner.domain.record import (
    RECORD_LAW,
    REPAIR_FIRST,
    REPAIR_LAST,
    REPAIR_NOTICE,
    REPAIR_REPAID_BY,
    record_leaves,
)
from planner.domain.terms import Terms
from planner.phrases import N_, Phrase

_THREE_MONTHS = 90
_SIXTY_DAYS = 60
_ARTICLE = (
    "Article “JD.COM's IOUs are overdue. How to communicate with customer service?”, "
    "machine-translated, undated"
)
_FRENCH_INDEMNITY = Decimal("0.08")

# Shown under them, once.
DIFFER = N_("Lenders differ: these are usual or legal dates. Your contract and the lender prevail.")


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that may happen while a due stays unpaid.

    Attributes:
        on: Its day; None where it depends on the lender or on paying.
        text: What.
        source: Who says so.
    """

    on: date | None
    text: Phrase
    source: str


def milestones(items: Sequence[LateItem], terms: Terms, until: date) -> tuple[Milestone, ...]:
    """What may happen on the way, by date; what has none stands last.

    The law is taken to be that of the currency's country; for the euro, France.

    Args:
        items: What is or would be late, at least one.
        terms: The account's terms.
        until: The chosen day of paying.
    """
    late = [item for item in items if not item.is_carried]
    if not late:
        text = Phrase("The minimum is paid, so nothing here is late. Only the charge on the rest runs on.")
        return (Milestone(None, text, _ARTICLE),)
    first = min(item.due_on for item in late)
    found = [
        Milestone(
            first + timedelta(days=1),
            Phrase("Late from this day on, unless the lender grants days of grace."),
            f"{_ARTICLE}; the contract",
        ),
        *_grace(first, terms),
    ]
    match late[0].unpaid.currency:
        case "CNY":
            found += _in_china(late, first, until)
        case "EUR":
            found += _in_france(late, first)
        case _:
            pass
    reports = Phrase("When a lender reports to the credit register differs; ask before it matters.")
    found.append(Milestone(None, reports, _ARTICLE))
    return tuple(sorted(found, key=lambda milestone: milestone.on or date.max))


def _grace(first: date, terms: Terms) -> list[Milestone]:
    if terms.grace_days.is_unknown:
        return []
    shortest = terms.grace_days.lowest()
    if not shortest.value:
        return []
    last = first + timedelta(days=shortest.value)
    text = Phrase.counted(
        "The last of {count} day of grace: paid by then, it counts as in time.",
        "The last of {count} days of grace: paid by then, it counts as in time.",
        shortest.value,
    )
    return [Milestone(last, text, shortest.source.name)]


def _in_china(late: Sequence[LateItem], first: date, until: date) -> list[Milestone]:
    found = [
        Milestone(
            first + timedelta(days=_THREE_MONTHS),
            Phrase("90 days: lenders widely treat three months without a payment as serious default."),
            f"{_ARTICLE}; criteria differ between institutions",
        ),
        Milestone(
            record_leaves(until),
            Phrase(
                "A late record would leave the credit report: five years after everything is paid, "
                "here on {date}.",
                date=until,
            ),
            RECORD_LAW,
        ),
        Milestone(None, Phrase("While something stays unpaid, the five years have not started."), RECORD_LAW),
        Milestone(
            None,
            Phrase("Your credit report shows what has been reported. Two reports a year are free."),
            "征信业管理条例 (credit reporting regulation), art. 17",
        ),
        Milestone(
            None,
            Phrase(
                "A lender may take a debt to court. Only when a judgement is not obeyed may flights and fast "
                "trains be restricted, and that concerns people who could pay or who evade paying."
            ),
            "Supreme People's Court, rules of 2010 (consumption limits) and 2013 (judgement debtors, art. 1)",
        ),
    ]
    if any(REPAIR_FIRST <= item.due_on <= REPAIR_LAST for item in late):
        text = Phrase(
            "The one-time repair of records of {first} to {last} needed repayment by {date}; "
            "that day has passed.",
            first=REPAIR_FIRST,
            last=REPAIR_LAST,
            date=REPAIR_REPAID_BY,
        )
        found.append(Milestone(None, text, REPAIR_NOTICE))
    return found


def _in_france(late: Sequence[LateItem], first: date) -> list[Milestone]:
    unpaid = sum_of((item.unpaid for item in late), late[0].unpaid.currency)
    return [
        Milestone(
            first + timedelta(days=_SIXTY_DAYS),
            Phrase(
                "In France a lender may report to the FICP register when two monthly instalments are missed "
                "or 60 days have passed. It has to warn first and leave 30 days to pay."
            ),
            "service-public, F17608",
        ),
        Milestone(
            None,
            Phrase(
                "In France, for a consumer loan signed before {date}, the lender may ask for at most 8 % of "
                "the unpaid instalments, here {amount}, and for nothing else unless it ends the contract.",
                date=date(2026, 11, 20),
                amount=unpaid.times(_FRENCH_INDEMNITY),
            ),
            "Code de la consommation, art. D312-16, L312-38",
        ),
    ]
