"""States that steps lead to: the day they were recorded on, and that no state holds twice at a time."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.account import Account, DatedState, State
from planner.domain.procedures.case import Case, StepState
from planner.i18n import explain
from planner.services import procedures
from planner.services.account_states import EarlierStateError, note_lifted, note_state
from planner.services.accounts import account_from, lift_restriction, save_account, set_state
from planner.services.procedures import case_view
from planner.store import catalogue
from planner.store.store import Store

FIRST = date(2026, 11, 1)
FROZEN_ON = date(2026, 11, 17)


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, "My Baitiao"))


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    """A frozen account whose cause is known."""
    with store.transaction():
        case = procedures.start_case(store, "unfreeze", account.id, today)
        return procedures.answer(store, case.id, "cause", "fault")


def states_of(store: Store, account: Account) -> tuple[DatedState, ...]:
    return store.accounts.get(account.id).states


def words_of(store: Store, case: Case, step_id: str, today: date) -> str:
    step = case_view(store, store.cases.get(case.id), today).step(step_id)
    assert step is not None
    return explain(step.state_words)


def test_a_state_of_days_ago_is_recorded_as_done_today(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        procedures.enter_state(store, case.id, "record-frozen", FROZEN_ON, today)

    assert words_of(store, case, "record-frozen", today) == "Done on 22 Nov 2026"
    assert states_of(store, account) == (DatedState(State.FROZEN, FROZEN_ON),)


def test_a_freeze_that_was_lifted_is_not_recorded_again_with_its_old_day(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        procedures.enter_state(store, case.id, "record-frozen", FROZEN_ON, today)
        procedures.enter_state(store, case.id, "record-open", today, today)
    with store.transaction():
        procedures.enter_state(store, case.id, "record-frozen", FROZEN_ON, today)

    assert states_of(store, account) == (DatedState(State.FROZEN, FROZEN_ON, today),)


def test_taking_open_back_freezes_it_again_though_that_was_recorded_later(
    store: Store, account: Account, case: Case, today: date
) -> None:
    lifted_on = date(2026, 11, 20)
    with store.transaction():
        procedures.enter_state(store, case.id, "record-frozen", FROZEN_ON, today)
        procedures.enter_state(store, case.id, "record-open", lifted_on, today)
    assert states_of(store, account) == (DatedState(State.FROZEN, FROZEN_ON, lifted_on),)
    with store.transaction():
        procedures.leave_state(store, case.id, "record-open", today)

    assert states_of(store, account) == (DatedState(State.FROZEN, FROZEN_ON),)
    assert store.cases.get(case.id).step("record-open").state is StepState.NOT_STARTED
    assert store.cases.get(case.id).state_since("record-open") is None


def test_what_froze_again_since_is_left_alone_when_open_is_taken_back(
    store: Store, account: Account, case: Case, today: date
) -> None:
    lifted_on, again = date(2026, 11, 19), date(2026, 11, 21)
    with store.transaction():
        procedures.enter_state(store, case.id, "record-frozen", FROZEN_ON, today)
        procedures.enter_state(store, case.id, "record-open", lifted_on, today)
        set_state(store, account.id, State.FROZEN, again)
    with store.transaction():
        procedures.leave_state(store, case.id, "record-open", today)

    assert states_of(store, account) == (
        DatedState(State.FROZEN, FROZEN_ON, lifted_on),
        DatedState(State.FROZEN, again),
    )


def test_the_same_restriction_is_not_noted_before_a_later_one(
    store: Store, account: Account, today: date
) -> None:
    with store.transaction():
        note_state(store, account.id, State.FROZEN, FROZEN_ON, today)
        note_lifted(store, account.id, State.FROZEN, today, today)
    with pytest.raises(EarlierStateError), store.transaction():
        note_state(store, account.id, State.FROZEN, FIRST, today)


WISHES = st.lists(
    st.tuples(st.sampled_from(State), st.integers(0, 20), st.booleans()), min_size=1, max_size=12
)


@given(wishes=WISHES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_no_state_ever_holds_twice_at_a_time(store: Store, wishes: list[tuple[State, int, bool]]) -> None:
    with store.transaction():
        account = save_account(store, Account("My credit", "", "CNY"))
        for state, days, is_set in wishes:
            on = FIRST + timedelta(days)
            if is_set:
                set_state(store, account.id, state, on)
            elif state.is_restriction:
                lift_restriction(store, account.id, state, on)

    states = states_of(store, account)
    for day in (FIRST + timedelta(days) for days in range(25)):
        held = [each.state for each in states if each.holds_on(day)]
        assert len(held) == len(set(held))
        assert sum(not state.is_restriction for state in held) <= 1
    assert all(each.until is None or each.since <= each.until for each in states)
