from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.published import PublishedKind
from planner.gui.language import speak
from planner.gui.pane import SidePane
from planner.gui.recording.published_forms import CapForm, ProductForm
from planner.gui.recording.published_rows import SheetRow
from planner.gui.recording.published_view import PublishedView, open_published
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.paths import resources
from planner.services import catalogue as figures
from planner.services.accounts import account_from, save_account
from planner.store import catalogue
from planner.store.store import Store

LEFT = Qt.MouseButton.LeftButton
HUABEI = (resources() / "products" / "20-huabei.toml").read_text(encoding="utf-8")
NEWER = HUABEI.replace('value = "0.025"', 'value = "0.027"')


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> SidePane:
    """The pane, with everything that is published in it."""
    pane = SidePane()
    qtbot.addWidget(pane)
    pane.resize(480, 800)
    pane.show()
    open_published(pane, session)
    return pane


@pytest.fixture
def view(pane: SidePane) -> PublishedView:
    """What is shown in the pane."""
    assert isinstance(pane.content, PublishedView)
    return pane.content


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def rows_of(view: PublishedView, kind: PublishedKind) -> list[SheetRow]:
    return [row for row in view.rows if row.shelved.sheet is not None and row.shelved.sheet.kind is kind]


def kept(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sheet.toml"
    path.write_text(text, encoding="utf-8")
    return path


def an_account(session: Session, product_id: str = "huabei") -> Account:
    sheet = catalogue.product(product_id)
    assert sheet is not None
    account = account_from(sheet, "My Huabei")
    session.do("x", save_account, account)
    return account


def choose(form: CapForm, key: str) -> None:
    form.line.set_key(key)
    form.line.box.activated.emit(form.line.box.currentIndex())


def test_every_sheet_is_listed_with_its_day_and_its_sources(pane: SidePane, view: PublishedView) -> None:
    said = texts(view)

    assert pane.heading.text() == "Published figures"
    assert "JD Baitiao" in said
    assert "Comes with the program. Last checked 22 Nov 2026. 14 figures with their sources." in said
    assert "Another credit" not in said
    assert len(rows_of(view, PublishedKind.PRODUCT)) == len(catalogue.products()) - 1
    assert [row.forget_link.isHidden() for row in view.rows] == [True] * len(view.rows)
    assert "more than a year" not in said


def test_legal_lines_and_calendars_show_what_they_hold(view: PublishedView) -> None:
    china, france = rows_of(view, PublishedKind.CAPS)
    china.details.set_open(is_open=True)
    france.details.set_open(is_open=True)

    assert "LPR1Y on 20 Jan 2026: 3%. Source: en.people.cn" in texts(china)
    assert "4 × LPR1Y, since 20 Aug 2020: four times the one-year loan prime rate" in texts(china)
    assert "15.87% above 3,000 EUR up to 6,000 EUR, from 1 Jan 2026 to 31 Mar 2026" in texts(france)
    assert "8.67% above 6,000 EUR, from" in texts(france)
    assert "23.56% up to 3,000 EUR, from" in texts(france)
    calendar = rows_of(view, PublishedKind.CALENDAR)[0]
    assert "Public holidays: China" in texts(calendar)
    calendar.details.set_open(is_open=True)
    assert "2026: https://www.gov.cn" in texts(calendar)


def test_a_list_of_help_opens_to_who_helps_with_numbers_and_sources(view: PublishedView) -> None:
    france = next(row for row in rows_of(view, PublishedKind.HELP) if "in France" in texts(row))
    assert "3414" not in texts(france)
    france.details.set_open(is_open=True)

    assert "3 entries" in texts(france)
    assert "Banque de France, over-indebtedness (surendettement): 3414; banque-france.fr. Source: " in texts(
        france
    )
    assert "CRESUS: cresus.org. Source: cresus.org; marcelle.media" in texts(france)


def test_a_product_opens_to_its_terms_with_their_sources(view: PublishedView) -> None:
    huabei = next(row for row in view.rows if row.shelved.sheet and row.shelved.sheet.key == "huabei")
    assert "Fee for 3 instalments together" not in texts(huabei)
    huabei.details.set_open(is_open=True)

    lines = texts(huabei).splitlines()
    (fee,) = (line for line in lines if line.startswith("Fee for 3 instalments together"))
    assert fee.startswith("Fee for 3 instalments together, as a part of the amount: 2.5%. Source: ")
    assert any(line.startswith("Late rate: ") and ". Source: " in line for line in lines)


def test_a_sheet_that_nobody_looked_at_for_a_year_says_so(qtbot: QtBot, store: Store) -> None:
    view = PublishedView(Session(store, date(2027, 11, 23)))
    qtbot.addWidget(view)

    assert all(
        row.notes.text().startswith("Last checked 22 Nov 2026, more than a year ago.") for row in view.rows
    )


def test_a_data_file_is_loaded_listed_offered_and_can_be_taken_out(
    qtbot: QtBot, session: Session, view: PublishedView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = an_account(session)
    assert "The accounts hold the same figures as are published." in texts(view)
    path = kept(tmp_path, NEWER)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    with qtbot.waitSignal(session.changed):
        QTest.mouseClick(view.load_button, LEFT)

    own = next(row for row in view.rows if row.shelved.published is not None)
    assert "Loaded on 22 Nov 2026. Last checked 22 Nov 2026." in texts(own)
    built_in = next(row for row in view.rows if not row.shelved.is_shown)
    assert built_in.notes.text() == "Another sheet of the same product, checked on the same day, is used."
    assert session.store.accounts.get(account.id) == account, "never by itself"
    (part,) = view.updates
    assert "My Huabei: 1 published figure differs from this copy: look…" in texts(view)
    part.part.set_open(is_open=True)
    (row,) = part.rows
    assert "Copied: 2.5%: 572757.com" in texts(row)
    assert "Published now: 2.7%: 572757.com" in texts(row)
    row.box.click()
    QTest.mouseClick(part.take_button, LEFT)
    taken = session.store.accounts.get(account.id)
    assert taken.terms.whole_fee(3).value == Decimal("0.027")
    assert view.updates == []
    session.history.undo()
    assert session.store.accounts.get(account.id) == account
    assert len(view.updates) == 1

    own = next(row for row in view.rows if row.shelved.published is not None)
    assert own.forget_link.accessibleName() == "Take it out: Huabei"
    QTest.mouseClick(own.forget_link, LEFT)
    assert all(row.shelved.published is None for row in view.rows)
    assert session.history.undoText() == "Take out published figures"
    session.history.undo()
    assert session.store.published.count() == 1


def test_what_was_only_looked_at_again_is_one_row(qtbot: QtBot, store: Store, tmp_path: Path) -> None:
    session = Session(store, date(2026, 12, 1))
    account = an_account(session)
    view = PublishedView(session)
    qtbot.addWidget(view)
    view.load(kept(tmp_path, NEWER.replace("2026-11-22", "2026-12-01")))
    (part,) = view.updates
    part.part.set_open(is_open=True)
    changed, again = part.rows

    assert "Fee for 3 instalments together" in texts(changed)
    assert again.keys
    assert again.box.accessibleName() == (
        f"{len(again.keys)} figures that were looked at again and are the same"
    )
    QTest.mouseClick(part.all_link, LEFT)
    assert part.all_link.text() == "Tick none"
    QTest.mouseClick(part.all_link, LEFT)
    assert not part.take_button.isEnabled()
    again.box.click()
    QTest.mouseClick(part.take_button, LEFT)
    terms = session.store.accounts.get(account.id).terms
    assert terms.whole_fee(3).value == Decimal("0.025")
    assert terms.whole_fee(6).claims[0].source.checked == date(2026, 12, 1)
    assert len(view.updates[0].rows) == 1, "the list stays open"


def test_what_is_not_published_any_more_is_never_ticked_with_the_others(
    session: Session, view: PublishedView, tmp_path: Path
) -> None:
    account = an_account(session)
    parts = NEWER.split("\n[[claim]]")
    gone = next(part for part in parts if 'term = "fee_whole"\nabout = "6"' in part)
    view.load(kept(tmp_path, "\n[[claim]]".join(part for part in parts if part is not gone)))
    (part,) = view.updates
    assert part.warning.isHidden() or not part.part.is_open
    part.part.set_open(is_open=True)

    (removal,) = (row for row in part.rows if row.is_removal)
    assert part.rows[-1] is removal
    assert "Published now: nothing" in texts(removal)
    assert not part.warning.isHidden()
    assert part.warning.text().startswith("These are not published any more.")
    QTest.mouseClick(part.all_link, LEFT)
    assert part.all_link.text() == "Tick none"
    assert not removal.box.isChecked()
    assert all(row.box.isChecked() for row in part.rows if row is not removal)
    QTest.mouseClick(part.take_button, LEFT)
    terms = session.store.accounts.get(account.id).terms
    assert terms.whole_fee(3).value == Decimal("0.027")
    assert not terms.whole_fee(6).is_unknown
    (part,) = view.updates
    part.part.set_open(is_open=True)
    assert part.all_link.isHidden()
    part.rows[0].box.click()
    QTest.mouseClick(part.take_button, LEFT)
    assert session.store.accounts.get(account.id).terms.whole_fee(6).is_unknown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('id = "x"', "This file holds no product, no legal lines, no calendar and no list of free help."),
        ("x = = 1", "Line 1: this is not written as a data file is (TOML)."),
        (HUABEI.replace('value = "0.025"', 'value = "much"'), "“value” cannot be “much”."),
        (HUABEI, "the same figures, checked on 22 Nov 2026, are there already."),
        (
            HUABEI.replace("2026-11-22", "2026-11-23"),
            "sheet.toml: Line 12: the file says that it was checked on 23 Nov 2026, which is still to come.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(
    session: Session, view: PublishedView, tmp_path: Path, text: str, said: str
) -> None:
    view.load(kept(tmp_path, text))

    assert said in view.problem.text()
    assert view.problem.text().startswith("sheet.toml: ")
    assert not view.problem.isHidden()
    assert session.store.published.count() == 0
    view.load(kept(tmp_path, NEWER))
    assert view.problem.isHidden()


def test_a_file_that_is_not_there_is_refused_and_choosing_none_does_nothing(
    view: PublishedView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.load(tmp_path / "gone.toml")
    assert view.problem.text().startswith("gone.toml: There is no file at ")
    view.load(tmp_path)
    assert f"{tmp_path.name} could not be opened: " in view.problem.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    count = len(view.rows)
    QTest.mouseClick(view.load_button, LEFT)
    assert len(view.rows) == count


def test_a_usury_threshold_is_typed_for_this_quarter(session: Session, view: PublishedView) -> None:
    QTest.mouseClick(view.cap_button, LEFT)
    form = view.form
    assert isinstance(form, CapForm)
    choose(form, "line/FR/usury")
    assert (form.since.text(), form.until.text()) == ("1 Oct 2026", "31 Dec 2026")
    assert form.country.isHidden()
    assert form.title.isHidden()
    QTest.keyClicks(form.value.edit, "23.71")
    QTest.keyClicks(form.up_to.edit, "3000")
    QTest.mouseClick(form.save_button, LEFT)
    assert form.source.message.text() == "Please fill this in."
    QTest.keyClicks(form.source.edit, "Banque de France")
    QTest.keyClick(form.source.edit, Qt.Key.Key_Return)

    assert view.form is None
    cap = figures.caps(session.store).caps[-1]
    assert (cap.line, cap.country, cap.value) == ("usury", "FR", Decimal("0.2371"))
    assert (cap.since, cap.until) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (cap.above, cap.up_to, cap.currency) == (None, Decimal(3000), "EUR")
    assert cap.source.name == "Banque de France"
    assert session.history.undoText() == "Type a legal line"
    own = next(row for row in view.rows if row.shelved.published is not None)
    assert "Typed on 22 Nov 2026." in texts(own)


def test_a_new_fixing_asks_for_its_day_and_a_new_line_for_its_name(
    session: Session, view: PublishedView
) -> None:
    QTest.mouseClick(view.cap_button, LEFT)
    form = view.form
    assert isinstance(form, CapForm)

    choose(form, "rate/CN/LPR1Y")
    assert form.since.label.text() == "Fixed on"
    assert [field.isHidden() for field in (form.until, form.above, form.title)] == [True] * 3
    choose(form, "")
    assert form.since.label.text() == "From"
    assert not form.title.isHidden()
    form.country.set_key("GB")
    form.country.box.activated.emit(form.country.box.currentIndex())
    assert form.above.currency == "GBP"
    QTest.keyClicks(form.title.edit, "what my union says")
    QTest.keyClicks(form.value.edit, "30")
    QTest.keyClicks(form.since.edit, "2026-01-01")
    QTest.keyClicks(form.source.edit, "a letter")
    QTest.mouseClick(form.save_button, LEFT)
    cap = figures.caps(session.store).caps[-1]
    assert (cap.country, cap.title, cap.since, cap.until) == (
        "GB",
        "what my union says",
        date(2026, 1, 1),
        None,
    )

    QTest.mouseClick(view.cap_button, LEFT)
    form = view.form
    assert isinstance(form, CapForm)
    choose(form, "rate/CN/LPR1Y")
    QTest.keyClicks(form.value.edit, "2.9")
    QTest.keyClicks(form.since.edit, "2026-11-20")
    QTest.keyClicks(form.source.edit, "pbc.gov.cn")
    QTest.mouseClick(form.save_button, LEFT)
    seen = figures.caps(session.store).observations[-1]
    assert (seen.name, seen.on, seen.value) == ("LPR1Y", date(2026, 11, 20), Decimal("0.029"))


def test_a_product_is_typed_with_the_terms_of_an_account(session: Session, view: PublishedView) -> None:
    account = an_account(session)
    QTest.mouseClick(view.product_button, LEFT)
    form = view.form
    assert isinstance(form, ProductForm)
    QTest.keyClicks(form.name.edit, "The shop's own")
    form.country.set_key("FR")
    form.country.box.activated.emit(form.country.box.currentIndex())
    assert form.currency.value() == "EUR"
    form.account.set_key(account.id)
    form.account.box.activated.emit(form.account.box.currentIndex())
    assert (form.country.value(), form.currency.value()) == ("CN", "CNY")
    QTest.mouseClick(form.save_button, LEFT)

    found = figures.products(session.store)[-2]
    assert (found.name, found.country, found.currency) == ("The shop's own", "CN", "CNY")
    assert found.terms.whole_fee(3).value == Decimal("0.025")
    assert session.history.undoText() == "Type a product"


def test_what_was_typed_is_not_lost_by_opening_another_form(view: PublishedView) -> None:
    QTest.mouseClick(view.product_button, LEFT)
    form = view.form
    assert isinstance(form, ProductForm)
    QTest.keyClicks(form.name.edit, "Mine")
    QTest.mouseClick(view.cap_button, LEFT)

    assert view.form is form
    assert not form.unsaved_note.isHidden()
    QTest.mouseClick(view.cap_button, LEFT)
    assert isinstance(view.form, CapForm), "the second time it may go"


def test_it_speaks_another_language_and_keeps_an_open_form(qapp: QApplication, view: PublishedView) -> None:
    QTest.mouseClick(view.product_button, LEFT)
    form = view.form
    assert isinstance(form, ProductForm)
    QTest.keyClicks(form.name.edit, "Mine")
    try:
        speak(qapp, "fr")
        assert view.form is form
        assert form.name.text() == "Mine"
        assert len(view.rows) > 10
    finally:
        speak(qapp, "en", "en_GB")


def test_it_fits_a_narrow_pane_with_large_text(
    qapp: QApplication, pane: SidePane, view: PublishedView
) -> None:
    apply_theme(qapp, "dark", 200)
    try:
        pane.resize(pane.width_wanted, 640)
        QTest.mouseClick(view.cap_button, LEFT)
        for row in view.rows:
            row.details.set_open(is_open=True)
        QApplication.processEvents()
        area = pane.findChild(QScrollArea)
        assert area is not None
        assert view.width() <= area.viewport().width()
    finally:
        apply_theme(qapp, "light")
