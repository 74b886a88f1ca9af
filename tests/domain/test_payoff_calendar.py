from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.forecast import forecast
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.derivation import Derivation, Derived
from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, Option, OptionKind, PlanRow, Stream
from planner.domain.payoff.calendar import by_month, cash_paying, payables
from planner.domain.sourced import Span
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


def decision(key: str, owed: str, *paid: tuple[date, str]) -> tuple[Decision, Option, Derived[Span[Money]]]:
    high = Stream(
        tuple((on, cny(amount)) for on, amount in paid),
        sum((cny(amount) for _on, amount in paid), cny("0")) - cny(owed),
        cny("0"),
    )
    option = Option("way", OptionKind.INSTALMENTS, Phrase("In parts"), high, high)
    debt = Decision(key, Phrase(f"Bill {key}"), f"account-{key}", "JD", cny(owed), (option,))
    return debt, option, Derived(Span.exactly(high.cost), Derivation(Phrase("cost")))


A = decision("a", "1000", (date(2026, 12, 10), "510"), (date(2027, 1, 10), "510"))
B = decision("b", "300", (date(2026, 12, 5), "300"))


def test_every_payment_stands_in_the_calendar_by_date_and_says_how_it_was_made() -> None:
    first, second, third = payables([A, B])

    assert [each.on for each in (first, second, third)] == [
        date(2026, 12, 5),
        date(2026, 12, 10),
        date(2027, 1, 10),
    ]
    assert [each.amount.value for each in (first, second, third)] == [cny("300"), cny("510"), cny("510")]
    assert [each.decision.id for each in (first, second, third)] == ["b", "a", "a"]
    told = third.amount.derivation
    assert [given.plain for given in told.given] == [
        Phrase("Bill a"),
        cny("1000"),
        Span.exactly(cny("20")),
    ]
    assert [(str(step.text), step.result) for step in told.workings] == [
        ("The way that was chosen: In parts", None),
        ("Paid on 2026-12-10", cny("510")),
        ("Paid on 2027-01-10", cny("510")),
        ("So on 2027-01-10", cny("510")),
    ]


def test_what_of_a_bill_cannot_be_put_into_instalments_is_said_to_stay_due() -> None:
    january, february = date(2027, 1, 5), date(2027, 2, 5)
    debt, option, cost = decision(
        "a", "1720", (date(2026, 12, 5), "172"), (january, "780"), (february, "780")
    )
    rows = tuple(PlanRow(on, cny("774"), cny("6"), cny("0")) for on in (january, february))
    split = replace(option, high=replace(option.high, rows=rows), kind=OptionKind.PROMOTION)
    first, *_others = payables([(debt, split, cost)])

    assert [(str(step.text), step.result) for step in first.amount.derivation.workings] == [
        ("The way that was chosen: In parts", None),
        ("Of what is owed, put into instalments", cny("1548")),
        ("What stays due, 2026-12-05", cny("172")),
        ("Paid on 2027-01-05", cny("780")),
        ("Paid on 2027-02-05", cny("780")),
        ("So on 2026-12-05", cny("172")),
    ]


def test_the_payments_of_a_month_are_added_up() -> None:
    december, january = by_month(payables([A, B]), "CNY")

    assert (december.first_on, december.total.value) == (date(2026, 12, 1), cny("810"))
    assert [each.decision.id for each in december.payables] == ["b", "a"]
    assert [str(given.label) for given in december.total.derivation.given] == [
        "2026-12-05, Bill b",
        "2026-12-10, Bill a",
    ]
    assert (january.first_on, january.total.value) == (date(2027, 1, 1), cny("510"))
    assert by_month((), "CNY") == ()


def test_the_cash_follows_the_plan_and_no_longer_what_is_open_by_the_record() -> None:
    account = CashAccount("Bank", "CNY", (Balance(date(2026, 11, 20), cny("900")),), id="bank")
    moves = [
        Movement(date(2026, 11, 25), cny("200"), Phrase("Salary"), MovementKind.INCOME),
        Movement(date(2026, 12, 10), cny("-1000"), Phrase("Bill a"), MovementKind.DUE),
        Movement(date(2026, 11, 10), cny("-50"), Phrase("Late"), MovementKind.OVERDUE),
    ]
    line = forecast([account], moves, cny("0"), TODAY, date(2027, 2, 28))
    more = [Movement(date(2026, 12, 1), cny("40"), Phrase("More income"), MovementKind.INCOME)]

    found = cash_paying(line, more, payables([A, B]), cny("100"), date(2027, 2, 28))

    assert [(day.on, day.balance) for day in found.days] == [
        (TODAY, cny("900")),
        (date(2026, 11, 25), cny("1100")),
        (date(2026, 12, 1), cny("1140")),
        (date(2026, 12, 5), cny("840")),
        (date(2026, 12, 10), cny("330")),
        (date(2027, 1, 10), cny("-180")),
    ]
    assert found.floor == cny("100")
    assert found.until == date(2027, 2, 28)
    assert found.first_short is not None
    assert found.first_short.on == date(2027, 1, 10)
    paid = found.days[3].movements[0]
    assert (paid.kind, paid.refers_to, paid.account_id) == (MovementKind.PLANNED, "b", "account-b")
