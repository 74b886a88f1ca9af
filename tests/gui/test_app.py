from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.app import Program
from planner.domain.account import Account
from planner.gui.crash_hook import CrashHook
from planner.gui.dialogs.already_open import AlreadyOpenDialog
from planner.gui.dialogs.cannot_open import CannotOpenDialog, Way
from planner.gui.dialogs.crash import CrashDialog
from planner.gui.last_file import last_file, remember
from planner.gui.main_window import MainWindow
from planner.gui.pages.today import TodayPage
from planner.gui.pages.welcome import WelcomePage
from planner.gui.session import EXAMPLE
from planner.gui.theme import apply_theme
from planner.gui.window_place import fitted
from planner.services.accounts import save_account
from planner.store.backup import copies_of
from planner.store.store import Store

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The user's folder: no test may look into the real one."""
    folder = tmp_path / "data"
    monkeypatch.setattr("planner.paths.data_dir", lambda: folder)
    return folder


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, today: date) -> Iterator[Callable[..., Program]]:
    """Starts the program as the command line would; ends what it started."""
    started: list[Program] = []

    def begin(path: Path | None = None, *, demo: bool = False) -> Program:
        program = Program(qapp, path, today)
        assert program.start(demo=demo)
        assert program.window is not None
        qtbot.addWidget(program.window)
        with qtbot.waitSignal(program.window.painted):
            pass
        program.window.activateWindow()  # keys lead nowhere in a window that is not active
        qtbot.waitUntil(program.window.isActiveWindow)
        started.append(program)
        return program

    yield begin
    for program in started:
        program.session.close()
    # First the windows, which were told to go: another theme styles anew all that is there.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    apply_theme(qapp, "light")


def window_of(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def welcome(program: Program) -> WelcomePage:
    page = window_of(program).stack.currentWidget()
    assert isinstance(page, WelcomePage)
    return page


def said(program: Program) -> str:
    page = window_of(program).stack.currentWidget()
    assert page is not None
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def filled(path: Path, **choices: str) -> Path:
    """A file with one account in it."""
    store = Store.create(path)
    with store.transaction():
        save_account(store, Account("Mine", "A lender", "CNY"))
        for name, value in choices.items():
            store.settings.put(name, value)
    store.close()
    return path


def names_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM accounts ORDER BY name")]


def close(program: Program) -> None:
    window_of(program).close()
    QApplication.processEvents()


# --- The first start ------------------------------------------------------------------------------


def test_the_first_start_leads_over_the_welcome_to_today(start: Callable[..., Program], data: Path) -> None:
    program = start()
    page = welcome(program)
    assert not window_of(program).places.isEnabled()
    assert not data.exists(), "nothing is created before the user begins"

    QTest.keyClicks(page.amount.edit, "120")
    QTest.keyClicks(page.due.edit, "+5")
    QTest.mouseClick(page.start_button, LEFT)

    assert isinstance(window_of(program).stack.currentWidget(), TodayPage)
    assert window_of(program).current == "today"
    assert window_of(program).places.isEnabled()
    assert "120.00" in said(program)
    close(program)
    assert len(names_in(data / "repayments.db")) == 1
    assert len(copies_of(data / "repayments.db")) == 1


def test_the_language_of_the_first_run_never_falls_back_to_the_systems(
    start: Callable[..., Program],
) -> None:
    program = start()
    page = welcome(program)
    QTest.mouseClick(page.language_buttons["fr"], LEFT)
    spoken: list[str] = []
    program.session.changed.connect(lambda _tables: spoken.append(i18n.language()))
    program.session.opened.connect(lambda: spoken.append(i18n.language()))

    QTest.mouseClick(page.empty_link, LEFT)

    assert spoken
    assert set(spoken) == {"fr"}
    assert program.session.choice("language") == "fr"
    assert window_of(program).menus.undo.text() == i18n._("Undo")


def test_larger_text_of_the_first_run_is_kept_in_the_new_file(start: Callable[..., Program]) -> None:
    program = start()
    before = welcome(program).fontMetrics().height()

    QTest.keyClick(window_of(program), Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert welcome(program).fontMetrics().height() > before

    QTest.mouseClick(welcome(program).empty_link, LEFT)
    assert program.session.choice("text_size") == "110"


def test_a_file_of_an_earlier_computer_can_be_opened_instead_of_beginning(
    start: Callable[..., Program], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = filled(tmp_path / "from the old computer.db")
    program = start()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    QTest.keyClick(window_of(program), Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

    assert window_of(program).current == "today"
    assert window_of(program).windowTitle().startswith("from the old computer")
    assert last_file() == path


# --- The example ----------------------------------------------------------------------------------


def test_the_example_is_left_for_the_welcome_without_a_trace(
    start: Callable[..., Program], data: Path
) -> None:
    program = start()
    QTest.mouseClick(welcome(program).example_button, LEFT)
    window = window_of(program)
    assert window.current == "today"
    assert window.banner.isVisible()
    assert "invented figures" in window.banner.text.text()

    QTest.mouseClick(window.banner.leave_button, LEFT)

    assert welcome(program).isVisible()
    assert not window.banner.isVisible()
    assert not program.session.has_store
    assert list(data.iterdir()) == [], "neither the example nor a copy of it nor an empty file stays"


def test_the_users_own_file_is_untouched_by_the_example(start: Callable[..., Program], data: Path) -> None:
    own = filled(data / "repayments.db")
    before = own.read_bytes()
    program = start(demo=True)
    window = window_of(program)
    assert len(program.session.store.accounts.all()) > 1
    assert program.session.is_example

    QTest.mouseClick(window.banner.leave_button, LEFT)

    assert [account.name for account in program.session.store.accounts.all()] == ["Mine"]
    assert window.current == "today"
    assert not window.banner.isVisible()
    close(program)
    assert own.read_bytes() == before
    assert sorted(path.name for path in data.iterdir()) == ["repayments.db"]


def test_the_help_menu_leads_to_the_example_and_leaving_it_back_to_the_file_before(
    start: Callable[..., Program], data: Path, tmp_path: Path
) -> None:
    data.mkdir()
    filled(data / "repayments.db")
    given = filled(tmp_path / "given.db")
    program = start(given)
    window = window_of(program)
    assert window.menus.example.isEnabled()

    window.menus.example.trigger()

    assert program.session.is_example
    assert not window.menus.example.isEnabled()
    QTest.mouseClick(window.banner.leave_button, LEFT)
    assert program.session.store.path == given
    assert window.menus.example.isEnabled()
    assert not (data / "example.db").exists()


def test_the_example_speaks_the_language_of_the_first_run(start: Callable[..., Program]) -> None:
    program = start()
    QTest.mouseClick(welcome(program).language_buttons["zh"], LEFT)

    QTest.mouseClick(welcome(program).example_button, LEFT)

    assert i18n.language() == "zh"
    QTest.mouseClick(window_of(program).banner.leave_button, LEFT)
    assert i18n.language() == "zh"


def test_the_example_is_told_anew_around_the_day_it_is_opened(
    start: Callable[..., Program], data: Path
) -> None:
    stale = data / "example.db"
    stale.parent.mkdir()
    stale.write_text("what another day, or a crash, left")

    program = start(demo=True)

    assert program.session.store.settings.get(EXAMPLE) == "1"
    assert program.session.store.bills.all()
    close(program)
    assert last_file() is None, "the next start opens the user's own file"


# --- Files ----------------------------------------------------------------------------------------


def test_the_next_start_opens_the_file_that_was_open_last_in_its_language(
    start: Callable[..., Program], monkeypatch: pytest.MonkeyPatch, data: Path, tmp_path: Path
) -> None:
    filled(data / "repayments.db")
    other = filled(tmp_path / "household.db", language="fr", text_size="125")
    program = start()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    first = program.session.store
    window_of(program).open_other()
    with pytest.raises(sqlite3.ProgrammingError):
        first.settings.all()  # what is not shown any more is closed
    close(program)
    i18n.use("en")

    again = start()

    assert again.session.store.path == other
    assert i18n.language() == "fr"
    assert window_of(again).windowTitle().startswith("household")


def test_a_file_that_the_command_line_names_is_not_the_one_to_open_next(
    start: Callable[..., Program], tmp_path: Path, data: Path
) -> None:
    filled(data / "repayments.db")
    close(start(filled(tmp_path / "given.db")))

    assert start().session.store.path == data / "repayments.db"


def test_a_named_file_that_is_not_there_yet_begins_with_the_welcome(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    program = start(tmp_path / "new.db")

    QTest.mouseClick(welcome(program).empty_link, LEFT)

    assert program.session.store.path == tmp_path / "new.db"


def answer(monkeypatch: pytest.MonkeyPatch, *ways: Way) -> list[str]:
    """Choose these ways on, one after the other; returns what was said each time."""
    told: list[str] = []
    left = iter(ways)

    def way(dialog: CannotOpenDialog) -> Way:
        told.append(f"{dialog.text()}\n{dialog.informativeText()}")
        chosen = next(left)
        assert dialog.button_of(chosen).isEnabled()
        return chosen

    monkeypatch.setattr(CannotOpenDialog, "way", way)
    return told


def test_a_remembered_file_that_is_gone_is_said_and_not_replaced(
    start: Callable[..., Program], monkeypatch: pytest.MonkeyPatch, data: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "stick" / "household.db"
    remember(gone)
    filled(data / "repayments.db")
    told = answer(monkeypatch, Way.AGAIN, Way.USUAL)

    program = start()

    assert len(told) == 2
    assert str(gone) in told[0]
    assert "drive that is not connected" in told[0]
    assert not gone.exists()
    assert program.session.store.path == data / "repayments.db"


def test_one_may_quit_where_a_file_is_gone(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    remember(tmp_path / "gone.db")
    answer(monkeypatch, Way.QUIT)

    program = Program(qapp)

    assert not program.start()
    assert program.window is None


@pytest.mark.parametrize("damage", ["garbage", "cut short", "another program's"])
def test_a_damaged_file_is_said_kept_and_its_copies_are_named(
    start: Callable[..., Program], monkeypatch: pytest.MonkeyPatch, data: Path, damage: str
) -> None:
    own = data / "repayments.db"
    program = start()
    QTest.mouseClick(welcome(program).empty_link, LEFT)
    program.session.do("Add", save_account, Account("Kept", "A lender", "CNY"))
    close(program)
    assert copies_of(own)
    if damage == "another program's":
        own.unlink()
        with closing(sqlite3.connect(own)) as connection:
            connection.execute("CREATE TABLE theirs (x)")
            connection.commit()
    else:
        own.write_bytes(b"not a database at all" * 300 if damage == "garbage" else own.read_bytes()[:5000])
    before = own.read_bytes()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(copies_of(own)[0]), ""))
    told = answer(monkeypatch, Way.OTHER)

    again = start()

    assert str(own) in told[0]
    assert "not changed" in told[0]
    assert f"{own.stem} copies" in told[0]
    assert own.read_bytes() == before
    assert [account.name for account in again.session.store.accounts.all()] == ["Kept"]


def newer(path: Path) -> Path:
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    return path


def test_a_file_of_a_newer_version_can_be_read_and_says_calmly_that_it_is_not_changed(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    path = newer(tmp_path / "newer.db")
    before = path.read_bytes()
    program = start(path)
    window = window_of(program)
    sentence = "made by a newer version of the program. It can be read here, but not changed."
    assert window.banner.isVisible()
    assert sentence in window.banner.text.text()
    assert not window.banner.leave_button.isVisible()

    done = program.session.do("Add", save_account, Account("More", "A lender", "CNY"))

    assert done is None
    assert sentence in window.toast.text
    assert window.toast.isVisible()
    assert not window.menus.undo.isEnabled()
    close(program)
    assert path.read_bytes() == before


def test_text_can_be_made_larger_in_a_file_that_is_not_changed(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    path = newer(tmp_path / "newer.db")
    before = path.read_bytes()
    program = start(path)
    height = window_of(program).fontMetrics().height()

    QTest.keyClick(window_of(program), Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)

    assert window_of(program).fontMetrics().height() > height
    close(program)
    assert path.read_bytes() == before


def test_closing_leaves_one_file_and_a_checked_copy_beside_it(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    path = filled(tmp_path / "mine.db")
    program = start(path)
    program.session.do("Add", save_account, Account("Second", "A lender", "CNY"))

    close(program)

    assert sorted(found.name for found in tmp_path.iterdir() if found.is_file()) == ["mine.db"]
    assert [names_in(copy) for copy in copies_of(path)] == [["Mine", "Second"]]


def test_opening_another_file_makes_the_copy_of_the_one_before(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    first, second = filled(tmp_path / "first.db"), filled(tmp_path / "second.db")
    program = start(first)
    program.session.do("Add", save_account, Account("Second", "A lender", "CNY"))

    assert program.session.open(second)

    assert [names_in(copy) for copy in copies_of(first)] == [["Mine", "Second"]]
    assert not copies_of(second)
    assert not program.session.history.canUndo()


def test_opening_the_file_that_is_open_changes_nothing(start: Callable[..., Program], tmp_path: Path) -> None:
    path = filled(tmp_path / "mine.db")
    program = start(path)
    store = program.session.store
    program.session.do("Add", save_account, Account("Second", "A lender", "CNY"))

    assert program.session.open(tmp_path / "." / "mine.db")

    assert program.session.store is store
    assert program.session.history.canUndo()


# --- two windows ----------------------------------------------------------------------------------


def share(monkeypatch: pytest.MonkeyPatch, button: str) -> list[str]:
    """Press a button of the dialog that says that a file is open already; returns what it says."""
    said: list[str] = []

    def press(dialog: AlreadyOpenDialog) -> int:
        said.append(dialog.text())
        getattr(dialog, button).click()
        return 0

    monkeypatch.setattr(AlreadyOpenDialog, "exec", press)
    return said


def test_a_file_that_another_window_has_open_is_left_to_it_if_the_user_likes(
    start: Callable[..., Program],
    qapp: QApplication,
    today: date,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = filled(tmp_path / "mine.db")
    first = start(path)
    said = share(monkeypatch, "leave_button")

    assert not Program(qapp, path, today).start()

    assert said == ["This file is already open in another window."]
    close(first)
    assert not (tmp_path / "mine.db.lock").exists()
    start(path)
    assert len(said) == 1, "the first window has given it back"


def test_a_file_can_be_open_in_two_windows(
    start: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "mine.db")
    first = start(path)
    said = share(monkeypatch, "here_button")

    second = start(path)
    close(second)

    assert len(said) == 1
    assert (tmp_path / "mine.db.lock").exists(), "the first window still has it"
    close(first)
    assert not (tmp_path / "mine.db.lock").exists()


def test_opening_a_file_of_another_window_asks_and_stays_where_it_was(
    start: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = filled(tmp_path / "mine.db"), filled(tmp_path / "other.db")
    start(path)
    second = start(other)
    said = share(monkeypatch, "leave_button")

    assert not second.session.open(path)

    assert len(said) == 1
    assert second.session.store.path == other
    assert (tmp_path / "other.db.lock").exists()


def test_a_window_that_was_killed_leaves_no_dead_end(
    start: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "mine.db")
    code = (
        "import sys, time; from PySide6.QtCore import QLockFile; lock = QLockFile(sys.argv[1]);"
        "print(lock.tryLock(0), flush=True); time.sleep(60)"
    )
    lock = tmp_path / "mine.db.lock"
    command = [sys.executable, "-c", code, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:  # noqa: S603 - our own code
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        other.kill()
    assert lock.exists()
    said = share(monkeypatch, "leave_button")

    start(path)

    assert said == []


# --- where the window is --------------------------------------------------------------------------


def test_the_window_is_within_the_screen_with_its_frame(start: Callable[..., Program]) -> None:
    program = start()

    room = QGuiApplication.primaryScreen().availableGeometry()
    window = window_of(program)
    assert window.width() <= room.width()
    assert window.height() < room.height(), "there is room for the title"


def test_the_window_opens_where_it_was_closed(
    start: Callable[..., Program], tmp_path: Path, data: Path
) -> None:
    path = filled(tmp_path / "mine.db")
    first = start(path)
    window_of(first).setGeometry(30, 50, 700, 600)
    QApplication.processEvents()
    place = window_of(first).pos(), window_of(first).size()
    close(first)
    assert (data / "window.txt").exists()

    second = start(path)

    assert (window_of(second).pos(), window_of(second).size()) == place


def test_a_window_that_was_not_moved_writes_nothing(
    start: Callable[..., Program], tmp_path: Path, data: Path
) -> None:
    program = start(filled(tmp_path / "mine.db"))
    QApplication.processEvents()

    close(program)

    assert not (data / "window.txt").exists()


@pytest.mark.parametrize("kept", [QRect(5000, -900, 3000, 2000), QRect(-400, 700, 900, 700), None])
def test_no_window_opens_off_the_screen(kept: QRect | None) -> None:
    room = QRect(0, 24, 1280, 776)

    place = fitted(kept, room)

    assert room.contains(place.adjusted(0, 0, 8, 44))


def test_a_note_of_the_place_that_cannot_be_read_is_passed_over(
    start: Callable[..., Program], data: Path, tmp_path: Path
) -> None:
    data.mkdir()
    (data / "window.txt").write_text("nonsense", encoding="utf-8")

    assert start(filled(tmp_path / "mine.db")).window is not None


# --- What goes wrong ------------------------------------------------------------------------------


def crash_with(qapp: QApplication, error: Exception, during: Callable[[], None] | None = None) -> list[str]:
    """Tell the hook of an exception, close its dialog, and return what it said."""
    hook, seen = CrashHook(qapp), []

    def look() -> None:
        for dialog in qapp.topLevelWidgets():
            if isinstance(dialog, CrashDialog) and dialog.isVisible():
                seen.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
                if during is not None:
                    during()
                dialog.reject()

    QTimer.singleShot(0, look)
    try:
        raise error
    except type(error) as raised:
        hook(type(raised), raised, raised.__traceback__)
    return seen


def test_a_bug_is_shown_and_the_program_goes_on(
    qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = crash_with(qapp, ZeroDivisionError("a bug"))

    assert len(seen) == 1
    assert "Everything you recorded is saved" in seen[0]
    assert "ZeroDivisionError: a bug" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_any_more_is_not_called_a_bug(
    qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = crash_with(qapp, sqlite3.DatabaseError("database disk image is malformed"))

    assert "The file could not be read." in seen[0]
    assert "checked copies" in seen[0]
    assert "malformed" in capsys.readouterr().err


def test_a_bug_that_repeats_is_shown_once(qapp: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    hook = CrashHook(qapp)
    open_dialogs: list[int] = []

    def again() -> None:
        error = ValueError("again")
        hook(ValueError, error, None)
        open_dialogs.append(
            sum(isinstance(one, QDialog) and one.isVisible() for one in qapp.topLevelWidgets())
        )
        for one in qapp.topLevelWidgets():
            if isinstance(one, CrashDialog):
                one.reject()

    QTimer.singleShot(0, again)
    hook(ValueError, ValueError("first"), None)

    assert open_dialogs == [1]
    assert "first" in capsys.readouterr().err


def run_program(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(home), "HOME": str(home)}
    return subprocess.run(  # noqa: S603 - our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment, timeout=60
    )


def test_an_exception_in_a_slot_reaches_the_dialog_in_the_real_program(tmp_path: Path) -> None:
    code = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from planner import app
from planner.gui.dialogs.crash import CrashDialog

def broken():
    raise LookupError("in a slot")

def look():
    windows = QApplication.topLevelWidgets()
    print("dialogs", sum(isinstance(one, CrashDialog) for one in windows))
    for one in windows:
        one.close()
    QTimer.singleShot(100, QApplication.quit)

def start(program, begin=app.Program.start, **wishes):
    QTimer.singleShot(300, broken)
    QTimer.singleShot(900, look)
    return begin(program, **wishes)

app.Program.start = start
print("exit", app.run())
"""
    done = run_program(code, tmp_path)

    assert "dialogs 1" in done.stdout, done.stderr
    assert "exit 0" in done.stdout
    assert "LookupError: in a slot" in done.stderr
