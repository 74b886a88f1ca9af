from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.account import Account, DatedState, State
from planner.domain.bill import LineKind
from planner.domain.due import Due, DueKind
from planner.domain.money import Money
from planner.domain.position import Position
from planner.domain.procedures.kinds import StepKind, Unit
from planner.domain.procedures.of_record import record_answers
from planner.domain.procedures.published import Duration, Procedure, Result, Step
from planner.domain.sourced import Source
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
ACCOUNT = Account("Card", "Bank", "CNY", product="cn-credit-card")
SAID = Source("a page")
STEP = Step("do", "Do", "…", StepKind.DO, SAID)
PROCEDURE = Procedure("closing", 1, "Close", "Closed", (), (), (STEP,), (), (), (), (), "", TODAY)


def held(*states: State) -> Account:
    return replace(ACCOUNT, states=tuple(DatedState(state, date(2026, 1, 1)) for state in states))


def test_the_record_says_which_product_and_country_an_account_is_of() -> None:
    assert record_answers(ACCOUNT, Position(TODAY, ())) == {
        "record.product": "cn-credit-card",
        "record.country": "CN",
        "record.state": "open",
        "record.late": "none",
        "record.days_late": "few",
        "record.automatic": "no",
    }
    assert record_answers(replace(ACCOUNT, country="FR"), Position(TODAY, ()))["record.country"] == "FR"


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ((), "open"),
        ((State.CLOSING,), "closing"),
        ((State.CLOSED,), "closed"),
        ((State.CLOSING, State.LOCKED), "locked"),
        ((State.LOCKED, State.FROZEN), "frozen"),
    ],
)
def test_a_freeze_says_more_of_an_account_than_a_lock_and_a_lock_more_than_its_life(
    states: tuple[State, ...], said: str
) -> None:
    assert record_answers(held(*states), Position(TODAY, ()))["record.state"] == said
    assert record_answers(held(*states), Position(date(2025, 12, 31), ()))["record.state"] == "open"


@pytest.mark.parametrize(
    ("days", "slight", "said"), [(15, 15, "few"), (16, 15, "many"), (4, 3, "many"), (3, 3, "few")]
)
def test_a_delay_is_slight_up_to_the_days_the_user_allows(days: int, slight: int, said: str) -> None:
    parts = {LineKind.PURCHASE: Money(500, "CNY")}
    old = Due(DueKind.BILL, "old", "a", Phrase("Bill"), TODAY - timedelta(days=days), parts)
    fresh = Due(DueKind.BILL, "new", "a", Phrase("Bill"), TODAY - timedelta(days=1), parts)

    known = record_answers(replace(ACCOUNT, automatic=True), Position(TODAY, (old, fresh)), slight)

    assert (known["record.late"], known["record.days_late"], known["record.automatic"]) == (
        "some",
        said,
        "yes",
    )


def test_only_what_steps_ask_of_the_record_is_asked_of_it() -> None:
    asking = replace(STEP, answers={"record.country": ("CN",), "reason": ("rate",)})

    assert PROCEDURE.asked_of_record == frozenset()
    assert replace(PROCEDURE, steps=(STEP, asking)).asked_of_record == {"record.country"}


def test_a_step_belongs_to_an_answer_only_if_the_user_gives_it() -> None:
    assert not STEP.is_of_an_answer
    assert not replace(STEP, answers={"record.country": ("CN",)}).is_of_an_answer
    assert replace(STEP, answers={"record.country": ("CN",), "reason": ("rate",)}).is_of_an_answer


def test_durations_and_results_are_found_by_their_ids() -> None:
    told = [Duration(each, "Review", 1, 2, Unit.DAYS, SAID) for each in ("review", "other", "review")]
    closed, kept = Result("closed", "Closed", State.CLOSED), Result("kept", "Kept")
    procedure = replace(PROCEDURE, durations=tuple(told), results=(closed, kept))

    assert procedure.durations_of("review") == (told[0], told[2])
    assert procedure.durations_of("") == ()
    assert procedure.result("kept") is kept
    assert procedure.result("") is None
