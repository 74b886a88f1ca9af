"""Closing Baitiao in the window: where each reason leads, what is read on the way, and one's own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.published import Procedure
from planner.domain.sourced import Span
from planner.gui.pages.compare import ComparePage
from planner.gui.pages.procedure_parts.forms import TextForm
from planner.gui.pages.procedure_parts.own_step_form import OwnStepForm
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.gui.wrapping import Disclosure
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.case_window import give, open_case, opened, press, read_faq, state, texts, titles

CANCEL = "cancel-jd-baitiao"


@pytest.fixture
def session(qapp: QApplication, store: Store, today: date) -> Session:
    apply_theme(qapp, "light")
    return Session(store, today)


@pytest.fixture
def account(store: Store) -> Account:
    """A Baitiao with a bill of 1,200 to come."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    lines = (BillLine(LineKind.UNITEMISED, Money.of("1200", "CNY")),)
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        save_bill(store, Bill(account.id, date(2026, 12, 1), date(2026, 12, 10), lines, id="bill"))
    return account


@pytest.fixture
def page(qtbot: QtBot, session: Session, account: Account) -> ProceduresPage:
    """Closing it, in the window."""
    with session.store.transaction():
        case = procedures.start_case(session.store, CANCEL, account.id, session.today)
    return open_case(qtbot, session, case)


# --- Why, and where that leads


@pytest.mark.row("C002")
def test_each_reason_shows_its_own_steps_first_and_takes_those_of_the_others_away(
    page: ProceduresPage,
) -> None:
    own = {
        "rate": {"look-at-promotions"},
        "spending": {"decide-lock", "lock-baitiao"},
        "security": {"freeze-by-phone", "change-password", "check-purchases", "record-freeze"},
        "other": set(),
    }
    give(page, "reason", "other")
    common = list(page.case.rows)
    shown = {}
    for reason in own:
        give(page, "reason", reason)
        shown[reason] = set(page.case.rows) - set(common)
        assert set(common) <= set(page.case.rows)
        # What is asked for by the reason stands above everything else.
        order = titles(page)
        mine = [page.case.rows[step].title.text().partition(". ")[2] for step in shown[reason]]
        assert sorted(order[: len(mine)]) == sorted(mine)
    assert shown == own


@pytest.mark.row("C016")
def test_who_finds_it_too_dear_is_led_to_the_promotions_with_what_they_would_cost(
    qtbot: QtBot, page: ProceduresPage, session: Session
) -> None:
    give(page, "reason", "rate")
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: wanted.append((place, target)))

    press(opened(page, "look-at-promotions").place_button)

    assert wanted == [("compare", "promotions:bill")]
    compare = ComparePage(session)
    qtbot.addWidget(compare)
    compare.resize(1080, 740)
    compare.show()
    compare.reveal(wanted[0][1])
    assert compare.ask.what.value() == "bill"
    (chosen,) = compare.table.selected_outcomes()
    # 1,200 for nothing, of which the part that cannot be split stays due.
    assert (chosen.offer.id, chosen.offer.count) == ("promotion-3", 3)
    assert chosen.total is not None
    assert chosen.total == Span.exactly(Money.of("1200", "CNY"))


@pytest.mark.row("C017")
def test_who_spends_too_much_locks_and_the_account_is_neither_closed_nor_frozen(
    page: ProceduresPage, session: Session, account: Account
) -> None:
    give(page, "reason", "spending")
    row = page.case.rows["lock-baitiao"]
    press(row.box)

    kept = session.store.accounts.get(account.id)
    assert kept.restrictions_on(session.today) == {State.LOCKED}
    assert kept.life_on(session.today) is State.OPEN
    assert state(page, "lock-baitiao") == "Done on 22 Nov 2026"
    session.history.undo()
    assert session.store.accounts.get(account.id).restrictions_on(session.today) == frozenset()


# --- What is read on the way


@pytest.mark.row("C005", "C071")
def test_other_ways_are_read_beside_the_step_each_with_its_day_and_how_weak_it_is(
    page: ProceduresPage,
) -> None:
    ways = opened(page, "find-cancellation").variants
    hidden = texts(ways)
    assert "个人中心" not in hidden

    press(ways.chevron)

    read = texts(ways)
    assert "个人中心" in read
    assert "declares itself fictitious" in read
    assert read.count("As of 22 Nov 2026") >= 4
    assert "weak source" in texts(opened(page, "find-cancellation"))


@pytest.mark.row("C012", "C014")
def test_the_score_and_the_new_assessment_are_read_before_the_request(page: ProceduresPage) -> None:
    give(page, "reason", "other")
    # Nothing has been done yet, so that the warnings are open.
    warnings = texts(page.case.warnings)
    assert "credit score" in warnings
    assert "assesses you" in "".join(texts(fold) for fold in _opened_faq(page))

    rows = page.case.rows
    assert rows["read-agreement"].y() < rows["submit-request"].y()
    assert "assesses you anew" in texts(opened(page, "read-agreement"))


def _opened_faq(page: ProceduresPage) -> list[Disclosure]:
    for fold, _text in page.case.faq.entries:
        press(fold.chevron)
    return [fold for fold, _text in page.case.faq.entries]


@pytest.mark.row("C006")
def test_the_step_with_the_code_has_no_field_for_one_and_none_reaches_the_file(
    page: ProceduresPage, session: Session
) -> None:
    details = opened(page, "verify-identity")
    assert details.body is None
    details.note.edit.setPlainText("The verification code is 482911")
    details.keep_note()

    file = "\n".join(session.store.connection.iterdump())
    assert "482911" not in file
    assert "The verification code is ****" in file


# --- In one's own words


@pytest.mark.row("C018")
def test_a_step_is_written_over_beside_what_was_published_and_goes_back_to_it(
    page: ProceduresPage,
) -> None:
    details = opened(page, "find-cancellation")
    published = details.text.text()
    assert "设置 (Settings)" in published
    press(details.edit_button)
    form = page.pane.content
    assert isinstance(form, TextForm)
    form.text.edit.setPlainText("Settings, last entry")
    assert form.submit()

    assert details.text.text() == "Settings, last entry"
    assert "These are your own words" in details.own.text()
    press(details.published.chevron)
    assert published in texts(details.published)
    press(details.restore_button)
    assert details.text.text() == published


@pytest.mark.row("C018")
def test_a_newer_text_is_told_of_and_never_written_over_ones_own(
    page: ProceduresPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    details = opened(page, "find-cancellation")
    press(details.edit_button)
    form = page.pane.content
    assert isinstance(form, TextForm)
    form.text.edit.setPlainText("Settings, last entry")
    assert form.submit()
    known = catalogue.procedures()

    def moved(procedure: Procedure) -> Procedure:
        if procedure.id != CANCEL:
            return procedure
        steps = tuple(
            replace(step, text="Open the new menu.") if step.id == "find-cancellation" else step
            for step in procedure.steps
        )
        return replace(procedure, revision=procedure.revision + 1, steps=steps)

    monkeypatch.setattr(catalogue, "procedures", lambda: tuple(map(moved, known)))
    page.refresh()

    assert details.text.text() == "Settings, last entry"
    assert "The published text has changed since you wrote them." in details.own.text()
    press(details.published.chevron)
    assert "Open the new menu." in texts(details.published)
    assert page.case.changes.isVisibleTo(page)


@pytest.mark.row("C018")
def test_a_step_of_ones_own_stands_where_it_was_put_and_counts(page: ProceduresPage) -> None:
    give(page, "reason", "other")
    before = titles(page)
    done = page.case.progress.text()
    press(page.case.add_button)
    form = page.pane.content
    assert isinstance(form, OwnStepForm)
    form.title.set_text("Ask my sister")
    form.after.set_key("log-in")
    assert form.submit()

    after = titles(page)
    place = before.index(page.case.rows["log-in"].title.text().partition(". ")[2]) + 1
    assert after == [*before[:place], "Ask my sister", *before[place:]]
    assert done == f"Steps: 0 of {len(before)} done or not needed"
    assert page.case.progress.text() == f"Steps: 0 of {len(before) + 1} done or not needed"


@pytest.mark.row("C018")
def test_the_case_says_as_of_when_its_steps_are_and_that_menus_move(page: ProceduresPage) -> None:
    assert page.case.about.text() == "My Baitiao, started on 22 Nov 2026. Steps as of 22 Nov 2026."
    titles_of_faq = [fold.chevron.accessibleName() for fold, _text in page.case.faq.entries]
    assert any("version" in read_faq(page, title) for title in titles_of_faq)
