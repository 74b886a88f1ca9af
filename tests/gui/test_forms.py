from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.compat import override
from planner.domain.account import Account
from planner.errors import PlannerError
from planner.gui.fields import AmountField, NoteField, TextField
from planner.gui.forms import Form
from planner.gui.session import Session
from planner.i18n import _, reading
from planner.phrases import N_
from planner.services.accounts import save_account

LEFT = Qt.MouseButton.LeftButton


class AccountForm(Form):
    """A small form: a name, a limit, and a note behind More."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.name, self.limit, self.note = TextField(), AmountField("CNY", is_required=False), NoteField()
        self.add(self.name, self.limit)
        self.more(self.note)
        self.previews = 0
        self.problem_raised: PlannerError | None = None
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.name.say(_("Name"))
        self.limit.say(_("Credit limit"))
        self.note.say(_("Note"))

    @override
    def on_change(self) -> None:
        self.previews += 1
        self.show_preview(self.name.text())

    @override
    def submit(self) -> bool:
        if self.problem_raised is not None:
            raise self.problem_raised
        account = Account(
            self.name.value(), "Lender", "CNY", limit=self.limit.value(), note=self.note.value()
        )
        return self.session.do(N_("Add account"), save_account, account) is not None


@pytest.fixture
def form(qtbot: QtBot, session: Session) -> AccountForm:
    form = AccountForm(session)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    QApplication.processEvents()
    return form


@pytest.fixture
def names(session: Session) -> Callable[[], list[str]]:
    return lambda: [account.name for account in session.store.accounts.all()]


def test_return_in_any_line_saves(form: AccountForm, names: Callable[[], list[str]], qtbot: QtBot) -> None:
    form.name.edit.setFocus()
    QTest.keyClicks(form.name.edit, "Baitiao")
    form.limit.edit.setFocus()
    QTest.keyClicks(form.limit.edit, "5000")

    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.limit.edit, Qt.Key.Key_Return)

    assert names() == ["Baitiao"]


def test_the_enter_key_of_the_number_block_and_the_button_save_too(
    form: AccountForm, names: Callable[[], list[str]], qtbot: QtBot
) -> None:
    form.name.set_text("one")
    form.name.edit.setFocus()
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.name.edit, Qt.Key.Key_Enter)
    form.name.set_text("two")
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    assert names() == ["one", "two"]


def test_return_in_a_note_begins_a_line_and_saves_nothing(
    form: AccountForm, names: Callable[[], list[str]]
) -> None:
    form.name.set_text("Baitiao")
    QTest.mouseClick(form.more_button, LEFT)
    QTest.keyClicks(form.note.edit, "first")
    QTest.keyClick(form.note.edit, Qt.Key.Key_Return)
    QTest.keyClicks(form.note.edit, "second")

    assert form.note.value() == "first\nsecond"
    assert names() == []


def test_saving_what_cannot_be_read_shows_each_message_and_loses_nothing(
    form: AccountForm, names: Callable[[], list[str]], qtbot: QtBot
) -> None:
    form.limit.edit.setFocus()
    QTest.keyClicks(form.limit.edit, "a lot")

    with qtbot.assertNotEmitted(form.saved):
        QTest.keyClick(form.limit.edit, Qt.Key.Key_Return)

    assert names() == []
    assert form.name.edit.hasFocus()
    assert form.name.message.text() == "Please fill this in."
    assert form.limit.message.isVisible()
    assert form.limit.edit.text() == "a lot"


def test_a_refusal_is_said_in_the_form_and_goes_when_the_user_types_on(
    form: AccountForm, names: Callable[[], list[str]], qtbot: QtBot
) -> None:
    form.name.set_text("Baitiao")
    form.limit.set_text("0")

    with qtbot.assertNotEmitted(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    assert form.problem.isVisible()
    assert form.problem.text().startswith("A credit limit is more than zero.")
    assert (form.name.edit.text(), form.limit.edit.text()) == ("Baitiao", "0")
    assert names() == []

    form.limit.edit.setFocus()
    QTest.keyClicks(form.limit.edit, "9")
    assert not form.problem.isVisible()


def test_a_refusal_before_the_store_is_asked_is_said_in_the_same_place(form: AccountForm) -> None:
    form.name.set_text("Baitiao")
    form.problem_raised = reading.BadDateError(text="soon", example="22 Nov 2026")

    form.save()

    assert form.problem.text() == "“soon” is not a date. Write it like 22 Nov 2026."


def test_refusals_elsewhere_are_not_said_in_the_form(form: AccountForm, session: Session) -> None:
    form.name.set_text("Baitiao")
    form.save()

    session.refused.emit("Something else.")

    assert not form.problem.isVisible()


def test_more_shows_what_waited_behind_it_and_the_keyboard_goes_there(form: AccountForm) -> None:
    assert not form.note.isVisible()
    assert form.more_button.text() == "More"

    QTest.mouseClick(form.more_button, LEFT)

    assert form.note.isVisible()
    assert form.note.edit.hasFocus()
    assert not form.more_button.isVisible()


def test_a_form_without_more_has_no_link(qtbot: QtBot, session: Session) -> None:
    form = Form(session)
    qtbot.addWidget(form)
    form.add(TextField())
    form.refresh()
    form.show()

    assert not form.more_button.isVisible()
    assert not form.preview.isVisible()


def test_a_form_that_gets_the_keyboard_gives_it_to_its_first_field(form: AccountForm) -> None:
    form.save_button.setFocus()
    form.setFocus()

    assert form.name.edit.hasFocus()


def test_the_preview_follows_each_key(form: AccountForm) -> None:
    form.name.edit.setFocus()
    QTest.keyClicks(form.name.edit, "Bai")

    assert form.previews == 3
    assert (form.preview.text(), form.preview.isVisible()) == ("Bai", True)
    form.name.edit.selectAll()
    QTest.keyClick(form.name.edit, Qt.Key.Key_Backspace)
    assert not form.preview.isVisible()


def test_tab_goes_through_the_fields_in_order_and_on_to_the_buttons_and_out_again(
    qtbot: QtBot, session: Session
) -> None:
    window, before, after = QWidget(), QPushButton("before"), QPushButton("after")
    form = AccountForm(session)
    column = QVBoxLayout(window)
    for widget in (before, form, after):
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    expected = [before, form.name.edit, form.limit.edit, form.more_button, form.save_button, after]

    before.setFocus()
    for stop in expected:
        assert QApplication.focusWidget() is stop
        QTest.keyClick(stop, Qt.Key.Key_Tab)


def test_another_language_changes_the_labels_and_leaves_what_was_typed(form: AccountForm) -> None:
    form.name.set_text("Baitiao")
    i18n.use("fr")

    QCoreApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))

    assert form.save_button.text() == _("Save") != "Save"
    assert form.name.label.text() == _("Name") != "Name"
    assert form.name.edit.text() == "Baitiao"
