"""Scenarios of what being late leads to: from the day of a message to a court, in the window and on paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.overdue import Milestone
from planner.domain.payment import Payment
from planner.domain.sourced import Reliability, Span
from planner.gui.pages.overdue import LatePage
from planner.gui.recording.states import StateForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.i18n import explain
from planner.services.accounts import account_from, save_account
from planner.services.overdue import Asked, cost_of_delay
from planner.store.catalogue import product
from planner.store.store import Store
from tests.terminal import Run

DUE_ON = date(2026, 11, 10)


@pytest.fixture
def session(qapp: QApplication, store: Store, today: date) -> Session:
    """The person's file: a Baitiao whose bill of 1,000.00 was due twelve days ago."""
    apply_theme(qapp, "light")
    baitiao(store)
    return Session(store, today)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> LatePage:
    """The place Late cost."""
    made = LatePage(session)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def baitiao(store: Store, due_on: date = DUE_ON) -> Account:
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, "京东白条")
    lines = (BillLine(LineKind.UNITEMISED, Money.of("1000.00", "CNY")),)
    with store.transaction():
        save_account(store, account)
        store.bills.save(Bill(account.id, due_on - timedelta(days=9), due_on, lines))
    return account


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def read(page: LatePage, title: str) -> str:
    """What a card says, opened by the keyboard."""
    (fold,) = (fold for fold in page.cards.folds.values() if fold.chevron.accessibleName() == title)
    page.cards.others.set_open(is_open=True)
    QTest.keyClick(fold.chevron, Qt.Key.Key_Space)
    return texts(fold)


def told(page: LatePage, words: str) -> Milestone:
    assert page.cost is not None
    (mark,) = (mark for mark in page.cost.milestones if words in explain(mark.text))
    return mark


@pytest.mark.row("C095")
def test_the_message_of_the_lender_stands_first_on_the_timeline_with_its_source(page: LatePage) -> None:
    message = told(page, "Messages of the lender")

    assert page.cost is not None
    assert page.cost.milestones[0] is message
    assert message.when == Span(date(2026, 11, 10), date(2026, 11, 11))
    assert "京东二次分期还款方式有哪些, 2024-11-17" in message.source
    assert message.reliability is Reliability.LOW
    assert "Messages of the lender usually begin: a text message first" in texts(page.milestones)
    assert "tell nobody a code" in read(page, "What the lender sends, and when")


@pytest.mark.row("C106", "C053")
def test_freezing_and_reporting_are_on_the_timeline_and_can_be_recorded_with_their_day(
    qtbot: QtBot, session: Session, page: LatePage
) -> None:
    assert told(page, "may be frozen").on == date(2026, 11, 25)
    assert "stays due" in read(page, "An account with late payments may be frozen")
    account = session.store.accounts.all()[0]
    form = StateForm(session, account.id)
    qtbot.addWidget(form)
    form.show()

    for key in ("frozen", "reported"):
        form.what.box.setCurrentIndex(form.what.box.findData(key))
        form.since.set_day(date(2026, 11, 20))
        assert form.submit()

    kept = session.store.accounts.get(account.id)
    assert kept.restrictions_on(session.today) == {State.FROZEN, State.REPORTED}
    assert [dated.since for dated in kept.states] == [date(2026, 11, 20)] * 2
    days = texts(page.milestones)
    assert "20 Nov 2026: As you recorded, the lender froze the account." in days
    assert "20 Nov 2026: As you recorded, the lender reported it to the credit register." in days


@pytest.mark.row("C031")
def test_what_the_record_touches_is_told_and_travel_only_with_a_court(page: LatePage) -> None:
    words = read(page, "A late payment may be kept in your credit record")

    assert "flat, a car or another loan" in words
    assert "Travelling is another matter: only a court can limit it." in words
    assert "low" in words.lower() or "weak" in words.lower()
    assert "machine-translated" in words


@pytest.mark.row("C030", "C033")
def test_a_court_and_what_only_a_court_can_do_are_told_with_their_law_and_whom_they_concern(
    page: LatePage,
) -> None:
    assert "go to the hearing" in read(page, "A lender may take a debt to court")
    limits = read(page, "Limits on flights and fast trains come only from a court")
    assert "could pay or who evade paying, not those who cannot" in limits
    assert "Supreme People's Court, rules of 2010" in limits


@pytest.mark.row("C032")
def test_the_costs_of_a_lawsuit_are_entered_and_paying_later_does_not_clear_the_record(
    session: Session, page: LatePage
) -> None:
    account = session.store.accounts.all()[0]
    (due,) = session.store.ledgers.position(session.today).of_account(account.id).late
    asked = Asked(litigation=Money.of("300.00", "CNY"))
    today = session.today

    without = cost_of_delay(session.store, [due.id], today, today)
    court = cost_of_delay(session.store, [due.id], today, today, asked).ways[-1]

    assert court.total is not None
    assert without.ways[0].total is not None
    assert court.total.low - without.ways[0].total.low == Money.of("300.00", "CNY")
    card = read(page, "Paying after a judgement does not take the record away")
    assert "November 2015" in card
    assert "five years all the same" in card


@pytest.mark.row("C049")
def test_no_card_promises_a_clean_record_and_each_sends_to_the_lender(page: LatePage) -> None:
    words = read(page, "From which day a late payment is reported differs")

    assert "Ask your lender from which day it reports" in words
    assert told(page, "may be reported").when == Span(date(2026, 11, 11), date(2027, 2, 8))
    everything = texts(page).lower()
    assert "does not affect" not in everything
    assert "malicious" not in everything


@pytest.mark.row("C050", "C051", "C052")
def test_ninety_days_three_in_a_row_and_six_in_all_have_their_days_and_lenders_differ(page: LatePage) -> None:
    assert told(page, "90 days").on == DUE_ON + timedelta(days=90)
    assert told(page, "3 late months in a row.").on == date(2027, 1, 11)
    assert told(page, "6 late months in all.").on == date(2027, 4, 11)
    assert "1 late month in all, 1 in a row now" in texts(page.counts)
    assert "Lenders differ" in texts(page.milestones)
    assert "Ask the one from which you want to borrow." in read(
        page, "Lenders judge late payments by different rules"
    )


@pytest.mark.row("C051")
def test_three_late_months_in_a_row_are_counted_for_the_account_and_in_all_with_who_looks_at_them(
    session: Session, page: LatePage
) -> None:
    account = session.store.accounts.all()[0]
    with session.store.transaction():
        for month in (8, 9, 10):
            on = date(2026, month, 10)
            lines = (BillLine(LineKind.UNITEMISED, Money.of("50.00", "CNY")),)
            session.store.bills.save(Bill(account.id, on - timedelta(days=9), on, lines))
            paid = Payment(account.id, Money.of("50.00", "CNY"), on + timedelta(days=4))
            session.store.payments.save(paid)
    page.refresh()

    counts = texts(page.counts)
    assert "4 late months in all, 4 in a row now" in counts
    assert "Many lenders look at 3 late months in a row or more." in counts
    assert page.cost is not None
    assert not [mark for mark in page.cost.milestones if "in a row." in explain(mark.text)]


@pytest.mark.row("C054", "C055")
def test_the_charge_begins_on_the_day_after_or_after_grace_and_spans_what_all_sources_say(
    page: LatePage,
) -> None:
    assert page.cost is not None
    by_day = {day.day: day.cost for day in page.cost.days}

    assert by_day[DUE_ON] == yuan("0", "0")
    # 1,000.00 at 0.07 % a day from the day after; the low end takes three days of grace for granted.
    assert by_day[date(2026, 11, 11)] == yuan("0", "0.70")
    assert by_day[date(2026, 11, 13)] == yuan("0", "2.10")
    # Then 0.03 % and 0.07 % of all four days.
    assert by_day[date(2026, 11, 14)] == yuan("1.20", "2.80")
    assert "0.05% a day" in texts(page.sources)


def yuan(low: str, high: str) -> Span[Money]:
    return Span(Money.of(low, "CNY"), Money.of(high, "CNY"))


@pytest.mark.row("C056")
def test_the_free_report_is_told_with_its_law(page: LatePage) -> None:
    words = read(page, "Your credit report is free twice a year")

    assert "征信业管理条例 (credit reporting regulation, 2013), art. 17" in words
    assert "two times a year" in words


@pytest.mark.row("C079")
def test_the_cards_are_switched_off_where_they_stand_and_stay_off_until_they_are_wanted_again(
    qtbot: QtBot, session: Session, page: LatePage
) -> None:
    title = "A late payment may be kept in your credit record"
    assert title in texts(page)
    page.cards.detail_button.setFocus()

    QTest.keyClick(page.cards.detail_button, Qt.Key.Key_Space)

    assert title not in texts(page)
    assert not page.milestones.isVisibleTo(page)
    again = LatePage(Session(session.store, session.today))
    qtbot.addWidget(again)
    again.show()
    assert title not in texts(again)
    QTest.keyClick(again.cards.detail_button, Qt.Key.Key_Space)
    assert title in texts(again)


@pytest.mark.row("C041")
@pytest.mark.parametrize(
    ("paid", "leaves"),
    [
        (date(2026, 11, 30), date(2031, 11, 30)),
        (date(2027, 2, 28), date(2032, 2, 28)),
        (date(2028, 2, 29), date(2033, 2, 28)),
        (date(2027, 12, 31), date(2032, 12, 31)),
    ],
)
def test_the_record_leaves_five_years_after_the_day_of_paying(
    session: Session, paid: date, leaves: date
) -> None:
    (due,) = session.store.ledgers.position(session.today).late

    found = cost_of_delay(session.store, [due.id], session.today, paid, is_daily=False)

    marks = {explain(mark.text): mark.on for mark in found.milestones}
    (on,) = (on for text, on in marks.items() if "would leave the credit report" in text)
    assert on == leaves == found.record_leaves(paid)
    assert marks["While something stays unpaid, the five years have not started."] is None


@pytest.mark.row("C030", "C095", "C106")
def test_the_command_line_tells_the_same_days_and_cards(
    run: Run, tmp_path: Path, today: date, page_words: Callable[[Store], tuple[list[str], list[str]]]
) -> None:
    path = tmp_path / "late.db"
    store = Store.create(path)
    baitiao(store)
    days, titles = page_words(store)
    store.close()

    said = run("late", "--today", today, "--store", path).out
    plain = json.loads(run("late", "--today", today, "--store", path, "--json").out)

    assert [line for line in days if line not in said] == []
    assert [title for title in titles if title not in said] == []
    (account,) = plain["accounts"]
    assert [card["title"] for card in account["cards"]["first"]] == titles
    assert all(card["source"] and card["checked"] == "2026-11-22" for card in account["cards"]["first"])
    message = account["milestones"][0]
    assert (message["on"], message["until"]) == ("2026-11-10", "2026-11-11")


@pytest.fixture
def page_words(today: date) -> Callable[[Store], tuple[list[str], list[str]]]:
    """The days with what happens on them, and the titles of the cards, as the window has them."""

    def words(store: Store) -> tuple[list[str], list[str]]:
        (due,) = store.ledgers.position(today).late
        found = cost_of_delay(store, [due.id], today, today)
        dated = [explain(mark.text) for mark in found.milestones if mark.on is not None]
        return dated, [card.title for card in found.cards.first]

    return words
