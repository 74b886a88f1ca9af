from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.gui.language import speak
from planner.gui.main_window import MainWindow
from planner.gui.page import Page
from planner.gui.pages.reports import ReportsPage
from planner.gui.places import ALL
from planner.gui.recording.purchase import PurchaseForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services.accounts import delete_account, save_account
from planner.store.store import Store

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, session: Session) -> Iterator[MainWindow]:
    window = MainWindow(session, ("light", 100))
    qtbot.addWidget(window)
    window.open_adopted()
    window.show()
    window.activateWindow()  # keys lead nowhere in a window that is not active
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    speak(qapp, "en")
    apply_theme(qapp, "light")


def press(window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    wanted = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        wanted |= modifier
    QTest.keyClick(window, key, wanted)
    QApplication.processEvents()


# --- places ---------------------------------------------------------------------------------------


def test_ctrl_and_a_number_leads_to_a_place_and_the_sidebar_follows(window: MainWindow) -> None:
    press(window, Qt.Key.Key_3, CTRL)

    assert window.current == "compare"
    assert window.places.currentItem().text() == "Compare"
    assert window.stack.currentWidget() is window.page("compare")


def test_back_and_forward_retrace_the_places(window: MainWindow) -> None:
    press(window, Qt.Key.Key_3, CTRL)
    press(window, Qt.Key.Key_5, CTRL)

    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current == "compare"
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current == "today"
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current == "today", "there is nothing before the first place"
    press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.current == "compare"

    press(window, Qt.Key.Key_8, CTRL)
    press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.current == "reports", "a new step forgets what Back came from"


def test_a_row_of_the_sidebar_leads_to_its_place_and_back_returns(window: MainWindow) -> None:
    row = next(number for number, place in enumerate(ALL) if place.name == "late")

    rectangle = window.places.visualItemRect(window.places.item(row))
    QTest.mouseClick(window.places.viewport(), Qt.MouseButton.LeftButton, pos=rectangle.center())
    assert window.current == "late"

    window.go_back()
    assert window.current == "today"
    assert window.places.currentRow() == 0


def test_the_place_that_is_shown_is_no_step_of_the_trail(window: MainWindow) -> None:
    window.go("today")
    window.go("compare")
    window.go("compare")

    window.go_back()

    assert window.current == "today"


def test_an_unknown_place_changes_nothing(window: MainWindow) -> None:
    window.go("nowhere")

    assert window.current == "today"


def test_f6_goes_round_the_parts_of_the_window(window: MainWindow) -> None:
    page = window.stack.currentWidget()
    assert isinstance(page, Page)
    window.places.setFocus()

    def part() -> str:
        focus = QApplication.focusWidget()
        for name, widget in (("places", window.places), ("page", page.scroller), ("pane", page.pane)):
            if focus is not None and (widget is focus or widget.isAncestorOf(focus)):
                return name
        return ""

    press(window, Qt.Key.Key_F6)
    assert part() == "page"
    press(window, Qt.Key.Key_F6)
    assert part() == "places", "a pane that is closed is passed over"

    content = QWidget()
    page.pane.open(content, "Heading")
    assert page.pane.is_open
    window.places.setFocus()
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_F6)
    assert part() == "pane"


# --- menus ----------------------------------------------------------------------------------------


def test_every_act_of_the_menus_has_a_text_and_no_key_leads_to_two(window: MainWindow) -> None:
    keys: list[str] = []
    for action in window.menuBar().actions():
        menu = action.menu()
        assert action.text()
        assert menu is not None
        for act in menu.actions():  # type: ignore[attr-defined]
            assert act.isSeparator() or act.text()
            keys += [key.toString() for key in act.shortcuts()]

    assert len(keys) == len(set(keys))
    assert {"Ctrl+P", "Ctrl+Shift+P", "Ctrl+O", "Ctrl+S", "Ctrl+Z", "F1", "F6"} <= set(keys)


def texts_of(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize("key", ["F1", "Ctrl+/"])
def test_the_keys_are_listed_from_the_menus(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    shown: list[str] = []

    def look(dialog: QDialog) -> int:
        from planner.gui.tables import Table

        shown.extend(table.as_text() for table in dialog.findChildren(Table))
        return 0

    monkeypatch.setattr(QDialog, "exec", look)
    QTest.keySequence(window, QKeySequence(key))

    assert "Print the report…\tCtrl+P" in shown[0]
    assert "Next part of the window\tF6" in shown[0]
    assert "Accounts & bills\tCtrl+2" in shown[0]


def test_ctrl_p_opens_the_report_and_prints_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []
    monkeypatch.setattr(ReportsPage, "print_report", lambda _page: printed.append(window.current))

    press(window, Qt.Key.Key_P, CTRL)

    assert printed == ["reports"]


def test_ctrl_shift_p_opens_the_report_and_saves_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[str] = []
    monkeypatch.setattr(ReportsPage, "save_pdf", lambda _page: saved.append(window.current))

    press(window, Qt.Key.Key_P, CTRL, SHIFT)

    assert saved == ["reports"]


def test_menus_and_places_switch_language_at_once(window: MainWindow) -> None:
    window.session.set("language", "fr")

    assert window.places.item(0).text() == i18n._("Today")
    assert i18n.language() == "fr"
    assert window.menus.undo.text() == i18n._("Undo")


# --- acts and their undoing -----------------------------------------------------------------------


def account() -> Account:
    return Account("Baitiao", "JD", "CNY")


def test_what_was_done_is_said_with_a_way_to_take_it_back(window: MainWindow) -> None:
    window.session.do("Add an account", save_account, account())
    assert window.toast.text == "Done: Add an account."
    assert window.toast.undo_button.isVisible()
    assert window.menus.undo.text() == "Undo: Add an account"

    QTest.mouseClick(window.toast.undo_button, Qt.MouseButton.LeftButton)

    assert window.session.store.accounts.all() == []
    assert window.toast.text == "Undone: Add an account."
    assert not window.toast.undo_button.isVisible()
    assert window.menus.redo.isEnabled()

    press(window, Qt.Key.Key_Z, CTRL, SHIFT)
    assert len(window.session.store.accounts.all()) == 1
    assert window.toast.text == "Redone: Add an account."


def test_a_message_takes_its_room_from_the_page_and_covers_nothing(window: MainWindow) -> None:
    height = window.stack.height()

    window.session.do("Add an account", save_account, account())
    QApplication.processEvents()

    assert window.toast.isVisible()
    assert not window.toast.geometry().intersects(window.stack.geometry())
    assert window.stack.height() == height - window.toast.height()
    QTest.mouseClick(window.toast.close_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert not window.toast.isVisible()
    assert window.stack.height() == height


def test_a_message_stays_longer_where_it_can_be_taken_back(window: MainWindow) -> None:
    window.say("Said.")
    assert window.toast.timer.interval() == 6_000

    window.session.do("Add an account", save_account, account())
    assert window.toast.timer.interval() == 10_000

    window.toast.undo_button.setFocus()
    window.toast.timer.timeout.emit()
    assert window.toast.isVisible(), "it is not taken from under the keyboard"
    window.places.setFocus()
    window.toast.timer.timeout.emit()
    assert not window.toast.isVisible()


def test_what_is_seen_at_once_is_not_said_but_can_be_undone(window: MainWindow) -> None:
    window.session.do_quietly("Add an account", save_account, account())

    assert not window.toast.isVisible()
    assert window.menus.undo.text() == "Undo: Add an account"


def test_the_edit_menu_adds_a_purchase(window: MainWindow) -> None:
    window.session.do("Add an account", save_account, account())

    press(window, Qt.Key.Key_B, CTRL, SHIFT)

    page = window.page("bills")
    assert window.current == "bills"
    assert isinstance(page.pane.content, PurchaseForm)


def test_a_step_that_cannot_be_taken_back_is_not_called_undone(window: MainWindow) -> None:
    made = account()
    window.session.do("Add an account", save_account, made)
    with window.session.store.transaction():  # by another window of the program
        delete_account(window.session.store, made.id)

    press(window, Qt.Key.Key_Z, CTRL)

    assert window.toast.isVisible()
    assert "Undone" not in window.toast.text
    assert not window.menus.undo.isEnabled()


# --- text size ------------------------------------------------------------------------------------


def test_larger_text_lays_the_window_out_anew(window: MainWindow) -> None:
    page = window.stack.currentWidget()
    assert isinstance(page, Page)
    title, sidebar = page.title.sizeHint().height(), window.places.width()

    for _ in range(5):
        press(window, Qt.Key.Key_Equal, CTRL)

    assert window.session.choice("text_size") == "200"
    assert page.title.sizeHint().height() > 1.6 * title
    assert window.places.width() > 1.3 * sidebar
    for row in range(window.places.count()):
        width = window.places.fontMetrics().horizontalAdvance(window.places.item(row).text())
        assert width < window.places.width()

    press(window, Qt.Key.Key_Equal, CTRL)
    assert window.session.choice("text_size") == "200", "there is nothing larger"
    press(window, Qt.Key.Key_0, CTRL)
    assert abs(page.title.sizeHint().height() - title) <= 1
    assert window.places.width() == sidebar


def test_a_pane_makes_room_when_the_text_grows(window: MainWindow) -> None:
    window.resize(1280, 800)
    page = window.stack.currentWidget()
    assert isinstance(page, Page)
    page.pane.open(QLabel("Something"), "Heading")
    QApplication.processEvents()
    assert page.scroller.isVisible()

    window.session.set("text_size", "200")
    QApplication.processEvents()

    assert not page.scroller.isVisible(), "both would be cramped side by side"
    assert page.pane.isVisible()


# --- the file -------------------------------------------------------------------------------------


@pytest.fixture
def filed(window: MainWindow, tmp_path: Path) -> Path:
    """The window with a file on the disk."""
    path = tmp_path / "my debts.db"
    Store.create(path).close()
    assert window.session.open(path)
    return path


def test_where_the_data_is_leads_to_its_folder(
    window: MainWindow, filed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    seen: list[str] = []

    def press_first(box: QMessageBox) -> int:
        seen.append(box.informativeText())
        next(button for button in box.buttons() if button.text() == "Open the folder").click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press_first)
    window.files.show_where()

    assert str(filed) in seen[0]
    assert "my debts copies" in seen[0]
    assert [Path(url.toLocalFile()) for url in opened] == [filed.parent]
    window.session.close()


def test_a_copy_is_saved_and_never_over_the_open_file(
    window: MainWindow, filed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(filed), ""))
    press(window, Qt.Key.Key_S, CTRL)
    assert "Choose another name" in window.toast.text

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy"), ""))
    press(window, Qt.Key.Key_S, CTRL)

    assert "A checked copy is at" in window.toast.text
    assert (tmp_path / "copy.db").is_file()
    window.session.close()


def test_a_file_that_cannot_be_opened_leaves_the_open_one(
    window: MainWindow, filed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = tmp_path / "letter.db"
    text.write_text("Dear Sir or Madam, " * 100)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(text), ""))

    press(window, Qt.Key.Key_O, CTRL)

    assert "not a file of the Repayment Planner" in window.toast.text
    assert window.session.store.path == filed
    window.session.close()


def test_a_copy_that_fails_at_closing_is_said(
    window: MainWindow, filed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.do("Add an account", save_account, account())
    (filed.parent / "my debts copies").write_text("a file where the folder should be")
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, title, text: said.append(f"{title}: {text}"))

    window.close()

    assert said
    assert said[0].startswith("The copy was not made: The copy")
    assert not window.session.has_store


def test_closing_asks_once_for_what_is_typed_and_not_saved(window: MainWindow) -> None:
    account = Account("Card", "Bank", "CNY")
    window.session.do("Add an account", save_account, account)
    window.go("bills", "new-purchase")
    form = window.page("bills").pane.content
    assert isinstance(form, PurchaseForm)
    QTest.keyClicks(form.amount.edit, "12")
    window.go("today")

    window.close()
    assert window.isVisible()
    assert window.current == "bills"
    assert window.session.has_store

    window.close()
    assert not window.isVisible()
