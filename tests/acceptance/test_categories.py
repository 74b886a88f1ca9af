"""What was bought is filed under a kind, offered or in one's own words, and found again by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.money import Money
from planner.domain.purchase import Purchase
from planner.gui.language import speak
from planner.gui.pages.bills import BillsPage
from planner.gui.recording.bill import BillForm
from planner.gui.recording.purchase import PurchaseForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_purchase
from planner.services.imports import apply_import, plan_import, read_file, suggest_mapping
from planner.store import catalogue
from planner.store.store import Store

TODAY = date(2026, 11, 22)
EXPORT = Path(__file__).parents[1] / "data/jd/baitiao.csv"
EIGHT = (
    "Local services and deliveries",
    "Purchase from abroad",
    "Crowdfunding",
    "Rent",
    "Travel",
    "Decoration and renovation",
    "Education",
    "Wedding",
)


@pytest.fixture
def account(store: Store) -> Account:
    with store.transaction():
        return save_account(store, Account("白条", "JD", "CNY"))


@pytest.fixture
def session(qapp: QApplication, store: Store) -> Session:
    apply_theme(qapp, "light")
    return Session(store, TODAY)


def shown(qtbot: QtBot, form: PurchaseForm) -> PurchaseForm:
    qtbot.addWidget(form)
    form.resize(420, 900)
    form.show()
    return form


def bought(store: Store, account: Account, merchant: str, category: str) -> Purchase:
    purchase = Purchase(account.id, Money.of("50", "CNY"), TODAY, merchant, category=category)
    with store.transaction():
        save_purchase(store, purchase)
    return purchase


def choose(form: PurchaseForm | BillForm, text: str) -> None:
    """Choose a kind by keyboard, as typing its first letters does."""
    box = form.category.choice.box
    box.setFocus()
    index = box.findText(text)
    assert index >= 0, text
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(index):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == text


@pytest.mark.row("C027")
@pytest.mark.parametrize("name", EIGHT)
def test_each_use_of_the_article_can_be_chosen_and_is_kept(
    qtbot: QtBot, session: Session, account: Account, name: str
) -> None:
    form = shown(qtbot, PurchaseForm(session, account.id))
    QTest.keyClicks(form.amount.edit, "120")
    form.more_button.click()
    choose(form, name)
    form.save()

    (purchase,) = session.store.purchases.all()
    again = shown(qtbot, PurchaseForm(session, account.id, purchase))
    assert again.category.choice.box.currentText() == name
    assert not again.category.own.isVisible()
    again.save()
    assert session.store.purchases.all() == [purchase]
    session.history.undo()
    assert session.store.purchases.all() == []


@pytest.mark.row("C027")
@pytest.mark.parametrize("language", ["fr", "zh"])
def test_the_kinds_are_named_in_the_readers_language(
    qtbot: QtBot, qapp: QApplication, session: Session, account: Account, language: str
) -> None:
    form = shown(qtbot, PurchaseForm(session, account.id))
    kinds = [form.category.choice.box.itemData(index) for index in range(form.category.choice.box.count())]
    speak(qapp, language)
    try:
        form.refresh()
        texts = [
            form.category.choice.box.itemText(index) for index in range(form.category.choice.box.count())
        ]
    finally:
        speak(qapp, "en", "en_GB")

    assert {"local", "overseas", "crowdfunding", "rent", "travel", "decoration", "education", "wedding"} <= {
        str(kind) for kind in kinds
    }
    assert len(set(texts)) == len(kinds)
    assert i18n.language() == "en"


def test_a_kind_in_ones_own_words_is_asked_for_only_where_it_is_chosen(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    form = shown(qtbot, PurchaseForm(session, account.id))
    assert not form.category.own.isVisible()
    form.more_button.click()
    assert not form.category.own.isVisible()
    QTest.keyClicks(form.amount.edit, "80")
    choose(form, "Another one, in your own words")
    assert form.category.own.isVisible()
    QTest.keyClicks(form.category.own.edit, "Gifts")
    form.save()

    (purchase,) = session.store.purchases.all()
    assert purchase.category == "Gifts"
    again = shown(qtbot, PurchaseForm(session, account.id, purchase))
    assert (again.category.own.isVisible(), again.category.own.text()) == (True, "Gifts")
    choose(again, "None")
    assert not again.category.own.isVisible()
    again.save()
    assert session.store.purchases.get(purchase.id).category == ""


@pytest.mark.row("C027")
def test_the_list_shows_the_kind_and_its_filter_finds_by_it(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    for number in range(8):
        bought(session.store, account, f"Shop {number}", "")
    bought(session.store, account, "Photographer", "wedding")
    bought(session.store, account, "Baker", "食品酒饮")
    page = BillsPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    purchases = page.lists.purchases
    titles = [column.title for column in purchases.model.columns]
    column = titles.index("Category")

    def kinds() -> list[str]:
        model = purchases.model
        return [model.index(row, column).data() for row in range(model.rowCount())]

    assert sorted(kind for kind in kinds() if kind != "–") == ["Wedding", "食品酒饮"]
    purchases.filter.setText("wedd")
    assert kinds() == ["Wedding"]
    purchases.filter.setText("食品")
    assert kinds() == ["食品酒饮"]


@pytest.mark.row("C027")
def test_a_kind_that_a_file_names_is_kept_and_one_that_was_chosen_outlives_the_next_import(
    store: Store, session: Session
) -> None:
    product = catalogue.product("jd-baitiao")
    assert product is not None
    with store.transaction():
        save_account(store, account_from(product, "JD Baitiao"))
    statement = read_file(EXPORT)
    mapping = {**dict.fromkeys(row.method for row in statement.rows), **suggest_mapping(store, statement)}

    def bring_in() -> None:
        with store.transaction():
            apply_import(store, plan_import(store, statement, mapping), mapping)

    bring_in()
    named = {row.category for row in statement.rows if row.category}
    bought = store.purchases.all()
    assert named
    assert {purchase.category for purchase in bought} <= named | {""}

    chosen = replace(bought[0], category="education")
    assert session.do("Change the purchase", save_purchase, chosen) is not None
    bring_in()
    assert store.purchases.get(chosen.id).category == "education"
    assert store.purchases.count() == len(bought)


def test_a_copied_list_carries_the_kind_into_a_table(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    bought(session.store, account, "Photographer", "wedding")
    page = BillsPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    page.lists.bar.setCurrentIndex(3)
    table = page.lists.purchases.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    copied = QGuiApplication.clipboard().text()
    assert "Category" in copied
    assert "Wedding" in copied


@pytest.mark.row("C027")
@pytest.mark.parametrize("name", EIGHT)
def test_a_bill_of_which_only_the_amount_is_known_has_a_kind_too(
    qtbot: QtBot, session: Session, account: Account, name: str
) -> None:
    form = BillForm(session, account.id)
    qtbot.addWidget(form)
    form.resize(420, 900)
    form.show()
    QTest.keyClicks(form.amount.edit, "2600")
    form.statement_on.set_day(TODAY)
    form.due_on.set_day(date(2026, 12, 10))
    form.more_button.click()
    assert not form.category.own.isVisible()
    choose(form, name)
    form.save()

    (bill,) = session.store.bills.all()
    page = BillsPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    bills = page.lists.bills
    column = [each.title for each in bills.model.columns].index("Category")
    assert bills.model.index(0, column).data() == name
    again = BillForm(session, account.id, bill)
    qtbot.addWidget(again)
    again.show()
    assert again.category.choice.box.currentText() == name
    again.save()
    assert session.store.bills.all() == [bill]


@pytest.mark.row("C027")
def test_a_bill_made_of_what_is_recorded_keeps_its_kind(
    qtbot: QtBot, session: Session, store: Store, account: Account
) -> None:
    bought(store, account, "Photographer", "wedding")
    form = BillForm(session, account.id)
    qtbot.addWidget(form)
    form.show()
    form.statement_on.set_day(date(2026, 12, 1))
    form.statement_on.changed.emit()
    form.due_on.set_day(date(2026, 12, 10))
    form.due_on.changed.emit()
    form.how.set_key("record")
    form.how.changed.emit()
    form.more_button.click()
    choose(form, "Another one, in your own words")
    QTest.keyClicks(form.category.own.edit, "Family")
    form.save()

    (bill,) = store.bills.all()
    assert (bill.category, len(bill.lines)) == ("Family", 1)
