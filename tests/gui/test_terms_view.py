from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import EnumType, StrEnum

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Product
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import FORMS, LateBase, Term
from planner.domain.terms import TermClaim
from planner.gui.language import speak
from planner.gui.pane import SidePane
from planner.gui.recording.published_view import PublishedView
from planner.gui.recording.rate_field import RateField
from planner.gui.recording.term_form import TermForm
from planner.gui.recording.term_kinds import ChoiceKind
from planner.gui.recording.term_table import TERM_TABLE, sheet_of
from planner.gui.recording.terms import TermRow, TermsView
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.paths import resources
from planner.services.accounts import account_from, delete_account, override_term, save_account
from planner.services.catalogue import load
from planner.store.catalogue import product, products

LEFT = Qt.MouseButton.LeftButton
Show = Callable[[str], TermsView]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, session: Session) -> Iterator[Show]:
    """Shows the terms of a new account in the pane, as the page does."""
    panes: list[SidePane] = []  # pytest-qt only knows them as long as they live

    def make(product_id: str) -> TermsView:
        sheet = product(product_id)
        assert sheet is not None
        account = account_from(sheet, "Mine", "EUR" if product_id == "blank" else "")
        with session.store.transaction():
            save_account(session.store, account)
        pane = SidePane()
        qtbot.addWidget(pane)
        panes.append(pane)
        view = TermsView(session, account.id)
        pane.open(view, "Terms")
        pane.resize(480, 800)
        pane.show()
        return view

    yield make
    speak(qapp, "en", "en_GB")


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def open_form(row: TermRow) -> TermForm:
    QTest.mouseClick(row.edit_link, LEFT)
    assert row.form is not None
    return row.form


def stored(session: Session) -> object:
    (account,) = session.store.accounts.all()
    return account.terms


def test_every_term_is_listed_once_and_for_nothing_that_it_cannot_be_about() -> None:
    listed = [sheet for sheets in TERM_TABLE.values() for sheet in sheets]

    assert sorted(sheet.term for sheet in listed) == sorted(Term) == sorted(FORMS)
    for sheet in listed:
        assert sheet_of(sheet.term) is sheet
        form = FORMS[sheet.term]
        assert all(form.allows(about) for about in sheet.titles)
        assert form.allows("12") == bool(sheet.counted)
        assert sheet.name("12" if sheet.counted else next(iter(sheet.titles)))


def test_every_choice_has_words_for_every_rule() -> None:
    choices = [
        sheet for sheets in TERM_TABLE.values() for sheet in sheets if isinstance(sheet.kind, ChoiceKind)
    ]

    assert len(choices) > 10
    for sheet in choices:
        rules = FORMS[sheet.term].read
        assert isinstance(rules, EnumType)
        for rule in list[StrEnum](rules):
            assert sheet.kind.words(rule, "CNY"), rule


@pytest.mark.parametrize("sheet", products(), ids=lambda sheet: sheet.id)
def test_every_figure_of_every_sheet_is_listed_with_words(sheet: Product) -> None:
    for claim in sheet.terms.claims:
        line = sheet_of(claim.term)
        assert claim.about in line.abouts(sheet.terms)
        words = line.words(sheet.terms, claim.about, sheet.currency)
        assert words != "unknown", claim
        assert line.kind.words(FORMS[claim.term].read(claim.text), sheet.currency) in words or "–" in words


def test_sources_that_differ_make_a_range_and_each_is_named_with_its_day(show: Show) -> None:
    row = show("jd-baitiao").rows["late_rate", ""]

    assert row.value.text() == "0.03% a day – 0.07% a day"
    assert "checked 22 Nov 2026" not in texts(row)
    QTest.mouseClick(row.sources.chevron, LEFT)
    said = texts(row)
    assert "0.05% a day: yzgs.net/baike/197519.html" in said
    assert "(fairly reliable, checked 22 Nov 2026)" in said
    assert said.count("weak source") == 6


def test_rules_that_differ_are_all_named_and_a_lone_source_stands_below_its_value(show: Show) -> None:
    view = show("jd-baitiao")

    assert view.rows["late_base", ""].value.text() == "what is late; everything unpaid on the account"
    assert view.rows["minimum", ""].value.text() == "10%"
    assert "shkpb.com, JD app 11.2.0 (fairly reliable, checked 22 Nov 2026)" in texts(
        view.rows["minimum", ""]
    )
    assert "0.5% a month – 1.2% a month" in texts(view.rows["fee_rate", "3"])
    assert view.rows["grace_days", ""].value.text() == "unknown"


def test_the_own_value_counts_with_who_says_so_and_can_be_taken_back(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    view = show("jd-baitiao")
    row = view.rows["late_rate", ""]
    assert not row.restore_link.isVisible()
    form = open_form(row)
    QTest.keyClicks(form.value.edit, "0.05")
    assert form.preview.text() == "0.05% a day is 18.25% a year."
    QTest.mouseClick(form.save_button, LEFT)
    assert form.said.origin.message.text() == "Please fill this in."
    QTest.keyClick(form.said.origin.box, Qt.Key.Key_Home)
    form.said.where.edit.setFocus()
    QTest.keyClicks(form.said.where.edit, "page 4")
    with qtbot.waitSignal(session.changed):
        QTest.keyClick(form.said.where.edit, Qt.Key.Key_Return)

    (account,) = session.store.accounts.all()
    own = account.terms.late_rate.own
    assert own is not None
    assert own.value.fraction == Decimal("0.0005")
    assert (own.source.origin, own.source.reliability) == (Origin.CONTRACT, Reliability.CONTRACT)
    assert own.source.checked == date(2026, 11, 22)
    assert row.form is None
    assert row.value.text() == "0.05% a day"
    assert "my contract: page 4, noted on 22 Nov 2026" in texts(row)
    assert "7 published sources" in texts(row)
    assert session.history.undoText() == "Enter a term"

    QTest.mouseClick(row.restore_link, LEFT)
    assert row.value.text() == "0.03% a day – 0.07% a day"
    assert not row.restore_link.isVisible()
    session.history.undo()
    assert row.value.text() == "0.05% a day"


@pytest.mark.parametrize(
    ("term", "typed", "text", "shown"),
    [
        ("grace_days", "3", "3", "3 days"),
        ("minimum", "2.5", "0.025", "2.5%"),
        ("late_fee", "5", "0.05", "5%"),
        ("carry_rate", "0.04", "0.0004", "0.04% a day"),
        ("late_least_per_day", "0.01", "0.01", "0.01 EUR"),
        ("late_fee_fixed", "12", "12.00", "12 EUR"),
        ("interest_rate", "18.9", "0.189", "18.9% a year"),
        ("promo_rate", "0", "0", "0% a year"),
        ("promo_until", "30/6/2027", "2027-06-30", "30 Jun 2027"),
        ("grace_cutoff", "17h", "17:00", "17:00"),
        ("grace_cutoff", "24:00", "24:00", "24:00, the end of the day"),
        ("late_fee_most_times", "2", "2", "2 times"),
        ("acceleration_after", "1", "1", "1 missed instalment"),
        ("split_part", "90", "0.9", "90%"),
    ],
)
def test_every_kind_of_unknown_term_can_be_filled(
    session: Session, show: Show, term: str, typed: str, text: str, shown: str
) -> None:
    row = show("blank").rows[term, ""]
    assert row.value.text() == "unknown"
    form = open_form(row)
    QTest.keyClicks(form.value.edit, typed)
    QTest.keyClick(form.said.origin.box, Qt.Key.Key_Home)
    QTest.mouseClick(form.save_button, LEFT)

    (account,) = session.store.accounts.all()
    (claim,) = account.terms.claims
    assert (claim.term.value, claim.text) == (term, text)
    assert row.value.text() == shown


def test_each_promotion_has_a_last_day_of_its_own_that_is_unknown_until_it_is_filled(
    session: Session, show: Show
) -> None:
    view = show("jd-baitiao")
    assert [about for term, about in view.rows if term == "promotion_until"] == ["3"]
    row = view.rows["promotion_until", "3"]
    assert "Last day of the promotion for 3 instalments" in texts(row)
    assert row.value.text() == "unknown"
    form = open_form(row)
    QTest.keyClicks(form.value.edit, "30/6/2027")
    QTest.keyClick(form.said.origin.box, Qt.Key.Key_Home)
    QTest.mouseClick(form.save_button, LEFT)

    (account,) = session.store.accounts.all()
    (claim,) = account.terms.of(Term.PROMOTION_UNTIL)
    assert (claim.about, claim.text) == ("3", "2027-06-30")
    assert row.value.text() == "30 Jun 2027"


def test_a_rule_is_chosen_and_a_guess_is_kept_as_one(session: Session, show: Show) -> None:
    row = show("blank").rows["late_base", ""]
    form = open_form(row)
    QTest.keyClick(form.value.box, Qt.Key.Key_Down)
    QTest.keyClick(form.said.origin.box, Qt.Key.Key_End)
    QTest.mouseClick(form.save_button, LEFT)

    (account,) = session.store.accounts.all()
    own = account.terms.late_base.own
    assert own is not None
    assert (own.value, own.source.origin) == (LateBase.ALL_UNPAID, Origin.GUESS)
    assert own.source.reliability is Reliability.LOW
    assert "my guess, noted on 22 Nov 2026" in texts(row)


def test_a_fee_for_a_number_of_instalments_that_nobody_names_gets_a_line_of_its_own(
    session: Session, show: Show
) -> None:
    view = show("blank")
    assert [about for term, about in view.rows if term == "fee_rate"] == [""]
    form = open_form(view.rows["fee_rate", ""])
    QTest.keyClicks(form.count.edit, "18")
    QTest.keyClicks(form.value.edit, "0,6")
    QTest.keyClick(form.said.origin.box, Qt.Key.Key_Home)
    QTest.mouseClick(form.save_button, LEFT)

    assert view.rows["fee_rate", "18"].value.text() == "0.6% a month"
    assert "Fee on the original amount for 18 instalments" in texts(view)
    session.history.undo()
    assert ("fee_rate", "18") not in view.rows


def test_a_rate_is_kept_for_the_time_it_is_stated_for(session: Session, show: Show) -> None:
    row = show("blank").rows["late_rate", ""]
    form = open_form(row)
    assert isinstance(form.value, RateField)
    QTest.keyClicks(form.value.edit, "18")
    QTest.keyClick(form.value.period, Qt.Key.Key_Down)
    assert form.preview.text() == "18% a month is 216.00% a year."
    QTest.keyClick(form.value.period, Qt.Key.Key_Down)
    assert form.preview.isHidden()
    QTest.keyClick(form.said.origin.box, Qt.Key.Key_Home)
    QTest.mouseClick(form.save_button, LEFT)

    (account,) = session.store.accounts.all()
    assert [claim.text for claim in account.terms.claims] == ["0.18/year"]
    assert account.terms.late_rate.value == Rate(Decimal("0.18"), Per.YEAR)
    assert row.value.text() == "18% a year"
    again = open_form(row)
    assert isinstance(again.value, RateField)
    assert (again.value.text(), again.value.period.currentText()) == ("18", "a year")
    assert again.value.period.accessibleName() == "Late rate: charged for"


def test_the_end_of_the_day_is_a_value_that_a_form_starts_with(show: Show) -> None:
    row = show("douyin").rows["grace_cutoff", ""]

    assert row.value.text() == "24:00, the end of the day"
    assert open_form(row).value.text() == "24:00"
    cards = show("cn-credit-card").rows["grace_cutoff", ""]
    assert cards.value.text() == "15:00 – 24:00, the end of the day"
    assert open_form(cards).value.text() == ""


def test_a_term_that_is_about_several_things_has_a_line_for_each(show: Show) -> None:
    view = show("credit-renouvelable")

    assert [about for term, about in view.rows if term == "late_indemnity"] == [
        "unpaid",
        "postponed",
        "accelerated",
    ]
    assert view.rows["late_indemnity", "postponed"].value.text() == "4%"
    assert "Indemnity on what is postponed" in texts(view)


@pytest.mark.row("C060")
def test_a_source_that_declares_itself_fictitious_has_a_badge(show: Show) -> None:
    view = show("jd-baitiao")
    row = view.rows["promotion", "3"]

    assert row.badge.text() == "1 source declares itself fictitious: it is named, but does not count."
    assert not row.badge.isHidden()
    QTest.mouseClick(row.sources.chevron, LEFT)
    assert "(declares itself fictitious, checked 22 Nov 2026)" in texts(row)
    assert view.rows["late_rate", ""].badge.isHidden()


def test_what_was_checked_more_than_a_year_ago_says_so(session: Session, show: Show) -> None:
    view = show("blank")
    (account,) = session.store.accounts.all()
    old = Source("the app", date(2025, 11, 21), Reliability.HIGH, Origin.APP_SCREEN)
    session.do("x", override_term, account.id, TermClaim(Term.GRACE_DAYS, "", "3", old))
    fresh = Source("the app", date(2025, 11, 22), Reliability.HIGH, Origin.APP_SCREEN)
    session.do("x", override_term, account.id, TermClaim(Term.FREE_DAYS, "", "30", fresh))

    said = texts(view.rows["grace_days", ""])
    assert "app screen: the app, noted on 21 Nov 2025 – that is more than a year ago" in said
    assert "more than a year" not in texts(view.rows["free_days", ""])


def test_newer_published_figures_are_offered_in_the_terms(session: Session, show: Show) -> None:
    view = show("huabei")
    assert view.updates.isHidden()
    text = (resources() / "products" / "20-huabei.toml").read_text(encoding="utf-8")
    newer = text.replace('value = "0.025"', 'value = "0.027"')
    session.do("x", load, "huabei.toml", newer.encode(), session.today)

    assert "1 published figure differs from this copy: look…" in texts(view.updates)
    assert view.rows["fee_whole", "3"].value.text() == "2.5%"
    QTest.mouseClick(view.updates.part.chevron, LEFT)
    (row,) = view.updates.rows
    assert "Copied: 2.5%" in texts(row)
    assert "Published now: 2.7%" in texts(row)
    assert not view.updates.take_button.isEnabled()
    row.box.click()
    QTest.mouseClick(view.updates.take_button, LEFT)
    assert view.rows["fee_whole", "3"].value.text() == "2.7%"
    assert view.updates.isHidden()
    assert session.history.undoText() == "Take over published figures"
    session.history.undo()
    assert view.rows["fee_whole", "3"].value.text() == "2.5%"
    assert not view.updates.isHidden()


def test_everything_that_is_published_opens_from_the_terms(show: Show) -> None:
    view = show("huabei")
    pane = view.window()
    assert isinstance(pane, SidePane)
    QTest.mouseClick(view.published_link, LEFT)

    assert isinstance(pane.content, PublishedView)
    assert pane.heading.text() == "Published figures"


def test_what_cannot_be_read_is_said_and_escape_leaves_the_term_as_it_is(
    session: Session, show: Show
) -> None:
    view = show("jd-baitiao")
    before = stored(session)
    row = view.rows["minimum", ""]
    form = open_form(row)
    assert form.value.text() == "10"
    form.value.edit.end(False)  # noqa: FBT003 - Qt's own signature
    QTest.keyClicks(form.value.edit, " or so")
    QTest.mouseClick(form.save_button, LEFT)
    assert "is not a rate in per cent" in texts(form)
    assert form.value.text() == "10 or so"

    QTest.keyClick(form.value.edit, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.unsaved_note.isVisible()
    QTest.keyClick(form.value.edit, Qt.Key.Key_Escape)
    assert row.form is None
    assert view.isVisible()
    assert stored(session) == before


def test_the_keyboard_reaches_a_row_opens_its_form_and_comes_back(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    view = show("blank")
    qtbot.waitExposed(view.window())
    row = view.rows["grace_days", ""]
    assert row.edit_link.accessibleName() == "Days of grace: Enter my value…"
    row.edit_link.setFocus()
    QTest.keyClick(row.edit_link, Qt.Key.Key_Space)
    assert row.form is not None
    assert row.form.value.edit.accessibleName() == "Days of grace"
    QTest.keyClicks(row.form.value.edit, "0")
    QTest.keyClick(row.form.said.origin.box, Qt.Key.Key_Home)
    QTest.keyClick(row.form.value.edit, Qt.Key.Key_Return)

    assert row.value.text() == "0 days"
    assert row.edit_link.text() == "Change my value…"
    (account,) = session.store.accounts.all()
    assert account.terms.grace_days.value == 0


def test_the_terms_of_an_account_that_is_gone_cannot_be_changed(session: Session, show: Show) -> None:
    view = show("blank")
    (account,) = session.store.accounts.all()
    session.do("Delete", delete_account, account.id)
    assert not view.isEnabled()
    session.history.undo()
    assert view.isEnabled()


@pytest.mark.parametrize(("language", "shown"), [("zh", "0.03%"), ("fr", "0,03")])
def test_another_language_keeps_what_is_being_typed(
    qapp: QApplication, session: Session, show: Show, language: str, shown: str
) -> None:
    view = show("jd-baitiao")
    row = view.rows["late_rate", ""]
    form = open_form(row)
    QTest.keyClicks(form.value.edit, "0.05")
    speak(qapp, language)

    assert row.form is form
    assert form.value.text() == "0.05"
    assert shown in row.value.text()
    QTest.keyClick(form.said.origin.box, Qt.Key.Key_Home)
    QTest.mouseClick(form.save_button, LEFT)
    (account,) = session.store.accounts.all()
    assert account.terms.late_rate.value is not None


def test_it_fits_a_narrow_pane_with_large_text(qapp: QApplication, show: Show) -> None:
    apply_theme(qapp, "dark", 200)
    try:
        view = show("jd-baitiao")
        open_form(view.rows["late_rate", ""])
        QApplication.processEvents()
        area = view.window().findChild(QScrollArea)
        assert area is not None
        assert view.width() <= area.viewport().width()
    finally:
        apply_theme(qapp, "light")
