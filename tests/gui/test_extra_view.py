from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.sourced import Source
from planner.domain.term import EarlyPolicy, Term
from planner.domain.terms import TermClaim, Terms
from planner.gui.pages.extra_view import ExtraView
from planner.gui.session import Session
from planner.services.accounts import save_account
from planner.services.plans import save_plan

# 300 at 1 % a month over three months.
LOAN = (("99.01", "0", "3.00"), ("100.00", "0", "2.01"), ("100.99", "0", "1.01"))
FLAT = (("100", "6", "0"),) * 3


def plan(session: Session, name: str, rows: tuple[tuple[str, str, str], ...], currency: str = "CNY") -> str:
    owner = Account(f"{name} card", "a lender", currency)
    parts = tuple(
        Instalment(
            number + 1,
            date(2026 + (11 + number) // 12, (11 + number) % 12 + 1, 22),
            Money.of(principal, currency),
            Money.of(fee, currency),
            Money.of(interest, currency),
        )
        for number, (principal, fee, interest) in enumerate(rows)
    )
    whole = Money.of(sum((Decimal(row[0]) for row in rows), Decimal(0)), currency)
    found = InstalmentPlan(owner.id, name, whole, parts, len(parts))
    with session.store.transaction():
        save_account(session.store, owner)
        save_plan(session.store, found)
    return found.id


@pytest.fixture
def view_of(qtbot: QtBot, session: Session) -> Callable[[str], ExtraView]:
    def make(plan_id: str = "") -> ExtraView:
        view = ExtraView(session, plan_id)
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.show()
        return view

    return make


def lines(view: ExtraView) -> dict[str, list[str]]:
    model = view.table.values_model
    return {
        model.index(row, 0).data(): [model.index(row, column).data() for column in (1, 2, 3)]
        for row in range(model.rowCount())
    }


def words(view: ExtraView) -> str:
    return view._notes.text()


def test_both_ways_stand_beside_the_plan_as_it_is(
    session: Session, view_of: Callable[[str], ExtraView]
) -> None:
    view = view_of(plan(session, "Car", LOAN))
    assert not view.table.isVisible()
    assert not view.problem.isVisible()

    QTest.keyClicks(view.amount.edit, "120")

    assert lines(view) == {
        "Saves": ["–", "CN¥3.42", "CN¥2.40"],
        "Highest payment": ["CN¥102.01", "CN¥102.01", "CN¥61.22"],
        "Last payment": ["22 Feb 2027", "22 Jan 2027", "22 Feb 2027"],
        "Fees and interest to come": ["CN¥6.02", "CN¥2.60", "CN¥3.62"],
    }
    assert words(view).startswith("Not every lender takes an extra payment")
    assert session.store.payments.all() == []


def test_what_a_part_payment_saves_of_a_flat_fee_is_unclear_where_the_rule_is(
    session: Session, view_of: Callable[[str], ExtraView]
) -> None:
    view = view_of(plan(session, "Phone", FLAT))

    QTest.keyClicks(view.amount.edit, "150")

    assert lines(view)["Saves"] == ["–", *["Unclear: ask the lender"] * 2]
    assert words(view).startswith("It is not clear which fees this lender still asks for")


def test_a_flat_fee_does_not_fall_and_the_view_says_so(
    session: Session, view_of: Callable[[str], ExtraView]
) -> None:
    phone = plan(session, "Phone", FLAT)
    store = session.store
    owner = store.accounts.get(store.plans.get(phone).account_id)
    rule = TermClaim(Term.EARLY_SETTLEMENT, "", EarlyPolicy.REMAINING_FEES_DUE.value, Source("p. 1"))
    with store.transaction():
        save_account(store, replace(owner, terms=Terms((rule,))))
    view = view_of(phone)

    QTest.keyClicks(view.amount.edit, "150")

    assert lines(view)["Saves"] == ["–", "CN¥0.00", "CN¥0.00"]
    assert words(view).startswith("A flat fee was fixed on the original amount.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("300", "Only CN¥300.00 is left of the principal."),
        ("0", "Enter an extra payment above zero."),
    ],
)
def test_what_cannot_be_is_said_calmly(
    session: Session, view_of: Callable[[str], ExtraView], typed: str, said: str
) -> None:
    view = view_of(plan(session, "Car", LOAN))

    QTest.keyClicks(view.amount.edit, typed)

    assert view.problem.isVisible()
    assert view.problem.text().startswith(said)
    assert not view.table.isVisible()
    QTest.keyClicks(view.amount.edit, "\b\b\b120")
    assert not view.problem.isVisible()
    assert view.table.isVisible()


def test_another_day_and_another_plan_are_followed(
    session: Session, view_of: Callable[[str], ExtraView]
) -> None:
    car, phone = plan(session, "Car", LOAN), plan(session, "Phone", FLAT, "EUR")
    view = view_of(car)
    QTest.keyClicks(view.amount.edit, "120")

    view.on.edit.selectAll()
    QTest.keyClicks(view.on.edit, "22 Dec 2026")
    assert view.tried is not None
    assert view.tried.rest.principal == Money.of("200.99", "CNY")
    view.on.edit.selectAll()
    QTest.keyClicks(view.on.edit, "1 Nov 2026")
    assert view.problem.text() == "An extra payment can be tried out from 22 Nov 2026 on."

    view.on.set_day(session.today)
    view.plan.set_key(phone)
    view.plan.changed.emit()
    assert view.amount.currency == "EUR"
    assert lines(view)["Highest payment"] == ["€106.00", "€106.00", "€66.00"]


def test_in_france_what_the_lender_may_ask_has_a_line(
    session: Session, view_of: Callable[[str], ExtraView]
) -> None:
    rows = tuple(("1000", "0", str(30 - number)) for number in range(24))
    view = view_of(plan(session, "Car", rows, "EUR"))

    QTest.keyClicks(view.amount.edit, "12000")

    assert lines(view)["The lender may ask"] == ["–", "€0.00 – €120.00", "€0.00 – €120.00"]


def test_each_figure_can_be_asked(session: Session, view_of: Callable[[str], ExtraView]) -> None:
    view = view_of(plan(session, "Car", LOAN))
    assert view.answer() is None
    QTest.keyClicks(view.amount.edit, "120")
    model = view.table.values_model

    for row in model.values:
        found = [column.why(row) is not None for column in model.columns]
        assert found == [False, row.before is not None, True, True]
    view.table.select(lambda line: line.name == "Saves")
    told = view.answer()
    assert told is not None
    assert told.figures[0][1].value.low == Money.of("3.42", "CNY")


def test_with_no_plan_there_is_nothing_to_type(view_of: Callable[[str], ExtraView]) -> None:
    view = view_of("")

    assert view.problem.text() == "No recorded plan has an instalment that falls due later."
    assert not view.amount.isVisible()


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_it_goes_on_in_another_language(
    session: Session, view_of: Callable[[str], ExtraView], language: str
) -> None:
    view = view_of(plan(session, "Car", LOAN))
    QTest.keyClicks(view.amount.edit, "120")

    i18n.use(language)
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))

    assert view.amount.money() == Money.of("120", "CNY")
    assert i18n.show(Money.of("3.42", "CNY")) in [cell for line in lines(view).values() for cell in line]
