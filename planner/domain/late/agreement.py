"""A plan agreed with the lender: equal parts, with or without an end to what is charged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.bill import LineKind
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Given, Working
from planner.domain.late.both_ends import told_once
from planner.domain.late.charge import LateCharge
from planner.domain.late.charges import late_charges
from planner.domain.late.costing import Costing
from planner.domain.late.ends import LateEnd
from planner.domain.late.item import LateCase
from planner.domain.late.payments import course_of, end_cost
from planner.domain.late.way import Way, WayKind, in_all, notes_on
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.phrases import N_, Phrase

# 商业银行信用卡业务监督管理办法, art. 70: five years.
MOST_MONTHS_CN = 60
AGREEMENT_LAW = N_("商业银行信用卡业务监督管理办法 (bank card rules), art. 70 (m.yktchina.com, 2022-09-13)")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is agreed with the lender.

    Attributes:
        count: How many equal parts, a month apart; at least one.
        first_on: When the first is paid.
        agreed_on: When it is agreed.
        stops: Whether the lender charges nothing more from then on; None if that is not known.
    """

    count: int
    first_on: date
    agreed_on: date
    stops: bool | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """When each part is paid."""
        return tuple(add_months(self.first_on, number) for number in range(self.count))


@dataclass(frozen=True, slots=True)
class _EndPlan:
    """An agreement as one end has it."""

    cost: Money
    payments: tuple[Money, ...]
    workings: tuple[Working, ...]


def equal_parts(total: Money, count: int) -> tuple[Money, ...]:
    """An amount in equal parts, rounded down; the last takes what does not divide.

    Args:
        total: The amount.
        count: How many parts.
    """
    part = Money(total.minor // count, total.currency)
    return (*[part] * (count - 1), Money(total.minor - part.minor * (count - 1), total.currency))


def agreement_way(costing: Costing, agreement: Agreement) -> Way:
    """Paying in equal parts as agreed: what is owed that day with its cost, and what is charged later.

    Where it is not known whether the lender stops charging, the low end takes it that it does and the
    high end that it does not.

    Source: 商业银行信用卡业务监督管理办法, art. 70: the bank and who cannot pay may agree on a plan of at
    most five years (m.yktchina.com, 2022-09-13). An agreement changes nothing about the missed date.

    Args:
        costing: What it is worked out from; its rates are known.
        agreement: What is agreed.
    """
    case = costing.case
    low, high = (
        _end_plan(
            costing, end, agreement, stops=not end.is_high if agreement.stops is None else agreement.stops
        )
        for end in costing.ends
    )
    cost = Span(min(low.cost, high.cost), max(low.cost, high.cost))
    payments = []
    for number, on in enumerate(agreement.days, 1):
        pair = [low.payments[number - 1], high.payments[number - 1]]
        payments.append((on, Span(min(pair), max(pair))))
    is_recorded = any(not item.is_carried and item.due_on < agreement.agreed_on for item in case.items)
    given = [Given(item.label, item.unpaid) for item in case.items]
    given.append(Given(Phrase("Equal parts"), agreement.count))
    derivation = Derivation(
        Phrase("Cost of an agreement = the late cost until it is made + what is charged until the last part"),
        tuple(given),
        (*low.workings, *high.workings),
        Phrase("Each product is rounded to the cent, half up. The parts are equal; the last takes the rest."),
    )
    return Way(
        WayKind.AGREEMENT,
        Phrase.counted(
            "Agreement on {count} payment, on {date}",
            "Agreement on {count} equal parts, the last on {date}",
            agreement.count,
            date=agreement.days[-1],
        ),
        tuple(payments),
        told_once(cost, derivation),
        in_all(Span.exactly(case.unpaid), cost),
        is_recorded=is_recorded,
        notes=(*_notes(agreement, case.country), *notes_on(is_recorded=is_recorded)),
    )


def _notes(agreement: Agreement, country: str) -> tuple[Phrase, ...]:
    notes = [Phrase("Ask for it in writing: the parts, their dates, and whether charges and calls stop.")]
    if country == "CN" and agreement.count > MOST_MONTHS_CN:
        notes.append(
            Phrase(
                "Chinese banks may agree on at most {months} months for a card ({source}).",
                months=MOST_MONTHS_CN,
                source=Phrase(AGREEMENT_LAW),
            )
        )
    return tuple(notes)


def _end_plan(costing: Costing, end: LateEnd, agreement: Agreement, *, stops: bool) -> _EndPlan:
    case, name = costing.case, end.name
    until_then = end_cost(case, end, agreement.agreed_on)
    text = Phrase("{end}: late cost on {date}, when it is agreed", end=name, date=agreement.agreed_on)
    workings = [Working(text, until_then)]
    postponed = case.unpaid.zero
    coming = sum_of(
        (item.unpaid for item in case.items if item.due_on > agreement.agreed_on), postponed.currency
    )
    if end.postponed is not None and coming:
        postponed = coming.times(end.postponed.value)
        text = Phrase(
            "{end}: indemnity of {rate} on the postponed {amount}",
            end=name,
            rate=Rate(end.postponed.value),
            amount=coming,
        )
        workings.append(Working(text, postponed))
    agreed = until_then + postponed
    parts = equal_parts(case.unpaid + agreed, agreement.count)
    cost = agreed
    if stops:
        workings.append(Working(Phrase("{end}: nothing is charged from then on", end=name)))
    else:
        last_on = agreement.days[-1]
        course = course_of(case, end, list(zip(agreement.days, parts, strict=True))[:-1])
        charges = late_charges(case, end, last_on, course)
        # What is put off is asked for as postponed, and not as unpaid too (art. D312-17).
        twice = [charge for charge in charges if postponed and _is_asked_as_unpaid(charge, case, agreement)]
        still = end_cost(case, end, last_on, course) - sum_of((each.amount for each in twice), cost.currency)
        cost = max(still + postponed, agreed)
        workings += [charge.working(name) for charge in charges if charge not in twice]
    workings.append(Working(Phrase("{end} in all", end=name), cost))
    rest = case.unpaid + cost - sum_of(parts[:-1], cost.currency)
    return _EndPlan(cost, (*parts[:-1], rest), tuple(workings))


def _is_asked_as_unpaid(charge: LateCharge, case: LateCase, agreement: Agreement) -> bool:
    """Whether it is an indemnity on something that was still to come when it was agreed."""
    is_coming = charge.index < len(case.items) and case.items[charge.index].due_on > agreement.agreed_on
    return is_coming and charge.kind is LineKind.PENALTY
