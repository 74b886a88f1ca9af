"""Reminders while the program runs: what is said, when, once, and what the icon in the tray does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from planner.app import Program
from planner.compat import override
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.gui.main_window import MainWindow
from planner.gui.pages import settings_reminders
from planner.gui.pages.bills import BillsPage
from planner.gui.pages.settings import SettingsPage
from planner.gui.reminding import HOUR_MS, Reminding
from planner.gui.session import EXAMPLE, Session
from planner.gui.tray import SHOWN, STAYS, Tray
from planner.services.reminders import note_said, reminders_today, set_quiet_days, unseen
from planner.store.store import VERSION, Store

LEFT = Qt.MouseButton.LeftButton
DUE = date(2026, 11, 25)  # three days after today
WORDS = "白条: Bill of 1 Nov 2026: CN¥500.00 is due on 25 Nov 2026, in 3 days."


def owe(store: Store, bill_id: str = "bill", due_on: date = DUE) -> None:
    line = BillLine(LineKind.UNITEMISED, Money.of("500", "CNY"))
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", id="account"))
        store.bills.save(Bill("account", date(2026, 11, 1), due_on, (line,), id=bill_id))


@pytest.fixture
def said(session: Session) -> Iterator[tuple[Reminding, list[str]]]:
    reminding = Reminding(session)
    heard: list[str] = []
    reminding.said.connect(heard.append)
    yield reminding, heard
    delete(reminding)  # the session outlives its store here, and notices the day that a test took back


Said = tuple[Reminding, list[str]]


@pytest.mark.row("C048", "C099")
def test_each_thing_is_said_once_however_often_it_looks(session: Session, said: Said) -> None:
    reminding, heard = said
    owe(session.store)

    for _time in range(3):
        reminding.check()

    assert heard == [WORDS]


def test_it_looks_every_hour(session: Session, said: Said) -> None:
    reminding, heard = said
    assert reminding.timer.interval() == HOUR_MS == 60 * 60 * 1000
    assert reminding.timer.isActive()
    owe(session.store)

    reminding.timer.timeout.emit()

    assert heard == [WORDS]


def test_a_new_day_says_what_is_new_on_it_also_after_sleep(
    session: Session, said: Said, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    reminding, heard = said
    owe(session.store)
    reminding.check()

    # Asleep over the day before it is due, and awake on the day itself.
    monkeypatch.setattr(session, "_fixed_today", DUE)
    session.check_day()
    qtbot.waitUntil(lambda: len(heard) == 2)
    reminding.check()

    assert heard == [WORDS, "白条: Bill of 1 Nov 2026: CN¥500.00 is due on 25 Nov 2026, today."]


def test_the_command_line_and_the_tray_share_their_marks(session: Session, said: Said) -> None:
    reminding, heard = said
    owe(session.store)
    store, today = session.store, session.today
    with store.transaction():
        note_said(store, [each.reminder for each in reminders_today(store, today)], today)
    reminding.check()
    assert heard == []

    owe(store, "other")
    reminding.check()
    assert len(heard) == 1
    assert reminders_today(store, today) == ()
    # What was said in a corner of the screen still waits on Today.
    assert len(unseen(store, today).to_say) == 2


def test_nothing_is_said_on_a_quiet_day(session: Session, said: Said) -> None:
    reminding, heard = said
    owe(session.store)
    with session.store.transaction():
        set_quiet_days(session.store, [session.today.weekday()], [])

    reminding.check()

    assert heard == []


def test_nothing_is_said_of_the_example_or_without_a_file(session: Session, said: Said) -> None:
    reminding, heard = said
    owe(session.store)
    session.set(EXAMPLE, "1")
    reminding.check()
    Reminding(Session()).check()

    assert heard == []


def test_many_are_told_in_few_lines(session: Session, said: Said) -> None:
    reminding, heard = said
    for number in range(5):
        owe(session.store, f"bill-{number}")

    reminding.check()

    (words,) = heard
    assert words.splitlines() == [WORDS, WORDS, WORDS, "and 2 more"]
    assert len(reminding.newest) == 5


def test_a_file_that_is_only_read_is_told_of_once_in_a_run(tmp_path: Path, today: date) -> None:
    path = tmp_path / "mine.db"
    store = Store.create(path)
    owe(store)
    store.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    store.close()
    session = Session(Store.open(path), today)
    reminding = Reminding(session)
    heard: list[str] = []
    reminding.said.connect(heard.append)

    reminding.check()
    reminding.check()

    assert heard == [WORDS]
    session.close()


def test_all_is_put_off_until_tomorrow_and_that_can_be_undone(session: Session, said: Said) -> None:
    reminding, _heard = said
    owe(session.store)
    owe(session.store, "other")
    before = reminding.has_any

    reminding.snooze_all()

    assert {each.snoozed_until for each in session.store.remembered.all()} == {date(2026, 11, 23)}
    after = reminding.has_any
    session.history.undo()
    assert (before, after, reminding.has_any) == (True, False, True)


# --- the icon


class FakeIcon(QSystemTrayIcon):
    """The icon on a desktop that has a tray, which that of the tests has not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.messages: list[str] = []
        self.is_shown = False

    @override
    def show(self) -> None:
        self.is_shown = True

    @override
    def hide(self) -> None:
        self.is_shown = False

    @override
    def showMessage(self, title: str, text: str, *shown: object) -> None:
        assert self.is_shown
        assert shown
        self.messages.append(f"{title}: {text}")


def icon_of(tray: Tray) -> FakeIcon:
    assert isinstance(tray.icon, FakeIcon)
    return tray.icon


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.open_adopted()
    window.show()
    return window


@pytest.fixture
def tray_of(window: MainWindow) -> Callable[[], Tray]:
    return lambda: Tray(window, FakeIcon)


def test_it_is_there_from_the_beginning_and_says_what_is_new(
    session: Session, tray_of: Callable[[], Tray]
) -> None:
    owe(session.store)

    tray = tray_of()

    assert icon_of(tray).is_shown
    assert icon_of(tray).messages == [f"Repayment Planner: {WORDS}"]
    assert [action.text() for action in tray.menu.actions() if action.text()] == [
        "Open",
        "Snooze all until tomorrow",
        "Quit",
    ]


def test_a_start_begins_to_remind_once_the_window_can_be_used(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.paths.data_dir", lambda: tmp_path / "data")
    path = tmp_path / "mine.db"
    Store.create(path).close()
    program = Program(qapp, path, today)
    assert program.start()
    window = program.window
    assert window is not None
    qtbot.addWidget(window)
    assert window.findChild(Tray) is None

    qtbot.waitUntil(lambda: window.findChild(Tray) is not None)

    program.session.close()


def test_it_goes_and_comes_with_the_choice_of_the_user(session: Session, tray_of: Callable[[], Tray]) -> None:
    session.set(SHOWN, "0")
    owe(session.store)
    tray = tray_of()
    icons: list[object] = [tray.icon]
    assert reminders_today(session.store, session.today) != ()

    session.set(SHOWN, "1")
    assert icon_of(tray).messages == [f"Repayment Planner: {WORDS}"]
    icon = icon_of(tray)
    session.set(SHOWN, "0")
    icons.append(tray.icon)
    assert icons == [None, None]
    assert not icon.is_shown
    assert tray.reminding is None


def test_a_desktop_without_a_tray_gets_no_icon(window: MainWindow) -> None:
    assert Tray(window).icon is None  # as the tests have none


def test_a_click_on_the_notification_opens_what_it_is_about(
    session: Session, window: MainWindow, tray_of: Callable[[], Tray]
) -> None:
    owe(session.store)
    tray = tray_of()
    window.hide()

    icon_of(tray).messageClicked.emit()

    assert window.isVisible()
    assert window.current == "bills"
    page = window.page("bills")
    assert isinstance(page, BillsPage)


def test_a_click_on_a_notification_of_several_opens_today(
    session: Session, window: MainWindow, tray_of: Callable[[], Tray]
) -> None:
    owe(session.store)
    owe(session.store, "other")
    tray = tray_of()
    window.go("cash")

    icon_of(tray).messageClicked.emit()

    assert window.current == "today"


def test_its_menu_puts_everything_off_while_there_is_something(
    session: Session, tray_of: Callable[[], Tray]
) -> None:
    tray = tray_of()
    snooze = tray.menu.actions()[1]
    tray.menu.aboutToShow.emit()
    assert not snooze.isEnabled()
    owe(session.store)
    tray.menu.aboutToShow.emit()
    assert snooze.isEnabled()

    snooze.trigger()

    assert session.store.remembered.get("bill").snoozed_until == date(2026, 11, 23)


def test_closing_the_window_ends_the_program_unless_the_user_wants_it_to_stay(
    session: Session, window: MainWindow, tray_of: Callable[[], Tray]
) -> None:
    tray = tray_of()
    closed: list[bool] = []
    ended: list[bool] = []
    window.closed.connect(lambda: closed.append(True))
    window.ended.connect(lambda: ended.append(True))
    assert not tray.keeps_running()
    session.set(STAYS, "1")

    window.close()
    assert not window.isVisible()
    assert session.has_store
    assert closed == []

    icon_of(tray).activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window.isVisible()
    window.close()
    tray.menu.actions()[-1].trigger()  # Quit
    assert (closed, ended) == ([True], [True])
    assert not session.has_store


def test_without_an_icon_nothing_stays(
    session: Session, window: MainWindow, tray_of: Callable[[], Tray]
) -> None:
    session.set(STAYS, "1")
    session.set(SHOWN, "0")
    tray_of()

    window.close()

    assert not session.has_store


def test_quitting_from_the_tray_shows_the_form_that_would_lose_something(
    session: Session, window: MainWindow, tray_of: Callable[[], Tray]
) -> None:
    owe(session.store)
    session.set(STAYS, "1")
    tray = tray_of()
    window.go("bills", "new-bill")
    page = window.page("bills")
    form = page.pane.content
    assert form is not None
    form.note_typed()  # type: ignore[attr-defined]
    window.close()
    assert not window.isVisible()

    tray.menu.actions()[-1].trigger()

    assert window.isVisible()
    assert session.has_store
    tray.menu.actions()[-1].trigger()  # a second time leaves it
    assert not session.has_store


STAYING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pathlib import Path
from planner.app import Program

app = QApplication([])
program = Program(app, Path(sys.argv[1]))
assert program.start()
window = program.window
window.may_stay = lambda: True
QTimer.singleShot(50, window.close)

def later():
    print("still running, shown:", window.isVisible(), flush=True)
    window.quit()

QTimer.singleShot(300, later)
QTimer.singleShot(20_000, lambda: app.exit(7))
sys.exit(app.exec())
"""


def test_the_program_goes_on_without_its_window_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    Store.create(path).close()

    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", STAYING, str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ
        | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
    )

    assert (done.returncode, done.stdout) == (0, "still running, shown: False\n"), done.stderr


# --- its switches


@pytest.fixture
def settings(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    monkeypatch.setattr(settings_reminders, "has_tray", lambda: True)
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    return page


@pytest.mark.row("C099")
def test_the_switches_are_on_and_off_as_a_start_finds_them(session: Session, settings: SettingsPage) -> None:
    reminders = settings.reminders
    assert (reminders.tray.value(), reminders.stays.value()) == (True, False)

    QTest.keyClick(reminders.stays.box, Qt.Key.Key_Space)
    assert session.choice(STAYS) == "1"
    QTest.keyClick(reminders.tray.box, Qt.Key.Key_Space)
    assert session.choice(SHOWN) == "0"
    assert reminders.stays.isHidden()


def test_there_is_no_switch_where_there_is_no_tray(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_reminders, "has_tray", lambda: False)
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.show()

    assert page.reminders.tray.isHidden()
    assert page.reminders.stays.isHidden()
