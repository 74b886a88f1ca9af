from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import Account, State
from planner.domain.procedures.case import StepState
from planner.i18n import explain
from planner.services import procedures
from planner.services.accounts import account_from, lift_restriction, save_account, set_state
from planner.services.not_to_use import not_to_use
from planner.services.today import today_view
from planner.store import catalogue
from planner.store.store import Store

CLOSING = "My Baitiao is being closed: do not pay with it until that is done."


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, replace(account_from(sheet, "My Baitiao"), services=()))


def words(store: Store, account: Account, day: date) -> str | None:
    found = not_to_use(store, store.accounts.get(account.id), day)
    return explain(found) if found is not None else None


def enter(store: Store, account: Account, state: State, since: date) -> None:
    with store.transaction():
        set_state(store, account.id, state, since)


def test_an_open_account_may_be_paid_with(store: Store, account: Account, today: date) -> None:
    assert words(store, account, today) is None
    enter(store, account, State.REPORTED, today)
    assert words(store, account, today) is None


@pytest.mark.parametrize(
    ("state", "said"), [(State.FROZEN, "frozen by the lender"), (State.LOCKED, "locked by you")]
)
def test_while_it_is_frozen_or_locked_it_is_said_since_when(
    store: Store, account: Account, today: date, state: State, said: str
) -> None:
    enter(store, account, state, date(2026, 11, 3))

    found = words(store, account, today)
    assert found is not None
    assert found.startswith(f"My Baitiao is recorded as {said} since 3 Nov 2026")
    assert words(store, account, date(2026, 11, 2)) is None

    with store.transaction():
        lift_restriction(store, account.id, state, today)
    assert words(store, account, today) is None
    assert words(store, account, date(2026, 11, 21)) is not None


def test_a_closed_account_is_named_and_one_that_closes_without_a_case_too(
    store: Store, account: Account, today: date
) -> None:
    enter(store, account, State.CLOSING, date(2026, 11, 3))
    assert words(store, account, today) == CLOSING

    enter(store, account, State.CLOSED, date(2026, 11, 10))
    found = words(store, account, today)
    assert found is not None
    assert found.startswith("My Baitiao is recorded as closed on that day.")


@pytest.mark.row("C009")
def test_while_the_lender_verifies_the_day_is_said_here_and_on_today(
    store: Store, account: Account, today: date
) -> None:
    with store.transaction():
        case = procedures.start_case(store, "cancel-jd-baitiao", account.id, today)
        procedures.submit(store, case.id, date(2026, 11, 20), today, is_accepted=True)

    # A Friday: three business days from Monday on end on Wednesday, 25 November.
    until = "Do not pay with My Baitiao until 25 Nov 2026: the lender is verifying."
    assert words(store, account, today) == until
    assert words(store, account, date(2026, 11, 25)) == until
    assert words(store, account, date(2026, 11, 26)) == CLOSING
    shown = [explain(each.text) for each in today_view(store, today).warnings]
    assert until in shown

    found = procedures.case_view(store, store.cases.get(case.id), today).procedure
    step = next(each.id for each in found.steps if each.kind.value == "verify")
    with store.transaction():
        kept = store.cases.get(case.id)
        store.cases.save(kept.with_step(replace(kept.step(step), state=StepState.DONE, done_on=today)))
    assert words(store, account, today) == CLOSING
