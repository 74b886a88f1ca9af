"""Files that prove something, in the window: linked, opened, copied, saved again, and said to be gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.procedures.case import Case, Evidence
from planner.gui.pages.procedure_parts.evidence import EvidenceFiles, FileRow
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.services.cases.evidence import link_file
from planner.services.procedures import start_case
from planner.store.store import Store
from tests.asking_procedure import ASKING, use_small_procedure


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """Press a key on a widget."""
    widget.setFocus()
    QTest.keyClick(widget, key)
    QApplication.processEvents()


def texts(widget: QWidget) -> list[str]:
    """Every line a widget shows at the moment, without its buttons."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def offered(row: FileRow) -> list[str]:
    """The buttons of a file that are shown."""
    return [each.text() for each in row.findChildren(QPushButton) if each.isVisibleTo(row)]


@pytest.fixture
def case(store: Store, today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A run of the small procedure."""
    use_small_procedure(tmp_path, monkeypatch)
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", id="account"))
        return start_case(store, ASKING, "account", today)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file that lies somewhere."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"\x00letter")
    return path


@pytest.fixture
def page(qtbot: QtBot, session: Session, case: Case) -> ProceduresPage:
    """The page with the case, as a window of its own that has the keyboard."""
    page = ProceduresPage(session)
    qtbot.addWidget(page)
    page.resize(1060, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.show_case(case.id)
    QApplication.processEvents()
    return page


def of_step(page: ProceduresPage, step_id: str = "talk") -> EvidenceFiles:
    row = page.case.rows[step_id]
    row.set_open(is_open=True)
    assert row.details is not None
    row.details.files.fold.set_open(is_open=True)
    QApplication.processEvents()
    return row.details.files


def kept(page: ProceduresPage) -> tuple[Evidence, ...]:
    assert page.case.view is not None
    return page.case.view.case.evidence


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None, which: str = "getOpenFileName") -> None:
    """What the user chooses in the dialog of the system that comes next."""
    chosen = str(path) if path is not None else ""
    monkeypatch.setattr(QFileDialog, which, lambda *_args: (chosen, ""))


def only_row(files: EvidenceFiles) -> FileRow:
    (row,) = files.rows.values()
    return row


def test_a_file_is_linked_by_keyboard_to_a_step_and_shown_with_its_name_and_day(
    page: ProceduresPage, letter: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = of_step(page)
    assert files.fold.chevron.accessibleName() == "Files for this step"
    choose(monkeypatch, letter)
    press(files.link_button)

    assert [(each.step, each.name, each.path, each.added_on, each.size) for each in kept(page)] == [
        ("talk", "letter.pdf", str(letter), today, None)
    ]
    assert texts(only_row(files)) == ["letter.pdf", "Linked on 22 Nov 2026."]
    assert offered(only_row(files)) == ["Open", "Keep a copy in the data file", "Remove the link"]
    assert only_row(files).open_button.accessibleName() == "Open: letter.pdf"
    assert files.fold.chevron.accessibleName() == "1 file for this step"
    assert files.link_button.hasFocus()
    assert of_step(page, "send").rows == {}


def test_nothing_is_linked_when_nothing_is_chosen(
    page: ProceduresPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, None)
    press(of_step(page).link_button)

    assert kept(page) == ()


def test_it_is_said_that_pictures_of_identity_cards_are_better_not_kept(page: ProceduresPage) -> None:
    assert any(
        "Pictures of identity cards are better not kept here." in each for each in texts(of_step(page))
    )


def test_the_whole_case_has_files_of_its_own(page: ProceduresPage, letter: Path) -> None:
    page.case.files.fold.set_open(is_open=True)
    page.case.files.link(letter)

    assert [each.step for each in kept(page)] == [""]
    assert page.case.files.fold.chevron.accessibleName() == "1 file for the whole procedure"
    assert of_step(page).rows == {}


def test_a_refusal_says_why(qtbot: QtBot, page: ProceduresPage, letter: Path, tmp_path: Path) -> None:
    files = of_step(page)
    files.link(letter)
    with qtbot.waitSignal(page.session.refused) as refused:
        files.link(letter)
    assert refused.args == ["letter.pdf is linked here already."]
    with qtbot.waitSignal(page.session.refused) as refused:
        files.link(tmp_path / "none.pdf")
    assert refused.args is not None
    assert refused.args[0].startswith("There is no file at ")
    assert len(kept(page)) == 1


def test_a_file_is_opened_by_the_viewer_of_the_system_and_what_is_no_paper_only_in_its_folder(
    page: ProceduresPage, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    program = letter.with_name("letter.exe")
    program.write_bytes(b"MZ")
    files = of_step(page)
    files.link(letter)
    files.link(program)
    rows = list(files.rows.values())
    assert [row.open_button.text() for row in rows] == ["Open", "Show its folder"]

    for row in rows:
        press(row.open_button)

    assert [Path(each) for each in opened] == [letter, letter.parent]


def test_a_file_that_went_is_said_to_be_gone_instead_of_being_opened(
    page: ProceduresPage, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    files = of_step(page)
    files.link(letter)
    letter.unlink()

    press(only_row(files).open_button)

    assert opened == []
    assert texts(only_row(files))[-1] == f"The file is no longer at {letter}."
    assert offered(only_row(files)) == ["Remove the link"]
    assert only_row(files).unlink_button.hasFocus()


def test_a_copy_is_kept_on_request_saved_again_and_deleted_with_the_keyboard_at_hand(
    page: ProceduresPage, store: Store, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = of_step(page)
    files.link(letter)
    row = only_row(files)

    press(row.keep_button)
    assert kept(page)[0].size == 7
    assert texts(row)[1] == "Linked on 22 Nov 2026. A copy is kept in the data file."
    assert offered(row) == ["Open", "Save a copy as…", "Delete the copy", "Remove the link"]
    assert row.unlink_button.hasFocus()

    letter.unlink()
    choose(monkeypatch, tmp_path / "again.pdf", "getSaveFileName")
    press(row.save_button)
    assert (tmp_path / "again.pdf").read_bytes() == b"\x00letter"
    assert files.status.text() == f"Saved: {tmp_path / 'again.pdf'}"
    assert files.status.isVisible()
    choose(monkeypatch, tmp_path / "none" / "again.pdf", "getSaveFileName")
    press(row.save_button)
    assert files.status.text().startswith("“again.pdf” could not be written: ")

    press(row.drop_button)
    assert kept(page)[0].size is None
    assert store.evidence_files.content(kept(page)[0].id) is None
    assert offered(row) == ["Remove the link"]


def test_removing_a_link_takes_the_copy_with_it_and_undo_brings_both_back(
    page: ProceduresPage, store: Store, letter: Path
) -> None:
    files = of_step(page)
    files.link(letter)
    press(only_row(files).keep_button)
    before = kept(page)

    press(only_row(files).unlink_button)
    assert kept(page) == ()
    assert files.rows == {}
    assert files.link_button.hasFocus()
    assert store.evidence_files.content(before[0].id) is None

    page.session.history.undo()
    assert kept(page) == before
    assert store.evidence_files.content(before[0].id) == b"\x00letter"
    assert texts(only_row(files))[0] == "letter.pdf"


# Qt marks every way to make such an event as deprecated; only the system is to make one.
@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
def test_files_are_linked_by_dropping_them_on_the_step(page: ProceduresPage, letter: Path) -> None:
    other = letter.with_name("chat.png")
    other.write_bytes(b"x")
    files = of_step(page)
    files.fold.set_open(is_open=False)
    details = page.case.rows["talk"].details
    assert details is not None
    assert details.acceptDrops()
    dragged, words = QMimeData(), QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(letter)), QUrl("https://example.org/a.pdf")])
    words.setText("not a file")

    def drag(data: QMimeData) -> bool:
        event = QDragEnterEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        QApplication.sendEvent(details, event)
        return event.isAccepted()

    assert [drag(dragged), drag(words)] == [True, False]
    QApplication.sendEvent(
        details,
        QDropEvent(
            QPoint(5, 5).toPointF(),
            Qt.DropAction.CopyAction,
            dragged,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )

    assert [(each.step, each.name) for each in kept(page)] == [("talk", "letter.pdf")]
    assert files.fold.is_open


def test_another_case_shows_its_own_files_only(
    page: ProceduresPage, store: Store, case: Case, letter: Path, today: date
) -> None:
    of_step(page).link(letter)
    with store.transaction():
        store.accounts.save(Account("花呗", "Alipay", "CNY", id="other"))
        other = start_case(store, ASKING, "other", today)
    page.show_case(other.id)
    QApplication.processEvents()
    assert of_step(page).rows == {}
    with store.transaction():
        link_file(store, other.id, "", letter, today)
    page.show_case(case.id)
    QApplication.processEvents()

    assert page.case.files.rows == {}
    assert len(of_step(page).rows) == 1
