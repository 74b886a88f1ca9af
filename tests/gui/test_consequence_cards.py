"""What being late may lead to, in the window: cards that fold, and less detail that hides them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.consequences.card import NO_CARDS, Card, Cards
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.sourced import Reliability, Source
from planner.gui.consequences import ConsequenceCards, is_less
from planner.gui.pages.overdue import LatePage
from planner.gui.pages.procedure_parts.case import CaseWidget
from planner.gui.pages.settings import SettingsPage
from planner.gui.recording.states import StateForm
from planner.gui.session import Session
from planner.gui.wrapping import WrappedLink
from planner.services.account_states import note_state
from planner.services.accounts import account_from, save_account
from planner.services.procedures import case_view, start_case
from planner.store.catalogue import product
from planner.store.store import Store

PAGE, LAW = Source("a page", date(2026, 11, 22)), Source("a law", reliability=Reliability.HIGH)
ONE = Card("one", "CN", "First fact", "What there is to say.", PAGE, also=(LAW,))
TWO = Card("two", "CN", "Second fact", "More of it.", LAW)
THREE = Card("three", "ZZ", "Third fact", "Everywhere.", LAW)
CARDS = Cards((ONE, TWO), (THREE,))


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def late_account(store: Store, due_on: date, product_id: str = "jd-baitiao") -> str:
    sheet = product(product_id)
    assert sheet is not None
    account = account_from(sheet, "白条")
    lines = (BillLine(LineKind.UNITEMISED, Money.of("100.00", "CNY")),)
    with store.transaction():
        save_account(store, account)
        store.bills.save(Bill(account.id, due_on - timedelta(days=9), due_on, lines))
    return account.id


@pytest.fixture
def cards(qtbot: QtBot, session: Session) -> ConsequenceCards:
    """The widget with two cards that concern somebody and one more."""
    made = ConsequenceCards(session)
    qtbot.addWidget(made)
    made.show_cards(CARDS)
    made.show()
    return made


@pytest.fixture
def page_of(qtbot: QtBot, session: Session) -> Callable[[], LatePage]:
    """Shows the place Late as it is when it is first visited."""

    def make() -> LatePage:
        page = LatePage(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        return page

    return make


# --- the widget


@pytest.mark.row("C079")
def test_cards_begin_folded_and_open_one_by_one_with_everybody_who_says_so(cards: ConsequenceCards) -> None:
    assert set(texts(cards).splitlines()) == {
        "What being late may lead to",
        "First fact",
        "Second fact",
        "All of them: 1 more",
        "It also hides what may happen by day, and the 90-day line on Today, until you show it again.",
    }

    QTest.keyClick(cards.folds["CN", "one"].chevron, Qt.Key.Key_Return)

    words = texts(cards)
    assert "What there is to say." in words
    assert "As of 22 Nov 2026" in words
    assert "a page" in words
    assert "a law" in words
    assert "More of it." not in words


def test_the_others_stand_in_a_fold_of_their_own(cards: ConsequenceCards) -> None:
    QTest.keyClick(cards.others.chevron, Qt.Key.Key_Space)

    assert "Third fact" in texts(cards)
    assert "Everywhere." not in texts(cards)

    QTest.keyClick(cards.folds["ZZ", "three"].chevron, Qt.Key.Key_Space)

    assert "Everywhere." in texts(cards)


def test_a_card_that_was_open_stays_open_when_others_come(cards: ConsequenceCards) -> None:
    cards.folds["CN", "one"].set_open(is_open=True)

    cards.show_cards(Cards((TWO, ONE)))

    assert "What there is to say." in texts(cards)
    assert not cards.folds["CN", "two"].is_open
    assert not cards.others.isVisibleTo(cards)


def test_without_a_card_nothing_is_there(cards: ConsequenceCards) -> None:
    cards.show_cards(NO_CARDS)

    assert not cards.isVisible()


@pytest.mark.row("C079")
def test_less_detail_hides_every_card_and_the_same_button_shows_them_again(
    session: Session, cards: ConsequenceCards
) -> None:
    cards.folds["CN", "one"].set_open(is_open=True)
    cards.detail_button.setFocus()
    assert cards.detail_button.text() == "Show less detail"

    QTest.keyClick(cards.detail_button, Qt.Key.Key_Space)

    assert texts(cards).splitlines() == [
        "What being late may lead to",
        "You chose to see less detail, so this is hidden.",
    ]
    assert session.store.settings.get("less_detail") == "1"
    assert (cards.detail_button.text(), cards.detail_button.isVisible()) == ("Show again", True)

    QTest.keyClick(cards.detail_button, Qt.Key.Key_Space)

    assert session.store.settings.get("less_detail") == "0"
    assert "What there is to say." in texts(cards)
    assert cards.detail_button.text() == "Show less detail"


@pytest.mark.row("C079")
def test_less_detail_is_kept_across_starts(qtbot: QtBot, tmp_path: Path, today: date) -> None:
    path = tmp_path / "kept.db"
    first = Session(Store.create(path), today)
    before = ConsequenceCards(first)
    qtbot.addWidget(before)
    before.show_cards(CARDS)
    before.detail_button.click()
    assert first.close() is None

    second = Session(Store.open(path), today)
    after = ConsequenceCards(second)
    qtbot.addWidget(after)
    after.show_cards(CARDS)

    assert is_less(second)
    assert "First fact" not in texts(after)
    assert after.detail_button.text() == "Show again"
    second.close()


@pytest.mark.row("C079")
def test_the_settings_hide_and_show_them_too(qtbot: QtBot, session: Session, cards: ConsequenceCards) -> None:
    settings = SettingsPage(session)
    qtbot.addWidget(settings)
    settings.show()

    QTest.keyClick(settings.less_detail.box, Qt.Key.Key_Space)
    assert "First fact" not in texts(cards)
    cards.detail_button.click()

    assert "First fact" in texts(cards)
    assert not settings.less_detail.value()
    assert "what being late may lead to" in texts(settings)


def test_nothing_is_red_and_nothing_is_shouted(cards: ConsequenceCards) -> None:
    for fold in cards.folds.values():
        fold.set_open(is_open=True)

    names = {widget.objectName() for widget in cards.findChildren(QWidget)}
    assert not names & {"warning", "danger", "error"}
    assert "!" not in texts(cards)


def test_tab_goes_through_them_as_the_eye_does(cards: ConsequenceCards) -> None:
    cards.others.set_open(is_open=True)
    wanted: list[QWidget] = [
        cards.folds["CN", "one"].chevron,
        cards.folds["CN", "two"].chevron,
        cards.others.chevron,
        cards.folds["ZZ", "three"].chevron,
        cards.detail_button,
    ]

    seen, following = [wanted[0]], wanted[0].nextInFocusChain()
    while following is not None and following is not wanted[0]:
        if following in wanted:
            seen.append(following)
        following = following.nextInFocusChain()

    assert seen == wanted


def test_another_language_is_spoken_at_once(cards: ConsequenceCards) -> None:
    with i18n.speaking("zh"):
        cards.show_cards(CARDS)
        assert cards.detail_button.text() == i18n._("Show less detail")


# --- on the place Late


@pytest.mark.row("C030", "C031", "C095", "C106")
def test_the_place_late_shows_the_cards_of_what_is_late_beside_its_days(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    late_account(session.store, date(2026, 11, 10))
    page = page_of()

    assert "A late payment may be kept in your credit record" in texts(page.cards)
    assert "A lender may take a debt to court" not in texts(page.cards)
    page.cards.others.set_open(is_open=True)
    assert "A lender may take a debt to court" in texts(page.cards)
    days = texts(page.milestones)
    assert "10 Nov 2026 – 11 Nov 2026: Messages of the lender usually begin" in days
    assert "25 Nov 2026: The account may be frozen" in days
    assert "11 Nov 2026 – 8 Feb 2027: The late payment may be reported" in days


def test_less_detail_hides_the_days_too_and_keeps_the_costs(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    late_account(session.store, date(2026, 11, 10))
    page = page_of()
    page.cards.detail_button.setFocus()

    QTest.keyClick(page.cards.detail_button, Qt.Key.Key_Space)

    assert not page.milestones.isVisible()
    assert page.figures[0].isVisible()
    assert page.window().focusWidget() is page.cards.detail_button
    QTest.keyClick(page.cards.detail_button, Qt.Key.Key_Space)
    assert page.milestones.isVisible()
    assert "Late from this day on" in texts(page.milestones)


@pytest.mark.row("C053")
def test_a_report_that_is_recorded_brings_its_day_and_its_card(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    account = late_account(session.store, date(2026, 11, 10))
    page = page_of()
    assert "What is wrong in the report can be corrected" not in texts(page.cards)

    session.do("Note", note_state, account, State.REPORTED, date(2026, 11, 20), session.today)

    assert "20 Nov 2026: As you recorded, the lender reported it" in texts(page.milestones)
    assert "What is wrong in the report can be corrected" in texts(page.cards)
    session.history.undo()
    assert "What is wrong in the report can be corrected" not in texts(page.cards)


@pytest.mark.row("C053")
def test_a_report_that_ended_keeps_its_day_and_says_when_it_ended(
    qtbot: QtBot, session: Session, page_of: Callable[[], LatePage]
) -> None:
    account = late_account(session.store, date(2026, 11, 10))
    session.do("Note", note_state, account, State.REPORTED, date(2026, 11, 12), session.today)
    page = page_of()
    form = StateForm(session, account)
    qtbot.addWidget(form)
    form.show()
    assert "reported to the credit register" in texts(form)

    form.what.box.setCurrentIndex(form.what.box.findData("unreported"))
    form.since.set_day(date(2026, 11, 21))
    assert form.submit()

    kept = session.store.accounts.get(account)
    assert kept.restrictions_on(session.today) == frozenset()
    assert form.what.box.findData("unreported") == -1
    days = texts(page.milestones)
    assert "reported it to the credit register. It ended on 21 Nov 2026." in days
    assert "What is wrong in the report can be corrected" not in texts(page.cards)


def test_with_nothing_asked_there_are_no_cards(page_of: Callable[[], LatePage]) -> None:
    assert not page_of().cards.isVisible()


@pytest.mark.row("C051")
def test_the_counts_of_every_other_account_stand_between_its_own_and_all(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    store = session.store
    late_account(store, date(2026, 11, 10))
    card = late_account(store, date(2026, 9, 10), "huabei")
    with store.transaction():
        store.accounts.save(store.accounts.get(card))
        store.payments.save(Payment(card, Money.of("100.00", "CNY"), date(2026, 9, 13)))
    page = page_of()

    lines = texts(page.counts).splitlines()
    assert lines[1] == "1 late month in all, 1 in a row now, 1 at most; the longest delay: 12 days"
    assert lines[2] == "白条: 1 late month in all, 1 in a row now, 1 at most; the longest delay: 3 days"
    assert lines[3].startswith("All accounts together: 2 late months in all")


# --- beside the steps of a procedure


def case_widget(qtbot: QtBot, session: Session, procedure: str) -> CaseWidget:
    account = late_account(session.store, date(2026, 11, 10))
    with session.store.transaction():
        case = start_case(session.store, procedure, account, session.today)
    widget = CaseWidget(session)
    qtbot.addWidget(widget)
    widget.show_view(case_view(session.store, case, session.today))
    widget.show()
    return widget


def test_a_procedure_about_something_else_shows_none(qtbot: QtBot, session: Session) -> None:
    assert not case_widget(qtbot, session, "cancel-jd-baitiao").cards.isVisible()


@pytest.mark.row("C031", "C079", "C106")
@pytest.mark.parametrize("procedure", ["negotiate", "unfreeze"])
def test_a_procedure_about_being_late_shows_them_beside_its_steps(
    qtbot: QtBot, session: Session, procedure: str
) -> None:
    widget = case_widget(qtbot, session, procedure)

    assert "A late payment may be kept in your credit record" in texts(widget.cards)
    assert "An account with late payments may be frozen" in texts(widget.cards)
    widget.cards.detail_button.click()
    assert "A late payment may be kept in your credit record" not in texts(widget.cards)
    assert widget.cards.detail_button.isVisibleTo(widget)


def test_the_card_on_freezing_leads_to_having_it_lifted(
    qtbot: QtBot, session: Session, page_of: Callable[[], LatePage]
) -> None:
    account = late_account(session.store, date(2026, 11, 10))
    page = page_of()
    page.cards.folds["CN", "frozen"].set_open(is_open=True)
    (link,) = (link for link in page.cards.findChildren(WrappedLink) if link.isVisibleTo(page))
    assert "Have JD Baitiao unfrozen" in texts(link)

    link.setFocus()
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.keyClick(link, Qt.Key.Key_Space)

    assert wanted.args == ["procedures", f"procedure:unfreeze/{account}"]


def test_beside_the_steps_of_a_procedure_no_card_leads_to_it(qtbot: QtBot, session: Session) -> None:
    widget = case_widget(qtbot, session, "unfreeze")

    widget.cards.folds["CN", "frozen"].set_open(is_open=True)

    assert not [link for link in widget.cards.findChildren(WrappedLink) if link.isVisibleTo(widget)]
