from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.adopted.plan import Method
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay
from planner.domain.money import Money
from planner.domain.over_time.course import Course
from planner.domain.payoff.scenario import Lump, Order, Scenario
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.gui.asking import WHY, Why
from planner.gui.pages.compare_table import amounts
from planner.gui.pages.payoff_parts.over_time import OverTimeSection
from planner.gui.session import Session
from planner.i18n import show
from planner.services.accounts import save_account
from planner.services.cash_forecast import forecast_of
from planner.services.payoff import payoff_question
from planner.services.payoff_orders import own_order, put_own_order
from tests.gui.payoff_cases import add_account, add_bill, add_cash, contract, two_bills
from tests.stores import fill_with_example

LEFT, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


Shown = Callable[..., OverTimeSection]


@pytest.fixture
def shown(qtbot: QtBot, session: Session) -> Shown:
    """Shows the orders of what is recorded, once they are worked out."""

    def show_section(scenario: Scenario | None = None) -> OverTimeSection:
        section = OverTimeSection(session)
        qtbot.addWidget(section)
        section.resize(1000, 1400)
        section.show()
        ask(qtbot, section, session, scenario)
        return section

    return show_section


def ask(qtbot: QtBot, section: OverTimeSection, session: Session, scenario: Scenario | None = None) -> None:
    question = payoff_question(session.store, session.today, "CNY", scenario)
    with qtbot.waitSignal(section._latest.ready):
        section.show_question(question, is_new=True)


@pytest.fixture
def example(session: Session) -> Session:
    fill_with_example(session.store, session.today)
    return session


def chosen(section: OverTimeSection) -> Course:
    course = section.course
    assert course is not None
    return course


def choose(section: OverTimeSection, row: int) -> None:
    """Click on an order; 0 is only the minimums."""
    index = section.orders.values_model.index(row, 0)
    place = section.orders.visualRect(index).center()
    QTest.mouseClick(section.orders.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def column(section: OverTimeSection, title: str) -> list[str]:
    model = section.orders.values_model
    number = [each.title for each in model.columns].index(title)
    return [model.index(row, number).data() for row in range(model.rowCount())]


@pytest.mark.usefixtures("example")
def test_three_orders_stand_beside_only_the_minimums(shown: Shown) -> None:
    section = shown()

    assert column(section, "Order") == [
        "Only the minimums",
        "Smallest first (snowball)",
        "Dearest first (avalanche)",
        "My own order",
    ]
    assert section.over is not None
    avalanche = section.over.orders[Order.AVALANCHE]
    assert avalanche.cost is not None
    assert avalanche.saved is not None
    assert column(section, "All paid on")[2] == show(avalanche.cleared_on)
    assert column(section, "Interest and fees")[2] == amounts(avalanche.cost.value)
    assert column(section, "Saved")[0] == ""
    assert column(section, "Saved")[2] == amounts(avalanche.saved.value)
    assert chosen(section) is avalanche
    model = section.orders.values_model
    assert all(isinstance(model.index(2, number).data(WHY), Why) for number in (1, 2, 3, 4, 5))


@pytest.mark.usefixtures("example")
def test_choosing_an_order_shows_its_debts_and_tells_of_it(qtbot: QtBot, shown: Shown) -> None:
    section = shown()
    assert section.own.isHidden()

    with qtbot.waitSignal(section.order_chosen) as signal:
        choose(section, 1)

    assert signal.args == [Order.SNOWBALL]
    assert chosen(section).order is Order.SNOWBALL
    debts = section.debts.values_model
    assert [debts.index(row, 0).data() for row in range(3)] == ["1", "2", "3"]
    assert debts.index(0, 1).data() == str(chosen(section).ranked[0].label)


@pytest.mark.usefixtures("example")
def test_only_the_minimums_can_be_looked_at_but_not_followed(qtbot: QtBot, shown: Shown) -> None:
    section = shown()
    assert section.follow.button.isEnabled()

    with qtbot.assertNotEmitted(section.order_chosen):
        choose(section, 0)

    assert chosen(section).order is None
    assert not section.follow.button.isEnabled()
    assert section.months.isColumnHidden(4)
    choose(section, 2)
    assert not section.months.isColumnHidden(4)


def test_more_each_month_is_asked_for_once_the_typing_pauses(
    qtbot: QtBot, example: Session, shown: Shown
) -> None:
    section = shown()

    with qtbot.waitSignal(section.extra_typed) as signal:
        QTest.keyClicks(section.extra.edit, "300")
    assert signal.args == [cny("300")]
    before = chosen(section).cleared_on
    ask(qtbot, section, example, Scenario("CNY", extra=cny("300")))

    after = chosen(section).cleared_on
    assert before is not None
    assert after is not None
    assert after.value.high < before.value.high
    assert section.extra.edit.text() == "300"


@pytest.mark.parametrize("by_keyboard", [False, True])
def test_the_own_order_is_changed_by_moving_a_debt(
    qtbot: QtBot, example: Session, shown: Shown, *, by_keyboard: bool
) -> None:
    section = shown(Scenario("CNY", order=Order.OWN))
    assert section.own.isVisible()
    first, second, *others = section.own.ids
    section.own.list.setCurrentRow(0)
    assert not section.own.up_button.isEnabled()

    with qtbot.waitSignal(section.ranked) as signal:
        if by_keyboard:
            QTest.keyClick(section.own.list, Qt.Key.Key_Down, ALT)
        else:
            QTest.mouseClick(section.own.down_button, LEFT)

    assert signal.args == [[second, first, *others]]
    assert section.own.list.currentRow() == 1
    example.do_quietly("Order", put_own_order, section.own.ids)
    assert own_order(example.store)[:2] == (second, first)
    ask(qtbot, section, example, Scenario("CNY", order=Order.OWN))
    assert [debt.followed.debt.id for debt in chosen(section).ranked][:2] == [second, first]
    assert section.own.list.currentItem().data(Qt.ItemDataRole.UserRole) == first


@pytest.mark.usefixtures("example")
def test_a_debt_at_the_end_moves_no_further(qtbot: QtBot, shown: Shown) -> None:
    section = shown(Scenario("CNY", order=Order.OWN))
    section.own.list.setCurrentRow(0)

    with qtbot.assertNotEmitted(section.ranked):
        QTest.keyClick(section.own.list, Qt.Key.Key_Up, ALT)
        QTest.keyClick(section.own.list, Qt.Key.Key_Down)

    assert section.own.list.currentRow() == 1


def test_following_an_order_is_one_step_that_can_be_undone(
    qtbot: QtBot, example: Session, shown: Shown
) -> None:
    section = shown()
    choose(section, 1)
    steps = example.history.count()

    with qtbot.waitSignal(section.adopted):
        QTest.mouseClick(section.follow.button, LEFT)

    (plan,) = example.store.adopted_plans.followed()
    assert plan.method is Method.SNOWBALL
    assert example.history.count() == steps + 1
    assert example.history.undoText() == "Follow an order of debts"
    example.history.undo()
    assert example.store.adopted_plans.followed() == []


def two_bills_over_time(session: Session, shown: Shown, **assumed: object) -> OverTimeSection:
    """1,800.00 due on 10 December with 1,500.00 by then, of which 200.00 should stay."""
    two_bills(session.store)
    with session.store.transaction():
        for key, least in (("a", "120"), ("b", "60")):
            bill = session.store.bills.get(f"bill of {key}")
            session.store.bills.save(replace(bill, minimum=cny(least)))
            account = session.store.accounts.get(key)
            claims = (*account.terms.claims, *_card_claims())
            session.store.accounts.save(replace(account, terms=Terms(claims)))
    return shown(Scenario("CNY", extra=cny("1500"), **assumed))  # type: ignore[arg-type]


def _card_claims() -> tuple[TermClaim, ...]:
    claims = ((Term.MINIMUM_RULE, "part_or_least"), (Term.MINIMUM, "0.1"), (Term.INTEREST_RATE, "0.12"))
    return tuple(TermClaim(term, "", text, Source("my contract")) for term, text in claims)


def test_an_order_that_the_cash_cannot_pay_says_so_and_asks_twice(
    qtbot: QtBot, session: Session, shown: Shown
) -> None:
    section = two_bills_over_time(session, shown)
    follow = section.follow
    # 1,000.00 + 500.00 of salary − 120.00 − 60.00 − 1,500.00 = −180.00 on 10 December.
    assert column(section, "Whether it holds") == ["yes", *["no, from 10 Dec 2026"] * 3]
    assert "on 10 Dec 2026, CN¥380.00 would be missing" in follow.short.text()
    assert follow.short.answer() is not None
    assert follow.holds.isHidden()

    with qtbot.assertNotEmitted(section.adopted):
        QTest.mouseClick(follow.button, LEFT)
    assert "on 10 Dec 2026, CN¥380.00 would be missing" in follow.twice.words.text()
    assert session.store.adopted_plans.followed() == []
    QTest.mouseClick(follow.twice.no_button, LEFT)
    assert follow.twice.isHidden()
    assert session.store.adopted_plans.followed() == []

    QTest.mouseClick(follow.button, LEFT)
    with qtbot.waitSignal(section.adopted):
        QTest.mouseClick(follow.twice.yes_button, LEFT)
    assert len(session.store.adopted_plans.followed()) == 1
    # What the question says is what the place Cash then shows.
    line = forecast_of(session.store, "CNY", session.today, date(2027, 3, 1))
    assert line.balance(date(2026, 12, 10)) == cny("-180")


def test_an_order_that_pays_by_a_minimum_that_is_not_recorded_says_so_and_asks_twice(
    qtbot: QtBot, session: Session, shown: Shown
) -> None:
    tenth = contract(
        (Term.MINIMUM_RULE, "", "part_of_bill"), (Term.MINIMUM, "", "0.1"), (Term.INTEREST_RATE, "", "0.18")
    )
    account = add_account(session.store, "A", tenth)
    bill = add_bill(session.store, account, "1720.00")
    add_cash(session.store)
    section = shown()
    follow = section.follow
    words = (
        "no minimum is recorded, so by the record all of CN¥1,720.00 is due on 10 Dec 2026, and only "
        "CN¥172.00 is paid here by then."
    )
    assert words in follow.unsaid.text()
    assert follow.unsaid.answer() is not None

    QTest.mouseClick(follow.button, LEFT)
    assert words in follow.twice.words.text()
    assert session.store.adopted_plans.followed() == []

    with session.store.transaction():
        session.store.bills.save(replace(bill, minimum=cny("172.00")))
    ask(qtbot, section, session)
    assert follow.unsaid.isHidden()
    assert follow.twice.isHidden()
    with qtbot.waitSignal(section.adopted):
        QTest.mouseClick(follow.button, LEFT)


def test_an_order_that_holds_is_followed_at_once(qtbot: QtBot, session: Session, shown: Shown) -> None:
    section = two_bills_over_time(session, shown)
    ask(qtbot, section, session, Scenario("CNY", extra=cny("100")))

    assert column(section, "Whether it holds")[2] == "yes"
    assert "the least that is left is" in section.follow.holds.text()
    assert section.follow.short.isHidden()
    with qtbot.waitSignal(section.adopted):
        QTest.mouseClick(section.follow.button, LEFT)


def test_an_order_that_rests_on_what_is_assumed_asks_twice_and_says_what_the_record_alone_gives(
    qtbot: QtBot, session: Session, shown: Shown
) -> None:
    section = two_bills_over_time(session, shown, lumps=(Lump(date(2026, 12, 1), cny("400")),))
    scenario = Scenario("CNY", extra=cny("1100"), lumps=(Lump(date(2026, 12, 1), cny("400")),))
    ask(qtbot, section, session, scenario)
    assert column(section, "Whether it holds")[2] == "yes"

    QTest.mouseClick(section.follow.button, LEFT)

    # Without the 400.00: 1,500.00 − 180.00 − 1,100.00 − 400.00 is 380.00 less than the reserve.
    words = section.follow.twice.words.text()
    assert "CN¥400.00 comes in on 1 Dec 2026" in words
    assert (
        "By the record alone, the cash would not hold: on 10 Dec 2026, CN¥380.00 would be missing." in words
    )
    assert session.store.adopted_plans.followed() == []


def test_nothing_is_said_of_cash_that_is_not_recorded(session: Session, shown: Shown) -> None:
    dear_card(session)
    section = shown()

    assert column(section, "Whether it holds") == [""] * 4
    assert "is not known" in section.follow.holds.text()


def dear_card(session: Session) -> None:
    """A card whose interest is more than what it asks for at least."""
    claims = (
        (Term.MINIMUM_RULE, "part_or_least"),
        (Term.MINIMUM, "0.02"),
        (Term.MINIMUM_LEAST, "15"),
        (Term.INTEREST_RATE, "0.36"),
    )
    terms = Terms(tuple(TermClaim(term, "", text, Source("my contract")) for term, text in claims))
    card = Account("Card", "Bank", "CNY", terms=terms, cycle=Cycle(statement_day=1, due=FixedDay(10)))
    bill = Bill(
        card.id,
        date(2026, 11, 1),
        date(2026, 12, 10),
        (BillLine(LineKind.UNITEMISED, cny("10000")),),
        minimum=cny("200"),
    )
    with session.store.transaction():
        save_account(session.store, card)
        session.store.bills.save(bill)


def test_a_debt_that_never_ends_says_so_with_what_would_end_it(session: Session, shown: Shown) -> None:
    dear_card(session)
    section = shown()

    choose(section, 0)

    assert column(section, "All paid on")[0] == "never"
    assert section.never.isVisible()
    assert "each month" in section.never.text()
    assert "CN¥" in section.never.text()
    assert section.never.answer() is not None


def test_what_cannot_be_followed_leads_to_what_is_missing(
    qtbot: QtBot, session: Session, shown: Shown
) -> None:
    account = Account("Friend", "", "CNY", country="CN")
    bill = Bill(
        account.id,
        date(2026, 11, 1),
        date(2026, 12, 10),
        (BillLine(LineKind.UNITEMISED, cny("1000")),),
        minimum=cny("100"),
    )
    with session.store.transaction():
        save_account(session.store, account)
        session.store.bills.save(bill)
    section = shown()

    (link,) = section.gaps.links
    assert "cannot be followed" in link.text()
    with qtbot.waitSignal(section.wanted) as signal:
        QTest.mouseClick(link, LEFT)
    assert signal.args == ["terms", account.id]


@pytest.mark.usefixtures("example")
def test_the_chart_tells_its_figures(shown: Shown) -> None:
    section = shown()

    chart = section.views.chart
    assert "Only the minimums: all is paid on" in chart.accessibleDescription()
    assert chart.answer() is not None


def test_another_language_says_the_same_result_without_working_it_out_again(
    qtbot: QtBot, example: Session, shown: Shown
) -> None:
    section = shown()
    over = section.over
    question = payoff_question(example.store, example.today, "CNY")
    i18n.use("fr")

    with qtbot.assertNotEmitted(section._latest.ready, wait=300):
        section.show_question(question, is_new=False)

    assert section.over is over
    assert column(section, "All paid on")[2] == show(chosen(section).cleared_on)  # as the French write it
