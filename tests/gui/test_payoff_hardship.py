from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.hardship.hardship import Hardship
from planner.domain.hardship.shares import Sharing
from planner.domain.money import Money
from planner.domain.payoff.best import best_plan
from planner.gui.asking import WHY, Why
from planner.gui.pages.payoff_parts.hardship import HardshipSection
from planner.gui.pages.payoff_parts.help import HelpList
from planner.gui.pages.payoff_parts.letter import LetterView
from planner.gui.pages.payoff_parts.short import ShortView
from planner.gui.session import Session
from planner.i18n import show
from planner.services.hardship import Asking, hardship_view
from planner.services.payoff import payoff_question
from tests.gui.payoff_cases import be_short

LEFT = Qt.MouseButton.LeftButton


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def hardship(session: Session) -> Hardship:
    be_short(session.store, session.today)
    found = hardship_view(session.store, session.today, "CNY")
    assert found is not None
    return found


@pytest.fixture
def section(qtbot: QtBot, session: Session, hardship: Hardship) -> HardshipSection:
    section = HardshipSection(session)
    qtbot.addWidget(section)
    section.resize(1000, 2000)
    section.show_hardship(hardship)
    section.help.show_help("CN", ("jd-baitiao",))
    section.show()
    return section


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def rows(section: HardshipSection, title: str) -> list[str]:
    model = section.offers.values_model
    number = [each.title for each in model.columns].index(title)
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_it_says_when_and_by_how_much_the_money_does_not_reach(
    section: HardshipSection, hardship: Hardship
) -> None:
    shortage = hardship.shortage
    assert shortage is not None
    words = texts(section)

    assert f"On {show(shortage.first_on)}, {show(shortage.by)} is missing" in words
    # What would do stands above, once.
    assert show(shortage.least_extra) not in words
    assert section.shortage.text.answer() is not None


def test_essentials_come_first_in_the_budget_and_each_amount_says_why(
    section: HardshipSection, hardship: Hardship
) -> None:
    model = section.budget.values_model
    names = [model.index(row, 0).data() for row in range(model.rowCount())]

    assert names == [
        "Salary",
        "Income together",
        "Housing",
        "Essentials together",
        "Left for the debts",
    ]
    assert model.index(4, 1).data() == show(hardship.budget.left) == "CN¥900.00"
    assert all(isinstance(model.index(row, 1).data(WHY), Why) for row in range(model.rowCount()))


def budget_rows(section: HardshipSection) -> list[tuple[str, str]]:
    model = section.budget.values_model
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def test_the_budget_names_its_month_and_why_it_is_that_one(
    section: HardshipSection, session: Session
) -> None:
    assert "Dec 2026: essentials first" in texts(section)
    assert section.budget.accessibleName() == "The budget of Dec 2026"
    assert "leaves the least" not in texts(section)

    begins = CashFlow("Bus", Category.TRANSPORT, cny("100"), Recurrence(date(2027, 1, 5)))
    with session.store.transaction():
        session.store.cash_flows.save(begins)
    section.show_hardship(hardship_view(session.store, session.today, "CNY"))

    assert "Jan 2027: essentials first" in texts(section)
    assert "Of the months looked at, this one leaves the least" in texts(section)


def test_less_income_that_is_assumed_has_a_line_so_that_the_sum_adds_up(
    section: HardshipSection, session: Session
) -> None:
    asked = Asking(extra_income=cny("-500"))
    section.show_hardship(hardship_view(session.store, session.today, "CNY", asked=asked))

    assert budget_rows(section)[:3] == [
        ("Salary", "CN¥3,500.00"),
        ("Assumed beside what is recorded", "-CN¥500.00"),
        ("Income together", "CN¥3,000.00"),
    ]
    assert isinstance(section.budget.values_model.index(1, 1).data(WHY), Why)


def test_how_many_payments_it_takes_says_that_nothing_more_is_assumed_to_be_charged(
    section: HardshipSection,
) -> None:
    assert "counted as if nothing more were charged" in texts(section)


def test_the_offers_are_together_never_more_than_what_is_left(
    section: HardshipSection, hardship: Hardship
) -> None:
    assert rows(section, "Offer a month") == [show(each.monthly) for each in hardship.proposals]
    assert sum(each.monthly.value.minor for each in hardship.proposals) <= 90_000
    assert rows(section, "Lender") == ["JD Baitiao", "Huabei", "Chinese credit card"]


def test_another_way_of_sharing_is_asked_for(qtbot: QtBot, section: HardshipSection) -> None:
    section.sharing.set_key(Sharing.IN_PROPORTION)

    with qtbot.waitSignal(section.sharing_chosen) as signal:
        section.sharing.changed.emit()

    assert signal.args == [Sharing.IN_PROPORTION]


@pytest.mark.parametrize(("is_script", "name"), [(False, "letter_button"), (True, "script_button")])
def test_a_text_is_wanted_for_the_lender_that_is_chosen(
    qtbot: QtBot, section: HardshipSection, hardship: Hardship, name: str, *, is_script: bool
) -> None:
    section.offers.select(lambda offer: offer.creditor.name == "Huabei")
    wanted = next(each for each in hardship.proposals if each.creditor.name == "Huabei")

    with qtbot.waitSignal(section.text_wanted) as signal:
        QTest.mouseClick(getattr(section, name), LEFT)

    assert signal.args == [wanted.creditor.account_id, is_script]


def test_what_to_know_of_a_lender_stands_below_the_offers(
    section: HardshipSection, hardship: Hardship
) -> None:
    section.offers.select(lambda offer: offer.creditor.name == "Huabei")
    wanted = next(each for each in hardship.proposals if each.creditor.name == "Huabei")

    assert wanted.notes
    words = texts(section)
    assert all(i18n.explain(note) in words for note in wanted.notes)


def test_free_help_names_its_source_and_that_it_has_to_be_checked(section: HardshipSection) -> None:
    words = texts(section.help)

    assert "12378" in words
    assert "Check before relying on it: last looked at on" in words
    assert words.count("Source: ") == len(section.help.entries)


def test_help_is_for_the_country_that_is_chosen_and_the_choice_stays(qtbot: QtBot, session: Session) -> None:
    help_list = HelpList(session)
    qtbot.addWidget(help_list)
    help_list.show_help("CN", ())
    assert {entry.country for entry in help_list.entries} <= {"CN", "ZZ"}

    help_list.country.set_key("FR")
    help_list.country.changed.emit()
    assert "FR" in {entry.country for entry in help_list.entries}
    help_list.show_help("CN", ())

    assert help_list.country.value() == "FR"


# --- in the place Payoff ------------------------------------------------------------------------------


@pytest.mark.parametrize(("rent", "is_told"), [("2600", True), ("3600", False)])
def test_what_would_do_is_told_once_and_not_where_each_month_lacks_something(
    qtbot: QtBot, session: Session, rent: str, *, is_told: bool
) -> None:
    store = session.store
    be_short(store, session.today)
    with store.transaction():
        flow = next(each for each in store.cash_flows.all() if each.name == "Rent")
        store.cash_flows.save(replace(flow, amount=cny(rent)))
    plan = best_plan(payoff_question(store, session.today, "CNY"))
    view = ShortView(session)
    qtbot.addWidget(view)
    view.show_plan(plan)
    view.show()
    words = texts(view)

    assert i18n.explain(plan.short[0]) in words
    assert (i18n.explain(plan.short[1]) in words) is is_told
    assert ("Each month lacks at least CN¥100.00 before any debt is paid" in words) is not is_told
    assert words.count("more from today on") == int(is_told)
    assert "more cash would" not in words


def test_expenses_that_are_not_covered_are_named_first_and_an_offer_of_nothing_has_no_first_day(
    qtbot: QtBot, session: Session
) -> None:
    store = session.store
    be_short(store, session.today)
    with store.transaction():
        (pay,) = (each for each in store.cash_flows.all() if each.name == "Salary")
        store.cash_flows.save(replace(pay, recurrence=Recurrence(date(2026, 12, 8))))
    view = ShortView(session)
    qtbot.addWidget(view)
    view.show_plan(best_plan(payoff_question(store, session.today, "CNY")))
    view.show()
    section = view.hardship

    # 150 is there for a rent of 2,600 on the first, and again too little on 1 January: 1,050 of 2,600.
    assert view.words.text.text().startswith(
        "On 1 Dec 2026, CN¥2,450.00 is missing for essentials and other expenses, before any debt is paid."
    )
    assert section.title.text() == "The cash does not cover every expense"
    assert section.shortage.text.text().startswith("With what has to be paid to lenders at least, CN¥")
    assert "A month leaves CN¥900.00, but on 1 Jan 2027 nothing is there to pay lenders from." in texts(
        section
    )
    assert set(rows(section, "Offer a month")) == {"CN¥0.00"}
    assert set(rows(section, "First payment")) == {"–"}
    assert not section.adopt_button.isEnabled()


def test_the_reason_that_was_typed_for_a_letter_is_there_for_the_telephone(
    qtbot: QtBot, session: Session, hardship: Hardship
) -> None:
    view = ShortView(session)
    qtbot.addWidget(view)
    view.show_plan(best_plan(payoff_question(session.store, session.today, "CNY")))
    opened: list[LetterView] = []
    view.opened.connect(lambda made, _heading: opened.append(made))
    view.hardship.letter_button.click()
    QTest.keyClicks(opened[0].reason.edit, "Fewer hours.")

    view.hardship.offers.select(lambda offer: offer.creditor.name == hardship.proposals[-1].creditor.name)
    view.hardship.script_button.click()

    assert opened[1].reason.text() == "Fewer hours."
    assert "Fewer hours." in opened[1].text.toPlainText()
    for each in opened:
        each.deleteLater()


# --- letters and scripts ------------------------------------------------------------------------------


Opened = Callable[..., LetterView]


@pytest.fixture
def opened(qtbot: QtBot, session: Session, hardship: Hardship) -> Opened:
    def make(*, is_script: bool = False) -> LetterView:
        account = session.store.accounts.get(hardship.proposals[0].creditor.account_id)
        view = LetterView(session, hardship, account, is_script=is_script)
        qtbot.addWidget(view)
        view.resize(420, 900)
        view.show()
        return view

    return make


def choose_language(view: LetterView, language: str) -> None:
    view.language.set_key(language)
    view.language.changed.emit()


@pytest.mark.row("C038")
def test_a_letter_speaks_the_language_that_is_chosen_and_not_that_of_the_window(opened: Opened) -> None:
    view = opened()
    assert view.text.toPlainText().startswith("[Your name and postal address]")
    english = view.text.toPlainText()

    choose_language(view, "fr")

    assert view.text.toPlainText() != english
    assert i18n.language() == "en"
    assert view.copy_button.text() == "Copy the text"


def test_a_french_letter_with_its_hard_spaces_is_no_change_by_hand(opened: Opened) -> None:
    view = opened()
    english = view.text.toPlainText()
    choose_language(view, "fr")
    french = view.text.toPlainText()

    QTest.keyClicks(view.reason.edit, "Heures en moins.")

    assert "Heures en moins." in view.text.toPlainText()
    assert not view.anew_button.isVisible()
    QTest.mouseClick(view.copy_button, Qt.MouseButton.LeftButton)
    assert "\u202f" in QGuiApplication.clipboard().text()
    view.reason.edit.selectAll()
    QTest.keyClick(view.reason.edit, Qt.Key.Key_Backspace)
    assert view.text.toPlainText() == french
    choose_language(view, "en")
    assert view.text.toPlainText() == english


def test_the_reason_goes_into_the_letter_as_it_is_typed(opened: Opened) -> None:
    view = opened()

    QTest.keyClicks(view.reason.edit, "My hours were cut.")

    assert "My hours were cut." in view.text.toPlainText()


def test_what_was_changed_by_hand_is_kept_until_the_user_wants_it_anew(opened: Opened) -> None:
    view = opened()
    view.text.setFocus()
    QTest.keyClicks(view.text, "Ms Li, ")
    changed = view.text.toPlainText()
    assert not view.anew_button.isVisible()

    QTest.keyClicks(view.reason.edit, "Illness.")

    assert view.text.toPlainText() == changed
    assert view.anew_button.isVisible()
    QTest.mouseClick(view.anew_button, LEFT)
    assert "Ms Li" not in view.text.toPlainText()
    assert "Illness." in view.text.toPlainText()
    assert not view.anew_button.isVisible()


def test_after_a_change_by_hand_another_language_waits_until_the_user_wants_it_anew(opened: Opened) -> None:
    view = opened()
    QTest.keyClicks(view.text, "Ms Li, ")
    changed = view.text.toPlainText()

    choose_language(view, "fr")

    assert view.text.toPlainText() == changed
    assert view.language.value() == "en"
    assert "Français" in view.language.hint.text()
    assert view.anew_button.isVisible()
    assert view.focusWidget() is view.anew_button
    QTest.keyClick(view.anew_button, Qt.Key.Key_Space)
    assert view.language.value() == "fr"
    assert "Ms Li" not in view.text.toPlainText()
    assert "Madame" in view.text.toPlainText()
    assert view.language.hint.text() == ""
    assert not view.anew_button.isVisible()
    assert view.focusWidget() is view.text


def test_a_letter_writes_its_months_in_full(opened: Opened) -> None:
    view = opened()
    assert "22 November 2026" in view.text.toPlainText()
    choose_language(view, "fr")
    assert "22 novembre 2026" in view.text.toPlainText()
    choose_language(view, "zh")
    assert "2026年11月22日" in view.text.toPlainText()


def test_the_text_is_copied_as_it_stands(opened: Opened) -> None:
    view = opened(is_script=True)
    QTest.keyClicks(view.text, "First: ")

    QTest.mouseClick(view.copy_button, LEFT)

    assert QGuiApplication.clipboard().text() == view.text.toPlainText()
    assert QGuiApplication.clipboard().text().startswith("First: ")
    assert view.note.text() == "Copied"


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_letter_is_saved_as_a_pdf_with_what_was_changed_by_hand(
    qtbot: QtBot, opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    view = opened()
    QTest.keyClicks(view.text, "Changed by hand. ")
    path = tmp_path / "letter"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))

    QTest.mouseClick(view.save_button, LEFT)
    qtbot.waitUntil(lambda: "Saved" in view.note.text(), timeout=20_000)

    assert view.note.text() == f"Saved: {path}.pdf"
    assert "Changed by hand." in text_of(path.with_suffix(".pdf"))


def test_a_folder_that_takes_no_file_says_so(
    qtbot: QtBot, opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    view = opened()
    path = tmp_path / "missing" / "letter.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))

    QTest.mouseClick(view.save_button, LEFT)

    qtbot.waitUntil(lambda: "could not be written" in view.note.text(), timeout=20_000)


def test_no_file_chosen_changes_nothing(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    view = opened()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))

    QTest.mouseClick(view.save_button, LEFT)

    assert view.note.isHidden()
