from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.case import Case
from planner.i18n import explain
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.cases.record import slight_days
from planner.services.cases.slight_delay import SlightDaysError, set_slight_days, slight_words
from planner.services.procedures import CaseView, case_view
from planner.store import catalogue
from planner.store.changes import inverse
from planner.store.store import Store
from tests.brought_procedures import head, step, use

FILE = head("waits", "Wait for it") + "".join(
    [
        step("soon", "Soon", when='{ "record.days_late" = ["few"] }'),
        step("ask", "Ask", when='{ "record.days_late" = ["many"] }'),
    ]
)
PLAIN = head("plain", "Do a plain thing") + step("act", "Act")


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path, FILE, PLAIN)


@pytest.fixture
def account(store: Store) -> Account:
    """An account that is ten days late."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    line = BillLine(LineKind.UNITEMISED, Money.of("100", "CNY"))
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        store.bills.save(Bill(account.id, date(2026, 11, 1), date(2026, 11, 12), (line,)))
    return account


def started(store: Store, account: Account, today: date, procedure: str = "waits") -> Case:
    with store.transaction():
        return procedures.start_case(store, procedure, account.id, today)


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return case_view(store, store.cases.get(case.id), today)


def ids(view: CaseView) -> list[str]:
    return [each.step.id for each in view.steps]


@pytest.mark.row("C116", "C117")
def test_a_delay_is_slight_up_to_the_days_the_user_says(store: Store, account: Account, today: date) -> None:
    with store.transaction():
        set_slight_days(store, 10)
    assert ids(view_of(store, started(store, account, today), today)) == ["soon"]

    other = store.cases.all()[0]
    with store.transaction():
        procedures.delete_case(store, other.id)
        set_slight_days(store, 9)
    assert ids(view_of(store, started(store, account, today), today)) == ["ask"]


@pytest.mark.row("C116")
def test_said_in_a_case_it_holds_for_that_case_at_once_and_undo_takes_it_back(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today)
    assert slight_days(store) == 15
    with store.transaction() as changes:
        set_slight_days(store, 5, case.id)
    assert ids(view_of(store, case, today)) == ["ask"]

    store.apply(inverse(changes.changes))
    assert (ids(view_of(store, case, today)), slight_days(store)) == (["soon"], 15)


def test_said_elsewhere_a_case_under_way_keeps_its_way(store: Store, account: Account, today: date) -> None:
    case = started(store, account, today)
    with store.transaction():
        set_slight_days(store, 5)

    assert ids(view_of(store, case, today)) == ["soon"]


def test_the_case_says_which_way_it_goes_and_one_that_does_not_ask_says_nothing(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today)
    words = slight_words(store, view_of(store, case, today))
    assert words is not None
    assert explain(words) == "On 22 Nov 2026 the delay was 15 days at most, so it counts as slight here."

    with store.transaction():
        set_slight_days(store, 1, case.id)
    words = slight_words(store, view_of(store, case, today))
    assert words is not None
    assert explain(words) == (
        "On 22 Nov 2026 the delay was longer than 1 day, so it does not count as slight here."
    )
    plain = started(store, account, today, "plain")
    assert slight_words(store, view_of(store, plain, today)) is None


@pytest.mark.parametrize("days", [0, 366])
def test_a_slight_delay_has_a_day_to_a_year(store: Store, days: int) -> None:
    with pytest.raises(SlightDaysError), store.transaction():
        set_slight_days(store, days)
    for possible in (1, 365):
        with store.transaction():
            set_slight_days(store, possible)
        assert slight_days(store) == possible
