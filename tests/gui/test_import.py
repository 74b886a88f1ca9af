from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.gui.pages import imports
from planner.gui.pages.imports import ImportView
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services.accounts import account_from, save_account
from planner.services.imports import BAITIAO_REPAID, Becomes
from planner.store import catalogue
from planner.store.store import Store

OURS = Path(__file__).parents[1] / "data/jd/baitiao.csv"
OTHERS = ("钱包余额", "招商银行信用卡(0000)", "微信-招商银行信用卡")


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> ImportView:
    """The import on an empty record."""
    view = ImportView(session)
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.show()
    return view


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    execute = store.connection.execute
    tables = [name for (name,) in execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    return {table: sorted(map(tuple, execute(f"SELECT * FROM {table}")), key=repr) for table in tables}  # noqa: S608


def choose(view: ImportView, method: str, text: str) -> None:
    """Choose an answer with the keyboard."""
    box = view.methods.fields[method].box
    wanted = box.findText(text)
    assert wanted >= 0, [box.itemText(index) for index in range(box.count())]
    box.setFocus()
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(wanted, 0))
    QTest.keyClick(box.view(), Qt.Key.Key_Return)


def answer_all(view: ImportView) -> None:
    choose(view, "京东白条", "New account: JD Baitiao")
    for method in OTHERS:
        choose(view, method, "Not credit, ignored")


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def baitiao(session: Session) -> Account:
    product = catalogue.product("jd-baitiao")
    assert product is not None
    with session.store.transaction():
        return save_account(session.store, account_from(product, "My Baitiao"))


def test_a_file_is_chosen_answered_previewed_and_recorded_as_one_step(
    qtbot: QtBot, session: Session, view: ImportView, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(session.store)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(OURS), ""))
    press(view.choose_button)
    assert "27 records" in view.file.facts.text()
    assert "UTF-8" in view.file.facts.text()
    assert "agree" in view.file.verdict.text()
    answer_all(view)
    assert view.record_button.text() == "Record 15 entries"

    press(view.record_button)

    assert view.done.heading.text() == "15 entries were recorded"
    assert "Purchase: 11" in view.done_text.text()
    assert "Edit > Undo" in view.done_text.text()
    assert [account.name for account in session.store.accounts.all()] == ["JD Baitiao"]
    assert session.history.count() == 1
    assert session.history.undoText() == "Import statement"
    with qtbot.waitSignal(view.finished):
        press(view.done_button)
    session.history.undo()
    assert dump(session.store) == before


def test_undoing_while_the_result_is_shown_leads_back_to_the_preview(
    session: Session, view: ImportView
) -> None:
    view.load(OURS)
    answer_all(view)
    press(view.record_button)
    assert view.done.isVisible()

    session.history.undo()

    assert not view.done.isVisible()
    assert view.record_button.text() == "Record 15 entries"
    press(view.record_button)
    assert session.store.purchases.count() == 11


def test_recording_without_an_answer_says_what_is_missing_and_goes_there(
    session: Session, view: ImportView
) -> None:
    view.load(OURS)
    choose(view, "钱包余额", "Not credit, ignored")

    press(view.record_button)

    assert "京东白条" in view.missing.text()
    assert "钱包余额" not in view.missing.text()
    assert view.methods.fields["京东白条"].box.hasFocus()
    assert view.methods.fields["京东白条"].message.isVisible()
    assert not view.methods.fields["钱包余额"].message.isVisible()
    assert session.history.count() == 0
    answer_all(view)
    assert not view.missing.isVisible()
    assert not view.methods.fields["京东白条"].message.isVisible()


def test_the_only_baitiao_account_is_already_chosen(session: Session, view: ImportView) -> None:
    account = baitiao(session)

    view.load(OURS)

    assert {view.methods.fields[method].value() for method in ("京东白条", "白条", BAITIAO_REPAID)} == {
        account.id
    }
    assert view.methods.fields["钱包余额"].box.currentText() == "Choose…"


def test_one_new_account_serves_every_method_that_names_baitiao(session: Session, view: ImportView) -> None:
    view.load(OURS)

    choose(view, "京东白条", "New account: JD Baitiao")

    assert view.methods.fields["白条"].box.currentText() == "JD Baitiao"
    assert view.methods.fields[BAITIAO_REPAID].box.currentText() == "JD Baitiao"
    assert session.store.accounts.count() == 0  # nothing is made before it is recorded


def test_a_new_account_of_a_card_is_made_from_the_catalogue(session: Session, view: ImportView) -> None:
    view.load(OURS)
    answer_all(view)
    choose(view, "招商银行信用卡(0000)", "New account: 招商银行信用卡(0000)")

    press(view.record_button)

    made = {account.name: account.product for account in session.store.accounts.all()}
    assert made == {"JD Baitiao": "jd-baitiao", "招商银行信用卡(0000)": "cn-credit-card"}


def test_an_account_that_no_method_stands_for_in_the_end_is_not_made(
    session: Session, view: ImportView
) -> None:
    view.load(OURS)
    answer_all(view)
    choose(view, "钱包余额", "New account: 钱包余额")
    choose(view, "钱包余额", "Not credit, ignored")

    press(view.record_button)

    assert [account.name for account in session.store.accounts.all()] == ["JD Baitiao"]


def test_answers_are_remembered_and_the_same_file_adds_nothing(
    qtbot: QtBot, session: Session, view: ImportView
) -> None:
    view.load(OURS)
    answer_all(view)
    press(view.record_button)

    view.load(OURS)

    assert view.plan is not None
    assert view.plan.counts[Becomes.ALREADY_THERE] == 15
    assert view.plan.unanswered == ()
    assert view.record_button.text() == "Nothing new: done"
    with qtbot.waitSignal(view.finished):
        press(view.record_button)
    assert session.history.count() == 1


def test_rows_are_filtered_by_what_they_become_and_by_words(view: ImportView) -> None:
    view.load(OURS)
    answer_all(view)
    preview = view.preview
    assert preview.model.rowCount() == 27

    preview.kinds.box.setCurrentIndex(preview.kinds.box.findText("Payment (2)"))
    preview.kinds.box.activated.emit(preview.kinds.box.currentIndex())
    assert [planned.becomes for planned in preview.model.values] == [Becomes.PAYMENT] * 2

    preview.kinds.box.setCurrentIndex(0)
    preview.kinds.box.activated.emit(0)
    QTest.keyClicks(preview.search.edit, "900000000022")
    assert {planned.row.line for planned in preview.model.values} == {24, 27}


def test_the_current_row_is_said_in_full(view: ImportView) -> None:
    view.load(OURS)
    answer_all(view)

    assert view.preview.table.select(lambda planned: planned.row.line == 33)

    text = view.preview.detail.text()
    assert "Line 33" in text
    assert "its paid row has taken its place" in text


def test_a_bad_file_names_the_line_and_stores_nothing(
    session: Session, view: ImportView, tmp_path: Path
) -> None:
    before = dump(session.store)
    path = tmp_path / "bad.csv"
    path.write_bytes(OURS.read_bytes().replace("退款成功".encode(), "已关闭".encode(), 1))

    view.load(path)

    assert view.problem.isVisible()
    assert "Line 24 is in the state “已关闭”" in view.problem.text()
    assert view.plan is None
    assert not view.record_button.isVisible()
    assert dump(session.store) == before
    view.load(OURS)
    assert not view.problem.isVisible()
    assert view.record_button.isVisible()


def test_a_missing_file_is_said_in_words(view: ImportView, tmp_path: Path) -> None:
    view.load(tmp_path / "gone.csv")

    assert "gone.csv could not be read" in view.problem.text()


def test_totals_that_differ_are_said_and_not_refused(view: ImportView, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(OURS.read_bytes().replace("3484.30元".encode(), "3484.31元".encode()))

    view.load(path)

    assert (
        "The file says CN¥3,484.31 for total expenses; its rows give CN¥3,484.30." in view.file.verdict.text()
    )
    assert view.record_button.isVisible()


def test_a_file_can_be_dropped(session: Session, view: ImportView) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(OURS))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event = QDropEvent(QPointF(10, 10), *how)
    event.setAccepted(False)

    view.dropEvent(event)

    assert view.acceptDrops()
    assert event.isAccepted()
    assert view.plan is not None
    assert session.store.purchases.count() == 0


@pytest.fixture
def _no_garbage() -> None:
    """Drop the windows of earlier tests here: a worker thread must not be the one to do it."""
    gc.collect()


@pytest.mark.usefixtures("_no_garbage")
def test_a_large_file_is_read_and_planned_in_another_thread(
    qtbot: QtBot, view: ImportView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_AT_ONCE_BYTES", 100)
    monkeypatch.setattr(imports, "_AT_ONCE_ROWS", 5)

    view.load(OURS)
    assert view.plan is None
    assert view.status.isVisible()

    qtbot.waitUntil(lambda: view.plan is not None)
    assert not view.status.isVisible()
    assert view.preview.model.rowCount() == 27


@pytest.mark.usefixtures("_no_garbage")
def test_a_large_file_that_is_bad_is_refused_in_words(
    qtbot: QtBot, view: ImportView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_AT_ONCE_BYTES", 100)
    path = tmp_path / "bad.csv"
    path.write_bytes(OURS.read_bytes()[:1500])

    view.load(path)

    qtbot.waitUntil(view.problem.isVisible)
    assert view.problem.text()


def test_the_language_follows_at_once(view: ImportView, monkeypatch: pytest.MonkeyPatch) -> None:
    view.load(OURS)
    answer_all(view)
    monkeypatch.setattr(imports, "_", lambda text: f"<{text}>")

    view.refresh()

    assert view.title.text() == "<Import a statement>"
    assert view.choose_button.text() == "<Choose a file…>"
    assert i18n.language() == "en"


def test_escape_and_back_leave_without_importing(qtbot: QtBot, session: Session, view: ImportView) -> None:
    with qtbot.waitSignal(view.cancelled):
        QTest.keyClick(view, Qt.Key.Key_Escape)
    with qtbot.waitSignal(view.cancelled):
        press(view.back_button)
    assert session.history.count() == 0


def test_everything_that_takes_the_keyboard_has_a_name(view: ImportView) -> None:
    view.load(OURS)
    answer_all(view)

    for kind in (QPushButton, QComboBox, QLineEdit, QTableView):
        for widget in view.findChildren(kind):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                name = widget.accessibleName() or (widget.text() if isinstance(widget, QPushButton) else "")
                assert name, widget


@pytest.mark.parametrize(("width", "height", "percent"), [(1280, 800, 100), (1024, 640, 200)])
def test_nothing_is_cut_at_the_side(
    qapp: QApplication, view: ImportView, width: int, height: int, percent: int
) -> None:
    apply_theme(qapp, "light", percent)
    view.resize(width, height)
    view.load(OURS)
    answer_all(view)
    QApplication.processEvents()

    assert view.area.horizontalScrollBar().maximum() == 0
    apply_theme(qapp, "light", 100)


def test_money_of_ones_own_as_credit_is_questioned_quietly(session: Session, view: ImportView) -> None:
    own = baitiao(session)
    view.load(OURS)
    words = "This looks like your own money, not credit."
    assert all(words not in field.hint.text() for field in view.methods.fields.values())

    choose(view, "钱包余额", own.name)
    choose(view, "招商银行信用卡(0000)", own.name)

    hints = {method: field.hint.text() for method, field in view.methods.fields.items()}
    assert words in hints["钱包余额"]
    assert words not in hints["招商银行信用卡(0000)"]
    assert words not in hints["京东白条"]
    choose(view, "钱包余额", "Not credit, ignored")
    assert words not in view.methods.fields["钱包余额"].hint.text()


def test_the_file_dialog_opens_in_a_folder_that_exists(
    session: Session, view: ImportView, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def ask(*words: Any) -> tuple[str, str]:
        asked.append(words[2])
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    downloads = tmp_path / "Downloads"
    monkeypatch.setattr(
        "planner.gui.pages.imports.QStandardPaths.writableLocation", lambda _kind: str(downloads)
    )

    press(view.choose_button)
    downloads.mkdir()
    press(view.choose_button)
    session.import_folder = tmp_path
    press(view.choose_button)

    assert asked == [str(Path.home()), str(downloads), str(tmp_path)]
