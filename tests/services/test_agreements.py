"""An agreement with a lender: what it takes over, the plan it becomes, and what is said if it is not kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.agreed import Agreed, Proof, WaivedDiffersError, equal_rows
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.position import position
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import Channel, Rule
from planner.domain.procedures.step_view import ShownState
from planner.domain.reminders.reminder import About
from planner.errors import PlannerError
from planner.i18n import explain
from planner.services.accounts import delete_account
from planner.services.agreement_view import AgreementView
from planner.services.agreements import (
    AgreedTwiceError,
    BeforeAgreedError,
    FeeAboveRepaidError,
    NegativeAgreedError,
    NothingCoveredError,
    PaidSinceError,
    ReplacedError,
    Terms,
    agree,
    change_agreement,
    covered_dues,
    may_cover,
    record_agreement,
    take_back,
    terms_of,
)
from planner.services.billing import candidates
from planner.services.bills import AmountNotPositiveError, delete_recorded, pay
from planner.services.cases.errors import FutureDateError
from planner.services.late_history import counts_of
from planner.services.plans import NoRowsError
from planner.services.procedures import CaseView, case_view, delete_case
from planner.services.prompts import Act
from planner.services.reminders import reminders_today, unseen
from planner.services.today import today_view
from planner.store.changes import Changes, inverse
from planner.store.store import Store
from tests.negotiating import begin, late_account, use_talks, yuan

FIRST = date(2026, 12, 10)


@pytest.fixture(autouse=True)
def _talks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_talks(monkeypatch, tmp_path)


@pytest.fixture
def account(store: Store) -> Account:
    return late_account(store)


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    return begin(store, account, today)


def terms(today: date, repaid: str = "900", count: int = 3) -> Terms:
    """Bill and penalty, 1,012.34 in all, as three instalments of 300."""
    return Terms(("bill", "charge"), equal_rows(FIRST, count, yuan(repaid)), today)


def agreed_on(store: Store, case: Case, said: Terms, today: date) -> tuple[Agreed, Changes]:
    with store.transaction() as journal:
        made = agree(store, case.id, "agree", said, today)
    return made, journal.changes


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return case_view(store, store.cases.get(case.id), today)


def agreement_in(store: Store, case: Case, today: date) -> AgreementView:
    found = view_of(store, case, today).agreement
    assert found is not None
    return found


def open_amounts(store: Store, on: date) -> list[tuple[date | None, Money]]:
    return [(due.due_on, due.open) for due in store.ledgers.position(on).open_dues]


@pytest.mark.row("C098", "C039")
def test_an_agreement_becomes_a_plan_and_takes_over_what_it_covers(
    store: Store, case: Case, today: date
) -> None:
    said = replace(
        terms(today),
        waived=yuan("112.34"),
        channel=Channel.APP,
        person=" Agent 7 ",
        proof=Proof.WRITTEN,
        pauses_collection=True,
        note="As sent",
    )
    made, _changes = agreed_on(store, case, said, today)

    assert open_amounts(store, today) == [
        (FIRST, yuan("300")),
        (FIRST, yuan("302")),
        (date(2027, 1, 10), yuan("300")),
        (date(2027, 1, 10), yuan("302")),
        (date(2027, 2, 10), yuan("300")),
    ]
    assert store.ledgers.position(today).late == ()
    assert store.agreements.get(made.id) == made
    assert (made.case_id, made.waived) == (case.id, yuan("112.34"))
    assert made.covered == {"bill": yuan("1000"), "charge": yuan("12.34")}
    assert (made.channel, made.person, made.proof, made.note) == (
        Channel.APP,
        "Agent 7",
        Proof.WRITTEN,
        "As sent",
    )
    assert made.pauses_collection
    assert view_of(store, case, today).case.step("agree").done_on == today


def test_one_undo_takes_all_of_it_back_and_one_redo_brings_it_again(
    store: Store, case: Case, today: date
) -> None:
    before = open_amounts(store, today)
    made, changes = agreed_on(store, case, terms(today), today)
    after = open_amounts(store, today)

    store.apply(inverse(changes))
    assert open_amounts(store, today) == before
    assert store.agreements.all() == []
    assert store.plans.find(made.plan_id) is None
    assert view_of(store, case, today).case.step("agree").done_on is None

    store.apply(changes)
    assert open_amounts(store, today) == after
    assert store.agreements.all() == [made]


@pytest.mark.row("C040", "C041")
def test_what_was_late_before_an_agreement_stays_counted_as_late(
    store: Store, account: Account, case: Case, today: date
) -> None:
    before = counts_of(store, account, today)
    assert before.in_all == 2  # October and November

    agreed_on(store, case, terms(today), today)

    assert counts_of(store, account, today).times[0].due_on == date(2026, 10, 10)
    assert counts_of(store, account, today).in_all == before.in_all
    # From the agreement on nothing is added to it.
    assert counts_of(store, account, date(2026, 12, 9)).in_all == before.in_all
    assert "stays recorded as late" in explain(agreement_in(store, case, today).notes[0])


def test_the_rule_that_asks_for_an_agreement_is_met_by_it(store: Store, case: Case, today: date) -> None:
    def confirm() -> tuple[ShownState, list[Rule]]:
        step = view_of(store, case, today).step("confirm")
        assert step is not None
        return step.state, [each.rule for each in step.waits_for]

    assert confirm() == (ShownState.BLOCKED, [Rule.NO_AGREEMENT])
    made, _changes = agreed_on(store, case, terms(today), today)
    assert confirm() == (ShownState.NOT_STARTED, [])
    with store.transaction():
        take_back(store, made.id)
    assert confirm() == (ShownState.BLOCKED, [Rule.NO_AGREEMENT])


def test_what_was_not_repaid_counts_as_waived_where_the_user_has_not_said(
    store: Store, case: Case, today: date
) -> None:
    made, _changes = agreed_on(store, case, terms(today), today)
    assert made.waived == yuan("112.34")


def test_a_fee_is_in_the_rows_and_not_in_what_they_repay(store: Store, case: Case, today: date) -> None:
    made, _changes = agreed_on(store, case, replace(terms(today, "1042.34"), fees=yuan("30")), today)

    plan = store.plans.get(made.plan_id)
    assert (plan.principal, plan.fees, plan.total) == (yuan("1012.34"), yuan("30"), yuan("1042.34"))
    assert [row.fee for row in plan.rows] == [yuan("9.99"), yuan("9.99"), yuan("10.02")]


def test_own_days_and_amounts_are_kept_as_they_were_agreed(store: Store, case: Case, today: date) -> None:
    rows = ((date(2027, 3, 1), yuan("612.34")), (date(2026, 12, 24), yuan("400")))
    agreed_on(store, case, replace(terms(today), rows=rows), today)

    own = [amount for amount in open_amounts(store, today) if amount[0] in dict(rows)]
    assert own == sorted(rows)


def test_a_payment_after_the_agreement_goes_to_its_instalments(
    store: Store, account: Account, case: Case, today: date
) -> None:
    agreed_on(store, case, terms(today), today)
    with store.transaction():
        pay(store, Payment(account.id, yuan("300"), FIRST))

    found = agreement_in(store, case, FIRST)
    assert found.paid_count == 1
    assert explain(found.course) == (
        "1 of 3 instalments are recorded as paid. Next: CN¥300.00 on 10 Jan 2027."
    )


def test_a_missed_instalment_or_the_rest_of_it_comes_next(
    store: Store, account: Account, case: Case, today: date
) -> None:
    agreed_on(store, case, terms(today), today)
    after = FIRST + timedelta(days=1)
    course = explain(agreement_in(store, case, after).course)
    assert course == "0 of 3 instalments are recorded as paid. Next: CN¥300.00 on 10 Dec 2026."

    with store.transaction():
        pay(store, Payment(account.id, yuan("120"), FIRST))
    course = explain(agreement_in(store, case, after).course)
    assert course == "0 of 3 instalments are recorded as paid. Next: CN¥180.00 on 10 Dec 2026."


def test_what_is_paid_on_the_day_of_the_agreement_is_for_the_agreement(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        pay(store, Payment(account.id, yuan("100"), today))  # before it was agreed, so it is counted in
    rows = ((today, yuan("300")), (FIRST, yuan("600")))
    made, _changes = agreed_on(store, case, replace(terms(today), rows=rows), today)
    assert made.covered["bill"] == yuan("900")
    with store.transaction():
        pay(store, Payment(account.id, yuan("300"), today))

    found = agreement_in(store, case, today + timedelta(days=1))
    assert (found.paid_count, found.missed) == (1, ())
    assert [due.paid_amount for due in covered_dues(store, made, today)] == [yuan("100"), yuan("0")]


@pytest.mark.row("C039")
def test_a_missed_instalment_is_said_in_the_case_on_today_and_by_reminders(
    store: Store, account: Account, case: Case, today: date
) -> None:
    agreed_on(store, case, replace(terms(today), pauses_collection=True), today)
    alert = (
        "CN¥300.00 of your agreement was due on 10 Dec 2026 and is not recorded as paid. Record it if you "
        "paid it; if you could not, call the lender today and ask for another day."
    )

    def banner(on: date) -> str:
        found = view_of(store, case, on).banner
        return explain(found) if found is not None else ""

    def on_today(on: date) -> list[str]:
        return [explain(each.text) for each in today_view(store, on).warnings]

    after = FIRST + timedelta(days=1)
    assert banner(FIRST) == ""
    assert banner(after) == alert
    assert f"My Baitiao: {alert}" in on_today(after)
    assert not any(alert in text for text in on_today(FIRST))

    with store.transaction():
        row = agreement_in(store, case, after).missed[0]
        pay(store, Payment(account.id, yuan("300"), after, aimed_at=row.id))
    assert banner(after) == ""
    assert not any(alert in text for text in on_today(after))


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (
            FIRST - timedelta(days=3),
            (
                "CN¥300.00 is due on 10 Dec 2026, in 3 days, as you agreed with the lender. If you cannot "
                "pay it, call the lender before that day."
            ),
        ),
        (
            FIRST,
            (
                "CN¥300.00 is due on 10 Dec 2026, today, as you agreed with the lender. If you cannot pay "
                "it, call the lender today."
            ),
        ),
        (
            FIRST + timedelta(days=1),
            (
                "CN¥300.00 was due on 10 Dec 2026, 1 day late, as you agreed with the lender. Record it if "
                "you paid it; if you could not, call the lender today."
            ),
        ),
    ],
)
def test_reminders_of_an_instalment_say_to_call_before_its_day_and_after_it(
    store: Store, case: Case, today: date, on: date, said: str
) -> None:
    agreed_on(store, case, terms(today), today)
    found = [each for each in reminders_today(store, on) if each.reminder.topic.about is About.AGREED]

    assert len(found) == 1
    assert explain(found[0].words).endswith(said)
    beside = explain(unseen(store, on).beside[found[0].reminder.topic.id])
    assert beside.startswith("You agreed on it with the lender.")
    assert ("before that day" in beside) == (on < FIRST)
    assert "call the lender" in beside


@pytest.mark.row("C039")
def test_that_collection_is_paused_is_said_only_as_it_was_agreed_and_hedged_once_it_is_not_kept(
    store: Store, case: Case, today: date
) -> None:
    made, _changes = agreed_on(store, case, terms(today), today)
    assert agreement_in(store, case, today).pause is None

    with store.transaction():
        said = replace(terms_of(store, made), pauses_collection=True)
        change_agreement(store, made.id, said, today)
    kept = agreement_in(store, case, today).pause
    missed = agreement_in(store, case, FIRST + timedelta(days=1)).pause
    assert kept is not None
    assert missed is not None
    assert explain(kept).startswith("Collection is paused as agreed on 22 Nov 2026, as long as you keep")
    assert "may take it up again" in explain(missed)


def test_a_change_keeps_the_plan_its_rows_and_what_was_paid_on_them(
    store: Store, account: Account, case: Case, today: date
) -> None:
    made, _changes = agreed_on(store, case, terms(today), today)
    first = store.plans.get(made.plan_id).rows[0]
    with store.transaction():
        pay(store, Payment(account.id, yuan("300"), FIRST, aimed_at=first.id))
        said = replace(terms_of(store, made), rows=equal_rows(FIRST, 2, yuan("1000")), waived=None)
        changed = change_agreement(store, made.id, said, FIRST)

    assert (changed.id, changed.plan_id, changed.case_id) == (made.id, made.plan_id, case.id)
    assert tuple(changed.covered) == ("bill", "charge")
    assert changed.waived == yuan("12.34")
    plan = store.plans.get(made.plan_id)
    assert plan.rows[0].id == first.id
    assert [row.total for row in plan.rows] == [yuan("500"), yuan("500")]
    assert [due.open for due in agreement_in(store, case, FIRST).dues] == [yuan("200"), yuan("500")]


def test_what_an_agreement_covers_is_offered_again_when_it_is_changed(
    store: Store, account: Account, case: Case, today: date
) -> None:
    offered = [(due.id, due.open) for due in may_cover(store, account.id, today)]
    assert offered == [
        ("bill", yuan("1000")),
        ("charge", yuan("12.34")),
        ("row1", yuan("302")),
        ("row2", yuan("302")),
    ]
    made, _changes = agreed_on(store, case, terms(today), today)

    again = may_cover(store, account.id, today, made)
    assert [(due.id, due.open) for due in again] == offered
    assert [due.id for due in covered_dues(store, made, today)] == ["bill", "charge"]


@pytest.mark.parametrize("by", ["take back", "delete the plan"])
def test_what_it_took_over_is_due_again_when_it_is_gone(
    store: Store, case: Case, today: date, by: str
) -> None:
    before = open_amounts(store, today)
    made, _changes = agreed_on(store, case, terms(today), today)
    with store.transaction():
        if by == "take back":
            take_back(store, made.id)
        else:
            delete_recorded(store, "plan", made.plan_id)

    assert open_amounts(store, today) == before
    assert store.agreements.all() == []


def test_an_account_with_an_agreement_can_be_deleted(
    store: Store, account: Account, case: Case, today: date
) -> None:
    agreed_on(store, case, terms(today), today)
    with store.transaction():
        delete_account(store, account.id)
    assert store.agreements.all() == []


def test_an_agreement_outlives_its_case_and_is_still_watched(store: Store, case: Case, today: date) -> None:
    made, _changes = agreed_on(store, case, terms(today), today)
    with store.transaction():
        delete_case(store, case.id)

    assert store.agreements.get(made.id).case_id == ""
    after = FIRST + timedelta(days=1)
    prompt = next(
        each for each in today_view(store, after).warnings if "of your agreement" in explain(each.text)
    )
    assert (prompt.act, prompt.target) == (Act.LATE, store.plans.get(made.plan_id).rows[0].id)
    with store.transaction():
        take_back(store, made.id)
    assert store.agreements.all() == []


def test_a_second_agreement_may_take_over_the_instalments_of_the_first(
    store: Store, account: Account, case: Case, today: date
) -> None:
    made, _changes = agreed_on(store, case, terms(today), today)
    rows = tuple(row.id for row in store.plans.get(made.plan_id).rows)
    other = begin_again(store, account, case, today)
    agreed_on(store, other, Terms(rows, equal_rows(FIRST, 9, yuan("900")), today), today)

    own = [amount for _on, amount in open_amounts(store, today) if amount == yuan("100")]
    assert len(own) == 9
    assert sum(amount.minor for _on, amount in open_amounts(store, today)) == 90_000 + 60_400


def begin_again(store: Store, account: Account, case: Case, today: date) -> Case:
    with store.transaction():
        store.cases.save(replace(store.cases.get(case.id), ended_on=today))
    return begin(store, account, today)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda said: replace(said, due_ids=()), NothingCoveredError),
        (lambda said: replace(said, due_ids=("unknown",)), NothingCoveredError),
        (lambda said: replace(said, rows=()), NoRowsError),
        (lambda said: replace(said, agreed_on=said.agreed_on + timedelta(days=1)), FutureDateError),
        (lambda said: replace(said, fees=yuan("900.01")), FeeAboveRepaidError),
        (lambda said: replace(said, fees=yuan("900")), AmountNotPositiveError),
        (lambda said: replace(said, fees=yuan("-0.01")), NegativeAgreedError),
        (lambda said: replace(said, waived=yuan("-0.01")), NegativeAgreedError),
        (lambda said: replace(said, waived=yuan("100")), WaivedDiffersError),
        (lambda said: replace(said, waived=yuan("112.34"), fees=yuan("50")), WaivedDiffersError),
        (lambda said: replace(said, rows=((FIRST, yuan("-1")), (FIRST, yuan("2")))), NegativeAgreedError),
        (
            lambda said: replace(said, rows=((said.agreed_on - timedelta(days=1), yuan("1")),)),
            BeforeAgreedError,
        ),
    ],
)
def test_what_no_lender_can_have_agreed_is_refused_and_nothing_is_kept(
    store: Store, case: Case, today: date, change: Callable[[Terms], Terms], error: type[PlannerError]
) -> None:
    before = open_amounts(store, today)
    with pytest.raises(error), store.transaction():
        agree(store, case.id, "agree", change(terms(today)), today)
    assert open_amounts(store, today) == before


def test_an_instalment_on_the_day_of_the_agreement_is_fine(store: Store, case: Case, today: date) -> None:
    rows = ((today, yuan("500")), (FIRST, yuan("400")))
    agreed_on(store, case, replace(terms(today), rows=rows), today)
    assert open_amounts(store, today)[0] == (today, yuan("500"))


def test_a_case_has_one_agreement(store: Store, case: Case, today: date) -> None:
    agreed_on(store, case, terms(today), today)
    with pytest.raises(AgreedTwiceError), store.transaction():
        agree(store, case.id, "agree", replace(terms(today), due_ids=("row1",)), today)


def test_a_summary_of_what_is_settled_is_the_same_with_an_agreement(
    store: Store, account: Account, case: Case, today: date
) -> None:
    later = date(2027, 6, 1)
    agreed_on(store, case, terms(today), today)
    with store.transaction():
        for on in (FIRST, date(2027, 1, 10)):
            pay(store, Payment(account.id, yuan("602"), on))
    store.ledgers.summarise(later)
    short = store.ledgers.position(later)
    whole = position((store.ledgers.whole(account) for account in store.accounts.all()), later)

    assert len(short.dues) < len(whole.dues)
    assert short.open_dues == whole.open_dues
    assert [(due.due_on, due.open) for due in short.open_dues] == [(date(2027, 2, 10), yuan("300"))]
    with store.transaction():
        take_back(store, store.agreements.all()[0].id)
    # Without it the same payments go to the bill, the penalty, and what is left to the first row.
    left = [(due.id, due.open) for due in store.ledgers.position(later).open_dues]
    assert left == [("row1", yuan("110.34")), ("row2", yuan("302"))]


# --- What a bill or a later agreement may do with it


def test_the_next_bill_does_not_take_up_what_an_agreement_covers(
    store: Store, account: Account, case: Case, today: date
) -> None:
    offered = {each.line.refers_to for each in candidates(store, account.id, date(2026, 12, 1), FIRST)}
    assert "charge" in offered

    made, _changes = agreed_on(store, case, terms(today), today)

    offered = {each.line.refers_to for each in candidates(store, account.id, date(2026, 12, 1), FIRST)}
    assert not offered & made.covered.keys()


def test_a_day_before_a_payment_to_what_is_covered_is_refused(
    store: Store, account: Account, case: Case, today: date
) -> None:
    paid_on = today - timedelta(days=3)
    with store.transaction():
        pay(store, Payment(account.id, yuan("100"), paid_on, aimed_at="bill"))
    said = terms(today, "912.34")

    with pytest.raises(PaidSinceError), store.transaction():
        agree(store, case.id, "agree", replace(said, agreed_on=paid_on - timedelta(days=1)), today)
    agreed_on(store, case, replace(said, agreed_on=paid_on), today)


def test_an_agreement_is_not_moved_across_a_payment(
    store: Store, account: Account, case: Case, today: date
) -> None:
    first = today - timedelta(days=10)
    made, _changes = agreed_on(store, case, replace(terms(today), agreed_on=first), today)
    with store.transaction():
        pay(store, Payment(account.id, yuan("100"), today - timedelta(days=5)))
    before = open_amounts(store, today)

    with pytest.raises(PaidSinceError), store.transaction():
        change_agreement(store, made.id, terms(today), today)
    assert open_amounts(store, today) == before


def test_an_agreement_that_a_later_one_replaced_stays_until_that_one_is_taken_back(
    store: Store, account: Account, case: Case, today: date
) -> None:
    made, _changes = agreed_on(store, case, terms(today), today)
    rows = tuple(row.id for row in store.plans.get(made.plan_id).rows)
    with store.transaction():
        later = record_agreement(
            store, account.id, Terms(rows, equal_rows(FIRST, 4, yuan("900")), today), today
        )

    for act in (
        lambda: take_back(store, made.id),
        lambda: change_agreement(store, made.id, terms(today), today),
        lambda: delete_recorded(store, "plan", made.plan_id),
    ):
        with pytest.raises(ReplacedError), store.transaction():
            act()
    with store.transaction():
        take_back(store, later.id)
        take_back(store, made.id)
    assert (date(2026, 10, 10), yuan("1000")) in open_amounts(store, today)
