"""What is said of a product: what it is, and figures that anybody can replace by dated ones of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import FORMS, About, Term
from planner.domain.terms import TermClaim
from planner.gui.recording.account import AccountForm
from planner.gui.recording.published_view import PublishedView
from planner.gui.recording.term_table import TERM_TABLE
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.paths import resources
from planner.services import catalogue as figures
from planner.services.accounts import account_from, override_term, restore_term, save_account
from planner.services.by_hand import TypedCap, add_cap
from planner.services.figure_updates import take_updates, updates_for
from planner.store import catalogue
from planner.store.store import Store

TODAY = date(2026, 11, 22)


@pytest.fixture
def session(qapp: QApplication, store: Store) -> Session:
    apply_theme(qapp, "light")
    return Session(store, TODAY)


@pytest.mark.row("C061")
def test_baitiao_is_described_with_the_goods_first_paying_later_and_instalments(
    qtbot: QtBot, session: Session
) -> None:
    form = AccountForm(session)
    qtbot.addWidget(form)
    form.show()
    form.product.set_key("jd-baitiao")
    form.product.changed.emit()
    said = form.product.hint.text()

    for words in ("purchases at JD", "the goods come first", "paid for later", "in instalments"):
        assert words in said
    assert "undated" in said
    assert "weak source" in said
    form.product.set_key("blank")
    form.product.changed.emit()
    assert "the goods come first" not in form.product.hint.text()


@pytest.mark.row("C061")
def test_the_description_stands_in_the_list_of_what_is_published_too(qtbot: QtBot, session: Session) -> None:
    view = PublishedView(session)
    qtbot.addWidget(view)
    shown = "\n".join(label.text() for label in view.findChildren(QLabel))
    assert "the goods come first and are paid for later" in shown


def test_every_description_is_a_sentence_with_its_source_and_rests_on_no_fictitious_one_alone() -> None:
    found = [product for product in catalogue.products() if product.description]

    assert {product.id for product in found} >= {"jd-baitiao", "huabei", "meituan", "douyin"}
    for product in found:
        source = product.description_source
        assert source is not None
        assert source.name
        assert source.reliability is not Reliability.FICTITIOUS
        assert product.description.endswith(".")


# --- Every figure can be replaced by a dated one of one's own ------------------------------------------

MINE = Source("page 4", TODAY, Reliability.CONTRACT, Origin.CONTRACT)
# A value of each term that no sheet publishes.
SAMPLES = {
    Term.LATE_COMPOUNDING: "monthly",
    Term.ACCELERATION_AFTER: "2",
    Term.ALLOCATION: "fee_interest_penalty_principal",
    Term.INTEREST_RATE: "0.189/year",
    Term.PROMO_RATE: "0/year",
    Term.PROMO_UNTIL: "2027-06-30",
    Term.PROMOTION_UNTIL: "2027-06-30",
    Term.PRINCIPAL_ROUNDING: "half_up",
    Term.DEFERRAL_FEE: "0.02",
}


def sample_of(term: Term) -> tuple[str, str]:
    """What a term may be about and a value of it, as sheets publish it."""
    for product in catalogue.products():
        for claim in product.terms.of(term):
            return claim.about, claim.text
    return "6" if FORMS[term].about is About.COUNT else "", SAMPLES[term]


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("blank")
    assert sheet is not None
    with store.transaction():
        return save_account(store, replace(account_from(sheet, "Mine", "CNY"), lender="Bank"))


@pytest.mark.row("C077")
@pytest.mark.parametrize("term", list(Term))
def test_every_term_can_be_given_a_value_of_ones_own_with_its_day_and_be_taken_back(
    store: Store, account: Account, term: Term
) -> None:
    about, text = sample_of(term)

    with store.transaction():
        override_term(store, account.id, TermClaim(term, about, text, MINE))
    (kept,) = store.accounts.get(account.id).terms.of(term)
    assert (kept.about, kept.text, kept.source.checked, kept.source.origin) == (
        about,
        text,
        TODAY,
        Origin.CONTRACT,
    )
    with store.transaction():
        restore_term(store, account.id, term, about)
    assert store.accounts.get(account.id).terms.claims == ()


@pytest.mark.row("C077")
@pytest.mark.parametrize("term", list(Term))
def test_every_term_has_a_form_in_the_window(term: Term) -> None:
    listed = [sheet.term for sheets in TERM_TABLE.values() for sheet in sheets]

    assert listed.count(term) == 1


@pytest.mark.row("C077")
def test_ones_own_figure_counts_above_the_published_ones_which_stay_with_their_days(store: Store) -> None:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        baitiao = save_account(store, account_from(sheet, "Baitiao"))
    published = baitiao.terms.of(Term.LATE_RATE)
    assert len(published) > 1
    assert all(claim.source.checked for claim in published)

    with store.transaction():
        override_term(store, baitiao.id, TermClaim(Term.LATE_RATE, "", "0.0004", MINE))
    terms = store.accounts.get(baitiao.id).terms
    assert terms.late_rate.value == Rate(Decimal("0.0004"), Per.DAY)
    assert set(published) < set(terms.of(Term.LATE_RATE))


@pytest.mark.row("C077")
def test_the_due_rule_can_be_changed_in_the_window(qtbot: QtBot, session: Session, account: Account) -> None:
    form = AccountForm(session, account)
    qtbot.addWidget(form)
    form.show()
    form.cycle.rule.set_key("fixed")
    form.cycle.rule.changed.emit()
    QTest.keyClicks(form.cycle.statement_day.edit, "5")
    QTest.keyClicks(form.cycle.due_day.edit, "25")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.cycle.due_day.edit, Qt.Key.Key_Return)

    assert session.store.accounts.get(account.id).cycle == Cycle(Mode.BILL, 5, FixedDay(25))
    session.history.undo()
    assert session.store.accounts.get(account.id).cycle == account.cycle


@pytest.mark.row("C077")
def test_a_newer_sheet_is_offered_beside_the_older_one_and_each_has_its_day(store: Store) -> None:
    text = (resources() / "products" / "20-huabei.toml").read_text(encoding="utf-8")
    newer = text.replace("2026-11-22", "2026-11-23").replace('value = "0.025"', 'value = "0.027"')
    sheet = figures.product(store, "huabei")
    assert sheet is not None
    with store.transaction():
        huabei = save_account(store, account_from(sheet, "Huabei"))
        figures.load(store, "newer.toml", newer.encode(), date(2026, 12, 1))

    current = figures.product(store, "huabei")
    assert current is not None
    assert (sheet.revision, current.revision) == (date(2026, 11, 22), date(2026, 11, 23))
    assert store.accounts.get(huabei.id).terms == huabei.terms  # no account changes by itself
    updates = updates_for(store, huabei)
    assert updates
    with store.transaction():
        take_updates(store, huabei.id, [update.key for update in updates])
    assert updates_for(store, store.accounts.get(huabei.id)) == ()


@pytest.mark.row("C077")
def test_a_legal_line_that_is_typed_holds_from_its_day_and_the_older_row_before_it(store: Store) -> None:
    older = TypedCap(
        "GB",
        "",
        "What my union says",
        Decimal("0.3"),
        date(2026, 1, 1),
        None,
        None,
        None,
        "",
        "union",
        Reliability.LOW,
    )
    with store.transaction():
        add_cap(store, replace(older), TODAY)
    line = figures.caps(store).caps[-1].line
    with store.transaction():
        newer = replace(
            older, line=line, title="", value=Decimal("0.2"), since=date(2026, 7, 1), source="union"
        )
        add_cap(store, newer, TODAY)

    table = figures.caps(store)
    rows = table.rows("GB", line, "GBP")
    amount = Money.of("100", "GBP")
    heights = []
    for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1)):
        limit = table.limit(rows, amount, day)
        heights.append(limit.rate.fraction if limit is not None else None)
    assert heights == [None, Decimal("0.3"), Decimal("0.2")]
