"""The limit is the user's own figure; how much of it is used follows from what is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.gui.pages.bills import BillsPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.i18n import show
from planner.services.account_view import account_view
from planner.services.accounts import account_from, lift_restriction, save_account, set_state
from planner.services.bills import pay, save_bill
from planner.store import catalogue
from planner.store.store import Store

TODAY = date(2026, 11, 22)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def baitiao(store: Store) -> Account:
    """Baitiao with a limit of 8,000.00, and a bill of 2,000.00."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    line = BillLine(LineKind.UNITEMISED, yuan("2000"))
    with store.transaction():
        account = save_account(store, replace(account_from(sheet, "My Baitiao"), limit=yuan("8000")))
        save_bill(store, Bill(account.id, date(2026, 11, 1), date(2026, 12, 10), (line,)))
    return account


@pytest.mark.row("C064")
def test_no_limit_is_published_and_the_users_own_one_is_used_to_a_share(
    store: Store, baitiao: Account
) -> None:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    assert account_from(sheet, "Another").limit is None  # it differs from person to person

    used = account_view(store, baitiao.id, TODAY).used
    assert used is not None
    assert show(used) == "25.00%"

    with store.transaction():
        pay(store, Payment(baitiao.id, yuan("1500"), TODAY))
    used = account_view(store, baitiao.id, TODAY).used
    assert used is not None
    assert show(used) == "6.25%"


@pytest.mark.row("C064")
def test_without_a_limit_no_share_is_shown(store: Store, baitiao: Account) -> None:
    with store.transaction():
        save_account(store, replace(baitiao, limit=None))

    view = account_view(store, baitiao.id, TODAY)
    assert (view.used, view.free) == (None, None)


@pytest.mark.row("C064")
def test_the_window_shows_the_limit_and_how_much_of_it_is_used(
    qtbot: QtBot, qapp: QApplication, store: Store, baitiao: Account
) -> None:
    apply_theme(qapp, "light")
    page = BillsPage(Session(store, TODAY))
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    QApplication.processEvents()
    shown = "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))

    assert baitiao.limit == yuan("8000")
    assert "limit CN¥8,000.00, 25.00% of it used" in shown
    assert "CN¥6,000.00" in shown


@pytest.mark.row("C064")
def test_a_frozen_limit_is_not_shown_as_if_it_could_be_used(
    qtbot: QtBot, store: Store, baitiao: Account
) -> None:
    page = BillsPage(Session(store, TODAY))
    qtbot.addWidget(page)
    page.show()
    page.session.do("Freeze", set_state, baitiao.id, State.FROZEN, TODAY)
    QApplication.processEvents()
    shown = "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))

    assert "cannot be used while it is frozen by the lender; limit CN¥8,000.00" in shown
    page.session.do("Lift", lift_restriction, baitiao.id, State.FROZEN, TODAY)
    QApplication.processEvents()
    shown = "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))
    assert "cannot be used" not in shown
