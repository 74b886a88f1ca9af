from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import Account, LinkedService
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.business_days import BusinessCalendar, CalendarYear
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.ledger import Ledger
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.position import position
from planner.domain.procedures.case import Case, CaseStep, StepState
from planner.domain.procedures.kinds import Rule, StepKind
from planner.domain.procedures.published import Procedure, Step
from planner.domain.procedures.recorded import Recorded
from planner.domain.procedures.rules import blockers
from planner.domain.procedures.step_view import ShownState, StepView, listed, step_view
from planner.domain.procedures.verification import Verification, verification
from planner.domain.purchase import Progress, Purchase, Refund
from planner.domain.sourced import Source
from planner.i18n import explain
from planner.phrases import Phrase
from planner.store import catalogue

TODAY = date(2026, 11, 22)
SOURCE = Source("a page")
ACCOUNT = Account("Baitiao", "JD", "CNY")
NOTHING = Ledger(ACCOUNT)
CASE = Case("cancel", 1, ACCOUNT.id, TODAY)
SUBMIT = Step(
    "submit",
    "Submit",
    "…",
    StepKind.SUBMIT,
    SOURCE,
    (Rule.OPEN_DUES, Rule.LINKED_SERVICES, Rule.UNFINISHED_ORDERS),
)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def texts_of(
    rule: Rule,
    ledger: Ledger = NOTHING,
    orders: Sequence[Purchase] = (),
    case: Case = CASE,
    verifying: Verification | None = None,
) -> list[str]:
    step = replace(SUBMIT, rules=(rule,))
    found = blockers(
        step, case, Recorded(ledger.account, position((ledger,), TODAY), orders, verifying=verifying)
    )
    return [str(each.text) for each in found]


def shown(kind: StepKind, kept: StepState, rule: Rule, *, is_open: bool) -> StepView:
    step = replace(SUBMIT, kind=kind, rules=(rule,))
    account = replace(ACCOUNT, services=(LinkedService("Card", None if is_open else TODAY),))
    bills = [Bill(account.id, TODAY, TODAY, (BillLine(LineKind.UNITEMISED, yuan("5")),))] if is_open else []
    orders = [Purchase(account.id, yuan("5"), TODAY, progress=Progress.PENDING)] if is_open else []
    found = blockers(step, CASE, Recorded(account, position((Ledger(account, bills=bills),), TODAY), orders))
    return step_view(step, CaseStep(step.id, kept), found)


@pytest.fixture
def cancel() -> Procedure:
    found = catalogue.procedure("cancel-jd-baitiao")
    assert found is not None
    return found


# --- What stands in the way: each appears with what is recorded, and goes with it


@pytest.mark.row("C008")
def test_an_open_bill_stands_in_the_way_until_it_is_paid() -> None:
    bill = Bill(
        ACCOUNT.id, date(2026, 11, 1), date(2026, 11, 10), (BillLine(LineKind.UNITEMISED, yuan("512.40")),)
    )
    paid = Payment(ACCOUNT.id, yuan("512.40"), TODAY)

    assert texts_of(Rule.OPEN_DUES, Ledger(ACCOUNT, bills=[bill])) == [
        "Bill of 2026-11-01: 512.40 CNY open, due 2026-11-10"
    ]
    assert texts_of(Rule.OPEN_DUES, Ledger(ACCOUNT, bills=[bill], payments=[paid])) == []


@pytest.mark.row("C008", "C010")
def test_each_unpaid_instalment_stands_in_the_way() -> None:
    rows = tuple(
        Instalment(number, day, yuan("400"), yuan("6"), yuan("0"))
        for number, day in enumerate((date(2026, 12, 10), date(2027, 1, 10)), 1)
    )
    plan = InstalmentPlan(ACCOUNT.id, "Phone", yuan("800"), rows, 2)

    assert texts_of(Rule.OPEN_DUES, Ledger(ACCOUNT, plans=[plan])) == [
        "Phone, instalment 1 of 2: 406.00 CNY open, due 2026-12-10",
        "Phone, instalment 2 of 2: 406.00 CNY open, due 2027-01-10",
    ]
    paid = Payment(ACCOUNT.id, yuan("406"), TODAY)
    assert len(texts_of(Rule.OPEN_DUES, Ledger(ACCOUNT, plans=[plan], payments=[paid]))) == 1


@pytest.mark.row("C010")
def test_a_posted_penalty_stands_in_the_way_until_it_is_paid() -> None:
    penalty = Charge(ACCOUNT.id, LineKind.PENALTY, yuan("3"), TODAY)
    paid = Payment(ACCOUNT.id, yuan("3"), TODAY, aimed_at=penalty.id)

    assert len(texts_of(Rule.OPEN_DUES, Ledger(ACCOUNT, charges=[penalty]))) == 1
    assert texts_of(Rule.OPEN_DUES, Ledger(ACCOUNT, charges=[penalty], payments=[paid])) == []


def test_a_purchase_that_is_not_billed_stands_in_the_way_until_it_comes_back() -> None:
    bought = Purchase(ACCOUNT.id, yuan("80"), TODAY, merchant="Books")
    back = replace(bought, refunds=(Refund(yuan("80"), TODAY),))

    assert texts_of(Rule.OPEN_DUES, Ledger(ACCOUNT, purchases=[bought])) == [
        "Books: 80.00 CNY, not billed yet"
    ]
    assert texts_of(Rule.OPEN_DUES, Ledger(ACCOUNT, purchases=[back])) == []


@pytest.mark.row("C013", "C072")
def test_an_unfinished_order_stands_in_the_way_until_it_is_finished_or_came_back() -> None:
    order = Purchase(ACCOUNT.id, yuan("80"), TODAY, merchant="Books", progress=Progress.PENDING)

    assert texts_of(Rule.UNFINISHED_ORDERS, orders=[order]) == [
        "Books, 80.00 CNY, ordered on 2026-11-22: not finished"
    ]
    assert texts_of(Rule.UNFINISHED_ORDERS, orders=[replace(order, progress=Progress.COMPLETED)]) == []
    assert (
        texts_of(Rule.UNFINISHED_ORDERS, orders=[replace(order, refunds=(Refund(yuan("80"), TODAY),))]) == []
    )
    nameless = replace(order, merchant="")
    assert texts_of(Rule.UNFINISHED_ORDERS, orders=[nameless]) == [
        "Order of 2026-11-22 is not finished: 80.00 CNY"
    ]


@pytest.mark.row("C011")
def test_a_linked_service_stands_in_the_way_until_it_is_unlinked() -> None:
    linked = replace(ACCOUNT, services=(LinkedService("Co-branded card"),))
    unlinked = replace(ACCOUNT, services=(LinkedService("Co-branded card", TODAY),))

    assert texts_of(Rule.LINKED_SERVICES, Ledger(linked)) == ["Not yet unlinked: Co-branded card"]
    assert texts_of(Rule.LINKED_SERVICES, Ledger(unlinked)) == []


def test_the_wait_stands_still_until_the_request_is_submitted() -> None:
    assert texts_of(Rule.NOT_SUBMITTED) == ["The request has not been submitted yet"]
    assert texts_of(Rule.NOT_SUBMITTED, case=replace(CASE, submitted_on=TODAY)) == []


@pytest.mark.row("C009")
def test_checking_waits_for_the_last_day_of_the_verification(cancel: Procedure) -> None:
    calendar = catalogue.calendar("CN")
    running = verification(cancel, date(2026, 11, 20), calendar)
    over = verification(cancel, date(2026, 11, 17), calendar)

    assert texts_of(Rule.WAITING, verifying=running) == ["The lender may take until 2026-11-25 to verify"]
    assert over is not None
    assert over.latest == date(2026, 11, 20)
    assert texts_of(Rule.WAITING, verifying=over) == []
    assert texts_of(Rule.WAITING) == []


@pytest.mark.row("C009")
def test_a_last_day_that_cannot_be_worked_out_stands_in_the_way_instead_of_being_forgotten(
    cancel: Procedure,
) -> None:
    unknown = verification(cancel, date(2026, 12, 31), catalogue.calendar("CN"))

    (text,) = texts_of(Rule.WAITING, verifying=unknown)
    assert "2027 has not been published" in text
    assert "Mark the wait as done" in text


def test_another_accounts_dues_do_not_stand_in_the_way() -> None:
    other = Account("Huabei", "Ant", "CNY")
    bill = Bill(other.id, TODAY, TODAY, (BillLine(LineKind.UNITEMISED, yuan("5")),))
    everything = position((Ledger(ACCOUNT), Ledger(other, bills=[bill])), TODAY)

    assert blockers(SUBMIT, CASE, Recorded(ACCOUNT, everything)) == ()


# --- How a step is shown


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (StepKind.SETTLE, Rule.OPEN_DUES),
        (StepKind.SERVICES, Rule.LINKED_SERVICES),
        (StepKind.DO, Rule.UNFINISHED_ORDERS),
    ],
)
def test_a_step_that_works_a_rule_off_can_start_but_is_not_done_before_the_record_says_so(
    kind: StepKind, rule: Rule
) -> None:
    assert shown(kind, StepState.NOT_STARTED, rule, is_open=True).state is ShownState.NOT_STARTED
    assert len(shown(kind, StepState.NOT_STARTED, rule, is_open=True).left) == 1
    assert shown(kind, StepState.DONE, rule, is_open=True).state is ShownState.IN_PROGRESS
    assert shown(kind, StepState.DONE, rule, is_open=False).state is ShownState.DONE


@pytest.mark.row("C008")
@pytest.mark.parametrize("rule", [Rule.OPEN_DUES, Rule.LINKED_SERVICES, Rule.UNFINISHED_ORDERS])
def test_the_request_cannot_start_while_something_is_open_and_can_afterwards(rule: Rule) -> None:
    blocked = shown(StepKind.SUBMIT, StepState.NOT_STARTED, rule, is_open=True)

    assert blocked.is_blocked
    assert str(blocked.state_words).startswith("Cannot start yet, because: ")
    assert shown(StepKind.SUBMIT, StepState.NOT_STARTED, rule, is_open=False).state is ShownState.NOT_STARTED


def test_what_comes_up_after_the_request_does_not_take_it_back_but_is_kept_in_view() -> None:
    view = shown(StepKind.SUBMIT, StepState.DONE, Rule.OPEN_DUES, is_open=True)

    assert view.state is ShownState.DONE
    assert len(view.waits_for) == 1


def test_a_step_that_is_not_needed_stays_so() -> None:
    view = shown(StepKind.SUBMIT, StepState.NOT_NEEDED, Rule.OPEN_DUES, is_open=True)

    assert view.state is ShownState.NOT_NEEDED


def test_several_reasons_are_counted_and_a_day_of_doing_is_named() -> None:
    done = StepView(SUBMIT, CaseStep("submit", StepState.DONE, done_on=TODAY), ShownState.DONE)
    blocked = shown(StepKind.SUBMIT, StepState.NOT_STARTED, Rule.OPEN_DUES, is_open=True)
    twice = replace(blocked, waits_for=blocked.waits_for * 2)

    assert str(done.state_words) == "Done on 2026-11-22"
    assert explain(twice.state_words) == "Cannot start yet, because 2 things stand in the way"


def test_a_list_names_three_and_counts_the_rest() -> None:
    letters = [Phrase.own(letter) for letter in "abcde"]

    assert str(listed(letters[:1])) == "a"
    assert str(listed(letters[:3])) == "a; b; c"
    assert str(listed(letters)) == "a; b; c; and 2 more"


# --- The lender's verification


# 1 to 3 business days after the day of the request (web article "Comment annuler Jingdong Baitiao"), by the
# State Council's notices as listed in github.com/NateScarlet/holiday-cn.
@pytest.mark.row("C009")
@pytest.mark.parametrize(
    ("submitted_on", "earliest", "latest"),
    [
        # 10 October 2026 is a Saturday that is worked, at the end of the National Day week.
        (date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 10)),
        # 9 May 2026 is worked as well, but comes too late to count.
        (date(2026, 4, 30), date(2026, 5, 6), date(2026, 5, 8)),
        (date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 25)),
        (date(2026, 2, 14), date(2026, 2, 24), date(2026, 2, 26)),
        (date(2026, 12, 31), None, None),
        # One business day is left in the last published year, three are not.
        (date(2026, 12, 30), date(2026, 12, 31), None),
    ],
)
def test_the_verification_ends_within_business_days_of_china(
    cancel: Procedure, submitted_on: date, earliest: date | None, latest: date | None
) -> None:
    found = verification(cancel, submitted_on, catalogue.calendar("CN"))

    assert found is not None
    assert (found.earliest, found.latest) == (earliest, latest)
    assert (found.unknown is None) == (latest is not None)


@pytest.mark.row("C009")
def test_the_count_of_business_days_can_be_followed_day_by_day(cancel: Procedure) -> None:
    found = verification(cancel, date(2026, 9, 30), catalogue.calendar("CN"))

    assert found is not None
    worked = [step.result for step in found.derivation.workings if str(step.text) == "A business day"]
    assert worked == [date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]
    assert any("gov.cn" in each.source.name for each in found.derivation.given if each.source)


def test_a_procedure_without_a_verification_has_no_window(cancel: Procedure) -> None:
    calendar = BusinessCalendar("CN", {2026: CalendarYear(frozenset(), frozenset())})

    assert verification(replace(cancel, durations=()), TODAY, calendar) is None


# --- Cases


def test_changing_a_step_leaves_the_others_in_their_places() -> None:
    case = CASE.with_step(CaseStep("a")).with_step(CaseStep("b")).with_step(CaseStep("a", StepState.DONE))

    assert [(step.step, step.state) for step in case.steps] == [
        ("a", StepState.DONE),
        ("b", StepState.NOT_STARTED),
    ]


def test_a_step_is_found_by_its_id_and_a_strange_one_is_a_mistake(cancel: Procedure) -> None:
    assert cancel.step("log-in").id == "log-in"
    with pytest.raises(KeyError):
        cancel.step("no-such-step")


def test_a_step_of_a_case_is_found_by_its_id_and_one_nobody_touched_has_not_been_started() -> None:
    kept = CaseStep("second", StepState.DONE)
    case = replace(CASE, steps=(CaseStep("first", StepState.IN_PROGRESS), kept))

    assert case.step("second") is kept
    assert case.step("third") == CaseStep("third", StepState.NOT_STARTED)


def test_steps_are_left_out_for_other_answers(cancel: Procedure) -> None:
    always, phone = (
        replace(SUBMIT, id="always"),
        replace(SUBMIT, id="phone", answers={"how": ("phone", "desk")}),
    )
    both = replace(SUBMIT, id="both", answers={"how": ("phone",), "paid": ("yes",)})
    procedure = replace(cancel, steps=(always, phone, both))

    def ids(**answers: str) -> list[str]:
        return [step.id for step in procedure.steps_for(answers)]

    assert ids() == ["always"]
    assert ids(how="app") == ["always"]
    assert ids(how="desk", paid="yes") == ["always", "phone"]
    assert ids(how="phone", paid="no") == ["always", "phone"]
    assert ids(how="phone", paid="yes") == ["always", "phone", "both"]
    with pytest.raises(KeyError, match="unknown"):
        procedure.step("unknown")
