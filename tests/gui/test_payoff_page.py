from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.adopted.plan import Method
from planner.domain.dates import Cycle
from planner.domain.hardship.shares import Sharing
from planner.domain.money import Money
from planner.domain.optimum.stage import HOW_FIRM, LEAST_IN_TIME, LEAST_MISSING
from planner.domain.payoff.best import best_plan
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.scenario import Scenario, Trial
from planner.domain.purchase import Purchase
from planner.gui.asking import WHY, Why
from planner.gui.language import speak
from planner.gui.main_window import MainWindow
from planner.gui.pages.compare_forms import FEE, OwnOfferForm
from planner.gui.pages.payoff import BEST, FOLLOWED, OVER_TIME, WHAT_IF, PayoffPage
from planner.gui.pages.payoff_parts import best as payoff_best
from planner.gui.pages.payoff_parts.answer import AnswerForm, Said
from planner.gui.pages.payoff_parts.choices import DebtView
from planner.gui.pages.payoff_parts.court import CourtForm
from planner.gui.pages.payoff_parts.letter import LetterView
from planner.gui.pages.payoff_parts.limits import LimitsForm
from planner.gui.pages.payoff_parts.solving import SolvingStrip
from planner.gui.pages.payoff_parts.what_if import WhatIfForm
from planner.gui.pages.reports import ReportsPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.phrases import Phrase
from planner.reports.pack import Part
from planner.services.accounts import save_account
from planner.services.hardship import first_accounts
from planner.store.store import Store
from tests.gui.payoff_cases import add_account, add_bill, add_cash, be_short, cny, late_bill, two_bills

LEFT = Qt.MouseButton.LeftButton

Opened = Callable[[], PayoffPage]


@pytest.fixture
def opened(qtbot: QtBot, session: Session) -> Opened:
    """Shows the page as it is when it is first visited, and waits for the best plan."""

    def make() -> PayoffPage:
        page = PayoffPage(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        wait(qtbot, page)
        return page

    return make


@pytest.fixture
def page(session: Session, opened: Opened) -> PayoffPage:
    """The page on the golden record: A in full, B in three instalments, for 15.00."""
    two_bills(session.store)
    return opened()


def wait(qtbot: QtBot, page: PayoffPage) -> None:
    """Wait until nothing is worked out any more."""
    tasks = (page.best._latest, page.scenarios._latest)
    qtbot.waitUntil(lambda: not any(task.is_working for task in tasks), timeout=20_000)
    qtbot.wait(30)  # the lower parts of an answer are drawn a moment later


def texts(widget: QWidget | None) -> str:
    assert widget is not None
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def row(page: PayoffPage, number: int) -> list[str]:
    model = page.best.result.choices.values_model
    return [model.index(number, column).data() for column in range(model.columnCount())]


def choose_tab(qtbot: QtBot, page: PayoffPage, number: int) -> None:
    place = page.tabs.tabRect(number).center()
    QTest.mouseClick(page.tabs, LEFT, Qt.KeyboardModifier.NoModifier, place)
    wait(qtbot, page)


# --- the answer --------------------------------------------------------------------------------------


def test_the_best_plan_stands_in_a_sentence_with_its_proof(page: PayoffPage) -> None:
    result = page.best.result

    assert result.isVisible()
    assert "Everything is paid by 10 Mar 2027" in result.words.text()
    assert "CN¥15.00" in result.words.text()
    assert "CN¥300.00" in result.words.text()
    assert "10 Dec 2026" in result.words.text()
    assert result.words.answer() is not None
    assert result.proof.text().startswith("Proved: ")
    assert page.best.strip.isHidden()


def test_each_debt_has_its_way_its_cost_its_end_and_the_day_to_ask_by(page: PayoffPage) -> None:
    assert row(page, 0) == [
        "A",
        "Bill of 1 Dec 2026",
        "In full on 10 Dec 2026",
        "0.00",
        "10 Dec 2026",
        "",
    ]
    assert row(page, 1)[:1] + row(page, 1)[2:] == [
        "B",
        "3 instalments",
        "15.00",
        "10 Mar 2027",
        "10 Dec 2026",
    ]
    model = page.best.result.choices.values_model
    assert isinstance(model.index(1, 3).data(WHY), Why)


@pytest.mark.parametrize("by_keyboard", [False, True])
def test_every_other_way_of_a_debt_opens_with_its_cost_and_why_it_is_not_chosen(
    page: PayoffPage, *, by_keyboard: bool
) -> None:
    choices = page.best.result.choices
    choices.select(lambda each: each.name == "B")

    if by_keyboard:
        QTest.keyClick(choices, Qt.Key.Key_Return)
    else:
        QTest.mouseClick(page.best.result.ways_button, LEFT)

    view = page.pane.content
    assert isinstance(view, DebtView)
    assert page.pane.heading.text() == "B"
    assert "CN¥600.00 is owed" in texts(view)
    table = view.table
    assert table.values_model.index(0, 0).data() == "3 instalments (chosen)"
    assert "This way is part of the best plan." in texts(view)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current().option.id == "full"
    assert "The cash would not hold: on 10 Dec 2026 it would be CN¥500.00 less" in texts(view)
    assert "Not among the ways" in texts(view)  # the minimum, of which no rule is known


def test_the_calendar_says_what_to_pay_to_whom_when_and_what_is_left(page: PayoffPage) -> None:
    model = page.best.result.calendar.table.values_model
    rows = [
        tuple(model.index(number, column).data() for column in (0, 1, 2, 4))
        for number in range(model.rowCount())
    ]

    assert rows == [
        ("10 Dec 2026", "CN¥1,200.00", "A", "CN¥300.00"),
        ("10 Jan 2027", "CN¥205.00", "B", "CN¥595.00"),
        ("10 Feb 2027", "CN¥205.00", "B", "CN¥890.00"),
        ("10 Mar 2027", "CN¥205.00", "B", "CN¥1,185.00"),
    ]
    assert "CN¥300.00" in page.best.result.calendar.views.chart.accessibleDescription()


def test_the_plan_stands_beside_other_ways_to_choose(page: PayoffPage) -> None:
    model = page.best.result.compared.values_model

    assert model.rowCount() > 1
    costs = [model.index(number, 1).data() for number in range(model.rowCount())]
    assert "CN¥15.00" in costs
    assert page.best.result.reasons.isVisible()


@pytest.mark.row("C028")
def test_a_bill_that_is_not_large_is_said_to_be_payable_in_full(page: PayoffPage) -> None:
    words = texts(page.best.result.full)

    assert "Bill of 1 Dec 2026 can be paid in full: on no day less than CN¥300.00 is left" in words


def test_nothing_is_worked_out_again_for_another_language(
    qtbot: QtBot, qapp: QApplication, page: PayoffPage
) -> None:
    plan = page.best.plan
    with qtbot.assertNotEmitted(page.best._latest.ready, wait=200):
        speak(qapp, "fr")
        QApplication.processEvents()

    assert page.best.plan is plan
    assert "10 mars 2027" in row(page, 1)
    speak(qapp, "en")


def test_an_offer_of_ones_own_is_among_the_ways_until_it_is_removed(
    qtbot: QtBot, session: Session, page: PayoffPage
) -> None:
    choices = page.best.result.choices
    choices.select(lambda each: each.name == "B")
    QTest.mouseClick(page.best.result.ways_button, LEFT)
    view = page.pane.content
    assert isinstance(view, DebtView)
    assert not view.remove_button.isVisible()

    QTest.mouseClick(view.add_button, LEFT)
    form = page.pane.content
    assert isinstance(form, OwnOfferForm)
    form.kind.set_key(FEE)
    form.on_change()
    QTest.keyClicks(form.count.edit, "3")
    QTest.keyClicks(form.fee.edit, "6")
    QTest.mouseClick(form.save_button, LEFT)
    wait(qtbot, page)

    assert not page.pane.is_open
    assert session.history.undoText() == "Add an offer of your own"
    assert row(page, 1)[3] == "6.00"
    QTest.mouseClick(page.best.result.ways_button, LEFT)
    view = page.pane.content
    assert isinstance(view, DebtView)
    QTest.mouseClick(view.remove_button, LEFT)
    wait(qtbot, page)
    assert row(page, 1)[3] == "15.00"
    assert not page.pane.is_open


# --- adopting, limits, assumptions -------------------------------------------------------------------


def test_adopting_is_one_step_that_can_be_undone_and_leads_to_the_plan(
    qtbot: QtBot, session: Session, page: PayoffPage
) -> None:
    steps = session.history.count()

    QTest.mouseClick(page.best.result.adopt_button, LEFT)

    assert session.history.count() == steps + 1
    assert session.history.undoText() == "Adopt the plan"
    assert page.tabs.currentIndex() == FOLLOWED
    (plan,) = session.store.adopted_plans.followed()
    assert (str(plan.cost), plan.is_proved) == ("15.00 CNY", True)
    assert "B: apply for 3 instalments by 10 Dec 2026." in texts(page.followed)
    session.history.undo()
    wait(qtbot, page)
    assert session.store.adopted_plans.followed() == []
    assert page.followed.empty.isVisible()


def test_a_plan_that_is_followed_is_what_a_visit_begins_with(
    session: Session, opened: Opened, page: PayoffPage
) -> None:
    QTest.mouseClick(page.best.result.adopt_button, LEFT)

    again = opened()

    assert session.store.adopted_plans.followed()
    assert again.tabs.currentIndex() == FOLLOWED


def test_planning_anew_and_giving_up_are_one_click_away(
    qtbot: QtBot, session: Session, page: PayoffPage
) -> None:
    QTest.mouseClick(page.best.result.adopt_button, LEFT)
    QTest.mouseClick(page.followed.replan_button, LEFT)
    wait(qtbot, page)
    assert page.tabs.currentIndex() == BEST
    assert "Nothing has changed since the plan of 22 Nov 2026." in texts(page.best.result)

    choose_tab(qtbot, page, FOLLOWED)
    QTest.mouseClick(page.followed.give_up_button, LEFT)

    assert session.store.adopted_plans.followed() == []
    assert session.history.undoText() == "Give up the plan"
    assert page.followed.empty.isVisible()
    QTest.mouseClick(page.followed.empty.button, LEFT)
    assert page.tabs.currentIndex() == BEST


def test_what_the_lender_said_is_noted_in_the_pane(session: Session, page: PayoffPage) -> None:
    QTest.mouseClick(page.best.result.adopt_button, LEFT)
    (row_of_todo,) = page.followed.todos
    accepted = next(button for said, button in row_of_todo.buttons.items() if said == "accepted")

    QTest.mouseClick(accepted, LEFT)
    form = page.pane.content
    assert form is not None
    QTest.mouseClick(form.save_button, LEFT)  # type: ignore[attr-defined]

    assert not page.pane.is_open
    assert len(session.store.plans.all()) == 1
    assert page.followed.todos == []


def test_the_head_of_the_plan_asks_why_at_a_click(page: PayoffPage) -> None:
    assert page.best.result.why_button.accessibleName() == "Why? Best plan"
    QTest.mouseClick(page.best.result.why_button, LEFT)

    assert page.pane.is_open
    assert "What it costs = what each debt costs above what is owed, together" in texts(page.pane)


def assume(qtbot: QtBot, page: PayoffPage, **assumed: object) -> None:
    page._assume(Scenario("CNY", **assumed))  # type: ignore[arg-type]
    wait(qtbot, page)


def test_a_plan_that_rests_on_more_income_asks_twice_and_says_what_the_record_alone_gives(
    qtbot: QtBot, session: Session, page: PayoffPage
) -> None:
    assume(qtbot, page, income=cny("500"))
    result = page.best.result
    assert [row(page, number)[3] for number in (0, 1)] == ["0.00", "0.00"]

    QTest.mouseClick(result.adopt_button, LEFT)

    words = result.twice.words.text()
    assert "CN¥500.00 more comes in each month than is recorded." in words
    assert "What is followed costs CN¥0.00 above what is owed." in words
    # 1,000.00 + 500.00 − 1,800.00 is 500.00 less than the reserve of 200.00.
    assert (
        "By the record alone, the cash would not hold: on 10 Dec 2026, CN¥500.00 would be missing." in words
    )
    assert result.twice.words.answer() is not None
    assert session.store.adopted_plans.followed() == []
    QTest.mouseClick(result.twice.no_button, LEFT)
    assert result.twice.isHidden()
    assert session.store.adopted_plans.followed() == []

    QTest.mouseClick(result.adopt_button, LEFT)
    QTest.mouseClick(result.twice.yes_button, LEFT)
    (plan,) = session.store.adopted_plans.followed()
    assert str(plan.cost) == "0.00 CNY"
    assert page.tabs.currentIndex() == FOLLOWED


def test_a_purchase_that_is_only_thought_of_is_said_to_be_no_part_of_what_is_followed(
    qtbot: QtBot, session: Session, page: PayoffPage
) -> None:
    assume(qtbot, page, trial=Trial("a", session.today, cny("40")))
    result = page.best.result
    assert result.choices.values_model.rowCount() == 3

    QTest.mouseClick(result.adopt_button, LEFT)

    words = result.twice.words.text()
    assert "The purchase is only thought of: it is no part of what is followed." in words
    assert "What is followed costs CN¥15.00 above what is owed." in words
    assert "By the record alone, the cash holds too." in words
    QTest.mouseClick(result.twice.yes_button, LEFT)
    (plan,) = session.store.adopted_plans.followed()
    assert str(plan.cost) == "15.00 CNY"


@pytest.mark.parametrize("assumed", [{"most_plans": 1}, {"extra": cny("1")}, {"income": cny("0")}])
def test_what_the_user_wants_is_nothing_to_ask_twice_about(
    qtbot: QtBot, session: Session, page: PayoffPage, assumed: dict[str, object]
) -> None:
    assume(qtbot, page, **assumed)

    QTest.mouseClick(page.best.result.adopt_button, LEFT)

    assert len(session.store.adopted_plans.followed()) == 1


def test_a_question_about_one_plan_ends_with_it(qtbot: QtBot, page: PayoffPage) -> None:
    assume(qtbot, page, income=cny("500"))
    QTest.mouseClick(page.best.result.adopt_button, LEFT)
    assert page.best.result.twice.isVisible()

    assume(qtbot, page)

    assert page.best.result.twice.isHidden()


def test_a_lender_with_whom_no_plan_is_wanted_gets_none(qtbot: QtBot, page: PayoffPage) -> None:
    QTest.mouseClick(page.best.result.limits_button, LEFT)
    form = page.pane.content
    assert isinstance(form, LimitsForm)
    QTest.mouseClick(form.lenders["B Bank"].box, LEFT)
    QTest.mouseClick(form.save_button, LEFT)
    wait(qtbot, page)

    assert not page.pane.is_open
    # B in full and A in three instalments at 0.5 % a month of 1,200.00: 18.00.
    assert [row(page, number)[2:4] for number in (0, 1)] == [
        ["3 instalments", "18.00"],
        ["In full on 10 Dec 2026", "0.00"],
    ]


def test_another_reserve_is_worked_out_at_once_and_said_at_the_top(qtbot: QtBot, page: PayoffPage) -> None:
    QTest.mouseClick(page.change_button, LEFT)
    form = page.pane.content
    assert isinstance(form, WhatIfForm)
    assert "CN¥200.00" in texts(page._assumed)

    with qtbot.waitSignal(page.best._latest.ready, timeout=10_000):
        QTest.keyClicks(form.reserve.edit, "301")

    assert "CN¥301.00" in texts(page._assumed)
    assert page.pane.content is form
    # A in full would leave 300.00, a little less than that.
    assert [row(page, number)[2:4] for number in (0, 1)] == [
        ["3 instalments", "18.00"],
        ["In full on 10 Dec 2026", "0.00"],
    ]


def test_a_change_of_the_record_is_followed(qtbot: QtBot, session: Session, page: PayoffPage) -> None:
    def richer(store: Store) -> None:
        for flow in store.cash_flows.all():
            store.cash_flows.delete(flow.id)
        (account,) = store.cash_accounts.all()
        store.cash_accounts.delete(account.id)
        add = type(account)(account.name, "CNY", (type(account.balances[0])(session.today, cny("9000")),))
        store.cash_accounts.save(add)

    with qtbot.waitSignal(page.best._latest.ready, timeout=10_000):
        session.do("Richer", richer)

    assert [row(page, number)[3] for number in (0, 1)] == ["0.00", "0.00"]


# --- looking for it ----------------------------------------------------------------------------------


class Slow:
    """Looks for a plan until it should end, and tells of the first."""

    def __init__(self) -> None:
        self.asked = 0

    def look(
        self, question: PayoffQuestion, tell: Callable[[object], None], end: Callable[[], bool]
    ) -> object:
        """Look for it."""
        self.asked += 1
        tell(News())
        while not end():
            time.sleep(0.005)
        return best_plan(question, None, None)


class News:
    """How far it is."""

    words = Phrase("Best so far: it costs 15.00, at most 2.00 above the best.")


@pytest.fixture
def slow(session: Session, monkeypatch: pytest.MonkeyPatch) -> Slow:
    two_bills(session.store)
    slow = Slow()
    monkeypatch.setattr(payoff_best, "best_plan", slow.look)
    return slow


@pytest.fixture
def looking(qtbot: QtBot, session: Session, slow: Slow) -> PayoffPage:
    """The page while it looks for the best plan."""
    page = PayoffPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    qtbot.waitUntil(page.best.strip.isVisible)
    qtbot.waitUntil(page.best.strip.take_button.isVisible)
    assert slow.asked == 1
    return page


def test_while_it_looks_it_says_how_far_it_is(looking: PayoffPage) -> None:
    strip = looking.best.strip

    assert strip.words.text() == "Best so far: it costs 15.00, at most 2.00 above the best."
    assert strip.stop_button.isVisible()
    assert not strip.again_button.isVisible()
    assert not looking.best.result.isVisible()


def test_an_old_plan_can_not_be_followed_while_another_one_is_looked_for(
    qtbot: QtBot, qapp: QApplication, session: Session, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_bills(session.store)
    page = opened()
    result, strip, slow = page.best.result, page.best.strip, Slow()
    assert result.adopt_button.isEnabled()
    monkeypatch.setattr(payoff_best, "best_plan", slow.look)

    page._assume(Scenario("CNY", reserve=cny("0")))
    qtbot.waitUntil(strip.take_button.isVisible)
    assert result.isVisible()
    assert not result.adopt_button.isEnabled()
    assert "The plan below is from before the change." in strip.elapsed.text()
    speak(qapp, "fr")
    QApplication.processEvents()
    speak(qapp, "en")
    assert not result.adopt_button.isEnabled()

    QTest.mouseClick(strip.take_button, LEFT)
    wait(qtbot, page)
    assert result.adopt_button.isEnabled()
    assert strip.isHidden()


def test_a_long_search_says_for_how_long_it_looks_and_what_for(looking: PayoffPage) -> None:
    strip = looking.best.strip
    assert strip.elapsed.text() == "You can go on working meanwhile."
    for _second in range(3):
        strip._beat.timeout.emit()
    assert strip.elapsed.text() == "It has looked for 3 seconds. You can go on working meanwhile."

    looking.best._latest.news.emit(LEAST_IN_TIME)

    assert strip.words.text().splitlines() == [
        "Every plan is late. Looking for the least money with which one would be in time…",
        "Best so far: it costs 15.00, at most 2.00 above the best.",
    ]


def test_where_no_plan_is_found_yet_it_says_what_it_looks_for(qtbot: QtBot) -> None:
    strip = SolvingStrip()
    qtbot.addWidget(strip)
    strip.begin()
    strip.tell_stage(LEAST_MISSING.words, can_take=LEAST_MISSING.has_choice)

    assert strip.words.text() == "No plan holds. Looking for the least money with which one would…"
    assert strip.take_button.isHidden()
    strip.tell_stage(HOW_FIRM.words, can_take=HOW_FIRM.has_choice)
    assert not strip.take_button.isHidden()
    strip.begin()
    assert strip.words.text() == "Looking for the best plan…"
    assert strip.take_button.isHidden()


def test_what_is_there_can_be_taken(qtbot: QtBot, looking: PayoffPage) -> None:
    with qtbot.waitSignal(looking.best._latest.ready, timeout=10_000):
        QTest.mouseClick(looking.best.strip.take_button, LEFT)
    qtbot.waitUntil(looking.best.result.isVisible)

    assert looking.best.strip.isHidden()


def test_it_can_be_stopped_and_begun_again(qtbot: QtBot, looking: PayoffPage, slow: Slow) -> None:
    strip = looking.best.strip
    with qtbot.assertNotEmitted(looking.best._latest.ready, wait=100):
        QTest.keyClick(strip.stop_button, Qt.Key.Key_Space)
    assert strip.words.text() == "Stopped: there is no plan yet."
    assert not looking.best._latest.is_working

    QTest.mouseClick(strip.again_button, LEFT)
    qtbot.waitUntil(strip.take_button.isVisible)

    assert slow.asked == 2


def test_only_the_newest_answer_arrives(qtbot: QtBot, looking: PayoffPage, slow: Slow) -> None:
    answers: list[object] = []
    looking.best._latest.ready.connect(answers.append)
    question = looking.question
    assert question is not None
    looking._assume(type(question.scenario)("CNY", reserve=cny("0")))
    qtbot.waitUntil(lambda: slow.asked == 2)

    QTest.mouseClick(looking.best.strip.take_button, LEFT)
    wait(qtbot, looking)

    assert len(answers) == 1
    assert looking.best.plan is not None
    assert looking.best.plan.question.scenario.reserve == cny("0")


def test_the_window_goes_on_while_it_looks(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_bills(session.store)
    is_over = threading.Event()

    def busy(question: PayoffQuestion, _tell: object, _end: object) -> object:
        until = time.monotonic() + 30
        while not is_over.is_set() and time.monotonic() < until:
            sum(range(2_000))
        return best_plan(question, None, None)

    monkeypatch.setattr(payoff_best, "best_plan", busy)
    page = PayoffPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    qtbot.waitUntil(page.best.strip.isVisible)
    beats: list[int] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: beats.append(1))
    timer.start()
    QTest.mouseClick(page.tabs, LEFT, pos=page.tabs.tabRect(OVER_TIME).center())
    qtbot.waitUntil(lambda: len(beats) > 20)

    # How smoothly is measured in the benchmark; here, that nothing waits for the search.
    assert page.over_time.isVisible()
    page.tabs.setCurrentIndex(BEST)
    assert page.best._latest.is_working
    timer.stop()
    is_over.set()
    wait(qtbot, page)


# --- what may be missing -----------------------------------------------------------------------------


def test_without_debts_one_button_leads_to_a_bill(qtbot: QtBot, opened: Opened) -> None:
    page = opened()

    assert page.empty.isVisible()
    assert not page.tabs.isVisible()
    assert "Nothing is owed" in page.empty.text.text()
    with qtbot.waitSignal(page.wanted) as signal:
        QTest.mouseClick(page.empty.button, LEFT)
    assert signal.args == ["bills", "new-bill"]


def test_debts_without_a_date_lead_to_the_cycle(qtbot: QtBot, session: Session, opened: Opened) -> None:
    account = Account("Shop", "Shop", "CNY", cycle=Cycle(), id="shop")
    with session.store.transaction():
        save_account(session.store, account)
        session.store.purchases.save(Purchase("shop", cny("90"), date(2026, 11, 20)))
    page = opened()

    assert "Shop: what is owed has no due date" in page.empty.text.text()
    with qtbot.waitSignal(page.wanted) as signal:
        QTest.mouseClick(page.empty.button, LEFT)
    assert signal.args == ["bills", "account:shop"]


def test_without_cash_the_plan_waits_but_the_orders_are_there(
    qtbot: QtBot, session: Session, opened: Opened
) -> None:
    add_bill(session.store, add_account(session.store, "A"), "1000", minimum="100")
    page = opened()

    assert page.best.obstacle.isVisible()
    assert not page.best.result.isVisible()
    with qtbot.waitSignal(page.wanted) as signal:
        QTest.mouseClick(page.best.obstacle.button, LEFT)
    assert signal.args == ["cash", "CNY"]
    QTest.mouseClick(page.best.over_time_button, LEFT)
    assert page.tabs.currentIndex() == OVER_TIME
    qtbot.waitUntil(lambda: page.over_time.over is not None)


def test_a_missing_term_is_entered_beside_the_orders(qtbot: QtBot, session: Session, opened: Opened) -> None:
    add_bill(session.store, add_account(session.store, "A"), "1000", minimum="100")
    page = opened()
    choose_tab(qtbot, page, OVER_TIME)
    qtbot.waitUntil(lambda: bool(page.over_time.gaps.links))

    QTest.mouseClick(page.over_time.gaps.links[0], LEFT)

    assert page.pane.is_open
    assert page.pane.heading.text() == "A"


def test_each_currency_has_a_plan_of_its_own(qtbot: QtBot, session: Session, opened: Opened) -> None:
    two_bills(session.store)
    euro = add_account(session.store, "Alma", currency="EUR")
    add_bill(session.store, euro, "100")
    add_cash(session.store, "500", "0.01", "0", currency="EUR")
    page = opened()
    assert page.currency.isVisible()
    assert page.currency.value() == "CNY"

    page.currency.set_key("EUR")
    with qtbot.waitSignal(page.best._latest.ready, timeout=10_000):
        page.currency.changed.emit()

    assert page.best.result.choices.values_model.rowCount() == 1
    assert row(page, 0)[0] == "Alma"
    page.reveal("CNY")
    wait(qtbot, page)
    assert row(page, 0)[0] == "A"


def test_another_currency_waits_until_what_is_typed_may_be_left(
    qtbot: QtBot, session: Session, opened: Opened
) -> None:
    two_bills(session.store)
    add_bill(session.store, add_account(session.store, "Alma", currency="EUR"), "100")
    page = opened()
    QTest.mouseClick(page.best.result.adopt_button, LEFT)
    (todo,) = page.followed.todos
    QTest.mouseClick(next(iter(todo.buttons.values())), LEFT)
    form = page.pane.content
    assert isinstance(form, AnswerForm)
    QTest.keyClicks(form.note.edit, "half a note")

    page.currency.set_key("EUR")
    page.currency.changed.emit()
    assert page.currency.value() == "CNY"
    assert form.unsaved_note.isVisible()
    page.currency.set_key("EUR")
    page.currency.changed.emit()
    wait(qtbot, page)

    assert page.currency.value() == "EUR"
    assert not page.pane.is_open


def is_looking(page: PayoffPage) -> bool:
    return page.best._latest.is_working


def test_a_search_for_an_older_question_is_given_up_behind_another_part(
    qtbot: QtBot, looking: PayoffPage, slow: Slow
) -> None:
    choose = looking.tabs.tabRect(FOLLOWED).center()
    QTest.mouseClick(looking.tabs, LEFT, Qt.KeyboardModifier.NoModifier, choose)
    assert is_looking(looking)

    looking.session.do("Pay less", lambda store: store.bills.delete("bill of a"))

    assert not is_looking(looking)
    assert slow.asked == 1
    looking.tabs.setCurrentIndex(BEST)
    qtbot.waitUntil(lambda: slow.asked == 2)


def test_one_currency_needs_no_choice(page: PayoffPage) -> None:
    assert not page.currency.isVisible()


# --- what if -----------------------------------------------------------------------------------------


def save_what_if(qtbot: QtBot, page: PayoffPage) -> None:
    """Save that 2,000.00 more come in each month, under a name."""
    QTest.mouseClick(page.change_button, LEFT)
    form = page.pane.content
    assert isinstance(form, WhatIfForm)
    QTest.keyClicks(form.income.edit, "2000")
    QTest.keyClicks(form.name.edit, "a second job")
    QTest.mouseClick(form.save_button, LEFT)
    wait(qtbot, page)


def income(page: PayoffPage) -> Money | None:
    """What is assumed to come in more each month."""
    return page.scenario.income


def test_a_saved_what_if_stands_beside_the_record(qtbot: QtBot, page: PayoffPage) -> None:
    save_what_if(qtbot, page)

    assert page.tabs.currentIndex() == WHAT_IF
    model = page.scenarios.table.values_model
    names = [model.index(number, 0).data() for number in range(model.rowCount())]
    assert names == ["As it is recorded", "a second job"]
    assert [model.index(number, 1).data() for number in (0, 1)] == ["CN¥15.00", "CN¥0.00"]
    assert model.index(1, 2).data() == "-CN¥15.00"
    assert "costs least" in model.index(1, 6).data()
    assert isinstance(model.index(1, 1).data(WHY), Why)


def test_a_saved_what_if_is_used_and_deleted(qtbot: QtBot, session: Session, page: PayoffPage) -> None:
    save_what_if(qtbot, page)
    page.pane.close_content()
    table = page.scenarios.table
    table.select(lambda each: not each.result.id)
    assert not page.scenarios.delete_button.isEnabled()
    QTest.mouseClick(page.scenarios.use_button, LEFT)
    wait(qtbot, page)
    assert income(page) is None

    table.select(lambda each: bool(each.result.id) and each.result.id != "now")
    QTest.mouseClick(page.scenarios.use_button, LEFT)
    wait(qtbot, page)
    assert income(page) == cny("2000")
    table.select(lambda each: bool(each.result.id) and each.result.id != "now")
    QTest.mouseClick(page.scenarios.delete_button, LEFT)
    wait(qtbot, page)

    assert session.store.scenarios.all() == []
    session.history.undo()
    assert [each.name for each in session.store.scenarios.all()] == ["a second job"]


def test_what_is_assumed_now_stands_between_until_it_is_saved(qtbot: QtBot, page: PayoffPage) -> None:
    scenario = page.scenario
    page._assume(type(scenario)("CNY", income=Money(-100_00, "CNY")))
    choose_tab(qtbot, page, WHAT_IF)

    model = page.scenarios.table.values_model
    names = [model.index(number, 0).data() for number in range(model.rowCount())]
    assert names == ["As it is recorded", "What is assumed now"]


# --- taking it away ----------------------------------------------------------------------------------


def test_the_plan_goes_into_the_report(qtbot: QtBot, session: Session, page: PayoffPage) -> None:
    with qtbot.waitSignal(page.wanted) as signal:
        QTest.mouseClick(page.best.result.report_button, LEFT)

    assert signal.args == ["reports", "payoff"]
    assert session.results["payoff"] is page.best.plan


def test_printing_opens_the_report_and_asks_for_a_printer(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_bills(session.store)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    window.go("payoff")
    page = window.page("payoff")
    assert isinstance(page, PayoffPage)
    wait(qtbot, page)
    asked: list[str] = []
    monkeypatch.setattr(ReportsPage, "print_report", lambda _page: asked.append("printer"))

    QTest.mouseClick(page.best.result.print_button, LEFT)
    qtbot.waitUntil(lambda: asked == ["printer"])

    reports = window.page("reports")
    assert isinstance(reports, ReportsPage)
    assert window.current == "reports"
    assert Part.PAYOFF in reports.chosen()


def test_the_plan_is_saved_as_a_table(
    page: PayoffPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, kind, written in (
        ("plan.xlsx", "", "plan.xlsx"),
        ("plan.csv", "", "plan.csv"),
        ("plain", "CSV table (*.csv)", "plain.csv"),
        ("book", "Excel workbook (*.xlsx)", "book.xlsx"),
        ("plan 10.12", "Excel workbook (*.xlsx)", "plan 10.12.xlsx"),
    ):
        answered = (str(tmp_path / name), kind)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, answered=answered: answered)

        QTest.mouseClick(page.best.result.save_button, LEFT)

        assert page.best.result.note.text() == f"Saved: {tmp_path / written}"
        assert_whole(tmp_path / written)


def assert_whole(path: Path) -> None:
    """All payments are in a table, all tables in a workbook."""
    content = path.read_bytes()
    if path.suffix == ".csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert "2026-12-10" in lines[1]
        assert "1200.00" in lines[1]
        assert len(lines) == 6  # a heading, four payments, the sum
    else:
        with ZipFile(io.BytesIO(content)) as book:
            sheets = [each for each in book.namelist() if each.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 4


def test_a_file_that_cannot_be_written_says_so_and_none_chosen_changes_nothing(
    page: PayoffPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    QTest.mouseClick(page.best.result.save_button, LEFT)
    assert not page.best.result.note.isVisible()

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "no" / "a.csv"), ""))
    QTest.mouseClick(page.best.result.save_button, LEFT)
    assert "could not be written" in page.best.result.note.text()


def test_the_other_parts_are_saved_as_tables_too(
    qtbot: QtBot, page: PayoffPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    QTest.mouseClick(page.best.result.adopt_button, LEFT)
    saves = {OVER_TIME: page.over_time.save, FOLLOWED: page.followed.save, WHAT_IF: page.scenarios.save}
    for tab, save in saves.items():
        choose_tab(qtbot, page, tab)
        if tab == OVER_TIME:
            qtbot.waitUntil(lambda: page.over_time.over is not None)
        target = tmp_path / f"{tab}.csv"
        answered = (str(target), "")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, answered=answered: answered)

        save.button.click()

        assert save.note.text() == f"Saved: {target}"
        assert len(target.read_text("utf-8-sig").splitlines()) > 1


# --- the keyboard and screen readers ------------------------------------------------------------------


def nameless(widget: QWidget) -> list[str]:
    """What the keyboard stops at without a name to read aloud."""
    stops = [
        each
        for each in widget.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisibleTo(widget) and each.isEnabled()
    ]
    found = []
    for each in stops:
        text = each.text() if isinstance(each, (QAbstractButton, QLabel)) else ""
        if not (each.accessibleName() or text):
            found.append(type(each).__name__)
    assert stops
    return found


def test_every_stop_of_the_keyboard_has_a_name(qtbot: QtBot, page: PayoffPage) -> None:
    assert nameless(page) == []
    QTest.mouseClick(page.best.result.adopt_button, LEFT)
    for tab in (OVER_TIME, FOLLOWED, WHAT_IF):
        choose_tab(qtbot, page, tab)
        assert nameless(page) == [], tab


def test_every_stop_of_the_keyboard_for_talking_to_the_lenders_has_a_name(short: PayoffPage) -> None:
    assert nameless(short) == []
    QTest.mouseClick(short.best.short.hardship.letter_button, LEFT)
    assert nameless(short.pane) == []


def test_the_tabs_are_walked_by_the_keyboard(qtbot: QtBot, page: PayoffPage) -> None:
    page.tabs.setFocus()
    QTest.keyClick(page.tabs, Qt.Key.Key_Right)
    assert page.tabs.currentIndex() == OVER_TIME
    assert page.over_time.isVisible()
    assert not page.best.isVisible()
    QTest.keyClick(page.tabs, Qt.Key.Key_Left)
    wait(qtbot, page)
    assert page.best.isVisible()


@pytest.fixture
def in_window(qtbot: QtBot, session: Session) -> Iterator[PayoffPage]:
    """The page in its window, which has places beside it that the keyboard could get lost in."""
    two_bills(session.store)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.go("payoff")
    page = window.page("payoff")
    assert isinstance(page, PayoffPage)
    wait(qtbot, page)
    yield page
    window.close()


def test_the_keyboard_stays_in_the_page_after_adopting_giving_up_and_undoing(
    session: Session, in_window: PayoffPage
) -> None:
    page = in_window
    page.best.result.adopt_button.setFocus()

    QTest.keyClick(page.best.result.adopt_button, Qt.Key.Key_Space)
    assert page.tabs.hasFocus()
    page.followed.give_up_button.setFocus()
    QTest.keyClick(page.followed.give_up_button, Qt.Key.Key_Space)
    assert page.tabs.hasFocus()
    session.history.undo()
    page.followed.replan_button.setFocus()
    session.history.undo()
    session.history.undo()
    assert page.tabs.hasFocus()


def test_the_keyboard_stays_in_the_page_after_an_answer_and_planning_anew(in_window: PayoffPage) -> None:
    page = in_window
    page.best.result.adopt_button.click()
    for said in (Said.ASKED, Said.REFUSED):
        (todo,) = page.followed.todos
        button = todo.buttons[said]
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        form = page.pane.content
        assert isinstance(form, AnswerForm)
        form.save_button.setFocus()
        QTest.keyClick(form.save_button, Qt.Key.Key_Space)
        assert page.pane.content is None
        assert page.tabs.hasFocus()

    page.followed.replan_button.setFocus()
    QTest.keyClick(page.followed.replan_button, Qt.Key.Key_Space)
    assert page.tabs.currentIndex() == BEST
    assert page.tabs.hasFocus()


@pytest.mark.parametrize(("size", "percent"), [((1280, 800), 100), ((1024, 640), 200)])
def test_nothing_is_wider_than_the_page(
    qtbot: QtBot, qapp: QApplication, page: PayoffPage, size: tuple[int, int], percent: int
) -> None:
    apply_theme(qapp, "light", percent)
    page.resize(*size)
    for tab in (BEST, OVER_TIME, FOLLOWED, WHAT_IF):
        choose_tab(qtbot, page, tab)
        QApplication.processEvents()
        assert page.scroller.horizontalScrollBar().maximum() == 0, tab
    apply_theme(qapp, "light")


# --- where nothing holds -----------------------------------------------------------------------------


@pytest.fixture
def short(session: Session, opened: Opened) -> PayoffPage:
    """The page on the example, without the money for the minimums."""
    be_short(session.store, session.today)
    return opened()


def test_where_nothing_holds_the_view_for_talking_to_the_lenders_takes_its_place(short: PayoffPage) -> None:
    section = short.best.short

    assert section.isVisible()
    assert section.hardship.isVisible()
    assert not short.best.result.isVisible()
    words = texts(section.words)
    assert "is missing" in words
    assert "CN¥" in words
    assert section.hardship.offers.values_model.rowCount() == 3


def test_a_letter_opens_beside_it_and_the_offers_are_followed_in_one_step(
    session: Session, short: PayoffPage
) -> None:
    hardship = short.best.short.hardship
    hardship.offers.select(lambda offer: offer.creditor.name == "Huabei")
    QTest.mouseClick(hardship.script_button, LEFT)
    assert isinstance(short.pane.content, LetterView)
    assert short.pane.heading.text() == "What to say to Huabei"
    short.pane.close_content()

    QTest.mouseClick(hardship.adopt_button, LEFT)

    assert short.tabs.currentIndex() == FOLLOWED
    (plan,) = session.store.adopted_plans.followed()
    assert plan.method is Method.HARDSHIP
    assert session.history.undoText() == "Follow what is offered to the lenders"
    assert "what you offered the lenders" in texts(short.followed)


def test_sharing_in_proportion_changes_the_offers(short: PayoffPage) -> None:
    hardship = short.best.short.hardship
    before = [str(offer.monthly.value) for offer in hardship.offers.values_model.values]

    hardship.sharing.set_key(Sharing.IN_PROPORTION)
    hardship.sharing.changed.emit()

    after = [str(offer.monthly.value) for offer in hardship.offers.values_model.values]
    assert after == [str(offer.in_proportion.value) for offer in hardship.offers.values_model.values]
    assert hardship.sharing.value() == Sharing.IN_PROPORTION
    assert before != after


def test_a_debt_that_a_court_stands_behind_comes_first(session: Session, short: PayoffPage) -> None:
    hardship = short.best.short.hardship
    QTest.mouseClick(hardship.first_button, LEFT)
    form = short.pane.content
    assert isinstance(form, CourtForm)
    card = next(key for key, name in form._names.items() if name == "Chinese credit card")
    QTest.mouseClick(form.boxes[card].box, LEFT)
    QTest.mouseClick(form.save_button, LEFT)

    offers = {offer.creditor.account_id: offer for offer in hardship.offers.values_model.values}
    assert offers[card].creditor.is_first
    assert offers[card].monthly.value == offers[card].creditor.most
    assert first_accounts(session.store) == {card}


def test_the_budget_sheet_is_saved_as_a_pdf(
    qtbot: QtBot, short: PayoffPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "budget"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))

    QTest.mouseClick(short.best.short.hardship.sheet_button, LEFT)
    qtbot.waitUntil(lambda: "Saved" in short.best.short.note.text(), timeout=20_000)

    assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_a_plan_that_is_late_is_only_shown_on_demand_below_contact_the_lender_first(
    session: Session, opened: Opened
) -> None:
    late_bill(session.store)
    page = opened()
    best = page.best

    assert best.short.isVisible()
    assert not best.result.isVisible()
    assert best._late_heading.text() == "Contact the lender first"
    assert "It is no advice to stop paying" in texts(best._late_notice)
    QTest.mouseClick(best.late_button, LEFT)

    assert best.result.isVisible()
    assert not best.late_button.isVisible()
    assert row(page, 0)[3] == "15.50"


def test_what_is_short_of_the_reserve_alone_can_still_be_talked_about(
    qtbot: QtBot, session: Session, opened: Opened
) -> None:
    two_bills(session.store)
    page = opened()
    page._assume(type(page.scenario)("CNY", reserve=cny("5000")))
    wait(qtbot, page)
    section = page.best.short
    assert section.isVisible()
    if not section.hardship.isVisible():
        QTest.mouseClick(section.talk_button, LEFT)

    assert section.hardship.isVisible()
    assert section.hardship.offers.values_model.rowCount() == 2


def test_the_limits_and_the_assumptions_are_one_click_away_where_nothing_holds(short: PayoffPage) -> None:
    QTest.mouseClick(short.best.short.limits_button, LEFT)
    assert isinstance(short.pane.content, LimitsForm)
    short.pane.close_content()
    QTest.mouseClick(short.best.short.change_button, LEFT)
    assert isinstance(short.pane.content, WhatIfForm)
