from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import Account, LinkedService
from planner.domain.bill import LineKind
from planner.domain.business_days import BusinessCalendar, CalendarYear
from planner.domain.derivation import Derivation, Given, Working
from planner.domain.due import Due, DueKind
from planner.domain.money import Money
from planner.domain.position import Position
from planner.domain.procedures.case import Case, CaseDocument, CaseStep, DocumentState, LogEntry, StepState
from planner.domain.procedures.kinds import Channel, Rule, StepKind, Unit
from planner.domain.procedures.published import Document, Duration, Procedure, Step
from planner.domain.procedures.recorded import Recorded
from planner.domain.procedures.rules import Blocker, blockers, is_unfinished
from planner.domain.procedures.step_view import ShownState, StepView, listed, step_view
from planner.domain.procedures.verification import Verification, verification
from planner.domain.purchase import Progress, Purchase, Refund
from planner.domain.recorded import made_net
from planner.domain.sourced import Reliability, Source
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
SAID = Source("who verifies")
NOTICE = "the notice"
OF_2026 = CalendarYear(frozenset({date(2026, 11, 24)}), frozenset({date(2026, 11, 28)}), NOTICE)
CALENDAR = BusinessCalendar("CN", {2026: OF_2026})
VERIFY = Step("verify", "Verify", "…", StepKind.VERIFY, SAID, duration="review")
REVIEW = Duration("review", "The review", 1, 3, Unit.BUSINESS_DAYS, SAID)
OTHER = Step("do", "Do", "…", StepKind.DO, Source("another"))
CLOSING = Procedure(
    "closing", 1, "Close", "Closed", (), (), (OTHER, VERIFY), (), (), (), (REVIEW,), "CN", TODAY
)
ACCOUNT = Account("Card", "Bank", "CNY", id="account")
CASE = Case("closing", 1, "account", TODAY)
NOTHING = Position(TODAY, ())


def yuan(amount: int) -> Money:
    return Money(amount * 100, "CNY")


def due(named: str = "due", on: date | None = TODAY, account: str = "account", amount: int = 5) -> Due:
    parts = {LineKind.PURCHASE: yuan(amount)}
    return Due(DueKind.BILL, named, account, Phrase("Bill"), on, parts)


def found_by(
    rule: Rule,
    *dues: Due,
    account: Account = ACCOUNT,
    orders: tuple[Purchase, ...] = (),
    case: Case = CASE,
    verifying: Verification | None = None,
    on: date = TODAY,
) -> tuple[Blocker, ...]:
    step = replace(OTHER, rules=(rule,))
    return blockers(step, case, Recorded(account, Position(on, dues), orders, verifying=verifying))


# --- the lender's verification -----------------------------------------------------------------------


def test_the_days_of_a_verification_are_told_with_all_that_went_in() -> None:
    # A Friday; Tuesday the 24th is a holiday and Saturday the 28th is worked.
    asked = date(2026, 11, 20)

    found = verification(CLOSING, asked, CALENDAR)

    work, rest = Phrase("A business day"), Phrase("Not a business day")
    assert found == Verification(
        asked,
        date(2026, 11, 23),
        date(2026, 11, 26),
        None,
        Derivation(
            Phrase("The business days are counted from the day after the request"),
            (
                Given(Phrase("Day of the request"), asked),
                Given(Phrase("Business days, at least"), 1, SAID),
                Given(Phrase("Business days, at most"), 3, SAID),
                Given(
                    Phrase("Public holidays of {year}", year="2026"),
                    Phrase("published"),
                    Source(NOTICE, None, Reliability.HIGH),
                ),
            ),
            (
                Working(rest, date(2026, 11, 21)),
                Working(rest, date(2026, 11, 22)),
                Working(work, date(2026, 11, 23)),
                Working(rest, date(2026, 11, 24)),
                Working(work, date(2026, 11, 25)),
                Working(work, date(2026, 11, 26)),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("asked", "earliest", "days"),
    [
        (date(2026, 12, 30), date(2026, 12, 31), [(Phrase("A business day"), date(2026, 12, 31))]),
        (date(2026, 12, 31), None, []),
    ],
)
def test_a_count_that_runs_into_a_year_without_a_calendar_says_so_after_the_days_it_knows(
    asked: date, earliest: date | None, days: list[tuple[Phrase, date]]
) -> None:
    found = verification(CLOSING, asked, CALENDAR)

    unknown = Phrase("The holiday calendar for {year} has not been published.", year="2027")
    assert found is not None
    assert (found.earliest, found.latest, found.unknown) == (earliest, None, unknown)
    assert found.derivation.workings == (*(Working(*day) for day in days), Working(unknown))
    assert [str(each.label) for each in found.derivation.given[3:]] == ["Public holidays of 2026"]


def test_the_calendars_of_all_years_that_the_count_passes_are_named_and_no_others() -> None:
    years = dict.fromkeys((2025, 2026, 2027, 2028), OF_2026)

    found = verification(CLOSING, date(2026, 12, 30), BusinessCalendar("CN", years))

    assert found is not None
    assert found.latest == date(2027, 1, 4)
    named = [str(each.label) for each in found.derivation.given[3:]]
    assert named == ["Public holidays of 2026", "Public holidays of 2027"]


def test_a_procedure_without_the_step_or_without_its_durations_has_no_verification() -> None:
    assert verification(replace(CLOSING, steps=(OTHER,)), TODAY, CALENDAR) is None
    assert verification(replace(CLOSING, durations=()), TODAY, CALENDAR) is None
    assert verification(replace(CLOSING, durations=(replace(REVIEW, id="other"),)), TODAY, CALENDAR) is None


def test_where_sources_disagree_the_verification_lasts_from_the_first_day_of_any_to_the_last_of_any() -> None:
    other = Duration("review", "The review", 5, 7, Unit.DAYS, Source("another"))
    told = (REVIEW, other, replace(REVIEW, least=None, most=None))

    found = verification(replace(CLOSING, durations=told), date(2026, 11, 20), CALENDAR)

    assert found is not None
    assert (found.earliest, found.latest, found.unknown) == (date(2026, 11, 23), date(2026, 11, 27), None)
    # The source without a number is none of what went in.
    assert found.derivation.given[1:5] == (
        Given(Phrase("Business days, at least"), 1, SAID),
        Given(Phrase("Business days, at most"), 3, SAID),
        Given(Phrase("Days, at least"), 5, Source("another")),
        Given(Phrase("Days, at most"), 7, Source("another")),
    )
    assert str(found.derivation.rule) == "The business days are counted from the day after the request"


def test_days_that_are_not_business_days_need_no_calendar() -> None:
    week = replace(REVIEW, least=5, most=7, unit=Unit.DAYS)

    found = verification(replace(CLOSING, durations=(week,)), date(2026, 12, 30), BusinessCalendar("", {}))

    assert found is not None
    assert (found.earliest, found.latest, found.unknown) == (date(2027, 1, 4), date(2027, 1, 6), None)
    assert found.derivation.workings == ()
    assert str(found.derivation.rule) == "The days are counted from the day after the request"


def test_a_duration_that_no_source_numbers_is_unknown_instead_of_over() -> None:
    unnamed = replace(REVIEW, least=None, most=None)
    at_least = replace(REVIEW, most=None)

    nothing = verification(replace(CLOSING, durations=(unnamed,)), TODAY, CALENDAR)
    first = verification(replace(CLOSING, durations=(at_least,)), TODAY, CALENDAR)

    assert nothing is not None
    assert first is not None
    assert (nothing.earliest, nothing.latest) == (None, None)
    assert str(nothing.unknown) == "None of the sources says how long it takes."
    assert (first.earliest, first.latest) == (date(2026, 11, 23), None)
    assert str(first.unknown) == "None of the sources names a last day."
    assert len(found_by(Rule.WAITING, verifying=nothing, on=date(2030, 1, 1))) == 1


def test_waiting_ends_on_the_last_day_of_the_verification() -> None:
    running = verification(CLOSING, date(2026, 11, 20), CALENDAR)
    unknown = verification(CLOSING, date(2026, 12, 31), CALENDAR)

    def waits(on: date) -> tuple[Blocker, ...]:
        return found_by(Rule.WAITING, verifying=running, on=on)

    text = Phrase("The lender may take until {date} to verify", date=date(2026, 11, 26))
    assert waits(date(2026, 11, 25)) == (Blocker(Rule.WAITING, text),)
    assert waits(date(2026, 11, 26)) == ()
    assert found_by(Rule.WAITING) == ()
    (wait,) = found_by(Rule.WAITING, verifying=unknown)
    assert (wait.rule, wait.place, wait.target) == (Rule.WAITING, "", "")
    assert unknown is not None
    assert wait.text.values == {"reason": unknown.unknown}


# --- what stands in the way --------------------------------------------------------------------------


def test_an_open_due_stands_in_the_way_in_words_that_say_how_sure_its_date_is() -> None:
    billed, unknown = due(), due("unknown", None)
    projected = replace(due("projected"), projected=True)

    assert found_by(Rule.OPEN_DUES, billed, due("other", account="other"), unknown, projected) == (
        Blocker(
            Rule.OPEN_DUES,
            Phrase(
                "{what}: {amount} open, due {date}", what=Phrase("Bill"), amount=billed.still_due, date=TODAY
            ),
            "bills",
            "due",
        ),
        Blocker(
            Rule.OPEN_DUES,
            Phrase("{what}: {amount} open, date unknown", what=Phrase("Bill"), amount=unknown.still_due),
            "bills",
            "unknown",
        ),
        Blocker(
            Rule.OPEN_DUES,
            Phrase("{what}: {amount}, not billed yet", what=Phrase("Bill"), amount=projected.still_due),
            "bills",
            "projected",
        ),
    )


def test_only_what_is_late_on_the_account_stands_in_the_way_where_late_dues_do() -> None:
    late, other = due("late", date(2026, 11, 21)), due("other", date(2026, 11, 1), account="else")

    found = found_by(Rule.LATE_DUES, late, due("today"), due("undated", None), other)

    assert [(each.rule, each.place, each.target) for each in found] == [(Rule.LATE_DUES, "bills", "late")]
    assert str(found[0].text) == "Bill: 5.00 CNY late, was due 2026-11-21"


def test_an_automatic_debit_stands_in_the_way_while_it_is_on() -> None:
    automatic = replace(ACCOUNT, automatic=True)

    (found,) = found_by(Rule.AUTOMATIC_DEBIT, account=automatic)

    assert (found.rule, found.place, found.target) == (Rule.AUTOMATIC_DEBIT, "bills", "account")
    assert str(found.text) == "The lender still debits Card by itself"
    assert found_by(Rule.AUTOMATIC_DEBIT) == ()


def order(named: str = "order", shop: str = "Shop", back: int = 0) -> Purchase:
    refunds = (Refund(yuan(back), TODAY),) if back else ()
    return Purchase("account", yuan(9), TODAY, shop, progress=Progress.PENDING, refunds=refunds, id=named)


def test_an_order_is_unfinished_while_it_is_under_way_and_not_all_of_it_came_back() -> None:
    assert is_unfinished(order())
    assert is_unfinished(order(back=8))
    assert not is_unfinished(order(back=9))
    assert not is_unfinished(replace(order(), progress=Progress.COMPLETED))


def test_an_unfinished_order_stands_in_the_way_by_its_name_or_its_day() -> None:
    named, nameless = order(), order("nameless", "")
    done = replace(order("done"), progress=Progress.COMPLETED)

    assert found_by(Rule.UNFINISHED_ORDERS, orders=(named, done, nameless)) == (
        Blocker(
            Rule.UNFINISHED_ORDERS,
            Phrase(
                "{what}, {amount}, ordered on {date}: not finished",
                what=Phrase("Shop"),
                amount=made_net(named),
                date=TODAY,
            ),
            "bills",
            "order",
        ),
        Blocker(
            Rule.UNFINISHED_ORDERS,
            Phrase("Order of {date} is not finished: {amount}", date=TODAY, amount=made_net(nameless)),
            "bills",
            "nameless",
        ),
    )


def test_a_linked_service_and_a_request_not_made_stand_in_the_way() -> None:
    services = (LinkedService("Card", id="card"), LinkedService("Pay", TODAY))
    linked = found_by(Rule.LINKED_SERVICES, account=replace(ACCOUNT, services=services))
    asked = replace(CASE, submitted_on=TODAY)

    assert linked == (
        Blocker(
            Rule.LINKED_SERVICES, Phrase("Not yet unlinked: {service}", service=Phrase("Card")), "", "card"
        ),
    )
    assert found_by(Rule.NOT_SUBMITTED) == (
        Blocker(Rule.NOT_SUBMITTED, Phrase("The request has not been submitted yet")),
    )
    assert found_by(Rule.NOT_SUBMITTED, case=asked) == ()


@pytest.mark.row("C097")
def test_a_document_stands_in_the_way_until_it_is_at_hand_or_not_asked_for() -> None:
    step = replace(OTHER, rules=(Rule.DOCUMENTS,))
    wanted = (Document("income", "Proof of income", "", SAID), Document("work", "Proof of work", "", SAID))
    recorded = Recorded(ACCOUNT, NOTHING, documents=wanted)

    def in_the_way(*said: CaseDocument) -> list[tuple[str, str, str]]:
        found = blockers(step, replace(CASE, documents=said), recorded)
        return [(str(each.text), each.place, each.target) for each in found]

    income = ("Not at hand yet: Proof of income", "", "income")
    work = ("Not at hand yet: Proof of work", "", "work")
    assert in_the_way() == [income, work]
    assert in_the_way(CaseDocument("income", DocumentState.AT_HAND, TODAY)) == [work]
    assert in_the_way(CaseDocument("work", DocumentState.NOT_ASKED, TODAY)) == [income]
    both = (
        CaseDocument("income", DocumentState.AT_HAND, TODAY),
        CaseDocument("work", DocumentState.NOT_ASKED, TODAY),
    )
    assert in_the_way(*both) == []
    # What is asked for no more, or never was, is nobody's concern.
    assert in_the_way(*both, CaseDocument("other", DocumentState.AT_HAND, TODAY)) == []


def test_a_contact_stands_in_the_way_until_one_is_recorded_in_whichever_step() -> None:
    talked = replace(CASE, log=(LogEntry("another-step", TODAY, Channel.PHONE),))

    missing = Blocker(Rule.NO_CONTACT, Phrase("No contact with the lender is recorded yet"))
    assert found_by(Rule.NO_CONTACT) == (missing,)
    assert found_by(Rule.NO_CONTACT, case=talked) == ()


def test_every_rule_of_a_step_adds_what_it_finds() -> None:
    step = replace(
        OTHER, rules=(Rule.NOT_SUBMITTED, Rule.OPEN_DUES, Rule.UNFINISHED_ORDERS, Rule.LINKED_SERVICES)
    )
    account = replace(ACCOUNT, services=(LinkedService("Card"),))

    found = blockers(step, CASE, Recorded(account, Position(TODAY, (due(),)), (order(),)))
    waiting = blockers(
        replace(step, rules=(Rule.NOT_SUBMITTED, Rule.WAITING)),
        CASE,
        Recorded(account, NOTHING, verifying=verification(CLOSING, TODAY, CALENDAR)),
    )

    assert tuple(each.rule for each in found) == step.rules
    assert [each.rule for each in waiting] == [Rule.NOT_SUBMITTED, Rule.WAITING]


# --- how a step is shown -----------------------------------------------------------------------------

OWN = Blocker(Rule.OPEN_DUES, Phrase("own"))
STRANGE = Blocker(Rule.WAITING, Phrase("strange"))
SETTLE = replace(OTHER, kind=StepKind.SETTLE)


@pytest.mark.parametrize(
    ("kept", "found", "state"),
    [
        (StepState.NOT_STARTED, (), ShownState.NOT_STARTED),
        (StepState.NOT_STARTED, (OWN,), ShownState.NOT_STARTED),
        (StepState.NOT_STARTED, (STRANGE,), ShownState.BLOCKED),
        (StepState.IN_PROGRESS, (STRANGE, OWN), ShownState.BLOCKED),
        (StepState.IN_PROGRESS, (OWN,), ShownState.IN_PROGRESS),
        (StepState.DONE, (OWN, STRANGE), ShownState.IN_PROGRESS),
        (StepState.DONE, (STRANGE,), ShownState.DONE),
        (StepState.NOT_NEEDED, (OWN, STRANGE), ShownState.NOT_NEEDED),
    ],
)
def test_a_step_is_shown_with_what_is_left_in_it_and_what_it_waits_for(
    kept: StepState, found: tuple[Blocker, ...], state: ShownState
) -> None:
    mark = CaseStep("do", kept)

    assert step_view(SETTLE, mark, found) == StepView(
        SETTLE,
        mark,
        state,
        (STRANGE,) if STRANGE in found else (),
        (OWN,) if OWN in found else (),
    )


def test_a_step_without_work_in_the_record_has_nothing_left_in_it() -> None:
    view = step_view(VERIFY, CaseStep("verify"), (OWN, STRANGE))

    assert (view.waits_for, view.left) == ((OWN, STRANGE), ())


def test_a_list_counts_what_it_does_not_name() -> None:
    a, b, c, d = map(Phrase, "abcd")

    assert [str(listed((a, b, c, d), most)) for most in (1, 2, 3, 4)] == [
        "a; and 3 more",
        "a; b; and 2 more",
        "a; b; c; and 1 more",
        "a; b; c; d",
    ]
    assert listed((a, b, c, d)) == listed((a, b, c, d), 3)
    assert listed((a, b), 1).values == {"count": 1, "first": a}
    assert listed((a,), 1) == a


# --- money that is to come back ----------------------------------------------------------------------


def refunds_in_the_way(back_on: date, credit: Money | None = None) -> list[str]:
    bought = Purchase("account", yuan(30), date(2026, 11, 1), refunds=(Refund(yuan(12), back_on),))
    position = Position(TODAY, (), {} if credit is None else {"account": credit})
    step = replace(OTHER, rules=(Rule.OPEN_REFUNDS,))
    return [
        str(each.text) for each in blockers(step, CASE, Recorded(ACCOUNT, position, coming_back=(bought,)))
    ]


def test_a_refund_stands_in_the_way_until_its_day_has_come() -> None:
    assert refunds_in_the_way(date(2026, 11, 23)) == ["12.00 CNY is to come back on 2026-11-23"]
    assert refunds_in_the_way(TODAY) == []


def test_money_that_the_lender_still_has_stands_in_the_way() -> None:
    assert refunds_in_the_way(TODAY, yuan(5)) == ["The lender still has 5.00 CNY of yours that is not due"]
    assert refunds_in_the_way(TODAY, yuan(0)) == []
