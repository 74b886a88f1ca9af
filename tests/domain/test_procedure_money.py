from datetime import date, timedelta

import pytest

from planner.domain.account import Account
from planner.domain.bill import LineKind
from planner.domain.derivation import Derivation, Derived
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.failed_debit import FailedDebit
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.position import Position
from planner.domain.procedures.case import Case, CaseStep, StepState
from planner.domain.procedures.counting import Counted
from planner.domain.procedures.debits import DebitState, debit_words, debits_since
from planner.domain.procedures.kept import kept_of
from planner.domain.procedures.kinds import Rule, StepKind
from planner.domain.procedures.paying import PayDay, PayState, exact_payment
from planner.domain.procedures.published import Step
from planner.domain.procedures.recorded import LeftToPay, Recorded, ShortDebit
from planner.domain.procedures.rules import blockers
from planner.domain.procedures.tasks import is_due, next_on
from planner.domain.procedures.waiting import Wait
from planner.domain.sourced import Source, Span
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
ACCOUNT = Account("Card", "Bank", "CNY", id="account")
SAID = Source("a page")
PAY = Step("pay", "Pay", "…", StepKind.PAY, SAID)
TASK = Step("task", "Do", "…", StepKind.TASK, SAID, every=6)
WAIT = Step("wait", "Wait", "…", StepKind.WAIT, SAID)
CASE = Case("any", 1, "account", TODAY)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def due(
    due_on: date | None, amount: str = "100", *paid: Allocation, named: str = "due", projected: bool = False
) -> Due:
    parts = {LineKind.PURCHASE: yuan(amount)}
    return Due(DueKind.BILL, named, "account", Phrase("Bill"), due_on, parts, paid=paid, projected=projected)


def day(on: date, paid: str, cost: tuple[str, str] | None = ("3", "7"), *, is_late: bool = True) -> PayDay:
    """A day on which 100 was late at some cost."""
    span = Span(yuan(cost[0]), yuan(cost[1])) if cost is not None else None
    made = Derived(span, Derivation(Phrase("A rule"))) if span is not None else None
    return PayDay(on, (due(date(2026, 11, 10)),) if is_late else (), made, yuan(paid))


def said(rule: Rule, **recorded: object) -> list[str]:
    found = Recorded(ACCOUNT, Position(TODAY, ()), **recorded)  # type: ignore[arg-type]
    step = Step("x", "X", "…", StepKind.DO, SAID, rules=(rule,))
    return [str(each.text) for each in blockers(step, CASE, found)]


# --- an exact payment


def test_each_end_is_reached_on_its_own_day_and_stays_reached() -> None:
    first, second, third = (TODAY + timedelta(days=number) for number in range(3))
    days = [day(first, "103"), day(second, "110", ("5", "10")), day(third, "110", ("9", "20"))]

    found = exact_payment(TODAY, days, [Payment("account", yuan("110"), first)])

    assert found is not None
    assert (found.low_on, found.high_on, found.day.on) == (first, second, second)
    assert found.left == LeftToPay(yuan("0"), yuan("0"), TODAY)
    assert found.left.is_reached


def test_the_high_end_goes_on_growing_until_it_is_reached() -> None:
    later = TODAY + timedelta(days=1)
    found = exact_payment(
        TODAY, [day(TODAY, "103"), day(later, "103", ("4", "8"))], [Payment("account", yuan("103"), TODAY)]
    )

    assert found is not None
    assert (found.state, found.low_on, found.high_on) == (PayState.BETWEEN, TODAY, None)
    # The low end was reached the day before, though it has grown since.
    assert found.left == LeftToPay(yuan("0"), yuan("5"), TODAY)


def test_days_on_which_nothing_was_late_count_for_nothing() -> None:
    before = day(TODAY, "500", is_late=False)
    assert exact_payment(TODAY, [before], []) is None

    found = exact_payment(TODAY, [before, day(TODAY + timedelta(days=1), "0")], [])
    assert found is not None
    assert (found.state, found.low_on) == (PayState.NOTHING_PAID, None)


def test_a_cost_of_nothing_does_not_make_nothing_paid_enough() -> None:
    nothing = PayDay(TODAY, (due(date(2026, 11, 10), "0.01"),), None, yuan("0"))
    found = exact_payment(TODAY, [nothing], [])

    assert found is not None
    assert found.left == LeftToPay(yuan("0.01"), yuan("0.01"), TODAY, is_known=False)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (LeftToPay(yuan("5"), yuan("5"), TODAY), ["5.00 CNY is still to be paid"]),
        (
            LeftToPay(yuan("0"), yuan("5"), TODAY),
            ["Up to 5.00 CNY may still be to be paid, as the sources differ"],
        ),
        (
            LeftToPay(yuan("5"), yuan("5"), TODAY, is_known=False),
            ["5.00 CNY is still to be paid, and what being late costs"],
        ),
        (LeftToPay(yuan("0"), yuan("0"), TODAY), []),
        (None, []),
    ],
)
def test_what_is_left_to_pay_is_said_as_far_as_it_is_known(left: LeftToPay | None, words: list[str]) -> None:
    assert said(Rule.NOT_PAID, left_to_pay=left) == words


@pytest.mark.row("C100")
def test_a_short_debit_names_where_the_money_is_missing_if_that_is_known() -> None:
    assert said(Rule.CASH_SHORT, short_debits=[ShortDebit(TODAY, yuan("5"))]) == [
        "On 2026-11-22, 5.00 CNY is missing for the debits"
    ]
    assert said(Rule.CASH_SHORT) == []


# --- how far a step is


def test_a_payment_that_is_not_needed_stays_so_whatever_was_paid() -> None:
    recorded = Recorded(ACCOUNT, Position(TODAY, ()), paid_on=TODAY)
    left_out = CaseStep("pay", StepState.NOT_NEEDED)

    assert kept_of(PAY, left_out, recorded) == left_out
    assert kept_of(PAY, CaseStep("pay"), recorded).state is StepState.DONE
    assert kept_of(TASK, CaseStep("task"), recorded) == CaseStep("task")


@pytest.mark.parametrize(
    ("done_on", "every", "again_on"),
    [
        (date(2026, 8, 31), None, date(2027, 2, 28)),
        (date(2027, 8, 31), None, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_task_comes_again_on_the_same_day_or_at_the_end_of_a_shorter_month(
    done_on: date, every: int | None, again_on: date
) -> None:
    kept = CaseStep("task", StepState.DONE, done_on=done_on, every=every)

    assert next_on(TASK, kept) == again_on
    assert not is_due(TASK, kept, again_on - timedelta(days=1))
    assert is_due(TASK, kept, again_on)


def test_a_wait_that_is_settled_or_without_an_end_holds_nothing_up_for_ever() -> None:
    nothing = Counted((), None, None, Phrase("None of the sources says how long it takes."))
    running = Wait(WAIT, None, nothing)

    (words,) = said(Rule.WAITING, waits=[running])
    assert words == (
        "The end of the wait is not known: None of the sources says how long it takes. Mark it as done once "
        "it is over."
    )
    assert said(Rule.WAITING, waits=[Wait(WAIT, None, nothing, is_settled=True)]) == []


# --- automatic debits


def states(*dues: Due, failed: FailedDebit | None = None) -> list[DebitState]:
    paid = {"hand": Payment("account", yuan("1"), TODAY, id="hand")}
    paid["bank"] = Payment("account", yuan("1"), TODAY, automatic=True, id="bank")
    since, until = TODAY - timedelta(days=30), TODAY + timedelta(days=30)
    found = debits_since(dues, since, until, TODAY, paid, [failed] if failed is not None else [])
    return [each.state for each in found]


def test_what_only_follows_from_the_cycle_is_asked_for_too_once_its_day_has_passed() -> None:
    assert states(due(TODAY, projected=True)) == [DebitState.TO_COME]
    past = due(TODAY - timedelta(days=1), projected=True)
    assert states(past) == [DebitState.UNCONFIRMED]
    assert states(past, failed=FailedDebit("account", "due", TODAY)) == [DebitState.FAILED]
    assert states(due(None)) == []


def test_a_debit_was_made_if_one_of_its_payments_was_automatic() -> None:
    def settled(*ids: str) -> Due:
        parts = [Allocation(each, TODAY, yuan("100") if len(ids) == 1 else yuan("50")) for each in ids]
        return due(TODAY - timedelta(days=1), "100", *parts)

    assert states(settled("bank")) == [DebitState.DEBITED]
    assert states(settled("hand")) == [DebitState.PAID]
    assert states(settled("hand", "bank")) == [DebitState.DEBITED]
    # What came back from a seller settles it too, and is no payment.
    assert states(settled("refund")) == [DebitState.PAID]


def test_a_part_that_was_paid_does_not_make_a_failed_debit_good() -> None:
    part = due(TODAY - timedelta(days=1), "100", Allocation("hand", TODAY, yuan("50")))

    assert states(part) == [DebitState.UNCONFIRMED]
    assert states(part, failed=FailedDebit("account", "due", TODAY)) == [DebitState.FAILED]
    assert states(part, failed=FailedDebit("account", "another", TODAY)) == [DebitState.UNCONFIRMED]


def test_debits_come_by_date_each_in_words() -> None:
    later, sooner = due(TODAY + timedelta(days=2), named="later"), due(TODAY, named="sooner")
    found = debits_since([later, sooner], TODAY, TODAY + timedelta(days=2), TODAY, {}, [])

    assert [str(debit_words(each)) for each in found] == [
        "Bill: 100.00 CNY is to be debited on 2026-11-22.",
        "Bill: 100.00 CNY is to be debited on 2026-11-24.",
    ]
    nothing = due(TODAY, "100", Allocation("refund", TODAY, yuan("100")))
    (gone,) = debits_since([nothing], TODAY, TODAY, TODAY, {}, [])
    assert str(debit_words(gone)) == "Bill: nothing is left to debit."
